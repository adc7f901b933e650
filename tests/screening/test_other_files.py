"""JSON, JSON lines, Parquet and spreadsheets, whole and dirty."""

from __future__ import annotations

import datetime
import json
from pathlib import Path

import polars as pl
import pytest

from lagrum.model.diagnostics import InvalidInput
from lagrum.screening import tables
from lagrum.screening.coded import NOTHING_SAID
from lagrum.screening.register import open_register
from tests.screening.dirt import MAPPING, mapped, run

ROWS = [{"id": "1", "name": "gate", "mode": "live"}, {"id": "2", "name": "door", "mode": "recorded"}]


def refused(path: Path, text: str = MAPPING) -> tuple[str, str]:
    with pytest.raises(InvalidInput) as error:
        open_register(path, mapped(text))
    found = error.value.diagnostics
    assert len(found) == 1
    return found[0].code, found[0].message


def test_json_alone_under_its_only_list_and_under_a_key(tmp_path: Path) -> None:
    path = tmp_path / "r.json"
    alone = None
    for whole in (ROWS, {"count": 2, "rows": ROWS}):
        path.write_text(json.dumps(whole))
        ran = run(path)
        assert alone in (None, ran.rows)
        alone = ran.rows
    path.write_text(json.dumps({"data": {"rows": ROWS, "others": []}}))
    assert refused(path) == ("LG0822", f"`{path}` holds no list of rows")
    assert run(path, mapped(MAPPING + "records: data/rows\n")).rows == alone


@pytest.mark.parametrize("whole", [7, "words", {"a": 1}, {"a": [], "b": []}, None])
def test_json_of_another_shape_is_refused(tmp_path: Path, whole: object) -> None:
    (tmp_path / "r.json").write_text(json.dumps(whole))
    assert refused(tmp_path / "r.json")[0] == "LG0822"


