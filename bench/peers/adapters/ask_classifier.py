"""Asks eu-ai-act-classifier: a typed profile in, a whole report out."""

from __future__ import annotations

from importlib.metadata import version

from eu_ai_act_classifier import SystemProfile, catalog, classify
from protocol import ARTICLE_5, HIGH, MINIMAL, OUTSIDE, PROHIBITED, TRANSPARENCY, Answer, report

CLASSES = {
    "prohibited": PROHIBITED,
    "high_risk": HIGH,
    "limited_risk": TRANSPARENCY,
    "minimal_risk": MINIMAL,
    "outside_scope": OUTSIDE,
}
USER, MAKER, BOTH = {"roles": ["deployer"]}, {"roles": ["provider"]}, {"roles": ["provider", "deployer"]}
FEELINGS = "deploys_emotion_or_biometric_categorisation"
NAME = {"name": "scenario", "eu_nexus": True, "is_ai_system": True, "deployer_private_public_service": False}
FIRM = {"deployer_public_authority": False, "deployer_public_law_body": False}
STATE = {"deployer_public_authority": True, "deployer_public_law_body": True, "public_authority_use": True}
PROFILES: dict[int, dict[str, object]] = {
    1: {**USER, "prohibited_practices": [], "annex_iii_area": "III.1.a", **STATE},
    2: {**USER, "prohibited_practices": ["5.1.h"], **STATE},
    3: {**USER, "prohibited_practices": [], "annex_iii_area": "III.1.a", **STATE},
    4: {**USER, "prohibited_practices": [], "annex_iii_area": "III.1.a"},
    5: {**USER, "prohibited_practices": ["5.1.f"], FEELINGS: True},
    6: {**USER, "prohibited_practices": [], "annex_iii_area": "III.1.c", FEELINGS: True},
    7: {**USER, "prohibited_practices": ["5.1.e"]},
    8: {**USER, "prohibited_practices": []},
    9: {**USER, "prohibited_practices": [], "annex_iii_area": "III.7.d", **STATE},
    10: {**USER, **STATE, "excluded_use_flags": ["military_defence_national_security"], "annex_iii_area": "III.1.a"},
    11: {**USER, "prohibited_practices": [], "annex_iii_area": "III.4.a", "derogation": {"performs_profiling": True}},
    12: {**MAKER, "prohibited_practices": [], "interacts_with_natural_persons": True},
    13: {**USER, "prohibited_practices": []},
    14: {**BOTH, "prohibited_practices": [], "generates_synthetic_content": True, "generates_deepfakes": True},
    15: {**USER, "prohibited_practices": [], "annex_iii_area": "III.5.b", "derogation": {"performs_profiling": True}},
    16: {**USER, "annex_iii_area": "III.4.a", "derogation": {"narrow_procedural_task": True}},
    17: {**MAKER, "prohibited_practices": ["5.1.ba"], "generates_synthetic_content": True},
    # No field holds the authorisation, and none holds "not known": what is not ticked is not so.
    18: {**USER, "prohibited_practices": [], "annex_iii_area": "III.1.a", **STATE},
}


def ask(number: int) -> object:
    return classify(SystemProfile.model_validate({**NAME, **FIRM, **PROFILES[number]}))


def answer(number: int) -> Answer:
    profile = SystemProfile.model_validate({**NAME, **FIRM, **PROFILES[number]})
    found = classify(profile)
    cited = ", ".join([finding.citation for finding in found.findings] + [duty.article for duty in found.obligations])
    area = [catalog.ANNEX_III[profile.annex_iii_area][0].ref] if profile.annex_iii_area else []
    return Answer(
        CLASSES[found.risk_tier.value],
        [citation.removesuffix(" AIA") for citation in cited.split(", ") if citation],
        len({**NAME, **FIRM, **PROFILES[number]}) - 1,
        # Each prohibition is one tick, and an area is given by the number of its point.
        supplied=[*ARTICLE_5, *(ref.removesuffix(" AIA") for ref in area)],
        review=found.disposition.value == "requires_review",
        asks=list(found.open_questions),
    )


if __name__ == "__main__":
    points = len(catalog.PROHIBITED) + len(catalog.ANNEX_III) - 1
    name = "eu-ai-act-classifier"
    report(version(name), f"{points} points of Article 5 and Annex III", PROFILES, answer, {"whole report": (ask, 20)})
