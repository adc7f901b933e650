"""Amended law on the command line: which text answers on a day, and what is told of its history."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagrum.cli import status
from tests.cli.conftest import Lagrum, valid

ACT = """# Second ordinance

```law
instrument park-reform
  title "Reform of the park"
  citation "Town ordinance 9"
  source http://example.org/9
  jurisdiction XX
  kind ordinance
  published 2021-03-01
  in force 2021-04-01
  uses park
  review made up for these tests

amend park-rules [Art. 1]
  from 2021-04-01
  replace § 2
    forbid § 2 "filming people"
      when deed has filming
```
"""


@pytest.fixture
def reformed(pack: Path) -> Path:
    (pack / "reform.md").write_text(ACT, encoding="utf-8")
    return pack


def test_the_text_known_on_the_day_answers(lagrum: Lagrum, reformed: Path) -> None:
    asked = ("show", "park-rules § 2", "--format", "json")
    before, after = lagrum(*asked, "--on", "2021-02-01").json, lagrum(*asked, "--on", "2021-05-01").json
    for answer in (before, after):
        valid(answer, "show")
    assert (before["laws"][0]["version"], before["laws"][0]["amending"]) == ("2020-01-01", [])
    assert (after["laws"][0]["version"], after["laws"][0]["amending"]) == ("2021-03-01", ["park-reform"])
    assert before["laws"][0]["hash"] != after["laws"][0]["hash"]
    assert [norm["until"] for norm in before["norms"] if norm["citation"] == "§ 2"] == [None]
    new = [norm for norm in after["norms"] if norm["citation"] == "§ 2"][-1]
    assert new["by"] == ["park-reform Art. 1"] and new["in_force"]
    earlier = lagrum(*asked, "--on", "2021-05-01", "--text-of", "2021-02-28").json
    assert earlier["laws"][0]["amending"] == []


def test_show_tells_the_history_of_a_rule(lagrum: Lagrum, reformed: Path) -> None:
    ran = lagrum("show", "park-rules § 2", "--on", "2021-05-01")
    assert ran.status == status.CLEAN
    history = [line for line in ran.out.splitlines() if "as it was made" in line or "by park-reform" in line]
    assert any("until 2021-04-01: as it was made, ended by park-reform Art. 1" in line for line in history)
    assert any("from 2021-04-01: by park-reform Art. 1" in line for line in history)
    assert "History" not in lagrum("show", "park-rules § 2", "--on", "2021-02-01").out
