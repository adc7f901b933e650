"""Translated questions: `ai-use.sv.md` beside `ai-use.md`, with a `translate` sentence for each fact."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path

from lagrum.language import syntax
from lagrum.language.cache import cached, fingerprint
from lagrum.language.files import read_text, translations_of
from lagrum.language.problems import Problems, listing, quote
from lagrum.model.diagnostics import Diagnostic, Severity
from lagrum.model.facts import Fact, FactKind
from lagrum.model.instruments import Vocabulary
from lagrum.model.places import Place
from lagrum.model.translations import Translation

LANGUAGES = ("sv",)


@dataclass(frozen=True)
class Translated:
    """The translations that fit, by fact; what is wrong or missing; and the files' texts by path."""

    facts: Mapping[str, Translation]
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]


def load_translations(vocabularies: Iterable[tuple[Vocabulary, Path]], lang: str) -> Translated:
    """Read what stands beside the vocabularies in a language, kept in the cache on disk. Never raises.

    A folder in which nothing is translated is not spoken of; in another every question is to be.
    """
    facts: dict[str, Translation] = {}
    found: list[Diagnostic] = []
    sources: dict[str, str] = {}
    for vocabulary, file in vocabularies:
        path = translations_of(file, lang)
        if not path.is_file():
            if vocabulary.facts and any(file.parent.glob(f"*.{lang}.md")):
                top = Place(vocabulary.file, 1, 1, 1, 1 + len(vocabulary.title))
                message = f"of {quote(vocabulary.id)} no question is translated: {quote(path.name)} is not there"
                help_ = "until then they are asked in English"
                found.append(Diagnostic("LG0312", message, top, help_, severity=Severity.WARNING))
            continue
        text, unread = read_text(path)
        found += unread
        if text is None:
            continue
        sources[str(path)] = text
        key = sha256(f"{fingerprint('language', 'model')}\0{path}\0{text}\0{vocabulary.facts}".encode()).hexdigest()
        sentences, problems = cached("translations", key, lambda: _read(vocabulary, str(path), text), _sound)  # noqa: B023
        facts |= {each.fact: each for each in sentences}
        found += problems
    return Translated(facts, tuple(found), sources)


def _sound(value: object) -> bool:
    match value:
        case (tuple(facts), tuple(problems)):
            return all(isinstance(f, Translation) for f in facts) and all(isinstance(p, Diagnostic) for p in problems)
        case _:
            return False


def _read(vocabulary: Vocabulary, file: str, text: str) -> tuple[tuple[Translation, ...], tuple[Diagnostic, ...]]:
    from lagrum.language.parser import parse_document  # the parser loads only where it is needed

    document, unread = parse_document(file, text)
    problems = Problems()
    known = {fact.name: fact for fact in vocabulary.facts}
    found: dict[str, Translation] = {}
    for sentence in (sentence for block in document.blocks for sentence in block.sentences):
        if not isinstance(sentence, syntax.TranslateS):
            mend = f"move it to {quote(vocabulary.id)}"
            problems.error("LG0311", "a file of translations holds only `translate`", sentence.place, mend=mend)
            continue
        name = sentence.name
        if name.text not in known:
            mend = problems.meant(name.text, known) or f"translate the facts of {quote(vocabulary.id)}"
            message = f"there is no fact {quote(name.text)} in {quote(vocabulary.id)}"
            problems.error("LG0311", message, name.place, mend=mend)
        elif name.text in found:
            related = [(found[name.text].place, "first here")]
            message = f"{quote(name.text)} is translated twice"
            problems.error("LG0311", message, name.place, mend="keep one of the two", related=related)
        else:
            found[name.text] = _translation(sentence, known[name.text], problems)
    _missing(known.values(), found, document, problems)
    return tuple(found.values()), (*unread, *problems.all())


def _translation(sentence: syntax.TranslateS, fact: Fact, problems: Problems) -> Translation:
    named = [] if fact.cuts else [answer.name for answer in fact.answers]
    answers: dict[str, str] = {}
    for line in sentence.answers:
        if line.name.text not in named:
            mend = problems.meant(line.name.text, named) or (f"the answers are {listing(named)}" if named else "")
            message = f"{quote(line.name.text)} is no answer to {quote(fact.name)}"
            problems.error("LG0311", message, line.place, mend=mend, related=[(fact.place, "declared here")])
        elif line.name.text in answers:
            message = f"{quote(line.name.text)} is translated twice"
            problems.error("LG0311", message, line.place, mend="keep one of the two")
        elif line.text:
            answers[line.name.text] = line.text
    lacking = [name for name in named if name not in answers and fact.kind is not FactKind.YES_NO]
    lacking += ["unit"] if fact.unit and not sentence.unit else []
    lacking += ["help"] if fact.help and not sentence.help else []
    if lacking:
        message = f"of {quote(fact.name)} is not translated: {listing(lacking)}"
        problems.warning("LG0312", message, sentence.name.place, mend="add it below")
    return Translation(fact.name, sentence.question, answers, sentence.unit, sentence.help, sentence.place)


def _missing(
    facts: Iterable[Fact], found: Mapping[str, Translation], document: syntax.Document, problems: Problems
) -> None:
    names: Sequence[str] = [fact.name for fact in facts if fact.name not in found]
    if names:
        top = Place(document.file, 1, 1, 1, 1 + len(document.text.split("\n", 1)[0]))
        are = "question is" if len(names) == 1 else "questions are"
        message = f"{len(names)} {are} not translated: {listing(names)}"
        problems.warning("LG0312", message, top, mend="until then they are asked in English")
