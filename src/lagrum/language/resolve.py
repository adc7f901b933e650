"""Resolving: from syntax trees to the model, every name looked up. One bad file never hides the others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from lagrum.language import syntax
from lagrum.language.problems import Problems, quote
from lagrum.language.resolve_citations import Citations
from lagrum.language.resolve_cycles import find_cycles
from lagrum.language.resolve_instrument import ReadInstrument, read_instrument, resolve_instrument
from lagrum.language.resolve_vocabulary import ReadVocabulary, check_practice, read_facts, resolve_vocabulary
from lagrum.model.diagnostics import Diagnostic
from lagrum.model.facts import Fact
from lagrum.model.instruments import Instrument, Vocabulary
from lagrum.model.places import Place


@dataclass(frozen=True, slots=True)
class Source:
    """The documents of one vocabulary (one) or instrument (its files in order), and whether the parser could read all
    of them."""

    documents: tuple[syntax.Document, ...]
    whole: bool = True

    @property
    def head(self) -> syntax.InstrumentS | None:
        """The first `instrument` sentence."""
        for document in self.documents:
            for block in document.blocks:
                for sentence in block.sentences:
                    if isinstance(sentence, syntax.InstrumentS):
                        return sentence
        return None


@dataclass(frozen=True, slots=True)
class Resolved:
    """What is sound, by id, and what is wrong with the rest."""

    vocabularies: Mapping[str, Vocabulary]
    instruments: Mapping[str, Instrument]
    facts: Mapping[str, Fact]
    diagnostics: tuple[Diagnostic, ...]


def resolve(vocabularies: Sequence[Source], instruments: Sequence[Source]) -> Resolved:
    """Resolve all vocabularies, then all instruments. An instrument with an error, or one that cites such an
    instrument, is left out; a vocabulary keeps what is sound in it."""
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
    read_instruments = _read_instruments(instruments, read_vocabularies, loose)
    broken = frozenset(id_ for id_, read in read_instruments.items() if read.problems.failed)
    citations = Citations({id_: read.declared for id_, read in read_instruments.items()}, broken)
    resolved = {id_: resolve_instrument(read, citations) for id_, read in read_instruments.items()}
    norms = [norm for instrument in resolved.values() for norm in instrument.norms]
    find_cycles(norms, {id_: read.problems for id_, read in read_instruments.items()})
    _leave_out(read_instruments)
    problems = [
        loose,
        *(r.problems for r in read_vocabularies.values()),
        *(r.problems for r in read_instruments.values()),
    ]
    return Resolved(
        done,
        {id_: instrument for id_, instrument in resolved.items() if not read_instruments[id_].problems.failed},
        facts,
        tuple(found for each in problems for found in each.all()),
    )


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


def _read_instruments(
    sources: Sequence[Source], vocabularies: Mapping[str, ReadVocabulary], loose: Problems
) -> dict[str, ReadInstrument]:
    found: dict[str, ReadInstrument] = {}
    for source in sources:
        head = source.head
        if head is None:
            continue
        earlier = found.get(head.id.text)
        if earlier is not None:
            _twice("instrument", head.id.text, head.id.place, earlier.head.id.place, loose)
            continue
        read = read_instrument(head, source.documents, vocabularies)
        if not source.whole:
            read.problems.failed = True  # the parser has said why
        found[read.id] = read
    return found


def _leave_out(instruments: Mapping[str, ReadInstrument]) -> None:
    """What cites an instrument that is left out must be left out too, and so on."""
    changed = True
    while changed:
        changed = False
        for read in instruments.values():
            if read.problems.failed:
                continue
            for other, place in read.foreign.items():
                if instruments[other].problems.failed:
                    read.problems.error(
                        "LG0706",
                        f"{quote(read.id)} is left out because {quote(other)}, which it cites, has errors",
                        place,
                        mend=f"mend {quote(other)} first",
                    )
                    changed = True
                    break
