"""Fixtures that state their intent: files that are wrong on purpose, each with what must be said about it.

The first line of a fixture is a comment: `<!-- intent: …; expect: LG0203 at 12:5 «to» -->`, or the same after `#` in
a case file. `expect` gives code, line, column and the underlined text of one diagnostic, and stands once for each;
where several files are read together, the file's name stands before the line (`at a.md:12:5`). `expect: nothing` is
for what must be read without a word. There is no way to record what a program happened to say.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from lagrum.model.diagnostics import Diagnostic

HERE = Path(__file__).parent
BAD, GOOD = HERE / "bad", HERE / "good"

_HEADER = re.compile(r"(?:<!--|#) intent: (?P<intent>[^;]+); (?P<expect>expect: .*?)(?: -->)?")
_EXPECT = re.compile(r"expect: (LG\d{4}) at (?:([^: ]+):)?(\d+):(\d+) «([^»]*)»")


@dataclass(frozen=True, order=True)
class Expected:
    """One diagnostic: its code, its place, and the text underlined there (to the end of its first line)."""

    file: str
    line: int
    column: int
    code: str
    underlined: str


def text_of(path: Path) -> str:
    """The text of a fixture, line ends as they are."""
    return path.read_bytes().decode("utf-8", "replace")


def expected_of(path: Path) -> list[Expected]:
    """What the header of a fixture says must come out."""
    first = re.split(r"\r\n?|\n", text_of(path), maxsplit=1)[0]
    header = _HEADER.fullmatch(first)
    assert header is not None, f"{path.name}: the first line must state intent and expectations"
    found = [Expected(m[2] or "", int(m[3]), int(m[4]), m[1], m[5]) for m in _EXPECT.finditer(header["expect"])]
    assert found or header["expect"] == "expect: nothing", f"{path.name}: nothing that can be checked"
    assert len(found) == header["expect"].count("expect: ") or not found, f"{path.name}: an expectation cannot be read"
    return sorted(found)


def found_in(diagnostics: Iterable[Diagnostic], sources: Mapping[str, str], *, named: bool = False) -> list[Expected]:
    """Diagnostics in the form of expectations. `sources` holds the texts by the names that places use; `named` keeps
    the file's name (its last part)."""
    found = []
    for diagnostic in diagnostics:
        place = diagnostic.place
        assert place is not None, f"{diagnostic.code} has no place"
        lines = re.split(r"\r\n?|\n", sources[place.file])
        line = lines[place.line - 1] if place.line <= len(lines) else ""
        end = place.end_column - 1 if place.end_line == place.line else len(line)
        name = PurePosixPath(place.file).name if named else ""
        found.append(Expected(name, place.line, place.column, diagnostic.code, line[place.column - 1 : end]))
    return sorted(found)


def check_style(diagnostics: Iterable[Diagnostic]) -> None:
    """Every message is one lower-case sentence without a final stop, on one line, and says how to mend."""
    for each in diagnostics:
        assert each.message, each.code
        assert not each.message[0].isupper(), each.message
        assert not each.message.endswith("."), each.message
        assert "\n" not in each.message + each.help, each.message
        assert not re.search(r"\b(?:None|NoneType|str|dict|tuple|Token|Tree|object)\b", each.message), each.message
        assert each.help, f"{each.code} has no help: {each.message}"


def expected_codes(folder: Path) -> set[str]:
    """All codes that fixtures below a folder expect."""
    return {each.code for path in fixtures(folder) for each in expected_of(path)}


def fixtures(folder: Path) -> list[Path]:
    """The files below a folder that state an intent."""
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return [path for path in files if path.read_bytes().startswith((b"<!-- intent:", b"# intent:"))]
