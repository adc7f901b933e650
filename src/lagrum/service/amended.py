"""Amendments that somebody tries out: each a folder of law of its own on this server, and a desk that reads it too.

Only what an analysis has written comes in here, never text from outside. An amendment is named by what it says, so the
same one is kept once, and an address that names it means the same tomorrow.
"""

from __future__ import annotations

import hashlib
import os
import re
import tempfile
import threading
from collections import OrderedDict
from dataclasses import dataclass
from pathlib import Path

from lagrum.language.cache import folder
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.service.desk import Desk

OPEN = 3  # desks that are kept at hand; each holds what was built for its laws
_KEY = re.compile(r"[0-9a-f]{20}")
_FILE = "amendment.md"
_TITLE = re.compile(r'^  title +"([^"]*)"$', re.MULTILINE)
_LAW = re.compile(r"^amend ([a-z0-9-]+)$", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amendment that is kept: its key, the law that it amends, what it is called, and its text."""

    key: str
    law: str
    title: str
    text: str


class Amendments:
    """The amendments of one server. `root` is the folder they are kept in."""

    def __init__(self, desk: Desk, root: Path | None = None) -> None:
        self._desk = desk
        self._root = root or folder() / "amended"
        self._lock = threading.Lock()
        self._desks: OrderedDict[str, Desk] = OrderedDict()

    def keep(self, text: str) -> Amendment:
        """Keep the text of an amendment that an analysis wrote."""
        key = hashlib.sha256(text.encode()).hexdigest()[:20]
        below = self._root / key
        below.mkdir(parents=True, exist_ok=True, mode=0o700)
        number, name = tempfile.mkstemp(dir=below, suffix=".new")
        with os.fdopen(number, "w", encoding="utf-8") as file:
            file.write(text)
        Path(name).replace(below / _FILE)
        return _read(key, text)

    def get(self, key: str) -> Amendment | None:
        """The amendment with that key; None where there is none."""
        if not _KEY.fullmatch(key):
            return None
        try:
            return _read(key, (self._root / key / _FILE).read_text(encoding="utf-8"))
        except OSError:
            return None

    def desk(self, key: str) -> Desk:
        """A desk at which the law stands as amended. Raises `InvalidInput` for a key that there is not."""
        if self.get(key) is None:
            message = "this amendment is not kept on this server any more"
            raise InvalidInput([Diagnostic("LG0726", message, help="choose it again under Balance")])
        with self._lock:
            found = self._desks.pop(key, None) or Desk((*self._desk.library.folders[1:], self._root / key))
            self._desks[key] = found
            while len(self._desks) > OPEN:
                self._desks.popitem(last=False)
            return found


def _read(key: str, text: str) -> Amendment:
    title, law = _TITLE.search(text), _LAW.search(text)
    return Amendment(key, law[1] if law else "", title[1] if title else "", text)
