"""How much of a law's effect hangs on what somebody must judge."""

from lagrum.analysis.vague.result import Judged, Measure, Turned, Vague, Witness
from lagrum.analysis.vague.search import vague

__all__ = ["Judged", "Measure", "Turned", "Vague", "Witness", "vague"]
