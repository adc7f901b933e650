"""The spread of loopholes over other laws: by hand on a small law, and held against going through every case."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from lagrum.analysis.loopholes import loopholes
from lagrum.analysis.loopholes.families import merged, regions_of
from lagrum.analysis.loopholes.practices import find_practices, practice_fact
from lagrum.analysis.loopholes.result import APART
from lagrum.analysis.loopholes.search import day_in_force
from lagrum.analysis.spread import Alike, Cell, Spread, Standing, State, laws_to_spread, spread
from lagrum.analysis.spread.result import Certainty
from lagrum.analysis.spread.subjects import certainty_of
from lagrum.library import Library, open_library
from lagrum.model.cases import Complete
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.facts import FactKind
from lagrum.model.law import Law
from lagrum.model.norms import NormKind
from lagrum.model.rulings import Ruling
from lagrum.semantics.compile import Compiled, possible_region, question_order
from lagrum.semantics.diagrams import FALSE, Diagrams, Node
from lagrum.semantics.estimate import as_case
from lagrum.semantics.reference import Reference, possible
from tests.analysis.conftest import PACK
from tests.strategies.laws import ON, assignments, laws, vocabularies

DAY = date(2026, 1, 1)

VILLAGE = """# The village's rule

```law
instrument village
  title         "Village rule"
  citation      "Rule 2"
  source        our own
  jurisdiction  YY
  kind          statute
  published     2021-01-01
  in force      2021-02-01
  uses          words
  review        invented for tests

{body}
```
"""

WATCHING = """forbid § 1 "watching"
  when practice has watch"""


def village(folder: Path, body: str, *changes: tuple[str, str]) -> Library:
    """The small pack with one more law in a file of its own: no line of Python knows of it."""
    for file in PACK.glob("*.md"):
        (folder / file.name).write_text(file.read_text())
    text = VILLAGE.format(body=body)
    for old, new in changes:
        assert old in text
        text = text.replace(old, new)
    (folder / "village.md").write_text(text)
    library = open_library([folder], built_in=False)
    assert not library.diagnostics
    return library


def spread_of(library: Library, *ids: str, on: date = DAY, fixed: tuple[str, ...] = ()) -> Spread:
    town, letter, *columns = library.laws(["town", "letter", *ids])
    return spread(town, letter, columns, on, loopholes, fixed=fixed)


def cells(found: Spread, law: str = "village") -> dict[str, Cell]:
    """The cells of a law by the words that open the family."""
    return {row.title: cell for row in found for cell in row.cells if cell.law == law}


def test_a_law_in_a_file_of_its_own_gets_a_column(tmp_path: Path) -> None:
    library = village(tmp_path, WATCHING)
    ids = laws_to_spread(library.pack)
    assert ids == ("town", "village")  # the letter is a position
    found = spread_of(library, *ids)
    assert [c.law for c in found.columns] == ["town", "village"]
    assert all(len(row.cells) == 2 for row in found)


def test_cells_of_a_village_that_forbids_all_watching(tmp_path: Path) -> None:
    """Every way to watch is closed there; sorting is not its subject, and the town leaves its own ways in open."""
    found = spread_of(village(tmp_path, WATCHING), "town", "village")
    states = {title: cell.state for title, cell in cells(found).items()}
    assert states.pop("no prohibition is about this") is State.NOT_ITS_SUBJECT
    assert set(states.values()) == {State.CLOSED}
    own = {title: cell for title, cell in cells(found, "town").items() if title != "no prohibition is about this"}
    assert {cell.state for cell in own.values()} == {State.OPEN}
    assert {cell.alike for cell in own.values()} == {Alike.WORDS}
    assert {cell.by for cell in own.values()} == {("Art. 5",)}


def test_narrowed_is_what_is_forbidden_in_part(tmp_path: Path) -> None:
    """A village that forbids watching in the street alone narrows what the town's "live" lets through, and leaves open
    what the town's "open place" does: watching on the web."""
    states = cells(
        spread_of(
            village(tmp_path, "forbid § 1\n  when all of\n    practice has watch\n    place is street"), "village"
        )
    )
    assert states["live, Art. 3"].state is State.NARROWED
    assert states["live, Art. 3"].by == ("§ 1",)
    assert states["open place, Art. 2"].state is State.OPEN
    assert states["open place, Art. 2"].alike is Alike.EFFECT


