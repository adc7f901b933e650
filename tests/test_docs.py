"""The pages: every command in them runs and answers as it says there, every link leads somewhere, none is stale."""

from __future__ import annotations

import io
import json
import re
import runpy
import shlex
import sys
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import unquote

import pytest
from markdown_it import MarkdownIt

from lagrum.cli.main import run
from tests.conftest import REPOSITORY

DOCS = REPOSITORY / "docs"
WITH_COMMANDS = (
    "tutorial/first-hour.md",
    "how-to/write-a-case.md",
    "how-to/add-a-law.md",
    "how-to/map-a-register.md",
    "how-to/screen-a-register.md",
)
PAGES = sorted(
    page.relative_to(REPOSITORY).as_posix()
    for page in (*REPOSITORY.glob("*.md"), *DOCS.rglob("*.md"), *(REPOSITORY / "bench").glob("*.md"))
)


class Screen(io.StringIO):
    """A stream that says it is a terminal: the pages show answers as a terminal does."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize("page", WITH_COMMANDS)
def test_every_command_on_the_page_runs_and_answers_so(
    page: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("NO_COLOR", "1")
    monkeypatch.delenv("LAGRUM_LAWS", raising=False)
    ran = 0
    for info, content in fences(DOCS / page):
        match info.split():
            case ["console"]:
                for command, wanted in commands(content):
                    ran += 1
                    assert_begins(answer(command, monkeypatch), wanted, f"{page}: $ {command}")
            case [_, "+", name]:
                with Path(name).open("a", encoding="utf-8") as file:
                    file.write(content)
            case [_, name]:
                Path(name).parent.mkdir(parents=True, exist_ok=True)
                Path(name).write_text(content, encoding="utf-8")
    assert ran >= 3


def fences(page: Path) -> Iterator[tuple[str, str]]:
    for token in MarkdownIt().parse(page.read_text(encoding="utf-8")):
        if token.type == "fence":
            yield token.info.strip(), token.content


def commands(block: str) -> Iterator[tuple[str, list[str]]]:
    """Each command typed after `$` with the lines shown below it."""
    command, wanted = "", list[str]()
    for line in block.splitlines():
        if line.startswith("$ "):
            if command:
                yield command, wanted
            command, wanted = line.removeprefix("$ "), []
        else:
            wanted.append(line)
    yield command, wanted


def answer(command: str, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    program, *arguments = shlex.split(command)
    assert program == "lagrum"
    out, err = Screen(), io.StringIO()
    with monkeypatch.context() as patch:
        patch.setattr(sys, "stdout", out)
        patch.setattr(sys, "stderr", err)
        status = run(arguments)
    assert status in (0, 2, 4) or not out.getvalue(), err.getvalue()
    assert "Traceback" not in err.getvalue()
    if status == 1:
        pytest.fail(f"{command}: {err.getvalue()}")
    return out.getvalue().splitlines()


def assert_begins(got: list[str], wanted: list[str], where: str) -> None:
    """The lines shown are the first of the answer; after `…` they stand anywhere further on."""
    at = 0
    skipping = False
    for line in wanted:
        if line == "…":
            skipping = True
            continue
        if skipping:
            assert line in got[at:], f"{where}: no line {line!r} in {got}"
            at, skipping = got.index(line, at), False
        assert got[at : at + 1] == [line], f"{where}: {got}"
        at += 1


def test_a_slip_in_the_tutorial_is_told_as_it_says(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    case = tmp_path / "station.yaml"
    case.write_text("lagrum: 1\ncase: x\nfacts: {}\n", encoding="utf-8")
    assert run(["assess", str(case), "--law", "eu-ai-act-2021-proposal", "--given", "timing=realtime"]) == 3
    assert "did you mean `real-time`?" in capsys.readouterr().err


def test_the_readme_can_be_tried(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "laws").symlink_to(REPOSITORY / "laws")
    monkeypatch.chdir(tmp_path)
    shown = [line for _, block in fences(REPOSITORY / "README.md") for line in block.splitlines()]
    typed = [line.removeprefix(".venv/bin/") for line in shown if line.startswith(".venv/bin/lagrum ")]
    assert len(typed) >= 4
    served = [command for command in typed if command.split()[1] == "serve"]
    assert served == ["lagrum serve"]  # it runs until it is stopped: tests/cli/test_serve.py tries it
    for command in typed:
        assert command in served or answer(command, monkeypatch), command


def test_every_field_of_the_answers_is_on_the_page() -> None:
    page = "".join((DOCS / "reference" / name).read_text(encoding="utf-8") for name in ("json.md", "assess.md"))
    for schema in sorted((REPOSITORY / "src" / "lagrum" / "schemas").glob("*.json")):
        assert f"schemas/{schema.name})" in page, schema.name
        if schema.stem in ("envelope", "assess", "loopholes"):
            fields = json.loads(schema.read_text(encoding="utf-8"))["properties"]
            assert not [name for name in fields if f"`{name}`" not in page and name != "case"], schema.name


def test_the_commands_of_the_readme_are_those_there_are() -> None:
    """Each `lagrum` command line that a page of this repository shows starts with a command there is."""
    from lagrum.cli.main import COMMANDS

    for page in PAGES:
        for info, content in fences(REPOSITORY / page):
            if info in ("", "console", "sh"):
                shown = re.findall(r"^(?:\$ )?(?:\.venv/bin/)?lagrum ([a-z]+)", content, re.MULTILINE)
                assert set(shown) <= set(COMMANDS), page


@pytest.mark.parametrize("page", PAGES)
def test_every_relative_link_leads_somewhere(page: str) -> None:
    file = REPOSITORY / page
    for target, anchor in links(file):
        there = (file.parent / target).resolve() if target else file
        assert there.exists(), f"{page} links to {target}"
        assert there.is_relative_to(REPOSITORY), f"{page} links out of the repository: {target}"
        if anchor:
            assert anchor in anchors(there), f"{page} links to {target}#{anchor}"


def links(file: Path) -> Iterator[tuple[str, str]]:
    for token in MarkdownIt().enable("table").parse(file.read_text(encoding="utf-8")):
        for child in token.children or ():
            href = str(child.attrs.get("href") or child.attrs.get("src") or "")
            if href and not re.match(r"[a-z]+:", href):
                target, _, anchor = href.partition("#")
                yield unquote(target), unquote(anchor)


def anchors(file: Path) -> set[str]:
    """The anchors that headings get: small letters, hyphens for blanks, other signs left out."""
    heads = re.findall(r"^#+ (.+)$", file.read_text(encoding="utf-8"), re.MULTILINE)
    return {re.sub(r"[^\w\- ]", "", head.lower()).replace(" ", "-") for head in heads}


def test_the_pages_made_from_code_and_law_are_fresh(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(REPOSITORY / "scripts")
    made = runpy.run_path(str(REPOSITORY / "scripts" / "reference.py"))["pages"]()
    for page, text in made.items():
        assert page.read_text(encoding="utf-8") == text, f"{page.name} is stale: run `make reference`"
