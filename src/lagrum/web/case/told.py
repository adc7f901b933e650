"""Answers in the reader's language: what the reasoning says in the words of a law file, as question and answer."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lagrum.model.cases import Given
from lagrum.model.facts import Fact, FactKind
from lagrum.report.facts import Facts
from lagrum.report.phrases import Phrases
from lagrum.web.controls import answered

_NOT = ("is none of ", "is not ", "has none of ")
_SO = ("is exactly ", "is one of ", "has only ", "in ", "is ", "has ")


@dataclass(frozen=True)
class Told:
    """How facts and answers are put on a page. `facts` are those of the law and of all vocabularies."""

    facts: Mapping[str, Fact]
    phrases: Phrases

    def question(self, name: str) -> str:
        """The question of a fact, its name where there is none."""
        fact = self.facts.get(name)
        return self.phrases.question(fact) if fact else name

    def lang(self, name: str) -> str:
        """`en` where the question is not in the language of the page."""
        fact = self.facts.get(name)
        return "" if fact is not None and self.phrases.translated(fact) else "en"

    def given(self, given: Given | None) -> str:
        """A given answer in words; empty where nothing is known."""
        return answered(self.facts[given.fact], given, self.phrases) if given else ""

    def answer(self, name: str, text: str) -> str:
        """The answer in a statement such as `timing is real-time` or `purpose has none of sport`.

        What is no statement about the fact comes back as it is.
        """
        fact = self.facts.get(name)
        if fact is None or not text:
            return text
        if fact.kind is FactKind.YES_NO and text in (name, f"not {name}"):
            return self.phrases.words.say("yes" if text == name else "no")
        rest = text.removeprefix(name).strip() if text.startswith(name) else text
        for front in _NOT:
            if rest.startswith(front):
                return self.phrases.words.say("not these", answers=self._names(fact, rest.removeprefix(front), "; "))
        for front in _SO:
            if rest.startswith(front):
                between = "; " if fact.several else f" {self.phrases.words.say('or')} "
                return self._names(fact, rest.removeprefix(front), between)
        return self._name(fact, rest)

    def others(self, name: str, text: str) -> list[str]:
        """The answers that a statement denies, where it denies more than two; else nothing."""
        denied = text.removeprefix(f"{name} has none of ") if name in self.facts else text
        names = denied.split(", ") if denied != text else []
        return [self._name(self.facts[name], each) for each in names] if len(names) > 2 else []

    def named(self, text: str) -> str:
        """The fact that a statement speaks of; empty where it speaks of none."""
        bare = text.removeprefix("not ")
        fits = (name for name in self.facts if bare == name or bare.startswith(f"{name} "))
        return max(fits, key=len, default="")

    def statement(self, text: str) -> str:
        """A statement as question and answer: `When? Live`."""
        name = self.named(text)
        return f"{self.question(name)} {self.answer(name, text)}" if name else text

    def _names(self, fact: Fact, names: str, between: str) -> str:
        known = {answer.name for answer in fact.answers}
        if names in known or fact.cuts:
            return self._name(fact, names)
        return between.join(self._name(fact, name) for name in names.split(", "))

    def _name(self, fact: Fact, name: str) -> str:
        if fact.cuts:
            return Facts(self.phrases.words, self.phrases.translations).answer(fact, name)
        try:
            return self.phrases.answer(fact, fact.index(name))
        except KeyError:
            return name
