"""The HTML page of an act on EUR-Lex, in the layout of the Official Journal: anchors `art_5`, `rct_19`, `anx_III`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from lagrum.texts.formex import annex_citation
from lagrum.texts.identity import find_eli, is_celex, of_eli
from lagrum.texts.markup import Element
from lagrum.texts.outline import Block, Heading, Item, Unit, Words, normal, sections
from lagrum.texts.problems import refuse
from lagrum.texts.running import Running

_ANCHOR = re.compile(r"(art|rct|anx)(?:_([0-9A-Za-z]+))?", re.IGNORECASE)
_PARAGRAPH = re.compile(r"[0-9]+[A-Za-z]*\.[0-9]+[A-Za-z]*")
_NUMBERED = re.compile(r"([0-9]+[a-z]*\.)\s+(.*)", re.DOTALL)
_BLOCKS = {"p", "table", "div", "ul", "ol", "li", "dl", "h1", "h2", "h3", "h4"}
_TITLES = {"ti-art", "doc-ti", "eli-title", "sti-art"}
_LONGEST_LABEL = 8


@dataclass(frozen=True, slots=True)
class Page:
    """What one page holds."""

    celex: str
    eli: str
    title: str
    language: str
    units: tuple[Unit, ...]


def read_eurlex(root: Element, name: str) -> Page:
    """What a page holds. Raises `InvalidInput` for a page that is no act or is laid out in another way."""
    units = tuple(_units(root))
    if not any(unit.head.startswith("Art.") for unit in units):
        raise refuse("LG0711", f"`{name}` has no articles: it is not the page of an act on EUR-Lex")
    if not any("ti-art" in _classes(element) for element in root.iter("p")):
        help_ = "take the Formex files of the consolidated act"
        raise refuse("LG0711", f"`{name}` is laid out as consolidated acts are, which is not read", help_)
    eli = _meta(root, "about") or find_eli(" ".join(str(text) for text in root.itertext()))
    number = of_eli(eli)
    said = next((m.get("content", "") for m in root.iter("meta") if m.get("name") == "WT.z_docID"), "")
    return Page(
        celex=said if is_celex(said) else number.celex if number else "",
        eli=eli,
        title=_title(root),
        language=_language(root),
        units=units,
    )


def _meta(root: Element, attribute: str) -> str:
    """The ELI address that the page says it is about."""
    return next((m.get(attribute, "") for m in root.iter("meta") if m.get("typeof") == "eli:LegalResource"), "")


def _title(root: Element) -> str:
    for element in root.iter("div"):
        if "eli-main-title" in _classes(element):
            return normal(" ".join(_inline(p) for p in element.iter("p")))
    return next((normal(m.get("content", "")) for m in root.iter("meta") if m.get("name") == "WT.z_docTitle"), "")


def _language(root: Element) -> str:
    """The language of the act, which the head of the journal names; the page around it may be in another."""
    for element in root.iter("p"):
        if "hd-lg" in _classes(element):
            return normal(_inline(element)).lower()
    return (root.get("lang") or "").lower()[:2]


# --- units ---------------------------------------------------------------------------------------------------


def _units(root: Element) -> Iterator[Unit]:
    for element in root.iter("div"):
        match = _ANCHOR.fullmatch(element.get("id", ""))
        if match is None or any(_ANCHOR.fullmatch(above.get("id", "")) for above in element.iterancestors("div")):
            continue
        what, number = match[1].lower(), match[2]
        if what == "art" and number:
            yield Unit(f"Art. {number.lower()}", _heading(element, "sti-art"), _blocks(element))
        elif what == "rct" and number:
            blocks = _blocks(element)
            recital = next((block for block in blocks if isinstance(block, Item)), None)
            if recital is not None:
                yield Unit(f"Recital {number}", "", recital.blocks)
        elif what == "anx":
            titles = [normal(_inline(p)) for p in element.iter("p") if "doc-ti" in _classes(p)]
            head = annex_citation(titles[0] if titles else "")
            yield Unit(head, " ".join(titles[1:]), sections(_blocks(element)))


def _heading(element: Element, name: str) -> str:
    return next((normal(_inline(p)) for p in element.iter("p") if name in _classes(p)), "")


# --- blocks --------------------------------------------------------------------------------------------------


def _classes(element: Element) -> set[str]:
    """The classes; since 2023 they are the old ones with `oj-` in front."""
    return {name.removeprefix("oj-") for name in element.get("class", "").split()}


def _blocks(element: Element) -> tuple[Block, ...]:
    found: list[Block] = []
    running = Running(element.text)
    for child in element:
        if child.tag in _BLOCKS:
            running.flush(found)
            found += _block(child)
            running.add(child.tail)
        else:
            _add(running, child)
    running.flush(found)
    return tuple(found)


def _block(element: Element) -> Sequence[Block]:
    classes = _classes(element)
    if classes & _TITLES or "note" in classes:
        return ()
    if element.tag == "table":
        return tuple(block for row in _rows(element) for block in _row(row))
    if level := next((int(c[-1]) for c in classes if re.fullmatch(r"ti-grseq-[1-9]", c)), 0):
        return (Heading(normal(_inline(element)), level),)
    if "enumeration-spacing" in classes:
        label, *parts = element
        return (Item(normal(_inline(label)), tuple(block for part in parts for block in _blocks(part))),)
    if element.tag != "div":
        return _blocks(element)
    if _PARAGRAPH.fullmatch(element.get("id", "")):
        return _numbered(element)
    if element.get("id") or classes:
        return _blocks(element)
    return (Words(normal(_spaced(element))),)  # a division without a name quotes the wording of another act


def _numbered(element: Element) -> Sequence[Block]:
    """A numbered paragraph of an article; its number opens its first words."""
    blocks = _blocks(element)
    match = _NUMBERED.fullmatch(blocks[0].text) if blocks and isinstance(blocks[0], Words) else None
    return (Item(match[1], (Words(match[2]), *blocks[1:])),) if match else blocks


def _rows(table: Element) -> Iterator[Element]:
    """The rows of a table, not those of tables inside it."""
    for child in table:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            yield from (row for row in child if row.tag == "tr")


def _row(row: Element) -> tuple[Block, ...]:
    """A point is a row of two cells, its label and its words, sometimes after an empty cell; other rows are a table."""
    cells = list(row)
    texts = [normal(_spaced(cell)) for cell in cells]
    empty = next((i for i, text in enumerate(texts[:-2]) if text), max(0, len(texts) - 2))
    cells, texts = cells[empty:], texts[empty:]
    if len(cells) == 2 and 0 < len(texts[0]) <= _LONGEST_LABEL:
        return (Item(texts[0], _blocks(cells[1])),)
    return (Words(" | ".join(texts)),) if any(texts) else ()


# --- running text --------------------------------------------------------------------------------------------


def _inline(element: Element) -> str:
    """The running text of an element: marks of notes left out, raised figures as `10^25`."""
    running = Running(element.text)
    for child in element:
        _add(running, child)
    return str(running)


def _add(running: Running, child: Element) -> None:
    """Put the text of an inline child, and of its tail, at the end."""
    if child.get("id", "").startswith("ntc"):  # the mark of a note
        running.close_up()
    else:
        text = _inline(child)
        running.add(f"^{text}" if "super" in _classes(child) and text.strip() else text)
    running.add(child.tail)


def _spaced(element: Element) -> str:
    """All text of an element, its blocks parted by blanks; notes left out."""
    running = Running(element.text)
    for child in element:
        if "note" in _classes(child):
            running.add(child.tail)
        elif child.tag in _BLOCKS or child.tag in ("tbody", "tr", "td", "th"):
            running.add(f" {_spaced(child)} ")
            running.add(child.tail)
        else:
            _add(running, child)
    return str(running)
