"""Collecting diagnostics: one list for each thing that is read, with the wording helpers all of them share."""

from __future__ import annotations

import difflib
from collections.abc import Iterable, Sequence

from lagrum.model.diagnostics import Diagnostic, Related, Severity
from lagrum.model.places import Place

MOST = 100
"""More diagnostics than this for one thing help nobody; the rest is counted, not shown."""

_SUGGESTIONS = 40  # edit distances are dear; a file with more misspellings than this is not misspelt but something else


def quote(text: str) -> str:
    """The user's words in backticks, on one line and not longer than a line can hold."""
    plain = "".join(c if c.isprintable() else "\ufffd" for c in " ".join(text.split())).replace("`", "'")
    return f"`{plain if len(plain) <= 80 else plain[:77] + '...'}`"


def listing(names: Sequence[str], most: int = 5) -> str:
    """The first few names in backticks: `` `a`, `b` and 3 more ``."""
    shown = ", ".join(quote(name) for name in names[:most])
    return f"{shown} and {len(names) - most} more" if len(names) > most else shown


class Problems:
    """The diagnostics of one thing that is read (a vocabulary, an instrument, a case)."""

    def __init__(self) -> None:
        self._found: list[Diagnostic] = []
        self._hidden = 0
        self._suggested = 0
        self.failed = False

    def error(
        self,
        code: str,
        message: str,
        place: Place | None,
        *,
        mend: str = "",
        label: str = "",
        related: Iterable[tuple[Place | None, str]] = (),
    ) -> None:
        """Note an error; what it was found in will not be used."""
        self.failed = True
        self._note(code, message, place, mend, label, related, Severity.ERROR)

    def warning(
        self,
        code: str,
        message: str,
        place: Place | None,
        *,
        mend: str = "",
        label: str = "",
        related: Iterable[tuple[Place | None, str]] = (),
    ) -> None:
        """Note something doubtful that stops nothing."""
        self._note(code, message, place, mend, label, related, Severity.WARNING)

    def _note(
        self,
        code: str,
        message: str,
        place: Place | None,
        mend: str,
        label: str,
        related: Iterable[tuple[Place | None, str]],
        severity: Severity,
    ) -> None:
        if len(self._found) >= MOST:
            self._hidden += 1
            return
        others = tuple(Related(where, words) for where, words in related if where is not None)
        self._found.append(Diagnostic(code, message, place, mend, label, others, severity))

    def nearest(self, word: str, known: Iterable[str]) -> str | None:
        """The known name most like a misspelt one, or None."""
        if self._suggested >= _SUGGESTIONS or len(word) > 100:
            return None
        self._suggested += 1
        folded = {name.casefold(): name for name in known if abs(len(name) - len(word)) <= 3 + len(word) // 3}
        found = difflib.get_close_matches(word.casefold(), folded, n=1, cutoff=0.7)
        return folded[found[0]] if found else None

    def meant(self, word: str, known: Iterable[str]) -> str:
        """A help line that offers the nearest known name, or nothing."""
        found = self.nearest(word, known)
        return f"did you mean {quote(found)}?" if found else ""

    def all(self) -> tuple[Diagnostic, ...]:
        """Everything noted, with a last line for what was too much to show."""
        if not self._hidden:
            return tuple(self._found)
        last = self._found[-1]
        more = Diagnostic(
            "LG0701",
            f"{self._hidden} more problems are not shown",
            last.place,
            help="mend the ones above first; the rest often goes with them",
        )
        return (*self._found, more)
