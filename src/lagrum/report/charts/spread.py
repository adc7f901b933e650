"""How loopholes spread: a cell for each law and family, with its letter."""

from __future__ import annotations

from itertools import groupby
from typing import Any

from lagrum.analysis.spread import Column, Spread, Standing, State
from lagrum.analysis.spread.result import Certainty
from lagrum.report.charts.chart import Chart
from lagrum.report.charts.frame import Frame, Pattern, hatch, text_width
from lagrum.report.charts.vega import Canvas
from lagrum.report.charts.words import checked
from lagrum.report.figures import day
from lagrum.report.tokens import CELL_FILLS, CELL_INKS, CELL_LETTERS, MUTED, TEXT
from lagrum.wording import Wording

KIND = "spread"
CELL, GAP, HEAD = 26, 10, 24
LEAST = 620


def heat_map(result: Spread, words: Wording) -> Chart:
    """Laws from above, families across, by number; the letter says what the law does about the family."""
    lang = words.lang
    number, law, state = (words.say(f"chart spread head {each}") for each in ("number", "family", "open in"))
    labels = [_label(column, words) for column in result.columns]
    rows = [
        (
            str(row.number),
            row.title,
            words.say("chart of", part=row.count(State.OPEN), whole=len(row.cells)),
            *(words.say(f"chart state {cell.state}") for cell in row.cells),
        )
        for row in result.rows
    ]
    most = max(result.rows, key=lambda row: row.count(State.OPEN), default=None)
    if most is None:
        title = words.say("chart spread none")
    else:
        title = words.say(
            "chart spread title", number=most.number, part=most.count(State.OPEN), whole=len(result.columns)
        )
    source = [words.say("chart source", law=result.of, position=result.against, day=day(result.on, lang))]
    source.append(words.say("chart spread method"))
    if any(column.certainty is not Certainty.TEXT for column in result.columns):
        source.append(words.say("chart spread uncertain"))
    frame = Frame(
        KIND,
        lang,
        checked(title),
        words.say("chart spread reading"),
        words.say("chart spread description", laws=len(result.columns), ways=len(result.rows), of=result.of),
        notes=tuple(f"{row.number}  {row.title}" for row in result.rows),
        source=tuple(source),
        patterns=tuple(
            Pattern(f"bill-{state.name.lower().replace('_', '-')}", _over(state), CELL_FILLS[state], apart=13, line=1)
            for state in State
        ),
    )
    places = list(_places(result))
    left = round(max((text_width(label, 13) for label in labels), default=0) + 12)
    width = max(LEAST, left + CELL * len(result.rows) + 8)
    height = round(HEAD + (places[-1] + CELL if places else 0))
    canvas = Canvas(width, height)
    _draw(canvas, result, labels, places, left)
    return canvas.chart(frame, (number, law, state, *labels), rows)


def _places(result: Spread) -> list[float]:
    """How far down each law stands; a gap between folders of law."""
    found, y = [], 0.0
    for _, group in groupby(result.columns, lambda column: column.group):
        for _ in group:
            found.append(y)
            y += CELL
        y += GAP
    return found


def _draw(canvas: Canvas, result: Spread, labels: list[str], places: list[float], left: int) -> None:
    letters: list[dict[str, Any]] = []
    cells: dict[bool, list[dict[str, Any]]] = {True: [], False: []}
    for across, row in enumerate(result.rows):
        x = left + across * CELL
        for column, cell, down in zip(result.columns, row.cells, places, strict=True):
            y, state = HEAD + down, cell.state
            name = f"bill-{state.name.lower().replace('_', '-')}"
            is_law = column.standing is Standing.IN_FORCE
            fill = CELL_FILLS[state] if is_law else hatch(KIND, name)
            sure = column.certainty is Certainty.TEXT
            cells[sure].append(
                {"x": x + 1, "x2": x + CELL - 1, "y": y + 1, "y2": y + CELL - 1, "fill": fill, "ink": MUTED}
            )
            letters.append(
                {"x": x + CELL / 2, "y": y + CELL / 2 + 0.5, "text": CELL_LETTERS[state], "ink": CELL_INKS[state]}
            )
    canvas.bars(cells[True], strokeWidth=1)
    canvas.bars(cells[False], strokeWidth=1, strokeDash=[3, 2])
    canvas.words(letters, align="center", fontWeight=700)
    heads = [
        {"x": left + i * CELL + CELL / 2, "y": HEAD - 10, "text": str(row.number), "ink": TEXT}
        for i, row in enumerate(result.rows)
    ]
    canvas.words(heads, align="center", fontWeight=600)
    names = [
        {"x": left - 8, "y": HEAD + down + CELL / 2, "text": said, "ink": TEXT}
        for said, down in zip(labels, places, strict=True)
    ]
    canvas.words(names, align="right")


def _label(column: Column, words: Wording) -> str:
    """The law with its marks, and what stands in the way of its being law on the day."""
    match column.standing:
        case Standing.IN_FORCE:
            return f"{column.jurisdiction}: {column.mark}"
        case Standing.BILL:
            why = words.say("chart bill")
        case Standing.NOT_YET:
            why = words.say("chart not before", day=column.moves)
        case Standing.ENDED:
            why = words.say("chart ended", day=column.moves)
    return f"{column.jurisdiction}: {column.mark} ({why})"


def _over(state: State) -> str:
    """The ink of the hatch over a cell: seen, and never as strong as the letter."""
    return {State.OPEN: "#a5764f", State.NARROWED: "#e0a768", State.CLOSED: "#c9a878"}.get(state, "#b9bec5")


def letters(result: Spread, words: Wording) -> list[tuple[str, ...]]:
    """The matrix as letters: each law with its marks, then a letter for each way in."""
    told = []
    for i, column in enumerate(result.columns):
        told.append((_label(column, words), *(CELL_LETTERS[row.cells[i].state] for row in result.rows)))
    return told
