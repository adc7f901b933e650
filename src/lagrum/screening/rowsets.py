"""Rows that are learned about together (`learning`): what each leaves open, and what is known of its rulings.

One bit stands for each row: in words of NumPy for many rows, in whole numbers of Python for a few thousand, for which
these are several times as quick.
"""

from __future__ import annotations

from collections.abc import Sequence
from random import Random
from typing import Generic

import numpy as np
import numpy.typing as npt

from lagrum.screening.bits import Bits, Program, Words, packed, rows_of
from lagrum.semantics.logic import Node

FEW_ROWS = 4096

Asked = Sequence[tuple[Sequence[Node], int]]
"""Of questions the nodes of their answers, and the place of their first answer among all."""


class Rows(Generic[Bits]):
    """`allowed` has for each answer to each question the rows that leave it open. `may` ends as what is possible;
    `seen` is what was shown to be."""

    def __init__(
        self, allowed: Sequence[Bits], may: Sequence[Bits], seen: Sequence[Bits], rows: int, valid: Bits
    ) -> None:
        self.rows = rows
        self.allowed: Sequence[Bits] = allowed
        self._valid: Bits = valid
        self._nowhere: Bits = valid ^ valid
        self.may: list[Bits] = [each & valid for each in may]
        self.seen: list[Bits] = list(seen)

    def open_rows(self) -> int:
        """Of how many rows something is open."""
        return self._count(self._open())

    def pick(self, random: Random) -> tuple[int, int]:
        """An open row, and a ruling that is open of it; the one that is open most often."""
        open_ = [may & ~seen for may, seen in zip(self.may, self.seen, strict=True)]
        ruling = max(range(len(open_)), key=lambda i: self._count(open_[i]))
        places = np.flatnonzero(self._truths(open_[ruling]))
        return int(places[random.randrange(len(places))]), ruling

    def excluded(self, row: int) -> list[int]:
        """The answers that a row rules out, by their places."""
        return [place for place, bits in enumerate(self.allowed) if not self._is_in(bits, row)]

    def complete(self, program: Program, asked: Asked, case: Sequence[int]) -> int:
        """Complete all rows by a case: its answer where it is left open, the first that is elsewhere. How many open
        rulings `program` shows to be possible."""
        held: dict[Node, Bits] = {}
        for (answers, first), wished in zip(asked, case, strict=True):
            if len(answers) == 2:
                held[answers[1]] = self.allowed[first + 1] if wished else ~self.allowed[first]
                continue
            held[answers[wished]] = self.allowed[first + wished]
            rest = ~self.allowed[first + wished]
            for answer, node in enumerate(answers):
                if answer != wished:
                    held[node] = rest & self.allowed[first + answer]
                    rest = rest & ~self.allowed[first + answer]
        settled = 0
        for i, shown in enumerate(self._worked(program, held)):
            settled += self._count(shown & self.may[i] & ~self.seen[i])
            self.seen[i] = self.seen[i] | shown
        return settled

    def refute(self, ruling: int | None, excluded: Sequence[int]) -> int:
        """Rule out a ruling, or all, where none of some answers is open; how many open ones it was."""
        left = self._valid
        for place in excluded:
            left = left & ~self.allowed[place]
        settled = 0
        for i in range(len(self.may)) if ruling is None else (ruling,):
            settled += self._count(self.may[i] & left)
            self.may[i] = self.may[i] & ~left
        return settled

    def only(self, places: npt.NDArray[np.int64]) -> AnyRows:
        """Some of the rows as a batch of their own."""
        parts = [[self._truths(bits)[places] for bits in group] for group in (self.allowed, self.may, self.seen)]
        if len(places) > FEW_ROWS:
            words = [[packed(truths) for truths in group] for group in parts]
            return ManyRows(words[0], words[1], words[2], len(places))
        numbers = [[_number(truths) for truths in group] for group in parts]
        return FewRows(numbers[0], numbers[1], numbers[2], len(places))

    def take(self, places: npt.NDArray[np.int64], fewer: AnyRows) -> None:
        """Take over what was found out about some of the rows."""
        for i, part in enumerate(fewer.possible()):
            truths = self._truths(self.may[i]).copy()
            truths[places] = part
            self.may[i] = self._bits(truths)

    def possible(self) -> list[npt.NDArray[np.bool_]]:
        """For each ruling the rows that it may be possible for."""
        return [self._truths(bits) for bits in self.may]

    def open_places(self) -> npt.NDArray[np.int64]:
        return np.flatnonzero(self._truths(self._open()))

    def _open(self) -> Bits:
        found = self._nowhere
        for may, seen in zip(self.may, self.seen, strict=True):
            found = found | (may & ~seen)
        return found

    def _worked(self, program: Program, held: dict[Node, Bits]) -> list[Bits]:
        raise NotImplementedError

    def _count(self, bits: Bits) -> int:
        raise NotImplementedError

    def _truths(self, bits: Bits) -> npt.NDArray[np.bool_]:
        raise NotImplementedError

    def _bits(self, truths: npt.NDArray[np.bool_]) -> Bits:
        raise NotImplementedError

    def _is_in(self, bits: Bits, row: int) -> int:
        raise NotImplementedError


class ManyRows(Rows[Words]):
    """In words."""

    def __init__(self, allowed: Sequence[Words], may: Sequence[Words], seen: Sequence[Words], rows: int) -> None:
        super().__init__(allowed, may, seen, rows, packed(np.ones(rows, dtype=np.bool_)))

    def _worked(self, program: Program, held: dict[Node, Words]) -> list[Words]:
        return program.work(held, self._nowhere, self._valid)

    def _count(self, bits: Words) -> int:
        return int(np.bitwise_count(bits).sum())

    def _truths(self, bits: Words) -> npt.NDArray[np.bool_]:
        return rows_of(bits.view(np.uint8), self.rows)

    def _bits(self, truths: npt.NDArray[np.bool_]) -> Words:
        return packed(truths)

    def _is_in(self, bits: Words, row: int) -> int:
        return int(bits[row >> 6]) >> (row & 63) & 1


class FewRows(Rows[int]):
    """In whole numbers."""

    def __init__(self, allowed: Sequence[int], may: Sequence[int], seen: Sequence[int], rows: int) -> None:
        super().__init__(allowed, may, seen, rows, (1 << rows) - 1)

    def _worked(self, program: Program, held: dict[Node, int]) -> list[int]:
        return program.for_few([held[2 * gate] for gate in program.asked], self._valid)

    def _count(self, bits: int) -> int:
        return bits.bit_count()

    def _truths(self, bits: int) -> npt.NDArray[np.bool_]:
        packed_bytes = np.frombuffer(bits.to_bytes((self.rows + 7) // 8, "little"), dtype=np.uint8)
        return rows_of(packed_bytes, self.rows)

    def _bits(self, truths: npt.NDArray[np.bool_]) -> int:
        return _number(truths)

    def _is_in(self, bits: int, row: int) -> int:
        return bits >> row & 1


AnyRows = ManyRows | FewRows


def _number(truths: npt.NDArray[np.bool_]) -> int:
    return int.from_bytes(np.packbits(truths, bitorder="little").tobytes(), "little")
