"""What the pages of a screening share: facts, checks of mappings, and rows in words."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from lagrum.model.cases import Case, Given
from lagrum.model.diagnostics import Diagnostic, Severity
from lagrum.model.facts import Fact, Question
from lagrum.reasoning.words import said_together
from lagrum.screening.mappingfile import read_mapping
from lagrum.web.view import View


@dataclass(frozen=True, slots=True)
class Said:
    """What a row says of one fact: in words, how that is known, and the same for a case."""

    fact: Fact
    text: str
    basis: str
    given: Given


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a register, as it is read."""

    row: int
    id: str
    labels: Mapping[str, str]
    said: tuple[Said, ...]
    problems: tuple[str, ...]
    left_out: str
    cells: Mapping[str, str]


def facts_of(view: View, law: str) -> Mapping[str, Fact]:
    """The facts that a register can speak of: those of the law."""
    return view.desk.law(law).facts


def check_mapping(text: str, facts: Mapping[str, Fact]) -> tuple[Diagnostic, ...]:
    """What is wrong with a mapping; empty where it can be used."""
    found, diagnostics = read_mapping(text, "mapping", facts)
    return () if found is not None else tuple(d for d in diagnostics if d.severity is Severity.ERROR)


def preview(view: View, rows: Sequence[Mapping[str, Any]]) -> list[Row]:
    """Rows in the words of the page."""
    return [
        Row(
            row["row"],
            row["id"] or "",
            {name: value or "" for name, value in row["labels"].items()},
            tuple(_said(view, each) for each in row["said"]),
            tuple(row["problems"]),
            row["left_out"],
            row["cells"],
        )
        for row in rows
    ]


def _said(view: View, told: Mapping[str, Any]) -> Said:
    fact = view.desk.library.pack.facts[told["fact"]]
    opened = tuple((Question(fact.name, member), frozenset(answers)) for member, answers in told["open"])
    box = dict(opened)
    text = " · ".join(said_together(fact, box)) if view.lang == "en" else view.phrases.answered(fact, box)
    return Said(fact, text, told["basis"], Given(fact.name, opened, "", told["basis"]))


def case_of(row: Row, name: str, law: str) -> Case:
    """A row as a case, with what is only indicated marked so."""
    return Case(name, {each.fact.name: each.given for each in row.said}, laws=(law,))
