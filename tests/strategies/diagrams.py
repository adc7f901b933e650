"""Random sets of cases: diagrams over a few small questions, with the same sets written out."""

from __future__ import annotations

import itertools
from dataclasses import dataclass
from math import prod

from hypothesis import strategies as st

from lagrum.model.facts import Question
from lagrum.semantics import FALSE, TRUE, Diagrams, Node

Answers = tuple[int, ...]


@dataclass(frozen=True)
class Space:
    """Some questions and every way to answer them, in order."""

    order: tuple[tuple[Question, int], ...]

    @property
    def questions(self) -> list[Question]:
        return [question for question, _ in self.order]

    @property
    def everything(self) -> frozenset[Answers]:
        return frozenset(itertools.product(*(range(size) for _, size in self.order)))


@st.composite
def spaces(draw: st.DrawFn, most: int = 60) -> Space:
    """One to five questions with one to four answers, of at most `most` cases together."""
    sizes: list[int] = []
    for size in draw(st.lists(st.integers(1, 4), min_size=1, max_size=5)):
        if prod([*sizes, size]) <= most:
            sizes.append(size)
    return Space(tuple((Question(f"q{i}"), size) for i, size in enumerate(sizes)))


def sets(space: Space) -> st.SearchStrategy[frozenset[Answers]]:
    """Some of the cases: any, or those of a few boxes, which look more like law."""
    tests = st.tuples(*(st.frozensets(st.integers(0, size - 1), min_size=1) for _, size in space.order))
    boxes = st.lists(tests, max_size=3).map(
        lambda rows: frozenset(case for row in rows for case in itertools.product(*row))
    )
    return st.frozensets(st.sampled_from(sorted(space.everything))) | boxes


def build(diagrams: Diagrams, space: Space, cases: frozenset[Answers]) -> Node:
    """The diagram of exactly these cases, put together case by case."""
    rows = [
        diagrams.both(*(diagrams.test(q, [a]) for q, a in zip(space.questions, case, strict=True)))
        for case in sorted(cases)
    ]
    return diagrams.either(*rows)


def listed(diagrams: Diagrams, space: Space, node: Node) -> frozenset[Answers]:
    """The cases of a diagram, one by one."""
    assert FALSE <= node < max(len(diagrams), TRUE + 1)
    return frozenset(
        case for case in space.everything if diagrams.holds(node, dict(zip(space.questions, case, strict=True)))
    )
