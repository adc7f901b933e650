"""The command line over a small pack of its own instead of the built-in law."""

from __future__ import annotations

import json
import shutil
from collections.abc import Callable
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from referencing import Registry

from lagrum import library
from lagrum.cli.main import run

PACK = Path(__file__).parent / "pack"


@dataclass(frozen=True)
class Ran:
    """What a command line did."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Lagrum = Callable[..., Ran]


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A copy of the small pack, which stands for the built-in law."""
    folder = tmp_path / "laws"
    shutil.copytree(PACK, folder)
    monkeypatch.setattr(library, "built_in_laws", lambda: folder)
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("LAGRUM_LAWS", raising=False)
    monkeypatch.chdir(tmp_path)
    return folder


@pytest.fixture
def lagrum(pack: Path, capsys: pytest.CaptureFixture[str]) -> Lagrum:
    """Runs a command line inside this process, in an empty folder."""

    def call(*arguments: str) -> Ran:
        capsys.readouterr()
        status = run(arguments)
        said = capsys.readouterr()
        return Ran(status, said.out, said.err)

    return call


def valid(answer: Any, name: str) -> None:
    """Hold an answer against its published schema."""
    files = [file for file in resources.files("lagrum").joinpath("schemas").iterdir() if file.name.endswith(".json")]
    schemas = {file.name.removesuffix(".json"): json.loads(file.read_text(encoding="utf-8")) for file in files}
    jsonschema.Draft202012Validator.check_schema(schemas[name])
    registry = Registry().with_contents((s["$id"], s) for s in schemas.values() if "$id" in s)
    jsonschema.Draft202012Validator(schemas[name], registry=registry).validate(answer)
