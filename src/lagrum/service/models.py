"""What programs may ask, and small answers, as models that check themselves. Needs the extra `serve`.

A field that is not known, or not of its kind, is refused: nothing is turned into something else on the way.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from typing import Annotated, Any, Literal

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, Field, StringConstraints, WithJsonSchema

from lagrum.analysis.balance import MOST_EDITS
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.service.analyses import AGAINST, OF, Inquiry

MOST_LAWS, MOST_FACTS, MOST_TEXTS = 10, 1000, 200
CASE_FILE = "a case file"  # what the OpenAPI document has the schema of case files for
LAW, POSITION = "eu-ai-act", AGAINST


def _day(said: object) -> object:
    """Only `2026-11-22` is a day here; pydantic alone would also take numbers and moments."""
    if isinstance(said, str):
        if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", said, re.ASCII):
            raise ValueError("write year, month and day, e.g. 2026-11-22")
        return date.fromisoformat(said)
    if isinstance(said, date):
        return said
    raise ValueError("write year, month and day, e.g. 2026-11-22")


def _small(said: dict[str, Any]) -> dict[str, Any]:
    facts = said.get("facts")
    if isinstance(facts, Mapping) and len(facts) > MOST_FACTS:
        raise ValueError(f"a case states at most {MOST_FACTS} facts")
    return said


Day = Annotated[date, BeforeValidator(_day), WithJsonSchema({"type": "string", "format": "date"})]
Id = Annotated[str, StringConstraints(min_length=1, max_length=200)]
Text = Annotated[str, StringConstraints(min_length=1, max_length=2000)]
CaseObject = Annotated[dict[str, Any], AfterValidator(_small), WithJsonSchema({"type": "object", "title": CASE_FILE})]
Lang = Literal["en", "sv"]
EXAMPLE: dict[str, Any] = {
    "lagrum": 1,
    "case": "live face recognition at a railway station",
    "law": ["eu-ai-act"],
    "facts": {"practice": {"including": "identification"}, "timing": "real-time"},
}


class Model(BaseModel):
    """Strict, and closed."""

    model_config = ConfigDict(extra="forbid", strict=True, frozen=True, populate_by_name=True)


class Terms(Model):
    """On which day, of which text, with what fixed and which readings chosen."""

    on: Day | None = Field(default=None, description="the day to judge on; today when left out")
    text_of: Day | None = Field(default=None, description="the text known on that day; that of `on` when left out")
    given: list[Text] = Field(default=[], max_length=MOST_TEXTS, description="facts to fix, each `FACT=VALUE`")
    readings: list[Text] = Field(default=[], max_length=MOST_TEXTS, description="disputed readings, each `NAME=VALUE`")

    @property
    def chosen(self) -> dict[str, str]:
        """The readings by name. Raises `InvalidInput` for one that chooses nothing, or that is chosen twice."""
        found: dict[str, str] = {}
        for text in self.readings:
            name, _, value = (part.strip() for part in text.partition("="))
            if not name or not value:
                help_ = "write the reading and its value: `effect test=every such use`"
                raise InvalidInput([Diagnostic("LG0721", f"`{text}` does not choose a reading", help=help_)])
            if found.setdefault(name, value) != value:
                message = f"the reading `{name}` is chosen in two ways"
                raise InvalidInput([Diagnostic("LG0721", message, help="choose one, or ask twice")])
        return found

    def said(self) -> dict[str, Any]:
        """These terms as an inquiry takes them."""
        return {"on": self.on, "text_of": self.text_of, "given": tuple(self.given), "readings": self.chosen}


# --- of a case -------------------------------------------------------------------------------------------------------


class OfCase(Terms):
    """A question about a case, under one law or several."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"case": EXAMPLE}]})

    case: CaseObject = Field(description="what is known, as in a case file")
    laws: list[Id] = Field(
        default=[], max_length=MOST_LAWS, description="ids of laws, `L+M` together; else those of the case"
    )


