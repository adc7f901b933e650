"""Cells into codes: what the columns of a row say of each fact, looked up once for each distinct cell."""

from __future__ import annotations

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from lagrum.language.casevalues import read_value
from lagrum.language.caseyaml import Word
from lagrum.language.problems import Problems, quote
from lagrum.model.facts import Fact, Question
from lagrum.model.places import Place
from lagrum.screening.celldates import stretch_of_days, stretches
from lagrum.screening.coded import (
    ID,
    INDICATED,
    LABEL,
    NOTHING_SAID,
    ROW,
    Book,
    Coded,
    Evidence,
    Indicate,
    Indication,
    LeftOut,
    Meaning,
    RowProblem,
    meaning,
    meet,
)
from lagrum.screening.ids import Ids
from lagrum.screening.mapping import DATES, Mapping, Sense, pattern, plain
from lagrum.screening.raw import ITEMS, Raw

if TYPE_CHECKING:
    import polars as pl

LONGEST_TEXT = 200_000
"""Letters of a cell that indicators read."""

_NOWHERE = Place("", 1, 1, 1, 1)
_KEPT_CELLS = 100_000


@dataclass(frozen=True, slots=True)
class _Said:
    """What one distinct cell says: its meaning, or what is wrong with it."""

    meaning: Meaning
    problem: tuple[str, str] | None = None
    answers: tuple[str, ...] = ()
    words: str = ""


@dataclass
class Coder:
    """Turns batches of raw rows into codes. Books, and the ids seen, are shared by all batches of a run.

    `hinted` are the facts of which `indicate` may speak, where the mapping does not narrow them.
    """

    mapping: Mapping
    facts: Table[str, Fact]
    indicate: Indicate | None = None
    hinted: Sequence[str] = ()
    books: dict[str, Book] = field(default_factory=dict)
    _ids: Ids = field(default_factory=Ids, repr=False)
    _cells: dict[int, dict[str | None, _Said]] = field(default_factory=dict, repr=False)

    def __post_init__(self) -> None:
        for fact in self.speaks_of:
            self.books.setdefault(fact, Book())

    @property
    def speaks_of(self) -> tuple[str, ...]:
        """Every fact that gets codes, in order: those of columns, then those that indicators may speak of."""
        spoken = list(self.mapping.facts)
        for texts in self.mapping.texts if self.indicate is not None else ():
            spoken += texts.facts or self.hinted
        return tuple(dict.fromkeys(spoken))

    def code(self, raw: Raw) -> Coded:
        """A batch in codes. As many rows come out, coded or left out, as went in."""
        batch = _Batch(self, raw)
        left_out = batch.leave_out()
        batch.number()
        evidence = batch.say()
        return Coded(
            batch.coded(),
            self.books,
            tuple(evidence),
            tuple(sorted(batch.problems, key=lambda p: (p.row, p.column))),
            tuple(self.mapping.labels),
            tuple(left_out),
        )

    def pass_over(self, raw: Raw) -> None:
        """Take note of a batch whose results are there already: of its ids."""
        batch = _Batch(self, raw)
        batch.leave_out()
        batch.number()

    def cell(self, sense: Sense, cell: str | None) -> _Said:
        """What a cell says in one sense; distinct cells are read once."""
        kept = self._cells.setdefault(id(sense), {})
        found = kept.get(cell)
        if found is None:
            found = self._read(sense, cell)
            if len(kept) < _KEPT_CELLS and len(cell or "") < 1000:
                kept[cell] = found
        return found

    def _read(self, sense: Sense, cell: str | None) -> _Said:
        if not cell or not cell.strip():
            return _Said(sense.empty.meaning if sense.empty else NOTHING_SAID)
        parts = cell.split(ITEMS)
        if sense.split:
            parts = [part for whole in parts for part in whole.split(sense.split)]
        said = [self._part(sense, part) for part in parts if part.strip()]
        if len(said) == 1:
            return said[0]
        problem = next((each.problem for each in said if each.problem), None)
        answers = tuple(dict.fromkeys(name for each in said for name in each.answers))
        return _Said(meet(each.meaning for each in said), problem, answers, "; ".join(each.words for each in said))

    def _part(self, sense: Sense, cell: str) -> _Said:
        fact = self.facts[sense.fact]
        found: Meaning | None = None
        words = ""
        if sense.read == DATES:
            if (days := stretch_of_days(cell.strip(), sense.dates)) is not None:
                found = meaning({Question(fact.name): stretches(fact, days)}, sense.basis)
        elif sense.read:
            problems = Problems()
            said = read_value(fact, Word(_NOWHERE, " ".join(cell.split())), problems)
            if not problems.failed:
                found = meaning(said.open, sense.basis) if said is not None else NOTHING_SAID
                words = said.words if said is not None else ""
        elif (entry := sense.entry(cell)) is not None:
            found, words = entry.meaning, entry.words
        if found is None and sense.other is not None:
            found, words = sense.other.meaning, sense.other.words
        if found is not None:
            return _Said(found, None, _answers(fact, found), words)
        if sense.values:
            return _Said(NOTHING_SAID, ("LG0845", f"the mapping does not know {quote(cell)}; it says nothing here"))
        what = "date in a known form" if sense.read == DATES else f"answer to {quote(fact.name)}"
        return _Said(NOTHING_SAID, ("LG0846", f"{quote(cell)} is no {what}; it says nothing here"))


