"""The audit of one law: every kind of finding, the most telling first."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from lagrum.analysis.audit.clashes import overridden, silent, wordings
from lagrum.analysis.audit.covered import Covered
from lagrum.analysis.audit.desk import Desk
from lagrum.analysis.audit.leftovers import duties, stale, unused
from lagrum.analysis.audit.never import Never
from lagrum.analysis.audit.parts import Taker
from lagrum.analysis.audit.result import Audit, Finding
from lagrum.analysis.nothing import nothing_possible
from lagrum.model.cases import Box
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.instruments import Instrument
from lagrum.model.law import Law


def audit(
    law: Law,
    on: date | None = None,
    given: Box | None = None,
    fixed: Iterable[str] = (),
    *,
    beside: Sequence[Instrument] = (),
    today: date | None = None,
) -> Audit:
    """Everything found in a law, over all possible cases, on all days and in all readings.

    `on` looks at one day only, `given` fixes facts, `fixed` names readings (`instrument:name`) of which only the chosen
    value counts. `beside` are other texts that may use this one's terms. `today` is the day that witnesses are taken
    from where that can be. Raises `InvalidInput` where nothing is possible with what is given.
    """
    desk = Desk(law, on, given or {}, fixed, today)
    if not desk.anything:
        raise InvalidInput([nothing_possible([law], given or {})])
    findings = sorted(_findings(desk, [*law.instruments, *law.attached, *beside]), key=lambda found: found.rank)
    return Audit((law.id,), tuple(findings))


def _findings(desk: Desk, texts: Sequence[Instrument]) -> Iterator[Finding]:
    law, taker = desk.law, Taker(desk.compiled)
    # What an act took out before it began is meant never to apply.
    norms = [norm for norm in law.norms.values() if not norm.ended_by or desk.ever(norm)]
    never = Never(desk, taker, norms)
    yield from never.find()
    yield from Covered(desk, taker, norms, never.dead).find()
    yield from overridden(desk, norms)
    yield from wordings(desk, norms)
    yield from duties(desk, taker, norms, never.dead)
    yield from unused(norms, texts)
    for instrument in law.instruments:
        yield from stale(law, instrument)
        yield from silent(desk, taker, instrument)
