"""Stretches: the answers to a number or date fact, one between each two neighbouring cuts, and how to find them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise

from lagrum.model.facts import Cut, Fact, FactKind

LARGEST = Decimal(10) ** 15
"""Numbers above this are refused: no law draws a line there, and no report could print them."""

_NUMBER = re.compile(r"[0-9]{1,16}(?:\.[0-9]{1,6})?")

OPERATORS = ("at least", "at most", "more than", "less than")


def number(text: str) -> Decimal | None:
    """A plain number, not negative, without an exponent; None where the text is none or is out of range."""
    if not _NUMBER.fullmatch(text):
        return None
    value = Decimal(text)
    return value if value <= LARGEST else None


def plain(value: Decimal) -> str:
    """A number as people write it: no exponent, no idle zeros."""
    text = f"{value:f}"
    return text.rstrip("0").rstrip(".") if "." in text else text


def cut_of(operator: str, value: Decimal) -> Cut:
    """The border a comparison draws: `at least 4` and `less than 4` draw the same one."""
    return Cut(value, above=operator in ("more than", "at most"))


def upward(operator: str) -> bool:
    """Whether the comparison asks for what lies above its border."""
    return operator in ("at least", "more than", "from")


def same_unit(written: str, declared: str) -> bool:
    """Whether two units are one, singular or plural: `year`, `years`."""
    return written == declared or written + "s" == declared or written == declared + "s"


def _edge(cut: Cut, unit: str, dated: bool, lower: bool) -> str:
    if dated:
        return f"{'from' if lower else 'before'} {date.fromordinal(int(cut.value)).isoformat()}"
    if lower:
        word = "more than" if cut.above else "at least"
    else:
        word = "at most" if cut.above else "less than"
    return f"{word} {plain(cut.value)}{' ' + unit if unit else ''}"


def stretch_names(cuts: Sequence[Cut], unit: str, dated: bool) -> tuple[str, ...]:
    """Readable names of all stretches, from the lowest up: `less than 3 years`, `at least 3 years and …`."""
    if not cuts:
        return ()
    none = not dated and cuts[0] == Cut(Decimal(0), above=True)  # nothing is negative: at most 0 is 0
    names = [f"exactly 0{' ' + unit if unit else ''}" if none else _edge(cuts[0], unit, dated, lower=False)]
    for low, high in pairwise(cuts):
        if low.value == high.value:  # at least 4, more than 4: only 4 itself lies between
            names.append(f"exactly {plain(low.value)}{' ' + unit if unit else ''}")
        else:
            names.append(f"{_edge(low, unit, dated, lower=True)} and {_edge(high, unit, dated, lower=False)}")
    names.append(_edge(cuts[-1], unit, dated, lower=True))
    return tuple(names)


def holding(fact: Fact, value: Decimal) -> int:
    """The stretch that holds a value."""
    return sum(1 for cut in fact.cuts if (cut.value < value if cut.above else cut.value <= value))


def beyond(fact: Fact, cut: Cut, up: bool) -> frozenset[int]:
    """Every stretch with some value on the asked side of a border; exact where the border is a declared cut."""
    last = len(fact.cuts)
    if up:
        first = sum(1 for known in fact.cuts if known <= cut)
        return frozenset(range(first, last + 1))
    return frozenset(range(sum(1 for known in fact.cuts if known < cut) + 1))


def cut_text(cut: Cut, fact: Fact) -> str:
    """A declared cut in the words of its declaration: `at least 4`, `from 2026-08-02`."""
    return _edge(cut, "", fact.kind is FactKind.DATE, lower=True)


def read_day(text: str) -> date | None:
    """An ISO day, `2026-11-22`; None where the text is none or the day does not exist."""
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
