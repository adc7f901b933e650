"""The reference with a memory, for reading many complete cases: each norm is looked at once a case.

What it says is what `Reference` says; nothing is decided here.
"""

from __future__ import annotations

from datetime import date

from lagrum.model.cases import Complete
from lagrum.model.instruments import Instrument
from lagrum.model.law import Law
from lagrum.model.norms import Norm
from lagrum.model.rulings import Ruling, Status
from lagrum.semantics.reference import Reference


class Swift(Reference):
    """`Reference`, remembering what it found of the case it read last."""

    def __init__(self, law: Law, on: date) -> None:
        super().__init__(law, on)
        self._case: Complete = {}
        self._standing: dict[tuple[str, bool], bool] = {}
        self._statuses: dict[str, Status] = {}
        self._out: dict[str, bool] = {}
        self._scopes: dict[str, bool] = {}
        self._early: dict[str, bool] = {}
        self._by_id = {instrument.id: instrument for instrument in (*law.instruments, *law.attached)}

    def ruling(self, case: Complete) -> Ruling:
        self._turn_to(case)
        return super().ruling(case)

    def status(self, key: str, case: Complete) -> Status:
        self._turn_to(case)
        if key not in self._statuses:
            self._statuses[key] = super().status(key, case)
        return self._statuses[key]

    def in_scope(self, instrument_id: str, case: Complete) -> bool:
        self._turn_to(case)
        if instrument_id not in self._scopes:
            self._scopes[instrument_id] = super().in_scope(instrument_id, case)
        return self._scopes[instrument_id]

    def excluded(self, norm: Norm, case: Complete) -> bool:
        self._turn_to(case)
        if norm.key not in self._out:
            self._out[norm.key] = any(self._stands(other, case) for other in self.law.exclusions[norm.key])
        return self._out[norm.key]

    def _stands(self, norm: Norm, case: Complete, bare: bool = False) -> bool:
        self._turn_to(case)
        at = (norm.key, bare)
        if at not in self._standing:
            self._standing[at] = super()._stands(norm, case, bare)
        return self._standing[at]

    def _before_scope(self, norm: Norm) -> bool:
        if norm.key not in self._early:
            self._early[norm.key] = super()._before_scope(norm)
        return self._early[norm.key]

    def _instrument(self, instrument_id: str) -> Instrument:
        return self._by_id[instrument_id]

    def _turn_to(self, case: Complete) -> None:
        if case is not self._case:
            self._case = case
            self._standing, self._statuses, self._out, self._scopes = {}, {}, {}, {}
