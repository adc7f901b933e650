"""The frame: help, exit statuses, and what happens when something goes wrong."""

from __future__ import annotations

import importlib
import os
import subprocess
import sys

import click
import pytest

from lagrum.cli import status
from lagrum.cli.main import COMMANDS, run
from lagrum.model.diagnostics import BudgetExceeded
from tests.conftest import REPOSITORY

LAGRUM = [sys.executable, "-c", "from lagrum.cli.main import main; main()"]


def test_help_starts_with_two_examples(capsys: pytest.CaptureFixture[str]) -> None:
    assert run(["--help"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines[0] == "Examples:"
    assert lines[1].startswith("  lagrum assess ")
    assert lines[2].startswith("  lagrum loopholes ")
    assert all(len(line) <= 84 for line in lines)


@pytest.mark.parametrize("name", COMMANDS)
def test_every_command_has_examples_and_the_sentence_of_the_list(name: str, capsys: pytest.CaptureFixture[str]) -> None:
    assert run([name, "--help"]) == 0
    said = capsys.readouterr().out
    assert said.splitlines()[0] == "Examples:"
    assert said.splitlines()[1].startswith(f"  lagrum {name}")
    command = importlib.import_module(f"lagrum.cli.{name}").command
    assert isinstance(command, click.Command)
    assert (command.help or "").split("\n\n")[0].replace("\n", " ") == COMMANDS[name]


def test_help_reads_no_command() -> None:
    code = "import sys; from lagrum.cli.main import run; run(['--help']); print(*sys.modules, file=sys.stderr)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    loaded = set(done.stderr.split())
    assert not {m for m in loaded if m.startswith(("lagrum.language", "lagrum.reasoning", "lark", "yaml"))}


def test_help_is_quick() -> None:
    """In processor time, which a busy machine does not stretch: about 0.1 s, of which bare Python takes 0.02."""
    assert min(_processor_time([*LAGRUM, "--help"]) for _ in range(5)) < 0.2


def _processor_time(command: list[str]) -> float:
    before = os.times()
    subprocess.run(command, capture_output=True, check=True)
    after = os.times()
    return after.children_user + after.children_system - before.children_user - before.children_system


@pytest.mark.parametrize(
    ("arguments", "message", "help_"),
    [
        (["lawz"], "there is no command `lawz`", "did you mean `laws`?"),
        (["laws", "--formt", "json"], "there is no option `--formt`", "did you mean `--format`?"),
        (["laws", "--format", "xml"], "the value of `--format` is wrong", "see `lagrum laws --help`"),
        (["show"], "`CITATION` is missing", "see `lagrum show --help`"),
        (["show", "Art. 1", "--on", "22.11.2026"], "`22.11.2026` after `--on` is not a date", "e.g. `2026-11-22`"),
        (["show", "Art. 1", "--on", "2026-02-30"], "`2026-02-30` after `--on` is not a date", "e.g. `2026-11-22`"),
        (["show", "Art. 1", "--on", "2026-W47-7"], "`2026-W47-7` after `--on` is not a date", "e.g. `2026-11-22`"),
        (["laws", "--lang", "sv"], "answers in `sv` are not supported yet", "leave `--lang` out"),
    ],
)
def test_wrong_command_lines_are_diagnostics(
    arguments: list[str], message: str, help_: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(arguments) == status.INVALID_INPUT
    said = capsys.readouterr()
    assert said.out == ""
    assert message in said.err
    assert help_ in said.err
    assert "Traceback" not in said.err


def _break(monkeypatch: pytest.MonkeyPatch, error: BaseException) -> None:
    from lagrum.cli import explain

    def fail(*_: object) -> None:
        raise error

    monkeypatch.setattr(explain, "_page", fail)


@pytest.mark.parametrize(
    ("error", "expected", "said"),
    [
        (KeyError("oops"), status.TOOL_FAILED, "lagrum failed, which is a mistake in lagrum: 'oops'"),
        (
            BudgetExceeded("more than 5 nodes"),
            status.TOOL_FAILED,
            "lagrum: more than 5 nodes; fix facts with `--given`",
        ),
        (OSError("disk full"), status.TOOL_FAILED, "lagrum: disk full"),
        (RecursionError("deep"), status.TOOL_FAILED, "lagrum failed"),
        (KeyboardInterrupt(), status.INTERRUPTED, "stopped"),
    ],
)
def test_failures_are_one_line(
    error: BaseException,
    expected: int,
    said: str,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    _break(monkeypatch, error)
    monkeypatch.delenv("LAGRUM_DEBUG", raising=False)
    assert run(["explain", "LG0720"]) == expected
    err = capsys.readouterr().err
    assert err.startswith(said)
    assert len(err.splitlines()) == 1


def test_debugging_shows_the_traceback(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    _break(monkeypatch, KeyError("oops"))
    monkeypatch.setenv("LAGRUM_DEBUG", "1")
    assert run(["explain", "LG0720"]) == status.TOOL_FAILED
    assert "Traceback" in capsys.readouterr().err


def test_a_reader_that_goes_away_is_no_error() -> None:
    read, write = os.pipe()
    os.close(read)
    done = subprocess.run([*LAGRUM, "explain"], stdout=write, stderr=subprocess.PIPE, text=True, check=False)
    os.close(write)
    assert done.returncode == status.PIPE_CLOSED
    assert done.stderr == ""


def test_a_terminal_without_letters_gets_their_codes() -> None:
    code = "from lagrum.cli.main import run; run(['explain', 'LG0720']); print('§ 1')"
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env={**os.environ, "PYTHONIOENCODING": "ascii"},
        check=True,
    )
    assert done.stdout.splitlines()[-1] == b"\\xa7 1"


def test_the_worst_status_wins() -> None:
    assert status.worst(0, 4, 2, 3, 1) == 1
    assert status.worst(0, 4, 2, 3) == 3
    assert status.worst(0, 4, 2) == 2
    assert status.worst(0, 4) == 4
    assert status.worst() == 0


def test_every_command_and_status_is_in_the_manual() -> None:
    manual = (REPOSITORY / "docs" / "reference" / "command-line.md").read_text(encoding="utf-8")
    assert [name for name in COMMANDS if f"`lagrum {name}" not in manual] == []
    assert [n for n in (0, 1, 2, 3, 4) if f"\n| {n} | " not in manual] == []
