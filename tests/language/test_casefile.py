"""Case files: every form a value can take, every way to get it wrong, and that what is written reads back the same."""

from __future__ import annotations

import json
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from lagrum.language.casefile import parse_given, read_case, read_case_file
from lagrum.language.casewrite import scalar, write_case
from lagrum.language.codes import CODES
from lagrum.model.cases import Case, Complete, Expectation, Given
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.facts import Answer, Cut, Fact, FactKind, Question


def fact(name: str, kind: FactKind, *answers: str, unit: str = "", cuts: tuple[Cut, ...] = ()) -> Fact:
    return Fact(name, "?", kind, tuple(map(Answer, answers)), "base", unit, cuts)


_DAYS = tuple(Cut(Decimal(date(year, 8, 2).toordinal())) for year in (2026, 2027))
FACTS = {
    each.name: each
    for each in (
        fact("timing", FactKind.ONE_OF, "real-time", "later", "NO"),
        fact("purpose", FactKind.SOME_OF, "law enforcement", "research", "art"),
        fact("necessary", FactKind.YES_NO, "no", "yes"),
        fact(
            "sentence",
            FactKind.NUMBER,
            "less than 3 years",
            "at least 3 years and less than 4 years",
            "at least 4 years and at most 10 years",
            "more than 10 years",
            unit="years",
            cuts=(Cut(Decimal(3)), Cut(Decimal(4)), Cut(Decimal(10), above=True)),
        ),
        fact(
            "placed",
            FactKind.DATE,
            "before 2026-08-02",
            "from 2026-08-02 and before 2027-08-02",
            "from 2027-08-02",
            cuts=_DAYS,
        ),
    )
}


def case_text(facts: str, rest: str = "") -> str:
    return f"lagrum: 1\ncase: a case\nfacts:\n  {facts}\n{rest}"


def read(text: str) -> tuple[Case | None, tuple[Diagnostic, ...]]:
    return read_case(text, "case.yaml", FACTS)


def sound(text: str) -> Case:
    case, diagnostics = read(text)
    assert diagnostics == ()
    assert case is not None
    return case


def opened(name: str, value: str) -> dict[int | None, set[int]]:
    case = sound(case_text(f"{name}: {value}"))
    return {question.member: set(answers) for question, answers in case.facts[name].open}


@pytest.mark.parametrize(
    ("name", "value", "answers", "words"),
    [
        ("timing", "real-time", {0}, "timing is real-time"),
        ("timing", "NO", {2}, "timing is NO"),
        ("timing", "not later", {0, 2}, "timing is not later"),
        ("timing", "[real-time, later]", {0, 1}, "timing is one of real-time, later"),
        ("timing", "{not: [real-time, later]}", {2}, "timing is none of real-time, later"),
        ("timing", "{exactly: later}", {1}, "timing is later"),
        ("necessary", "yes", {1}, "necessary is yes"),
        ("necessary", "true", {1}, "necessary is yes"),
        ("necessary", "not yes", {0}, "necessary is not yes"),
        ("sentence", "at least 4 years", {2, 3}, "sentence at least 4 years"),
        ("sentence", "at least 5", {2, 3}, "sentence at least 5 years"),
        ("sentence", "not at least 5 years", {0, 1, 2}, "sentence is not at least 5 years"),
        ("sentence", "less than 1 year", {0}, "sentence less than 1 years"),
        ("sentence", "more than 10", {3}, "sentence more than 10 years"),
        ("sentence", "at most 10 years", {0, 1, 2}, "sentence at most 10 years"),
        ("sentence", "4 years", {2}, "sentence is 4 years"),
        ("sentence", "3.5", {1}, "sentence is 3.5 years"),
        ("sentence", "[2, more than 10]", {0, 3}, "sentence is one of 2 years, more than 10 years"),
        ("sentence", "at least 3 years and less than 4 years", {1}, "sentence at least 3 years and less than 4 years"),
        ("placed", "2026-08-02", {1}, "placed is 2026-08-02"),
        ("placed", "before 2027-08-02", {0, 1}, "placed before 2027-08-02"),
        ("placed", "from 2027-08-02", {2}, "placed from 2027-08-02"),
        ("placed", "not from 2027-08-02", {0, 1}, "placed is not from 2027-08-02"),
    ],
)
def test_a_value_of_a_fact_with_one_answer(name: str, value: str, answers: set[int], words: str) -> None:
    given = sound(case_text(f"{name}: {value}")).facts[name]
    assert given.open == ((Question(name), frozenset(answers)),)
    assert given.text == words


