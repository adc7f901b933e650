"""What a chart is: its finding, the same in words and as a table, and the picture."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from lagrum.report.extra import need

MOST_WORDS = 10
"""In a title: it is the finding, and it is quoted."""


@dataclass(frozen=True, slots=True)
class Source:
    """Where the numbers come from: the laws with their dates, and how they were found, in a line each."""

    lines: tuple[str, ...]


@dataclass(frozen=True)
class Chart:
    """A picture and its twin. `title` is the finding, `description` says in words what the picture shows, `reading` how
    it is read; `heads` and `rows` are the table with the same numbers. `svg` stands alone: no style, no script, nothing
    fetched."""

    kind: str
    lang: str
    title: str
    description: str
    reading: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]
    source: Source
    width: int
    height: int
    svg: str = field(repr=False)

    def png(self, scale: float = 2.0) -> bytes:
        """The picture in pixels, `scale` for each unit of the drawing."""
        drawn: bytes = need("vl_convert", "a picture in pixels").svg_to_png(self.svg, scale=scale)
        return drawn

    def as_text(self) -> str:
        """All that the picture says, in lines: title, description, the table, source."""
        lines = [self.title, self.description, ""]
        for first, *rest in self.rows:
            said = "; ".join(f"{h} {c}" for h, c in zip(self.heads[1:], rest, strict=True) if c)
            lines.append(f"{self.heads[0]} {first}: {said}" if said else f"{self.heads[0]} {first}")
        return "\n".join([*lines, "", *self.source.lines])

    def to_dict(self) -> dict[str, Any]:
        """The chart without its picture, for JSON."""
        return {
            "kind": self.kind,
            "lang": self.lang,
            "title": self.title,
            "description": self.description,
            "reading": self.reading,
            "heads": list(self.heads),
            "rows": [list(row) for row in self.rows],
            "source": list(self.source.lines),
            "width": self.width,
            "height": self.height,
        }
