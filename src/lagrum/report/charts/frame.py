"""The frame around every picture: title above, source below, a name and description for who cannot see it, patterns.

What Vega exports is taken over mark by mark: no `style` attributes, no roles on single marks (a screen reader would
walk each of them), nothing that points outside the file.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from xml.etree import ElementTree
from xml.sax.saxutils import escape

from lagrum.report.tokens import FONT, MUTED, PAGE, TEXT

SVG = "http://www.w3.org/2000/svg"
MARGIN = 24
_ALLOWED = frozenset(
    ("x", "y", "x1", "x2", "y1", "y2", "cx", "cy", "r", "rx", "ry", "width", "height", "d", "transform")
    + ("fill", "stroke", "opacity", "text-anchor", "dominant-baseline", "dx", "dy")
)
_KEPT_STARTS = ("fill-", "stroke-", "font-")
_WIDE = re.compile(r"[A-ZÅÄÖMWmw@%—]")
_NARROW = re.compile(r"[ijlt.,;:'|!()\[\] fIr]")


@dataclass(frozen=True, slots=True)
class Pattern:
    """A hatch: lines of one ink on a ground, `apart` units from each other."""

    name: str
    ink: str
    ground: str = PAGE
    apart: int = 8
    line: float = 1.5


@dataclass(frozen=True, slots=True)
class Frame:
    """What stands around the picture. `notes` are lines below it, such as a key; `source` the last lines."""

    kind: str
    lang: str
    title: str
    reading: str
    description: str
    notes: tuple[str, ...] = ()
    source: tuple[str, ...] = ()
    patterns: tuple[Pattern, ...] = ()


def text_width(text: str, size: float, bold: bool = False) -> float:
    """About how wide the text is set, even in a wide sans serif such as DejaVu Sans, which is all that some have."""
    wide = len(_WIDE.findall(text))
    narrow = len(_NARROW.findall(text))
    units = 0.85 * wide + 0.36 * narrow + 0.63 * (len(text) - wide - narrow)
    return units * size * (1.1 if bold else 1.0)


def folded(text: str, size: float, room: float, bold: bool = False) -> list[str]:
    """The text in lines that fit the room, broken at blanks alone; a word wider than the room stands alone."""
    lines: list[str] = []
    for word in text.split(" "):
        if lines and text_width(f"{lines[-1]} {word}", size, bold) <= room:
            lines[-1] += f" {word}"
        else:
            lines.append(word)
    return lines or [""]


def label(x: float, y: float, text: str, size: float = 13, **attributes: str) -> str:
    """A `text` element."""
    given = {"fill": TEXT} | {name.replace("_", "-"): value for name, value in attributes.items()}
    said = "".join(f' {name}="{escape(value)}"' for name, value in given.items())
    return f'<text x="{x:.1f}" y="{y:.1f}" font-size="{size:g}"{said}>{escape(text)}</text>'


def framed(frame: Frame, width: int, height: int, marks: str) -> tuple[str, int, int]:
    """The whole picture with its width and height; `marks` are drawn in a box of `width` times `height`."""
    whole = width + 2 * MARGIN
    drawn: list[str] = []
    y = MARGIN + 16.0
    for line in folded(frame.title, 19, width, bold=True):
        drawn.append(label(MARGIN, y, line, 19, font_weight="600"))
        y += 26
    for line in folded(frame.reading, 13, width):
        drawn.append(label(MARGIN, y - 2, line, 13, fill=MUTED))
        y += 19
    y += 4
    drawn.append(f'<g transform="translate({MARGIN},{y:.1f})">{marks}</g>')
    y += height + 24
    for note in frame.notes:
        for line in folded(note, 13, width):
            drawn.append(label(MARGIN, y, line, 13))
            y += 19
    y += 8 if frame.notes else 0
    for source in frame.source:
        for line in folded(source, 12, width):
            drawn.append(label(MARGIN, y, line, 12, fill=MUTED))
            y += 17
    tall = round(y + 4)
    name, said = f"{frame.kind}-title", f"{frame.kind}-description"
    defs = "".join(_pattern(frame.kind, pattern) for pattern in frame.patterns)
    svg = (
        f'<svg xmlns="{SVG}" width="{whole}" height="{tall}" viewBox="0 0 {whole} {tall}" role="img" '
        f'aria-labelledby="{name} {said}" lang="{frame.lang}" font-family="{FONT}">'
        f'<title id="{name}">{escape(frame.title)}</title><desc id="{said}">{escape(frame.description)}</desc>'
        + (f"<defs>{defs}</defs>" if defs else "")
        + f'<rect width="{whole}" height="{tall}" fill="{PAGE}"/><g aria-hidden="true">{"".join(drawn)}</g></svg>\n'
    )
    return svg, whole, tall


def hatch(kind: str, name: str) -> str:
    """The fill that draws a pattern."""
    return f"url(#{kind}-{name})"


def _pattern(kind: str, p: Pattern) -> str:
    return (
        f'<pattern id="{kind}-{p.name}" width="{p.apart}" height="{p.apart}" patternUnits="userSpaceOnUse">'
        f'<rect width="{p.apart}" height="{p.apart}" fill="{p.ground}"/>'
        f'<path d="M-2,2 l4,-4 M0,{p.apart} l{p.apart},-{p.apart} M{p.apart - 2},{p.apart + 2} l4,-4" '
        f'stroke="{p.ink}" stroke-width="{p.line:g}"/></pattern>'
    )


def taken_over(svg: str) -> str:
    """The marks of an exported picture, without what is not ours to show."""
    root = ElementTree.fromstring(svg)
    return "".join(_taken(list(root)))


def _taken(elements: Sequence[ElementTree.Element]) -> Iterable[str]:
    for element in elements:
        tag = element.tag.split("}")[-1]
        if tag not in ("g", "path", "rect", "line", "text", "tspan", "circle") or element.get("display") == "none":
            continue
        given = {k: v for k, v in element.attrib.items() if k in _ALLOWED or k.startswith(_KEPT_STARTS)}
        given.pop("font-family", None)
        if given.get("opacity") == "1":
            del given["opacity"]
        if tag == "path" and _nothing(given):
            continue
        inside = escape(element.text or "") + "".join(_taken(list(element)))
        if tag == "g" and not inside:
            continue
        said = "".join(f' {name}="{escape(value, {chr(34): "&quot;"})}"' for name, value in given.items())
        if tag == "g" and not said:
            yield inside
        else:
            yield f"<{tag}{said}>{inside}</{tag}>" if inside else f"<{tag}{said}/>"


def _nothing(given: dict[str, str]) -> bool:
    return given.get("d", "") in ("", "M0,0h0v0h0Z")
