"""Rules that never apply, are swallowed by their exceptions, or have alternatives that never come into it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from lagrum.analysis.audit.desk import Desk, Part, Under
from lagrum.analysis.audit.parts import Taker, is_one_term, name_of, words_of
from lagrum.analysis.audit.result import Finding, Level
from lagrum.model.cases import Complete
from lagrum.model.conditions import AllOf, AnyOf, Applies, Choice, Condition, Defined
from lagrum.model.facts import Question
from lagrum.model.norms import Norm, NormKind
from lagrum.model.rulings import Status
from lagrum.semantics.logic import Node
from lagrum.semantics.reference import Reference

LIFTING = (NormKind.EXCEPT, NormKind.EXCLUDE)


class Never:
    """What never happens to the rules of a law. `dead` gathers the keys of those that never apply or lift anything."""

    def __init__(self, desk: Desk, taker: Taker, norms: Sequence[Norm]) -> None:
        self.desk, self.taker, self.norms = desk, taker, norms
        self.compiled = desk.compiled
        self.dead: dict[str, Under] = {}

    def find(self) -> Iterator[Finding]:
        """First what never applies, since other findings hang on it; then why, and what of the others never does."""
        norms = self.norms
        for norm in norms:
            under = self._lifts(norm) if norm.kind in LIFTING else self.desk.never(self.taker.holds(norm))
            if under is not None:
                self.dead[norm.key] = under
        late = [norm for norm in norms if norm.key in self.dead and not self.desk.ever(norm)]
        yield from self._late(late)
        for norm in norms:
            if norm in late:
                continue
            if norm.key not in self.dead:
                yield from self._alternatives(norm)
            elif norm.kind in LIFTING:
                yield from self._lifting(norm, self.dead[norm.key])
            else:
                yield from self._applying(norm, self.dead[norm.key])

    # --- rules -----------------------------------------------------------------------------------------------

    def _late(self, norms: Sequence[Norm]) -> Iterator[Finding]:
        """Rules for which no day is left, told together for each instrument."""
        for name in dict.fromkeys(norm.instrument for norm in norms):
            mine = [norm for norm in norms if norm.instrument == name]
            citations = tuple(dict.fromkeys(str(norm.citation) for norm in mine))
            instrument = self.desk.law.instrument(name)
            told = [f"{name} ends on {instrument.until}"] if instrument.until else []
            by = tuple(norm.key for norm in mine)
            if len(mine) == 1:
                told += [part.words for part in self.taker.elements(mine[0]) if part.what == "date"]
                sentence = f"{name_of(mine[0])} ends before it begins"
            else:
                days = sorted({str(start.day) for norm in mine for start in norm.starts})
                told += [f"they stand from {', '.join(days)}"] if days else []
                sentence = f"{len(mine)} of {len(instrument.norms)} rules end before they begin"
            yield Finding(
                name, "never-applies", Level.HIGH, by[0] if len(by) == 1 else "", citations, sentence, tuple(told), by
            )

    def _applying(self, norm: Norm, under: Under) -> Iterator[Finding]:
        parts = self.taker.applying(norm)
        lifting = [part for part in parts if part.what in ("exception", "exclusion")]
        rest = [part.node for part in parts if part not in lifting]
        reason = self.desk.conflict(parts, under)
        if lifting and (self.desk.never(*rest) is None if under else self.desk.can(*rest)):
            yield self._swallowed(norm, reason, rest, under)
        else:
            verb = "never holds" if norm.kind is NormKind.DEFINE else "never applies"
            yield from self._finding("never-applies", norm, f"{name_of(norm)} {verb}", reason, under)

    def _swallowed(self, norm: Norm, reason: Sequence[Part], rest: Sequence[Node], under: Under) -> Finding:
        by = tuple(dict.fromkeys(part.key for part in reason if part.what in ("exception", "exclusion")))
        names = " and ".join(name_of(self.desk.law.known[key]) for key in by)
        verb = "lifts" if len(by) == 1 else "lift"
        sentence = f"{names} {verb} {name_of(norm)} whenever it would apply"
        bare = self.taker.is_bare(norm)

        def shows(reference: Reference, case: Complete) -> bool:
            if bare:
                return reference.excepted(norm, case)
            return reference.status(norm.key, case) in (Status.DEFEATED, Status.EXCLUDED)

        moment = self.desk.moment(*rest, shows=shows)
        told = _told(reason)
        told += self.desk.statements(reason, under)
        level = Level.MEDIUM if under else Level.HIGH
        citations = (str(norm.citation), *(str(self.desk.law.known[key].citation) for key in by))
        return Finding(norm.instrument, "swallowed", level, norm.key, citations, sentence, told, by, under, moment)

    def _lifts(self, norm: Norm) -> Under | None:
        return self.desk.never(self.taker.stands(norm), self._reached(norm))

    def _reached(self, norm: Norm) -> Node:
        """Where there is something for an exception or exclusion to lift."""
        if norm.kind is NormKind.EXCLUDE:
            return self.taker.taken(norm)
        return self.desk.circuit.either(*map(self.taker.reach, self.taker.targets(norm)))

    def _lifting(self, norm: Norm, under: Under) -> Iterator[Finding]:
        targets = self.taker.targets(norm)
        if targets and all(self.dead.get(target.key, ("",)) in ((), under) for target in targets):
            return  # there is nothing to lift, which is told of what it would lift
        if norm.from_all:
            inside = Part("something in scope to take out", self.taker.taken(norm), "scope")
            reason = self.desk.conflict([*self.taker.applying(norm), inside], under)
        else:
            reasons = (self.desk.conflict(self.taker.lifting(norm, target), under) for target in targets)
            reason = min(reasons, key=len, default=())
        what = "exception" if norm.kind is NormKind.EXCEPT else "exclusion"
        sentence = f"the {what} {name_of(norm)} never lifts anything"
        yield from self._finding("never-reached", norm, sentence, reason, under)

    def _finding(self, kind: str, norm: Norm, sentence: str, reason: Sequence[Part], under: Under) -> Iterator[Finding]:
        if _overtaken(norm, reason) or (under and len(reason) <= 1):
            return  # overtaken by a later wording, or written for another reading
        hangs = any(part.key in self.dead for part in reason) or self._hangs(norm, reason)
        level = Level.LOW if hangs else Level.MEDIUM if under else Level.HIGH
        told = _told(reason) + self.desk.statements(reason, under)
        yield Finding(norm.instrument, kind, level, norm.key, (str(norm.citation),), sentence, told, (), under)

    def _hangs(self, norm: Norm, reason: Sequence[Part]) -> bool:
        """Whether the reason is a term or rule that never applies: a finding of its own."""
        told = {part.words for part in reason}
        for item in _flat(norm.when):
            if isinstance(item, Defined) and not item.negated and item.norm in self.dead and words_of(item) in told:
                return True
            if isinstance(item, Applies) and all(key in self.dead for key in item.norms) and words_of(item) in told:
                return True
        return False

    # --- alternatives ----------------------------------------------------------------------------------------

    def _alternatives(self, norm: Norm) -> Iterator[Finding]:
        """Items of `any of` and answers of sets that hold in no case in which the rule applies."""
        if norm.when is None:
            return
        base = self.taker.holds(norm)
        if norm.kind in LIFTING:
            base = self.desk.circuit.both(self.taker.stands(norm), self._reached(norm))
        for words, node, top in self._within(norm.when, norm, [base], True):
            under = self.desk.never(base, node)
            if under is None or (under and self.desk.never(node) == under):
                continue  # under these readings it is meant to be so
            way = norm.kind in LIFTING and top
            verb = "never lifts anything" if way else "never comes into it"
            sentence = f"`{words}` in {name_of(norm)} {verb}"
            reason = self.desk.conflict([*self._parts(norm), Part(words, node, "alternative")], under)
            others = [part for part in reason if part.what != "alternative"]
            if _overtaken(norm, reason) or (under and not others):
                continue
            told = _told(others) + self.desk.statements(reason, under)
            level = Level.LOW if under or not top else Level.MEDIUM
            kind = "never-reached" if way else "dead-alternative"
            yield Finding(norm.instrument, kind, level, norm.key, (str(norm.citation),), sentence, told, (), under)

    def _parts(self, norm: Norm) -> list[Part]:
        if norm.kind not in LIFTING:
            return self.taker.applying(norm)
        own = [*self.taker.elements(norm), *(p for p in self.taker.applying(norm) if p.what == "exception")]
        return [*own, Part("something to lift", self._reached(norm), "scope")]

    def _within(
        self, condition: Condition, norm: Norm, context: list[Node], top: bool
    ) -> Iterator[tuple[str, Node, bool]]:
        """Alternatives inside a condition: their words, where they hold with what stands around them, and whether they
        are ways of the rule as a whole."""
        match condition:
            case AllOf(items):
                around = [*context, *(self.compiled.condition(item, norm) for item in items)]
                for item in items:
                    yield from self._within(item, norm, around, top and isinstance(item, AnyOf))
            case AnyOf(items) if not is_one_term(items):
                for item in items:
                    held = self.compiled.condition(item, norm)
                    here = self.desk.circuit.both(*context[1:], held)
                    yield words_of(item), here, top
                    if self.desk.can(context[0], here):
                        yield from self._within(item, norm, [*context, held], False)
            case Choice(fact, allowed, line) if len(allowed) > 1 and " in " in line.text:
                named = self.desk.law.facts[fact]
                for answer in sorted(allowed) if not named.cuts else ():
                    held = self.desk.circuit.test(Question(fact), [answer])
                    here = self.desk.circuit.both(*context[1:], held)
                    yield f"{fact} is {named.answers[answer].name}", here, False
            case _:
                return


def _flat(condition: Condition | None) -> Iterator[Condition]:
    if isinstance(condition, AllOf):
        for item in condition.items:
            yield from _flat(item)
    elif condition is not None:
        yield condition


def _told(reason: Sequence[Part]) -> tuple[str, ...]:
    """The parts in words; that a law is in force goes without saying, unless nothing else is said."""
    return tuple(part.words for part in reason if part.what != "force" or len(reason) == 1)


def _overtaken(norm: Norm, reason: Sequence[Part]) -> bool:
    """Whether a wording that was amended could not come to matter in its time, whatever it says."""
    return bool(norm.ended_by) and any(part.what in ("date", "force") for part in reason)
