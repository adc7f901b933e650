"""A document as data: what is said, in which order, under which numbers; the writers decide how it looks.

Paragraphs are numbered through the whole document: the numbers are what is cited. Words that keep the language of the
law are marked where they stand, so that a sentence of any language can hold them in its own order.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import TypeAlias

from lagrum.report.charts.chart import Chart

STRONG, CODE = "strong", "code"
_TERM, _STRONG, _CODE, _PARA, _END = "\ue000", "\ue001", "\ue002", "\ue003", "\ue004"
_MARKED = re.compile(f"([{_TERM}{_STRONG}{_CODE}{_PARA}])([^{_END}]*){_END}")


@dataclass(frozen=True, slots=True)
class Run:
    """Words in one style; `lang` where they keep another language than the document's; `to` is the number of a
    paragraph that they lead to."""

    text: str
    lang: str = ""
    style: str = ""
    to: int = 0


Text: TypeAlias = tuple[Run, ...]


def term(words: object) -> str:
    """Words of the encoded law, which are English whatever the document's language."""
    return f"{_TERM}{words}{_END}"


def strong(words: object) -> str:
    """What a reader who skims should see."""
    return f"{_STRONG}{words}{_END}"


def code(words: object) -> str:
    """An id, a hash, a command."""
    return f"{_CODE}{words}{_END}"


def para(number: int) -> str:
    """The number of a paragraph, leading to it."""
    return f"{_PARA}{number}{_END}"


def runs(marked: str, lang: str) -> Text:
    """A sentence with its marks as runs of a document in `lang`."""
    found: list[Run] = []
    at = 0
    for match in _MARKED.finditer(marked):
        found += [Run(marked[at : match.start()])] if match.start() > at else []
        mark, words = match.groups()
        if mark == _TERM:
            found.append(Run(words, "" if lang == "en" else "en"))
        elif mark == _PARA:
            found.append(Run(words, to=int(words)))
        else:
            found.append(Run(words, style=STRONG if mark == _STRONG else CODE))
        at = match.end()
    return (*found, Run(marked[at:])) if at < len(marked) else tuple(found)


def unmarked(text: Text) -> str:
    """The words alone."""
    return "".join(run.text for run in text)


@dataclass(frozen=True, slots=True)
class Para:
    """A numbered paragraph."""

    number: int
    text: Text


@dataclass(frozen=True, slots=True)
class Lines:
    """Lines that stand as they are: a command to type."""

    lines: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """A table with its caption; `shares` are the columns' widths, one against another, `right` those of numbers."""

    number: int
    caption: Text
    heads: tuple[Text, ...]
    rows: tuple[tuple[Text, ...], ...]
    shares: tuple[int, ...]
    right: frozenset[int] = frozenset()


@dataclass(frozen=True, slots=True)
class Figure:
    """A picture with its caption, and the table that says the same."""

    number: int
    caption: Text
    chart: Chart


Block: TypeAlias = Para | Lines | Table | Figure


@dataclass(frozen=True, slots=True)
class Section:
    """A heading, what stands under it, and the sections below."""

    id: str
    title: Text
    blocks: tuple[Block, ...] = ()
    sections: tuple[Section, ...] = ()

    def all(self) -> Iterator[Block]:
        """Every block, those of the sections below last."""
        yield from self.blocks
        for section in self.sections:
            yield from section.all()


@dataclass(frozen=True, slots=True)
class Labels:
    """The writers' own words in the document's language."""

    para: str
    table: str
    figure: str
    contents: str
    page: str  # `page {page} of {pages}`


@dataclass(frozen=True, slots=True)
class Document:
    """The whole: `lead` is the sentence that answers, `about` what it is about, in pairs; `short` and `id` stand at the
    foot of each page."""

    lang: str
    title: Text
    lead: Text
    about: tuple[tuple[str, Text], ...]
    sections: tuple[Section, ...]
    short: str
    id: str
    day: str
    labels: Labels

    def blocks(self) -> Iterator[Block]:
        """Every block in order."""
        for section in self.sections:
            yield from section.all()

    def figures(self) -> list[Figure]:
        return [block for block in self.blocks() if isinstance(block, Figure)]

    def tables(self) -> list[Table]:
        return [block for block in self.blocks() if isinstance(block, Table)]

    def paras(self) -> list[Para]:
        return [block for block in self.blocks() if isinstance(block, Para)]


class Desk:
    """Where a document is put together: it counts paragraphs, tables and figures, and remembers which paragraph spoke
    of which provision."""

    def __init__(self, lang: str) -> None:
        self.lang = lang
        self.paras = 0
        self.tables = 0
        self.figures = 0
        self.cited: dict[tuple[str, str], list[int]] = {}

    def text(self, marked: str) -> Text:
        return runs(marked, self.lang)

    def para(self, marked: str, law: str = "", places: Iterable[str] = ()) -> Para:
        """A paragraph, which speaks of these places of a law."""
        self.paras += 1
        for place in dict.fromkeys(places):
            if place:
                self.cited.setdefault((law, place), []).append(self.paras)
        return Para(self.paras, self.text(marked))

    def table(
        self,
        caption: str,
        heads: Iterable[str],
        rows: Iterable[Iterable[str]],
        shares: Iterable[int],
        right: Iterable[int] = (),
    ) -> Table:
        self.tables += 1
        return Table(
            self.tables,
            self.text(caption),
            tuple(self.text(head) for head in heads),
            tuple(tuple(self.text(cell) for cell in row) for row in rows),
            tuple(shares),
            frozenset(right),
        )

    def figure(self, caption: str, chart: Chart) -> Figure:
        self.figures += 1
        return Figure(self.figures, self.text(caption), chart)
