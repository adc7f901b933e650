"""Which questions a law asks, which statements of the impossible bear on them, and the order a diagram asks them in."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from lagrum.model.conditions import Choice, Condition, Defined, Has, HasNone, HasOnly, singles
from lagrum.model.facts import Fact, Question, questions_of, size_of
from lagrum.model.instruments import Impossible
from lagrum.model.law import Law
from lagrum.model.norms import Norm

ROUNDS = 40


def question_order(*laws: Law) -> list[tuple[Question, int]]:
    """All questions of all facts that the laws, or statements of the impossible connected with them, speak of, with the
    number of their answers, in the order a diagram should ask them.

    FORCE: every norm pulls the facts it speaks of together, until what is weighed together stands together.
    It only reads the law's structure, so the same law always gets the same order.
    Members of one fact stay side by side, in declared order.
    """
    facts = _facts(laws)
    groups = [group for group in _groups(laws) if group]
    first = list(dict.fromkeys(name for group in groups for name in group))
    order = _force(first, [list(dict.fromkeys(group)) for group in groups])
    return [(question, size_of(facts[name])) for name in order for question in questions_of(facts[name])]


def relevant_questions(laws: Sequence[Law]) -> tuple[Question, ...]:
    """The questions of `question_order`: a complete case answers these, and counts run over them."""
    return tuple(question for question, _ in question_order(*laws))


def relevant_impossible(laws: Sequence[Law]) -> tuple[Impossible, ...]:
    """The statements of the impossible that share a fact with the laws, or with another such statement.

    The others cannot bear on any answer, so that a vocabulary loaded for another law changes no count.
    """
    waiting = list(dict.fromkeys(s for law in laws for v in law.vocabularies for s in v.impossible))
    facts = {name for law in laws for norm in law.norms.values() for name in facts_of(conditions_of(norm))}
    connected: set[int] = set()
    grown = True
    while grown:
        grown = False
        for i, statement in enumerate(waiting):
            names = set(facts_of([statement.when]))
            if i not in connected and names & facts:
                connected.add(i)
                facts |= names
                grown = True
    return tuple(statement for i, statement in enumerate(waiting) if i in connected)


def conditions_of(norm: Norm) -> list[Condition]:
    """Every condition of a norm: of its starts, `when`, `unless` and `met when`."""
    found = [start.when for start in norm.starts] + [norm.when, norm.unless, norm.met_when]
    return [condition for condition in found if condition is not None]


def facts_of(conditions: Iterable[Condition]) -> Iterator[str]:
    """The names of the facts that the conditions speak of, in reading order."""
    for condition in conditions:
        for single in singles(condition):
            if isinstance(single, Choice | Has | HasOnly | HasNone):
                yield single.fact


def questions_in(conditions: Iterable[Condition], facts: dict[str, Fact]) -> Iterator[Question]:
    """The questions that the conditions themselves ask."""
    for condition in conditions:
        for single in singles(condition):
            match single:
                case Choice(fact):
                    yield Question(fact)
                case Has(fact, member):
                    yield Question(fact, member)
                case HasNone(fact, members):
                    yield from (Question(fact, member) for member in sorted(members))
                case HasOnly(fact):
                    yield from questions_of(facts[fact])


def _facts(laws: Sequence[Law]) -> dict[str, Fact]:
    return {name: fact for law in laws for name, fact in law.facts.items()}


def _groups(laws: Sequence[Law]) -> Iterator[list[str]]:
    """Facts that are weighed together: those of a norm, its definitions spelt out, and of a statement."""
    for law in laws:
        for norm in law.norms.values():
            yield list(facts_of(_spelt_out(law, conditions_of(norm), set())))
    for statement in relevant_impossible(laws):
        yield list(facts_of([statement.when]))


def _spelt_out(law: Law, conditions: Iterable[Condition], seen: set[str]) -> Iterator[Condition]:
    """The conditions, each definition followed by what it says."""
    for condition in conditions:
        for single in singles(condition):
            if isinstance(single, Defined):
                if single.norm not in seen and single.norm in law.norms:
                    seen.add(single.norm)
                    yield from _spelt_out(law, conditions_of(law.norms[single.norm]), seen)
            else:
                yield single


def _force(names: list[str], groups: list[list[str]]) -> list[str]:
    """Move every fact to the middle of the groups it is in, until no round shortens the groups' spans any more."""
    best = names
    shortest = _spans(names, groups)
    at = {name: float(i) for i, name in enumerate(names)}
    current = names
    for _ in range(ROUNDS):
        pulled: dict[str, list[float]] = {name: [] for name in names}
        for group in groups:
            centre = sum(at[name] for name in group) / len(group)
            for name in group:
                pulled[name].append(centre)
        # Ties keep the present order, so that the result does not hang on anything but the law.
        rank = {name: i for i, name in enumerate(current)}
        current = sorted(names, key=lambda name: (sum(pulled[name]) / len(pulled[name]), rank[name]))
        at = {name: float(i) for i, name in enumerate(current)}
        length = _spans(current, groups)
        if length >= shortest:
            break
        best, shortest = current, length
    return best


def _spans(names: list[str], groups: list[list[str]]) -> int:
    at = {name: i for i, name in enumerate(names)}
    return sum(max(at[name] for name in group) - min(at[name] for name in group) for group in groups)
