"""For authors: `check`, `fmt`, `new`."""

from __future__ import annotations

import json
import stat
from pathlib import Path

import pytest

from lagrum.cli import status
from tests.cli.conftest import Lagrum, valid


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_a_sound_pack_passes(lagrum: Lagrum) -> None:
    ran = lagrum("check")
    assert (ran.status, ran.out) == (status.CLEAN, "3 law files, 2 cases: no errors\n")


def test_mistakes_in_laws_and_cases_are_all_told(lagrum: Lagrum, pack: Path) -> None:
    spoil(pack / "park-ban.md", "deed has filming", "deed has filmming")
    spoil(pack / "cases" / "permit.yaml", "hour: day", "hour: noon")
    ran = lagrum("check")
    assert ran.status == status.INVALID_INPUT
    assert "laws/park-ban.md:15:" in ran.out
    assert "filmming" in ran.out
    assert "laws/cases/permit.yaml:7:" in ran.out
    assert "  help: " in ran.out
    assert ran.out.splitlines()[-1].startswith("3 law files, 2 cases: 2 errors")


def test_only_what_was_asked_for_is_checked(lagrum: Lagrum, pack: Path) -> None:
    spoil(pack / "park-ban.md", "deed has filming", "deed has filmming")
    assert lagrum("check", "laws/vocabulary").status == status.CLEAN
    assert lagrum("check", "laws/cases/permit.yaml").out == "0 law files, 1 case: no errors\n"
    assert lagrum("check", "laws/park-ban.md").status == status.INVALID_INPUT


def test_a_file_elsewhere_is_checked_with_the_vocabularies_there_are(
    lagrum: Lagrum, pack: Path, tmp_path: Path
) -> None:
    (tmp_path / "mine").mkdir()
    text = (pack / "park-ban.md").read_text(encoding="utf-8").replace("park-ban", "my-ban")
    (tmp_path / "mine" / "my-ban.md").write_text(text, encoding="utf-8")
    assert lagrum("check", "mine").out == "1 law file, 0 cases: no errors\n"


def test_check_as_json(lagrum: Lagrum, pack: Path) -> None:
    valid(lagrum("check", "--format", "json").json, "check")
    spoil(pack / "park-ban.md", "deed has filming", "deed has filmming")
    ran = lagrum("check", "--format", "json")
    valid(ran.json, "check")
    assert ran.status == status.INVALID_INPUT
    assert ran.json["errors"] == len(ran.json["diagnostics"]) == 1
    assert ran.json["diagnostics"][0]["place"]["line"] == 15


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x00" * 50, b"lagrum: 1\ncase: x\nfacts: [", b"", b"- " * 5000])
def test_hostile_cases_are_diagnostics(lagrum: Lagrum, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad.yaml").write_bytes(data)
    ran = lagrum("check", "bad.yaml")
    assert ran.status == status.INVALID_INPUT
    assert "bad.yaml" in ran.out
    assert ran.err == ""


@pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"```law\n\x00\n```", b"```law\nforbid\n" + b"  all of\n" * 500])
def test_hostile_laws_are_diagnostics(lagrum: Lagrum, tmp_path: Path, data: bytes) -> None:
    (tmp_path / "bad").mkdir()
    (tmp_path / "bad" / "bad.md").write_bytes(data)
    ran = lagrum("check", "bad")
    assert ran.status == status.INVALID_INPUT
    assert "bad.md" in ran.out
    assert ran.err == ""


def test_paths_that_are_not_there(lagrum: Lagrum) -> None:
    for name in ("check", "fmt", "test"):
        ran = lagrum(name, "nowhere.md")
        assert ran.status == status.INVALID_INPUT
        assert "there is no file or folder `nowhere.md` [LG0726]" in ran.err


UNTIDY = ("  when deed has filming", "  when   deed  has   filming")


def test_fmt_rewrites_once_and_keeps_permissions(lagrum: Lagrum, pack: Path) -> None:
    file = pack / "park-ban.md"
    lagrum("fmt", "laws")
    tidy = file.read_text(encoding="utf-8")
    file.chmod(0o640)
    spoil(file, *UNTIDY)
    ran = lagrum("fmt", "laws")
    assert (ran.status, ran.out) == (status.CLEAN, "changed laws/park-ban.md\n")
    assert file.read_text(encoding="utf-8") == tidy
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    assert lagrum("fmt", "laws").out == "3 files, nothing to change\n"
    assert not list(pack.rglob(".*"))


def test_fmt_check_changes_nothing(lagrum: Lagrum, pack: Path) -> None:
    lagrum("fmt", "laws")
    spoil(pack / "park-ban.md", *UNTIDY)
    before = (pack / "park-ban.md").read_text(encoding="utf-8")
    ran = lagrum("fmt", "--check", "laws", "--format", "json")
    valid(ran.json, "fmt")
    assert ran.status == status.FINDINGS
    assert ran.json["changed"] == ["laws/park-ban.md"]
    assert (pack / "park-ban.md").read_text(encoding="utf-8") == before


