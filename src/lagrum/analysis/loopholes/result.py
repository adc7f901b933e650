"""What a search for loopholes returns: frozen, in a stable order, and the same in print, JSON and Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from lagrum.model.facts import Party
from lagrum.model.rulings import Ruling

KINDS = ("no norm", "element", "exception", "exclusion", "scope", "date")
"""What can open a loophole, in the order in which families are listed."""

APART = ("scope", "date")
"""Families listed apart: about where and when a law applies, not about what it says."""


@dataclass(frozen=True, slots=True)
class Opener:
    """The words of a law that let something through.

    `norm` is the key of the prohibition that would otherwise forbid; `citation` and `condition` are the place and
    words: of the element that is missing, or of the exception, exclusion or scope norm that saves the case.
    """

    kind: str
    norm: str
    citation: str
    condition: str
    way: str = ""  # which of an exception's ways, where it has several

    def __str__(self) -> str:
        words = f"{self.condition}: {self.way}" if self.way else self.condition
        return f"{words}, {self.citation}" if self.citation else words


@dataclass(frozen=True, slots=True)
class BoxCondition:
    """One line of a loophole: a fact and the answers it is open for. `implied`: follows from the others."""

    fact: str
    values: tuple[str, ...]
    citation: str
    implied: bool

    def __str__(self) -> str:
        from lagrum.analysis.loopholes.words import condition_words

        return condition_words(self)


@dataclass(frozen=True, slots=True)
class Loophole:
    """A maximal set of cases, given by answers to facts, that the position forbids and the law does not."""

    practice: tuple[str, ...]
    conditions: tuple[BoxCondition, ...]
    witness: Mapping[str, str | tuple[str, ...]]
    except_that: tuple[str, ...]  # how the witness differs from the ordinary forbidden case
    ruling: Ruling
    duties: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Escape:
    """What opens a family for one practice: an opener for each prohibition that governs it, in the law's order."""

    practice: tuple[str, ...]
    openers: tuple[Opener, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """All loopholes that the same words open."""

    id: str
    title: str
    practices: tuple[tuple[str, ...], ...]
    openers: tuple[Opener, ...]
    rulings: tuple[Ruling, ...]
    changes: int
    vouched_by: Party | None
    judgements: tuple[str, ...]
    closed_by: tuple[str, ...]
    share: float
    loopholes: tuple[Loophole, ...]
    duties: tuple[str, ...]
    escapes: tuple[Escape, ...]

    @property
    def kind(self) -> str:
        """The most telling kind among the openers, in the order of `KINDS`, territory and dates last."""
        return max((opener.kind for opener in self.openers), key=KINDS.index)


@dataclass(frozen=True)
class Loopholes:
    """Every loophole of a law against a position on a date.

    `complete` is True only when it was checked, exactly, that the families cover all open cases and nothing else, that
    no condition of any loophole can be dropped within its family, and that every witness is forbidden by the position
    and not by the law in the plain reference reading. `unfinished` says in words what stands in the way otherwise.
    """

    law: str
    position: str
    on: str
    practices: tuple[tuple[str, ...], ...]
    families: tuple[Family, ...]
    complete: bool
    unfinished: tuple[str, ...] = ()
    also_governed_by: tuple[str, ...] = ()
    envelope: Mapping[str, Any] = field(default_factory=dict)

    @property
    def count(self) -> int:
        """How many loopholes there are, over all families."""
        return sum(len(family.loopholes) for family in self.families)

    def __iter__(self) -> Iterator[Family]:
        return iter(self.families)

    def __len__(self) -> int:
        return len(self.families)

    def __repr__(self) -> str:
        done = "complete" if self.complete else "not complete"
        return (
            f"Loopholes({len(self.families)} ways in, {self.count} loopholes, {done}: "
            f"{self.law} against {self.position} on {self.on})"
        )

    def __str__(self) -> str:
        from lagrum.analysis.loopholes.words import as_text

        return as_text(self)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `lagrum loopholes --format json`, described by `schemas/loopholes.json`."""
        from lagrum.analysis.loopholes.words import as_dict

        return as_dict(self)
