"""Amendments as law text: an amending act that the ordinary loader reads, with one `amend` for each instrument."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import date

from lagrum.analysis.balance.changes import Add, BeforeUse, Begin, Change, Drop, Repeal, Strip, Swap, places_of
from lagrum.analysis.balance.changes import Ban as BanChange
from lagrum.model.citations import Citation
from lagrum.model.conditions import AllOf, AnyOf, AtLeast, Condition, Group
from lagrum.model.instruments import Instrument
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind, Start
from lagrum.semantics.order import facts_of

_KEYS = 13


class Writer:
    """Writes amendments of a law that begin on a day. `facts` says which vocabulary each fact is of."""

    def __init__(self, law: Law, position: Law, on: date, known: date) -> None:
        self.law, self.position, self.on, self.known = law, position, on, known
        self.facts = {**position.facts, **law.facts}

    # --- what can be named -------------------------------------------------------------------------------------

    def address(self, norm: Norm) -> str:
        """The citation, with the label where there is one."""
        label = norm.label or norm.name
        return f"{norm.citation} {_quoted(label)}" if label else str(norm.citation)

    def meant(self, norm: Norm, below: bool = True) -> list[Norm]:
        """All norms that the address means on the day: at the citation, or below it, too."""
        label = norm.label or norm.name
        alive = [n for n in self.law.instrument(norm.instrument).norms if n.until is None or n.until > self.on]
        there = [n for n in alive if n.citation == norm.citation or (below and norm.citation.covers(n.citation))]
        return [n for n in there if not label or (n.label or n.name) == label]

    def can_write(self, change: Change) -> bool:
        """Whether the language can say the change, and the words mean nothing else."""
        if isinstance(change, BanChange):
            return True
        norm = self.law.norms[change.norm]
        match change:
            case Repeal(_, others):
                return {n.key for n in self.meant(norm)} == {norm.key, *others}
            case Drop(condition=condition) | Swap(old=condition):
                holding = [n for n in self.meant(norm, below=False) if places_of(n, condition)]
                # Of what other clauses hold nothing is known here: the days on which a norm starts.
                return holding == [norm] and not any(start.when for start in norm.starts)
            case Add():
                return self.meant(norm, below=False) == [norm]
            case Begin():
                return self.meant(norm) == [norm]
            case _:
                return self.meant(norm) == [norm] and all(start.when is None for start in norm.starts)

    def before(self, instrument: Instrument) -> Citation:
        """The article behind which new prohibitions stand: that of the first prohibition, or another, so that they get
        into no stretch of norms that an exclusion names."""
        first = next((n for n in instrument.norms if n.kind is NormKind.FORBID), instrument.norms[0])
        unit = first.citation.path[0].partition(" ")[0]
        heads = dict.fromkeys(n.citation.path[0] for n in instrument.norms if n.citation.path[0].startswith(unit))
        ranked = [first.citation.path[0], *sorted(heads, key=lambda head: _rank(Citation((head,))), reverse=True)]
        free = (head for head in ranked if not self._inside_a_stretch(instrument, head))
        return Citation((next(free, ranked[0]),))

    def _inside_a_stretch(self, instrument: Instrument, head: str) -> bool:
        """Whether what is put in behind the article would stand between two norms that one exclusion names."""
        new = _rank(Citation((_lettered(head, "a"), "1")))
        order = instrument.norms
        earlier = [i for i, n in enumerate(order) if _rank(n.citation)[0] == new[0] and _rank(n.citation) <= new]
        at = max(earlier, key=lambda i: (_rank(order[i].citation), i)) + 1
        targeted = (NormKind.FORBID, NormKind.REQUIRE, NormKind.CLASSIFY, NormKind.PERMIT)
        behind = next((n.key for n in order[at:] if n.kind in targeted), "")
        in_front = next((n.key for n in reversed(order[:at]) if n.kind in targeted), "")
        exclusions = (n for n in self.law.norms.values() if n.kind is NormKind.EXCLUDE and not n.from_all)
        return any(behind in n.targets and in_front in n.targets for n in exclusions)

    # --- the act ----------------------------------------------------------------------------------------------

    def act(self, name: str, title: str, changes: Sequence[Change]) -> str:
        """A Markdown file with an amending act that makes the changes."""
        blocks = [self._head(name, title, changes)]
        for instrument in self.law.instruments:
            mine = [c for c in changes if self._instrument(c) == instrument.id]
            if mine:
                blocks.append("\n".join(self._amend(instrument, mine)))
        text = "\n\n".join(blocks)
        intro = "Not law: an amendment that `lagrum balance` put together, to be tried on the text it names."
        return f"# {title}\n\n{intro}\n\n```law\n{text}\n```\n"

    def _instrument(self, change: Change) -> str:
        return change.instrument if isinstance(change, BanChange) else self.law.norms[change.norm].instrument

    def _head(self, name: str, title: str, changes: Sequence[Change]) -> str:
        first = self.law.instruments[0]
        asked = {
            fact
            for change in changes
            if isinstance(change, BanChange)
            for fact in facts_of([c for c in (change.when, change.unless) if c is not None])
        }
        vocabularies = [v.id for v in self.position.vocabularies if any(f.name in asked for f in v.facts)]
        uses = list(dict.fromkeys([*first.uses, *vocabularies]))
        rows = [
            ("title", _quoted(title)),
            ("citation", _quoted(f"Draft {name}")),
            ("source", "lagrum balance"),
            ("jurisdiction", first.jurisdiction),
            ("kind", "regulation"),
            ("published", self.known.isoformat()),
            ("in force", self.known.isoformat()),
            ("uses", ", ".join(uses)),
            ("review", "made by a program; nobody has reviewed it"),
        ]
        return "\n".join([f"instrument {name}", *(f"  {key:<{_KEYS}} {value}" for key, value in rows)])

    def _amend(self, instrument: Instrument, changes: Sequence[Change]) -> Iterator[str]:
        yield f"amend {instrument.id}"
        yield f"  from {self.on.isoformat()}"
        inserted = 0
        for change in changes:
            if isinstance(change, BanChange):
                inserted += 1
                yield from _indented(["insert", *_indented(self._ban(instrument, change, inserted))])
            else:
                yield from _indented(self._change(change))

    def _change(self, change: Change) -> Iterator[str]:
        assert not isinstance(change, BanChange), "a new prohibition is inserted"
        norm = self.law.norms[change.norm]
        place = self.address(norm)
        match change:
            case Repeal():
                yield f"repeal {place}"
            case Drop(condition=condition):
                yield f"repeal in {place}"
                yield from _indented(lines_of(condition, brackets=False))
            case Add(condition=condition):
                if isinstance(norm.when, AllOf) or not isinstance(norm.when, Group):
                    yield f"insert in {place}"
                    yield from _indented(lines_of(condition))
                else:
                    assert norm.when is not None, "there is something to add to"
                    yield from _replace(place, norm.when, AllOf((norm.when, condition)))
            case Swap(old=old, new=new):
                yield from _replace(place, old, new)
            case Strip():
                yield from self._anew(place, replace(norm, unless=None))
            case BeforeUse():
                yield from self._anew(place, replace(norm, before_use=True))
            case Begin(on=on):
                yield from self._anew(place, replace(norm, starts=(Start(on),)))

    def _anew(self, place: str, norm: Norm) -> Iterator[str]:
        yield f"replace {place}"
        yield from _indented(self._sentence(norm))

    def _sentence(self, norm: Norm) -> Iterator[str]:
        """A prohibition, duty, exception or definition in full. Days by which it began already are left out."""
        if norm.kind is NormKind.DEFINE:
            yield f"define {norm.name} [{norm.citation}]"
        else:
            yield " ".join([norm.kind.value, str(norm.citation), *([_quoted(norm.label)] if norm.label else [])])
        yield from (f"  from {start.day.isoformat()}" for start in norm.starts if start.day > self.on)
        if norm.until is not None:
            yield f"  until {norm.until.isoformat()}"
        if norm.who:
            yield f"  who {', '.join(norm.who)}"
        for word, condition in (("when", norm.when), ("unless", norm.unless), ("met when", norm.met_when)):
            if condition is not None:
                yield from _indented(_clause(word, condition))
        if norm.before_use:
            yield "  before use"
        if norm.note:
            yield f"  note {_quoted(norm.note)}"

    def _ban(self, instrument: Instrument, change: BanChange, number: int) -> Iterator[str]:
        yield f"forbid {self.place_of_ban(instrument, change, number)} {_quoted(change.label)}"
        yield from _indented(_clause("when", change.when))
        if change.unless is not None:
            yield from _indented(_clause("unless", change.unless))

    def place_of_ban(self, instrument: Instrument, change: BanChange, number: int) -> Citation:
        """A citation that nothing else has: `Art. 5a(1)` behind Article 5."""
        taken = {n.citation.path[0] for n in instrument.norms}
        head = change.after.path[0]
        new = next(n for letter in "abcdefghijklmnopqrstuvwxyz" if (n := _lettered(head, letter)) not in taken)
        return Citation((new, str(number)))


def _replace(place: str, old: Condition, new: Condition) -> Iterator[str]:
    yield f"replace in {place}"
    yield from _indented(lines_of(old, brackets=False))
    yield "by"
    yield from _indented(lines_of(new))


def _clause(word: str, condition: Condition) -> Iterator[str]:
    first, *rest = lines_of(condition)
    yield f"{word} {first}"
    yield from rest


def lines_of(condition: Condition, brackets: bool = True) -> Iterator[str]:
    """A condition as it stands in a law file, the items of a group indented below its head."""
    place = f" [{condition.citation}]" if brackets and isinstance(condition, Group) and condition.citation else ""
    if isinstance(condition, Group):
        yield head_of(condition) + place
        for item in condition.items:
            yield from _indented(lines_of(item, brackets))
    else:
        line = condition.line
        yield line.text + (f" [{line.citation}]" if brackets and line.citation else "")


def head_of(group: Group) -> str:
    match group:
        case AllOf():
            return "all of"
        case AnyOf():
            return "any of"
        case AtLeast(count):
            return f"at least {count} of"
        case _:
            return "none of"


def _indented(lines: Iterable[str]) -> Iterator[str]:
    return (f"  {line}" for line in lines)


def _quoted(text: str) -> str:
    escaped = text.replace("\\", "\\\\").replace('"', '\\"')
    return f'"{escaped}"'


def _lettered(head: str, letter: str) -> str:
    return f"{head}{letter}"


def _rank(citation: Citation) -> tuple[tuple[str, int, str], ...]:
    """A citation in the order in which a text counts, as new provisions are put in their places by it."""
    unit, _, number = citation.path[0].partition(" ")
    found = [
        re.fullmatch(r"([^0-9]*?)\s*([0-9]*)([^0-9]*.*)", step, re.DOTALL) for step in (number, *citation.path[1:])
    ]
    steps = [match.groups() if match else ("", "", "") for match in found]
    return ((unit, 0, ""), *((a, int(n), rest) if n else ("", -1, a + rest) for a, n, rest in steps))
