"""American and New Zealand laws on data about bodies: what case files cannot say.

A case file expects rulings and reasons of its day. Duties kept and broken, and Colorado's act, whose duties can only be
seen in the text as it was known before they were put off, are held here; what is expected is taken from the provisions.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pytest

from lagrum.language.casefile import read_case
from lagrum.library import Library, open_library
from lagrum.reasoning.assessment import Duty
from lagrum.reasoning.attaching import attaching
from lagrum.reasoning.condition import here_for
from lagrum.reasoning.penalties import penalties
from lagrum.reasoning.standing import Standing
from tests.conftest import REPOSITORY

LAWS = REPOSITORY / "laws"
TODAY = date(2026, 11, 22)
HOLDS = "handling of biometric data"
GROUND = "ground of disclosure"


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library([LAWS], built_in=False)


def standing(
    library: Library, law: str, case: str, changes: Mapping[str, str], on: date = TODAY, text_of: date | None = None
) -> Standing:
    """A worked case of this law, found by the end of its name, with some of its facts changed."""
    (file,) = LAWS.glob(f"*/cases/{law}/[0-9][0-9]-{case}.yaml")
    text = file.read_text(encoding="utf-8")
    for fact, answer in changes.items():
        text = re.sub(rf"^  {re.escape(fact)}: .*\n", "", text, flags=re.MULTILINE)
        text = text.replace("facts:\n", f"facts:\n  {fact}: {answer}\n", 1)
    read, diagnostics = read_case(text, file.name, library.pack.facts)
    assert read is not None, diagnostics
    return Standing(here_for(library.law(law, {}, text_of or on), on, read)[0])


def duties(found: Standing) -> dict[str, Duty]:
    return {duty.citation: duty for duty in attaching(found)[1] if duty.sure}


def passed_on(ground: str) -> dict[str, str]:
    return {HOLDS: "{exactly: [obtain, enrol, keep, disclose]}", GROUND: f"{{exactly: {ground}}}"}


@pytest.mark.parametrize(
    ("law", "case", "duty", "changes", "met"),
    [
        ("us-il-bipa", "released", "§ 15(a)", {"retention policy published": "no"}, "no"),
        ("us-il-bipa", "released", "§ 15(a)", {"retention policy published": "yes"}, "yes"),
        ("us-il-bipa", "released", "§ 15(a) sentence 2", {"destroyed when due": "no"}, "no"),
        ("us-il-bipa", "released", "§ 15(e)", {"data guarded with care": "no"}, "no"),
        ("us-il-bipa", "sold", "§ 15(c)", {}, "no"),
        ("us-il-bipa", "released", "§ 15(c)", {}, "yes"),
        ("us-il-bipa", "released", "§ 15(d)", {}, "yes"),
        ("us-il-bipa", "released", "§ 15(d)", passed_on("none"), "no"),
        ("us-il-bipa", "released", "§ 15(d)", passed_on("agreed"), "yes"),
        ("us-il-bipa", "released", "§ 15(d)", passed_on("requested transaction"), "yes"),
        ("us-il-bipa", "released", "§ 15(d)", passed_on("required by law"), "yes"),
        ("us-il-bipa", "released", "§ 15(d)", passed_on("warrant"), "yes"),
        ("us-il-bipa", "released", "§ 15(d)", passed_on("subpoena"), "yes"),
        ("us-il-bipa", "released", "§ 15(d)", passed_on("permitted by statute"), "no"),
        ("us-wa-rcw-19-375", "posted", "§ 19.375.020(3)", passed_on("none"), "no"),
        ("us-wa-rcw-19-375", "posted", "§ 19.375.020(3)", passed_on("agreed"), "yes"),
        ("us-wa-rcw-19-375", "posted", "§ 19.375.020(3)", passed_on("as announced"), "yes"),
        ("us-wa-rcw-19-375", "posted", "§ 19.375.020(3)", passed_on("requested service"), "yes"),
        ("us-wa-rcw-19-375", "posted", "§ 19.375.020(3)", passed_on("requested transaction"), "yes"),
        ("us-wa-rcw-19-375", "posted", "§ 19.375.020(3)", passed_on("required by law"), "yes"),
        ("us-wa-rcw-19-375", "posted", "§ 19.375.020(3)", passed_on("permitted by statute"), "yes"),
        ("us-wa-rcw-19-375", "posted", "§ 19.375.020(3)", passed_on("warrant"), "yes"),
        ("us-wa-rcw-19-375", "posted", "§ 19.375.020(3)", passed_on("promise of the recipient"), "yes"),
        ("us-wa-rcw-19-375", "posted", "§ 19.375.020(3)", passed_on("litigation"), "yes"),
        ("us-wa-rcw-19-375", "posted", "§ 19.375.020(3)", passed_on("subpoena"), "yes"),
        ("us-wa-rcw-19-375", "posted", "§ 19.375.020(3)", passed_on("agreed for death or absence"), "no"),
        ("us-wa-rcw-19-375", "new-use", "§ 19.375.020(5)", {"new terms agreed": "no"}, "no"),
        ("us-wa-rcw-19-375", "new-use", "§ 19.375.020(5)", {"new terms agreed": "yes"}, "yes"),
        ("us-wa-rcw-19-375", "posted", "§ 19.375.020(4)(a)", {"data guarded with care": "no"}, "no"),
        ("us-wa-rcw-19-375", "posted", "§ 19.375.020(4)(b)", {"destroyed when due": "no"}, "no"),
        ("us-tx-cubi", "agreed", "§ 503.001(c)(1)", passed_on("agreed"), "no"),
        ("us-tx-cubi", "agreed", "§ 503.001(c)(1)", passed_on("agreed for death or absence"), "yes"),
        ("us-tx-cubi", "agreed", "§ 503.001(c)(1)", passed_on("requested transaction"), "yes"),
        ("us-tx-cubi", "agreed", "§ 503.001(c)(1)", passed_on("permitted by statute"), "yes"),
        ("us-tx-cubi", "agreed", "§ 503.001(c)(1)", passed_on("required by law"), "yes"),
        ("us-tx-cubi", "agreed", "§ 503.001(c)(1)", {**passed_on("warrant"), "recipient of the warrant": "no"}, "no"),
        ("us-tx-cubi", "agreed", "§ 503.001(c)(1)", {**passed_on("warrant"), "recipient of the warrant": "yes"}, "yes"),
        ("us-tx-cubi", "agreed", "§ 503.001(c)(2)", {"data guarded with care": "no"}, "no"),
        ("us-tx-cubi", "agreed", "§ 503.001(c)(3)", {"destroyed when due": "no"}, "no"),
        ("nz-bppc-2025", "necessary", "Rule 4", {"unfair or intrusive collection": "yes"}, "no"),
        ("nz-bppc-2025", "necessary", "Rule 4", {"unfair or intrusive collection": "no"}, "yes"),
        ("nz-bppc-2025", "necessary", "Rule 5", {"data guarded with care": "no"}, "no"),
        ("nz-bppc-2025", "necessary", "Rule 9", {"destroyed when due": "no"}, "no"),
    ],
)
def test_what_is_owed_for_the_data(
    library: Library, law: str, case: str, duty: str, changes: Mapping[str, str], met: str
) -> None:
    assert duties(standing(library, law, case, changes))[duty].met == met


@pytest.mark.parametrize(
    ("changes", "met"),
    [
        ({}, "yes"),
        ({"notice of capture": "absent", "purpose and term stated": "no"}, "no"),
        ({"purpose and term stated": "no"}, "no"),
        ({"alternatives stated": "no"}, "no"),
    ],
)
def test_what_new_zealand_wants_to_be_told(library: Library, changes: Mapping[str, str], met: str) -> None:
    told = {"notice of capture": "posted", "purpose and term stated": "yes", "alternatives stated": "yes"}
    found = standing(library, "nz-bppc-2025", "necessary", {**told, **changes})
    assert duties(found)["Rule 3"].met == met


def test_what_a_breach_costs_in_texas(library: Library) -> None:
    (fine,) = (fine for fine in penalties(standing(library, "us-tx-cubi", "customers", {})) if fine.sure)
    assert (fine.citation, fine.text) == ("§ 503.001(d)", "up to USD 25000")


DEPLOYER = {
    "displaces finished assessment": "no",
    "proper human review": "yes",
    "small user of another's system": "no",
    "decision goes against somebody": "no",
    "discrimination found": "no",
    "plainly a machine": "no",
}
OF_DEPLOYERS = {f"Sec. 6-1-1703({point})" for point in ("1", "2", "3", "4)(a", "5")}
MAKER = {**DEPLOYER, "act": "{exactly: [develop, make available]}", "role": "{exactly: provider}"}
PATTERNS = {**DEPLOYER, "finds decision patterns": "yes"}


@pytest.mark.parametrize(
    ("changes", "expected"),
    [
        (DEPLOYER, OF_DEPLOYERS),
        ({**DEPLOYER, "decision goes against somebody": "yes"}, OF_DEPLOYERS | {"Sec. 6-1-1703(4)(b)"}),
        ({**DEPLOYER, "discrimination found": "yes"}, OF_DEPLOYERS | {"Sec. 6-1-1703(7)"}),
        ({**DEPLOYER, "small user of another's system": "yes"}, {"Sec. 6-1-1703(1)", "Sec. 6-1-1703(4)(a)"}),
        (MAKER, {"Sec. 6-1-1702(1)", "Sec. 6-1-1702(2)", "Sec. 6-1-1702(4)"}),
        ({**MAKER, "act": "{exactly: develop}"}, {"Sec. 6-1-1702(1)", "Sec. 6-1-1702(4)"}),
        (
            {**MAKER, "discrimination found": "yes"},
            {"Sec. 6-1-1702(1)", "Sec. 6-1-1702(2)", "Sec. 6-1-1702(4)", "Sec. 6-1-1702(5)"},
        ),
        ({**DEPLOYER, "consequential decision": "{exactly: none}"}, set()),
        ({**DEPLOYER, "narrow procedural task": "yes"}, set()),
        (PATTERNS, set()),
        ({**PATTERNS, "displaces finished assessment": "yes"}, set()),
        ({**PATTERNS, "displaces finished assessment": "yes", "proper human review": "no"}, OF_DEPLOYERS),
        ({**DEPLOYER, "federally approved system": "yes"}, set()),
        ({**DEPLOYER, "supervised bank or insurer": "yes"}, set()),
        ({**DEPLOYER, "bought for the federal government": "yes"}, OF_DEPLOYERS),  # employment and housing stay bound
        (
            {**DEPLOYER, "bought for the federal government": "yes", "consequential decision": "{exactly: lending}"},
            set(),
        ),
        (
            {**DEPLOYER, "practice": "{exactly: interaction}", "consequential decision": "{exactly: none}"},
            {"Sec. 6-1-1704(1)"},
        ),
        (
            {
                **DEPLOYER,
                "practice": "{exactly: interaction}",
                "consequential decision": "{exactly: none}",
                "plainly a machine": "yes",
            },
            set(),
        ),
    ],
)
def test_what_colorado_would_have_asked_for(library: Library, changes: Mapping[str, str], expected: set[str]) -> None:
    """The act as signed, on a day after its duties were to begin and before they were put off."""
    found = standing(library, "us-co-24-205", "hiring-march", changes, date(2026, 3, 1), date(2025, 1, 1))
    assert set(duties(found)) == expected


@pytest.mark.parametrize("day", [date(2026, 3, 1), date(2026, 5, 13)])
def test_colorado_never_asked_for_anything(library: Library, day: date) -> None:
    """The delay and the repeal: with both, no duty binds, and none is still to come."""
    assert attaching(standing(library, "us-co-24-205", "hiring-march", DEPLOYER, day))[1] == ()
