"""The finding on real law: the Commission's proposal of 2021 against the open letter of 2021.

What has to be found was written down from the two texts, not from the program's output.
"""

from __future__ import annotations

import json
import runpy
import shutil
from collections.abc import Callable
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from lagrum.analysis.loopholes import Family, Loopholes, loopholes
from lagrum.cli.main import run
from lagrum.library import open_library
from tests.conftest import REPOSITORY

SCRIPT = runpy.run_path(str(REPOSITORY / "scripts" / "finding.py"))
LAW, POSITION, DAY = SCRIPT["LAW"], SCRIPT["POSITION"], SCRIPT["DAY"]
ASKED = ["loopholes", LAW, "--against", POSITION, "--on", DAY.isoformat()]


@pytest.fixture(scope="module")
def finding() -> Loopholes:
    found = SCRIPT["find"]()
    assert isinstance(found, Loopholes)
    return found


def family(finding: Loopholes, citation: str, words: str = "") -> Family:
    """The family that one opener at that place, with these words, opens."""
    found = [
        f for f in finding if len(f.openers) == 1 and f.openers[0].citation == citation and words in f"{f.openers[0]}"
    ]
    assert len(found) == 1, f"{citation} {words}: {[f.id for f in found]}"
    return found[0]


def test_it_is_complete(finding: Loopholes) -> None:
    assert finding.complete, finding.unfinished


def test_it_is_readable(finding: Loopholes) -> None:
    """Tens of lines; beyond the practice nearly all say one to three things, exceptions what the law wants of them."""
    assert 10 <= finding.count <= 60
    demanded = [
        [c for c in hole.conditions if not c.implied]
        for f in finding
        for hole in f.loopholes
        if f.kind not in ("exception", "no norm")
    ]
    assert all(1 <= len(conditions) <= 3 for conditions in demanded)


@pytest.mark.parametrize(
    ("citation", "words", "kind", "ruling"),
    [
        ("Art. 3(41)", "law enforcement", "element", "regulated"),  # by others than law enforcement
        ("Art. 3(41)", "purpose has law enforcement", "element", "regulated"),  # for other purposes
        ("Art. 3(37)", "real-time", "element", "regulated"),  # afterwards, from recordings
        ("Art. 3(39)", "open to the public", "element", "regulated"),  # where the public may not come in
        ("Recital 9", "online", "element", "regulated"),  # online
        ("Art. 5(1)(d)", "use", "element", "regulated"),  # making, selling, exporting
        ("Art. 5(1)(d)(i)", "prior authorisation", "exception", "excepted"),
        ("Art. 5(1)(d)(i)", "urgent start", "exception", "excepted"),
        ("Art. 5(1)(d)(ii)", "prior authorisation", "exception", "excepted"),
        ("Art. 5(1)(d)(ii)", "urgent start", "exception", "excepted"),
        ("Art. 5(1)(d)(iii)", "prior authorisation", "exception", "excepted"),
        ("Art. 5(1)(d)(iii)", "urgent start", "exception", "excepted"),
        ("Art. 2(3)", "military", "exclusion", "outside"),
        ("Art. 2(4)", "foreign authorities", "exclusion", "outside"),
    ],
)
def test_each_hole_of_the_text_is_found(finding: Loopholes, citation: str, words: str, kind: str, ruling: str) -> None:
    found = [f for f in finding if any(o.citation == citation and words in f"{o}" for o in f.openers)]
    assert found, f"nothing is opened by {words} at {citation}"
    assert all(f.kind == kind for f in found)
    assert any(ruling in f.rulings for f in found)


def test_what_no_prohibition_names(finding: Loopholes) -> None:
    """Sorting people, reading their emotions, following them: no article of the proposal forbids any of it."""
    (nobody,) = [f for f in finding if f.kind == "no norm"]
    assert {("categorisation",), ("emotion recognition",), ("tracking",)} <= set(nobody.practices)


def test_nothing_appears_that_the_letter_lets_be(finding: Loopholes) -> None:
    """No loophole without biometrics, and one-to-one checks only where they feed a central database."""
    for f in finding:
        for hole in f.loopholes:
            assert hole.witness["biometric features"] == "yes"
            if hole.practice == ("verification",):
                assert hole.witness["feeds a central database"] == "yes"


