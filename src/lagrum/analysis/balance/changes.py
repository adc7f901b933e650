"""Changes of a law's text: what an edit does, and the law with every edit behind a switch of its own.

A switch is a yes/no fact of a vocabulary that only the switched law has. With no switch on it is the law itself; with
some on it is the law as amended by these edits. So everything that reads laws reads all of its amendments at once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from lagrum.model.citations import Citation
from lagrum.model.conditions import AllOf, AnyOf, AtLeast, Choice, Condition, Group, Line, NoneOf
from lagrum.model.facts import Answer, Fact, FactKind
from lagrum.model.instruments import Instrument, Vocabulary
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind, Start

Path = tuple[str | int, ...]
"""Where a condition stands in a norm: its clause, then the places in the groups on the way down."""

CLAUSES = ("when", "unless", "met_when")


@dataclass(frozen=True, slots=True)
class Repeal:
    """The norm ends, and with it `others` that the same citation and label mean."""

    norm: str
    others: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Drop:
    """A condition is taken out of its lists, wherever it stands in the norm."""

    norm: str
    condition: Condition
    paths: tuple[Path, ...]


@dataclass(frozen=True, slots=True)
class Swap:
    """A condition is put in the place of another, wherever that stands in the norm."""

    norm: str
    old: Condition
    paths: tuple[Path, ...]
    new: Condition


@dataclass(frozen=True, slots=True)
class Add:
    """A further condition at the end of a norm's list."""

    norm: str
    condition: Condition


@dataclass(frozen=True, slots=True)
class Strip:
    """The norm loses its `unless`."""

    norm: str


@dataclass(frozen=True, slots=True)
class BeforeUse:
    """A duty becomes a condition of lawful use."""

    norm: str


@dataclass(frozen=True, slots=True)
class Begin:
    """A norm that is still to begin begins now."""

    norm: str
    on: date


@dataclass(frozen=True, slots=True)
class Ban:
    """A new prohibition in an instrument. `after` is the place behind which it stands."""

    instrument: str
    after: Citation
    label: str
    when: Condition
    unless: Condition | None


Change = Repeal | Drop | Swap | Add | Strip | BeforeUse | Begin | Ban


def norms_of(change: Change) -> tuple[str, ...]:
    """The keys of the norms that the change is made in; none for a new one."""
    return () if isinstance(change, Ban) else (change.norm, *(change.others if isinstance(change, Repeal) else ()))


# --- places ---------------------------------------------------------------------------------------------------


def clauses_of(norm: Norm) -> Iterator[tuple[str, Condition]]:
    for clause in CLAUSES:
        condition: Condition | None = getattr(norm, clause)
        if condition is not None:
            yield clause, condition


def everywhere(norm: Norm) -> Iterator[tuple[Path, Condition, Condition | None]]:
    """Every condition of a norm with its place and the group that holds it."""
    for clause, condition in clauses_of(norm):
        yield from _below((clause,), condition, None)


def _below(
    path: Path, condition: Condition, parent: Condition | None
) -> Iterator[tuple[Path, Condition, Condition | None]]:
    yield path, condition, parent
    if isinstance(condition, Group):
        for i, item in enumerate(condition.items):
            yield from _below((*path, i), item, condition)


def alike(one: Condition, other: Condition) -> bool:
    """Whether two conditions say the same in the same words; brackets do not count."""
    if isinstance(one, Group) and isinstance(other, Group):
        return (
            type(one) is type(other)
            and getattr(one, "count", 0) == getattr(other, "count", 0)
            and len(one.items) == len(other.items)
            and all(alike(a, b) for a, b in zip(one.items, other.items, strict=True))
        )
    if isinstance(one, Group) or isinstance(other, Group):
        return False
    return one.line.text == other.line.text


def places_of(norm: Norm, condition: Condition) -> tuple[Path, ...]:
    """Wherever a condition stands in the norm."""
    return tuple(path for path, each, _ in everywhere(norm) if alike(each, condition))


def clash(one: Change, other: Change) -> bool:
    """Whether two changes cannot both be made: they touch the same words, or one makes the other's norm anew."""
    if not set(norms_of(one)) & set(norms_of(other)):
        return False
    whole = (Repeal, Strip, BeforeUse, Begin)
    if isinstance(one, whole) or isinstance(other, whole):
        return True
    assert not isinstance(one, Ban), "a new norm shares none"
    assert not isinstance(other, Ban), "a new norm shares none"
    if isinstance(one, Add) or isinstance(other, Add):
        both = isinstance(one, Add) and isinstance(other, Add)
        return both and alike(one.condition, other.condition)  # type: ignore[union-attr]
    return any(_holds(a, b) or _holds(b, a) for a in one.paths for b in other.paths)


def _holds(outer: Path, inner: Path) -> bool:
    return inner[: len(outer)] == outer


def emptied(changes: Sequence[Change], law: Law) -> Iterator[list[int]]:
    """Sets of changes (by place in the list) that together would leave a list without conditions."""
    dropped: dict[tuple[str, Path], int] = {}
    for number, change in enumerate(changes):
        if isinstance(change, Drop):
            dropped |= {(change.norm, path): number for path in change.paths}
    for key in dict.fromkeys(change.norm for change in changes if isinstance(change, Drop)):
        for path, condition, _ in everywhere(law.norms[key]):
            if isinstance(condition, Group):
                by = [dropped.get((key, (*path, i))) for i in range(len(condition.items))]
                if all(each is not None for each in by):
                    yield sorted({each for each in by if each is not None})