def test_the_same_condition_is_alike_by_words_whatever_it_is_called(tmp_path: Path) -> None:
    """The definition has another name, place and citation; the conditions are the same."""
    body = """define out of doors [§ 2]
  when place in street, shop

forbid § 1
  when all of
    practice has watch [§ 9]
    out of doors"""
    there = cells(spread_of(village(tmp_path, body), "village"))
    assert there["open place, Art. 2"].alike is Alike.WORDS
    assert there["live, Art. 3"].alike is Alike.ABSENT


@pytest.mark.parametrize(("user", "alike"), [("needed", Alike.WORDS), ("urgent", Alike.EFFECT)])
def test_exceptions_are_alike_by_what_they_and_their_duties_ask(tmp_path: Path, user: str, alike: Alike) -> None:
    """The exception rests on a duty of another name; its two ways are told apart as the town's are."""
    body = f"""forbid § 1
  when all of
    practice has watch
    place is street
    not needed
    order is absent

except § 1(a) to § 1
  when all of
    {user}
    § 2 is met

forbid § 3
  when all of
    practice has watch
    order is own
    not urgent

require § 2
  when act has use
  met when any of
    order is judge's
    all of
      urgent
      order is own"""
    there = cells(spread_of(village(tmp_path, body), "village"))
    assert there["a needed search: order is judge's, Art. 5(a)"].state is State.OPEN
    assert there["a needed search: order is judge's, Art. 5(a)"].alike is alike


def test_a_family_outside_its_scope_is_not_its_subject(tmp_path: Path) -> None:
    """A rule for the police alone has nothing to say of what the town leaves to others than the police."""
    body = f"scope § 0\n  when user is police\n\n{WATCHING}"
    there = cells(spread_of(village(tmp_path, body), "village"))
    others = there["user is police, Art. 5"]
    assert (others.state, others.reached) == (State.NOT_ITS_SUBJECT, False)
    assert there["live, Art. 3"].state is State.CLOSED  # territory, or whom it binds, is taken as met


DISPUTED = """reading glimpses "Is a glimpse watching?"
  yes  "it is"
  no   "it is not"
  default yes

forbid § 1
  when all of
    practice has watch
    any of
      live
      glimpses is yes"""


def test_a_reading_that_decides_is_told(tmp_path: Path) -> None:
    library = village(tmp_path, DISPUTED)
    there = cells(spread_of(library, "village"))
    later, elsewhere = there["live, Art. 3"], there["open place, Art. 2"]
    assert later.state is State.DEPENDS
    assert (later.as_read, set(later.states)) == (State.CLOSED, {State.OPEN, State.CLOSED})
    assert later.readings == ("village:glimpses",)
    assert (elsewhere.as_read, set(elsewhere.states)) == (State.CLOSED, {State.CLOSED, State.NARROWED})
    chosen = cells(spread_of(library, "village", fixed=("village:glimpses",)))
    assert chosen["live, Art. 3"].state is State.CLOSED


@pytest.mark.parametrize(
    ("old", "new", "standing", "moves", "on"),
    [
        ("  in force      2021-02-01\n", "", Standing.BILL, "", "2026-01-01"),
        ("in force      2021-02-01", "in force      2027-05-01", Standing.NOT_YET, "2027-05-01", "2027-05-01"),
        (
            "in force      2021-02-01",
            "in force      2021-02-01\n  until         2024-03-01",
            Standing.ENDED,
            "2024-03-01",
            "2024-02-29",
        ),
    ],
)
def test_what_is_not_in_force_is_taken_as_if_and_marked(
    tmp_path: Path, old: str, new: str, standing: Standing, moves: str, on: str
) -> None:
    found = spread_of(village(tmp_path, WATCHING, (old, new)), "village")
    (column,) = found.columns
    assert (column.standing, column.moves, column.on) == (standing, moves, on)
    assert cells(found)["live, Art. 3"].state is State.CLOSED
    assert column.label != column.mark


def test_before_the_reference_law_its_families_are_those_of_its_first_day(tmp_path: Path) -> None:
    found = spread_of(village(tmp_path, WATCHING), "village", on=date(2019, 1, 1))
    assert found.of_on == "2020-02-01"
    assert {row.kind for row in found} == {"no norm", "element", "exception", "exclusion"}


