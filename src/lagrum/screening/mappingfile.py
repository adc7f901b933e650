"""Mapping files as text: YAML or JSON, read like case files, each mistake told with its place."""

from __future__ import annotations

from collections.abc import Container, Sequence
from collections.abc import Mapping as Table
from pathlib import Path

from lagrum.language.casevalues import read_value
from lagrum.language.caseyaml import LARGEST, Tree, Word, Words, read_tree
from lagrum.language.caseyaml import Table as Keys
from lagrum.language.files import read_text
from lagrum.language.problems import Problems, listing, quote
from lagrum.model.cases import Given
from lagrum.model.diagnostics import Diagnostic
from lagrum.model.facts import Fact, FactKind
from lagrum.model.places import Place
from lagrum.screening.celldates import SERIAL, sound_form
from lagrum.screening.coded import ASSUMED, INDICATED, NOTHING_SAID, STATED, meaning
from lagrum.screening.mapping import ANSWERS, DATES, Entry, Leaving, Mapping, Sense, Texts, plain

KEYS = (
    "lagrum",
    "mapping",
    "source",
    "review",
    "note",
    "known by",
    "records",
    "sheet",
    "encoding",
    "id",
    "labels",
    "leave out",
    "given",
    "columns",
    "texts",
)
SENSE_KEYS = ("values", "read", "dates", "other", "empty", "split", "basis", "note")
LEAVING_KEYS = ("column", "cells", "why")
TEXT_KEYS = ("columns", "language", "facts")
LANGUAGES = ("en", "nl")
_BASES = (STATED, INDICATED)


def is_mapping(text: str) -> bool:
    """Whether a YAML or JSON text means to be a mapping, so that it is read as one and not as a case."""
    return any(line.startswith("mapping:") or '"mapping"' in line for line in text.splitlines()[:50])


def read_mapping(
    text: str, file: str, facts: Table[str, Fact], languages: Container[str] = LANGUAGES
) -> tuple[Mapping | None, tuple[Diagnostic, ...]]:
    """Read a mapping file. None where it has an error; the diagnostics point into `file`."""
    problems = Problems()
    tree = read_tree(text, file, problems, "mapping")
    if not problems.failed and not isinstance(tree, Keys):
        place = tree.place if tree is not None else Place(file, 1, 1, 1, 1)
        problems.error("LG0803", "a mapping is a table of keys", place, mend="start with `lagrum: 1`")
    found = _Reader(facts, problems, languages).mapping(tree, file) if isinstance(tree, Keys) else None
    return (None if problems.failed else found), problems.all()


def read_mapping_file(path: Path, facts: Table[str, Fact]) -> tuple[Mapping | None, tuple[Diagnostic, ...], str]:
    """Read a mapping file from disk: the mapping, what is wrong with it, and its text."""
    text, diagnostics = read_text(path, LARGEST)
    if text is None:
        return None, diagnostics, ""
    found, diagnostics = read_mapping(text, str(path), facts)
    return found, diagnostics, text


