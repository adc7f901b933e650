"""Looking things up: `laws`, `show`, `explain`."""

from __future__ import annotations

from pathlib import Path

import pytest

from lagrum.cli import status
from lagrum.language.codes import CODES
from tests.cli.conftest import Lagrum, valid


def test_laws_names_each_law_with_its_dates_rules_and_review(lagrum: Lagrum) -> None:
    ran = lagrum("laws")
    assert ran.status == status.CLEAN
    assert ran.out.splitlines() == [
        "park-ban: No films in the park",
        "park-ban: Open letter; position, XX; published 2022-02-02; 1 rule",
        "park-ban: made up for these tests",
        "park-rules: Rules of the park",
        "park-rules: Town ordinance 7; ordinance, XX; published 2020-01-01, in force 2020-06-01; 6 rules",
        "park-rules: disputed readings: strict filming",
        "park-rules: made up for these tests",
    ]


def test_laws_as_json(lagrum: Lagrum) -> None:
    answer = lagrum("laws", "--format", "json").json
    valid(answer, "laws")
    assert [i["id"] for i in answer["instruments"]] == ["park-ban", "park-rules"]
    assert answer["instruments"][1]["norms"] == 6
    assert answer["readings"] == {"park-rules:strict filming": "wide"}
    assert all(len(law["hash"]) == 64 for law in answer["laws"])


def test_a_law_with_errors_is_left_out_by_name(lagrum: Lagrum, pack: Path) -> None:
    spoil(pack / "park-ban.md", "deed has filming", "deed has filmming")
    ran = lagrum("laws")
    assert ran.status == status.CLEAN
    assert "park-ban" not in ran.out
    assert "left out because of errors: park-ban" in ran.err


def spoil(file: Path, old: str, new: str) -> None:
    text = file.read_text(encoding="utf-8")
    assert old in text
    file.write_text(text.replace(old, new), encoding="utf-8")


def test_no_laws_at_all(lagrum: Lagrum, pack: Path) -> None:
    for file in pack.rglob("*.md"):
        file.unlink()
    ran = lagrum("laws")
    assert ran.status == status.CLEAN
    assert "no laws are loaded" in ran.out


