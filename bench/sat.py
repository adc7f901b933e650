"""The loopholes by SAT: an independent proof that those that were found are all, and every maximal box."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bench.cnf import Answers, Cnf, Lit, Statute, possible
from pysat.solvers import Glucose4

from lagrum.analysis.loopholes import Loophole, Loopholes
from lagrum.model.cases import Box
from lagrum.model.facts import Fact, Question, questions_of
from lagrum.model.law import Law
from lagrum.semantics.order import relevant_questions


@dataclass(frozen=True)
class Enumerated:
    """What an enumeration found of one practice. `done`: there is no other box."""

    practice: tuple[str, ...]
    boxes: tuple[tuple[Lit, ...], ...]
    done: bool
    seconds: float


class Sat:
    """A law and a position as clauses; `forbidden` and `banned` hold where the one and the other forbid."""

    def __init__(self, law: Law, position: Law, on: date) -> None:
        self.laws, self.on = (law, position), on
        self.facts: Mapping[str, Fact] = {**position.facts, **law.facts}
        self.cnf = Cnf()
        self.case = Answers(self.cnf, self.facts)
        self.possible, self.forbidden, self.banned = self._read(self.case)
        self.practice = next(fact for fact in self.facts.values() if fact.practice)
        self.questions = [q for q in relevant_questions(self.laws) if q.fact != self.practice.name]

    def _read(self, case: Answers) -> tuple[Lit, Lit, Lit]:
        law, position = (Statute(self.cnf, each, self.on, case).forbidden() for each in self.laws)
        return possible(self.cnf, self.laws, self.on, case), law, position

    def _held(self, names: Iterable[str]) -> tuple[Question, ...]:
        return tuple(q for q in questions_of(self.practice) if self.practice.answers[q.member or 0].name in set(names))

    def _purely(self, names: Sequence[str]) -> list[Lit]:
        held = self._held(names)
        return [self.case.lit(q, int(q in held)) for q in questions_of(self.practice)]

    def solver(self, *holding: Lit) -> Glucose4:
        """A solver of the cases in which all of these hold."""
        return Glucose4(bootstrap_with=[*self.cnf.clauses, *([lit] for lit in holding)])

    # --- an independent proof ---------------------------------------------------------------------------------

    def objections(self, result: Loopholes) -> list[str]:
        """What SAT has against the loopholes that were found: empty where they are sound and complete.

        Sound: what the position forbids in a loophole the law does not forbid. Complete: every pure open case lies in a
        loophole, and every other open case stays open when all but one of the practices found is taken out of it.
        """
        told: list[str] = []
        boxes = {
            p: [box_of(self.facts, h) for f in result for h in f.loopholes if h.practice == p] for p in result.practices
        }
        for practice, found in boxes.items():
            name = " + ".join(practice) or "any practice"
            closed = self.solver(self.possible, self.banned, self.forbidden, *self._purely(practice))
            for box in found:
                if closed.solve(assumptions=self._inside(box)):
                    told.append(f"a loophole of {name} holds a case that the law forbids")
            rest = self.solver(self.possible, self.banned, -self.forbidden, *self._purely(practice))
            for box in found:
                rest.add_clause([-lit for lit in self._inside(box)])
            if rest.solve():
                told.append(f"an open case of {name} lies in no loophole")
        return told + self._impure(result)

    def _impure(self, result: Loopholes) -> list[str]:
        pure_parts_closed: list[Lit] = []
        for practice in result.practices:
            held = self._held(practice)
            can_be, forbidden, banned = self._read(self.case.doing(held, self.practice))
            open_alone = self.cnf.both(can_be, banned, -forbidden)
            does_it = self.cnf.both(*(self.case.lit(q, 1) for q in held))
            pure_parts_closed.append(-self.cnf.both(does_it, open_alone))
        found = self.solver(self.possible, self.banned, -self.forbidden, *pure_parts_closed).solve()
        return ["an open case has no open pure part"] if found else []

    def _inside(self, box: Box) -> list[Lit]:
        """Literals that hold exactly of the cases in the box."""
        return [
            -self.case.lit(q, answer)
            for q, answers in box.items()
            for answer in range(len(self.case.all(q)))
            if answer not in answers
        ]

    # --- an enumeration ---------------------------------------------------------------------------------------

    def enumerate(self, practice: tuple[str, ...], limit: float, *, whole: bool) -> Enumerated:
        """Every maximal box of the open cases of a practice, until there is no other or the time is up.

        `whole`: a box is to say everything it takes, also what the position itself asks for; otherwise what the
        position does not forbid counts for nothing, as in lagrum. A map of the boxes not yet looked at gives the
        smallest box left; it is widened to a maximal open one or proved to hold a closed case, whose widest closed box
        then has to be stayed out of.
        """
        pure = [self.possible, *self._purely(practice)]
        is_open = self.cnf.both(self.banned, -self.forbidden)
        is_closed = -is_open if whole else self.cnf.both(self.banned, self.forbidden)
        closed, opened = self.solver(*pure, is_closed), self.solver(*pure, -is_closed)
        some = self.solver(*pure, is_open)
        boxes = Cnf()
        shut = {
            -self.case.lit(q, a): (q, a, boxes.fresh()) for q in self.questions for a in range(len(self.case.all(q)))
        }
        selector = {(q, a): s for q, a, s in shut.values()}
        boxes.clauses += [[-selector[q, a] for a in range(len(self.case.all(q)))] for q in self.questions]
        unseen = Glucose4(bootstrap_with=boxes.clauses)
        unseen.set_phases(list(selector.values()))  # as small a box as there is
        found: list[tuple[Lit, ...]] = []
        started = time.process_time()
        done = False
        while time.process_time() - started < limit:
            if not unseen.solve():
                done = True
                break
            taken = set(unseen.get_model())
            box = [lit for lit, (_, _, s) in shut.items() if s in taken]
            if not closed.solve(assumptions=box):
                core = _fewest(closed)
                unseen.add_clause([-shut[lit][2] for lit in core])
                if some.solve(assumptions=core):
                    found.append(tuple(core))
                continue
            model = set(closed.get_model())
            if opened.solve(assumptions=[lit for lit in shut if lit in model]):
                raise AssertionError("a whole case cannot be both open and closed")
            escapes = []
            for q, kept in _answers_left(_fewest(opened), shut, self.case).items():
                before = len(boxes.clauses)
                escapes.append(boxes.both(*(selector[q, a] for a in kept)))
                for clause in boxes.clauses[before:]:
                    unseen.add_clause(clause)
            unseen.add_clause(escapes)
        return Enumerated(practice, tuple(found), done, time.process_time() - started)


def _fewest(solver: Glucose4) -> list[Lit]:
    """Of the assumptions that just failed, a set of which none can be left out."""
    core = list(solver.get_core() or [])
    for lit in list(core):
        rest = [other for other in core if other != lit]
        if not solver.solve(assumptions=rest):
            core = rest
    return core


def _answers_left(
    core: Iterable[Lit], shut: Mapping[Lit, tuple[Question, int, Lit]], case: Answers
) -> dict[Question, list[int]]:
    """For each question that a box restricts, the answers it leaves."""
    gone: dict[Question, set[int]] = {}
    for lit in core:
        question, answer, _ = shut[lit]
        gone.setdefault(question, set()).add(answer)
    return {q: [a for a in range(len(case.all(q))) if a not in answers] for q, answers in gone.items()}


def box_of(facts: Mapping[str, Fact], hole: Loophole) -> Box:
    """The box of a loophole, from the words in which it is told."""
    box: dict[Question, frozenset[int]] = {}
    for condition in hole.conditions:
        fact = facts[condition.fact]
        if fact.several:
            for value in condition.values:
                name = value.removeprefix("not ") if value not in (a.name for a in fact.answers) else value
                box[Question(fact.name, fact.index(name))] = frozenset([int(name == value)])
        else:
            box[Question(fact.name)] = frozenset(fact.index(value) for value in condition.values)
    return box
