"""The days on which what a law says can change: everything between two of them is the same day over and over."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta

from lagrum.model.conditions import DateIs, singles
from lagrum.model.law import Law
from lagrum.semantics.order import conditions_of


def days_of(law: Law) -> tuple[date, ...]:
    """The first day of every stretch of days, but the very first, on which no ruling of the law can change; in order.

    They are the law's own: when its instruments and norms begin and end, and the days its conditions name.
    """
    return tuple(sorted(set(_days(law))))


def days_around(law: Law, on: date) -> Iterator[date]:
    """The day itself, then one of every other stretch: those after it, the nearest first, then those before it."""
    days = days_of(law)
    yield on
    yield from (day for day in days if day > on)
    yield from (day - timedelta(days=1) for day in reversed(days) if day <= on and day > date.min)


def _days(law: Law) -> Iterator[date]:
    for instrument in (*law.instruments, *law.attached):
        began = instrument.in_force or instrument.published
        yield from (day for day in (began, instrument.until) if day is not None)
    for norm in law.known.values():
        yield from (start.day for start in norm.starts)
        if norm.until is not None:
            yield norm.until
        for condition in conditions_of(norm):
            yield from (date.fromordinal(s.day) for s in singles(condition) if isinstance(s, DateIs))
