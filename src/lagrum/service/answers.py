"""Answers about cases for programs: one for each law and day, as the command line gives them."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from lagrum.model.cases import Case
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.law import Law
from lagrum.reasoning.asking import Until
from lagrum.reasoning.envelope import envelope
from lagrum.report.phrases import Phrases
from lagrum.service.analyses import day_of
from lagrum.service.desk import Desk
from lagrum.service.laws import case_of, check_text_of, given_facts
from lagrum.service.models import OfCase, OfInterview, OfRuling, OfTwo
from lagrum.wording import wording

MOST_ANSWERS = 40
"""Laws times days of one request."""


def rulings(desk: Desk, asked: OfRuling) -> list[dict[str, Any]]:
    """The rulings alone, in milliseconds each. Raises `InvalidInput`, as all of these do."""
    case, pairs = _read(desk, asked)
    return [_ruling(desk, law, case, day, asked) for law, day in pairs]


def _ruling(desk: Desk, law: Law, case: Case, day: date, asked: OfRuling) -> dict[str, Any]:
    if asked.tiers:
        ruled, tiers = desk.classed(law, case, day)
    else:
        ruled, tiers = desk.rule(law, case, day), ()
    without = ruled.without_assumptions
    return {
        "law": law.id,
        "hash": law.hash,
        "on": day.isoformat(),
        "text_of": (asked.text_of or day).isoformat(),
        "ruling": ruled.ruling.value,
        "possible": [each.value for each in ruled.possible],
        "without_assumptions": None if without is None else [each.value for each in without],
        "tiers": [
            {
                "tier": tier.tier,
                "instrument": tier.instrument,
                "citation": tier.citation,
                "label": tier.label,
                "from": tier.since.isoformat() if tier.since else None,
                "applies": tier.applies,
            }
            for tier in tiers
        ],
        "review": {each.id: each.review for each in (*law.instruments, *law.attached)},
    }


def assessments(desk: Desk, asked: OfCase) -> list[dict[str, Any]]:
    """The rulings with their reasons."""
    case, pairs = _read(desk, asked)
    return [desk.assess(law, case, day, asked.text_of).to_dict() for law, day in pairs]


def disputes(desk: Desk, asked: OfTwo) -> list[dict[str, Any]]:
    """Which of the facts that two versions of a case answer differently matter."""
    case, pairs = _read(desk, asked)
    facts = desk.library.pack.facts
    other = _with_given(case_of(asked.other, facts, "#/other"), asked.given, [law for law, _ in pairs])
    return [desk.versus(law, case, other, day, asked.text_of).to_dict() for law, day in pairs]


def ways(desk: Desk, asked: OfCase) -> list[dict[str, Any]]:
    """The fewest changes in the operator's hands after which nothing is forbidden."""
    case, pairs = _read(desk, asked)
    return [desk.lawful(law, case, day, asked.text_of).to_dict() for law, day in pairs]


def timelines(desk: Desk, asked: OfCase) -> list[dict[str, Any]]:
    """What each law makes of the case over time."""
    case = case_of(asked.case, desk.library.pack.facts, "#/case")
    known = asked.text_of or asked.on or date.today()
    laws = [_law(desk, law_id, case, known, asked) for law_id in _ids(asked.laws, case)]
    case = _with_given(case, asked.given, laws)
    found = [desk.timeline(law, case) for law in laws]
    return [
        replace(
            each,
            envelope=envelope(
                "timeline",
                [each.law],
                text_of=known,
                given=each.case.facts.values(),
                assumptions=each.case.assume,
                inputs={"case": each.case.name},
            ),
        ).to_dict()
        for each in found
    ]


# --- interviews ------------------------------------------------------------------------------------------------------


def step(desk: Desk, asked: OfInterview) -> dict[str, Any]:
    """Where an interview stands and what it asks next."""
    case = case_of(asked.case, desk.library.pack.facts, "#/case")
    ids = [asked.law] if asked.law is not None else list(case.laws)
    if len(ids) != 1:
        message = "an interview asks about one law" if ids else "neither the case nor `law` names a law"
        raise InvalidInput([Diagnostic("LG0725", message, help="read several together as `L+M`")])
    on = asked.on or (case.dates[0] if case.dates else date.today())
    law = _law(desk, ids[0], case, asked.text_of or on, asked)
    case = _with_given(case, asked.given, [law])
    case = replace(case, laws=case.laws or (law.id,), dates=(asked.on,) if asked.on else case.dates)
    known = [name for name in asked.asked if name in law.facts]
    with desk.alone():
        state = desk.interview(law, on, case, Until(asked.until), asked.text_of, known)
        phrases = Phrases(wording(asked.lang), desk.translations(asked.lang))
        return state.to_dict() | {"asked": phrases.to_dict(state.question.fact) if state.question else None}


# --- reading ---------------------------------------------------------------------------------------------------------


def _read(desk: Desk, asked: OfCase) -> tuple[Case, list[tuple[Law, date]]]:
    """The case and every law on every day that it is to be judged by, each with the text of its day."""
    case = case_of(asked.case, desk.library.pack.facts, "#/case")
    ids = _ids(asked.laws, case)
    days = (asked.on,) if asked.on else case.dates or (date.today(),)
    if len(ids) * len(days) > MOST_ANSWERS:
        message = f"{len(ids)} laws on {len(days)} days are too much for one request"
        raise InvalidInput([Diagnostic("LG0901", message, help=f"ask for at most {MOST_ANSWERS} answers at a time")])
    pairs = [(_law(desk, each, case, asked.text_of or day, asked), day) for each in ids for day in days]
    return _with_given(case, asked.given, [law for law, _ in pairs]), pairs


def _ids(named: Sequence[str], case: Case) -> tuple[str, ...]:
    found = tuple(named) or case.laws
    if not found:
        message = "neither the case nor `laws` names a law"
        raise InvalidInput([Diagnostic("LG0725", message, help="`GET /api/v1/laws` lists the laws there are")])
    return found


def _law(desk: Desk, law_id: str, case: Case, known: date, asked: OfCase | OfInterview) -> Law:
    law = desk.law(law_id, known, {**case.readings, **asked.chosen})
    check_text_of(law, asked.text_of)
    return law


def _with_given(case: Case, texts: Sequence[str], laws: Sequence[Law]) -> Case:
    """The case with the facts of `given`, which come before its own."""
    found: Mapping[str, Any] = {each.fact: each for each in given_facts(texts, laws)}
    return replace(case, facts={**case.facts, **found}) if found else case


def day_or_none(text: str | None) -> date | None:
    """A day as `2026-11-22`; None for none. Raises `InvalidInput`."""
    return day_of(text) if text else None
