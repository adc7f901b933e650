"""The laws of Member States: what case files cannot say, because the Act's own conditions hide it.

A national law answers for Article 5(5) of the Act in its country and nowhere else; and its permits are held one by one,
each against the smallest changes that must take it away.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date

import pytest

from lagrum.language.casefile import read_case
from lagrum.library import Library, open_library
from lagrum.model.law import Law
from lagrum.model.norms import NormKind
from lagrum.model.rulings import Ruling, Status
from lagrum.reasoning.condition import here_for
from lagrum.reasoning.standing import Standing
from tests.conftest import REPOSITORY

LAWS = REPOSITORY / "laws"
CASES = LAWS / "eu" / "member-states" / "cases"
DAY = date(2026, 11, 22)
SWEDEN, HUNGARY = "se-police-face-recognition-2026", "hu-face-matching-2025"
IRELAND, FRANCE = "ie-recording-devices-bill-2025", "fr-video-experiment-2026"
OPEN = {Ruling.FORBIDDEN, Ruling.EXCEPTED}

IN_ORDER = {SWEDEN: ("Sweden", "se-01-suspect")}  # for every law attached to the Act: its country, and what it permits
ELSEWHERE = ["Belgium", "France", "Germany", "Hungary", "Italy", "Netherlands", "Sweden", "other Member State"]


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library([LAWS], built_in=False)


def standing(library: Library, law: Law, name: str, changes: Mapping[str, str], on: date = DAY) -> Standing:
    """A worked case with some of its facts changed (`unknown` takes one out)."""
    text = (CASES / f"{name}.yaml").read_text(encoding="utf-8")
    for fact, answer in changes.items():
        text = re.sub(rf"^  {re.escape(fact)}: .*\n", "", text, flags=re.MULTILINE)
        text = text.replace("facts:\n", f"facts:\n  {fact}: {answer}\n", 1)
    case, diagnostics = read_case(text, name, library.pack.facts)
    assert case is not None and not diagnostics, diagnostics
    return Standing(here_for(law, on, case)[0])


def test_every_attached_law_is_tried(library: Library) -> None:
    act = library.law("eu-ai-act", None, DAY)
    assert {each.id for each in act.attached} == set(IN_ORDER)


@pytest.mark.parametrize("law", IN_ORDER)
@pytest.mark.parametrize("country", ELSEWHERE)
def test_a_permit_lifts_the_prohibition_in_its_own_country_and_settles_nothing_elsewhere(
    library: Library, law: str, country: str
) -> None:
    home, name = IN_ORDER[law]
    act = library.law("eu-ai-act", None, DAY)
    there = {"jurisdiction": country}
    found = set(standing(library, act, name, there).here.possible_rulings())
    assert found == ({Ruling.EXCEPTED} if country == home else OPEN)
    if country != home:
        for answer, ruling in (("yes", Ruling.EXCEPTED), ("no", Ruling.FORBIDDEN)):
            told = standing(library, act, name, {**there, "national law authorises": answer})
            assert set(told.here.possible_rulings()) == {ruling}


def test_in_a_country_that_nobody_named_the_prohibition_stays_open(library: Library) -> None:
    act = library.law("eu-ai-act", None, DAY)
    found = standing(library, act, "se-01-suspect", {"jurisdiction": "unknown"})
    assert set(found.here.possible_rulings()) >= OPEN


def permitted(library: Library, law: str, name: str, changes: Mapping[str, str]) -> set[str]:
    """What of a law's permits certainly applies, by citation."""
    read = library.law(law)
    found = standing(library, read, name, changes)
    permits = [norm for norm in read.norms.values() if norm.kind is NormKind.PERMIT]
    assert all(found.status(norm.key) is not Status.DEPENDS for norm in permits)
    return {str(norm.citation) for norm in permits if found.status(norm.key) is Status.APPLIES}


CONVICTED = {"aim": "{exactly: find a convicted person}"}
VICTIM = {"aim": "{exactly: find a crime victim}"}
MISSING = {"aim": "{exactly: [find a crime victim, find another missing person]}", "offence": "theft"}
DANGER = {
    "aim": "{exactly: avert a threat to life}",
    "threat quality": "{exactly: imminent}",
    "danger by the person sought": "yes",
}


@pytest.mark.parametrize(
    ("law", "name", "changes", "expected"),
    [
        (SWEDEN, "se-01-suspect", {}, "Point 3"),
        (SWEDEN, "se-01-suspect", {"maximum sentence": "at most 3 years"}, None),
        (SWEDEN, "se-01-suspect", {"offence": "fraud"}, "Point 3"),  # its own list of offences was not found
        (SWEDEN, "se-01-suspect", {"timing": "short delay"}, "Point 3"),
        (SWEDEN, "se-01-suspect", {"timing": "later"}, None),
        (SWEDEN, "se-01-suspect", {"practice": "{exactly: tracking}"}, None),
        (SWEDEN, "se-01-suspect", {"act": "{exactly: export}"}, None),
        (SWEDEN, "se-01-suspect", {"actor": "other public authority"}, None),
        (SWEDEN, "se-01-suspect", {"authorisation": "unrequested", "request delay": "at most 24 hours"}, None),
        (SWEDEN, "se-01-suspect", CONVICTED, "Point 4"),
        (SWEDEN, "se-01-suspect", {**CONVICTED, "maximum sentence": "at most 3 years"}, None),
        (SWEDEN, "se-01-suspect", VICTIM, None),
        (SWEDEN, "se-01-suspect", {**VICTIM, "offence": "kidnapping or hostage-taking"}, "Point 1"),
        (SWEDEN, "se-01-suspect", MISSING, "Point 1"),
        (SWEDEN, "se-01-suspect", {**MISSING, "aim": "{exactly: find another missing person}"}, None),
        (SWEDEN, "se-01-suspect", DANGER, "Point 2"),
        (SWEDEN, "se-01-suspect", {**DANGER, "threat quality": "{exactly: [specific, substantial]}"}, None),
        (SWEDEN, "se-01-suspect", {**DANGER, "aim": "{exactly: avert a threat to health}"}, None),
        (HUNGARY, "hu-05-since", {}, "Art. 1"),
        (HUNGARY, "hu-05-since", {"banned assembly": "no"}, "Art. 1"),  # any petty offence will do
        (HUNGARY, "hu-05-since", {"banned assembly": "no", "petty offence": "no"}, None),
        (HUNGARY, "hu-05-since", {"petty offence": "no"}, "Art. 1"),
        (HUNGARY, "hu-05-since", {"authorisation": "unrequested"}, "Art. 1"),  # nobody's word is needed
        (HUNGARY, "hu-05-since", {"purpose": "{exactly: public administration}"}, None),
        (HUNGARY, "hu-05-since", {"biometric trait": "{exactly: gait}"}, None),
        (IRELAND, "ie-01-recordings", {}, "Sec. 1"),
        (IRELAND, "ie-02-live", {}, None),
        (IRELAND, "ie-01-recordings", {"actor": "other public authority"}, None),
        (FRANCE, "fr-01-crowds", {}, "Art. 35"),
        (FRANCE, "fr-02-crowds-without-prefect", {}, None),
        (FRANCE, "fr-01-crowds", {"practice": "{exactly: [detection, categorisation]}"}, None),
    ],
)
def test_what_a_national_law_permits_by_itself(
    library: Library, law: str, name: str, changes: Mapping[str, str], expected: str | None
) -> None:
    assert permitted(library, law, name, changes) == ({expected} if expected else set())
