"""Bytes of a stranger into a tree of elements, or a diagnostic: no entities, no network, no depth without end."""

from __future__ import annotations

import re
from typing import TypeAlias

from lxml import etree

from lagrum.texts.problems import EURLEX, refuse

Element: TypeAlias = "etree._Element"

_DECLARATION = re.compile(r"<\?xml[^>]*\?>")
_ENCODING = re.compile(r"encoding\s*=\s*[\"']([A-Za-z0-9._-]+)[\"']")
_START, _END = 4000, 2000  # characters in which a page or file says what it is, and that it is whole


def decoded(data: bytes, name: str) -> str:
    """The text of a file: UTF-8, which is what the Publications Office writes. Raises `InvalidInput`."""
    try:
        text = data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        message = f"`{name}` is not written in UTF-8: byte {error.start + 1} begins no letter"
        raise refuse("LG0712", message) from None
    declaration = _DECLARATION.match(text[:_START].lstrip())
    declared = _ENCODING.search(declaration[0]) if declaration else None
    if declared and declared[1].lower() not in ("utf-8", "utf8", "us-ascii"):
        raise refuse("LG0712", f"`{name}` says that it is written in `{declared[1]}`, and only UTF-8 is read")
    if "\0" in text:
        raise refuse("LG0711", f"`{name}` is not a text")
    return text


def looks_like_html(text: str) -> bool:
    """Whether the text starts as an HTML page and not as other XML."""
    return _undeclared(text[:_START]).lower().startswith(("<!doctype html", "<html"))


def _undeclared(text: str) -> str:
    """The text without blanks around it and without the XML declaration, whose encoding is no longer true."""
    text = text.strip()
    declaration = _DECLARATION.match(text)
    return text[declaration.end() :].lstrip() if declaration else text


def read_xml(text: str, name: str) -> Element:
    """The root of an XML document. One with a document type is refused: Formex has none, and that is where entities
    that swell or fetch files are declared. Raises `InvalidInput`."""
    if "<!DOCTYPE" in text or "<!ENTITY" in text:
        raise refuse("LG0714", f"`{name}` declares a document type or entities, which Formex never does")
    parser = etree.XMLParser(
        resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_comments=True, remove_pis=True
    )
    try:
        root = etree.fromstring(_undeclared(text).encode(), parser)
    except etree.XMLSyntaxError as error:
        line, column = error.position
        message = f"`{name}` is not whole XML: it breaks off or goes wrong at line {line}, column {column}"
        raise refuse("LG0713", message, "load the file again; it may have been cut short") from None
    return root


def read_html(text: str, name: str) -> Element:
    """The root of an HTML page; scripts and styles are left out. Raises `InvalidInput` for a page that is cut short."""
    if "</html" not in text[-_END:].lower():
        raise refuse("LG0713", f"`{name}` is cut short: the page has no end", "load the page again, whole")
    parser = etree.HTMLParser(no_network=True, huge_tree=False, remove_comments=True, remove_pis=True, encoding="utf-8")
    try:
        root: Element | None = etree.fromstring(_undeclared(text).encode(), parser)
    except etree.XMLSyntaxError:
        root = None
    if root is None:
        raise refuse("LG0713", f"`{name}` cannot be read as HTML", EURLEX)
    if any("depth" in entry.message.lower() for entry in parser.error_log):
        raise refuse("LG0713", f"`{name}` has elements nested deeper than any act", EURLEX)
    for element in list(root.iter("script", "style", "template", "noscript")):
        drop(element)
    return root


def drop(element: Element) -> None:
    """Take an element out and keep the text after it."""
    parent = element.getparent()
    if parent is None:
        return
    tail, before = element.tail or "", element.getprevious()
    if before is not None:
        before.tail = (before.tail or "") + tail
    else:
        parent.text = (parent.text or "") + tail
    parent.remove(element)
