"""Jobs: long analyses outside the server's process, one at a time, bounded in time and memory.

The same question is the same job. What was worked out before is answered at once. A job that nobody waits for any more
can be cancelled; its process is then killed, as it is when its time is up.
"""

from __future__ import annotations

import pickle
import queue
import subprocess
import sys
import threading
import time
from collections import OrderedDict, deque
from contextlib import closing, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import IO, Any

from lagrum.model.diagnostics import Diagnostic, LagrumError
from lagrum.service.analyses import ANALYSES, Answer, Inquiry, prepare
from lagrum.service.desk import Desk
from lagrum.service.working import UNFINISHED, Done, Failed, Message, Task, Told

UNTOLD = Told(0, 0, "")
REMEMBERED = 32  # jobs that are over
MEMORY = 4 * 1024**3  # bytes that one analysis may take
_LOOKED = 0.1  # seconds between two looks at a process


class State(StrEnum):
    """How a job stands."""

    WAITING = "waiting"
    RUNNING = "running"
    DONE = "done"
    FAILED = "failed"
    CANCELLED = "cancelled"
    STOPPED = "stopped"  # at the limit of time

    @property
    def over(self) -> bool:
        return self not in (State.WAITING, State.RUNNING)


class Busy(LagrumError):
    """No further analysis is taken on now; `diagnostic` says why."""

    def __init__(self, message: str) -> None:
        super().__init__(message)
        self.diagnostic = Diagnostic("LG0903", message, help="wait for one to finish, or cancel it")


@dataclass(frozen=True, slots=True)
class Progress:
    """Steps done, of how many (0 where nobody knows), and what they are. `last` is how many seconds a question of this
    kind about these laws took last; None where none was asked."""

    done: int = 0
    of: int = 0
    words: str = ""
    last: float | None = None


@dataclass(frozen=True)
class Job:
    """A job as it stood when it was asked for. `result` is the analysis itself, there when the job is done; `error` is
    what was wrong otherwise. `seconds` is how long it has run, or ran."""

    key: str
    asked: Inquiry
    state: State
    since: datetime
    seconds: float = 0.0
    progress: Progress = Progress()
    result: Any = None
    error: tuple[Diagnostic, ...] = ()

    @property
    def kind(self) -> str:
        return self.asked.kind

    @property
    def over(self) -> bool:
        return self.state.over


@dataclass
class _Entry:
    """A job as `Jobs` keeps it, under its lock."""

    key: str
    asked: Inquiry
    folders: tuple[Path, ...]
    since: datetime
    owners: set[str]
    last: float | None
    state: State = State.WAITING
    began: float | None = None
    seconds: float = 0.0
    told: Told = UNTOLD
    result: Answer | None = None
    error: tuple[Diagnostic, ...] = ()
    stop: threading.Event = field(default_factory=threading.Event)
    changed: threading.Event = field(default_factory=threading.Event)

    def seen(self) -> Job:
        running = time.monotonic() - self.began if self.began is not None and not self.state.over else self.seconds
        progress = Progress(self.told.done, self.told.of, self.told.words, self.last)
        return Job(self.key, self.asked, self.state, self.since, round(running, 3), progress, self.result, self.error)


_Outcome = tuple[State, Answer | None, tuple[Diagnostic, ...]]


