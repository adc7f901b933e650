"""What a case says of one fact: the forms a value can take, read into the answers they leave open."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal

from lagrum.language.caseyaml import Table, Tree, Word, Words
from lagrum.language.problems import Problems, listing, quote
from lagrum.language.stretches import (
    OPERATORS,
    beyond,
    cut_of,
    holding,
    number,
    plain,
    read_day,
    same_unit,
    upward,
)
from lagrum.model.cases import Given
from lagrum.model.facts import Cut, Fact, FactKind, Question
from lagrum.model.places import Place

Open = tuple[tuple[Question, frozenset[int]], ...]

_OPPOSITE = {
    "at least": "less than",
    "less than": "at least",
    "at most": "more than",
    "more than": "at most",
    "from": "before",
    "before": "from",
}
_SETS = ("exactly", "including", "not")
_LIKE_A_NUMBER = re.compile(r"[+\-.0-9]|nan$|inf$|infinity$", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Said:
    """The answers a value leaves open, and the value in canonical words that follow the fact's name."""

    open: Open
    words: str

    def given(self, fact: Fact, place: Place | None = None) -> Given:
        return Given(fact.name, self.open, f"{fact.name} {self.words}", place=place)


def read_value(fact: Fact, tree: Tree, problems: Problems) -> Said | None:
    """Read a value of a fact; None where it is `unknown`, or wrong (then noted)."""
    if isinstance(tree, Word) and tree.text == "unknown":
        return None
    return (_Several if fact.several else _One)(fact, problems).read(tree)


def _words(tree: Tree, problems: Problems) -> tuple[Word, ...] | None:
    """`V` or `[V, …]` inside a table."""
    items = tree.items if isinstance(tree, Words) else (tree,)
    if not items:
        problems.error("LG0608", "this list is empty", tree.place, mend="name at least one answer, or leave it out")
        return None
    words = tuple(item for item in items if isinstance(item, Word))
    if len(words) < len(items):
        place = next(item.place for item in items if not isinstance(item, Word))
        problems.error("LG0608", "this must be one answer", place, mend="lists hold answers and nothing else")
        return None
    return words


@dataclass(frozen=True, slots=True)
class _Reader:
    fact: Fact
    problems: Problems

    def error(self, code: str, message: str, place: Place, mend: str) -> None:
        related = [(self.fact.place, "declared here")]
        self.problems.error(code, message, place, mend=mend, related=related)

    def unknown(self, word: Word) -> None:
        """Note a word that is no answer."""
        names = [answer.name for answer in self.fact.answers]
        if not word.text:
            self.error(
                "LG0608", f"{quote(self.fact.name)} has no value", word.place, "write `unknown`, or leave it out"
            )
            return
        mend = self.problems.meant(word.text, names) or f"the answers are {listing(names)}"
        message = f"{quote(word.text)} is no answer to {quote(self.fact.name)}"
        self.error("LG0610", message, word.place, mend)

    def sets(self, table: Table) -> dict[str, tuple[Word, ...]] | None:
        """The parts of `{exactly: …}`, `{including: …, not: …}`, `{not: …}`."""
        found: dict[str, tuple[Word, ...]] = {}
        sound = True
        for key, value in table.entries:
            words = _words(value, self.problems)
            if key.text not in _SETS:
                mend = self.problems.meant(key.text, _SETS) or f"the keys here are {listing(_SETS)}"
                self.problems.error("LG0606", f"there is no key {quote(key.text)} here", key.place, mend=mend)
                sound = False
            elif words is None:
                sound = False
            else:
                found[key.text] = words
        if sound and (not found or ("exactly" in found and len(found) > 1)):
            mend = "`exactly` stands alone" if found else f"the keys here are {listing(_SETS)}"
            self.error("LG0611", "this says nothing clear", table.place, mend)
            sound = False
        return found if sound else None


