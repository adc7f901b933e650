"""What the grammar expects at a place, in the words of the language."""

from __future__ import annotations

from collections.abc import Iterable

from lagrum.language.problems import quote

_WORDS = {
    "WORD": "a name",
    "STRING": "a text in quotation marks",
    "FREE": "some text",
    "DAY": "a date",
    "NUMBER": "a number",
    "CITATION": "a citation",
    "_COMMA": "a comma",
    "_LEFT": "a citation in square brackets",
    "_RIGHT": "`]`",
    "_EQUALS": "`=`",
    "_PERCENT": "`%`",
    "PERCENT": "`%`",
    "_NL": "the end of the line",
    "_INDENT": "indented lines below",
    "_DEDENT": "the end of the clause",
    "$END": "the end of the sentence",
    "_YES_NO": "`yes/no`",
}
_UNSAID = ("CARRIED_ON", "COMMENT", "__IGNORE_0")
_MOST = 6

_CONDITION = {"ALL_OF", "ANY_OF", "NONE_OF", "AT_LEAST", "NOT", "WORD", "CITATION"}
_SINGLE = {"NOT", "WORD", "CITATION"}
_TEST = {"_IS", "_IN", "_HAS", "AT_LEAST", "AT_MOST", "MORE_THAN", "LESS_THAN", "BEFORE", "FROM"}
_DAY = {"DAY", "WORD"}


def expectation(terminals: Iterable[str]) -> str:
    """One phrase for everything that could stand at a place: `` `is`, a comma or the end of the line ``."""
    left = {terminal for terminal in terminals if terminal not in _UNSAID}
    if left == {"_COMMA"}:
        return "`, higher` or `, lower`"  # elsewhere a line may also end where a comma may stand
    phrases: list[str] = []
    for group, phrase in ((_CONDITION, "a condition"), (_SINGLE, "a single condition"), (_DAY, "a date or its name")):
        if group <= left:
            left -= group
            phrases.append(phrase)
    if left >= _TEST:
        left -= _TEST
        phrases.append("`is`, `in`, `has`, `at least`, `before` or another such word")
    for structure in ("_DEDENT", "_INDENT", "$END"):
        if left - {structure} or phrases:
            left -= {structure}
    if "_NL" in left and (phrases or len(left) > 3):
        left -= {"WORD"}  # that a name may go on is seldom what is missing
    phrases += sorted((_phrase(terminal) for terminal in left), key=lambda words: (words.startswith("`"), words))
    if len(phrases) > _MOST:
        phrases = [*phrases[: _MOST - 1], "something else"]
    return phrases[0] if len(phrases) == 1 else f"{', '.join(phrases[:-1])} or {phrases[-1]}" if phrases else "nothing"


def _phrase(terminal: str) -> str:
    return _WORDS.get(terminal) or quote(terminal.strip("_").lower().replace("_", " "))
