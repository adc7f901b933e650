"""Circles: definitions, exceptions and references that would rest on themselves.

What a norm says may rest on other norms. `docs/explanation/semantics.md` says when this looks at scope and exclusions
(`applies`) and when it does not (`stands`), so a norm counts here once in each sense; only a circle within these is an
error, and so `exempt unless it falls under Article 5` is none.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence

from lagrum.language.problems import Problems, quote
from lagrum.model.conditions import Applies, Defined, IsMet, singles
from lagrum.model.instruments import Instrument
from lagrum.model.norms import Norm, NormKind

DEEPEST = 200
"""Longest allowed chain of norms that rest on each other; real laws stay below ten."""

Sense = tuple[str, str, bool]
"""What is asked (`stands`, `applies`, `met`), of which norm, and whether before scope and exclusions."""


class _Web:
    """Which question about a norm rests on which others."""

    def __init__(self, norms: Mapping[str, Norm], attached: Mapping[str, Sequence[Instrument]]) -> None:
        self.norms = norms
        self.attached = attached
        self.order = {key: i for i, key in enumerate(norms)}
        self.exceptions: dict[str, list[str]] = defaultdict(list)
        self.exclusions: dict[str, list[str]] = defaultdict(list)
        self.scopes: dict[str, list[str]] = defaultdict(list)
        for norm in norms.values():
            if norm.kind is NormKind.SCOPE:
                self.scopes[norm.instrument].append(norm.key)
            for target in norm.targets:
                if norm.kind is NormKind.EXCEPT:
                    self.exceptions[target].append(norm.key)
                elif norm.kind is NormKind.EXCLUDE:
                    self.exclusions[target].append(norm.key)
        self.long: set[str] = set()  # norms at the end of a chain that is too long, told already
        self.bare: dict[str, bool] = {}
        for norm in norms.values():
            if norm.kind in (NormKind.SCOPE, NormKind.EXCLUDE):
                self._mark(norm.key)

    def _mark(self, key: str) -> None:
        """Scope norms and exclusions are asked before scope and exclusions, and so is every exception to them."""
        waiting = [key]
        while waiting:
            key = waiting.pop()
            if not self.bare.get(key):
                self.bare[key] = True
                waiting.extend(self.exceptions[key])

    def below(self, sense: Sense) -> Iterator[Sense]:
        """The questions that a question rests on."""
        what, key, bare = sense
        norm = self.norms[key]
        before = bare or self.bare.get(key, False)
        if what == "met":
            yield ("stands", key, bare)
            for law in self.attached.get(key, ()):
                yield from (("stands", scope, False) for scope in self.scopes[law.id])
                yield from (("applies", n.key, False) for n in law.norms if n.kind is NormKind.PERMIT)
            conditions = [norm.met_when]
        else:
            conditions = [norm.when, norm.unless, *(start.when for start in norm.starts)]
            for other in self.exceptions[key]:
                yield ("stands", other, bare)
            if what == "applies" and norm.kind is not NormKind.DEFINE and not before:
                for other in (*self.scopes[norm.instrument], *self.exclusions[key]):
                    yield ("stands", other, False)
        for condition in conditions:
            for single in singles(condition):
                match single:
                    case Defined(other):
                        yield ("stands", other, before)
                    case Applies(others):
                        yield from (("stands" if before else "applies", other, before) for other in others)
                    case IsMet(others):
                        yield from (("met", other, before) for other in others)
                    case _:
                        pass


def find_cycles(instruments: Sequence[Instrument], problems: Mapping[str, Problems]) -> None:
    """Note every circle, each once, with the instrument of the norm it is found at; and chains that are too long."""
    norms = [norm for instrument in instruments for norm in instrument.norms]
    attached: dict[str, list[Instrument]] = defaultdict(list)
    for instrument in instruments:
        for key in {key for attachment in instrument.attaches for key in attachment.norms}:
            attached[key].append(instrument)
    web = _Web({norm.key: norm for norm in norms}, attached)
    depth: dict[Sense, int] = {}
    reported: set[frozenset[str]] = set()
    for norm in norms:
        for start in (("stands", norm.key, False), ("applies", norm.key, False), ("met", norm.key, False)):
            _walk(start, web, depth, reported, problems)


def _walk(
    start: Sense,
    web: _Web,
    depth: dict[Sense, int],
    reported: set[frozenset[str]],
    problems: Mapping[str, Problems],
) -> None:
    """Depth first, without recursion: what comes back to a question that is still open is a circle."""
    if start in depth:
        return
    path: list[Sense] = [start]
    open_at = {start: 0}
    pending = [_known(web, start)]
    deepest = [0]
    while path:
        sense = next(pending[-1], None)
        if sense is None:
            pending.pop()
            done = path.pop()
            del open_at[done]
            depth[done] = deepest.pop() + 1
            if depth[done] == DEEPEST + 1 and done[0] == "stands" and done[1] not in web.long:
                web.long.add(done[1])
                _too_long(web.norms[done[1]], problems)
            if deepest:
                deepest[-1] = max(deepest[-1], depth[done])
        elif sense in open_at:
            _report([key for _, key, _ in path[open_at[sense] :]], web, reported, problems)
        elif sense in depth:
            deepest[-1] = max(deepest[-1], depth[sense])
        else:
            open_at[sense] = len(path)
            path.append(sense)
            pending.append(_known(web, sense))
            deepest.append(0)


def _known(web: _Web, sense: Sense) -> Iterator[Sense]:
    return (below for below in web.below(sense) if below[1] in web.norms)


def _report(
    keys: Sequence[str],
    web: _Web,
    reported: set[frozenset[str]],
    problems: Mapping[str, Problems],
) -> None:
    found = list(dict.fromkeys(keys))
    first = min(range(len(found)), key=lambda i: web.order[found[i]])
    ring = found[first:] + found[:first]
    if frozenset(ring) in reported:
        return
    reported.add(frozenset(ring))
    norms = web.norms
    named = [quote(norms[key].name or key) for key in ring]
    shown = [*named[:6], "…"] if len(named) > 6 else named
    message = f"{named[0]} rests on itself" + (f": {' → '.join([*shown, named[0]])}" if len(named) > 1 else "")
    for instrument in dict.fromkeys(norms[key].instrument for key in ring):
        mine = next(norms[key] for key in ring if norms[key].instrument == instrument)
        problems[instrument].error(
            "LG0503",
            message,
            mine.place,
            mend="take one of the references out of the circle",
            related=[(norms[key].place, "part of the circle") for key in ring[:6] if key != mine.key],
        )


def _too_long(norm: Norm, problems: Mapping[str, Problems]) -> None:
    problems[norm.instrument].error(
        "LG0507",
        f"{quote(norm.name or norm.key)} rests on a chain of more than {DEEPEST} norms",
        norm.place,
        mend="name the conditions at the end of the chain directly",
    )
