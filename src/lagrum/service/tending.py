"""Looking after a register beside the pages: its history is checked, its systems are assessed anew."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache

from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.register import Assessed, Store, StoreError, System, Verified, assess_stale
from lagrum.service.desk import Desk

FRESH = timedelta(minutes=10)
"""How long a check of the history is taken for one."""


@dataclass(frozen=True, slots=True)
class Checked:
    """What a check of the history found, and when."""

    found: Verified
    when: datetime

    @property
    def minutes(self) -> int:
        """How long ago that was."""
        return int((datetime.now(UTC) - self.when).total_seconds() // 60)


class Seal:
    """The history of a store, checked now and then."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._last: Checked | None = None
        self._checking = threading.Lock()

    def check(self) -> Checked:
        """Check every entry now."""
        with self._checking:
            began = datetime.now(UTC)
            self._last = Checked(self._store.history.verify(), began)
            return self._last

    def last(self, patience: float = 0.3) -> Checked | None:
        """What the last check found. Where there was none of late one begins, and is waited for a moment; None where
        none has ended yet."""
        last = self._last
        if last is None or datetime.now(UTC) - last.when > FRESH:
            worker = threading.Thread(target=self._check_once, name="seal", daemon=True)
            worker.start()
            worker.join(patience)
        return self._last

    def _check_once(self) -> None:
        if not self._checking.locked():
            self.check()


@dataclass(frozen=True)
class Progress:
    """How far assessing several systems is. `failed` are those that could not be, each with what is wrong."""

    done: int
    of: int
    added: int
    failed: tuple[tuple[System, tuple[Diagnostic, ...]], ...] = ()

    @property
    def running(self) -> bool:
        return self.done < self.of


class Reassessing:
    """Systems that are assessed anew, one after the other. One such round at a time."""

    def __init__(self, desk: Desk, store: Store) -> None:
        self._desk, self._store = desk, store
        self._lock = threading.Lock()
        self._progress: Progress | None = None
        self._closed = False

    def start(self, systems: Sequence[System], who: str) -> bool:
        """Assess those whose facts or laws have changed since, in the name of somebody; false while a round goes on."""
        with self._lock:
            if self._progress is not None and self._progress.running:
                return False
            self._progress = Progress(0, len(systems), 0)
        threading.Thread(target=self._work, args=(tuple(systems), who), name="reassessing", daemon=True).start()
        return True

    @property
    def progress(self) -> Progress | None:
        """How far the last round is; None where there was none."""
        return self._progress

    def close(self) -> None:
        """Begin nothing more."""
        self._closed = True

    def one(self, system: System, who: str) -> list[Assessed]:
        """Assess one system as of today, where it is stale. Raises `InvalidInput`, `StoreError`."""
        return assess_stale(self._store, system, self._desk.library, date.today(), who, judge=self._desk.assess)

    def _work(self, systems: Sequence[System], who: str) -> None:
        for system in systems:
            if self._closed:
                return
            added = 0
            failed: tuple[tuple[System, tuple[Diagnostic, ...]], ...] = ()
            try:
                added = len(self.one(system, who))
            except InvalidInput as error:
                failed = ((system, tuple(error.diagnostics)),)
            except StoreError as error:
                failed = ((system, (Diagnostic("LG0741", error.sentence),)),)
            except Exception as error:  # one that fails hides no other
                failed = ((system, (Diagnostic("LG0741", f"it failed: {type(error).__name__}"),)),)
            last = self._progress
            assert last is not None
            self._progress = replace(last, done=last.done + 1, added=last.added + added, failed=(*last.failed, *failed))


@dataclass(frozen=True, slots=True)
class Made:
    """What a list says of an assessment: the rulings that were possible, and each missing fact with the party that
    could answer it."""

    possible: tuple[str, ...]
    missing: tuple[tuple[str, str], ...]


class Tending:
    """Everything that is done for the register of one server beside its pages."""

    def __init__(self, desk: Desk, store: Store) -> None:
        self.seal = Seal(store)
        self.reassessing = Reassessing(desk, store)
        self._read = lru_cache(20_000)(lambda number: _read(store, number))

    def said(self, assessed: Assessed) -> Made:
        """What an assessment said; read once, since none is ever changed."""
        return self._read(assessed.id)

    def close(self) -> None:
        """Begin nothing more."""
        self.reassessing.close()


def _read(store: Store, number: int) -> Made:
    told = store.assessments.document(number) or {}
    missing = tuple((str(each["fact"]), str(each["controlled_by"])) for each in told.get("missing", ()))
    return Made(tuple(map(str, told.get("possible", ()))), missing)