@pytest.mark.parametrize(
    ("value", "answers", "words"),
    [
        ("research", {1: {1}}, "purpose has research"),
        ("not research", {1: {0}}, "purpose has none of research"),
        ("none", {0: {0}, 1: {0}, 2: {0}}, "purpose is exactly none"),
        ("{exactly: none}", {0: {0}, 1: {0}, 2: {0}}, "purpose is exactly none"),
        ("{exactly: art}", {0: {0}, 1: {0}, 2: {1}}, "purpose is exactly art"),
        ("{exactly: [art, research]}", {0: {0}, 1: {1}, 2: {1}}, "purpose is exactly research, art"),
        ("{including: [art, research]}", {1: {1}, 2: {1}}, "purpose has research, art"),
        ("{not: [art, research]}", {1: {0}, 2: {0}}, "purpose has none of research, art"),
        ("{including: art, not: research}", {2: {1}, 1: {0}}, "purpose has art and none of research"),
    ],
)
def test_a_value_of_a_fact_with_several_answers(value: str, answers: dict[int, set[int]], words: str) -> None:
    assert opened("purpose", value) == answers
    assert sound(case_text(f"purpose: {value}")).facts["purpose"].text == words


def test_what_is_unknown_is_left_out() -> None:
    assert sound(case_text("timing: unknown")).facts == {}
    assert sound(case_text("timing: {value: unknown, basis: judged}")).facts == {}


def test_a_whole_case() -> None:
    case = sound(
        """\
lagrum: 1
case: live recognition at a station
law: [eu-ai-act, us-il+us-tx]
on: [2026-11-22, 2027-12-02]
facts:
  timing: {value: not later, basis: judged, by: the officer, on: 2026-10-01}
assume: {rest: usual}
readings: {effect test: judged one by one, us-il:consent: written}
expect:
  ruling: undetermined
  possible: [forbidden, excepted]
  because: Art. 5(1)(h)
  not because: [eu-ai-act Art.  5(1)(e), Annex III(1) "faces"]
  tiers: []
source: our own example
intent: |
  two
  lines
"""
    )
    assert (case.name, case.file, case.source, case.intent) == (
        "live recognition at a station",
        "case.yaml",
        "our own example",
        "two\nlines\n",
    )
    assert case.laws == ("eu-ai-act", "us-il+us-tx")
    assert case.dates == (date(2026, 11, 22), date(2027, 12, 2))
    assert case.assume == {"rest": "usual"}
    assert case.readings == {"effect test": "judged one by one", "us-il:consent": "written"}
    assert case.expect == Expectation(
        "undetermined",
        ("forbidden", "excepted"),
        ("Art. 5(1)(h)",),
        ("eu-ai-act Art. 5(1)(e)", 'Annex III(1) "faces"'),
        (),
    )
    given = case.facts["timing"]
    assert (given.basis, given.by, given.on, given.text) == (
        "judged",
        "the officer",
        date(2026, 10, 1),
        "timing is not later",
    )
    assert case.box == {Question("timing"): frozenset({0, 2})}


def test_json_is_read_like_yaml() -> None:
    facts = {"purpose": {"exactly": ["art"]}, "necessary": True, "sentence": 4, "timing": ["later", "NO"]}
    text = json.dumps({"lagrum": 1, "case": 'a \U0001f600 \u00e5 / \\ "x"', "facts": facts}, indent="\t")
    case = sound(text)
    assert case.name == 'a \U0001f600 å / \\ "x"'
    assert case.facts["sentence"].text == "sentence is 4 years"
    assert sound(json.dumps(json.loads(text), separators=(",", ":"))).box == case.box


