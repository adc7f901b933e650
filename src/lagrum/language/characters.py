"""Characters in law blocks that look like something else, or like nothing: text pasted from elsewhere brings them."""

from __future__ import annotations

import re
import unicodedata

from lagrum.language.layout import Line
from lagrum.model.diagnostics import Diagnostic, Severity

_BIDI = "\u061c\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
_INVISIBLE = (
    "\x00-\x08\x0b-\x1f\x7f-\x9f"
    "\u00a0\u00ad\u034f\u115f\u1160\u1680\u17b4\u17b5\u180e\u2000-\u200d\u2028\u2029\u202f\u205f"
    "\u2060-\u2064\u3000\u3164\ufeff\uffa0"
)
_CYRILLIC = dict(zip("аеорсухіјѕһԁԛԝАВЕКМНОРСТУХІЈЅ", "aeopcyxijshdqwABEKMHOPCTYXIJS", strict=True))
_GREEK = dict(zip("ονικρυαΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ovikpuaABEZHIKMNOPTYX", strict=True))
_LOOKS_LIKE = _CYRILLIC | _GREEK

_SPECIAL = re.compile(f"[{_BIDI}{_INVISIBLE}]")
_WORD = re.compile(r"[^\W\d_]+")
_ALIEN = re.compile(f"[{''.join(_LOOKS_LIKE)}]")
_LATIN = re.compile(r"[A-Za-z]")


def doubtful(line: Line) -> list[Diagnostic]:
    """Warnings for one line of a law block."""
    if line.text.isascii():
        return []
    found = [_special(line, match) for match in _SPECIAL.finditer(line.text)]
    for match in _WORD.finditer(line.text):
        alien = _ALIEN.search(match[0])
        if alien is not None and _LATIN.search(match[0]):
            found.append(_alike(line, match, alien[0]))
    return found


def _special(line: Line, match: re.Match[str]) -> Diagnostic:
    place = line.place(match.start(), match.end())
    name = f"U+{ord(match[0]):04X} ({unicodedata.name(match[0], 'unnamed').lower()})"
    if match[0] in _BIDI:
        return Diagnostic(
            "LG0102",
            f"an invisible character, {name}, changes the direction in which this line is shown",
            place,
            "delete it: what people see here may not be what the program reads",
            severity=Severity.WARNING,
        )
    message = f"a character, {name}, is invisible or looks like a blank"
    return Diagnostic("LG0103", message, place, "delete it, or type a blank", severity=Severity.WARNING)


def _alike(line: Line, word: re.Match[str], letter: str) -> Diagnostic:
    script = "Cyrillic" if letter in _CYRILLIC else "Greek"
    return Diagnostic(
        "LG0104",
        f"`{word[0]}` mixes Latin letters with the {script} `{letter}`",
        line.place(word.start(), word.end()),
        f"type the Latin `{_LOOKS_LIKE[letter]}`, or the program takes this for another word",
        severity=Severity.WARNING,
    )
