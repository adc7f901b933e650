"""The plain reading, sentence by sentence of the semantics page; the diagrams must say the same."""

from __future__ import annotations

from typing import Any

import pytest

from lagrum.model.conditions import (
    AllOf,
    Applies,
    AtLeast,
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
from lagrum.model.law import Law
from lagrum.model.norms import Start
from lagrum.model.rulings import Ruling, Status
from lagrum.semantics import Compiled, Diagrams, Reference, possible, question_order
from tests.semantics.examples import FUTURE, LINE, ON, PAST, law, norm, yes

A, B, C, D = (yes(name) for name in "abcd")


def case(*named: str, use: tuple[int, ...] = ()) -> dict[str, Any]:
    """The named facts are yes, the others no."""
    return {**{name: int(name in named) for name in "abcd"}, "use": frozenset(use)}


def ruling(of: Law, *named: str, use: tuple[int, ...] = ()) -> str:
    """What both readings say of the case."""
    complete = case(*named, use=use)
    plain = Reference(of, ON).ruling(complete)
    diagrams = Diagrams(question_order(of))
    answers = {q: complete[q.fact] if q.member is None else int(q.member in complete[q.fact]) for q in diagrams.order}
    said = [r for r, node in Compiled(of, ON, diagrams).rulings().items() if diagrams.holds(node, answers)]
    assert said == [plain]
    return plain.value


def status(of: Law, key: str, *named: str) -> Status:
    return Reference(of, ON).status(key, case(*named))


def test_a_prohibition_applies_where_its_conditions_hold() -> None:
    of = law(norm("forbid", 1, AllOf((A, B)), unless=C))
    assert ruling(of, "a", "b") == "forbidden"
    assert ruling(of, "a") == "unregulated"
    assert ruling(of, "a", "b", "c") == "unregulated"
    assert ruling(law(norm("forbid", 1))) == "forbidden"


def test_an_exception_lifts_it_and_an_exception_to_that_restores_it() -> None:
    of = law(
        norm("forbid", 1, A),
        norm("except", 2, B, targets=("one Art. 1",)),
        norm("except", 3, C, targets=("one Art. 2",)),
    )
    assert ruling(of, "a", "b") == "excepted"
    assert ruling(of, "a", "b", "c") == "forbidden"
    assert status(of, "one Art. 1", "a", "b") is Status.DEFEATED
    assert status(of, "one Art. 2", "a", "b", "c") is Status.DEFEATED


def test_an_exception_of_a_duty_lifts_no_prohibition() -> None:
    of = law(norm("require", 1, A), norm("except", 2, B, targets=("one Art. 1",)))
    assert ruling(of, "a") == "regulated"
    assert ruling(of, "a", "b") == "unregulated"


def test_a_permit_defeats_nothing() -> None:
    assert ruling(law(norm("forbid", 1, A), norm("permit", 2, A)), "a") == "forbidden"
    assert ruling(law(norm("permit", 2, A)), "a") == "unregulated"


def test_a_condition_of_lawful_use_forbids_while_it_is_not_met() -> None:
    of = law(norm("require", 1, A, met_when=B, before_use=True))
    assert ruling(of, "a") == "forbidden"
    assert ruling(of, "a", "b") == "regulated"
    assert ruling(law(norm("require", 1, A, met_when=B)), "a") == "regulated"
    assert ruling(law(norm("require", 1, A, before_use=True)), "a", "b") == "forbidden"


def test_scope_reaches_or_the_case_is_outside() -> None:
    of = law(norm("scope", 1, A), norm("scope", 2, B), norm("forbid", 3, C))
    assert ruling(of, "b", "c") == "forbidden"
    assert ruling(of, "c") == "outside"
    assert ruling(of, "a") == "unregulated"
    assert status(of, "one Art. 3", "c") is Status.EXCLUDED


def test_an_exclusion_puts_outside_only_where_it_silences_everything_that_speaks() -> None:
    of = law(norm("forbid", 1, A), norm("require", 2, B), norm("exclude", 3, D, targets=("one Art. 1",)))
    assert ruling(of, "a", "d") == "outside"
    assert ruling(of, "a", "b", "d") == "regulated"
    assert ruling(of, "d") == "unregulated"


def test_an_exclusion_from_all_puts_outside_even_where_nothing_speaks() -> None:
    of = law(norm("forbid", 1, A), norm("exclude", 2, D, from_all=True), norm("except", 3, C, targets=("one Art. 2",)))
    assert ruling(of, "d") == ruling(of, "a", "d") == "outside"
    assert ruling(of, "a", "c", "d") == "forbidden"


def test_exempt_unless_it_falls_under_a_prohibition_is_no_circle() -> None:
    of = law(
        norm("forbid", 1, A),
        norm("require", 2, B),
        norm("exclude", 3, AllOf((D, NoneOf((Applies(("one Art. 1",), LINE),)))), from_all=True),
    )
    assert ruling(of, "a", "d") == "forbidden"
    assert ruling(of, "b", "d") == "outside"


def test_a_definition_of_what_applies_means_less_inside_an_exclusion() -> None:
    of = law(
        norm("forbid", 1, A),
        norm("define", 2, Applies(("one Art. 1",), LINE), name="prohibited use"),
        norm("scope", 3, NoneOf((AllOf((D, Defined("one Art. 2", LINE, negated=True))),))),
        norm("classify", 4, Defined("one Art. 2", LINE), tier="prohibited"),
    )
    assert ruling(of, "a", "d") == "forbidden"
    assert ruling(of, "d") == "outside"


def test_what_applies_counts_scope_exclusions_and_exceptions() -> None:
    of = law(
        norm("forbid", 1, A),
        norm("except", 2, B, targets=("one Art. 1",)),
        norm("classify", 3, Applies(("one Art. 1",), LINE), tier="prohibited"),
    )
    assert status(of, "one Art. 3", "a") is Status.APPLIES
    assert status(of, "one Art. 3", "a", "b") is Status.DOES_NOT_APPLY


@pytest.mark.parametrize(
    ("duty", "named", "expected"),
    [
        (norm("require", 2, B, met_when=C), "a", "excepted"),
        (norm("require", 2, B, met_when=C), "ab", "forbidden"),
        (norm("require", 2, B, met_when=C), "abc", "excepted"),
        (norm("require", 2, B), "abc", "forbidden"),
        (norm("require", 2, B, starts=(Start(FUTURE),)), "ab", "excepted"),
    ],
)
def test_a_duty_is_met_when_it_does_not_arise_or_is_fulfilled(duty: Any, named: str, expected: str) -> None:
    of = law(norm("forbid", 1, A), duty, norm("except", 3, IsMet((duty.key,), LINE), targets=("one Art. 1",)))
    assert ruling(of, *named) == expected


def test_a_norm_of_an_instrument_that_is_not_read_neither_applies_nor_is_met() -> None:
    elsewhere = ("two Art. 9",)
    assert ruling(law(norm("forbid", 1, Applies(elsewhere, LINE)))) == "unregulated"
    assert (
        ruling(law(norm("forbid", 1), norm("except", 2, IsMet(elsewhere, LINE), targets=("one Art. 1",))))
        == "forbidden"
    )


def test_a_norm_starts_and_ends_with_its_dates() -> None:
    assert ruling(law(norm("forbid", 1, starts=(Start(FUTURE),)))) == "unregulated"
    assert ruling(law(norm("forbid", 1, starts=(Start(ON),)))) == "forbidden"
    assert ruling(law(norm("forbid", 1, until=ON))) == "unregulated"
    assert ruling(law(norm("forbid", 1, until=FUTURE))) == "forbidden"
    several = law(norm("forbid", 1, starts=(Start(FUTURE), Start(PAST, A))))
    assert ruling(several, "a") == "forbidden"
    assert ruling(several) == "unregulated"


def test_an_instrument_speaks_while_it_is_in_force() -> None:
    assert ruling(law(norm("forbid", 1), in_force=FUTURE)) == "outside"
    assert ruling(law(norm("forbid", 1), until=ON)) == "outside"
    proposal: dict[str, Any] = {"in_force": None}
    assert ruling(law(norm("forbid", 1), **proposal)) == "forbidden"
    assert ruling(law(norm("forbid", 1), published=FUTURE, **proposal)) == "outside"
    assert ruling(law(norm("forbid", 1), published=None, **proposal)) == "forbidden"
    # Rules that bite before the instrument as a whole is in force do not bite.
    assert ruling(law(norm("forbid", 1, starts=(Start(PAST),)), in_force=FUTURE)) == "outside"


def test_several_instruments_are_outside_only_together() -> None:
    of = law(norm("scope", 1, A), norm("forbid", 2, B), norm("scope", 3, C, instrument="two"))
    assert ruling(of, "b", "c") == "unregulated"
    assert ruling(of, "a", "b", "c") == "forbidden"
    assert ruling(of, "b") == "outside"


def test_conditions_about_several_answers() -> None:
    def forbidden(when: Condition, *use: int) -> bool:
        return ruling(law(norm("forbid", 1, when)), use=use) == "forbidden"

    assert forbidden(Has("use", 1, LINE), 0, 1)
    assert not forbidden(Has("use", 1, LINE), 0)
    only = HasOnly("use", frozenset([0, 1]), LINE)
    assert forbidden(only, 0)
    assert not forbidden(only, 0, 2)
    assert not forbidden(only)
    none = HasNone("use", frozenset([0, 1]), LINE)
    assert forbidden(none, 2)
    assert forbidden(none)
    assert not forbidden(none, 0, 2)


def test_conditions_about_numbers_of_conditions_dates_and_readings() -> None:
    two = law(norm("forbid", 1, AtLeast(2, (A, B, C))))
    assert ruling(two, "a", "c") == "forbidden"
    assert ruling(two, "c") == "unregulated"
    assert ruling(law(norm("forbid", 1, DateIs(ON.toordinal(), False, LINE)))) == "forbidden"
    assert ruling(law(norm("forbid", 1, DateIs(ON.toordinal(), True, LINE)))) == "unregulated"
    assert ruling(law(norm("forbid", 1, ReadingIs("one:dispute", "x", LINE)))) == "forbidden"
    assert ruling(law(norm("forbid", 1, ReadingIs("one:dispute", "x", LINE, negated=True)))) == "unregulated"


def test_statements_about_facts_the_case_does_not_have_rule_nothing_out() -> None:
    of = law(norm("forbid", 1, A), impossible=(AllOf((A, B)), AllOf((A, C))))
    assert possible(of, {"a": 1, "b": 0})
    assert not possible(of, {"a": 1, "b": 1})


def test_what_is_impossible_reaches_through_shared_facts_only() -> None:
    linked = law(norm("forbid", 1, A), impossible=(AllOf((A, B)), AllOf((B, C))))
    assert {q.fact for q, _ in question_order(linked)} == {"a", "b", "c"}
    apart = law(norm("forbid", 1, A), impossible=(AllOf((B, C)),))
    assert {q.fact for q, _ in question_order(apart)} == {"a"}
    assert set(Compiled(linked, ON, Diagrams(question_order(linked))).questions) == {
        q for q, _ in question_order(apart)
    }


def test_questions_that_nothing_asks_come_last() -> None:
    order = question_order(law(norm("forbid", 1, AllOf((Has("use", 1, LINE), A)))))
    assert [size for _, size in order] == [2] * 4
    assert [(q.fact, q.member) for q, _ in order[2:]] == [("use", 0), ("use", 2)]


def test_rulings_come_in_their_order() -> None:
    of = law(
        norm("forbid", 1, A),
        norm("except", 2, B, targets=("one Art. 1",)),
        norm("require", 3, C),
        norm("forbid", 4, D),
    )
    assert [ruling(of, *named) for named in ("abcd", "abc", "c", "")] == [
        Ruling.FORBIDDEN,
        Ruling.EXCEPTED,
        Ruling.REGULATED,
        Ruling.UNREGULATED,
    ]
