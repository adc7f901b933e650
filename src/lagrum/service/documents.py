"""What there is, for programs: the laws, the rules at a citation, what a search finds, as `schemas/` describes it."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from lagrum.finding import Hit, Index, typed
from lagrum.library import Library
from lagrum.model.citations import Citation
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.instruments import Instrument
from lagrum.model.law import Law
from lagrum.model.norms import Norm
from lagrum.model.places import Place
from lagrum.reasoning.envelope import envelope
from lagrum.service.laws import Terms
from lagrum.service.official import Words
from lagrum.service.shown import laws_with, norm_to_dict, norms_at, notes_to_dicts
from lagrum.spelling import did_you_mean

ShowPath = Callable[[str], str]
"""How the path of a law file is told: as people type it, or from its folder of law."""


def laws_document(library: Library) -> dict[str, object]:
    """Every instrument there is."""
    laws = library.every()
    instruments = [instrument_to_dict(law.instruments[0]) for law in laws]
    return envelope("laws", laws) | {"instruments": instruments, "left_out": list(library.left_out)}


def law_document(law: Law, terms: Terms) -> dict[str, object]:
    """One law with its instruments and the index of its rules."""
    head = envelope("law", [law], on=terms.day, text_of=terms.text_of)
    return {
        **head,
        "instruments": [instrument_to_dict(each) for each in law.instruments],
        "attached": [instrument_to_dict(each) for each in law.attached],
        "norms": [
            {
                "key": n.key,
                "law": n.instrument,
                "kind": n.kind.value,
                "citation": str(n.citation),
                "label": n.label or n.name,
            }
            for n in law.norms.values()
        ],
    }


def instrument_to_dict(instrument: Instrument) -> dict[str, object]:
    """What an instrument says of itself."""
    return {
        "id": instrument.id,
        "title": instrument.title,
        "citation": instrument.citation,
        "source": instrument.source,
        "jurisdiction": instrument.jurisdiction,
        "kind": instrument.kind,
        "published": instrument.published.isoformat() if instrument.published else None,
        "in_force": instrument.in_force.isoformat() if instrument.in_force else None,
        "until": instrument.until.isoformat() if instrument.until else None,
        "uses": list(instrument.uses),
        "tiers": list(instrument.tiers),
        "review": instrument.review,
        "norms": len(instrument.norms),
        "readings": [
            {"name": r.name, "question": r.question, "values": dict(r.values), "default": r.default}
            for r in instrument.readings
        ],
    }


# --- rules at a citation ---------------------------------------------------------------------------------------------


def read_citation(text: str) -> Citation:
    """Read a citation as people type it: also `Article 5`, `5(1)(d)`, `artikel 5.1 d`. Raises `InvalidInput`."""
    found = typed(text)
    if not found:
        help_ = "write a unit, a number and steps in round brackets, e.g. `Art. 5(1)(d)`"
        message = f"`{' '.join(text.split())[:120]}` is not a citation"
        raise InvalidInput([Diagnostic("LG0730", message, help=help_)])
    return found[0]


def rules_at(
    library: Library, citation: str, law_ids: Sequence[str], terms: Terms
) -> tuple[Citation, tuple[Law, ...], list[tuple[Law, Norm]]]:
    """The rules at a place and below it, in the laws named (all that have some, where none is). The citation may have
    the id of a law in front. Raises `InvalidInput` where there are none."""
    first, _, rest = citation.strip().partition(" ")
    named = first in library.pack.instruments and bool(rest)
    place = read_citation(rest if named else citation)
    laws = terms.laws(library, (first,) if named else tuple(law_ids) or laws_with(library, place))
    found = [(law, norm) for law in laws for norm in norms_at(law, place)]
    if not found:
        raise InvalidInput([_nothing(place, laws or library.every())])
    return place, laws, found


def _nothing(place: Citation, laws: Sequence[Law]) -> Diagnostic:
    known = {str(norm.citation) for law in laws for norm in law.norms.values()}
    where = f" in `{laws[0].id}`" if len(laws) == 1 else ""
    help_ = did_you_mean(str(place), sorted(known)) or "`lagrum laws` lists the laws there are"
    return Diagnostic("LG0729", f"no rule is encoded at `{place}`{where}", help=help_)


def norms_document(
    library: Library,
    citation: str,
    law_ids: Sequence[str],
    terms: Terms,
    words: Callable[[], Words],
    lang: str = "en",
    shown: ShowPath | None = None,
) -> dict[str, object]:
    """The rules at a citation with the notes there and, where they were imported, the official `words`."""
    place, laws, found = rules_at(library, citation, law_ids, terms)
    official = words()
    norms = [
        norm_to_dict(law, norm, terms.day)
        | {
            "place": place_to_dict(library.real(norm.place), shown or below(library)),
            "official": official.to_dict(law.instrument_of(norm), norm.citation, lang),
        }
        for law, norm in found
    ]
    head = envelope("show", laws, on=terms.day, text_of=terms.text_of, inputs={"citation": str(place)})
    return head | {"citation": str(place), "norms": norms, "notes": notes_to_dicts(laws, place, terms.day)}


def place_to_dict(place: Place | None, shown: ShowPath) -> dict[str, object] | None:
    """A place with its file as it is shown."""
    if place is None:
        return None
    end = {"end_line": place.end_line, "end_column": place.end_column}
    return {"file": shown(place.file), "line": place.line, "column": place.column, **end}


def below(library: Library) -> ShowPath:
    """Files as they lie in their folder of law: where that lies on this machine is nobody else's business."""

    def shown(file: str) -> str:
        path = Path(file)
        return next((path.relative_to(each).as_posix() for each in library.folders if path.is_relative_to(each)), file)

    return shown


# --- search ----------------------------------------------------------------------------------------------------------


def search_document(
    index: Index, words: str, most: int, laws: Sequence[Law], shown: ShowPath
) -> tuple[dict[str, object], list[Hit]]:
    """What is found for words or at a citation, the best first; and the findings themselves."""
    citation = next(iter(typed(words)), None) if any(letter.isdigit() for letter in words) else None
    found = index.at(citation)[:most] if citation else []
    exact = bool(found)
    found = found or index.search(words, most)
    head = envelope("search", laws, inputs={"words": words, "most": most})
    answer = {"words": words, "citation": str(citation) if exact else None}
    return head | answer | {"found": [_hit_to_dict(hit, shown) for hit in found]}, found


def _hit_to_dict(hit: Hit, shown: ShowPath) -> Mapping[str, object]:
    entry = hit.entry
    return {
        "kind": entry.kind,
        "source": entry.source,
        "citation": entry.citation,
        "title": entry.title,
        "snippet": hit.snippet,
        "file": shown(entry.file),
        "line": entry.line,
    }
