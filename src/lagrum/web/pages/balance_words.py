"""What an amendment does to the words of a law: each rule that it touches, with what goes and what comes marked."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import takewhile

from lagrum.library import Library
from lagrum.model.law import Law
from lagrum.model.norms import Norm

_IN = re.compile(r'  repeal in (?P<place>[^"]+?)(?: "(?P<label>[^"]*)")?')
_WHOLE = re.compile(r'  repeal (?P<place>[^"]+?)(?: "(?P<label>[^"]*)")?')
_PLACE = re.compile(r"\s+\[[^\]]*\]$")
_LONGEST = 4  # lines of the source that one condition may take

Marked = tuple[str, str]
"""A line, and what becomes of it: `del`, `ins`, or nothing."""


@dataclass(frozen=True, slots=True)
class Changed:
    """A rule that an amendment touches. `place` is empty for a new one."""

    place: str
    lines: tuple[Marked, ...]


def changed(library: Library, law: Law, amendment: str) -> list[Changed]:
    """The rules that an amendment takes from, then those that it puts in. What it does besides is told by its text."""
    struck: dict[str, tuple[Norm, list[str]]] = {}
    inserted: list[Changed] = []
    for head, below in _items(amendment):
        if head == "  insert":
            inserted.append(Changed("", tuple(("ins", line[4:]) for line in below)))
        elif found := _IN.fullmatch(head):
            for norm in _norms(law, found["place"], found["label"]):
                struck.setdefault(norm.key, (norm, []))[1].append(_plain(" ".join(below)))
        elif found := _WHOLE.fullmatch(head):
            for norm in _norms(law, found["place"], found["label"]):
                struck.setdefault(norm.key, (norm, []))[1].append("")
    return [
        Changed(str(norm.citation), tuple(_struck(_source(library, norm), conditions)))
        for norm, conditions in struck.values()
    ] + inserted


def _items(amendment: str) -> Iterator[tuple[str, list[str]]]:
    """The sentences below `amend`, each with the lines that hang on it."""
    lines = amendment.splitlines()
    start = next((n for n, line in enumerate(lines) if line.startswith("amend ")), len(lines))
    item: tuple[str, list[str]] | None = None
    for line in takewhile(lambda each: not each.startswith("```"), lines[start + 1 :]):
        if line.startswith("    ") and item is not None:
            item[1].append(line)
        elif line.startswith("  "):
            if item is not None:
                yield item
            item = line, []
    if item is not None:
        yield item


def _norms(law: Law, place: str, label: str | None) -> Iterator[Norm]:
    for norm in law.norms.values():
        if str(norm.citation) == place and (not label or norm.label == label or norm.name == label):
            yield norm


def _source(library: Library, norm: Norm) -> Sequence[str]:
    """The lines of the rule in its file."""
    if norm.place is None:
        return ()
    lines = library.sources.get(library.path_of(norm.place.file), "").splitlines()[norm.place.line - 1 :]
    first, rest = lines[:1], lines[1:]
    depth = len(first[0]) - len(first[0].lstrip()) if first else 0
    inside = takewhile(lambda each: each.strip() and len(each) - len(each.lstrip()) > depth, rest)
    return [each[depth:] for each in (*first, *inside)]


def _struck(lines: Sequence[str], conditions: Sequence[str]) -> Iterator[Marked]:
    """The lines with those marked that say one of the conditions; all of them where a condition is empty: the rule
    itself goes."""
    if "" in conditions:
        yield from (("del", line) for line in lines)
        return
    at = 0
    while at < len(lines):
        taken = next((n for n in range(1, _LONGEST + 1) if _plain(" ".join(lines[at : at + n])) in conditions), 0)
        for line in lines[at : at + max(1, taken)]:
            yield "del" if taken else "", line
        at += max(1, taken)


def _plain(condition: str) -> str:
    """The words of a condition without blanks around them and without its place."""
    return _PLACE.sub("", " ".join(condition.split()))
