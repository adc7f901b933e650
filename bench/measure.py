"""Times of functions and of whole processes, and what they were taken on."""

from __future__ import annotations

import os
import platform
import resource
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

REPOSITORY = Path(__file__).parent.parent
LAGRUM = Path(sys.executable).parent / "lagrum"


@dataclass(frozen=True)
class Times:
    """CPU seconds of several runs, which other work on the machine disturbs less than the clock, and wall seconds."""

    cpu: tuple[float, ...]
    wall: tuple[float, ...]

    @property
    def median(self) -> float:
        return statistics.median(self.cpu)

    @property
    def p95(self) -> float:
        return sorted(self.cpu)[max(0, -(-95 * len(self.cpu) // 100) - 1)]

    def __str__(self) -> str:
        return f"{spoken(self.median)} CPU, {spoken(statistics.median(self.wall))} by the clock"


def timed(function: Callable[[], object], runs: int = 5) -> Times:
    """The function, several times in this process."""
    cpu, wall = [], []
    for _ in range(runs):
        before_cpu, before_wall = time.process_time(), time.perf_counter()
        function()
        cpu.append(time.process_time() - before_cpu)
        wall.append(time.perf_counter() - before_wall)
    return Times(tuple(cpu), tuple(wall))


def processes(arguments: Sequence[str], caches: Iterable[Path]) -> Times:
    """`lagrum` with these arguments, in a fresh process for each of the cache folders."""
    cpu, wall = [], []
    for cache in caches:
        environment = {**os.environ, "XDG_CACHE_HOME": str(cache)}
        before, started = _children(), time.perf_counter()
        ran = subprocess.run(
            [LAGRUM, *arguments], env=environment, cwd=REPOSITORY, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE
        )
        wall.append(time.perf_counter() - started)
        cpu.append(_children() - before)
        if ran.returncode in (1, 3):
            raise SystemExit(f"lagrum {' '.join(arguments)} failed: {ran.stderr.decode(errors='replace')}")
    return Times(tuple(cpu), tuple(wall))


def forget(name: str, caches: Iterable[Path]) -> None:
    """Take kept answers of one name out of the cache folders; the laws stay."""
    for cache in caches:
        for kept in (cache / "lagrum").glob(f"{name}-*"):
            kept.unlink()


def _children() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def spoken(seconds: float) -> str:
    """`1.2 s`, `34 ms`, `5.6 ms`, `78 µs`."""
    for size, unit in ((1.0, "s"), (1e-3, "ms")):
        if seconds >= size:
            return f"{seconds / size:.3g} {unit}"
    return f"{seconds * 1e6:.2g} µs" if seconds < 1e-5 else f"{seconds * 1e6:.0f} µs"


def machine() -> str:
    """The day, the machine, and how busy it was when this was called."""
    one, five, _ = os.getloadavg()
    return (
        f"{date.today().isoformat()}; {os.cpu_count()} cores, {platform.machine()}, {platform.system()}, "
        f"Python {platform.python_version()}; load {one:.1f} over one minute, {five:.1f} over five"
    )


def table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> str:
    """A Markdown table, the first column in words and the others to the right."""
    lines = [f"| {' | '.join(head)} |", f"|---|{'--:|' * (len(head) - 1)}"]
    lines += [f"| {' | '.join(str(cell) for cell in row)} |" for row in rows]
    return "\n".join(lines)
