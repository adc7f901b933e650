"""A whole reading: the mapping is found, batches repeat, and a run can go on after the batches it has."""

from __future__ import annotations

import json
from pathlib import Path

import polars as pl
import pytest

from lagrum.model.diagnostics import InvalidInput
from lagrum.screening import tables
from lagrum.screening.coded import Coded
from lagrum.screening.reading import Reading, open_reading
from tests.screening.dirt import FACTS, MAPPING, faces


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Reading:
    monkeypatch.setattr(tables, "_PARTS", 3)
    modes = ["live", "rec", "both", "odd"]
    rows = [{"id": str(i % 8), "name": f"n{i}", "mode": modes[i % 4]} for i in range(10)]
    pl.DataFrame(rows).write_parquet(tmp_path / "r.parquet")
    (tmp_path / "m.yaml").write_text(MAPPING)
    return open_reading(tmp_path / "r.parquet", FACTS, str(tmp_path / "m.yaml"))


def told(batches: list[Coded]) -> list[object]:
    found: list[object] = []
    for batch in batches:
        meanings = [tuple(batch.books[f][row[f]] for f in batch.facts) for row in batch.frame.iter_rows(named=True)]
        found.append((batch.frame["(row)"].to_list(), meanings, batch.problems, batch.left_out))
    return found


def test_a_run_that_goes_on_has_the_same_batches(reading: Reading) -> None:
    whole = told(list(reading.batches()))
    assert len(whole) == 4
    assert told(list(reading.batches())) == whole
    for done in range(5):
        assert told(list(reading.batches(skip=done))) == whole[done:]


def test_how_much_was_read_is_known_on_the_way(reading: Reading) -> None:
    assert [round(reading.share, 2) for _ in reading.batches()] == [0.3, 0.6, 0.9, 1.0]
    assert reading.register.rows.count == 10


def test_what_the_mapping_gives_and_speaks_of(tmp_path: Path) -> None:
    text = MAPPING + "given: {public: yes}\ntexts: {columns: [name], language: en}\n"
    (tmp_path / "m.yaml").write_text(text)
    (tmp_path / "r.csv").write_text("id,name\n1,police\n")
    reading = open_reading(tmp_path / "r.csv", FACTS, str(tmp_path / "m.yaml"), faces, ["purpose"])
    assert [(given.fact, given.basis) for given in reading.given] == [("public", "assumed")]
    assert reading.spoken == ("timing", "purpose")
    assert [d.message for d in reading.warnings] == ["the register has no column `mode`"]
    (batch,) = reading.batches()
    assert batch.frame.columns == ["(row)", "(id)", "timing", "purpose", "(label) where"]
    assert [e.words for e in batch.evidence] == ["police"]


def test_a_mapping_says_where_in_the_file_the_rows_are(tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING + "records: b\n")
    (tmp_path / "r.json").write_text(json.dumps({"a": [{"id": 1}], "b": [{"id": 2}, {"id": 3}]}))
    reading = open_reading(tmp_path / "r.json", FACTS, str(tmp_path / "m.yaml"))
    assert [batch.frame["(id)"].to_list() for batch in reading.batches()] == [["2", "3"]]


def test_a_register_that_no_mapping_fits_is_refused(tmp_path: Path) -> None:
    (tmp_path / "r.csv").write_text("a,b\n1,2\n")
    with pytest.raises(InvalidInput) as error:
        open_reading(tmp_path / "r.csv", FACTS)
    assert [d.code for d in error.value.diagnostics] == ["LG0823"]


@pytest.mark.parametrize("name", ["r.csv", "r.jsonl"])
def test_the_share_of_a_long_file_grows_to_one(tmp_path: Path, name: str) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING)
    rows = [{"id": str(i), "name": "x" * 500, "mode": "live"} for i in range(120_000)]
    frame = pl.DataFrame(rows)
    (frame.write_csv if name == "r.csv" else frame.write_ndjson)(tmp_path / name)
    reading = open_reading(tmp_path / name, FACTS, str(tmp_path / "m.yaml"))
    shares = [reading.share for _ in reading.batches()]
    assert shares == sorted(shares)
    assert 0 < shares[0] < shares[-1]
    assert shares[-1] > 0.99
