"""The syntax tree: law blocks as written, names not yet looked up.

`parser` makes it, `formatter` prints it, `resolve` reads it.
Lists keep source order. Free text is kept without its quotes. Every node carries its `Place`.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from lagrum.model.citations import Citation
from lagrum.model.places import Place


@dataclass(frozen=True, slots=True)
class Node:
    place: Place


# --- words ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Name(Node):
    """A name as written, inner space normalised to single blanks."""

    text: str


@dataclass(frozen=True, slots=True)
class Text(Node):
    """Quoted text, or free text to the end of a line."""

    text: str


@dataclass(frozen=True, slots=True)
class Cite(Node):
    """A citation, with the instrument's id in front where it is another's, and a label where it holds several norms."""

    citation: Citation
    instrument: str | None = None
    label: str | None = None


@dataclass(frozen=True, slots=True)
class CiteRange(Node):
    """`Art. 8 to Art. 15`, both included."""

    first: Cite
    last: Cite


@dataclass(frozen=True, slots=True)
class Day(Node):
    """A date, or the name of one."""

    value: date | str


# --- conditions ----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Bare(Node):
    """`strictly necessary`, `not strictly necessary`: a yes/no fact or a definition."""

    name: Name
    negated: bool
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Is(Node):
    """`timing is real-time`, `timing is not later`: a fact with one answer, or a reading."""

    name: Name
    value: Name
    negated: bool
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class In(Node):
    """`offence in Annex II`, `place in a, b`: answers or a named set."""

    name: Name
    values: tuple[Name, ...]
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Has(Node):
    """`purpose has law enforcement`, `has only a, b`, `has none of a, b`; `mode` is `""`, `only`, `none of`."""

    name: Name
    mode: str
    values: tuple[Name, ...]
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Compare(Node):
    """`maximum sentence at least 4 years`; `operator` is `at least`, `at most`, `more than` or `less than`."""

    name: Name
    operator: str
    value: Decimal
    unit: str
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class When(Node):
    """`placed on the market before 2026-08-02`: a date fact. `date` as the name means the date of evaluation."""

    name: Name
    operator: str  # before, from
    day: Day
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class CiteTest(Node):
    """`Art. 6(2) applies`, `Art. 5(3) is met`; `verb` is `applies` or `is met`."""

    cite: Cite
    verb: str
    citation: Citation | None


@dataclass(frozen=True, slots=True)
class Group(Node):
    """`all of`, `any of`, `none of`, `at least N of`, with the conditions below it."""

    head: str  # all, any, none, at least
    count: int | None
    items: tuple[Condition, ...]
    citation: Citation | None


Single = Bare | Is | In | Has | Compare | When | CiteTest
Condition = Single | Group


# --- sentences -----------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Entry(Node):
    """A line of an `instrument` or `fact` block that is a key with its text, its words kept as written."""

    key: str
    values: tuple[Text | Name | Day, ...]


@dataclass(frozen=True, slots=True)
class InstrumentS(Node):
    id: Name
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class AnswerLine(Node):
    name: Name
    text: str


@dataclass(frozen=True, slots=True)
class CutMark(Node):
    """`at least 4` or `more than 4` of a number, `from 2026-08-02` of a date."""

    operator: str
    value: Decimal | Day


@dataclass(frozen=True, slots=True)
class FactS(Node):
    name: Name
    question: str
    kind: str  # yes/no, one of, some of, number, date
    unit: str
    answers: tuple[AnswerLine, ...]
    cuts: tuple[CutMark, ...]
    entries: tuple[Entry, ...]  # usual, help, defined in, judgement, decided by, vouched by, controlled by, practice


@dataclass(frozen=True, slots=True)
class TranslateS(Node):
    """`translate timing "När …?"`: a fact's question and answers in another language."""

    name: Name
    question: str
    answers: tuple[AnswerLine, ...]
    unit: str
    help: str


@dataclass(frozen=True, slots=True)
class ValuesS(Node):
    """`values Annex II of offence = a, b`."""

    name: Name
    fact: Name
    values: tuple[Name, ...]


@dataclass(frozen=True, slots=True)
class DateS(Node):
    name: Name
    day: Day


@dataclass(frozen=True, slots=True)
class ReadingS(Node):
    name: Name
    question: str
    citation: Citation | None
    values: tuple[AnswerLine, ...]
    default: Name


