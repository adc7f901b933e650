"""Official text: acts as their publisher prints them, read from files a user has, kept outside the repository.

`read_acts` reads files, `save` keeps an act, `open_texts` gives the acts that are kept, `words_for` the official words
at a citation. The readers and their parser are imported when a file is read, not before.
"""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from lagrum.model.citations import Citation
from lagrum.model.instruments import Instrument
from lagrum.texts.act import Act, Provision
from lagrum.texts.library import Texts, open_texts
from lagrum.texts.lock import Lock, State, lock_beside, pin, read_lock, write_lock
from lagrum.texts.store import folder, save

__all__ = [
    "Act",
    "Lock",
    "Provision",
    "State",
    "Texts",
    "folder",
    "lock_beside",
    "open_texts",
    "pin",
    "read_acts",
    "read_lock",
    "save",
    "words_for",
    "write_lock",
]


def read_acts(paths: Sequence[Path]) -> tuple[Act, ...]:
    """The acts in files, folders and archives of Formex or EUR-Lex HTML. Raises `InvalidInput`."""
    from lagrum.texts.reading import read_acts as read

    return read(paths)


def words_for(instrument: Instrument, citation: Citation, language: str = "en") -> Provision | None:
    """The official words at a citation of an instrument, from the usual store; None where there are none.

    Who asks for many opens the store once: `open_texts().words_for(…)`.
    """
    return open_texts().words_for(instrument, citation, language)
