"""Comparing laws: worked out by hand on the small pack, and held against going through every case of random laws."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lagrum.analysis.compare import Comparison, Relation, Subject, Yardstick, compare
from lagrum.analysis.compare.sides import FORBIDDEN
from lagrum.model.cases import Complete
from lagrum.model.citations import parse_citation
from lagrum.model.diagnostics import BudgetExceeded, InvalidInput
from lagrum.model.facts import Question, questions_of
from lagrum.model.law import Law
from lagrum.model.norms import NormKind
from lagrum.model.rulings import Ruling
from lagrum.semantics.estimate import as_case
from lagrum.semantics.order import question_order, relevant_questions
from lagrum.semantics.reference import Reference, possible
from tests.analysis.conftest import Town
from tests.strategies.laws import ON, assignments, laws, vocabularies

DAY = date(2026, 1, 1)
OPPOSITE = {
    Relation.EQUIVALENT: Relation.EQUIVALENT,
    Relation.STRICTER: Relation.LOOSER,
    Relation.LOOSER: Relation.STRICTER,
    Relation.INCOMPARABLE: Relation.INCOMPARABLE,
}


def versus(town: Town, *changes: tuple[str, str], by: Yardstick = FORBIDDEN, as_is: bool = False) -> Comparison:
    """The town's rule as it is, compared with the same rule changed."""
    before, after = town().law("town"), town(*changes).law("town")
    return compare(Subject(before, DAY, by=by), Subject(after, DAY, by=by), as_is=as_is)


def test_a_law_with_one_exception_less_is_stricter(town: Town) -> None:
    result = versus(town, ("    needed [Art. 5(a)]\n", "    needed [Art. 5(a)]\n    errand [Art. 5(a)]\n"))
    assert result.relation is Relation.LOOSER
    assert result.witnesses_a == ()
    (witness,) = result.witnesses_b
    assert (witness.ruling_a, witness.ruling_b) == (Ruling.EXCEPTED, Ruling.FORBIDDEN)
    assert [(d.citation, d.does) for d in witness.by_a] == [("Art. 5", "is lifted"), ("Art. 5(a)", "lifts")]
    assert [(d.citation, d.does) for d in witness.by_b] == [("Art. 5", "forbids")]
    assert "needed" in witness.facts
    assert witness.unless == ("not needed",)


def test_each_way_of_differing_is_told_once(town: Town) -> None:
    """One element dropped and one added: a case on each side, naming what turns."""
    result = versus(town, ("    live [Art. 3]\n", "    needed [Art. 3]\n"))
    assert result.relation is Relation.INCOMPARABLE
    (only_a,) = result.witnesses_a
    (only_b,) = result.witnesses_b
    assert only_a.facts == ("practice has watch", "not needed")
    assert "live" in only_a.besides
    assert only_a.unless == ("needed",)
    assert set(only_b.facts) == {"practice has watch", "not live", "needed"}
    assert only_b.unless == ("live",)
    assert only_b.case["live"] == "no" and only_b.case["user"] == "police"


def test_another_wording_of_the_same_is_equivalent(town: Town) -> None:
    result = versus(town, ("  when place in street, shop", "  when place is not web"))
    assert result.relation is Relation.EQUIVALENT
    assert result.witnesses_a == result.witnesses_b == ()
    assert result.counts is not None and result.counts.only_a == result.counts.only_b == 0


def test_a_law_is_compared_where_it_applies(town: Town) -> None:
    """A scope that reaches fewer cases makes no difference where both apply, and all the difference as it is."""
    scope = ("define open place", 'scope Art. 1 "shops"\n  when place is shop\n\ndefine open place')
    assert versus(town, scope).relation is Relation.EQUIVALENT
    as_is = versus(town, scope, as_is=True)
    assert as_is.relation is Relation.STRICTER
    (witness,) = as_is.witnesses_a
    assert (witness.ruling_b, [d.does for d in witness.by_b]) == (Ruling.OUTSIDE, ["does not reach"])


def test_a_law_not_yet_in_force_is_taken_on_its_first_day(town: Town) -> None:
    law = town().law("town")
    early = date(2019, 1, 1)
    result = compare(Subject(law, early), Subject(law, DAY))
    assert (result.on_a, result.relation) == ("2020-02-01", Relation.EQUIVALENT)
    fixed = compare(Subject(law, early, fixed=True), Subject(law, DAY), as_is=True)
    assert fixed.relation is Relation.LOOSER
    assert [d.does for d in fixed.witnesses_b[0].by_a] == ["is not in force"]
    with pytest.raises(InvalidInput, match="within the reach of both `town@2019-01-01`"):
        compare(Subject(law, early, fixed=True), Subject(law, DAY))


