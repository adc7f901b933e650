"""How vague the acts of the Union are: the 2021 proposal counted, the final act asked what can switch a ruling."""

from __future__ import annotations

from datetime import date

import pytest

from lagrum.analysis.vague import Vague, vague
from lagrum.analysis.vague.subject import Subject
from lagrum.analysis.vague.twins import Twins
from lagrum.library import open_library
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling

ON = date(2026, 11, 22)


def law(law_id: str) -> Law:
    (found,) = open_library(()).laws([law_id], {}, ON, False)
    return found


@pytest.fixture(scope="module")
def proposal() -> Vague:
    return vague(law("eu-ai-act-2021-proposal"), ON)


def test_the_proposal_is_counted(proposal: Vague) -> None:
    assert proposal.method == "exact"
    assert all(each.witness for each in proposal), "each of its judgements switches a ruling"
    assert 0 < proposal.anything.share < 1
    assert max(each.company.share for each in proposal) <= proposal.anything.share


def test_strict_necessity_alone_lifts_the_prohibition_of_live_identification(proposal: Vague) -> None:
    (necessary,) = [each for each in proposal if each.fact == "strictly necessary"]
    assert all(place.startswith("Art. 5(1)(d)") for place in necessary.asked_at)
    witness = necessary.witness
    assert witness is not None
    assert (witness.ruling_before, witness.ruling_after) == (Ruling.FORBIDDEN, Ruling.EXCEPTED)
    assert ("Art. 5(1)(d)", "applies", "defeated") in [(t.citation, t.before, t.after) for t in witness.turned]
    assert 0 < necessary.alone.share < necessary.company.share, "the safeguards have to be kept as well"


@pytest.mark.parametrize("fact", ["strictly necessary", "significant harm", "distortion", "lawful evaluation"])
def test_judgements_of_the_final_act_switch_rulings(fact: str) -> None:
    subject = Subject(law("eu-ai-act"), ON, {})
    twins = Twins(subject)
    turned = twins.turned(subject.switched()[fact])
    assert twins.can(twins.circuit.both(twins.built.counted, turned))
