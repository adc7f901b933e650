"""Facts and answers in the language of an interview; what is not translated is shown in English and marked."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lagrum.model.cases import Box
from lagrum.model.facts import Answer, Fact, FactKind, Question
from lagrum.model.translations import Translation
from lagrum.wording import Wording

_STRETCH = re.compile(r"\b(less than|at least|at most|more than|exactly|before|from|and)\b")
LETTERS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"


@dataclass(frozen=True)
class Phrases:
    """How an interview speaks: its own words, and the translated questions."""

    words: Wording
    translations: Mapping[str, Translation]

    @property
    def lang(self) -> str:
        return self.words.lang

    def translated(self, fact: Fact) -> bool:
        """Whether the question is shown in the language of the interview."""
        return self.lang == "en" or fact.name in self.translations

    def question(self, fact: Fact) -> str:
        found = self.translations.get(fact.name)
        if found is not None:
            return found.question
        mark = "" if self.translated(fact) else f" {self.words.say('untranslated')}"
        return fact.question + mark

    def help(self, fact: Fact) -> str:
        found = self.translations.get(fact.name)
        return (found.help if found else "") or fact.help

    def unit(self, fact: Fact) -> str:
        found = self.translations.get(fact.name)
        return (found.unit if found else "") or fact.unit

    def answer(self, fact: Fact, index: int) -> str:
        """One answer, in the sentence that explains it where there is one."""
        answer: Answer = fact.answers[index]
        if fact.kind is FactKind.YES_NO:
            return self.words.say(answer.name)
        if fact.cuts:
            return self._stretch(fact, answer.name)
        found = self.translations.get(fact.name)
        return (found.answers.get(answer.name, "") if found else "") or answer.text or answer.name

    def options(self, fact: Fact) -> list[tuple[str, int]]:
        """What is typed for each answer, with its index, in the order in which they are offered: yes before no."""
        order = list(range(len(fact.answers)))
        if fact.kind is FactKind.YES_NO:
            order.reverse()
        signs = LETTERS if fact.cuts else [str(i + 1) for i in order]
        if fact.kind is FactKind.YES_NO:
            signs = ["1", "2"]
        return list(zip(signs, order, strict=False))

    def answered(self, fact: Fact, box: Box) -> str:
        """What the answers to the questions of a fact say together."""
        if not fact.several:
            chosen = sorted(box.get(Question(fact.name), ()))
            return f" {self.words.say('or')} ".join(self.answer(fact, i) for i in chosen)
        members = {q.member: answers for q, answers in box.items() if q.member is not None}
        yes = [self.answer(fact, i) for i, answers in members.items() if answers == {1}]
        no = [self.answer(fact, i) for i, answers in members.items() if answers == {0}]
        if len(yes) + len(no) == len(fact.answers):
            return "; ".join(yes) or self.words.say("none")
        parts = ["; ".join(yes)] if yes else []
        parts += [self.words.say("not these", answers="; ".join(no))] if no else []
        return "; ".join([*parts, self.words.say("rest open")])

    def _stretch(self, fact: Fact, name: str) -> str:
        said = _STRETCH.sub(lambda match: self.words.say(f"stretch {match[0]}"), name)
        unit = self.unit(fact)
        return said.replace(fact.unit, unit) if fact.unit else said

    def to_dict(self, fact: Fact) -> dict[str, object]:
        """The question as it is shown to a person, with the answers to choose from."""
        return {
            "lang": self.lang,
            "translated": self.translated(fact),
            "question": self.question(fact),
            "help": self.help(fact),
            "unit": self.unit(fact),
            "answers": [{"name": fact.answers[i].name, "text": self.answer(fact, i)} for _, i in self.options(fact)],
        }
