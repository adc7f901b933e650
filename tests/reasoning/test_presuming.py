"""Presumptions leave out what they presume away, where that is assumed, and nothing otherwise; penalties are told."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from lagrum.language import parse_given
from lagrum.library import Library, open_library
from lagrum.model.cases import Case
from lagrum.model.law import Law
from lagrum.model.norms import NormKind
from lagrum.model.rulings import SETTLED, Ruling
from lagrum.reasoning.assess import assess
from lagrum.reasoning.assessment import Assessment
from lagrum.reasoning.bench import Bench
from lagrum.reasoning.tell import statements
from lagrum.semantics import Compiled, Diagrams, Reference, as_case, possible, question_order
from lagrum.semantics.presumed import presumed_away
from tests.language.house import law as written
from tests.language.house import write
from tests.strategies.laws import ON, about, assignments, conditions, laws

DAY = date(2025, 1, 1)


@st.composite
def presuming_laws(draw: st.DrawFn) -> Law:
    """A law with one or two presumptions."""
    found = draw(laws())
    facts = list(found.vocabularies[0].facts)
    first, *others = found.instruments
    model = first.norms[0] if first.norms else None
    if model is None:
        return found
    extra = tuple(
        replace(
            model,
            key=f"{first.id} Art. 9{i}",
            kind=NormKind.PRESUME,
            when=draw(conditions(facts, depth=1)),
            unless=draw(st.none() | conditions(facts, depth=0)),
            then=draw(about(draw(st.sampled_from(facts)))),
            met_when=None,
            targets=(),
        )
        for i in range(draw(st.integers(1, 2)))
    )
    return replace(found, instruments=(replace(first, norms=(*first.norms, *extra)), *others))


@given(presuming_laws())
@settings(max_examples=60)
def test_both_readings_agree_on_what_is_presumed_away(law: Law) -> None:
    keys = tuple(key for key, norm in law.norms.items() if norm.kind is NormKind.PRESUME)
    order = question_order(law, beside=True)
    diagrams, reference = Diagrams(order), Reference(law, ON)
    compiled = Compiled(law, ON, diagrams)
    away = [presumed_away(compiled, key) for key in keys]
    left: set[Ruling] = set()
    for answers in assignments(order):
        case = as_case(answers)
        assert [diagrams.holds(node, answers) for node in away] == [reference.presumed_away(case, key) for key in keys]
        if possible(law, case) and not reference.presumed_away(case, *keys):
            left.add(reference.ruling(case))
    here = Bench(law).here(ON, presuming=keys)
    assert here.possible_rulings() == tuple(r for r in SETTLED if r in left)


@given(presuming_laws())
@settings(max_examples=40)
def test_presumptions_change_no_ruling_of_a_case_and_no_count(law: Law) -> None:
    plain = replace(
        law,
        instruments=tuple(
            replace(i, norms=tuple(n for n in i.norms if n.kind is not NormKind.PRESUME)) for i in law.instruments
        ),
    )
    assert question_order(law) == question_order(plain)
    for answers in assignments(question_order(law)):
        case = as_case(answers)
        assert Reference(law, ON).ruling(case) == Reference(plain, ON).ruling(case)


FACTS = """# Base

```law
fact capable "Is it that capable?"
  yes/no

fact compute "How much?"
  number units
    cuts more than 10

fact rebutted "Has that been rebutted?"
  yes/no

fact assessed "Is it assessed?"
  yes/no

fact small "Is it a small firm?"
  yes/no
```
"""
LAW = """
classify Art. 51(1) "systemic" as high-risk
  when capable

presume Art. 51(2) "size"
  when compute more than 10 units
  then capable
  unless rebutted

require Art. 55 "assess"
  when capable
  met when assessed

forbid Art. 5 "untested"
  when all of
    capable
    not assessed

penalty Art. 99(3) "prohibitions" for Art. 5
  up to 35000000 EUR or 7 % of turnover, higher
  unless small

penalty Art. 99(6) "small firms" for Art. 5
  up to 35000000 EUR or 7 % of turnover, lower
  when small

penalty Art. 99(4) for Art. 55
  from 2026-01-01
  up to 7.5 % of turnover
