"""Rows of a register in codes: the one interface between reading a register and ruling on it.

What a cell can say of a fact is a `Meaning`; the meanings of a fact stand in its *book*, and a row carries for each
fact the number of a meaning in that book, its *code*. Code 0 always says nothing. A row's codes are its *pattern*: rows
with one pattern get one ruling. Batches of one run share the books, which only grow.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, overload

from lagrum.model.cases import Box
from lagrum.model.facts import Question

if TYPE_CHECKING:
    import polars as pl

Open = tuple[tuple[Question, frozenset[int]], ...]
"""The answers still open to each question named; an empty set of answers is a contradiction."""

ROW = "(row)"
ID = "(id)"
LABEL = "(label) "
"""Names of columns beside the facts; no fact can have a name with brackets."""

STATED, JUDGED, ASSUMED, INDICATED = "stated", "judged", "assumed", "indicated"
FIRMNESS = (STATED, JUDGED, ASSUMED, INDICATED)
"""The bases, firmest first. What rests on several is as firm as the weakest of them."""


@dataclass(frozen=True, slots=True)
class Meaning:
    """One thing that a row can say of a fact. `open` is what it leaves open, in order of the questions; empty where it
    says nothing. `firm` is what is left of that without indications: the same where the basis is another."""

    open: Open
    basis: str = STATED
    firm: Open = ()

    @property
    def contradicts(self) -> bool:
        """Whether the row contradicts itself here: no answer is left."""
        return any(not answers for _, answers in self.open)


NOTHING_SAID = Meaning(())


def meaning(opened: Box | Open, basis: str = STATED) -> Meaning:
    """A meaning on one basis."""
    items = tuple(sorted(opened.items() if isinstance(opened, Mapping) else opened))
    return Meaning(items, basis, () if basis == INDICATED else items)


def meet(parts: Iterable[Meaning]) -> Meaning:
    """What several cells of a row say of a fact together. Where indications cannot be true beside what is firm, or
    beside each other, they say nothing of that question: an indication never overturns a statement."""
    said = [part for part in parts if part.open]
    firm: dict[Question, frozenset[int]] = {}
    hints: dict[Question, frozenset[int]] = {}
    for part in said:
        for question, answers in part.firm:
            firm[question] = firm.get(question, answers) & answers
        for question, answers in part.open if part.basis == INDICATED else ():
            hints[question] = hints.get(question, answers) & answers
    opened = dict(firm)
    for question, answers in hints.items():
        if both := opened.get(question, answers) & answers:
            opened[question] = both
    if opened == firm:
        said = [part for part in said if part.basis != INDICATED]
    if not opened:
        return NOTHING_SAID
    basis = max((part.basis for part in said), key=FIRMNESS.index)
    return Meaning(tuple(sorted(opened.items())), basis, tuple(sorted(firm.items())))


class Book(Sequence[Meaning]):
    """The meanings of one fact by code. It only grows; code 0 says nothing."""

    def __init__(self, meanings: Iterable[Meaning] = ()) -> None:
        self._meanings = [NOTHING_SAID]
        self._codes = {NOTHING_SAID: 0}
        for each in meanings:
            self.code(each)

    def code(self, said: Meaning) -> int:
        """The code of a meaning, entered where it is new."""
        found = self._codes.get(said)
        if found is None:
            found = self._codes[said] = len(self._meanings)
            self._meanings.append(said)
        return found

    @overload
    def __getitem__(self, code: int) -> Meaning: ...

    @overload
    def __getitem__(self, code: slice) -> Sequence[Meaning]: ...

    def __getitem__(self, code: int | slice) -> Meaning | Sequence[Meaning]:
        return self._meanings[code]

    def __len__(self) -> int:
        return len(self._meanings)

    def __iter__(self) -> Iterator[Meaning]:
        return iter(self._meanings)


Books = Mapping[str, Book]
"""For each fact that a register speaks of, its book."""


@dataclass(frozen=True, slots=True)
class Indication:
    """What words of a text suggest of one fact. A fact with several answers has each of `answers`; one with a single
    answer has one of them. `indicator` names the rule that found the words, which stand in `text[start:end]`."""

    fact: str
    answers: tuple[str, ...]
    start: int
    end: int
    words: str
    indicator: str


Indicate = Callable[[str, str], Sequence[Indication]]
"""`indicate(text, language)`: how text columns are read. Languages are `en`, `nl`, ..."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """The words in a text column that indicate answers to a fact. `start` and `end` count letters of the cell;
    `indicator` names the rule that found them. `used` is false where a statement says otherwise."""

    row: int
    fact: str
    answers: tuple[str, ...]
    column: str
    start: int
    end: int
    words: str
    indicator: str = ""
    used: bool = True


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Something wrong with a row, which is kept all the same. `column` is empty where it is the whole row."""

    row: int
    column: str
    code: str
    message: str


@dataclass(frozen=True, slots=True)
class LeftOut:
    """A row that the mapping leaves out, with its own id and the reason. It gets no ruling and is counted apart."""

    row: int
    id: str | None
    why: str


@dataclass(frozen=True)
class Coded:
    """A batch of rows in codes.

    `frame` has the columns `ROW` (1-based place in the register, u64), `ID` (the register's own id, text, null where it
    has none), one of u16 codes for each fact in `books`, by the fact's name, and text columns `LABEL + name` for what
    results are counted by. `evidence` and `problems` speak of rows of this batch (row 0 is the heading). Rows of the
    register that are not in the frame are in `left_out`.
    """

    frame: pl.DataFrame
    books: Books
    evidence: tuple[Evidence, ...] = ()
    problems: tuple[RowProblem, ...] = ()
    labels: tuple[str, ...] = ()
    left_out: tuple[LeftOut, ...] = ()

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that rows have codes for: the columns of a pattern, in order."""
        return tuple(self.books)


def box_of(pattern: Sequence[int], facts: Sequence[str], books: Books) -> tuple[Box, tuple[str, ...]]:
    """The complete cases that a pattern stands for, and the facts on which it contradicts itself (then the box is
    without them)."""
    box: dict[Question, frozenset[int]] = {}
    broken: list[str] = []
    for fact, code in zip(facts, pattern, strict=True):
        said = books[fact][code]
        if said.contradicts:
            broken.append(fact)
        else:
            box.update(said.open)
    return box, tuple(broken)
