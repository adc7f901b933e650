"""The 2021 proposal and the open letter: what case files cannot say.

Case files take every disputed reading at its default; here each reading is switched and a case that hangs on it
must turn. The loopholes are checked by what opens them, which is written here from the two texts.
"""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lagrum.analysis.loopholes import Loopholes, loopholes
from lagrum.library import Library, open_library
from lagrum.model.law import Law
from lagrum.reasoning.bench import ruling_of
from lagrum.reasoning.condition import here_for

LAWS = Path(__file__).parents[2] / "laws"
CASES = LAWS / "eu" / "ai-act" / "cases" / "2021-proposal"
LETTER_CASES = LAWS / "letters" / "cases"
PROPOSAL = "eu-ai-act-2021-proposal"
LETTER = "ban-biometric-surveillance-2021"


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library([LAWS], built_in=False)


@pytest.fixture(scope="module")
def found(library: Library) -> Loopholes:
    return loopholes(library.law(PROPOSAL), library.law(LETTER), date(2022, 1, 1))


def ruling(library: Library, law: Law, file: Path) -> str:
    case, diagnostics, _ = library.read_case(file)
    assert case is not None, diagnostics
    here, _ = here_for(law, case.dates[0], case)
    return ruling_of(here.possible_rulings()).value


@pytest.mark.parametrize(
    ("case", "reading", "value", "default", "switched"),
    [
        ("d-13-contractor-of-police", "work for the police", "attributed", "regulated", "forbidden"),
        ("d-12-firm-without-powers", "work for the police", "attributed", "regulated", "regulated"),
        ("e-12-urgent-refused", "effect of refusal", "forwards", "forbidden", "excepted"),
        ("e-19-refused", "effect of refusal", "forwards", "forbidden", "forbidden"),
        ("e-18-prosecutor", "prosecutors", "included", "forbidden", "excepted"),
        ("e-17-own-chief", "prosecutors", "included", "forbidden", "forbidden"),
        ("f-06-vague-terrorist-threat", "terrorist threat", "any attack", "forbidden", "excepted"),
        ("f-02-threat-not-imminent", "terrorist threat", "any attack", "forbidden", "forbidden"),
    ],
)
def test_reading_of_the_proposal_turns_its_case(
    library: Library, case: str, reading: str, value: str, default: str, switched: str
) -> None:
    file = CASES / f"{case}.yaml"
    assert ruling(library, library.law(PROPOSAL), file) == default
    assert ruling(library, library.law(PROPOSAL, {reading: value}), file) == switched


@pytest.mark.parametrize(("case", "switched"), [("ban-29-harmless", "unregulated"), ("ban-01-shop", "undetermined")])
def test_effect_test_of_the_letter(library: Library, case: str, switched: str) -> None:
    file = LETTER_CASES / f"{case}.yaml"
    judged = library.law(LETTER, {"effect test": "judged one by one"})
    assert ruling(library, library.law(LETTER), file) == "forbidden"
    assert ruling(library, judged, file) == switched


def test_loopholes_are_complete(found: Loopholes) -> None:
    assert found.complete


@pytest.mark.parametrize(
    ("kind", "citation", "words"),
    [
        ("element", "Art. 3(41)", "done by law enforcement"),
        ("element", "Art. 3(41)", "purpose has law enforcement"),
        ("element", "Art. 3(37)", "real-time"),
        ("element", "Recital 9", "place is not online space"),
        ("element", "Art. 3(39)", "open to the public"),
        ("element", "Art. 5(1)(d)", "act has use"),
        ("exception", "Art. 5(1)(d)(i)", "prior authorisation"),
        ("exception", "Art. 5(1)(d)(i)", "urgent start"),
        ("exception", "Art. 5(1)(d)(ii)", "prior authorisation"),
        ("exception", "Art. 5(1)(d)(ii)", "urgent start"),
        ("exception", "Art. 5(1)(d)(iii)", "prior authorisation"),
        ("exception", "Art. 5(1)(d)(iii)", "urgent start"),
        ("exclusion", "Art. 2(2)", ""),
        ("exclusion", "Art. 2(3)", ""),
        ("exclusion", "Art. 2(4)", ""),
        ("exclusion", "Recital 25", ""),
        ("exclusion", "Recital 26", ""),
    ],
)
def test_loophole_is_found(found: Loopholes, kind: str, citation: str, words: str) -> None:
    openers = [opener for family in found.families for opener in family.openers]
    assert any(
        opener.kind == kind and opener.citation == citation and words in (opener.way or opener.condition)
        for opener in openers
    ), [(opener.kind, str(opener)) for opener in openers]


def test_practices_that_no_prohibition_names(found: Loopholes) -> None:
    unnamed = {
        practice
        for family in found.families
        for practice in family.practices
        if any(opener.kind == "no norm" for opener in family.openers)
    }
    assert unnamed == {("tracking",), ("categorisation",), ("emotion recognition",), ("verification",)}
