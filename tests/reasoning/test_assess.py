"""A whole assessment of random laws and cases holds what the reference says, and has the promised form."""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path

import jsonschema
from hypothesis import given, settings
from hypothesis import strategies as st

from lagrum.library import open_library
from lagrum.model.cases import Box, Case, Given
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling, Status
from lagrum.reasoning.assess import assess
from lagrum.reasoning.words import said
from tests.language.house import law as written
from tests.language.house import write
from tests.reasoning.brute import Brute
from tests.strategies.laws import ON, boxes, laws

BASES = ("stated", "indicated", "assumed", "judged")


def case_of(box: Box, law: Law, basis: str = "stated") -> Case:
    """The case that says just this."""
    facts: dict[str, Given] = {}
    for name in dict.fromkeys(question.fact for question in box):
        open_ = tuple((question, answers) for question, answers in box.items() if question.fact == name)
        text = " and ".join(said(law.facts[name], question, answers) for question, answers in open_)
        facts[name] = Given(name, open_, text, basis)
    return Case("a case", facts)


@st.composite
def asked(draw: st.DrawFn) -> tuple[Brute, Case]:
    """A law and a case that can be."""
    law = draw(laws())
    brute = Brute(law)
    box = draw(boxes(brute.order))
    if not brute.possible(box):
        box = {}
    return brute, case_of(box, law, draw(st.sampled_from(BASES)))


def possible_law(brute: Brute) -> bool:
    return bool(brute.rulings)


@settings(max_examples=50)
@given(asked().filter(lambda pair: possible_law(pair[0])))
def test_an_assessment_says_what_the_reference_says(pair: tuple[Brute, Case]) -> None:
    brute, case = pair
    found = assess(brute.law, case, ON)
    assert found.possible == brute.possible(case.box)
    assert found.ruling in (*found.possible, Ruling.UNDETERMINED)
    assert (found.ruling is Ruling.UNDETERMINED) == (len(found.possible) > 1)
    for norm, key in zip(found.norms, brute.law.norms, strict=True):
        statuses = brute.statuses(key, case.box)
        assert norm.status is (next(iter(statuses)) if len(statuses) == 1 else Status.DEPENDS)
    assert bool(found.missing) == (len(found.possible) > 1)
    if "assumed" in {given.basis for given in case.facts.values()} and found.without_assumptions is not None:
        assert found.without_assumptions == brute.possible({})
    jsonschema.validate(found.to_dict(), schema())
    told = str(found).splitlines()
    assert len(told) <= 23
    assert max(map(len, told)) <= 80
    assert told[0].startswith(found.ruling.value.upper())


@settings(max_examples=50)
@given(asked().filter(lambda pair: possible_law(pair[0])))
def test_the_deciding_norms_do_what_is_said_of_them(pair: tuple[Brute, Case]) -> None:
    brute, case = pair
    found = assess(brute.law, case, ON)
    keys = {(norm.instrument, str(norm.citation)): key for key, norm in brute.law.norms.items()}
    for norm in found.because_norms:
        if norm.does == "is not in force":
            continue
        statuses = brute.statuses(keys[norm.instrument, norm.citation], case.box)
        if norm.does in ("forbids", "requires", "classifies", "takes out"):
            assert statuses == {Status.APPLIES} if norm.sure else Status.APPLIES in statuses
        elif norm.does == "is lifted":
            assert statuses == {Status.DEFEATED} if norm.sure else Status.DEFEATED in statuses
    if found.ruling is Ruling.FORBIDDEN:
        assert any(norm.does == "forbids" for norm in found.because_norms)
    if found.ruling is Ruling.EXCEPTED:
        assert any(norm.does == "lifts" for norm in found.because_norms)


@settings(max_examples=50)
@given(asked().filter(lambda pair: possible_law(pair[0])))
def test_assuming_the_usual_never_settles(pair: tuple[Brute, Case]) -> None:
    brute, case = pair
    assumed = Case(case.name, case.facts, assume={"rest": "usual"})
    plainly = assess(brute.law, case, ON)
    found = assess(brute.law, assumed, ON)
    assert set(found.possible) <= set(plainly.possible)
    if found.assumed:
        assert found.settled is plainly.settled


def schema() -> dict[str, object]:
    text = resources.files("lagrum").joinpath("schemas/assess.json").read_text(encoding="utf-8")
    found: dict[str, object] = json.loads(text)
    return found


TIED = """# Base

```law
fact small "Is it small?"
  yes/no
  usual yes

fact large "Is it large?"
  yes/no
  usual yes

fact old "Is it old?"
  yes/no
  usual yes

fact new "Is it new?"
  yes/no
  usual yes

impossible "nothing is both small and large, nor small and old, nor small and new"
  when any of
    all of
      small
      large
    all of
      small
      old
    all of
      small
      new
```
"""


def test_as_many_usual_answers_are_assumed_as_can_be_true_together(tmp_path: Path) -> None:
    rule = "forbid Art. 1\n  when any of\n    small\n    large\n    old\n    new\n"
    files = {"vocabulary/base.md": TIED, "eu/act.md": written(rule, "act")}
    library = open_library([write(tmp_path, files)], built_in=False)
    assert library.diagnostics == ()
    found = assess(library.law("act"), Case("nothing known", {}, assume={"rest": "usual"}), ON)
    assert found.assumed == ("large", "old", "new")
    assert found.ruling is Ruling.FORBIDDEN
