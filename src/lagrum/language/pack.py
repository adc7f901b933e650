"""Packs: the law in some folders, read as a whole."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lagrum.language.cache import cached, fingerprint, uncollected
from lagrum.language.files import find_files
from lagrum.model.diagnostics import Diagnostic
from lagrum.model.instruments import Pack


@dataclass(frozen=True)
class Loaded:
    """A pack of everything that is sound, what is wrong with the rest, and the text of each file by its name.

    `left_out` names the instruments that have errors, or cite one that has, and so are not in the pack.
    """

    pack: Pack
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    left_out: tuple[str, ...] = ()


def load_pack(folders: Sequence[Path], cache: bool = True) -> Loaded:
    """Read all vocabularies and instruments below the folders; file names in places are relative to their folder.

    Never raises for what it reads: an instrument with errors is left out, and `diagnostics` says why. The result is
    kept in the cache on disk until a law file or lagrum itself changes.
    """
    files, unread = find_files(folders)

    def build() -> tuple[Pack, tuple[Diagnostic, ...], tuple[str, ...]]:
        from lagrum.language.assemble import assemble  # the parser and its libraries load only where they are needed

        with uncollected():
            return assemble(files)

    if cache:
        key = hashlib.sha256(fingerprint("language", "model").encode())
        for file in files:
            key.update(f"{file.name}\0{file.hash}\n".encode())
        pack, diagnostics, left_out = cached("pack", key.hexdigest(), build, _sound)
    else:
        pack, diagnostics, left_out = build()
    found = sorted((*unread, *diagnostics), key=_order)
    return Loaded(pack, tuple(found), {file.name: file.text for file in files}, left_out)


def _sound(value: object) -> bool:
    match value:
        case (Pack(), tuple(diagnostics), tuple(left_out)):
            return all(isinstance(found, Diagnostic) for found in diagnostics) and all(
                isinstance(name, str) for name in left_out
            )
        case _:
            return False


def _order(diagnostic: Diagnostic) -> tuple[str, int, int]:
    place = diagnostic.place
    return (place.file, place.line, place.column) if place else ("", 0, 0)
