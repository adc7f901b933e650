"""The search for loopholes on a law small enough to work out by hand, and held against going through every case."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lagrum.analysis.loopholes import BoxCondition, Loopholes, families, loopholes
from lagrum.cli.main import run
from lagrum.model.cases import Complete
from lagrum.model.diagnostics import BudgetExceeded, InvalidInput
from lagrum.model.facts import FactKind, Question
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.semantics.estimate import as_case
from lagrum.semantics.order import question_order, relevant_questions
from lagrum.semantics.reference import Reference, possible
from tests.analysis.conftest import Town
from tests.strategies.laws import ON, assignments, laws, vocabularies

DAY = date(2026, 1, 1)


def find(town: Town, *changes: tuple[str, str], on: date = DAY) -> Loopholes:
    library = town(*changes)
    assert not library.diagnostics
    return loopholes(library.law("town"), library.law("letter"), on)


def openers(result: Loopholes) -> list[tuple[tuple[str, ...], str]]:
    return [(tuple(str(o) for o in family.openers), family.kind) for family in result]


def test_families_of_the_town_are_those_found_by_hand(town: Town) -> None:
    """Nobody minds sorting; watching escapes by each element of Art. 5, two ways through Art. 6, and the army."""
    result = find(town)
    assert result.complete, result.unfinished
    assert openers(result) == [
        (("no prohibition is about this",), "no norm"),
        (("open place, Art. 2",), "element"),
        (("live, Art. 3",), "element"),
        (("user is police, Art. 5",), "element"),
        (("act has use, Art. 5",), "element"),
        (("a needed search: order is judge's, Art. 5(a)",), "exception"),
        (("a needed search: urgent and order is own, Art. 5(a)",), "exception"),
        (("the army, Art. 1(2)",), "exclusion"),
    ]


def test_a_proviso_without_alternatives_is_told_in_its_own_words(town: Town) -> None:
    proviso = "    user is police [Art. 5]\n  unless all of\n    order is judge's\n    date before 2027-01-01\n\n"
    (family,) = (
        f
        for f in find(town, ("    user is police [Art. 5]\n\n", proviso))
        if f.openers[0].citation == "Art. 5" and f.kind == "exception" and "unless" in f.openers[0].condition
    )
    assert str(family.openers[0]) == "unless order is judge's and date before 2027-01-01, Art. 5"


def test_more_ways_than_anybody_reads_are_refused_at_once(town: Town, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(families, "MOST", 6)
    with pytest.raises(BudgetExceeded, match=r"more than 6 ways to escape all 1 rules about watch"):
        find(town)
    monkeypatch.setattr(families, "MOST", 7)
    assert len(find(town)) == 8, "one practice has seven, another one"


def test_loopholes_say_only_what_it_takes(town: Town) -> None:
    """A loophole by a missing element is one condition; by an exception, the exception's own conditions."""
    told = {family.openers[0].condition + family.openers[0].way: family.loopholes for family in find(town)}
    (later,) = told["live"]
    assert [(c.fact, c.values) for c in later.conditions if not c.implied] == [("live", ("no",))]
    (search,) = told["a needed searchorder is judge's"]
    demanded = {(c.fact, c.values) for c in search.conditions if not c.implied}
    assert demanded == {("needed", ("yes",)), ("order", ("judge's",))}


def test_witness_is_the_ordinary_forbidden_case_but_for_the_loophole(town: Town) -> None:
    """The ordinary case: live police watching in the street. Only the fact that opens it differs."""
    later = next(f for f in find(town) if f.openers[0].condition == "live").loopholes[0]
    assert later.except_that == ("live is no",)
    assert later.witness["user"] == "police"
    assert later.witness["place"] == "street"
    assert later.ruling is Ruling.REGULATED
    assert later.duties == ("Art. 6", "Art. 7")


def test_witness_lies_where_the_law_reaches(town: Town) -> None:
    """A rule for shops alone: the ordinary case is one in a shop, though streets are usual, and no witness gets out of
    the rule's scope but by what opens it."""
    result = find(
        town, ("define open place [Art. 2]\n", "scope Art. 1\n  when place is shop\n\ndefine open place [Art. 2]\n")
    )
    inside = [f for f in result if f.kind not in ("scope", "exclusion") and "open place" not in f.id]
    assert len(inside) >= 5
    for family in inside:
        assert {hole.witness["place"] for hole in family.loopholes} == {"shop"}
        assert Ruling.OUTSIDE not in family.rulings


def test_what_the_letter_does_not_forbid_never_appears(town: Town) -> None:
    """Greeting people is fine by the letter, so no witness merely greets."""
    for family in find(town):
        for hole in family.loopholes:
            assert set(hole.witness["practice"]) & {"watch", "sort"}


