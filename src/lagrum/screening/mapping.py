"""What the columns of a register say: the model of a mapping file, and how a cell is looked up in it."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping as Table
from dataclasses import dataclass, field
from functools import cached_property

from lagrum.model.cases import Given
from lagrum.model.places import Place
from lagrum.screening.coded import STATED, Meaning

ANSWERS, DATES = "answers", "dates"
_DASHES = str.maketrans({dash: "-" for dash in "\u2010\u2011\u2012\u2013\u2014\u2212"})


def plain(cell: str) -> str:
    """A cell as value tables compare it: without case, with single blanks, one kind of dash, letters in one form.

    >>> plain("  Pre\u2013Deployment\\n")
    'pre-deployment'
    """
    return " ".join(unicodedata.normalize("NFKC", cell).translate(_DASHES).casefold().split())


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of a value table: a cell, `*` standing for any letters, what it says, and that in words."""

    cell: str
    meaning: Meaning
    words: str
    place: Place | None = None

    @property
    def open_ended(self) -> bool:
        return "*" in self.cell


@dataclass(frozen=True)
class Sense:
    """What one column says of one fact.

    `values` is the table; `read` instead reads cells as answers in the vocabulary's words, or as dates written as
    `dates` says. `other` is what a filled cell says that neither knows; None makes it a problem of the row. `empty` is
    what an empty cell says. `split` cuts a cell into several, each read by itself.
    """

    column: str
    fact: str
    values: tuple[Entry, ...] = ()
    read: str = ""
    dates: tuple[str, ...] = ()
    other: Entry | None = None
    empty: Entry | None = None
    split: str = ""
    basis: str = STATED
    note: str = ""
    place: Place | None = None

    @cached_property
    def _whole(self) -> Table[str, Entry]:
        return {plain(entry.cell): entry for entry in self.values if not entry.open_ended}

    @cached_property
    def _patterns(self) -> tuple[tuple[re.Pattern[str], Entry], ...]:
        return tuple((pattern(entry.cell), entry) for entry in self.values if entry.open_ended)

    def entry(self, cell: str) -> Entry | None:
        """The line of the table for a filled cell: the one that names it whole, else the first that fits."""
        asked = plain(cell)
        found = self._whole.get(asked)
        return found or next((entry for each, entry in self._patterns if each.fullmatch(asked)), self.other)


def pattern(cell: str) -> re.Pattern[str]:
    """A cell with `*` as a regular expression over plain cells."""
    return re.compile(".*".join(map(re.escape, plain(cell).split("*"))))


@dataclass(frozen=True, slots=True)
class Leaving:
    """Rows that are left out: those whose cell in a column fits one of `cells`, and why."""

    column: str
    cells: tuple[str, ...]
    why: str
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Texts:
    """Columns of running text that are read by indicators; `facts` narrows what they may speak of."""

    columns: tuple[str, ...]
    language: str
    facts: tuple[str, ...] = ()
    place: Place | None = None


@dataclass(frozen=True)
class Mapping:
    """How a register is read: where its rows, ids and labels are, and what its columns say of facts.

    `known by` are columns that a file of this register has. `given` holds for every row, as an assumption.
    """

    name: str
    source: str = ""
    review: str = ""
    note: str = ""
    known_by: tuple[str, ...] = ()
    records: str = ""
    sheet: str = ""
    encoding: str = ""
    id: str = ""
    labels: Table[str, str] = field(default_factory=dict)
    leave_out: tuple[Leaving, ...] = ()
    given: tuple[Given, ...] = ()
    senses: tuple[Sense, ...] = ()
    texts: tuple[Texts, ...] = ()
    file: str = ""

    @property
    def facts(self) -> tuple[str, ...]:
        """The facts that columns speak of, without those that indicators may add."""
        return tuple(dict.fromkeys(sense.fact for sense in self.senses))

    @property
    def columns(self) -> tuple[str, ...]:
        """Every column that the mapping reads."""
        named = [self.id, *self.labels.values(), *(each.column for each in self.leave_out)]
        named += [each.column for each in self.senses]
        named += [column for each in self.texts for column in each.columns]
        return tuple(dict.fromkeys(name for name in named if name))
