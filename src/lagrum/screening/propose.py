"""A first mapping for a register nobody has mapped: its columns, their commonest cells, and facts that look alike.

Nothing of it is decided. Every cell says `unknown` until somebody who knows the register writes what it means; what
looks like an answer stands beside it as a suggestion.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from functools import lru_cache
from itertools import islice
from pathlib import Path

from lagrum.language.problems import quote
from lagrum.model.facts import Fact, FactKind
from lagrum.screening.layout import bare
from lagrum.screening.mapping import plain
from lagrum.screening.raw import ITEMS
from lagrum.screening.register import Register

SAMPLE = 4
"""Batches that are looked at."""

MOST_CELLS = 40
MOST_FACTS = 2
_LONG = 60
_ALIKE = 0.3
_SAME = {
    "agency": "actor",
    "organisation": "actor",
    "organization": "actor",
    "organisatie": "actor",
    "authority": "actor",
    "country": "jurisdiction",
    "land": "jurisdiction",
    "stage": "act",
    "status": "act",
    "deployed": "use",
    "pilot": "use",
    "in use": "use",
    "in gebruik": "use",
    "live": "real-time",
    "police": "law enforcement agency",
    "politie": "law enforcement agency",
    "municipality": "other public authority",
    "gemeente": "other public authority",
    "company": "private company",
    "facial": "face",
    "recognition": "identification",
    "ja": "yes",
    "nee": "no",
    "y": "yes",
    "n": "no",
    "true": "yes",
    "false": "no",
}
_LABELS = ("agency", "organisation", "organization", "organisatie", "body", "vendor", "supplier", "name", "title")
_STOP = frozenset(
    re.findall(
        r"\w+",
        """
    a an and another any are as been by do does for from has have how in is
    it its of on or somebody the there this to what when where which who with use y n