def test_a_class_and_a_rule_are_yardsticks_too(town: Town) -> None:
    wider = ("as grave\n  when practice has watch", "as grave\n  when any of\n    practice has watch\n    urgent")
    assert versus(town, wider, by=Yardstick(tier="grave")).relation is Relation.LOOSER
    assert versus(town, wider).relation is Relation.EQUIVALENT
    article = Yardstick(citation=parse_citation("Art. 7"))
    assert versus(town, wider, by=article).relation is Relation.LOOSER
    assert versus(town, wider, by=Yardstick(citation=parse_citation("Art. 6"))).relation is Relation.EQUIVALENT
    with pytest.raises(InvalidInput, match="the laws have no class `gravely`"):
        versus(town, wider, by=Yardstick(tier="gravely"))
    with pytest.raises(InvalidInput, match=r"nothing is encoded at `Art\. 99`"):
        versus(town, wider, by=Yardstick(citation=parse_citation("Art. 99")))


def test_given_facts_hold_for_the_whole_comparison(town: Town) -> None:
    before, after = town().law("town"), town(("    live [Art. 3]\n", "")).law("town")
    live = {Question("live"): frozenset({1})}
    assert compare(Subject(before, DAY), Subject(after, DAY), given=live).relation is Relation.EQUIVALENT
    assert compare(Subject(before, DAY), Subject(after, DAY)).relation is Relation.LOOSER


def test_a_given_practice_leaves_the_telling_cases(town: Town) -> None:
    """What the system does is given whole, as `--given "practice={exactly: watch}"` has it."""
    before, after = town().law("town"), town(("    live [Art. 3]\n", "")).law("town")
    practice = before.facts["practice"]
    watch = {q: frozenset({int(practice.answers[q.member or 0].name == "watch")}) for q in questions_of(practice)}
    (witness,) = compare(Subject(before, DAY), Subject(after, DAY), given=watch).witnesses_b
    assert (witness.practices, witness.facts) == ((("watch",),), ("practice has watch", "not live"))


def test_a_rule_is_not_compared_by_the_definitions_beside_it(town: Town) -> None:
    """A definition that stands at the citation of a rule says what its words mean, and catches nothing."""
    moved = ("define open place [Art. 2]", "define open place [Art. 5]")
    assert versus(town, moved, by=Yardstick(citation=parse_citation("Art. 5"))).relation is Relation.EQUIVALENT
    narrower = ("  when place in street, shop", "  when place is street")
    words = Yardstick(citation=parse_citation("Art. 2"))
    assert versus(town, narrower, by=words).relation is Relation.STRICTER


def test_past_the_budget_counts_are_an_estimate_and_the_relation_is_not(town: Town) -> None:
    before, after = town().law("town"), town(("    live [Art. 3]\n", "")).law("town")
    exact = compare(Subject(before, DAY), Subject(after, DAY))
    assert exact.counts is not None
    result = next(found for budget in range(20, 2000, 5) if (found := _within(budget, before, after)) is not None)
    assert result.method == "estimate" and result.counts is None
    assert result.relation in (Relation.LOOSER, Relation.UNDETERMINED)
    whole = exact.counts.only_a + exact.counts.only_b + exact.counts.both + exact.counts.neither
    for name in ("only_a", "only_b", "both", "neither"):
        share = result.shares[name]
        assert share.low - 0.02 <= getattr(exact.counts, name) / whole <= share.high + 0.02
    assert "estimate" in str(result)


def _within(budget: int, before: Law, after: Law) -> Comparison | None:
    """The comparison, None where the budget does not even allow a sample."""
    try:
        return compare(Subject(before, DAY), Subject(after, DAY), budget=budget)
    except BudgetExceeded:
        return None


# --- random laws ---------------------------------------------------------------------------------------------


@st.composite
def pairs(draw: st.DrawFn) -> tuple[Law, Law]:
    """Two random laws over one vocabulary, with or without a fact that says what the system does."""
    vocabulary = draw(vocabularies())
    several = [fact.name for fact in vocabulary.facts if fact.several]
    facts = tuple(replace(fact, practice=fact.name in several[:1]) for fact in vocabulary.facts)
    words = replace(vocabulary, facts=facts)
    return draw(laws(("alpha", "gamma"), vocabulary=words)), draw(laws(("beta",), vocabulary=words))


