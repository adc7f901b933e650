"""The days of a law: which of its rules begin and end when."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any

from lagrum.model.law import Law
from lagrum.model.norms import Norm
from lagrum.report.charts.chart import Chart
from lagrum.report.charts.frame import Frame, Pattern, folded, hatch
from lagrum.report.charts.vega import Canvas
from lagrum.report.charts.words import checked
from lagrum.report.figures import day
from lagrum.report.tokens import LINE, LINK, MUTED, PAGE, TEXT
from lagrum.wording import Wording

KIND = "timeline"
WIDTH, HEAD, BAR, FOOT = 900, 30, 12, 30
LINES = 17
_PLACE = re.compile(r"^(?P<unit>\D*?)(?P<number>\d+)(?P<letter>[a-z]*)$")


@dataclass(frozen=True, slots=True)
class Span:
    """Rules that begin on the same days and end on the same: `since` empty where no day is fixed, several days where
    each is for other cases."""

    since: tuple[date, ...]
    until: date | None
    norms: tuple[Norm, ...]


def spans(law: Law) -> list[Span]:
    """The law's rules by the days on which they begin and end, the earliest first; those replaced before they began
    are left out."""
    found: dict[tuple[tuple[date, ...], date | None], list[Norm]] = {}
    for norm in law.norms.values():
        instrument = law.instrument_of(norm)
        opened = instrument.in_force
        starts = {max(s.day, opened) if opened else s.day for s in norm.starts} or ({opened} if opened else set())
        ends = [end for end in (norm.until, instrument.until) if end]
        end = min(ends, default=None)
        begun = tuple(sorted(start for start in starts if end is None or start < end))
        if begun or not starts:
            found.setdefault((begun, end), []).append(norm)
    order = sorted(found.items(), key=lambda item: (item[0][0], item[0][1] or date.max))
    return [Span(since, until, tuple(norms)) for (since, until), norms in order]


def dates(law: Law, on: date, words: Wording) -> Chart:
    """A bar for each span of days, from the day on which its rules begin to the day on which they end."""
    lang = words.lang
    found = spans(law)
    begin = {each for span in found for each in span.since}
    end = {span.until for span in found if span.until}
    heads = tuple(words.say(f"chart timeline head {n}") for n in ("from", "until", "rules", "kinds", "places"))
    rows = [(*_days(span, words), str(len(span.norms)), kinds(span.norms, words), places(span.norms)) for span in found]
    title = words.say(
        "chart timeline title" if begin or end else "chart timeline title none",
        law=law.id,
        begin=words.several("chart days", len(begin)),
        end=words.several("chart days", len(end)),
    )
    rules = sum(len(span.norms) for span in found)
    frame = Frame(
        KIND,
        lang,
        checked(title),
        words.say("chart timeline reading", day=day(on, lang)),
        words.say("chart timeline description", law=law.id, rules=rules, spans=len(found)),
        notes=tuple(_milestones(law, words)),
        source=(
            words.say("chart timeline source", law=law.id, day=day(on, lang)),
            *(f"{instrument.id}: {instrument.review}" for instrument in law.instruments),
        ),
        patterns=(Pattern("later", LINK, apart=8),),
    )
    told = [folded(_told(row, words), 13, WIDTH - 8) for row in rows]
    height = HEAD + sum(len(lines) * LINES + BAR + 16 for lines in told) + FOOT
    canvas = Canvas(WIDTH, height)
    _draw(canvas, found, told, on, height, words)
    return canvas.chart(frame, heads, rows)


def _told(row: tuple[str, ...], words: Wording) -> str:
    since, until, _, kinds_, places_ = row
    said = words.say("chart timeline span", since=since, until=until) if until else since
    return f"{said}: {kinds_} ({places_})"


def _days(span: Span, words: Wording) -> tuple[str, str]:
    apart = words.say("chart timeline or")
    since = apart.join(day(each, words.lang) for each in span.since) or words.say("chart timeline no day")
    return since, day(span.until, words.lang) if span.until else ""


def kinds(norms: Iterable[Norm], words: Wording) -> str:
    """`prohibitions 8, duties 12`."""
    counted = Counter(norm.kind.value for norm in norms)
    return ", ".join(f"{words.say(f'chart kind {kind}')} {number}" for kind, number in counted.items())


def places(norms: Iterable[Norm]) -> str:
    """The articles that the rules stand in, neighbours drawn together: `Art. 5, 8-15; Annex III`."""
    heads = dict.fromkeys(re.split(r"\(|\s(?:subpara|sentence)", str(norm.citation))[0].strip() for norm in norms)
    by_unit: dict[str, list[tuple[int, str]]] = {}
    others = []
    for head in heads:
        match = _PLACE.match(head)
        if match:
            by_unit.setdefault(match["unit"].strip(), []).append((int(match["number"]), match["letter"]))
        else:
            others.append(head)
    told = [f"{unit} {_runs(sorted(set(numbers)))}".strip() for unit, numbers in by_unit.items()]
    return "; ".join([*told, *others])


def _runs(numbers: list[tuple[int, str]]) -> str:
    runs: list[list[str]] = []
    last = (-1, "")
    for number, letter in numbers:
        if runs and not letter and not last[1] and number == last[0] + 1:
            runs[-1].append(str(number))
        else:
            runs.append([f"{number}{letter}"])
        last = (number, letter)
    return ", ".join(
        run[0] if len(run) == 1 else ", ".join(run) if len(run) == 2 else f"{run[0]}–{run[-1]}" for run in runs
    )


def _milestones(law: Law, words: Wording) -> Iterable[str]:
    """The instrument's own dates, in words."""
    for instrument in law.instruments:
        named = [("published", instrument.published), ("in force", instrument.in_force), ("until", instrument.until)]
        said = [words.say(f"chart timeline {name}", day=day(d, words.lang)) for name, d in named if d]
        if said:
            yield f"{instrument.id}: {', '.join(said)}"


