"""From law files to a pack: which file is a vocabulary, which an instrument, which continues one."""

from __future__ import annotations

import hashlib
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from enum import Enum, auto
from pathlib import PurePosixPath

from lagrum.language import syntax
from lagrum.language.files import LawFile
from lagrum.language.parser import parse_document
from lagrum.language.problems import Problems, quote
from lagrum.language.resolve import resolve
from lagrum.language.resolve_texts import Source
from lagrum.model.diagnostics import Diagnostic, Severity
from lagrum.model.instruments import Instrument, Pack, Version

_FENCE = re.compile(r"^ {0,3}(?:`{3,}|~{3,})\s*law\b", re.MULTILINE)
_HEAD = re.compile(r"^instrument\s", re.MULTILINE)


class _Role(Enum):
    HEAD = auto()  # has the `instrument` sentence, or had one that cannot be read
    VOCABULARY = auto()
    SETS = auto()  # only named sets: continues an instrument, or is a vocabulary
    PART = auto()


@dataclass(frozen=True, slots=True)
class _Read:
    file: LawFile
    document: syntax.Document
    whole: bool
    role: _Role

    @property
    def folder(self) -> str:
        return str(PurePosixPath(self.file.name).parent)


def assemble(files: Sequence[LawFile]) -> tuple[Pack, tuple[Diagnostic, ...], tuple[str, ...]]:
    """Parse and resolve all files: the pack of what is sound, every diagnostic, and the ids of what was left out."""
    parsed: list[Diagnostic] = []
    by_folder: dict[str, list[_Read]] = defaultdict(list)
    for file in files:
        if _FENCE.search(file.text) is None:
            continue  # prose
        document, diagnostics = parse_document(file.name, file.text)
        parsed += diagnostics
        whole = not any(found.severity is Severity.ERROR for found in diagnostics)
        if document.blocks or not whole:
            read = _Read(file, document, whole, _role(document, whole))
            by_folder[read.folder].append(read)
    problems = Problems()
    vocabularies: list[Source] = []
    instruments: list[Source] = []
    for reads in by_folder.values():
        _sort(reads, vocabularies, instruments, problems)
    resolved = resolve(vocabularies, instruments)
    names = {vocabulary.id: vocabulary.file for vocabulary in resolved.vocabularies.values()}
    contents = {file.name: file.hash for file in files}

    def hashed(version: Version) -> Version:
        return replace(version, hash=_hash(version.instrument, names, contents))

    versions = {id_: tuple(map(hashed, each)) for id_, each in resolved.versions.items()}
    hashes = {id_: each[-1].hash for id_, each in versions.items()}
    heads = [source.head for source in instruments]
    left_out = {head.id.text for head in heads if head is not None} - set(resolved.instruments)
    pack = Pack(resolved.vocabularies, resolved.instruments, resolved.facts, hashes, versions)
    return pack, (*parsed, *problems.all(), *resolved.diagnostics), tuple(sorted(left_out))


def _role(document: syntax.Document, whole: bool) -> _Role:
    kinds = {type(sentence) for block in document.blocks for sentence in block.sentences}
    if syntax.InstrumentS in kinds or (not whole and _HEAD.search(document.text) is not None):
        return _Role.HEAD
    if kinds == {syntax.ValuesS}:
        return _Role.SETS
    if not kinds or kinds & {syntax.FactS, syntax.ImpossibleS}:
        return _Role.VOCABULARY
    return _Role.PART


def _sort(reads: Sequence[_Read], vocabularies: list[Source], instruments: list[Source], problems: Problems) -> None:
    """Put the files of one folder in their places."""
    heads = [read for read in reads if read.role is _Role.HEAD]
    parts: list[_Read] = []
    for read in reads:
        alone = read.role is _Role.SETS and len(heads) != 1
        if read.role is _Role.VOCABULARY or alone:
            vocabularies.append(Source((read.document,), read.whole))
        elif read.role in (_Role.PART, _Role.SETS):
            parts.append(read)
    if len(heads) == 1:
        group = [heads[0], *sorted(parts, key=lambda read: read.file.name)]
        whole = all(read.whole for read in group)
        instruments.append(Source(tuple(read.document for read in group), whole))
        return
    instruments.extend(Source((head.document,), head.whole) for head in heads)
    for part in parts:
        place = next((s.place for block in part.document.blocks for s in block.sentences), None)
        several = f"its folder holds {len(heads)} instruments" if heads else "its folder holds no `instrument` sentence"
        problems.error(
            "LG0707",
            f"{quote(part.file.name)} belongs to no instrument: {several}",
            place,
            mend="give each instrument with several files a folder of its own",
        )


def _hash(instrument: Instrument, vocabulary_files: Mapping[str, str], contents: Mapping[str, str]) -> str:
    """SHA-256 of the files an instrument rests on, its own, its amending acts' and its vocabularies'; their folders'
    places do not matter."""
    names = dict.fromkeys([*instrument.files, *(vocabulary_files[used] for used in instrument.uses)])
    parts = [f"{name}\0{contents[name]}\n" for name in sorted(names)]
    return hashlib.sha256("".join(parts).encode()).hexdigest()
