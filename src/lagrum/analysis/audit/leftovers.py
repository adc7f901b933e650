"""What drafting leaves behind: references to what is gone, duties nobody can fulfil, terms nobody uses."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date

from lagrum.analysis.audit.desk import Desk, Part
from lagrum.analysis.audit.parts import Taker, name_of, words_of
from lagrum.analysis.audit.result import Finding, Level
from lagrum.model.citations import Citation, parse_citation
from lagrum.model.conditions import AllOf, AnyOf, Applies, AtLeast, Condition, Defined, IsMet, NoneOf, singles
from lagrum.model.instruments import Instrument
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.semantics.order import conditions_of

_CITED = re.compile(r"(?:Art\.|§|Annex|Recital|Rule|Sec\.|Point|Para\.) [0-9A-Z][0-9A-Za-z.:/-]*(?:\([0-9A-Za-z]+\))*")
"""A citation in running text, written as the language writes it."""


# --- references to what is gone --------------------------------------------------------------------------------


def stale(law: Law, instrument: Instrument) -> Iterator[Finding]:
    """What still stands and refers to a place of which nothing stands any more."""
    places = _places(instrument)
    told: set[tuple[str, str]] = set()
    for source, key, until, cited in _references(instrument, law):
        gone = _gone(cited, places)
        if gone is None or (until is not None and until <= gone):
            continue
        if (source, str(cited)) not in told:
            told.add((source, str(cited)))
            by = _taken_out(cited, instrument)
            sentence = f"{source} refers to {cited}, which was taken out on {gone}{by}"
            cites = (source.removesuffix(", as noted,").split(' "')[0], str(cited))
            yield Finding(instrument.id, "stale-reference", Level.HIGH, key, cites, sentence)


def _places(instrument: Instrument) -> list[tuple[Citation, date | None]]:
    """Every place of the text at which something stands or stood, with when it ended."""
    norms = [(norm.citation, norm.until if norm.ended_by else None) for norm in instrument.norms]
    return norms + [(note.citation, note.until) for note in instrument.notes]


def _gone(cited: Citation, places: Sequence[tuple[Citation, date | None]]) -> date | None:
    """When the last of what stood at the place ended; None where something stands there, or nothing ever did."""
    ended = [until for place, until in places if cited.covers(place)]
    return None if not ended or None in ended else max(day for day in ended if day is not None)


def _taken_out(cited: Citation, instrument: Instrument) -> str:
    acts = [norm.ended_by for norm in instrument.norms if norm.ended_by and cited.covers(norm.citation)]
    return f" by {acts[-1]}" if acts else ""


Reference = tuple[str, str, date | None, Citation]


def _references(instrument: Instrument, law: Law) -> Iterator[Reference]:
    """Who refers, its key, until when it stands, and to which place of the same text."""
    for norm in instrument.norms:
        for condition in conditions_of(norm):
            for citation in _brackets(condition):
                yield name_of(norm), norm.key, norm.until, citation
            for single in singles(condition):
                if isinstance(single, Applies | IsMet):
                    yield from _cited_norms(norm, single.norms, law)
                elif isinstance(single, Defined):
                    yield from _cited_norms(norm, (single.norm,), law)
        yield from _cited_norms(norm, norm.targets, law)
        for citation in _in_text(norm.note):
            yield name_of(norm), norm.key, norm.until, citation
    for note in instrument.notes:
        for citation in _in_text(note.text):
            yield f"{note.citation}, as noted,", "", note.until, citation


def _cited_norms(norm: Norm, keys: Iterable[str], law: Law) -> Iterator[Reference]:
    """The places of cited rules of the same text, where none of them is left."""
    cited = [law.known[key] for key in keys if key in law.known and law.known[key].instrument == norm.instrument]
    if cited and all(other.ended_by for other in cited):
        for place in dict.fromkeys(other.citation for other in cited):
            yield name_of(norm), norm.key, norm.until, place


def _brackets(condition: Condition) -> Iterator[Citation]:
    if isinstance(condition, AllOf | AnyOf | NoneOf | AtLeast):
        if condition.citation is not None:
            yield condition.citation
        for item in condition.items:
            yield from _brackets(item)
    elif condition.line.citation is not None:
        yield condition.line.citation


def _in_text(text: str) -> Iterator[Citation]:
    for match in _CITED.finditer(text):
        yield parse_citation(match[0].rstrip("."))


# --- duties ----------------------------------------------------------------------------------------------------


def duties(desk: Desk, taker: Taker, norms: Sequence[Norm], dead: Iterable[str]) -> Iterator[Finding]:
    """Duties that nobody can fulfil, that everybody has fulfilled, or that do not say how."""
    gone = set(dead)
    asked = {key for norm in desk.law.norms.values() for c in conditions_of(norm) for key in _met_keys(c)}
    for norm in norms:
        if norm.kind is not NormKind.REQUIRE or norm.key in gone:
            continue
        cited = (str(norm.citation),)
        attached = norm.key in desk.law.attachments
        if norm.met_when is None:
            if (norm.before_use or norm.key in asked) and not attached:
                why = "is a condition of lawful use" if norm.before_use else "is asked whether it is met"
                sentence = f"{name_of(norm)} {why}, and does not say when it is met: so it never is"
                yield Finding(norm.instrument, "no-way-to-meet", Level.HIGH, norm.key, cited, sentence)
            continue
        yield from _fulfilling(desk, taker, norm)


def _fulfilling(desk: Desk, taker: Taker, norm: Norm) -> Iterator[Finding]:
    c, d = desk.compiled, desk.circuit
    applies, unmet = c.applies(norm.key), c.unmet(norm.key)
    cited = (str(norm.citation),)
    never = desk.never(applies, d.negate(unmet))
    if never is not None:
        met = [Part(f"met when {words_of(item)}", c.condition(item, norm)) for item in _conjuncts(norm.met_when)]
        reason = desk.conflict([*taker.applying(norm), *met], never)
        told = tuple(part.words for part in reason) + desk.statements(reason, never)
        level = Level.MEDIUM if never else Level.HIGH
        sentence = f"nobody to whom {name_of(norm)} applies can fulfil it"
        yield Finding(norm.instrument, "unmeetable", level, norm.key, cited, sentence, told, (), never)
        return
    always = desk.never(unmet)
    if always is not None:
        sentence = f"wherever {name_of(norm)} applies, it is fulfilled already"
        level = Level.LOW if always else Level.MEDIUM
        yield Finding(norm.instrument, "always-met", level, norm.key, cited, sentence, (), (), always)


def _conjuncts(condition: Condition | None) -> Iterator[Condition]:
    if isinstance(condition, AllOf):
        for item in condition.items:
            yield from _conjuncts(item)
    elif condition is not None:
        yield condition


def _met_keys(condition: Condition) -> Iterator[str]:
    for single in singles(condition):
        if isinstance(single, IsMet):
            yield from single.norms


# --- terms -----------------------------------------------------------------------------------------------------


def unused(norms: Sequence[Norm], everything: Iterable[Instrument]) -> Iterator[Finding]:
    """Definitions that no condition of any law at hand uses."""
    used: set[str] = set()
    for instrument in everything:
        for norm in instrument.norms:
            for condition in conditions_of(norm):
                for single in singles(condition):
                    if isinstance(single, Defined):
                        used.add(single.norm)
                    elif isinstance(single, Applies | IsMet):
                        used.update(single.norms)
        used.update(_said_elsewhere(instrument))
    for norm in norms:
        if norm.kind is NormKind.DEFINE and norm.key not in used:
            sentence = f"the term {name_of(norm)} is used nowhere"
            yield Finding(norm.instrument, "unused-definition", Level.LOW, norm.key, (str(norm.citation),), sentence)


def _said_elsewhere(instrument: Instrument) -> Iterator[str]:
    """Terms that what else governs hangs on."""
    for elsewhere in instrument.elsewhere:
        for single in singles(elsewhere.when):
            if isinstance(single, Defined):
                yield single.norm
