"""Conditions: every name looked up and every test checked against the kind of fact it is put to."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal

from lagrum.language import syntax
from lagrum.language.problems import Problems, listing, quote
from lagrum.language.resolve_citations import Reach
from lagrum.language.stretches import beyond, cut_of, cut_text, same_unit, upward
from lagrum.language.words import words_of_single
from lagrum.model import conditions as model
from lagrum.model.facts import Cut, Fact, FactKind
from lagrum.model.instruments import Reading
from lagrum.model.places import Place

_HOW_TO_ASK = {
    FactKind.YES_NO: "write the bare name, or `not` and the name",
    FactKind.ONE_OF: "write `is` and an answer, or `in` and several",
    FactKind.SOME_OF: "write `has` and an answer, `has only` or `has none of` and several",
    FactKind.NUMBER: "write `at least`, `at most`, `more than` or `less than` and a number with its unit",
    FactKind.DATE: "write `before` or `from` and a day",
}


@dataclass
class Scope:
    """What names mean in one instrument or vocabulary. `broken` names were declared, but wrongly; `incomplete` are
    vocabularies with errors, in which an unknown name may well have been declared."""

    problems: Problems
    facts: Mapping[str, Fact]
    sets: Mapping[tuple[str, str], frozenset[int]] = field(default_factory=dict)
    definitions: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    readings: Mapping[str, tuple[str, Reading]] = field(default_factory=dict)
    dates: Mapping[str, date] = field(default_factory=dict)
    broken: Mapping[str, Place] = field(default_factory=dict)
    incomplete: tuple[str, ...] = ()
    elsewhere: Mapping[str, str] = field(default_factory=dict)  # facts of vocabularies that are not used, and which
    reach: Reach | None = None

    def condition(self, node: syntax.Condition | None) -> model.Condition | None:
        """The condition with every name resolved; None where there is none or something in it is wrong (then noted)."""
        if node is None:
            return None
        if isinstance(node, syntax.Group):
            return self._group(node)
        line = model.Line(words_of_single(node), node.citation, node.place)
        match node:
            case syntax.Bare():
                return self._bare(node, line)
            case syntax.Is():
                return self._is(node, line)
            case syntax.In():
                return self._in(node, line)
            case syntax.Has():
                return self._has(node, line)
            case syntax.Compare():
                return self._compare(node, line)
            case syntax.When():
                return self._when(node, line)
            case syntax.CiteTest():
                return self._cite(node, line)

    def day(self, day: syntax.Day) -> date | None:
        """A date, looked up where it is a name."""
        if not isinstance(day.value, str):
            return day.value
        if day.value not in self.dates:
            mend = self.problems.meant(day.value, self.dates) or "declare it: `date NAME = 2026-08-02`"
            self.problems.error("LG0415", f"no date is called {quote(day.value)}", day.place, mend=mend)
            return None
        return self.dates[day.value]

    def answers(self, fact: Fact, names: tuple[syntax.Name, ...], sets: bool = True) -> frozenset[int] | None:
        """The answers that names and named sets stand for."""
        found: set[int] = set()
        sound = True
        for name in names:
            named = self.sets.get((fact.name, name.text)) if sets else None
            if named is not None:
                found |= named
            elif (index := self._answer(fact, name, sets)) is not None:
                found.add(index)
            else:
                sound = False
        return frozenset(found) if sound else None

    def _answer(self, fact: Fact, name: syntax.Name, sets: bool = True) -> int | None:
        try:
            return fact.index(name.text)
        except KeyError:
            pass
        known = [answer.name for answer in fact.answers]
        own_sets = [named for owner, named in self.sets if owner == fact.name]
        if not sets and name.text in own_sets:
            how = "`has only` or `has none of`" if fact.several else "`in`"
            mend = f"{quote(name.text)} is a named set: write {how}"
        else:
            mend = self.problems.meant(name.text, [*known, *own_sets]) or f"the answers are {listing(known)}"
        self.problems.error(
            "LG0402",
            f"{quote(name.text)} is no answer to {quote(fact.name)}",
            name.place,
            mend=mend,
            related=[(fact.place, "declared here")],
        )
        return None

    def _group(self, node: syntax.Group) -> model.Condition | None:
        items = [self.condition(item) for item in node.items]
        kept = tuple(item for item in items if item is not None)
        if len(kept) < len(items):
            return None
        match node.head:
            case "all":
                return model.AllOf(kept, node.citation)
            case "any":
                return model.AnyOf(kept, node.citation)
            case "none":
                return model.NoneOf(kept, node.citation)
            case _:
                return model.AtLeast(node.count or 1, kept, node.citation)

    def fact(self, name: syntax.Name) -> Fact | None:
        """The fact of that name; where there is none, why not."""
        fact = self.facts.get(name.text)
        if fact is not None:
            return fact
        if name.text in self.definitions or name.text in self.readings:
            what, how = (
                ("a definition", "write its bare name")
                if name.text in self.definitions
                else ("a reading", "write `is` and one of its values")
            )
            self.problems.error("LG0403", f"{quote(name.text)} is {what}, not a fact", name.place, mend=how)
        elif name.text in self.broken:
            place = self.broken[name.text]
            self.problems.error(
                "LG0412",
                f"{quote(name.text)} is declared with an error",
                name.place,
                mend="mend its declaration first",
                related=[(place, "here")],
            )
        elif name.text in self.elsewhere:
            owner = self.elsewhere[name.text]
            self.problems.error(
                "LG0401",
                f"{quote(name.text)} is a fact of the vocabulary {quote(owner)}, which is not used here",
                name.place,
                mend=f"add {quote(owner)} to `uses`" if self.reach else "`impossible` speaks of its own vocabulary",
            )
        else:
            self._unknown(name)
        return None

    def _unknown(self, name: syntax.Name) -> None:
        known = [*self.facts, *self.definitions, *self.readings]
        mend = self.problems.meant(name.text, known)
        owner = next((f for f, fact in self.facts.items() if name.text in (a.name for a in fact.answers)), None)
        if not mend and owner is not None:
            mend = f"it is an answer to {quote(owner)}"
        if not mend and self.incomplete:
            mend = f"mend {listing(self.incomplete)} first: it has errors, and may declare this name"
        self.problems.error(
            "LG0401", f"nothing is called {quote(name.text)}", name.place, mend=mend or "declare it as a fact"
        )

    def _wrong_test(self, fact: Fact, name: syntax.Name) -> None:
        self.problems.error(
            "LG0403",
            f"{quote(fact.name)} is a {quote(fact.kind.value)} fact and cannot be tested this way",
            name.place,
            mend=_HOW_TO_ASK[fact.kind],
            related=[(fact.place, "declared here")],
        )

    def _bare(self, node: syntax.Bare, line: model.Line) -> model.Condition | None:
        if node.name.text in self.definitions:
            keys = self.definitions[node.name.text]
            if len(keys) == 1:
                return model.Defined(keys[0], line, node.negated)
            wordings = tuple(model.Defined(key, line) for key in keys)  # one for each interval
            return model.NoneOf(wordings) if node.negated else model.AnyOf(wordings)
        fact = self.fact(node.name)
        if fact is None:
            return None
        if fact.kind is not FactKind.YES_NO:
            self._wrong_test(fact, node.name)
            return None
        return model.Choice(fact.name, frozenset({0 if node.negated else 1}), line)

    def _is(self, node: syntax.Is, line: model.Line) -> model.Condition | None:
        if node.name.text in self.readings:
            return self._reading(node, line)
        fact = self.fact(node.name)
        if fact is None:
            return None
        if fact.kind not in (FactKind.ONE_OF, FactKind.YES_NO):
            self._wrong_test(fact, node.name)
            return None
        allowed = self.answers(fact, (node.value,), sets=False)
        if allowed is None:
            return None
        return model.Choice(fact.name, frozenset(range(len(fact.answers))) - allowed if node.negated else allowed, line)

    def _reading(self, node: syntax.Is, line: model.Line) -> model.Condition | None:
        key, reading = self.readings[node.name.text]
        values = [value for value, _ in reading.values]
        if node.value.text not in values:
            self.problems.error(
                "LG0402",
                f"{quote(node.value.text)} is no way to read {quote(reading.name)}",
                node.value.place,
                mend=self.problems.meant(node.value.text, values) or f"there are {listing(values)}",
                related=[(reading.place, "declared here")],
            )
            return None
        return model.ReadingIs(key, node.value.text, line, node.negated)

    def _in(self, node: syntax.In, line: model.Line) -> model.Condition | None:
        fact = self.fact(node.name)
        if fact is None:
            return None
        if fact.kind is not FactKind.ONE_OF:
            self._wrong_test(fact, node.name)
            return None
        allowed = self.answers(fact, node.values)
        return None if allowed is None else model.Choice(fact.name, allowed, line)

    def _has(self, node: syntax.Has, line: model.Line) -> model.Condition | None:
        fact = self.fact(node.name)
        if fact is None:
            return None
        if not fact.several:
            self._wrong_test(fact, node.name)
            return None
        members = self.answers(fact, node.values, sets=bool(node.mode))
        if members is None:
            return None
        match node.mode:
            case "only":
                return model.HasOnly(fact.name, members, line)
            case "none of":
                return model.HasNone(fact.name, members, line)
            case _:
                return model.Has(fact.name, min(members), line)

    def _compare(self, node: syntax.Compare, line: model.Line) -> model.Condition | None:
        fact = self.fact(node.name)
        if fact is None:
            return None
        if fact.kind is not FactKind.NUMBER:
            self._wrong_test(fact, node.name)
            return None
        if not same_unit(node.unit, fact.unit):
            said = f"in {quote(node.unit)}" if node.unit else "without a unit"
            self.problems.error(
                "LG0405",
                f"{quote(fact.name)} is counted in {quote(fact.unit)}, not {said}"
                if fact.unit
                else f"{quote(fact.name)} has no unit, but here it is counted {said}",
                node.place,
                mend=_counted(node.unit, fact.unit),
                related=[(fact.place, "declared here")],
            )
            return None
        cut = cut_of(node.operator, node.value)
        return self._beyond(fact, cut, upward(node.operator), line, node.place)

    def _when(self, node: syntax.When, line: model.Line) -> model.Condition | None:
        day = self.day(node.day)
        if node.name.text == "date":
            if self.reach is None:
                self.problems.error(
                    "LG0403",
                    "the date of evaluation cannot be tested in a vocabulary",
                    node.place,
                    mend="what is possible does not change with the day",
                )
                return None
            return None if day is None else model.DateIs(day.toordinal(), node.operator == "before", line)
        fact = self.fact(node.name)
        if fact is None or day is None:
            return None
        if fact.kind is not FactKind.DATE:
            self._wrong_test(fact, node.name)
            return None
        cut = Cut(Decimal(day.toordinal()))
        return self._beyond(fact, cut, upward(node.operator), line, node.day.place)

    def _beyond(self, fact: Fact, cut: Cut, up: bool, line: model.Line, place: Place) -> model.Condition | None:
        if cut not in fact.cuts:
            cuts = listing([cut_text(known, fact) for known in fact.cuts])
            self.problems.error(
                "LG0404",
                f"{quote(fact.name)} has no cut at {quote(cut_text(cut, fact))}",
                place,
                mend=f"the cuts are {cuts}; add one if the law needs it",
                related=[(fact.place, "declared here")],
            )
            return None
        return model.Choice(fact.name, beyond(fact, cut, up), line)

    def _cite(self, node: syntax.CiteTest, line: model.Line) -> model.Condition | None:
        if self.reach is None:
            self.problems.error(
                "LG0403",
                "a citation cannot be tested in a vocabulary",
                node.place,
                mend="what is possible does not depend on a law",
            )
            return None
        if node.verb == "is met":
            duties = self.reach.duties(node.cite)
            return model.IsMet(duties, line) if duties else None
        norms = self.reach.applicable(node.cite)
        return model.Applies(norms, line) if norms else None


def _counted(said: str, unit: str) -> str:
    """How to mend a number that is counted otherwise than the fact."""
    if not unit:
        return "leave the unit out"
    return f"convert the number to {quote(unit)}" if said else f"write {quote(unit)} behind the number"