class _Batch:
    """One batch on its way."""

    def __init__(self, coder: Coder, raw: Raw) -> None:
        import polars as pl

        self.coder = coder
        self.mapping = coder.mapping
        self.problems = list(raw.problems)
        rows = pl.int_range(raw.first, raw.first + raw.frame.height, dtype=pl.UInt64, eager=True).alias(ROW)
        self.frame = raw.frame.with_columns(rows) if raw.frame.width else pl.DataFrame([rows])
        self.made: list[pl.Series] = []

    def note(self, row: int, column: str, code: str, message: str) -> None:
        self.problems.append(RowProblem(row, column, code, message))

    def column(self, name: str) -> pl.Series:
        import polars as pl

        if name in self.frame.columns:
            return self.frame[name]
        return pl.Series(name, [None] * self.frame.height, pl.String)

    def leave_out(self) -> list[LeftOut]:
        """Take out the rows that the mapping leaves out."""
        found: list[LeftOut] = []
        for leaving in self.mapping.leave_out:
            fits = [pattern(cell) for cell in leaving.cells]
            cells = self.column(leaving.column)
            gone = {
                cell for cell in cells.unique().to_list() if any(each.fullmatch(plain(cell or "")) for each in fits)
            }
            if gone:
                out = cells.is_in([each for each in gone if each is not None], nulls_equal=False).fill_null(
                    None in gone
                )
                rows = self.frame.filter(out)
                ids = rows[self.mapping.id].to_list() if self.mapping.id in rows.columns else [None] * rows.height
                found += [LeftOut(row, name, leaving.why) for row, name in zip(rows[ROW].to_list(), ids, strict=True)]
                self.frame = self.frame.filter(~out)
        return sorted(found, key=lambda each: each.row)

    def number(self) -> None:
        """The register's own ids; one that is missing or comes twice is a problem of its row."""
        import polars as pl

        if not self.mapping.id:
            self.made.append(pl.Series(ID, [None] * self.frame.height, pl.String))
            return
        ids = self.column(self.mapping.id).str.strip_chars().replace("", None).alias(ID)
        self.made.append(ids)
        rows = self.frame[ROW]
        for row in rows.filter(ids.is_null()).to_list():
            self.note(row, self.mapping.id, "LG0844", "the row has no id")
        filled = ids.is_not_null()
        before = self.coder._ids.came_before(ids.filter(filled).hash().to_numpy())
        again = pl.DataFrame([rows.filter(filled), ids.filter(filled)]).filter(before)
        for row, name in again.iter_rows():
            self.note(row, self.mapping.id, "LG0843", f"the id {quote(name)} came before")

    def say(self) -> list[Evidence]:
        """Codes for every fact, and the evidence of what is indicated."""

        evidence: list[Evidence] = []
        parts: dict[str, list[tuple[pl.Series, list[Meaning]]]] = {name: [] for name in self.coder.books}
        for sense in self.mapping.senses:
            parts[sense.fact].append(self.sensed(sense, evidence))
        texts, indicated = self.texts()
        for fact, said in texts.items():
            parts[fact].append(said)
        evidence += indicated
        unused: set[tuple[int, str]] = set()
        for fact, several in parts.items():
            self.made.append(self.codes(fact, several, unused))
        rows = sorted(evidence, key=lambda each: (each.row, each.column, each.start))
        return [replace(each, used=False) if (each.row, each.fact) in unused else each for each in rows]

    def sensed(self, sense: Sense, evidence: list[Evidence]) -> tuple[pl.Series, list[Meaning]]:
        """For each row the place of its meaning in a list."""
        import polars as pl

        cells = self.column(sense.column)
        distinct = cells.unique(maintain_order=True).to_list()
        said = [self.coder.cell(sense, cell) for cell in distinct]
        meanings = list(dict.fromkeys([NOTHING_SAID, *(each.meaning for each in said)]))
        at = {each: place for place, each in enumerate(meanings)}
        codes = _replaced(cells, distinct, [at[each.meaning] for each in said])
        telling = {cell: each for cell, each in zip(distinct, said, strict=True) if each.problem or _hints(each)}
        if telling:
            chosen = cells.is_in([cell for cell in telling if cell is not None]).fill_null(None in telling)
            for row, cell in zip(self.frame[ROW].filter(chosen), cells.filter(chosen), strict=True):
                each = telling[cell]
                if each.problem:
                    self.note(row, sense.column, *each.problem)
                if _hints(each):
                    words = (cell or "")[:200]
                    evidence.append(
                        Evidence(row, sense.fact, each.answers, sense.column, 0, len(cell or ""), words, "the column")
                    )
        return codes.cast(pl.UInt32), meanings

    def texts(self) -> tuple[dict[str, tuple[pl.Series, list[Meaning]]], list[Evidence]]:
        """What indicators find in columns of running text, by fact."""
        import polars as pl

        indicate = self.coder.indicate
        if indicate is None or not self.mapping.texts:
            return {}, []
        evidence: list[Evidence] = []
        hints: dict[str, dict[int, list[Meaning]]] = {}
        rows = self.frame[ROW].to_list()
        for texts in self.mapping.texts:
            for column in texts.columns:
                read: dict[str, tuple[Indication, ...]] = {}
                for place, cell in enumerate(self.column(column).to_list()):
                    if not cell:
                        continue
                    if len(cell) > LONGEST_TEXT:
                        self.note(rows[place], column, "LG0850", f"only the first {LONGEST_TEXT} letters were read")
                        cell = cell[:LONGEST_TEXT]
                    if cell not in read:
                        read[cell] = tuple(indicate(cell.replace(ITEMS, " "), texts.language))
                    for each in read[cell]:
                        if (texts.facts and each.fact not in texts.facts) or each.fact not in self.coder.books:
                            continue
                        said = indicated(self.coder.facts[each.fact], each)
                        hints.setdefault(each.fact, {}).setdefault(place, []).append(said)
                        evidence.append(
                            Evidence(
                                rows[place],
                                each.fact,
                                each.answers,
                                column,
                                each.start,
                                each.end,
                                each.words,
                                each.indicator,
                            )
                        )
        found: dict[str, tuple[pl.Series, list[Meaning]]] = {}
        for fact, by_row in hints.items():
            meanings: dict[Meaning, int] = {NOTHING_SAID: 0}
            codes = [0] * len(rows)
            for place, parts in by_row.items():
                codes[place] = meanings.setdefault(meet(parts), len(meanings))
            found[fact] = pl.Series(fact, codes, pl.UInt32), list(meanings)
        return found, evidence

    def codes(
        self, fact: str, parts: Sequence[tuple[pl.Series, list[Meaning]]], unused: set[tuple[int, str]]
    ) -> pl.Series:
        """One column of codes out of what several columns say, met once for each distinct combination."""
        import numpy as np
        import polars as pl

        book = self.coder.books[fact]
        if not parts:
            return pl.zeros(self.frame.height, dtype=pl.UInt16, eager=True).alias(fact)
        combined = pl.DataFrame([series.alias(str(i)) for i, (series, _) in enumerate(parts)])
        distinct = combined.unique(maintain_order=True)
        made: list[int] = []
        broken: list[int] = []
        overruled: list[int] = []
        for place, combination in enumerate(distinct.iter_rows()):
            said = [meanings[code] for code, (_, meanings) in zip(combination, parts, strict=True)]
            whole = meet(said)
            made.append(book.code(whole))
            if whole.contradicts:
                broken.append(place)
            if whole.basis != INDICATED and any(each.basis == INDICATED for each in said):
                overruled.append(place)
        kind = pl.UInt16 if len(book) <= 2**16 else pl.UInt32
        if len(parts) == 1 and not broken and not overruled:  # far quicker than a join
            table_of = np.zeros(len(parts[0][1]), dtype=np.uint16 if kind == pl.UInt16 else np.uint32)
            table_of[distinct["0"].to_numpy()] = made
            return pl.Series(fact, table_of[parts[0][0].to_numpy()])
        table = distinct.with_columns(pl.Series("(place)", range(len(made)), pl.UInt32), pl.Series(fact, made, kind))
        joined = combined.join(table, on=combined.columns, how="left", maintain_order="left")
        for row in self.frame[ROW].filter(joined["(place)"].is_in(broken)).to_list() if broken else ():
            self.note(row, "", "LG0852", f"the row contradicts itself about {quote(fact)}")
        if overruled:
            unused.update((row, fact) for row in self.frame[ROW].filter(joined["(place)"].is_in(overruled)).to_list())
        return joined[fact]

    def coded(self) -> pl.DataFrame:
        """The frame of codes, with the labels."""
        import polars as pl

        labels = [self.column(column).alias(LABEL + name) for name, column in self.mapping.labels.items()]
        return pl.DataFrame([self.frame[ROW], *self.made, *labels])


