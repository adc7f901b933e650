"""Asking about a case, one question at a time, until the law has its answer."""

from lagrum.reasoning.asking.interview import Asked, Assumed, Interview, Usual, begin
from lagrum.reasoning.asking.outcome import Outcome, Until

__all__ = ["Asked", "Assumed", "Interview", "Outcome", "Until", "Usual", "begin"]
