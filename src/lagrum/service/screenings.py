"""Screenings under way: one `lagrum screen` at a time, whose finished parts outlive a server that is stopped."""

from __future__ import annotations

import subprocess
import sys
import threading
import time
from dataclasses import dataclass
from pathlib import Path

from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.service.uploads import Upload, bounded

SECONDS = 4 * 3600
_LONGEST = 4000  # letters of an error that are shown


@dataclass(frozen=True, slots=True)
class Standing:
    """How a screening stands: `not started`, `running`, `broken off`, `failed` or `done`; `words` say how far it is, or
    what was wrong."""

    state: str
    words: str = ""


class Screenings:
    """The screenings of one server."""

    def __init__(self, seconds: float = SECONDS) -> None:
        self.seconds = seconds
        self._lock = threading.Lock()
        self._running: dict[str, tuple[subprocess.Popen[bytes], float]] = {}

    def start(self, upload: Upload) -> None:
        """Begin, or go on after the parts that are finished. Raises `InvalidInput` while another one runs."""
        with self._lock:
            if any(process.poll() is None for process, _ in self._running.values()):
                help_ = "wait until it is done, or cancel it"
                raise InvalidInput([Diagnostic("LG0826", "another register is being screened", help=help_)])
            plan = upload.plan
            command = ["screen", str(upload.register), "--law", plan.law, "--mapping", upload.mapping]
            command += ["-o", str(upload.results), "--plain", "--format", "json"]
            command += [part for day in plan.days for part in ("--on", day.isoformat())]
            command += [part for each in plan.given for part in ("--given", each)]
            program = [sys.executable, "-c", "from lagrum.cli.main import main; main()"]
            with _log(upload).open("wb") as log:
                process = subprocess.Popen(
                    bounded(*program, *command), stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=log
                )
            self._running[upload.id] = process, time.monotonic()

    def cancel(self, upload: Upload) -> None:
        """Break it off; finished parts stay."""
        with self._lock:
            process, _ = self._running.pop(upload.id, (None, 0.0))
        if process is not None and process.poll() is None:
            process.kill()
            process.wait()

    def standing(self, upload: Upload) -> Standing:
        """How it stands."""
        with self._lock:
            process, began = self._running.get(upload.id, (None, 0.0))
        if process is not None and process.poll() is None:
            if time.monotonic() - began < self.seconds:
                return Standing("running", _last(_log(upload)))
            self.cancel(upload)
            return Standing("broken off", f"stopped after {self.seconds / 3600:.0f} hours")
        if upload.summary is not None:
            return Standing("done")
        if process is not None and process.returncode not in (0, None):
            return Standing("failed", _told(_log(upload)))
        if upload.results.with_name(upload.results.name + ".unfinished").exists():
            return Standing("broken off")
        return Standing("not started")

    def close(self) -> None:
        """Break off what runs; it goes on when it is started again."""
        for process, _ in self._running.values():
            if process.poll() is None:
                process.kill()
                process.wait()


def _log(upload: Upload) -> Path:
    return upload.folder / "log.txt"


def _last(log: Path) -> str:
    lines = log.read_text("utf-8", "replace").strip().splitlines() if log.exists() else []
    return lines[-1].partition(": ")[2] if lines else ""


def _told(log: Path) -> str:
    return log.read_text("utf-8", "replace").strip()[-_LONGEST:] if log.exists() else ""
