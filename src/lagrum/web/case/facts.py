"""The facts of a case as a page lists them: by vocabulary, found by words, filtered by what is known of them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property

from lagrum.model.facts import Fact
from lagrum.reasoning.bench import bench_of
from lagrum.web.case.sentence import N_
from lagrum.web.case.sitting import Sitting
from lagrum.web.controls import Control, control
from lagrum.web.forms import Filled

PAGE = 12
SHOWN = {
    "": N_("all facts"),
    "deciding": N_("only deciding"),
    "unknown": N_("only unknown"),
    "assumed": N_("only assumed"),
    "known": N_("only known"),
}


@dataclass(frozen=True, slots=True)
class Row:
    """A fact, its control, and whether it decides: `because` it forces the ruling, `missing` it can still change it."""

    control: Control
    decides: str

    @property
    def fact(self) -> Fact:
        return self.control.fact


@dataclass(frozen=True)
class Facts:
    """The facts that are asked for: `fact` alone where it is named. `wrong` are the fields of those that a form got
    wrong, `errors` what is wrong."""

    sitting: Sitting
    fact: str
    show: str
    group: str
    find: str
    start: int
    wrong: Mapping[str, Filled]
    errors: Iterable[tuple[str, str]] = ()

    @cached_property
    def _read(self) -> list[Fact]:
        """The facts that the law asks for, in the order of the vocabularies, and what else the case says."""
        with self.sitting.view.desk.alone():
            read = {question.fact for question in bench_of(self.sitting.law).over}
        facts = self.sitting.law.facts
        others = [self.sitting.told.facts[name] for name in self.sitting.case.facts if name not in facts]
        return [fact for fact in facts.values() if fact.name in read or fact.name in self.sitting.case.facts] + others

    @cached_property
    def groups(self) -> list[tuple[str, str, int, int]]:
        """The vocabularies: id, title, how many facts the law asks of each, how many are known."""
        titles = {v.id: v.title.partition(":")[0] for v in self.sitting.law.vocabularies}
        found: dict[str, list[bool]] = {}
        for fact in self._read:
            found.setdefault(fact.vocabulary, []).append(fact.name in self.sitting.case.facts)
        return [(name, titles.get(name, name), len(known), sum(known)) for name, known in found.items()]

    @cached_property
    def deciding(self) -> dict[str, str]:
        """The facts that decide; empty where the reasons are not worked out yet."""
        found = self.sitting.reasons
        if found is None:
            return {}
        return {each.fact: "missing" for each in found.missing} | {each.fact: "because" for each in found.because_facts}

    @cached_property
    def chosen(self) -> list[Fact]:
        """Every fact that the filters let through."""
        return [fact for fact in self._read if self._fits(fact)]

    def _fits(self, fact: Fact) -> bool:
        given = self.sitting.case.facts.get(fact.name)
        if self.fact:
            return fact.name == self.fact
        if self.group and fact.vocabulary != self.group:
            return False
        match self.show:
            case "deciding" if fact.name not in self.deciding:
                return False
            case "unknown" if given is not None:
                return False
            case "known" if given is None:
                return False
            case "assumed" if given is None or given.basis != "assumed":
                return False
            case _:
                pass
        return self._holds(fact)

    def _holds(self, fact: Fact) -> bool:
        words = self.find.casefold().split()
        if not words:
            return True
        phrases = self.sitting.told.phrases
        answers = (phrases.answer(fact, i) for i in range(len(fact.answers)))
        text = " ".join((fact.name, phrases.question(fact), phrases.help(fact), *answers)).casefold()
        return all(word in text for word in words)

    @cached_property
    def rows(self) -> list[Row]:
        """One page of them."""
        decides = self.deciding if self.show == "deciding" or self.sitting.view.request.method != "POST" else {}
        errors = dict(self.errors)
        return [
            Row(
                control(
                    fact,
                    self.sitting.case.facts.get(fact.name),
                    self.sitting.told.phrases,
                    self.wrong.get(fact.name),
                    errors,
                ),
                decides.get(fact.name, ""),
            )
            for fact in self.chosen[self.start : self.start + PAGE]
        ]

    @property
    def more(self) -> int | None:
        """Where the next page starts; None where there is none."""
        following = self.start + PAGE
        return following if following < len(self.chosen) else None

    @property
    def before(self) -> int | None:
        """Where the page before this one starts; None on the first."""
        return max(self.start - PAGE, 0) or None
