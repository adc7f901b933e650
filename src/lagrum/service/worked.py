"""Worked cases by the rules that they test: those that expect a rule to decide, or not to."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from lagrum.library import Library
from lagrum.model.citations import Citation, parse_citation
from lagrum.service.laws import CASE_SUFFIXES

_NAME = re.compile(r"^case: (.+)$", re.MULTILINE)
_LAWS = re.compile(r"^law: \[([^\]]*)\]", re.MULTILINE)
_RULING = re.compile(r"^  ruling: ([a-z]+)", re.MULTILINE)
_REASONS = re.compile(r"^  (not )?because: \[([^\]]*)\]", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Worked:
    """A case file that speaks of a rule. `path` is the file's below its folder of law, `decides` whether the rule is
    among the reasons that it expects, or among those that it must not have; `ruling` is what must come out."""

    name: str
    path: str
    ruling: str
    decides: bool


class WorkedCases:
    """The case files of a library, by law and citation. They are looked through once, when first asked for."""

    def __init__(self, library: Library) -> None:
        self._library = library

    def of(self, law: str, place: Citation) -> tuple[Worked, ...]:
        """The cases that test the rules at a place and below it, those first in which one of them decides."""
        found = {
            case.path: case
            for citation, case in sorted(self._by_law.get(law, ()), key=lambda each: each[1].decides)
            if place.covers(citation)
        }
        return tuple(sorted(found.values(), key=lambda case: (not case.decides, case.path)))

    @cached_property
    def _by_law(self) -> dict[str, list[tuple[Citation, Worked]]]:
        found: dict[str, list[tuple[Citation, Worked]]] = {}
        for law, citation, case in self._all():
            found.setdefault(law, []).append((citation, case))
        return found

    def _all(self) -> Iterator[tuple[str, Citation, Worked]]:
        for instrument in self._library.pack.instruments.values():
            for case in instrument.cases:
                expect = case.expect
                if expect is None:
                    continue
                for decides, reasons in ((True, expect.because), (False, expect.not_because)):
                    told = Worked(case.name, case.file, expect.ruling or "", decides)
                    yield from _placed(case.laws or (instrument.id,), reasons, told)
        for folder in self._library.folders:
            for file in sorted(each for suffix in CASE_SUFFIXES for each in folder.rglob(f"*{suffix}")):
                yield from _read(file, file.relative_to(folder).as_posix())


def _read(file: Path, path: str) -> Iterator[tuple[str, Citation, Worked]]:
    """What a case file says of itself in the layout that all have. Reading them whole would take a minute."""
    text = file.read_text(encoding="utf-8", errors="replace")
    name, laws, ruling = _NAME.search(text), _LAWS.search(text), _RULING.search(text)
    if name is None or laws is None:
        return
    for match in _REASONS.finditer(text):
        told = Worked(name[1].strip("\"'"), path, ruling[1] if ruling else "", not match[1])
        yield from _placed(_listed(laws[1]), _listed(match[2]), told)


def _listed(text: str) -> tuple[str, ...]:
    return tuple(part.strip().strip("\"'") for part in text.split(",") if part.strip())


def _placed(laws: tuple[str, ...], reasons: tuple[str, ...], case: Worked) -> Iterator[tuple[str, Citation, Worked]]:
    for reason in reasons:
        first, _, rest = reason.partition(" ")
        named = first in laws
        try:
            citation = parse_citation(rest if named else reason)
        except ValueError:
            continue
        yield from ((law, citation, case) for law in ((first,) if named else laws))
