"""The lines of the digest of sources: each has an entry, and an entry that is not so is refused."""

from __future__ import annotations

import importlib
from pathlib import Path
from types import ModuleType

import pytest

from lagrum.library import Library, open_library
from tests.conftest import REPOSITORY

LAW = 'law: ["Art. 5(1)(e)"]'
ENTRY = '- line: "0.1"\n  key: "0"\n  claims:\n  - says: "faces"\n    {}\n'


@pytest.fixture(scope="module")
def library() -> Library:
    return open_library([REPOSITORY / "laws"], built_in=False)


@pytest.fixture
def digest(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    monkeypatch.syspath_prepend(REPOSITORY / "scripts")
    return importlib.import_module("digest")


def test_every_line_of_the_digest_has_an_entry_and_no_other(digest: ModuleType, library: Library, shared: Path) -> None:
    wanted = digest.lines_of((shared / "law" / "DIGEST.md").read_text(encoding="utf-8"))
    assert len(wanted) > 100
    entries = [line.key for line in digest.read(library)]
    assert {key: words for key, words in wanted.items() if key not in entries} == {}
    assert set(entries) <= set(wanted)
    assert len(entries) == len(set(entries))


def test_no_entry_copies_the_digest(digest: ModuleType, library: Library, shared: Path) -> None:
    words = (shared / "law" / "DIGEST.md").read_text(encoding="utf-8").casefold()
    told = [text for line in digest.read(library) for claim in line.claims for text in (claim.says, *claim.by)]
    assert [text for text in told if len(text.split()) > 6 and text.casefold() in words] == []


def test_a_digest_is_taken_apart_into_points_rows_paragraphs_and_steps(digest: ModuleType) -> None:
    text = """# Head
before
## 0. Traps
1. a trap
## 1. Days
| day | what |
|---|---|
| one | two |
### Part (H)
A paragraph.
```
STEP -> one
  O1 another
     | going on
```
## 5. Elsewhere
not ours
"""
    assert list(digest.lines_of(text).values()) == [
        "1. a trap",
        "| one | two |",
        "A paragraph.",
        "STEP -> one",
        "O1 another | going on",
    ]


@pytest.mark.parametrize(
    ("told", "problem"),
    [
        (f'{LAW}\n    pair: ["2024/faces/01-scraping", "2024/faces/02-targeted"]', ""),
        ('law: ["Art. 5(1)(z)"]\n    no pair: "because"', "nothing at Art. 5(1)(z)"),
        ('law: ["no-such-law Art. 1"]\n    no pair: "because"', "no-such-law has nothing at Art. 1"),
        ('no pair: "because"', "neither where it is encoded nor why"),
        (f'{LAW}\n    pair: ["2024/faces/01-scraping", "2024/faces/none"]', "there is no"),
        (f'{LAW}\n    pair: ["2024/faces/01-scraping", "2024/faces/03-police"]', "expect the same"),
        (f'{LAW}\n    pair: ["2024/faces/01-scraping", "2024/duties/042-user"]', "no near miss"),
        ('law: ["Art. 50(1)"]\n    pair: ["2024/faces/01-scraping", "2024/faces/02-targeted"]', "neither case names"),
        ('law: ["Art. 99(3)"]\n    test: "tests/test_digest.py::test_of_nothing_at_all"', "there is no test"),
    ],
)
def test_an_entry_that_is_not_so_is_refused(
    digest: ModuleType, library: Library, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, told: str, problem: str
) -> None:
    (tmp_path / "digest.yaml").write_text(ENTRY.format(told), encoding="utf-8")
    monkeypatch.setattr(digest, "FILE", tmp_path / "digest.yaml")
    if not problem:
        assert digest.read(library)
        return
    with pytest.raises(digest.Wrong) as refused:
        digest.read(library)
    assert problem in str(refused.value)
