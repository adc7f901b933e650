"""What changes for whom and when: the days on which a stored system gets another ruling, class or duty, and why."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from typing import Any

from lagrum.library import Library
from lagrum.model.cases import Case
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.law import Law
from lagrum.model.norms import BESIDE, Norm
from lagrum.model.rulings import Ruling
from lagrum.reasoning.timeline import Attached, Stretch, attached_to_dict, timeline
from lagrum.register.assessing import case_and_law
from lagrum.register.canonical import digest, stamp
from lagrum.register.store import Store
from lagrum.register.systems import System

Alone = Callable[[], AbstractContextManager[object]]
"""Keeps other threads off the laws."""
KEPT = 256
_kept: OrderedDict[tuple[int, str], tuple[Law, tuple[Stretch, ...]]] = OrderedDict()
_keeping = threading.Lock()


@dataclass(frozen=True)
class Because:
    """A reason for a change: the place in the law whose day it is, and the place in the amending act that put it there
    or moved its day; `act` is empty where no act has amended it, `citation` where the whole instrument enters into
    force."""

    instrument: str
    citation: str
    label: str
    act: str

    def __str__(self) -> str:
        return f"{self.instrument} {self.citation or self.label}" + (f", as amended by {self.act}" if self.act else "")


@dataclass(frozen=True)
class Side:
    """What a law makes of a system before or after a day: the rulings possible, and the prohibitions, classes and
    duties that apply to it."""

    possible: tuple[Ruling, ...]
    attached: tuple[Attached, ...]

    @property
    def ruling(self) -> Ruling:
        return self.possible[0] if len(self.possible) == 1 else Ruling.UNDETERMINED

    @property
    def tiers(self) -> tuple[str, ...]:
        """The classes it falls into for certain."""
        return tuple(dict.fromkeys(each.tier for each in self.attached if each.tier and each.sure))


@dataclass(frozen=True)
class Ahead:
    """A day on which a law makes something else of a system. `uid` names this change in calendars, for ever."""

    system: int
    name: str
    owner: str
    role: str
    law: str
    day: date
    before: Side
    after: Side
    begins: tuple[Attached, ...]
    ends: tuple[Attached, ...]
    because: tuple[Because, ...]
    uid: str

    def to_dict(self) -> dict[str, Any]:
        """The change as JSON."""
        return {
            "system": self.system,
            "name": self.name,
            "owner": self.owner,
            "role": self.role,
            "law": self.law,
            "day": self.day.isoformat(),
            "before": _side(self.before),
            "after": _side(self.after),
            "begins": [attached_to_dict(each) for each in self.begins],
            "ends": [attached_to_dict(each) for each in self.ends],
            "because": [
                {"instrument": b.instrument, "citation": b.citation, "label": b.label, "act": b.act}
                for b in self.because
            ],
        }


@dataclass(frozen=True)
class Unread:
    """A system of which nothing can be said: its case cannot be read, or its law is not there."""

    system: int
    name: str
    law: str
    diagnostics: tuple[Diagnostic, ...]


@dataclass(frozen=True)
class Outlook:
    """The changes in a stretch of days, by day and system, and the systems that could not be looked at."""

    since: date
    until: date
    changes: tuple[Ahead, ...]
    unread: tuple[Unread, ...]

    def __iter__(self) -> Iterator[Ahead]:
        return iter(self.changes)

    def __len__(self) -> int:
        return len(self.changes)


def changes_ahead(
    source: Store | Iterable[System],
    library: Library,
    since: date,
    until: date,
    *,
    alone: Alone = nullcontext,
) -> Outlook:
    """What changes for the systems from the day `since` to the day `until`, both included, by the newest text of the
    laws each is judged by. Of a store, the systems that were not retired.

    Only days that the law itself names are looked at. A system that cannot be looked at hides no other. Whoever has
    several threads hands in `alone`, which keeps the others off a law while a system is looked at.
    """
    found: list[Ahead] = []
    unread: list[Unread] = []
    for system in source.systems.every() if isinstance(source, Store) else source:
        for law_id in system.laws:
            try:
                found += _of(system, law_id, library, since, until, alone)
            except InvalidInput as error:
                unread.append(Unread(system.id, system.name, law_id, tuple(error.diagnostics)))
    found.sort(key=lambda each: (each.day, each.system, each.law))
    return Outlook(since, until, tuple(found), tuple(unread))


def _of(system: System, law_id: str, library: Library, since: date, until: date, alone: Alone) -> Iterator[Ahead]:
    case, law = case_and_law(system, law_id, library)
    for before, after in pairwise(_stretches(law, case, system.case_text, alone)):
        if after.since is not None and since <= after.since <= until:
            yield _ahead(system, law, before, after, after.since)


def _stretches(law: Law, case: Case, text: str, alone: Alone) -> tuple[Stretch, ...]:
    """What the law makes of the case over time; the last few are kept, since a register is looked at often."""
    # What is kept holds the law, so that no other can get its number.
    with _keeping:
        kept = _kept.pop((id(law), text), None)
    if kept is None:
        with alone():
            kept = law, timeline(law, case).stretches
    with _keeping:
        _kept[id(law), text] = kept
        while len(_kept) > KEPT:
            _kept.popitem(last=False)
    return kept[1]


def _ahead(system: System, law: Law, before: Stretch, after: Stretch, day: date) -> Ahead:
    return Ahead(
        system=system.id,
        name=system.name,
        owner=system.owner,
        role=system.role,
        law=law.id,
        day=day,
        before=Side(before.possible, before.attached),
        after=Side(after.possible, after.attached),
        begins=after.begins,
        ends=after.ends,
        because=tuple(dict.fromkeys(_because(law, after, day))),
        uid=digest(f"{system.id} {stamp(system.created)} {law.id} {day}")[:32] + "@lagrum",
    )


def _because(law: Law, after: Stretch, day: date) -> Iterator[Because]:
    """For each rule that begins or ends for the system: itself, if the day is its own, else what lifts it or takes it
    out from that day. Where there is nothing of the kind, whatever the law changes on the day."""
    moved = {(a.instrument, a.citation, a.label, a.kind) for a in (*after.begins, *after.ends)}
    today = {n.key: n for n in law.known.values() if n.kind not in BESIDE and _turns(law, n, day)}
    found: list[Norm] = []
    for norm in law.known.values():
        if (norm.instrument, str(norm.citation), norm.label, norm.kind.value) in moved:
            found += [norm] if norm.key in today else [n for n in today.values() if norm.key in n.targets]
    entering = [i.id for i in law.instruments if i.in_force == day]
    if entering and not found:
        yield from (Because(each, "", "enters into force", "") for each in entering)
        return
    for norm in found or today.values():
        acts: Sequence[str] = [norm.ended_by] if norm.until == day else norm.by
        for act in [act for act in acts if act] or [""]:
            yield Because(norm.instrument, str(norm.citation), norm.label, act)


def _turns(law: Law, norm: Norm, day: date) -> bool:
    """Whether the rule begins or ends on the day by its own words."""
    entering = not norm.starts and law.instrument_of(norm).in_force == day
    return entering or norm.until == day or any(start.day == day for start in norm.starts)


def _side(side: Side) -> dict[str, Any]:
    return {
        "ruling": side.ruling.value,
        "possible": [ruling.value for ruling in side.possible],
        "tiers": list(side.tiers),
        "attached": [attached_to_dict(each) for each in side.attached],
    }
