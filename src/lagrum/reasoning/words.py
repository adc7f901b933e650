"""A fact and what is said of it, in the words that a law file would use."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from decimal import Decimal

from lagrum.model.cases import Box
from lagrum.model.facts import Cut, Fact, FactKind, Question


def said(fact: Fact, question: Question, answers: Collection[int]) -> str:
    """What it means that the answers to the question are these: `timing is real-time`, `purpose has border control`."""
    chosen = sorted(answers)
    if question.member is not None:
        name = fact.answers[question.member].name
        return f"{fact.name} has {name}" if 1 in chosen else f"{fact.name} has none of {name}"
    if fact.kind is FactKind.YES_NO:
        return fact.name if 1 in chosen else f"not {fact.name}"
    if fact.cuts and chosen == list(range(chosen[0], chosen[-1] + 1)):
        return _stretch(fact, chosen[0], chosen[-1])
    names = [fact.answers[i].name for i in chosen]
    others = [a.name for i, a in enumerate(fact.answers) if i not in chosen]
    if len(names) == 1:
        return f"{fact.name} is {names[0]}"
    return f"{fact.name} is not {others[0]}" if len(others) == 1 else f"{fact.name} in {', '.join(names)}"


def said_together(fact: Fact, box: Box) -> list[str]:
    """What is said of one fact by the answers to some of its questions: `aim has A`, `aim has none of B, C`."""
    lacked = [fact.answers[q.member].name for q, answers in box.items() if q.member is not None and 1 not in answers]
    others = [said(fact, q, answers) for q, answers in box.items() if q.member is None or 1 in answers]
    return others + ([f"{fact.name} has none of {', '.join(lacked)}"] if lacked else [])


def answer_name(fact: Fact, question: Question, answer: int) -> str:
    """One answer by name: of a member of a fact with several answers, `has NAME` or `has none of NAME`."""
    if question.member is None:
        return fact.answers[answer].name
    return f"{'has' if answer else 'has none of'} {fact.answers[question.member].name}"


def _stretch(fact: Fact, first: int, last: int) -> str:
    """A stretch of a number's or date's range, from its lowest cut to its highest."""
    borders = [fact.cuts[first - 1]] if first else []
    low = _border(fact, borders[0], upper=False) if borders else ""
    high = _border(fact, fact.cuts[last], upper=True) if last < len(fact.cuts) else ""
    return " ".join(filter(None, [fact.name, " and ".join(filter(None, [low, high]))]))


def _border(fact: Fact, cut: Cut, upper: bool) -> str:
    if fact.kind is FactKind.DATE:
        day = date.fromordinal(int(cut.value) + (1 if cut.above else 0))
        return f"before {day}" if upper else f"from {day}"
    word = ("at most" if cut.above else "less than") if upper else ("more than" if cut.above else "at least")
    return f"{word} {_number(cut.value)} {fact.unit}".rstrip()


def _number(value: Decimal) -> str:
    return f"{value.normalize():f}"
