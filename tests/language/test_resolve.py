"""What resolving makes of sound law: facts, conditions, keys, targets."""

from __future__ import annotations

from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagrum.language import stretches
from lagrum.model.conditions import (
    AnyOf,
    Applies,
    Choice,
    Condition,
    DateIs,
    Defined,
    Has,
    HasNone,
    HasOnly,
    IsMet,
    NoneOf,
    ReadingIs,
)
from lagrum.model.facts import Answer, Cut, Fact, FactKind
from lagrum.model.instruments import Instrument
from lagrum.model.norms import Norm
from tests.language.house import load, sound


def norm(instrument: Instrument, key: str) -> Norm:
    return next(each for each in instrument.norms if each.key == f"test-law {key}")


def condition(folder: Path, text: str, more: str = "") -> Condition:
    found = norm(sound(folder, f'forbid Art. 1 "x"\n  when {text}\n\n{more}'), "Art. 1").when
    assert found is not None
    return found


def test_facts_have_their_answers_in_order_and_their_usual_ones(tmp_path: Path) -> None:
    facts = load(tmp_path, "").pack.facts
    assert [a.name for a in facts["necessary"].answers] == ["no", "yes"]
    assert facts["timing"].answers[0] == Answer("real-time", "now")
    assert facts["timing"].usual == frozenset({0})
    assert facts["purpose"].usual == frozenset()
    assert facts["necessary"].usual is None
    assert [a.name for a in facts["sentence length"].answers] == [
        "less than 3 years",
        "at least 3 years and less than 4 years",
        "at least 4 years and at most 10 years",
        "more than 10 years",
    ]
    assert facts["sentence length"].usual == frozenset({2})
    assert [a.name for a in facts["placed"].answers] == [
        "before 2026-08-02",
        "from 2026-08-02 and before 2027-12-02",
        "from 2027-12-02",
    ]
    assert facts["placed"].usual == frozenset({0})


@pytest.mark.parametrize(
    ("text", "fact", "allowed"),
    [
        ("necessary", "necessary", {1}),
        ("not necessary", "necessary", {0}),
        ("necessary is no", "necessary", {0}),
        ("timing is later", "timing", {1}),
        ("timing is not later", "timing", {0, 2}),
        ("timing in real-time, never", "timing", {0, 2}),
        ("timing in afterwards", "timing", {1, 2}),
        ("sentence length at least 4 years", "sentence length", {2, 3}),
        ("sentence length less than 4 years", "sentence length", {0, 1}),
        ("sentence length more than 10 years", "sentence length", {3}),
        ("sentence length at most 10 years", "sentence length", {0, 1, 2}),
        ("placed before 2027-12-02", "placed", {0, 1}),
        ("placed from 2026-08-02", "placed", {1, 2}),
    ],
)
def test_a_test_of_a_fact_with_one_answer(
    tmp_path: Path, text: str, fact: str, allowed: frozenset[int] | set[int]
) -> None:
    found = condition(tmp_path, f"{text} [Art. 3(2)]")
    assert isinstance(found, Choice)
    assert (found.fact, found.allowed, found.line.text) == (fact, frozenset(allowed), text)
    assert str(found.line.citation) == "Art. 3(2)"
    assert found.line.place is not None and found.line.place.file == "x/law.md"


def test_tests_of_a_fact_with_several_answers(tmp_path: Path) -> None:
    one = condition(tmp_path, "purpose has research")
    assert isinstance(one, Has) and one.member == 1
    only = condition(tmp_path, "purpose has only law enforcement, research")
    assert isinstance(only, HasOnly) and only.members == {0, 1}
    none = condition(tmp_path, "purpose has none of science")
    assert isinstance(none, HasNone) and none.members == {1, 2}


def test_a_day_of_evaluation_and_a_named_date(tmp_path: Path) -> None:
    found = condition(
        tmp_path, "date before high-risk start", "date high-risk start = start\n\ndate start = 2026-08-02"
    )
    assert isinstance(found, DateIs)
    assert (found.day, found.before) == (date(2026, 8, 2).toordinal(), True)


def test_a_reading_is_known_by_instrument_and_name(tmp_path: Path) -> None:
    reading = 'reading effect test "Which?" [Art. 1]\n  wide "all"\n  narrow "some"\n  default narrow'
    found = condition(tmp_path, "effect test is not wide", reading)
    assert isinstance(found, ReadingIs)
    assert (found.reading, found.value, found.negated) == ("test-law:effect test", "wide", True)


