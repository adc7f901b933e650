"""Two wordings word by word: what stayed, what went, what came."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

_PIECES = re.compile(r"\s+|[^\s]+")


@dataclass(frozen=True, slots=True)
class Stretch:
    """Words that are in both (`same`), only in the earlier (`del`) or only in the later (`ins`)."""

    kind: str
    text: str


def compared(before: str, after: str) -> tuple[Stretch, ...]:
    """The later text with what went and what came. The earlier is `same` and `del` together, the later `same` and
    `ins`.

    >>> [(each.kind, each.text) for each in compared("at least 4 years", "at least 3 years")]
    [('same', 'at least '), ('del', '4'), ('ins', '3'), ('same', ' years')]
    """
    return tuple(_compared(_PIECES.findall(before), _PIECES.findall(after)))


def _compared(a: list[str], b: list[str]) -> Iterator[Stretch]:
    for kind, i, j, k, m in SequenceMatcher(None, a, b, autojunk=False).get_opcodes():
        if kind == "equal":
            yield Stretch("same", "".join(a[i:j]))
            continue
        if j > i:
            yield Stretch("del", "".join(a[i:j]))
        if m > k:
            yield Stretch("ins", "".join(b[k:m]))
