"""A cache on disk for what is dear to build and the same each time: resolved law, and what is compiled from it.

An entry is a header line with the SHA-256 of its payload, and the payload: a pickle that is read by an unpickler which
admits nothing but the project's own plain records and a few value types. Whatever is damaged, stale or not ours is
built anew; a cache that cannot be written is done without.
"""

from __future__ import annotations

import contextlib
import gc
import hashlib
import importlib
import io
import os
import pickle
import stat
import sys
import tempfile
from collections.abc import Callable, Iterable, Iterator
from dataclasses import fields, is_dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, TypeVar

T = TypeVar("T")

_MAGIC = b"lagrum cache 1 "
_KEPT = 24  # entries of one name; older ones go
_LARGEST = 512 * 1024 * 1024
_VALUES = {("builtins", "frozenset"), ("builtins", "set"), ("datetime", "date"), ("decimal", "Decimal")}


def folder() -> Path:
    """Where entries live: `LAGRUM_CACHE_DIR`, else `lagrum` in the user's cache folder."""
    chosen = os.environ.get("LAGRUM_CACHE_DIR")
    if chosen:
        return Path(chosen)
    base = os.environ.get("XDG_CACHE_HOME")
    return (Path(base) if base else Path("~/.cache").expanduser()) / "lagrum"


@lru_cache
def fingerprint(*packages: str) -> str:
    """SHA-256 of the source of packages of lagrum (`language`, `model`) and of the Python that runs it: what other
    code has built is stale."""
    digest = hashlib.sha256(repr((sys.version_info[:3], _MAGIC)).encode())
    root = Path(__file__).parent.parent
    for package in packages:
        for path in sorted((root / package).rglob("*")):
            if path.suffix in (".py", ".lark", ".yaml"):
                digest.update(path.relative_to(root).as_posix().encode() + b"\0")
                digest.update(hashlib.sha256(path.read_bytes()).digest())
    return digest.hexdigest()


def cached(
    name: str,
    key: str,
    build: Callable[[], T],
    sound: Callable[[object], bool],
    packages: tuple[str, ...] = ("lagrum.model",),
) -> T:
    """What `build` gives, kept under `name` and `key` (a hash of all it depends on, see `fingerprint`).

    `sound` says whether what was read is of the right shape. Records are pickled field by field, and only those of
    `packages` are admitted. Never raises on its own account.
    """
    path = _path(name, key)
    found: T | None = peeked(name, key, sound, packages)
    if found is not None:
        return found
    value = build()
    with contextlib.suppress(OSError, pickle.PicklingError, RecursionError, RuntimeError):
        _write(path, value)
        _prune(path.parent, name)
    return value


def peeked(
    name: str, key: str, sound: Callable[[object], bool], packages: tuple[str, ...] = ("lagrum.model",)
) -> Any | None:
    """What is kept under `name` and `key`; None where nothing is that can be trusted."""
    found = _read(_path(name, key), packages)
    return found[0] if found is not None and sound(found[0]) else None


def _path(name: str, key: str) -> Path:
    return folder() / f"{name}-{hashlib.sha256(key.encode()).hexdigest()[:40]}.bin"


def _private(state: os.stat_result) -> bool:
    """Whether a file or folder is the user's own and nobody else can write it."""
    return not hasattr(os, "getuid") or (state.st_uid == os.getuid() and not state.st_mode & 0o022)


def _read(path: Path, packages: tuple[str, ...]) -> tuple[Any] | None:
    """The value of an entry, or None where there is none that can be trusted."""
    try:
        if not _private(path.parent.stat()):
            return None
        with path.open("rb") as file:
            state = os.fstat(file.fileno())
            if not stat.S_ISREG(state.st_mode) or not _private(state) or state.st_size > _LARGEST:
                return None
            header, payload = file.readline(200), file.read()
        if header != _MAGIC + hashlib.sha256(payload).hexdigest().encode() + b"\n":
            return None
        with contextlib.suppress(OSError):
            os.utime(path)  # the entries used last are kept
        return (_load(payload, packages),)
    except Exception:
        return None  # the header was right and the payload is not: built by something else; build it anew


def _load(payload: bytes, packages: tuple[str, ...]) -> Any:
    with uncollected():
        return _Reader(io.BytesIO(payload), packages).load()


@contextlib.contextmanager
def uncollected() -> Iterator[None]:
    """For work that makes thousands of small records and hardly any garbage: the collector would only look at them
    again and again, which costs a fifth of reading the law."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()


def _write(path: Path, value: object) -> None:
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not _private(path.parent.stat()):
        return
    buffer = io.BytesIO()
    _Writer(buffer, protocol=5).dump(value)
    payload = buffer.getvalue()
    handle, temporary = tempfile.mkstemp(dir=path.parent, prefix=".new-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(_MAGIC + hashlib.sha256(payload).hexdigest().encode() + b"\n" + payload)
        Path(temporary).replace(path)
    except BaseException:
        with contextlib.suppress(OSError):
            Path(temporary).unlink()
        raise


def _prune(where: Path, name: str) -> None:
    entries = sorted(where.glob(f"{name}-*.bin"), key=lambda entry: entry.stat().st_mtime, reverse=True)
    for entry in entries[_KEPT:]:
        with contextlib.suppress(OSError):
            entry.unlink()


class _Writer(pickle.Pickler):
    """Writes a record as its class and its fields, which is read several times faster than the state of a record."""

    def reducer_override(self, value: Any) -> Any:
        if is_dataclass(value) and not isinstance(value, type):
            return type(value), tuple(getattr(value, field.name) for field in fields(value))
        return NotImplemented


class _Reader(pickle.Unpickler):
    """Admits the records of some packages and plain values, nothing else."""

    def __init__(self, file: io.BytesIO, packages: Iterable[str]) -> None:
        super().__init__(file)
        self.packages = tuple(packages)

    def find_class(self, module: str, name: str) -> Any:
        if (module, name) in _VALUES:
            return super().find_class(module, name)
        if any(module == package or module.startswith(package + ".") for package in self.packages):
            found = vars(importlib.import_module(module)).get(name)
            if isinstance(found, type) and found.__module__ == module and not issubclass(found, BaseException):
                return found
        raise pickle.UnpicklingError(f"{module}.{name} is not admitted")