@pytest.mark.parametrize(
    ("old", "new", "lost"),
    [
        (
            "  when timing in real-time, short delay",
            "  when timing in real-time, short delay, later",
            "element: Art. 3(37): real-time",
        ),
        ("    place is not online space [Recital 9]\n", "", "element: Recital 9: place is not online space"),
        ("  when all of\n    act has use [Art. 5(1)(d)]\n", "  when all of\n", "element: Art. 5(1)(d): act has use"),
    ],
)
def test_closing_a_hole_in_the_encoded_law_closes_it_in_the_list(
    finding: Loopholes, tmp_path: Path, old: str, new: str, lost: str
) -> None:
    """The families come out of the law: change one condition, and just its family goes."""
    shutil.copytree(REPOSITORY / "laws" / "vocabulary", tmp_path / "vocabulary")
    shutil.copy(REPOSITORY / "laws" / "letters" / "ban-biometric-surveillance-2021.md", tmp_path)
    text = (REPOSITORY / "laws" / "eu" / "ai-act" / "2021-proposal.md").read_text()
    assert text.count(old) == 1
    (tmp_path / "2021-proposal.md").write_text(text.replace(old, new))
    law, position = open_library([tmp_path], built_in=False).laws([LAW, POSITION])
    after = loopholes(law, position, DAY)
    assert after.complete
    gone = {f.id for f in finding} - {f.id for f in after}
    assert gone == {lost}


def test_readme_and_picture_say_what_is_found_now(finding: Loopholes) -> None:
    """Otherwise: `make finding`."""
    table: Callable[[Loopholes], str] = SCRIPT["table"]
    picture: Callable[[Loopholes], str] = SCRIPT["picture"]
    assert table(finding) in (REPOSITORY / "README.md").read_text(encoding="utf-8")
    assert picture(finding) == (REPOSITORY / "docs" / "finding.svg").read_text(encoding="utf-8")


def output(capsys: pytest.CaptureFixture[str], *more: str) -> tuple[int, str, str]:
    capsys.readouterr()
    status = run([*ASKED, *more])
    said = capsys.readouterr()
    return status, said.out, said.err


def test_command_lists_them(capsys: pytest.CaptureFixture[str], finding: Loopholes) -> None:
    status, out, _ = output(capsys)
    assert status == 2
    assert out.splitlines()[0] == f"{len(finding.families)} ways in, {finding.count} loopholes, complete"


def test_command_gives_json_as_its_schema_says(capsys: pytest.CaptureFixture[str], finding: Loopholes) -> None:
    status, out, _ = output(capsys, "--format", "json")
    answer: dict[str, Any] = json.loads(out)
    schema = json.loads((REPOSITORY / "src" / "lagrum" / "schemas" / "loopholes.json").read_text())
    jsonschema.Draft202012Validator(schema).validate(answer)
    assert status == 2
    assert [f["id"] for f in answer["families"]] == [f.id for f in finding]
    assert answer["complete"] is True


def test_command_shows_one_in_full(capsys: pytest.CaptureFixture[str], finding: Loopholes) -> None:
    number = [f.id for f in finding].index(family(finding, "Art. 3(37)").id) + 1
    _, out, _ = output(capsys, "--show", str(number))
    assert "timing: later" in out
    assert "jurisdiction: " in out  # the whole witness


def test_given_facts_narrow_the_question(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = output(capsys, "--given", "timing=later", "--format", "json")
    answer = json.loads(out)
    assert answer["complete"] is True
    assert all(hole["witness"]["timing"] == "later" for f in answer["families"] for hole in f["loopholes"])


def test_reading_the_letter_more_narrowly_is_possible(capsys: pytest.CaptureFixture[str]) -> None:
    _, out, _ = output(capsys, "--reading", "effect test=judged one by one", "--format", "json")
    answer = json.loads(out)
    assert answer["complete"] is True
    assert answer["readings"][f"{POSITION}:effect test"] == "judged one by one"


@pytest.mark.parametrize(
    ("more", "words"),
    [
        (["--show", "99"], "there is no family 99"),
        (["--given", "timing=never"], "`never`"),
        (["--given", "timng=later"], "did you mean `timing`"),
        (["--on", "2026-02-30"], "2026-02-30"),
        (["--reading", "effect test=maybe"], "`maybe`"),
    ],
)
def test_bad_input_is_answered_clearly(capsys: pytest.CaptureFixture[str], more: list[str], words: str) -> None:
    status, out, err = output(capsys, *more)
    assert (status, out) == (3, "")
    assert words in err
    assert "Traceback" not in err
