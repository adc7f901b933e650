"""The front of a balance: ways in still open against uses lost, each point with its number in the table."""

from __future__ import annotations

from itertools import pairwise
from typing import Any

from lagrum.analysis.balance import Balance, Point
from lagrum.report.charts.chart import Chart
from lagrum.report.charts.frame import Frame
from lagrum.report.charts.vega import Canvas
from lagrum.report.charts.words import checked
from lagrum.report.figures import day
from lagrum.report.tokens import LINE, LINK, MUTED, PAGE, TEXT
from lagrum.wording import Wording

KIND = "balance"
WIDTH, HEIGHT = 860, 440
LEFT, RIGHT, TOP, FOOT = 60, 836, 40, 380
DISC = 420


def front(result: Balance, words: Wording) -> Chart:
    """x: ways in that stay open; y: uses that are lost. Steps join the points that no other of any size betters."""
    whole = len(result.families)
    free = max((point.closed for point in result.points if point.lost == 0), default=0)
    if result.points:
        title = words.say("chart balance title", free=free, whole=whole)
    else:
        title = words.say("chart balance none")
    heads = tuple(words.say(f"chart balance head {n}") for n in ("point", "edits", "open", "lost", "by"))
    rows = [
        (
            str(number),
            str(point.edits),
            str(whole - point.closed),
            str(point.lost),
            "; ".join(result.edit(e).words for e in point.first.edits),
        )
        for number, point in enumerate(result.points, start=1)
    ]
    kept = sum(benefit.state == "kept" for benefit in result.benefits)
    source = [
        words.say("chart source", law=result.law, position=result.position, day=day(result.on, words.lang)),
        words.say("chart balance method", edits=len(result.edits), most=result.most_edits, uses=kept),
    ]
    frame = Frame(
        KIND,
        words.lang,
        checked(title),
        words.say("chart balance reading", most=result.most_edits),
        words.say("chart balance description", points=len(result.points), ways=whole, uses=kept),
        source=(*source, *result.unfinished),
    )
    canvas = Canvas(WIDTH, HEIGHT)
    _draw(canvas, result, words)
    return canvas.chart(frame, heads, rows)


def _best(result: Balance) -> list[Point]:
    """The points that no other closes more than at no more loss, whatever it takes; least closed first."""
    chosen: list[Point] = []
    for point in sorted(result.points, key=lambda p: (-p.closed, p.lost, p.edits)):
        if not chosen or point.lost < chosen[-1].lost:
            chosen.append(point)
    return chosen[::-1]


def _draw(canvas: Canvas, result: Balance, words: Wording) -> None:
    whole = max(1, len(result.families))
    most = max([1, *(point.lost for point in result.points)])

    def across(closed: int) -> float:
        return LEFT + (RIGHT - LEFT) * (whole - closed) / whole

    def down(lost: float) -> float:
        return FOOT - (FOOT - TOP) * lost / most

    step_x, step_y = max(1, round(whole / 10)), max(1, round(most / 7))
    grid: list[dict[str, Any]] = []
    ticks_x = [(across(whole - n), str(n)) for n in range(0, whole + 1, step_x)]
    ticks_y = [(down(n), str(n)) for n in range(0, most + 1, step_y)]
    grid += [{"x": x, "x2": x, "y": TOP, "y2": FOOT, "ink": LINE} for x, _ in ticks_x]
    grid += [{"x": LEFT, "x2": RIGHT, "y": y, "y2": y, "ink": LINE} for y, _ in ticks_y]
    canvas.lines(grid)
    canvas.words([{"x": x, "y": FOOT + 20, "text": n, "ink": MUTED} for x, n in ticks_x], align="center")
    canvas.words([{"x": LEFT - 14, "y": y, "text": n, "ink": MUTED} for y, n in ticks_y], align="right")
    canvas.words(
        [{"x": LEFT, "y": FOOT + 46, "text": words.say("chart balance across"), "ink": TEXT}],
    )
    canvas.words([{"x": 0, "y": 2, "text": words.say("chart balance down"), "ink": TEXT}])
    best = _best(result)
    steps: list[dict[str, Any]] = []
    for a, b in pairwise(best):
        ax, ay, bx, by = across(a.closed), down(a.lost), across(b.closed), down(b.lost)
        steps += [
            {"x": ax, "x2": bx, "y": ay, "y2": ay, "ink": LINK},
            {"x": bx, "x2": bx, "y": ay, "y2": by, "ink": LINK},
        ]
    canvas.lines(steps, strokeWidth=2)
    dots, numbers = [], []
    for number, point in enumerate(result.points, start=1):
        x, y = across(point.closed), down(point.lost)
        filled = point in best
        dots.append({"x": x, "y": y, "fill": LINK if filled else PAGE, "ink": LINK})
        numbers.append({"x": x, "y": y + 0.5, "text": str(number), "ink": PAGE if filled else LINK})
    canvas.points(dots, size=DISC, strokeWidth=1.5, filled=True, opacity=1)
    canvas.words(numbers, align="center", fontSize=12, fontWeight=600)
