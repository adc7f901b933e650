"""Amendments that are tried out: kept by what they say, and read beside the law."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lagrum.model.diagnostics import InvalidInput
from lagrum.service.amended import OPEN, Amendments
from lagrum.service.desk import Desk

DAY = date(2026, 11, 22)
TEXT = """# An amendment

```law
instrument balance-1
  title         "Amendment 1 to us-il-bipa"
  citation      "Draft balance-1"
  source        lagrum balance
  jurisdiction  Illinois
  kind          statute
  published     2026-11-22
  in force      2026-11-22
  uses          ai-use, biometrics, consumer-biometrics
  review        made by a program; nobody has reviewed it

amend us-il-bipa
  from 2026-11-22
  insert
    forbid § 99 "identification"
      when all of
        practice has identification
```
"""


@pytest.fixture(scope="module")
def desk() -> Desk:
    return Desk()


def test_the_law_is_amended_at_a_desk_of_its_own(desk: Desk, tmp_path: Path) -> None:
    kept = Amendments(desk, tmp_path)
    amendment = kept.keep(TEXT)
    assert (amendment.law, amendment.title) == ("us-il-bipa", "Amendment 1 to us-il-bipa")
    assert kept.keep(TEXT) == amendment == kept.get(amendment.key)
    amended = kept.desk(amendment.key)
    assert "us-il-bipa § 99" in amended.law("us-il-bipa", DAY).norms
    assert "us-il-bipa § 99" not in desk.law("us-il-bipa", DAY).norms
    assert amended.law("us-il-bipa", DAY).hash != desk.law("us-il-bipa", DAY).hash
    assert kept.desk(amendment.key) is amended


@pytest.mark.parametrize("key", ["", "../../etc", "0" * 20, "A" * 20])
def test_what_is_not_kept_is_refused(desk: Desk, tmp_path: Path, key: str) -> None:
    kept = Amendments(desk, tmp_path)
    assert kept.get(key) is None
    with pytest.raises(InvalidInput, match="not kept"):
        kept.desk(key)


def test_few_desks_stay_open(desk: Desk, tmp_path: Path) -> None:
    kept = Amendments(desk, tmp_path)
    keys = [kept.keep(TEXT.replace("§ 99", f"§ 9{number}")).key for number in range(OPEN + 1)]
    first = kept.desk(keys[0])
    for key in keys[1:]:
        kept.desk(key)
    assert kept.desk(keys[0]) is not first
