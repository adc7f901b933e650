"""`lagrum test`: worked cases against the law."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagrum.cli import status
from tests.cli.conftest import Lagrum, valid

FILMING = """\
lagrum: 1
case: filming
law: [park-rules]
on: 2022-01-01
facts: {deed: {exactly: filming}, hour: day, permit: no, crowd: at least 10 people, disturbing: no}
expect:
"""


def write(pack: Path, expect: str, text: str = FILMING) -> None:
    (pack / "cases" / "mine.yaml").write_text(text + expect, encoding="utf-8")


def test_cases_that_come_out_pass_and_coverage_names_what_none_reaches(lagrum: Lagrum) -> None:
    ran = lagrum("test")
    assert ran.status == status.CLEAN
    assert ran.out.splitlines() == [
        "park-rules: 2 of 6 rules reached, 1 of 3 exceptions and exclusions used",
        "never: exclude the town's own gardeners, § 1(2)",
        "never: forbid noise, § 1(1)",
        "never: except at night, § 2(a)(i)",
        "never: require clean up afterwards, § 4",
        "unused: the town's own gardeners against § 1(1), § 1(2)",
        "unused: at night against § 2(a), § 2(a)(i)",
        "2 passed, 0 failed",
    ]


def test_an_exception_to_an_exception_is_covered_by_a_case_of_its_own(lagrum: Lagrum, pack: Path) -> None:
    write(
        pack, "  ruling: forbidden\n", FILMING.replace("hour: day", "hour: night").replace("permit: no", "permit: yes")
    )
    ran = lagrum("test")
    assert ran.status == status.CLEAN
    assert "at night" not in ran.out
    assert "3 of 6 rules reached, 2 of 3 exceptions and exclusions used" in ran.out


def test_all_lists_what_passes(lagrum: Lagrum) -> None:
    ran = lagrum("test", "--all", "laws/cases/permit.yaml")
    assert ran.out.splitlines()[0] == "passed: filming with a permit, park-rules on 2022-01-01"


@pytest.mark.parametrize(
    ("expect", "failure"),
    [
        ("  ruling: excepted\n", "expected excepted, got forbidden"),
        ("  possible: [forbidden, excepted]\n", "expected forbidden or excepted to be possible, got forbidden"),
        ("  because: [§ 1(1)]\n", "expected § 1(1) among the reasons, got § 2"),
        ("  not because: [§ 2]\n", "expected § 2 not to be a reason, and it is: § 2"),
    ],
)
def test_what_does_not_come_out_is_told_with_its_reasons(lagrum: Lagrum, pack: Path, expect: str, failure: str) -> None:
    write(pack, expect)
    ran = lagrum("test")
    assert ran.status == status.FINDINGS
    lines = ran.out.splitlines()
    assert lines[:3] == ["failed: filming, park-rules on 2022-01-01", f"but: {failure}", "because: § 2"]
    assert "given: hour is day" in lines
    assert "file: laws/cases/mine.yaml" in lines
    assert lines[-1] == "2 passed, 1 failed"


def test_a_partial_case_is_undetermined(lagrum: Lagrum, pack: Path) -> None:
    partial = FILMING.replace("permit: no, ", "")
    write(pack, "  ruling: undetermined\n  possible: [excepted, forbidden]\n  because: [§ 2, § 2(a)]\n", partial)
    assert lagrum("test").status == status.CLEAN
    write(pack, "  ruling: forbidden\n", partial)
    assert "but: expected forbidden, got undetermined (forbidden or excepted)" in lagrum("test").out


def test_every_date_of_a_case_is_tried(lagrum: Lagrum, pack: Path) -> None:
    dates = FILMING.replace("on: 2022-01-01", "on: [2022-01-01, 2020-12-31, 2020-01-01]")
    write(pack, "  ruling: forbidden\n", dates)
    ran = lagrum("test")
    assert ran.out.splitlines()[-1] == "3 passed, 2 failed"
    assert "failed: filming, park-rules on 2020-12-31\nbut: expected forbidden, got unregulated" in ran.out
    assert "failed: filming, park-rules on 2020-01-01\nbut: expected forbidden, got outside" in ran.out


def test_as_json(lagrum: Lagrum, pack: Path) -> None:
    write(pack, "  ruling: excepted\n")
    ran = lagrum("test", "--format", "json")
    valid(ran.json, "test")
    assert ran.status == status.FINDINGS
    assert (ran.json["passed"], ran.json["failed"]) == (2, 1)
    (coverage,) = ran.json["coverage"]
    assert [e["held"] for e in coverage["exceptions"]] == [0, 1, 0]
    assert [t["passed"] for t in ran.json["trials"]] == [True, False, True]


def test_no_case_at_all_is_a_failure(lagrum: Lagrum, pack: Path) -> None:
    for file in (pack / "cases").iterdir():
        file.unlink()
    write(pack, "", FILMING.removesuffix("expect:\n"))
    ran = lagrum("test")
    assert (ran.status, ran.out) == (status.INVALID_INPUT, "")
    assert "no case with an expectation was found [LG0734]" in ran.err


def test_cases_that_cannot_be_read_stop_the_run(lagrum: Lagrum, pack: Path) -> None:
    write(pack, "  ruling: forbiden\n")
    ran = lagrum("test")
    assert (ran.status, ran.out) == (status.INVALID_INPUT, "")
    assert "laws/cases/mine.yaml:7:" in ran.err
    assert "`forbiden`" in ran.err


def test_a_case_without_a_law_takes_that_of_the_option(lagrum: Lagrum, pack: Path) -> None:
    write(pack, "  ruling: forbidden\n", FILMING.replace("law: [park-rules]\n", ""))
    ran = lagrum("test", "laws/cases/mine.yaml")
    assert ran.status == status.INVALID_INPUT
    assert "`laws/cases/mine.yaml` names no law [LG0732]" in ran.err
    assert lagrum("test", "laws/cases/mine.yaml", "--law", "park-rules").status == status.CLEAN


def test_an_unknown_law_in_a_case(lagrum: Lagrum, pack: Path) -> None:
    write(pack, "  ruling: forbidden\n", FILMING.replace("park-rules", "park-rulez"))
    ran = lagrum("test")
    assert ran.status == status.INVALID_INPUT
    assert "there is no law `park-rulez` [LG0720]" in ran.err


def test_a_case_chooses_how_a_disputed_provision_is_read(lagrum: Lagrum, pack: Path) -> None:
    rules = pack / "park-rules.md"
    text = rules.read_text(encoding="utf-8")
    crowd = "    any of\n      crowd at least 10 people\n      strict filming is wide\n"
    rules.write_text(text.replace("    crowd at least 10 people\n", crowd), encoding="utf-8")
    alone = FILMING.replace("at least 10 people", "less than 10 people")
    write(pack, "  ruling: forbidden\n", alone)
    assert lagrum("test").status == status.CLEAN
    narrow = alone.replace("expect:", "readings: {strict filming: narrow}\nexpect:")
    write(pack, "  ruling: unregulated\n", narrow)
    assert lagrum("test").status == status.CLEAN
    write(pack, "  ruling: unregulated\n", narrow.replace("narrow}", "narow}"))
    assert "`narow` is not a value of the reading `strict filming`" in lagrum("test").err


INSIDE = """
```law
case "filming without a permit"
  on 2022-01-01
  facts
    deed has only filming
    hour is day
    not permit
    crowd at least 10 people
  expect forbidden
  because § 2
  not because § 1
  source our own example
```
"""


def test_cases_inside_law_files_are_run_with_the_others(lagrum: Lagrum, pack: Path) -> None:
    file = pack / "park-rules.md"
    file.write_text(file.read_text(encoding="utf-8") + INSIDE, encoding="utf-8")
    assert lagrum("test").out.splitlines()[-1] == "3 passed, 0 failed"
    assert lagrum("test", str(file)).out.splitlines()[-1] == "1 passed, 0 failed"
    file.write_text(file.read_text(encoding="utf-8").replace("    not permit\n", ""), encoding="utf-8")
    ran = lagrum("test", str(pack))
    assert ran.status == status.FINDINGS
    assert "expected forbidden, got undetermined (forbidden or excepted)" in ran.out
    assert "park-rules.md" in ran.out
