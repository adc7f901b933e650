"""What a comparison of two laws returns: frozen, in a stable order, and the same in print, JSON and Python."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lagrum.model.rulings import Ruling
from lagrum.semantics.estimate import Share

__all__ = ["Comparison", "Counts", "Deciding", "Relation", "Share", "Witness"]


class Relation(StrEnum):
    """How the first law stands to the second. `undetermined` only where an estimate cannot tell."""

    EQUIVALENT = "equivalent"
    STRICTER = "stricter"
    LOOSER = "looser"
    INCOMPARABLE = "incomparable"
    UNDETERMINED = "undetermined"


@dataclass(frozen=True, slots=True)
class Counts:
    """How many possible cases are caught by one law only, by both, by neither, and how many were not compared because
    one of the laws does not reach them."""

    only_a: int
    only_b: int
    both: int
    neither: int
    outside: int


@dataclass(frozen=True, slots=True)
class Deciding:
    """A norm that decides a case under one of the laws, and what it does: `forbids`, `classifies`, `requires`,
    `applies`, `is lifted`, `lifts`, `takes out`, `is met`, `does not reach` or `is not in force`; `of` names the norms
    it acts on."""

    instrument: str
    citation: str
    label: str
    does: str
    of: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Witness:
    """A whole case that one law catches and the other does not: the nearest to the ordinary case of its kind.

    `facts` are the answers on which it turns, `besides` those of them that are as usual. `unless` are the fewest
    changes with which the other law would catch it too, empty where none within the same practice does. `practices`
    are all those of which the same norms decide the same way, that of this case first.
    """

    case: Mapping[str, str | tuple[str, ...]]
    practices: tuple[tuple[str, ...], ...]
    facts: tuple[str, ...]
    besides: tuple[str, ...]
    unless: tuple[str, ...]
    ruling_a: Ruling
    ruling_b: Ruling
    by_a: tuple[Deciding, ...]
    by_b: tuple[Deciding, ...]


@dataclass(frozen=True)
class Comparison:
    """How one law stands to another: `relation` is that of `a` to `b`.

    `counts` is None and `shares` says what a sample shows where counting needs more diagram nodes than the budget;
    `method` is then `estimate`. `proved` says whether the relation and the witnesses are exact all the same.
    """

    a: str
    b: str
    on_a: str
    on_b: str
    by: str
    as_is: bool
    relation: Relation
    counts: Counts | None
    shares: Mapping[str, Share]
    witnesses_a: tuple[Witness, ...]
    witnesses_b: tuple[Witness, ...]
    proved: bool
    envelope: Mapping[str, Any] = field(default_factory=dict)

    @property
    def method(self) -> str:
        return "exact" if self.counts is not None else "estimate"

    def __repr__(self) -> str:
        return f"Comparison({self.a} is {self.relation}: {self.b}, by {self.by})"

    def __str__(self) -> str:
        from lagrum.analysis.compare.words import as_text

        return as_text(self)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `lagrum compare --format json`, described by `schemas/compare.json`."""
        from lagrum.analysis.compare.words import as_dict

        return as_dict(self)
