"""The scenarios on which lagrum is measured beside its peers come out as the law has it; marks tell answers apart."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest
from bench.peers.scenarios import RIGHT, SAFE, SCENARIOS, TOLD, WRONG, mark

from lagrum.library import Library, open_library
from lagrum.reasoning.assess import assess
from tests.conftest import REPOSITORY

FILES = sorted((REPOSITORY / "bench" / "peers" / "cases").glob("*.yaml"))


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library()


def test_each_scenario_has_a_case() -> None:
    assert [int(file.name[:2]) for file in FILES] == list(SCENARIOS)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_norms_stand_as_the_law_has_it(library: Library, file: Path) -> None:
    case, problems, _ = library.read_case(file)
    assert case is not None, problems
    found = assess(library.law("eu-ai-act", None, case.dates[0]), case, case.dates[0])
    document: dict[str, Any] = found.to_dict()
    stand = {f"{norm['kind']} {norm['citation']}": norm["status"] for norm in document["norms"]}
    expected = SCENARIOS[int(file.name[:2])].norms
    assert {norm: stand[norm] for norm in expected} == expected


def answer(verdict: str, *says: str, **more: object) -> Mapping[str, object]:
    return {"verdict": verdict, "says": says, "supplied": (), "review": False, "asks": (), "norms": {}, **more}


@pytest.mark.parametrize(
    ("number", "given", "expected"),
    [
        (5, answer("prohibited", "Art. 5(1)(f)"), RIGHT),
        (5, answer("prohibited", "Art. 5(1)(f)", supplied=("Art. 5(1)(f)",)), TOLD),
        (5, answer("prohibited", "Art. 5(1)(h)"), WRONG),
        (17, answer("prohibited", "Art. 5(1)(b)"), WRONG),
        (5, answer("high-risk", "Annex III(1)(c)"), WRONG),
        (5, answer("high-risk", "Annex III(1)(c)", review=True), SAFE),
        (5, answer("undetermined"), SAFE),
        (11, answer("high-risk", "Annex III(4)"), RIGHT),
        (3, answer("high-risk", "Annex III(1)(a)", "Art. 26"), SAFE),
        (3, answer("high-risk", "Annex III(1)(a)", "Art. 26(10) subpara. 1"), RIGHT),
        (14, answer("transparency", "Art. 50(2)"), WRONG),
        (18, answer("undetermined", asks=("authorisation",)), RIGHT),
        (18, answer("undetermined", asks=("place",)), SAFE),
        (18, answer("high-risk", "Annex III(1)(a)"), WRONG),
    ],
)
def test_marks(number: int, given: Mapping[str, object], expected: str) -> None:
    assert mark(SCENARIOS[number], given, own=False) == expected


def test_lagrum_must_have_its_single_norms_right() -> None:
    given = answer("prohibited", "Art. 5(1)(f)")
    assert mark(SCENARIOS[5], given, own=True) == WRONG
    assert mark(SCENARIOS[5], {**given, "norms": {"forbid Art. 5(1)(f)": "applies"}}, own=True) == RIGHT
