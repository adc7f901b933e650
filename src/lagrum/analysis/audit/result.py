"""What an audit returns: findings, frozen and in a stable order, the same in print, JSON and Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

from lagrum.model.rulings import Ruling

KINDS: Mapping[str, str] = {
    "swallowed": "its exceptions or exclusions lift the rule whenever it would apply",
    "never-applies": "the rule applies in no possible case on any day",
    "never-reached": "the exception, exclusion, or one way to it, never lifts anything",
    "unmeetable": "nobody can fulfil the duty",
    "overridden": "a permission, and a prohibition of the same case",
    "date-hole": "a day between two wordings on which neither stands",
    "date-overlap": "two wordings of one place apply to one case with different results",
    "no-way-to-meet": "it matters whether the duty is met, and it does not say when it is",
    "stale-reference": "the text refers to what has been taken out of it",
    "covered": "other rules say the same in every case in which this one applies",
    "always-met": "whoever has the duty has fulfilled it already",
    "dead-alternative": "one of several alternatives, or of several answers, never comes into it",
    "unused-definition": "a term is defined and nowhere used",
    "silent": "the law reaches cases on which none of its rules speaks",
    "unread-fact": "a question of a vocabulary that no law asks",
}
"""The kinds of findings, the most telling first."""


class Level(StrEnum):
    """How telling a finding is."""

    HIGH = "high"
    MEDIUM = "medium"
    LOW = "low"


@dataclass(frozen=True, slots=True)
class Moment:
    """A case in which a finding shows: whole, on a day, with the readings that are not the chosen ones."""

    case: Mapping[str, str | tuple[str, ...]]
    except_that: tuple[str, ...]  # how it differs from the usual case
    on: str
    readings: tuple[str, ...]
    ruling: Ruling


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing found. `norm` is the key of the rule it is about, empty where it is about the whole law; `by` are the
    keys of the rules that do it. `reasons` are the conditions that conflict, as few as can be. `readings` names those
    under which alone it is so: empty where it is so under every reading."""

    law: str
    kind: str
    level: Level
    norm: str
    citations: tuple[str, ...]
    sentence: str
    reasons: tuple[str, ...] = ()
    by: tuple[str, ...] = ()
    readings: tuple[str, ...] = ()
    moment: Moment | None = None

    @property
    def rank(self) -> tuple[int, int, int]:
        """What is told first: by level, what holds under every reading, then by kind."""
        return list(Level).index(self.level), int(bool(self.readings)), list(KINDS).index(self.kind)


@dataclass(frozen=True)
class Audit:
    """The findings about one law or several, the most telling first. `laws` are those looked at."""

    laws: tuple[str, ...]
    findings: tuple[Finding, ...]
    envelope: Mapping[str, Any] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Finding]:
        return iter(self.findings)

    def __len__(self) -> int:
        return len(self.findings)

    def __repr__(self) -> str:
        return f"Audit({len(self.findings)} findings about {', '.join(self.laws)})"

    def __str__(self) -> str:
        from lagrum.analysis.audit.words import as_text

        return as_text(self)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `lagrum audit --format json`, described by `schemas/audit.json`."""
        from lagrum.analysis.audit.words import as_dict

        return as_dict(self)
