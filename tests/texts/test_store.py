"""Keeping acts, finding the act of an instrument, and pinning norms to words."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from lagrum.model.citations import parse_citation
from lagrum.model.conditions import AllOf, Choice, Line
from lagrum.model.diagnostics import InvalidInput, Severity
from lagrum.model.instruments import Instrument
from lagrum.model.norms import Norm, NormKind
from lagrum.texts import Act, State, Texts, folder, open_texts, pin, read_acts, read_lock, save, words_for, write_lock
from lagrum.texts.identity import of_citation
from lagrum.texts.store import load

DATA = Path(__file__).parent / "data"


@pytest.fixture(scope="module")
def act() -> Act:
    (found,) = read_acts([DATA / "formex"])
    return replace(found, imported=date(2097, 1, 2))


@pytest.fixture(scope="module")
def changed_act(tmp_path_factory: pytest.TempPathFactory) -> Act:
    """The act with other definitions of a dragon and without its second annex."""
    page = (DATA / "dragons.html").read_text(encoding="utf-8")
    file = tmp_path_factory.mktemp("changed") / "page.html"
    file.write_text(page.replace("what breathes fire", "what flies").replace("anx_II", "gone"), encoding="utf-8")
    (found,) = read_acts([file])
    return found


def choice(citation: str | None) -> Choice:
    return Choice("tame", frozenset({1}), Line("tame", parse_citation(citation) if citation else None))


def norm(citation: str, *conditions: str) -> Norm:
    when = AllOf(tuple(choice(c) for c in conditions), parse_citation("Recital 1"))
    key = f"dragons {citation}"
    return Norm(key, "dragons", NormKind.FORBID, parse_citation(citation), "", when, unless=choice(None))


DRAGONS = Instrument(
    id="dragons",
    title="Dragons",
    citation="Regulation (EU) 2097/42",
    source="http://data.europa.eu/eli/reg/2097/42/oj",
    jurisdiction="EU",
    kind="regulation",
    published=None,
    in_force=None,
    until=None,
    uses=(),
    tiers=(),
    review="invented",
    norms=(norm("Art. 1(1)(a)", "Art. 2(1)"), norm("Art. 1(2)"), norm("Annex II(7)"), norm("Art. 77")),
)


# --- the store -------------------------------------------------------------------------------------------------


def test_what_is_kept_comes_back_whole(act: Act, tmp_path: Path) -> None:
    save(act, tmp_path / "deep" / "store")
    assert load(tmp_path / "deep" / "store") == ((act,), ())


@pytest.mark.parametrize(
    ("environment", "expected"),
    [
        ({"LAGRUM_TEXTS": "/here", "XDG_DATA_HOME": "/data"}, "/here"),
        ({"XDG_DATA_HOME": "/data", "HOME": "/home/x"}, "/data/lagrum/texts"),
        ({"HOME": "/home/x"}, "/home/x/.local/share/lagrum/texts"),
    ],
)
def test_where_the_store_is(environment: dict[str, str], expected: str, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("LAGRUM_TEXTS", "XDG_DATA_HOME"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert folder() == Path(expected)


@pytest.mark.parametrize(
    "damage",
    [
        lambda text: text[: len(text) // 2],
        lambda text: text.replace("house of straw", "house of bricks"),
        lambda _: "[]",
        lambda _: "{}",
        lambda _: "[" * 100_000,
        lambda _: "",
    ],
)
def test_a_damaged_file_is_named_and_the_others_are_read(
    damage: Callable[[str], str], act: Act, tmp_path: Path
) -> None:
    file = save(act, tmp_path)
    save(replace(act, language="sv"), tmp_path)
    file.write_text(damage(file.read_text(encoding="utf-8")), encoding="utf-8")
    acts, (problem,) = load(tmp_path)
    assert [a.language for a in acts] == ["sv"]
    assert problem.code == "LG0717"
    assert file.name in problem.message
    assert file.exists()
    save(act, tmp_path)
    assert load(tmp_path)[1] == ()


def test_a_file_under_the_name_of_another_act_is_not_read(act: Act, tmp_path: Path) -> None:
    save(act, tmp_path).rename(tmp_path / "32016R0679.en.json")
    acts, problems = load(tmp_path)
    assert (acts, len(problems)) == ((), 1)


def test_a_write_that_fails_leaves_the_old_file(act: Act, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = save(act, tmp_path)
    before = file.read_bytes()

    def full(_: int) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="no space"):
        save(replace(act, title="Another"), tmp_path)
    assert file.read_bytes() == before
    assert list(tmp_path.iterdir()) == [file]


def test_an_act_never_names_a_file_elsewhere(act: Act, tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="no name"):
        save(replace(act, celex="../../x"), tmp_path)


def test_no_store_is_an_empty_one(tmp_path: Path) -> None:
    assert open_texts(tmp_path / "none") == Texts(())


# --- which act -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("source", "citation", "found"),
    [
        ("http://data.europa.eu/eli/reg/2097/42/oj", "", True),
        ("http://data.europa.eu/eli/reg/2097/42/2098-01-01", "", True),
        ("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:32097R0042", "", True),
        ("somewhere", "Regulation (EU) 2097/42", True),
        ("somewhere", "Directive (EU) 2097/42", False),
        ("somewhere", "Proposal for what became Regulation (EU) 2097/42", False),
        ("https://eur-lex.europa.eu/legal-content/EN/TXT/?uri=CELEX:52097PC0042", "COM(2097) 42 final", False),
    ],
)
def test_an_act_belongs_to_an_instrument_by_its_number(act: Act, source: str, citation: str, found: bool) -> None:
    instrument = replace(DRAGONS, source=source, citation=citation)
    assert (Texts((act,)).act_for(instrument) is act) is found


@pytest.mark.parametrize(
    ("citation", "celex"),
    [
        ("Regulation (EU) 2024/1689", "32024R1689"),
        ("Regulation (EC) No 300/2008", "32008R0300"),
        ("Directive 95/46/EC", "31995L0046"),
        ("Council Decision 2001/412/EC", "32001D0412"),
    ],
)
def test_numbers_of_acts_in_citations(citation: str, celex: str) -> None:
    number = of_citation(citation)
    assert number is not None
    assert number.celex == celex


def test_of_several_versions_the_one_asked_for_by_name_then_the_source_then_the_latest(act: Act) -> None:
    early, late = replace(act, celex="02097R0042-20980101"), replace(act, celex="02097R0042-20990101")
    early, late = replace(early, eli=""), replace(late, eli="")
    assert Texts((act, early, late)).act_for(DRAGONS) is act
    assert Texts((early, late)).act_for(DRAGONS) is late
    named = replace(early, instruments=("dragons",))
    assert Texts((act, named, late)).act_for(DRAGONS) is named
    assert Texts((act,)).act_for(DRAGONS, "sv") is None


def test_words_for_reads_the_usual_store(act: Act, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LAGRUM_TEXTS", str(tmp_path))
    assert words_for(DRAGONS, parse_citation("Art. 2(1)")) is None
    save(act, tmp_path)
    found = words_for(DRAGONS, parse_citation("Art. 2(1)"))
    assert found is not None
    assert found.words == "‘dragon’ means what breathes fire;"


# --- the lock --------------------------------------------------------------------------------------------------


def test_a_pin_holds_the_words_of_norms_and_of_their_conditions(act: Act) -> None:
    lock, missing = pin(DRAGONS, act)
    assert set(lock.provisions) == {"Art. 1(1)(a)", "Art. 2(1)", "Recital 1", "Art. 1(2)", "Annex II(7)"}
    assert [str(citation) for citation in missing] == ["Art. 77"]


def test_a_lock_comes_back_as_written_and_holds_no_words(act: Act, tmp_path: Path) -> None:
    lock, _ = pin(DRAGONS, act)
    path = tmp_path / "dragons.provisions.json"
    write_lock(lock, path)
    assert read_lock(path, "dragons") == lock
    assert "straw" not in path.read_text(encoding="utf-8")
    assert read_lock(tmp_path / "none.json", "dragons") is None


@pytest.mark.parametrize("text", ["", "[]", '{"lagrum_provisions": 1}', "<html>", '"x"'])
def test_a_damaged_lock_is_refused(text: str, tmp_path: Path) -> None:
    path = tmp_path / "dragons.provisions.json"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(InvalidInput, match="LG0719"):
        read_lock(path, "dragons")


def test_the_lock_of_another_law_is_refused(act: Act, tmp_path: Path) -> None:
    lock, _ = pin(DRAGONS, act)
    write_lock(lock, tmp_path / "lock.json")
    with pytest.raises(InvalidInput, match="LG0719"):
        read_lock(tmp_path / "lock.json", "griffins")


def test_norms_whose_words_changed_are_named_and_no_others(act: Act, changed_act: Act) -> None:
    lock, _ = pin(DRAGONS, act)
    assert Texts((act,)).changed(DRAGONS, lock) == ()
    assert Texts(()).changed(DRAGONS, lock) == ()
    found = Texts((changed_act,)).changed(DRAGONS, lock)
    assert [d.message for d in found] == [
        "the rule at `Art. 1(1)(a)` rests on official words that changed: `Art. 2(1)`",
        "the rule at `Annex II(7)` rests on official words that changed: `Annex II(7)`",
    ]
    assert {(d.code, d.severity) for d in found} == {("LG0710", Severity.WARNING)}


def test_the_state_of_words(act: Act, changed_act: Act) -> None:
    lock, _ = pin(DRAGONS, act)
    place, other = parse_citation("Art. 2(1)"), parse_citation("Art. 2(2)")
    same, moved, unpinned = act.provision(place), changed_act.provision(place), act.provision(other)
    assert same is not None and moved is not None and unpinned is not None
    assert lock.state(place, same) is State.SAME
    assert lock.state(place, moved) is State.CHANGED
    assert lock.state(other, unpinned) is State.NOT_PINNED
    swedish = replace(act, language="sv").provision(place)
    assert swedish is not None
    assert lock.state(place, swedish) is State.NOT_PINNED


def test_the_parser_is_not_imported_before_a_file_is_read() -> None:
    script = "import sys, lagrum.cli.show, lagrum.cli.text; assert not any(m.startswith('lxml') for m in sys.modules)"
    subprocess.run([sys.executable, "-c", script], check=True)
