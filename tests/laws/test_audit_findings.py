"""What the audit finds in the built-in law: findings that were read against the official texts."""

from __future__ import annotations

from datetime import date

from lagrum.analysis.audit import audit
from lagrum.library import open_library

LIBRARY = open_library()


def test_portland_except_face_detection_without_object_under_the_narrow_reading() -> None:
    """§ 34.10.040(3) frees finding faces in social media. That lifts something only if finding faces alone is face
    recognition: an argument for the wide reading of the definition."""
    law = LIBRARY.law("us-or-portland-34-10")
    (finding,) = [f for f in audit(law) if f.kind == "never-reached"]
    assert finding.citations == ("§ 34.10.040(3)",)
    assert finding.readings == ("kinds of face recognition is one among many",)
    wide = LIBRARY.law("us-or-portland-34-10", {"kinds of face recognition": "any work on faces"})
    assert not [f for f in audit(wide, fixed=wide.readings) if f.kind == "never-reached"]


def test_colorado_repealed_its_law_before_it_applied() -> None:
    findings = [f for f in audit(LIBRARY.law("us-co-24-205")) if f.kind == "never-applies" and f.level == "high"]
    assert [f.sentence for f in findings] == ["13 of 22 rules end before they begin"]


def test_the_proposal_classes_transport_products_that_it_takes_out_of_the_class() -> None:
    """Article 6(1) reaches all of Annex II; Article 2(2) leaves of its Section B (transport) only Article 84."""
    findings = [f for f in audit(LIBRARY.law("eu-ai-act-2021-proposal")) if f.kind == "dead-alternative"]
    assert [(f.citations, f.reasons) for f in findings] == [
        (
            ("Art. 6(1)",),
            ('not taken out by Art. 2(2) "safety components of vehicles, aircraft, ships and trains"',),
        )
    ]


def test_the_amending_act_left_a_reference_to_what_it_deleted() -> None:
    """Regulation (EU) 2026/1744 deletes point 9 of Annex VIII, Section B, and leaves Article 49(4)(b), which names it;
    the text of 2024 is whole."""
    (finding,) = [f for f in audit(LIBRARY.laws(["eu-ai-act"], attached=False)[0]) if f.kind == "stale-reference"]
    assert finding.citations == ("Art. 49(4)(b)", "Annex VIII(B)(9)")
    before = LIBRARY.laws(["eu-ai-act"], text_of=date(2026, 1, 1), attached=False)[0]
    assert not [f for f in audit(before) if f.kind == "stale-reference"]


def test_nothing_of_high_level_is_found_in_the_acts_as_encoded() -> None:
    """A swallowed, dead or unreached rule in these would be a slip of the encoding until somebody has read the text."""
    for name in ("eu-ai-act", "eu-ai-act-2021-proposal", "eu-ai-act-2022-council", "eu-ai-act-2023-parliament"):
        high = [f for f in audit(LIBRARY.laws([name], attached=False)[0]) if f.level == "high"]
        assert [f.sentence for f in high if f.kind != "stale-reference"] == []
