"""What the templates draw a fact from: its question in the reader's language, and its fields with what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field

from lagrum.language import parse_given
from lagrum.model.cases import Given
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.facts import Fact, FactKind
from lagrum.report.phrases import Phrases
from lagrum.web.forms import KEPT, UNKNOWN, Filled, filled_of, slug_of


@dataclass(frozen=True, slots=True)
class Option:
    """One answer to choose or tick: what is sent, and what is read."""

    value: str
    text: str
    chosen: bool


@dataclass(frozen=True)
class Control:
    """A fact to answer. `said` is what is known of it in words, empty for nothing; `kept` an answer that no simple
    choice shows, in words; `judge` who decides, where somebody must judge; `lang` is `en` where the words are not
    translated; `errors` are sentences by field."""

    fact: Fact
    slug: str
    question: str
    help: str
    unit: str
    lang: str
    options: tuple[Option, ...]
    filled: Filled
    kept: str
    said: str
    judge: str
    errors: Mapping[str, str] = field(default_factory=dict)

    @property
    def kind(self) -> str:
        """Which fields there are: `one`, `several`, `number` or `date`."""
        if self.fact.several:
            return "several"
        if self.fact.cuts:
            return "number" if self.fact.kind is FactKind.NUMBER else "date"
        return "one"

    @property
    def short(self) -> bool:
        """Whether the answers fit beside each other."""
        return len(self.options) == 2 and all(len(option.text) <= 12 for option in self.options)

    @property
    def holds_kept(self) -> bool:
        """Whether the answer that no simple choice shows is the one that is chosen."""
        chosen = self.filled.how if self.fact.several else self.filled.chosen
        return bool(self.filled.kept) and (KEPT if self.fact.several else self.filled.kept) in chosen

    @property
    def not_known(self) -> bool:
        """Whether *I don't know* is chosen."""
        return UNKNOWN in (*self.filled.chosen, *self.filled.how)

    def error(self, name: str = "") -> str:
        """What is wrong with a field."""
        return self.errors.get(f"{self.slug}.{name}" if name else self.slug, "")


def control(
    fact: Fact,
    given: Given | None,
    phrases: Phrases,
    filled: Filled | None = None,
    errors: Mapping[str, str] | None = None,
) -> Control:
    """The control for a fact of which `given` is known, or as a form was `filled` that was refused."""
    shown = filled_of(fact, given) if filled is None else filled
    order = list(range(len(fact.answers)))
    if fact.kind is FactKind.YES_NO:
        order.reverse()  # yes before no
    options = (
        Option(fact.answers[i].name, phrases.answer(fact, i), fact.answers[i].name in shown.chosen) for i in order
    )
    judge = fact.decided_by.value if fact.decided_by else "nobody"
    return Control(
        fact=fact,
        slug=slug_of(fact.name),
        question=phrases.question(fact),
        help=phrases.help(fact),
        unit=phrases.unit(fact),
        lang="" if phrases.translated(fact) else "en",
        options=tuple(options),
        filled=shown,
        kept=_words(fact, shown.kept, phrases),
        said=answered(fact, given, phrases),
        judge=phrases.words.say(f"judge {judge}") if fact.judgement else "",
        errors=errors or {},
    )


def answered(fact: Fact, given: Given | None, phrases: Phrases) -> str:
    """An answer in words: a number or a day as it was given, else the answers; empty where nothing is known."""
    if given is None or not given.open:
        return ""
    exact = filled_of(fact, given).exact
    if not exact:
        return phrases.answered(fact, dict(given.open))
    return f"{exact} {phrases.unit(fact)}".strip()


def _words(fact: Fact, kept: str, phrases: Phrases) -> str:
    """A value of a case file in words."""
    try:
        given = parse_given(f"{fact.name}={kept}", {fact.name: fact}) if kept else None
    except InvalidInput:
        return ""
    return answered(fact, given, phrases)
