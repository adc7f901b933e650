"""The scenarios, what is right about each, and by which rules every answer is marked.

What is right is our own reading of Regulation (EU) 2024/1689 as amended by Regulation (EU) 2026/1744. The rules know
the tools only by what their adapters say. They were not made blind: an earlier look at the peers had shown what they
do.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

RIGHT, TOLD, SAFE, WRONG = "ok", "L", "~", "X"
MARKS = {
    RIGHT: "right",
    TOLD: "right, and it was told: one of its answers was whether the deciding provision applies",
    SAFE: "not the answer, but not a wrong one: left to a person, undetermined, or without a duty that is the point",
    WRONG: "wrong",
}


@dataclass(frozen=True)
class Scenario:
    """`verdict` is the right class and `must` the provisions that give it; `also` what else must be said for a full
    answer; `decides` the provisions whose conditions and exceptions are the point; `asks` what must be named as
    missing; `norms` where lagrum, and lagrum alone, must have single norms stand besides."""

    what: str
    right: str
    verdict: str
    must: tuple[str, ...] = ()
    also: tuple[str, ...] = ()
    decides: tuple[str, ...] = ()
    asks: tuple[str, ...] = ()
    norms: Mapping[str, str] = field(default_factory=dict)


LIVE, LISTED = "Art. 5(1)(h)", "Annex III(1)(a)"
SCENARIOS: Mapping[int, Scenario] = {
    1: Scenario(
        "police look live for a missing child, with a court's leave and all else",
        "not Art. 5; Annex III(1)(a)",
        "high-risk",
        (LISTED,),
        decides=(LIVE,),
        norms={"forbid Art. 5(1)(h)": "defeated", "except Art. 5(1)(h)(i)": "applies", f"classify {LISTED}": "applies"},
    ),
    2: Scenario(
        "the same means, everybody scanned, nobody asked",
        "Art. 5(1)(h)",
        "prohibited",
        (LIVE,),
        decides=(LIVE,),
        norms={"forbid Art. 5(1)(h)": "applies", "require Art. 5(3) subpara. 1 sentence 1": "applies"},
    ),
    3: Scenario(
        "police search recordings for one suspect, with leave",
        "Annex III(1)(a) and Art. 26(10)",
        "high-risk",
        (LISTED,),
        also=("Art. 26(10)",),
        decides=(LISTED,),
        norms={f"classify {LISTED}": "applies", "forbid Art. 5(1)(h)": "does not apply"},
    ),
    4: Scenario(
        "a shop's watch-list, for its own security",
        "Annex III(1)(a), not Art. 5",
        "high-risk",
        (LISTED,),
        decides=(LIVE, LISTED),
        norms={f"classify {LISTED}": "applies", "forbid Art. 5(1)(h)": "does not apply"},
    ),
    5: Scenario(
        "feelings read at work",
        "Art. 5(1)(f)",
        "prohibited",
        ("Art. 5(1)(f)",),
        decides=("Art. 5(1)(f)",),
        norms={"forbid Art. 5(1)(f)": "applies"},
    ),
    6: Scenario(
        "feelings read at work, for safety",
        "Annex III(1)(c)",
        "high-risk",
        ("Annex III(1)(c)",),
        decides=("Art. 5(1)(f)", "Annex III(1)(c)"),
        norms={"forbid Art. 5(1)(f)": "defeated", "classify Annex III(1)(c)": "applies"},
    ),
    7: Scenario(
        "faces gathered from the internet at random",
        "Art. 5(1)(e)",
        "prohibited",
        ("Art. 5(1)(e)",),
        decides=("Art. 5(1)(e)",),
        norms={"forbid Art. 5(1)(e)": "applies"},
    ),
    8: Scenario(
        "a telephone unlocks for a face",
        "no class",
        "minimal",
        norms={f"classify {LISTED}": "does not apply"},
    ),
    9: Scenario(
        "border guards identify migrants",
        "Annex III(7)(d)",
        "high-risk",
        ("Annex III(7)(d)",),
        decides=("Annex III(7)(d)",),
        norms={"classify Annex III(7)(d)": "applies"},
    ),
    10: Scenario(
        "live identification for national security alone",
        "outside, Art. 2(3)",
        "outside",
        ("Art. 2(3)",),
        decides=("Art. 2(3)",),
        norms={"exclude Art. 2(3) subpara. 2": "applies"},
    ),
    11: Scenario(
        "applications for a job are ranked",
        "Annex III(4)(a)",
        "high-risk",
        ("Annex III(4)(a)",),
        decides=("Annex III(4)(a)",),
        norms={"classify Annex III(4)(a)": "applies"},
    ),
    12: Scenario(
        "a chatbot is sold",
        "Art. 50(1)",
        "transparency",
        ("Art. 50(1)",),
        decides=("Art. 50(1)",),
        norms={"require Art. 50(1)": "applies"},
    ),
    13: Scenario("a filter of unwanted mail", "no class", "minimal"),
    14: Scenario(
        "deep fakes, made for others and published",
        "Art. 50(2) and (4)",
        "transparency",
        ("Art. 50(2)", "Art. 50(4)"),
        decides=("Art. 50(2)", "Art. 50(4)"),
        norms={"require Art. 50(2)": "applies", "require Art. 50(4) subpara. 1 sentence 1": "applies"},
    ),
    15: Scenario(
        "credit scores",
        "Annex III(5)(b)",
        "high-risk",
        ("Annex III(5)(b)",),
        decides=("Annex III(5)(b)",),
        norms={"classify Annex III(5)(b)": "applies"},
    ),
    16: Scenario(
        "applications brought into one format",
        "no class, Art. 6(3)(a)",
        "minimal",
        decides=("Art. 6(3)",),
        norms={"classify Annex III(4)(a)": "defeated", "except Art. 6(3)(a)": "applies"},
    ),
    17: Scenario(
        "an app that undresses people, on 2 December 2026",
        "Art. 5(1)(ba)",
        "prohibited",
        ("Art. 5(1)(ba)",),
        decides=("Art. 5(1)(ba)",),
        norms={"forbid Art. 5(1)(ba)": "applies"},
    ),
    18: Scenario(
        "as the first, and nobody knows of an authorisation",
        "undetermined; names it",
        "undetermined",
        asks=("authorisation", "genehmigung"),
        norms={"forbid Art. 5(1)(h)": "depends", "except Art. 5(1)(h)(i)": "depends"},
    ),
}


def mark(scenario: Scenario, answer: Mapping[str, Any], own: bool) -> str:
    """Mark the answer of a tool; `own` for lagrum, which must have its single norms right besides."""
    same = answer["verdict"] == scenario.verdict
    if scenario.verdict == "undetermined":
        named = any(word in asked.lower() for asked in answer["asks"] for word in scenario.asks)
        found = RIGHT if same and named else SAFE if same or answer["review"] else WRONG
    elif not same or not all(any(_is(said, must) for said in answer["says"]) for must in scenario.must):
        found = SAFE if answer["verdict"] == "undetermined" or answer["review"] else WRONG
    elif not all(any(said.startswith(also) for said in answer["says"]) for also in scenario.also):
        found = SAFE
    else:
        found = TOLD if set(scenario.decides) & set(answer["supplied"]) else RIGHT
    if own and any(answer["norms"].get(norm) != status for norm, status in scenario.norms.items()):
        return WRONG
    return found


def _is(said: str, must: str) -> bool:
    """Whether this is the provision that must be said: it itself, a part of it, or, of Annex III, its whole point."""
    return said.startswith(must) or (said.startswith("Annex III(") and must.startswith(said))
