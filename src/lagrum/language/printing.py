"""Putting words on lines: which parts of a line may be broken, and where the next line goes on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from lagrum.language.build_conditions import quoted

WIDTH = 120
STEP = "  "


@dataclass(frozen=True, slots=True)
class Quoted:
    """A text that is written in quotation marks and may be broken at its blanks."""

    text: str


Part = str | Quoted


@dataclass(frozen=True, slots=True)
class Out:
    """One logical line. A part that is a string is never broken; behind one that ends in a comma the line may be."""

    level: int
    parts: tuple[Part, ...]

    def deeper(self, levels: int) -> Out:
        return Out(self.level + levels, self.parts)


def line(level: int, *parts: Part | None) -> Out:
    """A logical line of these parts; what is None or empty is left out."""
    return Out(level, tuple(part for part in parts if part is not None and part != ""))


def commas(items: Iterable[str]) -> tuple[str, ...]:
    """The items of a list, each but the last with its comma."""
    *front, last = items
    return (*(f"{item}," for item in front), last)


def wrap(out: Out) -> list[str]:
    """The physical lines of a logical line."""
    lines: list[str] = []
    start, onward = STEP * out.level, STEP * (out.level + 1)
    current = start
    for part in out.parts:
        gap = " " if current.strip() else ""
        if isinstance(part, Quoted):
            *full, current = _fill(current + gap, onward, part.text)
            lines += full
        elif current.endswith(",") and len(current) + 1 + len(part) > WIDTH:
            lines.append(current)
            current = onward + part
        else:
            current += gap + part
    return [*lines, current]


def _fill(current: str, onward: str, text: str) -> Iterator[str]:
    """Quoted strings that hold the text, the first behind `current`; one blank joins two of them."""
    piece: str | None = None
    for word in text.split(" "):
        longer = word if piece is None else f"{piece} {word}"
        if piece is not None and len(current) + len(quoted(longer)) > WIDTH:
            yield current + quoted(piece)
            current, piece = onward, word
        else:
            piece = longer
    yield current + quoted(piece or "")
