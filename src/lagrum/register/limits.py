"""How large what is stored may be, and which texts a database can hold; whatever breaks a limit is refused whole."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from urllib.parse import urlsplit

from lagrum.register.errors import StoreError

CASE = 256 * 1024
"""Bytes of a case file."""
FILE = 10 * 1024 * 1024
"""Bytes of one file of evidence."""
TEXT = 20 * 1024
"""Bytes of a description, decision or reason."""
LINE = 300
"""Letters of a name, owner, title or the like."""
PAGE = 500
"""Records of one page of a list."""
ITEMS = 2_000
"""Entries of a list or table inside a record."""

_UNFIT = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff]")
_BREAK = re.compile("[\t\n\r\x85\u2028\u2029]")


def text(field: str, value: str, most: int = TEXT) -> str:
    """The text, of at most that many bytes, without control characters and halves of letters."""
    if found := _UNFIT.search(value):
        raise StoreError(field, f"the text holds a character that cannot be kept (U+{ord(found[0]):04X})")
    if len(value.encode()) > most:
        raise StoreError(field, f"the text is longer than {_size(most)}")
    return value


def findable(value: str) -> str:
    """What to look for, without what no text that is kept can hold."""
    return _UNFIT.sub("", value)


def line(field: str, value: str, *, needed: bool = True) -> str:
    """One line of text, trimmed, in composed letters."""
    kept = unicodedata.normalize("NFC", text(field, value).strip())
    if needed and not kept:
        raise StoreError(field, "this cannot be empty")
    if len(kept) > LINE:
        raise StoreError(field, f"this is longer than {LINE} letters")
    if _BREAK.search(kept):
        raise StoreError(field, "this must stand on one line")
    return kept


def lines(field: str, values: Collection[str]) -> list[str]:
    """A list of lines."""
    if len(values) > ITEMS:
        raise StoreError(field, f"there are more than {ITEMS} entries")
    return [line(field, value) for value in values]


def link(field: str, value: str) -> str:
    """A web address."""
    kept = line(field, value)
    try:
        parts = urlsplit(kept)
        good = parts.scheme in ("http", "https") and bool(parts.hostname)
    except ValueError:
        good = False
    if not good or " " in kept:
        raise StoreError(field, "this is no web address; it starts with https:// or http://")
    return kept


def content(field: str, value: bytes) -> bytes:
    """The bytes of a file."""
    if not value:
        raise StoreError(field, "the file is empty")
    if len(value) > FILE:
        raise StoreError(field, f"the file is larger than {_size(FILE)}")
    return value


def number(value: int) -> int:
    """A number under which something may be stored; one that no database could hold becomes the largest."""
    return max(0, min(value, 2**31 - 1))


def page(limit: int) -> int:
    """How many records a page holds."""
    return max(1, min(limit, PAGE))


def _size(size: int) -> str:
    return f"{size // (1024 * 1024)} MiB" if size >= 1024 * 1024 else f"{size // 1024} KiB"
