"""What a loophole rests on: whose word, and whose judgement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lagrum.analysis.loopholes.boxes import Hole
from lagrum.analysis.loopholes.openers import tests_of
from lagrum.model.facts import Fact, Party
from lagrum.model.law import Law

WEAKEST_FIRST = (Party.OPERATOR, Party.ANYONE, Party.NOBODY, Party.LEGISLATOR, Party.AUTHORITY, Party.COURT)
"""An exception that rests on the operator's own word alone is the most telling; a court's word is the strongest."""


def facts_rested_on(law: Law, hole: Hole, facts: Mapping[str, Fact]) -> tuple[Fact, ...]:
    """The facts a loophole demands and its openers' own conditions ask for, in the order in which they stand."""
    demanded = {question.fact for question in hole.box}
    tests = (t for o in hole.region.openings for condition in o.conditions for t in tests_of(law, condition))
    names = dict.fromkeys(getattr(test, "fact", None) for test in tests)
    return tuple(facts[name] for name in names if name is not None and name in demanded)


def weakest_voucher(rests_on: Iterable[Fact]) -> Party | None:
    """The weakest of those who vouch for the facts; None where nobody has to."""
    vouchers = {fact.vouched_by for fact in rests_on}
    return next((party for party in WEAKEST_FIRST if party in vouchers), None)
