"""From sentences to logical lines, in the one canonical layout."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from decimal import Decimal
from typing import assert_never

from lagrum.language import syntax as s
from lagrum.language.build_conditions import quoted
from lagrum.language.printing import Out, Part, Quoted, commas, line
from lagrum.model.citations import Citation

_KEY = 13  # columns of the keys of an `instrument`
_LISTS = ("uses", "tiers", "usual")


def sentence(node: s.Sentence) -> Iterator[Out]:
    """The logical lines of a sentence, its first at level 0."""
    match node:
        case s.InstrumentS():
            yield line(0, "instrument", node.id.text)
            for entry in node.entries:
                yield _entry(entry, _KEY)
        case s.FactS():
            yield from _fact(node)
        case s.TranslateS():
            yield line(0, "translate", node.name.text, Quoted(node.question))
            yield from _answers(1, node.answers)
            if node.unit:
                yield line(1, "unit", Quoted(node.unit))
            if node.help:
                yield line(1, "help", Quoted(node.help))
        case s.ValuesS():
            yield line(0, "values", node.name.text, "of", node.fact.text, "=", *commas(_texts(node.values)))
        case s.DateS():
            yield line(0, "date", node.name.text, "=", day(node.day))
        case s.ReadingS():
            yield line(0, "reading", node.name.text, Quoted(node.question), bracket(node.citation))
            yield from _answers(1, node.values)
            yield line(1, "default", node.default.text)
        case s.ImpossibleS():
            yield line(0, "impossible", Quoted(node.reason))
            yield from clause("when", node.when)
        case s.NormS():
            yield from _norm(node)
        case s.ElsewhereS():
            yield line(0, "without prejudice to", Quoted(node.text), bracket(node.citation))
            yield from clause("when", node.when)
        case s.ModelledOnS():
            yield line(0, "modelled on", node.instrument.text, _text(node.source))
        case s.AttachesS():
            yield line(0, "attaches to", cite(node.cite))
        case s.NoteS():
            yield line(0, "note", str(node.citation), Quoted(node.text))
        case s.AmendS():
            yield line(0, "amend", node.instrument.text, bracket(node.citation))
            yield line(1, "from", day(node.starts))
            for change in node.changes:
                yield from _change(change)
        case s.CaseS():
            yield from _case(node)
        case _:
            assert_never(node)


# --- words --------------------------------------------------------------------------------------------------------


def day(node: s.Day) -> str:
    return node.value.isoformat() if isinstance(node.value, date) else node.value


def number(value: Decimal) -> str:
    return format(value, "f")


def cite(node: s.Cite) -> str:
    front = f"{node.instrument} " if node.instrument else ""
    return f"{front}{node.citation}" + (f" {quoted(node.label)}" if node.label is not None else "")


def bracket(citation: Citation | None) -> str:
    return f"[{citation}]" if citation is not None else ""


def _text(text: str) -> Quoted | None:
    return Quoted(text) if text else None


def _texts(names: Iterable[s.Name]) -> Iterator[str]:
    return (name.text for name in names)


# --- conditions ---------------------------------------------------------------------------------------------------


def clause(word: str, node: s.Condition | None, level: int = 1, *front: str) -> Iterator[Out]:
    """`when` and its condition: on the same line, the items of a group below it. Nothing where there is none."""
    if node is not None:
        first, *rest = condition(node, level)
        yield Out(level, (word, *front, *first.parts))
        yield from rest


def condition(node: s.Condition, level: int) -> Iterator[Out]:
    if not isinstance(node, s.Group):
        yield line(level, *single(node), bracket(node.citation))
        return
    head = f"at least {node.count}" if node.count is not None else node.head
    yield line(level, f"{head} of", bracket(node.citation))
    for item in node.items:
        yield from condition(item, level + 1)


def single(node: s.Single) -> tuple[str, ...]:
    match node:
        case s.Bare():
            return (f"{'not ' if node.negated else ''}{node.name.text}",)
        case s.Is():
            return (f"{node.name.text} is {'not ' if node.negated else ''}{node.value.text}",)
        case s.In():
            return (f"{node.name.text} in", *commas(_texts(node.values)))
        case s.Has():
            mode = f" {node.mode}" if node.mode else ""
            return (f"{node.name.text} has{mode}", *commas(_texts(node.values)))
        case s.Compare():
            return (f"{node.name.text} {node.operator} {number(node.value)}", node.unit)
        case s.When():
            return (f"{node.name.text} {node.operator} {day(node.day)}",)
        case s.CiteTest():
            return (f"{cite(node.cite)} {node.verb}",)
        case _:
            assert_never(node)


# --- vocabularies and instruments ---------------------------------------------------------------------------------


def _entry(entry: s.Entry, width: int = 0) -> Out:
    words: list[Part] = []
    for value in entry.values:
        if isinstance(value, s.Day):
            words.append(day(value))
        elif isinstance(value, s.Text) and entry.key not in ("source", "review", *_LISTS):
            words.append(Quoted(value.text))
        else:
            words.append(value.text)
    listed = commas(str(word) for word in words) if entry.key in _LISTS else words
    return line(1, entry.key.ljust(width), *listed)


def _answers(level: int, answers: Iterable[s.AnswerLine]) -> Iterator[Out]:
    answers = tuple(answers)
    width = max((len(answer.name.text) for answer in answers if answer.text), default=0) + 1
    for answer in answers:
        yield line(level, answer.name.text.ljust(width) if answer.text else answer.name.text, _text(answer.text))


def _fact(node: s.FactS) -> Iterator[Out]:
    yield line(0, "fact", node.name.text, Quoted(node.question))
    yield line(1, node.kind, node.unit)
    yield from _answers(2, node.answers)
    if node.cuts:
        cuts = (
            f"{cut.operator} {number(cut.value) if isinstance(cut.value, Decimal) else day(cut.value)}"
            for cut in node.cuts
        )
        yield line(2, "cuts", *commas(cuts))
    for entry in node.entries:
        yield _entry(entry)


# --- norms --------------------------------------------------------------------------------------------------------


def _norm(node: s.NormS) -> Iterator[Out]:
    if node.kind == "define":
        yield line(0, "define", node.name.text if node.name else "", bracket(node.citation))
    else:
        yield line(0, node.kind, str(node.citation), _text(node.label), *_aim(node))
    if node.amount is not None:
        yield line(1, *_amount(node.amount))
    for start in node.starts:
        if start.when is None:
            yield line(1, "from", day(start.day))
        else:
            yield from clause("from", start.when, 1, day(start.day), "when")
    if node.until is not None:
        yield line(1, "until", day(node.until))
    if node.who:
        yield line(1, "who", *commas(_texts(node.who)))
    yield from clause("when", node.when)
    yield from clause("then", node.then)
    yield from clause("unless", node.unless)
    yield from clause("met when", node.met_when)
    if node.before_use:
        yield line(1, "before use")
    if node.note:
        yield line(1, "note", Quoted(node.note))


def _aim(node: s.NormS) -> tuple[str, ...]:
    """What follows the label in the first line."""
    if node.kind == "classify":
        return ("as", node.tier.text) if node.tier else ()
    words = {"exclude": "from", "except": "to", "penalty": "for"}.get(node.kind)
    if words is None:
        return ()
    return (words, "all") if node.from_all else (words, *commas(_target(target) for target in node.targets))


def _target(target: s.Cite | s.CiteRange | s.Name) -> str:
    match target:
        case s.Cite():
            return cite(target)
        case s.CiteRange():
            return f"{cite(target.first)} to {cite(target.last)}"
        case s.Name():
            return target.text
        case _:
            assert_never(target)


def _amount(node: s.Amount) -> tuple[str, ...]:
    parts = []
    if node.sum is not None:
        parts.append(f"{number(node.sum)} {node.currency}")
    if node.percent is not None:
        parts.append(f"{number(node.percent)} % of turnover")
    return ("up to", " or ".join(parts) + (f", {node.choice}" if node.choice else ""))


# --- amendments and cases -----------------------------------------------------------------------------------------


def _change(node: s.Redate | s.Repeal | s.Insert | s.Replace) -> Iterator[Out]:
    match node:
        case s.Redate():
            yield line(1, "date", node.name.text, "=", day(node.day))
        case s.Repeal():
            yield line(1, "repeal in" if node.condition else "repeal", cite(node.cite))
            yield from _below(node.condition)
        case s.Insert():
            yield line(1, *(("insert in", cite(node.cite)) if node.cite else ("insert",)))
            yield from _below(node.condition)
            yield from _inner(node.sentences)
        case s.Replace():
            yield line(1, "replace in" if node.old else "replace", cite(node.cite))
            yield from _below(node.old)
            if node.new:
                yield line(1, "by")
            yield from _below(node.new)
            yield from _inner(node.sentences)
        case _:
            assert_never(node)


def _below(node: s.Condition | None) -> Iterator[Out]:
    if node is not None:
        yield from condition(node, 2)


def _inner(sentences: Iterable[s.Sentence]) -> Iterator[Out]:
    for each in sentences:
        yield from (out.deeper(2) for out in sentence(each))


def _case(node: s.CaseS) -> Iterator[Out]:
    yield line(0, "case", Quoted(node.name))
    if node.on is not None:
        yield line(1, "on", day(node.on))
    if node.facts:
        yield line(1, "facts")
    for fact in node.facts:
        yield from condition(fact, 2)
    yield line(1, "expect", node.ruling.text)
    if node.because:
        yield line(1, "because", *commas(cite(each) for each in node.because))
    if node.not_because:
        yield line(1, "not because", *commas(cite(each) for each in node.not_because))
    if node.source:
        yield line(1, "source", node.source)
    if node.intent:
        yield line(1, "intent", node.intent)
