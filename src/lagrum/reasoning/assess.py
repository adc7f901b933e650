"""Assess a case: put together what a law makes of it, why, what would change that, and what is missing."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from itertools import groupby

from lagrum.model.cases import Box, Case
from lagrum.model.diagnostics import BudgetExceeded
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.norms import NormKind
from lagrum.model.rulings import SETTLED, Ruling
from lagrum.reasoning.assessment import Assessment, BecauseFact, Change, Missing, Unless
from lagrum.reasoning.attaching import also_governed, attaching
from lagrum.reasoning.because import smallest_reason
from lagrum.reasoning.bench import BUDGET, Bench
from lagrum.reasoning.condition import Known, bench_for
from lagrum.reasoning.leaning import judgements, other_readings
from lagrum.reasoning.missing import Open, likely_questions, open_questions
from lagrum.reasoning.penalties import penalties
from lagrum.reasoning.presuming import presumed, words_of
from lagrum.reasoning.sources import Sources
from lagrum.reasoning.standing import Standing, deciding
from lagrum.reasoning.unless import Turn, turns
from lagrum.reasoning.words import answer_name, said, said_together
from lagrum.semantics.estimate import estimate

OPERATOR = "operator"


def assess(
    law: Law, case: Case, on: date | None = None, text_of: date | None = None, budget: int = BUDGET
) -> Assessment:
    """What the law makes of the case on the date: that given, else the case's own first one, else today.

    Facts that the case leaves out are unknown; the answer speaks of all their possible answers. Raises `InvalidInput`
    where the case says what cannot be. Past `budget` diagram nodes an answer is an estimate and says so.
    """
    day = on or (case.dates[0] if case.dates else date.today())
    whole, known = bench_for(law, day, case, budget)
    try:
        return _exactly(law, case, day, text_of or day, whole, known)
    except BudgetExceeded:
        return _estimated(law, case, day, text_of or day, known)


def _exactly(law: Law, case: Case, day: date, text_of: date, whole: Bench, known: Known) -> Assessment:
    here = whole.inside(known.box)
    possible = here.possible_rulings()
    standing = Standing(here)
    norms = deciding(standing, possible)
    sources = Sources(law, [key for key, _ in norms if key])
    otherwise, all_turns = _turns(whole, known, possible)
    reason, reason_proved = _reason(whole, known, possible, otherwise)
    missing, method = _open(here, possible)
    tiers, duties = attaching(standing)
    return Assessment(
        law=law,
        case=case,
        on=day,
        text_of=text_of,
        possible=possible,
        method=method,
        proved=reason_proved and all_turns,
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
        assumed=(*_assumed(law, known), *_presumed(law, whole)),
        without_assumptions=_firm(whole, known),
        presumptions=presumed(here.presume(), whole.presuming),
        penalties=penalties(standing),
    )


def _estimated(law: Law, case: Case, day: date, text_of: date, known: Known) -> Assessment:
    """What a sample of the possible cases shows, where even the rulings that are possible are out of reach."""
    firm = {q: answers for q, answers in known.box.items() if known.basis[q] != "assumed"}
    return Assessment(
        law=law,
        case=case,
        on=day,
        text_of=text_of,
        possible=_sampled(law, day, known.box),
        method="estimate",
        proved=False,
        because_facts=(),
        because_norms=(),
        unless=(),
        missing=(),
        tiers=(),
        duties=(),
        norms=(),
        leans_on=(),
        other_readings=(),
        also_governed_by=(),
        unread=known.unread,
        assumed=_assumed(law, known),
        without_assumptions=None if len(firm) == len(known.box) else _sampled(law, day, firm),
    )


def _sampled(law: Law, day: date, box: Box) -> tuple[Ruling, ...]:
    """The rulings seen in a sample. One that was not seen may be possible all the same, so a single one is not told."""
    seen = tuple(estimate(law, day, box).shares)
    return seen if len(seen) > 1 else SETTLED


def _assumed(law: Law, known: Known) -> tuple[str, ...]:
    return tuple(said(law.facts[q.fact], q, answers) for q, answers in known.assumed.items())


def _presumed(law: Law, whole: Bench) -> Iterator[str]:
    for norm in (law.norms[key] for key in whole.presuming):
        yield f"{words_of(norm)} (presumed, {norm.citation})"


def _firm(whole: Bench, known: Known) -> tuple[Ruling, ...] | None:
    """The rulings possible without what is assumed or presumed; None where nothing is."""
    firm = {q: answers for q, answers in known.box.items() if known.basis[q] != "assumed"}
    if len(firm) == len(known.box) and not whole.presuming:
        return None
    return whole.presume().inside(firm).possible_rulings()


def _reason(
    whole: Bench, known: Known, possible: tuple[Ruling, ...], otherwise: Sequence[Turn]
) -> tuple[list[Question], bool]:
    """The questions whose answers force the possible rulings, in order, and whether no fewer do."""
    # An answer whose change alone makes a further ruling possible cannot be left out.
    needed = {q: None for t in otherwise if len(t.answers) == 1 and set(t.possible) - set(possible) for q in t.answers}
    try:
        bad = whole.grounds.cover([ruling for ruling in SETTLED if ruling not in possible])
        chosen, proved = smallest_reason(whole.diagrams, whole.limits, known.box, bad, known.basis, needed)
    except BudgetExceeded:
        chosen, proved = _forbidding(whole, known, possible) or _spared(whole, known, possible), False
    return [q for q in whole.over if q in chosen], proved


def _forbidding(whole: Bench, known: Known, possible: tuple[Ruling, ...]) -> frozenset[Question] | None:
    """The fewest answers that make one prohibition apply, where that is why the case is forbidden; None where it is
    not so. In diagrams of their own: those of the whole law have run out."""
    if possible != (Ruling.FORBIDDEN,):
        return None
    whole = whole.inside({})
    here = whole.view(known.box)
    found: list[frozenset[Question]] = []
    for key in (norm.key for norm in whole.law.norms.values() if norm.kind is NormKind.FORBID):
        try:
            spared = whole.diagrams.negate(whole.compiled.applies(key))
            if not here.meets([(spared,)]):
                found.append(smallest_reason(whole.diagrams, whole.limits, known.box, ((spared,),), known.basis)[0])
        except BudgetExceeded:
            continue
    return min(found, key=len, default=None)


def _spared(whole: Bench, known: Known, possible: tuple[Ruling, ...]) -> frozenset[Question]:
    """A set that forces the rulings and of which nothing can be left out, where the smallest is out of reach."""
    kept = dict(known.box)
    for question in known.box:
        rest = {q: answers for q, answers in kept.items() if q != question}
        try:
            if whole.inside(rest).possible_rulings() == possible:
                kept = rest
        except BudgetExceeded:
            continue
    return frozenset(kept)


def _turns(whole: Bench, known: Known, possible: tuple[Ruling, ...]) -> tuple[list[Turn], bool]:
    """The smallest changes that lead to other rulings, and whether they are all there are."""
    if not known.box:
        return [], True
    try:
        return turns(whole, known.box, possible), True
    except BudgetExceeded:
        return _single_turns(whole, known.box, possible), False


def _single_turns(whole: Bench, box: Box, possible: tuple[Ruling, ...]) -> list[Turn]:
    """Single changes only, each in diagrams of its own, where the law as a whole is out of reach."""
    found: list[Turn] = []
    for question, answers in box.items():
        others = [answer for answer in range(whole.diagrams.sizes[question]) if answer not in answers]
        try:
            freed = whole.inside({q: kept for q, kept in box.items() if q != question})
            for answer in others:
                there = freed.possible_rulings({**freed.box, question: frozenset([answer])})
                if there and there != possible:
                    found.append(Turn({question: answer}, there))
        except BudgetExceeded:
            continue
    return found


def _open(here: Bench, possible: tuple[Ruling, ...]) -> tuple[list[Open], str]:
    """The open questions, most useful first, and the method by which their use was found."""
    try:
        return open_questions(here, possible), "exact"
    except BudgetExceeded:
        return likely_questions(here.inside(here.box), possible), "estimate"


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
