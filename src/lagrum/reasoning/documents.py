"""The JSON of two versions of a case, and of the ways to use something lawfully."""

from __future__ import annotations

from collections.abc import Sequence

from lagrum.model.rulings import Ruling
from lagrum.reasoning.bench import ruling_of
from lagrum.reasoning.document import duty_to_dict
from lagrum.reasoning.envelope import envelope, given_to_dict
from lagrum.reasoning.lawful import Lawful
from lagrum.reasoning.versus import Turning, Versus


def versus_to_dict(v: Versus) -> dict[str, object]:
    """As `lagrum/schemas/versus.json` describes it."""
    head = envelope(
        "versus",
        [v.law],
        on=v.on,
        text_of=v.text_of,
        given=v.a.facts.values(),
        assumptions=v.a.assume,
        inputs={"a": v.a.name, "b": v.b.name, "versus": [given_to_dict(each) for each in v.b.facts.values()]},
    )
    return head | {
        "a": {"case": v.a.name, **_rulings(v.possible_a)},
        "b": {"case": v.b.name, **_rulings(v.possible_b)},
        "undecided": _rulings(v.undecided),
        "disputes": [
            {
                "fact": d.fact,
                "question": d.question,
                "a": d.a,
                "b": d.b,
                "citation": d.citation,
                "matters": d.matters,
                "read": d.read,
            }
            for d in v.disputes
        ],
        "from_a": [_turning(each) for each in v.from_a],
        "from_b": [_turning(each) for each in v.from_b],
        "complete": v.complete,
    }


def lawful_to_dict(found: Lawful) -> dict[str, object]:
    """As `lagrum/schemas/lawful.json` describes it."""
    head = envelope(
        "lawful",
        [found.law],
        on=found.on,
        text_of=found.text_of,
        given=found.case.facts.values(),
        assumptions=found.case.assume,
        inputs={"case": found.case.name},
    )
    return head | {
        "case": found.case.name,
        **_rulings(found.possible),
        "ways": [
            {
                "steps": [
                    {"fact": s.fact, "given": s.given, "instead": s.instead, "citation": s.citation} for s in way.steps
                ],
                **_rulings(way.possible),
                "duties": [duty_to_dict(duty) for duty in way.duties],
            }
            for way in found.ways
        ],
        "beyond": [
            {
                "fact": b.fact,
                "question": b.question,
                "answer": b.answer,
                "controlled_by": b.controlled_by,
                "citation": b.citation,
            }
            for b in found.beyond
        ],
        "complete": found.complete,
    }


def _rulings(possible: Sequence[Ruling]) -> dict[str, object]:
    return {"ruling": ruling_of(possible).value, "possible": [ruling.value for ruling in possible]}


def _turning(turning: Turning) -> dict[str, object]:
    return {"facts": list(turning.facts), **_rulings(turning.possible)}
