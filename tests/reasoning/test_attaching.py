"""From when a class or duty binds that does not bind yet: its own day, that of its class, the end of an exclusion."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lagrum.language.casefile import parse_given
from lagrum.library import open_library
from lagrum.model.cases import Case
from lagrum.model.law import Law
from lagrum.reasoning.assess import assess
from lagrum.reasoning.assessment import Duty, Tier

LAW = """# A law

```law
fact risky "Is it risky?"
  yes/no
  usual no

fact first sold "When was it first sold?"
  date
    cuts from 2026-01-01
  usual from 2026-01-01
```
"""

RULES = """# Rules

```law
instrument rules
  title         "Rules"
  citation      "Rules of 2025"
  source        none
  jurisdiction  EU
  kind          statute
  in force      2025-01-01
  uses          words
  tiers         grave
  review        made up for a test

classify Art. 1 "risky" as grave
  from 2026-01-01
  when risky

require Art. 2 "care"
  who user
  when Art. 1 applies

require Art. 3 "reports"
  from 2028-01-01
  who user
  when Art. 1 applies

exclude Art. 4 "older ones" from grave
  when all of
    first sold before 2026-01-01
    date before 2030-01-01
```
"""


@pytest.fixture(scope="module")
def law(tmp_path_factory: pytest.TempPathFactory) -> Law:
    folder: Path = tmp_path_factory.mktemp("laws")
    (folder / "words.md").write_text(LAW, encoding="utf-8")
    (folder / "rules.md").write_text(RULES, encoding="utf-8")
    return open_library([folder], built_in=False).law("rules")


def binds(law: Law, on: date, **facts: str) -> dict[str, tuple[str, str]]:
    """For each class and duty that is told of: whether it applies and since when."""
    named = {name.replace("_", " "): said for name, said in facts.items()}
    given = {name: parse_given(f"{name}={said}", law.facts) for name, said in named.items()}
    found = assess(law, Case("a case", given), on)
    told: list[Tier | Duty] = [*found.tiers, *found.duties]
    return {f"{each.citation} {each.applies}": ("sure" if each.sure else "perhaps", str(each.since)) for each in told}


def test_a_duty_waits_for_the_class_it_hangs_on(law: Law) -> None:
    assert binds(law, date(2025, 6, 1), risky="yes", first_sold="from 2026-01-01") == {
        "Art. 1 later": ("sure", "2026-01-01"),
        "Art. 2 later": ("sure", "2026-01-01"),
        "Art. 3 later": ("sure", "2028-01-01"),
    }


def test_a_duty_waits_for_the_end_of_an_exclusion(law: Law) -> None:
    assert binds(law, date(2029, 6, 1), risky="yes", first_sold="before 2026-01-01") == {
        "Art. 1 later": ("sure", "2030-01-01"),
        "Art. 2 later": ("sure", "2030-01-01"),
        "Art. 3 later": ("sure", "2030-01-01"),
    }


def test_what_may_bind_today_is_told_of_once(law: Law) -> None:
    assert binds(law, date(2029, 6, 1), risky="yes") == {
        "Art. 1 unknown": ("perhaps", "2026-01-01"),
        "Art. 2 unknown": ("perhaps", "2025-01-01"),
        "Art. 3 unknown": ("perhaps", "2028-01-01"),
    }


def test_what_never_binds_is_not_told_of(law: Law) -> None:
    assert binds(law, date(2025, 6, 1), risky="no", first_sold="from 2026-01-01") == {}
