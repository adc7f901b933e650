"""What changes ahead for the systems of a register: worked out one after the other beside the pages, and kept.

A system takes tenths of a second to seconds, so no page waits for all of them: it shows what is there, and says of how
many systems it is still being worked out.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import OrderedDict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from lagrum.register import Ahead, Outlook, System, Unread, changes_ahead
from lagrum.service.desk import Desk

log = logging.getLogger("lagrum.service")
KEPT = 5_000  # systems, a few kB each
BREATH, LONGEST_BREATH = 0.02, 1.0  # seconds between two systems, in which others get at the laws
Key = tuple[int, int]


@dataclass(frozen=True)
class AheadOfAll:
    """The changes in a stretch of days as far as they are known; `waiting` systems are still being worked out."""

    since: date
    until: date
    changes: tuple[Ahead, ...]
    unread: tuple[Unread, ...]
    systems: int
    waiting: int


class Outlooks:
    """The outlooks of one server. A system that is changed has a new version, and is looked at anew."""

    def __init__(self, desk: Desk) -> None:
        self._desk = desk
        self._kept: OrderedDict[Key, Outlook] = OrderedDict()
        self._todo: OrderedDict[Key, System] = OrderedDict()
        self._news = threading.Condition()
        self._worker: threading.Thread | None = None
        self._closed = False

    def of(self, systems: Iterable[System], since: date, until: date, patience: float = 0.5) -> AheadOfAll:
        """What changes for the systems from day to day, both included; waits at most that many seconds for those that
        were never looked at, which go on being worked out."""
        wanted = {_key(each): each for each in systems}
        ends = time.monotonic() + patience
        with self._news:
            self._ask(wanted)
            while (left := ends - time.monotonic()) > 0 and not all(key in self._kept for key in wanted):
                self._news.wait(left)
            found = [self._kept[key] for key in wanted if key in self._kept]
            for key in wanted:
                if key in self._kept:
                    self._kept.move_to_end(key)
        changes = [each for outlook in found for each in outlook if since <= each.day <= until]
        changes.sort(key=lambda each: (each.day, each.system, each.law))
        unread = tuple(each for outlook in found for each in outlook.unread)
        return AheadOfAll(since, until, tuple(changes), unread, len(wanted), len(wanted) - len(found))

    def close(self) -> None:
        """Begin nothing more."""
        with self._news:
            self._closed = True
            self._todo.clear()

    def _ask(self, wanted: dict[Key, System]) -> None:
        self._todo.update({key: each for key, each in wanted.items() if key not in self._kept})
        if self._todo and not self._closed and (self._worker is None or not self._worker.is_alive()):
            self._worker = threading.Thread(target=self._work, name="outlooks", daemon=True)
            self._worker.start()

    def _work(self) -> None:
        while (next_ := self._next()) is not None:
            key, system = next_
            began = time.monotonic()
            found = self._look(system)
            with self._news:
                self._kept[key] = found
                self._todo.pop(key, None)
                while len(self._kept) > KEPT:
                    self._kept.popitem(last=False)
                self._news.notify_all()
            time.sleep(min(max(time.monotonic() - began, BREATH), LONGEST_BREATH))  # half of the time is the pages'

    def _next(self) -> tuple[Key, System] | None:
        with self._news:
            if not self._todo:
                self._worker = None
                return None
            return next(iter(self._todo.items()))

    def _look(self, system: System) -> Outlook:
        """Everything that ever changes for a system: the days of the address choose from that."""
        first, last = date.min, date.max
        try:
            return changes_ahead([system], self._desk.library, first, last, alone=self._desk.alone)
        except Exception:  # one system that cannot be looked at hides no other
            log.exception("what changes ahead for system %s", system.id)
            unread = tuple(Unread(system.id, system.name, law, ()) for law in system.laws)
            return Outlook(first, last, (), unread)


def _key(system: System) -> Key:
    return system.id, system.version