def forbids(reference: Reference, case: Complete) -> bool:
    return reference.ruling(case) is Ruling.FORBIDDEN


def reaches(reference: Reference, case: Complete) -> bool:
    ids = [instrument.id for instrument in reference.law.instruments]
    return any(reference.in_force(i) and reference.in_scope(i, case) for i in ids)


@settings(max_examples=80)
@given(pairs(), st.booleans())
def test_counts_relation_and_witnesses_hold_against_every_case(pair: tuple[Law, Law], as_is: bool) -> None:
    a, b = pair
    try:
        result = compare(Subject(a, ON, fixed=True), Subject(b, ON, fixed=True), as_is=as_is)
    except InvalidInput:
        assume(False)
    by_a, by_b = Reference(a, ON), Reference(b, ON)
    relevant = set(relevant_questions(pair))
    tally = {name: 0 for name in ("only_a", "only_b", "both", "neither", "outside")}
    deciding: dict[str, set[str]] = {"only_a": set(), "only_b": set()}
    total = 0
    for answers in assignments([(q, size) for q, size in question_order(*pair) if q in relevant]):
        case = as_case(answers)
        if not possible(a, case):
            continue
        total += 1
        if not as_is and not (reaches(by_a, case) and reaches(by_b, case)):
            tally["outside"] += 1
            continue
        where = ("neither", "only_b", "only_a", "both")[2 * forbids(by_a, case) + forbids(by_b, case)]
        tally[where] += 1
        if where in deciding:
            reference = by_a if where == "only_a" else by_b
            deciding[where] |= _forbidding(reference, case)
    assert result.counts is not None
    assert {name: getattr(result.counts, name) for name in tally} == tally
    assert sum(tally.values()) == total
    more, less = bool(tally["only_a"]), bool(tally["only_b"])
    expected = {(False, False): "equivalent", (True, False): "stricter", (False, True): "looser"}
    assert result.relation.value == expected.get((more, less), "incomparable")
    for where, witnesses in (("only_a", result.witnesses_a), ("only_b", result.witnesses_b)):
        told: set[str] = set()
        pairs_told = [(witness.by_a, witness.by_b, witness.ruling_a, witness.ruling_b) for witness in witnesses]
        assert len(set(pairs_told)) == len(pairs_told)
        for witness in witnesses:
            case = _case(a, witness.case)
            assert possible(a, case) and possible(b, case)
            assert (by_a.ruling(case), by_b.ruling(case)) == (witness.ruling_a, witness.ruling_b)
            assert forbids(by_a, case) == (where == "only_a") and forbids(by_b, case) == (where == "only_b")
            assert as_is or (reaches(by_a, case) and reaches(by_b, case))
            mine = witness.by_a if where == "only_a" else witness.by_b
            assert {d.citation for d in mine} == _forbidding(by_a if where == "only_a" else by_b, case)
            told |= {d.citation for d in mine}
        assert told == deciding[where]


def _forbidding(reference: Reference, case: Complete) -> set[str]:
    found = set()
    for norm in reference.law.norms.values():
        if norm.kind is NormKind.FORBID or (norm.kind is NormKind.REQUIRE and norm.before_use):
            if reference.applies(norm.key, case) and not (norm.kind is NormKind.REQUIRE and reference.met(norm, case)):
                found.add(str(norm.citation))
    return found


def _case(law: Law, told: object) -> Complete:
    assert isinstance(told, dict)
    found: dict[str, int | frozenset[int]] = {}
    for name, said in told.items():
        fact = law.facts[name]
        found[name] = fact.index(said) if isinstance(said, str) else frozenset(map(fact.index, said))
    return found


@settings(max_examples=40)
@given(pairs())
def test_comparing_is_reflexive_and_antisymmetric(pair: tuple[Law, Law]) -> None:
    a, b = Subject(pair[0], ON), Subject(pair[1], ON)
    same = compare(a, a, as_is=True)
    assert same.relation is Relation.EQUIVALENT
    assert same.witnesses_a == same.witnesses_b == ()
    there, back = compare(a, b, as_is=True), compare(b, a, as_is=True)
    assert back.relation is OPPOSITE[there.relation]
    assert there.counts is not None and back.counts is not None
    assert (there.counts.only_a, there.counts.both) == (back.counts.only_b, back.counts.both)
    assert {w.by_a for w in there.witnesses_a} == {w.by_b for w in back.witnesses_b}
