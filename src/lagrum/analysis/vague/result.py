"""What an answer about vagueness returns: frozen, in a stable order, and the same in print, JSON and Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lagrum.model.rulings import Ruling


@dataclass(frozen=True, slots=True)
class Measure:
    """A share of the cases counted. `cases` is how many these are, None where the share is that of a sample; then it
    lies between `low` and `high` in 95 of 100 samples."""

    share: float
    low: float
    high: float
    cases: int | None

    @property
    def method(self) -> str:
        return "exact" if self.cases is not None else "estimate"


@dataclass(frozen=True, slots=True)
class Turned:
    """A norm that does something else when the judgement is switched: what it does before, and after."""

    instrument: str
    citation: str
    label: str
    before: str
    after: str


@dataclass(frozen=True, slots=True)
class Witness:
    """A whole case whose ruling one judgement switches: of all such cases one of the nearest to what is usual.

    `facts` says what is not as usual in it, and what the system does; `before` and `after` are the two answers.
    """

    case: Mapping[str, str | tuple[str, ...]]
    facts: tuple[str, ...]
    before: tuple[str, ...]
    after: tuple[str, ...]
    ruling_before: Ruling
    ruling_after: Ruling
    turned: tuple[Turned, ...]


@dataclass(frozen=True, slots=True)
class Judged:
    """A judgement fact. `alone`: the share of cases whose ruling another answer to it changes, all else as it is;
    `company`: of those that become such a case, which still counts, by other answers to the judgements. No `witness`:
    it never switches a ruling."""

    fact: str
    question: str
    asked_at: tuple[str, ...]
    decided_by: str
    vouched_by: str
    alone: Measure
    company: Measure
    witness: Witness | None


@dataclass(frozen=True)
class Vague:
    """How much of a law hangs on judgements. `cases` is how many cases the law governs, None where nobody could count.

    `anything`: the share of these whose ruling can be another, however all judgements are answered; `inside`: the same
    where only rulings other than `outside` count. `judged` has the most telling judgements first.
    """

    law: str
    against: str
    on: str
    cases: int | None
    anything: Measure
    inside: Measure
    judged: tuple[Judged, ...]
    envelope: Mapping[str, Any] = field(default_factory=dict)

    @property
    def method(self) -> str:
        """`estimate` where any share is one."""
        shares = [self.anything, self.inside, *(m for each in self.judged for m in (each.alone, each.company))]
        return "exact" if all(measure.method == "exact" for measure in shares) else "estimate"

    def __iter__(self) -> Iterator[Judged]:
        return iter(self.judged)

    def __repr__(self) -> str:
        switching = sum(each.witness is not None for each in self.judged)
        return f"Vague({self.law}: {switching} of {len(self.judged)} judgements switch a ruling)"

    def __str__(self) -> str:
        from lagrum.analysis.vague.words import as_text

        return as_text(self)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `lagrum vague --format json`, described by `schemas/vague.json`."""
        from lagrum.analysis.vague.words import as_dict

        return as_dict(self)