class OfRuling(OfCase):
    """A question for the ruling alone."""

    tiers: bool = Field(default=True, description="whether the classes of the day are told, too")


class OfTwo(OfCase):
    """Two versions of the facts."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"case": EXAMPLE, "other": EXAMPLE | {"facts": EXAMPLE["facts"] | {"timing": "later"}}}]
        }
    )

    other: CaseObject = Field(description="the other version of the case")


class OfInterview(Terms):
    """A step of an interview: the case holds the answers so far."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"case": EXAMPLE, "law": LAW}]})

    case: CaseObject = Field(description="the answers so far, as in a case file")
    law: Id | None = Field(default=None, description="the id of one law; else that of the case")
    until: Literal["ruling", "classes"] = Field(default="classes", description="where the interview ends")
    asked: list[Id] = Field(default=[], max_length=MOST_FACTS, description="facts asked about before: not asked again")
    lang: Lang = Field(default="en", description="the language of the question")


# --- long analyses ---------------------------------------------------------------------------------------------------


class Loopholes(Terms):
    """What a position forbids and a law lets through."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"law": "eu-ai-act-2021-proposal", "against": POSITION}]})

    law: Id
    against: Id = Field(description="the position")

    def inquiry(self) -> Inquiry:
        return Inquiry("loopholes", (self.law,), self.against, **self.said())


class Compare(Terms):
    """Which of two laws is stricter."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"a": "eu-ai-act-2021-proposal", "b": POSITION}]})

    a: Id = Field(description="a law; `LAW@DATE` for one on a day of its own")
    b: Id
    tier: Annotated[str, StringConstraints(max_length=200)] = Field(
        default="", description="compare the cases in this class"
    )
    norms: list[Id] = Field(default=[], max_length=2, description="compare these rules: one for both, or one each")
    as_is: bool = Field(default=False, description="over all cases, also those that a law does not reach")

    def inquiry(self) -> Inquiry:
        laws = (self.a, self.b)
        return Inquiry("compare", laws, tier=self.tier, norms=tuple(self.norms), as_is=self.as_is, **self.said())


class CompareQuery(Compare):
    """The same in an address, where everything is text."""

    as_is: bool = Field(default=False, strict=False)


class BalanceQuery(Terms):
    """Which amendments close which loopholes, at what cost, for cases in folders that come with the laws."""

    law: Id
    against: Id
    keep: list[Id] = Field(
        default=[], max_length=20, description="folders of cases that should stay lawful: `benefits`"
    )
    edits: Annotated[int, Field(ge=1, le=8)] = Field(default=MOST_EDITS, strict=False, description="most edits")

    def inquiry(self) -> Inquiry:
        return Inquiry("balance", (self.law,), self.against, keep=tuple(self.keep), edits=self.edits, **self.said())


class Balance(Terms):
    """Which amendments close which loopholes, at what cost."""

    model_config = ConfigDict(
        json_schema_extra={"examples": [{"law": "us-il-bipa", "against": POSITION, "keep": ["benefits"]}]}
    )

    law: Id
    against: Id
    keep: list[Id | CaseObject] = Field(
        default=[], max_length=100, description="cases, or folders of cases, to stay lawful"
    )
    edits: Annotated[int, Field(ge=1, le=8)] = MOST_EDITS

    def inquiry(self) -> Inquiry:
        return Inquiry("balance", (self.law,), self.against, keep=tuple(self.keep), edits=self.edits, **self.said())


class Spread(Terms):
    """Which laws leave the loopholes of one law open."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"laws": ["us-il-bipa", "us-tx-cubi"]}]})

    laws: list[Id] = Field(default=[], max_length=100, description="the laws to look at; all when left out")
    of: Id = OF
    against: Id = AGAINST

    def inquiry(self) -> Inquiry:
        return Inquiry("spread", tuple(self.laws), self.against, self.of, **self.said())


class Vague(Terms):
    """How much of a law hangs on what somebody must judge."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"law": "us-il-bipa"}]})

    law: Id
    against: Annotated[str, StringConstraints(max_length=200)] = Field(
        default="", description="count only what it forbids"
    )

    def inquiry(self) -> Inquiry:
        return Inquiry("vague", (self.law,), self.against, **self.said())


