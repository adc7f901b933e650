"""Audits, held against going through every case of random laws, on every day and in every reading."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from functools import cached_property
from pathlib import Path

import pytest
from hypothesis import assume, given, settings

from lagrum.analysis.audit import Audit, Finding, audit
from lagrum.analysis.audit.desk import Desk
from lagrum.analysis.audit.parts import Taker
from lagrum.library import open_library
from lagrum.model.cases import Complete
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.model.rulings import Ruling, Status
from lagrum.semantics.days import days_of
from lagrum.semantics.estimate import as_case
from lagrum.semantics.order import question_order, relevant_questions
from lagrum.semantics.reference import Reference, possible
from tests.analysis.conftest import Town
from tests.strategies.laws import PAST, assignments, laws

BARE = (NormKind.DEFINE, NormKind.SCOPE, NormKind.EXCEPT, NormKind.EXCLUDE)
SPEAKING = (NormKind.FORBID, NormKind.REQUIRE, NormKind.CLASSIFY, NormKind.PERMIT)


@dataclass
class Everything:
    """All possible cases of a law, on all days, in all readings, read plainly."""

    law: Law

    @cached_property
    def cases(self) -> list[Complete]:
        relevant = set(relevant_questions([self.law]))
        order = [(q, size) for q, size in question_order(self.law) if q in relevant]
        return [case for answers in assignments(order) if possible(self.law, case := as_case(answers))]

    @cached_property
    def references(self) -> list[Reference]:
        days = days_of(self.law)
        days = (days[0] - timedelta(days=1), *days) if days else (PAST,)
        names = list(self.law.readings)
        ways = [dict(zip(names, values, strict=True)) for values in itertools.product("xy", repeat=len(names))]
        return [Reference(replace(self.law, readings=way), day) for way in ways for day in days]

    def all(self) -> Iterator[tuple[Reference, Complete]]:
        return itertools.product(self.references, self.cases)

    def chosen(self) -> Iterator[tuple[Reference, Complete]]:
        return ((r, case) for r, case in self.all() if r.law.readings == self.law.readings)


def stands(r: Reference, norm: Norm, case: Complete) -> bool:
    return r.active(norm, case) and r.elements(norm, case) and not r.excepted(norm, case)


def reached(r: Reference, norm: Norm, case: Complete) -> bool:
    """Whether an exception to the rule would lift something."""
    if not (r.active(norm, case) and r.elements(norm, case)):
        return False
    if norm.kind is NormKind.EXCEPT:
        return any(reached(r, target, case) for target in targets(r.law, norm))
    if norm.kind is NormKind.EXCLUDE:
        return takes(r, norm, case)
    if norm.kind in BARE:
        return True
    return r.in_force(norm.instrument) and r.in_scope(norm.instrument, case) and not r.excluded(norm, case)


def takes(r: Reference, norm: Norm, case: Complete) -> bool:
    if not (r.in_force(norm.instrument) and r.in_scope(norm.instrument, case)):
        return False
    return norm.from_all or any(r.active(t, case) and r.elements(t, case) for t in targets(r.law, norm))


def targets(law: Law, norm: Norm) -> list[Norm]:
    return [law.norms[key] for key in norm.targets]


def does(r: Reference, norm: Norm, case: Complete) -> bool:
    """Whether the rule has its effect on the case."""
    match norm.kind:
        case NormKind.EXCEPT:
            return stands(r, norm, case) and any(reached(r, target, case) for target in targets(r.law, norm))
        case NormKind.EXCLUDE:
            return stands(r, norm, case) and takes(r, norm, case)
        case NormKind.DEFINE | NormKind.SCOPE:
            return stands(r, norm, case)
        case _:
            return r.applies(norm.key, case)


def of(found: Audit, *kinds: str) -> list[Finding]:
    return [finding for finding in found if finding.kind in kinds]


def about(found: list[Finding], everywhere: bool = True) -> set[str]:
    """The rules that the findings are about; those told together each."""
    return {key for f in found if bool(f.readings) is not everywhere for key in ([f.norm] if f.norm else f.by)}


def audited(law: Law) -> tuple[Audit, Everything]:
    everything = Everything(law)
    assume(everything.cases)
    return audit(law, today=PAST), everything


@settings(max_examples=60)
@given(laws())
def test_what_never_applies_is_found_and_nothing_else(law: Law) -> None:
    found, everything = audited(law)
    never = set(law.norms)
    chosen = set(law.norms)
    for r, case in everything.all():
        done = {key for key in never | chosen if does(r, law.norms[key], case)}
        never -= done
        if r.law.readings == law.readings:
            chosen -= done
    told = of(found, "never-applies", "swallowed", "never-reached")
    whole = [f for f in told if not f.sentence.startswith("`")]
    assert about(whole) <= never
    # an exception to nothing but dead rules is told with these
    left_out = {k for k in never if law.norms[k].kind is NormKind.EXCEPT and set(law.norms[k].targets) <= never}
    left_out |= {k for k in never if law.norms[k].kind is NormKind.EXCLUDE and set(law.norms[k].targets) <= never}
    assert never - left_out <= about(whole)
    assert about(whole, everywhere=False) <= chosen - never


@settings(max_examples=60)
@given(laws())
def test_a_rule_is_swallowed_where_only_exceptions_and_exclusions_stand_against_it(law: Law) -> None:
    found, everything = audited(law)
    for finding in of(found, "swallowed", "never-applies"):
        if finding.readings or not finding.norm:
            continue
        norm = law.norms[finding.norm]

        def meant(r: Reference, case: Complete, norm: Norm = norm) -> bool:
            inside = norm.kind in BARE or (r.in_force(norm.instrument) and r.in_scope(norm.instrument, case))
            return inside and r.active(norm, case) and r.elements(norm, case)

        wanted = any(meant(r, case) for r, case in everything.all())
        assert (finding.kind == "swallowed") is wanted
        if finding.kind == "swallowed":
            lifting = [law.norms[key] for key in finding.by]
            for r, case in everything.all():
                if meant(r, case):
                    assert any(stands(r, other, case) for other in lifting)


@settings(max_examples=60)
@given(laws())
def test_covered_prohibitions(law: Law) -> None:
    found, everything = audited(law)
    told = {f.norm: f.by for f in of(found, "covered") if law.norms[f.norm].kind is NormKind.FORBID and not f.readings}
    forbidding: dict[str, set[int]] = {}
    for i, (r, case) in enumerate(everything.all()):
        for norm in law.norms.values():
            if r._forbids(norm, case):
                forbidding.setdefault(norm.key, set()).add(i)
    for key, by in told.items():
        assert forbidding[key] <= set().union(*(forbidding.get(other, set()) for other in by))
        for left_out in by:
            rest = (forbidding.get(other, set()) for other in by if other != left_out)
            assert not forbidding[key] <= set().union(*rest), "one of the covers is not needed"
    for key, where in forbidding.items():
        if law.norms[key].kind is NormKind.FORBID:
            others = set().union(*(w for other, w in forbidding.items() if other != key))
            same = any(by == (key,) for by in told.values())
            assert (key in told or same) or not where <= others


@settings(max_examples=60)
@given(laws())
def test_what_covers_other_rules_does_what_they_do(law: Law) -> None:
    found, everything = audited(law)
    for finding in of(found, "covered"):
        norm, others = law.norms[finding.norm], [law.norms[key] for key in finding.by]
        where = everything.chosen() if finding.readings else everything.all()
        for r, case in where:
            if not does(r, norm, case):
                continue
            if norm.kind is NormKind.EXCEPT:
                lifted = [t for t in targets(law, norm) if reached(r, t, case)]
                assert all(any(t in targets(law, o) and stands(r, o, case) for o in others) for t in lifted)
            elif norm.kind is not NormKind.FORBID:  # held above
                assert any(does(r, other, case) for other in others)


@settings(max_examples=60)
@given(laws())
def test_silence_and_permissions_of_what_is_forbidden(law: Law) -> None:
    found, everything = audited(law)
    quiet, clash = set[str](), set[str]()
    for r, case in everything.all():
        for instrument in law.instruments:
            voices = [n for n in instrument.norms if n.kind in SPEAKING]
            out = any(n.kind is NormKind.EXCLUDE and n.from_all and stands(r, n, case) for n in instrument.norms)
            if voices and r.in_force(instrument.id) and r.in_scope(instrument.id, case) and not out:
                if not any(r.active(n, case) and r.elements(n, case) for n in voices):
                    quiet.add(instrument.id)
        if r.ruling(case) is Ruling.FORBIDDEN:
            clash |= {n.key for n in law.norms.values() if n.kind is NormKind.PERMIT and r.applies(n.key, case)}
    assert {f.law for f in of(found, "silent")} == quiet
    assert {f.norm for f in of(found, "overridden")} == clash


@settings(max_examples=60)
@given(laws())
def test_reasons_conflict_and_none_of_them_can_be_spared(law: Law) -> None:
    desk = Desk(law, None, {}, today=PAST)
    assume(desk.anything)
    taker = Taker(desk.compiled)
    for norm in law.norms.values():
        parts = taker.applying(norm)
        if desk.never(*(part.node for part in parts)) != ():
            continue
        reason = desk.conflict(parts, ())
        assert not desk.can(*(part.node for part in reason))
        for part in reason:
            assert desk.can(*(other.node for other in reason if other is not part))


@settings(max_examples=60)
@given(laws())
def test_every_case_told_is_possible_and_gets_the_ruling_told(law: Law) -> None:
    found, everything = audited(law)
    for finding in found:
        if finding.moment is None:
            continue
        case: dict[str, int | frozenset[int]] = {}
        for name, said in finding.moment.case.items():
            fact = law.facts[name]
            case[name] = fact.index(said) if isinstance(said, str) else frozenset(map(fact.index, said))
        assert possible(law, case)
        got = {r.ruling(case) for r in everything.references if str(r.on) == finding.moment.on}
        assert finding.moment.ruling in got
        if finding.kind == "swallowed" and law.norms[finding.norm].kind not in BARE:
            statuses = {r.status(finding.norm, case) for r in everything.references if str(r.on) == finding.moment.on}
            assert statuses & {Status.DEFEATED, Status.EXCLUDED}


# --- one of each kind, in a small law ------------------------------------------------------------------------


def found_in(town: Town, *changes: tuple[str, str]) -> dict[str, Finding]:
    """The findings about the changed law by kind, without silence."""
    law = town(*changes).laws(["town"], attached=False)[0]
    return {finding.kind: finding for finding in audit(law) if finding.kind != "silent"}


RULES = 'classify Art. 7 "watching" as grave\n  when practice has watch\n'


def test_nothing_is_found_in_a_sound_law(town: Town) -> None:
    assert found_in(town) == {}


@pytest.mark.parametrize(
    ("new", "kind", "sentence"),
    [
        (
            'forbid Art. 8 "never"\n  when all of\n    user is police\n    user is shopkeeper\n',
            "never-applies",
            'Art. 8 "never" never applies',
        ),
        (
            'classify Art. 8 "live" as grave\n  when all of\n    practice has watch\n    live\n',
            "covered",
            'wherever Art. 8 "live" applies, it is grave anyway by Art. 7 "watching"',
        ),
        (
            'except Art. 7(a) "all of them" to Art. 7\n  when practice has watch\n',
            "swallowed",
            'Art. 7(a) "all of them" lifts Art. 7 "watching" whenever it would apply',
        ),
        (
            'except Art. 7(a) "elsewhere" to Art. 7\n  when practice has none of watch\n',
            "never-reached",
            'the exception Art. 7(a) "elsewhere" never lifts anything',
        ),
        (
            'permit Art. 8 "police"\n  when user is police\n',
            "overridden",
            'Art. 8 "police" permits cases that are forbidden by Art. 5 "watching live in open places by the police"',
        ),
        (
            'require Art. 8 "a second order"\n  when not urgent\n  met when urgent\n',
            "unmeetable",
            'nobody to whom Art. 8 "a second order" applies can fulfil it',
        ),
        (
            'require Art. 8 "a form"\n  when live\n\nclassify Art. 9 "formal" as grave\n  when Art. 8 is met\n',
            "no-way-to-meet",
            'Art. 8 "a form" is asked whether it is met, and does not say when it is met: so it never is',
        ),
        (
            'require Art. 8 "haste"\n  when urgent\n  met when urgent\n',
            "always-met",
            'wherever Art. 8 "haste" applies, it is fulfilled already',
        ),
        (
            """classify Art. 8 "other" as grave
  when all of
    user is police
    practice has none of watch
    any of
      live
      user is shopkeeper
