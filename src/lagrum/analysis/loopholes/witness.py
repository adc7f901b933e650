"""Witnesses: for each loophole one whole case, the nearest to the ordinary case that the law does forbid."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lagrum.analysis.loopholes.boxes import Hole
from lagrum.model.cases import Complete
from lagrum.model.facts import Fact, Question
from lagrum.semantics.compile import Compiled
from lagrum.semantics.diagrams import FALSE, Diagrams, Node
from lagrum.semantics.estimate import as_case

Costs = dict[Question, tuple[int, ...]]


@dataclass(frozen=True, slots=True)
class Witness:
    """A complete case, and the facts in which it differs from the ordinary case (the nearest that the law forbids)."""

    case: Complete
    ordinary: Complete
    differs: tuple[str, ...]


def usual_costs(facts: Mapping[str, Fact], questions: Sequence[Question]) -> Costs:
    """One for each answer that is not the usual one; nothing where no answer is declared usual."""
    costs: Costs = {}
    for question in questions:
        fact = facts[question.fact]
        if question.member is not None:
            has_it = fact.usual is not None and question.member in fact.usual
            costs[question] = (1, 0) if has_it else (0, 1)
        elif fact.usual is None:
            costs[question] = (0,) * len(fact.answers)
        else:
            costs[question] = tuple(int(i not in fact.usual) for i in range(len(fact.answers)))
    return costs


def find_witness(
    law: Compiled, hole: Hole, forbidden: Node, questions: Sequence[Question], facts: Mapping[str, Fact]
) -> Witness:
    """The case of the loophole that is nearest to the nearest ordinary case.

    The ordinary case is one that the position forbids and that a prohibition escaped here would catch: it has that
    norm's conditions, and no exception lifts it. Where no norm governs the practice, it is the usual case itself. It
    lies where the law reaches, if any such case does: what is usual in one country says nothing of another's law.
    """
    diagrams = law.diagrams
    usual = usual_costs(facts, questions)
    in_hole = diagrams.both(hole.region.node, hole.cases)
    ordinary = None
    for norm in hole.region.governing:
        caught = diagrams.both(hole.region.practice.pure, forbidden, law.condition(norm.when, norm))
        proviso = law.condition(norm.unless, norm) if norm.unless is not None else FALSE
        caught = diagrams.minus(caught, diagrams.either(law.excepted(norm.key), proviso))
        ordinary = diagrams.nearest(_if_any(diagrams, caught, law.scope(norm.instrument)), usual)
        if ordinary is not None:
            break
    if ordinary is None:
        reach = diagrams.either(*(law.scope(instrument.id) for instrument in law.law.instruments))
        ordinary = diagrams.nearest(_if_any(diagrams, in_hole, reach), usual)
    assert ordinary is not None, "a loophole holds at least one case"
    near = {
        q: tuple(2 * int(a != ordinary[1][q]) * (len(questions) + 1) + usual[q][a] for a in range(len(usual[q])))
        for q in questions
    }
    nearest = diagrams.nearest(in_hole, near)
    assert nearest is not None, "a loophole holds at least one case"
    base, case = as_case(ordinary[1]), as_case(nearest[1])
    return Witness(case, base, tuple(name for name in facts if name in case and case[name] != base[name]))


def _if_any(diagrams: Diagrams, node: Node, within: Node) -> Node:
    """The part of the node that lies within the other; all of it where none does."""
    inside = diagrams.both(node, within)
    return node if inside == FALSE else inside


def in_words(facts: Mapping[str, Fact], case: Complete) -> dict[str, str | tuple[str, ...]]:
    """A complete case with the names of its answers, facts in the order of their vocabulary."""
    told: dict[str, str | tuple[str, ...]] = {}
    for name in sorted(case, key=list(facts).index):
        answer, fact = case[name], facts[name]
        if isinstance(answer, frozenset):
            told[name] = tuple(fact.answers[i].name for i in sorted(answer))
        else:
            told[name] = fact.answers[answer].name
    return told
