"""CSV as it comes: any delimiter, any encoding, quotes that never close, rows too short or too long. No row is lost."""

from __future__ import annotations

import codecs
import csv
import io
import threading
from collections import deque
from collections.abc import Iterator, Sequence
from pathlib import Path

from lagrum.screening.coded import RowProblem
from lagrum.screening.raw import Noted, Raw, heading, is_sound, unreadable

LONGEST = 256 * 1024 * 1024
"""Letters of one row. What is longer is taken for a quote that was never closed."""

_DELIMITERS = (",", ";", "\t", "|")
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_limit = threading.Lock()


def encoding_of(start: bytes) -> str:
    """The encoding that the first bytes of a file show; UTF-8 where they show none."""
    for mark, name in _MARKS:
        if start.startswith(mark):
            return name
    even, odd = start[0::2].count(0), start[1::2].count(0)
    if max(even, odd) > len(start) // 4:  # Latin letters in two bytes each
        return "utf-16-le" if odd > even else "utf-16-be"
    return "utf-8"


def open_text(path: Path, encoding: str = "") -> io.TextIOWrapper[io.BufferedReader]:
    """The file as text. Bytes that are none come through as half letters, which `Noted.sound` reads."""
    file = path.open("rb")
    name = encoding or encoding_of(file.read(200))
    file.seek(0)
    errors = "surrogateescape" if name.replace("_", "-").lower() in ("utf-8", "utf-8-sig", "utf8") else "replace"
    return io.TextIOWrapper(file, encoding="utf-8-sig" if name == "utf-8" else name, errors=errors, newline="")


class _TooLong(Exception):
    """A row that goes on and on."""


class _Lines(Iterator[str]):
    """Lines, with those of the row at hand kept so that they can be read again."""

    def __init__(self, lines: Iterator[str]) -> None:
        self.lines = lines
        self.again: deque[str] = deque()
        self.taken: list[str] = []
        self.letters = 0

    def __next__(self) -> str:
        if self.letters > LONGEST:
            raise _TooLong
        line = self.again.popleft() if self.again else next(self.lines)
        self.taken.append(line)
        self.letters += len(line)
        return line

    def begin(self) -> None:
        self.taken = []
        self.letters = 0

    def back(self, lines: Sequence[str]) -> None:
        self.again.extendleft(reversed(lines))


def delimiter_of(line: str) -> str:
    """The delimiter that cuts the heading into most columns."""
    return max(_DELIMITERS, key=lambda each: len(next(csv.reader([line], delimiter=each), [])))


class CsvRows:
    """A CSV file: its columns, and its rows as often as they are asked for."""

    def __init__(self, path: Path, encoding: str = "") -> None:
        self.path = path
        self.encoding = encoding
        self.count: int | None = None
        self.share = 0.0
        with _limit:
            csv.field_size_limit(2**31 - 1)  # of the whole process; a cell's length is nobody's mistake
        with open_text(path, encoding) as text:
            try:
                first = text.readline()
                self.delimiter = "\t" if path.suffix.lower() in (".tsv", ".tab") else delimiter_of(first)
                text.seek(0)
                noted = Noted(())
                names = next((cells for cells in self.records(_Lines(iter(text)), noted, 0) if cells), [])
            except (UnicodeError, csv.Error, OSError) as error:
                raise unreadable(str(path), error) from None
        self.columns, self.problems = heading(names)
        if not any(name.strip() for name in names):
            raise unreadable(str(path), "it has no heading", "the first row names the columns")

    def records(self, lines: _Lines, noted: Noted, width: int) -> Iterator[list[str]]:
        """The rows as lists of cells; an empty list for a blank line."""
        reader = csv.reader(lines, delimiter=self.delimiter, strict=True)
        while True:
            lines.begin()
            try:
                yield next(reader)
            except StopIteration:
                return
            except (csv.Error, _TooLong):
                yield self.mended(lines, noted, width)

    def mended(self, lines: _Lines, noted: Noted, width: int) -> list[str]:
        """A row whose quotes are wrong: taken loosely where that gives all its cells, else its first line alone, and
        the lines after it are rows again."""
        taken = lines.taken
        if sum(line.count('"') for line in taken) % 2 == 0:
            loose = next(csv.reader(taken, delimiter=self.delimiter), [])
            if len(loose) == width:
                noted.note("", "LG0848", "a quote stands inside a quoted cell")
                return loose
        noted.note("", "LG0848", "a quote is not closed; it was read as a sign")
        lines.back(taken[1:])
        bare = taken[0].rstrip("\r\n")
        return next(csv.reader([bare], delimiter=self.delimiter, quoting=csv.QUOTE_NONE), [bare])

    def batches(self, wanted: Sequence[str]) -> Iterator[Raw]:
        """Every row below the heading; what is wrong with one is noted."""
        noted = Noted(wanted, problems=list(self.problems))
        width = len(self.columns)
        places = [self.columns.index(name) for name in wanted if name in self.columns]
        size = self.path.stat().st_size or 1
        quick = len(places) == len(wanted)
        with open_text(self.path, self.encoding) as text:
            lines = _Lines(iter(text))
            records = self.records(lines, noted, width)
            for cells in records:
                if cells:
                    break  # the heading
            blank: list[RowProblem] = []
            for cells in records:
                if not cells:
                    blank.append(RowProblem(noted.next, "", "LG0854", "a blank line before this row is no row"))
                    continue
                if blank:  # those at the end are how files end
                    noted.problems += blank
                    blank = []
                if quick and len(cells) == width and all(map(is_sound, lines.taken)):
                    noted.add_sound([cells[place] for place in places], lines.letters)
                else:
                    self.odd(cells, noted)
                if noted.full:
                    self.share = min(1.0, text.buffer.tell() / size)
                    yield noted.take()
        self.share = 1.0
        if noted.rows or noted.problems:
            yield noted.take()

    def odd(self, cells: Sequence[str], noted: Noted) -> None:
        """A row that is too short or too long, or holds what is no letter."""
        width = len(self.columns)
        if len(cells) < width:
            short = f"there are {len(cells)} cells for {width} columns; the missing ones count as empty"
            noted.note("", "LG0841", short)
        elif any(cell.strip() for cell in cells[width:]):
            noted.note("", "LG0842", f"{len(cells)} cells stand in {width} columns; the last were not read")
        noted.add(dict(zip(self.columns, cells, strict=False)))
