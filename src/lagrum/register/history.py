"""The history: every change of the register and its accounts, appended in the transaction that makes the change."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping
from typing import IO, Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from lagrum.register import limits
from lagrum.register.canonical import canonical, digest, stamp
from lagrum.register.chain import Checker, Entry, Verified, following
from lagrum.register.database import Database
from lagrum.register.errors import StoreError
from lagrum.register.tables import HistoryRow

Stored = Callable[[Session], Iterator[Mapping[str, Any]]]
"""Gives the records of one kind as they are stored now, each with its `id`, as the history would write them."""


class History:
    """The history of a store."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._stored: dict[str, Stored] = {}

    def append(
        self,
        session: Session,
        who: str,
        what: str,
        subject: str,
        kind: str,
        record: Mapping[str, Any],
        reason: str = "",
    ) -> Entry:
        """Append an entry in the transaction of the session, which must be a chained one: the record of that kind as it
        is now."""
        by = limits.line("by", who)
        payload = {kind: record} | ({"reason": reason} if reason else {})
        last = session.scalars(select(HistoryRow).order_by(HistoryRow.seq.desc()).limit(1)).one_or_none()
        if last is not None and (before := _entry(last)) is None:
            raise StoreError("history", f"entry {last.seq} is not as it was written; nothing is added to it")
        entry = following(before if last else None, stamp(self._database.clock()), by, what, subject, payload)
        session.add(HistoryRow(**entry.to_dict() | {"payload": canonical(payload)}))
        session.flush()
        return entry

    def of(self, subject: str, after: int = 0, limit: int = limits.PAGE) -> list[Entry]:
        """The entries about one subject (`system/3`, `account/anna`), oldest first."""
        return self._entries(HistoryRow.subject == limits.findable(subject), after, limit)

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
        said: dict[str, str] = {}
        with self._database.reading() as session:
            for row in session.scalars(select(HistoryRow).order_by(HistoryRow.seq).execution_options(yield_per=200)):
                entry = _entry(row)
                checker.check(entry)
                for kind, record in (entry.payload if entry else {}).items():
                    if kind in self._stored and isinstance(record, dict):
                        said[f"{kind}/{record.get('id')}"] = digest(canonical(record))
                session.expunge(row)
            stored = {
                f"{kind}/{record['id']}": digest(canonical(record))
                for kind, give in self._stored.items()
                for record in give(session)
            }
        return checker.verified(sorted(name for name in said.keys() | stored if said.get(name) != stored.get(name)))

    def export(self, stream: IO[bytes]) -> int:
        """Write the entries as JSON lines, which `lagrum register verify FILE` can check; how many these are."""
        written = 0
        with self._database.reading() as session:
            for row in session.scalars(select(HistoryRow).order_by(HistoryRow.seq).execution_options(yield_per=200)):
                whole = {name: getattr(row, name) for name in ("seq", "when", "who", "what", "subject")}
                entry = _entry(row)  # a payload that is not as we spell it goes out as a text, which no check takes
                whole |= {
                    "payload": entry.payload if entry else row.payload,
                    "previous": row.previous,
                    "hash": row.hash,
                }
                stream.write(canonical(whole).encode() + b"\n")
                session.expunge(row)
                written += 1
        return written

    def compares(self, kind: str, stored: Stored) -> None:
        """Let `verify` compare the records of a kind, too."""
        self._stored[kind] = stored

    def _entries(self, which: Any, after: int, limit: int) -> list[Entry]:
        chosen = select(HistoryRow).where(which, HistoryRow.seq > limits.number(after)).order_by(HistoryRow.seq)
        with self._database.reading() as session:
            rows = session.scalars(chosen.limit(limits.page(limit))).all()
            return [_shown(row) for row in rows]


def _parsed(text: str) -> Any:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return None


def _entry(row: HistoryRow) -> Entry | None:
    """The entry of a row, None where its payload is not spelt as we spell it."""
    payload = _parsed(row.payload)
    if not isinstance(payload, dict) or canonical(payload) != row.payload:
        return None
    return Entry(row.seq, row.when, row.who, row.what, row.subject, payload, row.previous, row.hash)


def _shown(row: HistoryRow) -> Entry:
    payload = _parsed(row.payload)
    told = payload if isinstance(payload, dict) else {"unreadable": row.payload}
    return Entry(row.seq, row.when, row.who, row.what, row.subject, told, row.previous, row.hash)
