"""Which clauses each sentence takes, and in which order: the grammar in a table, to explain what is wrong with one."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Clause:
    """A clause by its first words; `words` holds several where one of them must be chosen."""

    words: tuple[str, ...]
    needed: bool
    many: bool


@dataclass(frozen=True, slots=True)
class Shape:
    """The clauses of a sentence in order. `listed`: lines that start with other words are its answers."""

    clauses: tuple[Clause, ...]
    listed: bool = False

    @property
    def words(self) -> tuple[str, ...]:
        return tuple(word for clause in self.clauses for word in clause.words)


def _shape(text: str, *, listed: bool = False) -> Shape:
    """`a! b|c* d`: a is needed, b or c may come several times, d at most once; `_` is a blank inside a word."""
    clauses = tuple(
        Clause(tuple(each.rstrip("!*").replace("_", " ").split("|")), each.endswith("!"), each.endswith("*"))
        for each in text.split()
    )
    return Shape(clauses, listed)


_NORM = _shape("from* until when unless note")

SHAPES: Mapping[str, Shape] = {
    "instrument": _shape("title! citation! source! jurisdiction! kind! published in_force until uses! tiers review!"),
    "fact": _shape(
        "yes/no|one_of|some_of|number|date! usual help defined_in judgement"
        " decided_by vouched_by controlled_by practice"
    ),
    "translate": _shape("unit help", listed=True),
    "values": _shape(""),
    "date": _shape(""),
    "reading": _shape("default!", listed=True),
    "impossible": _shape("when!"),
    "define": _NORM,
    "scope": _NORM,
    "exclude": _NORM,
    "forbid": _NORM,
    "permit": _NORM,
    "require": _shape("from* until who when unless met_when before_use note"),
    "classify": _NORM,
    "except": _NORM,
    "presume": _shape("from* until when then! unless note"),
    "penalty": _shape("up_to! from* until when unless note"),
    "without prejudice to": _shape("when"),
    "modelled on": _shape(""),
    "attaches to": _shape(""),
    "note": _shape(""),
    "amend": _shape("from! date|repeal|insert|replace|by*"),
    "case": _shape("on facts expect! because not_because source intent"),
}

CLAUSE_WORDS = ("when", "unless", "met when", "from", "until", "note", "who", "then", "before use")


def starts_with(line: str, words: str) -> bool:
    """Whether a line starts with these words as whole words."""
    flat = " ".join(line.split(None, len(words.split()))[: len(words.split())])
    return flat == words


def sentence_kind(line: str) -> str | None:
    """The kind of sentence that a line starts, by the longest keyword."""
    return next((kind for kind in sorted(SHAPES, key=len, reverse=True) if starts_with(line, kind)), None)