# --- the law with switches ------------------------------------------------------------------------------------


def switch(number: int, name: str = "edit") -> str:
    """The fact that switches an edit on; no fact of a law can have a name with brackets."""
    return f"({name} {number})"


@dataclass(frozen=True, slots=True)
class _Switch:
    fact: str

    @property
    def on(self) -> Condition:
        return Choice(self.fact, frozenset([1]), Line(self.fact))

    @property
    def off(self) -> Condition:
        return Choice(self.fact, frozenset([0]), Line(f"not {self.fact}"))


def switched(law: Law, changes: Sequence[Change], vocabularies: Iterable[Vocabulary] = (), name: str = "edit") -> Law:
    """The law with each change behind a switch; new prohibitions may use the further vocabularies."""
    facts = [switch(i, name) for i in range(len(changes))]
    by_norm: dict[str, list[tuple[_Switch, Change]]] = defaultdict(list)
    for fact, change in zip(facts, changes, strict=True):
        for key in norms_of(change) or ("",):
            by_norm[key].append((_Switch(fact), change))
    instruments = tuple(_instrument(i, law, by_norm) for i in law.instruments)
    own = Vocabulary(f"({name})", "", tuple(_fact(fact, name) for fact in facts), ())
    used = {v.id: v for v in (*law.vocabularies, *vocabularies, own)}
    return Law(law.id, instruments, tuple(used.values()), law.readings, law.hash, law.attached)


def _fact(name: str, vocabulary: str) -> Fact:
    return Fact(name, name, FactKind.YES_NO, (Answer("no"), Answer("yes")), f"({vocabulary})")


def _instrument(instrument: Instrument, law: Law, by_norm: Mapping[str, list[tuple[_Switch, Change]]]) -> Instrument:
    copied = {
        norm.key: [(s, c) for s, c in by_norm.get(norm.key, ()) if isinstance(c, BeforeUse | Begin)]
        for norm in law.norms.values()
    }
    norms: list[Norm] = []
    for norm in instrument.norms:
        changed = _norm(norm, by_norm.get(norm.key, ()))
        targets = [t for key in norm.targets for t in (key, *(_copy_key(key, s) for s, _ in copied.get(key, ())))]
        norms.append(replace(changed, targets=tuple(targets)))
        norms += (_copy(norm, s, c) for s, c in copied[norm.key])
    norms += (
        Norm(
            key=f"{instrument.id} {s.fact}",
            instrument=instrument.id,
            kind=NormKind.FORBID,
            citation=Citation((s.fact,)),
            label=change.label,
            when=AllOf((s.on, change.when)),
            unless=change.unless,
        )
        for s, change in by_norm.get("", ())
        if isinstance(change, Ban) and change.instrument == instrument.id
    )
    return replace(instrument, norms=tuple(norms))


def _copy_key(key: str, by: _Switch) -> str:
    return f"{key} {by.fact}"


def _copy(norm: Norm, by: _Switch, change: Change) -> Norm:
    """The norm as a change has it, behind the switch: it stands beside the old one, and forbids at least as much."""
    when = by.on if norm.when is None else AllOf((by.on, norm.when))
    copy = replace(norm, key=_copy_key(norm.key, by), when=when)
    return replace(copy, starts=(Start(change.on),)) if isinstance(change, Begin) else replace(copy, before_use=True)


def _norm(norm: Norm, changes: Iterable[tuple[_Switch, Change]]) -> Norm:
    within = [(s, c) for s, c in changes if isinstance(c, Drop | Swap)]
    if within:
        new = {clause: _rewritten((clause,), condition, within) for clause, condition in clauses_of(norm)}
        norm = replace(norm, when=new.get("when"), unless=new.get("unless"), met_when=new.get("met_when"))
    for by, change in changes:
        match change:
            case Repeal():
                norm = replace(norm, when=by.off if norm.when is None else AllOf((by.off, norm.when)))
            case Strip():
                assert norm.unless is not None, "what is stripped is there"
                norm = replace(norm, unless=AllOf((by.off, norm.unless)))
            case Add(condition=more):
                either = AnyOf((by.off, more))
                norm = replace(norm, when=either if norm.when is None else AllOf((either, norm.when)))
            case _:
                pass
    return norm


def _rewritten(path: Path, condition: Condition, changes: Sequence[tuple[_Switch, Drop | Swap]]) -> Condition:
    if isinstance(condition, Group):
        items: list[Condition] = []
        for i, item in enumerate(condition.items):
            new = _rewritten((*path, i), item, changes)
            for by, change in changes:
                if isinstance(change, Drop) and (*path, i) in change.paths:
                    # What is not in a list asks for nothing: of `all of` it holds, of the others it does not count.
                    new = AnyOf((by.on, new)) if isinstance(condition, AllOf) else AllOf((by.off, new))
            items.append(new)
        condition = _regrouped(condition, tuple(items))
    for by, change in changes:
        if isinstance(change, Swap) and path in change.paths:
            condition = AnyOf((AllOf((by.off, condition)), AllOf((by.on, change.new))))
    return condition


def _regrouped(group: Group, items: tuple[Condition, ...]) -> Condition:
    match group:
        case AllOf():
            return AllOf(items, group.citation)
        case AnyOf():
            return AnyOf(items, group.citation)
        case NoneOf():
            return NoneOf(items, group.citation)
        case AtLeast(count):
            return AtLeast(count, items, group.citation)
