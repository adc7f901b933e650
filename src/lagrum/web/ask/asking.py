"""An interview in a draft: rebuilt from what was saved, and saved again with each answer."""

from __future__ import annotations

from dataclasses import dataclass, replace
from functools import cached_property

from fastapi import HTTPException

from lagrum.language import write_case
from lagrum.language.casewrite import value_of
from lagrum.model.cases import Given
from lagrum.model.facts import Fact
from lagrum.model.norms import Norm, NormKind
from lagrum.reasoning.asking import Asked, Interview, Usual
from lagrum.register import Conflict
from lagrum.report.phrases import Phrases
from lagrum.web.case.sitting import Sitting, sitting
from lagrum.web.controls import answered
from lagrum.web.forms import by_slug, same, slug_of
from lagrum.web.view import View

TOLD = 4  # rules that a question is explained by, those of these kinds first
TELLING = (NormKind.FORBID, NormKind.EXCEPT, NormKind.CLASSIFY, NormKind.REQUIRE)


class Since(Exception):
    """The question was answered otherwise since its page was shown: `asking` is the interview as it stands now."""

    def __init__(self, asking: Asking, fact: Fact) -> None:
        super().__init__(fact.name)
        self.asking, self.fact = asking, fact


@dataclass(frozen=True, slots=True)
class Line:
    """A fact in a list: its question, what is said of it, and where it can be answered."""

    fact: Fact
    question: str
    lang: str
    said: str
    to: str
    basis: str = ""
    by: str = ""


