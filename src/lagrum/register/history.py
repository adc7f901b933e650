"""The history: every change of the register and its accounts, appended in the transaction that makes the change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lagrum.register import limits
from lagrum.register.canonical import canonical, stamp
from lagrum.register.chain import Checker, Entry, Verified, following
from lagrum.register.database import Database
from lagrum.register.tables import HistoryRow

AtOdds = Callable[[Session], Iterator[str]]
"""Names what is stored otherwise than the history has it."""


class History:
    """The history of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._compare: list[AtOdds] = []

    def append(self, session: Session, who: str, what: str, subject: str, payload: Mapping[str, Any]) -> Entry:
        """Append an entry in the transaction of the session, which must be a chained one."""
        by = limits.line("by", who)
        last = session.scalars(select(HistoryRow).order_by(HistoryRow.seq.desc()).limit(1)).one_or_none()
        before = _entry(last) if last else None
        written = json.loads(canonical(payload))  # as it reads back: lists for tuples
        entry = following(before, stamp(self._database.clock()), by, what, subject, written)
        session.add(HistoryRow(**entry.to_dict() | {"payload": canonical(entry.payload)}))
        session.flush()
        return entry

    def of(self, subject: str, after: int = 0, limit: int = limits.PAGE) -> list[Entry]:
        """The entries about one subject (`system/3`, `account/anna`), oldest first."""
        return self._entries(HistoryRow.subject == subject, after, limit)

    def page(self, after: int = 0, limit: int = 100) -> list[Entry]:
        """The entries after that number, oldest first."""
        return self._entries(HistoryRow.seq > 0, after, limit)

    def count(self) -> int:
        """How many entries there are."""
        with self._database.reading() as session:
            return session.scalars(select(func.max(HistoryRow.seq))).one() or 0

    def verify(self) -> Verified:
        """Check every entry, and that what is stored is what the history says."""
        checker = Checker()
        with self._database.reading() as session:
            for row in session.scalars(select(HistoryRow).order_by(HistoryRow.seq).execution_options(yield_per=200)):
                checker.check(_entry(row))
                session.expunge(row)
            return checker.verified(name for compare in self._compare for name in compare(session))

    def export(self, stream: IO[bytes]) -> int:
        """Write the entries as JSON lines, which `lagrum register verify FILE` can check; how many these are."""
        written = 0
        with self._database.reading() as session:
            for row in session.scalars(select(HistoryRow).order_by(HistoryRow.seq).execution_options(yield_per=200)):
                whole = {name: getattr(row, name) for name in ("seq", "when", "who", "what", "subject")}
                whole |= {"payload": _payload(row), "previous": row.previous, "hash": row.hash}
                stream.write(canonical(whole).encode() + b"\n")
                session.expunge(row)
                written += 1
        return written

    def compared_by(self, compare: AtOdds) -> None:
        """Let `verify` also compare what somebody else stores."""
        self._compare.append(compare)

    def _entries(self, which: Any, after: int, limit: int) -> list[Entry]:
        chosen = select(HistoryRow).where(which, HistoryRow.seq > after).order_by(HistoryRow.seq)
        with self._database.reading() as session:
            rows = session.scalars(chosen.limit(limits.page(limit))).all()
            return [_shown(row) for row in rows]


def last_states(session: Session, kind: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """For each subject of a kind (`system/`) the payload of its last entry that holds a `state`."""
    found: dict[str, Mapping[str, Any]] = {}
    chosen = select(HistoryRow.subject, HistoryRow.payload).where(HistoryRow.subject.startswith(kind, autoescape=True))
    for subject, text in session.execute(chosen.order_by(HistoryRow.seq).execution_options(yield_per=200)):
        payload = _parsed(text)
        if isinstance(payload, dict) and "state" in payload:
            found[subject] = payload["state"]
    yield from found.items()


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _payload(row: HistoryRow) -> Any:
    """The payload as JSON; where somebody has made it none, its text, which no check will take."""
    found = _parsed(row.payload)
    return found if isinstance(found, dict) else row.payload


def _entry(row: HistoryRow) -> Entry | None:
    """The entry of a row, None where its payload is not spelt as we spell it."""
    payload = _parsed(row.payload)
    if not isinstance(payload, dict) or canonical(payload) != row.payload:
        return None
    return Entry(row.seq, row.when, row.who, row.what, row.subject, payload, row.previous, row.hash)


def _shown(row: HistoryRow) -> Entry:
    payload = _payload(row)
    told = payload if isinstance(payload, dict) else {"unreadable": payload}
    return Entry(row.seq, row.when, row.who, row.what, row.subject, told, row.previous, row.hash)
