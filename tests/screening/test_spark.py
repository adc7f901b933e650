"""The Spark engine comes to the same as the embedded one, to the byte where parts are looked at, whatever the rows come
from; and as the plain reading of every completion, on random laws and rows."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import tempfile
from collections.abc import Container, Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings

import lagrum
from lagrum.cli.main import run
from lagrum.library import open_library
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.reasoning.bench import bench_of
from lagrum.screening.coded import FIRMNESS, ID, ROW, Books, Coded
from lagrum.screening.engines import engine
from lagrum.screening.patterns import Pattern
from lagrum.screening.run import Options, OtherRun, screen
from lagrum.screening.spark import Spark
from lagrum.screening.sparksession import session
from tests.reasoning.brute import Brute
from tests.screening.register_made import DAYS, LAW, Made
from tests.screening.spark_here import local_session
from tests.screening.test_agreement import met, missing_by_brute, registers, rulings_of
from tests.strategies.laws import ON

if TYPE_CHECKING:
    from pyspark.sql import SparkSession

SLOW = settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
GIVEN = {"territory": "{including: output used within the Union}"}
DAY = date(2026, 11, 22)

MAPPING = """lagrum: 1
mapping: doors
id: number
labels: {owner: owner}
leave out:
  - {column: state, cells: [planned], why: nothing is in use yet}
columns:
  does:
    practice:
      values: {recognises: {including: identification}, counts: {exactly: detection}}
      other: unknown
  when:
    timing:
      values: {live: real-time, recorded: later}
"""


@pytest.fixture(scope="module")
def spark() -> Iterator[SparkSession]:
    yield from local_session()


class Coming:
    """Rows of codes as a source, in two parts."""

    def __init__(self, books: Books, rows: list[Pattern]) -> None:
        self.books, self.rows = books, rows

    @property
    def identity(self) -> dict[str, str]:
        return {}

    def parts(self, finished: Container[int]) -> Iterator[Coded | None]:
        half = len(self.rows) // 2 or len(self.rows)
        for number, first in enumerate(range(0, len(self.rows), half)):
            rows = self.rows[first : first + half]
            columns = {name: pl.Series([row[i] for row in rows], dtype=pl.UInt16) for i, name in enumerate(self.books)}
            place = pl.Series(range(first + 1, first + len(rows) + 1), dtype=pl.UInt64)
            ids = pl.Series([None] * len(rows), dtype=pl.String)
            yield None if number in finished else Coded(pl.DataFrame({ROW: place, ID: ids, **columns}), self.books)


def silent(_rows: int, _share: float) -> None:
    pass


def files(folder: Path) -> dict[str, bytes]:
    return {each.name: each.read_bytes() for each in folder.iterdir()}


@pytest.mark.parametrize("by_columns", [True, False])
def test_spark_agrees_with_every_completion_and_with_both_embedded_ways(
    spark: SparkSession, by_columns: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lagrum.screening.run.HARDLY_REPEAT", -1.0 if by_columns else 1.0)

    @SLOW
    @given(registers())
    def agree(made: tuple[Law, Books, list[Pattern], dict[Question, frozenset[int]]]) -> None:
        law, books, rows, assumed = made
        source, options = Coming(books, rows), Options((ON,), assumed)
        with tempfile.TemporaryDirectory() as folder:
            places = {name: Path(folder) / name for name in ("spark", "here")}
            there = Spark(spark).screen(source, law, options, places["spark"], silent)
            here = screen(source, law, options, places["here"])
            assert there.by_columns == here.by_columns == by_columns
            assert there.tallies == here.tallies
            assert files(places["spark"]) == files(places["here"])
            told = pl.concat(pl.read_parquet(part) for part in there.parts).to_dicts()
        brute, bench = Brute(law), bench_of(law)
        known = dict(brute.order)
        asked = [question for question in bench.over if question in known]
        assert [row["row"] for row in told] == list(range(1, len(rows) + 1))
        for row, pattern in zip(told, rows, strict=True):
            box, against = met(books, pattern, assumed, FIRMNESS)
            possible = rulings_of(brute, box, known)
            assert row["possible"] == [ruling.value for ruling in possible]
            words = {0: "contradictory", 1: possible[0].value if possible else ""}
            assert row["ruling"] == words.get(len(possible), "undetermined")
            assert set(against) <= set(row["contradiction"])
            levels = [met(books, pattern, assumed, FIRMNESS[: i + 1])[0] for i in range(len(FIRMNESS))]
            firm = (b for b, m in zip(FIRMNESS, levels, strict=True) if rulings_of(brute, m, known) == possible)
            assert row["provenance"] == next(firm)
            missing = missing_by_brute(brute, {q: a for q, a in box.items() if q in asked}, asked)
            assert row["missing"] == [fact for fact, *_ in missing]
            assert row["missing_leaves"] == (missing[0][2] if missing else None)

    agree()


def test_a_run_that_one_engine_began_the_other_finishes(spark: SparkSession, tmp_path: Path) -> None:
    law, options = open_library().law(LAW), Options(DAYS, detail=False)
    screen(Made(law, 6, 100), law, options, tmp_path / "here")
    screen(Made(law, 2, 100), law, options, tmp_path / "both")
    again = Spark(spark).screen(made := Made(law, 6, 100), law, options, tmp_path / "both", silent)
    assert again.resumed == 2
    assert made.read == [2, 3, 4, 5]
    assert files(tmp_path / "both") == files(tmp_path / "here")
    with pytest.raises(OtherRun):
        Spark(spark).screen(made, law, Options(DAYS[:1]), tmp_path / "both", silent)


def test_too_many_patterns_to_hold_are_ruled_on_by_columns(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("lagrum.screening.run.HARDLY_REPEAT", 1.0)
    monkeypatch.setattr("lagrum.screening.spark.MOST_KEPT", 20)
    law, options = open_library().law(LAW), Options(DAYS, detail=False)
    here = screen(Made(law, 2, 50), law, options, tmp_path / "here")
    there = Spark(spark).screen(Made(law, 2, 50), law, options, tmp_path / "there", silent)
    assert (here.by_columns, there.by_columns) == (False, True)
    assert files(tmp_path / "there") == files(tmp_path / "here")


def test_a_killed_run_on_spark_goes_on_and_comes_out_the_same(spark: SparkSession, tmp_path: Path) -> None:
    """Killed by signal 9, with its Java beside it going on for a moment; then gone on with on another session."""
    command = [sys.executable, "-m", "tests.screening.spark_killed", str(tmp_path / "killed")]
    root = Path(__file__).parent.parent.parent
    process = subprocess.Popen(command, cwd=root, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
    assert process.stdout is not None
    assert process.stdout.readline() == b"a part is there\n"
    os.kill(process.pid, signal.SIGKILL)
    process.stdout.close()
    assert process.wait() == -signal.SIGKILL
    law, options = open_library().law(LAW), Options(DAYS, detail=False)
    again = Spark(spark).screen(Made(law, 8, 150), law, options, tmp_path / "killed", silent)
    assert again.resumed >= 1
    screen(Made(law, 8, 150), law, options, tmp_path / "whole")
    assert files(tmp_path / "killed") == files(tmp_path / "whole")


@pytest.fixture
def doors(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> pl.DataFrame:
    """A register of many small batches, with an id that comes again in another batch, one within, and a gap."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setattr("lagrum.screening.tables._PARTS", 3)
    (tmp_path / "doors.yaml").write_text(MAPPING)
    return pl.DataFrame(
        {
            "number": ["1", "2", "2", "4", "1", "6", " 7", None, "7", "2"],
            "owner": ["a", "b", "a", "", "b", "a", "c", "c", "a", "b"],
            "does": ["recognises", "counts", "dances", None, "recognises", "counts", "counts", "recognises", "x", "y"],
            "when": ["live", "recorded", "live", "live", "now", "live", "recorded", None, "live", "recorded"],
            "state": ["use", "use", "planned", "use", "use", "planned", "use", "use", "use", "use"],
        }
    )