def test_a_definition_comes_before_a_fact(tmp_path: Path) -> None:
    instrument = load(tmp_path, 'define timing [Art. 3]\n  when necessary\n\nforbid Art. 1 "x"\n  when timing').pack
    found = norm(instrument.instruments["test-law"], "Art. 1").when
    assert isinstance(found, Defined) and found.norm == "test-law Art. 3"


def test_a_definition_with_two_wordings_means_the_one_that_stands(tmp_path: Path) -> None:
    wordings = (
        "define special [Art. 3]\n  until 2026-08-02\n  when necessary\n\n"
        "define special [Art. 3]\n  from 2026-08-02\n  when not necessary"
    )
    found = condition(tmp_path, "special", wordings)
    assert isinstance(found, AnyOf)
    keys = [each.norm for each in found.items if isinstance(each, Defined)]
    assert keys == ["test-law Art. 3 from 2024-08-01", "test-law Art. 3 from 2026-08-02"]
    assert isinstance(condition(tmp_path, "not special", wordings), NoneOf)


MANY = """
forbid Art. 5(1)(a) "first"
  when necessary

forbid Art. 5(1)(b) "second"
  when necessary

require Art. 5(2) "duty"
  when necessary
  met when timing is later

except Art. 5(1)(b)(i) "way out" to Art. 5(1)(b)
  when timing is later

define special [Art. 5(3)]
  when necessary

classify Art. 6 "class" as high-risk
  when special

permit Art. 7 "may"
  when special
"""


def test_a_citation_reaches_everything_below_it_that_can_apply(tmp_path: Path) -> None:
    found = condition(tmp_path, "Art. 5 applies", MANY)
    assert isinstance(found, Applies)
    assert found.norms == tuple(f"test-law Art. 5{x}" for x in ("(1)(a)", "(1)(b)", "(2)"))
    defined = condition(tmp_path, "Art. 5(3) applies", MANY)
    assert isinstance(defined, Applies) and defined.norms == ("test-law Art. 5(3)",), "where nothing else stands"
    met = condition(tmp_path, "Art. 5 is met", MANY)
    assert isinstance(met, IsMet) and met.norms == ("test-law Art. 5(2)",)


def test_an_exception_to_a_place_leaves_the_scope_that_stands_there_alone(tmp_path: Path) -> None:
    body = 'scope Art. 1 "reach"\n  when necessary\n\nforbid Art. 1 "rule"\n  when necessary\n\n'
    body += (
        'except Art. 2 to Art. 1\n  when timing is later\n\nexcept Art. 3 to Art. 1 "reach"\n  when timing is later\n'
    )
    norms = {str(norm.citation): norm for norm in sound(tmp_path, body).norms}
    assert norms["Art. 2"].targets == ('test-law Art. 1 "rule"',)
    assert norms["Art. 3"].targets == ('test-law Art. 1 "reach"',)


@pytest.mark.parametrize(
    ("target", "reached"),
    [
        ("Art. 5(1)", ["Art. 5(1)(a)", "Art. 5(1)(b)"]),
        ("Art. 5(1)(b) to Art. 6", ["Art. 5(1)(b)", "Art. 5(2)", "Art. 6"]),
        ("Art. 5(2), Art. 7", ["Art. 5(2)", "Art. 7"]),
        ("high-risk", ["Art. 6"]),
        ("all", ["Art. 5(1)(a)", "Art. 5(1)(b)", "Art. 5(2)", "Art. 6", "Art. 7"]),
    ],
)
def test_what_an_exclusion_takes_out(tmp_path: Path, target: str, reached: list[str]) -> None:
    instrument = sound(tmp_path, f'exclude Art. 2(3) "out" from {target}\n  when timing is later\n{MANY}')
    out = norm(instrument, "Art. 2(3)")
    assert out.targets == tuple(f"test-law {each}" for each in reached)
    assert out.from_all == (target == "all")


def test_an_exception_names_the_very_place(tmp_path: Path) -> None:
    instrument = sound(tmp_path, MANY)
    assert norm(instrument, "Art. 5(1)(b)(i)").targets == ("test-law Art. 5(1)(b)",)


