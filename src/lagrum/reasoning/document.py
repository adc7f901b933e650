"""An assessment as JSON: the fields that `lagrum/schemas/assess.json` describes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from lagrum.model.rulings import Ruling
from lagrum.reasoning.assessment import (
    Assessment,
    BecauseNorm,
    Duty,
    Fine,
    Leaning,
    Missing,
    NormStatus,
    Presumed,
    Tier,
    Unless,
)
from lagrum.reasoning.bench import ruling_of
from lagrum.reasoning.envelope import envelope, given_to_dict


def document(a: Assessment) -> dict[str, object]:
    """The whole assessment; the order of keys is part of the form."""
    return head(a) | _body(a)


def head(a: Assessment) -> dict[str, object]:
    """The fields that every answer carries, with the id of this one."""
    return envelope(
        "assess",
        [a.law],
        on=a.on,
        text_of=a.text_of,
        given=a.case.facts.values(),
        assumptions=a.case.assume,
        judgements=[each.fact for each in a.leans_on],
        method=a.method,
        inputs={"case": a.case.name},
    )


def _body(a: Assessment) -> dict[str, object]:
    return {
        "case": a.case.name,
        "ruling": a.ruling.value,
        "possible": _values(a.possible),
        "rests_on": list(a.rests_on),
        "assumed": list(a.assumed),
        "without_assumptions": None if a.without_assumptions is None else _rulings(a.without_assumptions),
        "proved": a.proved,
        "because_facts": [
            {"fact": b.fact, "text": b.text, "citation": b.citation, "basis": b.basis, "by": b.by}
            for b in a.because_facts
        ],
        "because_norms": [_because_norm(b) for b in a.because_norms],
        "unless": [_unless(u) for u in a.unless],
        "missing": [_missing(m) for m in a.missing],
        "tiers": [_tier(t) for t in a.tiers],
        "duties": [duty_to_dict(d) for d in a.duties],
        "breaches": [duty_to_dict(d) for d in a.breaches],
        "penalties": [_fine(f) for f in a.penalties],
        "presumptions": [_presumed(p) for p in a.presumptions],
        "norms": [_norm(n) for n in a.norms],
        "leans_on": [_leaning(each) for each in a.leans_on],
        "other_readings": [
            {
                "reading": r.reading,
                "question": r.question,
                "citation": r.citation,
                "chosen": r.chosen,
                "instead": r.instead,
                **_rulings(r.possible),
            }
            for r in a.other_readings
        ],
        "also_governed_by": [{"text": e.text, "citation": e.citation, "sure": e.sure} for e in a.also_governed_by],
        "not_read": [given_to_dict(each) for each in a.unread],
    }


def _values(possible: Sequence[Ruling]) -> list[str]:
    return [ruling.value for ruling in possible]


def _rulings(possible: Sequence[Ruling]) -> dict[str, object]:
    return {"ruling": ruling_of(possible).value, "possible": _values(possible)}


def _day(day: date | None) -> str | None:
    return day.isoformat() if day else None


def _because_norm(b: BecauseNorm) -> dict[str, object]:
    return {
        "instrument": b.instrument,
        "citation": b.citation,
        "label": b.label,
        "does": b.does,
        "sure": b.sure,
        "of": list(b.of),
    }


def _unless(u: Unless) -> dict[str, object]:
    changes = [
        {"fact": c.fact, "given": c.given, "instead": c.instead, "controlled_by": c.controlled_by} for c in u.changes
    ]
    return {"changes": changes, **_rulings(u.possible), "controlled_by": u.controlled_by, "citation": u.citation}


def _missing(m: Missing) -> dict[str, object]:
    return {
        "fact": m.fact,
        "question": m.question,
        "gain": None if m.gain is None else round(m.gain, 6),
        "settles": {answer: ruling.value for answer, ruling in m.settles.items()},
        "citation": m.citation,
        "judgement": m.judgement,
        "controlled_by": m.controlled_by,
    }


def _tier(t: Tier) -> dict[str, object]:
    return {
        "tier": t.tier,
        "instrument": t.instrument,
        "citation": t.citation,
        "label": t.label,
        "from": _day(t.since),
        "applies": t.applies,
        "sure": t.sure,
    }


def duty_to_dict(d: Duty) -> dict[str, object]:
    """A duty, as every answer tells it."""
    return {
        "instrument": d.instrument,
        "citation": d.citation,
        "who": list(d.who),
        "what": d.what,
        "from": _day(d.since),
        "until": _day(d.until),
        "before_use": d.before_use,
        "met": d.met,
        "applies": d.applies,
        "sure": d.sure,
    }


def _fine(f: Fine) -> dict[str, object]:
    return {
        "instrument": f.instrument,
        "citation": f.citation,
        "label": f.label,
        "for": list(f.of),
        "text": f.text,
        "sure": f.sure,
        "when": list(f.when),
    }


def _presumed(p: Presumed) -> dict[str, object]:
    return {
        "instrument": p.instrument,
        "citation": p.citation,
        "label": p.label,
        "presumes": p.presumes,
        "stands": p.stands,
        **_rulings(p.possible),
    }


def _norm(n: NormStatus) -> dict[str, object]:
    return {
        "instrument": n.instrument,
        "citation": n.citation,
        "label": n.label,
        "kind": n.kind,
        "status": n.status.value,
        "decided_by": list(n.decided_by),
    }


def _leaning(each: Leaning) -> dict[str, object]:
    return {
        "fact": each.fact,
        "question": each.question,
        "decided_by": each.decided_by,
        "citation": each.citation,
        "answer": each.answer,
        "basis": each.basis,
        "by": each.by,
        "on": _day(each.on),
    }
