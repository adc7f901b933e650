"""Balance on a law small enough to see through, and held against going through every case and every set of edits."""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator
from dataclasses import replace
from datetime import date
from importlib import resources
from itertools import combinations, count
from pathlib import Path

import jsonschema
import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from lagrum.analysis.balance import Balance, balance
from lagrum.analysis.balance.search import _Search
from lagrum.analysis.loopholes import loopholes
from lagrum.cli.main import run
from lagrum.language import parse_document
from lagrum.library import Library, open_library
from lagrum.model.cases import Box, Case, Given
from lagrum.model.conditions import Condition, Group, Line
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.facts import Question
from lagrum.model.law import Law
from lagrum.model.norms import Norm
from lagrum.model.rulings import Ruling
from lagrum.semantics.batches import Batch
from lagrum.semantics.estimate import as_case
from lagrum.semantics.order import question_order
from lagrum.semantics.reference import Reference, possible
from tests.analysis.conftest import PACK, Town
from tests.strategies.laws import ON, assignments, boxes, laws, vocabularies

DAY = date(2026, 1, 1)
POLICE = {"needed": "yes", "order": "judge's"}


def use(library: Library, name: str, **facts: str) -> Case:
    """A use worth keeping: a watching of the street by the police, but for the facts told."""
    told = {"act": ("use",), "practice": ("watch",), "place": "street", "user": "police", "live": "yes", "errand": "no"}
    given: dict[str, Given] = {}
    for fact_name, value in {**told, **facts}.items():
        fact = library.pack.facts[fact_name]
        if fact.several:
            held = {fact.index(v) for v in value}
            open_ = tuple((Question(fact.name, i), frozenset([int(i in held)])) for i in range(len(fact.answers)))
        else:
            assert isinstance(value, str)
            open_ = ((Question(fact.name), frozenset([fact.index(value)])),)
        given[fact.name] = Given(fact.name, open_, str(value))
    return Case(name, given, intent="we want it")


def balanced(library: Library, *kept: Case, most_edits: int = 3) -> Balance:
    law, position = library.law("town"), library.law("letter")
    return balance(law, position, DAY, kept, loopholes(law, position, DAY), most_edits=most_edits)


def test_with_nothing_to_keep_the_front_only_grows_with_edits(town: Town) -> None:
    result = balanced(town())
    assert all(point.lost == 0 for point in result.points)
    closed = [point.closed for point in result.points]
    assert closed == sorted(set(closed))
    assert all(family.closable for family in result.families)


def test_what_an_edit_closes_and_loses_is_told_by_name(town: Town) -> None:
    library = town()
    search = use(library, "a search that a judge ordered", needed="yes", order="judge's", urgent="no")
    later = use(library, "looking through recordings", live="no", needed="no", order="absent", urgent="no")
    result = balanced(library, search, later)
    edits = {edit.words: edit for edit in result.edits}
    live = edits['drop "live" from Art. 5 (watching live in open places by the police)']
    assert (live.closes, live.loses) == (("element: Art. 3: live",), ("looking through recordings",))
    repeal = edits["repeal Art. 5(a) (a needed search)"]
    assert len(repeal.closes) == 2
    assert repeal.loses == ("a search that a judge ordered",)
    own_order = edits['drop the way "urgent and order is own" from Art. 6 (an order)']
    assert (len(own_order.closes), own_order.loses) == (1, ())
    army = edits["repeal Art. 1(2) (the army)"]
    assert army.closes == ("exclusion: Art. 1(2): the army",)


def test_a_lost_use_names_the_edits_that_lose_it_together(town: Town) -> None:
    """A shopkeeper's recordings are forbidden only when both words go: neither edit alone loses them."""
    library = town()
    shop = use(
        library,
        "a shop looks through recordings",
        user="shopkeeper",
        live="no",
        needed="no",
        order="absent",
        urgent="no",
    )
    law, position = library.law("town"), library.law("letter")
    search = _Search(law, position, DAY, [shop], loopholes(law, position, DAY), {}, DAY, 2)
    words = [candidate.words for candidate in search.candidates]
    live = words.index('drop "live" from Art. 5 (watching live in open places by the police)')
    police = words.index('drop "user is police" from Art. 5 (watching live in open places by the police)')
    army = words.index("repeal Art. 1(2) (the army)")
    (forms,) = search.uses
    assert not search.oracle.touches(forms, [live])
    assert not search.oracle.touches(forms, [police, army])
    assert search.oracle.touches(forms, [live, police, army])
    assert search.oracle.shrunk(forms, [live, police, army]) == {live, police}


def test_what_is_forbidden_already_cannot_be_lost(town: Town) -> None:
    library = town()
    watch = use(library, "watching for fun", needed="no", order="absent", urgent="no")
    result = balanced(library, watch)
    assert [benefit.state for benefit in result.benefits] == ["forbidden"]
    assert not any(edit.loses for edit in result.edits)


