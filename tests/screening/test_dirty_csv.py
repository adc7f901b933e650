"""Dirty CSV: rows in = rows out, and each problem names its row and column."""

from __future__ import annotations

import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagrum.model.diagnostics import InvalidInput
from lagrum.screening import csvrows
from lagrum.screening.coded import NOTHING_SAID
from lagrum.screening.register import open_register
from tests.screening.dirt import Ran, run


def read(folder: Path, data: bytes | str, name: str = "r.csv") -> Ran:
    path = folder / name
    path.write_bytes(data if isinstance(data, bytes) else data.encode())
    return run(path)


def test_plain_rows(tmp_path: Path) -> None:
    ran = read(tmp_path, "id,name,mode\n1,gate,live\n2,door,RECORDED \n3,hall,\n")
    assert [dict(row["timing"].open) for row in ran.rows.values()] == [
        {q: frozenset(a)} if a else {}
        for q, a in zip([ran.rows[1]["timing"].open[0][0]] * 3, [{0}, {2}, set[int]()], strict=True)
    ]
    assert (ran.ids, ran.labels) == ({1: "1", 2: "2", 3: "3"}, {1: "gate", 2: "door", 3: "hall"})
    assert ran.problems == ()


@pytest.mark.parametrize(
    "encode",
    [
        lambda t: codecs.BOM_UTF8 + t.encode(),
        lambda t: t.encode("utf-16"),
        lambda t: t.encode("utf-16-le"),
        lambda t: codecs.BOM_UTF16_BE + t.encode("utf-16-be"),
    ],
    ids=["utf-8 with mark", "utf-16", "utf-16 without mark", "utf-16 big end first"],
)
def test_encodings_with_marks_are_seen(tmp_path: Path, encode: object) -> None:
    data = encode("id,name,mode\n1,gåta på torget,live\n2,porten vid bron,recorded\n")  # type: ignore[operator]
    ran = read(tmp_path, data)
    assert ran.labels == {1: "gåta på torget", 2: "porten vid bron"}
    assert ran.problems == ()


def test_windows_letters_are_read_and_told_by_row_and_column(tmp_path: Path) -> None:
    ran = read(tmp_path, b"id,name,mode\n1,gate,live\n2,M\xfcnchen \x80,live\n3,na\xc3\xafve,live\n")
    assert ran.labels == {1: "gate", 2: "München €", 3: "naïve"}
    assert ran.said == [(2, "name", "LG0840")]


def test_ragged_rows_stay(tmp_path: Path) -> None:
    ran = read(tmp_path, "id,name,mode\n1,gate\n2,door,live,extra\n3,hall,live,,\n4\n")
    assert list(ran.rows) == [1, 2, 3, 4]
    assert ran.said == [(1, "", "LG0841"), (2, "", "LG0842"), (4, "", "LG0841")]
    assert ran.rows[1]["timing"] == NOTHING_SAID
    assert ran.rows[2]["timing"] == ran.rows[3]["timing"] != NOTHING_SAID


def test_ids_that_are_missing_or_come_twice_are_told(tmp_path: Path) -> None:
    ran = read(tmp_path, "id,name,mode\n7,a,live\n,b,live\n7,c,live\n  ,d,live\n")
    assert ran.said == [(2, "id", "LG0844"), (3, "id", "LG0843"), (4, "id", "LG0844")]
    assert ran.ids == {1: "7", 2: None, 3: "7", 4: None}


