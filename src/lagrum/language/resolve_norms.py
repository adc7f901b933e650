"""Norms: first what each sentence declares and what it is known by, then what it says."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from lagrum.language import syntax
from lagrum.language.placed import Placed
from lagrum.language.problems import Problems, quote
from lagrum.language.resolve_citations import Declared
from lagrum.language.resolve_conditions import Scope
from lagrum.model.citations import Citation
from lagrum.model.conditions import Choice, Condition, Has, HasNone, HasOnly
from lagrum.model.norms import Amount, Norm, NormKind, Start
from lagrum.model.places import Place

Identity = tuple[Citation | None, str, bool]
"""What a norm is known by, apart from its interval: see `Placed.identity`."""


@dataclass(frozen=True, slots=True)
class Sentence:
    """A norm sentence in its place, with the interval in which its wording stands."""

    node: syntax.NormS
    placed: Placed
    starts: tuple[date | None, ...]
    until: date | None

    @property
    def label(self) -> str:
        return self.placed.label

    @property
    def identity(self) -> Identity:
        return self.placed.identity

    @property
    def first(self) -> date | None:
        return min((day for day in self.starts if day is not None), default=None)


def read_intervals(norms: Sequence[tuple[syntax.NormS, Placed]], scope: Scope, in_force: date | None) -> list[Sentence]:
    """Look up the days of every norm and see that none ends before it starts, unless an act ended it."""
    found = []
    for node, placed in norms:
        starts = tuple(scope.day(start.day) for start in node.starts)
        until = scope.day(node.until) if node.until is not None else None
        latest = max((day for day in starts if day is not None), default=in_force)
        ended = placed.ended_by != ""
        if not ended and node.until is not None and until is not None and latest is not None and until <= latest:
            scope.problems.error(
                "LG0502",
                f"`until` {until} is not after the start, {latest}",
                node.until.place,
                mend="`until` is the first day on which the norm no longer applies",
                related=[(start.place, "it starts here") for start in node.starts],
            )
        found.append(Sentence(node, placed, starts, until))
    return found


def declare(
    sentences: Sequence[Sentence], instrument: str, in_force: date | None, problems: Problems
) -> list[Declared]:
    """What each norm is known by. Keys are unique and readable even where two norms wrongly share one identity."""
    at: dict[Citation, set[Identity]] = defaultdict(set)
    same: dict[Identity, list[Sentence]] = defaultdict(list)
    for sentence in sentences:
        at[sentence.node.citation].add(sentence.identity)
        same[sentence.identity].append(sentence)
    for twins in same.values():
        _check_twins(twins, in_force, problems)
    declared: list[Declared] = []
    taken: Counter[str] = Counter()
    for sentence in sentences:
        node, label = sentence.node, sentence.label
        key = f"{instrument} {node.citation}"
        if label and len(at[node.citation]) > 1:
            key += f' "{label}"'
        if node.kind == "define" and (node.citation, label, False) in at[node.citation]:
            key += " definition"
        if len(same[sentence.identity]) > 1:
            start = sentence.first or in_force
            key += f" from {start}" if start else f" until {sentence.until}"
        taken[key] += 1
        if taken[key] > 1:
            key += f" #{taken[key]}"
        declared.append(
            Declared(
                key,
                NormKind(node.kind),
                node.citation,
                label,
                node.name.text if node.name else "",
                node.tier.text if node.tier else "",
                node.place,
            )
        )
    return declared


def _check_twins(twins: Sequence[Sentence], in_force: date | None, problems: Problems) -> None:
    """Norms of one identity must follow each other in time."""
    kept = [s for s in twins if s.until is None or s.until > (s.first or in_force or date.min)]
    ordered = sorted(kept, key=lambda sentence: sentence.first or in_force or date.min)
    for earlier, later in pairwise(ordered):
        start = later.first or in_force or date.min
        if earlier.until is not None and earlier.until <= start:
            continue
        known = f"{later.node.citation}" + (f' "{later.label}"' if later.label else "")
        problems.error(
            "LG0501",
            f"two norms are known as {quote(known)} at the same time",
            later.node.place,
            mend="give each its own label, or an end to the earlier one with `until`",
            related=[(earlier.node.place, "the other one")],
        )


def definitions(declared: Sequence[Declared], scope: Scope) -> dict[str, tuple[str, ...]]:
    """Definitions by name; several keys where a definition has several wordings, one after the other."""
    found: dict[str, list[Declared]] = defaultdict(list)
    for norm in declared:
        if norm.kind is not NormKind.DEFINE:
            continue
        known = found[norm.name]
        if known and (known[0].citation, known[0].label) != (norm.citation, norm.label):
            scope.problems.error(
                "LG0407",
                f"{quote(norm.name)} is defined twice",
                norm.place,
                mend="choose another name, or define it at one citation with `until` and `from`",
                related=[(known[0].place, "first here")],
            )
            continue
        if norm.name in scope.readings:
            reading = scope.readings[norm.name][1]
            scope.problems.error(
                "LG0407",
                f"{quote(norm.name)} is also the name of a reading",
                norm.place,
                mend="choose another name",
                related=[(reading.place, "the reading")],
            )
        elif norm.name in scope.facts and not known:
            scope.problems.warning(
                "LG0416",
                f"the definition {quote(norm.name)} hides the fact of the same name",
                norm.place,
                mend="choose another name if both are needed",
                related=[(scope.facts[norm.name].place, "the fact")],
            )
        known.append(norm)
    return {name: tuple(norm.key for norm in norms) for name, norms in found.items()}


def resolve_norm(sentence: Sentence, declared: Declared, scope: Scope, tiers: Sequence[str]) -> Norm:
    """The norm with every name looked up; what is wrong is noted, and then the norm must not be used."""
    node, problems = sentence.node, scope.problems
    _check_duty(node, problems)
    starts = tuple(
        Start(day, scope.condition(start.when))
        for start, day in zip(node.starts, sentence.starts, strict=True)
        if day is not None
    )
    if declared.kind is NormKind.CLASSIFY and node.tier is not None and scope.reach is not None:
        scope.reach.tier(node.tier, tiers)
    return Norm(
        key=declared.key,
        instrument=scope.reach.instrument if scope.reach else "",
        kind=declared.kind,
        citation=node.citation,
        label=sentence.label,
        when=scope.condition(node.when),
        unless=scope.condition(node.unless),
        starts=starts,
        until=sentence.until,
        name=declared.name,
        tier=declared.tier,
        who=tuple(role.text for role in node.who),
        met_when=scope.condition(node.met_when),
        before_use=node.before_use,
        targets=_targets(node, declared, scope, tiers),
        from_all=node.from_all,
        note=node.note,
        headings=sentence.placed.headings,
        by=sentence.placed.by,
        ended_by=sentence.placed.ended_by,
        then=_presumed(node, scope),
        amount=_amount(node.amount),
        place=node.place,
    )


def _presumed(node: syntax.NormS, scope: Scope) -> Condition | None:
    """What a presumption presumes: something about one fact."""
    found = scope.condition(node.then)
    if found is not None and not isinstance(found, Choice | Has | HasOnly | HasNone):
        mend = "name the fact that is presumed, and its answer"
        scope.problems.error("LG0517", "what is presumed is the answer to a fact", _place(node.then), mend=mend)
    return found


def _place(node: syntax.Condition | None) -> Place | None:
    return node.place if node is not None else None


def _amount(node: syntax.Amount | None) -> Amount | None:
    return None if node is None else Amount(node.sum, node.currency, node.percent, node.choice)


def _check_duty(node: syntax.NormS, problems: Problems) -> None:
    if node.before_use and node.met_when is None:
        problems.error(
            "LG0504",
            "a duty `before use` must say when it is met",
            node.place,
            mend="add `met when`, or the use would be forbidden for ever",
        )


def _targets(node: syntax.NormS, declared: Declared, scope: Scope, tiers: Sequence[str]) -> tuple[str, ...]:
    """The keys of the norms that an exception lifts, an exclusion takes out or a penalty is for, each once, in document
    order."""
    reach = scope.reach
    if reach is None:
        return ()
    if node.from_all:
        return reach.everything()
    found: dict[str, None] = {}
    for target in node.targets:
        if isinstance(target, syntax.Name):
            keys = reach.tier(target, tiers)
        elif declared.kind is NormKind.PENALTY:
            keys = reach.punished(target)
        elif declared.kind is NormKind.EXCEPT:
            keys = reach.excepted(target, declared)
        else:
            keys = reach.excluded(target)
        found |= dict.fromkeys(keys)
    return tuple(found)
