"""What lagrum says when something given to it is wrong: one record, whatever the thing was."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum

from lagrum.model.places import Place


class Severity(StrEnum):
    ERROR = "error"
    WARNING = "warning"


@dataclass(frozen=True, slots=True)
class Related:
    """A second place that the message speaks of, with its own few words."""

    place: Place
    label: str


@dataclass(frozen=True, slots=True)
class Diagnostic:
    """One thing that is wrong. `message` is one lower-case sentence without a final stop, with the user's words in
    backticks; `label` stands under the underlined place; `help` says how to mend it. `place` is None only where the
    input has no place (a command-line option)."""

    code: str
    message: str
    place: Place | None = None
    help: str = ""
    label: str = ""
    related: tuple[Related, ...] = ()
    severity: Severity = Severity.ERROR


class LagrumError(Exception):
    """Base of everything lagrum raises on purpose."""


class InvalidInput(LagrumError, ValueError):
    """Something given to lagrum is wrong; `diagnostics` says what and where. `sources` holds the text of the files
    they point into, by file name, for excerpts."""

    def __init__(self, diagnostics: Iterable[Diagnostic], sources: dict[str, str] | None = None) -> None:
        self.diagnostics: Sequence[Diagnostic] = tuple(diagnostics)
        self.sources = sources or {}
        super().__init__("; ".join(f"{d.place}: {d.message} [{d.code}]" for d in self.diagnostics))


class BudgetExceeded(LagrumError):
    """An exact answer would need more diagram nodes than the stated budget."""
