"""A case over time: the stretches of days on which a law makes the same of it, and what begins and ends between them.

Only the law's own days are looked at: between two of them nothing can change.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from lagrum.model.cases import Case
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.model.rulings import Ruling, Status
from lagrum.reasoning.attaching import PROHIBITED
from lagrum.reasoning.bench import bench_of, ruling_of
from lagrum.reasoning.condition import know
from lagrum.reasoning.standing import Standing
from lagrum.reasoning.words import said

ATTACHING = (NormKind.FORBID, NormKind.REQUIRE, NormKind.CLASSIFY)


@dataclass(frozen=True, slots=True)
class Attached:
    """A prohibition, class or duty that applies to the case; `sure` where it does to every possible case. `tier` is
    the class, `prohibited` for a prohibition of a law with that class; empty for duties."""

    instrument: str
    citation: str
    label: str
    kind: str
    tier: str
    who: tuple[str, ...]
    sure: bool

    def __str__(self) -> str:
        words = f"{self.tier}, {self.citation}" if self.tier else self.citation
        return words if self.sure else f"{words} (perhaps)"


@dataclass(frozen=True, slots=True)
class Stretch:
    """Days on which the law makes the same of the case: from `since` (None: always) to before `until` (None: for ever).

    `begins` and `ends` say what differs from the stretch before.
    """

    since: date | None
    until: date | None
    possible: tuple[Ruling, ...]
    attached: tuple[Attached, ...]
    begins: tuple[Attached, ...]
    ends: tuple[Attached, ...]

    @property
    def ruling(self) -> Ruling:
        return ruling_of(self.possible)

    def holds(self, day: date) -> bool:
        """Whether the day lies in it."""
        return (self.since is None or self.since <= day) and (self.until is None or day < self.until)


@dataclass(frozen=True)
class Timeline:
    """What one law makes of one case on every day."""

    law: Law
    case: Case
    stretches: tuple[Stretch, ...]
    assumed: tuple[str, ...]
    envelope: Mapping[str, Any] = field(default_factory=dict)

    def __iter__(self) -> Iterator[Stretch]:
        return iter(self.stretches)

    def __len__(self) -> int:
        return len(self.stretches)

    def __repr__(self) -> str:
        rulings = ", ".join(f"{s.ruling} from {s.since}" if s.since else str(s.ruling) for s in self.stretches)
        return f"Timeline({self.law.id}: {rulings})"

    def to_dict(self) -> dict[str, Any]:
        """The JSON object of `lagrum timeline --format json`, described by `schemas/timeline.json`."""
        return {
            **self.envelope,
            "case": self.case.name,
            "law": self.law.id,
            "assumed": list(self.assumed),
            "stretches": [_stretch(stretch) for stretch in self.stretches],
        }


def timeline(law: Law, case: Case) -> Timeline:
    """What the law makes of the case from its first day to its last, in stretches of days that do not differ.

    Facts that the case leaves out are unknown. Raises `InvalidInput` where the case says what cannot be.
    """
    bench = bench_of(law)
    days = bench.compiled.days
    # The first day stands for all days before it: one on which the law does not speak yet.
    sample = [days[0] - timedelta(days=1) if days and days[0] > date.min else date.min, *days]
    known = know(bench, sample[-1], case)
    found: list[Stretch] = []
    for i, day in enumerate(sample):
        since, until = (day if i else None), (sample[i + 1] if i + 1 < len(sample) else None)
        here = bench.here(day, known.box)
        possible, attached = here.possible_rulings(), tuple(_attached(law, Standing(here)))
        last = found[-1] if found else None
        if last is not None and (last.possible, last.attached) == (possible, attached):
            found[-1] = Stretch(last.since, until, possible, attached, last.begins, last.ends)
            continue
        before = last.attached if last is not None else ()
        begins = tuple(each for each in attached if each not in before)
        ends = tuple(each for each in before if each not in attached)
        found.append(Stretch(since, until, possible, attached, begins, ends))
    assumed = tuple(said(law.facts[q.fact], q, answers) for q, answers in known.assumed.items())
    return Timeline(law, case, tuple(found), assumed)


def _attached(law: Law, standing: Standing) -> Iterator[Attached]:
    for norm in law.norms.values():
        if norm.kind in ATTACHING:
            status = standing.status(norm.key)
            if status in (Status.APPLIES, Status.DEPENDS) and (
                status is Status.APPLIES or standing.can(standing.compiled.applies(norm.key))
            ):
                sure = status is Status.APPLIES
                yield Attached(
                    norm.instrument,
                    str(norm.citation),
                    norm.label,
                    norm.kind.value,
                    _tier(law, norm),
                    norm.who,
                    sure,
                )


def _tier(law: Law, norm: Norm) -> str:
    if norm.kind is NormKind.FORBID:
        return PROHIBITED if PROHIBITED in law.instrument_of(norm).tiers else ""
    return norm.tier


def _stretch(stretch: Stretch) -> dict[str, Any]:
    return {
        "from": stretch.since.isoformat() if stretch.since else None,
        "until": stretch.until.isoformat() if stretch.until else None,
        "ruling": stretch.ruling.value,
        "possible": [ruling.value for ruling in stretch.possible],
        "attached": [attached_to_dict(each) for each in stretch.attached],
        "begins": [attached_to_dict(each) for each in stretch.begins],
        "ends": [attached_to_dict(each) for each in stretch.ends],
    }


def attached_to_dict(each: Attached) -> dict[str, Any]:
    """A class or duty as every answer over time tells it."""
    return {
        "instrument": each.instrument,
        "citation": each.citation,
        "label": each.label,
        "kind": each.kind,
        "tier": each.tier,
        "who": list(each.who),
        "sure": each.sure,
    }
