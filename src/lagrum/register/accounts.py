"""Accounts of a team's server: who may sign in, and as what."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError
from sqlalchemy import delete, func, select, update
from sqlalchemy.orm import Session

from lagrum.register import limits
from lagrum.register.canonical import stamp
from lagrum.register.database import Database
from lagrum.register.errors import NotFound, StoreError
from lagrum.register.history import History
from lagrum.register.tables import AccountRow, SessionRow

SHORTEST, LONGEST = 10, 1024
"""Letters and bytes of a password."""


class Role(StrEnum):
    """What somebody may do: read; read and write; also look after accounts. Each may do what those before it may."""

    READER = "reader"
    EDITOR = "editor"
    ADMIN = "admin"

    def may(self, needed: Role) -> bool:
        """Whether somebody with this role may do what needs that one."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True)
class Account:
    """Somebody who may sign in while `active`."""

    name: str
    role: Role
    active: bool
    created: datetime


class Accounts:
    """The accounts of a store."""

    def __init__(self, database: Database, history: History, hasher: PasswordHasher) -> None:
        self._database = database
        self._history = history
        self._hasher = hasher
        self._nobody = hasher.hash("the password of nobody")
        history.compares("account", _stored)

    def add(self, name: str, password: str, role: Role, *, by: str = "") -> Account:
        """A new account. Names that differ only in capitals are the same; `by` is the account itself where left out."""
        name = limits.line("name", name)
        hashed = self._hashed(password)
        created = self._database.clock()
        row = AccountRow(
            key=_key(name), name=name, password=hashed, role=Role(role).value, active=True, created=created
        )
        with self._database.writing(chained=True) as session:
            if session.get(AccountRow, row.key) is not None:
                raise StoreError("name", "there is an account of that name already")
            session.add(row)
            self._record(session, row, by or name, "added")
            return _account(row)

    def get(self, name: str) -> Account | None:
        """The account of that name."""
        with self._database.reading() as session:
            row = session.get(AccountRow, _key(name))
            return _account(row) if row else None

    def all(self) -> list[Account]:
        """Every account, by name."""
        with self._database.reading() as session:
            return [_account(row) for row in session.scalars(select(AccountRow).order_by(AccountRow.key))]

    def verify(self, name: str, password: str) -> Account | None:
        """The account, if it is active and that is its password. It takes as long where there is no such account."""
        with self._database.reading() as session:
            row = session.get(AccountRow, _key(name))
            stored = row.password if row else self._nobody
        try:
            fits = len(password.encode(errors="replace")) <= LONGEST and self._hasher.verify(stored, password)
        except (VerificationError, InvalidHashError, UnicodeEncodeError):
            fits = False
        if not fits or row is None or not row.active:
            return None
        if self._hasher.check_needs_rehash(stored):
            same = AccountRow.key == row.key, AccountRow.password == stored
            with self._database.writing() as session:
                session.execute(update(AccountRow).where(*same).values(password=self._hasher.hash(password)))
        return _account(row)

    def set_password(self, name: str, password: str, *, by: str = "") -> None:
        """A new password; whoever is signed in under the account is signed out."""
        hashed = self._hashed(password)
        with self._database.writing(chained=True) as session:
            row = _row(session, name)
            row.password = hashed
            self._sign_out(session, row)
            self._record(session, row, by or row.name, "password changed")

    def set_role(self, name: str, role: Role, *, by: str = "") -> Account:
        """Another role, at once, also for whoever is signed in."""
        with self._database.writing(chained=True) as session:
            row = _row(session, name)
            with self._keeps_an_admin(session):
                row.role = Role(role).value
            self._record(session, row, by or row.name, "role changed")
            return _account(row)

    def disable(self, name: str, *, by: str = "") -> Account:
        """Nobody can sign in under the account any more, and whoever is signed in is signed out."""
        with self._database.writing(chained=True) as session:
            row = _row(session, name)
            with self._keeps_an_admin(session):
                row.active = False
            self._sign_out(session, row)
            self._record(session, row, by or row.name, "disabled")
            return _account(row)

    def enable(self, name: str, *, by: str = "") -> Account:
        """Let somebody sign in again."""
        with self._database.writing(chained=True) as session:
            row = _row(session, name)
            row.active = True
            self._record(session, row, by or row.name, "enabled")
            return _account(row)

    def _hashed(self, password: str) -> str:
        if len(password) < SHORTEST:
            raise StoreError("password", f"a password has at least {SHORTEST} letters")
        return self._hasher.hash(limits.text("password", password, LONGEST))

    @contextmanager
    def _keeps_an_admin(self, session: Session) -> Iterator[None]:
        """Refuse a change that takes the last administrator."""
        admins = select(func.count()).where(AccountRow.role == Role.ADMIN.value, AccountRow.active)
        before = session.scalars(admins).one()
        yield
        session.flush()
        if before and not session.scalars(admins).one():
            raise StoreError("role", "somebody must stay administrator")

    def _sign_out(self, session: Session, row: AccountRow) -> None:
        session.execute(delete(SessionRow).where(SessionRow.account == row.key))

    def _record(self, session: Session, row: AccountRow, by: str, what: str) -> None:
        session.flush()
        self._history.append(session, by, f"account {what}", f"account/{row.key}", "account", _state(row))


def _key(name: str) -> str:
    """The name in the form under which it is looked up; one that cannot be a name finds nothing."""
    try:
        return limits.line("name", name).casefold()
    except StoreError:
        return ""


def _row(session: Session, name: str) -> AccountRow:
    row = session.get(AccountRow, _key(name))
    if row is None:
        raise NotFound("name", "there is no account of that name")
    return row


def _account(row: AccountRow) -> Account:
    return Account(row.name, Role(row.role), row.active, row.created)


def _state(row: AccountRow) -> dict[str, Any]:
    """What the history keeps of an account: never its password."""
    return {"id": row.key, "name": row.name, "role": row.role, "active": row.active, "created": stamp(row.created)}


def _stored(session: Session) -> Iterator[dict[str, Any]]:
    yield from map(_state, session.scalars(select(AccountRow)))
