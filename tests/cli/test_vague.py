"""`lagrum vague`, from the command line to what is printed and the exit status."""

from __future__ import annotations

import csv
import io

from tests.cli.conftest import Lagrum, valid

ON = ("--on", "2022-06-01")


def test_what_hangs_on_the_one_judgement_of_the_park(lagrum: Lagrum) -> None:
    """Of 192 cases 6 are outside: gardeners who disturb by day. Of the others `disturbing` turns 18 of mowing alone, 6
    of them out of the law, and 12 of mowing and filming: where filming is not forbidden anyway."""
    ran = lagrum("vague", "park-rules", *ON, "--format", "json")
    valid(ran.json, "vague")
    assert ran.status == 2
    answer = ran.json
    assert (answer["cases"], answer["any"]["cases"], answer["inside"]["cases"]) == ("186", "30", "24")
    (judged,) = answer["judged"]
    assert (judged["fact"], judged["asked_at"], judged["decided_by"]) == ("disturbing", ["§ 1(1)"], "court")
    assert judged["alone"]["cases"] == judged["company"]["cases"] == "30"
    assert judged["witness"]["before"] == {"answers": ["not disturbing"], "ruling": "unregulated"}
    assert [turned["citation"] for turned in judged["witness"]["turned"]] == ["§ 1(1)"]


def test_told_in_text_and_kept(lagrum: Lagrum) -> None:
    """Of 96 cases by night `disturbing` turns 12 of mowing alone and 4 of mowing and filming: no crowd, so no § 2."""
    ran = lagrum("vague", "park-rules", *ON, "--given", "hour=night")
    assert ran.out.startswith("16.7% of the cases that park-rules governs hang on a judgement")
    lines = ran.out.splitlines()
    assert "1. disturbing: Does it disturb others?" in lines
    assert "forbidden: disturbing" in lines and "where deed has mowing" in lines
    assert lagrum("vague", "park-rules", *ON, "--given", "hour=night").out == ran.out


def test_only_what_a_position_forbids_counts(lagrum: Lagrum) -> None:
    whole = lagrum("vague", "park-rules", *ON, "--format", "json").json
    ran = lagrum("vague", "park-rules", *ON, "--against", "park-ban", "--format", "json")
    valid(ran.json, "vague")
    assert ran.json["against"] == "park-ban"
    assert 0 < int(ran.json["cases"]) < int(whole["cases"])


def test_a_law_without_judgements_is_not_vague(lagrum: Lagrum) -> None:
    ran = lagrum("vague", "park-ban", *ON)
    assert ran.status == 0
    assert ran.out.startswith("0% of the cases that park-ban governs hang on a judgement")


def test_two_laws_side_by_side(lagrum: Lagrum) -> None:
    ran = lagrum("vague", "park-rules", "park-ban", *ON, "--format", "csv")
    heads, *rows = csv.reader(io.StringIO(ran.out))
    assert heads == [
        "judgement",
        "park-rules: alone",
        "park-rules: in company",
        "park-ban: alone",
        "park-ban: in company",
    ]
    assert rows[0][:2] == ["any judgement", "16.1%"]
    assert ["disturbing", "16.1%", "16.1%", "not asked", ""] in rows
    both = lagrum("vague", "park-rules", "park-ban", *ON, "--format", "json").json
    assert [each["law"] for each in both] == ["park-rules", "park-ban"]


def test_where_the_law_governs_nothing_there_is_no_share(lagrum: Lagrum) -> None:
    given = ("--given", "deed={exactly: mowing}", "--given", "hour=day", "--given", "disturbing=yes")
    ran = lagrum("vague", "park-rules", *ON, *given)
    assert ran.status == 3
    assert "LG0738" in ran.err
