"""Files of a stranger: each is read or refused with a diagnostic, and nothing else ever happens."""

from __future__ import annotations

import contextlib
import shutil
import time
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from lagrum.language.codes import CODES
from lagrum.model.diagnostics import InvalidInput
from lagrum.texts import read_acts
from lagrum.texts.reading import LARGEST

DATA = Path(__file__).parent / "data"
ACT = (DATA / "formex" / "L_209700042EN.000101.fmx.xml").read_bytes()
PAGE = (DATA / "dragons.html").read_bytes()

LAUGHS = b"""<?xml version="1.0"?><!DOCTYPE ACT [<!ENTITY a "haha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">
<!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;&b;&b;">]><ACT><TITLE>&c;</TITLE></ACT>"""
OUTSIDE = b'<?xml version="1.0"?><!DOCTYPE ACT [<!ENTITY x SYSTEM "file:///etc/passwd">]><ACT><P>&x;</P></ACT>'


def code(*paths: Path) -> str:
    """The code of the one diagnostic with which the files are refused."""
    with pytest.raises(InvalidInput) as caught:
        read_acts(paths)
    (found,) = caught.value.diagnostics
    assert found.code in CODES
    assert found.help
    assert "\n" not in found.message
    return found.code


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        (b"", "LG0711"),
        (b"\x89PNG\r\n\x1a\n\x00\x00", "LG0712"),
        (b"%PDF-1.7 and so on", "LG0711"),
        (b'{"celex": "32097R0042"}', "LG0711"),
        (b"<ACT>\x00</ACT>", "LG0711"),
        (ACT.replace("‘dragon’".encode(), b"\xabdragon\xbb").replace(b"tame", b"d\xe9mon"), "LG0712"),
        (ACT.decode().encode("utf-16"), "LG0712"),
        (ACT.replace(b'encoding="UTF-8"', b'encoding="ISO-8859-1"'), "LG0712"),
        (b"<rss><item/></rss>", "LG0711"),
        (LAUGHS, "LG0714"),
        (OUTSIDE, "LG0714"),
        (ACT[: len(ACT) // 2], "LG0713"),
        (PAGE[: len(PAGE) // 2], "LG0713"),
        (b"<ACT>" * 5000 + b"</ACT>" * 5000, "LG0713"),
        (b"<html><body>" + b"<div>" * 5000 + b"x" + b"</div>" * 5000 + b"</body></html>", "LG0713"),
        (b"<html><body><p>Hello</p></body></html>", "LG0711"),
        (PAGE.replace(b"oj-ti-art", b"title-article-norm"), "LG0711"),
        (PAGE.replace(b"2097/42/oj", b"").replace(b"32097R0042", b"../../../tmp/x"), "LG0715"),
        (PAGE.replace(b"hd-lg", b"x").replace(b'lang="sv"', b""), "LG0715"),
        (ACT.replace(b"<LG.DOC>EN", b"<LG.DOC>../x"), "LG0715"),
        (ACT.replace(b"Regulation (EU)", "Κανονισμός".encode()), "LG0715"),
        (ACT.replace(b"ARTICLE", b"PARTICLE"), "LG0711"),
        (b"PK\x03\x04 and then nothing", "LG0713"),
    ],
)
def test_a_file_that_cannot_be_read_is_refused_with_its_own_code(data: bytes, expected: str, tmp_path: Path) -> None:
    file = tmp_path / "file.xml"
    file.write_bytes(data)
    assert code(file) == expected


def test_a_file_too_large_is_refused_without_reading_it_all(tmp_path: Path) -> None:
    file = tmp_path / "large.xml"
    with file.open("wb") as out:
        out.truncate(50 * 1024 * 1024)
    assert code(file) == "LG0711"


def test_an_archive_that_swells_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "bomb.zip"
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as out:
        for i in range(3):
            out.writestr(f"{i}.xml", b"<ACT>" + b" " * (LARGEST // 2))
    assert file.stat().st_size < LARGEST // 100
    assert code(file) == "LG0711"


@pytest.mark.parametrize("break_", [lambda d: d[: len(d) // 2], lambda d: d.replace(b"<ACT>", b"<ACT>!", 1)])
def test_an_archive_that_is_damaged_is_refused(break_: Callable[[bytes], bytes], tmp_path: Path) -> None:
    file = tmp_path / "act.zip"
    with zipfile.ZipFile(file, "w") as out:
        out.writestr("act.xml", ACT)
    file.write_bytes(break_(file.read_bytes()))
    assert code(file) == "LG0713"


def test_an_archive_without_any_text_is_refused(tmp_path: Path) -> None:
    file = tmp_path / "act.zip"
    with zipfile.ZipFile(file, "w") as out:
        out.writestr("readme.txt", "nothing")
    assert code(file) == "LG0711"


def test_a_number_of_thousands_of_digits_is_only_words(tmp_path: Path) -> None:
    file = tmp_path / "act.xml"
    file.write_bytes(ACT.replace(b">35000000<", b">" + b"9" * 5000 + b"<"))
    (act,) = read_acts([file])
    assert "Art. 1(2)" in act.spans


@pytest.mark.parametrize(
    "middle",
    [
        b" " * 3_000_000,
        b'<?xml encoding="a" ' * 100_000,
        b"<HT>a</HT>" * 200_000,
        b"<NOTE/> " * 200_000,
        b"0" * 1_000_000,
    ],
)
def test_reading_takes_time_that_grows_with_the_file_and_no_faster(middle: bytes, tmp_path: Path) -> None:
    file = tmp_path / "act.xml"
    started = time.process_time()
    for data in (ACT.replace(b"in a house", middle + b"in a house"), middle + ACT, PAGE.replace(b"of straw", middle)):
        file.write_bytes(data)
        with contextlib.suppress(InvalidInput):
            read_acts([file])
    assert time.process_time() - started < 20


def test_nothing_there(tmp_path: Path) -> None:
    assert code(tmp_path / "none.xml") == "LG0726"
    assert code(tmp_path) == "LG0711"


def test_files_that_do_not_make_one_act(tmp_path: Path) -> None:
    folder = tmp_path / "formex"
    shutil.copytree(DATA / "formex", folder)
    assert code(folder / "L_209700042EN.000301.fmx.xml") == "LG0716"  # an annex alone
    assert code(folder, DATA / "dragons.html") == "LG0716"  # the same act in two formats
    (folder / "L_209700042EN.000301.fmx.xml").unlink()
    assert code(folder) == "LG0716"  # an annex that is listed is missing
    (folder / "L_209700042EN.doc.fmx.xml").unlink()
    shutil.copyfile(folder / "L_209700042EN.000101.fmx.xml", folder / "again.xml")
    assert code(folder) == "LG0716"  # two acts of one number


def _read_or_refused(data: bytes, folder: Path) -> None:
    file = folder / "file.xml"
    file.write_bytes(data)
    with contextlib.suppress(InvalidInput):
        assert all(act.spans for act in read_acts([file]))


@given(st.binary(max_size=300))
def test_any_bytes(tmp_path_factory: pytest.TempPathFactory, data: bytes) -> None:
    _read_or_refused(data, tmp_path_factory.getbasetemp())


@settings(max_examples=150)
@given(st.sampled_from([ACT, PAGE]), st.data())
def test_any_mutilated_act(tmp_path_factory: pytest.TempPathFactory, act: bytes, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(act)))
    end = data.draw(st.integers(start, min(len(act), start + 400)))
    put = data.draw(st.sampled_from([b"", b"<P>", b"</P>", b"<LIST/>", b"<NP/>", b"<td>", b'<div id="art_1">', b"&x;"]))
    _read_or_refused(act[:start] + put + act[end:], tmp_path_factory.getbasetemp())
