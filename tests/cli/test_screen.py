"""`lagrum screen`, from the command line to files, summary and exit status, on a small register of its own."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
import xml.etree.ElementTree as ET
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import lagrum as face
from lagrum.cli.progress import Progress
from lagrum.model.diagnostics import InvalidInput
from tests.cli.conftest import Lagrum, valid
from tests.conftest import REPOSITORY

MAPPING = """
lagrum: 1
mapping: deeds in the park
source: made up
review: made up
id: no
labels: {keeper: ward, who: name}
leave out:
  - {column: state, cells: [cancelled], why: it never took place}
columns:
  what:
    deed: {values: {grill: grilling, film: filming, picture: {exactly: filming}}, other: unknown}
  people:
    crowd: {values: {many: at least 10 people, few: less than 10 people}}
  allowed:
    permit: {values: {y: yes, n: no}}
  time:
    hour: {values: {day: day, night: night}}
"""

# what the ordinance says of each, read by hand: see tests/cli/pack/park-rules.md
ROWS = [
    ("1", "grill", "", "", "", "north", "", "forbidden"),  # § 1(1), whatever else
    ("2", "film", "many", "n", "", "north", "", "forbidden"),  # § 2, and no permit lifts it
    ("3", "film", "many", "y", "day", "south", "", "undetermined"),
    ("=4", "picture", "few", "y", "day", "north", "", "unregulated"),
    ("5", "", "", "", "", "south", "", "undetermined"),
    ("6", "film", "many", "n", "", "south", "cancelled", "left out"),
    ("5", "dance", "", "", "", "south", "", "undetermined"),
]
HEADS = ("no", "what", "people", "allowed", "time", "ward", "state")
ASKED = ("--law", "park-rules", "--on", "2022-06-01", "--mapping", "park.yaml")


@pytest.fixture
def register(pack: Path, tmp_path: Path) -> Path:
    """The register as CSV, with its mapping beside it, in the folder of the run."""
    del pack
    (tmp_path / "park.yaml").write_text(MAPPING)
    file = tmp_path / "deeds.csv"
    file.write_text(
        "\n".join([",".join((*HEADS, "name")), *(",".join((*row[:7], f"n{i}")) for i, row in enumerate(ROWS))]) + "\n"
    )
    return file


def table(rows: Path) -> pl.DataFrame:
    match rows.suffix:
        case ".csv":
            return pl.read_csv(rows, infer_schema=False)
        case ".jsonl":
            return pl.read_ndjson(rows)
        case ".xlsx":
            return pl.read_excel(rows, infer_schema_length=0)
        case _:
            return pl.read_parquet(rows)


@pytest.mark.parametrize("name", ["out.csv", "out.jsonl", "out.parquet", "out.xlsx", "out"])
def test_every_row_comes_out_in_every_form(lagrum: Lagrum, register: Path, name: str) -> None:
    ran = lagrum("screen", register.name, *ASKED, "-o", name)
    assert ran.status == 0, ran.err
    rows = table(register.parent / name)
    assert [int(row) for row in rows["row"]] == [1, 2, 3, 4, 5, 6, 7]
    assert rows["ruling"].to_list()[0] == "forbidden"
    assert rows["ruling"].to_list()[5] == "left out"
    assert rows["left_out"].to_list()[5] == "it never took place"
    assert set(rows["law"]) == {"park-rules"}
    made = {path.name for path in register.parent.iterdir()} - {"park.yaml", "deeds.csv", "laws", "cache", name}
    assert made == {"out.summary.html", "out.summary.json", "out.card.md"}  # and no half-written file
    valid(json.loads((register.parent / "out.summary.json").read_text()), "screen")


def test_rows_say_why_and_what_is_missing(lagrum: Lagrum, register: Path) -> None:
    assert lagrum("screen", register.name, *ASKED, "-o", "out.parquet").status == 0
    rows = {row["row"]: row for row in pl.read_parquet(register.parent / "out.parquet").to_dicts()}
    assert rows[1]["because"] == ["§ 1(1)"]
    assert rows[2]["ruling"] == "forbidden"  # no permit, so no exception is left
    assert rows[3]["possible"] == ["forbidden", "excepted"]  # grilling beside it would be noise
    assert "deed" in rows[3]["missing"]
    assert rows[4]["ruling"] == "unregulated"  # nothing but a picture of few
    assert rows[5]["ruling"] == "undetermined"
    assert [each["code"] for each in rows[7]["problems"]] == ["LG0843"]
    assert rows[2]["keeper"] == "north"
    assert rows[4]["id"] == "=4"
    assert lagrum("screen", register.name, *ASKED, "-o", "out.csv").status == 0
    assert "'=4" in (register.parent / "out.csv").read_text()  # no formula in a spreadsheet


def test_the_summary_counts_the_rows(lagrum: Lagrum, register: Path) -> None:
    answer = lagrum("screen", register.name, *ASKED, "--format", "json").json
    valid(answer, "screen")
    (day,) = answer["days"]
    assert answer["rows"] == 7
    assert answer["ruled"] == sum(day["rulings"].values()) == 6
    assert answer["left_out"] == {"it never took place": 1}
    assert day["rulings"]["forbidden"] == 2
    keepers = {each["value"]: each["rulings"].get("forbidden", 0) for each in day["labels"]["keeper"]}
    assert keepers == {"north": 2, "south": 0}
    assert next(n for n in day["norms"] if n["citation"] == "§ 1(1)")["rows"]["forbidden"] == 1
    text = lagrum("screen", register.name, *ASKED).out
    assert text.startswith("screened: 6 of 7 rows\nregister: deeds.csv\n")
    assert "left out: 1: it never took place" in text
    assert "rows: forbidden" in text


def test_what_is_given_is_repeated_everywhere(lagrum: Lagrum, register: Path) -> None:
    ran = lagrum("screen", register.name, *ASKED, "--given", "permit=no", "-o", "out.csv")
    assert ran.status == 0
    assert "given: permit is no" in ran.out
    assert set(table(register.parent / "out.csv")["given"]) == {"permit is no"}
    for name in ("out.summary.html", "out.card.md", "out.summary.json"):
        assert "permit is no" in (register.parent / name).read_text(), name
    rows = table(register.parent / "out.csv").to_dicts()
    assert rows[2]["contradiction"] == "permit"  # the row says yes
    for form in ("sarif", "junit"):
        assert "permit is no" in lagrum("screen", register.name, *ASKED, "--given", "permit=no", "--format", form).out


def test_days_stand_beside_each_other(lagrum: Lagrum, register: Path) -> None:
    ran = lagrum("screen", register.name, *ASKED, "--on", "2020-07-01", "--format", "json")
    answer = ran.json
    assert [day["on"] for day in answer["days"]] == ["2020-07-01", "2022-06-01"]
    (change,) = answer["changes"]  # § 2 begins in between
    assert change["rows"] >= 1
    assert any(move["becomes"] == "forbidden" for move in change["moves"])
    assert "changes: 2022-06-01: " in lagrum("screen", register.name, *ASKED, "--on", "2020-07-01").out


def test_fail_on_decides_the_status(lagrum: Lagrum, register: Path) -> None:
    assert lagrum("screen", register.name, *ASKED).status == 0
    assert lagrum("screen", register.name, *ASKED, "--fail-on", "forbidden").status == 2
    assert lagrum("screen", register.name, *ASKED, "--fail-on", "contradictory").status == 0
    before = ("--law", "park-rules", "--on", "2020-01-02", "--mapping", "park.yaml")
    assert lagrum("screen", register.name, *before, "--fail-on", "forbidden").status == 0  # not in force


def test_findings_for_pipelines(lagrum: Lagrum, register: Path) -> None:
    ran = lagrum("screen", register.name, *ASKED, "--fail-on", "forbidden", "--format", "sarif")
    assert ran.status == 2
    (run,) = ran.json["runs"]
    assert [each["ruleId"] for each in run["results"]] == ["§ 1(1)", "§ 2"]
    assert [rule["id"] for rule in run["tool"]["driver"]["rules"]] == ["§ 1(1)", "§ 2"]
    assert run["results"][0]["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "deeds.csv"
    suites = ET.fromstring(lagrum("screen", register.name, *ASKED, "--format", "junit").out)
    (suite,) = suites
    assert suite.get("failures") == "2"
    assert len(suite.findall("testcase")) == 3


def test_the_page_needs_nothing_else(lagrum: Lagrum, register: Path) -> None:
    register.write_text(register.read_text().replace("south", "<script>alert(1)</script>"))
    page = lagrum("screen", register.name, *ASKED, "--format", "html").out
    assert "<script" not in page
    assert "&lt;script&gt;" in page
    assert "http://" not in page
    assert "https://" not in page
    assert 'style="' not in page
    assert page.count("<h1>") == 1
    assert "<h1>2 of 6 rows are forbidden" in page


def test_mistakes_are_told(lagrum: Lagrum, register: Path) -> None:
    for arguments, code in (
        (("--law", "park-rule", "--mapping", "park.yaml"), "LG0720"),
        (("--mapping", "park.yaml"), "LG0725"),
        (("--law", "park-rules"), "LG0823"),
        (("--law", "park-rules", "--mapping", "nowhere.yaml"), "LG07"),
        ((*ASKED, "--given", "permit=perhaps"), "LG06"),
        ((*ASKED, "-o", "out.pdf"), "LG0825"),
        ((*ASKED, "-o", "nowhere/out.csv"), "LG0726"),
        ((*ASKED, "-o", "laws"), "LG0825"),
        ((*ASKED, "--master", "local[2]"), "LG0828"),
    ):
        ran = lagrum("screen", register.name, *arguments)
        assert ran.status == 3, arguments
        assert code in ran.err, (arguments, ran.err)
    assert lagrum("screen", "none.csv", *ASKED).status == 3
    (register.parent / "bad.yaml").write_text(MAPPING.replace("grilling", "griling"))
    ran = lagrum("screen", register.name, "--law", "park-rules", "--mapping", "bad.yaml")
    assert ran.status == 3
    assert "bad.yaml:12:28" in ran.err
    assert "did you mean `grilling`" in ran.err
    assert not list(register.parent.glob("*unfinished*"))


def test_a_mapping_is_proposed_and_explained(lagrum: Lagrum, register: Path) -> None:
    ran = lagrum("screen", "--init", register.name, "--law", "park-rules", "-o", "new.yaml")
    assert ran.status == 0
    assert lagrum("check", "new.yaml").status == 0
    assert lagrum("screen", "--init", register.name, "-o", "new.yaml").status == 3  # never overwrites
    told = lagrum("screen", register.name, "--explain", "--mapping", "park.yaml").out
    assert "Rows are left out where `state` is `cancelled`: it never took place." in told


def test_a_register_without_rows(lagrum: Lagrum, register: Path) -> None:
    register.write_text(",".join(HEADS) + ",name\n")
    ran = lagrum("screen", register.name, *ASKED, "-o", "out.csv")
    assert ran.status == 0, ran.err
    assert "rows: none got a ruling" in ran.out
    assert lagrum("screen", register.name, *ASKED, "-o", "out.parquet").status == 0


def test_a_killed_run_goes_on_with_the_same_result(register: Path) -> None:
    """Killed with signal 9 after some parts; then the same command, which uses them."""
    lines = register.read_text().splitlines()
    many = [lines[0], *(f"{i},{line.split(',', 1)[1]}" for i, line in enumerate(lines[1:] * 30_000))]
    register.write_text("\n".join(many) + "\n")  # 210,000 rows, five parts
    code = "from pathlib import Path; from lagrum import library; library.built_in_laws = lambda: Path('laws');"
    code += "from lagrum.cli.main import main; main()"
    command = [sys.executable, "-c", code, "screen", register.name, *ASKED]
    environment = {**os.environ, "PYTHONPATH": str(REPOSITORY / "src")}

    def start(out: str) -> subprocess.Popen[bytes]:
        return subprocess.Popen(
            [*command, "-o", out], cwd=register.parent, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )

    whole = start("whole.parquet")
    said = whole.communicate()[1]
    assert said == b"", said.decode()
    assert whole.returncode == 0
    killed = start("killed.parquet")
    waiting = register.parent / "killed.parquet.unfinished" / "0"
    until = time.monotonic() + 60
    while len(list(waiting.glob("part-*.parquet"))) < 2:
        assert killed.poll() is None, killed.communicate()
        assert time.monotonic() < until
        time.sleep(0.002)
    killed.send_signal(signal.SIGKILL)
    killed.communicate()
    assert not (register.parent / "killed.parquet").exists()
    again = start("killed.parquet")
    out, err = again.communicate()
    assert again.returncode == 0, err
    assert b"resumed: " in out
    a, b = (pl.read_parquet(register.parent / name) for name in ("whole.parquet", "killed.parquet"))
    assert a.equals(b)
    assert a.height == 210_000
    one, two = (json.loads((register.parent / f"{n}.summary.json").read_text()) for n in ("whole", "killed"))
    assert one == two
    assert not waiting.parent.exists()


def test_parts_of_another_run_are_not_mixed_in(lagrum: Lagrum, register: Path) -> None:
    folder = register.parent / "out.csv.unfinished" / "0"
    folder.mkdir(parents=True)
    (folder / "manifest.json").write_text("{}")
    (folder / "part-000000.parquet").write_bytes(b"")
    ran = lagrum("screen", register.name, *ASKED, "-o", "out.csv")
    assert ran.status == 3
    assert "LG0826" in ran.err
    assert (folder / "part-000000.parquet").exists()


def test_progress_is_told_every_ten_seconds_where_nobody_watches() -> None:
    import io

    now, said = [0.0], io.StringIO()
    progress = Progress("r.csv", said, lambda: now[0])
    for second in range(1, 26):
        now[0] = float(second)
        progress.tell(1000 * second, second / 50)
    progress.end()
    assert said.getvalue().splitlines() == [
        "r.csv: 10,000 rows, 20 %, 1,000 rows a second, 40 s left",
        "r.csv: 20,000 rows, 40 %, 1,000 rows a second, 30 s left",
    ]


def test_python_takes_paths_and_tables(register: Path) -> None:
    from datetime import date

    folders = [register.parent / "laws"]
    asked: dict[str, Any] = {"mapping": register.parent / "park.yaml", "folders": folders}
    day = date(2022, 6, 1)
    by_path = face.screen(register, "park-rules", day, **asked)
    frame = pl.read_csv(register, infer_schema=False)
    by_table = face.screen(frame, "park-rules", day, **asked)
    by_rows = face.screen(frame.to_dicts(), "park-rules", day, **asked)
    assert by_path.rows is not None
    assert by_table.rows is not None
    assert by_rows.rows is not None
    assert by_path.rows["ruling"].to_list() == by_table.rows["ruling"].to_list() == by_rows.rows["ruling"].to_list()
    assert repr(by_path) == "Screening(Summary(6 rows of deeds.csv under park-rules on 2022-06-01))"
    valid(by_path.to_dict(), "screen")
    given = face.screen(register, "park-rules", day, given={"permit": False}, out=register.parent / "o.csv", **asked)
    assert given.rows is None
    assert [each.text for each in given.summary.given] == ["permit is no"]
    with pytest.raises(InvalidInput, match="LG0827"):
        face.screen([1, 2], "park-rules", day, **asked)
