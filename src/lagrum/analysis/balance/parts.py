"""What closing a family means: its own cases, those that nothing but the family's openers lets through.

Families overlap: whoever identifies people later may also do so abroad, where the law does not reach. Striking
"real-time" cannot forbid that, and closes the family all the same. So a family is judged by the cases in which each
prohibition that governs the practice is escaped by the family's opener alone: every other element is there, no other
exception or exclusion helps, and the law reaches the case on the day.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date

from lagrum.analysis.loopholes.openers import Opening, openings
from lagrum.analysis.loopholes.practices import HELD, practice_fact
from lagrum.analysis.loopholes.result import Family, Opener
from lagrum.model.cases import Box
from lagrum.model.facts import questions_of
from lagrum.model.law import Law
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.compile import Compiled
from lagrum.semantics.leaves import possible_region
from lagrum.semantics.logic import FALSE, Node


class Parts:
    """A law and a position in one circuit on one day, and the families' own cases there."""

    def __init__(self, law: Law, position: Law, on: date, circuit: Circuit, given: Box) -> None:
        self.circuit = circuit
        self.law = Compiled(law, on, circuit, given)
        self.position = Compiled(position, on, circuit, given)
        self.possible = possible_region(circuit, [law, position], given)
        self.forbids = self.law.forbids
        self._fact = practice_fact(law, position)
        self._members = [q for q in questions_of(self._fact) if q in circuit.sizes] if self._fact else []
        self._openings: dict[str, tuple[Opening, ...]] = {}

    def reach(self, instrument_id: str) -> Node:
        """Where a new prohibition of the instrument would apply."""
        c = self.circuit
        norms = self.law.law.instrument(instrument_id).norms
        from_all = [n for n in norms if n.from_all]
        stand = (
            c.minus(c.both(self.law.active(n.key), self.law.elements(n.key)), self.law.excepted(n.key))
            for n in from_all
        )
        return c.minus(c.both(self.law.force(instrument_id), self.law.scope(instrument_id)), c.either(*stand))

    def own(self, family: Family) -> tuple[Node, ...]:
        """The family's own cases, practice by practice."""
        return tuple(self._own(escape.practice, escape.openers) for escape in family.escapes)

    def _own(self, practice: Sequence[str], openers: Iterable[Opener]) -> Node:
        c = self.circuit
        alone = [self._alone(opener) for opener in openers]
        if not alone:
            alone = [c.either(*(self.reach(i.id) for i in self.law.law.instruments))]
        open_cases = c.minus(c.both(self.pure(practice), self.position.forbids), self.forbids)
        return c.both(self.possible, open_cases, *alone)

    def pure(self, practice: Sequence[str]) -> Node:
        """Doing this and nothing else that the practice fact knows of."""
        held = {q for q in self._members if self._fact and self._fact.answers[q.member or 0].name in practice}
        return self.circuit.box({q: HELD if q in held else frozenset({0}) for q in self._members})

    def _alone(self, opener: Opener) -> Node:
        """Where nothing but this opener stands between the prohibition and the case."""
        c, law = self.circuit, self.law
        norm = law.law.norms[opener.norm]
        if norm.key not in self._openings:
            standing = law.active(norm.key) if law.in_force(norm.instrument) else FALSE
            self._openings[norm.key] = openings(law, norm, standing)
        found = self._openings[norm.key]
        here = c.either(*(each.region for each in found if each.opener == opener))
        others = [each for each in found if each.opener != opener and each.opener.kind == opener.kind]
        here = c.minus(here, c.either(*(each.region for each in others)))
        if opener.kind == "element":
            proviso = law.condition(norm.unless, norm) if norm.unless is not None else FALSE
            here = c.minus(here, c.either(proviso, law.excepted(norm.key)))
        if opener.kind in ("element", "exception"):
            here = c.minus(here, law.excluded(norm.key))
        return c.both(here, law.scope(norm.instrument), law.force(norm.instrument), law.active(norm.key))
