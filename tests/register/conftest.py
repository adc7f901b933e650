"""A store on each database: SQLite in a file, and a PostgreSQL that is started for the tests."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from argon2 import PasswordHasher
from sqlalchemy import create_engine, text

from lagrum.register import Store

QUICK = PasswordHasher(time_cost=1, memory_cost=8, parallelism=1)
BINARIES = sorted(Path("/usr/lib/postgresql").glob("*/bin/initdb"))


class Clock:
    """A clock that stands still until it is moved."""

    def __init__(self) -> None:
        self.moment = datetime(2026, 11, 23, 9, 30, 0, 125, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.moment

    def move(self, by: timedelta) -> None:
        self.moment += by


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL server that lives as long as the tests; its own skip where none is installed."""
    initdb = shutil.which("initdb") or (str(BINARIES[-1]) if BINARIES else None)
    if initdb is None:
        (pytest.fail if os.environ.get("CI") else pytest.skip)(
            "PostgreSQL is not installed: apt-get install postgresql"
        )
    folder = Path(tempfile.mkdtemp(prefix="lagrum-pg-"))
    data = folder / "data"
    as_user: list[str] = []
    if os.geteuid() == 0:  # the server refuses to run as root
        shutil.chown(folder, "postgres", "postgres")
        as_user = ["runuser", "-u", "postgres", "--"]
    control = str(Path(initdb).with_name("pg_ctl"))

    def run(*command: str) -> None:
        with (folder / "told").open("ab") as told:  # no pipe: the server would hold it open
            done = subprocess.run([*as_user, *command], cwd="/", stdout=told, stderr=told, timeout=120)
        assert done.returncode == 0, (folder / "told").read_text(encoding="utf-8")

    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    try:
        run(initdb, "--pgdata", str(data), "--username", "lagrum", "--auth", "trust", "--encoding", "UTF8", "--no-sync")
        options = (
            f"-c listen_addresses=127.0.0.1 -p {port} -c unix_socket_directories= -c max_connections=60 -c fsync=off"
        )
        run(control, "start", "-D", str(data), "-w", "-l", str(folder / "log"), "-o", options)
        try:
            yield f"postgresql://lagrum@127.0.0.1:{port}"
        finally:
            run(control, "stop", "-D", str(data), "-m", "immediate")
    finally:
        shutil.rmtree(folder, ignore_errors=True)


@pytest.fixture(params=["sqlite", "postgresql"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The address of an empty database, of each kind in turn."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'register.db'}"
    server = str(request.getfixturevalue("postgresql"))
    name = f"t{os.urandom(6).hex()}"
    engine = create_engine(server.replace("postgresql", "postgresql+psycopg") + "/postgres")
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"CREATE DATABASE {name}"))
    engine.dispose()
    return f"{server}/{name}"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def opened(url: str, clock: Clock) -> Iterator[Callable[[], Store]]:
    """Opens the same database once more; what was opened is closed in the end."""
    stores: list[Store] = []

    def again() -> Store:
        stores.append(Store.open(url, clock=clock, hasher=QUICK))
        return stores[-1]

    yield again
    for store in stores:
        store.close()


@pytest.fixture
def store(opened: Callable[[], Store]) -> Store:
    return opened()
