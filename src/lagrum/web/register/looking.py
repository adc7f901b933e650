"""What changes ahead, for the days and systems that the address asks for."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cached_property
from typing import Any

from lagrum.model.diagnostics import InvalidInput
from lagrum.model.law import Law
from lagrum.reasoning.envelope import envelope
from lagrum.register import System
from lagrum.service.outlooks import AheadOfAll
from lagrum.web.register import listing
from lagrum.web.register.told import known_laws
from lagrum.web.view import View

AHEAD = timedelta(days=2 * 365)


@dataclass(frozen=True)
class Looking:
    """One look ahead. Whoever makes it waits at most `patience` seconds."""

    view: View
    systems: tuple[System, ...]
    since: date
    until: date
    patience: float = 0.3
    errors: tuple[tuple[str, str], ...] = ()

    @cached_property
    def found(self) -> AheadOfAll:
        return self.view.outlooks.of(self.systems, self.since, self.until, self.patience)

    @cached_property
    def laws(self) -> list[Law]:
        """The laws that the systems are judged by."""
        return known_laws(self.view, dict.fromkeys(law for each in self.systems for law in each.laws))

    @cached_property
    def head(self) -> dict[str, Any]:
        """What every answer carries."""
        return envelope("ahead", self.laws)

    @cached_property
    def touched(self) -> int:
        """How many systems something changes for."""
        return len({each.system for each in self.found.changes})


def look(view: View, patience: float = 0.3, systems: list[System] | None = None) -> Looking:
    """The look that the address asks for, over its owner's systems: from today two years ahead if it names no days."""
    days: dict[str, date | None] = {}
    errors: list[tuple[str, str]] = []
    for name in ("from", "to"):
        try:
            days[name] = view.day_asked(name)
        except InvalidInput as error:
            errors.append((name, f"{error.diagnostics[0].message}. {error.diagnostics[0].help}".replace("`", "")))
    since = days.get("from") or date.today()
    until = days.get("to") or min(since, date.max - AHEAD) + AHEAD
    if until < since:
        errors.append(("to", view.gettext("The last day comes before the first.")))
    if systems is None:
        systems = listing.every(view, listing.Wanted("", view.query.get("owner", "").strip()[:300], "", "").filters)
    return Looking(view, tuple(systems), since, until, patience, tuple(errors))
