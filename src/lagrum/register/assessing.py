"""Assessing what is stored: each system by each of its laws, where the last assessment is not of today's texts and
facts."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from lagrum.language import read_case
from lagrum.library import Library
from lagrum.model.cases import Case
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.law import Law
from lagrum.reasoning.assess import assess
from lagrum.reasoning.assessment import Assessment
from lagrum.register.assessments import Assessed
from lagrum.register.store import Store
from lagrum.register.systems import System

Judge = Callable[[Law, Case, date], Assessment]
"""Assesses a case by a law on a day."""


def case_and_law(system: System, law_id: str, library: Library, on: date | None = None) -> tuple[Case, Law]:
    """The system's case, and one of its laws with the readings that the case chooses: in the text known on that day,
    the newest if none is named. Raises `InvalidInput`."""
    case, diagnostics = read_case(system.case_text, system.name, library.pack.facts)
    if case is None:
        raise InvalidInput(diagnostics, {system.name: system.case_text})
    known = library.law(law_id, text_of=on).all_readings()
    names = {name for each in known for name in (each, each.split(":", 1)[1])}
    return case, library.law(law_id, {n: v for n, v in case.readings.items() if n in names}, on)


def assess_stale(
    store: Store, system: System, library: Library, on: date, who: str, *, judge: Judge = assess
) -> list[Assessed]:
    """Assess a system on a day by each of its laws whose text, or the system's own facts, were not those of the last
    assessment; what was added. Raises `InvalidInput` for a case that cannot be read and a law that is not there."""
    added: list[Assessed] = []
    for law_id in system.laws:
        case, law = case_and_law(system, law_id, library, on)
        if store.assessments.stale(system.id, {law.id: law.hash}):
            answer = judge(law, replace(case, name=system.name), on)
            added.append(store.assessments.add(system.id, answer.to_dict(), who, version=system.version))
    return added
