"""The fronts for the European texts: what a point claims comes out when its amendment is loaded as any other act is."""

from __future__ import annotations

from datetime import date
from functools import lru_cache
from pathlib import Path

import pytest

from lagrum.analysis.balance import Balance, Choice, balance
from lagrum.analysis.balance.candidates import closable
from lagrum.analysis.balance.parts import Parts
from lagrum.analysis.loopholes import Loopholes
from lagrum.language import format_document, parse_document
from lagrum.library import Library, open_library
from lagrum.model.cases import Case
from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.reasoning.bench import bench_of
from lagrum.semantics.circuits import Circuit
from lagrum.semantics.clauses import Clauses
from lagrum.semantics.compile import Compiled
from lagrum.semantics.order import asked_questions
from lagrum.service.kept import kept_loopholes
from tests.conftest import REPOSITORY

LAWS = REPOSITORY / "laws"
LETTER = "ban-biometric-surveillance-2021"
PROPOSAL = ("eu-ai-act-2021-proposal", date(2022, 1, 1))
ACT = ("eu-ai-act", date(2026, 11, 22))
FILES = {
    PROPOSAL: ("vocabulary", "letters/ban-biometric-surveillance-2021.md", "eu/ai-act/2021-proposal.md"),
    ACT: ("vocabulary", "letters/ban-biometric-surveillance-2021.md", "eu/ai-act/2024", "eu/ai-act/2026-omnibus.md"),
}
Asked = tuple[str, date]


def library_of(asked: Asked, folder: Path, *more: Path) -> Library:
    """Only what the law and the letter rest on, and further folders: it is read once for each amendment."""
    for name in FILES[asked]:
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        if not (folder / name).exists():
            (folder / name).symlink_to(LAWS / name)
    return open_library([folder, *more], built_in=False)


@lru_cache
def uses() -> tuple[Case, ...]:
    library = open_library([LAWS], built_in=False)
    cases = [library.read_case(file)[0] for file in sorted((LAWS / "benefits").rglob("*.yaml"))]
    return tuple(case for case in cases if case is not None)


class Balanced:
    """A law and the letter on a day, the loopholes there, and the front."""

    def __init__(self, asked: Asked, folder: Path) -> None:
        self.asked, self.folder = asked, folder
        self.law, self.position = library_of(asked, folder).laws([asked[0], LETTER], {}, asked[1], False)
        self.on = asked[1]
        self.found: Loopholes = kept_loopholes(self.law, self.position, self.on, ()).get()
        self.front: Balance = balance(self.law, self.position, self.on, uses(), self.found)

    def amended(self, choice: Choice, folder: Path) -> Law:
        """The law with the amendment, read by the ordinary loader."""
        file = folder / "amendment.md"
        file.write_text(choice.amendment, encoding="utf-8")
        document, diagnostics = parse_document(str(file), choice.amendment)
        assert not diagnostics
        file.write_text(format_document(document), encoding="utf-8")
        library = library_of(self.asked, self.folder, folder)
        assert not [d for d in library.diagnostics if "amendment" in str(d.place)], library.diagnostics
        (law,) = library.laws([self.asked[0]], {}, self.on, False)
        assert law.hash != self.law.hash
        return law

    def assert_holds(self, choice: Choice, folder: Path) -> None:
        """It closes and narrows these families and no other, and loses these uses and no other."""
        amended = self.amended(choice, folder)
        circuit = Circuit(asked_questions(self.law, amended, self.position))
        parts = Parts(self.law, self.position, self.on, circuit, {})
        after = Compiled(amended, self.on, circuit).forbids
        clauses = Clauses(circuit, [parts.possible])
        closes: list[str] = []
        narrows: list[str] = []
        for family in (self.found.families[i] for i in closable(self.found)):
            own = circuit.either(*parts.own(family))
            caught, spared = circuit.both(own, after), circuit.minus(own, after)
            if clauses.solve([clauses.literal(caught)]):
                (narrows if clauses.solve([clauses.literal(spared)]) else closes).append(family.id)
        assert sorted(closes) == sorted(choice.closes)
        assert sorted(narrows) == sorted(choice.narrows)
        assert self.lost(amended) == [lost.benefit for lost in choice.loses]

    def lost(self, amended: Law) -> list[str]:
        return [
            use.name
            for use in uses()
            if Ruling.FORBIDDEN in bench_of(amended).here(self.on, use.box).possible_rulings()
            and Ruling.FORBIDDEN not in bench_of(self.law).here(self.on, use.box).possible_rulings()
        ]


@pytest.fixture(scope="module")
def proposal(tmp_path_factory: pytest.TempPathFactory) -> Balanced:
    return Balanced(PROPOSAL, tmp_path_factory.mktemp("proposal"))


@pytest.fixture(scope="module")
def act(tmp_path_factory: pytest.TempPathFactory) -> Balanced:
    return Balanced(ACT, tmp_path_factory.mktemp("act"))


def test_every_point_for_the_proposal_holds_when_its_amendment_is_loaded(proposal: Balanced, tmp_path: Path) -> None:
    assert len(proposal.front.points) >= 15
    for number, point in enumerate(proposal.front.points):
        assert len(point.first.edits) == point.edits
        assert (len(point.first.closes), len(point.first.loses)) == (point.closed, point.lost)
        folder = tmp_path / str(number)
        folder.mkdir()
        proposal.assert_holds(point.first, folder)


def test_points_for_the_act_hold_when_their_amendments_are_loaded(act: Balanced, tmp_path: Path) -> None:
    points = act.front.points
    assert points[0].lost == 0, "something can be closed at no loss"
    for number, point in enumerate([points[0], points[len(points) // 2], points[-1]]):
        folder = tmp_path / str(number)
        folder.mkdir()
        act.assert_holds(point.first, folder)


def test_the_front_is_one(proposal: Balanced) -> None:
    """No point is as good as another in all three, and what a choice of a point says of its numbers is true of all."""
    numbers = [(-p.closed, p.lost, p.edits) for p in proposal.front.points]
    for one in numbers:
        assert not any(other != one and all(a <= b for a, b in zip(other, one, strict=True)) for other in numbers)
    for point in proposal.front.points:
        for choice in point.choices:
            assert (len(choice.closes), len(choice.loses), len(choice.edits)) == (point.closed, point.lost, point.edits)


def test_what_the_front_says_of_the_proposal(proposal: Balanced) -> None:
    """Striking "real-time" costs the police their search of recordings only where other words go, too; the letter's own
    ban of identification closes most and loses most."""
    by_words = {edit.words: edit for edit in proposal.front.edits}
    real_time = next(edit for words, edit in by_words.items() if words.startswith('drop "real-time"'))
    assert [family.split(":")[0] for family in real_time.closes] == ["element"]
    assert "real-time" in real_time.closes[0]
    ban = next(edit for edit in proposal.front.edits if edit.kind == "ban" and len(edit.closes) > 1)
    assert len(ban.loses) >= 10
    costless = {p.closed for p in proposal.front.points if p.lost == 0}
    assert max(costless) < max(p.closed for p in proposal.front.points)
