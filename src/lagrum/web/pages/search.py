"""Search by words or by citation: a citation goes straight to its page."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import partial

from fastapi import APIRouter
from markupsafe import Markup, escape
from starlette.responses import HTMLResponse, JSONResponse, Response

from lagrum.finding import Hit, typed
from lagrum.model.norms import Norm
from lagrum.service.documents import below, search_document
from lagrum.web.address import address_of
from lagrum.web.language import N_
from lagrum.web.laws.document import parts_of_law
from lagrum.web.laws.resolving import place_in
from lagrum.web.spoken import in_english
from lagrum.web.view import LAW, View, Viewed

router = APIRouter(include_in_schema=False)
MOST, A_KIND = 100, 20  # findings in all, and shown of one kind
LONGEST = 200  # letters
KINDS = {
    "law": N_("Laws and positions"),
    "rule": N_("Rules"),
    "note": N_("Notes"),
    "question": N_("Questions"),
    "prose": N_("Prose"),
}


@dataclass(frozen=True)
class Found:
    """A finding: where it leads, what it is called, and the words around what was looked for."""

    title: str
    where: str
    address: str
    snippet: Markup
    asked_by: tuple[Norm, ...] = ()


@router.get("/search")
def search(view: Viewed) -> Response:
    """What is found, by kind; for a citation of a law that there is, the way there."""
    words = _words(view)
    there = straight(view, words) if view.query.get("kind") is None else None
    if there is not None:
        return view.go(there)
    return _results(view, words)


@router.get("/search.json")
def search_json(view: Viewed) -> JSONResponse:
    """The same for programs, as `lagrum search --format json` tells it."""
    with view.desk.alone():
        told, _ = search_document(view.desk.index, _words(view), MOST, (), below(view.desk.library))
    return JSONResponse(told)


def straight(view: View, words: str) -> str | None:
    """The address of the provision that the words cite; None where they cite none that there is, or where several laws
    have it and the usual one has not. An id of a law may stand in front."""
    known = view.desk.library.pack.instruments
    first, _, rest = words.partition(" ")
    named = [first] if first in known and rest else []
    candidates = typed(rest if named else words)
    if words in known:
        return address_of(words)
    if not candidates:
        return None
    laws = {id_: view.law(id_) for id_ in named or sorted(known)}
    having = {id_: place for id_, law in laws.items() if (place := place_in(law, candidates)) is not None}
    chosen = LAW if LAW in having else next(iter(having)) if len(having) == 1 else None
    return view.to(address_of(chosen, having[chosen])) if chosen else None


def _results(view: View, words: str) -> HTMLResponse:
    with view.desk.alone():
        _, hits = search_document(view.desk.index, words, MOST, (), below(view.desk.library))
    groups = {kind: [hit for hit in hits if hit.entry.kind == kind] for kind in KINDS}
    chosen = view.query.get("kind", "")
    shown = {
        kind: [_found(view, hit) for hit in (found if chosen == kind else found[:A_KIND])]
        for kind, found in groups.items()
        if found and chosen in ("", kind)
    }
    return view.render(
        "search.html",
        words=words,
        groups={kind: found for kind, found in groups.items() if found},
        shown=shown,
        chosen=chosen,
        count=len(hits),
        most=MOST,
        names={kind: view.gettext(name) for kind, name in KINDS.items()},
        english=partial(in_english, view),
        address_of=address_of,
    )


def _words(view: View) -> str:
    return " ".join(view.query.get("q", "").split())[:LONGEST]


def _found(view: View, hit: Hit) -> Found:
    entry = hit.entry
    instrument = view.desk.library.pack.instruments.get(entry.source)
    title = instrument.title if instrument else entry.source
    match entry.kind:
        case "rule" | "note":
            where, address = title, address_of(entry.source, entry.citation)
            told = f"{entry.citation} {entry.title}" if entry.kind == "rule" else entry.citation
            return Found(told, where, view.to(address), _marked(hit.snippet))
        case "law":
            return Found(entry.title, entry.source, view.to(address_of(entry.source)), _marked(hit.snippet))
        case "question":
            asked = view.desk.askers.get(entry.title, ())
            return Found(entry.title, "", "", _marked(hit.snippet), asked)
        case _:
            return Found(entry.title, title, _prose(view, entry.source, entry.title), _marked(hit.snippet))


def _prose(view: View, law: str, heading: str) -> str:
    """The address of a heading in a law; that of the law, where the heading is not one of its own."""
    library = view.desk.library
    instrument = library.pack.instruments.get(law)
    if instrument is None:
        return ""
    parts = parts_of_law(library, instrument)
    for part in parts:
        for passage in part.passages:
            if passage.title == heading:
                page = f"/part/{part.slug}" if len(parts) > 1 else ""
                return f"{view.to(address_of(law) + page)}#{passage.anchor}"
    return view.to(address_of(law))


def _marked(snippet: str) -> Markup:
    """The words around, with those that were looked for marked.

    >>> _marked("a [face] <b>")
    Markup('a <mark>face</mark> &lt;b&gt;')
    """
    return Markup(re.sub(r"\[([^\[\]]+)\]", r"<mark>\1</mark>", str(escape(snippet))))
