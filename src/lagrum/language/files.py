"""Finding and reading law files, with limits on size and depth, and a diagnostic for each that cannot be read."""

from __future__ import annotations

import hashlib
import os
import re
import stat
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from lagrum.language.problems import Problems, quote
from lagrum.model.diagnostics import Diagnostic
from lagrum.model.places import Place

LARGEST = 4 * 1024 * 1024
DEEPEST = 30
MOST_FILES = 20_000
_TRANSLATION = re.compile(r"(.+)\.[a-z]{2}\.md")


@dataclass(frozen=True)
class LawFile:
    """A Markdown file that may hold law: `name` is relative to its folder of law, with forward slashes."""

    name: str
    text: str
    data: bytes = field(repr=False)

    @cached_property
    def hash(self) -> str:
        return hashlib.sha256(self.data).hexdigest()


def find_files(folders: Sequence[Path]) -> tuple[tuple[LawFile, ...], tuple[Diagnostic, ...]]:
    """All Markdown files below the folders, in the order of their names, without `cases` folders, hidden ones and
    translations; and what could not be read."""
    search = _Search()
    found: dict[str, LawFile] = {}
    for folder in folders:
        for path, name in search.below(folder, "", ()):
            if name in found:
                name = f"{folder.name}/{name}"
            if name not in found and (file := search.read(path, name)) is not None:
                found[name] = file
    return tuple(found.values()), search.problems.all()


def translations_of(file: Path, lang: str) -> Path:
    """Where the translations of a vocabulary stand: `ai-use.md` → `ai-use.sv.md`."""
    return file.with_name(f"{file.name.removesuffix('.md')}.{lang}.md")


def read_text(path: Path, largest: int = LARGEST) -> tuple[str | None, tuple[Diagnostic, ...]]:
    """The text of one file that somebody named; None, and why, where it cannot be read, is too large or not UTF-8."""
    search = _Search()
    file = search.read(path, _clean(str(path)), largest)
    return (None if file is None else file.text), search.problems.all()


def decode(data: bytes, name: str, problems: Problems) -> str | None:
    """Text from UTF-8, with or without a byte order mark; None, and a note of the place, where it is none."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        before = data[: error.start]
        line = before.count(b"\n") + 1
        column = len(before.rsplit(b"\n", 1)[-1].decode("utf-8", "replace")) + 1
        problems.error(
            "LG0704",
            f"{quote(name)} is not UTF-8 text",
            Place(name, line, column, line, column + 1),
            mend="save it in the encoding UTF-8",
        )
        return None


def _clean(name: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in name)


class _Search:
    """One walk through the folders; it never visits a folder twice."""

    def __init__(self) -> None:
        self.problems = Problems()
        self.seen: set[tuple[int, int]] = set()
        self.count = 0

    def below(self, folder: Path, prefix: str, above: tuple[tuple[int, int], ...]) -> Iterator[tuple[Path, str]]:
        try:
            state = folder.stat()
            known = (state.st_dev, state.st_ino)
            if known in above or len(above) > DEEPEST:
                self._unreadable(prefix.rstrip("/"), "a folder that lies in itself" if known in above else "too deep")
                return
            if known in self.seen:
                return
            self.seen.add(known)
            entries = sorted(os.scandir(folder), key=lambda entry: entry.name)
        except OSError as error:
            self._unreadable(prefix.rstrip("/") or folder.name, _why(error))
            return
        names = {entry.name for entry in entries}
        for entry in entries:
            if entry.name.startswith(".") or entry.name == "cases":
                continue
            name = prefix + _clean(entry.name)
            translated = _TRANSLATION.fullmatch(entry.name)
            if entry.name.endswith(".md"):
                self.count += 1
                if self.count > MOST_FILES:
                    self._unreadable(name, f"more than {MOST_FILES} files")
                    return
                if translated is None or f"{translated[1]}.md" not in names:
                    yield Path(entry.path), name
            elif self._is_folder(entry, name):
                yield from self.below(Path(entry.path), name + "/", (*above, known))

    def _is_folder(self, entry: os.DirEntry[str], name: str) -> bool:
        try:
            if entry.is_symlink():
                return stat.S_ISDIR(Path(entry.path).stat().st_mode)
            return entry.is_dir()
        except OSError as error:
            self._unreadable(name, _why(error))
            return False

    def read(self, path: Path, name: str, largest: int = LARGEST) -> LawFile | None:
        try:
            state = path.stat()
            if not stat.S_ISREG(state.st_mode):
                self._unreadable(name, "it is not a plain file")
                return None
            with path.open("rb") as file:
                data = file.read(largest + 1)
        except OSError as error:
            self._unreadable(name, _why(error))
            return None
        if len(data) > largest:
            self.problems.error(
                "LG0703",
                f"{quote(name)} is larger than {largest // 1024 // 1024} MB",
                Place(name, 1, 1, 1, 1),
                mend="split it",
            )
            return None
        text = decode(data, name, self.problems)
        return None if text is None else LawFile(name, text, data)

    def _unreadable(self, name: str, why: str) -> None:
        self.problems.error(
            "LG0702",
            f"{quote(name)} cannot be read: {why}",
            Place(name, 1, 1, 1, 1),
            mend="the rest is read without it",
        )


def _why(error: OSError) -> str:
    return (error.strerror or "it is not there").lower()
