"""The families of the reference law, in a circuit: the cases each holds, and the shape of the words that open it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from lagrum.analysis.loopholes.openers import Opening, openings
from lagrum.analysis.loopholes.practices import HELD, practice_fact
from lagrum.analysis.loopholes.result import Family, Opener
from lagrum.analysis.loopholes.search import day_in_force
from lagrum.model.cases import Box
from lagrum.model.facts import Question, questions_of
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.compile import Compiled
from lagrum.semantics.logic import FALSE, Node
from lagrum.semantics.order import asked_questions

Shape = tuple[str, frozenset[Node], frozenset[Node]]
"""What kind of opener it is, its conditions, and those that make it one way of several. Conditions are gates of the one
circuit, where two that say the same with the same logic are one gate, whatever they are called and wherever they stand;
so two openers of one shape say the same word for word once definitions are spelt out."""


class Families:
    """The reference law and the position in a circuit, on the day of the families and as both are read."""

    def __init__(self, law: Law, position: Law, on: date, circuit: Circuit, given: Box) -> None:
        self.laws = (law, position)
        self.circuit = circuit
        self.law = Compiled(law, on, circuit, given)
        day = day_in_force(law, on)
        self.words = self.law if day == on else Compiled(law, day, circuit, given)
        self.position = Compiled(position, on, circuit, given)
        self._members = dict(_members(law, position))
        self._openings: dict[str, tuple[Opening, ...]] = {}

    def about(self, practices: Iterable[Sequence[str]]) -> Node:
        """The cases of the practices, each alone, that the position forbids."""
        pure = (self._pure(practice) for practice in practices)
        return self.circuit.both(self.circuit.either(*pure), self.position.forbids)

    def region(self, family: Family) -> Node:
        """The cases of the family: of its practices, forbidden by the position, let through by these openers."""
        c = self.circuit
        escaped = (
            c.both(self._pure(escape.practice), *(self._opened_by(opener) for opener in escape.openers))
            for escape in family.escapes
        )
        return c.both(c.either(*escaped), self.position.forbids, c.negate(self.law.forbids))

    def shapes(self, family: Family) -> frozenset[Shape]:
        """The shapes of what opens it."""
        openers = [opener for escape in family.escapes for opener in escape.openers]
        return frozenset(shape_of(self.words, o) for opener in openers for o in self._of(opener))

    def _pure(self, practice: Sequence[str]) -> Node:
        held = {self._members[name] for name in practice}
        return self.circuit.box({q: HELD if q in held else frozenset({0}) for q in self._members.values()})

    def _opened_by(self, opener: Opener) -> Node:
        return self.circuit.either(*(opening.region for opening in self._of(opener)))

    def _of(self, opener: Opener) -> list[Opening]:
        """The openings told in these words."""
        if opener.norm not in self._openings:
            self._openings[opener.norm] = _openings(self.words, self.words.law.norms[opener.norm])
        return [opening for opening in self._openings[opener.norm] if opening.opener == opener]


def _members(law: Law, position: Law) -> Iterator[tuple[str, Question]]:
    """What a system can do, by name, where the law or the position asks for it."""
    fact, asked = practice_fact(law, position), {question for question, _ in asked_questions(law, position)}
    for question in questions_of(fact) if fact else ():
        if fact is not None and question in asked and question.member is not None:
            yield fact.answers[question.member].name, question


def shapes_in(words: Compiled) -> frozenset[Shape]:
    """The shapes of everything that opens a prohibition of a law."""
    prohibitions = [norm for norm in words.law.norms.values() if prohibits(norm)]
    return frozenset(shape_of(words, opening) for norm in prohibitions for opening in _openings(words, norm))


def prohibits(norm: Norm) -> bool:
    return norm.kind is NormKind.FORBID or norm.before_use


def shape_of(words: Compiled, opening: Opening) -> Shape:
    norm = words.law.norms[opening.opener.norm]
    whole, way = (frozenset(words.condition(c, norm) for c in each) for each in (opening.conditions, opening.way))
    return opening.opener.kind, whole, way


def _openings(words: Compiled, norm: Norm) -> tuple[Opening, ...]:
    standing = words.active(norm.key) if words.in_force(norm.instrument) else FALSE
    return openings(words, norm, standing)
