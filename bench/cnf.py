"""A law as clauses for a SAT solver: the plain reading (`semantics/reference.py`) gate by gate, without any diagram.

It shares with the program the model of the law and nothing else, so that what both find is found twice.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import date

from lagrum.model.conditions import (
    AllOf,
    AnyOf,
    Applies,
    AtLeast,
    Choice,
    Condition,
    DateIs,
    Defined,
    Has,
    HasNone,
    HasOnly,
    IsMet,
    NoneOf,
    ReadingIs,
    singles,
)
from lagrum.model.facts import Fact, Question, questions_of
from lagrum.model.instruments import Instrument
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.semantics.order import relevant_impossible

Lit = int
TRUE: Lit = 1
FALSE: Lit = -1
SPEAKING = (NormKind.FORBID, NormKind.REQUIRE, NormKind.CLASSIFY)


class Cnf:
    """Clauses, with gates that are made once. Variable 1 is true."""

    def __init__(self) -> None:
        self.clauses: list[list[Lit]] = [[TRUE]]
        self.variables = 1
        self._gates: dict[tuple[Lit, ...], Lit] = {}

    def fresh(self) -> Lit:
        self.variables += 1
        return self.variables

    def both(self, *inputs: Lit) -> Lit:
        """A literal that holds exactly when all inputs do (Tseitin)."""
        wanted = sorted({lit for lit in inputs if lit != TRUE})
        if FALSE in wanted or any(-lit in wanted for lit in wanted):
            return FALSE
        if len(wanted) < 2:
            return wanted[0] if wanted else TRUE
        key = tuple(wanted)
        if key not in self._gates:
            out = self._gates[key] = self.fresh()
            self.clauses += [[-out, lit] for lit in wanted]
            self.clauses.append([out, *(-lit for lit in wanted)])
        return self._gates[key]

    def either(self, *inputs: Lit) -> Lit:
        return -self.both(*(-lit for lit in inputs))

    def at_least(self, count: int, inputs: Iterable[Lit]) -> Lit:
        reached = [TRUE] + [FALSE] * count  # reached[k]: k of those seen so far hold
        for lit in inputs:
            reached = [TRUE] + [self.either(reached[k], self.both(reached[k - 1], lit)) for k in range(1, count + 1)]
        return reached[count]


class Answers:
    """A complete case in variables: one for each answer of a fact with one answer, one for each member of others."""

    def __init__(self, cnf: Cnf, facts: Mapping[str, Fact]) -> None:
        self.facts = facts
        self._lits: dict[Question, tuple[Lit, ...]] = {}
        for fact in facts.values():
            for question in questions_of(fact):
                self._lits[question] = _answers_to(cnf, fact)

    def lit(self, question: Question, answer: int) -> Lit:
        return self._lits[question][answer]

    def all(self, question: Question) -> tuple[Lit, ...]:
        return self._lits[question]

    def doing(self, held: Iterable[Question], fact: Fact) -> Answers:
        """The same case, with other answers to a fact with several: exactly those held."""
        other = Answers.__new__(Answers)
        other.facts = self.facts
        fixed = {q: (FALSE, TRUE) if q in set(held) else (TRUE, FALSE) for q in questions_of(fact)}
        other._lits = {**self._lits, **fixed}
        return other

    def read(self, model: set[Lit], questions: Iterable[Question]) -> dict[Question, int]:
        """The case of a solver's model."""
        return {q: next(i for i, lit in enumerate(self._lits[q]) if lit in model or lit == TRUE) for q in questions}


def _answers_to(cnf: Cnf, fact: Fact) -> tuple[Lit, ...]:
    if fact.several or len(fact.answers) == 2:
        yes = cnf.fresh()
        return (-yes, yes)
    lits = tuple(cnf.fresh() for _ in fact.answers)
    cnf.clauses.append(list(lits))
    cnf.clauses += [[-a, -b] for i, a in enumerate(lits) for b in lits[:i]]
    return lits


