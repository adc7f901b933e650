"""A state of an interview as JSON: the fields that `lagrum/schemas/ask.json` describes."""

from __future__ import annotations

from lagrum.reasoning.asking.interview import Asked, Interview
from lagrum.reasoning.asking.outcome import Outcome
from lagrum.reasoning.bench import ruling_of
from lagrum.reasoning.envelope import envelope


def document(state: Interview) -> dict[str, object]:
    """The whole state; the order of keys is part of the form."""
    asked = state.question
    usual = state.usual if asked is not None else None
    head = envelope(
        "ask",
        [state.law],
        on=state.on,
        text_of=state.text_of,
        given=state.case.facts.values(),
        assumptions=state.case.assume,
        judgements=[asked.fact.name] if asked is not None and asked.fact.judgement else [],
        inputs={"case": state.case.name, "unknown": list(state.unknown)},
    )
    return head | {
        "case": state.case.name,
        "ruling": ruling_of(state.possible).value,
        "possible": [ruling.value for ruling in state.possible],
        "settled": state.settled,
        "outcome": _outcome(state.outcome),
        "question": _question(asked) if asked is not None else None,
        "at_most": state.most,
        "usually": state.usually,
        "unknown": list(state.unknown),
        "as_usual": None
        if usual is None
        else {
            "suggested": state.suggests_usual,
            "outcome": _outcome(usual.outcome),
            "assumed": [{"fact": a.fact, "text": a.text, "decides": a.decides} for a in usual.assumed],
        },
    }


def _outcome(outcome: Outcome | None) -> dict[str, object] | None:
    if outcome is None:
        return None
    return {"ruling": outcome.ruling.value, "classes": list(outcome.classes)}


def _question(asked: Asked) -> dict[str, object]:
    fact = asked.fact
    return {
        "fact": fact.name,
        "question": fact.question,
        "kind": fact.kind.value,
        "answers": [{"name": answer.name, "text": answer.text} for answer in fact.answers],
        "unit": fact.unit,
        "help": fact.help,
        "defined_in": fact.defined_in,
        "judgement": fact.judgement,
        "decided_by": fact.decided_by.value if fact.decided_by else "",
        "citation": asked.citation,
        "why": [{"instrument": n.instrument, "citation": str(n.citation), "label": n.label} for n in asked.why],
    }