@dataclass(frozen=True, slots=True)
class ImpossibleS(Node):
    reason: str
    when: Condition


@dataclass(frozen=True, slots=True)
class StartClause(Node):
    """`from DAY`, `from DAY when CONDITION`."""

    day: Day
    when: Condition | None


@dataclass(frozen=True, slots=True)
class NormS(Node):
    """Every sentence that is a norm; `kind` is its first word, from `scope` to `penalty`.

    `name` is a definition's; `tier` a classification's; `targets` what follows `to`, `from` or `for`;
    `from_all` is `exclude … from all`; `then` is a presumption's consequence; `amount` a penalty's range.
    """

    kind: str
    citation: Citation
    label: str
    name: Name | None = None
    tier: Name | None = None
    targets: tuple[Cite | CiteRange | Name, ...] = ()
    from_all: bool = False
    starts: tuple[StartClause, ...] = ()
    until: Day | None = None
    who: tuple[Name, ...] = ()
    when: Condition | None = None
    unless: Condition | None = None
    then: Condition | None = None
    met_when: Condition | None = None
    before_use: bool = False
    amount: Amount | None = None
    note: str = ""


@dataclass(frozen=True, slots=True)
class Amount(Node):
    """`up to 35000000 EUR or 7 % of turnover, higher`; each part may be missing, not both."""

    sum: Decimal | None
    currency: str
    percent: Decimal | None
    choice: str  # higher, lower, or "" where there is one part only


@dataclass(frozen=True, slots=True)
class ElsewhereS(Node):
    """`without prejudice to "GDPR Art. 9" [Art. 5(1)]`."""

    text: str
    citation: Citation | None
    when: Condition | None


@dataclass(frozen=True, slots=True)
class ModelledOnS(Node):
    instrument: Name
    source: str


@dataclass(frozen=True, slots=True)
class AttachesS(Node):
    """`attaches to eu-ai-act Art. 5(5)`."""

    cite: Cite


@dataclass(frozen=True, slots=True)
class NoteS(Node):
    citation: Citation
    text: str


@dataclass(frozen=True, slots=True)
class Redate(Node):
    name: Name
    day: Day


@dataclass(frozen=True, slots=True)
class Repeal(Node):
    """`repeal Art. 10(5)`, or with `condition`: `repeal in Art. 6(1)` and the condition below."""

    cite: Cite
    condition: Condition | None


@dataclass(frozen=True, slots=True)
class Insert(Node):
    """`insert` and sentences below, or `insert in Art. 6(1)` and a condition."""

    cite: Cite | None
    condition: Condition | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class Replace(Node):
    """`replace Art. 4` and sentences below, or `replace in Art. 6(1)`, the old condition, `by`, the new one."""

    cite: Cite
    old: Condition | None
    new: Condition | None
    sentences: tuple[Sentence, ...]


@dataclass(frozen=True, slots=True)
class AmendS(Node):
    instrument: Name
    citation: Citation | None
    starts: Day
    changes: tuple[Redate | Repeal | Insert | Replace, ...]


@dataclass(frozen=True, slots=True)
class CaseS(Node):
    """A worked case inside a law file: condition lines without groups, and what must come out."""

    name: str
    on: Day | None
    facts: tuple[Condition, ...]
    ruling: Name
    because: tuple[Cite, ...]
    not_because: tuple[Cite, ...]
    source: str
    intent: str


Sentence = (
    InstrumentS
    | FactS
    | TranslateS
    | ValuesS
    | DateS
    | ReadingS
    | ImpossibleS
    | NormS
    | ElsewhereS
    | ModelledOnS
    | AttachesS
    | NoteS
    | AmendS
    | CaseS
)


@dataclass(frozen=True, slots=True)
class Comment(Node):
    """`# …`: its text without the sign, and whether it stands behind something on its line."""

    text: str
    trailing: bool


@dataclass(frozen=True, slots=True)
class Block:
    """One fenced `law` block: the headings it stands under, outermost first, and its sentences.

    `unread` holds, as written, the sentences that could not be read, so that the formatter leaves them alone.
    """

    place: Place  # of the text between the fences
    headings: tuple[str, ...]
    sentences: tuple[Sentence, ...]
    comments: tuple[Comment, ...] = ()
    unread: tuple[Text, ...] = ()


@dataclass(frozen=True, slots=True)
class Document:
    file: str
    text: str
    title: str  # the first heading
    blocks: tuple[Block, ...]
