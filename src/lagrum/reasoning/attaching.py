"""The classes a case falls into and the duties that attach to it, now and from days still to come."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.reasoning.assessment import AlsoGoverned, Duty, Tier
from lagrum.reasoning.here import Here
from lagrum.reasoning.standing import Standing
from lagrum.semantics.logic import TRUE

PROHIBITED = "prohibited"  # a tier by this name is not classified into: the prohibitions themselves make it up
WHEN = ("yes", "unknown", "later")
ATTACHING = (NormKind.REQUIRE, NormKind.CLASSIFY)


def attaching(standing: Standing) -> tuple[tuple[Tier, ...], tuple[Duty, ...]]:
    """All tiers, the gravest first, and all duties in the order of the text, with those that only begin later."""
    tiers: list[Tier] = []
    duties: list[Duty] = []
    for at, norm, later in _whenever(standing):
        if not at.can(at.compiled.applies(norm.key)):
            continue
        sure = at.must(at.compiled.applies(norm.key))
        applies = "later" if later else "yes" if sure else "unknown"
        since = at.here.on if later else _since(at, norm)
        if norm.kind is NormKind.REQUIRE:
            duties.append(_duty(at, norm, since, applies, sure))
        else:
            tiers.append(_tier(norm, since, applies, sure))
    return tuple(sorted(tiers, key=lambda tier: _grave(standing.law, tier))), tuple(duties)


def tiers_today(standing: Standing) -> tuple[Tier, ...]:
    """The tiers that `attaching` tells of for the day itself, in a tenth of the time."""
    tiers: list[Tier] = []
    for norm in standing.law.norms.values():
        if norm.kind is not NormKind.CLASSIFY and not _prohibits(standing.law, norm):
            continue
        applies = standing.compiled.applies(norm.key)
        if standing.can(applies):
            sure = standing.must(applies)
            tiers.append(_tier(norm, _since(standing, norm), "yes" if sure else "unknown", sure))
    return tuple(sorted(tiers, key=lambda tier: _grave(standing.law, tier)))


def _tier(norm: Norm, since: date | None, applies: str, sure: bool) -> Tier:
    return Tier(norm.tier or PROHIBITED, norm.instrument, str(norm.citation), norm.label, since, applies, sure)


def _whenever(standing: Standing) -> Iterator[tuple[Standing, Norm, bool]]:
    """Every norm that makes a tier or a duty, on the day itself and on the days when it will begin to bind."""
    here, law = standing.here, standing.law
    coming = [day for day in standing.compiled.days if day > here.on]
    then: dict[date, Standing] = {}
    for norm in law.norms.values():
        if norm.kind not in ATTACHING and not _prohibits(law, norm):
            continue
        yield standing, norm, False
        for day in _waiting(standing, norm, coming):
            if day not in then:
                then[day] = Standing(here.on_day(day))
            yield then[day], norm, True
            if then[day].can(then[day].compiled.applies(norm.key)):
                break


def _waiting(standing: Standing, norm: Norm, coming: list[date]) -> list[date]:
    """The days on which a norm may begin to bind that does not do so surely today.

    What certainly does not bind today may wait for anything: its own beginning, that of a class it hangs on, the end of
    an exclusion. What may bind today already is told of again only where it begins for further cases.
    """
    applies = standing.compiled.applies(norm.key)
    if not standing.can(applies):
        return coming
    return [] if standing.must(applies) else _later(standing.here, norm)


def _prohibits(law: Law, norm: Norm) -> bool:
    return norm.kind is NormKind.FORBID and PROHIBITED in law.instrument_of(norm).tiers


def _later(here: Here, norm: Norm) -> list[date]:
    """The days after this one on which the norm begins for some case."""
    instrument = here.law.instrument_of(norm)
    force = instrument.in_force or instrument.published or date.min
    days = {max(start.day, force) for start in norm.starts} if norm.starts else {force}
    return sorted(day for day in days if day > here.on)


def _since(standing: Standing, norm: Norm) -> date | None:
    """The day from which the norm applies to the case; the earliest that is possible where that is open."""
    compiled = standing.compiled
    days = [
        start.day
        for start in norm.starts
        if start.day <= standing.here.on and (start.when is None or standing.can(compiled.condition(start.when, norm)))
    ]
    return min(days) if days else standing.law.instrument_of(norm).in_force


def _duty(standing: Standing, norm: Norm, since: date | None, applies: str, sure: bool) -> Duty:
    compiled = standing.compiled
    unmet = compiled.unmet(norm.key)
    if norm.met_when is None and not norm.before_use:
        met = "unknown"
    elif not standing.can(unmet):
        met = "yes"
    elif not standing.can(compiled.logic.minus(compiled.applies(norm.key), unmet)):
        met = "no"
    else:
        met = "unknown"
    return Duty(
        norm.instrument,
        str(norm.citation),
        norm.who,
        norm.label,
        since,
        norm.until,
        norm.before_use,
        met,
        applies,
        sure,
    )


def _grave(law: Law, tier: Tier) -> tuple[int, int]:
    """Tiers in the order in which their instrument declares them; those of today before those to come."""
    declared = next(i.tiers for i in law.instruments if i.id == tier.instrument)
    rank = declared.index(tier.tier) if tier.tier in declared else len(declared)
    return rank, WHEN.index(tier.applies)


def also_governed(standing: Standing) -> tuple[AlsoGoverned, ...]:
    """What `without prejudice to` names, wherever it may bear on the case."""
    found: list[AlsoGoverned] = []
    compiled = standing.compiled
    for instrument in standing.law.instruments:
        for other in instrument.elsewhere:
            citation = str(other.citation or "")
            on = standing.here.on
            if (other.since is not None and on < other.since) or (other.until is not None and other.until <= on):
                continue
            if other.when is None:
                found.append(AlsoGoverned(other.text, citation, True))
                continue
            # A condition is read as some norm's; which one matters only to scope norms and exclusions.
            reader = next((n for n in instrument.norms if n.kind in (NormKind.FORBID, *ATTACHING)), None)
            node = compiled.condition(other.when, reader) if reader else TRUE
            if standing.can(node):
                found.append(AlsoGoverned(other.text, citation, reader is not None and standing.must(node)))
    return tuple(found)