BAD = [
    ("LG0601", case_text("timing: [real-time"), (5, 1), ""),
    ("LG0601", case_text('timing: "real'), (5, 1), ""),
    ("LG0601", case_text("timing: \x07"), (4, 11), ""),
    ("LG0602", case_text("timing: later\n  timing: real-time"), (5, 3), "keep one"),
    ("LG0602", case_text("? [a, b]\n  : c"), (4, 5), "lists and tables"),
    ("LG0603", case_text("timing: &a later"), (4, 11), "belongs"),
    ("LG0603", case_text("timing: later", "assume: *a"), (5, 9), "write the value out"),
    ("LG0603", case_text("timing: !!python/object:os.system later"), (4, 11), "vocabulary"),
    ("LG0603", case_text("timing: later") + "---\nlagrum: 1\n", (5, 1), "own file"),
    ("LG0604", case_text("timing: " + "[" * 50 + "]" * 50), (4, 30), "four levels"),
    ("LG0604", case_text("timing: [" + "later," * 30_000 + "]"), None, "one use"),
    ("LG0605", '{"lagrum": 1, "case": "\\ud83d", "facts": {}}', (1, 23), "letter"),
    ("LG0606", case_text("timing: later", "expects: {}"), (5, 1), "`expect`"),
    ("LG0606", case_text("timing: later", "expect: {rulings: forbidden}"), (5, 10), "`ruling`"),
    ("LG0606", case_text("timing: {value: later, bassis: judged}"), (4, 26), "`basis`"),
    ("LG0606", case_text("purpose: {exact: art}"), (4, 13), "`exactly`"),
    ("LG0606", case_text("timing: later", "assume: {test: usual}"), (5, 10), "`rest`"),
    ("LG0607", "case: x\nfacts: {}", (1, 1), "needed"),
    ("LG0607", case_text("timing: {basis: judged}"), (4, 11), "`value:`"),
    ("LG0608", "", (1, 1), "`lagrum: 1`"),
    ("LG0608", "[]", (1, 1), "`lagrum: 1`"),
    ("LG0608", "lagrum: 1\ncase: x\nfacts: [a]", (3, 8), "each fact"),
    ("LG0608", "lagrum: 1\ncase: [x]\nfacts: {}", (2, 7), "one line"),
    ("LG0608", "lagrum: 1\ncase: ''\nfacts: {}", (2, 7), "about"),
    ("LG0608", case_text("timing:"), (4, 10), "`unknown`"),
    ("LG0608", case_text("timing: []"), (4, 11), "at least one"),
    ("LG0608", case_text("timing: [[later]]"), (4, 12), "answers"),
    ("LG0609", case_text("timming: later"), (4, 3), "`timing`"),
    ("LG0609", case_text("research: yes"), (4, 3), "an answer to `purpose`"),
    ("LG0610", case_text("timing: live"), (4, 11), "`real-time`, `later`"),
    ("LG0610", case_text("purpose: {including: [art, reserch]}"), (4, 30), "`research`"),
    ("LG0610", case_text("sentence: very long"), (4, 13), "`less than 3 years`"),
    ("LG0611", case_text("purpose: [art, research]"), (4, 12), "{exactly: [art, research]}"),
    ("LG0611", case_text("timing: {including: later}"), (4, 11), "[a, b]"),
    ("LG0611", case_text("timing: {exactly: [later, NO]}"), (4, 11), "[a, b]"),
    ("LG0611", case_text("purpose: {exactly: art, not: research}"), (4, 12), "alone"),
    ("LG0611", case_text("timing: {}"), (4, 11), "`exactly`"),
    ("LG0611", case_text("sentence: not 4 years"), (4, 13), "less than"),
    ("LG0612", case_text("sentence: -4 years"), (4, 13), "plain digits"),
    ("LG0612", case_text("sentence: at least NaN years"), (4, 13), "plain digits"),
    ("LG0612", case_text("sentence: 1e400"), (4, 13), "plain digits"),
    ("LG0612", case_text("sentence: 99999999999999999999"), (4, 13), "plain digits"),
    ("LG0613", case_text("sentence: 48 months"), (4, 13), "convert"),
    ("LG0614", case_text("purpose: {including: art, not: art}"), (4, 12), "one of the two"),
    ("LG0614", case_text("purpose: {exactly: [none, art]}"), (4, 23), "one of the two"),
    ("LG0614", case_text("timing: {not: [real-time, later, NO]}"), (4, 11), "one answer"),
    ("LG0615", case_text("placed: 2026-02-30"), (4, 11), "2026-08-02"),
    ("LG0615", case_text("timing: later", "on: tomorrow"), (5, 5), "2026-08-02"),
    ("LG0616", case_text("timing: later").replace("lagrum: 1", "lagrum: 2"), (1, 9), "`lagrum: 1`"),
    ("LG0618", case_text("timing: later", "expect: {ruling: prohibited}"), (5, 18), "`forbidden`"),
    ("LG0618", case_text("timing: later", "expect: {possible: [undetermined]}"), (5, 21), "`outside`"),
    ("LG0618", case_text("timing: {value: later, basis: guessed}"), (4, 33), "`stated`"),
    ("LG0618", case_text("timing: later", "assume: {rest: no}"), (5, 16), "`usual`"),
    ("LG0608", case_text("timing: later", "readings: narrow"), (5, 11), "each reading"),
    ("LG0608", case_text("timing: later", "readings: {effect: [a, b]}"), (5, 20), "quotes"),
    ("LG0619", case_text("timing: later", "expect: {because: [article five]}"), (5, 20), "`Art."),
    ("LG0618", case_text("timing: later", "assume: {presumptions: fall}"), (5, 24), "`stand`"),
]


