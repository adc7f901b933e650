"""Assessments of worked cases under the law that comes with lagrum."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import jsonschema
import pytest

from lagrum.library import Library, open_library
from lagrum.model.cases import Case
from lagrum.model.diagnostics import BudgetExceeded
from lagrum.model.rulings import Ruling
from lagrum.reasoning.assess import assess
from lagrum.reasoning.bench import bench_of
from lagrum.reasoning.missing import likely_questions, open_questions
from lagrum.reasoning.unless import turns
from tests.reasoning.test_assess import schema

CASES = Path(__file__).parents[2] / "laws" / "eu" / "ai-act" / "cases" / "2021-proposal"


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library()


@pytest.mark.parametrize("path", sorted(CASES.glob("*.yaml"))[::16], ids=lambda path: path.stem)
def test_a_worked_case_comes_out_with_reasons_that_hold(library: Library, path: Path) -> None:
    case, _, _ = library.read_case(path)
    assert case is not None
    assert case.expect is not None
    law = library.law(case.laws[0])
    found = assess(law, case)
    jsonschema.validate(found.to_dict(), schema())
    assert found.ruling.value == case.expect.ruling
    assert found.method == "exact"
    assert found.proved
    # The facts told as reasons force the ruling on their own; without any one of them it is open.
    names = dict.fromkeys(each.fact for each in found.because_facts)
    told = Case("told", {name: case.facts[name] for name in names})
    assert assess(law, told, found.on).possible == found.possible
    here = bench_of(law).here(found.on, case.box)
    for turn in turns(here, found.possible):
        box = {**case.box, **{q: frozenset([answer]) for q, answer in turn.answers.items()}}
        assert here.inside(box).possible_rulings() == turn.possible != found.possible


def test_an_empty_case_is_open_and_asks_what_tells_most(library: Library) -> None:
    found = assess(library.law("eu-ai-act-2021-proposal"), Case("nothing known", {}), date(2022, 1, 1))
    assert found.ruling is Ruling.UNDETERMINED
    assert len(found.possible) == 5
    assert found.method == "exact"
    assert found.because_facts == ()
    gains = [each.gain or 0.0 for each in found.missing]
    assert gains == sorted(gains, reverse=True)
    assert gains[0] > 0


def test_what_cannot_be_counted_is_estimated_and_says_so(library: Library) -> None:
    law = library.law("eu-ai-act-2021-proposal")
    here = bench_of(law).here(date(2022, 1, 1))
    with pytest.raises(BudgetExceeded):
        open_questions(here, here.possible_rulings(), budget=30_000)
    counted = {each.question: each for each in open_questions(here, here.possible_rulings())}
    likely = likely_questions(here, here.possible_rulings())
    assert likely[0].question.fact == next(iter(counted)).fact
    for each in likely[:20]:
        if each.question in counted:
            assert each.settles == counted[each.question].settles
            assert each.gain == pytest.approx(counted[each.question].gain, abs=0.1)
