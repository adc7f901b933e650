"""The Markdown around the law: headings, and the fenced blocks marked `law`, with exact lines.

Only the block structure is read; markdown-it keeps its time bounded for any text.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

from markdown_it import MarkdownIt

_LINE_END = re.compile(r"\r\n?|\n")


@dataclass(frozen=True, slots=True)
class Fence:
    """One fenced law block. Lines count from 1; `first` is the line below the opening fence, `end` the closing one
    (or the line after the last, when the fence is never closed). `margin` is how far the fence is set in."""

    headings: tuple[str, ...]
    first: int
    end: int
    margin: int
    closed: bool
    nested: bool


@dataclass(frozen=True, slots=True)
class Outline:
    title: str
    fences: tuple[Fence, ...]


def split_lines(text: str) -> list[str]:
    """The lines of a text without their ends: what Markdown takes for lines, `\\n`, `\\r\\n` and `\\r`."""
    return _LINE_END.split(text)


def line_ends(text: str) -> Iterator[tuple[int, int]]:
    """Where each line of `split_lines` stands: start and end without its line end."""
    start = 0
    for match in _LINE_END.finditer(text):
        yield start, match.start()
        start = match.end()
    yield start, len(text)


@cache
def _reader() -> MarkdownIt:
    reader = MarkdownIt("commonmark")
    reader.core.ruler.enableOnly(["normalize", "block"])
    return reader


def outline(text: str) -> Outline:
    """Headings and law blocks of a Markdown text, which may start with a byte order mark."""
    path: list[tuple[int, str]] = []
    fences: list[Fence] = []
    title = ""
    lines = split_lines(text)
    tokens = _reader().parse(text.removeprefix("\ufeff"))
    for index, token in enumerate(tokens):
        if token.type == "heading_open" and token.level == 0:
            rank, words = int(token.tag[1:]), " ".join(tokens[index + 1].content.split())
            title = title or words
            path = [(other, text) for other, text in path if other < rank] + [(rank, words)]
        elif token.type == "fence" and token.map and is_law(token.info):
            start, end = token.map
            opening = lines[start]
            closed = end - start >= 2 and _closes(lines[end - 1], token.markup)
            fences.append(
                Fence(
                    tuple(words for _, words in path),
                    start + 2,
                    end if closed else len(lines) + 1 if token.level == 0 else end + 1,
                    len(opening) - len(opening.lstrip(" ")),
                    closed,
                    token.level > 0,
                )
            )
    return Outline(title, tuple(fences))


def is_law(info: str) -> bool:
    """Whether the words behind an opening fence mark a law block."""
    return info.split(maxsplit=1)[:1] in (["law"], ["Law"], ["LAW"])


def _closes(line: str, markup: str) -> bool:
    stripped = line.strip()
    return len(line) - len(line.lstrip(" ")) < 4 and len(stripped) >= len(markup) and not stripped.strip(markup[0])
