"""The process in which one long analysis runs, apart from the server's own.

It reads what is asked from its standard input, and writes pickled messages to its standard output. It is started by
`jobs` alone and trusts it; nothing of it can be reached from outside.
"""

from __future__ import annotations

import contextlib
import os
import pickle
import sys
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from lagrum.library import open_library
from lagrum.model.diagnostics import BudgetExceeded, Diagnostic, InvalidInput
from lagrum.service.analyses import Answer, Inquiry, prepare

TOLD_EVERY = 0.2  # seconds
UNFINISHED = "fix facts with `given`, or ask on the command line, where nothing is limited"


@dataclass(frozen=True, slots=True)
class Task:
    """What the process is to do, and how many bytes of memory it may take."""

    asked: Inquiry
    folders: tuple[Path, ...]
    memory: int


@dataclass(frozen=True, slots=True)
class Told:
    """How far it is: steps done, of how many, and what they are."""

    done: int
    of: int
    words: str


@dataclass(frozen=True, slots=True)
class Failed:
    """Why there is no answer."""

    error: tuple[Diagnostic, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The answer."""

    answer: Answer


Message = Told | Failed | Done


def main() -> None:
    """Work out one answer and send it, after any number of messages that tell how far it is; then end the process."""
    told = os.fdopen(os.dup(1), "wb")
    os.dup2(2, 1)  # whatever is printed must not stand between the messages
    task: Task = pickle.load(sys.stdin.buffer)
    _be_modest(task.memory)
    threading.Thread(target=_end_with_the_server, daemon=True).start()
    send = _sender(told)
    send(_answer(task, send))
    os._exit(0)  # everything is sent, and a thread still waits for the server


def _sender(told: BinaryIO) -> Callable[[Message], None]:
    def send(message: Message) -> None:
        pickle.dump(message, told, protocol=5)
        told.flush()

    return send


def _answer(task: Task, send: Callable[[Message], None]) -> Done | Failed:
    last = 0.0

    def tell(done: int, of: int, words: str) -> None:
        nonlocal last
        if time.monotonic() - last >= TOLD_EVERY:
            last = time.monotonic()
            send(Told(done, of, words))

    try:
        return Done(prepare(open_library(task.folders), task.asked, tell).get())
    except InvalidInput as error:
        return Failed(tuple(error.diagnostics))
    except BudgetExceeded as error:
        return Failed((Diagnostic("LG0902", " ".join(str(error).split()), help=UNFINISHED),))
    except MemoryError:
        return Failed((Diagnostic("LG0902", "the analysis needs more memory than it may take", help=UNFINISHED),))


def _be_modest(memory: int) -> None:
    """Let everybody else come first, and take no more memory than allowed, where the system can be told so."""
    if hasattr(os, "nice"):
        os.nice(10)
    with contextlib.suppress(ImportError, ValueError, OSError):
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory, memory))


def _end_with_the_server() -> None:
    """Nothing follows the task: when there is something to read, it is that the server has gone."""
    os.read(0, 1)
    os._exit(1)
