"""Official words beside our rules, where a user has imported them."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from lagrum.library import Library
from lagrum.model.citations import Citation
from lagrum.model.instruments import Instrument
from lagrum.texts import Lock, Provision, State, Texts, folder, lock_beside, open_texts, read_lock


def lock_of(library: Library, instrument: Instrument) -> Path | None:
    """Where the lock file of an instrument stands or would stand; None where it was not read from a file."""
    return lock_beside(Path(library.path_of(instrument.files[0]))) if instrument.files else None


def kept_texts() -> Texts:
    """The acts that were imported, read again only when their files change."""
    where = folder()
    files = sorted(where.glob("*.json")) if where.is_dir() else []
    stats = [(path.name, path.stat()) for path in files]
    return _texts(where, tuple((name, stat.st_mtime_ns, stat.st_size) for name, stat in stats))


@lru_cache(maxsize=2)
def _texts(where: Path, _stamp: tuple[tuple[str, int, int], ...]) -> Texts:
    return open_texts(where)


@dataclass(frozen=True)
class Words:
    """The imported acts, and what was pinned of them."""

    library: Library
    texts: Texts
    _locks: dict[str, Lock | None] = field(default_factory=dict)

    def at(self, instrument: Instrument, citation: Citation, lang: str = "en") -> tuple[Provision, State] | None:
        """The words at a citation and how they stand to those its rules were encoded from; None where there are none.
        Raises `InvalidInput` for a damaged lock file."""
        provision = self.texts.words_for(instrument, citation, lang)
        if provision is None:
            return None
        lock = self._lock(instrument)
        return provision, lock.state(citation, provision) if lock else State.NOT_PINNED

    def to_dict(self, instrument: Instrument, citation: Citation, lang: str = "en") -> dict[str, object] | None:
        """The same for programs; None where there are no words."""
        found = self.at(instrument, citation, lang)
        if found is None:
            return None
        provision, state = found
        return {
            "celex": provision.act.celex,
            "language": provision.act.language,
            "format": provision.act.format,
            "citation": str(provision.citation),
            "title": provision.title,
            "words": provision.words,
            "sha256": provision.sha256,
            "state": state.value,
        }

    def _lock(self, instrument: Instrument) -> Lock | None:
        if instrument.id not in self._locks:
            path = lock_of(self.library, instrument)
            self._locks[instrument.id] = read_lock(path, instrument.id) if path else None
        return self._locks[instrument.id]
