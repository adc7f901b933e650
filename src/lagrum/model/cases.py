"""Cases: what is known about one use of one system."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from lagrum.model.facts import Question
from lagrum.model.places import Place

Box = Mapping[Question, frozenset[int]]
"""A set of complete cases: the answers still open to each question; a question that is absent is wholly open."""

Complete = Mapping[str, int | frozenset[int]]
"""A complete case: for each fact the index of its answer, or the set of indices where it has several."""


@dataclass(frozen=True, slots=True)
class Given:
    """What a case says of one fact: the answers it leaves open, in the case's own words, and how that is known.

    `basis` is one of `stated`, `indicated`, `assumed`, `judged`.
    """

    fact: str
    open: tuple[tuple[Question, frozenset[int]], ...]
    text: str
    basis: str = "stated"
    by: str = ""
    on: date | None = None
    place: Place | None = None


def box_of(given: Iterable[Given]) -> Box:
    """The answers that given facts leave open, question by question."""
    return {question: answers for each in given for question, answers in each.open}


@dataclass(frozen=True, slots=True)
class Expectation:
    """What the source says must come out. None: not said."""

    ruling: str | None = None
    possible: tuple[str, ...] | None = None
    because: tuple[str, ...] = ()
    not_because: tuple[str, ...] = ()
    tiers: tuple[str, ...] | None = None


@dataclass(frozen=True)
class Case:
    """One use of one system. Facts that are not in `facts` are unknown.

    `readings` maps `name` or `instrument:name` to the value by which the case wants a disputed provision read.
    """

    name: str
    facts: Mapping[str, Given]
    laws: tuple[str, ...] = ()
    dates: tuple[date, ...] = ()
    assume: Mapping[str, str] = field(default_factory=dict)
    readings: Mapping[str, str] = field(default_factory=dict)
    expect: Expectation | None = None
    source: str = ""
    intent: str = ""
    file: str = ""

    @property
    def box(self) -> dict[Question, frozenset[int]]:
        """The complete cases this case stands for, before any `impossible` statement."""
        return {question: answers for given in self.facts.values() for question, answers in given.open}
