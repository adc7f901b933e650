"""A mapping in words: what each column is taken to say, for those who cannot read the file."""

from __future__ import annotations

from collections.abc import Iterator

from lagrum.language.problems import quote
from lagrum.screening.coded import INDICATED
from lagrum.screening.mapping import ANSWERS, Entry, Mapping, Sense

_LANGUAGES = {"en": "English", "nl": "Dutch"}


def explain(mapping: Mapping) -> tuple[str, ...]:
    """The mapping told line by line."""
    return tuple(_lines(mapping))


def _lines(mapping: Mapping) -> Iterator[str]:
    yield mapping.name
    for name, text in (("Source", mapping.source), ("Review", mapping.review), ("Note", mapping.note)):
        if text:
            yield f"{name}: {text}"
    if mapping.id:
        yield f"A row is named by {quote(mapping.id)}."
    if mapping.labels:
        yield f"Results are counted by {_and([quote(column) for column in mapping.labels.values()])}."
    for leaving in mapping.leave_out:
        cells = _or([quote(cell) for cell in leaving.cells])
        yield f"Rows are left out where {quote(leaving.column)} is {cells}: {leaving.why}."
    for given in mapping.given:
        yield f"Assumed for every row: {given.text}."
    for sense in mapping.senses:
        yield from _sense(sense)
    for texts in mapping.texts:
        language = _LANGUAGES.get(texts.language, texts.language)
        columns = _and([quote(column) for column in texts.columns])
        narrowed = f", for {_and([quote(fact) for fact in texts.facts])} only" if texts.facts else ""
        yield f"The words of {columns} are read in {language}{narrowed}; what they suggest counts as indicated."
    yield "What no column says stays unknown."


def _sense(sense: Sense) -> Iterator[str]:
    verb = "suggests of" if sense.basis == INDICATED else "says of"
    split = f", cut at {quote(sense.split)}," if sense.split else ""
    yield f"{quote(sense.column)}{split} {verb} {quote(sense.fact)}:"
    if sense.read:
        forms = f", written {_or([quote(form) for form in sense.dates])}" if sense.dates else ""
        kind = "its answers, in the vocabulary's words" if sense.read == ANSWERS else f"a date{forms}"
        yield f"  {kind}"
    by_words: dict[str, list[str]] = {}
    for entry in sense.values:
        by_words.setdefault(entry.words, []).append(quote(entry.cell))
    for words, cells in by_words.items():
        yield f"  {', '.join(cells)}: {words}"
    yield f"  anything else: {_words(sense.other, 'says nothing, and is told as a problem of the row')}"
    if sense.empty is not None:
        yield f"  an empty cell: {_words(sense.empty, '')}"
    if sense.note:
        yield f"  note: {sense.note}"


def _words(entry: Entry | None, without: str) -> str:
    return without if entry is None else entry.words


def _and(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} and {words[-1]}"


def _or(words: list[str]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} or {words[-1]}"
