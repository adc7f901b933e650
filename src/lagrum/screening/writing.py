"""Result files by suffix: Parquet (one file or a folder of parts), CSV, JSON lines, Excel. Written under another name
and renamed when whole."""

from __future__ import annotations

import shutil
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import polars as pl

from lagrum.language.problems import listing, quote
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.screening.results import flat

SUFFIXES = (".parquet", ".csv", ".jsonl", ".ndjson", ".xlsx")
SHEET_ROWS = 1_048_575
"""Rows of a sheet below its heading."""

_CELL = 32_000


def check_out(out: Path) -> None:
    """Raises `InvalidInput` where results cannot be written there."""
    suffix = out.suffix.lower()
    if suffix and suffix not in SUFFIXES:
        help_ = f"it ends in one of {listing(SUFFIXES, 9)}, or in none for a folder of Parquet parts"
        raise InvalidInput([Diagnostic("LG0825", f"results cannot be written as {quote(suffix)}", help=help_)])
    if not out.parent.is_dir():
        raise InvalidInput([Diagnostic("LG0726", f"there is no folder {quote(str(out.parent))}", help="make it first")])
    if out.is_dir() and suffix:
        raise InvalidInput([Diagnostic("LG0825", f"{quote(str(out))} is a folder", help="choose another name")])
    if not suffix and out.exists() and not _ours(out):
        message = f"the folder {quote(str(out))} is there already and holds other files"
        raise InvalidInput([Diagnostic("LG0825", message, help="choose another name, or move it away")])


def _ours(folder: Path) -> bool:
    return folder.is_dir() and all(each.name.startswith("rows-") for each in folder.iterdir())


def write(rows: Iterable[pl.DataFrame], out: Path, from_register: Sequence[str]) -> None:
    """Write all rows. `from_register` are the columns whose cells stand in the register."""
    suffix = out.suffix.lower()
    if not suffix:
        _folder(rows, out)
        return
    with whole(out) as half:
        if suffix == ".parquet":
            parts = half.with_name(half.name + ".rows")
            _folder(rows, parts)
            files = sorted(parts.glob("*.parquet"))
            pl.scan_parquet(files).sink_parquet(half) if files else pl.DataFrame().write_parquet(half)
            shutil.rmtree(parts)
        elif suffix == ".xlsx":
            _workbook(rows, half)
        else:
            with half.open("wb") as stream:
                for number, frame in enumerate(rows):
                    if suffix == ".csv":
                        flat(frame, from_register).write_csv(stream, include_header=number == 0)
                    else:
                        frame.write_ndjson(stream)


def write_text(out: Path, text: str) -> None:
    """A text file, all or nothing."""
    with whole(out) as half:
        half.write_text(text, encoding="utf-8")


@contextmanager
def whole(out: Path) -> Iterator[Path]:
    """A path beside `out`, which takes its name at the end; nothing stays of it where something fails."""
    half = out.with_name(f".{out.name}.half")  # one name: what a killed run leaves is overwritten
    try:
        yield half
        half.replace(out)
    finally:
        half.unlink(missing_ok=True)
        shutil.rmtree(half.with_name(half.name + ".rows"), ignore_errors=True)


def _folder(rows: Iterable[pl.DataFrame], out: Path) -> None:
    half = out.with_name(f".{out.name}.new")
    shutil.rmtree(half, ignore_errors=True)
    try:
        half.mkdir()
        for number, frame in enumerate(rows):
            frame.write_parquet(half / f"rows-{number:06}.parquet")
        if out.is_dir():
            shutil.rmtree(out)
        half.replace(out)
    finally:
        shutil.rmtree(half, ignore_errors=True)


def _workbook(rows: Iterable[pl.DataFrame], file: Path) -> None:
    import xlsxwriter

    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    book = xlsxwriter.Workbook(str(file), options)
    sheet, at, sheets = None, SHEET_ROWS, 0
    for frame in rows:
        told = flat(frame)
        for row in told.iter_rows():
            if sheet is None or at >= SHEET_ROWS:
                sheets += 1
                sheet, at = book.add_worksheet("rows" if sheets == 1 else f"rows {sheets}"), 0
                sheet.write_row(0, 0, told.columns)
                sheet.freeze_panes(1, 0)
            at += 1
            for place, cell in enumerate(row):
                if isinstance(cell, int):
                    sheet.write_number(at, place, cell)
                elif cell is not None:
                    sheet.write_string(at, place, str(cell)[:_CELL])
    book.close()
