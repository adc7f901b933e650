"""The layout of a law block: physical lines, logical lines, sentences, comments, and the rules of indentation.

Everything here works on single lines and is linear in their length, so that hostile input is refused before the
grammar sees it.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from lagrum.language.messages import (
    hangs_in_the_air,
    indented_by_tab,
    indented_too_far,
    line_too_long,
    list_not_carried_on,
    nested_too_deep,
    odd_indentation,
    sentence_too_long,
)
from lagrum.language.syntax import Comment
from lagrum.model.diagnostics import Diagnostic
from lagrum.model.places import Place

MAX_DEPTH = 32
MAX_LINE = 10_000
MAX_SENTENCE = 200_000

_CODE = re.compile(r'(?:[^"#]|"(?:\\.|[^"\\])*"|(?<=\S)#)*')
_FREE = {"instrument": ("source", "review"), "case": ("source", "intent")}
_FIRST = re.compile(r"[\w/-]+")


@dataclass(frozen=True, slots=True)
class Line:
    """One physical line of a block, without its end. `code` is what stands before a comment, `number` counts in the
    file from 1, `margin` is how far the whole block is set in."""

    file: str
    number: int
    margin: int
    text: str
    code: str

    @property
    def indent(self) -> int:
        return len(self.text) - len(self.text.lstrip(" \t"))

    def place(self, start: int, end: int) -> Place:
        """The stretch between two positions of `text`."""
        left = self.margin + 1
        return Place(self.file, self.number, left + start, self.number, left + max(end, start))

    @property
    def whole(self) -> Place:
        return self.place(self.indent, len(self.code.rstrip()))

    @property
    def comment(self) -> Comment | None:
        if len(self.code) == len(self.text):
            return None
        place = self.place(len(self.code), len(self.text))
        return Comment(place, self.text[len(self.code) + 1 :].strip(), bool(self.code.strip()))


@dataclass(frozen=True, slots=True)
class Logical:
    """A line with those that carry it on."""

    lines: tuple[Line, ...]

    @property
    def first(self) -> Line:
        return self.lines[0]

    @property
    def level(self) -> int:
        return self.first.indent // 2

    @property
    def words(self) -> str:
        """The code of the first line, without indentation."""
        return self.first.code.strip()


@dataclass(frozen=True, slots=True)
class Chunk:
    """The lines of one sentence, with blank and comment lines inside it."""

    lines: list[Line]

    @property
    def text(self) -> str:
        return "\n".join(line.text for line in self.lines) + "\n"

    @property
    def place(self) -> Place:
        first, last = self.lines[0], self.lines[-1]
        return Place(first.file, first.number, first.margin + 1, last.number, last.margin + 1 + len(last.code.rstrip()))

    def logical(self) -> list[Logical]:
        """The lines that hold code, each with those that carry it on."""
        found: list[list[Line]] = []
        carried = False
        for line in self.lines:
            code = line.code.strip()
            if not code:
                continue
            if found and (carried or code.startswith('"')):
                found[-1].append(line)
            else:
                found.append([line])
            carried = code.endswith(",") and not is_free(self.lines[0], line)
        return [Logical(tuple(lines)) for lines in found]


def is_free(head: Line, line: Line) -> bool:
    """Whether a line is a key with free text, in which `#` and `"` are letters like any other."""
    word = _FIRST.match(head.text)
    key = _FIRST.match(line.text.strip())
    return line.indent == 2 and word is not None and key is not None and key[0] in _FREE.get(word[0], ())


def lines_of(file: str, number: int, margin: int, texts: Iterable[str]) -> list[Line]:
    """The lines of a block whose first line has this number, set in by `margin` blanks at most."""
    found: list[Line] = []
    head: Line | None = None
    for offset, raw in enumerate(texts):
        inset = min(margin, len(raw) - len(raw.lstrip(" ")))
        text = raw[inset:].rstrip(" \t")
        line = Line(file, number + offset, inset, text, text)
        if head is None or not is_free(head, line):
            match = _CODE.match(text) if len(text) <= MAX_LINE else None
            # an open quotation mark swallows the rest of the line: no comment can be told from text
            if match is not None and text[match.end() :].startswith("#"):
                line = Line(file, line.number, inset, text, text[: match.end()])
        if line.code and not line.code.startswith((" ", "\t")):
            head = line
        found.append(line)
    return found


def sentences_of(lines: Sequence[Line]) -> tuple[list[Chunk], list[Diagnostic]]:
    """Cut a block at its unindented lines. Comments and blank lines at the end of a sentence are not part of it.
    Indented lines before the first sentence belong to none; the first of them is told of."""
    chunks: list[Chunk] = []
    stray: list[Diagnostic] = []
    for line in lines:
        code = line.code.strip(" \t")
        if code and not line.code.startswith((" ", "\t")):
            chunks.append(Chunk([line]))
        elif chunks:
            chunks[-1].lines.append(line)
        elif code and not stray:
            stray.append(hangs_in_the_air(line.whole))
    for chunk in chunks:
        while not chunk.lines[-1].code.strip(" \t"):
            chunk.lines.pop()
    return chunks, stray


def check(chunk: Chunk) -> list[Diagnostic]:
    """Everything wrong with the lines of a sentence as lines: their length, their number, their indentation."""
    size = sum(len(line.text) + 1 for line in chunk.lines)
    if size > MAX_SENTENCE:
        return [sentence_too_long(chunk.lines[0].whole, MAX_SENTENCE)]
    found: list[Diagnostic] = []
    for line in chunk.lines:
        if len(line.text) > MAX_LINE:
            return [line_too_long(line.place(MAX_LINE, MAX_LINE + 1), MAX_LINE)]
        tab = line.code.find("\t")
        if tab >= 0:
            found.append(indented_by_tab(line.place(tab, tab + 1), indentation=tab < line.indent))
    if found:
        return found
    before = 0
    for logical in chunk.logical():
        indent = logical.first.indent
        place = logical.first.place(0, indent)
        for line in logical.lines[1:]:
            if line.indent <= indent:
                found.append(list_not_carried_on(line.whole))
        if logical.level > MAX_DEPTH:
            return [*found, nested_too_deep(logical.first.whole, MAX_DEPTH)]
        if indent % 2:
            found.append(odd_indentation(place, indent))
            indent += 1 if indent > before else -1
        elif indent > before + 2:
            found.append(indented_too_far(place, indent, before + 2))
        before = indent
    return found
