"""The law to read: what there is, each law as a document, and each provision with all that bears on it."""

from __future__ import annotations

from datetime import date
from functools import partial
from typing import Any

from fastapi import APIRouter, HTTPException
from starlette.responses import HTMLResponse, JSONResponse, Response

from lagrum.finding import typed
from lagrum.model.citations import Citation
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.law import Law
from lagrum.reasoning.envelope import envelope
from lagrum.service.documents import law_document, laws_document, norms_document
from lagrum.service.laws import Terms
from lagrum.spelling import did_you_mean
from lagrum.web.address import address_of, citation_at, is_unit
from lagrum.web.laws.document import Part, parts_of_law
from lagrum.web.laws.listing import BASES, HEADS, STANDINGS, Listing, basis_of, in_force, kind_of, rows
from lagrum.web.laws.provision import Place, loopholes_at
from lagrum.web.laws.resolving import nearest, place_in
from lagrum.web.laws.words import STYLES, named, rule_word, sentence
from lagrum.web.spoken import in_english
from lagrum.web.view import POSITION, View, Viewed
from lagrum.web.work import csv_response

router = APIRouter(include_in_schema=False)


@router.get("/law")
def laws(view: Viewed) -> HTMLResponse:
    """All laws and positions there are."""
    listing = Listing(view)
    names = {
        "regions": [(name, view.gettext(name)) for name in listing.regions],
        "kinds": [(kind, kind_of(view, kind)) for kind in listing.kinds],
        "standings": [(name, view.gettext(words)) for name, words in STANDINGS.items()],
        "bases": [(name, view.gettext(words)) for name, words in BASES.items()],
    }
    rules = sum(len(each.norms) for each in listing.every)
    left_out = view.desk.library.left_out
    words: dict[str, Any] = {"bases": BASES, "basis_of": basis_of}
    return _page(view, "law/list.html", listing=listing, names=names, rules=rules, left_out=left_out, **words)


@router.get("/law.json")
def laws_json(view: Viewed) -> JSONResponse:
    """The same for programs."""
    return JSONResponse(laws_document(view.desk.library))


@router.get("/law.csv")
def laws_csv(view: Viewed) -> Response:
    """The same as a table, chosen as the page chooses."""
    return csv_response("laws", HEADS, rows(Listing(view).chosen))


@router.get("/law/{law_id}")
def law(view: Viewed, law_id: str) -> Response:
    """A law as a document: what it is, and its parts."""
    law_id, twin = _twin(law_id)
    found = _law(view, law_id, twin)
    if isinstance(found, Response):
        return found
    if twin:
        return JSONResponse(law_document(found, _terms(view)))
    cited = view.query.get("cite", "").strip()
    if cited:
        return _go_to(view, found, cited)
    if len(found.instruments) > 1:
        return _page(view, "law/together.html", law=found)
    return _document(view, found, 0)


@router.get("/law/{law_id}/part/{slug}")
def part(view: Viewed, law_id: str, slug: str) -> Response:
    """A part of a long law."""
    found = _law(view, law_id)
    if isinstance(found, Response):
        return found
    slugs = [each.slug for each in parts_of_law(view.desk.library, found.instruments[0])]
    if slug not in slugs or len(found.instruments) > 1:
        raise HTTPException(404)
    if len(slugs) == 1:
        return view.go(address_of(law_id), 307)
    return _document(view, found, slugs.index(slug) + 1)


@router.get("/law/{law_id}/{rest:path}")
def provision(view: Viewed, law_id: str, rest: str) -> Response:
    """A provision by its citation; one that is written in another way leads to its own address."""
    rest, twin = _twin(rest)
    found = _law(view, law_id, twin)
    if isinstance(found, Response):
        return found
    parts = rest.split("/")
    citation = citation_at(parts) if is_unit(parts[0]) else None
    if citation is None:
        there = place_in(found, typed(rest) or typed(rest.replace("/", " ")))
        if there is None:
            raise HTTPException(404)
        return view.go(address_of(law_id, there, **dict(view.query)))
    if twin:
        return _provision_json(view, law_id, citation)
    return _provision(view, found, citation)


