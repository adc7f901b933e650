"""Facts as forms: what a control shows of an answer, and the answer that a form gives back.

The fields of a fact are named by its slug: `SLUG` holds what was chosen (the values of a case file, or the names that
were ticked), `SLUG.how` how ticks are meant, `SLUG.exact` a number or a day itself, `SLUG.kept` an answer that no
simple choice shows; `SLUG.basis`, `SLUG.by` and `SLUG.on` say how it is known. `fact` lists the slugs that a form asks
about.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date

from starlette.datastructures import FormData

from lagrum.language import parse_given
from lagrum.language.casewrite import scalar, value_of
from lagrum.model.cases import Given
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.facts import Fact, FactKind, Question, size_of

Say = Callable[[str], str]
BASES = ("stated", "assumed", "judged")
LONGEST = 200  # letters, of a name
UNKNOWN, NONE, KEPT, OPEN = "unknown", "none", "kept", "open"
EXACTLY, INCLUDING, NOT = "exactly", "including", "not"
_THOUSANDS = re.compile(r"[0-9]{1,3}(,[0-9]{3})+(\.[0-9]+)?")


class FieldError(ValueError):
    """What is wrong with one field of a form; `field` is the id to which the page leads."""

    def __init__(self, field: str, sentence: str) -> None:
        super().__init__(sentence)
        self.field, self.sentence = field, sentence


@dataclass(frozen=True, slots=True)
class Filled:
    """The fields of one fact as they stand in a form. `kept` is a value of a case file; `basis` is None where the form
    does not ask for it."""

    chosen: tuple[str, ...] = ()
    how: tuple[str, ...] = ()
    exact: str = ""
    kept: str = ""
    basis: str | None = None
    by: str = ""
    on: str = ""


def slug_of(name: str) -> str:
    """The name of a fact in addresses and forms.

    >>> slug_of("one's own wearable or device")
    'one-s-own-wearable-or-device'
    """
    return re.sub(r"[^a-z0-9]+", "-", name.lower()).strip("-")


def by_slug(facts: Mapping[str, Fact]) -> dict[str, Fact]:
    """The facts by their slugs."""
    return {slug_of(name): fact for name, fact in facts.items()}


# --- from an answer to a form ----------------------------------------------------------------------------------------


def filled_of(fact: Fact, given: Given | None) -> Filled:
    """The fields that show an answer; empty ones where nothing is said."""
    value = value_of(given, fact) if given is not None else ""
    if given is None or not value:
        return Filled(basis="stated")
    known = Filled(basis=given.basis, by=given.by, on=given.on.isoformat() if given.on else "")
    if fact.several:
        return _ticks_of(fact, given, value, known)
    exact = value.strip('"')
    if fact.cuts and exact[:1].isdigit():
        return replace(known, exact=exact.partition(" ")[0])
    left = next((answers for _, answers in given.open), frozenset[int]())
    if len(left) == 1:
        return replace(known, chosen=(fact.answers[min(left)].name,))
    return replace(known, chosen=(value,), kept=value)


def _ticks_of(fact: Fact, given: Given, value: str, known: Filled) -> Filled:
    settled = {q.member: min(answers) for q, answers in given.open if len(answers) < size_of(fact)}
    yes = tuple(answer.name for i, answer in enumerate(fact.answers) if settled.get(i) == 1)
    no = tuple(answer.name for i, answer in enumerate(fact.answers) if settled.get(i) == 0)
    if len(settled) == len(fact.answers):
        return replace(known, chosen=yes, how=(EXACTLY if yes else NONE,))
    if yes and no:
        return replace(known, chosen=yes, how=(KEPT,), kept=value)
    return replace(known, chosen=yes or no, how=(INCLUDING if yes else NOT,))


# --- from a form to an answer ----------------------------------------------------------------------------------------


def filled_from(fact: Fact, form: FormData) -> Filled:
    """The fields of a fact in a form that was sent."""
    slug = slug_of(fact.name)

    def one(name: str) -> str:
        value = form.get(f"{slug}.{name}", "")
        return " ".join(value.split()) if isinstance(value, str) else ""

    def several(name: str) -> tuple[str, ...]:
        return tuple(value for value in form.getlist(name) if isinstance(value, str) and value)

    basis = one("basis") or None
    return Filled(several(slug), several(f"{slug}.how"), one("exact"), one("kept"), basis, one("by"), one("on"))


def read(fact: Fact, filled: Filled, gettext: Say, required: bool = False) -> Given | None:
    """The answer that a form gives; None for *I don't know* and for what was not said. Raises `FieldError`, also for
    nothing at all where an answer is `required`."""
    value = (_several if fact.several else _one)(fact, filled, gettext)
    if value is None:
        if required and UNKNOWN not in (*filled.chosen, *filled.how):
            raise FieldError(slug_of(fact.name), _missing(fact, gettext))
        return None
    given = _parsed(fact, value, gettext("This is no answer to the question."))
    return _known(fact, given, filled, gettext) if given.open else None


def read_all(
    form: FormData, facts: Iterable[Fact], gettext: Say
) -> tuple[dict[str, Given | None], dict[str, Filled], list[tuple[str, str]]]:
    """Every fact that a form asks about: the answers by fact, the fields of those that are wrong, and what is wrong."""
    asked = set(form.getlist("fact"))
    answers: dict[str, Given | None] = {}
    wrong: dict[str, Filled] = {}
    errors: list[tuple[str, str]] = []
    for fact in facts:
        if slug_of(fact.name) in asked:
            filled = filled_from(fact, form)
            try:
                answers[fact.name] = read(fact, filled, gettext)
            except FieldError as error:
                wrong[fact.name] = filled
                errors.append((error.field, error.sentence))
    return answers, wrong, errors


def _missing(fact: Fact, gettext: Say) -> str:
    if fact.several:
        return gettext("Choose what is so, none of these, or that you don't know")
    if fact.cuts:
        return gettext("Give the value, choose a stretch, or choose that you don't know")
    return gettext("Choose an answer, or choose that you don't know")


def _parsed(fact: Fact, value: str, otherwise: str) -> Given:
    try:
        return parse_given(f"{fact.name}={value}", {fact.name: fact})
    except InvalidInput:
        raise FieldError(slug_of(fact.name), otherwise) from None


def _one(fact: Fact, filled: Filled, gettext: Say) -> str | None:
    chosen = next(iter(filled.chosen), "")
    if not filled.exact:
        return None if chosen in ("", UNKNOWN) else chosen
    exact = _number(filled.exact) if fact.kind is FactKind.NUMBER else filled.exact
    otherwise = (
        gettext("Write the number in plain digits, for example 4")
        if fact.kind is FactKind.NUMBER
        else gettext("Write year, month and day: 2026-11-22.")
    )
    given = _parsed(fact, exact, otherwise)
    if chosen and (chosen == UNKNOWN or _parsed(fact, chosen, otherwise).open != given.open):
        raise FieldError(slug_of(fact.name), gettext("Give the value itself or one of the stretches, not both"))
    return exact


def _number(text: str) -> str:
    """A number as people write it, as a case file has it: `1,530` is 1530, `4,5` is 4.5."""
    bare = text.replace(" ", "")
    if not re.fullmatch(r"[0-9.,]+", bare):
        return text
    return bare.replace(",", "") if _THOUSANDS.fullmatch(bare) else bare.replace(",", ".")


def _several(fact: Fact, filled: Filled, gettext: Say) -> str | None:
    slug, ticked, how = slug_of(fact.name), filled.chosen, set(filled.how)
    alone = how & {NONE, UNKNOWN}
    if len(alone) > 1 or (alone and ticked):
        raise FieldError(slug, gettext("Keep either what you ticked or the answer below it, not both"))
    if alone:
        return "none" if NONE in alone else None
    if KEPT in how:
        kept = filled_of(fact, _parsed(fact, filled.kept, gettext("This is no answer to the question.")))
        if set(kept.chosen) != set(ticked):
            raise FieldError(slug, gettext("Say how your ticks are meant"))
        return filled.kept
    if not ticked:
        if how:
            raise FieldError(slug, _missing(fact, gettext))
        return None
    names = f"[{', '.join(map(scalar, ticked))}]"
    if EXACTLY in how and OPEN not in how:
        return f"{{exactly: {names}}}"
    return f"{{not: {names}}}" if NOT in how else f"{{including: {names}}}"


def _known(fact: Fact, given: Given, filled: Filled, gettext: Say) -> Given:
    """The answer with how it is known; who judged it makes it judged where the form does not ask for more."""
    slug = slug_of(fact.name)
    basis = filled.basis or ("judged" if filled.by else "stated")
    if basis not in (*BASES, "indicated"):
        raise FieldError(f"{slug}.basis", gettext("Choose how this is known"))
    if len(filled.by) > LONGEST:
        raise FieldError(f"{slug}.by", gettext("This name is too long"))
    try:
        day = date.fromisoformat(filled.on) if filled.on else None
    except ValueError:
        raise FieldError(f"{slug}.on", gettext("Write year, month and day: 2026-11-22.")) from None
    return replace(given, basis=basis, by=filled.by, on=day)


def same(a: Given | None, b: Given | None) -> bool:
    """Whether two answers say the same, known in the same way."""
    if a is None or b is None:
        return (a is None or not a.open) and (b is None or not b.open)
    return (_open(a), a.basis, a.by, a.on) == (_open(b), b.basis, b.by, b.on)


def _open(given: Given) -> dict[Question, frozenset[int]]:
    return dict(given.open)
