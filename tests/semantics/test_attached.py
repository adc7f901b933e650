"""Laws that attach to a duty of another: where they speak, what they permit decides whether it is met."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from hypothesis import given, settings
from hypothesis import strategies as st

from lagrum.model.citations import Citation
from lagrum.model.conditions import IsMet
from lagrum.model.instruments import Attachment
from lagrum.model.law import Law
from lagrum.model.norms import NormKind
from lagrum.model.rulings import SETTLED, Ruling
from lagrum.semantics import Compiled, Diagrams, Reference, as_case, question_order
from tests.semantics.examples import LINE, PAST, instrument, law, norm, yes
from tests.strategies.laws import ON as DAY
from tests.strategies.laws import assignments, laws


@st.composite
def attached_laws(draw: st.DrawFn, anywhere: bool = True) -> Law:
    """A law and another over the same facts that attaches to some of its duties."""
    base = draw(laws())
    other = draw(laws(names=("gamma",), vocabulary=base.vocabularies[0]))
    duties = [key for key, norm in base.norms.items() if norm.kind is NormKind.REQUIRE]
    chosen = tuple(draw(st.lists(st.sampled_from(duties), unique=True, min_size=1))) if duties and anywhere else ()
    attachment = Attachment("alpha", Citation(("Art. 1",)), chosen)
    attached = tuple(replace(each, attaches=(attachment,)) for each in other.instruments)
    return replace(base, attached=attached, readings={**base.readings, **other.readings})


@given(attached_laws())
@settings(max_examples=100)
def test_reference_and_diagrams_agree_with_attached_laws(law: Law) -> None:
    order = question_order(law)
    diagrams = Diagrams(order)
    compiled, reference = Compiled(law, DAY, diagrams), Reference(law, DAY)
    rulings = compiled.rulings()
    statuses = {key: compiled.statuses(key) for key in law.known}
    for answers in assignments(order):
        case = as_case(answers)
        assert [r for r in SETTLED if diagrams.holds(rulings[r], answers)] == [reference.ruling(case)]
        for key, nodes in statuses.items():
            assert [s for s in nodes if diagrams.holds(nodes[s], answers)] == [reference.status(key, case)]


@given(attached_laws(anywhere=False))
@settings(max_examples=40)
def test_an_attached_law_that_attaches_nowhere_here_changes_no_ruling(law: Law) -> None:
    alone = replace(law, attached=())
    order = question_order(law)
    for answers in assignments(order):
        case = as_case(answers)
        assert Reference(law, DAY).ruling(case) == Reference(alone, DAY).ruling(case)


DUTY = "one Art. 5"
BASE = law(
    norm("forbid", 1, yes("a")),
    norm("except", 2, IsMet((DUTY,), LINE), targets=("one Art. 1",)),
    norm("require", 5, yes("a"), met_when=yes("b")),
)
NATIONAL = instrument(
    "two",
    norm("scope", 1, yes("c"), instrument="two"),
    norm("permit", 2, yes("d"), instrument="two"),
    norm("require", 3, yes("a"), instrument="two"),
    norm("except", 4, instrument="two", targets=("one Art. 1",)),
    attaches=(Attachment("one", Citation(("Art. 5",)), (DUTY,)),),
)
WITH = replace(BASE, attached=(NATIONAL,))


def ruling(law: Law, on: date = DAY, **answers: int) -> Ruling:
    return Reference(law, on).ruling({"a": 1, "b": 0, "c": 0, "d": 0, **answers})


def test_where_an_attached_law_speaks_its_permits_decide() -> None:
    assert ruling(WITH, c=1, d=1) is Ruling.EXCEPTED
    assert ruling(WITH, c=1, d=0, b=1) is Ruling.FORBIDDEN  # whatever anybody says of the national law


def test_where_none_speaks_the_question_stays_open() -> None:
    assert ruling(WITH, d=1) is Ruling.FORBIDDEN
    assert ruling(WITH, b=1) is Ruling.EXCEPTED


def test_an_attached_law_that_is_not_yet_in_force_does_not_speak() -> None:
    later = replace(WITH, attached=(replace(NATIONAL, in_force=DAY),))
    before = date.fromordinal(DAY.toordinal() - 1)
    assert ruling(later, before, c=1, b=1) is Ruling.EXCEPTED
    assert ruling(later, DAY, c=1, b=1) is Ruling.FORBIDDEN


def test_an_attached_law_regulates_and_lifts_nothing_of_the_base() -> None:
    assert ruling(WITH, c=1) is Ruling.FORBIDDEN  # its own exception to the prohibition is not read
    quiet = replace(law(norm("forbid", 1, yes("a"))), attached=(NATIONAL,))
    assert Reference(quiet, PAST).ruling({"a": 0, "c": 1, "d": 1}) is Ruling.UNREGULATED
    assert list(WITH.norms) == list(BASE.norms)
    assert set(WITH.known) - set(WITH.norms) == {f"two Art. {i}" for i in (1, 2, 3, 4)}
