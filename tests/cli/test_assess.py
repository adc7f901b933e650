"""`lagrum assess`, from the case file to what is printed and the exit status."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

import lagrum as package
from lagrum.model.diagnostics import InvalidInput
from tests.cli.conftest import Lagrum, valid

FILMING = """lagrum: 1
case: filming
law: [park-rules]
on: 2022-01-01
facts:
  deed: {exactly: filming}
  crowd: at least 10 people
"""


@pytest.fixture
def write(tmp_path: Path) -> Path:
    path = tmp_path / "filming.yaml"
    path.write_text(FILMING, encoding="utf-8")
    return path


def test_an_open_case_says_what_would_settle_it(lagrum: Lagrum, write: Path) -> None:
    ran = lagrum("assess", str(write), "--plain")
    assert ran.status == 4
    lines = ran.out.splitlines()
    assert lines[:4] == [
        "ruling: undetermined",
        "possible: forbidden, excepted",
        "case: filming",
        "park-rules, on 2022-01-01",
    ]
    assert "because: deed has filming, § 2" in lines
    assert "because: crowd at least 10 people, § 2" in lines
    assert "because: so § 2 may forbid it, unless § 2(a) applies" in lines
    assert "settles: permit?  no -> forbidden, § 2(a)" in lines
    assert "settles: hour?  night -> forbidden, § 2(a)(i)" in lines
    assert ran.err.splitlines()[-1].startswith("next: lagrum assess ")
    assert "permit=no" in ran.err


def test_a_fact_on_the_command_line_settles_it(lagrum: Lagrum, write: Path) -> None:
    ran = lagrum("assess", str(write), "--given", "permit=no", "--format", "json")
    assert ran.status == 2
    valid(ran.json, "assess")
    assert (ran.json["ruling"], ran.json["possible"], ran.json["missing"]) == ("forbidden", ["forbidden"], [])
    assert {fact["fact"] for fact in ran.json["because_facts"]} == {"deed", "crowd", "permit"}
    assert [norm["citation"] for norm in ran.json["because_norms"]] == ["§ 2"]
    changed = {each["changes"][0]["instead"]: each["possible"] for each in ran.json["unless"]}
    assert changed == {
        "deed has none of filming": ["unregulated"],
        "crowd less than 10 people": ["unregulated"],
        "permit": ["forbidden", "excepted"],
    }
    assert lagrum("assess", str(write), "--given", "permit=no", "--format", "json").json["id"] == ran.json["id"]
    assert lagrum("assess", str(write), "--given", "permit=yes", "--format", "json").json["id"] != ran.json["id"]


def test_every_law_and_date_has_its_own_answer(lagrum: Lagrum, write: Path) -> None:
    write.write_text(FILMING.replace("on: 2022-01-01", "on: [2020-01-15, 2020-07-01, 2022-01-01]"), encoding="utf-8")
    ran = lagrum("assess", str(write), "--format", "json")
    assert [(each["on"], each["ruling"]) for each in ran.json] == [
        ("2020-01-15", "outside"),
        ("2020-07-01", "unregulated"),
        ("2022-01-01", "undetermined"),
    ]
    assert ran.json[0]["because_norms"][0]["does"] == "is not in force"
    assert ran.status == 4


def test_the_screen_holds_it_in_eighty_columns(lagrum: Lagrum, write: Path) -> None:
    found = str(package.load("park-rules").assess(write)).splitlines()
    assert len(found) <= 23
    assert max(map(len, found)) <= 80
    assert found[0] == "UNDETERMINED (forbidden or excepted)  filming"


def test_a_reading_that_decides_is_shown(lagrum: Lagrum, write: Path) -> None:
    ran = lagrum("assess", str(write), "--format", "json", "--reading", "strict filming=narrow")
    assert ran.json["readings"] == {"park-rules:strict filming": "narrow"}


def test_what_the_law_does_not_read_is_said(lagrum: Lagrum, write: Path) -> None:
    write.write_text(FILMING.replace("park-rules", "park-ban"), encoding="utf-8")
    ran = lagrum("assess", str(write), "--law", "park-ban", "--given", "permit=yes", "--plain")
    assert "not read: by this law: crowd, permit" in ran.out


def test_assuming_the_rest_never_settles(lagrum: Lagrum, write: Path) -> None:
    write.write_text(FILMING + "assume: {rest: usual}\n", encoding="utf-8")
    ran = lagrum("assess", str(write), "--format", "json")
    assert ran.json["ruling"] == "forbidden"
    assert ran.json["without_assumptions"]["ruling"] == "undetermined"
    assert "not permit" in ran.json["assumed"]
    assert ran.status == 4


def test_a_case_without_facts_asks(lagrum: Lagrum, write: Path) -> None:
    write.write_text("lagrum: 1\ncase: nothing known\nfacts: {}\n", encoding="utf-8")
    ran = lagrum("assess", str(write), "--law", "park-rules", "--on", "2022-01-01", "--format", "json")
    assert ran.status == 4
    assert ran.json["possible"] == ["outside", "forbidden", "excepted", "unregulated"]
    gains = [each["gain"] for each in ran.json["missing"]]
    assert gains == sorted(gains, reverse=True)
    assert ran.json["missing"][0]["fact"] == "deed"


def test_answers_that_cannot_be_together_are_named(lagrum: Lagrum, write: Path, pack: Path) -> None:
    vocabulary = pack / "vocabulary" / "park.md"
    statement = (
        '\n```law\nimpossible "filming needs light"\n  when all of\n    deed has filming\n    hour is night\n```\n'
    )
    vocabulary.write_text(vocabulary.read_text(encoding="utf-8") + statement, encoding="utf-8")
    write.write_text(FILMING + "  hour: night\n  permit: yes\n", encoding="utf-8")
    ran = lagrum("assess", str(write))
    assert ran.status == 3
    assert "`deed has filming` and `hour is night` cannot both be so: `filming needs light` [LG0650]" in ran.err
    assert "filming.yaml:6" in ran.err
    assert "crowd" not in ran.err.split("LG0650")[0]


@pytest.mark.parametrize(
    ("text", "said"),
    [
        (FILMING.replace("law: [park-rules]\n", ""), "neither the case nor `--law` names a law"),
        (FILMING.replace("park-rules", "park-rulse"), "did you mean `park-rules`?"),
        (FILMING + "assume: {rest: unusual}\n", "unusual"),
        ("facts: [", "LG06"),
    ],
)
def test_what_is_wrong_is_said(lagrum: Lagrum, write: Path, text: str, said: str) -> None:
    write.write_text(text, encoding="utf-8")
    ran = lagrum("assess", str(write))
    assert ran.status == 3
    assert said in ran.err
    assert "Traceback" not in ran.err


def test_from_python(pack: Path, write: Path) -> None:
    law = package.load("park-rules")
    found = law.assess({"deed": {"exactly": ["filming"]}, "crowd": "at least 10 people"}, on=date(2022, 1, 1))
    assert repr(found) == "Assessment(undetermined: forbidden|excepted, park-rules on 2022-01-01)"
    assert "<th scope=" in found._repr_html_()
    assert law.assess(write).possible == found.possible
    with pytest.raises(InvalidInput):
        law.assess({"deed": "flying"})
