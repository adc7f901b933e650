"""How much of what a position forbids each way in lets through: a bar for each family of loopholes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from lagrum.analysis.loopholes import Family, Loopholes
from lagrum.model.rulings import Ruling
from lagrum.report.charts.chart import Chart
from lagrum.report.charts.frame import Frame, Pattern, folded, hatch
from lagrum.report.charts.vega import Canvas
from lagrum.report.charts.words import checked, of_loopholes, opener_places, opener_words, rulings, unbroken
from lagrum.report.figures import percent
from lagrum.report.tokens import DASHED, HALF, HATCHED, MUTED, OUTLINE, PAGE, RULING_FILLS, RULING_INKS, TEXT
from lagrum.wording import Wording

KIND = "cover"
WIDTH, LINE, GAP, BAR = 900, 17, 9, 14
NUMBER, LABEL, BARS, END = 24, 34, 430, 670


def cover(result: Loopholes, words: Wording, first: int = 1, last: int | None = None) -> Chart:
    """A bar for each family, as long as the share of described cases, within its practice, that lie in it; of the
    families from the `first` number to the `last`, where a page holds no more."""
    lang = words.lang
    heads = tuple(words.say(f"chart cover head {name}") for name in ("number", "opened", "place", "ruling", "share"))
    rows = [
        (str(n), opener_words(f), opener_places(f), rulings(f, words), percent(f.share, lang))
        for n, f in enumerate(result, start=1)
    ][first - 1 : last]
    kind = KIND if first == 1 else f"{KIND}-{first}"
    told = [f for f in result if f.kind != "no norm"] or list(result)
    widest = max(told, key=lambda f: f.share, default=None)
    if widest is None:
        title = words.say("chart cover none")
    else:
        number = result.families.index(widest) + 1
        title = words.say("chart cover title", ways=len(result), number=number, share=percent(widest.share, lang))
    if first > 1:
        title = words.say("chart cover title part", first=first, last=first + len(rows) - 1, ways=len(result))
    frame = Frame(
        kind,
        lang,
        checked(title),
        words.say("chart cover reading"),
        words.say("chart cover description", ways=len(result), law=result.law, position=result.position),
        source=of_loopholes(result, words),
        patterns=tuple(
            Pattern(ruling.value, RULING_INKS[ruling.value], apart=6 if RULING_FILLS[ruling.value] == HALF else 8)
            for ruling in Ruling
            if RULING_FILLS[ruling.value] in (HALF, HATCHED)
        ),
    )
    names = [folded(f"{row[1]}, {unbroken(row[2])}" if row[2] else row[1], 13, BARS - LABEL - 14) for row in rows]
    height = sum(len(lines) * LINE + GAP for lines in names) + 30
    canvas = Canvas(WIDTH, height)
    _draw(canvas, result.families[first - 1 : last], rows, names, kind)
    return canvas.chart(frame, heads, rows)


def _draw(
    canvas: Canvas, families: Sequence[Family], rows: Sequence[tuple[str, ...]], names: list[list[str]], kind: str
) -> None:
    scale = END - BARS
    foot = canvas.height - 24
    ticks = [BARS + share * scale for share in (0.0, 0.25, 0.5, 0.75, 1.0)]
    canvas.lines([{"x": BARS, "x2": BARS, "y": 0, "y2": foot, "ink": MUTED}])
    canvas.lines([{"x": x, "x2": x, "y": foot, "y2": foot + 4, "ink": MUTED} for x in ticks])
    said = ("0", "25", "50", "75", "100")
    canvas.words(
        [
            {"x": x, "y": foot + 14, "text": f"{n}\N{NO-BREAK SPACE}%", "ink": MUTED}
            for x, n in zip(ticks, said, strict=True)
        ],
        align="center",
        fontSize=12,
    )
    bars: dict[str, list[dict[str, Any]]] = {}
    texts, numbers, beside = [], [], []
    top = 0.0
    for family, row, lines in zip(families, rows, names, strict=True):
        y = top + (LINE + GAP) / 2
        ruling = family.rulings[0].value
        ink = RULING_INKS[ruling]
        style = RULING_FILLS[ruling]
        fill = {OUTLINE: PAGE, DASHED: PAGE, HALF: hatch(kind, ruling), HATCHED: hatch(kind, ruling)}.get(style, ink)
        x2 = BARS + max(1.5, family.share * scale)
        bars.setdefault(style, []).append(
            {"x": BARS, "x2": x2, "y": y - BAR / 2, "y2": y + BAR / 2, "fill": fill, "ink": ink}
        )
        numbers.append({"x": NUMBER, "y": y, "text": row[0], "ink": MUTED})
        texts += [{"x": LABEL, "y": y + n * LINE, "text": line, "ink": TEXT} for n, line in enumerate(lines)]
        beside.append({"x": x2 + 8, "y": y, "text": f"{row[4]}, {row[3]}", "ink": ink})
        top += len(lines) * LINE + GAP
    for style, drawn in bars.items():
        canvas.bars(drawn, strokeWidth=1.5, **({"strokeDash": [4, 3]} if style == DASHED else {}))
    canvas.words(numbers, align="right")
    canvas.words(texts)
    canvas.words(beside)
