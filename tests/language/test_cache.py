"""The cache on disk: what it spares, and that nothing in it is trusted."""

from __future__ import annotations

import hashlib
import os
import pickle
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from lagrum.language import cache
from lagrum.language.pack import load_pack
from lagrum.model.citations import Citation
from tests.language.house import law, write


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setenv("LAGRUM_CACHE_DIR", str(tmp_path / "cache"))
    return tmp_path / "cache"


class Counted:
    """Builds a value and counts how often."""

    def __init__(self, value: object) -> None:
        self.value = value
        self.times = 0

    def __call__(self) -> object:
        self.times += 1
        return self.value


def get(build: Callable[[], object], key: str = "k") -> object:
    return cache.cached("thing", key, build, lambda value: isinstance(value, tuple))


def entry(folder: Path) -> Path:
    (found,) = folder.glob("thing-*.bin")
    return found


def test_a_value_is_built_once_for_each_key(folder: Path) -> None:
    build = Counted((Citation(("Art. 5",)), frozenset({1}), {"a": None}))
    assert get(build) == get(build) == build.value
    assert build.times == 1
    get(build, "other")
    assert build.times == 2
    assert folder.stat().st_mode & 0o777 == 0o700
    assert not list(folder.glob(".new-*"))


def forged(payload: bytes) -> bytes:
    return b"lagrum cache 1 " + hashlib.sha256(payload).hexdigest().encode() + b"\n" + payload


class Trap:
    def __reduce__(self) -> tuple[object, ...]:
        return os.system, ("touch trapped",)


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"lagrum cache 1 \n",
        b"\x00" * 1000,
        forged(b""),
        forged(b"\x80\x05garbage"),
        forged(pickle.dumps(Trap())),
        forged(pickle.dumps(["not what was asked for"])),
        forged(b"cbuiltins\neval\n(S'1'\ntR."),
        forged(b"clagrum.model.citations\nparse_citation\n(S'x'\ntR."),
        forged(b"clagrum.language.cache\nPath\n(S'x'\ntR."),
    ],
)
def test_whatever_is_damaged_or_foreign_is_built_anew(folder: Path, content: bytes) -> None:
    build = Counted(("right",))
    get(build)
    entry(folder).write_bytes(content)
    assert get(build) == ("right",)
    assert build.times == 2
    assert get(build) == ("right",)
    assert build.times == 2
    assert not Path("trapped").exists()


def test_a_flipped_bit_is_noticed(folder: Path) -> None:
    build = Counted(("right", 12345))
    get(build)
    content = bytearray(entry(folder).read_bytes())
    content[-3] ^= 1
    entry(folder).write_bytes(bytes(content))
    assert get(build) == ("right", 12345)
    assert build.times == 2


@pytest.mark.skipif(not hasattr(os, "getuid"), reason="files have no owner here")
def test_a_folder_that_others_can_write_is_not_used(folder: Path) -> None:
    build = Counted(("right",))
    get(build)
    folder.chmod(0o777)
    get(build)
    assert build.times == 2


def test_without_a_place_to_write_everything_works(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").write_text("x")
    monkeypatch.setenv("LAGRUM_CACHE_DIR", str(tmp_path / "file" / "cache"))
    assert get(Counted(("right",))) == ("right",)


def test_old_entries_go(folder: Path) -> None:
    for i in range(40):
        get(Counted((i,)), str(i))
    assert len(list(folder.glob("thing-*.bin"))) == 24


def test_a_warm_start_is_the_same_and_loads_no_parser(folder: Path, tmp_path: Path) -> None:
    norms = "\n\n".join(
        f'forbid Art. {i} "number {i}"\n  from 2025-02-02\n  when all of\n    necessary\n    any of\n'
        f"      timing is real-time  [Art. 3({i})]\n      purpose has law enforcement\n      placed before 2026-08-02"
        for i in range(1, 401)
    )
    laws = write(tmp_path / "laws", {f"{i}.md": law(norms, f"law-{i}") for i in range(2)})
    cold = load_pack([laws])
    script = (
        "import sys, time; from pathlib import Path; from lagrum.language import load_pack\n"
        f"start = time.perf_counter(); loaded = load_pack([Path({str(laws)!r})]); spent = time.perf_counter() - start\n"
        "print(spent, len(loaded.pack.instruments), 'lark' in sys.modules, 'markdown_it' in sys.modules)"
    )
    answer = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True).stdout.split()
    assert answer[1:] == ["2", "False", "False"]
    start = time.perf_counter()
    warm = load_pack([laws])
    assert time.perf_counter() - start < 0.5  # measured: some 20 ms; slow machines must not fail
    assert warm == cold


def test_a_changed_law_is_read_anew(folder: Path, tmp_path: Path) -> None:
    laws = write(tmp_path / "laws", {"x.md": law('forbid Art. 1 "x"')})
    assert load_pack([laws]).pack.instruments["test-law"].norms[0].label == "x"
    write(laws, {"x.md": law('forbid Art. 1 "y"')})
    assert load_pack([laws]).pack.instruments["test-law"].norms[0].label == "y"
