"""Worked cases inside law files: lines of facts, read into the answers that they leave open."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date

from lagrum.language import syntax
from lagrum.language.problems import listing, quote
from lagrum.language.resolve_conditions import Scope
from lagrum.language.words import words_of_cite, words_of_condition
from lagrum.model.cases import Case, Expectation, Given
from lagrum.model.conditions import Choice, Condition, Has, HasNone, HasOnly, ReadingIs
from lagrum.model.facts import Fact, Question
from lagrum.model.places import Place
from lagrum.model.rulings import Ruling

Answers = dict[Question, frozenset[int]]


def resolve_case(sentence: syntax.CaseS, instrument: str, scope: Scope) -> Case:
    """The case, of the instrument it stands in; what is wrong is noted, and then it must not be used."""
    reader = _Reader(scope)
    facts = reader.facts(sentence.facts)
    days: list[date | None] = [scope.day(sentence.on)] if sentence.on is not None else []
    return Case(
        name=sentence.name,
        facts=facts,
        laws=(instrument,),
        dates=tuple(day for day in days if day is not None),
        readings=reader.readings,
        expect=Expectation(
            ruling=reader.ruling(sentence.ruling),
            because=_cites(sentence.because, instrument),
            not_because=_cites(sentence.not_because, instrument),
        ),
        source=sentence.source,
        intent=sentence.intent,
        file=sentence.place.file,
    )


def _cites(cites: Iterable[syntax.Cite], instrument: str) -> tuple[str, ...]:
    return tuple(words_of_cite(cite).removeprefix(f"{instrument} ") for cite in cites)


class _Reader:
    def __init__(self, scope: Scope) -> None:
        self.scope = scope
        self.readings: dict[str, str] = {}
        self._open: dict[str, Answers] = {}
        self._words: dict[str, list[str]] = {}
        self._places: dict[str, Place] = {}

    def facts(self, lines: Iterable[syntax.Condition]) -> dict[str, Given]:
        """What the lines say, fact by fact; several lines may speak of one."""
        for line in lines:
            condition = self.scope.condition(line)
            if condition is not None:
                self._take(line, condition)
        return {
            name: Given(name, tuple(answers.items()), ", ".join(self._words[name]), place=self._places[name])
            for name, answers in self._open.items()
        }

    def ruling(self, name: syntax.Name) -> str:
        known = [ruling.value for ruling in Ruling]
        if name.text not in known:
            mend = self.scope.problems.meant(name.text, known) or f"one of {listing(known, 9)}"
            self._error(f"{quote(name.text)} is no ruling", name.place, mend)
        return name.text

    def _take(self, line: syntax.Condition, condition: Condition) -> None:
        if isinstance(condition, ReadingIs) and not condition.negated:
            self.readings[condition.reading] = condition.value
            return
        answers = dict(self._answers(condition))
        if not answers or not isinstance(condition, Choice | Has | HasNone | HasOnly):
            words = quote(words_of_condition(line))
            mend = "say of each fact what its answer is, of several answers with `has` and `has none of`"
            self._error(f"{words} does not say what is so", line.place, mend)
            return
        open_ = self._open.setdefault(condition.fact, {})
        for question, allowed in answers.items():
            left = open_.get(question, allowed) & allowed
            if not left:
                mend = "keep one of the two"
                related = [(self._places[condition.fact], "said here")]
                message = f"what is said of {quote(condition.fact)} cannot all be so"
                self.scope.problems.error("LG0518", message, line.place, mend=mend, related=related)
            open_[question] = left
        self._words.setdefault(condition.fact, []).append(condition.line.text)
        self._places.setdefault(condition.fact, line.place)

    def _answers(self, condition: Condition) -> Iterator[tuple[Question, frozenset[int]]]:
        """The answers that stay open, for each question that the condition settles; none where it is no such thing."""
        no, yes = frozenset([0]), frozenset([1])
        match condition:
            case Choice(fact, allowed):
                yield Question(fact), allowed
            case Has(fact, member):
                yield Question(fact, member), yes
            case HasNone(fact, members):
                yield from ((Question(fact, member), no) for member in sorted(members))
            case HasOnly(fact, members) if len(members) == 1:
                several: Fact = self.scope.facts[fact]
                indices = range(len(several.answers))
                yield from ((Question(fact, i), yes if i in members else no) for i in indices)
            case _:
                pass

    def _error(self, message: str, place: Place, mend: str) -> None:
        self.scope.problems.error("LG0518", message, place, mend=mend)
