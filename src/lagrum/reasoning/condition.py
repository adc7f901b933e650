"""A case as a law sees it: which of its facts the law reads, what is assumed, and whether it can be at all."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date
from functools import cached_property

from lagrum.model.cases import Case, Given
from lagrum.model.diagnostics import Diagnostic, InvalidInput, Related
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.reasoning.because import smallest_reason
from lagrum.reasoning.bench import Bench, bench_of
from lagrum.reasoning.here import Here
from lagrum.reasoning.words import said
from lagrum.semantics.clauses import Clauses
from lagrum.semantics.logic import TRUE
from lagrum.semantics.presumed import presumed_away, presumptions


@dataclass(frozen=True)
class Known:
    """What is known of a case, for one law.

    `box` holds the answers left open by facts that the law reads and the case narrows, `assumed` those that were filled
    in for the asking; `unread` the facts of the case that the law does not read.
    """

    given: Mapping[Question, Given]
    stated: Mapping[Question, frozenset[int]]
    assumed: Mapping[Question, frozenset[int]]
    unread: tuple[Given, ...]

    @cached_property
    def box(self) -> dict[Question, frozenset[int]]:
        return {**self.stated, **self.assumed}

    @cached_property
    def basis(self) -> dict[Question, str]:
        """How each answer is known."""
        return {q: self.given[q].basis if q in self.given else "assumed" for q in self.box}


ASSUMABLE = (("rest", "usual"), ("presumptions", "stand"))


def here_for(law: Law, day: date, case: Case) -> tuple[Here, Known]:
    """The possible cases of a case, with the presumptions that it assumes to stand, and what is known of it. Raises
    `InvalidInput` where it says what cannot be."""
    bench = bench_of(law)
    known = know(bench, day, case)
    if case.assume.get("presumptions") != "stand":
        return bench.here(day, known.box), known
    standing = _standing(bench.here(day, known.stated))
    known = know(bench, day, case, standing)
    return bench.here(day, known.box, standing), known


def without_assumptions(here: Here, known: Known) -> tuple[Ruling, ...] | None:
    """The rulings possible without what is assumed or presumed; None where nothing is."""
    firm = {q: answers for q, answers in known.box.items() if known.basis[q] != "assumed"}
    if len(firm) == len(known.box) and not here.presuming:
        return None
    return here.presume().inside(firm).possible_rulings()


def _standing(stated: Here) -> tuple[str, ...]:
    """The presumptions that can matter to the case, without those that what is stated of it contradicts."""
    kept: list[str] = []
    for norm in presumptions(stated.law):
        before = stated.presume(*kept)
        if before.can(presumed_away(stated.compiled, norm.key)) and stated.presume(*kept, norm.key).possible:
            kept.append(norm.key)
    return tuple(kept)


def know(bench: Bench, day: date, case: Case, presuming: tuple[str, ...] = ()) -> Known:
    """Read the case for a law. Raises `InvalidInput` where it says what no possible case can be."""
    stated: dict[Question, frozenset[int]] = {}
    given: dict[Question, Given] = {}
    unread: list[Given] = []
    for fact in case.facts.values():
        if not any(question in bench.sizes for question, _ in fact.open):
            unread.append(fact)
        for question, answers in fact.open:
            if question in bench.sizes and len(answers) < bench.sizes[question]:
                stated[question], given[question] = answers, fact
    known = Known(given, {q: stated[q] for q in bench.over if q in stated}, {}, tuple(unread))
    here = bench.here(day, known.stated, presuming)
    if not here.possible:
        raise InvalidInput([_contradiction(bench, day, known)])
    return replace(known, assumed=_assumed(here, case, known))


def _assumed(here: Here, case: Case, known: Known) -> dict[Question, frozenset[int]]:
    """The usual answers to what the case leaves unknown, as many as can be true together."""
    for name, value in case.assume.items():
        if (name, value) not in ASSUMABLE:
            message = f"`{name}: {value}` is nothing that can be assumed"
            help_ = "write `rest: usual`, `presumptions: stand`, or leave `assume` empty"
            raise InvalidInput([Diagnostic("LG0652", message, help=help_)])
    if "rest" not in case.assume:
        return {}
    usual: dict[Question, frozenset[int]] = {}
    for question in here.bench.over:
        fact = here.law.facts[question.fact]
        if question not in known.stated and fact.usual is not None:
            answer = int(question.member in fact.usual) if fact.several else min(fact.usual)
            usual[question] = frozenset([answer])
    left_out = here.otherwise(usual)
    assert left_out is not None, "the case was found to be possible"
    return {q: answers for q, answers in usual.items() if q not in left_out}


def _contradiction(bench: Bench, day: date, known: Known) -> Diagnostic:
    """Name the fewest given answers that cannot be together, and the statements that say so."""
    empty = [q for q, answers in known.stated.items() if not answers]
    chosen = frozenset(empty[:1]) or smallest_reason(bench.here(day, known.stated), TRUE, known.basis)[0]
    written = {q: i for i, q in enumerate(known.given)}  # told in the order of the case file
    box = {q: known.stated[q] for q in sorted(chosen, key=written.__getitem__)}
    against = list(bench.impossible)
    for statement in bench.impossible:  # leave out each that is not needed
        rest = [other for other in against if other is not statement]
        without = Clauses(bench.circuit, (other.node for other in rest))
        if not without.solve(without.answers(box)):
            against = rest
    reasons = "; ".join(f"`{each.statement.reason}`" for each in against)
    related = tuple(Related(each.statement.place, "said here") for each in against if each.statement.place is not None)
    if not chosen:
        message = f"the vocabulary lets nothing be: {reasons}"
        place = against[0].statement.place if against else None
        return Diagnostic("LG0651", message, place, "mend the `impossible` statements", related=related[1:])
    facts = " and ".join(f"`{said(bench.law.facts[q.fact], q, box[q]) if box[q] else q.fact}`" for q in box)
    places = [place for q in box if (place := known.given[q].place) is not None]
    message = f"{facts} cannot {'both ' if len(box) == 2 else ''}be so" if len(box) < 3 else f"{facts} cannot all be so"
    return Diagnostic(
        "LG0650",
        message + (f": {reasons}" if reasons else ""),
        places[0] if places else None,
        "change one of these answers, or leave it out",
        "this answer" if len(box) == 1 else "one of them",
        (*(Related(place, "and this") for place in places[1:]), *related),
    )