@pytest.mark.parametrize(("code", "text", "at", "mend"), BAD)
def test_a_case_with_an_error(code: str, text: str, at: tuple[int, int] | None, mend: str) -> None:
    case, diagnostics = read(text)
    assert case is None
    assert [found.code for found in diagnostics] == [code]
    found = diagnostics[0]
    assert found.place is not None
    if at is not None:
        assert (found.place.line, found.place.column) == at
    assert mend in found.help


def test_every_code_of_cases_is_shown_to_happen() -> None:
    assert {code for code in CODES if code.startswith(("LG060", "LG061"))} == {bad[0] for bad in BAD} | {"LG0617"}


def test_all_errors_of_a_case_are_told_at_once() -> None:
    _, diagnostics = read(case_text("timming: later\n  purpose: [art]\n  sentence: 4 months", "on: never"))
    assert [found.code for found in diagnostics] == ["LG0615", "LG0609", "LG0611", "LG0613"] or sorted(
        found.code for found in diagnostics
    ) == ["LG0609", "LG0611", "LG0613", "LG0615"]


def test_bombs_and_heaps_are_refused_at_once(tmp_path: Path) -> None:
    bomb = "a: &a [x, x]\n" + "".join(f"b{i}: &b{i} [*a, *a]\n" for i in range(10))
    start = time.monotonic()
    assert [d.code for d in read(bomb)[1]] == ["LG0603"]
    heap = tmp_path / "heap.yaml"
    with heap.open("wb") as file:
        file.truncate(50 * 1024 * 1024)
    case, diagnostics = read_case_file(heap, FACTS)
    assert case is None and [d.code for d in diagnostics] == ["LG0703"]
    assert [d.code for d in read("[" * 1_000_000)[1]] == ["LG0604"]
    assert [d.code for d in read("".join(f"x{i}: 1\n" for i in range(90_000)))[1]] == ["LG0604"]
    assert time.monotonic() - start < 20


def test_files_that_are_no_text(tmp_path: Path) -> None:
    path = tmp_path / "case.yaml"
    path.write_bytes(b"lagrum: 1\ncase: \xe5\n")
    case, diagnostics = read_case_file(path, FACTS)
    assert case is None
    assert [(d.code, d.place.line, d.place.column) for d in diagnostics if d.place] == [("LG0704", 2, 7)]
    assert [d.code for d in read_case_file(tmp_path / "nothing", FACTS)[1]] == ["LG0702"]
    assert [d.code for d in read_case_file(tmp_path, FACTS)[1]] == ["LG0702"]
    path.write_bytes(b"\xef\xbb\xbf" + case_text("timing: later").encode())
    assert read_case_file(path, FACTS)[0] is not None


@given(st.text(max_size=200) | st.binary(max_size=200).map(lambda data: data.decode("latin-1")))
def test_any_text_is_a_case_or_gets_diagnostics(text: str) -> None:
    case, diagnostics = read(text)
    assert (case is None) == bool(diagnostics)
    assert all(found.place is not None for found in diagnostics)


@given(st.sampled_from(sorted(FACTS)), st.text(max_size=40))
def test_any_value_is_read_or_gets_diagnostics(name: str, value: str) -> None:
    case, diagnostics = read(f"lagrum: 1\ncase: x\nfacts:\n  {name}: {scalar(value)}\n")
    assert (case is None) == bool(diagnostics)
    told: Sequence[Diagnostic] = ()
    try:
        assert parse_given(f"{name}={value}", FACTS).fact == name
    except InvalidInput as error:
        told = error.diagnostics
    assert all(found.place is None for found in told)


