"""Which ids of a register came before, in flat memory: eight bytes for each id, none beyond `MOST`.

Ids are told apart by a hash of 64 bits: among a hundred million different ones two are taken for the same with a
chance of 3 in 10,000. Beyond `MOST` an id is still found again where it came among the first, or in the same batch.
"""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

MOST = 100_000_000
LARGEST = 1 << 24  # a sorted run that is not merged any more: merging takes as much memory again

Hashes = npt.NDArray[np.uint64]


class Ids:
    """The ids of all batches so far, as sorted runs, each more than twice as long as the next."""

    def __init__(self, most: int = MOST) -> None:
        self._runs: list[Hashes] = []
        self._left = most

    def came_before(self, hashes: Hashes) -> npt.NDArray[np.bool_]:
        """For each id of a batch, in its order, whether it was there already; then they all were."""
        different, first, which = np.unique(hashes, return_index=True, return_inverse=True)
        known = np.zeros(len(different), dtype=np.bool_)
        for run in self._runs:
            at = np.searchsorted(run, different)
            at[at == len(run)] = 0
            known |= run[at] == different
        self._keep(different[~known])
        again: npt.NDArray[np.bool_] = known[which] | (first[which] != np.arange(len(hashes)))
        return again

    def _keep(self, new: Hashes) -> None:
        """`new` are sorted."""
        new = new[: self._left]
        self._left -= len(new)
        while self._runs and len(self._runs[-1]) <= min(2 * len(new), LARGEST):
            new = np.concatenate([self._runs.pop(), new])
            new.sort(kind="stable")  # of two sorted runs: a merge
        if len(new):
            self._runs.append(new)
