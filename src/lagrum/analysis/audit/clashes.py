"""Rules at odds: a permission and a prohibition of one case, wordings of one place that overlap or leave a day out."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from itertools import combinations

from lagrum.analysis.audit.desk import Desk
from lagrum.analysis.audit.parts import SPEAKING, Taker, name_of
from lagrum.analysis.audit.result import Finding, Level
from lagrum.model.cases import Complete
from lagrum.model.instruments import Instrument
from lagrum.model.norms import Norm, NormKind
from lagrum.reasoning.grounds import Grounds
from lagrum.semantics.logic import FALSE
from lagrum.semantics.reference import Reference
from lagrum.semantics.timeless import DAY

FEW = 3
"""Prohibitions that are named; a permission at odds with more of them is about another matter."""


def overridden(desk: Desk, norms: Sequence[Norm]) -> Iterator[Finding]:
    """Permissions of what is forbidden: a permission lifts nothing, unless it is written as an exception."""
    forbids = Grounds(desk.compiled).forbids
    either, negate = desk.circuit.either, desk.circuit.negate
    for norm in norms:
        if norm.kind is not NormKind.PERMIT:
            continue
        permits = desk.compiled.applies(norm.key)
        against = {key: node for key, node in forbids.items() if desk.can(permits, node)}
        if not against:
            continue
        forbidden = either(*against.values())
        always = not desk.can(permits, negate(forbidden))
        names = [name_of(desk.law.known[key]) for key in list(against)[:FEW]]
        names += [f"{len(against) - FEW} more"] if len(against) > FEW else []
        what = "permits only what is" if always else "permits cases that are"
        sentence = f"{name_of(norm)} {what} forbidden by {', '.join(names)}"
        level = Level.HIGH if always else Level.MEDIUM if len(against) <= FEW else Level.LOW
        citations = (str(norm.citation), *(str(desk.law.known[key].citation) for key in against))

        def shows(reference: Reference, case: Complete, key: str = norm.key) -> bool:
            return reference.applies(key, case) and str(reference.ruling(case)) == "forbidden"

        moment = desk.moment(permits, forbidden, shows=shows)
        by = tuple(against)
        yield Finding(norm.instrument, "overridden", level, norm.key, citations, sentence, (), by, (), moment)


def wordings(desk: Desk, norms: Sequence[Norm]) -> Iterator[Finding]:
    """Wordings of one place that leave a day between them, or that apply to one case with different results."""
    placed: dict[tuple[str, str, str], list[Norm]] = {}
    for norm in norms:
        if norm.kind in SPEAKING or norm.kind is NormKind.PERMIT:
            placed.setdefault((norm.instrument, str(norm.citation), norm.label), []).append(norm)
    for same in placed.values():
        yield from _holes(desk, [norm for norm in same if desk.compiled.active(norm.key) != FALSE])
        for one, other in combinations(same, 2):
            if (one.kind, one.tier) != (other.kind, other.tier):
                yield from _overlap(desk, one, other)


def _overlap(desk: Desk, one: Norm, other: Norm) -> Iterator[Finding]:
    c = desk.compiled
    both = c.applies(one.key), c.applies(other.key)
    if not desk.can(*both):
        return
    sentence = f"two wordings of {name_of(one)} apply to one case, as {_result(one)} and as {_result(other)}"

    def shows(reference: Reference, case: Complete) -> bool:
        return reference.applies(one.key, case) and reference.applies(other.key, case)

    moment = desk.moment(*both, shows=shows)
    cited = (str(one.citation),)
    yield Finding(one.instrument, "date-overlap", Level.HIGH, one.key, cited, sentence, (), (other.key,), (), moment)


def _result(norm: Norm) -> str:
    return {"forbid": "a prohibition", "permit": "a permission", "require": "a duty"}.get(norm.kind, norm.tier)


def _holes(desk: Desk, same: Sequence[Norm]) -> Iterator[Finding]:
    """A day on which one wording has ended and the next has not begun, for a case that both have in mind."""
    c, d = desk.compiled, desk.circuit
    for norm in same:
        following = [n for n in same if n.starts and norm.until and min(s.day for s in n.starts) >= norm.until]
        if norm.until is None or not following:
            continue
        after = min(following, key=lambda n: min(s.day for s in n.starts))
        on = d.test(DAY, [bisect_right(c.days, norm.until)])
        begins = d.either(*(c.condition(start.when, after) for start in after.starts))
        meant = d.both(c.elements(norm.key), c.elements(after.key), c.scope(norm.instrument), begins)
        none = d.negate(d.either(*(c.active(each.key) for each in same)))
        if not desk.can(on, meant, none):
            continue
        sentence = f"from {norm.until} no wording of {name_of(norm)} stands, though another follows"

        def shows(reference: Reference, case: Complete) -> bool:
            return not any(reference.active(each, case) for each in same)

        moment = desk.moment(on, meant, none, shows=shows)
        cited = (str(norm.citation),)
        yield Finding(norm.instrument, "date-hole", Level.HIGH, norm.key, cited, sentence, (), (after.key,), (), moment)


def silent(desk: Desk, taker: Taker, instrument: Instrument) -> Iterator[Finding]:
    """Cases in scope on which no rule speaks, one finding for the instrument; practices of which none ever does."""
    c, d = desk.compiled, desk.circuit
    voices = [norm for norm in instrument.norms if norm.kind in SPEAKING or norm.kind is NormKind.PERMIT]
    if not voices:
        return
    out = [norm for norm in instrument.norms if norm.kind is NormKind.EXCLUDE and norm.from_all]
    inside = d.both(c.force(instrument.id), c.scope(instrument.id), *(d.negate(taker.stands(n)) for n in out))
    spoken = d.either(*(d.both(c.active(norm.key), c.elements(norm.key)) for norm in voices))
    if not desk.can(inside, d.negate(spoken)):
        return

    def shows(reference: Reference, case: Complete) -> bool:
        heard = any(reference.active(norm, case) and reference.elements(norm, case) for norm in voices)
        return reference.in_scope(instrument.id, case) and not heard

    moment = desk.moment(inside, d.negate(spoken), shows=shows)
    never = tuple(_never_spoken(desk, inside, spoken))
    sentence = f"{instrument.id} reaches cases on which none of its rules speaks"
    reasons = (f"no rule ever speaks of these alone: {', '.join(never)}",) if never else ()
    yield Finding(instrument.id, "silent", Level.LOW, "", (), sentence, reasons, (), (), moment)


def _never_spoken(desk: Desk, inside: int, spoken: int) -> Iterator[str]:
    """Practices that can occur in scope without any rule that speaks of them: not alone, nor with others of them."""
    for question in desk.bench.over:
        fact = desk.law.facts[question.fact]
        if fact.practice and question.member is not None:
            has = desk.circuit.test(question, [1])
            others = [q for q in desk.bench.over if q.fact == fact.name and q != question]
            alone = desk.circuit.both(has, *(desk.circuit.test(q, [0]) for q in others))
            if desk.can(inside, alone) and not desk.can(inside, alone, spoken):
                yield fact.answers[question.member].name
