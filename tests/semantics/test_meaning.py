"""The plain reading and the diagrams agree on every case of random laws."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given, settings
from hypothesis import strategies as st

from lagrum.model.law import Law
from lagrum.model.norms import NormKind
from lagrum.model.rulings import SETTLED, Ruling, Status
from lagrum.semantics import FALSE, TRUE, Compiled, Diagrams, Node, Reference, possible, possible_region, question_order
from tests.strategies.laws import ON, assignments, boxes, complete, laws


@given(laws())
@settings(max_examples=120)
def test_rulings_and_statuses_agree_on_every_case(law: Law) -> None:
    order = question_order(law)
    diagrams = Diagrams(order)
    compiled = Compiled(law, ON, diagrams)
    reference = Reference(law, ON)
    rulings = compiled.rulings()
    statuses = {key: compiled.statuses(key) for key in law.norms}
    for answers in assignments(order):
        case = complete(answers, law)
        assert [r for r in SETTLED if diagrams.holds(rulings[r], answers)] == [reference.ruling(case)]
        assert diagrams.holds(compiled.possible, answers) == possible(law, case)
        for key, nodes in statuses.items():
            assert [s for s in nodes if diagrams.holds(nodes[s], answers)] == [reference.status(key, case)]
