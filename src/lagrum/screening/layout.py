"""The one layout of mapping files: keys in their order, one entry a line, comments kept."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

import yaml

from lagrum.language.casewrite import scalar
from lagrum.language.caseyaml import Table, Tree, Word, Words, read_tree
from lagrum.language.problems import Problems
from lagrum.model.diagnostics import Diagnostic
from lagrum.screening.mappingfile import KEYS, LEAVING_KEYS, SENSE_KEYS, TEXT_KEYS

WIDTH = 120
_BARE = re.compile(r"\w(?:[\w ./()'&+\-]*[\w.)'&+\-/])?")
_NONE: tuple[str, ...] = ()
_BLOCKS = ("labels", "leave out", "given", "columns", "texts")


def format_mapping(text: str, file: str = "") -> tuple[str, tuple[Diagnostic, ...]]:
    """The mapping in its one layout; the text unchanged, and why, where it cannot be read at all."""
    problems = Problems()
    tree = read_tree(text, file, problems, "mapping")
    if problems.failed or not isinstance(tree, Table):
        return text, problems.all()
    writer = _Writer(list(_comments(text)))
    writer.give(tree)
    writer.table(tree, 0, KEYS)
    writer.rest()
    return "\n".join(writer.lines) + "\n", problems.all()


@dataclass(frozen=True, slots=True)
class _Comment:
    line: int
    text: str
    alone: bool


def _comments(text: str) -> Iterator[_Comment]:
    """What follows a `#` that stands in no scalar."""
    spans = sorted(
        (token.start_mark.index, token.end_mark.index)
        for token in yaml.scan(text, Loader=yaml.SafeLoader)
        if isinstance(token, yaml.ScalarToken)
    )
    start = 0
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        while spans and spans[0][1] <= start:
            spans.pop(0)
        for found in re.finditer(r"(?:^|(?<=\s))#", line):
            at = start + found.start()
            if not any(first <= at < last for first, last in spans):
                yield _Comment(number, line[found.start() :].strip(), not line[: found.start()].strip())
                break
        start += len(line)


@dataclass
class _Writer:
    comments: list[_Comment]
    lines: list[str] = field(default_factory=list)
    before: dict[int, list[str]] = field(default_factory=dict)

    def give(self, tree: Tree) -> None:
        """Each comment goes with the entry that it stands above or beside."""
        keys = sorted(set(_entries(tree)))
        left: list[_Comment] = []
        for comment in self.comments:
            if comment.alone:
                owner = next((line for line in keys if line >= comment.line), None)
            else:
                owner = next((line for line in reversed(keys) if line <= comment.line), None)
            if owner is None:
                left.append(comment)
            else:
                self.before.setdefault(owner, []).append(comment.text)
        self.comments = left

    def rest(self) -> None:
        self.lines += [comment.text for comment in self.comments]

    def above(self, line: int, indent: int) -> None:
        self.lines += [" " * indent + comment for comment in self.before.pop(line, ())]

    def table(self, table: Table, indent: int, order: Sequence[str] = _NONE) -> None:
        entries = list(table.entries)
        if order:
            entries.sort(key=lambda entry: order.index(entry[0].text) if entry[0].text in order else len(order))
        for key, value in entries:
            self.above(key.place.line, indent)
            self.entry(key, value, indent)

    def entry(self, key: Word, value: Tree, indent: int) -> None:
        front = f"{' ' * indent}{bare(key.text)}:"
        block = isinstance(value, Table) and value.entries and (indent == 0 or not _answer(value))
        if isinstance(value, Table) and block:
            self.lines.append(front)
            known = all(name.text in SENSE_KEYS for name, _ in value.entries)
            self.table(value, indent + 2, SENSE_KEYS if known else _NONE)
        elif isinstance(value, Words) and indent == 0 and key.text in _BLOCKS:
            self.lines.append(front)
            for item in value.items:
                self.item(item, indent + 2)
        elif isinstance(value, Word) and len(front) + len(value.text) + 3 > WIDTH and _folds(value.text):
            self.lines.append(f"{front} >-")
            width = WIDTH - indent - 2
            lines = textwrap.wrap(value.text, width, break_long_words=False, break_on_hyphens=False)
            self.lines += [" " * (indent + 2) + line for line in lines]
        else:
            line = f"{front} {_flow(value)}"
            if len(line) > WIDTH and isinstance(value, Words):
                self.lines.append(front)
                self.lines += [f"{' ' * (indent + 2)}- {_flow(item)}" for item in value.items]
            else:
                self.lines.append(line)

    def item(self, item: Tree, indent: int) -> None:
        if not isinstance(item, Table) or not item.entries:
            self.lines.append(f"{' ' * indent}- {_flow(item)}")
            return
        start = len(self.lines)
        self.table(item, indent + 2, (*LEAVING_KEYS, *TEXT_KEYS))
        first = next(i for i in range(start, len(self.lines)) if not self.lines[i].lstrip().startswith("#"))
        self.lines[first] = f"{' ' * indent}- {self.lines[first].lstrip()}"


def _entries(tree: Tree) -> Iterator[int]:
    """The lines on which entries begin."""
    if isinstance(tree, Table):
        for key, value in tree.entries:
            yield key.place.line
            if not (isinstance(value, Table) and _answer(value)):
                yield from _entries(value)
    elif isinstance(tree, Words):
        for item in tree.items:
            yield from _entries(item)


def _answer(table: Table) -> bool:
    """Whether a table is an answer, `{including: …}`, and stays on one line."""
    return all(key.text in ("exactly", "including", "not") for key, _ in table.entries)


def _folds(text: str) -> bool:
    return text == " ".join(text.split()) and len(max(text.split(), key=len, default="")) < 80


def bare(text: str) -> str:
    """A text as YAML, without quotes where it needs none."""
    return text if _BARE.fullmatch(text) else scalar(text)


def _flow(tree: Tree) -> str:
    if isinstance(tree, Word):
        return bare(tree.text)
    if isinstance(tree, Words):
        return f"[{', '.join(map(_flow, tree.items))}]"
    return f"{{{', '.join(f'{bare(key.text)}: {_flow(value)}' for key, value in tree.entries)}}}"