class Audit(Terms):
    """What can be said of laws unasked."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"laws": ["us-il-bipa"]}]})

    laws: list[Id] = Field(default=[], max_length=100, description="the laws to look at; all when left out")
    kinds: list[Id] = Field(default=[], max_length=50, description="only findings of these kinds")
    vocabulary: bool = Field(default=False, description="also the questions that no law asks")

    def inquiry(self) -> Inquiry:
        kinds = tuple(self.kinds)
        return Inquiry("audit", tuple(self.laws), kinds=kinds, vocabulary=self.vocabulary, **self.said())


class AuditQuery(Audit):
    """The same in an address, where everything is text."""

    vocabulary: bool = Field(default=False, strict=False)


class Changes(Model):
    """When a law changes between two days, and which cases change with it."""

    model_config = ConfigDict(json_schema_extra={"examples": [{"law": LAW, "from": "2026-01-01", "to": "2028-01-01"}]})

    law: Id
    since: Day = Field(alias="from", description="changes after this day")
    until: Day = Field(alias="to", description="changes up to this day")
    text_of: Day | None = None
    given: list[Text] = Field(default=[], max_length=MOST_TEXTS)
    readings: list[Text] = Field(default=[], max_length=MOST_TEXTS)

    def inquiry(self) -> Inquiry:
        terms = Terms(on=None, text_of=self.text_of, given=self.given, readings=self.readings)
        return Inquiry("changes", (self.law,), since=self.since, until=self.until, **terms.said())


# --- small answers ---------------------------------------------------------------------------------------------------


class Place(BaseModel):
    """Where in the request (a JSON Pointer instead of a file) or in a file something is wrong."""

    file: str
    line: int
    column: int


class Wrong(BaseModel):
    """One thing that is wrong, with the code that `lagrum explain` explains."""

    code: str
    message: str
    help: str = ""
    place: Place | None = None


class ProblemDetails(BaseModel):
    """An error as RFC 9457 has it."""

    type: str = "about:blank"
    title: str
    status: int
    detail: str
    instance: str = ""
    errors: list[Wrong] = []


class TierToday(BaseModel):
    """A class that the case falls into on the day."""

    tier: str
    instrument: str
    citation: str
    label: str
    since: date | None = Field(alias="from")
    applies: Literal["yes", "unknown"]


class RulingAnswer(BaseModel):
    """The ruling of one law on one day, without its reasons. Leave nothing out when quoting it: it holds for this text
    of the law, on this day, for these facts."""

    law: str
    hash: str
    on: date
    text_of: date
    ruling: Literal["outside", "forbidden", "excepted", "regulated", "unregulated", "undetermined"]
    possible: list[Literal["outside", "forbidden", "excepted", "regulated", "unregulated"]]
    without_assumptions: list[str] | None
    tiers: list[TierToday]
    review: dict[str, str]


class RulingAnswers(BaseModel):
    """One ruling for each law and day."""

    answers: list[RulingAnswer]


class ProgressOfJob(BaseModel):
    """Steps done, of how many (0 where nobody knows), what they are, and how many seconds the like took last."""

    done: int
    of: int
    words: str
    last: float | None


class JobAnswer(BaseModel):
    """How a long analysis stands. `result` is where its answer is, once it is done."""

    key: str
    kind: Literal["loopholes", "compare", "balance", "spread", "vague", "audit", "changes"]
    state: Literal["waiting", "running", "done", "failed", "cancelled", "stopped"]
    since: str
    seconds: float
    progress: ProgressOfJob
    result: str | None
    errors: list[Wrong]
