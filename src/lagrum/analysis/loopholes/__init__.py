"""Loopholes: every smallest way to do, within a law, what a position forbids."""

from lagrum.analysis.loopholes.result import BoxCondition, Family, Loophole, Loopholes, Opener
from lagrum.analysis.loopholes.search import loopholes

__all__ = ["BoxCondition", "Family", "Loophole", "Loopholes", "Opener", "loopholes"]
