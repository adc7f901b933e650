"""Small laws written by hand: facts `a` to `d` (yes/no) and `use` (several of three answers)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

from lagrum.model.citations import Citation
from lagrum.model.conditions import Choice, Condition, Line
from lagrum.model.facts import FactKind
from lagrum.model.instruments import Impossible, Instrument, Vocabulary
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from tests.strategies.laws import ON, fact

LINE = Line("")
PAST, FUTURE = date(2025, 1, 1), date(2027, 1, 1)
FACTS = (
    *(fact(name, FactKind.YES_NO, 2, "words") for name in "abcd"),
    fact("use", FactKind.SOME_OF, 3, "words"),
)


def yes(name: str) -> Condition:
    return Choice(name, frozenset([1]), LINE)


def norm(kind: str, number: int, when: Condition | None = None, **more: Any) -> Norm:
    """A norm of instrument `one` (or another) at Art. NUMBER."""
    instrument = more.pop("instrument", "one")
    citation = Citation((f"Art. {number}",))
    return Norm(f"{instrument} {citation}", instrument, NormKind(kind), citation, "", when=when, **more)


def instrument(name: str, *norms: Norm, **more: Any) -> Instrument:
    plain = Instrument(name, name, name, "", "EU", "regulation", PAST, PAST, None, ("words",), (), "", tuple(norms))
    return replace(plain, **more)


def law(*norms: Norm, impossible: tuple[Condition, ...] = (), **more: Any) -> Law:
    """The norms by instrument; further keywords go to every instrument."""
    names = list(dict.fromkeys(n.instrument for n in norms)) or ["one"]
    instruments = tuple(instrument(name, *(n for n in norms if n.instrument == name), **more) for name in names)
    words = Vocabulary("words", "words", FACTS, tuple(Impossible("", when) for when in impossible))
    return Law("+".join(names), instruments, (words,), {f"{name}:dispute": "x" for name in names})


__all__ = ["FACTS", "FUTURE", "LINE", "ON", "PAST", "instrument", "law", "norm", "yes"]
