"""Spelling suggestions for help lines."""

from __future__ import annotations

from collections.abc import Iterable


def did_you_mean(word: str, known: Iterable[str]) -> str:
    """A help line naming up to three spellings near `word`; empty where none is near.

    >>> did_you_mean("timming", ["timing", "place"])
    'did you mean `timing`?'
    """
    import difflib  # only where something was misspelt

    by_lower = {name.lower(): name for name in known}
    near = difflib.get_close_matches(word.lower(), by_lower, n=3, cutoff=0.6)
    return "did you mean " + " or ".join(f"`{by_lower[name]}`" for name in near) + "?" if near else ""
