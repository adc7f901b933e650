"""`lagrum audit`, from the command line to what is printed and the exit status."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from lagrum.analysis.audit import KINDS
from tests.cli.conftest import Lagrum, valid

DEAD = '\nforbid § 5 "night mowing by day"\n  when all of\n    hour is day\n    hour is night\n'


@pytest.fixture
def flawed(pack: Path) -> Path:
    """The pack with a rule that can never apply."""
    file = pack / "park-rules.md"
    file.write_text(file.read_text().replace('\nnote § 2 "read', f'{DEAD}\nnote § 2 "read'))
    return file


def test_a_finding_is_told_with_its_reason_and_status_two(lagrum: Lagrum, flawed: Path) -> None:
    ran = lagrum("audit", "park-rules")
    assert ran.status == 2
    lines = ran.out.splitlines()
    assert lines[0].startswith("2 FINDINGS  in park-rules: 1 high, 1 low")
    assert lines[1:4] == [
        '1. never-applies: § 5 "night mowing by day" never applies',
        "because hour is day",
        "and hour is night",
    ]


def test_json_and_tables_of_a_folder(lagrum: Lagrum, flawed: Path) -> None:
    answer = lagrum("audit", str(flawed.parent), "--format", "json").json
    valid(answer, "audit")
    assert answer["audited"] == ["park-ban", "park-rules"]
    kinds = [finding["kind"] for finding in answer["findings"]]
    assert kinds[0] == "never-applies" and kinds.count("silent") == 2
    silent = answer["findings"][-1]
    assert silent["witness"]["ruling"] in ("unregulated", "outside") and silent["witness"]["case"]["hour"] == "day"
    rows = list(csv.DictReader(io.StringIO(lagrum("audit", "park-rules", "--format", "csv").out)))
    assert rows[0]["citation"] == "§ 5" and rows[0]["reasons"] == "hour is day; hour is night"


def test_kinds_are_chosen_and_nothing_found_is_clean(lagrum: Lagrum, flawed: Path) -> None:
    ran = lagrum("audit", "park-rules", "--kind", "covered")
    assert (ran.status, ran.out) == (0, "NOTHING FOUND  in park-rules\n")
    assert lagrum("audit", "park-rules", "--kind", "never-applies").status == 2
    assert lagrum("audit", "park-rules", "--kind", "loud").status == 3


def test_facts_that_no_law_asks(lagrum: Lagrum, pack: Path) -> None:
    file = pack / "vocabulary" / "park.md"
    file.write_text(file.read_text() + '\n```law\nfact rain "Does it rain?"\n  yes/no\n  usual no\n```\n')
    assert "no law asks `rain` of the vocabulary park" in lagrum("audit", "--vocabulary").out
    assert "rain" not in lagrum("audit").out


def test_a_day_and_facts_can_be_fixed(lagrum: Lagrum) -> None:
    before = lagrum("audit", "park-rules", "--on", "2020-07-01", "--kind", "never-applies")
    assert "because § 2 stands from 2021-01-01" in before.out
    assert lagrum("audit", "park-rules", "--kind", "never-applies").status == 0
    given = lagrum("audit", "park-rules", "--given", "permit=no", "--kind", "never-reached")
    assert 'the exception § 2(a) "with a permit" never lifts anything' in given.out


def test_a_law_and_a_folder_that_are_not_there(lagrum: Lagrum, tmp_path: Path) -> None:
    assert "there is no law `park-rule`" in lagrum("audit", "park-rule").err
    (tmp_path / "empty").mkdir()
    ran = lagrum("audit", str(tmp_path / "empty"))
    assert ran.status == 3 and "no law lies in" in ran.err


def test_every_kind_is_on_the_page_of_the_command() -> None:
    page = (Path(__file__).parents[2] / "docs" / "reference" / "audit.md").read_text(encoding="utf-8")
    assert [kind for kind in KINDS if f"| `{kind}` |" not in page] == []