""".replace("  from 2026-01-01\n  up to 7.5 % of turnover\n", "  up to 7.5 % of turnover\n  from 2026-01-01\n")


def library(folder: Path) -> Library:
    files = {"vocabulary/base.md": FACTS, "eu/act.md": written(LAW, "act")}
    found = open_library([write(folder, files)], built_in=False)
    assert found.diagnostics == ()
    return found


def judged(found: Library, facts: dict[str, str], assume: dict[str, str] | None = None, on: date = DAY) -> Assessment:
    read = [parse_given(f"{name}={value}", found.pack.facts) for name, value in facts.items()]
    return assess(found.law("act"), Case("x", {g.fact: g for g in read}, assume=assume or {}), on)


STAND = {"presumptions": "stand"}


def test_nothing_is_presumed_unless_that_is_assumed(tmp_path: Path) -> None:
    found = library(tmp_path)
    facts = {"compute": "more than 10 units", "rebutted": "no", "assessed": "yes"}
    plain = judged(found, facts)
    assert plain.possible == (Ruling.REGULATED, Ruling.UNREGULATED)
    (told,) = plain.presumptions
    assert (told.citation, told.presumes, told.possible, told.stands) == (
        "Art. 51(2)",
        "capable",
        (Ruling.REGULATED,),
        False,
    )
    assert ("Presumes", "capable; if that stands -> regulated", "Art. 51(2)") in [
        (s.label, s.text, s.place) for s in statements(plain)
    ]
    standing = judged(found, facts, STAND)
    assert (standing.ruling, standing.settled) == (Ruling.REGULATED, Ruling.UNDETERMINED)
    assert standing.without_assumptions == plain.possible
    assert standing.assumed == ("capable (presumed, Art. 51(2))",)
    assert standing.to_dict()["assumptions"] == STAND
    assert "presumed: capable (Art. 51(2))" in statements(standing)[0].text


def test_a_rebuttal_or_an_answer_comes_before_a_presumption(tmp_path: Path) -> None:
    found = library(tmp_path)
    many = {"compute": "more than 10 units", "assessed": "yes"}
    assert judged(found, {**many, "rebutted": "yes"}, STAND).possible == (Ruling.REGULATED, Ruling.UNREGULATED)
    open_ = judged(found, many, STAND)
    assert open_.possible == (Ruling.REGULATED, Ruling.UNREGULATED)
    assert [m.fact for m in open_.missing] == ["capable"]  # which makes up for the rebuttal
    answered = judged(found, {**many, "rebutted": "no", "capable": "no"}, STAND)
    assert (answered.ruling, answered.without_assumptions) == (Ruling.UNREGULATED, None)
    assert judged(found, {"compute": "at most 10 units"}, STAND).presumptions == ()


def test_penalties_for_what_is_breached(tmp_path: Path) -> None:
    found = library(tmp_path)
    sure = judged(found, {"capable": "yes", "assessed": "no", "small": "yes"})
    assert [(f.citation, f.of, f.text, f.sure, f.when) for f in sure.penalties] == [
        (
            "Art. 99(6)",
            ("Art. 5",),
            "up to EUR 35000000 or 7 % of turnover, whichever is lower",
            True,
            (),
        )
    ]
    size_unknown = judged(found, {"capable": "yes", "assessed": "no"})
    assert [(f.citation, f.sure, f.when) for f in size_unknown.penalties] == [
        ("Art. 99(3)", False, ("unless small",)),
        ("Art. 99(6)", False, ("small",)),
    ]
    later = judged(found, {"capable": "yes", "assessed": "no", "small": "no"}, on=date(2026, 1, 1))
    assert [(f.citation, f.text, f.sure) for f in later.penalties] == [
        ("Art. 99(3)", "up to EUR 35000000 or 7 % of turnover, whichever is higher", True),
        ("Art. 99(4)", "up to 7.5 % of turnover", True),
    ]
    assert judged(found, {"capable": "yes", "assessed": "yes", "small": "no"}).penalties == ()
    perhaps = judged(found, {"capable": "yes", "small": "no"})
    assert [f.sure for f in perhaps.penalties] == [False]
    assert any(s.label == "Penalties" and "perhaps" in s.text for s in statements(perhaps))


def test_facts_that_only_penalties_ask_are_read_and_never_missing(tmp_path: Path) -> None:
    found = judged(library(tmp_path), {"small": "yes"})
    assert found.unread == ()
    assert "small" not in [m.fact for m in found.missing]