@pytest.mark.parametrize(
    ("change", "gone"),
    [
        (("    live [Art. 3]\n", ""), "live"),
        (("    user is police [Art. 5]\n", ""), "user is police"),
        (("place in street, shop", "place in street, shop, web"), "open place"),
        (("    all of\n      urgent\n      order is own\n", ""), "urgent"),
        (("  when errand", "  when all of\n    errand\n    not errand"), "the army"),
    ],
)
def test_closing_a_loophole_in_the_law_makes_its_family_vanish(town: Town, change: tuple[str, str], gone: str) -> None:
    """The list comes out of the law: each closing takes away its own family and leaves the others."""
    before = {family.id for family in find(town)}
    after = find(town, change)
    assert after.complete
    lost = before - {family.id for family in after}
    assert lost and all(gone in family for family in lost)


def test_opening_the_law_adds_a_family(town: Town) -> None:
    """A further element of the prohibition is a further way in."""
    element = "    user is police [Art. 5]"
    result = find(town, (element, element + "\n    needed  [Art. 5]"))
    assert any(family.openers[0].condition == "needed" for family in result)


def test_before_the_law_is_in_force_its_date_opens_everything(town: Town) -> None:
    """Listed apart, last."""
    last = find(town, on=date(2020, 1, 15)).families[-1]
    assert last.kind == "date"
    assert all(hole.ruling is Ruling.OUTSIDE for hole in last.loopholes)


def test_given_facts_hold_for_the_whole_analysis(town: Town) -> None:
    """With an errand for the army given, what no norm touches and the exclusion are all there is."""
    library = town()
    result = loopholes(library.law("town"), library.law("letter"), DAY, {Question("errand"): frozenset({1})})
    assert all(hole.witness["errand"] == "yes" for family in result for hole in family.loopholes)
    assert result.families[-1].kind == "exclusion"


def test_given_facts_that_cannot_be_are_refused(town: Town) -> None:
    """Neither selling nor using is impossible by the vocabulary."""
    library = town()
    nothing = {Question("act", 0): frozenset({0}), Question("act", 1): frozenset({0})}
    with pytest.raises(InvalidInput):
        loopholes(library.law("town"), library.law("letter"), DAY, nothing)


@st.composite
def subjects_and_positions(draw: st.DrawFn) -> tuple[Law, Law]:
    """Two random laws over one vocabulary, with a fact that says what the system does."""
    vocabulary = draw(vocabularies())
    several = [fact.name for fact in vocabulary.facts if fact.kind is FactKind.SOME_OF]
    assume(several)
    facts = tuple(replace(fact, practice=fact.name == several[0]) for fact in vocabulary.facts)
    words = replace(vocabulary, facts=facts)
    return draw(laws(("alpha",), vocabulary=words)), draw(laws(("beta",), vocabulary=words))


@settings(max_examples=60)
@given(subjects_and_positions())
def test_families_hold_every_open_case_and_nothing_else(pair: tuple[Law, Law]) -> None:
    """Against every complete case of random laws: complete; each pure open case lies in a loophole of its practice, and
    every case of a loophole that the position forbids is open."""
    subject, position = pair
    try:
        result = loopholes(subject, position, ON)
    except InvalidInput:  # the random vocabulary rules everything out
        return
    assert result.complete, result.unfinished
    practice = next(fact for fact in subject.facts.values() if fact.practice)
    by_law, by_position = Reference(subject, ON), Reference(position, ON)
    relevant = set(relevant_questions(pair))
    order = [(q, size) for q, size in question_order(*pair) if q in relevant]
    for answers in assignments(order):
        case = as_case(answers)
        if not (possible(subject, case) and by_position.ruling(case) is Ruling.FORBIDDEN):
            continue
        doing = _names(subject, practice.name, case) if practice.name in case else ()
        if doing not in result.practices:
            continue
        inside = any(
            hole.practice == doing and _inside(subject, hole.conditions, case)
            for family in result
            for hole in family.loopholes
        )
        assert inside == (by_law.ruling(case) is not Ruling.FORBIDDEN)


def _names(law: Law, fact: str, case: Complete) -> tuple[str, ...]:
    held = case[fact]
    assert isinstance(held, frozenset)
    return tuple(law.facts[fact].answers[i].name for i in sorted(held))


def _inside(law: Law, conditions: Iterable[BoxCondition], case: Complete) -> bool:
    for condition in conditions:
        fact, answer = law.facts[condition.fact], case[condition.fact]
        if isinstance(answer, frozenset):
            names = {fact.answers[i].name for i in answer}
            for value in condition.values:
                if value.startswith("not ") == (value.removeprefix("not ") in names):
                    return False
        elif fact.answers[answer].name not in condition.values:
            return False
    return True


def test_an_answer_kept_on_disk_is_not_given_for_another_law(
    town: Town, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    """The same command over changed words of the law finds what these let through."""
    monkeypatch.setenv("LAGRUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("lagrum.library.built_in_laws", lambda: tmp_path)
    asked = ["loopholes", "town", "--against", "letter", "--on", "2026-01-01"]
    town()
    run(asked)
    before = capsys.readouterr().out
    town(("    live [Art. 3]\n", ""))
    run(asked)
    after = capsys.readouterr().out
    assert "live, Art. 3: element" in before
    assert "live, Art. 3: element" not in after
