"""The plain reading and the diagrams agree on random laws, and both keep the promises of the semantics page."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from random import Random
from typing import TypeVar

from hypothesis import given, settings
from hypothesis import strategies as st

from lagrum.model.cases import Box
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.rulings import SETTLED, Ruling
from lagrum.semantics import (
    FALSE,
    Compiled,
    Diagrams,
    Reference,
    as_case,
    possible,
    possible_region,
    question_order,
    relevant_questions,
)
from lagrum.semantics.remembering import Remembering
from tests.strategies.laws import ON, assignments, boxes, laws

T = TypeVar("T")


def tally(law: Law, on_order: list[tuple[Question, int]] | None = None) -> dict[Ruling, int]:
    """How many possible cases get each ruling."""
    diagrams = Diagrams(on_order or question_order(law))
    compiled = Compiled(law, ON, diagrams)
    questions = relevant_questions([law])
    return {
        ruling: diagrams.count(diagrams.both(node, compiled.possible), questions)
        for ruling, node in compiled.rulings().items()
    }


@given(laws())
@settings(max_examples=150)
def test_rulings_and_statuses_agree_on_every_case(law: Law) -> None:
    order = question_order(law)
    diagrams = Diagrams(order)
    compiled = Compiled(law, ON, diagrams)
    reference, remembering = Reference(law, ON), Remembering(law, ON)
    rulings = compiled.rulings()
    statuses = {key: compiled.statuses(key) for key in law.norms}
    seen: Counter[Ruling] = Counter()
    for answers in assignments(order):
        case = as_case(answers)
        ruling = reference.ruling(case)
        assert [r for r in SETTLED if diagrams.holds(rulings[r], answers)] == [ruling]
        assert diagrams.holds(compiled.possible, answers) == possible(law, case)
        seen[ruling] += possible(law, case)
        for key, nodes in statuses.items():
            assert [s for s in nodes if diagrams.holds(nodes[s], answers)] == [reference.status(key, case)]
            assert remembering.status(key, case) is reference.status(key, case)
        assert remembering.ruling(case) is ruling
    assert tally(law) == {ruling: seen[ruling] for ruling in SETTLED}
    assert set(compiled.questions) >= set(diagrams.support(compiled.forbids))


@given(st.data())
@settings(max_examples=80)
def test_a_partial_case_stands_for_its_possible_completions(data: st.DataObject) -> None:
    law = data.draw(laws())
    order = question_order(law)
    known = data.draw(boxes(order))
    reference = Reference(law, ON)
    expected = {
        reference.ruling(case)
        for answers in assignments(order)
        if all(answers[question] in open_answers for question, open_answers in known.items())
        and possible(law, case := as_case(answers))
    }
    before = Diagrams(order)
    compiled = Compiled(law, ON, before, known)
    conditioned = {r for r, node in compiled.rulings().items() if before.both(node, compiled.possible) != FALSE}
    after = Diagrams(order)
    whole = Compiled(law, ON, after)
    restricted = {
        r for r, node in whole.rulings().items() if after.restrict(after.both(node, whole.possible), known) != FALSE
    }
    assert conditioned == restricted == expected


@given(st.data())
@settings(max_examples=50)
def test_a_further_fact_never_turns_a_settled_ruling_into_another(data: st.DataObject) -> None:
    law = data.draw(laws())
    order = question_order(law)
    less = data.draw(boxes(order))
    more = {**less, **data.draw(boxes(order))}
    more = {question: answers & less.get(question, answers) for question, answers in more.items()}

    def open_rulings(known: Box) -> set[Ruling]:
        diagrams = Diagrams(order)
        compiled = Compiled(law, ON, diagrams, known)
        return {r for r, node in compiled.rulings().items() if diagrams.both(node, compiled.possible) != FALSE}

    assert open_rulings(more) <= open_rulings(less)


@given(laws(), st.randoms(use_true_random=False))
@settings(max_examples=40)
def test_the_order_of_norms_and_instruments_does_not_matter(law: Law, random: Random) -> None:
    def shuffled(items: tuple[T, ...]) -> tuple[T, ...]:
        return tuple(random.sample(items, len(items)))

    instruments = tuple(replace(i, norms=shuffled(i.norms)) for i in law.instruments)
    assert tally(replace(law, instruments=shuffled(instruments))) == tally(law)


@given(laws(), laws(names=("gamma",), words="other"))
@settings(max_examples=40)
def test_an_unrelated_vocabulary_or_law_changes_no_count(law: Law, other: Law) -> None:
    assert tally(replace(law, vocabularies=law.vocabularies + other.vocabularies)) == tally(law)
    # Two laws in the same diagrams, as when they are compared.
    shared = question_order(law, other)
    assert {question for question, _ in shared} == {*relevant_questions([law]), *relevant_questions([other])}
    assert tally(law, shared) == tally(law)


@given(st.data())
@settings(max_examples=40)
def test_what_is_possible_is_what_no_statement_rules_out_and_what_is_known(data: st.DataObject) -> None:
    law, other = data.draw(laws()), data.draw(laws(names=("gamma",), words="other"))
    order = question_order(law, other)
    diagrams = Diagrams(order)
    known = data.draw(boxes(question_order(law)))
    region = possible_region(diagrams, [law, other], {**known, Question("nobody asks"): frozenset([0])})
    both = diagrams.both(*(possible_region(diagrams, [one]) for one in (law, other)), diagrams.box(known))
    assert region == both
