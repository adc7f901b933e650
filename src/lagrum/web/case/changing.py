"""A case with the changes that a way to lawful use asks for."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace

from lagrum.model.cases import Case, Given
from lagrum.model.facts import Fact, Question, questions_of, size_of
from lagrum.reasoning.lawful import Step
from lagrum.reasoning.words import said


def after(case: Case, steps: Sequence[Step], facts: Mapping[str, Fact]) -> Case:
    """The case once the steps are taken; what they say counts as assumed."""
    given = dict(case.facts)
    for step in steps:
        fact = facts[step.fact]
        question, answer = _meant(fact, step.instead)
        before = given.get(fact.name)
        opened = {**dict(before.open if before else ()), question: frozenset([answer])}
        given[fact.name] = Given(fact.name, tuple(sorted(opened.items())), "", basis="assumed")
    return replace(case, facts=given, expect=None)


def _meant(fact: Fact, text: str) -> tuple[Question, int]:
    """The question and answer that a statement about the fact gives."""
    every = ((question, answer) for question in questions_of(fact) for answer in range(size_of(fact)))
    return next((question, answer) for question, answer in every if said(fact, question, [answer]) == text)
