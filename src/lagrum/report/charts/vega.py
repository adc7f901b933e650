"""Drawing with Altair: marks at places that the charts work out, exported by vl-convert without a browser."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from lagrum.report.charts.chart import Chart, Source
from lagrum.report.charts.frame import Frame, framed, taken_over
from lagrum.report.extra import need
from lagrum.report.figures import plain

Rows = Sequence[Mapping[str, Any]]


class Canvas:
    """A picture of `width` times `height` units, made of layers; y grows downward, as on a page."""

    def __init__(self, width: int, height: int) -> None:
        self.alt = need("altair", "a chart")
        self.width, self.height = width, height
        self._layers: list[Any] = []

    def bars(self, rows: Rows, **mark: Any) -> None:
        """Rectangles from (`x`, `y`) to (`x2`, `y2`), each with its `fill` and `ink`."""
        self._add(rows, "rect", ("x", "x2", "y", "y2"), mark, fill="fill", stroke="ink")

    def lines(self, rows: Rows, **mark: Any) -> None:
        """Straight lines from (`x`, `y`) to (`x2`, `y2`) in their `ink`."""
        self._add(rows, "rule", ("x", "x2", "y", "y2"), mark, stroke="ink")

    def points(self, rows: Rows, **mark: Any) -> None:
        """Dots at (`x`, `y`), each with its `fill` and `ink`."""
        self._add(rows, "point", ("x", "y"), mark, fill="fill", stroke="ink")

    def words(self, rows: Rows, **mark: Any) -> None:
        """Labels at (`x`, `y`) in their `ink`, horizontal."""
        mark = {"fontSize": 13, "baseline": "middle", "align": "left"} | mark
        self._add(rows, "text", ("x", "y"), mark, text="text", fill="ink")

    def _add(self, rows: Rows, kind: str, places: Sequence[str], mark: Mapping[str, Any], **channels: str) -> None:
        if not rows:
            return
        alt = self.alt
        encoded: dict[str, Any] = {}
        for place in places:
            extent = [0, self.width] if place.startswith("x") else [self.height, 0]
            if place.endswith("2"):
                encoded[place] = f"{place}:Q"
            else:
                channel = alt.X if place == "x" else alt.Y
                encoded[place] = channel(f"{place}:Q", axis=None, scale=alt.Scale(domain=extent, nice=False))
        for channel, name in channels.items():
            many = {"fill": alt.Fill, "stroke": alt.Stroke, "text": alt.Text}[channel]
            encoded[channel] = many(f"{name}:N") if channel == "text" else many(f"{name}:N", scale=None, legend=None)
        chart = alt.Chart(alt.Data(values=[dict(row) for row in rows]))
        marked = getattr(chart, f"mark_{kind}")(**mark)
        self._layers.append(marked.encode(**encoded))

    def marks(self) -> str:
        """What was drawn, as SVG elements."""
        alt = self.alt
        whole = (
            alt.layer(*self._layers)
            .properties(width=self.width, height=self.height, padding=0)
            .configure_view(stroke=None, clip=False)
        )
        convert = need("vl_convert", "a chart")
        return taken_over(convert.vegalite_to_svg(whole.to_dict()))

    def chart(self, frame: Frame, heads: Sequence[str], rows: Sequence[Sequence[str]]) -> Chart:
        """The finished chart with its twin."""
        svg, width, height = framed(frame, self.width, self.height, self.marks())
        return made(frame, heads, rows, svg, width, height)


def made(frame: Frame, heads: Sequence[str], rows: Sequence[Sequence[str]], svg: str, width: int, height: int) -> Chart:
    """The chart of a finished picture; its words and its twin have plain blanks, for terminals and tables."""
    return Chart(
        frame.kind,
        frame.lang,
        plain(frame.title),
        plain(frame.description),
        plain(frame.reading),
        tuple(plain(head) for head in heads),
        tuple(tuple(plain(cell) for cell in row) for row in rows),
        Source(tuple(plain(line) for line in frame.source)),
        width,
        height,
        svg,
    )
