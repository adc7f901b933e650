"""The plain reading, for looking at many cases of a large law: within one case nothing is worked out twice.

Exclusions that look at classes, which look at definitions, make the plain reading ask the same thing over and over. The
answers are those of `reference`, whose every line is used; only looking them up again is spared.
"""

from __future__ import annotations

from datetime import date

from lagrum.model.cases import Complete
from lagrum.model.law import Law
from lagrum.model.norms import Norm
from lagrum.model.rulings import Status
from lagrum.semantics.reference import Reference


class Remembering(Reference):
    """One law on one date; forgets what it found of a case as soon as it is asked about another."""

    def __init__(self, law: Law, on: date) -> None:
        super().__init__(law, on)
        self._case: Complete | None = None
        self._standing: dict[tuple[str, bool], bool] = {}
        self._statuses: dict[str, Status] = {}

    def status(self, key: str, case: Complete) -> Status:
        self._turn_to(case)
        if key not in self._statuses:
            self._statuses[key] = super().status(key, case)
        return self._statuses[key]

    def _stands(self, norm: Norm, case: Complete, bare: bool = False) -> bool:
        self._turn_to(case)
        known = self._standing.get((norm.key, bare))
        if known is None:
            known = self._standing[norm.key, bare] = super()._stands(norm, case, bare)
        return known

    def _turn_to(self, case: Complete) -> None:
        if case is not self._case:
            self._case = case
            self._standing.clear()
            self._statuses.clear()
