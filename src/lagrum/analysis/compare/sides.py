"""One of the laws compared: on its day, by its yardstick, with where it catches a case and what keeps it from that."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cached_property

from lagrum.analysis.compare.result import Deciding
from lagrum.model.cases import Box, Complete
from lagrum.model.citations import Citation
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.model.rulings import Ruling, Status
from lagrum.semantics.compile import Compiled
from lagrum.semantics.days import days_around
from lagrum.semantics.diagrams import FALSE, TRUE, Diagrams, Node
from lagrum.semantics.reference import Reference
from lagrum.semantics.remembering import Remembering
from lagrum.spelling import did_you_mean

PROHIBITED = "prohibited"  # the class that the prohibitions themselves make up
RULES = (NormKind.FORBID, NormKind.REQUIRE, NormKind.CLASSIFY)


@dataclass(frozen=True, slots=True)
class Yardstick:
    """What a law is held to: the cases it forbids, those in a class of it, or those to which rules at or below a
    citation apply. Everything where neither is said."""

    tier: str = ""
    citation: Citation | None = None

    def __str__(self) -> str:
        return f"class {self.tier}" if self.tier else str(self.citation) if self.citation else "forbidden"


FORBIDDEN = Yardstick()


@dataclass(frozen=True, slots=True)
class Subject:
    """A law to be compared, and the day. `fixed`: on just that day, also where it is not in force then; else on the
    nearest day on which it reaches any case."""

    law: Law
    on: date
    fixed: bool = False
    by: Yardstick = FORBIDDEN

    @property
    def label(self) -> str:
        return f"{self.law.id}@{self.on}" if self.fixed else self.law.id


@dataclass(frozen=True, slots=True)
class Silencer:
    """Something that keeps a norm from catching a case: an exception, an exclusion, its being met. `keys` are those of
    the norm and of what silences it."""

    keys: tuple[str, ...]
    node: Node


class Side:
    """A law in the diagrams that it shares with the other. Raises `InvalidInput` for a class or rule it cannot have."""

    def __init__(self, subject: Subject, as_is: bool, diagrams: Diagrams, given: Box) -> None:
        self.law, self.by, self.as_is = subject.law, subject.by, as_is
        self.diagrams = diagrams
        on = subject.on if subject.fixed or as_is else _day_of_reach(subject.law, subject.on, diagrams, given)
        self.on = on
        self.compiled = Compiled(subject.law, on, diagrams, given)
        self.reference: Reference = Remembering(subject.law, on)
        self.norms = {norm.key: norm for norm in _meant(subject.law, subject.by)}

    @cached_property
    def catches(self) -> dict[str, Node]:
        """For each norm that counts, where it catches a case; those that never do are left out."""
        found = {key: self._caught(norm) for key, norm in self.norms.items()}
        return {key: node for key, node in found.items() if node != FALSE}

    @cached_property
    def spares(self) -> tuple[Node, ...]:
        """Where each of them does not: what all cases that the law does not catch satisfy."""
        return tuple(dict.fromkeys(map(self.diagrams.negate, self.catches.values())))

    @cached_property
    def reach(self) -> Node:
        """The cases that the law is compared on: those in its scope while it is in force, or all."""
        return TRUE if self.as_is else _reach(self.compiled)

    def _caught(self, norm: Norm) -> Node:
        if self._by_breach(norm):
            return self.compiled.unmet(norm.key)
        return self.compiled.applies(norm.key)

    def _by_breach(self, norm: Norm) -> bool:
        """A duty that is a condition of lawful use forbids where it is not met; as a rule of its own it applies."""
        return norm.kind is NormKind.REQUIRE and self.by.citation is None

    @cached_property
    def silencers(self) -> tuple[Silencer, ...]:
        """Everything that can keep a norm whose own conditions hold from catching a case."""
        found: list[Silencer] = []
        for key, norm in self.norms.items():
            statuses = self.compiled.statuses(key)
            for other in self.law.exceptions[key]:
                found.append(Silencer((key, other.key), self._together(statuses[Status.DEFEATED], other)))
            for other in self.law.exclusions[key]:
                found.append(Silencer((key, other.key), self._together(statuses[Status.EXCLUDED], other)))
            if self._by_breach(norm):
                met = self.diagrams.minus(self.compiled.applies(key), self.compiled.unmet(key))
                found.append(Silencer((key,), met))
        return tuple(silencer for silencer in found if silencer.node != FALSE)

    def _together(self, node: Node, other: Norm) -> Node:
        """Where the node holds and the other norm is active, with its elements, and not excepted."""
        d, c, key = self.diagrams, self.compiled, other.key
        return FALSE if node == FALSE else d.minus(d.both(node, c.active(key), c.elements(key)), c.excepted(key))

    # --- one case, by the plain reading ----------------------------------------------------------------------

    def caught_in(self, case: Complete) -> list[Norm]:
        """The norms that catch the case."""
        return [norm for norm in self.norms.values() if self._catches(norm, case)]

    def reaches(self, case: Complete) -> bool:
        """Whether the case is among those that the law is compared on."""
        r = self.reference
        return self.as_is or any(r.in_force(i.id) and r.in_scope(i.id, case) for i in self.law.instruments)

    def _catches(self, norm: Norm, case: Complete) -> bool:
        applies = self.reference.applies(norm.key, case)
        return applies and not (self._by_breach(norm) and self.reference.met(norm, case))

    def decide(self, case: Complete) -> list[tuple[str, Deciding]]:
        """The norms that decide the case by this yardstick, with their keys: those that catch it, else what keeps the
        others from that; nothing where no norm comes near."""
        caught = self.caught_in(case)
        if caught:
            return [(norm.key, _deciding(norm, _does(norm))) for norm in caught]
        return list(dict.fromkeys(each for norm in self.norms.values() for each in self._silenced(norm, case)))

    def attached(self, case: Complete) -> tuple[Deciding, ...]:
        """What a case that nothing forbids or excepts is regulated by."""
        if self.reference.ruling(case) is not Ruling.REGULATED:
            return ()
        return tuple(
            _deciding(norm, _does(norm))
            for norm in self.law.norms.values()
            if norm.kind in (NormKind.REQUIRE, NormKind.CLASSIFY) and self.reference.applies(norm.key, case)
        )

    def _silenced(self, norm: Norm, case: Complete) -> Iterator[tuple[str, Deciding]]:
        r, target = self.reference, (str(norm.citation),)
        if not r.in_force(norm.instrument):
            yield norm.instrument, Deciding(norm.instrument, "", "", "is not in force")
            return
        match r.status(norm.key, case):
            case Status.APPLIES:
                yield norm.key, _deciding(norm, "is met")
            case Status.DEFEATED:
                yield norm.key, _deciding(norm, "is lifted")
                for other in self._standing(self.law.exceptions[norm.key], case):
                    yield other.key, _deciding(other, "lifts", target)
            case Status.EXCLUDED:
                for other in self._standing(self.law.exclusions[norm.key], case):
                    yield other.key, _deciding(other, "takes out", target)
                if not r.in_scope(norm.instrument, case):
                    yield norm.instrument, Deciding(norm.instrument, "", "", "does not reach")
            case _:
                return

    def _standing(self, norms: tuple[Norm, ...], case: Complete) -> list[Norm]:
        r = self.reference
        return [n for n in norms if r.active(n, case) and r.elements(n, case) and not r.excepted(n, case)]


def _meant(law: Law, by: Yardstick) -> list[Norm]:
    """The norms that count. At a citation these are the rules themselves, or, where there are none, the definitions,
    or else what is there: an exception, an exclusion, a scope norm."""
    if by.citation is not None:
        there = [norm for norm in law.norms.values() if by.citation.covers(norm.citation)]
        rules = [norm for norm in there if norm.kind in RULES]
        words = [norm for norm in there if norm.kind is NormKind.DEFINE]
        return rules or words or [norm for norm in there if norm.kind is not NormKind.PERMIT]
    prohibiting = [n for n in law.norms.values() if n.kind is NormKind.FORBID or n.before_use]
    if not by.tier:
        return prohibiting
    classes = [norm for norm in law.norms.values() if norm.tier == by.tier]
    return classes + prohibiting if by.tier == PROHIBITED else classes


def _deciding(norm: Norm, does: str, of: tuple[str, ...] = ()) -> Deciding:
    return Deciding(norm.instrument, str(norm.citation), norm.label or norm.name, does, of)


def _does(norm: Norm) -> str:
    match norm.kind:
        case NormKind.FORBID:
            return "forbids"
        case NormKind.REQUIRE:
            return "requires"
        case NormKind.CLASSIFY:
            return "classifies"
        case _:
            return "applies"


def check_yardstick(law: Law, by: Yardstick, others: tuple[Law, ...]) -> None:
    """Raise `InvalidInput` for a class that no instrument of the laws declares, or a place where this law has no
    rule."""
    if by.tier:
        known = dict.fromkeys(tier for each in (law, *others) for i in each.instruments for tier in i.tiers)
        if by.tier not in known:
            help_ = did_you_mean(by.tier, known) or f"their classes: {', '.join(known) or 'none'}"
            raise InvalidInput([Diagnostic("LG0736", f"the laws have no class `{by.tier}`", help=help_)])
    if by.citation is not None and not any(by.citation.covers(norm.citation) for norm in law.norms.values()):
        help_ = f"`lagrum show --law {law.id}` lists what there is; give `--norm` once for each law where they differ"
        raise InvalidInput([Diagnostic("LG0729", f"nothing is encoded at `{by.citation}` of `{law.id}`", help=help_)])


def _reach(compiled: Compiled) -> Node:
    ids = [i.id for i in compiled.law.instruments if compiled.in_force(i.id)]
    return compiled.diagrams.either(*(compiled.scope(instrument) for instrument in ids))


def _day_of_reach(law: Law, on: date, diagrams: Diagrams, given: Box) -> date:
    """The nearest day, from `on` forwards and then back, on which the law reaches any case; `on` if there is none."""
    for day in days_around(law, on):
        if _reach(Compiled(law, day, diagrams, given)) != FALSE:
            return day
    return on
