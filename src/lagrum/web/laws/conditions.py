"""Conditions as nested lists: each with its citation, and with the question behind it."""

from __future__ import annotations

from dataclasses import dataclass, field

from markupsafe import Markup

from lagrum.model.citations import Citation
from lagrum.model.conditions import (
    AllOf,
    AnyOf,
    Applies,
    AtLeast,
    Choice,
    Condition,
    DateIs,
    Defined,
    Group,
    Has,
    HasNone,
    HasOnly,
    IsMet,
    NoneOf,
    ReadingIs,
    Single,
)
from lagrum.model.facts import Fact, FactKind
from lagrum.model.law import Law
from lagrum.web.address import address_of
from lagrum.web.spoken import in_english
from lagrum.web.view import View

DEEPEST = 1
"""How many defined words are opened inside each other; what is deeper has its own page."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The question behind a condition."""

    question: str
    help: str
    answers: tuple[str, ...]
    judge: str


@dataclass(frozen=True, slots=True)
class Branch:
    """A line of a condition, or a group (`items`) with its head. `place` is a citation with its address, `leads` the
    address of the rule that the line names, `meaning` what a defined word means, `besides` unless what."""

    words: str | Markup
    place: tuple[str, str] | None = None
    leads: str = ""
    asked: Asked | None = None
    items: tuple[Branch, ...] = ()
    meaning: Branch | None = None
    besides: Branch | None = None

    @property
    def group(self) -> bool:
        return bool(self.items)


@dataclass(frozen=True)
class Branches:
    """Draws the conditions of one law."""

    view: View
    law: Law
    instrument: str
    explained: set[str] = field(default_factory=set)  # facts whose answers and help stand on the page already

    def whole(self, condition: Condition | None) -> Branch | None:
        """What a rule asks; where that is one defined word alone, one word deeper."""
        return self.of(condition, -1 if isinstance(condition, Defined) else 0)

    def of(self, condition: Condition | None, depth: int = 0) -> Branch | None:
        """The condition, in the language of the page where that is possible. What a defined word means stands with it,
        `DEEPEST` words deep."""
        if condition is None:
            return None
        if isinstance(condition, AllOf | AnyOf | NoneOf | AtLeast):
            items = tuple(branch for item in condition.items if (branch := self.of(item, depth)) is not None)
            return Branch(self._head(condition), self._place(condition.citation), items=items)
        return self._single(condition, depth)

    def _head(self, group: Group) -> str:
        _ = self.view.gettext
        match group:
            case AllOf():
                return _("all of")
            case AnyOf():
                return _("any of")
            case NoneOf():
                return _("none of")
            case AtLeast(count=count):
                return _("at least %(count)s of", count=count)

    def _place(self, citation: Citation | None) -> tuple[str, str] | None:
        return (str(citation), address_of(self.instrument, citation)) if citation else None

    def _single(self, single: Single, depth: int) -> Branch:
        words, place = in_english(self.view, single.line.text), self._place(single.line.citation)
        match single:
            case Choice() | Has() | HasOnly() | HasNone():
                fact = self.law.facts.get(single.fact)
                if fact is None:
                    return Branch(words, place)
                return Branch(self._said(single, fact) or words, place, asked=self._asked(fact))
            case Defined(norm=key):
                meant = self.law.known.get(key) if depth < DEEPEST else None
                meaning = self.of(meant.when, depth + 1) if meant else None
                besides = self.of(meant.unless, depth + 1) if meant else None
                return Branch(words, place or self._placed(key), self._leads(key), meaning=meaning, besides=besides)
            case Applies(norms=keys) | IsMet(norms=keys):
                return Branch(words, place, self._leads(keys[0]) if keys else "")
            case ReadingIs() | DateIs():
                return Branch(words, place)

    def _leads(self, key: str) -> str:
        norm = self.law.known.get(key)
        return address_of(norm.instrument, norm.citation) if norm else ""

    def _placed(self, key: str) -> tuple[str, str] | None:
        norm = self.law.known.get(key)
        return (str(norm.citation), address_of(norm.instrument, norm.citation)) if norm else None

    def _asked(self, fact: Fact) -> Asked:
        phrases, judge = self.view.phrases, fact.decided_by
        if fact.name in self.explained:
            return Asked(phrases.question(fact), "", (), "")
        self.explained.add(fact.name)
        yes_no = fact.kind is FactKind.YES_NO
        told = () if yes_no else tuple(phrases.answer(fact, i) for i in range(len(fact.answers)))
        judged = self.view.words.say(f"judge {judge or 'nobody'}") if fact.judgement else ""
        return Asked(phrases.question(fact), phrases.help(fact), told, judged)

    def _said(self, single: Choice | Has | HasOnly | HasNone, fact: Fact) -> str:
        """The condition as question and answer in another language; empty in English, whose words stand in the law."""
        phrases = self.view.phrases
        if self.view.lang == "en" or not phrases.translated(fact):
            return ""
        members: tuple[int, ...]
        match single:
            case Choice(allowed=allowed):
                members, said = tuple(sorted(allowed)), "%(question)s %(answers)s"
            case Has(member=member):
                members, said = (member,), "%(question)s %(answers)s"
            case HasOnly(members=chosen):
                members, said = tuple(sorted(chosen)), self.view.gettext("%(question)s Nothing but: %(answers)s")
            case HasNone(members=chosen):
                members, said = tuple(sorted(chosen)), self.view.gettext("%(question)s None of: %(answers)s")
        answers = f" {self.view.words.say('or')} ".join(phrases.answer(fact, i) for i in members)
        return said % {"question": phrases.question(fact), "answers": answers}
