"""The systems of a register as a list: each with its ruling, what is open, what comes next."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from lagrum.model.diagnostics import InvalidInput
from lagrum.register import Ahead, Assessed, Filters, Status, System
from lagrum.register.canonical import digest
from lagrum.service.tending import Made
from lagrum.web.view import View

PAGE = 50
MOST = 400  # systems that the database is asked about at once
RULINGS = ("undetermined", "forbidden", "excepted", "regulated", "unregulated", "outside")
NEVER = "not assessed"
ALL = "all"


@dataclass(frozen=True, slots=True)
class Judged:
    """What a law made of a system when it was last assessed; `assessed` is None where that never was. `stale` is
    `law` or `facts`, whichever has changed since; empty where neither has."""

    law: str
    assessed: Assessed | None
    made: Made
    stale: str

    @property
    def possible(self) -> tuple[str, ...]:
        """The rulings that were possible."""
        return self.made.possible or ((self.assessed.ruling.value,) if self.assessed else ())

    @property
    def ruling(self) -> str:
        """The ruling, or that there is none."""
        return self.assessed.ruling.value if self.assessed else NEVER


@dataclass(frozen=True, slots=True)
class Row:
    """One system of the list."""

    system: System
    judged: tuple[Judged, ...]
    due: bool

    @property
    def open(self) -> int:
        """How many facts are missing that could still matter."""
        return len({fact for each in self.judged for fact, _ in each.made.missing})

    @property
    def holders(self) -> list[tuple[str, int]]:
        """Who could answer how many of them: the operator, a court, an authority, others."""
        by_fact = {
            fact: holder if holder in HOLDERS else "" for each in self.judged for fact, holder in each.made.missing
        }
        return Counter(by_fact.values()).most_common()

    @property
    def rank(self) -> tuple[int, int]:
        """Where it stands: what is undetermined or was never assessed comes first, then in the order of rulings."""
        order = [RULINGS.index(each.ruling) if each.assessed else 0 for each in self.judged]
        return min(order, default=0), self.system.id


HOLDERS = ("operator", "court", "authority")


@dataclass(frozen=True)
class Wanted:
    """Which systems the address asks for."""

    words: str
    owner: str
    status: str
    ruling: str

    @property
    def filters(self) -> Filters:
        status = {ALL: None, Status.RETIRED.value: Status.RETIRED}.get(self.status, Status.ACTIVE)
        return Filters(words=self.words, owner=self.owner, status=status)

    @property
    def any(self) -> bool:
        """Whether something is left out that would otherwise be there."""
        return bool(self.words or self.owner or self.ruling or self.status == Status.RETIRED.value)


def wanted(view: View) -> Wanted:
    """The filters of the address."""
    told = {name: view.query.get(name, "").strip()[:300] for name in ("words", "owner", "status", "ruling")}
    return Wanted(**told)


def every(view: View, filters: Filters) -> list[System]:
    """All systems that a filter lets through."""
    found: list[System] = []
    while page := view.store.systems.list(filters, found[-1].id if found else 0, 500):
        found += page
    return found


def rows(view: View, systems: Sequence[System]) -> list[Row]:
    """The systems with what was made of them, those that are open first."""
    latest = _latest(view, systems)
    hashes = current(view, {law for system in systems for law in system.laws})
    today = date.today()
    found = [
        Row(
            each,
            judged(view, each, latest.get(each.id, {}), hashes),
            bool(each.review_due and each.review_due <= today),
        )
        for each in systems
    ]
    return sorted(found, key=lambda row: row.rank)


def chosen(found: Iterable[Row], ruling: str) -> list[Row]:
    """The rows with that ruling under any of their laws; all where none is asked for."""
    return [row for row in found if not ruling or any(each.ruling == ruling for each in row.judged)]


def current(view: View, laws: Iterable[str]) -> dict[str, str]:
    """The hash of the text of each law as it is known today; a law that is not there has none."""
    found: dict[str, str] = {}
    for law in laws:
        try:
            found[law] = view.desk.law(law, date.today()).hash
        except InvalidInput:
            continue
    return found


def judged(view: View, system: System, made: Mapping[str, Assessed], hashes: Mapping[str, str]) -> tuple[Judged, ...]:
    """What each law of a system made of it when it was last assessed."""
    found: list[Judged] = []
    for law in system.laws:
        last = made.get(law)
        if last is None:
            found.append(Judged(law, None, Made((), ()), ""))
            continue
        facts = last.case_hash != digest(system.case_text)
        text = law in hashes and last.hashes[law] != hashes[law]
        found.append(Judged(law, last, view.tending.said(last), "law" if text else "facts" if facts else ""))
    return tuple(found)


def next_changes(ahead: Iterable[Ahead]) -> dict[int, Ahead]:
    """The next change of each system."""
    found: dict[int, Ahead] = {}
    for each in ahead:
        found.setdefault(each.system, each)
    return found


def _latest(view: View, systems: Sequence[System]) -> dict[int, dict[str, Assessed]]:
    found: dict[int, dict[str, Assessed]] = {}
    for at in range(0, len(systems), MOST):
        found |= view.store.assessments.latest([each.id for each in systems[at : at + MOST]])
    return found
