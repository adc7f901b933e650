"""How far a long run is, on stderr: a line that is rewritten on a terminal, else a line every ten seconds."""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from typing import TextIO

EVERY = 10.0
_BAR = 24


class Progress:
    """Rows done, rate, and time left. `tell` is called as often as one likes."""

    def __init__(self, name: str, stream: TextIO | None = None, clock: Callable[[], float] = time.monotonic) -> None:
        self.name, self._stream, self._clock = name, stream or sys.stderr, clock
        self._began = clock()
        self._last = self._began
        self._shown = False

    def tell(self, rows: int, share: float) -> None:
        now = self._clock()
        terminal = self._stream.isatty()
        if now - self._last < (0.2 if terminal else EVERY):
            return
        self._last = now
        text = _words(rows, share, now - self._began)
        if terminal:
            filled = round(_BAR * min(share, 1.0))
            self._stream.write(f"\r[{'#' * filled}{'.' * (_BAR - filled)}] {text}\x1b[K")
            self._shown = True
        else:
            self._stream.write(f"{self.name}: {text}\n")
        self._stream.flush()

    def end(self) -> None:
        """Take the line away."""
        if self._shown:
            self._stream.write("\r\x1b[K")
            self._stream.flush()
            self._shown = False


def _words(rows: int, share: float, spent: float) -> str:
    """How far it is.

    >>> _words(50_000, 0.5, 10.0)
    '50,000 rows, 50 %, 5,000 rows a second, 10 s left'
    """
    rate = rows / spent if spent > 0 else 0.0
    said = f"{rows:,} rows, {share * 100:.0f} %, {rate:,.0f} rows a second"
    if 0 < share <= 1:
        said += f", {_time(spent * (1 - share) / share)} left"
    return said


def _time(seconds: float) -> str:
    if seconds < 90:
        return f"{seconds:.0f} s"
    return f"{seconds / 60:.0f} min" if seconds < 5400 else f"{seconds / 3600:.1f} h"
