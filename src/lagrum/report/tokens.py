"""Colours, type and patterns of charts and documents: the tokens of the interface, on paper.

The inks of rulings stay apart under every kind of colour blindness, and in greyscale do not: so a ruling is never told
by its ink alone. Each has a fill of its own beside it, and its word.
"""

from __future__ import annotations

from lagrum.analysis.spread import State

TEXT, MUTED, LINE, SURFACE, PAGE = "#16191d", "#525a64", "#d5d8dc", "#f6f6f3", "#ffffff"
LINK = "#0b4f9e"
FONT = "Arial, 'Liberation Sans', Helvetica, system-ui, sans-serif"
"""Of pictures: fonts of one width first, since lines are broken beforehand."""

PAGE_FONT = "system-ui, 'Liberation Sans', Arial, sans-serif"

RULING_INKS = {
    "forbidden": "#7f1102",
    "excepted": "#976510",
    "regulated": "#1767d7",
    "unregulated": "#266046",
    "outside": "#676d78",
    "undetermined": "#381165",
}
CELL_FILLS = {
    State.OPEN: "#6b2d00",
    State.NARROWED: "#c67a2b",
    State.CLOSED: "#f7e2c4",
    State.NOT_ITS_SUBJECT: PAGE,
    State.DEPENDS: PAGE,
}
CELL_INKS = {
    State.OPEN: PAGE,
    State.NARROWED: "#000000",
    State.CLOSED: TEXT,
    State.NOT_ITS_SUBJECT: MUTED,
    State.DEPENDS: RULING_INKS["undetermined"],
}
CELL_LETTERS = {
    State.OPEN: "O",
    State.NARROWED: "N",
    State.CLOSED: "C",
    State.NOT_ITS_SUBJECT: "·",
    State.DEPENDS: "?",
}
SOLID, HALF, OUTLINE, DASHED, HATCHED = "solid", "half", "outline", "dashed", "hatched"
RULING_FILLS = {
    "forbidden": SOLID,
    "excepted": HALF,
    "regulated": SOLID,
    "unregulated": OUTLINE,
    "outside": DASHED,
    "undetermined": HATCHED,
}
"""How a ruling is filled, so that it can be told without colour."""
