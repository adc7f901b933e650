"""Decisions about systems, and reviews of them, in the words of whoever made them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from lagrum.register import limits
from lagrum.register.canonical import stamp
from lagrum.register.database import Database
from lagrum.register.errors import NotFound, StoreError
from lagrum.register.history import History
from lagrum.register.systems import Systems
from lagrum.register.tables import DecisionRow, SystemRow


class DecisionKind(StrEnum):
    """A decision about a system, or a review of it."""

    DECISION = "decision"
    REVIEW = "review"


@dataclass(frozen=True)
class Decision:
    """What was decided, or found in a review, by whom and on which day; `when` is when it was written down."""

    id: int
    system: int
    kind: DecisionKind
    text: str
    by: str
    on: date
    next_review: date | None
    when: datetime


class Decisions:
    """The decisions and reviews of a store. None is ever changed: a later one takes its place."""

    def __init__(self, database: Database, history: History, systems: Systems) -> None:
        self._database = database
        self._history = history
        self._systems = systems
        history.compares("decision", _stored)

    def add(
        self, system_id: int, kind: DecisionKind | str, text: str, *, by: str, on: date, next_review: date | None = None
    ) -> Decision:
        """Write one down. `next_review` also becomes the day on which the system's review is due."""
        if kind not in list(DecisionKind):
            raise StoreError("kind", f"this must be one of {', '.join(DecisionKind)}")
        if not limits.text("text", text).strip():
            raise StoreError("text", "this cannot be empty")
        if next_review is not None and next_review <= on:
            raise StoreError("next review", "the next review must come after this one")
        row = DecisionRow(
            kind=DecisionKind(kind).value,
            text=text,
            by=limits.line("by", by),
            on=on,
            next_review=next_review,
            when=self._database.clock(),
        )
        with self._database.writing(chained=True) as session:
            system = session.get(SystemRow, limits.number(system_id), with_for_update=True)
            if system is None:
                raise NotFound("system", "there is no system with that number")
            row.system = system.id
            session.add(row)
            session.flush()
            what = "review recorded" if row.kind == DecisionKind.REVIEW else "decision recorded"
            self._history.append(session, by, what, f"system/{system.id}", "decision", _state(row))
            if next_review not in (None, system.review_due):
                self._systems.due(session, system, by, next_review)
            return _decision(row)

    def of(self, system_id: int, limit: int = 100) -> list[Decision]:
        """The decisions and reviews of a system, newest first."""
        chosen = select(DecisionRow).where(DecisionRow.system == limits.number(system_id))
        with self._database.reading() as session:
            rows = session.scalars(chosen.order_by(DecisionRow.id.desc()).limit(limits.page(limit))).all()
        return [_decision(row) for row in rows]


def _decision(row: DecisionRow) -> Decision:
    return Decision(
        id=row.id,
        system=row.system,
        kind=DecisionKind(row.kind),
        text=row.text,
        by=row.by,
        on=row.on,
        next_review=row.next_review,
        when=row.when,
    )


def _state(row: DecisionRow) -> dict[str, Any]:
    names = ("id", "system", "kind", "text", "by")
    later = row.next_review.isoformat() if row.next_review else None
    days = {"on": row.on.isoformat(), "next_review": later, "when": stamp(row.when)}
    return {name: getattr(row, name) for name in names} | days


def _stored(session: Session) -> Iterator[dict[str, Any]]:
    yield from map(_state, session.scalars(select(DecisionRow).order_by(DecisionRow.id)))
