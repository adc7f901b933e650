"""Official words beside our rules, where a user has imported them."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from functools import cached_property

import click

from lagrum.cli.diagnostics import render
from lagrum.cli.options import Options
from lagrum.library import Library
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.instruments import Instrument
from lagrum.model.norms import Norm
from lagrum.service.official import Words, lock_of
from lagrum.texts import State, Texts, open_texts, read_lock

_SAID = {
    State.SAME: "the words the rule was encoded from",
    State.CHANGED: "changed since the rule was encoded",
    State.NOT_PINNED: "not pinned",
}


@dataclass(frozen=True)
class Official:
    """The official words for one command: the store is read once, and only when first asked for."""

    options: Options
    _printed: set[tuple[str, str]] = field(default_factory=set)

    @cached_property
    def words(self) -> Words:
        """The imported acts; damaged ones are named on stderr."""
        texts = open_texts()
        if texts.diagnostics:
            click.echo(render(texts.diagnostics, {}, self.options.error_colour), err=True)
        return Words(self.options.library, texts)

    def print(self, instrument: Instrument, norm: Norm) -> None:
        """Rows with the words, and where they come from; once for each citation."""
        place = (instrument.id, str(norm.citation))
        found = self.words.at(instrument, norm.citation, self.options.lang)
        if found is not None and place not in self._printed:
            self._printed.add(place)
            provision, state = found
            for line in provision.words.split("\n"):
                self.options.out.row("Official", line.strip(), indent=len(line) - len(line.lstrip()))
            self.options.out.row("Text", f"{provision.label}; {_SAID[state]}", str(provision.citation))


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
