"""Patterns of words, and texts cut into words, so that what is looked for can be read aloud.

A pattern is a row of items. `face` is that word, `recogni*` any word that begins so, `*print` one that ends so;
`(face|facial)` one of several, `[of]` a word that may be missing, `~3` up to three words between, `{people}` a group of
words that the data file names. Patterns never reach beyond a sentence. Every text is read in one pass over its words,
with a bounded number of steps at each: there is no text on which it becomes slow.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import product

_TOKENS = re.compile(r"[^\W_]+(?:['’]s\b)?|[.!?;](?=\s)|\n(?=[\s•*A-Z0-9-])|•")
_ITEM = re.compile(r"~\d|\([^()\s]+\)|\[[^\[\]\s]+\]|[^\s()\[\]~]+")
_WORD = re.compile(r"\*?[^\W_]+\*?")
_GROUP = re.compile(r"\{([a-z ]+)\}")
_BREAKS = frozenset(".!?;\n•")

_GENITIVES = ("'s", "’s")

LONGEST_WORD = 80
"""Letters of a word beyond which it matches nothing."""

FAR = 100
"""Words to either side beyond which nothing is near, however long the sentence."""

_KEPT_WORDS = 200_000

Step = tuple[int, int]
"""An item of a pattern: the bit of its words, and how many other words may stand before it."""


@dataclass(frozen=True, slots=True)
class Pattern:
    """One row of items, compiled: `needs` has the bits of all of them."""

    text: str
    steps: tuple[Step, ...]
    needs: int


@dataclass(frozen=True, slots=True)
class Match:
    """Where a pattern holds: places of its first and last word."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Text:
    """A text in words: for each the bits of the items it can be, or -1 where a sentence ends."""

    text: str
    bits: Sequence[int]

    def spans(self) -> list[tuple[int, int]]:
        """Where each word stands."""
        return [found.span() for found in _TOKENS.finditer(self.text)]

    def sentence(self, place: int) -> tuple[int, int]:
        """The first word of the sentence around a word, and the place after its last; of a long one what is near."""
        first, last = place, place + 1
        while first > max(0, place - FAR) and self.bits[first - 1] != -1:
            first -= 1
        while last < min(len(self.bits), place + FAR) and self.bits[last] != -1:
            last += 1
        return first, last


@dataclass
class Lexicon:
    """All items that some pattern has, each with its bit; and which of them a word can be."""

    groups: Mapping[str, str] = field(default_factory=dict)
    _bits: dict[str, int] = field(default_factory=dict)
    _whole: dict[str, int] = field(default_factory=dict)
    _starts: dict[str, int] = field(default_factory=dict)
    _others: list[tuple[str, bool, int]] = field(default_factory=list)
    _known: dict[str, int] = field(default_factory=dict)

    def compile(self, written: str) -> tuple[Pattern, ...]:
        """A pattern as written, once for each way to read its optional words. Raises `ValueError`."""
        spelled = _GROUP.sub(lambda found: f"({'|'.join(self.groups[found[1]].split())})", written)
        items = _ITEM.findall(spelled)
        if "".join(items) != "".join(spelled.split()) or not items:
            raise ValueError(f"`{written}` is no pattern")
        ways = [(item[1:-1], "") if item[0] == "[" else (item,) for item in items]
        return tuple(self._row(written, [item for item in way if item]) for way in product(*ways))

    def _row(self, written: str, items: Sequence[str]) -> Pattern:
        steps: list[Step] = []
        gap = 0
        for item in items:
            if item[0] == "~":
                gap = int(item[1:])
                continue
            steps.append((self._bit(item.strip("()")), gap))
            gap = 0
        if not steps or gap or steps[0][1]:
            raise ValueError(f"`{written}` is no pattern: a gap stands between words")
        needs = 0
        for bit, _ in steps:
            needs |= bit
        return Pattern(written, tuple(steps), needs)

    def _bit(self, item: str) -> int:
        found = self._bits.get(item)
        if found is None:
            found = self._bits[item] = 1 << len(self._bits)
            for word in item.split("|"):
                if not _WORD.fullmatch(word):
                    raise ValueError(f"`{word}` is no word of a pattern")
                start, star, end = word.partition("*")
                if not star:
                    self._whole[word] = self._whole.get(word, 0) | found
                elif start:
                    self._starts[start] = self._starts.get(start, 0) | found
                else:
                    self._others.append((end.rstrip("*"), end.endswith("*"), found))
            self._known.clear()
        return found

    def word(self, word: str) -> int:
        """The bits of the items that a word of a text can be; -1 where it ends a sentence."""
        if len(word) > LONGEST_WORD:
            return 0
        plain = word.lower()
        found = -1 if plain in _BREAKS else self._look_up(plain[:-2] if plain[-2:] in _GENITIVES else plain)
        if len(self._known) < _KEPT_WORDS:
            self._known[word] = found
        return found

    def _look_up(self, word: str) -> int:
        found = self._whole.get(word, 0)
        for end in range(1, len(word) + 1):
            found |= self._starts.get(word[:end], 0)
        for part, anywhere, bit in self._others:
            if part in word if anywhere else word.endswith(part):
                found |= bit
        return found

    def read(self, text: str) -> Text:
        """A text in words."""
        words = _TOKENS.findall(text)
        known = self._known.get
        bits = [known(word) for word in words]
        return Text(text, [self.word(word) if said is None else said for said, word in zip(bits, words, strict=True)])


def matches(pattern: Pattern, text: Text, first: int = 0, last: int | None = None) -> Iterator[Match]:
    """Where a pattern holds between two places, in order; from each first word the shortest."""
    head = pattern.steps[0][0]
    bits = text.bits
    end = len(bits) if last is None else last
    for place in range(first, end):
        said = bits[place]
        if said != -1 and said & head:
            done = _end(pattern.steps, bits, place, end)
            if done is not None:
                yield Match(place, done)


def _end(steps: Sequence[Step], bits: Sequence[int], first: int, end: int) -> int | None:
    """The first place where a pattern that begins at `first` can end. Each step keeps every place that it can be at,
    and looks at each place once."""
    at = [first]
    for bit, gap in steps[1:]:
        reached: list[int] = []
        here = 0
        for place in at:
            here = max(here, place + 1)
            while here < min(place + 2 + gap, end):
                said = bits[here]
                if said == -1:
                    end = here
                elif said & bit:
                    reached.append(here)
                here += 1
        if not reached:
            return None
        at = reached
    return at[0]


def holds(patterns: Iterable[Pattern], text: Text, present: int, first: int = 0, last: int | None = None) -> bool:
    """Whether one of the patterns holds between two places. `present` has the bits of all words of the text."""
    return any(
        pattern.needs & present == pattern.needs and next(matches(pattern, text, first, last), None) is not None
        for pattern in patterns
    )
