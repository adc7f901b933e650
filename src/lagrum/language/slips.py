"""Common slips in one line, recognised by what stands around the place where the grammar stopped.

Each slip is one small function that says something or nothing; the first that speaks is heard.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

from lagrum.language import messages as say
from lagrum.language.expected import expectation
from lagrum.language.layout import Chunk, Line
from lagrum.language.shapes import CLAUSE_WORDS, starts_with
from lagrum.model.diagnostics import Diagnostic
from lagrum.model.places import Place

_STRING = re.compile(r'"(?:\\.|[^"\\])*"')
_FOUND = re.compile(r'"(?:\\.|[^"\\])*"|(?:==|!=|<=|>=|<>|&&|\|\||->)|[-+]?[\w.\'’\/-]+|.')
_QUOTES = "“”„«»‟″"
_INFIX = re.compile(r"(?<!\S)(?:and|or|AND|OR|&&?|\|\|?)(?!\S)")
_OPERATOR = re.compile(r"==?|!=|<=|>=|<>|≠|≤|≥|<|>")
_CLAUSE = re.compile(r"(?:when|unless|then|met +when)$")
_NEGATED = re.compile(r"(?:\w+ )*?not [^\[]*$")
_DECIMAL_COMMA = re.compile(r"\d+,\d[\d.,]*")
_PHRASE = re.compile(r'[^",\[\]]*')
_STRUCTURE = ("_INDENT", "_DEDENT", "_NL", "$END")
_SPLITS = ("is", "not", "has", "in", "before", "from", "applies")


@dataclass(frozen=True, slots=True)
class _Met:
    """What the grammar met: the code of the line, the same with texts blotted out, and the word it stopped at."""

    line: Line
    code: str
    bare: str
    column: int
    word: str
    expected: frozenset[str]

    @property
    def place(self) -> Place:
        return self.at(self.column, self.column + len(self.word))

    def at(self, start: int, end: int) -> Place:
        return self.line.place(start, end)


def explain(chunk: Chunk, line: Line, column: int, token: str, expected: frozenset[str]) -> Diagnostic:
    """One diagnostic for the line where the grammar stopped. `column` counts from 0; `token` is what it met."""
    code = line.code.rstrip()
    if expected == {"_INDENT"}:
        return _nothing_below(_line_before(chunk, line) if token not in _STRUCTURE else line)
    if token in _STRUCTURE or column >= len(code):
        return _at_line_end(chunk, line, token, expected)
    bare = _STRING.sub(lambda match: "·" * len(match[0]), code)
    match = _FOUND.match(code, column)
    met = _Met(line, code, bare, column, match[0] if match else code[column], expected)
    for slip in _SLIPS:
        if (found := slip(met)) is not None:
            return found
    return say.unexpected(met.place, met.word, expectation(expected))


def _open_text(met: _Met) -> Diagnostic | None:
    at = met.bare.find('"')
    return say.quote_missing(met.at(at, len(met.code))) if at >= 0 else None


def _typographic_quote(met: _Met) -> Diagnostic | None:
    at = next((at for at, letter in enumerate(met.bare) if letter in _QUOTES), None)
    return say.typographic_quote(met.at(at, at + 1), met.bare[at]) if at is not None else None


def _invisible(met: _Met) -> Diagnostic | None:
    letter = met.word[0]
    unseen = unicodedata.category(letter) in ("Cf", "Zs", "Zl", "Zp", "Cc")
    return say.invisible(met.at(met.column, met.column + 1), letter) if unseen else None


def _no_number(met: _Met) -> Diagnostic | None:
    decimal = _DECIMAL_COMMA.match(met.code, met.code.rfind(" ", 0, met.column) + 1)
    if met.word == "," and decimal is not None:
        return say.bad_number(met.at(decimal.start(), decimal.end()), decimal[0])
    if "NUMBER" in met.expected and "WORD" not in met.expected:
        return say.bad_number(met.place, met.word)
    return None


def _no_citation(met: _Met) -> Diagnostic | None:
    if "CITATION" not in met.expected or met.expected & {"WORD", "STRING"}:
        return None
    match = _PHRASE.match(met.code, met.column)
    text = match[0].rstrip() if match else ""
    text = text or met.word
    return say.bad_citation(met.at(met.column, met.column + len(text)), text)


def _operator(met: _Met) -> Diagnostic | None:
    if "_EQUALS" in met.expected or starts_with(met.code.strip(), "values") or starts_with(met.code.strip(), "date"):
        return None
    operator = _OPERATOR.match(met.code, met.column) or _OPERATOR.search(met.bare)
    return say.operator(met.at(operator.start(), operator.end()), operator[0]) if operator is not None else None


def _infix(met: _Met) -> Diagnostic | None:
    before = [match for match in _INFIX.finditer(met.bare) if match.start() < met.column + len(met.word)]
    if not before or not met.line.indent:
        return None
    return say.infix(met.at(before[-1].start(), before[-1].end()), before[-1][0])


def _list(met: _Met) -> Diagnostic | None:
    tested = " is " in met.bare or " has " in met.bare
    return say.list_not_here(met.place) if met.word == "," and tested and "_COMMA" not in met.expected else None


def _negated_test(met: _Met) -> Diagnostic | None:
    negated = _NEGATED.match(met.bare[: met.column].strip())
    if met.word in ("is", "has", "in") and negated is not None:
        return say.negated_test(met.place, met.word)
    return None


def _clause_on_the_same_line(met: _Met) -> Diagnostic | None:
    word = next((word for word in CLAUSE_WORDS if starts_with(met.code[met.column :], word)), None)
    if word is None or "_NL" not in met.expected or (word in _SPLITS and "WORD" in met.expected):
        return None
    return say.clause_on_the_same_line(met.at(met.column, met.column + len(word)), word)


def _word_that_splits(met: _Met) -> Diagnostic | None:
    return say.splits_a_name(met.place, met.word) if met.word in _SPLITS and "WORD" in met.expected else None


_SLIPS = (
    _open_text,
    _typographic_quote,
    _invisible,
    _no_number,
    _no_citation,
    _operator,
    _infix,
    _list,
    _negated_test,
    _clause_on_the_same_line,
    _word_that_splits,
)


# --- the end of a line --------------------------------------------------------------------------------------------


def _at_line_end(chunk: Chunk, line: Line, token: str, expected: frozenset[str]) -> Diagnostic:
    code = line.code.rstrip()
    if token == "_INDENT":
        below = [each for each in chunk.lines if each.number > line.number and each.code.strip()]
        return say.nothing_below((below or [line])[0].whole)
    if "_INDENT" in expected or _CLAUSE.match(code.strip()):
        return _nothing_below(line)
    return say.unexpected_end(line.place(len(code), len(code) + 1), expectation(expected))


def _nothing_below(line: Line) -> Diagnostic:
    words = line.code.strip()
    return (
        say.clause_without_condition(line.whole, words) if _CLAUSE.match(words) else say.empty_group(line.whole, words)
    )


def _line_before(chunk: Chunk, line: Line) -> Line:
    above = [each for each in chunk.lines if each.number < line.number and each.code.strip()]
    return above[-1] if above else line