class Statute:
    """The literals of one law on one date over a case; method by method what `Reference` says of a complete case."""

    def __init__(self, cnf: Cnf, law: Law, on: date, case: Answers) -> None:
        self.cnf, self.law, self.on, self.case = cnf, law, on, case
        self._known: dict[tuple[str, str, bool], Lit] = {}

    def forbidden(self) -> Lit:
        """The ruling is `forbidden`."""
        outside = self.cnf.both(*(self._outside(instrument) for instrument in self.law.instruments))
        return self.cnf.both(-outside, self.cnf.either(*(self._forbids(norm) for norm in self.law.norms.values())))

    def _forbids(self, norm: Norm) -> Lit:
        if norm.kind is NormKind.REQUIRE and norm.before_use:
            return self.cnf.both(self._applies(norm), -self._met(norm, False))
        return self._applies(norm) if norm.kind is NormKind.FORBID else FALSE

    def _applies(self, norm: Norm) -> Lit:
        if not self._in_force(norm.instrument):
            return FALSE
        stands = self._stands(norm, False)
        if norm.kind is NormKind.DEFINE or self._before_scope(norm):
            return stands
        return self.cnf.both(stands, self._in_scope(norm.instrument), -self._excluded(norm))

    def _outside(self, instrument: Instrument) -> Lit:
        if not self._in_force(instrument.id):
            return TRUE
        speaks = {
            norm.key: self.cnf.both(self._active(norm, False), self._elements(norm, False))
            for norm in instrument.norms
            if norm.kind in SPEAKING
        }
        some = self.cnf.either(*speaks.values())
        all_out = self.cnf.both(
            *(self.cnf.either(-lit, self._excluded(self.law.norms[key])) for key, lit in speaks.items())
        )
        from_all = self.cnf.either(
            *(self._stands(n, False) for n in instrument.norms if n.kind is NormKind.EXCLUDE and n.from_all)
        )
        excluded = self.cnf.either(self.cnf.both(some, all_out), self.cnf.both(-some, from_all))
        return self.cnf.either(-self._in_scope(instrument.id), excluded)

    def _in_scope(self, instrument_id: str) -> Lit:
        scopes = [n for n in self._instrument(instrument_id).norms if n.kind is NormKind.SCOPE]
        return self.cnf.either(*(self._stands(norm, False) for norm in scopes)) if scopes else TRUE

    def _active(self, norm: Norm, bare: bool) -> Lit:
        instrument = self._instrument(norm.instrument)
        if any(until is not None and until <= self.on for until in (norm.until, instrument.until)):
            return FALSE
        if not norm.starts:
            return TRUE if self._start(instrument) <= self.on else FALSE
        bare = bare or self._before_scope(norm)
        begun = [start for start in norm.starts if start.day <= self.on]
        return self.cnf.either(*(TRUE if s.when is None else self.holds(s.when, bare) for s in begun))

    def _elements(self, norm: Norm, bare: bool) -> Lit:
        bare = bare or self._before_scope(norm)
        known = ("elements", norm.key, bare)
        if known not in self._known:
            holds = TRUE if norm.when is None else self.holds(norm.when, bare)
            barred = FALSE if norm.unless is None else self.holds(norm.unless, bare)
            self._known[known] = self.cnf.both(holds, -barred)
        return self._known[known]

    def _excepted(self, norm: Norm, bare: bool) -> Lit:
        return self.cnf.either(*(self._stands(other, bare) for other in self.law.exceptions[norm.key]))

    def _excluded(self, norm: Norm) -> Lit:
        naming = (
            other
            for other in self.law.norms.values()
            if other.kind is NormKind.EXCLUDE
            and (norm.key in other.targets or (other.from_all and other.instrument == norm.instrument))
        )
        return self.cnf.either(*(self._stands(other, False) for other in naming))

    def _met(self, norm: Norm, bare: bool) -> Lit:
        return FALSE if norm.met_when is None else self.holds(norm.met_when, bare or self._before_scope(norm))

    def _stands(self, norm: Norm, bare: bool) -> Lit:
        known = ("stands", norm.key, bare)
        if known not in self._known:
            self._known[known] = self.cnf.both(
                self._active(norm, bare), self._elements(norm, bare), -self._excepted(norm, bare)
            )
        return self._known[known]

    def _before_scope(self, norm: Norm) -> bool:
        if norm.kind is NormKind.EXCEPT:
            return any(self._before_scope(self.law.norms[key]) for key in norm.targets if key in self.law.norms)
        return norm.kind in (NormKind.SCOPE, NormKind.EXCLUDE)

    def holds(self, condition: Condition, bare: bool = False) -> Lit:
        """A literal that holds exactly when the condition does."""
        cnf, norms = self.cnf, self.law.norms
        match condition:
            case AllOf(items):
                return cnf.both(*(self.holds(item, bare) for item in items))
            case AnyOf(items):
                return cnf.either(*(self.holds(item, bare) for item in items))
            case NoneOf(items):
                return -cnf.either(*(self.holds(item, bare) for item in items))
            case AtLeast(count, items):
                return cnf.at_least(count, (self.holds(item, bare) for item in items))
            case Choice(fact, allowed):
                return cnf.either(*(self.case.lit(Question(fact), answer) for answer in allowed))
            case Has(fact, member):
                return self.case.lit(Question(fact, member), 1)
            case HasOnly(fact, members):
                return cnf.both(cnf.either(*self._members(fact, members)), -cnf.either(*self._others(fact, members)))
            case HasNone(fact, members):
                return -cnf.either(*self._members(fact, members))
            case Defined(key, _, negated):
                return -self._stands(norms[key], bare) if negated else self._stands(norms[key], bare)
            case Applies(keys):
                cited = [norms[key] for key in keys if key in norms]
                return cnf.either(*(self._stands(n, True) if bare else self._applies(n) for n in cited))
            case IsMet(keys):
                if any(key not in norms for key in keys):
                    return FALSE
                return cnf.both(*(cnf.either(-self._stands(norms[k], bare), self._met(norms[k], bare)) for k in keys))
            case ReadingIs(reading, value, _, negated):
                return TRUE if (self.law.readings[reading] == value) != negated else FALSE
            case DateIs(day, before):
                return TRUE if (self.on.toordinal() < day) == before else FALSE

    def _members(self, fact: str, members: Iterable[int]) -> Iterator[Lit]:
        return (self.case.lit(Question(fact, member), 1) for member in members)

    def _others(self, fact: str, members: frozenset[int]) -> Iterator[Lit]:
        return self._members(fact, (i for i in range(len(self.law.facts[fact].answers)) if i not in members))

    def _instrument(self, instrument_id: str) -> Instrument:
        return next(i for i in self.law.instruments if i.id == instrument_id)

    def _start(self, instrument: Instrument) -> date:
        return instrument.in_force or instrument.published or date.min

    def _in_force(self, instrument_id: str) -> bool:
        instrument = self._instrument(instrument_id)
        ended = instrument.until is not None and instrument.until <= self.on
        return self._start(instrument) <= self.on and not ended


def possible(cnf: Cnf, laws: tuple[Law, ...], on: date, case: Answers) -> Lit:
    """A literal that holds when no statement of the impossible rules the case out."""
    readers = [Statute(cnf, law, on, case) for law in laws]
    by_vocabulary = {fact: reader for reader in readers for fact in reader.law.facts}
    statements = relevant_impossible(laws)
    return cnf.both(*(-_reader(by_vocabulary, s.when).holds(s.when) for s in statements))


def _reader(readers: Mapping[str, Statute], condition: Condition) -> Statute:
    return readers[next(name for name in (getattr(s, "fact", None) for s in singles(condition)) if name)]
