"""Options that commands share: laws, readings, dates, given facts."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import click
import pytest

from lagrum.cli.options import Options, shared_options
from lagrum.model.cases import box_of
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.facts import Question

OPTIONS = Options(law_ids=("park-rules",))


def test_an_argument_of_a_command_may_have_the_name_of_a_shared_option() -> None:
    @click.command()
    @click.argument("law")
    @shared_options(law=True, date=True, given=True, readings=True)
    def command(law: str, options: Options) -> int:
        assert law == "mine"
        assert options == Options(
            law_ids=("a", "b"),
            on=date(2026, 1, 2),
            text_of=date(2026, 1, 1),
            given_text=("x=y",),
            readings={"r": "v"},
            format="json",
            folders=(Path("here"),),
            named=("here",),
            plain=True,
            no_color=True,
        )
        return 7

    line = "mine --law a --law b --on 2026-01-02 --text-of 2026-01-01 --given x=y --reading r=v"
    arguments = f"{line} --format json --laws here --plain --no-color".split()
    assert command.main(arguments, standalone_mode=False) == 7


def test_a_reading_cannot_be_chosen_in_two_ways() -> None:
    @click.command()
    @shared_options(readings=True)
    def command(options: Options) -> int:
        return 0

    with pytest.raises(InvalidInput) as error:
        command.main(["--reading", "r=a", "--reading", "r=b"], standalone_mode=False)
    assert message(error) == "the reading `r` is chosen in two ways"


def message(error: pytest.ExceptionInfo[InvalidInput]) -> str:
    return error.value.diagnostics[0].message


def test_readings_keep_their_default_and_can_be_chosen(pack: Path) -> None:
    (law,) = OPTIONS.chosen_laws()
    assert law.readings == {"park-rules:strict filming": "wide"}
    for name in ("strict filming", "park-rules:strict filming"):
        (law,) = replace(OPTIONS, readings={name: "narrow"}).chosen_laws()
        assert law.readings == {"park-rules:strict filming": "narrow"}


def test_a_reading_of_one_law_is_no_error_beside_another(pack: Path) -> None:
    law, position = replace(OPTIONS, readings={"strict filming": "narrow"}).chosen_laws("park-ban")
    assert law.readings == {"park-rules:strict filming": "narrow"}
    assert position.readings == {}


@pytest.mark.parametrize(
    ("readings", "said", "help_"),
    [
        (
            {"strikt filming": "wide"},
            "there is no reading `strikt filming` in this law",
            "did you mean `strict filming`",
        ),
        ({"strict filming": "wild"}, "`wild` is not a value of the reading `strict filming`", "did you mean `wide`?"),
    ],
)
def test_unknown_readings(pack: Path, readings: dict[str, str], said: str, help_: str) -> None:
    with pytest.raises(InvalidInput) as error:
        replace(OPTIONS, readings=readings).chosen_laws()
    assert message(error) == said
    assert help_ in error.value.diagnostics[0].help


def test_two_laws_read_together(pack: Path) -> None:
    (both,) = Options(law_ids=("park-rules+park-ban",)).chosen_laws()
    assert [i.id for i in both.instruments] == ["park-rules", "park-ban"]
    (other,) = Options(law_ids=("park-ban+park-rules",)).chosen_laws()
    assert both.hash != other.hash
    assert len(both.vocabularies) == 1


def test_the_text_of_a_law_is_not_known_before_it_was_published(pack: Path) -> None:
    assert replace(OPTIONS, text_of=date(2020, 1, 1)).chosen_laws()
    with pytest.raises(InvalidInput) as error:
        replace(OPTIONS, text_of=date(2019, 12, 31)).chosen_laws()
    assert message(error) == "the text of `park-rules` was not known on 2019-12-31: it was published on 2020-01-01"


def test_given_facts_are_read_as_in_a_case_file(pack: Path) -> None:
    options = replace(OPTIONS, given_text=("hour=not day", "deed={exactly: filming}", "permit = yes"))
    box = box_of(options.given(*options.chosen_laws()))
    assert box == {
        Question("hour"): frozenset({1}),
        Question("deed", 0): frozenset({0}),
        Question("deed", 1): frozenset({1}),
        Question("deed", 2): frozenset({0}),
        Question("permit"): frozenset({1}),
    }


@pytest.mark.parametrize(
    ("given", "said"),
    [
        (("hour",), "`hour` does not give a fact"),
        (("houur=day",), "`houur`"),
        (("hour=noon",), "`noon`"),
        (("hour=day", "hour=night"), "`hour` is given twice"),
        (("deed={exactly: [",), ""),
    ],
)
def test_given_facts_that_cannot_be_read(pack: Path, given: tuple[str, ...], said: str) -> None:
    options = replace(OPTIONS, given_text=given)
    with pytest.raises(InvalidInput) as error:
        options.given(*options.chosen_laws())
    assert said in message(error)
    assert error.value.diagnostics[0].place is None
