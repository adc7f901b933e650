"""Asks ai-act-companion: the answers to its questionnaire in, its classification out."""

from __future__ import annotations

from importlib.metadata import version

from app.classifier import classify
from app.knowledge import eu_ai_act
from protocol import ARTICLE_5, HIGH, MINIMAL, OUTSIDE, PROHIBITED, TRANSPARENCY, Answer, report

CLASSES = {"prohibited": PROHIBITED, "high": HIGH, "limited": TRANSPARENCY, "minimal": MINIMAL}
USER, MAKER = {"provider_role": "deployer", "eu_market": True}, {"provider_role": "provider", "eu_market": True}
AREA, PROFILES, LIVE = "hr_usecases", "hr_does_profiling", "p_realtime_rbi_le"
ANSWERS: dict[int, dict[str, object]] = {
    1: {**USER, LIVE: False, AREA: ["biometrics"]},
    2: {**USER, LIVE: True, AREA: ["biometrics"]},
    3: {**USER, LIVE: False, AREA: ["biometrics"]},
    4: {**USER, LIVE: False, AREA: ["biometrics"]},
    5: {**USER, "p_emotion_work_edu": True, "t_emotion_or_biometric_cat": True, AREA: ["biometrics"]},
    6: {**USER, "p_emotion_work_edu": False, "t_emotion_or_biometric_cat": True, AREA: ["biometrics"]},
    7: {**USER, "p_facial_scraping": True},
    8: {**USER, LIVE: False, AREA: ["none"]},
    9: {**USER, LIVE: False, AREA: ["migration_border"]},
    10: {**USER, "exempt_military": True, AREA: ["biometrics"]},
    11: {**USER, AREA: ["employment"], PROFILES: True},
    12: {**MAKER, "t_interacts_humans": True},
    13: {**USER, AREA: ["none"]},
    14: {**USER, "provider_role": "both", "t_synthetic_content": True, "t_deepfake": True},
    15: {**USER, AREA: ["essential_services"], "hr_essential_subarea": "creditworthiness", PROFILES: True},
    16: {**USER, AREA: ["employment"], PROFILES: False, "hr_art6_3_minor": True},
    17: {**MAKER, "p_nonconsensual_intimate": True, "p_sexual_provider_intended": True, "t_synthetic_content": True},
    # The prohibition is one question, and nobody knows the answer.
    18: {**USER, LIVE: None, AREA: ["biometrics"]},
}


def answer(number: int) -> Answer:
    found = classify(ANSWERS[number])
    outside = found.get("out_of_scope")
    findings = [*found["findings"], *found["transparency_obligations"]]
    return Answer(
        OUTSIDE if outside else CLASSES[found["tier"]],
        [outside["ref"]] if outside else [ref for finding in findings for ref in finding["refs"]],
        len(ANSWERS[number]),
        supplied=ARTICLE_5,  # each prohibition is one question, with its conditions and exceptions in it
        review=any("NOTE:" in finding["rationale"] for finding in found["findings"]),
    )


if __name__ == "__main__":
    points = len(eu_ai_act.PROHIBITED_PRACTICES) + len(eu_ai_act.CONDITIONAL_PROHIBITED_PRACTICES)
    size = f"{points} points of Article 5, {len(eu_ai_act.HIGH_RISK_USECASES)} areas of Annex III"
    ways = {"whole answer": (lambda number: classify(ANSWERS[number]), 20)}
    report(version("ai-act-companion"), size, ANSWERS, answer, ways)
