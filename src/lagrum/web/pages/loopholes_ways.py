"""Families of loopholes as the page tells them: rows of a table, sentences to quote, and what they can be chosen by."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from lagrum.analysis.loopholes import Family, Loopholes
from lagrum.analysis.loopholes.result import APART, KINDS
from lagrum.model.cases import Complete
from lagrum.model.facts import Fact
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.report.charts.words import opener_places, opener_words
from lagrum.report.facts import Facts
from lagrum.report.figures import percent
from lagrum.report.speech import Speech
from lagrum.web.spoken import cited, in_english, said, spoken
from lagrum.web.view import View

HEADS = (
    *("number", "kind", "opened by", "place", "practices", "ordinary case except that", "ruling", "loopholes"),
    *("vouched by", "judgements", "closed by", "duties", "share", "id"),
)


@dataclass(frozen=True)
class Way:
    """One family, told. Nothing in it was not found by the analysis."""

    view: View
    speech: Speech
    number: int
    family: Family

    @property
    def law(self) -> str:
        return self.speech.law.id

    @property
    def title(self) -> Markup:
        return in_english(self.view, opener_words(self.family))

    @property
    def places(self) -> Markup:
        found = dict.fromkeys(o.citation for o in self.family.openers if o.citation)
        return Markup("; ").join(cited(self.view, self.law, each) for each in found)

    @property
    def practices(self) -> Markup:
        return spoken(self.view, self.speech.practices(self.family.practices))

    @property
    def rulings(self) -> Sequence[Ruling]:
        return self.family.rulings

    @property
    def share(self) -> str:
        return percent(self.family.share, self.view.lang)

    @property
    def bar(self) -> float:
        """How long the bar is, of 100."""
        return round(max(0.6, 100 * self.family.share), 1)

    @property
    def vouched(self) -> str:
        party = self.family.vouched_by
        return self.view.words.say(f"judge {party}") if party else self.view.gettext("nobody")

    # --- sentences -------------------------------------------------------------------------------------------

    @cached_property
    def _finding(self) -> list[str]:
        """What a journalist can quote: what opens it, the case, what that case gets."""
        first = self.family.loopholes[0]
        opened = self.speech.opened(self.family)
        answers = " ".join(f"{question} {said}." for question, said in self.answers)
        _ = self.view.gettext
        if not first.except_that:
            case = _("The ordinary case itself is let through.")
        elif self.family.kind == "no norm":
            case = _("The ordinary case is let through where this is so: %(answers)s", answers=answers)
        else:
            case = _("The ordinary forbidden case is let through where this is so: %(answers)s", answers=answers)
        return [opened, case]

    @property
    def finding(self) -> Markup:
        return Markup(" ").join(spoken(self.view, each, self.law, strong_is_law=True) for each in self._finding)

    @property
    def gets(self) -> Markup:
        return spoken(self.view, self.speech.gets(self.family), self.law)

    @property
    def rests(self) -> Markup:
        return spoken(self.view, self.speech.rests(self.family))

    @property
    def closes(self) -> Markup:
        return spoken(self.view, self.speech.closes(self.family), self.law)

    @property
    def open_for(self) -> Markup:
        told = self.speech.words.say("report practices", practices=self.speech.practices(self.family.practices))
        return spoken(self.view, told)

    @property
    def answers(self) -> Iterator[tuple[str, str]]:
        """The questions that the witness answers otherwise than the ordinary case, with its answers."""
        first = self.family.loopholes[0]
        facts = self.speech.law.facts
        for name in dict.fromkeys(_fact_of(each, first.witness) for each in first.except_that):
            if name in facts:
                yield self.view.phrases.question(facts[name]), said(self.view, facts[name], first.witness[name])


def _fact_of(difference: str, names: object) -> str:
    """The fact that `purpose has not law enforcement` speaks of: the longest name in front."""
    assert isinstance(names, dict)
    return max((n for n in names if difference.startswith(f"{n} ")), key=len, default="")


def ways(view: View, law: Law, result: Loopholes) -> list[Way]:
    """All families, told in the language of the page."""
    speech = Speech(law, Facts(view.words, view.desk.translations(view.lang)))
    return [Way(view, speech, number, family) for number, family in enumerate(result, start=1)]


# --- choosing --------------------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Filters:
    """What the address asks to see; empty shows all."""

    opened: str
    practice: str
    ruling: str
    vouched: str

    @property
    def any(self) -> bool:
        return bool(self.opened or self.practice or self.ruling or self.vouched)

    def takes(self, family: Family) -> bool:
        practices = {name for practice in family.practices for name in practice}
        return (
            (not self.opened or family.kind == self.opened)
            and (not self.practice or self.practice in practices)
            and (not self.ruling or self.ruling in family.rulings)
            and (not self.vouched or (family.vouched_by or "nobody") == self.vouched)
        )


def filters(view: View) -> Filters:
    return Filters(*(view.query.get(name, "") for name in ("opened", "practice", "ruling", "vouched")))


def kinds(result: Loopholes, view: View) -> list[tuple[str, int, str]]:
    """How many ways in there are of each kind, as sentences."""
    count = Counter(family.kind for family in result)
    several = view.words.several
    return [
        (kind, count[kind], view.words.say(f"report answer kind {kind}", ways=several("report ways", count[kind])))
        for kind in KINDS
        if count[kind]
    ]


def practices(result: Loopholes) -> list[str]:
    found = {name for family in result for practice in family.practices for name in practice}
    return sorted(found)


def is_apart(way: Way) -> bool:
    """Whether it is about where and when the law applies."""
    return way.family.kind in APART


def rows(result: Loopholes) -> Iterator[tuple[object, ...]]:
    """The table for programs, under `HEADS`."""
    for number, f in enumerate(result, start=1):
        yield (
            *(number, f.kind, opener_words(f), opener_places(f), "; ".join(" + ".join(p) for p in f.practices)),
            *("; ".join(f.loopholes[0].except_that), " or ".join(f.rulings), len(f.loopholes)),
            *(f.vouched_by or "", "; ".join(f.judgements), "; ".join(f.closed_by), "; ".join(f.duties)),
            *(f"{f.share:.6g}", f.id),
        )


def complete(witness: object, facts: dict[str, Fact]) -> Complete:
    """A witness as a whole case, for the questions that are known."""
    assert isinstance(witness, dict)
    found: dict[str, int | frozenset[int]] = {}
    for name, answer in witness.items():
        fact = facts.get(name)
        if fact is None:
            continue
        index = {each.name: number for number, each in enumerate(fact.answers)}
        several = frozenset(index[each] for each in answer) if not isinstance(answer, str) else frozenset[int]()
        found[name] = several if fact.several else index[answer]
    return found
