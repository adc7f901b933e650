"""Two versions of a random case, and the ways to use something lawfully, held against every complete case."""

from __future__ import annotations

import itertools

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lagrum.model.cases import Box
from lagrum.model.facts import Party, Question
from lagrum.model.rulings import Ruling
from lagrum.reasoning.lawful import SIZES, lawful
from lagrum.reasoning.versus import versus
from lagrum.reasoning.words import said
from tests.reasoning.brute import Brute
from tests.reasoning.test_assess import case_of
from tests.strategies.laws import ON, boxes, laws


@st.composite
def two(draw: st.DrawFn) -> tuple[Brute, Box, Box]:
    brute = Brute(draw(laws()))
    a, b = draw(boxes(brute.order)), draw(boxes(brute.order))
    assume(brute.possible(a) and brute.possible(b))
    return brute, narrowed(brute, a), narrowed(brute, b)


def narrowed(brute: Brute, box: Box) -> Box:
    """Without the questions that the box leaves wholly open: a case that says nothing of them is the same."""
    return {q: answers for q, answers in box.items() if len(answers) < dict(brute.order)[q]}


@settings(max_examples=60)
@given(two())
def test_disputes_matter_where_some_mixture_hangs_on_them(drawn: tuple[Brute, Box, Box]) -> None:
    brute, a, b = drawn
    found = versus(brute.law, case_of(a, brute.law), case_of(b, brute.law), ON)
    facts = list(dict.fromkeys(q.fact for q in brute.questions if a.get(q) != b.get(q)))
    assert {dispute.fact for dispute in found.disputes} == set(facts)
    assert found.complete

    def possible(turned: frozenset[str]) -> tuple[Ruling, ...]:
        return brute.possible({q: side[q] for q in brute.questions if q in (side := b if q.fact in turned else a)})

    assert (found.possible_a, found.possible_b) == (brute.possible(a), brute.possible(b))
    subsets = [frozenset(s) for n in range(len(facts) + 1) for s in itertools.combinations(facts, n)]
    for dispute in found.disputes:
        hangs = any(
            possible(s) and possible(s ^ {dispute.fact}) and possible(s) != possible(s ^ {dispute.fact})
            for s in subsets
        )
        assert dispute.matters is hangs
    turns = {s for s in subsets if possible(s) and possible(s) != found.possible_a}
    smallest = {s for s in turns if not any(other < s for other in turns)}
    assert {frozenset(turning.facts) for turning in found.from_a} == smallest
    back = versus(brute.law, case_of(b, brute.law), case_of(a, brute.law), ON)
    assert (back.from_a, back.from_b) == (found.from_b, found.from_a)


@settings(max_examples=60)
@given(st.data())
def test_every_smallest_way_is_found_and_leaves_nothing_forbidden(data: st.DataObject) -> None:
    brute = Brute(data.draw(laws()))
    box = narrowed(brute, data.draw(boxes(brute.order)))
    assume(brute.possible(box))
    for fact in brute.law.facts.values():
        object.__setattr__(fact, "controlled_by", data.draw(st.sampled_from([Party.OPERATOR, None])))
    found = lawful(brute.law, case_of(box, brute.law), ON)
    assert found.possible == brute.possible(box)
    assert found.complete
    sizes = dict(brute.order)
    mine = [q for q in brute.questions if brute.law.facts[q.fact].controlled_by is Party.OPERATOR]
    items = [(q, a) for q in mine for a in range(sizes[q]) if box.get(q) != frozenset([a])]

    def helps(changes: tuple[tuple[Question, int], ...]) -> bool:
        there = brute.possible({**box, **{q: frozenset([a]) for q, a in changes}})
        return bool(there) and Ruling.FORBIDDEN not in there

    expected: set[frozenset[str]] = set()
    for size in range(SIZES + 1):
        tried = [c for c in itertools.combinations(items, size) if len({q for q, _ in c}) == size]
        expected = {
            frozenset(said(brute.law.facts[q.fact], q, [a]) for q, a in changes) for changes in tried if helps(changes)
        }
        if expected:
            break
    assert {frozenset(step.instead for step in way.steps) for way in found.ways} == expected
    assert all(Ruling.FORBIDDEN not in way.possible for way in found.ways)
    if Ruling.FORBIDDEN not in found.possible:
        assert [way.steps for way in found.ways] == [()]
        assert found.beyond == ()