@pytest.mark.parametrize(
    ("review", "certainty"),
    [
        ("encoded from the official text as published; not reviewed by counsel", Certainty.TEXT),
        ("from digest; not reviewed by counsel", Certainty.DIGEST),
        ("from digest; the elements of the prohibited acts uncertain", Certainty.UNCERTAIN),
        ("encoded from the official text; the list of offences from memory", Certainty.UNCERTAIN),
    ],
)
def test_certainty_is_read_off_the_review(review: str, certainty: Certainty) -> None:
    assert certainty_of([review]) is certainty


# --- against every case --------------------------------------------------------------------------------------


@st.composite
def three_laws(draw: st.DrawFn) -> tuple[Law, Law, Law]:
    """A law, a position and a third, over one vocabulary with a fact that says what the system does."""
    vocabulary = draw(vocabularies())
    several = [fact.name for fact in vocabulary.facts if fact.kind is FactKind.SOME_OF]
    assume(several)
    words = replace(
        vocabulary, facts=tuple(replace(fact, practice=fact.name == several[0]) for fact in vocabulary.facts)
    )
    alpha, beta, gamma = (draw(laws((name,), vocabulary=words)) for name in ("alpha", "beta", "gamma"))
    return alpha, beta, gamma


@settings(max_examples=60)
@given(three_laws())
def test_cells_are_those_found_by_going_through_every_case(three: tuple[Law, Law, Law]) -> None:
    """In every reading of the third law: its rulings by the plain reading, of the cases that the diagrams say are the
    family's."""
    alpha, beta, gamma = three
    try:
        found = spread(alpha, beta, [gamma], ON, loopholes)
    except InvalidInput:  # the random vocabulary rules everything out
        return
    day = date.fromisoformat(found.of_on)
    held_by = dict(regions(alpha, beta, day))
    order = question_order(*three)
    cases = [
        (answers, case)
        for answers in assignments(order)
        if all(possible(law, case := as_case(answers)) for law in three)
    ]
    for row in found:
        (cell,) = row.cells
        inside = [case for answers, case in cases if held_by[row.title](answers)]
        about = [case for _, case in cases if _about(row.practices, alpha, beta, day, case)]
        states = {}
        for name, value in itertools.product(gamma.readings, "xy"):
            law = replace(gamma, readings={name: value})
            states[value] = by_hand(law, date.fromisoformat(found.columns[0].on), inside, about)
        assert set(cell.states) == set(states.values())
        assert cell.as_read is states[gamma.readings["gamma:dispute"]]
        assert (cell.state is State.DEPENDS) == (len(set(states.values())) > 1)


def regions(law: Law, position: Law, day: date) -> Iterator[tuple[str, Callable[[dict], bool]]]:  # type: ignore[type-arg]
    """For each family, by its title, which answers are in it, by decision diagrams."""
    diagrams, families = family_nodes(law, position, day)
    asked = set(diagrams.sizes)

    def within(node: Node) -> Callable[[dict], bool]:  # type: ignore[type-arg]
        return lambda answers: diagrams.holds(node, {q: a for q, a in answers.items() if q in asked})

    titles = {family.openers: family.title for family in loopholes(law, position, day) if family.kind not in APART}
    for openers, node in families.items():
        if openers in titles:
            yield titles[openers], within(node)


def family_nodes(law: Law, position: Law, day: date, *more: Law) -> tuple[Diagrams, dict]:  # type: ignore[type-arg]
    """The families as nodes of diagrams that ask what further laws ask, too."""
    diagrams = Diagrams(question_order(law, position, *more), 8_000_000)
    compiled, by_position = Compiled(law, day, diagrams), Compiled(position, day, diagrams)
    there = day_in_force(law, day)
    words = compiled if there == day else Compiled(law, there, diagrams)
    possibly = possible_region(diagrams, [law, position])
    practices = find_practices(compiled, by_position, possibly)
    forbidden = diagrams.both(possibly, by_position.forbids)
    found = merged(r for p in practices for r in regions_of(compiled, words, p, forbidden))
    return diagrams, {o: diagrams.either(*(region.node for region in members)) for o, members in found.items()}


