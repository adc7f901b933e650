"""Common slips in one line, recognised by what stands around the place where the grammar stopped."""

from __future__ import annotations

import re
import unicodedata

from lagrum.language import messages as say
from lagrum.language.expected import expectation
from lagrum.language.layout import Chunk, Line
from lagrum.language.shapes import starts_with
from lagrum.model.diagnostics import Diagnostic

_STRING = re.compile(r'"(?:\\.|[^"\\])*"')
_FOUND = re.compile(r'"(?:\\.|[^"\\])*"|(?:==|!=|<=|>=|<>|&&|\|\||->)|[-+]?[\w.\'’\/-]+|.')
_QUOTES = "“”„«»‟″"
_INFIX = re.compile(r"(?<!\S)(?:and|or|AND|OR|&&?|\|\|?)(?!\S)")
_OPERATOR = re.compile(r"==?|!=|<=|>=|<>|≠|≤|≥|<|>")
_CLAUSE = re.compile(r"^(?:when|unless|then|met +when)$")
_STRUCTURE = ("_INDENT", "_DEDENT", "_NL", "$END")
_SPLITS = ("is", "not", "has", "in", "before", "from", "applies")
_DECIMAL_COMMA = re.compile(r"\d+,\d[\d.,]*")
_TESTS = {"_IS", "_HAS"}


def explain(chunk: Chunk, line: Line, column: int, token: str, expected: frozenset[str]) -> Diagnostic:
    """One diagnostic for the line where the grammar stopped. `column` counts from 0; `token` is what it met."""
    code = line.code.rstrip()
    if expected == {"_INDENT"}:
        return _nothing_below(_line_before(chunk, line) if token not in _STRUCTURE else line)
    if token in _STRUCTURE or column >= len(code):
        return _at_line_end(chunk, line, token, expected)
    bare = _STRING.sub(lambda match: "·" * len(match[0]), code)
    if '"' in bare:
        at = bare.index('"')
        return say.quote_missing(line.place(at, len(code)))
    for at, letter in enumerate(bare):
        if letter in _QUOTES:
            return say.typographic_quote(line.place(at, at + 1), letter)
    match = _FOUND.match(code, column)
    word = match[0] if match else code[column]
    place = line.place(column, column + len(word))
    if (len(word) == 1 and not word.isprintable()) or unicodedata.category(word[0]) in ("Cf", "Zs", "Cc"):
        return say.invisible(line.place(column, column + 1), word[0])
    if "NUMBER" in expected and "WORD" not in expected:
        return say.bad_number(place, word)
    if "CITATION" in expected and not expected & {"WORD", "STRING"}:
        return say.bad_citation(line.place(column, _phrase_end(code, column)), code[column : _phrase_end(code, column)])
    operator = _OPERATOR.match(word) or _OPERATOR.search(bare) if "_EQUALS" not in expected else None
    if operator is not None and not starts_with(code.strip(), "values") and not starts_with(code.strip(), "date"):
        at = column if word == operator[0] else operator.start()
        return say.operator(line.place(at, at + len(operator[0])), operator[0])
    infix = _last(_INFIX, bare, column + len(word))
    if infix is not None and not code.startswith(tuple("abcdefghijklmnopqrstuvwxyz")):
        return say.infix(line.place(infix.start(), infix.end()), infix[0])
    decimal = _DECIMAL_COMMA.match(code, code.rfind(" ", 0, column) + 1)
    if word == "," and decimal is not None:
        return say.bad_number(line.place(decimal.start(), decimal.end()), decimal[0])
    if word == "," and expected & _TESTS | {"_NL"} & expected and "_COMMA" not in expected:
        return say.list_not_here(place)
    if (word in _SPLITS and "WORD" in expected) or starts_with(code[column:], "at least"):
        return say.splits_a_name(place, word)
    return say.unexpected(place, word, expectation(expected))


def _at_line_end(chunk: Chunk, line: Line, token: str, expected: frozenset[str]) -> Diagnostic:
    code = line.code.rstrip()
    end = line.place(len(code), len(code) + 1)
    if token == "_INDENT":
        return say.nothing_below(_next_line(chunk, line).whole)
    if "_INDENT" in expected or _CLAUSE.match(code.strip()):
        return _nothing_below(line)
    return say.unexpected_end(end, expectation(expected))


def _nothing_below(line: Line) -> Diagnostic:
    words = line.code.strip()
    return (
        say.clause_without_condition(line.whole, words) if _CLAUSE.match(words) else say.empty_group(line.whole, words)
    )


def _line_before(chunk: Chunk, line: Line) -> Line:
    above = [each for each in chunk.lines if each.number < line.number and each.code.strip()]
    return above[-1] if above else line


def _next_line(chunk: Chunk, line: Line) -> Line:
    below = [each for each in chunk.lines if each.number > line.number and each.code.strip()]
    return below[0] if below else line


def _last(pattern: re.Pattern[str], text: str, end: int) -> re.Match[str] | None:
    """The last match that starts before a position."""
    found: re.Match[str] | None = None
    for match in pattern.finditer(text):
        if match.start() < end:
            found = match
    return found


def _phrase_end(code: str, column: int) -> int:
    """Where the words that were meant as a citation end: before a quotation mark, a comma or a bracket."""
    match = re.compile(r'[^",\[\]]*').match(code, column)
    return column + len((match[0] if match else "").rstrip()) or column + 1