def test_parquet_is_read_by_the_workers_and_comes_out_the_same(spark: SparkSession, doors: pl.DataFrame) -> None:
    doors.write_parquet("doors.parquet")
    both = {
        name: lagrum.screen("doors.parquet", LAW, DAY, mapping="doors.yaml", engine=name)
        for name in ("embedded", "spark")
    }
    here, there = both["embedded"], both["spark"]
    assert here.rows is not None
    assert there.rows is not None
    assert there.rows.equals(here.rows)
    assert there.to_dict() == here.to_dict()
    again = [
        row["row"]
        for row in there.rows.filter(pl.col("on") == DAY).to_dicts()
        if "LG0843" in {problem["code"] for problem in row["problems"]}
    ]
    assert again == [5, 9, 10]


def test_a_table_of_spark_comes_out_as_one_of_polars(spark: SparkSession, doors: pl.DataFrame) -> None:
    columns = ", ".join(f"`{name}` string" for name in doors.columns)
    table = spark.createDataFrame(doors.rows(), columns)
    assert table.rdd.getNumPartitions() == 2
    table = table.selectExpr("*", "NULL AS nothing", "now() AS time", "map(1, 2) AS pairs", "array(number) AS list")
    here = lagrum.screen(doors, LAW, DAY, mapping="doors.yaml", out="here.parquet")
    there = lagrum.screen(table, LAW, DAY, mapping="doors.yaml", out="there.parquet")
    assert pl.read_parquet("there.parquet").equals(pl.read_parquet("here.parquet"))
    of_the_file = {"id": "", "inputs": {}, "hashes": {}}
    assert {**there.to_dict(), **of_the_file} == {**here.to_dict(), **of_the_file}
    assert sorted(each.name for each in Path().iterdir()) == ["doors.yaml", "here.parquet", "there.parquet"]


