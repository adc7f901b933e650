"""Random small laws with everything the model has, and cases for them.

Norms are drawn one after another and refer only to earlier ones, exceptions only to what stands before the norm they
lift, so no law has a cycle. The vocabularies stay so small that every complete case can be gone through.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from decimal import Decimal
from math import prod

from hypothesis import strategies as st

from lagrum.model.citations import Citation
from lagrum.model.conditions import (
    AllOf,
    AnyOf,
    Applies,
    AtLeast,
    Choice,
    Condition,
    DateIs,
    Defined,
    Has,
    HasNone,
    HasOnly,
    IsMet,
    Line,
    NoneOf,
    ReadingIs,
)
from lagrum.model.facts import Answer, Cut, Fact, FactKind, Question, questions_of, size_of
from lagrum.model.instruments import Impossible, Instrument, Reading, Vocabulary
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind, Start

ON = date(2026, 1, 1)
PAST, FUTURE = date(2025, 1, 1), date(2027, 1, 1)
LINE = Line("a condition")
MAIN = (NormKind.FORBID, NormKind.REQUIRE, NormKind.CLASSIFY, NormKind.PERMIT)
MOST_CASES = 200
OFTEN = st.sampled_from([True] * 7 + [False])


# --- facts ---------------------------------------------------------------------------------------------------


def fact(name: str, kind: FactKind, answers: int, vocabulary: str) -> Fact:
    """A fact of that kind with so many answers (yes/no: always two)."""
    cuts: tuple[Cut, ...] = ()
    names = [f"{name}-{i}" for i in range(answers)]
    if kind is FactKind.YES_NO:
        names = ["no", "yes"]
    elif kind in (FactKind.NUMBER, FactKind.DATE):
        cuts = tuple(Cut(Decimal(i + 1)) for i in range(answers - 1))
    return Fact(name, f"{name}?", kind, tuple(Answer(n) for n in names), vocabulary, cuts=cuts)


@st.composite
def vocabularies(draw: st.DrawFn, name: str = "words") -> Vocabulary:
    """Two to five facts of any kind and up to three statements of the impossible."""
    facts: list[Fact] = []
    for i in range(draw(st.integers(3, 5))):
        kind = draw(st.sampled_from(FactKind))
        new = fact(f"{name}-{'abcde'[i]}", kind, draw(st.integers(2, 3)), name)
        if prod(size_of(f) ** len(questions_of(f)) for f in [*facts, new]) > MOST_CASES:
            break
        facts.append(new)
    impossible = [
        Impossible(f"{name} {i}", draw(conditions(facts, depth=1, dates=False))) for i in range(draw(st.integers(0, 2)))
    ]
    return Vocabulary(name, name, tuple(facts), tuple(impossible))


# --- conditions ----------------------------------------------------------------------------------------------


@st.composite
def about(draw: st.DrawFn, fact: Fact) -> Condition:
    """A single condition about the fact."""
    indices = st.integers(0, len(fact.answers) - 1)
    if not fact.several:
        most = max(1, len(fact.answers) - 1)
        return Choice(fact.name, draw(st.frozensets(indices, min_size=1, max_size=most)), LINE)
    form = draw(st.integers(0, 2))
    if form == 0:
        return Has(fact.name, draw(indices), LINE)
    members = draw(st.frozensets(indices, min_size=1))
    return HasOnly(fact.name, members, LINE) if form == 1 else HasNone(fact.name, members, LINE)


@st.composite
def conditions(
    draw: st.DrawFn,
    facts: list[Fact],
    norms: tuple[Norm, ...] = (),
    readings: tuple[str, ...] = (),
    depth: int = 2,
    dates: bool = True,
) -> Condition:
    """A condition about the facts, the norms and the readings, groups nested up to `depth`."""
    if depth and draw(st.sampled_from([True, True, False])):
        inner = conditions(facts, norms, readings, depth - 1, dates)
        items = tuple(draw(st.lists(inner, min_size=1, max_size=3)))
        match draw(st.sampled_from(["all", "any", "all", "any", "none", "at least"])):
            case "all":
                return AllOf(items)
            case "any":
                return AnyOf(items)
            case "none":
                return NoneOf(items)
            case _:
                return AtLeast(draw(st.integers(1, len(items))), items)
    form = draw(st.sampled_from([9, 9, 9, 9, 9, 9, 0, 1, 2, 3, 4, 5]))
    keys = tuple(norm.key for norm in norms if norm.kind is not NormKind.PERMIT)
    definitions = [norm.key for norm in norms if norm.kind is NormKind.DEFINE]
    duties = tuple(norm.key for norm in norms if norm.kind is NormKind.REQUIRE)
    if form == 0 and definitions:
        return Defined(draw(st.sampled_from(definitions)), LINE, draw(st.booleans()))
    if form in (1, 2) and keys:
        return Applies(tuple(draw(st.lists(st.sampled_from(keys), min_size=1, max_size=2, unique=True))), LINE)
    if form == 3 and duties:
        return IsMet(tuple(draw(st.lists(st.sampled_from(duties), min_size=1, max_size=2, unique=True))), LINE)
    if form == 4 and readings:
        return ReadingIs(draw(st.sampled_from(readings)), draw(st.sampled_from("xy")), LINE, draw(st.booleans()))
    if form == 5 and dates:
        return DateIs(draw(st.sampled_from([PAST, ON, FUTURE])).toordinal(), draw(st.booleans()), LINE)
    return draw(about(draw(st.sampled_from(facts))))


# --- laws ----------------------------------------------------------------------------------------------------


class _Writer:
    """Draws the norms of one law."""

    def __init__(self, draw: st.DrawFn, facts: list[Fact], instruments: list[str], readings: tuple[str, ...]) -> None:
        self.draw = draw
        self.facts = facts
        self.instruments = instruments
        self.readings = readings
        self.norms: list[Norm] = []

    def condition(self, before: tuple[Norm, ...]) -> Condition | None:
        if not self.draw(OFTEN):
            return None
        return self.draw(conditions(self.facts, before, self.readings))

    def norm(self, kind: NormKind, before: tuple[Norm, ...], **more: object) -> Norm:
        """A norm whose conditions refer to norms in `before` only."""
        draw = self.draw
        number = len(self.norms)
        instrument = draw(st.sampled_from(self.instruments))
        starts: tuple[Start, ...] = ()
        if not draw(OFTEN):
            starts = tuple(
                Start(
                    draw(st.sampled_from([PAST, ON, FUTURE])), self.condition(before) if draw(st.booleans()) else None
                )
                for _ in range(draw(st.integers(1, 2)))
            )
        norm = Norm(
            key=f"{instrument} Art. {number}",
            instrument=instrument,
            kind=kind,
            citation=Citation((f"Art. {number}",)),
            label=f"{kind} {number}",
            when=self.condition(before),
            unless=self.condition(before) if not draw(OFTEN) else None,
            starts=starts,
            until=None if draw(OFTEN) else draw(st.sampled_from([ON, FUTURE])),
            name=f"term {number}" if kind is NormKind.DEFINE else "",
            met_when=self.condition(before) if kind is NormKind.REQUIRE else None,
            before_use=kind is NormKind.REQUIRE and draw(st.booleans()),
        )
        norm = replace(norm, **more)  # type: ignore[arg-type]
        self.norms.append(norm)
        return norm

    def write(self) -> None:
        draw = self.draw
        line: list[Norm] = []
        before: dict[str, tuple[Norm, ...]] = {}
        for _ in range(draw(st.integers(2, 5))):
            kind = draw(st.sampled_from([*MAIN, NormKind.FORBID, NormKind.FORBID, NormKind.DEFINE]))
            norm = self.norm(kind, tuple(line))
            before[norm.key] = tuple(line)
            line.append(norm)
        everything = tuple(line)
        for kind, most in ((NormKind.SCOPE, 1), (NormKind.EXCLUDE, 2)):
            for _ in range(draw(st.integers(0, most))):
                if kind is NormKind.SCOPE:
                    norm = self.norm(kind, everything)
                else:
                    targets = tuple(draw(st.lists(st.sampled_from([n.key for n in line]), min_size=1, unique=True)))
                    from_all = not draw(OFTEN)
                    norm = self.norm(kind, everything, targets=() if from_all else targets, from_all=from_all)
                before[norm.key] = everything
        for _ in range(draw(st.integers(0, 4))):
            keys = draw(st.lists(st.sampled_from(sorted(before)), min_size=1, max_size=2, unique=True))
            earlier = min((before[key] for key in keys), key=len)
            norm = self.norm(NormKind.EXCEPT, earlier, targets=tuple(keys))
            before[norm.key] = earlier


@st.composite
def laws(
    draw: st.DrawFn,
    names: tuple[str, ...] = ("alpha", "beta"),
    words: str = "words",
    vocabulary: Vocabulary | None = None,
) -> Law:
    """One or more instruments of these names, read together, over one vocabulary: a new one, or that given."""
    vocabulary = vocabulary or draw(vocabularies(words))
    names = names[: draw(st.integers(1, len(names)))]
    readings = {f"{name}:dispute": draw(st.sampled_from("xy")) for name in names}
    writer = _Writer(draw, list(vocabulary.facts), list(names), tuple(readings))
    writer.write()
    instruments = tuple(
        Instrument(
            id=name,
            title=name,
            citation=name,
            source="",
            jurisdiction="EU",
            kind="regulation",
            published=draw(st.sampled_from([None, PAST, FUTURE])),
            in_force=PAST if draw(OFTEN) else draw(st.sampled_from([None, ON, FUTURE])),
            until=None if draw(OFTEN) else draw(st.sampled_from([ON, FUTURE])),
            uses=(vocabulary.id,),
            tiers=(),
            review="",
            norms=tuple(norm for norm in writer.norms if norm.instrument == name),
            readings=(Reading("dispute", "?", (("x", ""), ("y", "")), "x"),),
        )
        for name in names
    )
    return Law("+".join(names), instruments, (vocabulary,), readings)


# --- cases ---------------------------------------------------------------------------------------------------


def assignments(order: list[tuple[Question, int]]) -> Iterator[dict[Question, int]]:
    """Every way to answer the questions."""
    questions = [question for question, _ in order]
    for answers in itertools.product(*(range(size) for _, size in order)):
        yield dict(zip(questions, answers, strict=True))


@st.composite
def boxes(draw: st.DrawFn, order: list[tuple[Question, int]]) -> dict[Question, frozenset[int]]:
    """A partial case: some questions, each with the answers still open."""
    chosen = draw(st.lists(st.sampled_from(order), unique=True, max_size=len(order))) if order else []
    return {question: draw(st.frozensets(st.integers(0, size - 1), min_size=1)) for question, size in sorted(chosen)}
