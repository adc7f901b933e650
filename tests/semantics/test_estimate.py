"""Past the budget: a sample that says it is one, and whose intervals hold the truth."""

from __future__ import annotations

from collections import Counter
from random import Random

import pytest

from lagrum.model.conditions import AllOf, AtLeast, NoneOf
from lagrum.model.diagnostics import BudgetExceeded
from lagrum.model.facts import Question
from lagrum.semantics import Compiled, Diagrams, Reference, question_order, relevant_questions
from lagrum.semantics.estimate import draw, interval, possible_cases
from tests.semantics.examples import ON, law, norm, yes

A, B, C, D = (yes(name) for name in "abcd")
LAW = law(
    norm("forbid", 1, AtLeast(2, (A, B, C))),
    norm("except", 2, AllOf((A, D)), targets=("one Art. 1",)),
    norm("require", 3, D),
    impossible=(AllOf((A, NoneOf((C,)))),),
)


def test_past_the_budget_nothing_is_said_and_the_intervals_of_a_sample_hold_the_truth() -> None:
    with pytest.raises(BudgetExceeded):
        Compiled(LAW, ON, Diagrams(question_order(LAW), budget=5)).rulings()
    diagrams = Diagrams(question_order(LAW))
    compiled = Compiled(LAW, ON, diagrams)
    questions = relevant_questions([LAW])
    whole = diagrams.count(compiled.possible, questions)
    drawn = list(possible_cases(LAW, {}, 1000, seed=1))
    assert drawn == list(possible_cases(LAW, {}, 1000, seed=1)), "the same seed draws the same"
    seen = Counter(Reference(LAW, ON).ruling(case) for case in drawn)
    for ruling, node in compiled.rulings().items():
        truth = diagrams.count(diagrams.both(node, compiled.possible), questions) / whole
        share = interval(seen[ruling], 1000)
        assert share.low <= truth + 1e-9
        assert truth <= share.high
        assert share.high - share.low < 0.07


def test_what_is_known_is_kept() -> None:
    known = {Question("a"): frozenset([1]), Question("d"): frozenset([1])}
    assert all(case["a"] == case["c"] == case["d"] == 1 for case in possible_cases(LAW, known, 20, seed=3))


def test_possible_cases_are_found_by_chance_where_the_diagram_is_too_large() -> None:
    cases = list(possible_cases(LAW, {}, 300, seed=2, budget=3))
    assert len(cases) == 300
    assert not any(case["a"] == 1 and case["c"] == 0 for case in cases)
    assert {case["b"] for case in cases} == {0, 1}


def test_where_nothing_is_possible_nothing_is_drawn() -> None:
    known = {Question("a"): frozenset([1]), Question("c"): frozenset([0])}
    assert list(possible_cases(LAW, known, 5, seed=0)) == []
    assert list(possible_cases(LAW, known, 5, seed=0, budget=3)) == []
    assert list(possible_cases(LAW, {Question("a"): frozenset()}, 5, seed=0)) == []


def test_cases_are_drawn_uniformly_from_a_set() -> None:
    size, colour = Question("size"), Question("colour")
    diagrams = Diagrams([(size, 3), (colour, 2)])
    node = diagrams.either(diagrams.test(size, [2]), diagrams.test(colour, [1]))
    seen = Counter((row[size], row[colour]) for row in draw(diagrams, node, 4000, Random(5)))
    assert set(seen) == {(2, 0), (2, 1), (0, 1), (1, 1)}
    assert all(900 < times < 1100 for times in seen.values())