def _provision(view: View, law: Law, citation: Citation) -> Response:
    """The page of a place; that of a law that does not have it says what is near."""
    instrument = next((i for i in law.instruments if any(citation.covers(n.citation) for n in i.norms)), None)
    place = Place(view, law, instrument or law.instruments[0], citation)
    if instrument is None:
        other = place_in(law, (citation,))
        if other is not None:
            return view.go(address_of(law.id, other, **dict(view.query)))
        known = place.official or place.notes
        return _page(
            view,
            "law/nothing.html",
            status=200 if known else 404,
            spot=place,
            near=nearest(law, citation),
            later=_later(view, law, citation),
        )
    head = envelope("show", [law], on=view.on, text_of=view.text_of, inputs={"citation": str(citation)})
    styles = {name: view.gettext(words) for name, words in STYLES.items()}
    loopholes = loopholes_at(view, law, citation)
    return _page(
        view, "law/provision.html", spot=place, head=head, styles=styles, loopholes=loopholes, against=POSITION
    )


def _later(view: View, law: Law, citation: Citation) -> date | None:
    """From which day's text on the place is there; None where no text has it."""
    for version in view.desk.library.pack.versions.get(law.instruments[0].id, ()):
        if version.known and any(citation.covers(norm.citation) for norm in version.instrument.norms):
            return version.known
    return None


def _provision_json(view: View, law_id: str, citation: Citation) -> Response:
    words = view.desk.official
    with view.desk.alone():
        told = norms_document(view.desk.library, str(citation), [law_id], _terms(view), lambda: words, lang=view.lang)
    return JSONResponse(told)


def _document(view: View, law: Law, number: int) -> HTMLResponse:
    """The law's own page (0), or that of one of its parts (from 1 on); a law of one part is one page."""
    instrument = law.instruments[0]
    parts = parts_of_law(view.desk.library, instrument)
    shown: Part | None = parts[number - 1] if number else parts[0] if len(parts) == 1 else None
    context = {"law": law, "instrument": instrument, "parts_": parts, "part": shown, "number": number}
    if number:
        return _page(view, "law/part.html", **context)
    library = view.desk.library
    files = {library.path_of(file) for file in instrument.files}
    wrong = [d for d in library.diagnostics if d.place is not None and d.place.file in files]
    copies = [i for i in library.pack.instruments.values() if any(x.instrument == instrument.id for x in i.lineage)]
    head = envelope("law", [law], on=view.on, text_of=view.text_of)
    versions = library.pack.versions.get(instrument.id, ())
    known = library.pack.instruments
    more = {"wrong": wrong, "copies": copies, "head": head, "versions": versions, "known": known, "against": POSITION}
    return _page(view, "law/document.html", **context, **more)


def _law(view: View, law_id: str, twin: bool = False) -> Law | Response:
    """The law of the address; one that there is not is a page with the nearest name."""
    known = view.desk.library.pack.instruments
    unknown = [part for part in law_id.split("+") if part.strip() not in known]
    if unknown and not set(unknown) & set(view.desk.library.left_out):
        if twin:
            raise HTTPException(404, view.gettext("There is no law %(law)s.", law=unknown[0][:80]))
        near = did_you_mean(unknown[0], known)
        return _page(view, "law/none.html", status=404, asked=unknown[0][:80], near=near)
    return view.law(law_id)


def _go_to(view: View, law: Law, cited: str) -> Response:
    """To the provision that was typed; back to the page of the law, where it is none."""
    there = place_in(law, typed(cited))
    if there is not None:
        return view.go(address_of(law.id, there, on=view.query.get("on"), text_of=view.query.get("text_of")))
    message = view.gettext("`%(text)s` is no provision of this law that is encoded", text=cited[:80])
    near = [str(each) for each in nearest(law, typed(cited)[0])] if typed(cited) else []
    help_ = view.gettext("Near it: %(places)s.", places=", ".join(near)) if near else ""
    raise InvalidInput([Diagnostic("LG0729", message, help=help_)])


def _page(view: View, template: str, **context: Any) -> HTMLResponse:
    """A page with the words that all pages of the law have."""
    words: dict[str, Any] = {
        "english": partial(in_english, view),
        "rule_word": partial(rule_word, view),
        "kind_of": partial(kind_of, view),
        "in_force": partial(in_force, view),
        "sentence": partial(sentence, view),
        "named": partial(named, view),
        "address_of": address_of,
    }
    return view.render(template, **words, **context)


def _terms(view: View) -> Terms:
    return Terms(view.day_asked(), view.day_asked("text_of"), readings=view.readings)


def _twin(path: str) -> tuple[str, bool]:
    return path.removesuffix(".json"), path.endswith(".json")
