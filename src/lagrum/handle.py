"""A law in Python: `lagrum.load("eu-ai-act-2021-proposal").assess("station.yaml")`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from lagrum.library import Library, open_library
from lagrum.model.cases import Case
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.law import Law
from lagrum.reasoning.asking import Interview, Until, begin
from lagrum.reasoning.assess import assess
from lagrum.reasoning.assessment import Assessment
from lagrum.reasoning.lawful import Lawful, lawful
from lagrum.reasoning.versus import Versus, versus


@dataclass(frozen=True)
class Handle:
    """A law that was loaded, in its newest text, and the library it came from."""

    law: Law
    library: Library

    def __repr__(self) -> str:
        return f"Law({self.law.id})"

    def assess(
        self, case: Case | str | Path | Mapping[str, object], on: date | None = None, text_of: date | None = None
    ) -> Assessment:
        """What the law makes of a case: a `Case`, the path of a case file, or a mapping from facts to answers written
        as in one. `text_of` takes the text known on that day, the day of judging where it is left out. Raises
        `InvalidInput` with diagnostics for a case that cannot be read or cannot be."""
        read = self._case(case)
        day = on or (read.dates[0] if read.dates else date.today())
        return assess(self.library.law(self.law.id, self._chosen(), text_of or day), read, day, text_of)

    def ask(
        self,
        case: Case | str | Path | Mapping[str, object] | None = None,
        on: date | None = None,
        text_of: date | None = None,
        until: str = "classes",
    ) -> Interview:
        """An interview about a case of which nothing, or what `case` says, is known: an object with `question`,
        `answer(value)`, `back()` and `assessment`, each answer giving a new one. `until` is `ruling` or `classes`.

        Raises `InvalidInput` as `assess` does."""
        from lagrum.language import parse_given

        read = Case("an interview", {}, laws=(self.law.id,)) if case is None else self._case(case)
        day = on or (read.dates[0] if read.dates else date.today())
        law = self.library.law(self.law.id, self._chosen(), text_of or day)
        return begin(law, day, parse_given, read, Until(until), text_of)

    def versus(
        self,
        case: Case | str | Path | Mapping[str, object],
        other: Case | str | Path | Mapping[str, object],
        on: date | None = None,
        text_of: date | None = None,
    ) -> Versus:
        """Which of the facts that two versions of a case answer differently matter. Raises as `assess` does."""
        a, b = self._case(case), self._case(other)
        day = on or (a.dates[0] if a.dates else date.today())
        return versus(self.library.law(self.law.id, self._chosen(), text_of or day), a, b, day, text_of)

    def lawful(
        self, case: Case | str | Path | Mapping[str, object], on: date | None = None, text_of: date | None = None
    ) -> Lawful:
        """The fewest changes in the operator's hands after which nothing is forbidden. Raises as `assess` does."""
        read = self._case(case)
        day = on or (read.dates[0] if read.dates else date.today())
        return lawful(self.library.law(self.law.id, self._chosen(), text_of or day), read, day, text_of)

    def _chosen(self) -> dict[str, str]:
        """The readings that were chosen otherwise than by default."""
        defaults = {name: reading.default for name, reading in self.law.all_readings().items()}
        return {name: value for name, value in self.law.readings.items() if value != defaults[name]}

    def _case(self, case: Case | str | Path | Mapping[str, object]) -> Case:
        if isinstance(case, Case):
            return case
        if isinstance(case, Mapping):
            import json

            from lagrum.language import read_case

            text = json.dumps({"lagrum": 1, "case": "a case", "facts": dict(case)}, ensure_ascii=False, default=str)
            read, diagnostics = read_case(text, "a case", self.law.facts)
        else:
            read, diagnostics, text = self.library.read_case(Path(case))
        if read is None:
            raise InvalidInput(diagnostics, {str(case) if isinstance(case, str | Path) else "a case": text})
        return read


def load(law_id: str, folders: Sequence[Path | str] = (), readings: Mapping[str, str] | None = None) -> Handle:
    """The law with that id (`a+b` reads two together), from the built-in law and further folders of law.

    `readings` chooses disputed readings by name. Raises `InvalidInput` for an id, folder or reading that is not there.
    """
    library = open_library([Path(folder) for folder in folders])
    return Handle(library.law(law_id, readings), library)
