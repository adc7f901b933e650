"""A comparison of two laws as a page tells it: the sentence, the table, the cases, the words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from markupsafe import Markup

from lagrum.analysis.compare import Comparison, Relation
from lagrum.analysis.compare.result import Deciding, Witness
from lagrum.model.conditions import ReadingIs, singles
from lagrum.model.facts import Fact
from lagrum.model.instruments import Instrument, Reading
from lagrum.model.law import Law
from lagrum.model.norms import Norm
from lagrum.semantics.order import conditions_of, facts_of
from lagrum.service.shown import as_lines
from lagrum.web.address import address_of
from lagrum.web.laws.differences import Stretch, compared
from lagrum.web.laws.figures import between, large
from lagrum.web.telling import told_facts
from lagrum.web.view import View

LONGEST_NAME = 36
MOST_WORDS = 24
"""Pairs of wordings on the page; the twin of each provision has them all."""


@dataclass(frozen=True, slots=True)
class Step:
    """What a rule does to a case, with where it stands."""

    does: str
    citation: str
    label: str
    address: str
    of: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Case:
    """A case that one law forbids and the other does not."""

    number: int
    facts: list[Markup]
    besides: list[Markup]
    unless: list[Markup]
    rulings: tuple[str, str]
    steps: tuple[list[Step], list[Step]]
    practices: list[str]


@dataclass(frozen=True, slots=True)
class Pair:
    """A rule in the words of both laws: `before` and `after` stand beside each other, one of them may be missing."""

    citation: str
    label: str
    before: tuple[Stretch, ...]
    after: tuple[Stretch, ...]
    addresses: tuple[str, str]


@dataclass(frozen=True)
class Told:
    """A comparison in the language of the page. `a` and `b` are the laws, each as on its day."""

    view: View
    result: Comparison
    a: Law
    b: Law

    # --- the sentence and the table ----------------------------------------------------------------------------

    @property
    def sentence(self) -> str:
        """Which is stricter, in a sentence that can be quoted."""
        told = self._sentence(*self.names)
        return told[0].upper() + told[1:]

    def _sentence(self, first: str, second: str) -> str:
        _, many = self.view.gettext, self._kinds
        match self.result.relation:
            case Relation.EQUIVALENT:
                return _("No possible case tells %(a)s and %(b)s apart.", a=first, b=second)
            case Relation.STRICTER:
                return _(
                    "%(a)s is stricter: it forbids all that %(b)s forbids, and %(kinds)s besides.",
                    a=first,
                    b=second,
                    kinds=many(self.result.witnesses_a),
                )
            case Relation.LOOSER:
                return _(
                    "%(a)s is looser: %(b)s forbids all that it forbids, and %(kinds)s besides.",
                    a=first,
                    b=second,
                    kinds=many(self.result.witnesses_b),
                )
            case Relation.INCOMPARABLE:
                return _(
                    "Neither is stricter: %(a)s forbids %(kinds_a)s that %(b)s allows, "
                    "and %(b)s forbids %(kinds_b)s that %(a)s allows.",
                    a=first,
                    b=second,
                    kinds_a=many(self.result.witnesses_a),
                    kinds_b=many(self.result.witnesses_b),
                )
            case Relation.UNDETERMINED:
                return _("%(a)s and %(b)s are too large to be held against each other exactly.", a=first, b=second)

    def _kinds(self, cases: Sequence[Witness]) -> str:
        return self.view.ngettext("%(num)s kind of use", "%(num)s kinds of use", len(cases))

    @property
    def names(self) -> tuple[str, str]:
        """The laws by their citations; one law on two days by the days."""
        a, b = (" + ".join(_short(i) for i in law.instruments) for law in (self.a, self.b))
        if self.a.id != self.b.id:
            return a, b
        on = [self.view.day(day) for day in (self.result.on_a, self.result.on_b)]
        return (
            self.view.gettext("the law of %(day)s", day=on[0]),
            self.view.gettext("the law of %(day)s", day=on[1]),
        )

    def number(self, name: str) -> Markup | str:
        """How many cases are of that kind (`only_a`, `only_b`, `both`, `neither`, `outside`)."""
        counts = self.result.counts
        if counts is not None:
            return large(self.view, getattr(counts, name))
        share = self.result.shares.get(name)
        return between(self.view, share) if share else "–"

    @property
    def outside(self) -> bool:
        """Whether there are cases that were not compared, because one of the laws does not reach them."""
        return self.result.counts is not None and self.result.counts.outside > 0

    # --- the cases ---------------------------------------------------------------------------------------------

    @cached_property
    def only_a(self) -> list[Case]:
        return [self._case(i, each) for i, each in enumerate(self.result.witnesses_a, 1)]

    @cached_property
    def only_b(self) -> list[Case]:
        return [self._case(i, each) for i, each in enumerate(self.result.witnesses_b, 1)]

    def _case(self, number: int, witness: Witness) -> Case:
        def told(texts: tuple[str, ...], case: bool = True) -> list[Markup]:
            return told_facts(self.view, facts, texts, witness.case if case else None)

        facts = {**self.b.facts, **self.a.facts}

        return Case(
            number,
            told(witness.facts),
            told(witness.besides),
            told(witness.unless, case=False),
            (witness.ruling_a.value, witness.ruling_b.value),
            (list(self._steps(witness.by_a, self.result.on_a)), list(self._steps(witness.by_b, self.result.on_b))),
            [" + ".join(each) for each in witness.practices[1:] if each],
        )

    def _steps(self, deciding: Sequence[Deciding], day: str) -> Iterator[Step]:
        for each in deciding[:5]:
            address = _address(each.instrument, each.citation, day)
            yield Step(self._does(each.does), each.citation or each.instrument, each.label, address, each.of)

    def _does(self, does: str) -> str:
        _ = self.view.gettext
        words = {
            "forbids": _("forbids it"),
            "classifies": _("puts it in a class"),
            "requires": _("demands something"),
            "applies": _("applies"),
            "is lifted": _("would forbid it, but is lifted"),
            "lifts": _("lifts that"),
            "takes out": _("takes it out"),
            "is met": _("is met"),
            "does not reach": _("does not reach it"),
            "is not in force": _("is not in force"),
        }
        return words.get(does, does)

    # --- the words ---------------------------------------------------------------------------------------------

    @property
    def descends(self) -> bool:
        """Whether one text comes from the other: one law on two days, a draft and its act, a model and its copy."""
        if self.a.id == self.b.id:
            return True
        a, b = self.a.instruments[0], self.b.instruments[0]
        lineage = {each.instrument for each in a.lineage} | {each.instrument for each in b.lineage}
        return bool({a.id, b.id} & lineage) or _family(a) == _family(b)

    @cached_property
    def pairs(self) -> list[Pair]:
        """The rules whose words differ, side by side: all that decide a case above, of one law on two days all. Those
        that both have come first."""
        if not self.descends:
            return []
        found = []
        for one, other in self._matched():
            told = self._pair(one, other)
            if told is not None and (self.a.id == self.b.id or self._decides(one) or self._decides(other)):
                found.append(told)
        return sorted(found, key=lambda pair: not (pair.before and pair.after))

    def _matched(self) -> list[tuple[Norm | None, Norm | None]]:
        """Each rule of the first with that of the second which has its place and name, else its name, else its place;
        and what is left of the second."""
        mine, left = self._standing(self.a, self.result.on_a), self._standing(self.b, self.result.on_b)
        found: dict[str, Norm] = {}
        for alike in (_place_and_name, _name, _place):
            theirs: dict[object, list[Norm]] = {}
            for norm in left:
                theirs.setdefault(alike(norm), []).append(norm)
            for one in mine:
                if one.key not in found and theirs.get(alike(one)):
                    found[one.key] = theirs[alike(one)].pop(0)
            taken = {norm.key for norm in found.values()}
            left = [norm for norm in left if norm.key not in taken]
        return [*((one, found.get(one.key)) for one in mine), *((None, norm) for norm in left)]

    def _standing(self, law: Law, day: str) -> list[Norm]:
        """The wordings that stand on the day; of different laws also those to come, as they are compared too."""
        return [
            n
            for n in law.norms.values()
            if (n.until is None or day < n.until.isoformat())
            and (not n.starts or min(s.day for s in n.starts).isoformat() <= day or self.a.id != self.b.id)
        ]

    def _pair(self, one: Norm | None, other: Norm | None) -> Pair | None:
        before, after = (as_lines(norm) if norm else "" for norm in (one, other))
        if before == after:
            return None
        norm = other or one
        assert norm is not None
        stretches = compared(before, after) if before and after else ()
        return Pair(
            str(norm.citation),
            norm.label or norm.name,
            tuple(s for s in stretches if s.kind != "ins") or _whole(before),
            tuple(s for s in stretches if s.kind != "del") or _whole(after),
            (
                _address(one.instrument, str(one.citation), self.result.on_a) if one else "",
                _address(other.instrument, str(other.citation), self.result.on_b) if other else "",
            ),
        )

    @cached_property
    def _deciding(self) -> set[tuple[str, str]]:
        witnesses = (*self.result.witnesses_a, *self.result.witnesses_b)
        return {(each.instrument, each.citation) for w in witnesses for each in (*w.by_a, *w.by_b)}

    def _decides(self, norm: Norm | None) -> bool:
        return norm is not None and (norm.instrument, str(norm.citation)) in self._deciding

    # --- what only one uses, and what a reading decides --------------------------------------------------------

    def facts(self, side: str) -> list[Fact]:
        """The questions that only one of the laws (`a` or `b`) asks."""
        law, other = (self.a, self.b) if side == "a" else (self.b, self.a)
        mine, theirs = _asked(law), _asked(other)
        return [law.facts[name] for name in mine if name not in theirs and name in law.facts]

    @property
    def readings(self) -> list[tuple[Instrument, Reading, list[tuple[str, str, str]]]]:
        """The disputed readings that the rules above hang on, with the other ways to read them: value, words, address
        of the comparison that reads them so."""
        found = []
        for instrument in {i.id: i for law in (self.a, self.b) for i in law.instruments}.values():
            named = {
                single.reading.split(":", 1)[-1]
                for norm in instrument.norms
                if self._decides(norm)
                for condition in conditions_of(norm)
                for single in singles(condition)
                if isinstance(single, ReadingIs)
            }
            for reading in instrument.readings:
                if reading.name in named:
                    chosen = self.a.readings.get(f"{instrument.id}:{reading.name}") or self.b.readings.get(
                        f"{instrument.id}:{reading.name}", reading.default
                    )
                    others = [
                        (value, words, self.view.here(reading=f"{instrument.id}:{reading.name}={value}"))
                        for value, words in reading.values
                        if value != chosen
                    ]
                    found.append((instrument, reading, others))
        return found


def _place_and_name(norm: Norm) -> object:
    return norm.kind, norm.citation, norm.name or norm.label


def _name(norm: Norm) -> object:
    return norm.kind, norm.name or norm.label or norm.citation


def _place(norm: Norm) -> object:
    return norm.kind, norm.citation


def _short(instrument: Instrument) -> str:
    """Its citation without what stands behind a bracket or semicolon, where that makes it long."""
    told = instrument.citation
    return told if len(told) <= LONGEST_NAME else re.split(r"[;(,]", told)[0].strip() or told


def _whole(text: str) -> tuple[Stretch, ...]:
    return (Stretch("same", text),) if text else ()


def _asked(law: Law) -> dict[str, None]:
    return dict.fromkeys(name for norm in law.norms.values() for name in facts_of(conditions_of(norm)))


def _family(instrument: Instrument) -> tuple[str, ...]:
    """The folder that a law shares with its drafts: `eu/ai-act`."""
    parts = instrument.files[0].split("/") if instrument.files else [instrument.id]
    return tuple(parts[:2]) if len(parts) > 2 else tuple(parts)


def _address(law: str, citation: str, day: str) -> str:
    try:
        return address_of(law, citation, on=day)
    except ValueError:
        return address_of(law, on=day)
