"""Exit statuses. Where several things happened, the worst is told: 1, 3, 2, 4, 0 from bad to good."""

from __future__ import annotations

from lagrum.model.rulings import Ruling

CLEAN = 0
TOOL_FAILED = 1
FINDINGS = 2  # something is forbidden, or something was found
INVALID_INPUT = 3
UNDETERMINED = 4
INTERRUPTED = 130  # as shells count a program stopped by Ctrl-C
PIPE_CLOSED = 141  # as shells count a program whose reader went away

_WORST_FIRST = (TOOL_FAILED, INVALID_INPUT, FINDINGS, UNDETERMINED, CLEAN)


def worst(*statuses: int) -> int:
    """The status that wins; `CLEAN` where there is none.

    >>> worst(CLEAN, UNDETERMINED, FINDINGS)
    2
    """
    return min(statuses, key=_WORST_FIRST.index, default=CLEAN)


def status_of(ruling: Ruling) -> int:
    """The exit status that a ruling stands for."""
    if ruling is Ruling.FORBIDDEN:
        return FINDINGS
    return UNDETERMINED if ruling is Ruling.UNDETERMINED else CLEAN
