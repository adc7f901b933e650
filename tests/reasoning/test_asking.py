"""Interviews about random laws: only what can matter is asked, and nothing but the answers decides."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lagrum.language import parse_given
from lagrum.library import open_library
from lagrum.model.cases import Case, Complete, Given
from lagrum.model.conditions import singles
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.facts import Fact, Question, questions_of
from lagrum.model.law import Law
from lagrum.model.norms import NormKind
from lagrum.model.rulings import Ruling, Status
from lagrum.reasoning.asking import Interview, Outcome, Until, begin
from lagrum.reasoning.asking.choosing import gain
from lagrum.semantics import Reference, as_case
from lagrum.semantics.order import relevant_impossible
from tests.language.house import law as written
from tests.language.house import write
from tests.reasoning.brute import Brute
from tests.strategies.laws import ON, laws


def start(law: Law, until: Until = Until.CLASSES) -> Interview:
    return begin(law, ON, parse_given, until=until)


def said(fact: Fact, case: Complete) -> Given:
    answer = case[fact.name]
    if isinstance(answer, int):
        return Given(fact.name, ((Question(fact.name), frozenset([answer])),), "")
    return Given(fact.name, tuple((q, frozenset([int(q.member in answer)])) for q in questions_of(fact)), "")


@st.composite
def persons(draw: st.DrawFn) -> tuple[Brute, Complete]:
    """A law, and somebody whose case is one of its possible ones."""
    brute = Brute(draw(laws()))
    assume(brute.rulings)
    answers = draw(st.sampled_from(sorted(brute.rulings)))
    return brute, as_case(dict(zip(brute.questions, answers, strict=True)))


def outcomes_of(brute: Brute, until: Until) -> Mapping[tuple[int, ...], Outcome]:
    """What the plain reading makes of each case."""
    reference = Reference(brute.law, ON)
    classes = [n for n in brute.law.norms.values() if n.kind is NormKind.CLASSIFY and until is Until.CLASSES]

    def outcome(case: Complete) -> Outcome:
        ruling = reference.ruling(case)
        told = classes if ruling in (Ruling.EXCEPTED, Ruling.REGULATED) else []
        held = {norm.tier for norm in told if reference.status(norm.key, case) is Status.APPLIES}
        return Outcome(ruling, tuple(tier for tier in dict.fromkeys(n.tier for n in told) if tier in held))

    return {answers: outcome(as_case(dict(zip(brute.questions, answers, strict=True)))) for answers in brute.rulings}


@settings(max_examples=60)
@given(persons(), st.sampled_from(list(Until)))
def test_it_asks_only_what_can_matter_and_ends_with_the_truth(person: tuple[Brute, Complete], until: Until) -> None:
    brute, case = person
    outcomes = outcomes_of(brute, until)
    tied = {s.fact for i in relevant_impossible([brute.law]) for s in singles(i.when) if hasattr(s, "fact")}
    state = start(brute.law, until)
    asked: list[str] = []
    while (question := state.question) is not None:
        fact = question.fact
        assert fact.name not in asked, "no question is asked twice"
        left = [answers for answers in outcomes if answers in set(brute.inside(state.case.box))]
        assert len({outcomes[answers] for answers in left}) > 1, "nothing is asked when the outcome is settled"
        assert state.possible == brute.possible(state.case.box)
        assert matters(brute, outcomes, left, fact.name) or fact.name in tied
        assert state.most >= 1
        before, asked = state.most, [*asked, fact.name]
        state = state.answer(said(fact, case))
        assert state.most < before, "the bound only shrinks"
    assert state.settled
    key = next(a for a in outcomes if as_case(dict(zip(brute.questions, a, strict=True))) == case)
    assert state.outcome == outcomes[key]
    assert state.assessment.ruling is brute.rulings[key]


def matters(brute: Brute, outcomes: Mapping[tuple[int, ...], Outcome], left: list[tuple[int, ...]], fact: str) -> bool:
    """Whether two cases that are left differ in this fact alone and in the outcome."""
    others = [i for i, q in enumerate(brute.questions) if q.fact != fact]
    seen: dict[tuple[int, ...], Outcome] = {}
    return any(
        seen.setdefault(tuple(answers[i] for i in others), outcomes[answers]) != outcomes[answers] for answers in left
    )


@settings(max_examples=40)
@given(persons(), st.randoms())
def test_the_order_of_the_answers_does_not_matter(person: tuple[Brute, Complete], random: object) -> None:
    brute, case = person
    asked: list[Fact] = []
    state = start(brute.law)
    while (question := state.question) is not None:
        asked.append(question.fact)
        state = state.answer(said(question.fact, case))
    random.shuffle(asked)  # type: ignore[attr-defined]
    other = start(brute.law)
    for fact in asked:
        other = other.tell(fact.name, said(fact, case))
    assert (other.possible, other.outcome, other.settled) == (state.possible, state.outcome, state.settled)
    assert other.question is None


@settings(max_examples=40)
@given(persons(), st.lists(st.booleans(), max_size=6))
def test_going_back_undoes(person: tuple[Brute, Complete], known: list[bool]) -> None:
    brute, case = person
    states = [start(brute.law)]
    for each in known:
        question = states[-1].question
        if question is None:
            break
        states.append(states[-1].answer(said(question.fact, case) if each else None))
    state = states[-1]
    for earlier in reversed(states[:-1]):
        state = state.back()
        assert state == earlier
        assert state.question == earlier.question
    assert state.back() == state


@settings(max_examples=40)
@given(persons())
def test_what_is_unknown_stays_open(person: tuple[Brute, Complete]) -> None:
    brute, _ = person
    state = start(brute.law, Until.RULING)
    while state.question is not None:
        state = state.answer(None)
    assert state.possible == brute.possible({})
    assert state.settled == (len(brute.possible({})) == 1)


@settings(max_examples=40)
@given(persons(), st.integers(0, 2))
def test_the_rest_as_usual_is_told_whole_and_never_settled(person: tuple[Brute, Complete], answers: int) -> None:
    brute, case = person
    state = start(brute.law)
    for _ in range(answers):
        if state.question is not None:
            state = state.answer(said(state.question.fact, case))
    usual = state.usual
    ended = state.rest_as_usual()
    assert ended.question is None
    assert ended.settled == state.settled, "what is assumed settles nothing"
    assert ended.case.assume == {"rest": "usual"}
    assert ended.back() == state
    assert len(ended.assessment.assumed) >= len(usual.assumed)
    if usual.outcome is None:
        return
    assert ended.assessment.ruling is usual.outcome.ruling
    # The answers that are said to decide do so, whatever the other assumed answers are.
    deciding = {each.fact for each in usual.assumed if each.decides}
    box = {q: a for q, a in state.usual_box.items() if q.fact in deciding or q in state.case.box}
    assert brute.possible(box) == (usual.outcome.ruling,)


def test_a_class_is_asked_about_when_the_ruling_is_settled(tmp_path: Path) -> None:
    """A duty binds whatever is answered, so that only the class is open."""
    facts = '# Base\n\n```law\nfact large "Is it large?"\n  yes/no\n```\n'
    rules = 'require Art. 1 "always"\n\nclassify Art. 2 "big" as high-risk\n  when large\n'
    library = open_library([write(tmp_path, {"vocabulary/base.md": facts, "eu/act.md": written(rules, "act")})], False)
    assert library.diagnostics == ()
    state = start(library.law("act"))
    assert state.question is not None and state.question.fact.name == "large"
    assert state.answer("yes").outcome == Outcome(Ruling.REGULATED, ("high-risk",))
    assert start(library.law("act"), Until.RULING).settled


def test_gain_tells_signal_from_chance() -> None:
    two = (Outcome(Ruling.FORBIDDEN), Outcome(Ruling.OUTSIDE))
    assert gain([(i % 2, two[i % 2]) for i in range(100)]) > 0.9
    assert gain([(i, two[i % 2]) for i in range(100)]) == 0, "what never comes twice foretells nothing"
    assert abs(gain([(i // 50, two[i % 2]) for i in range(100)])) < 0.05


@settings(max_examples=30)
@given(persons())
def test_answers_that_cannot_be_are_refused(person: tuple[Brute, Complete]) -> None:
    brute, _ = person
    state = start(brute.law)
    with pytest.raises(InvalidInput, match="there is no fact"):
        state.tell("nobody asks this", "yes")
    if state.question is not None:
        with pytest.raises(InvalidInput):
            state.answer("no such answer")
    assert state == begin(brute.law, ON, parse_given, Case("an interview", {}, laws=(brute.law.id,)))


@given(persons(), st.data())
@settings(max_examples=25, deadline=None)
def test_an_interview_that_was_broken_off_goes_on_where_it_was(
    person: tuple[Brute, Complete], data: st.DataObject
) -> None:
    """From the case and the facts that were asked for alone, with an engine that others have used."""
    brute, case = person
    state, engine = start(brute.law), start(brute.law).engine
    asked: list[str] = []
    while (question := state.question) is not None and data.draw(st.booleans(), label="go on"):
        known = data.draw(st.booleans(), label="known")
        asked.append(question.fact.name)
        state = state.answer(said(question.fact, case) if known else None)
        again = begin(brute.law, ON, parse_given, state.case, engine=engine, asked=asked)
        assert (again.question, again.possible, again.most, again.usually) == (
            state.question,
            state.possible,
            state.most,
            state.usually,
        )
        assert (again.unknown, again.settled, len(again.open)) == (state.unknown, state.settled, again.most)
        assert question.fact.name not in again.open
