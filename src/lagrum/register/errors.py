"""What the store says when it cannot do what it was asked to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from lagrum.model.diagnostics import LagrumError

T = TypeVar("T")


class StoreError(LagrumError, ValueError):
    """Something given to the store is wrong, or the database cannot be used. `field` names what was given, empty where
    it was nothing in particular; `sentence` is one lower-case sentence without a final stop."""

    def __init__(self, field: str, sentence: str) -> None:
        self.field = field
        self.sentence = sentence
        super().__init__(f"{field}: {sentence}" if field else sentence)


class NotFound(StoreError):
    """There is nothing with that id."""


@dataclass(frozen=True)
class Both(Generic[T]):
    """Two versions of a record at odds: what is stored now, what the writer had `seen` (None where that is not kept),
    and the fields they wanted to write."""

    current: T
    seen: T | None
    yours: Mapping[str, object]


class Conflict(StoreError, Generic[T]):
    """Somebody else saved the record in between; nothing was written. `both` holds the two versions."""

    def __init__(self, both: Both[T]) -> None:
        self.both = both
        super().__init__("version", "somebody else has saved this in the meantime; nothing of yours was written")

    @property
    def current(self) -> T:
        """The record as it is stored now."""
        return self.both.current
