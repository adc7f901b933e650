"""What a balance returns: frozen, in a stable order, and the same in print, JSON and Python."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

KINDS = ("element", "exception", "way", "exclusion", "keep out", "narrow", "widen", "safeguard", "day", "ban", "part")
"""What an edit does, the plainest to read first: drop an element; repeal an exception; repeal one way of it; repeal an
exclusion; keep a prohibition out of it; add a condition to an exception; add an answer to a list; make a duty a
condition of lawful use; bring a day forward; add the position's own prohibition; add a part of it."""


@dataclass(frozen=True, slots=True)
class Edit:
    """One change of the law's text that can only forbid more. `closes`, `narrows` and `loses`: what it does alone."""

    id: int
    kind: str
    words: str
    citation: str
    closes: tuple[str, ...]
    narrows: tuple[str, ...]
    loses: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class FamilyToClose:
    """A family of loopholes; `closable` where all candidates together forbid all of its own cases."""

    id: str
    title: str
    practices: tuple[tuple[str, ...], ...]
    closable: bool


@dataclass(frozen=True, slots=True)
class Benefit:
    """A use worth keeping. `state`: `kept`, or why it cannot be lost: it is `forbidden` already, or `impossible`."""

    name: str
    file: str
    intent: str
    state: str


@dataclass(frozen=True, slots=True)
class Lost:
    """A use that a choice forbids: a smallest set of its edits that does. `wholly`: in every completion."""

    benefit: str
    by: tuple[int, ...]
    wholly: bool


@dataclass(frozen=True, slots=True)
class Choice:
    """Edits that reach a point of the front, by their ids, with what they come to and the amendment as law text."""

    edits: tuple[int, ...]
    closes: tuple[str, ...]
    narrows: tuple[str, ...]
    loses: tuple[Lost, ...]
    amendment: str


@dataclass(frozen=True, slots=True)
class Point:
    """A point of the front: no other choice closes as many families, loses as few uses and takes as few edits, and is
    better in one of these. `choices` reach it, the one told first; `more` where there are others."""

    closed: int
    lost: int
    edits: int
    choices: tuple[Choice, ...]
    more: bool

    @property
    def first(self) -> Choice:
        return self.choices[0]


@dataclass(frozen=True)
class Balance:
    """The front for a law against a position on a day, over all sets of at most `most_edits` candidates.

    `apart` names the families about where and when the law applies, which no edit is meant to close. `costless` are
    edits that narrow a family, close none and lose nothing.
    """

    law: str
    position: str
    on: str
    most_edits: int
    families: tuple[FamilyToClose, ...]
    apart: tuple[str, ...]
    benefits: tuple[Benefit, ...]
    edits: tuple[Edit, ...]
    points: tuple[Point, ...]
    unfinished: tuple[str, ...] = ()
    envelope: Mapping[str, Any] = field(default_factory=dict)

    def edit(self, id_: int) -> Edit:
        return self.edits[id_ - 1]

    @property
    def costless(self) -> tuple[Edit, ...]:
        return tuple(edit for edit in self.edits if edit.narrows and not edit.closes and not edit.loses)

    def __iter__(self) -> Iterator[Point]:
        return iter(self.points)

    def __len__(self) -> int:
        return len(self.points)

    def __str__(self) -> str:
        from lagrum.analysis.balance.words import as_text

        return as_text(self)

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `lagrum balance --format json`, described by `schemas/balance.json`."""
        from lagrum.analysis.balance.words import as_dict

        return as_dict(self)
