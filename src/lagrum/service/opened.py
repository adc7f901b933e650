"""A norm laid open before a case: its conditions, which of them the case meets, and what lifts it or takes it out."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lagrum.model.cases import Case
from lagrum.model.conditions import AllOf, AnyOf, AtLeast, Choice, Condition, Defined, Has, HasNone, HasOnly, NoneOf
from lagrum.model.law import Law
from lagrum.model.norms import Norm
from lagrum.model.rulings import Status
from lagrum.reasoning.assessment import NormStatus
from lagrum.reasoning.condition import here_for
from lagrum.reasoning.standing import Standing
from lagrum.semantics.logic import Node
from lagrum.service.desk import Desk

DEEPEST = 1  # definitions inside definitions that are laid open too


@dataclass(frozen=True, slots=True)
class Held:
    """A condition, or a group of them: `group` says how its `items` count, empty for a single one. `met` is `yes` where
    every possible case meets it, `no` where none does, else `open`. `fact` is what a single one asks."""

    text: str
    citation: str
    met: str
    group: str = ""
    fact: str = ""
    items: tuple[Held, ...] = ()


@dataclass(frozen=True, slots=True)
class Opened:
    """A norm before a case. `lifted_by` are its exceptions, `taken_out_by` what excludes it, each as it stands."""

    key: str
    status: NormStatus
    note: str
    when: Held | None
    unless: Held | None
    met_when: Held | None
    lifted_by: tuple[NormStatus, ...]
    taken_out_by: tuple[NormStatus, ...]
    starts: tuple[date, ...]
    until: date | None

    @property
    def applies(self) -> bool:
        return self.status.status is Status.APPLIES


def opened(desk: Desk, law: Law, case: Case, on: date, keys: Iterable[str]) -> tuple[Opened, ...]:
    """The norms with these keys, as they stand to the case on the day; a key that there is not is passed over."""
    with desk.alone():
        opener = _Opener(Standing(here_for(law, on, case)[0]))
        return tuple(opener.norm(law.norms[key]) for key in keys if key in law.norms)


def keys_at(law: Law, instrument: str, citation: str) -> list[str]:
    """The norms that one place holds, in the order of the text."""
    return [key for key, n in law.norms.items() if n.instrument == instrument and str(n.citation) == citation]


class _Opener:
    def __init__(self, standing: Standing) -> None:
        self.standing, self.law = standing, standing.law

    def norm(self, norm: Norm) -> Opened:
        return Opened(
            norm.key,
            self.standing.of(norm),
            norm.note,
            self.held(norm.when, norm),
            self.held(norm.unless, norm),
            self.held(norm.met_when, norm),
            tuple(self.standing.of(each) for each in self.law.exceptions[norm.key] if each.key in self.law.norms),
            tuple(self.standing.of(each) for each in self.law.exclusions[norm.key] if each.key in self.law.norms),
            tuple(start.day for start in norm.starts),
            norm.until,
        )

    def held(self, condition: Condition | None, norm: Norm, depth: int = 0) -> Held | None:
        return None if condition is None else self._held(condition, norm, depth)

    def _held(self, condition: Condition, norm: Norm, depth: int) -> Held:
        met = self._met(self.standing.compiled.condition(condition, norm))
        if isinstance(condition, AllOf | AnyOf | NoneOf | AtLeast):
            items = tuple(self._held(item, norm, depth) for item in condition.items)
            return Held("", str(condition.citation or ""), met, _group(condition), items=items)
        citation = str(condition.line.citation or "")
        inside: tuple[Held, ...] = ()
        if isinstance(condition, Defined) and depth < DEEPEST and condition.norm in self.law.known:
            defined = self.law.known[condition.norm]
            citation = citation or str(defined.citation)
            if defined.when is not None:
                inside = (self._held(defined.when, defined, depth + 1),)
        fact = condition.fact if isinstance(condition, Choice | Has | HasOnly | HasNone) else ""
        return Held(condition.line.text, citation, met, fact=fact, items=inside)

    def _met(self, node: Node) -> str:
        if self.standing.must(node):
            return "yes"
        return "open" if self.standing.can(node) else "no"


def _group(condition: Condition) -> str:
    match condition:
        case AllOf():
            return "all"
        case AnyOf():
            return "any"
        case NoneOf():
            return "none"
        case AtLeast(count):
            return str(count)
        case _:
            return ""
