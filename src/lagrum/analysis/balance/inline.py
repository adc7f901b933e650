"""What a position forbids, said in facts alone: so that its prohibition can be put into another law."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
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
    Line,
    NoneOf,
    ReadingIs,
)
from lagrum.model.facts import FactKind, Question
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.reasoning.words import said

Said = Condition | bool
"""A condition, or what it comes to whatever the case."""


def all_of(items: Iterable[Said]) -> Said:
    kept: list[Condition] = []
    for item in items:
        if item is False:
            return False
        if isinstance(item, AllOf):
            kept += item.items
        elif item is not True:
            kept.append(item)
    return True if not kept else kept[0] if len(kept) == 1 else AllOf(tuple(kept))


def any_of(items: Iterable[Said]) -> Said:
    kept: list[Condition] = []
    for item in items:
        if item is True:
            return True
        if isinstance(item, AnyOf):
            kept += item.items
        elif item is not False:
            kept.append(item)
    return False if not kept else kept[0] if len(kept) == 1 else AnyOf(tuple(kept))


def none_of(items: Iterable[Said]) -> Said:
    held = any_of(items)
    if isinstance(held, bool):
        return not held
    return NoneOf(held.items if isinstance(held, AnyOf) else (held,))


@dataclass(frozen=True, slots=True)
class Inline:
    """A law on a day, as its readings are chosen, in facts alone; the meaning of `semantics.reference`."""

    law: Law
    on: date

    def forbids(self, norm: Norm) -> Said:
        """Where a prohibition applies, or a duty before use applies and is not met."""
        applies = self.applies(norm)
        return all_of([applies, none_of([self._met(norm, False)])]) if norm.kind is NormKind.REQUIRE else applies

    def applies(self, norm: Norm) -> Said:
        if not self._in_force(norm.instrument):
            return False
        instrument = self.law.instrument(norm.instrument)
        scopes = [n for n in instrument.norms if n.kind is NormKind.SCOPE]
        reached = any_of(self._stands(n, True) for n in scopes) if scopes else True
        excluded = any_of(self._stands(n, True) for n in self.law.exclusions[norm.key])
        return all_of([self._stands(norm, False), reached, none_of([excluded])])

    def condition(self, condition: Condition, bare: bool = False) -> Said:
        match condition:
            case AllOf(items):
                return all_of(self.condition(item, bare) for item in items)
            case AnyOf(items):
                return any_of(self.condition(item, bare) for item in items)
            case NoneOf(items):
                return none_of(self.condition(item, bare) for item in items)
            case AtLeast(count, items):
                told = [self.condition(item, bare) for item in items]
                open_ = tuple(each for each in told if not isinstance(each, bool))
                left = count - sum(each is True for each in told)
                return left <= 0 or (AtLeast(left, open_) if left <= len(open_) else False)
            case Defined(key, _, negated):
                held = self._stands(self.law.known[key], bare)
                return none_of([held]) if negated else held
            case Applies(keys):
                cited = [self.law.known[key] for key in keys if key in self.law.known]
                return any_of(self._stands(n, True) if bare else self.applies(n) for n in cited)
            case IsMet(keys):
                if any(key not in self.law.known for key in keys):
                    return False
                duties = [self.law.known[key] for key in keys]
                return all_of(any_of([none_of([self._stands(n, bare)]), self._met(n, bare)]) for n in duties)
            case ReadingIs(reading, value, _, negated):
                return (self.law.readings[reading] == value) != negated
            case DateIs(day, before):
                return (self.on.toordinal() < day) == before
            case _:
                return self._single(condition)

    def _single(self, single: Choice | Has | HasOnly | HasNone) -> Said:
        return told_anew(self.law, single)

    def _stands(self, norm: Norm, bare: bool) -> Said:
        excepted = any_of(self._stands(n, bare) for n in self.law.exceptions[norm.key])
        when = True if norm.when is None else self.condition(norm.when, bare)
        unless = False if norm.unless is None else self.condition(norm.unless, bare)
        return all_of([self._active(norm, bare), when, none_of([unless]), none_of([excepted])])

    def _active(self, norm: Norm, bare: bool) -> Said:
        instrument = self.law.instrument(norm.instrument)
        if any(end is not None and end <= self.on for end in (norm.until, instrument.until)):
            return False
        if not norm.starts:
            return self._begun(norm.instrument)
        begun = [start for start in norm.starts if start.day <= self.on]
        return any_of(True if s.when is None else self.condition(s.when, bare) for s in begun)

    def _met(self, norm: Norm, bare: bool) -> Said:
        return False if norm.met_when is None else self.condition(norm.met_when, bare)

    def _begun(self, instrument_id: str) -> bool:
        instrument = self.law.instrument(instrument_id)
        return (instrument.in_force or instrument.published or date.min) <= self.on

    def _in_force(self, instrument_id: str) -> bool:
        until = self.law.instrument(instrument_id).until
        return self._begun(instrument_id) and not (until is not None and until <= self.on)


def told_anew(law: Law, single: Choice | Has | HasOnly | HasNone) -> Said:
    """A condition on a fact in words that every law can use: a named set is spelt out."""
    fact = law.facts[single.fact]
    names = [a.name for a in fact.answers]
    match single:
        case Choice(name, allowed):
            if len(allowed) in (0, len(names)):
                return bool(allowed)
            if fact.kind in (FactKind.NUMBER, FactKind.DATE):
                return _stretches(law, name, allowed)
            return Choice(name, allowed, Line(said(fact, Question(name), allowed)))
        case Has(name, member):
            return Has(name, member, Line(f"{name} has {names[member]}"))
        case HasOnly(name, members):
            return HasOnly(name, members, Line(f"{name} has only {', '.join(names[i] for i in sorted(members))}"))
        case HasNone(name, members):
            return HasNone(name, members, Line(f"{name} has none of {', '.join(names[i] for i in sorted(members))}"))


def _stretches(law: Law, name: str, allowed: frozenset[int]) -> Said:
    """Answers to a number or date: stretches of neighbours, each told by its lower and its upper border."""
    fact, last = law.facts[name], len(law.facts[name].answers) - 1
    ways: list[Said] = []
    for first in sorted(a for a in allowed if a - 1 not in allowed):
        end = next(a for a in range(first, last + 1) if a + 1 not in allowed)
        borders = [frozenset(range(first, last + 1))] * (first > 0) + [frozenset(range(end + 1))] * (end < last)
        ways.append(all_of(Choice(name, each, Line(said(fact, Question(name), each))) for each in borders))
    return any_of(ways)


def assume(condition: Said, known: frozenset[Question]) -> Said:
    """The condition where these members of facts with several answers are held."""
    match condition:
        case bool():
            return condition
        case AllOf(items):
            return all_of(assume(item, known) for item in items)
        case AnyOf(items):
            return any_of(assume(item, known) for item in items)
        case NoneOf(items):
            return none_of(assume(item, known) for item in items)
        case Has(fact, member) if Question(fact, member) in known:
            return True
        case HasNone(fact, members) if any(Question(fact, member) in known for member in members):
            return False
        case _:
            return condition
