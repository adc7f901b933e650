"""What the tests of reading share: a small register, and how it is read."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from lagrum.model.facts import Answer, Cut, Fact, FactKind
from lagrum.screening.coded import Coded, Evidence, Indicate, Indication, LeftOut, Meaning, RowProblem
from lagrum.screening.coding import Coder
from lagrum.screening.mapping import Mapping
from lagrum.screening.mappingfile import read_mapping
from lagrum.screening.register import open_register


def _fact(name: str, kind: FactKind, *answers: str, cuts: tuple[Cut, ...] = ()) -> Fact:
    return Fact(name, f"What is {name}?", kind, tuple(map(Answer, answers)), "test", cuts=cuts)


def _days(*days: str) -> tuple[Cut, ...]:
    from datetime import date
    from decimal import Decimal

    return tuple(Cut(Decimal(date.fromisoformat(day).toordinal())) for day in days)


FACTS = {
    fact.name: fact
    for fact in (
        _fact("timing", FactKind.ONE_OF, "real-time", "short delay", "later"),
        _fact("purpose", FactKind.SOME_OF, "police", "border", "shopping"),
        _fact("public", FactKind.YES_NO, "no", "yes"),
        _fact("since", FactKind.DATE, "early", "middle", "late", cuts=_days("2025-02-02", "2026-08-02")),
    )
}

MAPPING = """
lagrum: 1
mapping: cameras
id: id
labels: {where: name}
columns:
  mode:
    timing:
      values: {live: real-time, "rec*": later, both: [real-time, later]}
"""


def mapped(text: str = MAPPING) -> Mapping:
    found, diagnostics = read_mapping(text, "m.yaml", FACTS)
    assert found is not None, [d.message for d in diagnostics]
    return found


@dataclass(frozen=True)
class Ran:
    """A register read and coded, all batches together."""

    rows: dict[int, dict[str, Meaning]]
    ids: dict[int, str | None]
    labels: dict[int, str | None]
    problems: tuple[RowProblem, ...]
    evidence: tuple[Evidence, ...]
    left_out: tuple[LeftOut, ...]
    batches: tuple[Coded, ...]

    @property
    def said(self) -> list[tuple[int, str, str]]:
        return [(p.row, p.column, p.code) for p in self.problems]


def run(
    path: Path, mapping: Mapping | None = None, indicate: Indicate | None = None, hinted: tuple[str, ...] = ()
) -> Ran:
    mapping = mapping or mapped()
    register = open_register(path, mapping)
    coder = Coder(mapping, FACTS, indicate, hinted)
    batches = tuple(coder.code(raw) for raw in register.batches(mapping.columns))
    rows: dict[int, dict[str, Meaning]] = {}
    ids: dict[int, str | None] = {}
    labels: dict[int, str | None] = {}
    for batch in batches:
        for row in batch.frame.iter_rows(named=True):
            rows[row["(row)"]] = {fact: batch.books[fact][row[fact]] for fact in batch.facts}
            ids[row["(row)"]] = row["(id)"]
            labels[row["(row)"]] = row.get("(label) where")
    return Ran(
        rows,
        ids,
        labels,
        tuple(p for b in batches for p in b.problems),
        tuple(e for b in batches for e in b.evidence),
        tuple(x for b in batches for x in b.left_out),
        batches,
    )


def faces(text: str, language: str) -> list[Indication]:
    """A small indicator: the word for a policeman."""
    word = {"en": "police", "nl": "politie"}[language]
    at = text.casefold().find(word)
    return [Indication("purpose", ("police",), at, at + len(word), text[at : at + len(word)], "police")] * (at >= 0)
