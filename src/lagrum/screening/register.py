"""A register on disk: which kind of file it is, which columns it has, and its rows in batches."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from lagrum.language.problems import listing, quote
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.screening.csvrows import CsvRows
from lagrum.screening.jsonrows import JsonRows
from lagrum.screening.mapping import Mapping
from lagrum.screening.raw import Raw
from lagrum.screening.tables import ParquetRows, SheetRows

KINDS = {
    ".csv": "csv",
    ".tsv": "csv",
    ".tab": "csv",
    ".txt": "csv",
    ".json": "json",
    ".jsonl": "json",
    ".ndjson": "json",
    ".parquet": "parquet",
    ".xlsx": "sheet",
    ".xlsm": "sheet",
    ".xlsb": "sheet",
    ".xls": "sheet",
    ".ods": "sheet",
}
_SHOWN = ("csv", "tsv", "json", "jsonl", "parquet", "xlsx")


class Rows(Protocol):
    """What a reader of one kind of file offers. `count` is how many rows there are, None where only reading them all
    tells; `share` how much of them was read, from 0 to 1."""

    columns: tuple[str, ...]
    count: int | None
    share: float

    def batches(self, wanted: Sequence[str]) -> Iterator[Raw]:
        """All rows, as text cells in the wanted columns; null where a row, or the file, has no such cell."""
        ...


@dataclass(frozen=True)
class Register:
    """An open register. Rows can be read as often as needed; places of rows count from 1."""

    path: Path
    kind: str
    rows: Rows

    @property
    def columns(self) -> tuple[str, ...]:
        return self.rows.columns

    def batches(self, wanted: Sequence[str]) -> Iterator[Raw]:
        return self.rows.batches(tuple(dict.fromkeys(wanted)))


def open_register(path: Path, mapping: Mapping | None = None) -> Register:
    """Open a register; a mapping may say where in the file its rows are. Raises `InvalidInput`."""
    need_tables()
    records, sheet, encoding = (mapping.records, mapping.sheet, mapping.encoding) if mapping else ("", "", "")
    kind = "parquet" if path.is_dir() else KINDS.get(path.suffix.lower(), "")
    if not kind:
        message = f"the register {quote(path.name)} is of no kind that can be read"
        raise InvalidInput([Diagnostic("LG0820", message, help=f"its name ends in one of {listing(_SHOWN, 9)}")])
    if path.is_dir() and not any(path.glob("*.parquet")):
        raise InvalidInput([Diagnostic("LG0820", f"the folder {quote(str(path))} holds no Parquet file")])
    rows: Rows
    try:
        if kind == "csv":
            rows = CsvRows(path, encoding)
        elif kind == "json":
            rows = JsonRows(path, records, encoding)
        else:
            rows = ParquetRows(path) if kind == "parquet" else SheetRows(path, sheet)
    except FileNotFoundError:
        raise InvalidInput([Diagnostic("LG0726", f"there is no file {quote(str(path))}")]) from None
    return Register(path, kind, rows)


def need_tables() -> None:
    """Raises `InvalidInput` where the packages that screening needs are not installed."""
    try:
        import fastexcel
        import polars
    except ImportError:
        help_ = "install it with: pip install 'lagrum[screen]'"
        raise InvalidInput([Diagnostic("LG0824", "screening needs the extra `screen`", help=help_)]) from None
    del fastexcel, polars
