"""Sessions of people who signed in: each ends when it was not used for a while, and in any case after some hours."""

from __future__ import annotations

import secrets
from datetime import datetime, timedelta

from sqlalchemy import delete, select, update

from lagrum.register.accounts import Account, Role
from lagrum.register.canonical import digest
from lagrum.register.database import Database
from lagrum.register.errors import NotFound
from lagrum.register.tables import AccountRow, SessionRow

IDLE = timedelta(hours=1)
LONGEST = timedelta(hours=12)
_TOUCH = 20
"""A use is written down once in a twentieth of the idle time: most requests write nothing."""


class Sessions:
    """The sessions of a store. A token is known to the browser alone: the store keeps its hash."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def start(self, account: Account, *, idle: timedelta = IDLE, longest: timedelta = LONGEST) -> str:
        """A new session; its token. Sessions that are over are swept away on the way."""
        token, moment, key = secrets.token_urlsafe(32), self._database.clock(), account.name.casefold()
        seconds = max(1, int(idle.total_seconds()))
        with self._database.writing() as session:
            row = session.get(AccountRow, key)
            if row is None or not row.active:
                raise NotFound("name", "there is no active account of that name")
            session.execute(delete(SessionRow).where(SessionRow.ends <= moment))
            session.add(
                SessionRow(
                    token=digest(token), account=key, started=moment, seen=moment, idle=seconds, ends=moment + longest
                )
            )
        return token

    def of(self, token: str) -> Account | None:
        """Whose session it is, if it still runs; this counts as a use of it."""
        found = self._running(token)
        if found is None:
            return None
        row, account = found
        moment = self._database.clock()
        if (moment - row.seen) * _TOUCH >= timedelta(seconds=row.idle):
            with self._database.writing() as session:
                used = update(SessionRow).where(SessionRow.token == row.token, SessionRow.seen < moment)
                session.execute(used.values(seen=moment))
        return account

    def ends(self, token: str) -> datetime | None:
        """When the session ends if nobody uses it; None where it has. Asking is no use of it."""
        found = self._running(token)
        return _end(found[0]) if found else None

    def end(self, token: str) -> None:
        """Sign out."""
        with self._database.writing() as session:
            session.execute(delete(SessionRow).where(SessionRow.token == _hash(token)))

    def end_all(self, account: Account) -> int:
        """Sign out everywhere; how many sessions that ended."""
        mine = delete(SessionRow).where(SessionRow.account == account.name.casefold()).returning(SessionRow.token)
        with self._database.writing() as session:
            return len(session.execute(mine).all())

    def _running(self, token: str) -> tuple[SessionRow, Account] | None:
        both = select(SessionRow, AccountRow).join(AccountRow, AccountRow.key == SessionRow.account)
        with self._database.reading() as session:
            found = session.execute(both.where(SessionRow.token == _hash(token))).one_or_none()
            if found is None:
                return None
            row, account = found
            if not account.active or self._database.clock() >= _end(row):
                return None
            return row, Account(account.name, Role(account.role), account.active, account.created)


def _hash(token: str) -> str:
    return digest(token.encode(errors="replace"))


def _end(row: SessionRow) -> datetime:
    return min(row.ends, row.seen + timedelta(seconds=row.idle))
