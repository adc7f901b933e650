"""Cases that come as an object, not as a file: to the same tree, under the same limits.

A place in an object is named as JSON Pointer names it (RFC 6901), where a file has lines: `#/facts/timing`.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from lagrum.language.caseyaml import DEEPEST, MOST_NODES, Table, Tree, Word, Words
from lagrum.language.problems import Problems
from lagrum.model.places import Place

_SPELT = {"None": "null", "True": "true", "False": "false"}


class _Stop(Exception):
    """The object cannot be read any further; the problem is noted."""


def tree_of(said: Mapping[str, object], file: str, problems: Problems) -> Table | None:
    """The tree of an object as JSON gives it; None where it is too deep, too large or holds half a letter, and then
    `problems` says so."""
    reader = _Reader(problems)
    try:
        return reader.table(said, file or "#", 0)
    except _Stop:
        return None


class _Reader:
    def __init__(self, problems: Problems) -> None:
        self.problems = problems
        self.count = 0

    def node(self, said: object, at: str, depth: int) -> Tree:
        self.count += 1
        if depth > DEEPEST:
            raise self.stop("LG0604", f"this is nested more than {DEEPEST} deep", at, "a case needs four levels")
        if self.count > MOST_NODES:
            raise self.stop("LG0604", f"a case holds at most {MOST_NODES} values", at, "describe one use")
        if isinstance(said, Mapping):
            return self.table(said, at, depth)
        if isinstance(said, Sequence) and not isinstance(said, str):
            return Words(self.place(at), tuple(self.node(each, f"{at}/{i}", depth + 1) for i, each in enumerate(said)))
        return self.word(said, at)

    def table(self, said: Mapping[str, object], at: str, depth: int) -> Table:
        entries = []
        for key, value in said.items():
            below = f"{at}/{key[:80].replace('~', '~0').replace('/', '~1')}"
            entries.append((self.word(key, below), self.node(value, below, depth + 1)))
        return Table(self.place(at), tuple(entries))

    def word(self, said: object, at: str) -> Word:
        """A scalar as a YAML reader of JSON sees it: what stands in quotes is never punctuation."""
        if isinstance(said, str):
            try:
                said.encode()
            except UnicodeEncodeError:
                raise self.stop("LG0605", "this holds half a letter", at, "write the letter itself") from None
            return Word(self.place(at), said, quoted=True)
        return Word(self.place(at), _SPELT.get(repr(said), str(said)))

    def place(self, at: str) -> Place:
        return Place(at, 1, 1, 1, 1)

    def stop(self, code: str, message: str, at: str, mend: str) -> _Stop:
        self.problems.error(code, message, self.place(at), mend=mend)
        return _Stop()
