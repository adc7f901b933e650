"""Citations: which norms a cited place holds, and what to say where it holds none."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from lagrum.language import syntax
from lagrum.language.problems import Problems, listing, quote
from lagrum.language.words import words_of_cite
from lagrum.model.citations import Citation
from lagrum.model.norms import NormKind
from lagrum.model.places import Place

APPLICABLE = (NormKind.FORBID, NormKind.REQUIRE, NormKind.CLASSIFY, NormKind.DEFINE)
"""What can be said to apply."""
EXCLUDABLE = (NormKind.FORBID, NormKind.PERMIT, NormKind.REQUIRE, NormKind.CLASSIFY)
"""What an exclusion takes out; scope, exclusions and definitions stand before it, exceptions with what they lift."""
_DUTIES = (NormKind.REQUIRE,)
_PUNISHABLE = (NormKind.FORBID, NormKind.REQUIRE)

_WORDS = {
    NormKind.SCOPE: "a scope rule",
    NormKind.EXCLUDE: "an exclusion",
    NormKind.DEFINE: "a definition",
    NormKind.FORBID: "a prohibition",
    NormKind.PERMIT: "a permission",
    NormKind.REQUIRE: "a duty",
    NormKind.CLASSIFY: "a class",
    NormKind.EXCEPT: "an exception",
    NormKind.PRESUME: "a presumption",
    NormKind.PENALTY: "a penalty",
}


@dataclass(frozen=True, slots=True)
class Declared:
    """A norm as its sentence declares it, before its conditions are read."""

    key: str
    kind: NormKind
    citation: Citation
    label: str
    name: str
    tier: str
    place: Place


@dataclass
class Citations:
    """The norms of every instrument, in document order. `broken` are instruments known to have errors."""

    norms: Mapping[str, Sequence[Declared]]
    broken: frozenset[str] = frozenset()


@dataclass
class Reach:
    """Looks up what the citations of one instrument reach. `foreign` gathers the other instruments it names."""

    instrument: str
    citations: Citations
    problems: Problems
    foreign: dict[str, Place] = field(default_factory=dict)

    def applicable(self, cite: syntax.Cite) -> tuple[str, ...]:
        """Prohibitions, duties and classes at the citation or below it; definitions only where none of these stands
        there, or where its label names one."""
        found = self._under(cite)
        rules = [norm for norm in found if norm.kind in APPLICABLE and norm.kind is not NormKind.DEFINE]
        return self._pick(rules or found, APPLICABLE, cite, "prohibition, duty, class or definition")

    def duties(self, cite: syntax.Cite) -> tuple[str, ...]:
        """Duties at the citation or below it."""
        return self._pick(self._under(cite), _DUTIES, cite, "duty")

    def punished(self, target: syntax.Cite | syntax.CiteRange) -> tuple[str, ...]:
        """What a penalty is for."""
        found = self._range(target) if isinstance(target, syntax.CiteRange) else self._under(target)
        return self._pick(found, _PUNISHABLE, target, "prohibition or duty")

    def excluded(self, target: syntax.Cite | syntax.CiteRange) -> tuple[str, ...]:
        """What an exclusion from this citation or range takes out."""
        found = self._range(target) if isinstance(target, syntax.CiteRange) else self._under(target)
        return self._pick(found, EXCLUDABLE, target, "prohibition, permission, duty or class")

    def excepted(self, target: syntax.Cite | syntax.CiteRange, exception: Declared) -> tuple[str, ...]:
        """The norms at exactly the citation; definitions and scope only where nothing else stands there. An exception
        never means itself, and where it stands at the very place it names without a label, it means what the place
        says, not the other exceptions there."""
        if isinstance(target, syntax.CiteRange):
            found = self._range(target)
        else:
            found = [norm for norm in self._under(target) if norm.citation == target.citation]
        rules = [norm for norm in found if norm.kind not in (NormKind.DEFINE, NormKind.SCOPE)] or found
        others = [norm for norm in rules if norm.key != exception.key]
        if isinstance(target, syntax.Cite) and target.label is None and target.citation == exception.citation:
            others = [norm for norm in others if norm.kind is not NormKind.EXCEPT]
        if found and not others:
            self.problems.error("LG0503", "an exception cannot lift itself", target.place, mend="name another norm")
        elif not found and isinstance(target, syntax.Cite) and (below := self._under(target, quiet=True)):
            self.problems.error(
                "LG0408",
                f"nothing stands at {quote(words_of_cite(target))} itself, only below it",
                target.place,
                mend=f"an exception names the very place: {listing([str(norm.citation) for norm in below])}",
            )
        return tuple(norm.key for norm in others)

    def tier(self, name: syntax.Name, tiers: Sequence[str]) -> tuple[str, ...]:
        """The classes of one tier of the own instrument."""
        if name.text not in tiers:
            known = f"the tiers are {listing(tiers)}" if tiers else "the instrument declares no tiers"
            mend = self.problems.meant(name.text, tiers) or known
            self.problems.error("LG0413", f"no tier is called {quote(name.text)}", name.place, mend=mend)
            return ()
        return tuple(norm.key for norm in self._own() if norm.tier == name.text)

    def everything(self) -> tuple[str, ...]:
        """All that an exclusion `from all` takes out."""
        return tuple(norm.key for norm in self._own() if norm.kind in EXCLUDABLE)

    def _own(self) -> Sequence[Declared]:
        return self.citations.norms.get(self.instrument, ())

    def _of(self, cite: syntax.Cite) -> Sequence[Declared] | None:
        """The norms of the cited instrument; None where it is not there, or too broken to say what it holds."""
        owner = cite.instrument or self.instrument
        if owner != self.instrument:
            if owner not in self.citations.norms and owner not in self.citations.broken:
                known = [*self.citations.norms, *self.citations.broken]
                mend = self.problems.meant(owner, known) or "load the folder that holds it too"
                self.problems.error("LG0410", f"no instrument is called {quote(owner)}", cite.place, mend=mend)
                return None
            self.foreign.setdefault(owner, cite.place)
        return self.citations.norms.get(owner)

    def _under(self, cite: syntax.Cite, quiet: bool = False) -> list[Declared]:
        norms = self._of(cite)
        if norms is None:
            return []
        found = [norm for norm in norms if cite.citation.covers(norm.citation)]
        if cite.label is not None:
            labelled = [norm for norm in found if norm.label == cite.label]
            if found and not labelled and not quiet:
                labels = [norm.label for norm in found if norm.label]
                known = f"there are {listing(labels)}" if labels else "leave the label out"
                self.problems.error(
                    "LG0408",
                    f"no norm at {quote(str(cite.citation))} has the label {quote(cite.label)}",
                    cite.place,
                    mend=self.problems.meant(cite.label, labels) or known,
                )
                return []
            found = labelled
        if not found and not quiet and (cite.instrument or self.instrument) not in self.citations.broken:
            self._missing(cite, norms)
        return found

    def _missing(self, cite: syntax.Cite, norms: Sequence[Declared]) -> None:
        near = self.nearest(cite.citation, (norm.citation for norm in norms))
        self.problems.error(
            "LG0408",
            f"nothing is encoded at {quote(words_of_cite(cite))}",
            cite.place,
            mend=f"the nearest that there is: {quote(str(near))}" if near else "the instrument holds no norm yet",
        )

    def nearest(self, wanted: Citation, known: Iterable[Citation]) -> Citation | None:
        """The existing citation that shares the longest path with a missing one, then the one most like it."""
        best: list[Citation] = []
        longest = 0
        for citation in dict.fromkeys(known):
            shared = next(
                (i for i, (a, b) in enumerate(zip(wanted.path, citation.path, strict=False)) if a != b),
                min(len(wanted.path), len(citation.path)),
            )
            if shared > longest:
                best, longest = [], shared
            if shared == longest:
                best.append(citation)
        if not best:
            return None
        named = {str(citation): citation for citation in best}
        close = self.problems.nearest(str(wanted), named)
        return named[close] if close else best[0]

    def _range(self, span: syntax.CiteRange) -> list[Declared]:
        """Everything between the first norm at or below the first citation and the last at or below the last."""
        last = span.last
        if last.instrument is None and span.first.instrument is not None:
            last = syntax.Cite(last.place, last.citation, span.first.instrument, last.label)
        norms = self._of(span.first)
        starts, ends = self._under(span.first), self._under(last)
        if norms is None or not starts or not ends:
            return []
        order = {norm.key: i for i, norm in enumerate(norms)}
        if ends[-1].key not in order or order[ends[-1].key] < order[starts[0].key]:
            self.problems.error(
                "LG0414",
                f"{quote(words_of_cite(last))} does not come after {quote(words_of_cite(span.first))}",
                span.place,
                mend="a range goes by the order in which the instrument's norms stand",
            )
            return []
        return list(norms[order[starts[0].key] : order[ends[-1].key] + 1])

    def _pick(
        self,
        found: Sequence[Declared],
        kinds: Sequence[NormKind],
        at: syntax.Cite | syntax.CiteRange,
        wanted: str,
    ) -> tuple[str, ...]:
        keys = tuple(norm.key for norm in found if norm.kind in kinds)
        if found and not keys:
            cite = at.first if isinstance(at, syntax.CiteRange) else at
            held = list(dict.fromkeys(_WORDS[norm.kind] for norm in found))
            self.problems.error(
                "LG0409",
                f"{quote(words_of_cite(cite))} holds no {wanted}",
                at.place,
                mend=f"it holds {', '.join(held)}",
            )
        return keys
