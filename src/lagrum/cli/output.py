"""How answers look: eighty columns for a terminal, and the plain twin with one statement a line for everything else.

Commands say *what* there is to say (`headline`, `row`, `line`, `tree`, `table`); this module decides how it looks.
In both forms the words and their order are the same. Answers go to stdout; hints to stderr. ASCII apart from § and
letters, no boxes; colour only on the first word and only on a terminal.
"""

from __future__ import annotations

import csv
import json
import os
import sys
import textwrap
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import TextIO

import click

WIDTH = 80
LABEL = 11  # columns of the label on the left
PLACE_AT = 60  # where the citation on the right begins, if the text leaves room

TABLES = ("csv", "markdown")  # the forms in which tables can be had, beside text

_COLOURS = {
    "forbidden": "red",
    "excepted": "yellow",
    "regulated": "blue",
    "unregulated": "green",
    "outside": "bright_black",
    "undetermined": "magenta",
    "error": "red",
    "warning": "yellow",
}


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of a tree: its words, the citation on the right, and what hangs below it."""

    text: str
    place: str = ""
    below: tuple[Branch, ...] = ()


def clean(text: str) -> str:
    """The text without anything that would steer a terminal: control characters become `?`, line ends blanks."""
    return "".join(c if c.isprintable() else " " if c in "\n\r\t" else "?" for c in text)


def wants_colour(stream: TextIO, no_color: bool) -> bool:
    """Whether the first word may be coloured: on a terminal, unless `--no-color`, `NO_COLOR` or `TERM=dumb` says no."""
    dumb = os.environ.get("TERM") == "dumb"
    return stream.isatty() and not (no_color or dumb or os.environ.get("NO_COLOR"))


def _harmless(cell: str) -> str:
    """The cell, so that no spreadsheet takes it for a formula."""
    cell = clean(cell)
    return f"'{cell}" if cell.startswith(("=", "+", "-", "@")) else cell


class Output:
    """Where a command writes its answer. `plain` chooses the twin; without it, it is chosen off a terminal."""

    def __init__(
        self, plain: bool = False, no_color: bool = False, stream: TextIO | None = None, beside: Sequence[str] = ()
    ) -> None:
        self._stream = stream or sys.stdout
        self._beside = beside  # options that the next command needs, too
        self.plain = plain or not self._stream.isatty() or os.environ.get("TERM") == "dumb"
        self.colour = wants_colour(self._stream, no_color) and not plain
        self._last_label = ""

    def headline(self, word: str, text: str = "", facts: Sequence[tuple[str, str]] = ()) -> None:
        """The answer. Terminal: `WORD  text`, the word in capitals and coloured where it is a ruling. Twin: a line
        `label: value` for each of `facts`, which say the same, e.g. `[("ruling", "forbidden"), ("case", "…")]`."""
        if self.plain and facts:
            for label, value in facts:
                self._write(f"{label}: {clean(value)}")
            return
        first, *more = clean(word).split(" ", 1)
        shown = first.upper()
        colour = _COLOURS.get(first.lower())
        styled = click.style(shown, fg=colour, bold=True) if self.colour and colour else shown
        rest = "".join(f" {part}" for part in more) + (f"  {clean(text)}" if text else "")
        folded = textwrap.wrap(shown + rest, WIDTH, subsequent_indent="  ", break_long_words=False) or [shown]
        self._write(styled + folded[0].removeprefix(shown))
        for line in folded[1:]:
            self._write(line)
        self._last_label = ""

    def line(self, text: str = "") -> None:
        """A sentence of its own, folded at eighty columns on a terminal."""
        self._last_label = ""
        text = clean(text)
        if self.plain:
            if text:
                self._write(text)
        elif text:
            for line in textwrap.wrap(text, WIDTH, break_long_words=False, break_on_hyphens=False):
                self._write(line)
        else:
            self._write("")

    def row(self, label: str, text: str, place: str = "", indent: int = 0) -> None:
        """A statement under a label, with its citation. Terminal: `Because    text      Art. 3(41)`, the label printed
        once for neighbours; twin: `because: text, Art. 3(41)`."""
        text, place = clean(text), clean(place)
        if self.plain:
            self._write(f"{label.lower()}: {text}" + (f", {place}" if place else ""))
            return
        head = "" if label == self._last_label else label[:1].upper() + label[1:]
        self._last_label = label
        margin = f"{head:<{LABEL}}" if len(head) < LABEL else f"{head} "
        self._fold(margin, " " * LABEL, " " * indent + text, place, " " * (indent + 2))

    def verbatim(self, label: str, text: str) -> None:
        """A line of a file or a command under a label: its blanks are kept and it is never folded."""
        if self.plain:
            self._write(f"{label.lower()}: {clean(text)}")
            return
        head = "" if label == self._last_label else label
        self._last_label = label
        self._write(f"{head:<{LABEL}}{clean(text)}".rstrip())

    def entry(self, name: str, text: str, more: Sequence[str] = ()) -> None:
        """An entry of a list: its name, a few words, statements below. Twin: `name: statement`, a line each."""
        name, statements = clean(name), [clean(s) for s in (text, *more) if s]
        self._last_label = ""
        if self.plain:
            for statement in statements:
                self._write(f"{name}: {statement}")
            return
        for line in textwrap.wrap(f"{name}  {statements[0]}" if statements else name, WIDTH, subsequent_indent="  "):
            self._write(line)
        for statement in statements[1:]:
            for line in textwrap.wrap(statement, WIDTH, initial_indent="  ", subsequent_indent="    "):
                self._write(line)

    def tree(self, label: str, branch: Branch) -> None:
        """An indented tree under a label. The twin prints each leaf with the heads above it: `when all of: text`."""
        if self.plain:
            self._leaves(label.lower(), branch)
        else:
            self._branches(label, branch, 0)

    def _branches(self, label: str, branch: Branch, depth: int) -> None:
        self.row(label, branch.text, branch.place, indent=2 * depth)
        for below in branch.below:
            self._branches(label, below, depth + 1)

    def _leaves(self, heads: str, branch: Branch) -> None:
        if not branch.below:
            self._write(f"{heads}: {clean(branch.text)}" + (f", {clean(branch.place)}" if branch.place else ""))
        for below in branch.below:
            self._leaves(f"{heads} {clean(branch.text)}", below)

    def table(self, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """Rows under heads. Terminal: aligned columns, the widest folded; twin: `first: head value; head value`."""
        cells = [[clean(cell) for cell in row] for row in rows]
        if self.plain:
            for first, *rest in cells:
                said = "; ".join(f"{head} {cell}" for head, cell in zip(heads[1:], rest, strict=True) if cell)
                self._write(f"{first}: {said}")
            return
        widths = [max(len(c) for c in column) for column in zip(heads, *cells, strict=True)]
        widest = max(range(len(widths)), key=lambda i: widths[i])
        spare = WIDTH - sum(widths) - 2 * (len(widths) - 1)
        widths[widest] = max(12, widths[widest] + min(0, spare))
        for row in [list(heads), *cells]:
            folded = [textwrap.wrap(cell, width) or [""] for cell, width in zip(row, widths, strict=True)]
            for i in range(max(map(len, folded))):
                parts = [part[i] if i < len(part) else "" for part in folded]
                self._write("  ".join(f"{p:<{w}}" for p, w in zip(parts, widths, strict=True)).rstrip())

    def rows(self, form: str, heads: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        """A table in the form asked for: one of `TABLES`, or as `table` lays it out."""
        match form:
            case "csv":
                writer = csv.writer(self._stream, lineterminator="\n")
                writer.writerows([list(heads), *([_harmless(cell) for cell in row] for row in rows)])
            case "markdown":
                for row in (heads, ["---"] * len(heads), *rows):
                    cells = [clean(cell).replace("|", "\\|") for cell in row]
                    self._write(f"| {' | '.join(cells)} |")
            case _:
                self.table(heads, rows)

    def json(self, answer: Mapping[str, object]) -> None:
        """The answer for programs: UTF-8, indented, keys in the order given."""
        self._write(json.dumps(answer, indent=2, ensure_ascii=False))

    def raw(self, text: str, styled: bool = False) -> None:
        """Text that is laid out already. `styled`: it holds colour and nothing else that would steer a terminal."""
        self._write(text if styled else "\n".join(clean(line) for line in text.split("\n")))

    def hint(self, command: str) -> None:
        """The command to type next, to stderr so that the answer stays alone on stdout."""
        self._stream.flush()
        click.echo(f"next: {clean(' '.join([command, *self._beside]))}", err=True)

    def _fold(self, margin: str, under: str, text: str, place: str, hang: str) -> None:
        """Print text beside a margin, its citation in the right column where it fits, else on the next line's right."""
        room = (PLACE_AT - 1 if place else WIDTH) - len(under)
        lead = text[: len(text) - len(text.lstrip())]
        lines = textwrap.wrap(text.strip(), room, initial_indent=lead, subsequent_indent=hang) or [""]
        for i, line in enumerate(lines):
            start = (margin if i == 0 else under) + line
            last = i == len(lines) - 1
            if last and place:
                start = start.ljust(min(PLACE_AT, WIDTH - len(place))) if len(start) < WIDTH - len(place) else start
                start = f"{start} {place}" if not start.endswith(" ") else start + place
            self._write(start.rstrip())

    def _write(self, line: str) -> None:
        click.echo(line, file=self._stream, color=self.colour)
