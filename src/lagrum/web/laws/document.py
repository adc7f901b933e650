"""A law as a document: its files and chapters as pages of a size that can be read, each rule under its heading."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import lru_cache
from pathlib import PurePosixPath

from markupsafe import Markup

from lagrum.library import Library
from lagrum.model.instruments import Instrument
from lagrum.model.norms import Norm
from lagrum.web.laws.prose import Section, sections

MOST = 45
"""Rules on one page; what has more is divided at its headings."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A heading with its prose and rules. `anchor` is its id on the page; `depth` its level there."""

    depth: int
    title: str
    anchor: str
    pieces: tuple[Markup | tuple[Norm, ...], ...]

    @property
    def prose(self) -> tuple[Markup, ...]:
        return tuple(piece for piece in self.pieces if isinstance(piece, Markup))

    @property
    def norms(self) -> tuple[Norm, ...]:
        return tuple(norm for piece in self.pieces if not isinstance(piece, str) for norm in piece)


@dataclass(frozen=True, slots=True)
class Part:
    """A page of the document."""

    slug: str
    title: str
    passages: tuple[Passage, ...]

    @property
    def rules(self) -> int:
        return sum(len(passage.norms) for passage in self.passages)


@dataclass(frozen=True, eq=False)
class _Same:
    """A library and an instrument by what they are and not by what is in them, which is much."""

    library: Library
    instrument: Instrument

    def __hash__(self) -> int:
        return hash((id(self.library), id(self.instrument)))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and other.library is self.library and other.instrument is self.instrument


def parts_of_law(library: Library, instrument: Instrument) -> tuple[Part, ...]:
    """The document, part by part in the order of the files. A file without a heading or rule of this law is left
    out: an amending act has a page of its own."""
    return _parts(_Same(library, instrument))


def passage_of(parts: tuple[Part, ...], norm: Norm) -> tuple[Part, Passage] | None:
    """Where a rule stands in the document."""
    for part in parts:
        for passage in part.passages:
            if any(each is norm for each in passage.norms):
                return part, passage
    return None


@lru_cache(maxsize=128)
def _parts(of: _Same) -> tuple[Part, ...]:
    library, instrument = of.library, of.instrument
    found: list[Part] = []
    taken: set[str] = set()
    for file in instrument.files:
        text = library.sources.get(library.path_of(file), "")
        passages = tuple(_passages(sections(text), file, instrument))
        own = instrument.place is not None and instrument.place.file == file
        if not own and not any(passage.norms for passage in passages):
            continue
        stem = _slug(PurePosixPath(file).stem)
        for number, (title, group) in enumerate(_divided(passages)):
            slug = stem if number == 0 else _slug(f"{stem}-{title}")
            while slug in taken:
                slug += "-2"
            taken.add(slug)
            found.append(Part(slug, title, tuple(_levelled(group))))
    return tuple(found)


def _divided(passages: tuple[Passage, ...]) -> Iterator[tuple[str, tuple[Passage, ...]]]:
    """The passages of a file on one page, or, where they hold too many rules, in several that begin at a heading."""
    if not passages:
        return
    title = passages[0].title
    if sum(len(p.norms) for p in passages) <= MOST:
        yield title, passages
        return
    group: list[Passage] = []
    for passage in passages:
        if group and passage.depth <= 2 and sum(len(p.norms) for p in group) + len(passage.norms) > MOST // 2:
            yield (title if group[0] is passages[0] else group[0].title), tuple(group)
            group = []
        group.append(passage)
    if group:
        yield (title if group[0] is passages[0] else group[0].title), tuple(group)


def _levelled(passages: tuple[Passage, ...]) -> Iterator[Passage]:
    """The passages with levels that follow each other without a gap; the first is the heading of the page."""
    depth = 0
    for passage in passages:
        depth = 1 if depth == 0 else min(max(2, passage.depth), depth + 1)
        yield replace(passage, depth=depth)


def _passages(found: tuple[Section, ...], file: str, instrument: Instrument) -> Iterator[Passage]:
    mine = [norm for norm in instrument.norms if norm.place is not None and norm.place.file == file]
    taken: set[str] = set()
    for section in found:
        pieces: list[Markup | tuple[Norm, ...]] = []
        for piece in section.pieces:
            if isinstance(piece, Markup):
                pieces.append(piece)
                continue
            within = tuple(n for n in mine if n.place is not None and piece.first <= n.place.line <= piece.last)
            if within:
                pieces.append(within)
        anchor = _slug(section.title) or "top"
        while anchor in taken:
            anchor += "-2"
        taken.add(anchor)
        yield Passage(section.rank, section.title, anchor, tuple(pieces))


def _slug(text: str) -> str:
    """`Article 5(1)(h): live` as part of an address: `article-5-1-h-live`."""
    return re.sub(r"[^a-z0-9]+", "-", text.lower()).strip("-")[:60].strip("-")