def test_every_amendment_of_the_town_is_law_that_does_as_it_says(town: Town, tmp_path: Path) -> None:
    """Loaded as acts, they forbid more and never less, and lose just the uses that they say."""
    library = town()
    kept = (
        use(library, "a search", needed="yes", order="judge's", urgent="no"),
        use(library, "recordings", live="no", needed="no", order="absent", urgent="no"),
    )
    result = balanced(library, *kept)
    law = library.law("town")
    told = {choice.amendment: choice for point in result.points for choice in point.choices}
    assert len(told) >= 3
    for number, (text, choice) in enumerate(list(told.items())[:: len(told) // 3]):
        folder = tmp_path / f"amended-{number}"
        folder.mkdir()
        (folder / "amendment.md").write_text(text)
        assert not parse_document("amendment.md", text)[1]
        amended = open_library([PACK, folder], built_in=False)
        assert not amended.diagnostics, (text, amended.diagnostics)
        after, before = Reference(amended.law("town", text_of=DAY), DAY), Reference(law, DAY)
        letter = library.law("letter")
        order = question_order(law, letter)
        cases = [as_case(answers) for answers in assignments(order)]
        for case in (case for case in cases if possible(law, case)):
            if before.ruling(case) is Ruling.FORBIDDEN:
                assert after.ruling(case) is Ruling.FORBIDDEN
        lost = [
            each.name
            for each in kept
            if any(
                after.ruling(as_case(a)) is Ruling.FORBIDDEN and before.ruling(as_case(a)) is not Ruling.FORBIDDEN
                for a in assignments(order)
                if inside(a, each.box) and possible(law, as_case(a))
            )
        ]
        assert lost == [each.benefit for each in choice.loses]


def inside(answers: dict[Question, int], box: Box) -> bool:
    return all(answers[q] in allowed for q, allowed in box.items() if q in answers)


# --- random laws ----------------------------------------------------------------------------------------------


def told_apart(law: Law) -> Law:
    """The law with words of their own for each condition, as the lines of a real text have."""
    numbers = count()

    def anew(condition: Condition | None) -> Condition | None:
        if condition is None:
            return None
        if isinstance(condition, Group):
            return replace(condition, items=tuple(c for item in condition.items if (c := anew(item)) is not None))
        return replace(condition, line=Line(f"condition {next(numbers)}"))

    def norm(each: Norm) -> Norm:
        return replace(each, when=anew(each.when), unless=anew(each.unless), met_when=anew(each.met_when))

    instruments = tuple(replace(i, norms=tuple(map(norm, i.norms))) for i in law.instruments)
    return replace(law, instruments=instruments)


@st.composite
def balances(draw: st.DrawFn) -> _Search:
    """A search for a random law, position and uses, with a few candidates at least."""
    words = draw(vocabularies())
    vocabulary = replace(words, facts=(replace(words.facts[0], practice=words.facts[0].several), *words.facts[1:]))
    law = told_apart(draw(laws(names=("alpha",), vocabulary=vocabulary)))
    position = told_apart(draw(laws(names=("gamma",), vocabulary=vocabulary)))
    try:
        found = loopholes(law, position, ON)
    except InvalidInput:
        assume(False)
    order = question_order(law, position)
    kept = []
    for i in range(draw(st.integers(0, 2))):
        box = draw(boxes(order))
        kept.append(Case(f"use {i}", {str(q): Given(q.fact, ((q, a),), "") for q, a in box.items()}))
    assume(found.families)
    return _Search(law, position, ON, kept, found, {}, ON, 2)


def cases_of(search: _Search) -> Iterator[dict[Question, int]]:
    for answers in assignments(question_order(search.law, search.position)):
        if possible(search.law, as_case(answers)) and possible(search.position, as_case(answers)):
            yield answers


class Brute:
    """What sets of edits forbid, found by going through the cases one by one with the plain reading."""

    def __init__(self, search: _Search) -> None:
        self.search = search
        self.cases = list(cases_of(search))
        switches = [q for q in search.oracle.circuit.order if q.fact.startswith("(")]
        batch = Batch(search.oracle.circuit, [{**c, **dict.fromkeys(switches, 0)} for c in self.cases])
        self.families = [batch.bits(node) for node in search.families]
        before = Reference(search.law, ON)
        self.before = self._bits(before, ())
        self.uses = [sum(1 << i for i, case in enumerate(self.cases) if inside(case, kept.box)) for kept in search.kept]

    def after(self, edits: Collection[int]) -> int:
        return self._bits(Reference(self.search.oracle.amended, ON), edits)

    def _bits(self, reading: Reference, edits: Collection[int]) -> int:
        switched = {f"(edit {i})": int(i in edits) for i in range(len(self.search.candidates))}
        return sum(
            1 << i
            for i, case in enumerate(self.cases)
            if reading.ruling({**as_case(case), **switched}) is Ruling.FORBIDDEN
        )

    def numbers(self, edits: Collection[int]) -> tuple[frozenset[int], frozenset[int]]:
        """The families closed and the uses lost."""
        after = self.after(edits)
        closed = frozenset(i for i, own in enumerate(self.families) if own and not own & ~after)
        lost = frozenset(i for i, each in enumerate(self.uses) if each & after & ~self.before)
        return closed, lost


@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
@given(balances())
def test_the_front_is_what_going_through_every_set_of_edits_finds(search: _Search) -> None:
    result = search.result()
    brute = Brute(search)
    names = [family.id for family in search.chosen]
    for edit in result.edits:
        closed, lost = brute.numbers([edit.id - 1])
        assert {names[i] for i in closed} == set(edit.closes)
        assert {search.names[i] for i in lost} == set(edit.loses)
        assert not brute.before & ~brute.after([edit.id - 1]), "an edit only ever forbids more"
    for point in result.points:
        for choice in point.choices:
            closed, lost = brute.numbers([e - 1 for e in choice.edits])
            assert {names[i] for i in closed} == set(choice.closes)
            assert {search.names[i] for i in lost} == {each.benefit for each in choice.loses}
    assume(len(result.edits) <= 10)
    reached = [
        (-len(closed), len(lost), size)
        for size in (1, 2)
        for edits in combinations(range(len(result.edits)), size)
        for closed, lost in [brute.numbers(edits)]
        if closed and not search.barred(edits)
    ]
    best = {r for r in reached if not any(o != r and all(a <= b for a, b in zip(o, r, strict=True)) for o in reached)}
    assert {(-p.closed, p.lost, p.edits) for p in result.points} == best


# --- the command ----------------------------------------------------------------------------------------------


@pytest.fixture
def asked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    monkeypatch.setenv("LAGRUM_CACHE_DIR", str(tmp_path / "cache"))
    monkeypatch.setattr("lagrum.library.built_in_laws", lambda: PACK)
    kept = tmp_path / "kept"
    kept.mkdir()
    (kept / "search.yaml").write_text(
        "lagrum: 1\ncase: a search that a judge ordered\nfacts:\n  practice: {exactly: watch}\n  act: {exactly: use}\n"
        "  place: street\n  user: police\n  live: yes\n  errand: no\n  needed: yes\n  order: judge's\n  urgent: no\n"
        "source: our own example\nintent: people are found\n"
    )
    return ["balance", "town", "--against", "letter", "--on", "2026-01-01", "--keep", str(kept)]


def test_the_command_tells_the_front_and_one_point_in_full(
    asked: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run([*asked, "--all"]) == 2
    front = capsys.readouterr().out
    assert "on the front" in front
    assert run([*asked, "--show", "1"]) == 2
    told = capsys.readouterr().out
    assert "amend town" in told
    assert run([*asked, "--show", "99"]) == 3
    assert "there is no point 99" in capsys.readouterr().err


def test_the_json_answer_is_as_its_schema_says(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*asked, "--format", "json"]) == 2
    answer = json.loads(capsys.readouterr().out)
    schemas = resources.files("lagrum").joinpath("schemas")
    head = json.loads(schemas.joinpath("envelope.json").read_text(encoding="utf-8"))
    own = json.loads(schemas.joinpath("balance.json").read_text(encoding="utf-8"))
    jsonschema.validate(answer, head)
    del own["allOf"]
    jsonschema.validate(answer, own)
    assert answer["points"]
    assert answer["benefits"][0]["intent"] == "people are found"


def test_tables_have_a_line_for_each_point(asked: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    assert run([*asked, "--format", "csv"]) == 2
    lines = capsys.readouterr().out.splitlines()
    assert lines[0].startswith("point,edits,closes,loses,by")
    assert run([*asked, "--format", "json"]) == 2
    assert len(lines) - 1 == len(json.loads(capsys.readouterr().out)["points"])


def test_a_written_amendment_can_be_tried(asked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    out = tmp_path / "tried"
    assert run([*asked, "--show", "1", "-o", str(out)]) == 2
    assert (out / "1" / "amendment.md").exists()
    asked_again = [
        "loopholes",
        "town",
        "--against",
        "letter",
        "--on",
        "2026-01-01",
        "--laws",
        str(PACK),
        "--format",
        "json",
    ]
    capsys.readouterr()
    run(asked_again)
    before = json.loads(capsys.readouterr().out)["families"]
    run([*asked_again, "--laws", str(out / "1")])
    after = json.loads(capsys.readouterr().out)["families"]
    assert {family["id"] for family in before} - {family["id"] for family in after}
    assert run([*asked, "--show", "1", "-o", str(out)]) == 3, "nothing is written over"
    assert "is there already" in capsys.readouterr().err


def test_a_folder_without_cases_is_named(asked: list[str], tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "empty").mkdir()
    assert run([*asked, "--keep", str(tmp_path / "empty")]) == 3
    assert "there is no case file" in capsys.readouterr().err
