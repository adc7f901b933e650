"""The outline of an act: what both readers make of their markup, and the provisions that follow from it.

A reader only says what stands where: words, headings, and items with their label. Which citation a stretch of words
has is decided here, once, so that two formats of one act cannot disagree on it.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import TypeAlias

from lagrum.model.citations import Citation, parse_citation
from lagrum.texts.act import Line, Span, stretch


@dataclass(frozen=True, slots=True)
class Words:
    """A paragraph of running text."""

    text: str


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading inside an annex or an item; level 1 is the outermost."""

    text: str
    level: int = 2


@dataclass(frozen=True, slots=True)
class Item:
    """A numbered paragraph, point, dash or section, with its label as printed."""

    label: str
    blocks: tuple[Block, ...]
    section: bool = False


Block: TypeAlias = Words | Heading | Item


@dataclass(frozen=True, slots=True)
class Unit:
    """An article, annex or recital: `head` is its citation, `Art. 5`."""

    head: str
    title: str
    blocks: tuple[Block, ...]


def normal(text: str) -> str:
    """The words with every run of white space, also of no-break spaces, made one blank."""
    return " ".join(text.split())


def digest(lines: Sequence[Line]) -> str:
    """SHA-256 of the words of a stretch of lines with their labels, white space normalised."""
    words = [part for line in lines for part in (line.label, line.text)]
    return hashlib.sha256(normal(" ".join(words)).encode()).hexdigest()


_NUMBERED = re.compile(r"([0-9]+[a-z]?\.)\s+(.*)")
_LETTERED = re.compile(r"(\w+ (?:[A-Z]|[0-9]+|[IVXLC]+))\b[.:]?\s*[—–-]?\s*(.*)")


def sections(blocks: Iterable[Block]) -> tuple[Block, ...]:
    """Gather what follows each outermost heading that has a number or letter into an item of its own.

    `3. Quality management system` is point 3 with a title, `Section A. List of …` section A. Neighbouring headings
    are read as one; a heading without either stays where it is.
    """
    before: list[Block] = []
    found: list[tuple[list[str], list[Block]]] = []
    for block in blocks:
        if not isinstance(block, Heading) or block.level > 1:
            (found[-1][1] if found else before).append(block)
        elif found and not found[-1][1]:
            found[-1][0].append(block.text)
        else:
            found.append(([block.text], []))
    return (*before, *(block for texts, below in found for block in _section(normal(" ".join(texts)), below)))


def _section(text: str, below: Sequence[Block]) -> tuple[Block, ...]:
    match = _NUMBERED.fullmatch(text) or _LETTERED.fullmatch(text)
    if match is None:
        return (Heading(text), *below)
    title = (Heading(match[2]),) if match[2] else ()
    return (Item(match[1], (*title, *below), section=not match[1].endswith(".")),)


def provisions(units: Iterable[Unit]) -> tuple[tuple[Line, ...], dict[str, Span]]:
    """All lines of the act in order, and for each citation the stretch of lines that it names.

    Steps come from labels: `1.`, `(a)`, `iii)` → `1`, `a`, `iii`; dashes count as `indent N`. Where a place holds
    several paragraphs of running text, each with the points after it is a `subpara. N`. Points are cited under the
    place itself, as lawyers do; where two of one number stand there, the first is meant. The points of a section
    `A` are cited as `Annex I(A)(1)` and, where only one can be meant, as `Annex I(1)`. What the language of citations
    cannot write (a table, a label in another alphabet) is part of what stands around it.
    """
    plan = _Plan()
    for unit in units:
        start = len(plan.lines)
        paths = plan.free((parse_citation(unit.head).path,))
        plan.walk(unit.blocks, paths, 0)
        plan.name(paths, start, unit.title)
    return tuple(plan.lines), plan.spans()


_Path: TypeAlias = tuple[str, ...]
_STEP = re.compile(r"[0-9A-Za-z]+")
_LONGEST_LABEL = 20
_DASHES = frozenset("—–-•·")