def test_an_exception_at_the_place_it_names_means_what_the_place_says(tmp_path: Path) -> None:
    body = 'forbid Art. 5 "rule"\n\nexcept Art. 5 "one" to Art. 5\n\nexcept Art. 5 "two" to Art. 5 "one"'
    instrument = sound(tmp_path, body)
    assert norm(instrument, 'Art. 5 "one"').targets == ('test-law Art. 5 "rule"',)
    assert norm(instrument, 'Art. 5 "two"').targets == ('test-law Art. 5 "one"',)


def test_exempt_unless_it_falls_under_a_prohibition_is_no_circle(tmp_path: Path) -> None:
    body = 'scope Art. 2 "s"\n  unless Art. 5 applies\n\nexclude Art. 2(3) "z" from all\n  unless Art. 5 applies\n\n'
    sound(tmp_path, body + 'forbid Art. 5 "y"\n  when necessary')


def test_keys_say_only_what_is_needed(tmp_path: Path) -> None:
    body = """
forbid Art. 1 "alone"

forbid Art. 2 "one"

forbid Art. 2 "two"

forbid Art. 3 "moved"
  until 2026-08-02

forbid Art. 3 "moved"
  from 2026-08-02

define two [Art. 2]
  when necessary
"""
    assert [each.key.removeprefix("test-law ") for each in sound(tmp_path, body).norms] == [
        "Art. 1",
        'Art. 2 "one"',
        'Art. 2 "two"',
        "Art. 3 from 2024-08-01",
        "Art. 3 from 2026-08-02",
        'Art. 2 "two" definition',
    ]


def test_the_other_sentences_are_kept(tmp_path: Path) -> None:
    body = """
without prejudice to "GDPR Art. 9" [Art. 2(5)]
  when purpose has research

modelled on other-law "a commentary"

note Art. 5 "how we read it"

date start = 2026-08-02
"""
    instrument = sound(tmp_path, body)
    assert instrument.elsewhere[0].text == "GDPR Art. 9" and isinstance(instrument.elsewhere[0].when, Has)
    assert (instrument.lineage[0].instrument, instrument.lineage[0].source) == ("other-law", "a commentary")
    assert instrument.notes[0].text == "how we read it"
    assert instrument.dates == (("start", date(2026, 8, 2)),)
    assert (instrument.in_force, instrument.tiers, instrument.kind) == (
        date(2024, 8, 1),
        ("prohibited", "high-risk"),
        "regulation",
    )


def test_norms_keep_their_headings_clauses_and_days(tmp_path: Path) -> None:
    body = """
require Art. 26(10) "authorisation"
  from 2026-08-02
  from 2027-12-02 when necessary
  until 2030-01-01
  who deployer, provider
  when purpose has law enforcement
  met when timing is later
  before use
  note "read narrowly"
"""
    found = norm(sound(tmp_path, body), "Art. 26(10)")
    assert found.headings == ("Law", "Body")
    assert [start.day for start in found.starts] == [date(2026, 8, 2), date(2027, 12, 2)]
    assert isinstance(found.starts[1].when, Choice)
    assert (found.until, found.who, found.before_use) == (date(2030, 1, 1), ("deployer", "provider"), True)
    assert (found.label, found.note) == ("authorisation", "read narrowly")


cuts = st.lists(st.builds(Cut, st.integers(1, 9).map(Decimal), st.booleans()), min_size=1, max_size=6, unique=True)


@given(cuts.map(sorted), st.integers(0, 20), st.sampled_from(stretches.OPERATORS), st.integers(1, 9))
def test_a_comparison_holds_of_the_stretch_that_holds_the_value(
    chosen: list[Cut], halves: int, operator: str, line: int
) -> None:
    value, border = Decimal(halves) / 2, stretches.cut_of(operator, Decimal(line))
    names = stretches.stretch_names(chosen, "", dated=False)
    fact = Fact("f", "?", FactKind.NUMBER, tuple(map(Answer, names)), "v", cuts=tuple(chosen))
    compare = {
        "at least": value >= line,
        "at most": value <= line,
        "more than": value > line,
        "less than": value < line,
    }
    inside = stretches.holding(fact, value) in stretches.beyond(fact, border, stretches.upward(operator))
    assert len(set(names)) == len(chosen) + 1
    if border in chosen:
        assert inside == compare[operator]
    else:
        assert inside or not compare[operator]
