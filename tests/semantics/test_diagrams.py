"""Every operation on decision diagrams against the sets of cases written out."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagrum.model.diagnostics import BudgetExceeded
from lagrum.model.facts import Question
from lagrum.semantics import FALSE, TRUE, Diagrams
from tests.strategies.diagrams import Space, build, listed, sets, spaces

Cases = frozenset[tuple[int, ...]]
A, B, C = Question("a"), Question("b"), Question("c", 1)


@given(st.data())
def test_logic_is_set_logic_and_equal_sets_are_one_node(data: st.DataObject) -> None:
    space = data.draw(spaces())
    diagrams = Diagrams(space.order)
    one, two, three = (data.draw(sets(space)) for _ in range(3))
    a, b, c = (build(diagrams, space, cases) for cases in (one, two, three))
    assert diagrams.both(a, b, c) == build(diagrams, space, one & two & three)
    assert diagrams.either(a, b, c) == build(diagrams, space, one | two | three)
    assert diagrams.minus(a, b) == build(diagrams, space, one - two)
    assert diagrams.negate(a) == build(diagrams, space, space.everything - one)
    assert diagrams.ite(a, b, c) == build(diagrams, space, (one & two) | (three - one))
    assert diagrams.at_least(2, [a, b, c]) == build(diagrams, space, (one & two) | (one & three) | (two & three))
    assert diagrams.implies(a, b) == (one <= two)
    assert listed(diagrams, space, a) == one


@given(st.data())
def test_questions_can_be_taken_away(data: st.DataObject) -> None:
    space = data.draw(spaces())
    diagrams = Diagrams(space.order)
    cases = data.draw(sets(space))
    node = build(diagrams, space, cases)
    chosen = data.draw(st.frozensets(st.sampled_from(space.questions)))
    box = {q: data.draw(st.frozensets(st.integers(0, size - 1), min_size=1)) for q, size in space.order if q in chosen}

    def ways(case: tuple[int, ...], inside: bool) -> list[tuple[int, ...]]:
        return list(
            itertools.product(
                *(
                    sorted(box[q] if inside else range(size)) if q in chosen else [answer]
                    for (q, size), answer in zip(space.order, case, strict=True)
                )
            )
        )

    everything = space.everything
    assert listed(diagrams, space, diagrams.restrict(node, box)) == {
        case for case in everything if any(way in cases for way in ways(case, True))
    }
    assert listed(diagrams, space, diagrams.exists(node, chosen)) == {
        case for case in everything if any(way in cases for way in ways(case, False))
    }
    assert listed(diagrams, space, diagrams.forall(node, chosen)) == {
        case for case in everything if all(way in cases for way in ways(case, False))
    }
    assert not chosen & set(diagrams.support(diagrams.restrict(node, box)))
    assert listed(diagrams, space, diagrams.box(box)) == {
        case
        for case in everything
        if all(answer in box.get(q, {answer}) for q, answer in zip(space.questions, case, strict=True))
    }


@given(st.data())
def test_counts_marginals_and_closure_are_those_of_the_set(data: st.DataObject) -> None:
    space = data.draw(spaces())
    diagrams = Diagrams(space.order)
    cases = data.draw(sets(space))
    node = build(diagrams, space, cases)
    questions = space.questions
    assert diagrams.count(node, questions) == len(cases)
    assert diagrams.marginals(node, questions) == {
        q: tuple(sum(case[i] == answer for case in cases) for answer in range(size))
        for i, (q, size) in enumerate(space.order)
    }
    assert diagrams.closure(node, questions) == {
        q: frozenset(case[i] for case in cases) for i, q in enumerate(questions)
    }
    support = diagrams.support(node)
    outside = [q for q in questions if q not in support]
    assert diagrams.count(node, support) * diagrams.count(TRUE, outside) == len(cases)
    for question in support:
        with pytest.raises(ValueError, match=question.fact):
            diagrams.count(node, [q for q in questions if q != question])
    found = diagrams.any(node)
    assert (found is None) == (not cases)
    if found is not None:
        assert diagrams.implies(diagrams.box({q: frozenset([a]) for q, a in found.items()}), node)


@given(st.data())
def test_the_nearest_case_is_the_cheapest_and_the_first_of_equals(data: st.DataObject) -> None:
    space = data.draw(spaces())
    diagrams = Diagrams(space.order)
    cases = data.draw(sets(space))
    cost = {q: [data.draw(st.integers(-1, 2)) for _ in range(size)] for q, size in space.order}

    def price(case: tuple[int, ...]) -> int:
        return sum(cost[q][answer] for q, answer in zip(space.questions, case, strict=True))

    expected = min(((price(case), case) for case in cases), default=None)
    found = diagrams.nearest(build(diagrams, space, cases), cost)
    assert (found and (found[0], tuple(found[1].values()))) == expected


def largest_boxes(space: Space, inside: Cases, meets: Cases) -> set[tuple[frozenset[int], ...]]:
    """All largest boxes, by trying every box there is."""
    sides = [
        [frozenset(s) for n in range(1, size + 1) for s in itertools.combinations(range(size), n)]
        for _, size in space.order
    ]
    fitting = [row for row in itertools.product(*sides) if all(case in inside for case in itertools.product(*row))]
    return {
        row
        for row in fitting
        if any(case in meets for case in itertools.product(*row))
        and not any(row != other and all(r <= o for r, o in zip(row, other, strict=True)) for other in fitting)
    }


@given(st.data())
def test_maximal_boxes_are_all_the_largest_boxes_that_meet_the_set(data: st.DataObject) -> None:
    space = data.draw(spaces(most=24))
    diagrams = Diagrams(space.order)
    cases, free = data.draw(sets(space)), data.draw(sets(space))
    node, dont_care = build(diagrams, space, cases), build(diagrams, space, free)
    found = [
        tuple(box.get(q, frozenset(range(size))) for q, size in space.order)
        for box in diagrams.maximal_boxes(node, dont_care)
    ]
    assert len(found) == len(set(found))
    assert set(found) == largest_boxes(space, cases | free, cases)
    assert len(list(diagrams.maximal_boxes(node, dont_care, limit=2))) == min(2, len(found))


def test_a_box_names_only_the_questions_it_constrains() -> None:
    diagrams = Diagrams([(A, 3), (B, 2), (C, 2)])
    node = diagrams.either(diagrams.test(A, [0, 1]), diagrams.test(C, [1]))
    assert list(diagrams.maximal_boxes(node)) == [{C: frozenset([1])}, {A: frozenset([0, 1])}]


def test_a_long_list_of_answers_costs_no_more_than_its_distinct_children() -> None:
    diagrams = Diagrams([(A, 60), (B, 2)])
    node = diagrams.either(
        diagrams.test(A, range(20)), diagrams.both(diagrams.test(A, range(40)), diagrams.test(B, [1]))
    )
    assert diagrams.size(node) == 2
    assert list(diagrams.maximal_boxes(node)) == [
        {A: frozenset(range(40)), B: frozenset([1])},
        {A: frozenset(range(20))},
    ]


def test_the_budget_is_kept() -> None:
    questions = [Question(f"q{i}") for i in range(20)]
    diagrams = Diagrams([(q, 2) for q in questions], budget=60)
    with pytest.raises(BudgetExceeded, match="60"):
        diagrams.at_least(10, [diagrams.test(q, [1]) for q in questions])
    assert len(diagrams) <= 60


def test_four_hundred_questions_need_no_deeper_recursion() -> None:
    questions = [Question(f"q{i}") for i in range(400)]
    diagrams = Diagrams([(q, 2) for q in questions])
    node = diagrams.both(*(diagrams.test(q, [1]) for q in questions))
    rest = diagrams.negate(node)
    assert diagrams.count(rest, questions) == 2**400 - 1
    assert diagrams.implies(node, diagrams.negate(rest))
    assert diagrams.either(node, rest) == TRUE
    assert diagrams.minus(node, rest) == node
    assert diagrams.exists(node, questions[::2]) != FALSE
    assert len(list(diagrams.maximal_boxes(rest))) == 400


def test_a_question_cannot_stand_in_the_order_twice() -> None:
    with pytest.raises(ValueError, match="twice"):
        Diagrams([(A, 2), (A, 2)])
