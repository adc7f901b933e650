"""Formex 4, the XML of the Publications Office: one file for the act, one for each annex, one that lists them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lagrum.texts.identity import Number, kind_of_title, kind_of_value, of_eli
from lagrum.texts.markup import Element
from lagrum.texts.outline import Block, Heading, Item, Unit, Words, normal, sections
from lagrum.texts.running import Running

ROOTS = {"ACT", "CONS.ACT", "ANNEX", "CONS.ANNEX", "DOC", "PUBLICATION"}

_BLOCKS = {
    "P", "TXT", "ALINEA", "PARAG", "LIST", "ITEM", "NP", "GR.SEQ", "TITLE", "QUOT.S", "TBL", "CORPUS", "ROW",
    "CONTENTS", "SUBDIV", "DLIST", "DLIST.ITEM", "GR.TBL",
}  # fmt: skip
_LEFT_OUT = {"NOTE", "TI.ART", "STI.ART", "NO.PARAG", "INCL.ELEMENT", "BIB.INSTANCE"}
_CLOSED = {"QUOT.S", "CONSID", "ARTICLE", "ANNEX", "CONS.ANNEX"}
_PARTS = {"ARTICLE", "TI", "STI", "TI.ART", "STI.ART", "NO.P", "NO.PARAG", "CELL", "DIVISION"}
_LONGEST_LABEL = 40
_DASH = {"DASH": "—", "NDASH": "–", "BULLET": "•"}


@dataclass(frozen=True, slots=True)
class Part:
    """One file of an act. `listed` are the files that a list of files names; `number` is None where only the title
    could say what kind of act it is and does not."""

    name: str
    kind: str  # act, annex, list, other
    year: str
    serial: str
    language: str
    number: Number | None
    celex: str
    eli: str
    title: str
    units: tuple[Unit, ...]
    listed: tuple[str, ...] = ()


def read_formex(root: Element, name: str) -> Part:
    """What one Formex file holds."""
    kind = {"DOC": "list", "PUBLICATION": "other"}.get(root.tag, "annex" if root.tag.endswith("ANNEX") else "act")
    title = _title(root) if kind == "act" else ""
    year, serial = _first(root, "YEAR"), _first(root, "NO.CURRENT")
    address = root.find(".//NO.ELI")
    eli = address.get("ID", "") if address is not None else ""
    letter = kind_of_value(_first(root, "LEGAL.VALUE")) if kind == "list" else kind_of_title(title)
    number = of_eli(eli)
    if number is None and letter and year.isdecimal() and serial.isdecimal():
        number = Number(letter, int(year), int(serial))
    return Part(
        name=name,
        kind=kind,
        year=year,
        serial=serial,
        language=_first(root, "LG.DOC").lower() or _first(root, "LG.OJ").lower(),
        number=number,
        celex=_consolidated(root),
        eli=eli,
        title=title,
        units=tuple(_units(root)) if kind in ("act", "annex") else (),
        listed=tuple(ref.get("FILE", "") for ref in root.iter("REF.PHYS")) if kind == "list" else (),
    )


def _consolidated(root: Element) -> str:
    """The CELEX number of a consolidated text, which says it itself; empty for an act as published."""
    info = root.find(".//INFO.CONSLEG")
    if info is None:
        return ""
    reference = info.get("CONSLEG.REF", "")
    return f"{reference if len(reference) > 9 else '0' + reference}-{info.get('START.DATE', '')}"


def _first(root: Element, name: str) -> str:
    found = root.find(f".//{name}")
    return inline(found).strip() if found is not None else ""


def _title(root: Element) -> str:
    found = root.find("TITLE") if root.find("TITLE") is not None else root.find(".//TITLE")
    return normal(" ".join(inline(p) for p in found.iter("P"))) if found is not None else ""


# --- units ---------------------------------------------------------------------------------------------------


def _units(root: Element) -> Iterator[Unit]:
    for element in root.iter("CONSID", "ARTICLE", "ANNEX", "CONS.ANNEX"):
        if any(above.tag in _CLOSED for above in element.iterancestors()):
            continue  # mostly the wording of another act, which this one puts in
        unit = {"CONSID": _recital, "ARTICLE": _article}.get(element.tag, _annex)(element)
        if unit is not None:
            yield unit


def _recital(element: Element) -> Unit | None:
    paragraph = element.find("NP")
    number = re.search(r"[0-9]+", _label(paragraph)) if paragraph is not None else None
    if paragraph is None or number is None:
        return None
    return Unit(f"Recital {number[0]}", "", _point(paragraph).blocks)


def _article(element: Element) -> Unit | None:
    identifier = element.get("IDENTIFIER", "") or _first(element, "TI.ART")
    number = re.search(r"0*([1-9][0-9]*)\s?([A-Za-z]{0,2})\b", identifier[:_LONGEST_LABEL])
    if number is None:
        return None
    title = element.find("STI.ART")
    return Unit(
        f"Art. {number[1]}{number[2].lower()}", normal(inline(title)) if title is not None else "", _blocks(element)
    )


def _annex(element: Element) -> Unit | None:
    heading, contents = element.find("TITLE"), element.find("CONTENTS")
    if heading is None or contents is None:
        return None
    first, *more = [normal(inline(paragraph)) for paragraph in heading.iter("P")] or [""]
    return Unit(annex_citation(first), " ".join(more), sections(_blocks(contents)))


def annex_citation(heading: str) -> str:
    """The citation of an annex from its heading, `ANNEX III`, `BILAGA III`, `III LISA`; an only annex is `Annex I`."""
    text = normal(heading)
    number = re.match(r"\w+ ([IVXLCDM]+[a-z]?|[0-9]+[a-z]?|[A-Z])\b", text) or re.match(r"([IVXLCDM]+)\.? \w+", text)
    return f"Annex {number[1]}" if number else "Annex I"


# --- blocks --------------------------------------------------------------------------------------------------


def _blocks(element: Element, depth: int = 0) -> tuple[Block, ...]:
    """The blocks of an element with mixed content: stretches of running text become paragraphs of their own."""
    found: list[Block] = []
    running = Running(element.text)
    for child in element:
        if child.tag in _BLOCKS:
            running.flush(found)
            found += _block(child, depth)
            running.add(child.tail)
        else:
            _add(running, child)
    running.flush(found)
    return tuple(found)


def _block(element: Element, depth: int) -> Sequence[Block]:
    match element.tag:
        case "PARAG":
            number = element.find("NO.PARAG")
            label = normal(inline(number)) if number is not None else ""
            return (Item(label, _blocks(element, depth)),)
        case "NP":
            return (_point(element),)
        case "LIST":
            return [_item(item, element.get("TYPE", "")) for item in element if item.tag == "ITEM"]
        case "QUOT.S":
            return (Words(normal(_spaced(element))),)
        case "ROW":
            return (Words(" | ".join(normal(_spaced(cell)) for cell in element)),)
        case "GR.SEQ":
            return _blocks(element, depth + 1)
        case "TITLE":
            return (Heading(normal(_spaced(element)), depth),)
        case _:
            return _blocks(element, depth)


def _item(element: Element, kind: str) -> Item:
    paragraph = element.find("NP")
    if paragraph is not None and len(element) == 1:
        return _point(paragraph)
    return Item(_DASH.get(kind, "—"), _blocks(element))


def _point(element: Element) -> Item:
    """A point with its label. Its first words stand in TXT, what follows in P."""
    below = [block for child in element if child.tag != "NO.P" for block in _block(child, 2)]
    return Item(_label(element), tuple(below))


def _label(element: Element) -> str:
    number = element.find("NO.P")
    return normal(inline(number)) if number is not None else ""


# --- running text --------------------------------------------------------------------------------------------


def inline(element: Element) -> str:
    """The running text of an element: quotation marks set, notes left out, raised figures as `10^25`."""
    running = Running(element.text)
    for child in element:
        _add(running, child)
    return str(running)


def _add(running: Running, child: Element) -> None:
    """Put the text of an inline child, and of its tail, at the end."""
    if child.tag == "NOTE":
        running.close_up()
    elif child.tag in ("QUOT.START", "QUOT.END"):
        running.add(_quotation_mark(child.get("CODE", "")))
    elif child.tag not in _LEFT_OUT:
        text = inline(child)
        if child.tag == "HT" and child.get("TYPE") == "SUP" and text.strip():
            text = f"^{text}"
        if child.tag == "FT" and child.get("TYPE") == "NUMBER" and re.fullmatch(r"[0-9]{4,15}", text):
            text = f"{int(text):,}".replace(",", "\u00a0")
        running.add(text)
    running.add(child.tail)


def _quotation_mark(code: str) -> str:
    return chr(int(code, 16)) if re.fullmatch(r"00(?:22|27|AB|BB)|20(?:1[89A-F]|39|3A)", code) else '"'


def _spaced(element: Element) -> str:
    """All text of an element, its blocks parted by blanks."""
    running = Running(element.text)
    for child in element:
        if child.tag in _BLOCKS or child.tag in _PARTS:
            running.add(f" {_spaced(child)} ")
            running.add(child.tail)
        else:
            _add(running, child)
    return str(running)
