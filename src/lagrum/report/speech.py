"""What a report says of one family of loopholes, sentence by sentence, in the language of the report."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lagrum.analysis.loopholes import Family, Loophole, Loopholes, Opener
from lagrum.model.facts import Fact
from lagrum.model.law import Law
from lagrum.report.charts.words import rulings
from lagrum.report.document import para, strong, term
from lagrum.report.facts import Facts
from lagrum.report.figures import percent
from lagrum.wording import Wording


@dataclass(frozen=True)
class Speech:
    """The sentences of a report on one law; questions and answers are translated where that is possible."""

    law: Law
    facts: Facts

    @property
    def words(self) -> Wording:
        return self.facts.words

    def practices(self, practices: Iterable[tuple[str, ...]]) -> str:
        named = [
            term(" + ".join(practice)) if practice else self.words.say("report any practice") for practice in practices
        ]
        return ", ".join(named)

    def opened(self, family: Family) -> str:
        """What opens it: a sentence for each opener."""
        return " ".join(self._opened(opener, family) for opener in family.openers)

    def _opened(self, opener: Opener, family: Family) -> str:
        condition = f"{opener.condition}: {opener.way}" if opener.way else opener.condition
        return self.words.say(
            f"report open {opener.kind}",
            practices=self.practices(family.practices),
            norm=self.norm(opener),
            condition=strong(condition),
            place=term(opener.citation),
        )

    def norm(self, opener: Opener) -> str:
        """The citation of the prohibition that would otherwise forbid."""
        norm = self.law.norms.get(opener.norm)
        return term(norm.citation) if norm else ""

    def closes(self, family: Family) -> str:
        """What would close it, any of these being enough."""
        closings = [self.closing(opener) for opener in family.openers]
        return self.words.say("report closes", closings=self.words.say("report or").join(closings))

    def closing(self, opener: Opener) -> str:
        norm = self.law.norms.get(opener.norm)
        kind = opener.kind
        if kind == "exception":
            own = norm is not None and opener.citation == str(norm.citation)
            kind = "element" if own else "way" if opener.way else "exception"
        return self.words.say(
            f"report close {kind}",
            condition=term(opener.condition),
            norm=self.norm(opener),
            place=term(opener.citation),
            way=term(opener.way),
            law=term(self.law.id),
        )

    def witness(self, family: Family) -> str:
        """The nearest case: how it differs from the ordinary one."""
        hole = family.loopholes[0]
        if not hole.except_that:
            return self.words.say("report ordinary")
        first = "report first case except" if family.openers[0].kind == "no norm" else "report ordinary except"
        return self.words.say(first, differences=self.differences(hole))

    def differences(self, hole: Loophole) -> str:
        return self.words.say("report and").join(term(each) for each in hole.except_that)

    def answers(self, hole: Loophole, usual: Mapping[str, str]) -> str:
        """The witness's answers that are not the usual ones."""
        told = [self.answered(name, said) for name, said in hole.witness.items() if shown(said) != usual.get(name)]
        return "; ".join(told)

    def answered(self, name: str, said: str | tuple[str, ...]) -> str:
        """`timing: later`, or the question and the answer in the other language."""
        return f"{self.question(name)}: {self.answer(name, said)}"

    def question(self, name: str) -> str:
        """The fact by its name, or its question in the other language."""
        fact = self.law.facts.get(name)
        if fact is None or name not in self.facts.translations:
            return term(name)
        return self.facts.question(fact).rstrip("?")

    def answer(self, name: str, said: str | tuple[str, ...]) -> str:
        each = (said,) if isinstance(said, str) else said
        return ", ".join(self._answer(name, one) for one in each) or self.words.say("report none of these")

    def _answer(self, name: str, said: str) -> str:
        fact = self.law.facts.get(name)
        if fact is None or not self.facts.translated(fact, said):
            return term(said)
        return self.facts.answer(fact, said)

    def gets(self, family: Family) -> str:
        ruling = strong(rulings(family, self.words))
        if not family.duties:
            return self.words.say("report gets", ruling=ruling)
        return self.words.say("report gets by", ruling=ruling, duties=", ".join(term(d) for d in family.duties))

    def rests(self, family: Family) -> str:
        """Whose word it rests on, and what somebody must judge."""
        party = family.vouched_by
        said = [self.words.say("report vouched", party=self.words.say(f"judge {party}"))] if party else []
        said = said or [self.words.say("report vouched nobody")]
        if family.judgements:
            judged = ", ".join(term(name) for name in family.judgements)
            said.append(self.words.say("report judged", judgements=judged))
        return " ".join(said)

    def share(self, family: Family) -> str:
        return self.words.say("report share", share=percent(family.share, self.words.lang))

    def holes(self, family: Family) -> str:
        """Each loophole of it, by its conditions."""
        several = len(family.practices) > 1
        told = [
            self.words.say(
                "report hole of" if several else "report hole",
                number=number,
                practice=self.practices([hole.practice]),
                conditions=self._conditions(hole),
            )
            for number, hole in enumerate(family.loopholes, start=1)
        ]
        count = self.words.several("report holes", len(family.loopholes))
        return self.words.say("report holes list", holes=count, list="; ".join(told))

    def _conditions(self, hole: Loophole) -> str:
        told = [term(str(condition)) for condition in hole.conditions]
        return ", ".join(told) or self.words.say("report hole always")


def shown(said: str | tuple[str, ...]) -> str:
    return said if isinstance(said, str) else "\n".join(said)


def usual_of(facts: Mapping[str, Fact], names: Iterable[str]) -> Iterator[tuple[str, str | tuple[str, ...]]]:
    """The facts that have a usual answer, with it."""
    for name in names:
        fact = facts.get(name)
        if fact is None or fact.usual is None:
            continue
        chosen = tuple(fact.answers[i].name for i in sorted(fact.usual))
        yield name, chosen if fact.several else chosen[0]


def paras(numbers: Iterable[int]) -> str:
    """Paragraphs by number, each leading there."""
    return ", ".join(para(number) for number in dict.fromkeys(numbers))


def loophole_count(result: Loopholes, words: Wording) -> tuple[str, str]:
    """How many ways in and loopholes there are, in words."""
    return words.several("report ways", len(result)), words.several("report holes", result.count)
