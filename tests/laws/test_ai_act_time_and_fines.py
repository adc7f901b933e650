"""The AI Act through its amendment of 2026: what case files cannot say.

A case file expects rulings, reasons and classes of its day. Fines, duties met or broken, classes that begin later and
the text as it was known on a day are held here; what is expected is taken from Articles 4, 50, 99 to 101, 111 and 113.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

import pytest

from lagrum.language.casefile import read_case
from lagrum.library import Library, open_library
from lagrum.reasoning.assessment import Duty, Fine, Tier
from lagrum.reasoning.attaching import attaching
from lagrum.reasoning.condition import here_for
from lagrum.reasoning.penalties import penalties
from lagrum.reasoning.standing import Standing
from tests.conftest import REPOSITORY

LAWS = REPOSITORY / "laws"
CASES = LAWS / "eu" / "ai-act" / "cases"

UNDER_THE_MEMBER_STATE = {"actor": "private company", "Union body": "no", "intent or negligence": "yes"}
LARGE = {**UNDER_THE_MEMBER_STATE, "enterprise size": "larger"}
MID = {**UNDER_THE_MEMBER_STATE, "enterprise size": "small mid-cap"}
SMALL = {**UNDER_THE_MEMBER_STATE, "enterprise size": "SME"}
NO_FIRM = {**UNDER_THE_MEMBER_STATE, "enterprise size": "no enterprise"}
PUBLIC = {**NO_FIRM, "actor": "other public authority"}
CITY = {**PUBLIC, "authorities can be fined": "yes"}

PROHIBITED = "EUR 35000000 or 7 % of turnover"
DUTIES = "EUR 15000000 or 3 % of turnover"
ANSWERS = "EUR 7500000 or 1 % of turnover"


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library([LAWS], built_in=False)


@dataclass(frozen=True)
class Found:
    """What attaches to a case, and what its breaches may cost."""

    tiers: tuple[Tier, ...]
    duties: tuple[Duty, ...]
    penalties: tuple[Fine, ...]


def assessed(
    library: Library, name: str, changes: Mapping[str, str], on: date | None = None, text_of: date | None = None
) -> Found:
    """A worked case, found by the end of its name, with some of its facts changed."""
    folder, _, stem = name.rpartition("/")
    (file,) = (file for file in (CASES / folder).glob("*.yaml") if file.stem.partition("-")[2] == stem)
    text = file.read_text(encoding="utf-8")
    for fact, answer in changes.items():
        text = re.sub(rf"^  {re.escape(fact)}: .*\n", "", text, flags=re.MULTILINE)
        text = text.replace("facts:\n", f"facts:\n  {fact}: {answer}\n", 1)
    case, diagnostics = read_case(text, file.name, library.pack.facts)
    assert case is not None, diagnostics
    day = on or case.dates[0]
    here, _ = here_for(library.law("eu-ai-act", {}, text_of or day), day, case)
    standing = Standing(here)
    return Found(*attaching(standing), penalties(standing))


def fines(found: Found) -> set[tuple[str, str]]:
    """The fines that are certain: where they stand and what they come to."""
    return {(fine.citation, fine.text.removeprefix("up to ")) for fine in found.penalties if fine.sure}


@pytest.mark.parametrize(
    ("who", "expected"),
    [
        (LARGE, ("Art. 99(3)", f"{PROHIBITED}, whichever is higher")),
        (MID, ("Art. 99(3)", f"{PROHIBITED}, whichever is higher")),  # Art. 99(6a) leaves paragraph 3 out
        (SMALL, ("Art. 99(6)", f"{PROHIBITED}, whichever is lower")),
        (NO_FIRM, ("Art. 99(3)", "EUR 35000000")),
        ({**PUBLIC, "authorities can be fined": "yes"}, ("Art. 99(3)", "EUR 35000000")),
        ({**PUBLIC, "authorities can be fined": "no"}, None),
        ({**PUBLIC, "Union body": "yes"}, ("Art. 100(2)", "EUR 1500000")),
    ],
)
def test_what_a_prohibited_practice_may_cost(
    library: Library, who: Mapping[str, str], expected: tuple[str, str] | None
) -> None:
    marked = {"machine-readable mark": "yes", "sound marking technique": "yes"}
    found = assessed(library, "2026/nudifier-day-of", {**who, **marked})
    assert fines(found) == ({expected} if expected else set())


@pytest.mark.parametrize(
    ("who", "on", "expected"),
    [
        (LARGE, date(2026, 12, 2), ("Art. 99(4)", f"{DUTIES}, whichever is higher")),
        (MID, date(2026, 12, 2), ("Art. 99(6a)", f"{DUTIES}, whichever is lower")),
        (SMALL, date(2026, 12, 2), ("Art. 99(6)", f"{DUTIES}, whichever is lower")),
        (NO_FIRM, date(2026, 12, 2), ("Art. 99(4)", "EUR 15000000")),
        ({**PUBLIC, "Union body": "yes"}, date(2026, 12, 2), ("Art. 100(3)", "EUR 750000")),
        (LARGE, date(2026, 12, 1), None),  # Art. 111(4): older generators need no marks yet
    ],
)
def test_what_unmarked_content_may_cost(
    library: Library, who: Mapping[str, str], on: date, expected: tuple[str, str] | None
) -> None:
    found = assessed(library, "2026/older-generator-end", {**who, "machine-readable mark": "no"}, on=on)
    assert fines(found) == ({expected} if expected else set())


@pytest.mark.parametrize(
    ("who", "on", "expected"),
    [
        (MID, date(2026, 7, 26), ("Art. 99(5)", f"{ANSWERS}, whichever is higher")),
        (MID, date(2026, 7, 27), ("Art. 99(6a)", f"{ANSWERS}, whichever is lower")),
        (LARGE, date(2026, 7, 27), ("Art. 99(5)", f"{ANSWERS}, whichever is higher")),
        (SMALL, date(2026, 7, 26), ("Art. 99(6)", f"{ANSWERS}, whichever is lower")),
        (LARGE, date(2025, 8, 1), None),
    ],
)
def test_what_a_wrong_answer_may_cost(
    library: Library, who: Mapping[str, str], on: date, expected: tuple[str, str] | None
) -> None:
    changes = {**who, "wrong answers to authorities": "yes", "plainly a machine": "yes"}
    found = assessed(library, "2024/transparency/chatbot-day-before", changes, on=on)
    assert fines(found) == ({expected} if expected else set())


@pytest.mark.parametrize(
    ("who", "fault", "on", "fined"),
    [
        (LARGE, "yes", date(2026, 8, 2), True),
        (SMALL, "yes", date(2026, 8, 2), True),  # no lower maximum stands in Article 101
        (LARGE, "no", date(2026, 8, 2), False),
        (LARGE, "yes", date(2026, 8, 1), False),  # Art. 113(b): Article 101 applies a year after the duties
    ],
)
def test_what_a_missing_summary_may_cost(
    library: Library, who: Mapping[str, str], fault: str, on: date, fined: bool
) -> None:
    measures = "{exactly: [technical documentation, downstream information, copyright policy, cooperation]}"
    changes = {**who, "intent or negligence": fault, "model measures": measures, "requests of the Commission": "none"}
    found = assessed(library, "2024/models/model", changes, on=on)
    assert {duty.citation for duty in found.duties if duty.applies == "yes" and duty.met == "no"} == {"Art. 53(1)(d)"}
    assert fines(found) == ({("Art. 101(1)(a)", f"{DUTIES}, whichever is higher")} if fined else set())


@pytest.mark.parametrize(
    ("who", "text_of", "expected"),
    [
        (LARGE, None, ("Art. 99(4)(da)", f"{DUTIES}, whichever is higher")),
        (MID, None, ("Art. 99(6a)", f"{DUTIES}, whichever is lower")),
        (SMALL, None, ("Art. 99(4)(da)", f"{DUTIES}, whichever is lower")),
        (NO_FIRM, None, ("Art. 99(4)(da)", "EUR 15000000")),
        (LARGE, date(2026, 7, 1), None),  # point (da) came with the amendment
    ],
)
def test_what_a_missing_agreement_with_suppliers_may_cost(
    library: Library, who: Mapping[str, str], text_of: date | None, expected: tuple[str, str] | None
) -> None:
    found = assessed(library, "2024/duties/parts", {**who, "supply agreement": "no"}, text_of=text_of)
    assert fines(found) == ({expected} if expected else set())


@pytest.mark.parametrize(
    ("name", "changes", "broken", "expected"),
    [
        ("impact-city", {**CITY, "rights impact assessment": "no"}, "Art. 27(1)", set()),
        ("impact-city", {**CITY, "Union body": "yes", "rights impact assessment": "no"}, "Art. 27(1)", {"Art. 100(3)"}),
        ("register-use-contractor", {**LARGE, "registered": "late or never"}, "Art. 49(3)", set()),
        (
            "city-registered",
            {**CITY, "registered": "late or never"},
            "Art. 49(3)",
            {"Art. 99(4)"},
        ),  # so Art. 26(8)
    ],
)
def test_the_act_itself_fines_neither_a_missing_assessment_of_impact_nor_a_missing_registration(
    library: Library, name: str, changes: Mapping[str, str], broken: str, expected: set[str]
) -> None:
    found = assessed(library, f"2024/duties/{name}", changes)
    assert broken in {duty.citation for duty in found.duties if duty.applies == "yes" and duty.met == "no"}
    assert {citation for citation, _ in fines(found)} == expected


@pytest.mark.parametrize(
    ("on", "literacy", "met"),
    [
        (date(2026, 7, 26), "sufficient level", "yes"),
        (date(2026, 7, 26), "some measures", "no"),
        (date(2026, 7, 27), "some measures", "yes"),
        (date(2026, 7, 27), "nothing", "no"),
    ],
)
def test_measures_for_literacy_are_enough_since_the_amendment(
    library: Library, on: date, literacy: str, met: str
) -> None:
    found = assessed(library, "2026/literacy-before", {"AI literacy": literacy}, on=on)
    assert [duty.met for duty in found.duties if duty.citation.startswith("Art. 4")][:1] == [met]


@pytest.mark.parametrize(
    ("name", "disclosed", "fitting", "met"),
    [
        ("satire", "no", "yes", "yes"),
        ("satire", "no", "no", "no"),
        ("satire", "yes", "no", "yes"),
        ("deep-fake", "no", "yes", "no"),
        ("deep-fake", "yes", "no", "yes"),
    ],
)
def test_a_fitting_word_is_enough_for_art_alone(
    library: Library, name: str, disclosed: str, fitting: str, met: str
) -> None:
    changes = {"disclosed as artificial": disclosed, "fitting disclosure": fitting}
    found = assessed(library, f"2024/transparency/{name}", changes)
    assert [duty.met for duty in found.duties if duty.citation.startswith("Art. 50(4)")] == [met]


def high_risk(found: Found) -> list[tuple[str, date | None]]:
    return [(tier.applies, tier.since) for tier in found.tiers if tier.tier == "high-risk"]


def test_a_ranking_of_applicants_is_high_risk_later_and_the_text_of_a_day_says_from_when(library: Library) -> None:
    name = "2026/cv-ranker-changing"
    assert high_risk(assessed(library, name, {})) == [("later", date(2027, 12, 2))]
    before = assessed(library, name, {"first supplied": "2026-07-15"}, on=date(2026, 7, 26), text_of=date(2026, 7, 1))
    assert high_risk(before) == [("later", date(2026, 8, 2))]
