"""How far a long analysis is, for whoever waits."""

from __future__ import annotations

from collections.abc import Callable

Tell = Callable[[int, int, str], None]
"""Hears how many steps are done, of how many (0 where nobody knows), and in a few words what they are. It may be called
often; what it raises ends the analysis."""


def untold(_done: int, _of: int, _words: str) -> None:
    """For those who do not ask."""
