"""Candidates: changes of the law that its own structure, the position and the kept uses suggest."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import date

from lagrum.analysis.balance.amendment import Writer
from lagrum.analysis.balance.changes import (
    Add,
    Ban,
    BeforeUse,
    Begin,
    Change,
    Drop,
    Repeal,
    Strip,
    Swap,
    everywhere,
    places_of,
)
from lagrum.analysis.balance.inline import Inline, Said, all_of, assume
from lagrum.analysis.loopholes.openers import words_of
from lagrum.analysis.loopholes.practices import practice_fact
from lagrum.analysis.loopholes.result import APART, Loopholes
from lagrum.model.conditions import (
    AllOf,
    AnyOf,
    Applies,
    Choice,
    Condition,
    Defined,
    Group,
    Has,
    HasNone,
    HasOnly,
    IsMet,
    Line,
    NoneOf,
    singles,
)
from lagrum.model.facts import FactKind, Question
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind

ABOUT_FACTS = Choice | Has | HasOnly | HasNone
MOST_ADDED = 4
"""Answers that a list lacks, beyond which adding single ones is not tried."""


@dataclass(frozen=True, slots=True)
class Candidate:
    """A change with the kind and words under which it is told. `must_close`: worth a place only if it closes for some
    practice what a family opens there, since a plainer edit does the same or more."""

    kind: str
    words: str
    citation: str
    change: Change
    must_close: bool = False


class Candidates:
    """What can be changed about the prohibitions that govern the position's practices."""

    def __init__(self, law: Law, position: Law, on: date, found: Loopholes, writer: Writer) -> None:
        self.law, self.position, self.on, self.writer = law, position, on, writer
        self.found = found
        keys = dict.fromkeys(
            o.norm for f in found.families for escape in f.escapes for o in escape.openers if o.norm in law.norms
        )
        self.governing = [law.norms[key] for key in keys]

    def structural(self) -> list[Candidate]:
        """All but those that the kept uses suggest, each once."""
        told: dict[tuple[str, str], Candidate] = {}
        for candidate in self._structural():
            if self.writer.can_write(candidate.change):
                told.setdefault((str(_identity(candidate.change)), candidate.kind), candidate)
        return list(told.values())

    def _structural(self) -> Iterator[Candidate]:
        exceptions: dict[str, Norm] = {}
        exclusions: dict[str, Norm] = {}
        for norm in self.governing:
            yield from self._elements(norm, set())
            exceptions |= {e.key: e for e in self.law.exceptions[norm.key] if self._alive(e)}
            exclusions |= {e.key: e for e in self.law.exclusions[norm.key] if self._alive(e)}
        for exception in exceptions.values():
            pool = self._pool(e for e in exceptions.values() if e.instrument == exception.instrument)
            yield Candidate("exception", f"repeal {_name(exception)}", _place(exception), self._repeal(exception))
            yield from self._ways(exception, exception.when, set())
            yield from self._narrowed(exception, pool)
        for exclusion in exclusions.values():
            yield Candidate("exclusion", f"repeal {_name(exclusion)}", _place(exclusion), self._repeal(exclusion))
            yield from self._ways(exclusion, exclusion.when, set())
            yield from self._kept_out(exclusion)
        yield from self._to_come()
        yield from self._safeguards()
        yield from self._bans()

    # --- prohibitions ------------------------------------------------------------------------------------------

    def _elements(self, norm: Norm, seen: set[str]) -> Iterator[Candidate]:
        """What a prohibition could do without: the items of its list, and of the definitions in it; its proviso."""
        if norm.key in seen:
            return
        seen.add(norm.key)
        items = norm.when.items if isinstance(norm.when, AllOf) else (norm.when,) if norm.when else ()
        for item in items:
            if isinstance(item, Has) and self.law.facts[item.fact].practice:
                continue  # what it is about
            if isinstance(norm.when, AllOf):
                yield from self._dropped("element", norm, item)
            if isinstance(item, NoneOf) and len(item.items) > 1:
                for each in item.items:
                    yield from self._dropped("element", norm, each)
            yield from self._widened(norm, item)
            if isinstance(item, Defined) and not item.negated and item.norm in self.law.norms:
                yield from self._elements(self.law.norms[item.norm], seen)
        if norm.unless is not None:
            words = f'strike "unless {words_of(norm.unless)}" from {_name(norm)}'
            yield Candidate("element", words, _place(norm), Strip(norm.key))
            yield from self._ways(norm, norm.unless, set())

    def _widened(self, norm: Norm, item: Condition) -> Iterator[Candidate]:
        """A list of answers, or one answer, with another."""
        if not isinstance(item, Choice) or self.law.facts[item.fact].kind is not FactKind.ONE_OF:
            return
        fact = self.law.facts[item.fact]
        missing = [i for i in range(len(fact.answers)) if i not in item.allowed]
        if 2 <= len(missing) <= MOST_ADDED:
            for more in missing:
                allowed = item.allowed | {more}
                names = ", ".join(fact.answers[i].name for i in sorted(allowed))
                new = Choice(item.fact, allowed, Line(f"{item.fact} in {names}", item.line.citation))
                words = f'add "{fact.answers[more].name}" to "{item.line.text}", {_name(norm)}'
                yield Candidate("widen", words, _place(norm), Swap(norm.key, item, places_of(norm, item), new))

    def _to_come(self) -> Iterator[Candidate]:
        for norm in self.law.norms.values():
            forbids = norm.kind is NormKind.FORBID or norm.before_use
            later = norm.starts and all(start.day > self.on for start in norm.starts)
            if forbids and later and not (norm.until and norm.until <= self.on):
                yield Candidate("day", f"let {_name(norm)} apply now", _place(norm), Begin(norm.key, self.on))

    def _safeguards(self) -> Iterator[Candidate]:
        """Duties that say when they are met, made conditions of lawful use."""
        for norm in self.law.norms.values():
            if (
                norm.kind is NormKind.REQUIRE
                and not norm.before_use
                and norm.met_when is not None
                and self._alive(norm)
            ):
                words = f"make {_name(norm)} a condition of lawful use"
                yield Candidate("safeguard", words, _place(norm), BeforeUse(norm.key))

    # --- exceptions and exclusions ----------------------------------------------------------------------------

    def _ways(self, norm: Norm, condition: Condition | None, seen: set[str]) -> Iterator[Candidate]:
        """Each way to fulfil a condition, also where the ways stand in a definition or a duty that it names."""
        for item in condition.items if isinstance(condition, AllOf) else (condition,):
            match item:
                case AnyOf(ways):
                    for way in ways:
                        yield from self._dropped("way", norm, way)
                        yield from self._ways(norm, way, seen)
                case Defined(key, _, False) if key in self.law.norms and key not in seen:
                    seen.add(key)
                    yield from self._ways(self.law.norms[key], self.law.norms[key].when, seen)
                case IsMet(keys):
                    for key in (key for key in keys if key in self.law.norms and key not in seen):
                        seen.add(key)
                        yield from self._ways(self.law.norms[key], self.law.norms[key].met_when, seen)
                case _:
                    pass

    def _dropped(self, kind: str, norm: Norm, item: Condition) -> Iterator[Candidate]:
        paths = places_of(norm, item)
        parents = {path: parent for path, _, parent in everywhere(norm)}
        held = [parents[path] for path in paths]
        if all(isinstance(parent, Group) and len(parent.items) > 1 for parent in held):
            verb = "drop the way" if kind == "way" else "drop"
            words = f'{verb} "{_short(item)}" from {_name(norm)}'
            yield Candidate(kind, words, _place(norm), Drop(norm.key, item, paths))

    def _pool(self, exceptions: Iterable[Norm]) -> list[Condition]:
        """Conditions that some exceptions and duties of the law have, and others could have: safeguards and traits."""
        found: dict[str, Condition] = {}
        norms = list(exceptions)
        duties = [key for e in norms for single in singles(e.when) if isinstance(single, IsMet) for key in single.norms]
        conditions = [e.when for e in norms] + [self.law.norms[key].met_when for key in duties if key in self.law.norms]
        for condition in conditions:
            for single in singles(condition):
                if isinstance(single, ABOUT_FACTS) or (isinstance(single, Defined) and not single.negated):
                    found.setdefault(single.line.text, single)
        return list(found.values())

    def _narrowed(self, exception: Norm, pool: Iterable[Condition]) -> Iterator[Candidate]:
        if exception.when is None:
            return
        has = {single.line.text for single in singles(exception.when)}
        for condition in pool:
            if not isinstance(condition, Group) and condition.line.text not in has:
                words = f'narrow {_name(exception)}: only where "{condition.line.text}"'
                change = Add(exception.key, condition)
                yield Candidate("narrow", words, _place(exception), change, must_close=True)

    def _repeal(self, norm: Norm) -> Repeal:
        return Repeal(norm.key, tuple(n.key for n in self.writer.meant(norm) if n is not norm))

    def _kept_out(self, exclusion: Norm) -> Iterator[Candidate]:
        """The prohibitions that it takes out, all together and each apart."""
        if exclusion.when is None:
            return
        taken = [n for n in self.governing if exclusion in self.law.exclusions[n.key]]
        taken = [n for n in taken if n.instrument == exclusion.instrument and self.writer.meant(n) == [n]]
        for norms in dict.fromkeys([tuple(taken), *((n,) for n in taken)]):
            if norms:
                lines = (Line(f"{self.writer.address(n)} applies") for n in norms)
                spared = NoneOf(tuple(Applies((n.key,), line) for n, line in zip(norms, lines, strict=True)))
                words = f"keep {', '.join(map(_place, norms))} out of {_name(exclusion)}"
                yield Candidate("keep out", words, _place(exclusion), Add(exclusion.key, spared), must_close=True)

    # --- the position's prohibitions ----------------------------------------------------------------------------

    def _bans(self) -> Iterator[Candidate]:
        """What the position forbids, whole, and for each practice apart."""
        for _, candidate in self.bans():
            yield candidate

    def bans(self) -> Iterator[tuple[tuple[str, ...], Candidate]]:
        """New prohibitions, each with the practice it is for (none: whole)."""
        instrument = next((i for i in self.law.instruments if any(n.kind is NormKind.FORBID for n in i.norms)), None)
        instrument = instrument or next((i for i in self.law.instruments if i.norms), None)
        if instrument is None:
            return
        after = self.writer.before(instrument)
        fact = practice_fact(self.law, self.position)
        for norm in self.position.norms.values():
            if norm.kind is not NormKind.FORBID and not norm.before_use:
                continue
            whole = Inline(self.position, self.on).forbids(norm)
            label = norm.label or str(norm.citation)
            place = str(norm.citation)
            for when in self._told(whole):
                words = f'forbid "{label}" as {self.position.id} {place} does'
                yield (), Candidate("ban", words, place, Ban(instrument.id, after, label, when, None))
            for practice in self.found.practices if fact and len(self.found.practices) > 1 else ():
                members = frozenset(Question(fact.name, fact.index(name)) for name in practice) if fact else frozenset()
                held = (
                    [Has(fact.name, fact.index(name), Line(f"{fact.name} has {name}")) for name in practice]
                    if fact
                    else []
                )
                for when in self._told(all_of([*held, assume(whole, members)])):
                    named = " and ".join(practice)
                    words = f"forbid {named} as {self.position.id} {place} does"
                    change = Ban(instrument.id, after, f"{named}: {label}", when, None)
                    yield practice, Candidate("part", words, place, change)

    def _told(self, condition: Said) -> Iterator[Condition]:
        if not isinstance(condition, bool):
            yield condition

    def _alive(self, norm: Norm) -> bool:
        begun = not norm.starts or any(start.day <= self.on for start in norm.starts)
        return begun and not (norm.until is not None and norm.until <= self.on)


