"""A law as a circuit says of every case, on every day and in every reading, what the plain reading says."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.norms import NormKind
from lagrum.model.rulings import Status
from lagrum.semantics import Reference, as_case
from lagrum.semantics.batches import Batch
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.clauses import Clauses
from lagrum.semantics.evaluator import Evaluator
from lagrum.semantics.logic import FALSE, TRUE, Node
from lagrum.semantics.timeless import Timeless
from tests.strategies.laws import ON, assignments, laws

COLOUR, BIG, OLD = Question("colour"), Question("big"), Question("old")
ORDER = [(COLOUR, 3), (BIG, 2), (OLD, 2)]


@given(laws(), st.data())
@settings(max_examples=60)
def test_every_status_and_ruling_is_that_of_the_plain_reading(law: Law, data: st.DataObject) -> None:
    timeless = Timeless(law)
    answers = list(assignments(timeless.asked))
    day = data.draw(
        st.sampled_from([ON, *timeless.days, *(d - timedelta(days=1) for d in timeless.days if d > date.min)])
    )
    names = {name: [value for value, _ in reading.values] for name, reading in law.all_readings().items()}
    for values in product(*names.values()):
        read = replace(law, readings={**law.readings, **dict(zip(names, values, strict=True))})
        reference = Reference(read, day)
        moment = {q: min(a) for q, a in timeless.moment(day, read.readings).items()}
        batch = Batch(timeless.circuit, [{**each, **moment} for each in answers])
        cases = [as_case(each) for each in answers]
        rulings = {ruling: set(batch.holding(node)) for ruling, node in timeless.rulings().items()}
        for i, case in enumerate(cases):
            assert [ruling for ruling, held in rulings.items() if i in held] == [reference.ruling(case)]
        for key, norm in law.norms.items():
            if norm.kind in (NormKind.FORBID, NormKind.REQUIRE, NormKind.CLASSIFY, NormKind.EXCEPT, NormKind.EXCLUDE):
                held = {status: set(batch.holding(node)) for status, node in timeless.statuses(key).items()}
                for i, case in enumerate(cases):
                    assert [status for status, found in held.items() if i in found] == [reference.status(key, case)]


@given(laws(), st.data())
@settings(max_examples=60)
def test_a_law_as_a_function_rules_as_the_plain_reading_does(law: Law, data: st.DataObject) -> None:
    timeless = Timeless(law)
    day = data.draw(st.sampled_from([ON, *timeless.days]))
    reference = Reference(law, day)
    keys = [key for key, norm in law.norms.items() if norm.kind is NormKind.FORBID]
    roots = [*timeless.rulings().values(), *(timeless.applies(key) for key in keys)]
    evaluator = Evaluator(timeless.circuit, roots, timeless.moment(day, law.readings))
    for answers in assignments(timeless.asked):
        case = as_case(answers)
        held = evaluator([answers[question] for question in evaluator.over])
        rulings = dict(zip(timeless.rulings(), held, strict=False))
        assert [ruling for ruling, holds in rulings.items() if holds] == [reference.ruling(case)]
        statuses = [reference.status(key, case) is Status.APPLIES for key in keys]
        assert list(held[len(rulings) :]) == statuses


@st.composite
def circuits(draw: st.DrawFn) -> tuple[Circuit, Node]:
    """A circuit of a few gates, and one of its nodes."""
    circuit = Circuit(ORDER)
    nodes = [circuit.test(q, {answer}) for q, size in ORDER for answer in range(size)]
    for _ in range(draw(st.integers(1, 8))):
        some = draw(st.lists(st.sampled_from(nodes), min_size=1, max_size=3))
        count = draw(st.integers(0, 3))
        joined = draw(st.sampled_from([circuit.both(*some), circuit.either(*some), circuit.at_least(count, some)]))
        nodes += [joined, circuit.negate(nodes[-1])]
    return circuit, draw(st.sampled_from(nodes))


@given(circuits())
def test_the_solver_finds_what_is_there_and_says_why_nothing_is(asked: tuple[Circuit, Node]) -> None:
    circuit, node = asked
    answers = list(assignments(ORDER))
    batch = Batch(circuit, answers)
    clauses = Clauses(circuit)
    evaluator = Evaluator(circuit, [node, circuit.negate(node)], {BIG: frozenset([1])})
    for i, each in enumerate(answers):
        if each[BIG] == 1:
            held = bool(batch.bits(node) >> i & 1)
            assert evaluator([each[q] for q in evaluator.over]) == (held, not held)
    for each in answers:
        box = {q: frozenset([a]) for q, a in each.items()}
        literals = clauses.answers(box)
        held = bool(batch.bits(node) >> answers.index(each) & 1)
        if node in (FALSE, TRUE):
            assert held == (node == TRUE)
            continue
        assert clauses.solve([*literals, clauses.literal(node)]) == held
        if not held:
            core = clauses.core()
            assert not clauses.solve(sorted(core))
    if node not in (FALSE, TRUE) and clauses.solve([clauses.literal(node)]):
        found = clauses.case()
        assert batch.bits(node) >> answers.index(found) & 1


def test_a_question_has_one_answer() -> None:
    circuit = Circuit(ORDER)
    clauses = Clauses(circuit)
    red, blue = clauses.literal(circuit.test(COLOUR, [0])), clauses.literal(circuit.test(COLOUR, [2]))
    assert not clauses.solve([red, blue])
    assert not clauses.solve([-clauses.literal(circuit.test(COLOUR, [i])) for i in range(3)])
    assert clauses.implied([red]) >= {red, -blue}
    assert not Clauses(circuit, [FALSE]).solve([])
