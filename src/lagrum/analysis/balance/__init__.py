"""Balance: which changes of a law close which of its loopholes, and which uses worth keeping each would cost."""

from lagrum.analysis.balance.result import Balance, Benefit, Choice, Edit, FamilyToClose, Lost, Point
from lagrum.analysis.balance.search import MOST_EDITS, balance

__all__ = ["MOST_EDITS", "Balance", "Benefit", "Choice", "Edit", "FamilyToClose", "Lost", "Point", "balance"]
