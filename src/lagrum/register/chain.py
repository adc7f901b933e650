"""The chain of the history: each entry holds the hash of the one before, so that none can be changed unseen."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import IO, Any

from lagrum.register.canonical import canonical, digest
from lagrum.register.errors import StoreError

START = "0" * 64
"""What the first entry names as the hash before it."""
_KEYS = frozenset(("seq", "when", "who", "what", "subject", "payload", "previous", "hash"))
_LONGEST = 8 * 1024 * 1024


@dataclass(frozen=True)
class Entry:
    """One change: its number, when (UTC), by whom, what was done to what, and the state that came of it."""

    seq: int
    when: str
    who: str
    what: str
    subject: str
    payload: Mapping[str, Any]
    previous: str
    hash: str

    def to_dict(self) -> dict[str, object]:
        """The entry as JSON, its hash included."""
        return self._sealed() | {"hash": self.hash}

    def sealed_hash(self) -> str:
        """The hash that the entry must have, of its canonical JSON without it."""
        return digest(canonical(self._sealed()))

    def _sealed(self) -> dict[str, object]:
        return {
            "seq": self.seq,
            "when": self.when,
            "who": self.who,
            "what": self.what,
            "subject": self.subject,
            "payload": dict(self.payload),
            "previous": self.previous,
        }


@dataclass(frozen=True)
class Verified:
    """What checking a history found: how many entries it has, the hash of the last, the number of the first that is not
    as it was written, and what is stored otherwise than the history has it."""

    entries: int
    head: str
    first_bad: int | None
    differs: tuple[str, ...] = ()

    @property
    def good(self) -> bool:
        return self.first_bad is None and not self.differs


def following(last: Entry | None, when: str, who: str, what: str, subject: str, payload: Mapping[str, Any]) -> Entry:
    """The entry that comes after `last`."""
    seq, previous = (last.seq + 1, last.hash) if last else (1, START)
    bare = Entry(seq, when, who, what, subject, payload, previous, "")
    return Entry(seq, when, who, what, subject, payload, previous, bare.sealed_hash())


class Checker:
    """Checks entries one by one, in their order."""

    def __init__(self) -> None:
        self.entries = 0
        self.head = START
        self.first_bad: int | None = None

    def check(self, entry: Entry | None) -> None:
        """Take the next entry; None for one that cannot be read."""
        self.entries += 1
        if self.first_bad is not None:
            return
        good = entry is not None and entry.seq == self.entries and entry.previous == self.head
        if entry is None or not good or entry.hash != entry.sealed_hash():
            self.first_bad = self.entries
        else:
            self.head = entry.hash

    def verified(self, differs: Iterable[str] = ()) -> Verified:
        """What was found."""
        return Verified(self.entries, self.head, self.first_bad, tuple(differs))


def verify_export(stream: IO[bytes]) -> Verified:
    """Check a history that was exported as JSON lines. Raises `StoreError` for a file that is none."""
    checker = Checker()
    while line := stream.readline(_LONGEST + 1):
        if len(line) > _LONGEST or (checker.entries == 0 and _read(line) is None):
            raise StoreError("file", f"line {checker.entries + 1} is no entry of a history")
        checker.check(_read(line))
    return checker.verified()


def _read(line: bytes) -> Entry | None:
    """The entry on a line, None where it is none, or is spelt otherwise than an export spells it."""
    try:
        found = json.loads(line)
        spelt = canonical(found).encode()
    except (ValueError, RecursionError):
        return None
    if not isinstance(found, dict) or found.keys() != _KEYS or line.rstrip(b"\n") != spelt:
        return None
    words = ("when", "who", "what", "subject", "previous", "hash")
    if type(found["seq"]) is not int or not all(isinstance(found[key], str) for key in words):
        return None
    return Entry(**found) if isinstance(found["payload"], dict) else None