@dataclass(slots=True)
class _Plan:
    """Lines written so far and what they are called: `named` by full citation, `short` without a section's letter."""

    lines: list[Line] = field(default_factory=list)
    named: dict[_Path, tuple[int, int, str]] = field(default_factory=dict)
    short: dict[_Path, list[tuple[int, int]]] = field(default_factory=dict)

    def walk(self, blocks: Sequence[Block], paths: Sequence[_Path], depth: int, label: str = "") -> None:
        """Write the lines of a place. `paths` are its citations, the full one first; none: it cannot be cited."""
        starts: list[int] = []  # of its paragraphs of running text
        indents = 0
        after_items = False
        for block in blocks:
            if isinstance(block, Words):
                if not (starts and after_items and block.text[:1].islower()):  # else it ends the sentence before
                    starts.append(len(self.lines))
                    indents = 0
                after_items = False
            if isinstance(block, Item):
                if label:
                    self.lines.append(Line(depth, label, ""))
                dash = block.label.strip() in _DASHES
                indents += dash
                below = _indent(paths, len(starts), indents) if dash else _below(paths, block)
                self._item(block, self.free(below), depth)
                after_items = True
            else:
                self.lines.append(Line(depth, label, block.text))
            label = ""
        for number, (start, end) in enumerate(zip(starts, [*starts[1:], len(self.lines)], strict=False), 1):
            if len(starts) > 1:
                self.name([(*path, f"subpara. {number}") for path in paths[:1]], start, end=end)

    def _item(self, item: Item, paths: Sequence[_Path], depth: int) -> None:
        start = len(self.lines)
        if item.section:
            self.lines.append(Line(depth, item.label, ""))
            self.walk(item.blocks, paths, depth)
        else:
            self.walk(item.blocks, paths, depth + 1, item.label)
        self.name(paths, start)

    def free(self, paths: Sequence[_Path]) -> Sequence[_Path]:
        """The citations, or none where the full one already names another place."""
        return () if paths and paths[0] in self.named else paths

    def name(self, paths: Sequence[_Path], start: int, title: str = "", end: int | None = None) -> None:
        stop = len(self.lines) if end is None else end
        if stop > start and paths:
            self.named.setdefault(paths[0], (start, stop, title))
            for path in paths[1:]:
                self.short.setdefault(path, []).append((start, stop))

    def spans(self) -> dict[str, Span]:
        found = dict(self.named)
        for path, places in self.short.items():
            if len(places) == 1 and path not in found:
                found[path] = (*places[0], "")
        ordered = sorted(found.items(), key=lambda each: (each[1][0], -each[1][1]))
        return {
            str(Citation(path)): Span(start, end, digest(stretch(self.lines, start, end, path)), title)
            for path, (start, end, title) in ordered
            if _can_be_written(path)
        }


def _below(paths: Sequence[_Path], item: Item) -> tuple[_Path, ...]:
    """The citations of a point, a step deeper each; a section is also left out, so that `Annex I(13)` is found."""
    if not paths:
        return ()
    if item.section:
        return ((*paths[0], item.label.rsplit(" ", 1)[-1]), paths[0])
    steps = item.label.strip("().[] ")[:_LONGEST_LABEL].split(".")
    found = []
    for path in paths:
        last = steps[1:] if len(steps) > 1 and path[-1] == steps[0] else steps  # `3.2.` below point 3 is its point 2
        if all(_STEP.fullmatch(step) for step in last):
            found.append((*path, *last))
    return tuple(found)


def _indent(paths: Sequence[_Path], paragraph: int, number: int) -> tuple[_Path, ...]:
    steps = (f"indent {number}",) if paragraph < 2 else (f"subpara. {paragraph}", f"indent {number}")
    return tuple((*path, *steps) for path in paths)


def _can_be_written(path: _Path) -> bool:
    try:
        return parse_citation(str(Citation(path))).path == path
    except ValueError:
        return False