def test_broken_json_is_refused_with_its_place(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text('[\n{"id": 1},\n{"id" 2}]')
    with pytest.raises(InvalidInput) as error:
        open_register(tmp_path / "r.json")
    (found,) = error.value.diagnostics
    assert found.place is not None
    assert (found.code, found.place.line, found.place.column) == ("LG0821", 3, 7)


@pytest.mark.parametrize("text", ["[" * 100_000, '[{"id": ' + "9" * 5000 + "}]"])
def test_monstrous_json_is_refused(tmp_path: Path, text: str) -> None:
    (tmp_path / "r.json").write_text(text)
    assert refused(tmp_path / "r.json")[0] == "LG0821"


def test_items_that_are_no_objects_are_kept_as_empty_rows(tmp_path: Path) -> None:
    (tmp_path / "r.json").write_text(json.dumps([ROWS[0], 7, None, ["live"], ROWS[1]]))
    ran = run(tmp_path / "r.json")
    assert list(ran.rows) == [1, 2, 3, 4, 5]
    assert [each for each in ran.said if each[2] == "LG0849"] == [(row, "", "LG0849") for row in (2, 3, 4)]
    assert all(ran.rows[row]["timing"] == NOTHING_SAID for row in (2, 3, 4))


def test_json_lines_with_broken_ones(tmp_path: Path) -> None:
    lines = [json.dumps(ROWS[0]).encode(), b"", b'{"id": "2", "na', b'{"id": 3, "name": "m\xfchle", "mode": "live"}']
    (tmp_path / "r.jsonl").write_bytes(b"\n".join(lines))
    ran = run(tmp_path / "r.jsonl")
    assert ran.ids == {1: "1", 2: None, 3: "3"}
    assert ran.labels[3] == "mühle"
    assert ran.said == [(2, "", "LG0849"), (2, "id", "LG0844"), (3, "name", "LG0840")]


def test_lists_in_cells_are_read_item_by_item(tmp_path: Path) -> None:
    text = MAPPING + "  aims: {purpose: {values: {crime: police, shops: shopping}}}\n"
    rows = [{"id": "1", "aims": ["crime", "shops"]}, {"id": "2", "aims": ["crime", "fun"]}, {"id": "3", "aims": []}]
    (tmp_path / "r.json").write_text(json.dumps(rows))
    pl.DataFrame(rows, schema={"id": pl.String, "aims": pl.List(pl.String)}).write_parquet(tmp_path / "r.parquet")
    for name in ("r.json", "r.parquet"):
        ran = run(tmp_path / name, mapped(text))
        assert len(ran.rows[1]["purpose"].open) == 2
        assert len(ran.rows[2]["purpose"].open) == 1
        assert ran.rows[3]["purpose"] == NOTHING_SAID
        assert ran.said == [(2, "aims", "LG0845")]


def test_parquet_of_every_type_in_parts(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(tables, "_PARTS", 2)
    frame = pl.DataFrame(
        {
            "id": [1, 2, 3, 4, 5],
            "name": [1.0, 2.5, None, float("nan"), 1e300],
            "mode": pl.Series(["live", None, "both", "live", "rec"], dtype=pl.Categorical),
            "flag": [True, False, None, True, False],
            "day": [datetime.date(2025, 1, 2)] * 5,
            "inner": [{"a": 1}] * 5,
            "bytes": [b"x"] * 5,
        }
    )
    frame.write_parquet(tmp_path / "r.parquet")
    text = MAPPING + "  flag: {public: {values: {true: yes, false: no}}}\n  day: {since: {read: dates}}\n"
    ran = run(tmp_path / "r.parquet", mapped(text))
    assert [batch.frame.height for batch in ran.batches] == [2, 2, 1]
    assert ran.ids == {i: str(i) for i in range(1, 6)}
    assert ran.labels == {1: "1", 2: "2.5", 3: None, 4: "NaN", 5: "1e+300"}
    assert [bool(ran.rows[i]["timing"].open) for i in range(1, 6)] == [True, False, True, True, True]
    assert [bool(ran.rows[i]["public"].open) for i in range(1, 6)] == [True, True, False, True, True]
    assert ran.problems == ()
    everything = list(open_register(tmp_path / "r.parquet").batches(frame.columns))
    assert sum(raw.frame.height for raw in everything) == 5


def test_a_folder_of_parquet_is_one_register(tmp_path: Path) -> None:
    for part in range(3):
        pl.DataFrame(ROWS).write_parquet(tmp_path / f"part-{part}.parquet")
    assert len(run(tmp_path).rows) == 6


def test_what_is_no_parquet_workbook_or_known_file_is_refused(tmp_path: Path) -> None:
    for name, code in (("r.parquet", "LG0821"), ("r.xlsx", "LG0821"), ("r.pdf", "LG0820"), ("none.csv", "LG0726")):
        if name != "none.csv":
            (tmp_path / name).write_bytes(b"PK\x03\x04 not what it says")
        assert refused(tmp_path / name)[0] == code
    (tmp_path / "empty").mkdir()
    assert refused(tmp_path / "empty")[0] == "LG0820"


def test_spreadsheets_with_days_errors_and_sheets(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    frame = pl.DataFrame(
        {
            "id": [1, 2, 3],
            "name": ["gate\nnorth", "#N/A", None],
            "mode": ["live", "#REF!", "recorded"],
            "first": [datetime.date(2025, 3, 1), None, datetime.date(2026, 12, 31)],
        }
    )
    frame.write_excel(path, worksheet="cameras")
    ran = run(path, mapped(MAPPING + "  first: {since: {read: dates}}\n"))
    assert ran.ids == {1: "1", 2: "2", 3: "3"}
    assert ran.labels == {1: "gate\nnorth", 2: None, 3: None}
    assert [sorted(a) for row in (1, 3) for _, a in ran.rows[row]["since"].open] == [[1], [2]]
    assert ran.said == [(2, "mode", "LG0853"), (2, "name", "LG0853")]
    code, _ = refused(path, MAPPING + "sheet: doors\n")
    assert code == "LG0822"
    assert len(run(path, mapped(MAPPING + "sheet: cameras\n")).rows) == 3
