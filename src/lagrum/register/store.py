"""The store: everything that is kept behind the web application and the commands of `lagrum register`."""

from __future__ import annotations

from argon2 import PasswordHasher

from lagrum.register.accounts import Accounts
from lagrum.register.assessments import Assessments
from lagrum.register.audit import Audit
from lagrum.register.database import Clock, Database, now, open_database
from lagrum.register.decisions import Decisions
from lagrum.register.drafts import Drafts
from lagrum.register.evidence import Folder
from lagrum.register.history import History
from lagrum.register.sessions import Sessions
from lagrum.register.systems import Systems


class Store:
    """An open store, safe to be called from several threads. Whatever a method has returned from is on the disk."""

    def __init__(self, database: Database, hasher: PasswordHasher) -> None:
        self._database = database
        self.history = History(database)
        self.drafts = Drafts(database)
        self.accounts = Accounts(database, self.history, hasher)
        self.sessions = Sessions(database)
        self.audit = Audit(database)
        self.systems = Systems(database, self.history)
        self.evidence = Folder(database, self.history)
        self.assessments = Assessments(database, self.history)
        self.decisions = Decisions(database, self.history, self.systems)

    @classmethod
    def open(cls, url: str, *, clock: Clock = now, hasher: PasswordHasher | None = None) -> Store:
        """Open `sqlite:///PATH` or `postgresql://…`; tables that are missing are made. Raises `StoreError`.

        `clock` tells the time, `hasher` says how passwords are hashed: argon2id by default.
        """
        return cls(open_database(url, clock), hasher or PasswordHasher())

    def close(self) -> None:
        """Give back all connections."""
        self._database.close()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