def _replaced(cells: pl.Series, distinct: Sequence[str | None], codes: Sequence[int]) -> pl.Series:
    """Each cell by its code."""
    import polars as pl

    table = pl.DataFrame({"cell": pl.Series(distinct, dtype=pl.String), "code": pl.Series(codes, dtype=pl.UInt32)})
    frame = pl.DataFrame({"cell": cells})
    return frame.join(table, on="cell", how="left", nulls_equal=True, maintain_order="left")["code"]


def indicated(fact: Fact, found: Indication) -> Meaning:
    """What an indication says: all the answers named where a fact can have several, one of them where it has one."""
    indices = [fact.index(name) for name in found.answers]
    if fact.several:
        return meaning({Question(fact.name, i): frozenset({1}) for i in indices}, INDICATED)
    return meaning({Question(fact.name): frozenset(indices)}, INDICATED)


def _answers(fact: Fact, said: Meaning) -> tuple[str, ...]:
    """The answers that a meaning names."""
    if fact.several:
        return tuple(fact.answers[q.member].name for q, a in said.open if q.member is not None and a == {1})
    left = next((answers for _, answers in said.open), frozenset[int]())
    return tuple(fact.answers[i].name for i in sorted(left))


def _hints(said: _Said) -> bool:
    return said.meaning.basis == INDICATED
