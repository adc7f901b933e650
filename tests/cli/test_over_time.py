"""`lagrum compare`, `timeline` and `changes`, from the command line to what is printed and the exit status."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Lagrum, valid

CONCERT = """lagrum: 1
case: filming a concert
law: [park-rules]
facts:
  deed: {exactly: filming}
  crowd: at least 10 people
  permit: no
"""


@pytest.fixture
def concert(tmp_path: Path) -> str:
    path = tmp_path / "concert.yaml"
    path.write_text(CONCERT, encoding="utf-8")
    return str(path)


# --- compare -------------------------------------------------------------------------------------------------


def test_the_relation_is_the_first_word(lagrum: Lagrum) -> None:
    ran = lagrum("compare", "park-rules", "park-ban", "--on", "2022-06-01")
    assert ran.status == 2
    lines = ran.out.splitlines()
    assert lines[0] == "INCOMPARABLE  each forbids what the other does not"
    assert lines[1:3] == ["A  park-rules, on 2022-06-01", "B  park-ban, on 2022-06-01"]
    assert "B has no rule that forbids this, whatever else is so" in lines
    assert "A: excepted: § 2 is lifted, § 2(a) lifts § 2" in lines
    assert lines[-1].startswith("cases: only A ")


def test_compare_in_json(lagrum: Lagrum) -> None:
    ran = lagrum("compare", "park-rules", "park-ban", "--on", "2022-06-01", "--format", "json")
    valid(ran.json, "compare")
    answer = ran.json
    assert (answer["a"], answer["b"], answer["relation"]) == ("park-rules", "park-ban", "incomparable")
    back = lagrum("compare", "park-ban", "park-rules", "--on", "2022-06-01", "--format", "json").json
    assert (back["only_b_forbids"], back["both"]) == (answer["only_a_forbids"], answer["both"])
    # deed, hour, crowd, permit and disturbing: 8 * 2 * 3 * 2 * 2 cases, none impossible, none out of reach
    counts = [int(answer[name]) for name in ("only_a_forbids", "only_b_forbids", "both", "neither", "outside")]
    assert sum(counts) == 192 and counts[-1] == 0
    assert {d["does"] for w in answer["witnesses"]["only_b"] for d in w["a"]["by"]} >= {"is lifted", "lifts"}


def test_one_law_on_two_days(lagrum: Lagrum) -> None:
    ran = lagrum("compare", "park-rules@2020-07-01", "park-rules@2021-07-01")
    assert ran.out.startswith("LOOSER  B forbids all that A forbids, and more")
    same = lagrum("compare", "park-rules@2021-07-01", "park-rules@2022-07-01")
    assert (same.status, same.out.splitlines()[0]) == (0, "EQUIVALENT  no possible case tells them apart")


def test_more_than_two_laws_make_a_table(lagrum: Lagrum) -> None:
    asked = ("compare", "park-ban", "park-rules@2020-07-01", "park-rules@2021-07-01")
    ran = lagrum(*asked, "--format", "csv")
    table = list(csv.DictReader(io.StringIO(ran.out)))
    assert [(row["A"], row["is"]) for row in table] == [
        ("park-ban", "incomparable"),
        ("park-rules@2020-07-01", "looser"),
    ]
    assert [each["relation"] for each in lagrum(*asked, "--format", "json").json] == ["incomparable", "looser"]
    assert lagrum(*asked, "--format", "markdown").out.startswith("| A | is | B |")


def test_rules_are_compared_by_their_citations(lagrum: Lagrum) -> None:
    both = ("--norm", "§ 2", "--norm", "Demand 1")
    ran = lagrum("compare", "park-rules", "park-ban", "--on", "2022-06-01", *both)
    assert ran.out.startswith("LOOSER  B catches all that A catches, and more")


@pytest.mark.parametrize(
    ("arguments", "said"),
    [
        (["park-rules"], "a comparison needs two laws"),
        (["park-rules", "park-bann"], "did you mean `park-ban`?"),
        (["park-rules", "park-ban@soon"], "is not a date"),
        (["park-rules", "park-ban", "--tier", "grave"], "the laws have no class `grave` [LG0736]"),
        (["park-rules", "park-ban", "--norm", "two"], "`two` is not a citation"),
        (["park-rules", "park-ban", "--norm", "§ 9"], "nothing is encoded at `§ 9` of `park-rules`"),
        (["park-rules", "park-ban", "--norm", "§ 2", "--tier", "x"], "exclude each other"),
        (["park-rules", "park-ban", *["--norm", "§ 2"] * 3], "given 3 times for 2 laws"),
        (["park-rules@2019-01-01", "park-ban"], "within the reach of both"),
    ],
)
def test_what_cannot_be_compared_is_said(lagrum: Lagrum, arguments: list[str], said: str) -> None:
    ran = lagrum("compare", *arguments)
    assert ran.status == 3
    assert said in ran.err
    assert "Traceback" not in ran.err


# --- timeline ------------------------------------------------------------------------------------------------


def test_a_case_over_time(lagrum: Lagrum, concert: str) -> None:
    ran = lagrum("timeline", concert, "--format", "json")
    valid(ran.json, "timeline")
    told = [(s["from"], s["until"], s["ruling"]) for s in ran.json["stretches"]]
    assert told == [
        (None, "2020-06-01", "outside"),
        ("2020-06-01", "2021-01-01", "unregulated"),
        ("2021-01-01", None, "forbidden"),
    ]
    assert [each["citation"] for each in ran.json["stretches"][-1]["begins"]] == ["§ 2"]
    assert ran.status == 2


def test_a_timeline_for_people(lagrum: Lagrum, concert: str) -> None:
    lines = lagrum("timeline", concert).out.splitlines()
    assert lines[0] == "today: forbidden"
    assert "before: outside" in lines
    assert "2021-01-01: begins: § 2" in lines


def test_a_timeline_as_a_table(lagrum: Lagrum, concert: str) -> None:
    table = list(csv.DictReader(io.StringIO(lagrum("timeline", concert, "--format", "csv").out)))
    assert [row["ruling"] for row in table] == ["outside", "unregulated", "forbidden"]
    assert table[-1]["begins"] == "§ 2"


def test_what_is_open_stays_open(lagrum: Lagrum, concert: str) -> None:
    Path(concert).write_text(CONCERT.replace("  permit: no\n", ""), encoding="utf-8")
    ran = lagrum("timeline", concert, "--format", "json")
    assert ran.status == 4
    last = ran.json["stretches"][-1]
    assert (last["ruling"], last["possible"]) == ("undetermined", ["forbidden", "excepted"])
    assert [each["sure"] for each in last["attached"]] == [False]


# --- changes -------------------------------------------------------------------------------------------------


def test_changes_of_a_law(lagrum: Lagrum) -> None:
    ran = lagrum("changes", "park-rules", "--from", "2020-01-01", "--to", "2025-01-01", "--format", "json")
    valid(ran.json, "changes")
    first, second = ran.json["days"]
    assert (first["day"], second["day"]) == ("2020-06-01", "2021-01-01")
    assert {each["citation"] for each in second["norms"]} == {"§ 2"}
    turned = {(t["before"], t["after"]): t for t in second["turns"]}
    assert {("unregulated", "forbidden"), ("unregulated", "excepted")} <= set(turned)
    assert all(after in ("forbidden", "excepted") for _, after in turned)
    assert turned["unregulated", "forbidden"]["by"] == ["§ 2"]
    assert "deed has filming" in turned["unregulated", "forbidden"]["facts"]


def test_changes_for_people(lagrum: Lagrum) -> None:
    ran = lagrum("changes", "park-rules", "--from", "2020-12-31", "--to", "2021-01-01")
    assert ran.status == 2
    lines = ran.out.splitlines()
    assert lines[0] == "1 day of change  park-rules, from 2020-12-31 to 2021-01-01"
    assert "2021-01-01: begins: § 2" in lines
    assert any(line.startswith("2021-01-01: unregulated -> forbidden: ") for line in lines)
    nothing = lagrum("changes", "park-rules", "--from", "2021-01-01", "--to", "2021-12-31")
    assert (nothing.status, nothing.out.splitlines()[0][:17]) == (0, "0 days of change ")


def test_changes_the_wrong_way_round(lagrum: Lagrum) -> None:
    ran = lagrum("changes", "park-rules", "--from", "2021-01-01", "--to", "2020-01-01")
    assert ran.status == 3
    assert "put the earlier day after `--from`" in ran.err
