"""Where a law asks for a fact: the citation a reason or an open question is printed with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from lagrum.model.conditions import (
    AllOf,
    AnyOf,
    Applies,
    AtLeast,
    Choice,
    Condition,
    Defined,
    Has,
    HasNone,
    HasOnly,
    IsMet,
    NoneOf,
)
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.norms import Norm
from lagrum.semantics.order import conditions_of


class Sources:
    """The places at which a law asks its questions, those of the norms that decide first."""

    def __init__(self, law: Law, deciding: Iterable[str]) -> None:
        self.law = law
        self._first: dict[str, str] = {}
        self._members: dict[Question, str] = {}
        self._ranks: dict[str, int] = {}
        seen: set[str] = set()
        for key in deciding:
            self._read_with_exceptions(law.norms[key], seen)
        for norm in law.known.values():
            self._read_norm(norm, seen)

    def citation(self, question: Question) -> str:
        """The citation in brackets behind the condition, else that of the norm it stands in; empty for none."""
        return self._members.get(question) or self._first.get(question.fact, "")

    def rank(self, question: Question) -> tuple[int, int]:
        """Where the question stands among the questions in the order in which the law asks them."""
        if not self._ranks:
            self._ranks = {name: i for i, name in enumerate(self._first)}
        return self._ranks.get(question.fact, len(self._ranks)), question.member or 0

    def _read_with_exceptions(self, norm: Norm, seen: set[str]) -> None:
        if norm.key not in seen:
            self._read_norm(norm, seen)
            for exception in self.law.exceptions[norm.key]:
                self._read_with_exceptions(exception, seen)

    def _read_norm(self, norm: Norm, seen: set[str]) -> None:
        if norm.key in seen:
            return
        seen.add(norm.key)
        for condition in conditions_of(norm):
            for item, citation in _places(condition, self._place(norm)):
                self._read(item, citation, seen)

    def _place(self, norm: Norm) -> str:
        """The norm's citation, with the instrument in front where it is an attached law's."""
        return str(norm.citation) if norm.key in self.law.norms else f"{norm.instrument} {norm.citation}"

    def _read(self, item: Condition, citation: str, seen: set[str]) -> None:
        match item:
            case Choice(fact):
                self._first.setdefault(fact, citation)
            case Has(fact, member):
                self._first.setdefault(fact, citation)
                self._members.setdefault(Question(fact, member), citation)
            case HasOnly(fact, members) | HasNone(fact, members):
                self._first.setdefault(fact, citation)
                for member in members:
                    self._members.setdefault(Question(fact, member), citation)
            case Defined(key):
                self._read_norm(self.law.known[key], seen)
            case Applies(keys) | IsMet(keys):
                for key in keys:
                    if key in self.law.known:
                        self._read_norm(self.law.known[key], seen)
            case _:
                pass


def _places(condition: Condition, citation: str) -> Iterator[tuple[Condition, str]]:
    """Every single condition with the nearest citation: its own, its group's, or what it stands in."""
    if isinstance(condition, AllOf | AnyOf | NoneOf | AtLeast):
        inner = str(condition.citation) if condition.citation else citation
        for item in condition.items:
            yield from _places(item, inner)
    else:
        yield condition, str(condition.line.citation) if condition.line.citation else citation
