"""What an answer leans on besides the facts: judgements somebody must make, and disputed readings."""

from __future__ import annotations

from collections.abc import Iterable

from lagrum.model.facts import Question
from lagrum.model.rulings import Ruling
from lagrum.reasoning.assessment import Leaning, OtherReading
from lagrum.reasoning.condition import Known
from lagrum.reasoning.here import Here
from lagrum.reasoning.sources import Sources
from lagrum.reasoning.words import said
from lagrum.semantics.timeless import reading_question


def judgements(here: Here, known: Known, sources: Sources, mattering: Iterable[Question]) -> tuple[Leaning, ...]:
    """The judgement facts among the questions that force the ruling or can still settle it, each once."""
    found: dict[str, Leaning] = {}
    for question in mattering:
        fact = here.law.facts[question.fact]
        if not fact.judgement or fact.name in found:
            continue
        given = known.given.get(question)
        answers = known.box.get(question)
        found[fact.name] = Leaning(
            fact.name,
            fact.question,
            fact.decided_by.value if fact.decided_by else "",
            sources.citation(question),
            said(fact, question, answers) if answers else "",
            known.basis.get(question, ""),
            given.by if given else "",
            given.on if given else None,
        )
    return tuple(found.values())


def other_readings(here: Here, possible: tuple[Ruling, ...]) -> tuple[OtherReading, ...]:
    """The readings, one changed at a time, that make other rulings possible for the cases of `here`."""
    law = here.law
    found: list[OtherReading] = []
    # Where one ruling is possible, a reading that does not keep the others away changes nothing.
    keeping = here.holding_to(here.other_than(possible)) if len(possible) == 1 else None
    for name, reading in law.all_readings().items():
        if keeping is not None and reading_question(name) not in keeping:
            continue
        chosen = law.readings[name]
        for value, _ in reading.values:
            if value == chosen:
                continue
            there = here.read_as(name, value).possible_rulings()
            if there != possible:
                citation = str(reading.citation or "")
                found.append(OtherReading(name, reading.question, citation, chosen, value, there))
    return tuple(found)