""",
            "dead-alternative",
            '`user is shopkeeper` in Art. 8 "other" never comes into it',
        ),
        (
            "define word [Art. 8]\n  when live\n",
            "unused-definition",
            'the term Art. 8 "word" is used nowhere',
        ),
        (
            """require Art. 8 "order"
  until 2025-01-01
  when live
  met when urgent

require Art. 8 "order"
  from 2026-01-01
  when live
  met when urgent
""",
            "date-hole",
            'from 2025-01-01 no wording of Art. 8 "order" stands, though another follows',
        ),
    ],
)
def test_one_of_each_kind(town: Town, new: str, kind: str, sentence: str) -> None:
    found = found_in(town, (RULES, f"{RULES}\n{new}"))
    assert found[kind].sentence == sentence


def test_the_reason_is_told_in_the_words_of_the_law(town: Town) -> None:
    new = 'forbid Art. 8 "never"\n  when all of\n    live\n    open place [Art. 2]\n    place is web\n'
    finding = found_in(town, (RULES, f"{RULES}\n{new}"))["never-applies"]
    assert finding.reasons == ("open place [Art. 2]", "place is web")


def test_a_rule_that_begins_after_its_law_has_ended(town: Town) -> None:
    ends = ("  in force      2020-02-01\n", "  in force      2020-02-01\n  until         2025-01-01\n")
    new = 'forbid Art. 8 "gone"\n  from 2030-01-01\n  when live\n'
    finding = found_in(town, ends, (RULES, f"{RULES}\n{new}"))["never-applies"]
    assert finding.sentence == 'Art. 8 "gone" ends before it begins'
    assert finding.reasons == ("town ends on 2025-01-01", "Art. 8 stands from 2030-01-01")


def test_a_note_that_names_what_an_act_took_out(town: Town, tmp_path: Path) -> None:
    note = 'note Art. 7 "With what Art. 7(1) and Art. 7(2) add."\n\nnote Art. 7(1) "One."\n\nnote Art. 7(2) "Two."\n'
    law = town((RULES, f"{RULES}\n{note}")).law("town")
    assert not [f for f in audit(law) if f.kind == "stale-reference"]
    (tmp_path / "act.md").write_text(ACT, encoding="utf-8")
    amended = open_library([tmp_path], built_in=False).law("town")
    (finding,) = [f for f in audit(amended) if f.kind == "stale-reference"]
    assert finding.sentence == "Art. 7, as noted, refers to Art. 7(2), which was taken out on 2026-01-01"


ACT = """# An act

```law
instrument act
  title         "Act"
  citation      "Act 2"
  source        our own
  jurisdiction  XX
  kind          statute
  published     2025-01-01
  in force      2026-01-01
  uses          words
  review        invented for tests

amend town [Art. 1]
  from 2026-01-01
  repeal Art. 7(2)
```
"""
