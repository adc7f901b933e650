"""What a spread returns: frozen, in a stable order, and the same in print, JSON and Python."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any


class State(StrEnum):
    """What a law does about a family of loopholes. `depends`: a disputed reading of that law decides."""

    OPEN = "open"
    NARROWED = "narrowed"
    CLOSED = "closed"
    NOT_ITS_SUBJECT = "not its subject"
    DEPENDS = "depends"


class Alike(StrEnum):
    """Where the words that open the family stand, too: `words`, the same opener with the same conditions; `effect`, it
    is open there by other words."""

    WORDS = "words"
    EFFECT = "effect"
    ABSENT = "absent"


class Standing(StrEnum):
    """Whether a law is in force on the day asked about; it is taken as if it were."""

    IN_FORCE = "in force"
    BILL = "bill"
    NOT_YET = "not yet in force"
    ENDED = "ended"


class Certainty(StrEnum):
    """What an encoding rests on, by its own `review` line: a text; a digest of it; or words that mark doubt."""

    TEXT = "text"
    DIGEST = "digest"
    UNCERTAIN = "uncertain"


@dataclass(frozen=True, slots=True)
class Column:
    """A law, and how it is taken. `on` is the day on which it is read, `moves` when it begins or ended where it is not
    in force on the day asked about; `group` is the folder of law that it stands in."""

    law: str
    title: str
    jurisdiction: str
    group: str
    kind: str
    on: str
    standing: Standing
    moves: str
    certainty: Certainty
    review: str

    @property
    def mark(self) -> str:
        """The id, with `~` where the encoding is not certain."""
        return self.law if self.certainty is Certainty.TEXT else f"{self.law}~"

    @property
    def label(self) -> str:
        """The id with its marks, and what stands in the way of its being law on the day."""
        match self.standing:
            case Standing.IN_FORCE:
                return self.mark
            case Standing.BILL:
                return f"{self.mark} (bill)"
            case Standing.NOT_YET:
                return f"{self.mark} (not before {self.moves})"
            case Standing.ENDED:
                return f"{self.mark} (ended {self.moves})"


@dataclass(frozen=True, slots=True)
class Cell:
    """What one law does about one family.

    `as_read` is the state as the law is read here, `states` those it can have in some reading, and `readings` the
    disputed readings that decide between them. `reached` is false where no case of the family lies in the law's scope.
    `by` cites the prohibitions that close or narrow it, or that are about the practice and leave it open.
    """

    law: str
    state: State
    as_read: State
    states: tuple[State, ...]
    readings: tuple[str, ...]
    reached: bool
    alike: Alike
    by: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Row:
    """A family of the reference law, by its number and id in `lagrum loopholes`, with a cell for each law."""

    number: int
    id: str
    title: str
    kind: str
    practices: tuple[tuple[str, ...], ...]
    cells: tuple[Cell, ...]

    def count(self, state: State) -> int:
        """In how many laws the family has that state."""
        return Counter(cell.state for cell in self.cells)[state]


@dataclass(frozen=True, slots=True)
class Apart:
    """A family about where or when the reference law applies, which says nothing of others."""

    number: int
    id: str
    title: str
    kind: str


@dataclass(frozen=True, slots=True)
class Lineage:
    """`law` took its shape from `model`, as `source` has it."""

    law: str
    model: str
    source: str


@dataclass(frozen=True)
class Spread:
    """The families of one law's loopholes by law. `of_on` is the day on which these families are those of `of`;
    `complete` whether they were checked to be all; `left_out` names laws without a column, each with the reason."""

    of: str
    against: str
    on: str
    of_on: str
    complete: bool
    columns: tuple[Column, ...]
    rows: tuple[Row, ...]
    apart: tuple[Apart, ...]
    lineage: tuple[Lineage, ...]
    left_out: tuple[tuple[str, str], ...] = ()
    envelope: Mapping[str, Any] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Row]:
        return iter(self.rows)

    def __len__(self) -> int:
        return len(self.rows)

    def cell(self, number: int, law: str) -> Cell:
        """The cell of a family, by its number, and a law; raises `KeyError`."""
        for row in self.rows:
            for cell in row.cells:
                if row.number == number and cell.law == law:
                    return cell
        raise KeyError(number, law)

    def __repr__(self) -> str:
        return f"Spread({len(self.rows)} families of {self.of} in {len(self.columns)} laws, against {self.against})"

    def __str__(self) -> str:
        from lagrum.analysis.spread.words import as_text

        return as_text(self)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `lagrum spread --format json`, described by `schemas/spread.json`."""
        from lagrum.analysis.spread.words import as_dict

        return as_dict(self)
