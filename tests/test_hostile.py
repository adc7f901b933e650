"""Bad input over the command line: whatever it is, one of our diagnostics says where and how to mend it, and soon.

Each is refused with status 3, a code that has a page, the file it is in where it is in one, and no traceback.
"""

from __future__ import annotations

import io
import json
import os
import shutil
import sys
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

import pytest

from lagrum import library
from lagrum.cli.main import run
from lagrum.language.codes import CODES

PACK = Path(__file__).parent / "cli" / "pack"
SECONDS = 20  # of this process, on a busy machine; most take a few hundredths
LAW, POSITION = "park-rules", "park-ban"


@dataclass(frozen=True)
class Said:
    """What a command line said, all of it."""

    status: int
    text: str
    seconds: float


Ask = Callable[..., Said]


@pytest.fixture
def ask(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Ask:
    """Runs command lines over a copy of a small pack, in an empty folder."""
    shutil.copytree(PACK, tmp_path / "laws")
    monkeypatch.setattr(library, "built_in_laws", lambda: tmp_path / "laws")
    monkeypatch.setenv("XDG_CACHE_HOME", str(tmp_path / "cache"))
    monkeypatch.delenv("LAGRUM_LAWS", raising=False)
    monkeypatch.chdir(tmp_path)

    def call(*arguments: str) -> Said:
        out, err = io.StringIO(), io.StringIO()
        started = time.process_time()
        with monkeypatch.context() as patch:
            patch.setattr(sys, "stdout", out)
            patch.setattr(sys, "stderr", err)
            status = run(arguments)
        return Said(status, out.getvalue() + err.getvalue(), time.process_time() - started)

    return call


def refused(said: Said, code: str, *words: str) -> None:
    """The one shape of a refusal."""
    assert code in CODES
    assert said.status == 3, said.text[:2000]
    assert f"[{code}]" in said.text, said.text[:2000]
    assert "help: " in said.text
    for word in words:
        assert word in said.text, said.text[:2000]
    assert "Traceback" not in said.text and "mistake in lagrum" not in said.text
    assert len(said.text) < 20_000, "a flood is counted, not listed"
    assert said.seconds < SECONDS


def found_in(said: Said, code: str) -> str:
    """The first code told that starts so; where several would do, the test does not say which."""
    return next((each for each in sorted(CODES) if each.startswith(code) and f"[{each}]" in said.text), code)


HEAD = f"lagrum: 1\ncase: a picnic\nlaw: [{LAW}]\n"


def case(facts: str, more: str = "") -> bytes:
    return f"{HEAD}{more}facts:\n{facts}".encode()


BOMB = b"a: &a [x, x, x, x, x, x, x, x, x]\n" + b"".join(
    f"{b}: &{b} [*{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}, *{a}]\n".encode()
    for a, b in zip("abcdefgh", "bcdefghi", strict=True)
)
CASES: list[tuple[str, bytes, str, str]] = [
    ("a fact there is not", case("  deeed: {exactly: mowing}\n"), "LG0609", "did you mean `deed`?"),
    ("an answer there is not", case("  hour: noon\n"), "LG0610", ":5:9"),
    ("a contradiction in one fact", case("  deed: {including: mowing, not: mowing}\n"), "LG0614", ":5:9"),
    ("another unit", case("  crowd: 12 dozens\n"), "LG0613", "`people`"),
    ("not a number", case("  crowd: .nan\n"), "LG0612", ":5:10"),
    ("NaN", case("  crowd: NaN people\n"), "LG0612", ":5:10"),
    ("infinity", case("  crowd: -.inf\n"), "LG0612", ":5:10"),
    ("a negative number", case("  crowd: -12 people\n"), "LG0612", ":5:10"),
    ("a number beyond all", case("  crowd: 1e400 people\n"), "LG0612", ":5:10"),
    ("a number of a million digits", case(f"  crowd: {'9' * 900_000} people\n"), "LG0612", ":5:10"),
    ("a day there is not", case("  hour: day\n", "on: 2026-02-30\n"), "LG0615", ":4:5"),
    ("a day in another form", case("  hour: day\n", "on: 22.11.2026\n"), "LG0615", ":4:5"),
    ("a key twice", case("  hour: day\n  hour: night\n"), "LG0602", ":6:3"),
    ("an anchor", case("  hour: &a day\n"), "LG0603", ":5:9"),
    ("a reference", case("  hour: *a\n"), "LG0603", ":5:9"),
    ("a merge", case("  <<: {hour: day}\n"), "LG06", ":5"),
    ("a tag", case("  hour: !!python/object/apply:os.system [ls]\n"), "LG0603", ":5:9"),
    ("a bomb", BOMB, "LG0603", ":1:4"),
    ("half a table", case("  hour: {value: day\n"), "LG0601", "bad.yaml"),
    ("depth", case("  hour: " + "[" * 10_000 + "]" * 10_000 + "\n"), "LG0604", ":5"),
    ("depth by blanks", b"".join(b" " * i + b"a:\n" for i in range(1_400)), "LG0604", "bad.yaml"),
    ("not UTF-8", HEAD.encode() + b"facts:\n  hour: d\xe5y\n", "LG0704", ":5:10"),
    ("UTF-16", case("  hour: day\n").decode().encode("utf-16"), "LG0704", "bad.yaml"),
    ("zeros", b"\x00" * 5_000, "LG06", "bad.yaml"),
    ("nothing", b"", "LG0608", "bad.yaml"),
    ("a list", b"- a\n- b\n", "LG0608", "bad.yaml"),
    ("too large", b"# x\n" * (50 * 1024 * 256), "LG0703", "bad.yaml"),
    ("too many facts", case("".join(f"  f{i}: yes\n" for i in range(40_000))), "LG0604", "bad.yaml"),
    ("many unknown facts", case("".join(f"  f{i}: yes\n" for i in range(5_000))), "LG0609", "bad.yaml"),
    ("signs that steer a terminal", case("  hour: \x1b[2J\n"), "LG0601", ":5"),
]


@pytest.mark.parametrize(("data", "code", "words"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
@pytest.mark.parametrize("command", ["assess", "check"])
def test_a_case_that_cannot_be_read(ask: Ask, tmp_path: Path, command: str, data: bytes, code: str, words: str) -> None:
    (tmp_path / "bad.yaml").write_bytes(data)
    said = ask(command, "bad.yaml")
    found = found_in(said, code)
    refused(said, found, "bad.yaml", words)
    assert "\x1b" not in said.text


def test_answers_that_cannot_be_together(ask: Ask, tmp_path: Path) -> None:
    vocabulary = tmp_path / "laws" / "vocabulary" / "park.md"
    add(
        vocabulary,
        'impossible "nobody films in the dark"',
        "  when all of",
        "    deed has filming",
        "    hour is night",
    )
    (tmp_path / "bad.yaml").write_bytes(case("  deed: {including: filming}\n  hour: night\n"))
    refused(ask("assess", "bad.yaml"), "LG0650", "bad.yaml:5", "bad.yaml:6", "nobody films in the dark", "park.md")
    given = ("--given", "deed={including: filming}", "--given", "hour=night")
    refused(ask("loopholes", LAW, "--against", POSITION, *given), "LG0650")


def test_a_vocabulary_in_which_nothing_is_possible(ask: Ask, tmp_path: Path) -> None:
    vocabulary = tmp_path / "laws" / "vocabulary" / "park.md"
    add(vocabulary, 'impossible "no permit"', "  when permit", "", 'impossible "no lack of one"', "  when not permit")
    (tmp_path / "some.yaml").write_bytes(case("  hour: day\n"))
    refused(ask("assess", "some.yaml"), "LG0651", "park.md", "no permit", "no lack of one")
    refused(ask("loopholes", LAW, "--against", POSITION), "LG0651")


RULES: list[tuple[str, Sequence[str], str, str]] = [
    ("a target there is not", ['except § 9 "x" to § 77', "  when permit"], "LG0408", "§ 77"),
    ("a citation there is not", ['forbid § 9 "x"', "  when § 77 applies"], "LG0408", "§ 77"),
    ("a fact there is not", ['forbid § 9 "x"', "  when permitt"], "LG0401", "did you mean `permit`?"),
    ("an answer there is not", ['forbid § 9 "x"', "  when hour is noon"], "LG0402", "`day`"),
    ("definitions in a circle", ["define a [§ 9]", "  when b", "", "define b [§ 10]", "  when a"],
     "LG0503", "define a"),
    ("exceptions in a circle", ['except § 9 "x" to § 10', "", 'except § 10 "y" to § 9'], "LG0503", "except § 9"),
    ("one identity", ['forbid § 9 "x"', "", 'forbid § 9 "x"'], "LG0501", "forbid § 9"),
    ("until before from", ['forbid § 9 "x"', "  from 2026-01-01", "  until 2025-01-01"], "LG0502", "2025-01-01"),
    ("another unit", ['forbid § 9 "x"', "  when crowd at least 10 dozens"], "LG0405", "`people`"),
    ("no declared cut", ['forbid § 9 "x"', "  when crowd at least 11 people"], "LG0404", "`at least 10`"),
    ("a day there is not", ['forbid § 9 "x"', "  from 2026-02-30"], "LG0216", "2026-02-30"),
    ("conditions nested ten thousand deep", ['forbid § 9 "x"', *("  " * (i + 1) + "all of" for i in range(10_000))],
     "LG0703", "bad"),  # the blanks alone make it too large
    ("conditions nested as deep as fits", ['forbid § 9 "x"', *("  " * (i + 1) + "all of" for i in range(1_500))],
     "LG0", "bad"),
    ("conditions nested", ['forbid § 9 "x"', "  when all of", *("  " * (i + 2) + "all of" for i in range(300))],
     "LG0206", "bad"),
    ("many norms in a circle", [f"define d{i} [§ {i + 9}]\n  when d{(i + 1) % 3_000}\n" for i in range(3_000)],
     "LG0503", "bad"),
]  # fmt: skip


@pytest.mark.parametrize(("rules", "code", "words"), [r[1:] for r in RULES], ids=[r[0] for r in RULES])
def test_a_law_that_cannot_be_read(ask: Ask, tmp_path: Path, rules: Sequence[str], code: str, words: str) -> None:
    law = tmp_path / "laws" / "bad.md"
    law.write_text((PACK / "park-rules.md").read_text(encoding="utf-8").replace(LAW, "bad"), encoding="utf-8")
    add(law, *rules)
    said = ask("check", "laws/bad.md")
    code = found_in(said, code)
    refused(said, code, "bad.md:", words)
    (tmp_path / "some.yaml").write_bytes(case("  hour: day\n"))
    refused(ask("assess", "some.yaml", "--law", "bad"), code, "bad.md:")
    assert ask("assess", "some.yaml", "--law", LAW).status in (0, 2, 4), "other laws are not touched by it"


FACTS: list[tuple[str, Sequence[str], str]] = [
    ("one answer", ['fact mood "What is the mood?"', "  one of", "    good"], "LG0301"),
    ("ten thousand answers", ['fact mood "What?"', "  one of", *(f"    a{i}" for i in range(10_000))], "LG0302"),
    ("no cut", ['fact mood "How many?"', "  number moods"], "LG0301"),
    ("a negative cut", ['fact mood "How many?"', "  number moods", "    cuts at least -3"], "LG0"),
    ("a cut that is none", ['fact mood "How many?"', "  number moods", "    cuts at least NaN"], "LG0"),
    ("a cut beyond all", ['fact mood "How many?"', "  number moods", "    cuts at least 1e400"], "LG0"),
    ("a name twice", ['fact hour "Which?"', "  yes/no"], "LG0309"),
]


@pytest.mark.parametrize(("fact", "code"), [f[1:] for f in FACTS], ids=[f[0] for f in FACTS])
def test_a_vocabulary_that_cannot_be_read(ask: Ask, tmp_path: Path, fact: Sequence[str], code: str) -> None:
    add(tmp_path / "laws" / "vocabulary" / "park.md", *fact)
    said = ask("check")
    found = found_in(said, code)
    refused(said, found, "park.md:")
    (tmp_path / "some.yaml").write_bytes(case("  hour: day\n"))
    refused(ask("assess", "some.yaml"), found, "park.md:")


@pytest.mark.parametrize(
    ("data", "code"),
    [
        (b"# x\n" * (50 * 1024 * 256), "LG0703"),
        (b"```law\ninstrument bad\n  title \xff\xfe\n```\n", "LG0704"),
        (b"```law\n" + b"forbid \x00\n" * 1_000 + b"```\n", "LG0"),
        ("# Title\n".encode("utf-16"), "LG0704"),
    ],
    ids=["50 MB", "not UTF-8", "control signs", "UTF-16"],
)
def test_a_law_file_that_is_no_text(ask: Ask, tmp_path: Path, data: bytes, code: str) -> None:
    (tmp_path / "laws" / "bad.md").write_bytes(data)
    said = ask("check")
    found = found_in(said, code)
    refused(said, found, "bad.md")


@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["assess", "some.yaml", "--on", "2026-02-30"], "LG07"),
        (["assess", "some.yaml", "--on", "1e400"], "LG07"),
        (["assess", "some.yaml", "--law", "../../etc/passwd"], "LG0720"),
        (["assess", "some.yaml", "--law", "+"], "LG0720"),
        (["assess", "some.yaml", "--given", "crowd=NaN people"], "LG0612"),
        (["assess", "some.yaml", "--given", "crowd=12 dozens"], "LG0613"),
        (["assess", "some.yaml", "--given", "hour=&a day"], "LG0610"),
        (["assess", "some.yaml", "--given", "=" * 10_000], "LG0"),
        (["assess", "some.yaml", "--given", "hour=" + "[" * 10_000], "LG0"),
        (["assess", "some.yaml", "--reading", "none=none"], "LG0721"),
        (["assess", "."], "LG0"),
        (["assess", "a\x00b"], "LG0"),
        (["assess", "x" * 5_000], "LG0"),
        (["show", "Art. " + "(1)" * 5_000], "LG0"),
        (["show", "\u202e"], "LG0730"),
        (["loopholes", LAW, "--against", "nobody"], "LG0720"),
        (["loopholes", LAW, "--against", POSITION, "--show", "999"], "LG0725"),
        (["loopholes", LAW, "--against", POSITION, "--show", "9" * 5_000], "LG0725"),
        (["assess", "some.yaml", "--laws", "some.yaml"], "LG0726"),
    ],
    ids=lambda value: " ".join(value)[:60] if isinstance(value, list) else "",
)
def test_a_command_line_that_makes_no_sense(ask: Ask, tmp_path: Path, arguments: list[str], code: str) -> None:
    (tmp_path / "some.yaml").write_bytes(case("  hour: day\n"))
    said = ask(*arguments)
    found = found_in(said, code)
    refused(said, found)


@pytest.mark.skipif(not hasattr(os, "mkfifo"), reason="no named pipes here")
def test_files_that_never_end(ask: Ask, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.yaml")
    (tmp_path / "zeros.yaml").symlink_to("/dev/zero")
    (tmp_path / "round.yaml").symlink_to("round.yaml")
    for name in ("pipe.yaml", "zeros.yaml", "round.yaml"):
        said = ask("assess", name)
        found = found_in(said, "LG")
        refused(said, found, name)


def test_the_same_refusals_for_programs(ask: Ask, tmp_path: Path) -> None:
    (tmp_path / "bad.yaml").write_bytes(case("  hour: noon\n"))
    said = ask("check", "bad.yaml", "--format", "json")
    assert said.status == 3
    (diagnostic,) = json.loads(said.text)["diagnostics"]
    assert diagnostic["code"] == "LG0610"
    assert (diagnostic["place"]["line"], diagnostic["place"]["column"]) == (5, 9)
    assert diagnostic["help"]


def add(file: Path, *lines: str) -> None:
    """Add sentences in a block of their own."""
    with file.open("a", encoding="utf-8") as end:
        end.write("\n".join(["", "```law", *lines, "```", ""]))
