"""Parquet, part by part, and spreadsheets."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from lagrum.language.problems import listing, quote
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.screening.raw import ITEMS, ROWS, Noted, Raw, batches_of, heading, unreadable

if TYPE_CHECKING:
    import polars as pl

_PARTS = 10 * ROWS  # Parquet is read in larger parts: its cells are coded without touching them one by one
_WRONG = ("#N/A", "#DIV/0!", "#REF!", "#NAME?", "#VALUE!", "#NULL!", "#NUM!")


class ParquetRows:
    """A Parquet file, or a folder of them in the order of their names."""

    def __init__(self, path: Path) -> None:
        import polars as pl

        self.path = path
        try:
            self.scan = pl.scan_parquet(sorted(path.glob("*.parquet")) if path.is_dir() else path)
            self.schema = self.scan.collect_schema()
            self.count: int | None = int(self.scan.select(pl.len()).collect().item())
        except (pl.exceptions.PolarsError, OSError) as error:
            raise unreadable(str(path), error, "is it a whole Parquet file?") from None
        self.columns = tuple(self.schema.names())
        self.share = 0.0

    def batches(self, wanted: Sequence[str]) -> Iterator[Raw]:
        for place in range(self.parts):
            raw = self.part(place, wanted)
            self.share = min(1.0, (place + 1) * _PARTS / (self.count or 1))
            yield raw

    @property
    def parts(self) -> int:
        """How many batches there are."""
        return -(-(self.count or 0) // _PARTS)

    def part(self, place: int, wanted: Sequence[str]) -> Raw:
        """One batch, by its place from 0."""
        import polars as pl

        there = [name for name in wanted if name in self.schema]
        cells = [_as_text(name, self.schema[name]) for name in there]
        missing = [pl.lit(None, pl.String).alias(name) for name in wanted if name not in self.schema]
        first = place * _PARTS
        height = min(_PARTS, (self.count or 0) - first)
        try:
            part = self.scan.slice(first, _PARTS)
            frame = part.select(cells).with_columns(missing).collect() if there else pl.DataFrame(height=height)
        except pl.exceptions.PolarsError as error:
            raise unreadable(str(self.path), error) from None
        return Raw(first + 1, frame if there else frame.with_columns(missing))


def _as_text(name: str, kind: pl.DataType) -> pl.Expr:
    """A column as text: whole numbers without a point, lists by their items, tables as JSON."""
    import polars as pl

    column = pl.col(name)
    if kind == pl.String:
        return column
    if kind.is_float():
        whole = column.is_finite() & (column == column.round()) & (column.abs() < 2**53)
        number = column.cast(pl.Int64, strict=False).cast(pl.String)
        return pl.when(whole).then(number).otherwise(column.cast(pl.String)).alias(name)
    if isinstance(kind, pl.List) and not kind.inner.is_nested():
        return column.list.eval(pl.element().cast(pl.String)).list.join(ITEMS, ignore_nulls=True).replace("", None)
    if isinstance(kind, pl.Struct):
        return column.struct.json_encode()
    if kind.is_nested() or kind == pl.Binary:
        return column.map_elements(_shown, return_dtype=pl.String)
    return column.cast(pl.String)


def _shown(value: object) -> str:
    """A value that has no plain text: bytes as letters, what is nested as Python shows it."""
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)


class SheetRows:
    """A sheet of a workbook, read whole. Its first row names the columns; days are written YYYY-MM-DD."""

    def __init__(self, path: Path, sheet: str = "") -> None:
        import fastexcel

        try:
            book = fastexcel.read_excel(path)
            if sheet and sheet not in book.sheet_names:
                message = f"{quote(str(path))} has no sheet {quote(sheet)}"
                help_ = f"there are {listing(book.sheet_names)}"
                raise InvalidInput([Diagnostic("LG0822", message, help=help_)])
            read = book.load_sheet(sheet or 0, header_row=None, dtypes="string").to_polars()
        except (fastexcel.FastExcelError, OSError) as error:
            raise unreadable(str(path), error, "is it a workbook without a password?") from None
        if not read.height:
            raise unreadable(str(path), "the sheet is empty", "a mapping names another with `sheet`")
        self.columns, self.problems = heading([cell or "" for cell in read.row(0)])
        self.frame = read.slice(1)
        self.frame.columns = list(self.columns)
        self.count: int | None = self.frame.height
        self.share = 0.0

    def rows(self, noted: Noted) -> Iterator[Mapping[str, str | None]]:
        for row in self.frame.iter_rows(named=True):
            for name, cell in row.items():
                if cell in _WRONG:
                    noted.note(name, "LG0853", f"the spreadsheet shows the error {quote(cell)} here; read as empty")
                    row[name] = None
                elif cell is not None and cell.endswith(" 00:00:00"):
                    row[name] = cell.removesuffix(" 00:00:00")
            yield row

    def batches(self, wanted: Sequence[str]) -> Iterator[Raw]:
        noted = Noted(wanted, problems=list(self.problems))
        for raw in batches_of(self.rows(noted), noted):
            self.share = (noted.next - 1) / (self.count or 1)
            yield raw
