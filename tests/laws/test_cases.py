"""Every worked case that comes with the laws: what its source says must come out.

One test a folder of cases, so that a failure names the provision, and the run is spread over the processors.
"""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest

from lagrum.analysis import casetest
from lagrum.library import Library, open_library
from tests.conftest import REPOSITORY

LAWS = REPOSITORY / "laws"
FOLDERS = sorted({file.parent for file in LAWS.rglob("cases/**/*.yaml")})
MOST_AT_ONCE = 60


def batches() -> Iterable[tuple[str, list[Path]]]:
    """The case files of each folder, large folders in parts."""
    for folder in FOLDERS:
        files = sorted(folder.glob("*.yaml"))
        for start in range(0, len(files), MOST_AT_ONCE):
            part = f" {start // MOST_AT_ONCE + 1}" if len(files) > MOST_AT_ONCE else ""
            yield folder.relative_to(LAWS).as_posix() + part, files[start : start + MOST_AT_ONCE]


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library([LAWS], built_in=False)


def tried(library: Library, files: Iterable[Path]) -> casetest.Tested:
    """The cases of these files, each under the laws it names."""
    cases = []
    for file in files:
        case, diagnostics, _ = library.read_case(file)
        assert case is not None and not diagnostics, (file, diagnostics)
        assert case.expect is not None and case.source and case.intent, f"{file.name} does not say what it is for"
        cases.append((case, library.laws(case.laws, case.readings)))
    return casetest.run_cases(cases)


@pytest.mark.parametrize(("name", "files"), [pytest.param(*b, id=b[0]) for b in batches()])
def test_cases_come_out_as_their_source_says(library: Library, name: str, files: list[Path]) -> None:
    result = tried(library, files)
    assert len(result.trials) >= len(files)
    assert not [(t.case.name, t.failures) for t in result.failed]


@pytest.mark.parametrize(
    ("law", "folder"),
    [
        ("eu-ai-act-2021-proposal", "eu/ai-act/cases/2021-proposal"),
        ("ban-biometric-surveillance-2021", "letters/cases"),
    ],
)
def test_every_rule_and_exception_has_a_case_that_reaches_it(library: Library, law: str, folder: str) -> None:
    result = tried(library, sorted((LAWS / folder).rglob("*.yaml")))
    (coverage,) = [c for c in result.coverage if c.law.id == law]
    assert [n.norm.key for n in coverage.norms.values() if not n.reached] == []
    assert [(e.source.key, e.target.key) for e in coverage.edges if not e.held] == []


def test_there_are_as_many_cases_as_we_say() -> None:
    """At least 60 for the proposal and the letter, and 400 for the acts of the Union."""
    counted = {name: len(list((LAWS / name).rglob("*.yaml"))) for name in ("eu", "letters")}
    assert counted["letters"] + len(list((LAWS / "eu/ai-act/cases/2021-proposal").glob("*.yaml"))) >= 60
    assert counted["eu"] >= 400
