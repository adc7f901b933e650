"""How the loopholes of one law spread: which other laws leave them open, narrow them, or close them."""

from lagrum.analysis.spread.result import Alike, Apart, Cell, Column, Lineage, Row, Spread, Standing, State
from lagrum.analysis.spread.search import spread
from lagrum.analysis.spread.subjects import laws_to_spread

__all__ = [
    "Alike",
    "Apart",
    "Cell",
    "Column",
    "Lineage",
    "Row",
    "Spread",
    "Standing",
    "State",
    "laws_to_spread",
    "spread",
]
