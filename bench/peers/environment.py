"""A throwaway place with the tools in it, at the versions that the benchmark is about."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from zipfile import ZipFile

HERE = Path(__file__).parent
PINNED = ("ai-act-companion==0.10.0", "euaiact==0.1.0")
NEWER = "eu-ai-act-classifier==0.2.2"  # says that it needs Python 3.13


@dataclass(frozen=True)
class Tool:
    """A tool, the adapter that asks it, and what its Python needs to find it."""

    name: str
    adapter: str
    python: Path
    path: Path | None = None

    def ask(self) -> subprocess.CompletedProcess[bytes]:
        environment = {**os.environ, "PYTHONPATH": str(self.path)} if self.path else None
        command = [self.python, HERE / "adapters" / self.adapter]
        return subprocess.run(command, env=environment, capture_output=True, check=False)


def tools(folder: Path) -> tuple[list[Tool], list[str]]:
    """lagrum and its peers, installed in the folder unless they are there already; and what is to be said of them."""
    python, unpacked = folder / "venv" / "bin" / "python", folder / "unpacked"
    if not python.exists():
        subprocess.run([sys.executable, "-m", "venv", folder / "venv"], check=True)
        _pip(python, "install", *PINNED)
        old = sys.version_info < (3, 13)
        if old:
            chosen = ("--no-deps", "--python-version", "3.13", "--only-binary", ":all:", "--dest", str(folder))
            _pip(python, "download", *chosen, NEWER)
            for wheel in folder.glob("*.whl"):
                ZipFile(wheel).extractall(unpacked)
        else:
            _pip(python, "install", NEWER)
    notes = []
    if unpacked.exists():
        notes.append(
            "eu-ai-act-classifier says that it needs Python 3.13 or later; its wheel was unpacked and run as it is "
            f"under {sys.version_info.major}.{sys.version_info.minor}."
        )
    found = [
        Tool("lagrum", "ask_lagrum.py", Path(sys.executable)),
        Tool("euaiact", "ask_euaiact.py", python),
        Tool("eu-ai-act-classifier", "ask_classifier.py", python, unpacked if unpacked.exists() else None),
        Tool("ai-act-companion", "ask_companion.py", python),
    ]
    return found, notes


def _pip(python: Path, *arguments: str) -> None:
    subprocess.run([python, "-m", "pip", "--quiet", "--quiet", "--disable-pip-version-check", *arguments], check=True)
