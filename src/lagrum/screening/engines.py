"""The engines that rule on a register's rows: embedded, on this machine, or Spark. Both make the same parts.

What an engine needs is only loaded where it is asked for.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

from lagrum.language.problems import quote
from lagrum.model.law import Law
from lagrum.screening.sparksession import cannot, session

if TYPE_CHECKING:
    from lagrum.screening.run import Options, Run
    from lagrum.screening.source import RegisterSource

EMBEDDED, SPARK = "embedded", "spark"
ENGINES = (EMBEDDED, SPARK)

Told = Callable[[int, float], None]
"""Called with how many rows went by in all, and how much of the work is done, from 0 to 1."""


class Engine(Protocol):
    """What rules on all rows of a register and leaves the parts in a folder. Raises `OtherRun` where the folder belongs
    to another run; a run that one engine began the other may finish."""

    def screen(self, source: RegisterSource, law: Law, options: Options, folder: Path, tell: Told) -> Run: ...


class Embedded:
    """One part after the other, in this process."""

    def screen(self, source: RegisterSource, law: Law, options: Options, folder: Path, tell: Told) -> Run:
        from lagrum.screening.run import screen

        return screen(source, law, options, folder, lambda _: tell(source.rows, source.reading.share))


@contextmanager
def engine(name: str = EMBEDDED, master: str = "") -> Iterator[Engine]:
    """An engine, ready for work. Raises `InvalidInput` where there is none such, or what Spark needs is not there."""
    if name not in ENGINES:
        raise cannot(f"there is no engine {quote(name)}", f"the engines are `{EMBEDDED}` and `{SPARK}`")
    if name == EMBEDDED:
        if master:
            raise cannot("a master was named, and the embedded engine asked for", "add `--engine spark`")
        yield Embedded()
        return
    with session(master) as running:
        from lagrum.screening.spark import Spark

        yield Spark(running)
