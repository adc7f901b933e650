"""Conditions, with every name resolved: what `when`, `unless` and `met when` hold."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from lagrum.model.citations import Citation
from lagrum.model.places import Place


@dataclass(frozen=True, slots=True)
class Line:
    """What every single condition carries: its words as written, the citation in brackets, and its place."""

    text: str
    citation: Citation | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Choice:
    """The answer to a fact with one answer is among `allowed` (indices): `is`, `in`, `at least`, a bare yes/no …"""

    fact: str
    allowed: frozenset[int]
    line: Line


@dataclass(frozen=True, slots=True)
class Has:
    """A fact with several answers has this one (index)."""

    fact: str
    member: int
    line: Line


@dataclass(frozen=True, slots=True)
class HasOnly:
    """A fact with several answers has at least one of `members` and nothing else."""

    fact: str
    members: frozenset[int]
    line: Line


@dataclass(frozen=True, slots=True)
class HasNone:
    """A fact with several answers has none of `members`."""

    fact: str
    members: frozenset[int]
    line: Line


@dataclass(frozen=True, slots=True)
class Defined:
    """The definition holds (`negated`: does not hold); `norm` is the definition's key."""

    norm: str
    line: Line
    negated: bool = False


@dataclass(frozen=True, slots=True)
class Applies:
    """At least one of the cited norms (keys) applies."""

    norms: tuple[str, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class IsMet:
    """Each of the cited duties (keys) that stands on the date and arises is fulfilled."""

    norms: tuple[str, ...]
    line: Line


@dataclass(frozen=True, slots=True)
class ReadingIs:
    """The chosen reading of a disputed provision is `value` (`negated`: is another)."""

    reading: str
    value: str
    line: Line
    negated: bool = False


@dataclass(frozen=True, slots=True)
class DateIs:
    """The date of evaluation lies before (`before`) or not before the given day; `day` is an ordinal."""

    day: int
    before: bool
    line: Line


@dataclass(frozen=True, slots=True)
class AllOf:
    items: tuple[Condition, ...]
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class AnyOf:
    items: tuple[Condition, ...]
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class NoneOf:
    items: tuple[Condition, ...]
    citation: Citation | None = None


@dataclass(frozen=True, slots=True)
class AtLeast:
    count: int
    items: tuple[Condition, ...]
    citation: Citation | None = None


Single = Choice | Has | HasOnly | HasNone | Defined | Applies | IsMet | ReadingIs | DateIs
Group = AllOf | AnyOf | NoneOf | AtLeast
Condition = Single | Group


def singles(condition: Condition | None) -> Iterator[Single]:
    """Every single condition in reading order."""
    if condition is None:
        return
    if isinstance(condition, AllOf | AnyOf | NoneOf | AtLeast):
        for item in condition.items:
            yield from singles(item)
    else:
        yield condition
