"""A national law that attaches to another answers for it in a case, and not where the other text itself is judged."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from tests.cli.conftest import Lagrum
from tests.language.house import HEAD as BASE
from tests.language.house import law, write

HEAD = BASE.replace("uses base", "uses park")
ACT = """
forbid Art. 1 "filming"
  when deed has filming

except Art. 2 "with a national law" to Art. 1
  when Art. 5 is met

require Art. 5 "a law of the place"
  when deed has filming
  met when permit
"""
NATIONAL = """
attaches to an-act Art. 5

scope § 1 "at night"
  when hour is night

permit § 2 "where it disturbs"
  when disturbing
"""
LETTER = """
forbid Demand 1 "filming"
  when deed has filming
"""


def loopholes(lagrum: Lagrum, folder: Path, name: str) -> Any:
    laws = write(
        folder,
        {
            "a/act.md": law(ACT, "an-act", HEAD),
            "b/national.md": law(NATIONAL, "national-act", HEAD),
            "c/letter.md": law(LETTER, "letter", HEAD.replace("regulation", "position")),
        },
    )
    ran = lagrum("loopholes", name, "--against", "letter", "--laws", str(laws), "--format", "json")
    assert ran.out, ran.err
    return ran.json


def asked(found: Any) -> set[str]:
    return {c["fact"] for f in found["families"] for hole in f["loopholes"] for c in hole["conditions"]}


def test_loopholes_are_those_of_the_text_and_of_both_where_both_are_named(lagrum: Lagrum, tmp_path: Path) -> None:
    alone = loopholes(lagrum, tmp_path / "more", "an-act")
    assert alone["complete"] and asked(alone) == {"permit"}
    assert alone["laws"][0]["attached"] == []
    both = loopholes(lagrum, tmp_path / "more", "an-act+national-act")
    assert both["complete"] and asked(both) == {"permit", "hour", "disturbing"}
