"""The database: opened by URL, brought to the newest tables, and used in short transactions from several threads."""

from __future__ import annotations

import os
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, inspect, text
from sqlalchemy.engine import URL, make_url
from sqlalchemy.exc import ArgumentError, DBAPIError, NoSuchModuleError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlalchemy.orm import Session

from lagrum.register.errors import StoreError

HEAD = "0001"
"""The newest migration."""
MIGRATIONS = Path(__file__).parent / "migrations"
BUSY = 30_000
"""Milliseconds for which a writer waits for another."""
_CHAIN, _MIGRATION = 0x6C61_6772, 0x6C61_6773
"""PostgreSQL's advisory locks: who holds the first writes the next entry of the history."""

Clock = Callable[[], datetime]


def now() -> datetime:
    """This moment."""
    return datetime.now(UTC)


class Database:
    """An open database. `clock` tells the time for all that is written."""

    def __init__(self, engine: Engine, clock: Clock) -> None:
        self.engine = engine
        self.clock = clock
        self.is_sqlite = engine.dialect.name == "sqlite"
        # SQLite takes its lock when a writer begins; PostgreSQL's readers see one state throughout.
        self._writing = engine.execution_options(writes=True)
        self._turn = threading.Lock()  # writers of this process queue here: SQLite would let them poll
        self._reading = engine if self.is_sqlite else engine.execution_options(isolation_level="REPEATABLE READ")

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """A session that sees one state of the database and writes nothing."""
        with _told(), Session(self._reading) as session:
            yield session

    @contextmanager
    def writing(self, *, chained: bool = False) -> Iterator[Session]:
        """A session that is committed at the end, or rolled back whole. `chained` for changes that the history keeps:
        one at a time. When this ends without an exception, what was written is on the disk."""
        with _told(), self._in_turn(), Session(self._writing, expire_on_commit=False) as session, session.begin():
            if chained and not self.is_sqlite:
                session.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _CHAIN})
            yield session

    @contextmanager
    def _in_turn(self) -> Iterator[None]:
        if not self.is_sqlite:
            yield
            return
        if not self._turn.acquire(timeout=BUSY / 1000):
            raise StoreError("database", "too many are writing at this moment; try again")
        try:
            yield
        finally:
            self._turn.release()

    def close(self) -> None:
        """Give back all connections."""
        self.engine.dispose()


def open_database(url: str, clock: Clock = now) -> Database:
    """Open the database, make or bring up to date its tables. Raises `StoreError`."""
    parsed = _parsed(url)
    engine = _sqlite(parsed) if parsed.get_backend_name() == "sqlite" else _postgresql(parsed)
    database = Database(engine, clock)
    try:
        with _told(), engine.execution_options(writes=True).begin() as connection:
            if not database.is_sqlite:
                connection.execute(text("SELECT pg_advisory_xact_lock(:key)"), {"key": _MIGRATION})
            _migrate(connection)
    except BaseException:
        database.close()
        raise
    return database


def _parsed(url: str) -> URL:
    try:
        parsed = make_url(url)
    except ArgumentError:
        parsed = None
    if parsed is None or parsed.drivername not in ("sqlite", "postgresql", "postgres", "postgresql+psycopg"):
        help_ = "write sqlite:///PATH or postgresql://USER:PASSWORD@HOST/NAME"
        raise StoreError("database", f"this is no address of a database; {help_}")
    if parsed.drivername == "sqlite":
        if parsed.database in (None, "", ":memory:"):
            raise StoreError("database", "a store needs a file: sqlite:///PATH")
        return parsed
    return parsed.set(drivername="postgresql+psycopg")


def _sqlite(url: URL) -> Engine:
    path = Path(url.database or "")
    try:
        path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():  # nobody else may read what is in it
            os.close(os.open(path, os.O_CREAT | os.O_WRONLY, 0o600))
    except OSError as error:
        raise StoreError("database", f"the file cannot be made: {error.strerror or error}") from None
    engine = create_engine(url, connect_args={"timeout": BUSY / 1000}, pool_size=8, max_overflow=24)

    @event.listens_for(engine, "connect")
    def connected(connection: sqlite3.Connection, _record: Any) -> None:
        connection.isolation_level = None  # we say where a transaction begins
        for pragma in (f"busy_timeout={BUSY}", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        _write_ahead(connection)

    @event.listens_for(engine, "begin")
    def begun(connection: Connection) -> None:
        writes = connection.get_execution_options().get("writes")
        connection.exec_driver_sql("BEGIN IMMEDIATE" if writes else "BEGIN")

    return engine


def _write_ahead(connection: sqlite3.Connection) -> None:
    """Readers and a writer at once. The first switch of a file does not wait for others by itself."""
    until = time.monotonic() + BUSY / 1000
    while connection.execute("PRAGMA journal_mode").fetchone()[0] != "wal":
        try:
            connection.execute("PRAGMA journal_mode=WAL")
        except sqlite3.OperationalError as error:
            if error.sqlite_errorcode != sqlite3.SQLITE_BUSY or time.monotonic() > until:
                raise
            time.sleep(0.01)


def _postgresql(url: URL) -> Engine:
    try:
        engine = create_engine(url, pool_pre_ping=True, pool_size=8, max_overflow=24)
    except (ModuleNotFoundError, NoSuchModuleError):
        message = "the driver of PostgreSQL is not installed: pip install 'lagrum[postgresql]'"
        raise StoreError("database", message) from None

    @event.listens_for(engine, "connect")
    def connected(connection: Any, _record: Any) -> None:
        connection.autocommit = True
        connection.execute("SET synchronous_commit TO on")  # what is acknowledged is on the disk
        connection.autocommit = False

    return engine


def _migrate(connection: Connection) -> None:
    if inspect(connection).has_table("alembic_version"):
        found = connection.execute(text("SELECT version_num FROM alembic_version")).scalars().all()
        if found == [HEAD]:
            return
    from alembic import command  # only here: most openings need none of it
    from alembic.config import Config
    from alembic.util.exc import CommandError

    config = Config(attributes={"connection": connection})
    config.set_main_option("script_location", str(MIGRATIONS).replace("%", "%%"))
    try:
        command.upgrade(config, "head")
    except CommandError:
        message = "the database was made by a newer lagrum than this one; install that"
        raise StoreError("database", message) from None


@contextmanager
def _told() -> Iterator[None]:
    """What goes wrong in the database, as an error of the store."""
    try:
        yield
    except (DBAPIError, PoolTimeout) as error:
        said = str(error.orig if isinstance(error, DBAPIError) else error).strip().splitlines()
        raise StoreError(
            "database", f"the database cannot do this: {said[0] if said else 'no reason given'}"
        ) from error