class _Several(_Reader):
    """A fact with several answers: what is not said of a member stays unknown."""

    def read(self, tree: Tree) -> Said | None:
        if isinstance(tree, Words):
            names = ", ".join(item.text for item in tree.items if isinstance(item, Word)) or "…"
            self.error(
                "LG0611",
                f"a list is not clear for {quote(self.fact.name)}, which can have several answers at once",
                tree.place,
                f"write {{exactly: [{names}]}} for these and no others, or {{including: [{names}]}} for at least these",
            )
            return None
        if isinstance(tree, Table):
            sets = self.sets(tree)
            return None if sets is None else self.combine(sets, tree.place)
        if tree.text == "none":
            return self.combine({"exactly": (tree,)}, tree.place)
        bare = Word(tree.place, tree.text.removeprefix("not ").strip())
        return self.combine({"not" if bare.text != tree.text.strip() else "including": (bare,)}, tree.place)

    def combine(self, sets: dict[str, tuple[Word, ...]], place: Place) -> Said | None:
        if "exactly" in sets:
            return self.exactly(sets["exactly"])
        yes, no = self.members(sets.get("including", ())), self.members(sets.get("not", ()))
        if yes is None or no is None:
            return None
        if both := [self.fact.answers[i].name for i in yes if i in no]:
            self.error("LG0614", f"{quote(both[0])} is said to be so and not to be so", place, "keep one of the two")
            return None
        opened = [(Question(self.fact.name, i), frozenset({1})) for i in yes]
        opened += [(Question(self.fact.name, i), frozenset({0})) for i in no]
        parts = [f"has {self.names(yes)}"] if yes else []
        parts += [f"{'' if parts else 'has '}none of {self.names(no)}"] if no else []
        return Said(tuple(sorted(opened)), " and ".join(parts))

    def exactly(self, words: tuple[Word, ...]) -> Said | None:
        none = [word for word in words if word.text == "none"]
        if none and len(words) > 1:
            self.error("LG0614", "`none` cannot stand beside an answer", none[0].place, "keep one of the two")
            return None
        members = [] if none else self.members(words)
        if members is None:
            return None
        size = range(len(self.fact.answers))
        opened = tuple((Question(self.fact.name, i), frozenset({int(i in members)})) for i in size)
        return Said(opened, f"is exactly {self.names(members) or 'none'}")

    def members(self, words: Iterable[Word]) -> list[int] | None:
        """The indices of named answers, each once, in declared order."""
        found: set[int] = set()
        sound = True
        for word in words:
            try:
                found.add(self.fact.index(word.text))
            except KeyError:
                self.unknown(word)
                sound = False
        return sorted(found) if sound else None

    def names(self, members: Sequence[int]) -> str:
        return ", ".join(self.fact.answers[i].name for i in members)


@dataclass(frozen=True, slots=True)
class _Part:
    """One word of a value: the answers it leaves open, those its opposite does (None: that would say nothing), and its
    canonical form."""

    open: frozenset[int]
    opposite: frozenset[int] | None
    words: str


