"""The proposal of 2021 and the open letter compared: what each forbids alone, written here from the two texts."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from lagrum.analysis.compare import Comparison, Relation, Subject, compare
from lagrum.library import open_library
from lagrum.model.rulings import Ruling

LAWS = Path(__file__).parents[2] / "laws"
DAY = date(2022, 1, 1)


@pytest.fixture(scope="module")
def found() -> Comparison:
    library = open_library([LAWS], built_in=False)
    proposal, letter = library.law("eu-ai-act-2021-proposal"), library.law("ban-biometric-surveillance-2021")
    return compare(Subject(proposal, DAY), Subject(letter, DAY))


def test_neither_is_stricter(found: Comparison) -> None:
    assert (found.relation, found.method, found.proved) == (Relation.INCOMPARABLE, "exact", True)


def test_the_proposal_alone_forbids_what_is_not_biometric(found: Comparison) -> None:
    """Manipulation, exploiting weakness and social scoring: the letter has no demand about them."""
    alone = {witness.by_a[0].citation: witness for witness in found.witnesses_a}
    assert set(alone) == {"Art. 5(1)(a)", "Art. 5(1)(b)", "Art. 5(1)(c)"}
    assert all(witness.unless == () for witness in alone.values())


def test_the_letter_alone_forbids_what_the_proposal_leaves_out_of_point_d(found: Comparison) -> None:
    """Later identification, and each of the three aims for which Article 5(1)(d) lets live identification be used."""
    later = next(witness for witness in found.witnesses_b if "timing is later" in witness.facts)
    assert later.unless == ("timing is real-time",)
    assert later.ruling_a is Ruling.REGULATED
    lifting = {each.citation for witness in found.witnesses_b for each in witness.by_a if each.does == "lifts"}
    assert lifting == {"Art. 5(1)(d)(i)", "Art. 5(1)(d)(ii)", "Art. 5(1)(d)(iii)"}
    assert "Art. 2(3)" in {each.citation for witness in found.witnesses_b for each in witness.by_a}
