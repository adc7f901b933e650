"""The long analyses as questions that can be written down as JSON, and asked here or in another process."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import chain
from typing import Any, Protocol

from lagrum.analysis.audit import KINDS, Audit, unread_facts
from lagrum.analysis.balance import MOST_EDITS
from lagrum.analysis.compare import FORBIDDEN, Subject, Yardstick
from lagrum.analysis.progress import Tell
from lagrum.library import Library
from lagrum.model.citations import Citation, parse_citation
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.reasoning.envelope import envelope
from lagrum.service.kept import (
    Kept,
    kept_audit,
    kept_balance,
    kept_changes,
    kept_comparison,
    kept_loopholes,
    kept_spread,
    kept_vague,
    told,
)
from lagrum.service.laws import Terms, every_column, kept_cases

OF = "eu-ai-act-2021-proposal"
AGAINST = "ban-biometric-surveillance-2021"


class Answer(Protocol):
    """What an analysis found; it has its own JSON."""

    def to_dict(self) -> dict[str, Any]: ...


@dataclass(frozen=True)
class Inquiry:
    """A question to one kind of analysis. What a kind does not ask for is left as it is.

    `laws` are ids; those of `compare` may have `@DATE` behind them. `of` is the law whose loopholes spread. `keep`
    names folders of cases or holds case files as objects.
    """

    kind: str
    laws: tuple[str, ...] = ()
    against: str = ""
    of: str = ""
    on: date | None = None
    text_of: date | None = None
    given: tuple[str, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    keep: tuple[str | Mapping[str, object], ...] = ()
    edits: int = MOST_EDITS
    tier: str = ""
    norms: tuple[str, ...] = ()
    as_is: bool = False
    kinds: tuple[str, ...] = ()
    vocabulary: bool = False
    since: date | None = None
    until: date | None = None

    @property
    def terms(self) -> Terms:
        return Terms(self.on, self.text_of, self.given, self.readings)


@dataclass(frozen=True)
class Prepared:
    """An inquiry whose laws and facts were read: the parts to work out, and what they make together."""

    parts: tuple[Kept[Any], ...]
    whole: Callable[[Sequence[Any]], Answer]
    inputs: str

    @property
    def key(self) -> str:
        """The hash of everything that the answer depends on."""
        text = "\n".join([self.inputs, *(f"{part.name} {part.key}" for part in self.parts)])
        return hashlib.sha256(text.encode()).hexdigest()[:32]

    def peek(self) -> Answer | None:
        """The answer, where all of it was worked out before."""
        found = []
        for part in self.parts:
            one = part.peek()
            if one is None:
                return None
            found.append(one)
        return self.whole(found)

    def get(self) -> Answer:
        """The answer; this can take minutes."""
        return self.whole([part.get() for part in self.parts])


def prepare(library: Library, asked: Inquiry, tell: Tell | None = None) -> Prepared:
    """Read the laws and facts of an inquiry. `tell` hears how far the work is. Raises `InvalidInput`."""
    telling = {"loopholes": _loopholes, "balance": _balance, "spread": _spread, "audit": _audit}
    silent = {"compare": _compare, "vague": _vague, "changes": _changes}
    return telling[asked.kind](library, asked, tell) if asked.kind in telling else silent[asked.kind](library, asked)


ANALYSES = ("loopholes", "compare", "balance", "spread", "vague", "audit", "changes")


def _loopholes(library: Library, asked: Inquiry, tell: Tell | None) -> Prepared:
    terms = asked.terms
    law, position = terms.laws(library, [_one(asked), asked.against], attached=False)
    given = terms.fixed(law, position)

    def whole(found: Sequence[Any]) -> Answer:
        (result,) = found
        head = envelope(
            "loopholes",
            [law, position],
            on=terms.day,
            text_of=terms.text_of,
            given=given,
            judgements=dict.fromkeys(name for family in result.families for name in family.judgements),
            inputs={"against": asked.against},
        )
        return replace(result, envelope=head)  # type: ignore[no-any-return]

    return _prepared((kept_loopholes(law, position, terms.day, given, tell),), whole, asked)


def _compare(library: Library, asked: Inquiry) -> Prepared:
    a, b = _subjects(library, asked)
    given = asked.terms.fixed(a.law, b.law)

    def whole(found: Sequence[Any]) -> Answer:
        (result,) = found
        head = envelope(
            "compare",
            [a.law, b.law],
            on=asked.terms.day,
            text_of=asked.text_of,
            given=given,
            method=result.method,
            inputs={"a": a.label, "b": b.label, "by": result.by, "as_is": asked.as_is},
        )
        return replace(result, envelope=head)  # type: ignore[no-any-return]

    return _prepared((kept_comparison(a, b, asked.as_is, given),), whole, asked)


def _subjects(library: Library, asked: Inquiry) -> tuple[Subject, Subject]:
    """The two laws on their days, each with the text of its day."""
    if len(asked.laws) != 2:
        help_ = "name two; `eu-ai-act@2026-07-01` and `eu-ai-act@2026-12-02` compare one law on two days"
        raise InvalidInput([Diagnostic("LG0725", "a comparison needs two laws", help=help_)])
    if asked.tier and asked.norms:
        help_ = "compare by a class, or by rules"
        raise InvalidInput([Diagnostic("LG0725", "`tier` and `norms` exclude each other", help=help_)])
    if len(asked.norms) > 2:
        help_ = "give it once for both, or once for each law"
        raise InvalidInput([Diagnostic("LG0725", f"{len(asked.norms)} rules are given for 2 laws", help=help_)])
    rules = [Yardstick(tier=asked.tier)] if asked.tier else [Yardstick(citation=citation(n)) for n in asked.norms]
    rules = rules or [FORBIDDEN]
    named = [(name, day_of(day) if at else None) for name, at, day in (law.partition("@") for law in asked.laws)]
    ids = [name for name, _ in named]
    a, b = (
        Subject(
            asked.terms.laws(library, ids, on=day)[i], day or asked.terms.day, day is not None, rules[i % len(rules)]
        )
        for i, (_, day) in enumerate(named)
    )
    return a, b


def citation(text: str) -> Citation:
    """A citation as it is written in the law files. Raises `InvalidInput`."""
    try:
        return parse_citation(text)
    except ValueError:
        help_ = "a citation is a unit, a number and steps: `Art. 5(1)(d)`"
        raise InvalidInput([Diagnostic("LG0730", f"`{text}` is not a citation", help=help_)]) from None


def day_of(text: str) -> date:
    """A day as `2026-11-22`. Raises `InvalidInput`."""
    try:
        return date.fromisoformat(text if len(text) == 10 else "")
    except ValueError:
        help_ = "write year, month and day, e.g. `2026-11-22`"
        raise InvalidInput([Diagnostic("LG0723", f"`{text[:40]}` is not a date", help=help_)]) from None


def _balance(library: Library, asked: Inquiry, tell: Tell | None) -> Prepared:
    terms = asked.terms
    law, position = terms.laws(library, [_one(asked), asked.against], attached=False)
    given = terms.fixed(law, position)
    keep = kept_cases(library, asked.keep)

    def whole(found: Sequence[Any]) -> Answer:
        head = envelope(
            "balance",
            [law, position],
            on=terms.day,
            text_of=terms.text_of,
            given=given,
            inputs={"against": asked.against, "edits": asked.edits, "keep": [told(case) for case in keep]},
        )
        return replace(found[0], envelope=head)  # type: ignore[no-any-return]

    part = kept_balance(law, position, keep, terms.day, terms.text_of, given, asked.edits, tell)
    return _prepared((part,), whole, asked)


def _spread(library: Library, asked: Inquiry, tell: Tell | None) -> Prepared:
    terms, of, against = asked.terms, asked.of or OF, asked.against or AGAINST
    ids, left_out = (asked.laws, ()) if asked.laws else every_column(library, terms)
    read = terms.laws(library, [of, against, *ids], attached=False)
    given = terms.fixed(*read)

    def whole(found: Sequence[Any]) -> Answer:
        head = envelope(
            "spread",
            list({each.id: each for each in read}.values()),
            on=terms.day,
            text_of=terms.text_of,
            given=given,
            inputs={"of": of, "against": against, "columns": ids, "family": None},
        )
        return replace(found[0], left_out=left_out, envelope=head)  # type: ignore[no-any-return]

    part = kept_spread(read[0], read[1], read[2:], terms.day, given, terms.readings, tell)
    return _prepared((part,), whole, asked)


def _vague(library: Library, asked: Inquiry) -> Prepared:
    terms = asked.terms
    read = terms.laws(library, [_one(asked), *([asked.against] if asked.against else [])], attached=False)
    given = terms.fixed(*read)
    position = read[1] if asked.against else None

    def whole(found: Sequence[Any]) -> Answer:
        (result,) = found
        head = envelope(
            "vague",
            list(read),
            on=terms.day,
            text_of=terms.text_of,
            given=given,
            judgements=[each.fact for each in result],
            method=result.method,
            inputs={"against": asked.against},
        )
        return replace(result, envelope=head)  # type: ignore[no-any-return]

    return _prepared((kept_vague(read[0], position, terms.day, given),), whole, asked)


def _audit(library: Library, asked: Inquiry, tell: Tell | None) -> Prepared:
    terms = asked.terms
    unknown = [kind for kind in asked.kinds if kind not in KINDS]
    if unknown:
        help_ = f"the kinds are {', '.join(KINDS)}"
        raise InvalidInput([Diagnostic("LG0725", f"there is no kind of finding `{unknown[0]}`", help=help_)])
    laws = [_as_written(library, each, terms) for each in asked.laws or sorted(library.pack.instruments)]
    given = terms.fixed(*laws)

    def whole(found: Sequence[Any]) -> Answer:
        every = sorted(chain.from_iterable(found), key=lambda finding: finding.rank)
        every += unread_facts(library.pack) if asked.vocabulary or "unread-fact" in asked.kinds else []
        chosen = tuple(finding for finding in every if not asked.kinds or finding.kind in asked.kinds)
        ids = tuple(law.id for law in laws)
        inputs = {"kinds": asked.kinds, "vocabulary": asked.vocabulary, "subjects": ids}
        head = envelope("audit", laws, on=asked.on, text_of=asked.text_of, given=given, inputs=inputs)
        return Audit(ids, chosen, envelope=head)

    parts = tuple(
        kept_audit(law, library, asked.on, terms.day, given, asked.readings, tell and _counted(tell, i, len(laws)))
        for i, law in enumerate(laws)
    )
    return _prepared(parts, whole, asked)


def _as_written(library: Library, law_id: str, terms: Terms) -> Any:
    """The law as its own text says it, without what attaches to it; with the readings that it has of those chosen."""
    parts = [library.pack.instruments.get(part.strip()) for part in law_id.split("+")]
    own = {reading.name for part in parts if part for reading in part.readings}
    asked = {name: value for name, value in terms.readings.items() if name.split(":", 1)[-1] in own}
    return library.laws([law_id], asked, terms.text_of or terms.day, attached=False)[0]


def _counted(tell: Tell, number: int, of: int) -> Tell:
    return lambda _done, _of, words: tell(number, of, words)


def _changes(library: Library, asked: Inquiry) -> Prepared:
    since, until = asked.since, asked.until
    if since is None or until is None or until < since:
        help_ = "give the earlier day as `from`, the later one as `to`"
        raise InvalidInput([Diagnostic("LG0723", "the changes of a law are those between two days", help=help_)])
    terms = replace(asked.terms, on=None)
    (law,) = terms.laws(library, [_one(asked)])
    given = terms.fixed(law)

    def whole(found: Sequence[Any]) -> Answer:
        (result,) = found
        head = envelope(
            "changes",
            [law],
            text_of=terms.text_of or terms.day,
            given=given,
            method=result.method,
            inputs={"from": since, "to": until},
        )
        return replace(result, envelope=head)  # type: ignore[no-any-return]

    return _prepared((kept_changes(law, since, until, given),), whole, asked)


def _one(asked: Inquiry) -> str:
    if len(asked.laws) != 1:
        help_ = "name one; several are read together as L+M"
        raise InvalidInput([Diagnostic("LG0725", f"`{asked.kind}` is asked of one law", help=help_)])
    return asked.laws[0]


def _prepared(parts: tuple[Kept[Any], ...], whole: Callable[[Sequence[Any]], Answer], asked: Inquiry) -> Prepared:
    """What the parts do not say and the answer does all the same: the day, the text, what is counted."""
    said = (asked.kind, asked.terms.day, asked.text_of, asked.kinds, asked.vocabulary)
    return Prepared(parts, whole, repr(said))