class _One(_Reader):
    """A fact with one answer: a value says which answers are still open."""

    def read(self, tree: Tree) -> Said | None:
        if isinstance(tree, Table):
            sets = self.sets(tree)
            return None if sets is None else self.table(sets, tree.place)
        if isinstance(tree, Words):
            words = _words(tree, self.problems)
            return None if words is None else self.any_of(words)
        bare = tree.text.removeprefix("not ").strip()
        if bare != tree.text.strip():
            return self.none_of((Word(tree.place, bare),), tree.place)
        return self.any_of((tree,))

    def table(self, sets: dict[str, tuple[Word, ...]], place: Place) -> Said | None:
        if "including" in sets:
            self.error(
                "LG0611",
                f"{quote(self.fact.name)} has one answer, so it cannot be said to include one",
                place,
                "write the answer itself, or [a, b] for one of these",
            )
            return None
        if "not" in sets:
            return self.none_of(sets["not"], place)
        if len(sets["exactly"]) > 1:
            mend = "write [a, b] for one of these"
            self.error("LG0611", f"{quote(self.fact.name)} has one answer, not several", place, mend)
            return None
        return self.any_of(sets["exactly"])

    def any_of(self, words: tuple[Word, ...]) -> Said | None:
        parts = [part for word in words if (part := self.part(word)) is not None]
        if len(parts) < len(words):
            return None
        named = list(dict.fromkeys(part.words for part in parts))
        opened = frozenset[int]().union(*(part.open for part in parts))
        if len(named) > 1:
            text = f"is one of {', '.join(named)}"
        else:
            compares = self.fact.cuts and named[0].startswith(tuple(f"{word} " for word in _OPPOSITE))
            text = named[0] if compares else f"is {named[0]}"
        return Said(((Question(self.fact.name), opened),), text)

    def none_of(self, words: tuple[Word, ...], place: Place) -> Said | None:
        parts = [(word, part) for word in words if (part := self.part(word)) is not None]
        if len(parts) < len(words):
            return None
        opened = frozenset(range(len(self.fact.answers)))
        for word, part in parts:
            if part.opposite is None:
                mend = "write `less than`, `more than`, `before` or `from`"
                self.error("LG0611", f"not being {quote(word.text)} says nothing of a range", word.place, mend)
                return None
            opened &= part.opposite
        if not opened:
            self.error("LG0614", f"this leaves no answer to {quote(self.fact.name)}", place, "one answer must be so")
            return None
        named = list(dict.fromkeys(part.words for _, part in parts))
        text = f"is not {named[0]}" if len(named) == 1 else f"is none of {', '.join(named)}"
        return Said(((Question(self.fact.name), opened),), text)

    def part(self, word: Word) -> _Part | None:
        text = " ".join(word.text.split())
        if self.fact.kind is FactKind.YES_NO:
            text = {"true": "yes", "false": "no"}.get(text, text)
        everything = frozenset(range(len(self.fact.answers)))
        try:
            chosen = frozenset({self.fact.index(text)})
            return _Part(chosen, everything - chosen, text)
        except KeyError:
            pass
        if self.fact.kind is FactKind.NUMBER:
            return self.number(word, text)
        if self.fact.kind is FactKind.DATE:
            return self.date(word, text)
        self.unknown(word)
        return None

    def number(self, word: Word, text: str) -> _Part | None:
        operator = next((each for each in OPERATORS if text.startswith(each + " ")), "")
        digits, _, unit = text.removeprefix(operator).strip().partition(" ")
        value = number(digits)
        fact = self.fact
        if value is None:
            if not operator and not _LIKE_A_NUMBER.match(digits):
                self.unknown(word)
                return None
            mend = "write it in plain digits, not negative, at most 10^15"
            self.error("LG0612", f"{quote(digits)} is no number that can be used here", word.place, mend)
            return None
        if unit and not same_unit(unit, fact.unit):
            said = (
                f"{quote(fact.name)} is counted in {quote(fact.unit)}"
                if fact.unit
                else f"{quote(fact.name)} has no unit"
            )
            self.error("LG0613", f"{said}, not in {quote(unit)}", word.place, "convert the number")
            return None
        counted = f"{plain(value)}{' ' + fact.unit if fact.unit else ''}"
        return self.stretch(operator, value, counted)

    def date(self, word: Word, text: str) -> _Part | None:
        operator = next((each for each in ("before", "from") if text.startswith(each + " ")), "")
        bare = text.removeprefix(operator).strip()
        day = read_day(bare)
        if day is None:
            if not operator and not bare[:1].isdigit():
                self.unknown(word)
                return None
            self.error("LG0615", f"{quote(bare)} is no date", word.place, "write it as 2026-08-02")
            return None
        return self.stretch(operator, Decimal(day.toordinal()), day.isoformat())

    def stretch(self, operator: str, value: Decimal, counted: str) -> _Part:
        if not operator:
            return _Part(frozenset({holding(self.fact, value)}), None, counted)
        cut = Cut(value) if self.fact.kind is FactKind.DATE else cut_of(operator, value)
        up = upward(operator)
        return _Part(beyond(self.fact, cut, up), beyond(self.fact, cut, not up), f"{operator} {counted}")
