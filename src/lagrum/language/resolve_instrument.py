"""Instruments: from the documents of one instrument to its norms, in two passes.

The first pass says what every norm is known by, so that instruments can cite each other in any order; the second reads
what the norms say.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date

from lagrum.language import syntax
from lagrum.language.placed import Placed
from lagrum.language.problems import Problems, listing, quote
from lagrum.language.resolve_cases import resolve_case
from lagrum.language.resolve_citations import Citations, Declared, Reach
from lagrum.language.resolve_conditions import Scope
from lagrum.language.resolve_header import Header, read_dates, read_header, read_readings
from lagrum.language.resolve_norms import Sentence, declare, definitions, read_intervals, resolve_norm
from lagrum.language.resolve_vocabulary import ReadVocabulary, Sets, resolve_values
from lagrum.model.cases import Case
from lagrum.model.facts import Fact
from lagrum.model.instruments import Attachment, Elsewhere, Instrument, Lineage, Note
from lagrum.model.places import Place


@dataclass
class ReadInstrument:
    """An instrument after the first pass."""

    id: str
    head: syntax.InstrumentS
    text: Text
    problems: Problems
    header: Header
    scope: Scope
    sentences: list[Sentence]
    declared: list[Declared]
    usable: bool  # its vocabularies are there, so its conditions can be read
    foreign: dict[str, Place] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Text:
    """What an instrument says: its sentences and the files they stand in; for an amended text also the acts that
    amended it, each with the place where it does, and what these use and rank beyond the text as it was made."""

    sentences: tuple[Placed, ...]
    files: tuple[str, ...]
    acts: Mapping[str, Place] = field(default_factory=dict)
    uses: tuple[str, ...] = ()
    tiers: tuple[str, ...] = ()
    known: date | None = None  # when the newest of the acts was published


def read_instrument(
    head: syntax.InstrumentS, text: Text, vocabularies: Mapping[str, ReadVocabulary], problems: Problems
) -> ReadInstrument:
    """The first pass: head, names, and what each norm is known by."""
    sentences = [placed.sentence for placed in text.sentences]
    dates = read_dates([s for s in sentences if isinstance(s, syntax.DateS)], problems)
    header = read_header(head, dates, problems)
    header = replace(
        header,
        uses=tuple(dict.fromkeys(header.uses + text.uses)),
        tiers=tuple(dict.fromkeys(header.tiers + text.tiers)),
    )
    readings = read_readings([s for s in sentences if isinstance(s, syntax.ReadingS)], head.id.text, problems)
    scope, usable = _scope(head, header, vocabularies, problems)
    scope.dates, scope.readings = dates, readings
    in_force = header.days.get("in force", header.days.get("published"))
    norms = [(placed.sentence, placed) for placed in text.sentences if isinstance(placed.sentence, syntax.NormS)]
    dated = read_intervals(norms, scope, in_force)
    declared = declare(dated, head.id.text, in_force, problems)
    scope.definitions = definitions(declared, scope)
    return ReadInstrument(head.id.text, head, text, problems, header, scope, dated, declared, usable)


def _scope(
    head: syntax.InstrumentS, header: Header, vocabularies: Mapping[str, ReadVocabulary], problems: Problems
) -> tuple[Scope, bool]:
    """What names mean through the vocabularies it uses, and whether all of these are there."""
    facts: dict[str, Fact] = {}
    sets: Sets = {}
    broken: dict[str, Place] = {}
    incomplete: list[str] = []
    usable = True
    uses = next((entry for entry in head.entries if entry.key == "uses"), head)
    for name in header.uses:
        read = vocabularies.get(name)
        if read is None:
            mend = problems.meant(name, vocabularies)
            mend = mend or (f"there are {listing(list(vocabularies))}" if vocabularies else "none is loaded")
            problems.error("LG0411", f"no vocabulary is called {quote(name)}", uses.place, mend=mend)
            usable = False
            continue
        facts |= read.facts
        sets |= read.sets
        broken |= read.broken
        if read.incomplete:
            incomplete.append(name)
    elsewhere = {fact: read.id for read in vocabularies.values() for fact in read.facts if fact not in facts}
    scope = Scope(problems, facts, sets, broken=broken, incomplete=tuple(incomplete), elsewhere=elsewhere)
    return scope, usable and bool(header.uses)


def resolve_instrument(read: ReadInstrument, citations: Citations) -> Instrument:
    """The second pass: what the norms say. The instrument must not be used where `read.problems` has failed."""
    reach = Reach(read.id, citations, read.problems, read.foreign)
    scope, header = read.scope, read.header
    scope.reach = reach
    sets = dict(scope.sets)
    scope.sets = sets
    others = _Others(scope, sets)
    for placed in read.text.sentences:
        others.add(placed, read.head, read.usable)
    norms = []
    if read.usable:
        for sentence_, declared in zip(read.sentences, read.declared, strict=True):
            norms.append(resolve_norm(sentence_, declared, scope, header.tiers))
    return Instrument(
        id=read.id,
        title=header.texts.get("title", ""),
        citation=header.texts.get("citation", ""),
        source=header.texts.get("source", ""),
        jurisdiction=header.texts.get("jurisdiction", ""),
        kind=header.texts.get("kind", ""),
        published=header.days.get("published"),
        in_force=header.days.get("in force"),
        until=header.days.get("until"),
        uses=header.uses,
        tiers=header.tiers,
        review=header.texts.get("review", ""),
        norms=tuple(norms),
        readings=tuple(reading for _, reading in scope.readings.values()),
        elsewhere=tuple(others.elsewhere),
        lineage=tuple(others.lineage),
        notes=tuple(others.notes),
        dates=tuple(scope.dates.items()),
        files=read.text.files,
        amended_by=tuple(read.text.acts),
        amended=read.text.known,
        attaches=tuple(others.attaches),
        cases=tuple(others.cases),
        place=read.head.place,
    )


class _Others:
    """The sentences of an instrument that are no norms."""

    def __init__(self, scope: Scope, sets: Sets) -> None:
        self.scope = scope
        self.sets = sets
        self.elsewhere: list[Elsewhere] = []
        self.lineage: list[Lineage] = []
        self.notes: list[Note] = []
        self.attaches: list[Attachment] = []
        self.cases: list[Case] = []

    def add(self, placed: Placed, head: syntax.InstrumentS, usable: bool) -> None:
        problems = self.scope.problems
        sentence, since, until = placed.sentence, placed.since, placed.until
        match sentence:
            case syntax.ValuesS():
                if usable:
                    resolve_values(sentence, self.scope, self.sets)
            case syntax.ElsewhereS():
                when = self.scope.condition(sentence.when) if usable else None
                self.elsewhere.append(Elsewhere(sentence.text, sentence.citation, when, sentence.place, since, until))
            case syntax.ModelledOnS():
                self.lineage.append(Lineage(sentence.instrument.text, sentence.source, sentence.place))
            case syntax.NoteS():
                self.notes.append(Note(sentence.citation, sentence.text, sentence.place, since, until))
            case syntax.AttachesS():
                self._attach(sentence)
            case syntax.CaseS() if usable:
                self.cases.append(resolve_case(sentence, head.id.text, self.scope))
            case syntax.TranslateS():
                mend = "move it to the file beside the vocabulary, such as `ai-use.sv.md`"
                problems.error("LG0310", "`translate` stands beside vocabularies", sentence.place, mend=mend)
            case syntax.FactS() | syntax.ImpossibleS():
                word = "fact" if isinstance(sentence, syntax.FactS) else "impossible"
                problems.error(
                    "LG0310",
                    f"`{word}` stands only in vocabularies",
                    sentence.place,
                    mend="move it to a vocabulary that the instrument uses",
                )
            case syntax.InstrumentS():
                if sentence is not head:
                    problems.error(
                        "LG0310",
                        "one file holds one instrument",
                        sentence.place,
                        mend="give the second one a file of its own",
                        related=[(head.place, "the first one")],
                    )
            case syntax.NormS() | syntax.DateS() | syntax.ReadingS() | syntax.AmendS() | syntax.CaseS():
                pass  # read elsewhere

    def _attach(self, sentence: syntax.AttachesS) -> None:
        cite, reach = sentence.cite, self.scope.reach
        if reach is None or cite.instrument in (None, reach.instrument):
            mend = "write the id of the other one in front of the citation"
            self.scope.problems.error("LG0516", "an instrument attaches to another one", cite.place, mend=mend)
        elif duties := reach.duties(cite):
            self.attaches.append(Attachment(cite.instrument or "", cite.citation, duties, sentence.place))
