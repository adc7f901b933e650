"""Sentences in their places: what a text consists of while it is consolidated and read."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from lagrum.language import syntax
from lagrum.language.problems import Problems, quote
from lagrum.model.citations import Citation


@dataclass(frozen=True, slots=True)
class Placed:
    """A sentence under its headings. `by` names the acts that made it what it is, with the place in them, `ended_by`
    the one that ended it; both empty for the text as it was made.

    `since` and `until` belong to notes and other sentences that have no interval of their own.
    """

    sentence: syntax.Sentence
    headings: tuple[str, ...]
    by: tuple[str, ...] = ()
    ended_by: str = ""
    since: date | None = None
    until: date | None = None

    @property
    def citation(self) -> Citation | None:
        """Where it stands; None for a sentence without a place."""
        if isinstance(self.sentence, syntax.NormS | syntax.NoteS | syntax.ElsewhereS):
            return self.sentence.citation
        return None

    @property
    def label(self) -> str:
        """What tells a norm from the others at its citation; a definition is known by its name."""
        if not isinstance(self.sentence, syntax.NormS):
            return ""
        return self.sentence.label or (self.sentence.name.text if self.sentence.name else "")

    @property
    def identity(self) -> tuple[Citation | None, str, bool]:
        """What it is known by, apart from its interval; a rule may bear the name of a definition beside it."""
        return self.citation, self.label, isinstance(self.sentence, syntax.NormS) and self.sentence.kind == "define"


@dataclass(frozen=True, slots=True)
class Amendment:
    """One `amend` sentence of an act. `dates` are the act's own names, `problems` where its errors are noted."""

    act: str
    node: syntax.AmendS
    start: date
    headings: tuple[str, ...]
    dates: Mapping[str, date]
    problems: Problems

    @property
    def target(self) -> str:
        return self.node.instrument.text

    @property
    def name(self) -> str:
        """The act and the place in it: `omnibus Art. 1(3)`."""
        return f"{self.act} {self.node.citation}" if self.node.citation else self.act

    def day(self, day: syntax.Day, others: Mapping[str, date]) -> date | None:
        """A day, or what it is a name of in the act or in the amended text; a name of nothing is noted."""
        if not isinstance(day.value, str):
            return day.value
        found = self.dates.get(day.value, others.get(day.value))
        if found is None:
            mend = self.problems.meant(day.value, [*self.dates, *others]) or "write a day, for example 2026-08-02"
            self.problems.error("LG0415", f"no date is called {quote(day.value)}", day.place, mend=mend)
        return found


def placed(documents: Iterable[syntax.Document]) -> list[Placed]:
    """The sentences of the documents as they were made."""
    return [Placed(s, block.headings) for document in documents for block in document.blocks for s in block.sentences]
