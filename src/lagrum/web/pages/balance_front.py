"""The picture of a balance: where each choice lies, and the steps of the front."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import pairwise

from lagrum.analysis.balance import Balance, Point

WIDTH, HEIGHT = 860, 440
LEFT, RIGHT, TOP, FOOT = 64, 836, 44, 380


@dataclass(frozen=True, slots=True)
class Dot:
    """A choice: its number in the table, where it lies, and whether no other closes more at that loss."""

    number: int
    x: float
    y: float
    best: bool


@dataclass(frozen=True)
class Front:
    """What the template draws."""

    result: Balance

    @property
    def _whole(self) -> int:
        return max(1, len(self.result.families))

    @property
    def _most(self) -> int:
        return max([1, *(point.lost for point in self.result.points)])

    def _x(self, closed: float) -> float:
        return round(LEFT + (RIGHT - LEFT) * (self._whole - closed) / self._whole, 1)

    def _y(self, lost: float) -> float:
        return round(FOOT - (FOOT - TOP) * lost / self._most, 1)

    @property
    def across(self) -> Iterator[tuple[float, int]]:
        """Ways in that stay open: where the line stands, and its number."""
        for number in range(0, self._whole + 1, max(1, round(self._whole / 10))):
            yield self._x(self._whole - number), number

    @property
    def down(self) -> Iterator[tuple[float, int]]:
        """Uses that are lost."""
        for number in range(0, self._most + 1, max(1, round(self._most / 7))):
            yield self._y(number), number

    @property
    def best(self) -> list[Point]:
        """The choices that no other closes more than at no more loss, least closed first."""
        chosen: list[Point] = []
        for point in sorted(self.result.points, key=lambda p: (-p.closed, p.lost, p.edits)):
            if not chosen or point.lost < chosen[-1].lost:
                chosen.append(point)
        return chosen[::-1]

    @property
    def steps(self) -> str:
        """The steps of the front as a path."""
        told = [
            f"M{self._x(a.closed)} {self._y(a.lost)}H{self._x(b.closed)}V{self._y(b.lost)}"
            for a, b in pairwise(self.best)
        ]
        return "".join(told)

    @property
    def dots(self) -> Iterator[Dot]:
        best = self.best
        for number, point in enumerate(self.result.points, start=1):
            yield Dot(number, self._x(point.closed), self._y(point.lost), point in best)
