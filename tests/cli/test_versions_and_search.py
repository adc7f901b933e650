"""`lagrum assess --versus` and `--lawful`, and `lagrum search`."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.conftest import Lagrum, valid

FILM = """lagrum: 1
case: {name}
law: [park-rules]
on: 2022-01-01
facts:
  deed: {{exactly: {deed}}}
  hour: {hour}
  permit: {permit}
  crowd: {crowd}
"""


@pytest.fixture
def film(tmp_path: Path) -> Path:
    """Somebody films a crowd by day without a permit: forbidden."""
    return written(tmp_path, "film")


def written(folder: Path, name: str, **facts: str) -> Path:
    said = {"deed": "filming", "hour": "day", "permit": "no", "crowd": "50 people"} | facts
    file = folder / f"{name}.yaml"
    file.write_text(FILM.format(name=name, **said), encoding="utf-8")
    return file


def test_disputes_that_matter_and_those_that_do_not(lagrum: Lagrum, film: Path, tmp_path: Path) -> None:
    other = written(tmp_path, "other", permit="yes", crowd="200 people")
    ran = lagrum("assess", str(film), "--versus", str(other), "--format", "json")
    assert ran.status == 2
    valid(ran.json, "versus")
    assert (ran.json["a"]["ruling"], ran.json["b"]["ruling"]) == ("forbidden", "excepted")
    assert {d["fact"]: d["matters"] for d in ran.json["disputes"]} == {"permit": True, "crowd": False}
    assert [turning["facts"] for turning in ran.json["from_a"]] == [["permit"]]
    assert ran.json["undecided"]["possible"] == ["forbidden", "excepted"]
    told = lagrum("assess", str(film), "--versus", str(other)).out
    assert "matters: not permit, versus permit" in told
    assert "does not: crowd" in told


def test_disputes_that_matter_only_together(lagrum: Lagrum, film: Path, tmp_path: Path) -> None:
    """At night the permit is no help: the hour matters only where there is a permit."""
    other = written(tmp_path, "other", permit="yes", hour="night")
    ran = lagrum("assess", str(film), "--versus", str(other), "--format", "json")
    assert {d["fact"]: d["matters"] for d in ran.json["disputes"]} == {"hour": True, "permit": True}
    assert [t["facts"] for t in ran.json["from_a"]] == [["permit"]]
    assert [t["facts"] for t in ran.json["from_b"]] == [["hour"]]


def test_two_that_say_the_same(lagrum: Lagrum, film: Path, tmp_path: Path) -> None:
    ran = lagrum("assess", str(film), "--versus", str(written(tmp_path, "twin")))
    assert "The two say the same." in ran.out
    assert lagrum("assess", str(film), "--versus", str(film), "--lawful").status == 3


def test_the_ways_to_do_it_lawfully(lagrum: Lagrum, film: Path, tmp_path: Path) -> None:
    ran = lagrum("assess", str(film), "--lawful", "--format", "json")
    assert ran.status == 2
    valid(ran.json, "lawful")
    ways = [[step["instead"] for step in way["steps"]] for way in ran.json["ways"]]
    assert ways == [["deed has none of filming"]], "only what is done is in the operator's hands"
    assert [b["fact"] for b in ran.json["beyond"]] == ["crowd", "permit"]
    assert ran.json["complete"] is True
    told = lagrum("assess", str(film), "--lawful").out
    assert "way: deed has none of filming -> unregulated" in told
    assert "beyond: not permit" in told


def test_several_changes_at_once_and_the_duties_that_stay(lagrum: Lagrum, tmp_path: Path) -> None:
    case = written(tmp_path, "feast", deed="[filming, grilling]", permit="yes")
    ran = lagrum("assess", str(case), "--lawful", "--format", "json").json
    assert [[step["fact"] for step in way["steps"]] for way in ran["ways"]] == [["deed"]]
    assert ran["ways"][0]["steps"][0]["instead"] == "deed has none of grilling"
    allowed = written(tmp_path, "allowed", permit="yes")
    ran = lagrum("assess", str(allowed), "--lawful", "--format", "json").json
    assert [way["steps"] for way in ran["ways"]] == [[]], "nothing has to change"
    assert "nothing has to change" in lagrum("assess", str(allowed), "--lawful").out


def test_words_find_rules_prose_questions_and_notes(lagrum: Lagrum) -> None:
    found = lagrum("search", "clean", "afterwards", "--format", "json")
    valid(found.json, "search")
    first = found.json["found"][0]
    assert (first["kind"], first["source"], first["citation"]) == ("rule", "park-rules", "§ 4")
    kinds = {hit["kind"] for hit in lagrum("search", "permit", "--format", "json").json["found"]}
    assert {"rule", "question"} <= kinds
    assert any(h["kind"] == "note" for h in lagrum("search", "read together", "--format", "json").json["found"])
    plain = lagrum("search", "film", "crowd")
    assert "[" in plain.out
    assert "next: lagrum show" in plain.err
    only = lagrum("search", "filming", "--law", "park-ban", "--format", "json").json["found"]
    assert {hit["source"] for hit in only} <= {"park-ban", "park"}


@pytest.mark.parametrize("typed", ["§ 2(a)", "§ 2(a)(i)"])
def test_a_citation_goes_straight_there(lagrum: Lagrum, typed: str) -> None:
    found = lagrum("search", typed, "--format", "json").json
    assert found["citation"] == typed
    assert {hit["citation"] for hit in found["found"] if hit["kind"] == "rule"} <= {"§ 2(a)", "§ 2(a)(i)"}
    assert found["found"][0]["citation"] == typed


@pytest.mark.parametrize("typed", ['"; drop table entry; --', "NEAR(", "***", "a" * 5000, "title:x OR", "§§§", "\x00"])
def test_no_question_breaks_the_search(lagrum: Lagrum, typed: str) -> None:
    assert lagrum("search", "--format", "json", "--", typed).status == 0
