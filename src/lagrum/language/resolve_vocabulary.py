"""Vocabularies: the facts, named sets and impossibilities of one file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import PurePosixPath

from lagrum.language import syntax
from lagrum.language.problems import Problems, quote
from lagrum.language.resolve_conditions import Scope
from lagrum.language.resolve_facts import resolve_fact
from lagrum.model.facts import Fact
from lagrum.model.instruments import Impossible, Vocabulary
from lagrum.model.places import Place

Sets = dict[tuple[str, str], frozenset[int]]
"""Named sets of answers, by fact and name."""


@dataclass
class ReadVocabulary:
    """A vocabulary while the rest is read: what it declares, what it declares wrongly, and its diagnostics."""

    id: str
    document: syntax.Document
    problems: Problems
    facts: dict[str, Fact]
    broken: dict[str, Place]
    sets: Sets
    incomplete: bool  # the parser could not read all of it

    def scope(self, others: Mapping[str, Fact]) -> Scope:
        """What names mean in it: its own facts first, then those of the other vocabularies."""
        return Scope(self.problems, {**others, **self.facts}, self.sets, broken=self.broken)


def vocabulary_id(file: str) -> str:
    """`vocabulary/ai-use.md` → `ai-use`."""
    return PurePosixPath(file).name.removesuffix(".md")


def read_facts(document: syntax.Document, incomplete: bool, taken: Mapping[str, Fact]) -> ReadVocabulary:
    """The facts a vocabulary declares; `taken` are those of the vocabularies read before."""
    problems = Problems()
    read = ReadVocabulary(vocabulary_id(document.file), document, problems, {}, {}, {}, incomplete)
    first_seen: dict[str, Place] = {}
    for block in document.blocks:
        for sentence in block.sentences:
            if not isinstance(sentence, syntax.FactS):
                continue
            name = sentence.name.text
            if name == "date":
                mend = "choose another name"
                problems.error("LG0407", "`date` itself is the date of evaluation", sentence.name.place, mend=mend)
                continue
            earlier = first_seen.get(name) or (taken[name].place if name in taken else None)
            if earlier is not None:
                problems.error(
                    "LG0309",
                    f"the fact {quote(name)} is declared twice",
                    sentence.name.place,
                    mend="declare it once; every law can use it from there",
                    related=[(earlier, "first here")],
                )
                if name not in first_seen:
                    read.broken.setdefault(name, sentence.name.place)
                continue
            first_seen[name] = sentence.name.place
            fact = resolve_fact(sentence, read.id, problems)
            if fact is None:
                read.broken[name] = sentence.name.place
            else:
                read.facts[name] = fact
    return read


def check_practice(vocabularies: list[ReadVocabulary]) -> None:
    """Only one fact of a whole pack says what the system does."""
    first: Fact | None = None
    for read in vocabularies:
        for fact in read.facts.values():
            if not fact.practice:
                continue
            if first is not None:
                read.problems.error(
                    "LG0305",
                    f"{quote(fact.name)} is a second `practice` fact",
                    fact.place,
                    mend=f"{quote(first.name)} says already what the system does: add the answers there",
                    related=[(first.place, "first here")],
                )
            first = first or fact


def resolve_vocabulary(read: ReadVocabulary, others: Mapping[str, Fact]) -> Vocabulary:
    """The vocabulary with what is sound in it; what is not stands in `read.problems`."""
    scope = read.scope(others)
    impossible: list[Impossible] = []
    for block in read.document.blocks:
        for sentence in block.sentences:
            match sentence:
                case syntax.FactS():
                    pass
                case syntax.ValuesS():
                    resolve_values(sentence, scope, read.sets)
                case syntax.ImpossibleS():
                    when = scope.condition(sentence.when)
                    if when is not None:
                        impossible.append(Impossible(sentence.reason, when, sentence.place))
                case _:
                    read.problems.error(
                        "LG0310",
                        "a vocabulary holds only facts, values and what is impossible",
                        sentence.place,
                        mend="move this to the instrument it belongs to",
                    )
    return Vocabulary(read.id, read.document.title, tuple(read.facts.values()), tuple(impossible), read.document.file)


def resolve_values(sentence: syntax.ValuesS, scope: Scope, sets: Sets) -> None:
    """Add a named set to `sets`."""
    name = sentence.name
    fact = scope.fact(sentence.fact)
    if fact is None:
        return
    if (fact.name, name.text) in sets or any(answer.name == name.text for answer in fact.answers):
        scope.problems.error(
            "LG0407",
            f"{quote(name.text)} already stands for something else of {quote(fact.name)}",
            name.place,
            mend="choose another name",
            related=[(fact.place, "the fact is declared here")],
        )
        return
    if not fact.several and fact.cuts:
        scope.problems.error(
            "LG0403",
            f"{quote(fact.name)} has no list of answers to name a set of",
            sentence.fact.place,
            mend="compare it in the condition itself",
        )
        return
    members = scope.answers(fact, sentence.values)
    if members is not None:
        sets[fact.name, name.text] = members
