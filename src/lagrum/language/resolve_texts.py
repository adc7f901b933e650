"""The texts of instruments as they are known on a day: as they were made, with the acts published until then."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from lagrum.language import syntax
from lagrum.language.consolidate import consolidate
from lagrum.language.placed import Amendment, placed
from lagrum.language.problems import Problems, quote
from lagrum.language.resolve_header import Header, read_dates, read_header
from lagrum.language.resolve_instrument import Text
from lagrum.model.places import Place

NO_LAW = ("proposal", "position")
"""Kinds of instrument that amend nothing: what they propose is not law."""


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

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(document.file for document in self.documents)


@dataclass(frozen=True, slots=True)
class Act:
    """An instrument that amends others. `known` is when it was published; None where that is not said, and then it is
    always known."""

    id: str
    source: Source
    header: Header
    dates: Mapping[str, date]
    amends: Sequence[tuple[syntax.AmendS, tuple[str, ...]]]

    @property
    def known(self) -> date | None:
        return self.header.days.get("published", self.header.days.get("in force"))

    def known_on(self, day: date | None) -> bool:
        """Whether it was known on the day. None: with what is known always, and nothing else."""
        return self.known is None or (day is not None and self.known <= day)


@dataclass(frozen=True, slots=True)
class Readable:
    """An instrument ready for the first pass. `amends` are the instruments it amends, with the places."""

    head: syntax.InstrumentS
    text: Text
    problems: Problems
    amends: dict[str, Place] = field(default_factory=dict)


def _header(source: Source, head: syntax.InstrumentS) -> tuple[Header, dict[str, date]]:
    """Head and dates of an instrument, for a look ahead: what is wrong with them is noted when they are read."""
    sentences = [each.sentence for each in placed(source.documents)]
    dates = read_dates([s for s in sentences if isinstance(s, syntax.DateS)], Problems())
    return read_header(head, dates, Problems()), dates


def acts_of(sources: Mapping[str, Source]) -> list[Act]:
    """The instruments that amend others, and are law."""
    found = []
    for id_, source in sources.items():
        amends = [
            (each.sentence, each.headings)
            for each in placed(source.documents)
            if isinstance(each.sentence, syntax.AmendS)
        ]
        head = source.head
        if amends and head is not None:
            header, dates = _header(source, head)
            found.append(Act(id_, source, header, dates, amends))
    return found


def days_known(acts: Sequence[Act]) -> list[date | None]:
    """The days on which some text changes because an act is published, after the one that is always known (None)."""
    return [None, *sorted({act.known for act in acts if act.known is not None and _is_law(act)})]


def _is_law(act: Act) -> bool:
    return act.header.texts.get("kind") not in NO_LAW


def texts_on(sources: Mapping[str, Source], acts: Sequence[Act], known: date | None) -> dict[str, Readable]:
    """Every instrument with its text as known on the day; the newest of `days_known` gives the text of today.

    Each call gives problems of its own: those of the parser, and of the amendments that cannot be made.
    """
    problems = {id_: Problems() for id_ in sources}
    for id_, source in sources.items():
        problems[id_].failed = not source.whole  # the parser has said why
    found: dict[str, Readable] = {}
    by_target: dict[str, list[tuple[Act, Amendment]]] = {}
    amends: dict[str, dict[str, Place]] = {}
    for act in acts:
        for node, headings in act.amends:
            if _checked(act, node, sources, problems[act.id]):
                start = _start(act, node, problems[act.id])
                amends.setdefault(act.id, {}).setdefault(node.instrument.text, node.instrument.place)
                if start is not None and act.known_on(known) and _is_law(act):
                    amendment = Amendment(act.id, node, start, headings, act.dates, problems[act.id])
                    by_target.setdefault(node.instrument.text, []).append((act, amendment))
    for id_, source in sources.items():
        head = source.head
        assert head is not None, "only sources with a head have an id"
        text = _text(source, head, by_target.get(id_, ()))
        found[id_] = Readable(head, text, problems[id_], amends.get(id_, {}))
    return found


def _checked(act: Act, node: syntax.AmendS, sources: Mapping[str, Source], problems: Problems) -> bool:
    """Whether the act names another instrument that is there."""
    target = node.instrument.text
    if target not in sources:
        mend = problems.meant(target, sources) or "load the folder that holds it too"
        problems.error("LG0410", f"no instrument is called {quote(target)}", node.instrument.place, mend=mend)
    elif target == act.id:
        mend = "write its wordings one after the other, with `until` and `from`"
        problems.error("LG0515", "an act cannot amend itself", node.instrument.place, mend=mend)
    else:
        return True
    return False


def _start(act: Act, node: syntax.AmendS, problems: Problems) -> date | None:
    value = node.starts.value
    if not isinstance(value, str):
        return value
    if value not in act.dates:
        mend = problems.meant(value, act.dates) or "declare it in the act: `date NAME = 2026-08-02`"
        problems.error("LG0415", f"no date is called {quote(value)}", node.starts.place, mend=mend)
    return act.dates.get(value)


def _text(source: Source, head: syntax.InstrumentS, amending: Sequence[tuple[Act, Amendment]]) -> Text:
    sentences = placed(source.documents)
    if not amending:
        return Text(tuple(sentences), source.files)
    header, _ = _header(source, head)
    in_force = header.days.get("in force", header.days.get("published"))
    acts = {act.id: act for act, _ in amending}
    places: dict[str, Place] = {}
    for _, amendment in amending:
        places.setdefault(amendment.act, amendment.node.instrument.place)
    return Text(
        tuple(consolidate(sentences, in_force, [amendment for _, amendment in amending])),
        tuple(dict.fromkeys([*source.files, *(file for act in acts.values() for file in act.source.files)])),
        places,
        tuple(name for act in acts.values() for name in act.header.uses),
        tuple(name for act in acts.values() for name in act.header.tiers),
        max((act.known for act in acts.values() if act.known is not None), default=None),
    )
