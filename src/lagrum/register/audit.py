"""The audit: who saw what, who changed what, who tried to. Written once, never changed."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select

from lagrum.register import limits
from lagrum.register.database import Database
from lagrum.register.tables import AuditRow


@dataclass(frozen=True)
class Seen:
    """One line of the audit."""

    seq: int
    when: datetime
    who: str
    what: str
    subject: str
    detail: str


class Audit:
    """The audit of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def record(self, who: str, what: str, subject: str, detail: str = "") -> None:
        """Write down that somebody did something. `who` may be empty: nobody was signed in."""
        row = AuditRow(
            when=self._database.clock(),
            who=limits.line("who", who, needed=False),
            what=limits.line("what", what),
            subject=limits.line("subject", subject, needed=False),
            detail=limits.text("detail", detail),
        )
        with self._database.writing() as session:
            session.add(row)

    def page(self, after: int | None = None, limit: int = 100) -> list[Seen]:
        """Lines, newest first: those written before the line with number `after`."""
        chosen = select(AuditRow).order_by(AuditRow.seq.desc()).limit(limits.page(limit))
        if after is not None:
            chosen = chosen.where(AuditRow.seq < limits.number(after))
        with self._database.reading() as session:
            rows = session.scalars(chosen).all()
        return [Seen(row.seq, row.when, row.who, row.what, row.subject, row.detail) for row in rows]