def test_the_command_answers_the_same(
    spark: SparkSession, doors: pl.DataFrame, capsys: pytest.CaptureFixture[str]
) -> None:
    doors.write_csv("doors.csv")
    asked = ("screen", "doors.csv", "--law", LAW, "--on", "2026-11-22", "--mapping", "doors.yaml", "--format", "json")
    said = list[str]()
    for name in ("embedded", "spark"):
        assert run((*asked, "--engine", name)) == 0
        said.append(capsys.readouterr().out)
    assert said[0] == said[1]


def test_both_real_registers_come_out_the_same(spark: SparkSession, shared: Path) -> None:
    for name in ("us_federal_ai_inventory/2025_individual.csv", "nl_algoritmeregister/algoritmes.json"):
        path = shared / "data" / name
        here = lagrum.screen(path, LAW, DAY, given=GIVEN)
        there = lagrum.screen(path, LAW, DAY, given=GIVEN, engine="spark")
        assert here.rows is not None
        assert there.rows is not None
        assert there.rows.equals(here.rows)
        assert there.to_dict() == here.to_dict()


def test_a_running_session_is_used_and_left_running(spark: SparkSession) -> None:
    with session() as found:
        assert found.sparkContext is spark.sparkContext
    assert spark.range(3).count() == 3
    with pytest.raises(InvalidInput, match="is running"), session("local[7]"):
        pass


def test_workers_that_do_not_see_the_folder_are_found_out(
    spark: SparkSession, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    law = open_library().law(LAW)
    monkeypatch.setattr(spark.sparkContext, "master", "spark://far-away:7077")
    with monkeypatch.context() as unwritten:
        unwritten.setattr("lagrum.screening.spark.write_text", lambda _file, _text: None)
        with pytest.raises(InvalidInput, match="do not see"):
            Spark(spark).screen(Made(law, 1, 5), law, Options(DAYS), tmp_path, silent)
    monkeypatch.setattr("lagrum.screening.spark.fingerprint", lambda *_: "of another lagrum")
    with pytest.raises(InvalidInput, match="another lagrum"):
        Spark(spark).screen(Made(law, 1, 5), law, Options(DAYS), tmp_path, silent)


def test_what_a_worker_cannot_read_is_told_like_anywhere(spark: SparkSession, doors: pl.DataFrame) -> None:
    doors.write_parquet("doors.parquet", compression="uncompressed")
    whole = Path("doors.parquet").read_bytes()
    at = whole.index(b"recognises")
    Path("doors.parquet").write_bytes(whole[: at - 40] + b"\xff" * 60 + whole[at + 20 :])
    told = list[str]()
    for name in ("embedded", "spark"):
        with pytest.raises(InvalidInput) as error:
            lagrum.screen("doors.parquet", LAW, DAY, mapping="doors.yaml", engine=name)
        told.append(error.value.diagnostics[0].code)
    assert told == ["LG0821", "LG0821"]


def test_tables_of_spark_that_cannot_be_laid_down_are_told(spark: SparkSession, doors: pl.DataFrame) -> None:
    twice = spark.createDataFrame([("a", "b")], "x string, y string").toDF("x", "X")
    fails = spark.range(1).selectExpr("assert_true(id > 5) AS number")
    for table in (twice, fails):
        with pytest.raises(InvalidInput, match="LG0827"):
            lagrum.screen(table, LAW, DAY, mapping="doors.yaml")


def test_without_pyspark_or_java_one_line_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("pyspark.SparkContext._active_spark_context", None)
    monkeypatch.delenv("JAVA_HOME", raising=False)
    monkeypatch.setenv("PATH", "")
    with pytest.raises(InvalidInput, match="there is no Java") as no_java, engine("spark"):
        pass
    (found,) = no_java.value.diagnostics
    assert (found.code, "Java runtime" in (found.help or "")) == ("LG0828", True)
    monkeypatch.undo()
    monkeypatch.setattr("pyspark.SparkContext._active_spark_context", None)
    with pytest.raises(InvalidInput, match="is no master"), engine("spark", "park://here"):
        pass
    monkeypatch.setitem(sys.modules, "pyspark", None)
    with pytest.raises(InvalidInput, match="PySpark is not installed") as no_spark, engine("spark"):
        pass
    assert "lagrum[spark]" in (no_spark.value.diagnostics[0].help or "")
    with pytest.raises(InvalidInput, match="no engine `sparkle`"), engine("sparkle"):
        pass
    with pytest.raises(InvalidInput, match="a master was named"), engine("embedded", "local[2]"):
        pass
