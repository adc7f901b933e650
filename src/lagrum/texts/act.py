"""An imported act: its identity, its lines in order, and the stretch of lines that each citation names."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lagrum.model.citations import Citation


@dataclass(frozen=True, slots=True)
class Line:
    """A paragraph of the act: how deep it stands, its label as printed (empty where it has none), its words."""

    depth: int
    label: str
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A provision as a stretch of lines, `end` exclusive, with the SHA-256 of its words and its title if it has one."""

    start: int
    end: int
    sha256: str
    title: str = ""


@dataclass(frozen=True, slots=True)
class Source:
    """The file an act was read from."""

    name: str
    sha256: str


@dataclass(frozen=True, slots=True)
class Provision:
    """The official words at a citation, with everything below it, and their SHA-256.

    `citation` is the place found: what was asked for, or, where that names a single sentence, the place around it.
    """

    act: Act
    citation: Citation
    title: str
    words: str
    sha256: str

    @property
    def label(self) -> str:
        """Where the words come from: `32024R1689, en, formex`."""
        return f"{self.act.celex}, {self.act.language}, {self.act.format}"


@dataclass(frozen=True)
class Act:
    """One act in one language, as its publisher prints it. `format` is `formex` or `eurlex-html`; `instruments` are
    the ids of instruments it was imported for by name."""

    celex: str
    eli: str
    title: str
    language: str
    format: str
    sources: tuple[Source, ...]
    lines: tuple[Line, ...]
    spans: Mapping[str, Span]
    instruments: tuple[str, ...] = ()
    imported: date | None = None

    def provision(self, citation: Citation) -> Provision | None:
        """The words at a citation; None where the act has no such place. A sentence is not told apart: the whole
        place around it is given. `subpara. 1` of a place with one paragraph is the place."""
        path = citation.path
        while str(Citation(path)) not in self.spans:
            if len(path) < 2 or not (path[-1].startswith("sentence ") or path[-1] == "subpara. 1"):
                return None
            path = path[:-1]
        span = self.spans[str(Citation(path))]
        lines = stretch(self.lines, span.start, span.end, path)
        depth = min(line.depth for line in lines)
        said = [_indented(line, depth) for line in lines]
        return Provision(self, Citation(path), span.title, "\n".join(text for text in said if text), span.sha256)


def stretch(lines: Sequence[Line], start: int, end: int, path: tuple[str, ...]) -> list[Line]:
    """The lines of a place without its own label. An article or annex has none: that of its first line is a
    paragraph's."""
    first = lines[start] if len(path) == 1 else replace(lines[start], label="")
    return [first, *lines[start + 1 : end]]


def _indented(line: Line, depth: int) -> str:
    text = f"{line.label} {line.text}".strip()
    return "  " * (line.depth - depth) + text if text else ""
