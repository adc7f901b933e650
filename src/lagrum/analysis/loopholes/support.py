"""What a loophole rests on: whose word, and whose judgement."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from lagrum.analysis.loopholes.openers import tests_of
from lagrum.model.conditions import Condition
from lagrum.model.facts import Fact, Party
from lagrum.model.law import Law

WEAKEST_FIRST = (Party.OPERATOR, Party.ANYONE, Party.NOBODY, Party.LEGISLATOR, Party.AUTHORITY, Party.COURT)
"""An exception that rests on the operator's own word alone is the most telling; a court's word is the strongest."""


def facts_in(law: Law, conditions: Iterable[Condition], facts: Mapping[str, Fact]) -> tuple[Fact, ...]:
    """The facts that conditions come down to, each once, in the order in which they are read."""
    names = (getattr(single, "fact", None) for condition in conditions for single in tests_of(law, condition))
    return tuple(facts[name] for name in dict.fromkeys(names) if name is not None)


def weakest_voucher(law: Law, conditions: Iterable[Condition], facts: Mapping[str, Fact]) -> Party | None:
    """The weakest of those who vouch for the facts; None where nobody has to."""
    vouchers = {fact.vouched_by for fact in facts_in(law, conditions, facts)}
    return next((party for party in WEAKEST_FIRST if party in vouchers), None)


def judgements_in(law: Law, conditions: Iterable[Condition], facts: Mapping[str, Fact]) -> tuple[str, ...]:
    """The names of the facts among them that somebody must weigh."""
    return tuple(fact.name for fact in facts_in(law, conditions, facts) if fact.judgement)
