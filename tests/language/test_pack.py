"""Folders of law: what is found, what is left out, and that one bad file never hides the others."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path

import pytest

from lagrum.language.files import LARGEST
from lagrum.language.pack import Loaded, load_pack
from tests.language.house import VOCABULARY, law, write

GOOD = 'forbid Art. 1 "x"\n  when necessary'


def read(*folders: Path) -> Loaded:
    return load_pack(folders, cache=False)


def codes(loaded: Loaded) -> list[str]:
    return [found.code for found in loaded.diagnostics]


def test_vocabularies_instruments_and_prose_are_told_apart(tmp_path: Path) -> None:
    loaded = read(
        write(
            tmp_path,
            {
                "README.md": "# Prose\n\n```python\nx = 1\n```\n",
                "eu/one.md": law(GOOD, "one"),
                "eu/two.md": law(GOOD, "two"),
                "eu/cases/case.md": law("nonsense here", "three"),
                ".hidden/four.md": law(GOOD, "four"),
                "vocabulary/base.sv.md": "# Svenska\n\n```law\nthis is a translation\n```\n",
            },
        )
    )
    assert loaded.diagnostics == ()
    assert sorted(loaded.pack.instruments) == ["one", "two"]
    assert list(loaded.pack.vocabularies) == ["base"]
    assert loaded.pack.vocabularies["base"].file == "vocabulary/base.md"
    assert loaded.sources["eu/one.md"].startswith("# Law")


def test_an_instrument_goes_on_in_the_other_files_of_its_folder(tmp_path: Path) -> None:
    files = {
        "act/main.md": law(GOOD),
        "act/b-annex.md": '# Annex B\n\n```law\nforbid Annex B "b"\n  when purpose has only sciences\n```\n',
        "act/a-annex.md": "# Annex A\n\n```law\nvalues sciences of purpose = research, art\n```\n",
        "act/c-annex.md": '# Annex C\n\n```law\nforbid Annex C "c"\n```\n',
    }
    loaded = read(write(tmp_path, files))
    assert loaded.diagnostics == ()
    instrument = loaded.pack.instruments["test-law"]
    assert instrument.files == ("act/main.md", "act/a-annex.md", "act/b-annex.md", "act/c-annex.md")
    assert [str(norm.citation) for norm in instrument.norms] == ["Art. 1", "Annex B", "Annex C"]


def test_norms_of_no_instrument_are_an_error(tmp_path: Path) -> None:
    part = '```law\nforbid Annex B "b"\n```\n'
    lone = read(write(tmp_path / "a", {"act/part.md": part}))
    assert codes(lone) == ["LG0707"]
    several = read(
        write(tmp_path / "b", {"x/part.md": part, "x/one.md": law(GOOD, "one"), "x/two.md": law(GOOD, "two")})
    )
    assert codes(several) == ["LG0707"]
    assert sorted(several.pack.instruments) == ["one", "two"]


def test_one_bad_file_never_hides_the_others(tmp_path: Path) -> None:
    files = {
        "eu/bad.md": law('forbid Art. 1 "x"\n  when timming is later', "bad"),
        "eu/worse.md": law("forbid Art. $$$ what", "worse"),
        "eu/good.md": law(GOOD, "good"),
        "eu/bytes.md": "x",
        "eu/huge.md": "x" * (LARGEST + 1),
    }
    write(tmp_path, files)
    (tmp_path / "eu/bytes.md").write_bytes(b"one\ntwo \xff\xfe\n")
    loaded = read(tmp_path)
    assert list(loaded.pack.instruments) == ["good"]
    assert loaded.left_out == ("bad", "worse")
    places = {found.place.file: found for found in loaded.diagnostics if found.place}
    assert places["eu/bad.md"].code == "LG0401"
    assert places["eu/worse.md"].code.startswith("LG02")
    assert places["eu/bytes.md"].code == "LG0704"
    assert str(places["eu/bytes.md"].place) == "eu/bytes.md:2:5"
    assert places["eu/huge.md"].code == "LG0703"


def test_what_cites_a_law_with_errors_is_left_out_with_it(tmp_path: Path) -> None:
    files = {
        "a.md": law('forbid Art. 1 "x"\n  when timming is later', "broken"),
        "b.md": law('forbid Art. 1 "x"\n  when broken Art. 1 applies', "second"),
        "c.md": law('except Art. 2 "x" to second Art. 1', "third"),
        "d.md": law(GOOD, "alone"),
    }
    loaded = read(write(tmp_path, files))
    assert codes(loaded) == ["LG0401", "LG0706", "LG0706"]
    assert list(loaded.pack.instruments) == ["alone"]


def test_laws_may_cite_each_other_in_any_order(tmp_path: Path) -> None:
    files = {
        "a.md": law('except Art. 2 "x" to second Art. 1\n  when second Art. 3 applies', "first"),
        "b.md": law('forbid Art. 1 "x"\n  when necessary\n\ndefine special [Art. 3]\n  when necessary', "second"),
    }
    loaded = read(write(tmp_path, files))
    assert loaded.diagnostics == ()
    assert loaded.pack.instruments["first"].norms[0].targets == ("second Art. 1",)


def test_a_circle_through_two_laws_leaves_both_out(tmp_path: Path) -> None:
    files = {
        "a.md": law('forbid Art. 1 "x"\n  when second Art. 1 applies', "first"),
        "b.md": law('forbid Art. 1 "x"\n  when first Art. 1 applies', "second"),
    }
    loaded = read(write(tmp_path, files))
    assert codes(loaded) == ["LG0503", "LG0503"]
    assert not loaded.pack.instruments


def test_ids_stand_once(tmp_path: Path) -> None:
    files = {"a/x.md": law(GOOD), "b/x.md": law(GOOD), "z/base.md": '```law\nfact q "?"\n  yes/no\n```\n'}
    loaded = read(write(tmp_path, files))
    assert codes(loaded) == ["LG0705", "LG0705"]
    assert list(loaded.pack.instruments) == ["test-law"]


def test_several_folders_are_read_together_and_name_their_files_apart(tmp_path: Path) -> None:
    one = write(tmp_path / "one", {"x.md": law(GOOD, "first")})
    two = tmp_path / "two"
    two.mkdir()
    (two / "x.md").write_text(law('forbid Art. 1 "x"\n  when nope', "second"))
    loaded = read(one, two)
    assert list(loaded.pack.instruments) == ["first"]
    assert [str(found.place) for found in loaded.diagnostics] == ["two/x.md:20:8"]
    assert set(loaded.sources) == {"vocabulary/base.md", "x.md", "two/x.md"}


def test_links_that_lead_back_and_files_that_cannot_be_read(tmp_path: Path) -> None:
    write(tmp_path, {"eu/good.md": law(GOOD)})
    (tmp_path / "eu/back").symlink_to(tmp_path)
    (tmp_path / "eu/nowhere.md").symlink_to(tmp_path / "nothing")
    os.mkfifo(tmp_path / "eu/pipe.md")
    loaded = read(tmp_path)
    assert [(found.code, found.place.file if found.place else "") for found in loaded.diagnostics] == [
        ("LG0702", "eu/back"),
        ("LG0702", "eu/nowhere.md"),
        ("LG0702", "eu/pipe.md"),
    ]
    assert list(loaded.pack.instruments) == ["test-law"]


def test_a_folder_that_is_not_there_gives_a_diagnostic(tmp_path: Path) -> None:
    assert codes(read(tmp_path / "nothing")) == ["LG0702"]


def test_the_hash_of_a_law_follows_its_files_and_vocabularies_only(tmp_path: Path) -> None:
    def hashes(name: str, **changed: str) -> dict[str, str]:
        files = {"a.md": law(GOOD, "first"), "b.md": law(GOOD, "second"), "vocabulary/base.md": VOCABULARY}
        files |= {key.replace("_", "/") + ".md": text for key, text in changed.items()}
        return dict(read(write(tmp_path / name, files)).pack.hashes)

    before = hashes("one")
    assert hashes("two") == before
    changed = hashes("three", b=law(GOOD + "\n  # a comment", "second"))
    assert changed["first"] == before["first"] and changed["second"] != before["second"]
    vocabulary = hashes("four", vocabulary_base=VOCABULARY + "\nmore\n")
    assert vocabulary["first"] != before["first"]
    assert len(before["first"]) == hashlib.sha256().digest_size * 2


@pytest.mark.parametrize(
    "text", ["```law\n", "```law\n\x00\n```", "", "\ufeff```law\nfact\n```", "```law\n" + "  " * 9999]
)
def test_odd_files_give_diagnostics_and_no_more(tmp_path: Path, text: str) -> None:
    loaded = read(write(tmp_path, {"odd/odd.md": text, "eu/good.md": law(GOOD)}))
    assert "test-law" in loaded.pack.instruments
    assert all(found.place is not None and found.place.file == "odd/odd.md" for found in loaded.diagnostics)
