"""Rows ruled on column by column, for registers in which patterns hardly repeat; exact like `Patterns`.

Three-valued logic says of every row which rulings it may get (`rails`). *Guesses* say which it does get: rows are
completed by the answers of some complete cases of the law and read as they then stand, and a completion that is
possible shows that its ruling is. Where both agree the rulings are known.

Of the others the rulings alone are read off diagrams (`regions`), where the law fits into them, or learned from a
solver for many rows at once (`learning`). With reasons asked for, a row whose norms are all settled by three-valued
logic gets them from one row like it. Whatever is left, and whatever leans on an indication or contradicts itself, goes
through its pattern.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import compress

import numpy as np
import numpy.typing as npt

from lagrum.model.rulings import SETTLED
from lagrum.screening.bits import Codes, Packed, packed, rows_of
from lagrum.screening.learning import Learned
from lagrum.screening.patterns import Outcome, Patterns
from lagrum.screening.plans import Plan, Planner, Present
from lagrum.screening.regions import Regions

Truths = npt.NDArray[np.bool_]
Places = npt.NDArray[np.int64]

FEW = 256
"""Rows that go through their patterns at once: less is quicker than laying the law out for many."""

MOSTLY = 0.5
"""Where three-valued logic leaves a larger share of the rows open, the next rows are not put to it."""

MANY = 4_000_000
"""Rows read off diagrams before a better order for these is looked for."""

AT_ONCE = 1 << 19
"""Rows that are learned about together."""


class Columns:
    """Rows of codes under one law. Answers are kept in `outcomes`, and rows get places in it.

    Rows are counted by how they were settled: `read_off` diagrams, `learned`, or `through_patterns`; the others by
    three-valued logic.
    """

    def __init__(self, patterns: Patterns) -> None:
        self.patterns, self.bench = patterns, patterns.bench
        self.planner = Planner(patterns)
        self.outcomes: list[Outcome] = []
        self.through_patterns = self.read_off = self.learned = 0
        self._places: dict[Outcome, int] = {}
        self._regions: dict[date, Regions | None] = {}
        self._better: set[date] = set()
        self._learned: dict[date, Learned] = {}
        self._mostly_open: set[date] = set()

    def place(self, outcome: Outcome) -> int:
        found = self._places.get(outcome)
        if found is None:
            found = self._places[outcome] = len(self.outcomes)
            self.outcomes.append(outcome)
        return found

    def forget(self, most: int) -> None:
        """Let go of what was kept where it is more than so much; places of rows ruled on before lose their meaning."""
        if len(self.outcomes) > most:
            self.outcomes, self._places = [], {}
        if self.patterns.known > most:
            self.patterns.forget()

    # --- by distinct patterns --------------------------------------------------------------------------------

    def by_pattern(self, columns: Mapping[str, Codes], rows: int, on: date) -> Places:
        """The places of the rows' outcomes, each distinct pattern ruled on once."""
        inverse, first = distinct([columns[fact] for fact in self.patterns.facts], rows)
        taken = [columns[fact][first].tolist() for fact in self.patterns.facts]
        patterns = zip(*taken, strict=True) if taken else iter([()] * len(first))
        places = [self.place(self.patterns.outcome(tuple(pattern), on)) for pattern in patterns]
        return np.array(places, dtype=np.int64)[inverse]

    # --- column by column ------------------------------------------------------------------------------------

    def by_column(self, columns: Mapping[str, Codes], rows: int, on: date) -> Places:
        """The same, by columns where that settles them."""
        if not rows:
            return np.empty(0, dtype=np.int64)
        # More codes than occur do no harm; that nothing is unknown (code 0) is what matters.
        spans = ((columns[fact].min(), columns[fact].max()) for fact in self.patterns.facts)
        present = tuple(tuple(range(int(least), int(most) + 1)) for least, most in spans)
        if self.patterns.detail:
            return self._with_reasons(columns, rows, on, self.planner.plan(on, present))
        regions = self._regions.get(on) if on in self._mostly_open else None
        if regions is None:
            return self._by_logic(columns, rows, on, present)
        return self._by_regions(columns, rows, on, present, regions)

    def _by_logic(self, columns: Mapping[str, Codes], rows: int, on: date, present: Present) -> Places:
        """The rulings alone, three-valued logic first."""
        plan = self.planner.plan(on, present)
        found = plan.program.run(columns, rows)
        may, seen, plain = [found[i] for i in plan.may], [found[i] for i in plan.seen], found[plan.plain]
        can_be, settled = found[plan.can_be], plan.settled(found)
        rulings = [each & can_be for each in may]
        left = np.flatnonzero(rows_of(plain & can_be & ~settled, rows))
        odd = ~rows_of(plain, rows)
        if len(left) <= FEW:
            odd[left] = True
        else:
            if len(left) > MOSTLY * rows:
                self._mostly_open.add(on)
            fewer = {fact: codes[left] for fact, codes in columns.items()}
            known = [packed(rows_of(each, rows)[left]) for each in (*rulings, *seen)]
            exact = self._exactly(fewer, len(left), on, present, known)
            for whole, part in zip(rulings, exact, strict=True):
                truths = rows_of(whole, rows)
                truths[left] = part
                whole[:] = packed(truths).view(np.uint8)
        return self._of_rulings(rulings, odd, columns, rows, on)

    def _by_regions(
        self, columns: Mapping[str, Codes], rows: int, on: date, present: Present, regions: Regions
    ) -> Places:
        """The rulings alone, of all rows from diagrams."""
        *rulings, plain = self.planner.over_regions(on, present, self._improved(regions, on, rows)).run(columns, rows)
        return self._of_rulings(rulings, ~rows_of(plain, rows), columns, rows, on)

    def _of_rulings(
        self, rulings: Sequence[Packed], odd: Truths, columns: Mapping[str, Codes], rows: int, on: date
    ) -> Places:
        """The places of rows whose rulings are known; `odd` ones go through their patterns."""
        which = np.zeros(rows, dtype=np.uint8)
        for bit, truths in enumerate(rulings):
            which |= np.unpackbits(truths, count=rows, bitorder="little") << np.uint8(bit)
        sets = [tuple(compress(SETTLED, (i >> bit & 1 for bit in range(5)))) for i in range(1 << len(SETTLED))]
        places = np.array([self.place(Outcome(each)) for each in sets], dtype=np.int64)[which]
        if odd.any():
            self._put(places, np.flatnonzero(odd), columns, on)
        return places

    def _exactly(
        self,
        columns: Mapping[str, Codes],
        rows: int,
        on: date,
        present: Present,
        known: Sequence[npt.NDArray[np.uint64]],
    ) -> list[Truths]:
        """The rulings of rows that three-valued logic leaves open; `known` are those that may be, then those that are
        shown to be."""
        if on not in self._regions:
            self._regions[on] = Regions.of(self.bench, on, self.patterns.given, self.patterns.facts)
        regions = self._regions[on]
        if regions is not None:
            *found, _ = self.planner.over_regions(on, present, self._improved(regions, on, rows)).run(columns, rows)
            return [rows_of(each, rows) for each in found]
        if on not in self._learned:
            self._learned[on] = Learned(self.bench, on, self.patterns.given)
        self.learned += rows
        exact = [np.empty(rows, dtype=np.bool_) for _ in SETTLED]
        for start in range(0, rows, AT_ONCE):
            stop = min(rows, start + AT_ONCE)
            part = {fact: codes[start:stop] for fact, codes in columns.items()}
            allowed = self.planner.allowed(on, present, part, stop - start)
            here = [each[start // 64 : (stop + 63) // 64] for each in known]
            settled = self._learned[on].settle(allowed, here[: len(SETTLED)], here[len(SETTLED) :], stop - start)
            for whole, words in zip(exact, settled, strict=True):
                whole[start:stop] = rows_of(words.view(np.uint8), stop - start)
        return exact

    def _improved(self, regions: Regions, on: date, rows: int) -> Regions:
        """The diagrams, in a better order once they have been used much."""
        self.read_off += rows
        if self.read_off > MANY and on not in self._better:
            self._better.add(on)
            regions = self._regions[on] = regions.smaller()
            self.planner.forget()
        return regions

    def _with_reasons(self, columns: Mapping[str, Codes], rows: int, on: date, plan: Plan) -> Places:
        found = plan.program.run(columns, rows)
        done = rows_of(plan.explained(found), rows)
        telling = [found[i] for i in (*plan.may, *plan.telling)]
        places = np.empty(rows, dtype=np.int64)
        at = np.flatnonzero(done)
        places[at] = self._told([rows_of(each, rows)[at] for each in telling], columns, at, on)
        self._put(places, np.flatnonzero(~done), columns, on)
        return places

    def _put(self, places: Places, left: Places, columns: Mapping[str, Codes], on: date) -> None:
        """Rule on the rows that are left through their patterns."""
        self.through_patterns += len(left)
        if len(left):
            places[left] = self.by_pattern({fact: codes[left] for fact, codes in columns.items()}, len(left), on)

    def _told(self, telling: Sequence[Truths], columns: Mapping[str, Codes], at: Places, on: date) -> Places:
        """The outcomes of rows whose reasons are settled: one for all rows of which the same is true."""
        if not len(at):
            return np.empty(0, dtype=np.int64)
        words: list[npt.NDArray[np.uint16]] = []
        for i in range(0, len(telling), 16):
            word = np.zeros(len(at), dtype=np.uint16)
            for bit, truths in enumerate(telling[i : i + 16]):
                word |= truths.astype(np.uint16) << np.uint16(bit)
            words.append(word)
        inverse, first = distinct(words, len(at))
        facts = self.patterns.facts
        whole = [tuple(int(columns[fact][row]) for fact in facts) for row in at[first]]
        places = [self.place(self.patterns.outcome(pattern, on)) for pattern in whole]
        return np.array(places, dtype=np.int64)[inverse]


def distinct(columns: Sequence[npt.NDArray[np.uint16]], rows: int) -> tuple[Places, Places]:
    """For each row which of the distinct rows it is, in the order of their first places; and those places."""
    which = np.zeros(rows, dtype=np.int64)
    number = 1 if rows else 0
    for column in columns:
        width = int(column.max()) + 1 if rows else 1
        if width == 1:
            continue
        key = which * width + column
        if number * width <= 4 * rows + 1024:
            used = np.zeros(number * width, dtype=np.bool_)
            used[key] = True
            which, number = (np.cumsum(used) - 1)[key], int(used.sum())
        else:
            values, which = np.unique(key, return_inverse=True)
            number = len(values)
    first = np.empty(number, dtype=np.int64)
    first[which[::-1]] = np.arange(rows - 1, -1, -1, dtype=np.int64)  # of several the last written stays
    order = np.argsort(first)
    rank = np.empty(number, dtype=np.int64)
    rank[order] = np.arange(number)
    return rank[which], first[order]
