"""Resolving: from syntax trees to the model, every name looked up. One bad file never hides the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lagrum.language import syntax
from lagrum.language.problems import Problems, quote
from lagrum.language.resolve_texts import Act, Source, acts_of, days_known, texts_on
from lagrum.language.resolve_vocabulary import ReadVocabulary, check_practice, read_facts, resolve_vocabulary
from lagrum.language.resolve_world import World
from lagrum.model.diagnostics import Diagnostic
from lagrum.model.facts import Fact
from lagrum.model.instruments import Instrument, Version, Vocabulary
from lagrum.model.places import Place


@dataclass(frozen=True, slots=True)
class Resolved:
    """What is sound, by id, and what is wrong with the rest. `versions` holds every text of an instrument."""

    vocabularies: Mapping[str, Vocabulary]
    instruments: Mapping[str, Instrument]
    facts: Mapping[str, Fact]
    versions: Mapping[str, tuple[Version, ...]]
    diagnostics: tuple[Diagnostic, ...]


def resolve(vocabularies: Sequence[Source], instruments: Sequence[Source]) -> Resolved:
    """Resolve all vocabularies, then all instruments as they are known today, then the earlier texts of those that an
    act amends. An instrument with an error, or one that rests on such an instrument, is left out; a vocabulary keeps
    what is sound in it."""
    loose = Problems()
    read_vocabularies: dict[str, ReadVocabulary] = {}
    facts: dict[str, Fact] = {}
    for source in vocabularies:
        vocabulary = read_facts(source.documents[0], not source.whole, facts)
        earlier = read_vocabularies.get(vocabulary.id)
        if earlier is not None:
            _twice("vocabulary", vocabulary.id, _top(source.documents[0]), _top(earlier.document), loose)
            continue
        facts |= vocabulary.facts
        read_vocabularies[vocabulary.id] = vocabulary
    check_practice(list(read_vocabularies.values()))
    done = {id_: resolve_vocabulary(read, facts) for id_, read in read_vocabularies.items()}
    sources = _by_id(instruments, loose)
    acts = acts_of(sources)
    newest = World(texts_on(sources, acts, days_known(acts)[-1]), read_vocabularies)
    problems = [loose, *(r.problems for r in read_vocabularies.values()), *newest.problems]
    return Resolved(
        done,
        newest.sound,
        facts,
        _versions(newest, sources, acts, read_vocabularies),
        tuple(found for each in problems for found in each.all()),
    )


def _versions(
    newest: World, sources: Mapping[str, Source], acts: Sequence[Act], vocabularies: Mapping[str, ReadVocabulary]
) -> dict[str, tuple[Version, ...]]:
    """Every text of the instruments that are sound today. What is wrong with an earlier one is not told: it may cite
    what only a later act put in."""
    days = days_known(acts)
    worlds = [(known, World(texts_on(sources, acts, known), vocabularies)) for known in days[:-1]] + [
        (days[-1], newest)
    ]
    found: dict[str, list[Version]] = {id_: [] for id_ in newest.sound}
    for known, world in worlds:
        for id_, versions in found.items():
            instrument = world.sound.get(id_)
            if instrument is not None and (not versions or versions[-1].instrument != instrument):
                versions.append(Version(known, instrument))
    return {id_: tuple(versions) for id_, versions in found.items()}


def _top(document: syntax.Document) -> Place:
    return document.blocks[0].place if document.blocks else Place(document.file, 1, 1, 1, 1)


def _twice(what: str, name: str, place: Place, earlier: Place, problems: Problems) -> None:
    problems.error(
        "LG0705",
        f"two {'vocabularies' if what == 'vocabulary' else 'instruments'} are called {quote(name)}",
        place,
        mend="rename one; this one is left out",
        related=[(earlier, "the other one")],
    )


def _by_id(sources: Sequence[Source], loose: Problems) -> dict[str, Source]:
    found: dict[str, Source] = {}
    for source in sources:
        head = source.head
        if head is None:
            continue
        earlier = found.get(head.id.text)
        if earlier is not None and earlier.head is not None:
            _twice("instrument", head.id.text, head.id.place, earlier.head.id.place, loose)
            continue
        found[head.id.text] = source
    return found