def test_what_is_given_on_the_command_line() -> None:
    assert parse_given("timing=real-time", FACTS).text == "timing is real-time"
    assert parse_given(" purpose = {exactly: [art]} ", FACTS).text == "purpose is exactly art"
    assert parse_given("timing=[later, NO]", FACTS).open == ((Question("timing"), frozenset({1, 2})),)
    assert parse_given("timing=unknown", FACTS).open == ()
    for text, code in (("timing", "LG0617"), ("timming=later", "LG0609"), ("timing=live", "LG0610")):
        with pytest.raises(InvalidInput) as caught:
            parse_given(text, FACTS)
        assert [(found.code, found.place) for found in caught.value.diagnostics] == [(code, None)]


# --- writing ---------------------------------------------------------------------------------------------------

ONE = [f for f in FACTS.values() if not f.several]
VALUES = {
    "timing": ["real-time", "not NO", "[real-time, NO]", "{not: [later, NO]}"],
    "purpose": [
        "art",
        "not art",
        "none",
        "{exactly: [art, research]}",
        "{including: [art, research], not: law enforcement}",
    ],
    "necessary": ["yes", "not yes", "false"],
    "sentence": ["4", "at least 5 years", "not less than 3.5", "[1, more than 10 years]", "less than 3 years"],
    "placed": ["2026-09-01", "before 2026-10-01", "not from 2026-10-01", "from 2027-08-02"],
}
texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)


@st.composite
def givens(draw: st.DrawFn, name: str) -> Given:
    found = parse_given(f"{name}={draw(st.sampled_from(VALUES[name]))}", FACTS)
    basis = draw(st.sampled_from(["stated", "indicated", "assumed", "judged"]))
    return replace(found, basis=basis, by=draw(texts), on=draw(st.none() | st.dates()))


rulings = st.sampled_from(["outside", "forbidden", "excepted", "regulated", "unregulated"])
cited = st.sampled_from(["Art. 5(1)(h)", 'eu-ai-act § 15(b) "a label"', "Annex III(1) sentence 2"])
cases = st.builds(
    Case,
    name=texts.filter(str.strip),
    facts=st.sets(st.sampled_from(sorted(FACTS))).flatmap(
        lambda names: st.fixed_dictionaries({name: givens(name) for name in sorted(names)})
    ),
    laws=st.lists(texts, max_size=3).map(tuple),
    dates=st.lists(st.dates(), max_size=3).map(tuple),
    assume=st.sampled_from([{}, {"rest": "usual"}, {"presumptions": "stand"}]),
    readings=st.dictionaries(texts, texts, max_size=2),
    expect=st.none()
    | st.builds(
        Expectation,
        st.none() | rulings | st.just("undetermined"),
        st.none() | st.lists(rulings, max_size=3).map(tuple),
        st.lists(cited, max_size=2).map(tuple),
        st.lists(cited, max_size=2).map(tuple),
        st.none() | st.lists(texts, max_size=2).map(tuple),
    ),
    source=texts,
    intent=texts,
)


@given(cases)
def test_what_is_written_reads_back_the_same(case: Case) -> None:
    found, diagnostics = read_case(write_case(case, FACTS), "", FACTS)
    assert diagnostics == ()
    assert found is not None
    assert replace(found, facts={name: replace(each, place=None) for name, each in found.facts.items()}) == case


@given(
    st.fixed_dictionaries(
        {f.name: st.integers(0, len(f.answers) - 1) for f in ONE} | {"purpose": st.frozensets(st.integers(0, 2))}
    )
)
def test_a_complete_assignment_can_be_saved_as_a_case(complete: Complete) -> None:
    case = sound(write_case(complete, FACTS, 'a witness: "quoted"'))
    assert case.name == 'a witness: "quoted"'
    box = case.box
    for name, answer in complete.items():
        if isinstance(answer, int):
            assert box[Question(name)] == {answer}
        else:
            assert all(box[Question(name, i)] == {int(i in answer)} for i in range(3))


def test_a_given_made_elsewhere_is_written_from_its_answers() -> None:
    case = Case("x", {"timing": Given("timing", ((Question("timing"), frozenset({0, 2})),), "words of another make")})
    assert "timing: [real-time, NO]" in write_case(case, FACTS)
