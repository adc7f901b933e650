"""Systems out of the register and into it: case files as `lagrum assess` reads them, one by one or in a zip.

What a case file has no key for (owner, role, laws …) stands in a comment on its first line, so that an exported system
comes back whole, and any other case file can be taken in.
"""

from __future__ import annotations

import json
import re
import struct
import unicodedata
import zipfile
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from io import BytesIO
from typing import IO, Any

from lagrum.language import read_case
from lagrum.library import Library
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.places import Place
from lagrum.register import limits
from lagrum.register.errors import StoreError
from lagrum.register.store import Store
from lagrum.register.systems import Filters, System

FRONT = "# lagrum register: "
MEMBERS = 10_000
"""Files of a zip that are looked at."""
UNKNOWN = "not stated"
_DAMAGED = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    NotImplementedError,
    RuntimeError,
    OSError,
    ValueError,
    EOFError,
)
_TAKEN = (".yaml", ".yml", ".json")


@dataclass(frozen=True)
class BadFile:
    """A file that was not taken in, and why."""

    name: str
    diagnostics: tuple[Diagnostic, ...]
    text: str = ""


@dataclass(frozen=True)
class Imported:
    """What became of the files: the systems that were added, and the files that could not be read."""

    systems: tuple[System, ...]
    bad: tuple[BadFile, ...]


@dataclass(frozen=True)
class Usual:
    """What a system gets of which its file says nothing."""

    owner: str = UNKNOWN
    role: str = UNKNOWN
    laws: tuple[str, ...] = ()


def case_file(system: System) -> str:
    """The system as a case file."""
    about = {"name": system.name, "owner": system.owner, "role": system.role, "laws": list(system.laws)}
    about |= {"description": system.description} if system.description else {}
    about |= {"review due": system.review_due.isoformat()} if system.review_due else {}
    text = system.case_text.removeprefix("\ufeff")
    return f"{FRONT}{json.dumps(about)}\n{text}"


def export_zip(store: Store, stream: IO[bytes], filters: Filters | None = None) -> int:
    """Write a zip with a case file for each system, retired ones too unless filtered, and the history; how many systems
    that were."""
    wanted = filters or Filters(status=None)
    written = after = 0
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        while page := store.systems.list(wanted, after):
            for system in page:
                archive.writestr(_member(f"{system.id:05d}-{_slug(system.name)}.yaml"), case_file(system))
            written += len(page)
            after = page[-1].id
        with archive.open(_member("history.jsonl"), "w", force_zip64=True) as member:
            store.history.export(member)
    return written


def import_files(
    store: Store, library: Library, files: Iterable[tuple[str, bytes]], *, by: str, usual: Usual | None = None
) -> Imported:
    """Add a system for each case file, also those in a zip. One that cannot be used is told of and hides no other."""
    added: list[System] = []
    bad: list[BadFile] = []
    for name, content in _opened(files, bad):
        text = ""
        try:
            text = _decoded(content)
            added.append(_add(store, library, name, text, by, usual or Usual()))
        except InvalidInput as error:
            bad.append(BadFile(name, tuple(error.diagnostics), text))
        except StoreError as error:
            bad.append(BadFile(name, (_wrong(name, error.sentence, error.field),), text))
    return Imported(tuple(added), tuple(bad))


def _opened(files: Iterable[tuple[str, bytes]], bad: list[BadFile]) -> Iterator[tuple[str, bytes]]:
    """The files, those in a zip each by itself."""
    for name, content in files:
        if not content.startswith(b"PK\x03\x04"):
            yield name, content
            continue
        try:
            with zipfile.ZipFile(BytesIO(content)) as archive:
                yield from _members(name, archive, bad)
        except (*_DAMAGED, StoreError) as error:
            bad.append(BadFile(name, (_wrong(name, _why(error)),)))


def _members(name: str, archive: zipfile.ZipFile, bad: list[BadFile]) -> Iterator[tuple[str, bytes]]:
    """The case files of a zip, none read further than a case file may be long."""
    members = [each for each in archive.infolist() if each.filename.lower().endswith(_TAKEN)]
    if len(members) > MEMBERS:
        raise StoreError("", f"the zip holds more than {MEMBERS} case files")
    for each in members:
        inside = f"{name}/{each.filename}"
        try:
            if each.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
                raise NotImplementedError("the file is packed in an unusual way")  # which cannot be read bit by bit
            with archive.open(each) as member:
                content = member.read(limits.CASE + 1)
        except _DAMAGED as error:
            bad.append(BadFile(inside, (_wrong(inside, _why(error)),)))
            continue
        yield inside, content


def _why(error: Exception) -> str:
    said = error.sentence if isinstance(error, StoreError) else f"this cannot be unpacked: {str(error).lower()}"
    return said.rstrip(" :.")


def _decoded(content: bytes) -> str:
    if len(content) > limits.CASE:
        raise StoreError("case", f"a case file holds at most {limits.CASE // 1024} KiB")
    try:
        return content.decode("utf-8-sig").replace("\r\n", "\n")
    except UnicodeDecodeError as error:
        raise StoreError("case", f"byte {error.start + 1} of the file is not UTF-8") from None


def _add(store: Store, library: Library, name: str, text: str, by: str, usual: Usual) -> System:
    case, diagnostics = read_case(text, name, library.pack.facts)
    if case is None:
        raise InvalidInput(diagnostics, {name: text})
    about, text = _about(text)
    laws = tuple(about.get("laws") or case.laws or usual.laws)
    library.laws(laws)  # each must be there
    due = about.get("review due")
    return store.systems.add(
        about.get("name") or case.name,
        about.get("owner") or usual.owner,
        about.get("role") or usual.role,
        text,
        by=by,
        law=laws,
        description=about.get("description") or "",
        review_due=date.fromisoformat(due) if due else None,
    )


def _about(text: str) -> tuple[dict[str, Any], str]:
    """What the first line says of the system, and the text without it. Raises `StoreError` where it cannot be read."""
    if not text.startswith(FRONT):
        return {}, text
    front, _, rest = text.partition("\n")
    try:
        about = json.loads(front.removeprefix(FRONT))
        laws, words = about.pop("laws", []), about.values()
        if not all(isinstance(each, str) for each in (*laws, *words)) or not isinstance(laws, list):
            raise TypeError
        date.fromisoformat(about.get("review due") or "2026-11-23")
    except (ValueError, TypeError, AttributeError, RecursionError):
        raise StoreError("first line", "what it says of the system cannot be read") from None
    return {**about, "laws": laws}, rest


def _wrong(name: str, sentence: str, field: str = "") -> Diagnostic:
    said = f"{field}: {sentence}" if field else sentence
    return Diagnostic("LG0741", said, Place(name, 1, 1, 1, 1))


def _member(name: str) -> zipfile.ZipInfo:
    """A member of the zip that is the same each time."""
    member = zipfile.ZipInfo(name)
    member.compress_type = zipfile.ZIP_DEFLATED
    member.external_attr = 0o644 << 16
    return member


def _slug(name: str) -> str:
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")[:60] or "system"
