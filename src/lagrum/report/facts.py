"""Questions and answers in the language of a chart or report, where they are translated."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from lagrum.model.facts import Fact, FactKind
from lagrum.model.translations import Translation
from lagrum.wording import Wording

_STRETCH = re.compile(r"\b(less than|at least|at most|more than|exactly|before|from|and)\b")


@dataclass(frozen=True)
class Facts:
    """How facts are put; what is not translated stays as the vocabulary has it."""

    words: Wording
    translations: Mapping[str, Translation]

    def question(self, fact: Fact) -> str:
        found = self.translations.get(fact.name)
        return (found.question if found else "") or fact.question

    def answer(self, fact: Fact, name: str) -> str:
        """An answer of the fact, by its name."""
        if fact.kind is FactKind.YES_NO:
            return self.words.say(name)
        found = self.translations.get(fact.name)
        if found is None:
            return name
        if fact.cuts:
            said = _STRETCH.sub(lambda match: self.words.say(f"stretch {match[1]}"), name)
            return said.replace(fact.unit, found.unit) if fact.unit and found.unit else said
        return found.answers.get(name, "") or name

    def translated(self, fact: Fact, name: str) -> bool:
        """Whether the answer is put in the language of the words."""
        return self.answer(fact, name) != name or fact.kind is FactKind.YES_NO
