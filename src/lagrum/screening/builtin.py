"""The mappings that come with lagrum, and finding the one that fits a register."""

from __future__ import annotations

from collections.abc import Iterable
from collections.abc import Mapping as Table
from pathlib import Path

from lagrum.language.caseyaml import Table as Keys
from lagrum.language.caseyaml import Word, Words, read_tree
from lagrum.language.problems import Problems, listing, quote
from lagrum.model.diagnostics import Diagnostic, InvalidInput, Severity
from lagrum.model.facts import Fact
from lagrum.screening.mapping import Mapping, plain
from lagrum.screening.mappingfile import read_mapping_file

FOLDER = Path(__file__).parent / "mappings"


def names() -> tuple[str, ...]:
    """The names by which built-in mappings can be asked for."""
    return tuple(path.stem for path in sorted(FOLDER.glob("*.yaml")))


def built_in(name: str, facts: Table[str, Fact]) -> Mapping:
    """A built-in mapping. Raises `InvalidInput` where there is none of that name."""
    if name not in names():
        message = f"no mapping is called {quote(name)}"
        raise InvalidInput([Diagnostic("LG0823", message, help=f"there are {listing(names(), 9)}")])
    return load(FOLDER / f"{name}.yaml", facts)


def load(path: Path, facts: Table[str, Fact]) -> Mapping:
    """The mapping in a file. Raises `InvalidInput` where it has errors."""
    found, diagnostics, text = read_mapping_file(path, facts)
    if found is None:
        raise InvalidInput(diagnostics, {str(path): text})
    return found


def recognise(columns: Iterable[str], facts: Table[str, Fact]) -> Mapping | None:
    """The built-in mapping for a register with these columns; None where there is none."""
    there = {plain(column) for column in columns}
    for name in names():
        known = _known_by(FOLDER / f"{name}.yaml")
        if known and all(plain(column) in there for column in known):
            return built_in(name, facts)
    return None


def _known_by(path: Path) -> tuple[str, ...]:
    """The columns by which a mapping knows its register, without reading the rest of it."""
    tree = read_tree(path.read_text(encoding="utf-8"), str(path), Problems(), "mapping")
    entries = tree.entries if isinstance(tree, Keys) else ()
    known = next((value for key, value in entries if key.text == "known by"), None)
    return tuple(each.text for each in known.items if isinstance(each, Word)) if isinstance(known, Words) else ()


def mapping_for(columns: Iterable[str], facts: Table[str, Fact], asked: str = "") -> Mapping:
    """The mapping asked for, by the name of a built-in one or by file; else the one that fits the columns.

    Raises `InvalidInput` where there is none, or where it has errors.
    """
    if asked:
        return built_in(asked, facts) if asked in names() else load(Path(asked), facts)
    found = recognise(columns, facts)
    if found is None:
        help_ = f"`lagrum screen --init REGISTER` proposes one; {listing(names(), 9)} are built in"
        raise InvalidInput([Diagnostic("LG0823", "no built-in mapping fits these columns", help=help_)])
    return found


def missing_columns(mapping: Mapping, columns: Iterable[str]) -> tuple[Diagnostic, ...]:
    """A warning for each column that the mapping reads and the register does not have."""
    there = set(columns)
    places = {sense.column: sense.place for sense in mapping.senses}
    places |= {column: texts.place for texts in mapping.texts for column in texts.columns}
    return tuple(
        Diagnostic(
            "LG0807",
            f"the register has no column {quote(column)}",
            places.get(column),
            help=f"its columns are {listing(tuple(there), 12)}",
            severity=Severity.WARNING,
        )
        for column in mapping.columns
        if column not in there
    )
