"""The uses that people might want to keep: each is told fully and possibly, and comes out as its table says."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lagrum.analysis.casetest import run_cases
from lagrum.library import Library, open_library
from lagrum.model.cases import Case, Expectation
from tests.conftest import REPOSITORY

LAWS = REPOSITORY / "laws"
BENEFITS = LAWS / "benefits"
PROPOSAL, ACT, LETTER, MODERATE = (
    ("eu-ai-act-2021-proposal", date(2022, 1, 1)),
    ("eu-ai-act", date(2026, 11, 22)),
    ("ban-biometric-surveillance-2021", date(2022, 1, 1)),
    ("moderate-ban-live-identification-2021", date(2022, 1, 1)),
)
COLUMNS = (PROPOSAL, ACT, LETTER, MODERATE)
"""The columns of the table, in their order: each text, and the day on which it is asked."""

THEMES = {"daily-life", "care", "safety", "access", "research", "police"}
_ROW = re.compile(r"^\| \[([\w/-]+)\]\(\1\.yaml\) \| (.+) \|$", re.MULTILINE)


def _told() -> dict[str, tuple[str, ...]]:
    """What the table says of each use."""
    text = (BENEFITS / "rulings.md").read_text(encoding="utf-8")
    return {name: tuple(cells.split(" | ")) for name, cells in _ROW.findall(text)}


TOLD = _told()


def _name(file: Path) -> str:
    return file.relative_to(BENEFITS).with_suffix("").as_posix()


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library([LAWS], built_in=False)


@pytest.fixture(scope="module")
def uses(library: Library) -> dict[str, Case]:
    found = {}
    for file in sorted(BENEFITS.rglob("*.yaml")):
        case, diagnostics, _ = library.read_case(file)
        assert case is not None and not diagnostics, (file, diagnostics)
        found[_name(file)] = case
    return found


def test_there_are_enough_in_every_theme_each_with_a_reason(uses: dict[str, Case]) -> None:
    assert len(uses) >= 28
    assert {name.split("/")[0] for name in uses} == THEMES
    for name, use in uses.items():
        assert use.source and use.intent, f"{name} does not say where it comes from and why people want it"
        assert not use.laws and use.expect is None, f"{name} is asked under any law"
    names, reasons = {use.name for use in uses.values()}, {use.intent for use in uses.values()}
    assert len(names) == len(reasons) == len(uses)


def test_the_table_tells_of_every_use_and_no_other(uses: dict[str, Case]) -> None:
    assert sorted(TOLD) == sorted(uses)
    assert {len(cells) for cells in TOLD.values()} == {len(COLUMNS)}


@pytest.mark.parametrize("column", range(len(COLUMNS)), ids=[law for law, _ in COLUMNS])
def test_each_use_is_possible_and_settled_and_comes_out_as_told(
    library: Library, uses: dict[str, Case], column: int
) -> None:
    law_id, day = COLUMNS[column]
    law = library.law(law_id)
    asked = [
        (replace(use, name=name, dates=(day,), expect=Expectation(ruling=TOLD[name][column])), [law])
        for name, use in uses.items()
    ]
    tested = run_cases(asked)
    assert len(tested.trials) == len(uses)
    assert {trial.case.name: trial.failures for trial in tested.failed} == {}


def test_the_union_forbids_none_of_them_and_the_letter_many() -> None:
    """Read off the table, which the test above holds to what comes out."""
    forbidden = {
        law: {name for name, cells in TOLD.items() if cells[column] == "forbidden"}
        for column, (law, _) in enumerate(COLUMNS)
    }
    assert forbidden[PROPOSAL[0]] == forbidden[ACT[0]] == set()
    assert len(forbidden[LETTER[0]]) >= 5
    assert forbidden[MODERATE[0]] < forbidden[LETTER[0]]
