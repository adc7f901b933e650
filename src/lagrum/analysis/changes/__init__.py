"""When a law changes: which rules begin and end on which day, and which cases change their ruling."""

from lagrum.analysis.changes.result import Changes, DayOfChange, Moved, Turn
from lagrum.analysis.changes.search import changes

__all__ = ["Changes", "DayOfChange", "Moved", "Turn", "changes"]