def test_fmt_leaves_files_with_errors_alone(lagrum: Lagrum, pack: Path) -> None:
    lagrum("fmt", "laws")
    spoil(pack / "park-ban.md", "  when deed has filming", "  whenn   deed has filming")
    before = (pack / "park-ban.md").read_text(encoding="utf-8")
    ran = lagrum("fmt", "laws")
    assert ran.status == status.INVALID_INPUT
    assert "laws/park-ban.md:" in ran.err
    assert ran.err.splitlines()[-1] == "left alone: 1 file with errors"
    assert (pack / "park-ban.md").read_text(encoding="utf-8") == before


def test_a_new_case_is_valid_and_lists_the_facts_the_law_reads(lagrum: Lagrum, tmp_path: Path) -> None:
    ran = lagrum("new", "case", "picnic", "--law", "park-rules")
    assert (ran.status, ran.out) == (status.CLEAN, "wrote picnic.yaml\n")
    assert ran.err == "next: lagrum check picnic.yaml\n"
    text = (tmp_path / "picnic.yaml").read_text(encoding="utf-8")
    for line in ("case: picnic", "  deed: unknown", "  # some of: mowing, filming, grilling", "  disturbing: unknown"):
        assert line in text.splitlines()
    assert "somebody must judge this: court" in text
    assert lagrum("check", "picnic.yaml").status == status.CLEAN


def test_a_new_law_is_valid(lagrum: Lagrum, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    assert lagrum("new", "law", "mine/my-law.md").status == status.CLEAN
    assert lagrum("check", "mine").out == "1 law file, 0 cases: no errors\n"
    shown = lagrum("show", "my-law Art. 1", "--laws", "mine")
    assert "norm: forbid Art. 1" in shown.out
    assert lagrum("fmt", "--check", "mine").status == status.CLEAN


def test_new_never_overwrites(lagrum: Lagrum, tmp_path: Path) -> None:
    (tmp_path / "picnic.yaml").write_text("mine", encoding="utf-8")
    ran = lagrum("new", "case", "picnic.yaml", "--law", "park-rules")
    assert ran.status == status.INVALID_INPUT
    assert "`picnic.yaml` is there already [LG0727]" in ran.err
    assert (tmp_path / "picnic.yaml").read_text(encoding="utf-8") == "mine"
    assert [p.name for p in tmp_path.iterdir() if p.name.startswith(".")] == []


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (["case", "picnic"], "a case needs a law to take its facts from [LG0732]"),
        (["case", "picnic", "--law", "park-rulez"], "there is no law `park-rulez` [LG0720]"),
        (["case", "no/such/folder/picnic", "--law", "park-rules"], "there is no folder `no/such/folder` [LG0726]"),
        (["case", "", "--law", "park-rules"], "cannot name a file [LG0728]"),
        (["law", "My Law!"], "`My Law!` cannot be a law's id [LG0728]"),
        (["law", "my-law", "--uses", "parc"], "there is no vocabulary `parc` [LG0728]"),
        (["poem", "x"], "the value of `kind` is wrong"),
    ],
)
def test_what_new_refuses(lagrum: Lagrum, tmp_path: Path, arguments: list[str], message: str) -> None:
    before = sorted(tmp_path.rglob("*"))
    ran = lagrum("new", *arguments)
    assert ran.status == status.INVALID_INPUT
    assert message in ran.err
    assert sorted(p for p in tmp_path.rglob("*") if "cache" not in p.parts) == [
        p for p in before if "cache" not in p.parts
    ]


def test_json_answers_never_hold_paths_of_this_machine(lagrum: Lagrum, pack: Path, tmp_path: Path) -> None:
    spoil(pack / "park-ban.md", "deed has filming", "deed has filmming")
    for arguments in (["check"], ["laws"], ["show", "§ 2"]):
        assert str(tmp_path) not in json.dumps(lagrum(*arguments, "--format", "json").json)


MAPPING = """lagrum: 1
mapping: the park's list
columns:
  when: {hour: {values: {noon: day, "late*": night}}}
"""


def test_mappings_are_checked_and_counted_apart(lagrum: Lagrum, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    assert lagrum("check", "m.yaml").out == "0 law files, 0 cases, 1 mapping: no errors\n"
    spoil(tmp_path / "m.yaml", "noon: day", "noon: dya")
    ran = lagrum("check", "m.yaml")
    assert ran.status == status.INVALID_INPUT
    assert "m.yaml:4:32: error: `dya` is no answer to `hour` [LG0610]" in ran.out


def test_mappings_are_laid_out_and_cases_are_left_alone(lagrum: Lagrum, pack: Path, tmp_path: Path) -> None:
    (tmp_path / "m.yaml").write_text(MAPPING, encoding="utf-8")
    case = (pack / "cases" / "permit.yaml").read_text(encoding="utf-8")
    assert lagrum("fmt", "m.yaml", "laws/cases/permit.yaml").out == "changed m.yaml\n"
    laid = (tmp_path / "m.yaml").read_text(encoding="utf-8")
    assert "  when:\n    hour:\n      values:\n        noon: day\n" in laid
    assert lagrum("fmt", "--check", "m.yaml").status == status.CLEAN
    assert (pack / "cases" / "permit.yaml").read_text(encoding="utf-8") == case
    spoil(tmp_path / "m.yaml", "hour:", "[hour:")
    ran = lagrum("fmt", "m.yaml")
    assert ran.status == status.INVALID_INPUT
    assert "LG0601" in ran.err