def sparing(candidate: Candidate, proviso: Condition) -> Candidate:
    """The same new prohibition, with a proviso."""
    assert isinstance(candidate.change, Ban), "only a new prohibition gets a proviso"
    words = f'{candidate.words}, unless "{_short(proviso)}"'
    change = replace(candidate.change, unless=proviso)
    return Candidate("part", words, candidate.citation, change, must_close=True)


def closable(found: Loopholes) -> list[int]:
    """The families, by place, that are about what the law says, not about where and when it applies."""
    return [i for i, family in enumerate(found.families) if family.kind not in APART]


def _identity(change: Change) -> tuple[object, ...]:
    match change:
        case Drop(norm, _, paths):
            return ("drop", norm, paths)
        case Swap(norm, _, paths, new):
            return ("swap", norm, paths, _short(new))
        case Add(norm, condition):
            return ("add", norm, _short(condition))
        case Ban(instrument, _, label, when, unless):
            return ("ban", instrument, label, words_of(when), unless and words_of(unless))
        case _:
            return (type(change).__name__, change.norm)


def _short(condition: Condition) -> str:
    return words_of(condition)


def _place(norm: Norm) -> str:
    return str(norm.citation)


def _name(norm: Norm) -> str:
    label = norm.label or norm.name
    return f"{norm.citation} ({label})" if label else str(norm.citation)