""",
    )
)
_DUTCH = frozenset(["de", "het", "een", "van", "voor", "worden", "wordt", "zijn", "bij", "met", "door"])
_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}.*")


@dataclass
class Column:
    """What a column holds: how many cells, how many filled, and the commonest short ones."""

    name: str
    rows: int = 0
    filled: int = 0
    letters: int = 0
    dutch: int = 0
    cells: Counter[str] = field(default_factory=Counter)

    def see(self, cells: Sequence[str | None]) -> None:
        self.rows += len(cells)
        for cell in cells:
            if cell and cell.strip():
                self.filled += 1
                self.letters += len(cell)
                self.dutch += len(_DUTCH.intersection(cell[: 10 * _LONG].casefold().split())) > 1
                if len(cell) <= 2 * _LONG and (len(self.cells) < 5000 or cell in self.cells):
                    self.cells[cell] += 1

    @property
    def text(self) -> bool:
        """Whether people write sentences here."""
        return bool(self.filled) and self.letters / self.filled > _LONG

    @property
    def few(self) -> bool:
        return bool(self.cells) and not self.text and len(self.cells) <= max(MOST_CELLS, self.filled // 20)

    @property
    def unique(self) -> bool:
        return self.filled == self.rows == len(self.cells) > 1

    @property
    def dated(self) -> bool:
        return bool(self.cells) and all(_DAY.fullmatch(cell) for cell in self.cells)


def propose(register: Register, facts: Table[str, Fact]) -> str:
    """A mapping file to go on from. `facts` are those that suggestions may come from: best, those of one law."""
    return "\n".join(_lines(register.path, look(register), facts)) + "\n"


def look(register: Register) -> list[Column]:
    """The columns of a register, as far as its first batches show them."""
    columns = {name: Column(name) for name in register.columns}
    for raw in islice(register.batches(register.columns), SAMPLE):
        for name, column in columns.items():
            column.see(raw.frame[name].to_list())
    return list(columns.values())


def _lines(path: Path, columns: Sequence[Column], facts: Table[str, Fact]) -> Iterator[str]:
    yield f"# A proposal for {_one_line(path.name)}. Every `unknown` waits for somebody who knows the register."
    yield "# A column says only what it says: leave `unknown` where a cell does not settle the fact."
    yield "lagrum: 1"
    yield f"mapping: {bare(path.name)}"
    yield 'source: ""'
    yield 'review: "proposed from its columns; read by nobody yet"'
    named = next((each for each in columns if each.unique and "id" in _words(each.name)), None)
    named = named or next((each for each in columns if each.unique and not each.text), None)
    named = named or next((each for each in columns if each.filled and "id" in _words(each.name)), None)
    if named is not None:
        yield f"id: {bare(named.name)}"
    labels = [each for each in columns if not each.text and each.filled and _words(each.name) & set(_LABELS)]
    if labels:
        yield "labels:"
        yield from (f"  {bare(each.name)}: {bare(each.name)}" for each in labels)
    asked = [(each, alike(each, facts)) for each in columns if each is not named and (each.few or each.dated)]
    mapped = [(each, found) for each, found in asked if found]
    yield "columns:" if mapped else "columns: {}"
    for column, found in mapped:
        yield f"  {bare(column.name)}:"
        for fact in found:
            yield from _sense(column, fact)
    texts = [each for each in columns if each.text]
    if texts:
        yield "texts:"
        yield f"  - columns: [{', '.join(bare(each.name) for each in texts)}]"
        yield f"    language: {'nl' if _dutch(texts) else 'en'}"
    for column in columns:
        if column is not named and column not in texts and all(column is not each for each, _ in mapped):
            yield f"# no fact looks like {_one_line(quote(column.name))}: {_sample(column)}"


def _sense(column: Column, fact: Fact) -> Iterator[str]:
    yield f"    # suggestion: {_one_line(fact.question)}"
    yield f"    {bare(fact.name)}:"
    if fact.kind is FactKind.DATE:
        yield "      read: dates"
        return
    yield "      values:"
    for cell, _ in column.cells.most_common(MOST_CELLS):
        near = answer_like(cell, fact)
        yield f"        {bare(cell.replace(ITEMS, ' '))}: unknown" + (f"  # suggestion: {near}" if near else "")
    if len(column.cells) > MOST_CELLS:
        yield f"        # and {len(column.cells) - MOST_CELLS} more cells"
    yield "      other: unknown"


def _dutch(texts: Sequence[Column]) -> bool:
    return 2 * sum(each.dutch for each in texts) > sum(each.filled for each in texts)


def _sample(column: Column) -> str:
    if not column.filled:
        return "it is empty"
    some = ", ".join(quote(cell) for cell, _ in column.cells.most_common(3))
    return _one_line(f"{len(column.cells)} different cells, such as {some}" if some else "long texts")


def _one_line(text: str) -> str:
    return " ".join(text.split())[:200]


@lru_cache(maxsize=20_000)
def _words(text: str) -> frozenset[str]:
    parted = re.sub(r"(?<=[a-z])(?=[A-Z])", " ", text)
    words = {word for word in re.split(r"[\W_]+", parted.casefold()) if word and word not in _STOP}
    return frozenset(words | {_SAME[word] for word in words if word in _SAME})


def answer_like(cell: str, fact: Fact) -> str:
    """The answer that a cell looks like, or nothing."""
    asked = plain(cell.replace("_", " "))
    names = {plain(answer.name): answer.name for answer in fact.answers}
    if asked in names:
        return names[asked]
    same = _SAME.get(asked, "")
    if same in names:
        return names[same]
    words = _words(cell)
    shared = {name: len(words & _words(name)) / len(_words(name) or {""}) for name in names.values()}
    shared |= {name: 1.0 for name in names.values() if name in words}
    best = max(shared, key=lambda name: shared[name], default="")
    return best if best and shared[best] > 0.5 else ""


def alike(column: Column, facts: Table[str, Fact]) -> list[Fact]:
    """The facts most like a column, by its name and by its cells."""
    words = _words(column.name)
    scores: dict[str, float] = {}
    for name, fact in facts.items():
        if (fact.kind is FactKind.DATE) != column.dated:
            continue
        asked = _words(name)
        score = len(words & asked) / len(asked | words) if asked else 0.0
        score += 0.5 if name in words else 0.0
        question = _words(fact.question)
        score += 0.3 * len(words & question) / len(words) if words else 0.0
        yes_no = fact.kind is FactKind.YES_NO
        if yes_no and not words & asked:  # any yes fits any question
            continue
        cells = [cell for cell, _ in column.cells.most_common(MOST_CELLS)]
        matched = sum(1 for cell in cells if answer_like(cell, fact)) / len(cells)
        score += matched * (0.3 if yes_no else 0.8)
        scores[name] = score
    best = sorted(scores, key=lambda name: (-scores[name], name))[:MOST_FACTS]
    return [facts[name] for name in best if scores[name] >= _ALIKE and scores[name] >= scores[best[0]] / 2]
