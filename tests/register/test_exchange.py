"""Systems out of the register and into it: case files that come back whole, and bad ones that hide no other."""

from __future__ import annotations

import io
import zipfile
from datetime import date
from pathlib import Path

import pytest

from lagrum.library import Library, open_library
from lagrum.register import Filters, Store, System, Usual, case_file, export_zip, import_files, verify_export
from lagrum.register.exchange import FRONT
from tests.register.test_ahead import FILMING, PACK


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library([PACK], built_in=False)


@pytest.fixture
def store(tmp_path: Path) -> Store:
    return Store.open(f"sqlite:///{tmp_path / 'register.db'}")


@pytest.fixture
def other(tmp_path: Path) -> Store:
    return Store.open(f"sqlite:///{tmp_path / 'other.db'}")


def add(store: Store, name: str = "Film i parken") -> System:
    text = FILMING.replace("permit: no", "permit: {value: no, basis: judged, by: Åke, on: 2026-10-01}")
    return store.systems.add(
        name,
        "Staden",
        "visitor",
        text,
        by="anna",
        law=("park-rules", "park-rules+park-ban"),
        description="Två kameror.\nEn scen. # no comment \u2028 {x}",
        review_due=date(2027, 1, 1),
    )


def about(system: System) -> tuple[object, ...]:
    return (
        system.name,
        system.owner,
        system.role,
        system.laws,
        system.case_text,
        system.description,
        system.review_due,
    )


def test_an_exported_system_comes_back_whole(store: Store, other: Store, library: Library) -> None:
    system = add(store)
    taken = import_files(other, library, [("film.yaml", case_file(system).encode())], by="åke")
    assert taken.bad == () and [about(each) for each in taken.systems] == [about(system)]
    assert case_file(taken.systems[0]) == case_file(system)


def test_an_exported_system_is_a_case_file(store: Store, library: Library, tmp_path: Path) -> None:
    file = tmp_path / "film.yaml"
    file.write_text(case_file(add(store)), encoding="utf-8")
    case, diagnostics, _ = library.read_case(file)
    assert diagnostics == () and case is not None
    assert (case.name, case.facts["permit"].by) == ("filming a concert", "Åke")


def test_the_zip_holds_every_system_and_the_history(store: Store, other: Store, library: Library) -> None:
    systems = [add(store, f"Film {n} ö/..") for n in range(3)]
    store.systems.retire(systems[1].id, seen=1, by="anna", reason="sold")
    stream = io.BytesIO()
    assert export_zip(store, stream) == 3
    with zipfile.ZipFile(stream) as archive:
        names = archive.namelist()
        assert verify_export(io.BytesIO(archive.read("history.jsonl"))) == store.history.verify()
    assert names == ["00001-film-0-o.yaml", "00002-film-1-o.yaml", "00003-film-2-o.yaml", "history.jsonl"]
    taken = import_files(other, library, [("all.zip", stream.getvalue())], by="åke")
    assert taken.bad == () and [about(each) for each in taken.systems] == [about(each) for each in systems]
    again = io.BytesIO()
    assert export_zip(store, again) == 3 and again.getvalue() == stream.getvalue()
    assert export_zip(store, io.BytesIO(), Filters()) == 2


def test_any_case_file_can_be_taken_in(store: Store, library: Library) -> None:
    named = FILMING + "law: [park-ban]\n"
    usual = Usual(owner="Staden", role="visitor", laws=("park-rules",))
    files = [("a.yaml", FILMING.encode()), ("b.yaml", b"\xef\xbb\xbf" + named.replace("\n", "\r\n").encode())]
    first, second = import_files(store, library, files, by="anna", usual=usual).systems
    assert (first.name, first.owner, first.role, first.laws) == (
        "filming a concert",
        "Staden",
        "visitor",
        ("park-rules",),
    )
    assert second.laws == ("park-ban",) and second.case_text == named


def hostile_zip() -> bytes:
    stream = io.BytesIO()
    with zipfile.ZipFile(stream, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../etc/bomb.yaml", b"0" * 50_000_000)
        archive.writestr("ok.yaml", FILMING)
        archive.writestr("notes.txt", b"\0" * 100)
    return stream.getvalue()


def broken_zip() -> bytes:
    whole = bytearray(hostile_zip())
    whole[60:400] = b"x" * 340
    return bytes(whole)


def test_a_bad_file_is_told_of_and_hides_no_other(store: Store, library: Library) -> None:
    usual = Usual(laws=("park-rules",))
    files = {
        "good.yaml": FILMING.encode(),
        "misspelt.yaml": FILMING.replace("deed", "ded").encode(),
        "lawless.yaml": (FILMING + "law: [no-such-law]\n").encode(),
        "bytes.yaml": b"lagrum: 1\n\xff\xfe",
        "long.yaml": FILMING.encode() + b"#" * (256 * 1024),
        "front.yaml": f"{FRONT}[1]\n{FILMING}".encode(),
        "day.yaml": f'{FRONT}{{"review due": "soon"}}\n{FILMING}'.encode(),
        "owner.yaml": f'{FRONT}{{"owner": "{"x" * 301}"}}\n{FILMING}'.encode(),
        "hostile.zip": hostile_zip(),
        "no.zip": b"PK\x03\x04 and nothing more",
    }
    taken = import_files(store, library, files.items(), by="anna", usual=usual)
    assert len(taken.systems) == 2 == len(store.systems.list())
    assert {each.name: each.diagnostics[0].code for each in taken.bad} == {
        "misspelt.yaml": "LG0609",
        "lawless.yaml": "LG0720",
        "bytes.yaml": "LG0741",
        "long.yaml": "LG0741",
        "front.yaml": "LG0741",
        "day.yaml": "LG0741",
        "owner.yaml": "LG0741",
        "hostile.zip/../../etc/bomb.yaml": "LG0741",
        "no.zip": "LG0741",
    }


def test_a_damaged_zip_is_refused_without_a_traceback(store: Store, library: Library) -> None:
    taken = import_files(store, library, [("broken.zip", broken_zip())], by="anna", usual=Usual(laws=("park-rules",)))
    assert taken.bad and all(each.diagnostics for each in taken.bad)


def test_without_a_law_nothing_is_taken_in(store: Store, library: Library) -> None:
    taken = import_files(store, library, [("a.yaml", FILMING.encode())], by="anna")
    assert taken.systems == () and "needs a law" in taken.bad[0].diagnostics[0].message
