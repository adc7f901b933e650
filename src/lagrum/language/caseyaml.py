"""Case files as text: YAML or JSON to a tree of words with their places, and nothing else.

YAML's own ideas about words are not used: every scalar stays text, so `on`, `NO` and `2026-11-22` mean what the
vocabulary says. Anchors, aliases, tags, duplicate keys and several documents are refused, and reading stops at the
first sign of a file that is too deep or too long.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import yaml

from lagrum.language.problems import Problems, quote
from lagrum.model.places import Place

LARGEST = 1024 * 1024
DEEPEST = 20
MOST_NODES = 20_000
_SMALLER = {"case": "describe one use", "mapping": "join cells with `*`"}


@dataclass(frozen=True, slots=True)
class Word:
    """A scalar. `quoted` words are never read as punctuation of the case format (`""`)."""

    place: Place
    text: str
    quoted: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """A list."""

    place: Place
    items: tuple[Tree, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """Keys with their values, in order, no key twice."""

    place: Place
    entries: tuple[tuple[Word, Tree], ...]


Tree = Word | Words | Table


class _Stop(Exception):
    """The file cannot be read any further; the problem is noted."""


def read_tree(text: str, file: str, problems: Problems, what: str = "case") -> Tree | None:
    """The tree of a YAML or JSON text; None where it has none, and then `problems` says why. `what` the file is."""
    if len(text) > LARGEST:
        mend = _SMALLER.get(what, "make it smaller")
        problems.error("LG0604", f"a {what} file holds at most 1 MB", Place(file, 1, 1, 1, 1), mend=mend)
        return None
    if text.lstrip()[:1] in ("{", "["):
        text = text.replace("\t", " ")  # JSON may be indented by tabs, and holds none inside its strings
    reader = _Reader(text, file, problems, what)
    try:
        return reader.document()
    except _Stop:
        return None
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        words = getattr(error, "problem", None) or getattr(error, "reason", None) or "it cannot be read"
        place = Place(file, 1, 1, 1, 1)
        if mark is not None:
            place = Place(file, mark.line + 1, mark.column + 1, mark.line + 1, mark.column + 2)
        elif isinstance(position := getattr(error, "position", None), int):
            before = text[:position]
            line, column = before.count("\n") + 1, position - (before.rfind("\n") + 1) + 1
            place = Place(file, line, column, line, column + 1)
        problems.error(
            "LG0601", f"this is not YAML or JSON: {words}", place, mend="put words with special signs in double quotes"
        )
        return None


class _Reader:
    """Builds the tree event by event, so that limits hold before anything large exists."""

    def __init__(self, text: str, file: str, problems: Problems, what: str) -> None:
        self.file = file
        self.what = what
        self.problems = problems
        self.events: Iterator[yaml.Event] = iter(yaml.parse(text, Loader=yaml.SafeLoader))
        self.count = 0

    def place(self, event: yaml.Event) -> Place:
        start, end = event.start_mark, event.end_mark
        if start is None or end is None:
            return Place(self.file, 1, 1, 1, 1)
        return Place(self.file, start.line + 1, start.column + 1, end.line + 1, end.column + 1)

    def stop(self, code: str, message: str, place: Place, mend: str) -> _Stop:
        self.problems.error(code, message, place, mend=mend)
        return _Stop()

    def document(self) -> Tree | None:
        found: Tree | None = None
        for event in self.events:
            if isinstance(event, yaml.DocumentStartEvent) and found is not None:
                raise self.stop(
                    "LG0603",
                    f"a {self.what} file holds one document",
                    self.place(event),
                    "put the second in its own file",
                )
            if isinstance(event, yaml.NodeEvent):
                found = self.node(event, 0)
        return found

    def node(self, event: yaml.Event, depth: int) -> Tree:
        place = self.place(event)
        self.count += 1
        if depth > DEEPEST:
            raise self.stop(
                "LG0604", f"this is nested more than {DEEPEST} deep", place, "a case needs four levels, a mapping six"
            )
        if self.count > MOST_NODES:
            mend = _SMALLER.get(self.what, "make it smaller")
            raise self.stop("LG0604", f"a {self.what} file holds at most {MOST_NODES} values", place, mend)
        if isinstance(event, yaml.AliasEvent):
            raise self.stop("LG0603", "references (`*`) are not allowed", place, "write the value out")
        if getattr(event, "anchor", None) is not None:
            raise self.stop("LG0603", "anchors (`&`) are not allowed", place, "write each value where it belongs")
        if getattr(event, "tag", None) is not None:
            raise self.stop("LG0603", "tags (`!`) are not allowed", place, "the vocabulary says what a word means")
        if isinstance(event, yaml.ScalarEvent):
            return Word(place, self.sound(event.value, place), event.style is not None)
        if isinstance(event, yaml.SequenceStartEvent):
            items = tuple(self.items(yaml.SequenceEndEvent, depth))
            return Words(place, items)
        return self.table(place, depth)

    def items(self, end: type[yaml.Event], depth: int) -> Iterator[Tree]:
        for event in self.events:
            if isinstance(event, end):
                return
            yield self.node(event, depth + 1)

    def table(self, place: Place, depth: int) -> Table:
        entries: dict[str, tuple[Word, Tree]] = {}
        nodes = self.items(yaml.MappingEndEvent, depth)
        for key in nodes:
            if not isinstance(key, Word):
                raise self.stop("LG0602", "a key must be a word", key.place, "lists and tables cannot be keys")
            value = next(nodes)
            if key.text in entries:
                self.problems.error(
                    "LG0602",
                    f"{quote(key.text)} stands twice",
                    key.place,
                    mend="keep one of them",
                    related=[(entries[key.text][0].place, "first here")],
                )
            entries.setdefault(key.text, (key, value))
        return Table(place, tuple(entries.values()))

    def sound(self, text: str, place: Place) -> str:
        """JSON writes rare letters as two escapes; joined here. A half of one is no letter."""
        if text.isascii():
            return text
        try:
            return text.encode("utf-16", "surrogatepass").decode("utf-16")
        except UnicodeDecodeError:
            raise self.stop("LG0605", "this holds half a letter", place, "write the letter itself") from None
