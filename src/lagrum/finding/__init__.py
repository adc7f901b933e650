"""Full text over everything that was read: rules, the prose around them, questions and notes."""

from lagrum.finding.entries import Entry, entries
from lagrum.finding.index import Hit, Index
from lagrum.finding.typed import typed

__all__ = ["Entry", "Hit", "Index", "entries", "typed"]
