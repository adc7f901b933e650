"""`lagrum ask`: typed beforehand, without a terminal, and on one."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from lagrum import library
from lagrum.cli.main import run
from lagrum.library import open_library
from lagrum.report.phrases import Phrases
from lagrum.wording import SENTENCES, wording
from tests.cli.conftest import Lagrum, valid

LAW = ("--law", "park-rules", "--on", "2022-01-01")
SWEDISH = """# I parken

```law
translate deed "Vad görs i parken?"
  mowing    "gräset klipps"
  filming   "människor filmas"
  grilling  "man grillar"

translate crowd "Hur många är där?"
  unit "personer"
```
"""


def typed(lagrum: Lagrum, tmp_path: Path, *lines: str, law: tuple[str, ...] = LAW) -> tuple[int, str]:
    """What comes of typing these lines."""
    answers = tmp_path / "typed.txt"
    answers.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    ran = lagrum("ask", *law, "--answers", str(answers))
    assert ran.status != 1, ran.err
    return ran.status, ran.out


def test_without_a_terminal_it_gives_the_next_question_as_json(lagrum: Lagrum) -> None:
    ran = lagrum("ask", *LAW)
    assert ran.status == 4
    valid(ran.json, "ask")
    assert ran.json["question"]["fact"] == "deed", "what is done comes first"
    assert ran.json["at_most"] >= ran.json["usually"] >= 1
    settled = lagrum("ask", *LAW, "--given", "deed={exactly: filming}", "--given", "crowd=50", "--given", "permit=no")
    assert (settled.status, settled.json["question"]) == (2, None)
    assert settled.json["outcome"]["ruling"] == "forbidden"
    valid(settled.json, "ask")


def test_typed_answers_lead_to_the_ruling(lagrum: Lagrum, tmp_path: Path) -> None:
    status, out = typed(lagrum, tmp_path, "2", "permit=no", "C")
    assert status == 2
    assert "That settles it." in out
    assert "ruling: forbidden" in out


def test_typed_answers_and_json(lagrum: Lagrum, tmp_path: Path) -> None:
    answers = tmp_path / "typed.txt"
    answers.write_text("2\n", encoding="utf-8")
    ran = lagrum("ask", *LAW, "--answers", str(answers), "--format", "json")
    valid(ran.json, "ask")
    assert (ran.status, ran.json["given"][0]["value"]) == (4, "deed is exactly filming")


def test_the_same_answers_by_name(lagrum: Lagrum, tmp_path: Path) -> None:
    assert typed(lagrum, tmp_path, "filming", "crowd=50 people", "n")[0] == 2


def test_back_and_change_and_unknown(lagrum: Lagrum, tmp_path: Path) -> None:
    status, out = typed(lagrum, tmp_path, "b", "2", "b", "0", "l", "q")
    assert status == 0, "nothing is done there"
    assert "This is the first question." in out
    assert "none of these" in out
    _, out = typed(lagrum, tmp_path, "2", "", "permit=no", "l", "c 9", "c crowd", "C")
    assert "you do not know" in out
    assert "The list has no line `9`." in out
    assert "ruling: forbidden" in out


def test_help_why_and_words(lagrum: Lagrum, tmp_path: Path) -> None:
    _, out = typed(lagrum, tmp_path, "?", "w", "t", "zebra", "q")
    assert "in a case file" in out
    assert "asked by: noise, § 1(1)" in out
    assert "No definition is noted" in out
    assert "`zebra` is no answer here" in out
    assert "nothing was saved" in out


def test_a_judgement_says_who_made_it(lagrum: Lagrum, tmp_path: Path) -> None:
    saved = tmp_path / "mown.yaml"
    status, out = typed(lagrum, tmp_path, "1", "hour=night", "1 by the ranger", f"s {saved}", law=LAW)
    assert "Somebody must judge this: a court." in out
    assert status == 2
    assert "by: the ranger" in saved.read_text(encoding="utf-8")
    assert "basis: judged" in saved.read_text(encoding="utf-8")


def test_saving_never_overwrites_unasked(lagrum: Lagrum, tmp_path: Path) -> None:
    file = tmp_path / "my-film.yaml"
    _, out = typed(lagrum, tmp_path, "2", f"s {file}")
    assert f"wrote {file}" in out
    text = file.read_text(encoding="utf-8")
    assert "case: my film" in text
    _, out = typed(lagrum, tmp_path, "1", f"s {file}", "n", f"s {tmp_path / 'no' / 'such'}", "q")
    assert "is there already" in out
    assert "not saved" in out
    assert "there is no folder" in out
    assert file.read_text(encoding="utf-8") == text
    _, out = typed(lagrum, tmp_path, "1", f"s {file}", "y")
    assert file.read_text(encoding="utf-8") != text
    assert lagrum("check", str(file)).status == 0
    again = lagrum("ask", str(file), *LAW)
    assert again.json["question"]["fact"] != "deed", "what the case says is not asked again"


def test_the_rest_as_usual_is_listed_confirmed_and_recorded(lagrum: Lagrum, tmp_path: Path) -> None:
    file = tmp_path / "usual.yaml"
    status, out = typed(lagrum, tmp_path, "2", "u", "n", "u", "y", f"s {file}")
    assert status == 4, "what is assumed never counts as settled"
    assert "Has the town allowed it? no" in out
    assert "If all of this is so, it is forbidden." in out
    assert "assume: {rest: usual}" in file.read_text(encoding="utf-8")
    number = next(line.split(":")[0] for line in out.splitlines() if ": How many people are there? " in line)
    status, out = typed(lagrum, tmp_path, "2", "u", number, "A", "q")
    assert "Change: How many people are there?" in out
    assert "ruling: unregulated" in out


def test_contradictions_name_both_answers(lagrum: Lagrum, pack: Path, tmp_path: Path) -> None:
    vocabulary = pack / "vocabulary" / "park.md"
    text = vocabulary.read_text(encoding="utf-8")
    more = '\n```law\nimpossible "no films in the dark"\n  when all of\n    deed has filming\n    hour is night\n```\n'
    vocabulary.write_text(text + more, encoding="utf-8")
    _, out = typed(lagrum, tmp_path, "2", "hour=night", "q")
    assert "That cannot be: " in out
    assert "`deed has filming` and `hour is night`" in out
    assert "no films in the dark" in out


def test_swedish(lagrum: Lagrum, pack: Path, tmp_path: Path) -> None:
    (pack / "vocabulary" / "park.sv.md").write_text(SWEDISH, encoding="utf-8")
    status, out = typed(lagrum, tmp_path, "2", "crowd=50", "nej", law=(*LAW, "--lang", "sv"))
    assert status == 2
    assert "Vad görs i parken?" in out
    assert "2: människor filmas" in out
    assert "fortfarande möjligt: " in out
    assert "Has the town allowed it? (inte översatt)" in out
    assert "Det avgör saken." in out
    asked = lagrum("ask", *LAW, "--lang", "sv").json["asked"]
    assert (asked["lang"], asked["translated"]) == ("sv", True)
    phrases = Phrases(wording("sv"), open_library().translated("sv").facts)
    crowd = open_library().pack.facts["crowd"]
    assert [phrases.answer(crowd, i) for i in range(3)] == [
        "mindre än 10 personer",
        "minst 10 personer och högst 100 personer",
        "mer än 100 personer",
    ]


def test_missing_and_unfit_translations_are_findings(lagrum: Lagrum, pack: Path) -> None:
    file = pack / "vocabulary" / "park.sv.md"
    file.write_text(SWEDISH, encoding="utf-8")
    found = lagrum("check", str(pack), "--format", "json").json["diagnostics"]
    assert [(d["code"], d["severity"]) for d in found] == [("LG0312", "warning")]
    assert "`hour`, `permit`, `disturbing`" in found[0]["message"]
    file.write_text(
        SWEDISH.replace("translate crowd", "translate crowds").replace("mowing ", "sowing "), encoding="utf-8"
    )
    ran = lagrum("check", str(pack), "--format", "json")
    assert ran.status == 3
    messages = [d["message"] for d in ran.json["diagnostics"] if d["code"] == "LG0311"]
    assert messages == ["`sowing` is no answer to `deed`", "there is no fact `crowds` in `park`"]
    (pack / "vocabulary" / "square.md").write_text(
        '# S\n\n```law\nfact paved "Is it?"\n  yes/no\n```\n', encoding="utf-8"
    )
    assert "of `square` no question is translated" in lagrum("check", str(pack)).out
    file.write_text('```law\nfact new "What?"\n  yes/no\n```\n', encoding="utf-8")
    assert "holds only `translate`" in lagrum("check", str(pack)).out


def test_what_cannot_be_asked(lagrum: Lagrum, tmp_path: Path) -> None:
    assert "names a law" in lagrum("ask").err
    assert "read several together" in lagrum("ask", "--law", "park-rules", "--law", "park-ban").err
    assert lagrum("ask", *LAW, "--answers", str(tmp_path / "nothing")).status == 3
    (tmp_path / "bytes").write_bytes(b"\xff\xfe\x00")
    assert "cannot be read as text" in lagrum("ask", *LAW, "--answers", str(tmp_path / "bytes")).err


def test_both_languages_say_the_same_things() -> None:
    import string

    def holes(text: str) -> set[str | None]:
        return {name for _, name, _, _ in string.Formatter().parse(text) if name}

    english, swedish = SENTENCES["en"], SENTENCES["sv"]
    assert list(english) == list(swedish)
    assert [key for key in english if holes(english[key]) != holes(swedish[key])] == []
    prompts = [text for each in (english, swedish) for key, text in each.items() if key.endswith("prompt")]
    assert [text for text in prompts if len(text) > 76] == [], "room to type on a line of eighty columns"


def test_on_a_terminal(pack: Path, tmp_path: Path) -> None:
    """Typed into a pseudo-terminal: prompts come, answers are taken, nothing is wider than the screen."""
    child, mine = pty.openpty()
    code = (
        "import sys; from pathlib import Path; from lagrum import library; from lagrum.cli.main import run;"
        f"library.built_in_laws = lambda: Path({str(pack)!r});"
        f"sys.exit(run(['ask', '--law', 'park-rules', '--on', '2022-01-01']))"
    )
    environment = os.environ | {"TERM": "xterm", "LAGRUM_CACHE_DIR": str(tmp_path / "kept"), "NO_COLOR": "1"}
    process = subprocess.Popen([sys.executable, "-c", code], stdin=mine, stdout=mine, stderr=mine, env=environment)
    os.close(mine)
    told = ""
    for line in ("2", "?", "permit=no", "C", "s film"):
        told += _until(child, "]: " if line != "s film" else "quit: ")
        os.write(child, f"{line}\n".encode())
    told += _until(child, "next: lagrum assess film.yaml")
    assert process.wait(30) == 2
    os.close(child)
    assert "FORBIDDEN" in told
    assert max(len(line.rstrip()) for line in told.replace("\r", "").split("\n")) <= 80
    assert (tmp_path / "film.yaml").is_file()


def _until(terminal: int, end: str) -> str:
    told = b""
    last = time.monotonic() + 60
    while end.encode() not in told:
        ready, _, _ = select.select([terminal], [], [], max(0.0, last - time.monotonic()))
        if not ready:
            pytest.fail(f"waited in vain for {end!r}; told: {told.decode(errors='replace')}")
        try:
            told += os.read(terminal, 65536)
        except OSError:
            break
    return told.decode("utf-8", "replace")


def test_python(pack: Path) -> None:
    import lagrum

    assert library.built_in_laws() == pack
    law = lagrum.load("park-rules")
    state = law.ask(on=law.ask().on.replace(2022, 1, 1))
    assert state.question is not None
    assert state.question.fact.name == "deed"
    after = state.answer(["filming"]).tell("crowd", "at least 50 people")
    assert state.question.fact.name == "deed", "states are frozen"
    assert after.tell("permit", False).assessment.ruling == "forbidden"
    assert after.back().back() == state
    assert "asks `" in repr(state)
    assert run(["ask", "--law", "park-rules", "--until", "nothing"]) == 3


def test_the_law_that_comes_with_lagrum_is_translated_rightly() -> None:
    """What is missing while vocabularies grow is a warning; what does not fit its fact is an error."""
    translated = open_library().translated("sv")
    assert [d.message for d in translated.diagnostics if d.code != "LG0312"] == []
    assert len(translated.facts) > 240