@dataclass(frozen=True)
class Asking:
    """One request about one interview."""

    sitting: Sitting

    @property
    def view(self) -> View:
        return self.sitting.view

    @property
    def facts(self) -> dict[str, Fact]:
        """The facts of the law by slug."""
        return by_slug(self.sitting.law.facts)

    @cached_property
    def interview(self) -> Interview:
        """The state, of which nothing is worked out yet. Raises `InvalidInput` where the facts contradict each
        other."""
        s = self.sitting
        text_of = self.view.day_asked("text_of")
        return self.view.desk.interview(s.law, s.on, s.case, text_of=text_of, asked=s.draft.asked)

    @cached_property
    def state(self) -> Interview:
        """The state with its question and bounds worked out."""
        with self.view.desk.alone():
            assert self.interview.possible is not None  # worked out here, while nobody else is at the law
            return self.interview

    @property
    def asked(self) -> Asked | None:
        """What is asked now; None where the interview is over, or the rest was taken as usual."""
        return None if self.sitting.case.assume else self.state.question

    @cached_property
    def usual(self) -> Usual:
        with self.view.desk.alone():
            return self.interview.usual

    # --- addresses -------------------------------------------------------------------------------------------

    def to(self, below: str = "", **query: object) -> str:
        return self.view.to(f"/ask/{self.sitting.draft.id}{f'/{below}' if below else ''}", **query)

    def of(self, fact: str, **query: object) -> str:
        """Where a fact is asked for."""
        return self.to(slug_of(fact), **query)

    @property
    def next(self) -> str:
        """The next question, or the ruling."""
        asked = self.asked
        return self.of(asked.fact.name) if asked else self.to("ruling")

    def before(self, fact: Fact) -> str:
        """The question that was asked before this one; before the first one the choice of the law."""
        names = [name for name in self.sitting.draft.asked if name in self.sitting.law.facts]
        earlier = names[: names.index(fact.name)] if fact.name in names else names
        return self.of(earlier[-1]) if earlier else self.view.to("/ask", law=self.sitting.draft.law)

    def fact(self, slug: str) -> Fact:
        """The fact of an address. Raises `HTTPException` where the law asks for no such fact."""
        fact = self.facts.get(slug)
        if fact is None:
            raise HTTPException(404, self.view.gettext("This law asks no such question."))
        return fact

    # --- what there is to see --------------------------------------------------------------------------------

    def given(self, fact: Fact) -> Given | None:
        return self.sitting.case.facts.get(fact.name)

    def value(self, fact: Fact) -> str:
        """The answer as a form remembers it, to see whether somebody else has changed it."""
        given = self.given(fact)
        return value_of(given, fact) if given else ""

    def is_answered(self, fact: Fact) -> bool:
        """Whether it was answered or passed over."""
        return fact.name in self.sitting.case.facts or fact.name in self.sitting.draft.asked

    @property
    def left_out(self) -> frozenset[str]:
        """The facts that were asked for and that the person does not know."""
        return frozenset(self.sitting.draft.asked) - set(self.sitting.case.facts)

    def why(self, fact: Fact) -> tuple[str, list[tuple[Norm, str]], int]:
        """Where the law asks for a fact, the first rules that hang on it with their addresses, and how many more."""
        asked = self.interview.asking(fact.name)
        norms = list({(str(norm.citation), norm.label): norm for norm in asked.why if norm.label}.values())
        norms.sort(key=lambda norm: TELLING.index(norm.kind) if norm.kind in TELLING else len(TELLING))
        told = [(norm, self.sitting.place(norm.instrument, str(norm.citation))) for norm in norms[:TOLD]]
        return asked.citation, told, len(norms) - len(told)

    @property
    def phrases(self) -> Phrases:
        return self.view.phrases

    def line(self, name: str, said: str = "", **known: str) -> Line:
        fact = self.sitting.law.facts[name]
        lang = "" if self.phrases.translated(fact) else "en"
        return Line(fact, self.phrases.question(fact), lang, said, self.of(name, to="answers"), **known)

    @property
    def answers(self) -> list[Line]:
        """What was answered, in its order."""
        facts = self.sitting.law.facts
        return [
            self.line(name, answered(facts[name], given, self.phrases), basis=given.basis, by=given.by)
            for name, given in self.sitting.case.facts.items()
            if name in facts
        ]

    @property
    def left_open(self) -> list[Line]:
        """What the person does not know."""
        return [self.line(name) for name in dict.fromkeys(self.interview.unknown)]

    @property
    def may_follow(self) -> list[Line]:
        """What may still be asked."""
        return [self.line(name) for name in ([] if self.sitting.case.assume else self.state.open)]

    @property
    def assumed(self) -> tuple[list[Line], list[Line]]:
        """What *the rest as usual* assumes: the answers that decide, and the others."""
        box = self.interview.usual_box
        facts = self.sitting.law.facts
        sorted_: tuple[list[Line], list[Line]] = ([], [])
        for each in self.usual.assumed:
            of_fact = {question: answers for question, answers in box.items() if question.fact == each.fact}
            sorted_[not each.decides].append(self.line(each.fact, self.phrases.answered(facts[each.fact], of_fact)))
        return sorted_

    # --- what can be done ------------------------------------------------------------------------------------

    def answer(self, fact: Fact, given: Given | None, seen: str, without: str = "") -> Asking:
        """Save an answer; None where nobody knows it. `seen` is the answer that the page showed, `without` a fact that
        is to be asked for again. Raises `InvalidInput` where it cannot be so together with the others, `Since` where it
        was answered otherwise in the meantime."""
        current = self.given(fact)
        if self.value(fact) != seen and not (self.is_answered(fact) and same(current, given)):
            raise Since(self, fact)
        state, asked = self.interview, self.sitting.draft.asked
        if without in self.sitting.case.facts:
            state, asked = state.tell(without, None), tuple(name for name in asked if name != without)
        with self.view.desk.alone():
            case = state.tell(fact.name, given).case
        if fact.name not in asked:
            asked = (*asked, fact.name)
        sitting_ = replace(self.sitting, case=case)
        try:
            return Asking(self._saved(sitting_, asked))
        except Conflict:
            return resume(self.view, self.sitting.draft.id).answer(fact, given, seen, without)

    def rest_as_usual(self) -> Asking:
        """Assume the usual answers to all that is unknown. Raises `Conflict`."""
        case = replace(self.sitting.case, assume={"rest": "usual"})
        return Asking(self._saved(replace(self.sitting, case=case), self.sitting.draft.asked))

    def _saved(self, changed: Sitting, asked: tuple[str, ...]) -> Sitting:
        drafts, draft = self.view.store.drafts, changed.draft
        not_known = tuple(name for name in asked if name not in changed.case.facts)
        text = write_case(changed.case, self.view.desk.library.pack.facts)
        saved = drafts.save(draft.id, seen=draft.version, case=text, asked=asked, not_known=not_known)
        return replace(changed, draft=saved)


def resume(view: View, draft_id: str) -> Asking:
    """The interview of an address. Raises `HTTPException` where there is none."""
    return Asking(sitting(view, draft_id))