def test_further_folders_come_from_the_option_and_the_environment(
    lagrum: Lagrum, pack: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        text = (pack / "park-ban.md").read_text(encoding="utf-8").replace("park-ban", f"ban-{name}")
        (tmp_path / name / f"{name}.md").write_text(text, encoding="utf-8")
    monkeypatch.setenv("LAGRUM_LAWS", str(tmp_path / "one"))
    answer = lagrum("laws", "--laws", str(tmp_path / "two"), "--format", "json").json
    assert [i["id"] for i in answer["instruments"]] == ["ban-one", "ban-two", "park-ban", "park-rules"]
    told = lagrum("laws", "--laws", str(tmp_path / "two")).err
    assert told.strip().endswith(f"--laws {tmp_path / 'two'}"), "the next command can be typed as it stands"


def test_a_folder_that_is_not_there(lagrum: Lagrum) -> None:
    ran = lagrum("laws", "--laws", "nowhere")
    assert ran.status == status.INVALID_INPUT
    assert "there is no folder `nowhere` [LG0726]" in ran.err


def test_show_a_whole_rule(lagrum: Lagrum) -> None:
    ran = lagrum("show", "§ 2", "--law", "park-rules", "--on", "2022-01-01")
    assert ran.status == status.CLEAN
    lines = ran.out.splitlines()
    assert lines[:2] == ["norm: forbid § 2", "says: filming people"]
    assert any(line.startswith("law: park-rules, laws/park-rules.md:") for line in lines)
    for line in (
        "under: Rules of the park > § 2: filming",
        "when all of: deed has filming",
        "when all of: crowd at least 10 people",
        "except with a permit: at night, § 2(a)(i)",
        "from: 2021-01-01",
        "note: a single passer-by is no crowd",
        "note: read together with § 2(a), § 2",
        "review: made up for these tests, park-rules",
    ):
        assert line in lines


def test_show_a_provision_with_what_lies_below_it(lagrum: Lagrum) -> None:
    lines = lagrum("show", "park-rules § 1").out.splitlines()
    assert [line for line in lines if line.startswith("norm:")] == ["norm: exclude § 1(2)", "norm: forbid § 1(1)"]
    assert "excluded: the town's own gardeners, § 1(2)" in lines
    assert "takes out: noise, § 1(1)" in lines
    assert "when any of all of: deed has mowing, § 3" in lines


def test_show_says_what_is_not_yet_in_force(lagrum: Lagrum) -> None:
    assert "but: not in force on 2020-12-31" in lagrum("show", "§ 2", "--on", "2020-12-31").out
    assert "not in force" not in lagrum("show", "§ 2", "--on", "2021-01-01").out


def test_show_as_json(lagrum: Lagrum) -> None:
    answer = lagrum("show", "§ 2", "--on", "2022-01-01", "--format", "json").json
    valid(answer, "show")
    rule, exception, deeper = answer["norms"]
    assert rule["when"]["items"][1] == {"text": "crowd at least 10 people", "citation": None}
    assert [e["citation"] for e in rule["exceptions"]] == ["§ 2(a)"]
    assert [t["key"] for t in deeper["targets"]] == [exception["key"]]
    assert rule["in_force"] is True
    assert answer["on"] == "2022-01-01"


@pytest.mark.parametrize("typed", ["Demand 1", "park-ban Demand 1"])
def test_a_citation_finds_its_law_without_being_told(lagrum: Lagrum, typed: str) -> None:
    assert "law: park-ban" in lagrum("show", typed).out


@pytest.mark.parametrize(
    ("arguments", "message", "help_"),
    [
        (["five"], "`five` is not a citation [LG0730]", "e.g. `Art. 5(1)(d)`"),
        (["§ 22"], "no rule is encoded at `§ 22` [LG0729]", "did you mean `§ 2`"),
        (["§ 2", "--law", "park-rulez"], "there is no law `park-rulez` [LG0720]", "did you mean `park-rules`?"),
        (["§ 1", "--law", "park-ban"], "no rule is encoded at `§ 1` in `park-ban` [LG0729]", "help: "),
    ],
)
def test_show_what_is_not_there(lagrum: Lagrum, arguments: list[str], message: str, help_: str) -> None:
    ran = lagrum("show", *arguments)
    assert (ran.status, ran.out) == (status.INVALID_INPUT, "")
    assert message in ran.err
    assert help_ in ran.err


def test_a_broken_law_is_not_shown_but_its_errors_are(lagrum: Lagrum, pack: Path) -> None:
    spoil(pack / "park-rules.md", "deed has filming", "deed has filmming")
    ran = lagrum("show", "§ 2", "--law", "park-rules")
    assert (ran.status, ran.out) == (status.INVALID_INPUT, "")
    assert "laws/park-rules.md:" in ran.err
    assert "filmming" in ran.err
    assert "^" in ran.err


def test_a_law_is_refused_where_its_vocabulary_has_errors(lagrum: Lagrum, pack: Path) -> None:
    spoil(pack / "vocabulary" / "park.md", "  usual day\n", "  usual noon\n")
    ran = lagrum("show", "§ 2", "--law", "park-rules")
    assert (ran.status, ran.out) == (status.INVALID_INPUT, "")
    assert "laws/vocabulary/park.md:" in ran.err


def test_explain_prints_the_page(lagrum: Lagrum) -> None:
    ran = lagrum("explain", "lg0720")
    assert ran.status == status.CLEAN
    assert ran.out.splitlines()[0] == "LG0720  unknown law (error)"
    assert "instead: lagrum assess station.yaml --law eu-ai-act-2021-proposal" in ran.out


def test_explain_lists_every_code_once_in_order(lagrum: Lagrum) -> None:
    listed = [line.split(":")[0] for line in lagrum("explain").out.splitlines()]
    assert listed == sorted(CODES)
    answer = lagrum("explain", "--format", "json").json
    valid(answer, "explain")
    assert [code["code"] for code in answer["codes"]] == listed


def test_explain_an_unknown_code(lagrum: Lagrum) -> None:
    ran = lagrum("explain", "LG072")
    assert ran.status == status.INVALID_INPUT
    assert "there is no diagnostic code `LG072` [LG0731]" in ran.err
    assert "did you mean" in ran.err


def test_every_code_on_the_command_line_has_a_page() -> None:
    import re

    import lagrum as package

    root = Path(package.__file__).parent
    used = {
        code
        for file in [*(root / "cli").glob("*.py"), root / "library.py"]
        for code in re.findall(r'"(LG[0-9]{4})"', file.read_text(encoding="utf-8"))
    }
    assert used - set(CODES) == set()