def test_ids_are_compared_over_batches(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("lagrum.screening.raw.ROWS", 2)
    ran = read(tmp_path, "id,name,mode\n1,a,live\n2,b,live\n3,c,live\n1,d,both\n5,e,live\n")
    assert [batch.frame.height for batch in ran.batches] == [2, 2, 1]
    assert ran.said == [(4, "id", "LG0843")]
    assert ran.rows[1]["timing"] == ran.rows[5]["timing"] != ran.rows[4]["timing"]


def test_zero_bytes_go_and_the_rest_of_the_cell_stays(tmp_path: Path) -> None:
    ran = read(tmp_path, b"id,name,mode\n1,ga\x00te,li\x00ve\n2,door,live\n")
    assert ran.labels[1] == "gate"
    assert ran.rows[1] == ran.rows[2]
    assert ran.said == [(1, "mode", "LG0847"), (1, "name", "LG0847")]


def test_lines_inside_quotes_are_no_rows(tmp_path: Path) -> None:
    ran = read(tmp_path, 'id,name,mode\r\n1,"gate\r\nnorth, ""old""",live\r\n2,door,live\r\n')
    assert ran.labels == {1: 'gate\r\nnorth, "old"', 2: "door"}
    assert ran.problems == ()


def test_a_quote_that_never_closes_swallows_no_row(tmp_path: Path) -> None:
    ran = read(tmp_path, 'id,name,mode\n1,"gate,live\n2,door,live\n3,hall,live\n')
    assert list(ran.rows) == [1, 2, 3]
    assert ran.said == [(1, "", "LG0848")]
    assert ran.rows[1] == ran.rows[2] == ran.rows[3]


def test_a_quote_closed_by_that_of_a_later_row_swallows_no_row(tmp_path: Path) -> None:
    ran = read(tmp_path, 'id,name,mode\n1,"gate,live\n2,door,live\n3,"hall, big",live\n4,x,live\n')
    assert ran.labels == {1: '"gate', 2: "door", 3: "hall, big", 4: "x"}
    assert ran.said == [(1, "", "LG0848")]


def test_a_quote_inside_a_cell_is_a_sign(tmp_path: Path) -> None:
    ran = read(tmp_path, 'id,name,mode\n1,"the "old" gate",live\n2,5" pipe,live\n')
    assert ran.said == [(1, "", "LG0848")]
    assert list(ran.rows) == [1, 2]
    assert ran.labels[2] == '5" pipe'
    assert ran.rows[1] == ran.rows[2]


def test_a_row_without_end_is_cut_at_its_lines(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(csvrows, "LONGEST", 2000)
    lines = "".join(f"{i},hall,live\n" for i in range(2, 300))
    ran = read(tmp_path, f'id,name,mode\n1,"gate,live\n{lines}')
    assert len(ran.rows) == 299
    assert ran.said == [(1, "", "LG0848")]


def test_blank_lines_are_told_and_are_no_rows(tmp_path: Path) -> None:
    ran = read(tmp_path, "\nid,name,mode\n1,a,live\n\n\n2,b,live\n\n\n")
    assert list(ran.rows) == [1, 2]
    assert ran.said == [(2, "", "LG0854"), (2, "", "LG0854")]


def test_columns_without_a_name_of_their_own_get_numbers(tmp_path: Path) -> None:
    ran = read(tmp_path, "id,name,name,,mode\n1,a,b,c,live\n")
    assert ran.said == [(0, "column 4", "LG0851"), (0, "name (2)", "LG0851")]
    assert ran.labels == {1: "a"}


@pytest.mark.parametrize(("mark", "name"), [(";", "r.csv"), ("\t", "r.tsv"), ("|", "r.txt"), ("\t", "r.csv")])
def test_delimiters(tmp_path: Path, mark: str, name: str) -> None:
    ran = read(tmp_path, f"id{mark}name{mark}mode\n1{mark}a, b{mark}live\n", name)
    assert ran.labels == {1: "a, b"}
    assert ran.rows[1]["timing"] != NOTHING_SAID


def test_a_cell_of_100_mb_passes(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    with path.open("w") as file:
        file.write('id,name,mode,notes\n1,gate,live,"')
        for _ in range(100):
            file.write("all work and no play\n" * (1024 * 1024 // 21))
        file.write('"\n2,door,live,short\n')
    assert path.stat().st_size > 99 * 1024 * 1024
    ran = run(path)
    assert ran.rows[1] == ran.rows[2]
    assert ran.problems == ()


def test_a_file_without_a_heading_is_refused(tmp_path: Path) -> None:
    for data in (b"", b"\n\n", b"\xef\xbb\xbf", b",,\n1,2,3\n"):
        (tmp_path / "r.csv").write_bytes(data)
        with pytest.raises(InvalidInput) as error:
            open_register(tmp_path / "r.csv")
        assert [d.code for d in error.value.diagnostics] == ["LG0821"]


cells = st.lists(st.text(st.characters(codec="utf-8", exclude_characters="\x1f"), max_size=8), min_size=3, max_size=3)


@given(st.lists(cells, max_size=20))
def test_what_is_written_well_comes_back(tmp_path_factory: pytest.TempPathFactory, rows: list[list[str]]) -> None:
    import csv

    path = tmp_path_factory.mktemp("written") / "r.csv"
    with path.open("w", newline="", encoding="utf-8") as file:
        writer = csv.writer(file, quoting=csv.QUOTE_ALL)
        writer.writerow(["id", "name", "mode"])
        writer.writerows(rows)
    batches = list(open_register(path).batches(["name"]))
    back = [cell for raw in batches for cell in raw.frame["name"].to_list()]
    clean = [p.row for raw in batches for p in raw.problems]
    assert len(back) == len(rows)
    assert [c for i, c in enumerate(back, 1) if i not in clean] == [
        row[1] for i, row in enumerate(rows, 1) if i not in clean
    ]
    assert all(any(not c.isprintable() or c == "\ufffd" for c in row[1]) for i, row in enumerate(rows, 1) if i in clean)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_refused(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    path = tmp_path_factory.mktemp("bytes") / "r.csv"
    path.write_bytes(b"id,name,mode\n" + data)
    ran = run(path)
    lines = [line for line in data.decode("latin-1").replace("\r\n", "\n").replace("\r", "\n").split("\n") if line]
    assert len(ran.rows) <= len(lines)
    assert list(ran.rows) == list(range(1, len(ran.rows) + 1))
