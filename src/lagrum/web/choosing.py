"""What a question to the long analyses is about: a law, a position and a day, as the address has them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from fastapi import HTTPException

from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.instruments import Instrument
from lagrum.web.view import POSITION, View

Options = list[tuple[str, str]]
FIRST = "EU"  # the jurisdiction that lists begin with


@dataclass(frozen=True)
class Chosen:
    """What the address chooses, as far as it can be read. `errors` are (field, sentence), for what cannot."""

    law: str
    against: str
    on: date
    text_of: date | None
    on_text: str
    errors: tuple[tuple[str, str], ...] = ()

    @property
    def address(self) -> dict[str, Any]:
        """What other pages about the same are asked with; the day stands where the address has one."""
        return {"law": self.law, "against": self.against, "on": self.on_text, "text_of": self.text_of}


def chosen(view: View, law: str = "law") -> Chosen:
    """Read the address; `law` is the name of the field that the law stands in."""
    errors: list[tuple[str, str]] = []
    days: dict[str, date | None] = {}
    for field in ("on", "text_of"):
        try:
            days[field] = view.day_asked(field)
        except InvalidInput as error:
            errors.append((field, _sentence(error.diagnostics[0])))
    return Chosen(
        view.query.get(law, "").strip(),
        view.query.get("against", "").strip() or POSITION,
        days.get("on") or date.today(),
        days.get("text_of"),
        view.query.get("on", "").strip(),
        tuple(errors),
    )


def whole(view: View, law: str = "law", otherwise: str = "") -> Chosen:
    """What the address chooses, for those who are not asked again: twins and forms. `otherwise` is the law where none
    is named. Raises `HTTPException`."""
    asked = chosen(view, law)
    if asked.errors or not (asked.law or otherwise):
        raise HTTPException(422, "; ".join(said for _, said in asked.errors) or view.gettext("Choose a law."))
    return asked


def number(text: str) -> int:
    """A small number of an address; 1 for what is none."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else 1


def _sentence(diagnostic: Diagnostic) -> str:
    return f"{diagnostic.message}. {diagnostic.help}".replace("`", "")


def laws(view: View, also: str = "") -> Options:
    """The laws to choose from, those of the Union first; `also` is one more id, such as two laws read together."""
    found = [i for i in view.desk.library.pack.instruments.values() if i.kind != "position" and not is_draft(i)]
    return _options(found, also)


def positions(view: View, also: str = "") -> Options:
    """The positions to hold laws against; `also` may be a law that serves as one."""
    return _options([i for i in view.desk.library.pack.instruments.values() if i.kind == "position"], also)


def is_draft(instrument: Instrument) -> bool:
    """Whether it is an amendment that somebody tries out here."""
    return instrument.source == "lagrum balance"


def _options(found: list[Instrument], also: str) -> Options:
    found.sort(key=lambda i: (i.jurisdiction != FIRST, i.jurisdiction, i.title))
    told = [(i.id, f"{i.jurisdiction}: {i.title}" if i.kind != "position" else i.title) for i in found]
    return told if not also or also in dict(told) else [*told, (also, also)]


def titled(view: View, law: str) -> tuple[str, str]:
    """Title and citation of a law by its id, of several read together one behind the other; the id where there is no
    such law."""
    known = view.desk.library.pack.instruments
    parts = [known[part.strip()] for part in law.split("+") if part.strip() in known]
    if not parts:
        return law, law
    citation = " + ".join(each.citation for each in parts)
    if view.amendment and view.amendment.law in {each.id for each in parts}:
        citation = view.gettext("%(citation)s as amended by a draft that is not law", citation=citation)
    return " + ".join(each.title for each in parts), citation
