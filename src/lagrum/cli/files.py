"""Files on the command line: which ones are meant, and writing them so that nothing is ever half written or lost."""

from __future__ import annotations

import contextlib
import os
import shutil
import tempfile
from collections.abc import Iterator, Sequence
from pathlib import Path

from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.spelling import did_you_mean

CASE_SUFFIXES = (".yaml", ".yml", ".json")
_LONG = 200


def require(paths: Sequence[str]) -> tuple[Path, ...]:
    """The paths, which must all be there. Raises `InvalidInput` naming those that are not."""
    missing = [path for path in paths if not _exists(path)]
    if missing:
        raise InvalidInput(_nowhere(path) for path in missing)
    return tuple(Path(path) for path in paths)


def _exists(path: str) -> bool:
    try:
        return Path(path).exists()
    except OSError:  # too long, or a link to itself
        return False


def _nowhere(path: str) -> Diagnostic:
    named = path if len(path) <= _LONG else f"{path[:_LONG]}…"
    near = did_you_mean(Path(path).name, _neighbours(Path(path))) if len(path) <= _LONG else ""
    help_ = near or "paths are read from the folder you are in"
    return Diagnostic("LG0726", f"there is no file or folder `{named}`", help=help_)


def _neighbours(path: Path) -> list[str]:
    try:
        return sorted(entry.name for entry in path.parent.iterdir())
    except (OSError, ValueError):
        return []


def law_files(path: Path) -> Iterator[Path]:
    """The Markdown files at or below the path, in order; hidden folders are left out."""
    if path.is_file():
        yield path
    else:
        yield from (p for p in _below(path) if p.suffix == ".md")


def case_files(path: Path) -> Iterator[Path]:
    """The case files at or below the path: the file itself, or what lies in folders called `cases`."""
    if path.is_file():
        yield path
    else:
        inside = "cases" in path.resolve().parts
        for p in _below(path):
            if p.suffix in CASE_SUFFIXES and (inside or "cases" in p.relative_to(path).parts[:-1]):
                yield p


def is_case(path: Path) -> bool:
    """Whether a file named by hand is a case file, by its suffix."""
    return path.is_file() and path.suffix in CASE_SUFFIXES


def inside(path: Path, folders: Sequence[Path]) -> bool:
    """Whether the path lies in one of the folders, or is one."""
    return any(path.resolve().is_relative_to(folder.resolve()) for folder in folders)


def write_new(path: Path, text: str) -> None:
    """Write a file that was not there. Raises `InvalidInput` where it is there already or its folder is missing."""
    if not path.parent.is_dir():
        raise InvalidInput([Diagnostic("LG0726", f"there is no folder `{path.parent}`", help="make it first")])
    with _beside(path, text) as temporary:
        try:
            os.link(temporary, path)  # unlike a rename, this fails where the name is taken
        except FileExistsError:
            help_ = "choose another name, or move the old file away"
            raise InvalidInput([Diagnostic("LG0727", f"`{path}` is there already", help=help_)]) from None


def rewrite(path: Path, text: str) -> None:
    """Put a new text in the place of a file's old one, all or nothing; its permissions stay."""
    target = path.resolve()
    with _beside(target, text) as temporary:
        shutil.copymode(target, temporary)
        temporary.replace(target)


@contextlib.contextmanager
def _beside(path: Path, text: str) -> Iterator[Path]:
    """A temporary file with the text in the same folder, removed at the end where it is still there."""
    handle, name = tempfile.mkstemp(prefix=f".{path.name}.", dir=path.parent)
    temporary = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", newline="\n") as file:
            file.write(text)
        temporary.chmod(0o666 & ~_umask())
        yield temporary
    finally:
        temporary.unlink(missing_ok=True)


def _umask() -> int:
    current = os.umask(0o022)
    os.umask(current)
    return current


def _below(folder: Path) -> Iterator[Path]:
    for root, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not name.startswith("."))
        yield from (Path(root) / name for name in sorted(names) if not name.startswith("."))
