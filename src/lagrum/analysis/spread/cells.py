"""One law's column: what it does about each family, decided by a solver, in every reading of the law."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date

from lagrum.analysis.loopholes.result import Family
from lagrum.analysis.spread.families import Families, prohibits, shapes_in
from lagrum.analysis.spread.result import Alike, Cell, State
from lagrum.model.cases import Box
from lagrum.model.law import Law
from lagrum.model.norms import Norm
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.clauses import Clauses, Literal
from lagrum.semantics.compile import Compiled
from lagrum.semantics.days import days_around
from lagrum.semantics.leaves import possible_region
from lagrum.semantics.logic import FALSE, TRUE, Node
from lagrum.semantics.timeless import Disputed, reading_question

Readings = Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Asked:
    """What decides a cell: the cases of the family in the law's reach that it forbids, those it does not, and those of
    the practices that a prohibition is about."""

    forbidden: Node
    spared: Node
    governed: Node


class Judge:
    """A law against the families. `fixed` are the readings that stay as they are chosen; of the others all count."""

    def __init__(
        self, law: Law, on: date, families: Families, clauses: Clauses, given: Box, fixed: Iterable[str]
    ) -> None:
        self.law, self.families, self.clauses = law, families, clauses
        self.circuit: Circuit = families.circuit
        self.on, self.compiled, self.reach = _in_reach(law, on, clauses, given)
        self._words = Compiled(law, self.on, self.circuit, given)
        self._possible = possible_region(self.circuit, [*families.laws, law], given)
        self._prohibitions = [norm for norm in law.norms.values() if prohibits(norm)]
        self._values: Readings = {name: law.readings[name] for name in law.all_readings()}
        read = self.circuit.cone(self.reach, self.compiled.forbids, self._governing())
        gates = {name: {n >> 1 for n in self.circuit.inputs[reading_question(name)]} for name in self._values}
        self._free = [name for name in self._values if name not in set(fixed) and gates[name] & read]
        self._by_gate = {gate: name for name in self._free for gate in gates[name]}
        self._facts = [
            n >> 1
            for q in set(self.circuit.order) - set(map(reading_question, self._values))
            for n in self.circuit.inputs[q]
        ]
        self._shapes = shapes_in(self._words)

    def cell(self, family: Family, region: Node) -> Cell:
        """What the law does about the family, whose cases are `region`."""
        c = self.circuit
        live = c.both(self._possible, self.reach, region)
        about = c.both(self._possible, self.families.about(family.practices))
        forbids = self.compiled.forbids
        asked = Asked(c.both(live, forbids), c.minus(live, forbids), c.both(about, self._governing()))
        as_read = self._state(asked, self._values)
        found = list(self._states(asked)) if self._free else [(frozenset[str](), as_read)]
        states = tuple(state for state in State if any(state is each for _, each in found))
        return Cell(
            law=self.law.id,
            state=states[0] if len(states) == 1 else State.DEPENDS,
            as_read=as_read,
            states=states,
            readings=self._deciding(asked, found) if len(states) > 1 else (),
            reached=self._can(live),
            alike=self._alike(family, as_read),
            by=self._by(live, about, as_read),
        )

    # --- one state -------------------------------------------------------------------------------------------

    def _state(self, asked: Asked, readings: Readings) -> State:
        known = self._as_literals(readings)
        forbidden, spared = self._can(asked.forbidden, known), self._can(asked.spared, known)
        return _named(forbidden, spared, not forbidden and spared and self._can(asked.governed, known))

    def _can(self, node: Node, known: list[Literal] | None = None) -> bool:
        if node == FALSE:
            return False
        return self.clauses.solve([*([] if node == TRUE else [self.clauses.literal(node)]), *(known or [])])

    def _as_literals(self, readings: Readings) -> list[Literal]:
        return self.clauses.answers(self.compiled.chosen(readings))

    def _governing(self) -> Node:
        return self.circuit.either(*map(self._meant, self._prohibitions))

    def _by(self, live: Node, about: Node, state: State) -> tuple[str, ...]:
        """The prohibitions to which the cell is due, as the law is read."""
        match state:
            case State.CLOSED | State.NARROWED:
                where = [(norm, self.circuit.both(live, self._caught(norm))) for norm in self._prohibitions]
            case State.OPEN:
                where = [(norm, self.circuit.both(about, self._meant(norm))) for norm in self._prohibitions]
            case _:
                return ()
        known = self._as_literals(self._values)
        return tuple(dict.fromkeys(str(norm.citation) for norm, node in where if self._can(node, known)))

    def _caught(self, norm: Norm) -> Node:
        """Where the prohibition forbids."""
        return self.compiled.unmet(norm.key) if norm.before_use else self.compiled.applies(norm.key)

    def _meant(self, norm: Norm) -> Node:
        """What it is about: its own conditions, whatever exceptions, exclusions, scope and dates say."""
        return self.compiled.condition(norm.when, norm)

    def _alike(self, family: Family, state: State) -> Alike:
        shapes = self.families.shapes(family)
        if shapes and shapes <= self._shapes and state in (State.OPEN, State.NARROWED):
            return Alike.WORDS
        return Alike.EFFECT if state is State.OPEN else Alike.ABSENT

    # --- every reading ---------------------------------------------------------------------------------------

    def _states(self, asked: Asked) -> Iterator[tuple[frozenset[str], State]]:
        """The states that the cell has in some reading, each with the readings it was seen to rest on.

        One choice of readings after another is tried, and with it all others are done with that agree in what its
        state rests on: what the solver needed for the proof that there is no such case, or, where there is one, for the
        proof that this very case is one. So the number of readings does not matter, only how many the cell hangs on.
        """
        done: Node = FALSE
        kept = {name: value for name, value in self._values.items() if name not in self._free}
        fixed = self.clauses.answers(self.compiled.chosen(kept))
        while self._can(self.circuit.negate(done), fixed):
            chosen = self._chosen()
            known = [*self.clauses.answers(chosen), *fixed]
            forbidden, rests = self._shown(asked.forbidden, known)
            spared, more = self._shown(asked.spared, known)
            rests |= more
            governed = False
            if spared and not forbidden:
                governed, more = self._shown(asked.governed, known)
                rests |= more
            yield rests, _named(forbidden, spared, governed)
            done = self.circuit.either(done, self.circuit.box({q: chosen[q] for q in map(reading_question, rests)}))

    def _shown(self, node: Node, known: list[Literal]) -> tuple[bool, frozenset[str]]:
        """Whether a case can be in the node under these readings, and the readings on which that rests."""
        if not self._can(node, known):
            return False, self._names(self.clauses.core() if node != FALSE else ())
        model = self.clauses.model()
        answers = [model[gate - 1] for gate in self._facts if gate <= len(model)]
        elsewhere = self._can(self.circuit.negate(node), [*answers, *known])
        assert not elsewhere, "a complete case is in a node or not"
        return True, self._names(self.clauses.core() if node != TRUE else ())

    def _chosen(self) -> Box:
        """The readings in what was found last."""
        case = self.clauses.case(map(reading_question, self._free))
        return {question: frozenset([answer]) for question, answer in case.items()}

    def _names(self, core: Iterable[Literal]) -> frozenset[str]:
        return frozenset(self._by_gate[abs(each)] for each in core if abs(each) in self._by_gate)

    def _deciding(self, asked: Asked, found: list[tuple[frozenset[str], State]]) -> tuple[str, ...]:
        """The readings that change the state by themselves; where none does, all on which it was seen to rest."""
        rests = [name for name in self._free if any(name in names for names, _ in found)]
        before = self._state(asked, self._values)
        alone = [
            name
            for name in rests
            for value, _ in self.law.all_readings()[name].values
            if value != self._values[name] and self._state(asked, {**self._values, name: value}) is not before
        ]
        return tuple(dict.fromkeys(alone or rests))


def _named(forbidden: bool, spared: bool, governed: bool) -> State:
    if forbidden:
        return State.NARROWED if spared else State.CLOSED
    return State.OPEN if spared and governed else State.NOT_ITS_SUBJECT


def _in_reach(law: Law, on: date, clauses: Clauses, given: Box) -> tuple[date, Disputed, Node]:
    """The law on the nearest day, forwards and then back, on which it reaches any case, and what it reaches then;
    territory is taken as met by asking of no other cases."""
    first: tuple[date, Disputed, Node] | None = None
    for day in days_around(law, on):
        compiled = Disputed(law, day, clauses.circuit, given)
        here = [compiled.scope(i.id) for i in law.instruments if compiled.in_force(i.id)]
        reach = clauses.circuit.either(*here)
        first = first or (day, compiled, reach)
        if reach != FALSE and (reach == TRUE or clauses.solve([clauses.literal(reach)])):
            return day, compiled, reach
    assert first is not None, "the day itself is the first"
    return first
