"""A timeline as a strip: a band for each stretch of days, in parts of the width."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from lagrum.model.rulings import Ruling
from lagrum.reasoning.timeline import Stretch

EDGE = timedelta(days=200)  # how much is drawn of what has no beginning or no end
NARROWEST = 0.04  # of the width, so that a stretch of a few days can be seen
TICKS = 5


@dataclass(frozen=True, slots=True)
class Band:
    """A stretch as drawn: where it starts and how wide it is, in percent."""

    number: int
    ruling: Ruling
    at: float
    width: float

    @property
    def middle(self) -> float:
        return round(self.at + self.width / 2, 2)


@dataclass(frozen=True, slots=True)
class Strip:
    """The bands, the days on which they change, and where the day asked about stands; all in percent."""

    bands: tuple[Band, ...]
    changes: tuple[tuple[float, date], ...]
    today: float


def strip(stretches: Sequence[Stretch], on: date) -> Strip:
    """Lay the stretches out, each as wide as it is long, but none too narrow to see."""
    days = [stretch.since for stretch in stretches if stretch.since]
    first = (min([*days, on]) if days else on) - EDGE
    last = (max([*days, on]) if days else on) + EDGE
    spans = [((each.until or last) - (each.since or first)).days for each in stretches]
    total = sum(spans) or 1
    parts = [max(span / total, NARROWEST) for span in spans]
    scale = 100 / sum(parts)
    found: list[Band] = []
    at, today = 0.0, 0.0
    for number, (stretch, part, span) in enumerate(zip(stretches, parts, spans, strict=True), start=1):
        width = part * scale
        if stretch.holds(on):
            today = at + width * (on - (stretch.since or first)).days / max(span, 1)
        found.append(Band(number, stretch.ruling, round(at, 2), round(width, 2)))
        at += width
    return Strip(tuple(found), tuple(_spread(found, stretches)), round(today, 2))


def _spread(bands: Sequence[Band], stretches: Sequence[Stretch]) -> list[tuple[float, date]]:
    """The days that are written below, not so near each other that they would overlap."""
    found: list[tuple[float, date]] = []
    for band, stretch in zip(bands, stretches, strict=True):
        if stretch.since and (not found or band.at - found[-1][0] >= 100 / TICKS) and band.at <= 100 - 100 / TICKS:
            found.append((band.at, stretch.since))
    return found
