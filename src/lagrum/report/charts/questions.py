"""One rule as questions: its decision diagram, read from the top, with what each answer leads to."""

from __future__ import annotations

from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass
from datetime import date

from lagrum.model.citations import Citation
from lagrum.model.diagnostics import BudgetExceeded, Diagnostic, InvalidInput
from lagrum.model.facts import Fact, Question
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.report.facts import Facts
from lagrum.semantics.compile import Compiled
from lagrum.semantics.diagrams import FALSE, TRUE, Diagrams, Node
from lagrum.semantics.order import asked_questions, question_order
from lagrum.spelling import did_you_mean

MOST = 60
"""Questions in a picture; past that nobody reads it."""

BUDGET = 200_000
"""Nodes made for a picture; whatever needs more is far too large for one."""

MET, UNMET, LIFTED = "met", "not met", "lifted"
"""Where the questions end."""

LISTED = 10
"""Rules named where one has to be chosen."""

NAMED = 3
"""Answers named one by one; where more lead to one place, they are `any other answer`."""


@dataclass(frozen=True, slots=True)
class Exit:
    """The answers that lead to a step, by its number, or to an end."""

    answers: str
    to: int | str


@dataclass(frozen=True, slots=True)
class Step:
    """A question, with its number and where each answer leads."""

    number: int
    question: str
    exits: tuple[Exit, ...]


@dataclass(frozen=True)
class Speech:
    """How the questions of a diagram are put: of a fact with several answers, one answer at a time."""

    facts: Facts

    def question(self, fact: Fact, question: Question) -> str:
        """The fact's question; of a member of a fact with several answers, the question and that member."""
        asked = self.facts.question(fact)
        if question.member is None:
            return asked
        member = self.facts.answer(fact, fact.answers[question.member].name)
        return self.facts.words.say("chart article member", question=asked, answer=member)

    def answer(self, fact: Fact, question: Question, answer: int) -> str:
        """One answer to the question, by its name."""
        if question.member is not None:
            return self.facts.words.say("yes" if answer else "no")
        return self.facts.answer(fact, fact.answers[answer].name)


def steps(law: Law, norm: Norm, on: date, speech: Speech) -> tuple[Step, ...]:
    """The questions that settle the rule's conditions on a day, then one for each exception to it.

    Definitions are opened; scope and exclusions, which are asked of the whole law, are not in it. Raises
    `InvalidInput` where the rule holds in no case on the day, or asks too much for a picture.
    """
    diagrams, root = _diagram(law, norm, on)
    if root == FALSE:
        help_ = "choose another day with `--on`; `lagrum show` says when it begins"
        raise InvalidInput([Diagnostic("LG0740", f"no case meets `{norm.citation}` on {on}", help=help_)])
    nodes = sorted(diagrams.below(root), key=lambda node: (diagrams.levels[node], -node))
    exceptions = law.exceptions.get(norm.key, ())
    if len(nodes) + len(exceptions) > MOST:
        message = f"`{norm.citation}` asks {len(nodes)} questions, more than a picture holds"
        raise InvalidInput([Diagnostic("LG0740", message, help=f"at most {MOST}; name a smaller rule")])
    numbers = {node: i for i, node in enumerate(nodes, start=1)}
    first_exception = len(nodes) + 1
    ends: dict[Node, int | str] = {FALSE: UNMET, TRUE: first_exception if exceptions else MET}
    found = [_step(law, diagrams, node, numbers, ends, speech) for node in nodes]
    words = speech.facts.words
    for i, exception in enumerate(exceptions):
        last = i == len(exceptions) - 1
        said = words.say("chart article exception", citation=str(exception.citation), label=exception.label)
        after: int | str = MET if last else first_exception + i + 1
        exits = (Exit(words.say("no"), after), Exit(words.say("yes"), LIFTED))
        found.append(Step(first_exception + i, said, exits))
    return tuple(found)


def _diagram(law: Law, norm: Norm, on: date) -> tuple[Diagrams, Node]:
    """The rule's conditions as a diagram that asks in the order of the text, or, where that is too large, in the order
    that keeps diagrams small."""
    for order in (asked_questions, question_order):
        diagrams = Diagrams(order(law), BUDGET)
        with suppress(BudgetExceeded):
            return diagrams, Compiled(law, on, diagrams).elements(norm.key)
    message = f"`{norm.citation}` is too tangled for a picture"
    raise InvalidInput([Diagnostic("LG0740", message, help="`lagrum show` tells its conditions")])


def _step(
    law: Law,
    diagrams: Diagrams,
    node: Node,
    numbers: Mapping[Node, int],
    ends: Mapping[Node, int | str],
    speech: Speech,
) -> Step:
    question = diagrams.order[diagrams.levels[node]]
    fact = law.facts[question.fact]
    by_child: dict[Node, list[int]] = {}
    for answer, child in enumerate(diagrams.children[node]):
        by_child.setdefault(child, []).append(answer)
    most = max(by_child, key=lambda child: len(by_child[child]))
    exits = []
    for child, answers in by_child.items():
        if child == most and len(answers) > NAMED:
            said = speech.facts.words.say("chart article other")
        else:
            said = f" {speech.facts.words.say('or')} ".join(speech.answer(fact, question, a) for a in answers)
        exits.append(Exit(said, ends[child] if child in ends else numbers[child]))
    exits.sort(key=lambda e: (isinstance(e.to, str), e.to if isinstance(e.to, int) else 0))
    return Step(numbers[node], speech.question(fact, question), tuple(exits))


def drawable(law: Law, place: Citation, on: date, number: int | None = None) -> Norm:
    """The rule at the place that has conditions and can hold on the day: what stands at the very place before what
    stands below it, a prohibition before other rules. Raises `InvalidInput` where there is none, or several and none
    was chosen by its number."""
    at = [norm for norm in law.norms.values() if norm.when is not None and place.covers(norm.citation)]
    if not at:
        help_ = did_you_mean(str(place), sorted({str(norm.citation) for norm in law.norms.values()}))
        message = f"no rule is encoded at `{place}` in `{law.id}`"
        raise InvalidInput([Diagnostic("LG0729", message, help=help_ or "`lagrum show` lists what is there")])
    compiled = Compiled(law, on, Diagrams(asked_questions(law)))
    found = [norm for norm in at if compiled.active(norm.key) != FALSE]
    if not found:
        message = f"no rule at `{place}` holds on {on}"
        raise InvalidInput([Diagnostic("LG0740", message, help="choose another day with `--on`")])
    forbidding = [norm for norm in found if norm.kind is NormKind.FORBID]
    if number is None:
        for group in (_at(place, forbidding), _at(place, found), forbidding, found):
            if len(group) == 1:
                return group[0]
    chosen = sorted(found, key=lambda norm: (norm.kind is not NormKind.FORBID, norm.citation != place))
    if number is not None and number <= len(chosen):
        return chosen[number - 1]
    told = "; ".join(f"{i} {norm.citation} {norm.label}" for i, norm in enumerate(chosen[:LISTED], start=1))
    more = f"; {len(chosen) - LISTED} more" if len(chosen) > LISTED else ""
    message = f"there are {len(chosen)} rules at `{place}`"
    raise InvalidInput(
        [Diagnostic("LG0740", message, help=f"name a smaller place, or choose by `--rule`: {told}{more}")]
    )


def _at(place: Citation, norms: list[Norm]) -> list[Norm]:
    return [norm for norm in norms if norm.citation == place]
