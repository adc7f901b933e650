"""Syntax trees of law blocks, all sentences and conditions, with names and texts chosen to be awkward.

Places are all the same; `without_places` makes trees that were read comparable to these.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy

from lagrum.language import syntax as s
from lagrum.model.citations import UNITS, Citation
from lagrum.model.places import Place

T = TypeVar("T")

NOWHERE = Place("generated.md", 1, 1, 1, 1)


def without_places(value: Any) -> Any:
    """The same tree with every place forgotten."""
    if isinstance(value, Place):
        return NOWHERE
    if isinstance(value, tuple):
        return tuple(without_places(each) for each in value)
    if isinstance(value, s.Node | s.Block):
        fields = {f.name: without_places(getattr(value, f.name)) for f in dataclasses.fields(value)}
        return type(value)(**fields)
    return value


def build(make: Callable[..., T], *parts: SearchStrategy[Any], **named: SearchStrategy[Any]) -> SearchStrategy[T]:
    """Nodes from strategies for their fields, in order, behind the place."""
    return st.builds(make, st.just(NOWHERE), *parts, **named)


def several(of: SearchStrategy[T], least: int = 1, most: int = 4) -> SearchStrategy[tuple[T, ...]]:
    return st.lists(of, min_size=least, max_size=most).map(tuple)


def maybe(of: SearchStrategy[T]) -> SearchStrategy[T | None]:
    return st.none() | of


# --- words --------------------------------------------------------------------------------------------------------

_PLAIN = (
    "act",
    "in-house",
    "not-for-profit",
    "real-time",
    "people's",
    "operators'",
    "e.g",
    "a/b",
    "3D",
    "Überwachung",
    "из",
)
_KEYWORDS = (
    "when",
    "of",
    "to",
    "as",
    "for",
    "date",
    "facts",
    "usual",
    "at",
    "least",
    "or",
    "unless",
    "note",
    "by",
    "yes/no",
)
_WORD = st.sampled_from(_PLAIN) | st.from_regex(r"[a-z][a-z0-9]{0,9}", fullmatch=True).filter(
    lambda word: (
        word
        not in (
            "is",
            "not",
            "has",
            "in",
            "before",
            "from",
            "applies",
            "and",
            "or",
            "default",
            "only",
            "all",
            "any",
            "none",
        )
    )
)


@st.composite
def _joined(draw: st.DrawFn, without: tuple[str, ...] = ()) -> str:
    """One to five words; the words of the grammar stand anywhere but in front."""
    first = draw(_WORD.filter(lambda word: word not in without))
    rest = draw(st.lists(st.one_of(_WORD, st.sampled_from(_KEYWORDS)), max_size=4))
    rest = [word for word in rest if word not in without]
    kept: list[str] = [first]
    for word in rest:
        if (kept[-1], word) != ("at", "least"):
            kept.append(word)
    return " ".join(kept if kept[-1] != "or" else [*kept, "else"])


names = build(s.Name, _joined())
short = build(s.Name, st.sampled_from(("ai-use", "high-risk", "EU", "US-IL", "biometrics", "x.1")))
answers = names | build(s.Name, st.sampled_from(("Annex II", "Title holder", "5", "2025-01-01x")))
dates = st.dates(min_value=date(1, 1, 1))
days = build(s.Day, dates | _joined(without=("when",)))
texts = st.text(
    st.characters(exclude_characters="\t\r\n", exclude_categories=["Cs"]) | st.sampled_from(' ""\\#'), max_size=40
) | st.lists(st.sampled_from(("word", "a", "\\", '"', "#", "", "longer-word")), max_size=60).map(" ".join)
written = texts.filter(bool)
free = texts.map(lambda text: text.strip()).filter(bool)
numbers = st.decimals(min_value=0, max_value=10**9, allow_nan=False, places=2).map(abs) | st.integers(0, 10**17).map(
    Decimal
)


@st.composite
def _citations(draw: st.DrawFn) -> Citation:
    unit = draw(st.sampled_from(UNITS))
    number = draw(st.sampled_from(("1", "5", "III", "15b", "3.2", "12:1")))
    steps = draw(st.lists(st.sampled_from(("1", "h", "iii", "ba")), max_size=3))
    tail = draw(st.sampled_from(((), ("subpara. 2",), ("indent 1", "sentence 2"))))
    return Citation((f"{unit} {number}", *steps, *tail))


citations = _citations()
cites = build(s.Cite, citations, maybe(st.sampled_from(("eu-ai-act", "other"))), maybe(texts))


# --- conditions ---------------------------------------------------------------------------------------------------

_operators = st.sampled_from(("at least", "at most", "more than", "less than"))
_units = st.just("") | st.just("%") | _joined()
_brackets = maybe(citations)

singles: SearchStrategy[s.Single] = st.one_of(
    build(s.Bare, names, st.booleans(), _brackets),
    build(s.Is, names, answers, st.booleans(), _brackets),
    build(s.In, names, several(answers), _brackets),
    build(s.Has, names, st.just(""), several(answers, most=1), _brackets),
    build(s.Has, names, st.sampled_from(("only", "none of")), several(answers), _brackets),
    build(s.Compare, names, _operators, numbers, _units, _brackets),
    build(s.When, names, st.sampled_from(("before", "from")), days, _brackets),
    build(s.CiteTest, cites, st.sampled_from(("applies", "is met")), _brackets),
)


def _groups(inner: SearchStrategy[s.Condition]) -> SearchStrategy[s.Condition]:
    @st.composite
    def counted(draw: st.DrawFn) -> s.Group:
        items = draw(several(inner))
        return s.Group(NOWHERE, "at least", draw(st.integers(1, len(items))), items, draw(_brackets))

    return build(s.Group, st.sampled_from(("all", "any", "none")), st.none(), several(inner), _brackets) | counted()


conditions: SearchStrategy[s.Condition] = st.recursive(singles, _groups, max_leaves=6)


# --- vocabularies and instruments ---------------------------------------------------------------------------------


def _entry(key: str, values: SearchStrategy[Any], least: int = 1, most: int = 1) -> SearchStrategy[s.Entry]:
    return build(s.Entry, st.just(key), several(values, least, most))


@st.composite
def _some(draw: st.DrawFn, *entries: tuple[SearchStrategy[s.Entry], bool]) -> tuple[s.Entry, ...]:
    return tuple(draw(entry) for entry, needed in entries if needed or draw(st.booleans()))


_quoted = build(s.Text, written)
instruments = build(
    s.InstrumentS,
    short,
    _some(
        (_entry("title", _quoted), True),
        (_entry("citation", _quoted), True),
        (_entry("source", build(s.Text, free)), True),
        (_entry("jurisdiction", short), True),
        (_entry("kind", short), True),
        (_entry("published", days), False),
        (_entry("in force", days), False),
        (_entry("until", days), False),
        (_entry("uses", short, most=9), True),
        (_entry("tiers", names), False),
        (_entry("review", build(s.Text, free)), True),
    ),
)
_answer_lines = build(s.AnswerLine, names, texts)
_stretches = build(
    s.Text,
    st.builds(lambda operator, value: f"{operator} {value:f}", _operators, numbers)
    | st.builds(lambda operator, day: f"{operator} {day.isoformat()}", st.sampled_from(("before", "from")), dates),
)
_parties = build(s.Name, st.sampled_from(("operator", "court", "anyone")))
_entries = _some(
    (_entry("usual", names | _stretches | build(s.Day, dates), most=3), False),
    (_entry("help", _quoted), False),
    (_entry("defined in", _quoted), False),
    (build(s.Entry, st.just("judgement"), st.just(())), False),
    (_entry("decided by", _parties), False),
    (_entry("vouched by", _parties), False),
    (_entry("controlled by", _parties), False),
    (build(s.Entry, st.just("practice"), st.just(())), False),
)
_no: SearchStrategy[tuple[Any, ...]] = st.just(())
_nothing = st.just("")
_cuts = build(s.CutMark, st.sampled_from(("at least", "more than")), numbers)
_day_cuts = build(s.CutMark, st.just("from"), days)
facts = st.one_of(
    build(s.FactS, names, written, st.just("yes/no"), _nothing, several(_answer_lines, 0, 2), _no, _entries),
    build(
        s.FactS, names, written, st.sampled_from(("one of", "some of")), _nothing, several(_answer_lines), _no, _entries
    ),
    build(s.FactS, names, written, st.just("number"), _units, _no, several(_cuts, 0), _entries),
    build(s.FactS, names, written, st.just("date"), _nothing, _no, several(_day_cuts, 0), _entries),
)
values = build(s.ValuesS, build(s.Name, _joined(without=("of",))), names, several(answers, most=20))
dated = build(s.DateS, names, days)
readings = build(s.ReadingS, names, written, maybe(citations), several(_answer_lines), names)
impossible = build(s.ImpossibleS, written, conditions)


# --- norms --------------------------------------------------------------------------------------------------------

_time: dict[str, SearchStrategy[Any]] = {
    "starts": several(build(s.StartClause, days, maybe(conditions)), 0, 3),
    "until": maybe(days),
    "when": maybe(conditions),
    "unless": maybe(conditions),
    "note": texts,
}
_targets = several(cites | build(s.CiteRange, cites, cites) | names, 1, 4)
_amounts = st.one_of(
    build(s.Amount, numbers, st.just("EUR"), st.none(), _nothing),
    build(s.Amount, st.none(), _nothing, numbers, _nothing),
    build(s.Amount, numbers, st.just("SEK"), numbers, st.sampled_from(("higher", "lower"))),
)


def _norm(kind: str, label: SearchStrategy[str] = texts, **named: SearchStrategy[Any]) -> SearchStrategy[s.NormS]:
    return build(s.NormS, st.just(kind), citations, label, **(_time | named))


norms = st.one_of(
    st.sampled_from(("scope", "forbid", "permit")).flatmap(_norm),
    _norm("define", _nothing, name=names),
    _norm("exclude", from_all=st.just(True)),
    _norm("exclude", targets=_targets),
    _norm("except", targets=several(cites)),
    _norm("classify", tier=names),
    _norm("require", who=several(names, 0), met_when=maybe(conditions), before_use=st.booleans()),
    _norm("presume", then=singles),
    _norm("penalty", targets=several(cites), amount=_amounts),
)


# --- the rest -----------------------------------------------------------------------------------------------------

elsewhere = build(s.ElsewhereS, written, maybe(citations), maybe(conditions))
inner: SearchStrategy[s.Sentence] = st.one_of(norms, dated, readings, elsewhere, build(s.NoteS, citations, written))
_none = st.none()
changes = st.one_of(
    build(s.Redate, names, days),
    build(s.Repeal, cites, maybe(conditions)),
    build(s.Insert, _none, _none, several(inner, most=2)),
    build(s.Insert, cites, conditions, _no),
    build(s.Replace, cites, _none, _none, several(inner, most=2)),
    build(s.Replace, cites, conditions, conditions, _no),
)
amendments = build(s.AmendS, short, maybe(citations), days, several(changes))
cases = build(
    s.CaseS,
    written,
    maybe(days),
    several(singles, 0),
    build(s.Name, st.just("forbidden")),
    several(cites, 0),
    several(cites, 0),
    _nothing | free,
    _nothing | free,
)
sentences: SearchStrategy[s.Sentence] = st.one_of(
    inner,
    instruments,
    facts,
    values,
    impossible,
    amendments,
    cases,
    build(s.ModelledOnS, short, texts),
    build(s.AttachesS, cites),
)


@st.composite
def documents(draw: st.DrawFn) -> s.Document:
    """A document with up to three empty law blocks in its text, and in its tree the sentences to write there."""
    newline = draw(st.sampled_from(("\n", "\r\n")))
    lines = ["# A title"]
    blocks: list[s.Block] = []
    for index in range(draw(st.integers(1, 3))):
        margin = draw(st.sampled_from(("", "", " ", "   ")))
        lines += ["", f"## Part {index}", "", draw(st.sampled_from(("Prose.", "*", "> quoted", "`law`"))), ""]
        lines += [f"{margin}```law", f"{margin}```"]
        place = Place("generated.md", len(lines), len(margin) + 1, len(lines), 1)
        blocks.append(s.Block(place, ("A title", f"Part {index}"), draw(several(sentences, 0, 3))))
    return s.Document("generated.md", newline.join((*lines, "")), "A title", tuple(blocks))