class _Reader:
    """Reads one mapping; what is wrong is noted, and then the mapping must not be used."""

    def __init__(self, facts: Table[str, Fact], problems: Problems, languages: Container[str]) -> None:
        self.facts = facts
        self.problems = problems
        self.languages = languages

    def mapping(self, table: Keys, file: str) -> Mapping:
        fields = self.fields(table, KEYS)
        missing = [key for key in ("lagrum", "mapping") if key not in fields]
        if "columns" not in fields and "texts" not in fields:
            missing.append("columns")
        if missing:
            start = Place(file, table.place.line, table.place.column, table.place.line, table.place.column + 1)
            message = f"the mapping does not say its {listing(missing)}"
            self.problems.error("LG0801", message, start, mend="these keys are needed")
        if "lagrum" in fields and self.text(fields["lagrum"]) != "1":
            message = "this version of the mapping format is not known"
            self.problems.error("LG0801", message, fields["lagrum"].place, mend="write `lagrum: 1`")
        words = {key: self.text(fields[key]) for key in KEYS if key in fields and key not in _SHAPED}
        if "mapping" in fields and isinstance(fields["mapping"], Word) and not words["mapping"].strip():
            self.problems.error("LG0803", "the mapping has no name", fields["mapping"].place, mend="name the register")
        return Mapping(
            name=words.get("mapping", ""),
            source=words.get("source", ""),
            review=words.get("review", ""),
            note=words.get("note", ""),
            known_by=self.texts_of(fields.get("known by")),
            records=words.get("records", ""),
            sheet=words.get("sheet", ""),
            encoding=self.encoding(words.get("encoding", ""), fields.get("encoding")),
            id=words.get("id", ""),
            labels=self.labels(fields.get("labels")),
            leave_out=tuple(self.leaving(each) for each in self.several(fields.get("leave out"))),
            given=self.given(fields.get("given")),
            senses=self.columns(fields.get("columns")),
            texts=tuple(self.running(each) for each in self.several(fields.get("texts"))),
            file=file,
        )

    def fields(self, tree: Tree, known: Sequence[str]) -> dict[str, Tree]:
        """The entries of a table with known keys."""
        if not isinstance(tree, Keys):
            self.shape(tree, "this must be a table", f"its keys are {listing(known, 15)}")
            return {}
        found: dict[str, Tree] = {}
        for key, value in tree.entries:
            if key.text in known:
                found[key.text] = value
            else:
                mend = self.problems.meant(key.text, known) or f"the keys here are {listing(known, 15)}"
                self.problems.error("LG0802", f"there is no key {quote(key.text)} here", key.place, mend=mend)
        return found

    def shape(self, tree: Tree, message: str, mend: str) -> None:
        self.problems.error("LG0803", message, tree.place, mend=mend)

    def text(self, tree: Tree) -> str:
        if isinstance(tree, Word):
            return tree.text
        self.shape(tree, "this must be one text", "write it on one line, or in quotes")
        return ""

    def several(self, tree: Tree | None) -> tuple[Tree, ...]:
        """One thing, or a list of them."""
        if tree is None:
            return ()
        return tree.items if isinstance(tree, Words) else (tree,)

    def texts_of(self, tree: Tree | None) -> tuple[str, ...]:
        return tuple(self.text(each) for each in self.several(tree))

    def encoding(self, name: str, tree: Tree | None) -> str:
        if tree is not None and name:
            try:
                "".encode(name)
            except LookupError:
                self.problems.error(
                    "LG0806", f"no encoding is called {quote(name)}", tree.place, mend="such as `utf-8` or `cp1252`"
                )
        return name

    def labels(self, tree: Tree | None) -> dict[str, str]:
        if tree is None:
            return {}
        if not isinstance(tree, Keys):
            self.shape(tree, "`labels` must be a table", "write each label with its column: `agency: Agency name`")
            return {}
        return {key.text: self.text(value) for key, value in tree.entries}

    def leaving(self, tree: Tree) -> Leaving:
        fields = self.fields(tree, LEAVING_KEYS)
        for key in LEAVING_KEYS:
            if key not in fields and isinstance(tree, Keys):
                message = f"rows are left out without saying their {quote(key)}"
                self.problems.error("LG0801", message, tree.place, mend=f"it needs {listing(LEAVING_KEYS)}")
        column, why = (self.text(fields[key]) if key in fields else "" for key in ("column", "why"))
        return Leaving(column, self.texts_of(fields.get("cells")), why, tree.place)

    def given(self, tree: Tree | None) -> tuple[Given, ...]:
        if tree is None:
            return ()
        if not isinstance(tree, Keys):
            self.shape(tree, "`given` must be a table", "write each fact with its answer")
            return ()
        found: list[Given] = []
        for key, value in tree.entries:
            fact = self.fact(key)
            said = read_value(fact, value, self.problems) if fact is not None else None
            if fact is not None and said is not None:
                found.append(Given(fact.name, said.open, f"{fact.name} {said.words}", basis=ASSUMED, place=value.place))
        return tuple(found)

    def fact(self, name: Word) -> Fact | None:
        fact = self.facts.get(name.text)
        if fact is None:
            mend = self.problems.meant(name.text, self.facts) or "`lagrum new case` lists the facts of a law"
            self.problems.error("LG0609", f"no fact is called {quote(name.text)}", name.place, mend=mend)
        return fact

    def columns(self, tree: Tree | None) -> tuple[Sense, ...]:
        if tree is None:
            return ()
        if not isinstance(tree, Keys):
            self.shape(tree, "`columns` must be a table", "write each column with the facts it speaks of")
            return ()
        found: list[Sense] = []
        for column, senses in tree.entries:
            if not isinstance(senses, Keys):
                mend = "write the fact it speaks of, and below it `values` or `read`"
                self.shape(senses, f"the column {quote(column.text)} must be a table of facts", mend)
                continue
            for name, spec in senses.entries:
                fact = self.fact(name)
                sense = self.sense(column.text, fact, spec, name.place) if fact is not None else None
                if sense is not None:
                    found.append(sense)
        return tuple(found)

    def sense(self, column: str, fact: Fact, tree: Tree, place: Place) -> Sense:
        fields = self.fields(tree, SENSE_KEYS)
        if isinstance(tree, Keys) and ("values" in fields) == ("read" in fields):
            message = "a column needs `values` or `read`" + (", not both" if "values" in fields else "")
            mend = "`values` is a table of cells; `read: answers` takes cells as answers in the vocabulary's words"
            self.problems.error("LG0806", message, place, mend=mend)
        basis = self.one_of(fields.get("basis"), _BASES, STATED)
        read = self.one_of(fields.get("read"), (ANSWERS, DATES), "")
        if read == DATES and fact.kind is not FactKind.DATE:
            message = f"{quote(fact.name)} is no date"
            self.problems.error("LG0806", message, fields["read"].place, mend="write `values`, or `read: answers`")
        dates = self.texts_of(fields.get("dates"))
        for form, where in zip(dates, self.several(fields.get("dates")), strict=True):
            if not sound_form(form):
                mend = f"such as `YYYY-MM-DD`, `MM/DD/YYYY`, `Mon-YY` or `{SERIAL}`"
                self.problems.error("LG0806", f"{quote(form)} is no way to write dates", where.place, mend=mend)
        if dates and read != DATES:
            mend = "add `read: dates`"
            self.problems.error("LG0806", "`dates` goes with `read: dates`", fields["dates"].place, mend=mend)
        return Sense(
            column=column,
            fact=fact.name,
            values=self.values(fact, fields.get("values"), basis),
            read=read,
            dates=dates,
            other=self.entry(fact, Word(place, ""), fields["other"], basis) if "other" in fields else None,
            empty=self.entry(fact, Word(place, ""), fields["empty"], basis) if "empty" in fields else None,
            split=self.text(fields["split"]) if "split" in fields else "",
            basis=basis,
            note=self.text(fields["note"]) if "note" in fields else "",
            place=place,
        )

    def one_of(self, tree: Tree | None, known: tuple[str, ...], default: str) -> str:
        if tree is None:
            return default
        word = self.text(tree)
        if word not in known and isinstance(tree, Word):
            mend = self.problems.meant(word, known) or f"write {listing(known)}"
            self.problems.error("LG0806", f"{quote(word)} cannot stand here", tree.place, mend=mend)
        return word

    def values(self, fact: Fact, tree: Tree | None, basis: str) -> tuple[Entry, ...]:
        if tree is None:
            return ()
        if not isinstance(tree, Keys):
            self.shape(tree, "`values` must be a table", "write each cell with the answer that it gives")
            return ()
        seen: dict[str, Word] = {}
        found: list[Entry] = []
        for cell, value in tree.entries:
            same = seen.setdefault(plain(cell.text), cell)
            if same is not cell:
                message = f"{quote(cell.text)} is the same cell as {quote(same.text)}"
                mend = "case and blanks do not count; keep one of them"
                related = [(same.place, "first here")]
                self.problems.error("LG0804", message, cell.place, mend=mend, related=related)
            if not cell.text.strip():
                mend = "write `empty: …` beside `values`"
                self.problems.error("LG0806", "an empty cell stands in no table", cell.place, mend=mend)
            found.append(self.entry(fact, cell, value, basis))
        return tuple(found)

    def entry(self, fact: Fact, cell: Word, value: Tree, basis: str) -> Entry:
        said = read_value(fact, value, self.problems)
        if said is None:
            return Entry(cell.text, NOTHING_SAID, "says nothing", value.place)
        return Entry(cell.text, meaning(said.open, basis), said.words, value.place)

    def running(self, tree: Tree) -> Texts:
        fields = self.fields(tree, TEXT_KEYS)
        if "columns" not in fields and isinstance(tree, Keys):
            self.problems.error("LG0801", "which columns hold text is not said", tree.place, mend="add `columns`")
        language = self.text(fields["language"]) if "language" in fields else "en"
        if language not in self.languages:
            place = fields["language"].place
            mend = f"there are {listing(LANGUAGES)}"
            self.problems.error("LG0805", f"no indicators read {quote(language)}", place, mend=mend)
        facts: list[str] = []
        for word in self.several(fields.get("facts")):
            if isinstance(word, Word) and (fact := self.fact(word)) is not None:
                facts.append(fact.name)
            elif not isinstance(word, Word):
                self.shape(word, "this must be a fact", "name the facts that the texts may speak of")
        return Texts(self.texts_of(fields.get("columns")), language, tuple(facts), tree.place)


_SHAPED = ("lagrum", "known by", "labels", "leave out", "given", "columns", "texts")