def _draw(canvas: Canvas, found: list[Span], told: list[list[str]], on: date, height: int, words: Wording) -> None:
    fixed = [d for span in found for d in (*span.since, *([span.until] if span.until else []))]
    first = min([*fixed, on]) - timedelta(days=60)
    last = max([*fixed, on]) + timedelta(days=300)
    whole = (last - first).days

    def across(d: date) -> float:
        return WIDTH * (d - first).days / whole

    foot = height - FOOT
    every = max(1, round((last.year - first.year) / 9))
    years = [date(year, 1, 1) for year in range(first.year + 1, last.year + 1, every)]
    canvas.words(
        [{"x": across(y), "y": foot + 14, "text": str(y.year), "ink": MUTED} for y in years],
        align="center",
        fontSize=12,
    )
    solid: list[dict[str, Any]] = []
    lines: list[dict[str, Any]] = []
    starts: list[dict[str, Any]] = []
    grid: list[dict[str, Any]] = []
    today: list[dict[str, Any]] = []
    y = float(HEAD)
    for span, said in zip(found, told, strict=True):
        for line in said:
            lines.append({"x": 4, "y": y + LINES / 2, "text": line, "ink": TEXT})
            y += LINES
        since = span.since[0] if span.since else first
        until = span.until or last
        running = since <= on < until
        fill = LINK if running else PAGE if until <= on else hatch(KIND, "later")
        x, x2 = across(since), across(until)
        grid += [{"x": across(d), "x2": across(d), "y": y, "y2": y + BAR + 4, "ink": LINE} for d in years]
        today.append({"x": across(on), "x2": across(on), "y": y - 1, "y2": y + BAR + 5, "ink": TEXT})
        solid.append({"x": x, "x2": max(x2, x + 2), "y": y + 2, "y2": y + 2 + BAR, "fill": fill, "ink": LINK})
        for other in span.since[1:]:
            starts.append({"x": across(other), "x2": across(other), "y": y - 1, "y2": y + 5 + BAR, "ink": TEXT})
        y += BAR + 16
    canvas.lines(grid)
    canvas.bars(solid, strokeWidth=1.5)
    canvas.lines(starts, strokeWidth=3)
    canvas.lines(today, strokeDash=[4, 3], strokeWidth=2)
    near_end = across(on) > WIDTH - 120
    canvas.words(
        [{"x": across(on), "y": HEAD - 18, "text": day(on, words.lang), "ink": TEXT}],
        align="right" if near_end else "center" if across(on) > 60 else "left",
        fontWeight=600,
        fontSize=12,
    )
    canvas.words(lines)
