"""Article 5 of the AI Act, encoded twice by people who did not see each other's work: what is left of the differences.

How each was settled is told in docs/decisions/0005-two-encodings-of-article-5.md.
"""

from __future__ import annotations

from datetime import date
from functools import cache
from pathlib import Path

import pytest

from lagrum.analysis.compare import FORBIDDEN, Comparison, Relation, Subject, Yardstick, compare
from lagrum.language import parse_given
from lagrum.library import Library, open_library
from lagrum.model.cases import box_of
from lagrum.model.citations import parse_citation

REPOSITORY = Path(__file__).parents[2]
DAY = date(2027, 1, 1)
BEYOND_ARTICLE_5 = (
    # what Article 2 and the protocols take out: the second encoding leaves it out
    "outside Union law=no",
    "purpose={not: [military, national security]}",
    "output serves the military alone=no",
    "cooperation agreement=no",
    "developed for research alone=no",
    "development activity=no",
    "supplied already=yes",
    "product law=absent",
    "third-party assessment=no",
    "free and open-source=no",
    "jurisdiction={not: [Denmark, Ireland]}",
)
AT_WORK = "personal activity=no"  # Art. 2(10)
PRACTICES = {
    "(a)": "manipulation",
    "(b)": "exploiting weakness",
    "(ba), (bb)": "content generation",
    "(c)": "social scoring",
    "(d)": "crime prediction",
    "(e)": "face database building",
    "(f)": "emotion recognition",
    "(g)": "categorisation",
    "(h)": "identification",
}


@cache
def library() -> Library:
    return open_library([REPOSITORY / "laws", REPOSITORY / "tests" / "laws" / "second"], built_in=False)


def compared(by: Yardstick, *given: str, readings: dict[str, str] | None = None) -> Comparison:
    """The first and the second encoding, without the laws of Member States that attach to the first."""
    ids = ("eu-ai-act", "second-ai-act-prohibited")
    first, second = library().laws(ids, readings, attached=False)
    facts = {**second.facts, **first.facts}
    box = box_of(tuple(parse_given(text, facts) for text in (*BEYOND_ARTICLE_5, *given)))
    return compare(Subject(first, DAY, True, by), Subject(second, DAY, True, by), given=box)


@cache
def forbidden_in(practice: str) -> Comparison:
    return compared(FORBIDDEN, *doing(practice))


def doing(practice: str) -> tuple[str, str]:
    return AT_WORK, f"practice={{exactly: [{practice}]}}"


def rule(citation: str) -> Yardstick:
    return Yardstick(citation=parse_citation(citation))


@pytest.mark.parametrize("practice", PRACTICES.values(), ids=PRACTICES.keys())
def test_each_point_forbids_the_same_in_both(practice: str) -> None:
    """Each practice is the matter of one point (or of (ba) and (bb) together): so what is forbidden there is what the
    point forbids, with the conditions of paragraphs 2 to 5 wherever an encoding has put them."""
    found = forbidden_in(practice)
    assert (found.relation, found.method) == (Relation.EQUIVALENT, "exact"), str(found)
    assert found.counts is not None and found.counts.both > 0


@pytest.mark.parametrize("citation", ["Art. 5(1)(ba)", "Art. 5(1)(bb)"])
def test_points_of_2026_reach_the_same_users_in_private_life(citation: str) -> None:
    """Point 1a speaks of deployers, so that private use is left out before Article 2(10) is asked."""
    assert compared(rule(citation)).relation is Relation.EQUIVALENT


@pytest.mark.parametrize("citation", ["Art. 5(2)", "Art. 5(3)", "Art. 5(4)", "Art. 5(5)"])
def test_duties_arise_in_the_same_cases(citation: str) -> None:
    assert compared(rule(citation), AT_WORK).relation is Relation.EQUIVALENT


def test_point_h_is_built_in_two_ways() -> None:
    """The first has the conditions of paragraphs 2, 3 and 5 in the exceptions, the second as conditions of use: the
    rule at point (h) alone is wider in the first, what is forbidden is the same (above)."""
    found = compared(rule("Art. 5(1)(h)"), *doing("identification"))
    assert found.relation is Relation.STRICTER
    lifts = {each.citation for witness in found.witnesses_a for each in witness.by_b if each.does == "lifts"}
    assert lifts == {"Art. 5(1)(h)(i)", "Art. 5(1)(h)(ii)", "Art. 5(1)(h)(iii)"}


READINGS = {
    "recitals take nothing out": (
        ("manipulation", "exploiting weakness", "social scoring", "emotion recognition", "identification"),
        {"narrowing recitals": "text alone", "mixed reasons": "among others", "weight of recitals": "articles alone"},
    ),
    "supply means in the Union": (
        ("face database building",),
        {"supply elsewhere": "Union alone", "supply for output": "as no supply"},
    ),
    "past crimes make a profile": (
        ("crime prediction",),
        {"eu-ai-act:past crimes": "part of a profile", "second-ai-act-prohibited:past crimes": "part of a profile"},
    ),
    "feelings from any data": (
        ("emotion recognition",),
        {"feelings without biometrics": "caught", "source of emotions": "any data"},
    ),
    "police sort data sets": (
        ("categorisation",),
        {"police categorisation": "lawful data sets", "police sorting": "of data sets"},
    ),
    "remote is at a distance": (("identification",), {"typical distance": "needed", "distance": "always"}),
    "each aim on its own": (
        ("identification",),
        {
            "eu-ai-act:mixed aims": "each must be listed",
            "second-ai-act-prohibited:mixed aims": "each must be listed",
            "eu-ai-act:convicted people": "suspects alone",
            "second-ai-act-prohibited:convicted people": "suspects only",
        },
    ),
    "prosecutors may authorise, assessments wait": (
        ("identification",),
        {
            "eu-ai-act:prosecutors": "included",
            "second-ai-act-prohibited:prosecutors": "a judicial authority",
            "early impact assessment": "waits",
            "early registration": "waits",
            "references ahead": "with them",
        },
    ),
}


@pytest.mark.parametrize(("practices", "readings"), READINGS.values(), ids=READINGS.keys())
def test_where_both_have_a_reading_they_read_alike(practices: tuple[str, ...], readings: dict[str, str]) -> None:
    for practice in practices:
        read = compared(FORBIDDEN, *doing(practice), readings=readings)
        assert read.relation is Relation.EQUIVALENT, str(read)
        assert read.counts != forbidden_in(practice).counts  # else the reading would say nothing


def test_a_difference_would_be_found() -> None:
    """The same comparison with a reading that only the first has: it must part the two."""
    found = compared(FORBIDDEN, *doing("emotion recognition"), readings={"education elsewhere": "caught"})
    assert found.relation is Relation.STRICTER
    assert any("purpose has education" in witness.facts for witness in found.witnesses_a)
