"""Assess a case: put together what a law makes of it, why, what would change that, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from lagrum.model.cases import Case
from lagrum.model.diagnostics import BudgetExceeded
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.reasoning.assessment import Assessment, BecauseFact, Change, Missing, Unless
from lagrum.reasoning.attaching import also_governed, attaching
from lagrum.reasoning.because import smallest_reason
from lagrum.reasoning.condition import Known, here_for, without_assumptions
from lagrum.reasoning.here import Here
from lagrum.reasoning.leaning import judgements, other_readings
from lagrum.reasoning.missing import Open, likely_questions, open_questions
from lagrum.reasoning.penalties import penalties
from lagrum.reasoning.presuming import presumed, words_of
from lagrum.reasoning.sources import Sources
from lagrum.reasoning.standing import Standing, deciding
from lagrum.reasoning.unless import Turn, turns
from lagrum.reasoning.words import answer_name, said, said_together

OPERATOR = "operator"


def assess(law: Law, case: Case, on: date | None = None, text_of: date | None = None) -> Assessment:
    """What the law makes of the case on the date: that given, else the case's own first one, else today.

    Facts that the case leaves out are unknown; the answer speaks of all their possible answers. Raises `InvalidInput`
    where the case says what cannot be.
    """
    day = on or (case.dates[0] if case.dates else date.today())
    here, known = here_for(law, day, case)
    possible = here.possible_rulings()
    standing = Standing(here)
    norms = deciding(standing, possible)
    sources = Sources(law, [key for key, _ in norms if key])
    otherwise = turns(here, possible)
    reason, proved = _reason(here, known, possible, otherwise)
    missing, method = _open(here, possible)
    tiers, duties = attaching(standing)
    return Assessment(
        law=law,
        case=case,
        on=day,
        text_of=text_of or day,
        possible=possible,
        method=method,
        proved=proved,
        because_facts=tuple(_because(law, known, sources, reason)),
        because_norms=tuple(norm for _, norm in norms),
        unless=_ordered(law, known, sources, otherwise),
        missing=_missing(law, sources, missing),
        tiers=tiers,
        duties=duties,
        norms=standing.all(),
        leans_on=judgements(here, known, sources, [*reason, *(each.question for each in missing)]),
        other_readings=other_readings(here, possible),
        also_governed_by=also_governed(standing),
        unread=known.unread,
        assumed=(*_assumed(law, known), *_presumed(here)),
        without_assumptions=without_assumptions(here, known),
        presumptions=presumed(here.presume(), here.presuming),
        penalties=penalties(standing),
    )


def _assumed(law: Law, known: Known) -> tuple[str, ...]:
    return tuple(said(law.facts[q.fact], q, answers) for q, answers in known.assumed.items())


def _presumed(here: Here) -> Iterator[str]:
    for norm in (here.law.norms[key] for key in here.presuming):
        yield f"{words_of(norm)} (presumed, {norm.citation})"


def _reason(
    here: Here, known: Known, possible: tuple[Ruling, ...], otherwise: Sequence[Turn]
) -> tuple[list[Question], bool]:
    """The questions whose answers force the possible rulings, in order, and whether no fewer do."""
    # An answer whose change alone makes a further ruling possible cannot be left out.
    needed = {q: None for t in otherwise if len(t.answers) == 1 and set(t.possible) - set(possible) for q in t.answers}
    chosen, proved = smallest_reason(here, here.other_than(possible), known.basis, needed)
    return [q for q in here.bench.over if q in chosen], proved


def _open(here: Here, possible: tuple[Ruling, ...]) -> tuple[list[Open], str]:
    """The open questions, most useful first, and the method by which their use was found."""
    try:
        return open_questions(here, possible), "exact"
    except BudgetExceeded:
        return likely_questions(here, possible), "estimate"


# --- in words ------------------------------------------------------------------------------------------------


def _because(law: Law, known: Known, sources: Sources, reason: Sequence[Question]) -> Iterator[BecauseFact]:
    """The reason in the order in which the law asks for it, a fact with several answers told as one."""
    for fact, group in groupby(sorted(reason, key=sources.rank), key=lambda question: question.fact):
        questions = list(group)
        given = known.given.get(questions[0])
        for text in said_together(law.facts[fact], {q: known.box[q] for q in questions}):
            basis, by = known.basis[questions[0]], given.by if given else ""
            yield BecauseFact(fact, text, sources.citation(questions[0]), basis, by)


def _unless(law: Law, known: Known, sources: Sources, turn: Turn) -> Unless:
    changes: list[Change] = []
    for question, answer in turn.answers.items():
        fact = law.facts[question.fact]
        before, after = said(fact, question, known.box[question]), said(fact, question, [answer])
        changes.append(Change(fact.name, before, after, fact.controlled_by.value if fact.controlled_by else ""))
    holders = dict.fromkeys(change.controlled_by for change in changes)
    # Several changes are in nobody's hands unless each is in the same ones.
    holder = next(iter(holders)) if len(holders) == 1 else ""
    return Unless(tuple(changes), turn.possible, holder, sources.citation(next(iter(turn.answers))))


def _ordered(law: Law, known: Known, sources: Sources, otherwise: Sequence[Turn]) -> tuple[Unless, ...]:
    """What the operator can change first, then what settles the ruling, then as the law asks for it."""
    told = [(_unless(law, known, sources, turn), min(map(sources.rank, turn.answers))) for turn in otherwise]
    told.sort(key=lambda pair: (pair[0].controlled_by != OPERATOR, len(pair[0].possible) > 1, pair[1]))
    return tuple(each for each, _ in told)


def _missing(law: Law, sources: Sources, questions: Sequence[Open]) -> tuple[Missing, ...]:
    """The open questions gathered by fact; a fact with several answers counts as much as its most telling one."""
    by_fact: dict[str, list[Open]] = {}
    for each in questions:
        by_fact.setdefault(each.question.fact, []).append(each)
    found: list[Missing] = []
    for name, group in by_fact.items():
        fact = law.facts[name]
        settles: Mapping[str, Ruling] = {
            answer_name(fact, each.question, answer): ruling
            for each in group
            for answer, ruling in each.settles.items()
        }
        found.append(
            Missing(
                name,
                fact.question,
                group[0].gain,
                settles,
                sources.citation(group[0].question),
                fact.judgement,
                fact.controlled_by.value if fact.controlled_by else "",
            )
        )
    return tuple(found)
