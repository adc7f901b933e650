"""Facts: the questions a vocabulary asks about a use of AI, and the questions a diagram branches on."""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum
from functools import cached_property

from lagrum.model.places import Place


class FactKind(StrEnum):
    YES_NO = "yes/no"
    ONE_OF = "one of"
    SOME_OF = "some of"
    NUMBER = "number"
    DATE = "date"


class Party(StrEnum):
    """Who decides, vouches for or controls a fact."""

    OPERATOR = "operator"
    COURT = "court"
    AUTHORITY = "authority"
    LEGISLATOR = "legislator"
    ANYONE = "anyone"
    NOBODY = "nobody"


@dataclass(frozen=True, slots=True)
class Answer:
    """One answer to a fact's question. `text` explains it in a sentence; empty where the name says it all."""

    name: str
    text: str = ""


@dataclass(frozen=True, slots=True, order=True)
class Cut:
    """A border in a number's or date's range. `at least 4` cuts below 4, `more than 4` above it."""

    value: Decimal  # days since 0001-01-01 (`date.toordinal`) for a date
    above: bool = False  # False: the value itself lies above the border; True: below it


@dataclass(frozen=True)
class Fact:
    """A question about a use of AI with a finite set of answers.

    `answers` are in declared order. Yes/no facts have (`no`, `yes`). Number and date facts have one answer for each
    stretch between two neighbouring `cuts`, from the lowest up: n cuts give n + 1 answers.
    `usual` holds answer indices: exactly one, or, for a `some of` fact, any number; None where nothing was declared.
    """

    name: str
    question: str
    kind: FactKind
    answers: tuple[Answer, ...]
    vocabulary: str
    unit: str = ""
    cuts: tuple[Cut, ...] = ()
    usual: frozenset[int] | None = None
    help: str = ""
    defined_in: str = ""
    judgement: bool = False
    decided_by: Party | None = None
    vouched_by: Party | None = None
    controlled_by: Party | None = None
    practice: bool = False
    place: Place | None = None

    @cached_property
    def _index(self) -> dict[str, int]:
        return {answer.name: i for i, answer in enumerate(self.answers)}

    def index(self, answer: str) -> int:
        """Position of the answer with that name; raises `KeyError`."""
        return self._index[answer]

    @property
    def several(self) -> bool:
        """Whether a use can have several of the answers at once."""
        return self.kind is FactKind.SOME_OF


@dataclass(frozen=True, slots=True, order=True)
class Question:
    """What a diagram branches on: a fact with one answer, or one member of a fact with several.

    The answers to the question are 0 … size-1: the fact's own answers, or, for a member, 0 (lacks it) and 1 (has it).
    """

    fact: str
    member: int | None = None


def questions_of(fact: Fact) -> tuple[Question, ...]:
    """The questions that together settle a fact."""
    if fact.several:
        return tuple(Question(fact.name, i) for i in range(len(fact.answers)))
    return (Question(fact.name),)


def size_of(fact: Fact) -> int:
    """How many answers each question of the fact has."""
    return 2 if fact.several else len(fact.answers)
