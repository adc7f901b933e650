"""Two versions of a case: which of the facts in dispute matter, and which can be left undecided.

Each mixture of the two versions takes some disputed facts as the one has them and the rest as the other does. A dispute
matters when, in some mixture, going over to the other version of that fact alone changes which rulings are possible.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import combinations

from lagrum.model.cases import Box, Case
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.reasoning.bench import ruling_of
from lagrum.reasoning.condition import here_for, know
from lagrum.reasoning.here import Here
from lagrum.reasoning.sources import Sources
from lagrum.reasoning.words import said_together

MOST = 10  # disputes of which all mixtures are looked at; of more, only the small sets
SMALL = 3
NOT_SAID = "not said"


@dataclass(frozen=True, slots=True)
class Dispute:
    """A fact that the versions answer differently, each in words. `matters` is None where that was not found out;
    `read` is false where the law does not ask for the fact."""

    fact: str
    question: str
    a: str
    b: str
    citation: str
    matters: bool | None
    read: bool


@dataclass(frozen=True, slots=True)
class Turning:
    """A smallest set of disputes that, decided as the other version has them, changes the possible rulings."""

    facts: tuple[str, ...]
    possible: tuple[Ruling, ...]

    @property
    def ruling(self) -> Ruling:
        return ruling_of(self.possible)


@dataclass(frozen=True)
class Versus:
    """What one law makes of two versions of a case. `undecided` are the rulings possible while nothing in dispute is
    decided; `from_a` and `from_b` the smallest sets that turn each version. `complete` is false where larger sets were
    not looked at."""

    law: Law
    on: date
    text_of: date
    a: Case
    b: Case
    possible_a: tuple[Ruling, ...]
    possible_b: tuple[Ruling, ...]
    undecided: tuple[Ruling, ...]
    disputes: tuple[Dispute, ...]
    from_a: tuple[Turning, ...]
    from_b: tuple[Turning, ...]
    complete: bool

    def to_dict(self) -> dict[str, object]:
        """The JSON form, as `lagrum/schemas/versus.json` describes it."""
        from lagrum.reasoning.documents import versus_to_dict

        return versus_to_dict(self)

    def __repr__(self) -> str:
        mattering = sum(dispute.matters is not False for dispute in self.disputes)
        return f"Versus({mattering} of {len(self.disputes)} disputes matter, {self.law.id} on {self.on})"


def versus(law: Law, a: Case, b: Case, on: date | None = None, text_of: date | None = None) -> Versus:
    """Compare two versions of a case under one law, on the day given, else the first one's own, else today.

    Raises `InvalidInput` where one of them says what cannot be.
    """
    day = on or (a.dates[0] if a.dates else date.today())
    here, known_a = here_for(law, day, a)
    known_b = know(here.bench, day, b, here.presuming)
    both = {**known_a.box, **known_b.box}
    common = {q: known_a.box[q] for q in known_a.box if known_b.box.get(q) == known_a.box[q]}
    disputed = {q: None for q in here.bench.over if q in both and q not in common}
    sides = (_by_fact(known_a.box, disputed), _by_fact(known_b.box, disputed))
    facts = list(dict.fromkeys(q.fact for q in disputed))
    mixtures = _Mixtures(here, common, sides, facts)
    everything = len(facts) <= MOST
    from_a, from_b = (tuple(_turning(mixtures, side, everything)) for side in (0, 1))
    mattering = _mattering(mixtures) if everything else None
    found = {fact for turning in (*from_a, *from_b) for fact in turning.facts}
    sources = Sources(law, ())
    disputes = [
        Dispute(
            name,
            law.facts[name].question,
            _words(law, sides[0].get(name, {}), name),
            _words(law, sides[1].get(name, {}), name),
            sources.citation(next(q for q in disputed if q.fact == name)),
            name in mattering if mattering is not None else True if name in found else None,
            True,
        )
        for name in facts
    ]
    undecided: Box = {q: known_a.box[q] | known_b.box[q] for q in both if q in known_a.box and q in known_b.box}
    return Versus(
        law=law,
        on=day,
        text_of=text_of or day,
        a=a,
        b=b,
        possible_a=mixtures.possible(frozenset()),
        possible_b=mixtures.possible(frozenset(facts)),
        undecided=here.inside(undecided).possible_rulings(),
        disputes=(*disputes, *_unread(a, b, set(facts), law, {q.fact for q in here.bench.over})),
        from_a=from_a,
        from_b=from_b,
        complete=everything,
    )


class _Mixtures:
    """The possible rulings of every mixture, by the facts taken as `b` has them; nothing where it cannot be."""

    def __init__(self, here: Here, common: Box, sides: Sequence[Mapping[str, Box]], facts: Sequence[str]) -> None:
        self.facts = facts
        self._sides = sides
        self._common = dict(common)
        self._here = here
        self._known: dict[frozenset[str], tuple[Ruling, ...]] = {}

    def possible(self, turned: frozenset[str]) -> tuple[Ruling, ...]:
        if turned not in self._known:
            box = dict(self._common)
            for fact in self.facts:
                box |= self._sides[fact in turned].get(fact, {})
            self._known[turned] = self._here.inside(box).possible_rulings()
        return self._known[turned]


def _turning(mixtures: _Mixtures, side: int, everything: bool) -> Iterator[Turning]:
    """The sets of disputes that change what one side comes to, none of which holds another."""
    facts = frozenset(mixtures.facts)
    start = facts if side else frozenset[str]()
    before = mixtures.possible(start)
    found: list[frozenset[str]] = []
    for size in range(1, (len(facts) if everything else SMALL) + 1):
        for chosen in combinations(mixtures.facts, size):
            turned = frozenset(chosen)
            if any(smaller <= turned for smaller in found):
                continue
            there = mixtures.possible(start ^ turned)
            if there and there != before:
                found.append(turned)
                yield Turning(chosen, there)


def _mattering(mixtures: _Mixtures) -> set[str]:
    found: set[str] = set()
    for size in range(len(mixtures.facts) + 1):
        for chosen in combinations(mixtures.facts, size):
            here = mixtures.possible(frozenset(chosen))
            for fact in mixtures.facts:
                there = mixtures.possible(frozenset(chosen) ^ {fact})
                if here and there and here != there:
                    found.add(fact)
    return found


def _by_fact(box: Box, disputed: Iterable[Question]) -> dict[str, dict[Question, frozenset[int]]]:
    found: dict[str, dict[Question, frozenset[int]]] = {}
    for question in disputed:
        if question in box:
            found.setdefault(question.fact, {})[question] = box[question]
    return found


def _words(law: Law, box: Box, name: str) -> str:
    return " and ".join(said_together(law.facts[name], box)) or NOT_SAID


def _unread(a: Case, b: Case, told: set[str], law: Law, read: set[str]) -> Iterator[Dispute]:
    """Facts that the versions answer differently and the law does not ask for."""
    for name in dict.fromkeys([*a.facts, *b.facts]):
        mine, theirs = a.facts.get(name), b.facts.get(name)
        if name in told or name in read or (mine and theirs and mine.open == theirs.open):
            continue
        fact = law.facts.get(name)
        question = fact.question if fact else ""
        text_a, text_b = (each.text if each else NOT_SAID for each in (mine, theirs))
        yield Dispute(name, question, text_a, text_b, "", False, False)
