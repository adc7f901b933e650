"""American laws on face recognition by public bodies: the duties that no ruling shows.

What is done with a match (proof, witnesses, disclosure, audits) is encoded as duties: a breach does not forbid the
recognition. Expected from the provisions: each duty arises in an ordinary use, is broken by the one answer that breaks
it, and changes no ruling.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pytest

from lagrum.language.casefile import read_case
from lagrum.library import Library, open_library
from lagrum.reasoning.assess import assess
from lagrum.reasoning.assessment import Assessment
from tests.conftest import REPOSITORY

LAWS = REPOSITORY / "laws"
TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library([LAWS], built_in=False)


def assessed(library: Library, law: str, case: str, changes: Mapping[str, str]) -> Assessment:
    """A worked case of this law with some of its facts changed."""
    file = LAWS / "us/cases" / law / f"{case}.yaml"
    text = file.read_text(encoding="utf-8")
    for fact, answer in changes.items():
        text = re.sub(rf"^  {re.escape(fact)}: .*\n", "", text, flags=re.MULTILINE)
        text = text.replace("facts:\n", f"facts:\n  {fact}: {answer}\n", 1)
    read, diagnostics = read_case(text, file.name, library.pack.facts)
    assert read is not None, diagnostics
    return assess(library.law(law, {}, TODAY), read, TODAY)


MARYLAND = ("us-md-2-501", "i-02-murder")
WASHINGTON = ("us-wa-rcw-43-386", "a-09-later")
COLORADO = ("us-co-22-113", "a-09-later")
MASSACHUSETTS = ("us-ma-220", "a-02-order")
MAINE = ("us-me-6001", "a-02-serious")
WEIGHT = {"legally significant decisions": "yes"}


@pytest.mark.parametrize(
    ("case", "duty", "kept", "broken"),
    [
        (MARYLAND, "§ 2-502(a)", {"match put to a court": "{exactly: warrant application}"},
         {"match put to a court": "{including: trial}"}),
        (MARYLAND, "§ 2-502(b)(2)", {"match alone as proof": "no"}, {"match alone as proof": "yes"}),
        (MARYLAND, "§ 2-503(a)(1)(iv)", {"witness told first": "no"}, {"witness told first": "yes"}),
        (MARYLAND, "§ 2-503(a)(3)", {"match verified": "yes"}, {"match verified": "no"}),
        (MARYLAND, "§ 2-504", {"use disclosed to the defence": "yes"}, {"use disclosed to the defence": "no"}),
        (MARYLAND, "§ 2-505(a)", {"responsible officer": "yes"}, {"responsible officer": "no"}),
        (MARYLAND, "§ 2-505(b)(1)", {"yearly audit": "yes"}, {"yearly audit": "no"}),
        (MARYLAND, "§ 2-505(c)", {"operators trained": "yes"}, {"operators trained": "no"}),
        (MARYLAND, "§ 2-508(a)", {"use policy published": "yes"}, {"use policy published": "no"}),
        (MARYLAND, "§ 2-508(c)", {"collections named publicly": "yes"}, {"collections named publicly": "no"}),
        (MARYLAND, "§ 2-510(a)", {"yearly numbers": "yes"}, {"yearly numbers": "no"}),
        (WASHINGTON, "§ 43.386.020(1)", {"notice of intent": "yes"}, {"notice of intent": "no"}),
        (WASHINGTON, "§ 43.386.030", {**WEIGHT, "decided on output alone": "no"},
         {**WEIGHT, "decided on output alone": "yes"}),
        (WASHINGTON, "§ 43.386.050", {"open to independent tests": "yes"}, {"open to independent tests": "no"}),
        (WASHINGTON, "§ 43.386.060", {"operators trained": "yes"}, {"operators trained": "no"}),
        (WASHINGTON, "§ 43.386.070(1)", {"use disclosed to the defence": "yes"},
         {"use disclosed to the defence": "no"}),
        (WASHINGTON, "§ 43.386.070(2)", {"searches documented": "yes"}, {"searches documented": "no"}),
        (WASHINGTON, "§ 43.386.080(5)", {"match alone as proof": "no"}, {"match alone as proof": "yes"}),
        (COLORADO, "§ 24-18-302(1)", {"notice of intent": "yes"}, {"notice of intent": "no"}),
        (COLORADO, "§ 24-18-303", {**WEIGHT, "decided on output alone": "no"},
         {**WEIGHT, "decided on output alone": "yes"}),
        (COLORADO, "§ 24-18-304(2)", {"open to independent tests": "yes"}, {"open to independent tests": "no"}),
        (COLORADO, "§ 24-18-305", {"operators trained": "yes"}, {"operators trained": "no"}),
        (COLORADO, "§ 24-18-306", {"searches documented": "yes"}, {"searches documented": "no"}),
        (COLORADO, "§ 24-18-307(4)", {"match alone as proof": "no"}, {"match alone as proof": "yes"}),
        (COLORADO, "§ 24-18-308(1)", {"use disclosed to the defence": "yes"}, {"use disclosed to the defence": "no"}),
        (MASSACHUSETTS, "documentation of each search", {"searches documented": "yes"}, {"searches documented": "no"}),
        (MASSACHUSETTS, "numbers of searches", {"yearly numbers": "yes"}, {"yearly numbers": "no"}),
        (MAINE, "no match as the only ground", {"match alone as proof": "no"}, {"match alone as proof": "yes"}),
        (MAINE, "logs of searches", {"searches documented": "yes"}, {"searches documented": "no"}),
    ],
)  # fmt: skip
def test_a_duty_arises_is_kept_and_is_broken_without_a_change_of_ruling(
    library: Library, case: tuple[str, str], duty: str, kept: Mapping[str, str], broken: Mapping[str, str]
) -> None:
    rulings = set()
    for answers, expected in ((kept, "yes"), (broken, "no")):
        found = assessed(library, *case, answers)
        (one,) = (d for d in found.duties if d.sure and (d.citation == duty or duty in d.what))
        assert one.met == expected
        rulings.add(found.ruling)
    assert len(rulings) == 1
