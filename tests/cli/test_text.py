"""`lagrum text`, and what `show` and `check` say once an official text was imported."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from lagrum.cli import status
from tests.cli.conftest import Lagrum, valid

DATA = Path(__file__).parent.parent / "texts" / "data"
PAGE = DATA / "dragons.html"

LAW = """# Dragons

```law
instrument dragons
  title         "Dragons"
  citation      "Regulation (EU) 2097/42"
  source        http://data.europa.eu/eli/reg/2097/42/oj
  jurisdiction  EU
  kind          regulation
  uses          park
  review        made up for these tests

forbid Art. 1(1)(b) "keeping dragons near schools"
  when disturbing [Art. 2(1)]
```
"""


@pytest.fixture(autouse=True)
def store(pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty store, and a law on dragons in the pack."""
    (pack / "dragons.md").write_text(LAW, encoding="utf-8")
    monkeypatch.setenv("LAGRUM_TEXTS", str(tmp_path / "store"))
    return tmp_path / "store"


def test_import_and_list_say_what_is_kept_and_for_which_law(lagrum: Lagrum) -> None:
    assert "no official text was imported" in lagrum("text", "list").out
    imported = lagrum("text", "import", str(DATA / "formex"))
    assert imported.status == status.CLEAN
    assert "32097R0042 en: text of dragons" in imported.out.splitlines()
    assert lagrum("text", "list").out == imported.out


def test_list_and_import_as_json(lagrum: Lagrum) -> None:
    imported = lagrum("text", "import", str(PAGE), "--format", "json").json
    valid(imported, "texts")
    listed = lagrum("text", "list", "--format", "json").json
    valid(listed, "texts")
    assert imported["texts"] == listed["texts"]
    assert listed["texts"][0]["laws"] == ["dragons"]
    assert listed["texts"][0]["format"] == "eurlex-html"


def test_a_text_can_be_given_to_a_law_by_name_and_stays_so(lagrum: Lagrum) -> None:
    ran = lagrum("text", "import", str(PAGE), "--for", "park-rules")
    assert "text of dragons, park-rules" in ran.out
    assert "text of dragons, park-rules" in lagrum("text", "import", str(PAGE)).out


def test_a_law_that_is_not_there_stops_the_import(lagrum: Lagrum, store: Path) -> None:
    ran = lagrum("text", "import", str(PAGE), "--for", "dragon")
    assert ran.status == status.INVALID_INPUT
    assert "did you mean `dragons`?" in ran.err
    assert not store.exists()


def test_an_import_that_fails_leaves_what_was_there(lagrum: Lagrum, tmp_path: Path) -> None:
    lagrum("text", "import", str(PAGE))
    before = lagrum("show", "Art. 1(1)(b)", "--law", "dragons").out
    cut = tmp_path / "cut.html"
    cut.write_bytes(PAGE.read_bytes()[:4000])
    ran = lagrum("text", "import", str(cut))
    assert ran.status == status.INVALID_INPUT
    assert "[LG0713]" in ran.err
    assert lagrum("show", "Art. 1(1)(b)", "--law", "dragons").out == before


def test_show_prints_the_official_words_beside_the_rule(lagrum: Lagrum) -> None:
    without = lagrum("show", "Art. 1(1)(b)", "--law", "dragons")
    assert "official" not in without.out
    lagrum("text", "import", str(PAGE))
    lines = lagrum("show", "Art. 1(1)(b)", "--law", "dragons").out.splitlines()
    assert "official: near a school, unless one of these holds:" in lines
    assert "official: (i) the dragon sleeps;" in [" ".join(line.split()) for line in lines]
    assert "text: 32097R0042, en, eurlex-html; not pinned, Art. 1(1)(b)" in lines


