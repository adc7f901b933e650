"""The indicators of a language, and what they find in a text."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache
from importlib import resources
from typing import Any

import yaml

from lagrum.screening.coded import Indication
from lagrum.screening.indicators.words import Lexicon, Match, Pattern, Text, holds, matches

LANGUAGES = {"en": "English", "nl": "Dutch"}
"""The languages that there are indicators for."""

MOST_TRIES = 50
"""Places in one text at which a pattern is tried anew after something cancelled it."""

HELD_BACK = frozenset({"place"})
"""Facts that no run asks about yet: what words say of a place was not held against rulings on labelled rows."""

_KEYS = {"name", "words", "says", "near", "unless near", "unless", "example", "not"}


@dataclass(frozen=True)
class Indicator:
    """Words that indicate answers: `says` has the answers by fact.

    `words` are patterns, one of which must hold. It counts only where one of `near` holds in the same sentence, none of
    `unless_near` does, and none of `unless` in the whole text. `example` is a text in which it finds something,
    `counter` one that looks alike in which it does not.
    """

    name: str
    language: str
    says: tuple[tuple[str, tuple[str, ...]], ...]
    words: tuple[str, ...]
    example: str
    counter: str
    near: tuple[str, ...] = ()
    unless_near: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()


@dataclass(frozen=True)
class Negation:
    """How a language denies: words that deny what follows, up to so many words on, unless one of `only` comes next; and
    patterns that deny what stands just before them."""

    before: Mapping[str, int]
    only: frozenset[str]
    after: tuple[str, ...]


@dataclass(frozen=True)
class _Ready:
    """An indicator with its patterns compiled."""

    indicator: Indicator
    near: tuple[Pattern, ...]
    unless_near: tuple[Pattern, ...]
    unless: tuple[Pattern, ...]


@dataclass
class Reader:
    """Reads texts of one language."""

    indicators: tuple[Indicator, ...]
    negation: Negation
    lexicon: Lexicon
    _by_head: dict[int, list[tuple[Pattern, int]]] = field(default_factory=dict)
    _heads: int = 0
    _ready: list[_Ready] = field(default_factory=list)
    _deny: list[tuple[int, int]] = field(default_factory=list)
    _deny_after: tuple[Pattern, ...] = ()
    _only: int = 0

    def __post_init__(self) -> None:
        for place, each in enumerate(self.indicators):
            self._ready.append(_Ready(each, self._all(each.near), self._all(each.unless_near), self._all(each.unless)))
            for pattern in self._all(each.words):
                head = pattern.steps[0][0]
                self._by_head.setdefault(head, []).append((pattern, place))
                self._heads |= head
        for word, reach in self.negation.before.items():
            self._deny.append((self.lexicon.compile(word)[0].needs, reach))
        for word in self.negation.only:
            self._only |= self.lexicon.compile(word)[0].needs
        self._deny_after = self._all(self.negation.after)

    def _all(self, written: Sequence[str]) -> tuple[Pattern, ...]:
        return tuple(pattern for each in written for pattern in self.lexicon.compile(each))

    def __call__(self, text: str) -> tuple[Indication, ...]:
        """What a text indicates, in order of its words. Each indicator speaks once, at the first place that counts."""
        read = self.lexicon.read(text)
        present = 0
        for said in set(read.bits):
            if said != -1:
                present |= said
        left = present & self._heads
        best: dict[int, Match] = {}
        while left:
            head = left & -left
            left ^= head
            for pattern, place in self._by_head[head]:
                if pattern.needs & present == pattern.needs:
                    found = self._first(pattern, self._ready[place], read, present)
                    if found is not None and (place not in best or found.first < best[place].first):
                        best[place] = found
        if not best:
            return ()
        spans = read.spans()
        made: list[Indication] = []
        for place, match in sorted(best.items(), key=lambda each: (each[1].first, each[0])):
            start, end = spans[match.first][0], spans[match.last][1]
            each = self.indicators[place]
            made += [Indication(fact, answers, start, end, text[start:end], each.name) for fact, answers in each.says]
        return tuple(made)

    def _first(self, pattern: Pattern, ready: _Ready, read: Text, present: int) -> Match | None:
        """The first place where a pattern holds and counts."""
        for tries, found in enumerate(matches(pattern, read)):
            if tries == MOST_TRIES or (tries == 0 and holds(ready.unless, read, present)):
                return None
            if self._denied(found, read, present):
                continue
            if not ready.near and not ready.unless_near:
                return found
            first, last = read.sentence(found.first)
            if holds(ready.unless_near, read, present, first, last):
                continue
            if not ready.near or holds(ready.near, read, present, first, last):
                return found
        return None

    def _denied(self, found: Match, read: Text, present: int) -> bool:
        bits = read.bits
        for bit, reach in self._deny:
            if not bit & present:
                continue
            for place in range(found.first - 1, max(-1, found.first - 2 - reach), -1):
                said = bits[place]
                if said == -1:
                    break
                if said & bit and not bits[place + 1] & self._only:
                    return True
        after = found.last + 1
        return holds(self._deny_after, read, present, after, min(after + 4, len(bits))) if self._deny_after else False


def read_indicators(language: str) -> Reader:
    """The reader of a language, made from its data file. Raises `ValueError` where that is wrong."""
    file = resources.files(__package__).joinpath(f"{language}.yaml")
    data: dict[str, Any] = yaml.load(
        file.read_text(encoding="utf-8"), Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    )
    made: list[Indicator] = []
    for each in data["indicators"]:
        if unknown := set(each) - _KEYS:
            raise ValueError(f"`{each.get('name')}` in {language} has the unknown key `{min(unknown)}`")
        says = tuple(
            (fact, tuple(answers) if isinstance(answers, list) else (answers,))
            for fact, answers in each["says"].items()
        )
        made.append(
            Indicator(
                each["name"],
                language,
                says,
                tuple(each["words"]),
                each["example"],
                each["not"],
                tuple(each.get("near", ())),
                tuple(each.get("unless near", ())),
                tuple(each.get("unless", ())),
            )
        )
    deny = data["negation"]
    negation = Negation(deny["before"], frozenset(deny["only"]), tuple(deny["after"]))
    return Reader(tuple(made), negation, Lexicon(data["groups"]))


@cache
def reader_for(language: str) -> Reader | None:
    """The reader of a language; None where there are no indicators for it."""
    return read_indicators(language) if language in LANGUAGES else None


def indicate(text: str, language: str) -> tuple[Indication, ...]:
    """What a text indicates. In a language without indicators, nothing."""
    reader = reader_for(language)
    return reader(text) if reader is not None else ()


def hinted() -> tuple[str, ...]:
    """The facts that a run lets indicators speak of, in order."""
    readers = [reader for language in LANGUAGES if (reader := reader_for(language)) is not None]
    spoken = dict.fromkeys(fact for reader in readers for each in reader.indicators for fact, _ in each.says)
    return tuple(fact for fact in spoken if fact not in HELD_BACK)
