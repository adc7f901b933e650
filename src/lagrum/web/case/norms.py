"""Every rule of a law as it stands to a case: found by words, kind, status and role."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

from lagrum.model.norms import Norm, NormKind
from lagrum.model.rulings import Status
from lagrum.reasoning.assessment import Assessment, Duty, NormStatus
from lagrum.web.case.sentence import N_
from lagrum.web.case.sitting import Sitting
from lagrum.web.view import View

PAGE = 60
REASONS = 3  # that are told of what decides one rule
KINDS = {
    NormKind.FORBID: N_("prohibition"),
    NormKind.EXCEPT: N_("exception"),
    NormKind.REQUIRE: N_("duty"),
    NormKind.CLASSIFY: N_("class"),
    NormKind.SCOPE: N_("scope"),
    NormKind.EXCLUDE: N_("exclusion"),
    NormKind.PERMIT: N_("permission"),
    NormKind.DEFINE: N_("definition"),
    NormKind.PRESUME: N_("presumption"),
    NormKind.PENALTY: N_("penalty"),
}
STATUSES = {
    Status.APPLIES: N_("applies"),
    Status.DEFEATED: N_("lifted by an exception"),
    Status.EXCLUDED: N_("taken out"),
    Status.DEPENDS: N_("open"),
    Status.DOES_NOT_APPLY: N_("does not apply"),
}
HEADS = ("instrument", "citation", "rule", "kind", "status", "decided by", "who", "from")


@dataclass(frozen=True, slots=True)
class Row:
    """A rule and how it stands; a duty also by when it begins."""

    norm: Norm
    status: NormStatus
    duty: Duty | None


@dataclass(frozen=True)
class Norms:
    """The rules that the filters let through."""

    sitting: Sitting
    assessment: Assessment
    kind: str
    status: str
    role: str
    find: str
    start: int

    @cached_property
    def chosen(self) -> list[Row]:
        """All of them, in the order of the text."""
        return [row for row in self._all() if self._fits(row)]

    def _all(self) -> Iterator[Row]:
        duties = {(d.instrument, d.citation, d.what): d for d in self.assessment.duties}
        for norm, status in zip(self.assessment.law.norms.values(), self.assessment.norms, strict=True):
            yield Row(norm, status, duties.get((norm.instrument, str(norm.citation), norm.label)))

    def _fits(self, row: Row) -> bool:
        words = self.find.casefold().split()
        text = f"{row.status.citation} {row.status.label}".casefold()
        if not all(word in text for word in words):
            return False
        if self.role and (self.role not in (row.norm.who or ("-",)) or row.duty is None):
            return False
        return self.kind in ("", row.norm.kind) and self.status in ("", row.status.status)

    @property
    def rows(self) -> list[Row]:
        """One page of them."""
        return self.chosen[self.start : self.start + PAGE]

    @property
    def more(self) -> int | None:
        """Where the next page starts; None where there is none."""
        return self.start + PAGE if self.start + PAGE < len(self.chosen) else None

    def why(self, row: Row) -> tuple[list[str], int]:
        """What decides how a rule stands, and how many things more than are told."""
        decided = row.status.decided_by
        told = [self.sitting.told.question(each) for each in decided[:REASONS]]
        return told, max(len(decided) - REASONS, 0)

    def table(self) -> Iterator[tuple[object, ...]]:
        """The rows for a file."""
        for row in self.chosen:
            since = row.duty.since if row.duty else None
            status = row.status
            decided = "; ".join(status.decided_by)
            first = (status.instrument, status.citation, status.label, status.kind, status.status.value, decided)
            yield (*first, ", ".join(row.norm.who), since.isoformat() if since else "")


def norms(view: View, sitting: Sitting, assessment: Assessment) -> Norms:
    """The rules that the address asks for."""
    asked = {name: view.query.get(name, "").strip()[:100] for name in ("kind", "status", "role", "find", "start")}
    start = asked.pop("start")
    return Norms(sitting, assessment, **asked, start=int(start) if start.isdecimal() and len(start) < 6 else 0)
