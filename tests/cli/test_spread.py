"""`lagrum spread`, from the command line to what is printed and the exit status."""

from __future__ import annotations

import csv
import io
from pathlib import Path

import pytest

from tests.cli.conftest import Lagrum, valid

ASKED = ("spread", "--of", "park-rules", "--against", "park-ban", "--on", "2022-06-01")

GARDEN = """```law
instrument garden
  title         "The garden's rule"
  citation      "Rule 1"
  source        our own
  jurisdiction  YY
  kind          statute
  published     2023-01-01
  in force      2023-02-01
  uses          USES
  review        from digest; invented for these tests

modelled on park-rules "a rumour"

forbid § 1 "any film"
  when deed has filming
```
"""


@pytest.fixture
def garden(tmp_path: Path, pack: Path) -> str:
    """A folder with one more law, over the pack's own vocabulary."""
    uses = next(
        line.split()[1]
        for file in sorted(pack.rglob("*.md"))
        for line in file.read_text(encoding="utf-8").splitlines()
        if line.startswith("  uses ")
    )
    folder = tmp_path / "more"
    folder.mkdir()
    (folder / "garden.md").write_text(GARDEN.replace("USES", uses), encoding="utf-8")
    return str(folder)


def test_a_file_in_another_folder_is_a_column(lagrum: Lagrum, garden: str) -> None:
    ran = lagrum(*ASKED, "--laws", garden)
    assert ran.status == 2, ran.err
    assert ran.out.splitlines()[:4] == [
        "2 ways in of park-rules, in 2 laws, on 2022-06-01",
        "against park-ban; each law where it applies",
        "family 1: crowd at least 10 people, § 2: Open in 1 of 2 laws; closed in 1",
        "family 1: open: park-rules",
    ]
    assert "family 1: closed: garden~ (not before 2023-02-01)" in ran.out
    assert "modelled on: garden on park-rules: a rumour" in ran.out


def test_one_family_law_by_law(lagrum: Lagrum, garden: str) -> None:
    by_number = lagrum(*ASKED, "--laws", garden, "--family", "2")
    assert "closed: garden~ (not before 2023-02-01): § 1" in by_number.out.splitlines()
    assert "open: park-rules: § 2; the same words" in by_number.out.splitlines()
    by_id = lagrum(*ASKED, "--laws", garden, "--family", "exception: § 2(a): with a permit")
    assert by_id.out == by_number.out
    refused = lagrum(*ASKED, "--family", "77")
    assert refused.status == 3 and "LG0725" in refused.err


def test_laws_named_are_the_columns_and_decide_the_status(lagrum: Lagrum, garden: str) -> None:
    ran = lagrum(*ASKED, "garden", "--laws", garden)
    assert ran.status == 0  # nothing is open there
    assert "Open in 0 of 1 law; closed in 1" in ran.out


def test_json_has_what_the_table_has(lagrum: Lagrum, garden: str) -> None:
    answer = lagrum(*ASKED, "--laws", garden, "--format", "json").json
    valid(answer, "spread")
    columns = {column["law"]: column for column in answer["columns"]}
    assert list(columns) == ["garden", "park-rules"]
    assert (columns["garden"]["standing"], columns["garden"]["certainty"]) == ("not yet in force", "digest")
    assert [family["counts"]["open"] for family in answer["families"]] == [1, 1]
    assert answer["lineage"] == [{"law": "garden", "model": "park-rules", "source": "a rumour"}]
    again = lagrum(*ASKED, "--laws", garden, "--format", "json").json  # kept on disk the first time
    assert again == answer


def test_tables(lagrum: Lagrum, garden: str) -> None:
    table = list(csv.DictReader(io.StringIO(lagrum(*ASKED, "--laws", garden, "--format", "csv").out)))
    assert [row["park-rules"] for row in table] == ["open", "open"]
    assert [row["garden~ (not before 2023-02-01)"] for row in table] == ["closed", "closed"]
    one = list(csv.DictReader(io.StringIO(lagrum(*ASKED, "--laws", garden, "--family", "1", "--format", "csv").out)))
    assert [(row["law"], row["state"], row["by"]) for row in one] == [
        ("garden", "closed", "§ 1"),
        ("park-rules", "open", "§ 2"),
    ]
    assert lagrum(*ASKED, "--format", "markdown").out.startswith("| number | family | kind | open in | park-rules |")


def test_a_law_with_errors_is_said_to_be_left_out(lagrum: Lagrum, garden: str) -> None:
    file = Path(garden) / "garden.md"
    file.write_text(file.read_text(encoding="utf-8").replace("deed has filming", "deed has fliming"), encoding="utf-8")
    ran = lagrum(*ASKED, "--laws", garden)
    assert ran.status == 2
    assert "left out: garden, its files have errors: `lagrum check`" in ran.out.splitlines()
    assert "in 1 law, on" in ran.out
