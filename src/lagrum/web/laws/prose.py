"""The prose of a law file as HTML: sections under their headings, and the blocks of law that stand between."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from urllib.parse import urlsplit

from markdown_it import MarkdownIt
from markdown_it.token import Token
from markupsafe import Markup

from lagrum.language.markdown import is_law


@dataclass(frozen=True, slots=True)
class Lines:
    """A block of law: its lines in the file, from `first` to `last`."""

    first: int
    last: int


@dataclass(frozen=True, slots=True)
class Section:
    """What stands under one heading, up to the next: prose, and blocks of law where they stand."""

    rank: int
    title: str
    pieces: tuple[Markup | Lines, ...]


@cache
def _reader() -> MarkdownIt:
    return MarkdownIt("commonmark", {"html": False})


@lru_cache(maxsize=256)
def sections(text: str) -> tuple[Section, ...]:
    """The sections of a Markdown text, in its order. Nothing in it is taken for HTML, and its links lead only to
    addresses of the web; those to other files are plain words."""
    found: list[Section] = []
    rank, title, pieces, pending = 1, "", list[Markup | Lines](), list[Token]()
    tokens = _reader().parse(text.removeprefix("\ufeff"))

    def flush() -> None:
        if pending:
            html = _reader().renderer.render(_without_files(pending), _reader().options, {})
            pieces.append(Markup(html))
            pending.clear()

    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            flush()
            if pieces or title:
                found.append(Section(rank, title, tuple(pieces)))
            rank, title, pieces = int(token.tag[1:]), _plain(tokens[index + 1]), []
        elif index and tokens[index - 1].type == "heading_open" and tokens[index - 1].level == 0:
            continue  # its words are the title
        elif token.type == "heading_close" and token.level == 0:
            continue
        elif token.type == "fence" and token.map and token.level == 0 and is_law(token.info):
            flush()
            pieces.append(Lines(token.map[0] + 2, token.map[1] - 1))
        else:
            pending.append(token)
    flush()
    if pieces or title:
        found.append(Section(rank, title, tuple(pieces)))
    return tuple(found)


def _plain(inline: Token) -> str:
    return "".join(child.content for child in inline.children or () if child.type in ("text", "code_inline"))


def _without_files(tokens: Sequence[Token]) -> list[Token]:
    """The tokens with links to other files taken out: on a page they would lead nowhere."""
    for token in tokens:
        kept, dropped = list[Token](), 0
        for child in token.children or ():
            if child.type == "link_open" and urlsplit(str(child.attrGet("href"))).scheme not in ("http", "https"):
                dropped += 1
            elif child.type == "link_close" and dropped:
                dropped -= 1
            elif child.type != "image":
                kept.append(child)
        if token.children is not None:
            token.children = kept
    return list(tokens)