def test_show_as_json_has_the_words_and_their_state(lagrum: Lagrum) -> None:
    without = lagrum("show", "Art. 1(1)(b)", "--law", "dragons", "--format", "json").json
    valid(without, "show")
    assert without["norms"][0]["official"] is None
    lagrum("text", "import", str(PAGE))
    lagrum("text", "pin", "dragons")
    told = lagrum("show", "Art. 1(1)(b)", "--law", "dragons", "--format", "json").json
    valid(told, "show")
    official = told["norms"][0]["official"]
    assert official["words"].startswith("near a school")
    assert official["state"] == "same"


def test_pin_writes_hashes_beside_the_law(lagrum: Lagrum, pack: Path) -> None:
    lagrum("text", "import", str(PAGE))
    ran = lagrum("text", "pin", "dragons", "--format", "json")
    assert ran.status == status.CLEAN
    valid(ran.json, "pin")
    assert set(ran.json["provisions"]) == {"Art. 1(1)(b)", "Art. 2(1)"}
    assert (pack / "dragons.provisions.json").is_file()


def test_pin_tells_of_places_the_text_does_not_have(lagrum: Lagrum, pack: Path) -> None:
    (pack / "dragons.md").write_text(LAW.replace("[Art. 2(1)]", "[Art. 2(9)]"), encoding="utf-8")
    lagrum("text", "import", str(PAGE))
    ran = lagrum("text", "pin", "dragons")
    assert ran.status == status.FINDINGS
    assert "missing: Art. 2(9): the text has no such place" in ran.out.splitlines()


def test_pin_needs_the_text(lagrum: Lagrum) -> None:
    ran = lagrum("text", "pin", "dragons")
    assert ran.status == status.INVALID_INPUT
    assert "[LG0718]" in ran.err


def test_check_names_the_rules_whose_words_changed(lagrum: Lagrum, pack: Path, tmp_path: Path) -> None:
    lagrum("text", "import", str(PAGE))
    lagrum("text", "pin", "dragons")
    assert lagrum("check").out == lagrum("check").out
    assert "LG0710" not in lagrum("check").out
    changed = tmp_path / "changed.html"
    changed.write_text(PAGE.read_text(encoding="utf-8").replace("breathes fire", "flies"), encoding="utf-8")
    lagrum("text", "import", str(changed))
    ran = lagrum("check")
    assert ran.status == status.CLEAN  # a warning: the law files themselves are sound
    assert "dragons.md:13:1: warning: the rule at `Art. 1(1)(b)` rests on official words that changed" in ran.out
    assert "`Art. 2(1)`" in ran.out
    assert "LG0710" not in lagrum("check", str(pack / "park-rules.md")).out
    told = lagrum("text", "pin", "dragons")
    assert "changed: Art. 2(1)" in told.out.splitlines()
    assert "LG0710" not in lagrum("check").out


def test_check_names_a_damaged_lock(lagrum: Lagrum, pack: Path) -> None:
    (pack / "dragons.provisions.json").write_text("{}", encoding="utf-8")
    ran = lagrum("check")
    assert ran.status == status.INVALID_INPUT
    assert "[LG0719]" in ran.out


def test_a_damaged_store_is_told_and_stops_nothing_else(lagrum: Lagrum, store: Path) -> None:
    lagrum("text", "import", str(PAGE))
    shutil.copyfile(PAGE, store / "32097R0042.en.json")
    listed = lagrum("text", "list")
    assert listed.status == status.INVALID_INPUT
    assert "[LG0717]" in listed.err
    shown = lagrum("show", "Art. 1(1)(b)", "--law", "dragons")
    assert shown.status == status.CLEAN
    assert "[LG0717]" in shown.err
    assert lagrum("text", "import", str(PAGE)).status == status.CLEAN
    assert lagrum("text", "list").status == status.CLEAN


def test_a_word_that_is_no_text_command(lagrum: Lagrum) -> None:
    ran = lagrum("text", "imprt", "x")
    assert ran.status == status.INVALID_INPUT
    assert "import" in ran.err