class Jobs:
    """All jobs of one server. Every call returns at once; all may be called from any thread."""

    def __init__(
        self,
        desk: Desk | None = None,
        *,
        limit_running: int = 1,
        limit_waiting: int = 8,
        limit_owner: int = 3,
        seconds: float = 600,
        memory: int = MEMORY,
    ) -> None:
        self.desk = desk or Desk()
        self.limit_running, self.limit_waiting, self.limit_owner = limit_running, limit_waiting, limit_owner
        self.seconds, self.memory = seconds, memory
        self._lock = threading.Lock()
        self._jobs: OrderedDict[str, _Entry] = OrderedDict()
        self._waiting: deque[_Entry] = deque()
        self._running: dict[str, threading.Thread] = {}
        self._took: OrderedDict[tuple[object, ...], float] = OrderedDict()
        self._closed = False

    # --- what callers do -----------------------------------------------------------------------------------------

    def start(self, kind: str, owner: str = "", desk: Desk | None = None, **params: Any) -> Job:
        """The job for a question: a new one, the one that is under way, or one that is done already. `params` are those
        of `Inquiry`; `desk` is one with other law than the server's own. Raises `InvalidInput` for what cannot be
        asked, and `Busy` where the owner, or everybody together, has too many under way."""
        if kind not in ANALYSES:
            raise ValueError(f"there is no analysis `{kind}`")
        asked = Inquiry(kind, **params)
        desk = desk or self.desk
        with desk.alone():
            prepared = prepare(desk.library, asked)
            found = prepared.peek()
        key = prepared.key
        with self._lock:
            known = self._jobs.get(key)
            if known is not None and (not known.state.over or known.state is State.DONE):
                if not known.state.over:
                    known.owners.add(owner)
                return known.seen()
            if found is None:
                self._refuse_too_many(owner)
            folders = desk.library.folders[1:]
            entry = _Entry(key, asked, folders, datetime.now(UTC), {owner}, self._took.get(_alike(asked)))
            if found is not None:
                entry.state, entry.result = State.DONE, found
            self._jobs.pop(key, None)
            self._jobs[key] = entry
            if found is None:
                self._waiting.append(entry)
                self._begin_next()
            self._forget()
            return entry.seen()

    def get(self, key: str) -> Job | None:
        """The job as it stands; None for one that never was or is forgotten."""
        with self._lock:
            found = self._jobs.get(key)
            return found.seen() if found else None

    def wait(self, key: str, seconds: float) -> Job | None:
        """The job when it is over, or as it stands when the time is up. Only this call waits."""
        end = time.monotonic() + seconds
        while (job := self.get(key)) is not None and not job.over and time.monotonic() < end:
            with self._lock:
                entry = self._jobs.get(key)
            if entry is not None:
                entry.changed.wait(max(0.0, end - time.monotonic()))
        return job

    def cancel(self, key: str, owner: str = "") -> Job | None:
        """Whoever asked does not wait any more; the job ends when nobody does. None for one that there is not."""
        with self._lock:
            entry = self._jobs.get(key)
            if entry is None:
                return None
            if not entry.state.over:
                entry.owners.discard(owner)
                if not entry.owners:
                    entry.stop.set()
                    if entry.state is State.WAITING:
                        self._waiting.remove(entry)
                        self._over(entry, State.CANCELLED)
            return entry.seen()

    def close(self) -> None:
        """End everything; processes are killed."""
        with self._lock:
            self._closed = True
            for entry in self._waiting:
                self._over(entry, State.CANCELLED)
            self._waiting.clear()
            for key in self._running:
                self._jobs[key].stop.set()
            threads = list(self._running.values())
        for thread in threads:
            thread.join(10)

    @property
    def running(self) -> int:
        """How many are being worked on."""
        with self._lock:
            return len(self._running)

    # --- inside, under the lock ----------------------------------------------------------------------------------

    def _refuse_too_many(self, owner: str) -> None:
        mine = sum(not entry.state.over and owner in entry.owners for entry in self._jobs.values())
        if self._closed:
            raise Busy("the server is about to stop")
        if mine >= self.limit_owner:
            raise Busy(f"{mine} analyses are under way for you already")
        if len(self._waiting) >= self.limit_waiting and len(self._running) >= self.limit_running:
            raise Busy(f"{len(self._waiting)} analyses are waiting already")

    def _begin_next(self) -> None:
        while self._waiting and len(self._running) < self.limit_running and not self._closed:
            entry = self._waiting.popleft()
            entry.state, entry.began = State.RUNNING, time.monotonic()
            thread = threading.Thread(target=self._run, args=(entry,), name=f"lagrum-job-{entry.key[:8]}", daemon=True)
            self._running[entry.key] = thread
            thread.start()

    def _over(self, entry: _Entry, state: State) -> None:
        entry.state = state
        if entry.began is not None:
            entry.seconds = time.monotonic() - entry.began
        if state is State.DONE:
            self._took[_alike(entry.asked)] = round(entry.seconds, 1)
            while len(self._took) > REMEMBERED * 8:
                self._took.popitem(last=False)
        entry.changed.set()

    def _forget(self) -> None:
        over = [key for key, entry in self._jobs.items() if entry.state.over]
        for key in over[: max(0, len(over) - REMEMBERED)]:
            del self._jobs[key]

    # --- a thread for each job that runs ---------------------------------------------------------------------------

    def _run(self, entry: _Entry) -> None:
        outcome: _Outcome = State.FAILED, None, _broken("the analysis could not be started")
        try:
            outcome = self._watch(entry)
        finally:
            with self._lock:
                state, entry.result, entry.error = outcome
                self._over(entry, state)
                del self._running[entry.key]
                self._begin_next()
                self._forget()

    def _watch(self, entry: _Entry) -> _Outcome:
        task = pickle.dumps(Task(entry.asked, entry.folders, self.memory))
        command = [sys.executable, "-c", "from lagrum.service.working import main; main()"]
        process = subprocess.Popen(
            command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, start_new_session=True
        )
        assert process.stdin is not None
        assert process.stdout is not None
        heard: queue.SimpleQueue[Message | None] = queue.SimpleQueue()
        listener = threading.Thread(target=_hear, args=(process.stdout, heard), daemon=True)
        with closing(process.stdout), closing(process.stdin):
            try:
                listener.start()
                process.stdin.write(task)
                process.stdin.flush()
                return self._listen(entry, heard, process)
            finally:
                process.kill()
                process.wait()
                listener.join(10)

    def _listen(
        self, entry: _Entry, heard: queue.SimpleQueue[Message | None], process: subprocess.Popen[bytes]
    ) -> _Outcome:
        end = time.monotonic() + self.seconds
        while True:
            if entry.stop.is_set():
                return State.CANCELLED, None, _broken("the analysis was cancelled")
            if time.monotonic() > end:
                return State.STOPPED, None, _broken(f"the analysis took longer than {self.seconds:g} seconds")
            try:
                message = heard.get(timeout=_LOOKED)
            except queue.Empty:
                continue
            match message:
                case Told():
                    with self._lock:
                        entry.told = message
                case Failed(error):
                    return State.FAILED, None, error
                case Done(answer):
                    return State.DONE, answer, ()
                case None:
                    return State.FAILED, None, _broken(f"the analysis broke off (exit status {process.wait()})")


def _hear(told: IO[bytes], heard: queue.SimpleQueue[Message | None]) -> None:
    """Take the messages of a process, and None at its end."""
    with suppress(Exception):  # whatever cannot be read is the end
        while True:
            heard.put(pickle.load(told))
    heard.put(None)


def _broken(message: str) -> tuple[Diagnostic, ...]:
    return (Diagnostic("LG0902", message, help=UNFINISHED),)


def _alike(asked: Inquiry) -> tuple[object, ...]:
    """What makes two questions take about as long."""
    return asked.kind, asked.laws, asked.against, asked.of
