"""Case files: what is known about one use of one system, as a person writes it down."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import TypeVar

from lagrum.language.casejson import tree_of
from lagrum.language.casevalues import Said, read_value
from lagrum.language.caseyaml import LARGEST, Table, Tree, Word, Words, read_tree
from lagrum.language.files import read_text
from lagrum.language.problems import Problems, listing, quote
from lagrum.language.stretches import read_day
from lagrum.model.cases import Case, Expectation, Given
from lagrum.model.citations import parse_citation
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.facts import Fact
from lagrum.model.places import Place
from lagrum.model.rulings import SETTLED, Ruling

T = TypeVar("T")

_KEYS = ("lagrum", "case", "law", "on", "facts", "assume", "readings", "expect", "source", "intent")
_NEEDED = ("lagrum", "case", "facts")
_EXPECT = ("ruling", "possible", "because", "not because", "tiers")
_DETAILS = ("value", "basis", "by", "on")
_BASES = ("stated", "indicated", "assumed", "judged")
_CITED = re.compile(
    r"(?P<instrument>[a-z0-9][a-z0-9.\-]* )?"
    r"(?P<citation>(?:Art\.|§|Annex|Recital|Rule|Sec\.|Ch\.|Title|Point|Para\.|Demand)[^\"]*?)"
    r'(?P<label> "[^"]*")?'
)


def read_case(text: str, file: str, facts: Mapping[str, Fact]) -> tuple[Case | None, tuple[Diagnostic, ...]]:
    """Read a case file, YAML or JSON. None where it has an error; the diagnostics point into `file`."""
    problems = Problems()
    tree = read_tree(text, file, problems)
    if not problems.failed and not isinstance(tree, Table):
        place = tree.place if tree is not None else Place(file, 1, 1, 1, 1)
        problems.error("LG0608", "a case file is a table of keys", place, mend="start with `lagrum: 1`")
    case = _Reader(facts, problems).case(tree, file) if isinstance(tree, Table) else None
    return (None if problems.failed else case), problems.all()


def read_case_object(
    said: Mapping[str, object], facts: Mapping[str, Fact], name: str = ""
) -> tuple[Case | None, tuple[Diagnostic, ...]]:
    """Read a case that comes as an object with the keys of a case file. None where it has an error; the diagnostics
    point into it by JSON Pointer; `name` is the pointer to the case itself."""
    problems = Problems()
    tree = tree_of(said, name, problems)
    case = _Reader(facts, problems).case(tree, name) if tree is not None else None
    return (None if problems.failed else case), problems.all()


def read_case_file(path: Path, facts: Mapping[str, Fact]) -> tuple[Case | None, tuple[Diagnostic, ...]]:
    """Read a case file from disk; one that cannot be read, is too large or not UTF-8 gives a diagnostic."""
    text, diagnostics = read_text(path, LARGEST)
    return (None, diagnostics) if text is None else read_case(text, str(path), facts)


def parse_given(text: str, facts: Mapping[str, Fact]) -> Given:
    """Read `FACT=VALUE` as an option gives it; VALUE takes every form it takes in a case file.

    `unknown` gives a `Given` that leaves everything open. Raises `InvalidInput`; the diagnostics have no place.
    """
    problems = Problems()
    name, equals, value = (part.strip() for part in text.partition("="))
    if not equals or not name or not value:
        mend = "write a fact and its answer, for example `timing=real-time`"
        problems.error("LG0617", f"{quote(text)} does not give a fact", None, mend=mend)
    elif (fact := _Reader(facts, problems).fact(name, Place("", 1, 1, 1, 1))) is not None:
        front = Place("", 1, 1, 1, 1)
        plain = value[:1] not in ("[", "{", '"', "'")
        tree: Tree | None = Word(front, value) if plain else read_tree(value, "", problems)
        if tree is not None and not problems.failed:
            said = read_value(fact, tree, problems) or Said((), "is unknown")
            if not problems.failed:
                return said.given(fact)
    raise InvalidInput(Diagnostic(d.code, d.message, None, d.help, severity=d.severity) for d in problems.all())


class _Reader:
    """Reads one case; what is wrong is noted, and then the case must not be used."""

    def __init__(self, facts: Mapping[str, Fact], problems: Problems) -> None:
        self.facts = facts
        self.problems = problems

    def case(self, table: Table, file: str) -> Case:
        fields = self.fields(table, _KEYS)
        missing = [key for key in _NEEDED if key not in fields]
        if missing:
            start = Place(file, table.place.line, table.place.column, table.place.line, table.place.column + 1)
            self.problems.error(
                "LG0607", f"the case does not say its {listing(missing)}", start, mend="these keys are needed"
            )
        if "lagrum" in fields and self.text(fields["lagrum"]) != "1":
            self.problems.error(
                "LG0616",
                "this version of the case format is not known",
                fields["lagrum"].place,
                mend="write `lagrum: 1`",
            )
        name = self.text(fields["case"]) if "case" in fields else ""
        if isinstance(fields.get("case"), Word) and not name.strip():
            self.problems.error("LG0608", "the case has no name", fields["case"].place, mend="say what it is about")
        return Case(
            name=name,
            facts=self.all_given(fields["facts"]) if "facts" in fields else {},
            laws=self.several(fields.get("law"), self.text),
            dates=tuple(day for day in self.several(fields.get("on"), self.day) if day is not None),
            assume=self.assume(fields["assume"]) if "assume" in fields else {},
            readings=self.readings(fields["readings"]) if "readings" in fields else {},
            expect=self.expect(fields["expect"]) if "expect" in fields else None,
            source=self.text(fields["source"]) if "source" in fields else "",
            intent=self.text(fields["intent"]) if "intent" in fields else "",
            file=file,
        )

    def fields(self, tree: Tree, known: Sequence[str]) -> dict[str, Tree]:
        """The entries of a table with known keys."""
        if not isinstance(tree, Table):
            self.problems.error("LG0608", "this must be a table", tree.place, mend=f"its keys are {listing(known, 9)}")
            return {}
        found: dict[str, Tree] = {}
        for key, value in tree.entries:
            if key.text in known:
                found[key.text] = value
            else:
                mend = self.problems.meant(key.text, known) or f"the keys here are {listing(known, 9)}"
                self.problems.error("LG0606", f"there is no key {quote(key.text)} here", key.place, mend=mend)
        return found

    def text(self, tree: Tree) -> str:
        if isinstance(tree, Word):
            return tree.text
        self.problems.error("LG0608", "this must be one text", tree.place, mend="write it on one line, or in quotes")
        return ""

    def several(self, tree: Tree | None, read: Callable[[Tree], T]) -> tuple[T, ...]:
        """One thing, or a list of them."""
        if tree is None:
            return ()
        return tuple(read(item) for item in tree.items) if isinstance(tree, Words) else (read(tree),)

    def day(self, tree: Tree) -> date | None:
        text = self.text(tree)
        day = read_day(text)
        if day is None and isinstance(tree, Word):
            self.problems.error("LG0615", f"{quote(text)} is no date", tree.place, mend="write it as 2026-08-02")
        return day

    def all_given(self, tree: Tree) -> dict[str, Given]:
        if not isinstance(tree, Table):
            mend = "write each fact with its answer, or `{}` where nothing is known"
            self.problems.error("LG0608", "`facts` must be a table", tree.place, mend=mend)
            return {}
        found: dict[str, Given] = {}
        for key, value in tree.entries:
            fact = self.fact(key.text, key.place)
            given = self.given(fact, value) if fact is not None else None
            if given is not None:
                found[given.fact] = given
        return found

    def fact(self, name: str, place: Place) -> Fact | None:
        fact = self.facts.get(name)
        if fact is None:
            mend = self.problems.meant(name, self.facts)
            owner = next((f for f, each in self.facts.items() if name in (a.name for a in each.answers)), None)
            if not mend and owner is not None:
                mend = f"it is an answer to {quote(owner)}"
            message = f"no fact is called {quote(name)}"
            self.problems.error("LG0609", message, place, mend=mend or "`lagrum new case` lists the facts of a law")
        return fact

    def given(self, fact: Fact, tree: Tree) -> Given | None:
        """What is given of a fact, with its basis; None where nothing is known."""
        if not isinstance(tree, Table) or not any(key.text in _DETAILS for key, _ in tree.entries):
            said = read_value(fact, tree, self.problems)
            return said.given(fact, tree.place) if said else None
        fields = self.fields(tree, _DETAILS)
        if "value" not in fields:
            mend = "add `value:` and an answer"
            self.problems.error("LG0607", "this does not say its `value`", tree.place, mend=mend)
            return None
        said = read_value(fact, fields["value"], self.problems)
        given = said.given(fact, fields["value"].place) if said else None
        basis = self.word(fields["basis"], _BASES, "basis") if "basis" in fields else "stated"
        by = self.text(fields["by"]) if "by" in fields else ""
        on = self.day(fields["on"]) if "on" in fields else None
        return replace(given, basis=basis, by=by, on=on) if given else None

    def word(self, tree: Tree, known: Sequence[str], what: str) -> str:
        """One word of a closed set."""
        text = self.text(tree)
        if isinstance(tree, Word) and text not in known:
            mend = self.problems.meant(text, known) or f"one of {listing(known, 9)}"
            self.problems.error("LG0618", f"{quote(text)} is no {what}", tree.place, mend=mend)
        return text

    def assume(self, tree: Tree) -> dict[str, str]:
        fields = self.fields(tree, ("rest", "presumptions"))
        known = {"rest": ("usual", "assumption about the rest"), "presumptions": ("stand", "assumption about them")}
        return {key: self.word(fields[key], (value,), what) for key, (value, what) in known.items() if key in fields}

    def readings(self, tree: Tree) -> dict[str, str]:
        """The chosen values by reading. Which there are hangs on the law, so they are looked up where it is chosen."""
        if not isinstance(tree, Table):
            mend = "write each reading with the value to choose"
            self.problems.error("LG0608", "`readings` must be a table", tree.place, mend=mend)
            return {}
        return {key.text: self.text(value) for key, value in tree.entries}

    def expect(self, tree: Tree) -> Expectation:
        fields = self.fields(tree, _EXPECT)
        settled = [ruling.value for ruling in SETTLED]
        return Expectation(
            ruling=self.word(fields["ruling"], list(Ruling), "ruling") if "ruling" in fields else None,
            possible=self.several(fields["possible"], lambda each: self.word(each, settled, "settled ruling"))
            if "possible" in fields
            else None,
            because=self.several(fields.get("because"), self.citation),
            not_because=self.several(fields.get("not because"), self.citation),
            tiers=self.several(fields["tiers"], self.text) if "tiers" in fields else None,
        )

    def citation(self, tree: Tree) -> str:
        """A citation in canonical form, with the instrument's id in front and a label behind where it has them."""
        text = self.text(tree)
        found = _CITED.fullmatch(text.strip())
        try:
            cited = parse_citation(found["citation"]) if found else None
        except ValueError:
            cited = None
        if found is None or cited is None:
            if isinstance(tree, Word):
                mend = "for example `Art. 5(1)(h)`"
                self.problems.error("LG0619", f"{quote(text)} is no citation", tree.place, mend=mend)
            return text
        return f"{found['instrument'] or ''}{cited}{found['label'] or ''}"
