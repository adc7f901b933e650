"""A law in a circuit, in every reading and, where that is asked, on every day: these are questions like others."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping
from datetime import date

from lagrum.model.cases import Box
from lagrum.model.conditions import Condition
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.norms import Norm
from lagrum.model.rulings import Status
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.compile import Compiled
from lagrum.semantics.days import days_of
from lagrum.semantics.leaves import NOTHING
from lagrum.semantics.logic import FALSE, TRUE, Node
from lagrum.semantics.order import asked_questions

DAY = Question("(the day)")  # no fact can have a name with brackets


def reading_question(name: str) -> Question:
    """The question which value of a reading is chosen."""
    return Question(f"(reading {name})")


def reading_questions(law: Law) -> list[tuple[Question, int]]:
    """The questions which value is chosen, for all readings of a law, with how many values each has."""
    return [(reading_question(name), len(reading.values)) for name, reading in law.all_readings().items()]


class Disputed(Compiled):
    """One law on one day, however read, in a circuit that others may share; the circuit asks its readings, too."""

    def __init__(self, law: Law, on: date, circuit: Circuit, given: Box = NOTHING) -> None:
        self.circuit = circuit
        self._values = {name: [value for value, _ in reading.values] for name, reading in law.all_readings().items()}
        super().__init__(law, on, circuit, given)

    def chosen(self, readings: Mapping[str, str]) -> Box:
        """The answers that stand for these values of some readings."""
        return {reading_question(name): frozenset([self._values[name].index(v)]) for name, v in readings.items()}

    def _reading(self, name: str, value: str) -> Node:
        return self.circuit.test(reading_question(name), [self._values[name].index(value)])


class Timeless(Disputed):
    """One law, whenever and however read; for what is beside the rulings too (presumptions, penalties).

    The answers to `DAY` are the stretches of days between those on which the law can change, the time before the first
    of them the first; `moment` says which one a day and the law's chosen readings come to.
    """

    def __init__(self, law: Law) -> None:
        self.days = days_of(law)
        self._begun: dict[date, Node] = {}
        self._statuses: dict[str, Mapping[Status, Node]] = {}
        self._conditions: dict[tuple[int, bool], Node] = {}
        self.asked = asked_questions(law, beside=True)
        time = [(DAY, len(self.days) + 1)]
        super().__init__(law, date.max, Circuit([*self.asked, *time, *reading_questions(law)]))

    def moment(self, on: date, readings: Mapping[str, str]) -> Box:
        """The answers that stand for a day and for these values of all readings."""
        return {DAY: frozenset([bisect_right(self.days, on)]), **self.chosen({n: readings[n] for n in self._values})}

    def statuses(self, key: str) -> Mapping[Status, Node]:
        if key not in self._statuses:
            self._statuses[key] = super().statuses(key)
        return self._statuses[key]

    def condition(self, c: Condition | None, norm: Norm) -> Node:
        asked = id(c), self.is_early(norm)  # the law holds its conditions, so that none gets another's number
        if asked not in self._conditions:
            self._conditions[asked] = super().condition(c, norm)
        return self._conditions[asked]

    def _since(self, day: date | None) -> Node:
        if day is None:
            return FALSE
        if day == date.min:
            return TRUE
        if day not in self._begun:
            self._begun[day] = self.circuit.test(DAY, range(bisect_right(self.days, day), len(self.days) + 1))
        return self._begun[day]
