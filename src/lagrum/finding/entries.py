"""What can be found: one entry for each rule, note, question and stretch of prose."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from lagrum.library import Library
from lagrum.model.conditions import singles
from lagrum.model.facts import Fact
from lagrum.model.instruments import Instrument, Vocabulary
from lagrum.model.norms import Norm
from lagrum.model.translations import Translation
from lagrum.semantics.order import conditions_of

_FENCE = re.compile(r"^ {0,3}(`{3,}|~{3,})")
_HEADING = re.compile(r"^ {0,3}(#{1,6})\s+(.*?)\s*#*\s*$")


@dataclass(frozen=True, slots=True)
class Entry:
    """Something that can be found. `kind` is `law`, `rule`, `note`, `question` or `prose`; `source` the law or
    vocabulary it stands in; `citation` empty where it has none; `file` and `line` where it is written."""

    kind: str
    source: str
    citation: str
    title: str
    text: str
    file: str
    line: int


def entries(library: Library, laws: tuple[str, ...] = ()) -> Iterator[Entry]:
    """Everything in the library, or in some of its laws and the vocabularies these use, in the order of the files."""
    chosen = [i for i in library.pack.instruments.values() if not laws or i.id in laws]
    used = {name for instrument in chosen for name in instrument.uses}
    prose: dict[str, str] = {}
    for instrument in sorted(chosen, key=lambda i: i.id):
        yield from _of_instrument(instrument, library)
        prose |= {library.path_of(file): instrument.id for file in instrument.files}
    others = library.translated("sv").facts
    for vocabulary in library.pack.vocabularies.values():
        if not laws or vocabulary.id in used:
            yield from _of_vocabulary(vocabulary, library, others)
            prose[library.path_of(vocabulary.file)] = vocabulary.id
    yield from _prose(prose, library.sources)


def _of_instrument(instrument: Instrument, library: Library) -> Iterator[Entry]:
    place = library.real(instrument.place)
    file, line = (place.file, place.line) if place else ("", 0)
    about = f"{instrument.citation}. {instrument.review}"
    yield Entry("law", instrument.id, "", instrument.title, about, file, line)
    for norm in instrument.norms:
        place = library.real(norm.place)
        file, line = (place.file, place.line) if place else ("", 0)
        title = norm.label or norm.name or norm.kind.value
        yield Entry("rule", instrument.id, str(norm.citation), title, _rule(norm), file, line)
    for note in instrument.notes:
        place = library.real(note.place)
        file, line = (place.file, place.line) if place else ("", 0)
        yield Entry("note", instrument.id, str(note.citation), "note", note.text, file, line)


def _rule(norm: Norm) -> str:
    conditions = [single.line.text for condition in conditions_of(norm) for single in singles(condition)]
    parts = [*dict.fromkeys(conditions), norm.note, " / ".join(norm.headings)]
    return "; ".join(part for part in parts if part)


def _of_vocabulary(vocabulary: Vocabulary, library: Library, others: Mapping[str, Translation]) -> Iterator[Entry]:
    for fact in vocabulary.facts:
        place = library.real(fact.place)
        file, line = (place.file, place.line) if place else ("", 0)
        yield Entry("question", vocabulary.id, "", fact.name, _question(fact, others.get(fact.name)), file, line)


def _question(fact: Fact, other: Translation | None) -> str:
    """The question with its answers, and as it is asked in another language."""
    answers = [] if fact.cuts else [f"{a.name}: {a.text}" if a.text else a.name for a in fact.answers]
    translated = (other.question, other.help, "; ".join(other.answers.values())) if other else ()
    parts = (fact.question, fact.help, fact.defined_in, "; ".join(answers), *translated)
    return " ".join(part for part in parts if part)


def _prose(files: Mapping[str, str], sources: Mapping[str, str]) -> Iterator[Entry]:
    """What stands under each heading outside the blocks of code."""
    for file, source in files.items():
        heading, start, lines = Path(file).stem, 1, list[str]()
        fence = ""
        for number, line in enumerate(sources.get(file, "").splitlines(), 1):
            mark = _FENCE.match(line)
            if fence:
                fence = "" if mark and mark[1].startswith(fence) else fence
                continue
            if mark:
                fence = mark[1]
                continue
            if (found := _HEADING.match(line)) is not None:
                yield from _stretch(source, heading, lines, file, start)
                heading, start, lines = found[2], number, []
            elif line.strip():
                lines.append(line.strip())
        yield from _stretch(source, heading, lines, file, start)


def _stretch(source: str, heading: str, lines: list[str], file: str, start: int) -> Iterator[Entry]:
    if lines:
        yield Entry("prose", source, "", heading, " ".join(lines), file, start)
