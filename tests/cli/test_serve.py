"""`lagrum serve` as a person starts and stops it."""

from __future__ import annotations

import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx2
import pytest

PROGRAM = [sys.executable, "-c", "from lagrum.cli.main import main; main()", "serve"]


@pytest.fixture
def serving(tmp_path: Path) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """A server on a free port, and where it says it is."""
    arguments = ["--port", "0", "--database", f"sqlite:///{tmp_path / 'register.db'}"]
    process = subprocess.Popen([*PROGRAM, *arguments], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    with process:
        assert process.stdout is not None
        found = re.match(r"lagrum is at (http://127\.0\.0\.1:\d+)/", process.stdout.readline())
        assert found is not None
        yield process, found[1]
        process.kill()


def test_it_says_where_it_is_and_ends_with_control_c(serving: tuple[subprocess.Popen[str], str]) -> None:
    process, address = serving
    assert "What does the law on AI let through?" in httpx2.get(address, timeout=60).text
    process.send_signal(signal.SIGINT)
    assert process.wait(30) in (0, 130)
    assert process.stderr is not None
    assert "Traceback" not in process.stderr.read()


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run([*PROGRAM, *arguments], capture_output=True, text=True, timeout=60, check=False)


def test_it_does_not_let_everybody_in_without_signing_in(tmp_path: Path) -> None:
    done = run("--host", "0.0.0.0", "--port", "0", "--database", f"sqlite:///{tmp_path / 'r.db'}")
    assert done.returncode == 3
    assert "lets anybody in" in done.stderr


def test_a_port_that_is_taken_is_told(serving: tuple[subprocess.Popen[str], str], tmp_path: Path) -> None:
    port = serving[1].rpartition(":")[2]
    done = run("--port", port, "--database", f"sqlite:///{tmp_path / 'other.db'}")
    assert done.returncode == 3
    assert "--port 0" in done.stderr


def test_a_database_that_cannot_be_opened_is_told(tmp_path: Path) -> None:
    (tmp_path / "register.db").write_bytes(b"this is no database, whatever its name says" * 40)
    done = run("--port", "0", "--database", f"sqlite:///{tmp_path / 'register.db'}")
    assert done.returncode != 0
    assert "Traceback" not in done.stderr
