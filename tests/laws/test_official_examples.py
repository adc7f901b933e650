"""The official examples of the AI Act: what the Commission, the recitals and the benchmarks say of a use must come out.

Each example has a case of its own in `official/`. What its description says is given as stated; what must be added to
settle it is `assumed`, or `judged` where the source weighs something. So each is asked twice, and counted: settled
right by what is stated, by all that the case holds, not at all, or wrongly. The counts and every example that does not
come out right stand in docs/cases.md.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum
from pathlib import Path

import pytest

from lagrum.library import Library, open_library
from lagrum.model.cases import Case
from lagrum.model.citations import parse_citation
from lagrum.model.law import Law
from lagrum.model.norms import Norm, NormKind
from lagrum.model.rulings import Status
from lagrum.reasoning.condition import here_for
from lagrum.reasoning.standing import Standing
from tests.conftest import REPOSITORY

FOLDER = Path(__file__).parent / "official"
PAGE = REPOSITORY / "docs" / "cases.md"
EXAMPLES = 116

RULES = (NormKind.FORBID, NormKind.CLASSIFY, NormKind.REQUIRE, NormKind.EXCEPT, NormKind.EXCLUDE)
LISTED = "Annex III"
WAYS_OUT = "Art. 6(3)"

# What the examples name and the text holds elsewhere, with whether it is the same or the opposite there.
ELSEWHERE: Mapping[str, tuple[str, str, bool]] = {
    # The fact `safety component` says what Article 3(14) does; since 2026 this definition bears on it.
    "Art. 3(14)": ("Art. 6(1a)", "safety component after all", True),
    # Who changes a model enough is its provider: the definition on which the duties of providers rest.
    "provider of GPAI model": ("Art. 3(3)", "maker of a model", True),
    # Arguments are accepted: the class of the most capable models falls away.
    "Art. 52(2)": ("Art. 51(1)", "", False),
}


class Outcome(StrEnum):
    RIGHT = "right"
    UNSETTLED = "unsettled"
    WRONG = "wrong"


@dataclass(frozen=True)
class Example:
    """What a source says of one use, and how our encoding answers: by what is stated alone, and by all of the case."""

    id: str
    as_stated: Outcome
    as_assumed: Outcome

    @property
    def counted(self) -> str:
        match self.as_assumed:
            case Outcome.RIGHT:
                return "right as stated" if self.as_stated is Outcome.RIGHT else "right once more is assumed"
            case Outcome.UNSETTLED:
                return "unsettled"
            case Outcome.WRONG:
                return "contradicted"


@pytest.fixture(scope="module")
def asserts(shared: Path) -> dict[str, dict[str, bool]]:
    """What each example says of which provisions."""
    lines = (shared / "cases" / "official-examples.jsonl").read_text(encoding="utf-8").splitlines()
    return {example["id"]: example["asserts"] for example in map(json.loads, lines)}


@pytest.fixture(scope="module")
def cases() -> dict[str, tuple[Law, Case]]:
    library = open_library([REPOSITORY / "laws"], built_in=False)
    return {file.stem: read(library, file) for file in sorted(FOLDER.glob("*.yaml"))}


@pytest.fixture(scope="module")
def examples(asserts: dict[str, dict[str, bool]], cases: dict[str, tuple[Law, Case]]) -> tuple[Example, ...]:
    return tuple(
        Example(name, outcome(law, stated(case), asserts[name]), outcome(law, case, asserts[name]))
        for name, (law, case) in cases.items()
    )


def read(library: Library, file: Path) -> tuple[Law, Case]:
    case, diagnostics, _ = library.read_case(file)
    assert case is not None and not diagnostics, (file, diagnostics)
    assert not case.assume, f"{file.name}: assumptions stand one by one among the facts"
    (law,) = library.laws(case.laws, case.readings)
    return law, case


def without(case: Case, *bases: str) -> Case:
    """The case without the answers that are known in one of these ways."""
    return replace(case, facts={name: given for name, given in case.facts.items() if given.basis not in bases})


def stated(case: Case) -> Case:
    """What the description says, and nothing that was assumed or judged."""
    return without(case, "assumed", "judged")


def outcome(law: Law, case: Case, said: Mapping[str, bool]) -> Outcome:
    """The worst of what comes out of each provision that the example speaks of."""
    (day,) = case.dates
    standing = Standing(here_for(law, day, case)[0])
    lifted = said.get(WAYS_OUT, False)
    found = {one(standing, cited, holds, lifted) for cited, holds in said.items()}
    return next(each for each in (Outcome.WRONG, Outcome.UNSETTLED, Outcome.RIGHT) if each in found)


def one(standing: Standing, cited: str, holds: bool, lifted: bool) -> Outcome:
    """Whether it must be so that a rule at the citation applies, or that none does.

    Where the example says that a way out of Annex III is open, its point is listed and lifted, rather than applies.
    """
    place, label, same = ELSEWHERE.get(cited, (cited, "", True))
    norms = list(at(standing.law, place, label))
    assert norms, f"no rule stands at {cited}"
    wanted = Status.DEFEATED if lifted and place.startswith(LISTED) else Status.APPLIES
    compiled = standing.compiled
    node = compiled.logic.either(*(compiled.statuses(norm.key)[wanted] for norm in norms))
    if holds is not same:
        node = compiled.logic.negate(node)
    return Outcome.RIGHT if standing.must(node) else Outcome.UNSETTLED if standing.can(node) else Outcome.WRONG


def at(law: Law, cited: str, label: str) -> Iterator[Norm]:
    """The rules at the citation or below it, definitions where there are none; exceptions to one of them are no part
    of what the provision itself says."""
    place = parse_citation(cited)
    here = {key: norm for key, norm in law.norms.items() if place.covers(norm.citation)}
    rules = [
        n for n in here.values() if n.kind in RULES and not (n.kind is NormKind.EXCEPT and set(n.targets) & set(here))
    ]
    for norm in rules or [n for n in here.values() if n.kind is NormKind.DEFINE]:
        if label in ("", norm.label or norm.name):
            yield norm


def recorded() -> tuple[dict[str, int], dict[str, set[str]]]:
    """The counts on the page, and the examples that its tables explain, by the heading they stand under."""
    text = PAGE.read_text(encoding="utf-8")
    counts = {name: int(number) for name, number in re.findall(r"^\| ([a-z ]+) \| (\d+) \|$", text, re.MULTILINE)}
    explained: dict[str, set[str]] = {}
    for part in text.split("\n## ")[1:]:
        explained[part.splitlines()[0].lower()] = set(re.findall(r"^\| `([A-Za-z0-9-]+)` \|", part, re.MULTILINE))
    return counts, explained


def test_every_example_has_a_case_and_every_case_an_example(
    asserts: dict[str, dict[str, bool]], cases: dict[str, tuple[Law, Case]]
) -> None:
    assert len(asserts) == EXAMPLES
    assert sorted(cases) == sorted(asserts)
    assert not [n for n, (_, case) in cases.items() if f"official example {n}: " not in case.source or not case.intent]


def test_they_come_out_as_the_page_says(examples: tuple[Example, ...]) -> None:
    counts, _ = recorded()
    found = {name: sum(each.counted == name for each in examples) for name in counts}
    assert found == counts
    assert sum(counts.values()) == EXAMPLES


@pytest.mark.parametrize("how", ["contradicted", "unsettled"])
def test_every_example_that_does_not_come_out_right_is_explained(examples: tuple[Example, ...], how: str) -> None:
    _, explained = recorded()
    assert {each.id for each in examples if each.counted == how} == explained[how]


def test_the_page_names_those_that_rest_on_what_the_source_has_judged(
    asserts: dict[str, dict[str, bool]], cases: dict[str, tuple[Law, Case]]
) -> None:
    _, explained = recorded()
    judged = {n: c for n, c in cases.items() if any(given.basis == "judged" for given in c[1].facts.values())}
    assert set(judged) == explained["by the source's own judgement"]
    left = {n: outcome(law, without(case, "judged"), asserts[n]) for n, (law, case) in judged.items()}
    assert {n for n, found in left.items() if found is not Outcome.UNSETTLED} == set()


def test_what_is_stated_contradicts_no_source_by_itself(examples: tuple[Example, ...]) -> None:
    assert not [each.id for each in examples if each.as_stated is Outcome.WRONG]
