"""Laws, facts and cases as a request names them: by id, by `FACT=VALUE`, by folder."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from lagrum.analysis.spread import laws_to_spread
from lagrum.language import parse_given, read_case_object
from lagrum.library import Library
from lagrum.model.cases import Case, Given
from lagrum.model.diagnostics import Diagnostic, InvalidInput, Severity
from lagrum.model.facts import Fact
from lagrum.model.law import Law

CASE_SUFFIXES = (".yaml", ".yml", ".json")
_FOLDER = re.compile(r"[a-z0-9][a-z0-9_\-]*(/[a-z0-9][a-z0-9_\-]*){0,5}")
LeftOut = tuple[tuple[str, str], ...]


@dataclass(frozen=True)
class Terms:
    """On which day a question is asked, of which text, with what fixed and which readings chosen."""

    on: date | None = None  # None: not said; `day` is then today
    text_of: date | None = None  # None: the same day
    given: tuple[str, ...] = ()  # each `FACT=VALUE`
    readings: Mapping[str, str] = field(default_factory=dict)

    @property
    def day(self) -> date:
        """The day of evaluation."""
        return self.on or date.today()

    def laws(
        self, library: Library, ids: Sequence[str], attached: bool = True, on: date | None = None
    ) -> tuple[Law, ...]:
        """The laws by id, as known on the day they are judged on (`on`, else `day`) or that of `text_of`. Raises
        `InvalidInput` for unknown ids and readings, and for a text of a day before a law was published."""
        laws = library.laws(ids, self.readings, self.text_of or on or self.day, attached)
        for law in laws:
            check_text_of(law, self.text_of)
        return laws

    def fixed(self, *laws: Law) -> tuple[Given, ...]:
        """The facts that are fixed, read with the vocabularies of `laws` exactly as a case file would be."""
        return given_facts(self.given, laws)


def given_facts(texts: Iterable[str], laws: Iterable[Law]) -> tuple[Given, ...]:
    """Facts written as `FACT=VALUE`. Raises `InvalidInput` for one given twice, and for what is no answer."""
    facts: dict[str, Fact] = {}
    for law in laws:
        facts.update(law.facts)
    found: dict[str, Given] = {}
    for text in texts:
        given = parse_given(text, facts)
        if given.fact in found:
            raise InvalidInput([Diagnostic("LG0724", f"`{given.fact}` is given twice", help="give it once")])
        found[given.fact] = given
    return tuple(found.values())


def check_text_of(law: Law, day: date | None) -> None:
    """Raises `InvalidInput` where the law was not published on the day whose text is asked for."""
    for instrument in law.instruments:
        if day and instrument.published and day < instrument.published:
            message = (
                f"the text of `{instrument.id}` was not known on {day}: it was published on {instrument.published}"
            )
            raise InvalidInput([Diagnostic("LG0733", message, help="choose a later `--text-of`, or leave it out")])


def every_column(library: Library, terms: Terms) -> tuple[tuple[str, ...], LeftOut]:
    """Every law that gets a column in a spread, and those that cannot have one, with the reason."""
    chosen = list[str]()
    wrong = [(law, "its files have errors: `lagrum check`") for law in library.left_out]
    known = terms.text_of or terms.day
    for law in laws_to_spread(library.pack):
        instrument = library.pack.instruments[law]
        if library.errors_of([instrument]):
            wrong.append((law, "its files have errors: `lagrum check`"))
        elif library.pack.version(law, known) is None:
            wrong.append((law, f"its text of {known} cannot be read"))
        elif terms.text_of and instrument.published and terms.text_of < instrument.published:
            wrong.append((law, f"published on {instrument.published}"))
        else:
            chosen.append(law)
    return tuple(chosen), tuple(wrong)


# --- cases -----------------------------------------------------------------------------------------------------------


def case_of(said: Mapping[str, object], facts: Mapping[str, Fact], name: str = "") -> Case:
    """A case from the object of its case file. Raises `InvalidInput`; places in it are told behind `name`."""
    case, diagnostics = read_case_object(said, facts, name)
    if case is None:
        raise InvalidInput(diagnostics)
    return case


def kept_cases(library: Library, named: Sequence[str | Mapping[str, object]]) -> tuple[Case, ...]:
    """The cases of folders below a folder of law (`benefits`), and those written out. Raises `InvalidInput` with all
    that is wrong with any of them."""
    wrong: list[Diagnostic] = []
    sources: dict[str, str] = {}
    cases: dict[str, Case] = {}
    for number, each in enumerate(named):
        if not isinstance(each, str):
            case = case_of(each, library.pack.facts, f"#/keep/{number}")
            cases[case.file] = case
            continue
        for file in _case_files(library, each):
            found, diagnostics, text = library.read_case(file)
            sources[str(file)] = text
            wrong += [d for d in diagnostics if d.severity is Severity.ERROR]
            if found is not None:
                cases[found.file] = found
    if wrong:
        raise InvalidInput(wrong, sources)
    return tuple(cases.values())


def _case_files(library: Library, name: str) -> Sequence[Path]:
    """The case files in a folder of cases, which is named from a folder of law and lies in it."""
    found = list(_below(library, name)) if _FOLDER.fullmatch(name) else []
    if not found:
        help_ = "name a folder of cases that comes with the laws: `benefits`"
        raise InvalidInput([Diagnostic("LG0726", f"there is no folder of cases `{name[:80]}`", help=help_)])
    return found


def _below(library: Library, name: str) -> Iterator[Path]:
    for folder in library.folders:
        root = folder.resolve()
        inside = (root / name).resolve()
        if inside.is_relative_to(root) and inside.is_dir():
            yield from sorted(path for path in inside.rglob("*") if path.suffix in CASE_SUFFIXES)
