"""Rows as they stand in a register: batches of text cells, with what is wrong with each row."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from lagrum.language.problems import quote
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.screening.coded import RowProblem

if TYPE_CHECKING:
    import polars as pl

ROWS = 50_000
LETTERS = 32 * 1024 * 1024
"""A batch ends at so many rows or so many letters, whichever comes first."""

ITEMS = "\x1f"
"""Stands between the items of a cell that is a list."""

_BYTES = re.compile("[\udc80-\udcff]")
_HALVES = re.compile("[\ud800-\udfff]")
_SIGNS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1e\x7f]")


@dataclass(frozen=True)
class Raw:
    """Some rows in a stretch: `frame` has a text column for each column asked for, null where the cell is not there.
    `first` is the 1-based place of the first of them."""

    first: int
    frame: pl.DataFrame
    problems: tuple[RowProblem, ...] = ()


@dataclass
class Noted:
    """Rows as a reader meets them, with problems noted on the way."""

    wanted: Sequence[str]
    next: int = 1
    rows: list[Sequence[str | None]] = field(default_factory=list)
    problems: list[RowProblem] = field(default_factory=list)
    letters: int = 0

    def add(self, cells: Mapping[str, str | None]) -> None:
        """A row; cells that nobody asked for are not kept."""
        row: list[str | None] = []
        for name in self.wanted:
            cell = cells.get(name)
            if (cell is not None and not cell.isascii()) or (cell and _SIGNS.search(cell)):
                cell = self.sound(name, cell or "")
            row.append(cell)
            self.letters += len(cell or "")
        self.rows.append(row)
        self.next += 1

    def add_sound(self, cells: Sequence[str | None], letters: int) -> None:
        """A row of just the wanted cells, in which nothing is wrong."""
        self.rows.append(cells)
        self.letters += letters
        self.next += 1

    def note(self, column: str, code: str, message: str) -> None:
        """Something wrong with the row that comes next."""
        self.problems.append(RowProblem(self.next, column, code, message))

    def sound(self, column: str, cell: str) -> str:
        """The cell without what is no letter: bytes that are not UTF-8 are read as Windows-1252, the rest goes."""
        if _BYTES.search(cell):
            self.note(column, "LG0840", "some bytes are not UTF-8, and were read as Windows-1252")
            cell = _BYTES.sub(lambda found: bytes([ord(found[0]) - 0xDC00]).decode("cp1252", "replace"), cell)
        if _HALVES.search(cell) or "\ufffd" in cell:
            if not any(p.row == self.next and p.column == column for p in self.problems[-1:]):
                self.note(column, "LG0840", "some letters cannot be read")
            cell = _HALVES.sub("\ufffd", cell)
        if _SIGNS.search(cell):
            self.note(column, "LG0847", "signs that are no letters, such as zero bytes, were left out")
            cell = _SIGNS.sub("", cell)
        return cell

    @property
    def full(self) -> bool:
        return len(self.rows) >= ROWS or self.letters >= LETTERS

    def take(self) -> Raw:
        """The rows so far as a batch; the next begins empty."""
        import polars as pl

        first = self.next - len(self.rows)
        columns = zip(*self.rows, strict=True) if self.rows and self.wanted else ([] for _ in self.wanted)
        series = [pl.Series(name, list(cells), pl.String) for name, cells in zip(self.wanted, columns, strict=True)]
        frame = pl.DataFrame(series) if series else pl.DataFrame(height=len(self.rows))
        found = Raw(first, frame, tuple(self.problems))
        self.rows, self.problems, self.letters = [], [], 0
        return found


def is_sound(line: str) -> bool:
    """Whether a line of text holds nothing but letters."""
    return not _SIGNS.search(line) and (line.isascii() or not (_HALVES.search(line) or "\ufffd" in line))


def batches_of(rows: Iterable[Mapping[str, str | None]], noted: Noted) -> Iterator[Raw]:
    """The rows in batches. A batch of nothing but problems may come last."""
    for cells in rows:
        noted.add(cells)
        if noted.full:
            yield noted.take()
    if noted.rows or noted.problems:
        yield noted.take()


def unreadable(path: str, why: object, mend: str = "") -> InvalidInput:
    """A register of which nothing can be read."""
    first = (str(why).strip().splitlines() or ["it cannot be read"])[0]
    return InvalidInput([Diagnostic("LG0821", f"{quote(path)} cannot be read: {first[:200]}", help=mend)])


def heading(names: Sequence[str]) -> tuple[tuple[str, ...], tuple[RowProblem, ...]]:
    """Names of columns, each once: empty ones are numbered, a second of one name gets its number behind."""
    found: list[str] = []
    problems: list[RowProblem] = []
    for place, name in enumerate(names, 1):
        clean = _SIGNS.sub("", _HALVES.sub("\ufffd", name)).strip()
        if not clean:
            clean = f"column {place}"
            problems.append(RowProblem(0, clean, "LG0851", f"column {place} has no name"))
        base, number = clean, 2
        while clean in found:
            clean, number = f"{base} ({number})", number + 1
        if clean != base:
            problems.append(RowProblem(0, clean, "LG0851", f"a second column is called {quote(base)}"))
        found.append(clean)
    return tuple(found), tuple(problems)
