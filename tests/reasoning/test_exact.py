"""Reasons, changes and open questions are what going through every case says they are."""

from __future__ import annotations

from math import log2

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagrum.model.cases import Box
from lagrum.model.law import Law
from lagrum.model.rulings import Status
from lagrum.reasoning.attaching import ATTACHING, attaching, tiers_today
from lagrum.reasoning.because import smallest_reason
from lagrum.reasoning.bench import Bench
from lagrum.reasoning.missing import open_questions
from lagrum.reasoning.standing import Standing
from lagrum.reasoning.unless import turns
from tests.reasoning.brute import Brute
from tests.strategies.laws import ON, boxes, laws


@st.composite
def asked(draw: st.DrawFn) -> tuple[Bench, Brute, Box]:
    """A law, and a partial case that some possible case lies in."""
    law: Law = draw(laws())
    brute = Brute(law)
    drawn = draw(boxes(brute.order))
    sizes = dict(brute.order)
    box = {q: answers for q, answers in drawn.items() if len(answers) < sizes[q]}
    if not brute.possible(box):
        box = {}
    return Bench(law), brute, box


@given(asked())
def test_the_rulings_are_those_of_the_completions(case: tuple[Bench, Brute, Box]) -> None:
    bench, brute, box = case
    assert bench.here(ON, box).possible_rulings() == brute.possible(box)


@given(asked())
def test_because_is_a_smallest_set_that_forces_the_rulings(case: tuple[Bench, Brute, Box]) -> None:
    bench, brute, box = case
    if not brute.possible(box):
        return
    here = bench.here(ON, box)
    chosen, proved = smallest_reason(here, here.other_than(brute.possible(box)), {})
    forcing = list(brute.forcing(box))
    assert proved
    assert chosen in forcing
    assert len(chosen) == len(forcing[0])
    # Of equally small ones always the same, whatever the solver was asked before: the one that the law asks for first.
    place = {question: i for i, question in enumerate(bench.over)}
    smallest = (each for each in forcing if len(each) == len(chosen))
    assert chosen == min(smallest, key=lambda each: sorted((place[q] for q in each), reverse=True))


@given(asked())
def test_unless_lists_every_smallest_change(case: tuple[Bench, Brute, Box]) -> None:
    bench, brute, box = case
    if not brute.possible(box):
        return
    found = {frozenset(t.answers.items()): t.possible for t in turns(bench.here(ON, box), brute.possible(box))}
    assert found == brute.turns(box)


@given(asked())
def test_missing_settles_the_ruling_and_asks_nothing_in_vain(case: tuple[Bench, Brute, Box]) -> None:
    bench, brute, box = case
    listed = open_questions(bench.here(ON, box), brute.possible(box))
    questions = {each.question for each in listed}
    assert brute.settled_by(box, questions)
    for question in questions:
        assert not brute.settled_by(box, questions - {question})
    assert brute.alone(box) <= questions
    gains = [each.gain or 0.0 for each in listed]
    assert gains == sorted(gains, reverse=True)
    for each in listed:
        counts = brute.shares(box, each.question)
        assert each.gain == pytest.approx(information(counts), abs=1e-9)
        for answer in range(len(counts[0])):
            there = brute.possible({**box, each.question: frozenset([answer])})
            inside = answer in box.get(each.question, (answer,))
            assert each.settles.get(answer) == (there[0] if inside and len(there) == 1 else None)


def information(counts: list[list[int]]) -> float:
    """The mutual information of ruling and answer, by its definition."""
    whole = sum(map(sum, counts))
    by_answer = [sum(column) for column in zip(*counts, strict=True)]
    return sum(
        n / whole * log2(n * whole / (sum(row) * by_answer[a])) for row in counts for a, n in enumerate(row) if n
    )


@given(asked())
def test_what_may_attach_is_what_applies_in_some_case(case: tuple[Bench, Brute, Box]) -> None:
    bench, brute, box = case
    if not brute.possible(box):
        return
    standing = Standing(bench.here(ON, box))
    tiers, duties = attaching(standing)
    told = [(each.instrument, each.citation, each.label, each.sure) for each in tiers if each.applies != "later"]
    told += [(each.instrument, each.citation, each.what, each.sure) for each in duties if each.applies != "later"]
    expected = []
    for norm in bench.law.norms.values():
        found = brute.statuses(norm.key, box)
        if norm.kind in ATTACHING and Status.APPLIES in found:
            expected.append((norm.instrument, str(norm.citation), norm.label, found == {Status.APPLIES}))
    assert sorted(told) == sorted(expected)
    assert tiers_today(standing) == tuple(each for each in tiers if each.applies != "later")
