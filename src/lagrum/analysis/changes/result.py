"""What a law's changes over time are told as: frozen, day by day, and the same in print, JSON and Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from lagrum.model.rulings import Ruling
from lagrum.semantics.estimate import Share


@dataclass(frozen=True, slots=True)
class Moved:
    """A norm that `begins` or `ends` on a day; `partly` where it does so for some cases only."""

    instrument: str
    citation: str
    label: str
    kind: str
    does: str
    partly: bool


@dataclass(frozen=True, slots=True)
class Turn:
    """The cases that get one ruling until the day and another from it on, and the nearest to the ordinary of them.

    `count` is None where counting is out of reach; `share` of a sample of all possible cases is then given. `facts` are
    the answers on which the case turns, `besides` those of them that are as usual; `by` the norms that decide on the
    graver of the two days.
    """

    before: Ruling
    after: Ruling
    count: int | None
    share: Share | None
    facts: tuple[str, ...]
    besides: tuple[str, ...]
    by: tuple[str, ...]
    case: Mapping[str, str | tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class DayOfChange:
    """A day on which norms begin or end. `method` is `estimate` where the cases of the turns could not be counted: the
    turns are all there are, their shares those of a sample."""

    day: date
    moved: tuple[Moved, ...]
    turns: tuple[Turn, ...]
    possible: int | None
    method: str


@dataclass(frozen=True)
class Changes:
    """The days after `since`, up to `until`, on which a law changes."""

    law: str
    since: date
    until: date
    days: tuple[DayOfChange, ...]
    envelope: Mapping[str, Any] = field(default_factory=dict)

    @property
    def method(self) -> str:
        return "exact" if all(day.method == "exact" for day in self.days) else "estimate"

    def __iter__(self) -> Iterator[DayOfChange]:
        return iter(self.days)

    def __len__(self) -> int:
        return len(self.days)

    def __repr__(self) -> str:
        return f"Changes({self.law} from {self.since} to {self.until}: {len(self.days)} days)"

    def __str__(self) -> str:
        from lagrum.analysis.changes.words import as_text

        return as_text(self)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `lagrum changes --format json`, described by `schemas/changes.json`."""
        from lagrum.analysis.changes.words import as_dict

        return as_dict(self)