def _about(practices: tuple[tuple[str, ...], ...], law: Law, position: Law, day: date, case: Complete) -> bool:
    """Whether the case does one of the practices, nothing else, and the position forbids it."""
    fact = practice_fact(law, position)
    if fact is not None and fact.name in case:
        held = case[fact.name]
        assert isinstance(held, frozenset)
        asked = {q.fact for q, _ in question_order(law, position)}
        doing = tuple(fact.answers[i].name for i in sorted(held))
        if fact.name in asked and doing not in practices:
            return False
    return Reference(position, day).ruling(case) is Ruling.FORBIDDEN


def by_hand(law: Law, day: date, inside: list[Complete], about: list[Complete]) -> State:
    plain = Reference(law, day)
    reached = [c for c in inside if any(plain.in_force(i.id) and plain.in_scope(i.id, c) for i in law.instruments)]
    forbidden = [c for c in reached if plain.ruling(c) is Ruling.FORBIDDEN]
    if forbidden:
        return State.CLOSED if len(forbidden) == len(reached) else State.NARROWED
    prohibitions = [n for n in law.norms.values() if n.kind is NormKind.FORBID or n.before_use]
    governed = any(n.when is None or plain.holds(n.when, c) for n in prohibitions for c in about)
    return State.OPEN if reached and governed else State.NOT_ITS_SUBJECT


# --- on the real laws ----------------------------------------------------------------------------------------

REFERENCE, LETTER = "eu-ai-act-2021-proposal", "ban-biometric-surveillance-2021"
TODAY = date(2026, 11, 22)


@pytest.mark.parametrize("law", ["us-il-bipa", "us-vt-act166", "us-ca-sf-19b", "eu-ai-act-2022-council", "vn-ai-law"])
def test_cells_of_real_laws_by_decision_diagrams(law: str) -> None:
    """Another engine, one law at a time: what of each family lies in the law's scope, and what of that it forbids."""
    library = open_library()
    proposal, letter, column = library.laws([REFERENCE, LETTER, law], attached=False)
    found = spread(proposal, letter, [column], TODAY, loopholes)
    diagrams, families = family_nodes(proposal, letter, TODAY, column)
    titles = {family.openers: family.title for family in loopholes(proposal, letter, TODAY)}
    here = Compiled(column, date.fromisoformat(found.columns[0].on), diagrams)
    reach = diagrams.either(*(here.scope(i.id) for i in column.instruments))
    possibly = possible_region(diagrams, [proposal, letter, column])
    compared = 0
    there = cells(found, law)
    for openers, node in families.items():
        cell = there.get(titles[openers])
        if cell is None:
            continue
        live = diagrams.both(node, possibly, reach)
        caught, spared = diagrams.both(live, here.forbids), diagrams.minus(live, here.forbids)
        if caught != FALSE:
            assert cell.as_read is (State.CLOSED if spared == FALSE else State.NARROWED), titles[openers]
        else:
            assert cell.as_read in (State.OPEN, State.NOT_ITS_SUBJECT), titles[openers]
        assert cell.reached or live == FALSE
        compared += 1
    assert compared == len(found.rows) >= 15


def test_what_the_world_makes_of_the_proposals_loopholes() -> None:
    """The proposal leaves its own ways in open. The Act of 2024 keeps "real-time", by the same word; the letter, which
    wants it gone, would close every one of them."""
    library = open_library()
    proposal, letter, act, colorado = library.laws([REFERENCE, LETTER, "eu-ai-act", "us-co-22-113"], attached=False)
    found = spread(proposal, letter, [proposal, letter, act, colorado], TODAY, loopholes)
    own = {title: cell.as_read for title, cell in cells(found, REFERENCE).items()}
    assert own.pop("no prohibition is about this") is State.NOT_ITS_SUBJECT
    assert set(own.values()) == {State.OPEN}
    assert {cell.state for cell in cells(found, LETTER).values()} <= {State.CLOSED, State.DEPENDS}
    later = cells(found, "eu-ai-act")["real-time, Art. 3(37)"]
    assert (later.as_read, later.alike) == (State.OPEN, Alike.WORDS)
    assert [(edge.law, edge.model) for edge in found.lineage] == [("us-co-22-113", "us-wa-rcw-43-386")]
