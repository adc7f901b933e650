"""Official words beside our rules, where a user has imported them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property
from pathlib import Path

import click

from lagrum.cli.diagnostics import render
from lagrum.cli.options import Options
from lagrum.library import Library
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.instruments import Instrument
from lagrum.model.norms import Norm
from lagrum.texts import Lock, Provision, State, Texts, lock_beside, open_texts, read_lock

_SAID = {
    State.SAME: "the words the rule was encoded from",
    State.CHANGED: "changed since the rule was encoded",
    State.NOT_PINNED: "not pinned",
}


def lock_of(library: Library, instrument: Instrument) -> Path | None:
    """Where the lock file of an instrument stands or would stand; None where it was not read from a file."""
    return lock_beside(Path(library.path_of(instrument.files[0]))) if instrument.files else None


@dataclass(frozen=True)
class Official:
    """The official words for one command: the store is read once, and only when first asked for."""

    options: Options
    _locks: dict[str, Lock | None] = field(default_factory=dict)
    _printed: set[tuple[str, str]] = field(default_factory=set)

    @cached_property
    def texts(self) -> Texts:
        """The imported acts; damaged ones are named on stderr."""
        texts = open_texts()
        if texts.diagnostics:
            click.echo(render(texts.diagnostics, {}, self.options.error_colour), err=True)
        return texts

    def words(self, instrument: Instrument, norm: Norm) -> tuple[Provision, State] | None:
        """The words at a norm's citation and how they stand to those it was encoded from; None where there are none."""
        provision = self.texts.words_for(instrument, norm.citation, self.options.lang)
        if provision is None:
            return None
        lock = self._lock(instrument)
        return provision, lock.state(norm.citation, provision) if lock else State.NOT_PINNED

    def print(self, instrument: Instrument, norm: Norm) -> None:
        """Rows with the words, and where they come from; once for each citation."""
        place = (instrument.id, str(norm.citation))
        found = self.words(instrument, norm)
        if found is not None and place not in self._printed:
            self._printed.add(place)
            provision, state = found
            for line in provision.words.split("\n"):
                self.options.out.row("Official", line.strip(), indent=len(line) - len(line.lstrip()))
            self.options.out.row("Text", f"{provision.label}; {_SAID[state]}", str(provision.citation))

    def to_dict(self, instrument: Instrument, norm: Norm) -> dict[str, object] | None:
        """The same for programs; None where there are no words."""
        found = self.words(instrument, norm)
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
            path = lock_of(self.options.library, instrument)
            self._locks[instrument.id] = read_lock(path, instrument.id) if path else None
        return self._locks[instrument.id]


def changed_words(library: Library, files: Iterable[str]) -> list[Diagnostic]:
    """What `lagrum check` says of the instruments in the law files: norms whose official words changed since they were
    pinned, and lock files that are damaged. Nothing is read where no instrument has a lock file."""
    asked = set(files)
    found: list[Diagnostic] = []
    texts: Texts | None = None
    for instrument in library.pack.instruments.values():
        path = lock_of(library, instrument)
        if path is None or library.path_of(instrument.files[0]) not in asked:
            continue
        try:
            lock = read_lock(path, instrument.id)
        except InvalidInput as error:
            found += error.diagnostics
            continue
        if lock is not None:
            texts = texts or open_texts()
            found += (replace(d, place=library.real(d.place)) for d in texts.changed(instrument, lock))
    return found
