"""Options that commands share, gathered in one object.

A command that reads law is written like this::

    @click.command(cls=Command, examples=["lagrum show 'Art. 5(1)'"])
    @click.argument("citation")
    @shared_options(law=True, date=True)
    def command(citation: str, options: Options) -> int:
        (law, *_) = options.chosen_laws()
        ...
        return status.CLEAN

It gets the options it asks for and always `--format`, `--lang`, `--laws`, `--plain` and `--no-color`. Wrong values
raise `InvalidInput`, which `lagrum.cli.main` shows as diagnostics with exit status 3.
"""

from __future__ import annotations

import functools
import os
import re
import shlex
import sys
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from lagrum.cli.output import TABLES, Output, wants_colour
from lagrum.model.cases import Given
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.law import Law

if TYPE_CHECKING:
    from lagrum.library import Library  # reads the whole language; commands that need no law do without
    from lagrum.service.laws import Terms


@dataclass(frozen=True)
class Options:
    """What was asked for on the command line. Fields that a command did not ask for keep their defaults."""

    law_ids: tuple[str, ...] = ()
    on: date | None = None  # None: not said; `day` is then today
    text_of: date | None = None  # None: the same day
    given_text: tuple[str, ...] = ()
    readings: Mapping[str, str] = field(default_factory=dict)
    format: str = "text"
    lang: str = "en"
    folders: tuple[Path, ...] = ()
    named: tuple[str, ...] = ()  # those of `folders` that `--laws` named: the next command must name them again
    plain: bool = False
    no_color: bool = False
    kept: dict[str, Library] = field(default_factory=dict, repr=False, compare=False)  # shared by what `replace` makes

    @cached_property
    def out(self) -> Output:
        """Where the answer goes."""
        beside = [f"--laws {shlex.quote(folder)}" for folder in self.named]
        return Output(self.plain, self.no_color, beside=beside)

    @property
    def error_colour(self) -> bool:
        """Whether diagnostics on stderr may be coloured."""
        return wants_colour(sys.stderr, self.no_color or self.plain)

    @property
    def json(self) -> bool:
        return self.format == "json"

    @property
    def day(self) -> date:
        """The date of evaluation: `--on`, or today."""
        return self.on or date.today()

    @property
    def library(self) -> Library:
        """The built-in law and the folders of `--laws` and `LAGRUM_LAWS`, read when first asked for."""
        from lagrum.library import open_library

        if not self.kept:
            self.kept["library"] = open_library(self.folders)
        return self.kept["library"]

    def located(self, error: InvalidInput) -> InvalidInput:
        """The same refusal; what it says of the law that was read has paths that a person can open, and excerpts."""
        return self.library.located(error) if self.kept else error

    @property
    def terms(self) -> Terms:
        """What was asked for, as the server asks it."""
        from lagrum.service.laws import Terms

        return Terms(self.on, self.text_of, self.given_text, self.readings)

    def chosen_laws(self, *others: str, on: date | None = None, attached: bool = True) -> tuple[Law, ...]:
        """The laws of `--law`, then `others` (a position, say), with the readings of `--reading` and the texts of
        `--text-of`, or as known on the day they are judged on (`on`, else `day`), with or without what attaches to
        them. Raises `InvalidInput` for unknown ids and readings, and where `--text-of` is before a law was
        published."""
        return self.terms.laws(self.library, [*self.law_ids, *others], attached, on)

    def given(self, *laws: Law) -> tuple[Given, ...]:
        """The facts of `--given`, read with the vocabularies of `laws` exactly as a case file would be."""
        from lagrum.service.laws import given_facts  # only here: most calls have no `--given`

        return given_facts(self.given_text, laws)


class _Day(click.ParamType[date]):
    """A date as `2026-11-22`, or `today`."""

    name = "date"

    def convert(self, value: Any, param: click.Parameter | None, ctx: click.Context | None) -> date:
        if isinstance(value, date):
            return value
        try:
            if value == "today":
                return date.today()
            # `fromisoformat` also reads weeks and days without hyphens, which nobody else would read as we do
            return date.fromisoformat(value if re.fullmatch(r"\d{4}-\d{2}-\d{2}", value, re.ASCII) else "")
        except ValueError:
            option = param.opts[0] if param else "date"
            help_ = "write year, month and day, e.g. `2026-11-22`"
            diagnostic = Diagnostic("LG0723", f"`{value}` after `{option}` is not a date", help=help_)
            raise InvalidInput([diagnostic]) from None


DAY = _Day()


def shared_options(
    law: bool = False,
    date: bool = False,
    text_of: bool = False,
    given: bool = False,
    readings: bool = False,
    table: bool = False,
    languages: bool = False,
    formats: Sequence[str] = (),
) -> Callable[..., Any]:
    """Decorator for commands: adds the options asked for and passes them as one `options: Options`.

    `law` adds `--law`, `date` adds `--on` and `--text-of`, `text_of` only the latter, `given` adds `--given`,
    `readings` adds `--reading`; `table` lets `--format` be `csv` or `markdown` too, `formats` whatever it names;
    `languages` says that the command speaks every language of `--lang`, not English alone.
    """

    def decorate(function: Callable[..., int]) -> Callable[..., int]:
        @functools.wraps(function)
        def wrapper(**values: Any) -> int:
            taken = {name.removeprefix(_PREFIX): values.pop(name) for name in list(values) if name.startswith(_PREFIX)}
            options = _gather(taken, languages)
            try:
                return function(options=options, **values)
            except InvalidInput as error:
                raise options.located(error) from None

        decorated: Callable[..., int] = wrapper
        wanted = {
            "law": law,
            "date": date,
            "text": date or text_of,
            "given": given,
            "readings": readings,
            "table": table,
            "no table": not table,
            "": True,
        }
        for group, name, attributes in reversed(_OPTIONS):
            if wanted[group]:
                flag = "--" + name.replace("_", "-")
                if name == "format" and formats:
                    attributes = {**attributes, "type": click.Choice(["text", "json", *formats])}
                decorated = click.option(_PREFIX + name, flag, **attributes)(decorated)
        return decorated

    return decorate


def _gather(taken: dict[str, Any], languages: bool) -> Options:
    if taken["lang"] != "en" and not languages:
        help_ = "leave `--lang` out, or use `--lang en`"
        raise InvalidInput([Diagnostic("LG0735", f"answers in `{taken['lang']}` are not supported yet", help=help_)])
    from_environment = [Path(p) for p in os.environ.get("LAGRUM_LAWS", "").split(os.pathsep) if p]
    return Options(
        law_ids=tuple(taken.get("law", ())),
        on=taken.get("on"),
        text_of=taken.get("text_of"),
        given_text=tuple(taken.get("given", ())),
        readings=_readings(taken.get("reading", ())),
        format=taken["format"],
        lang=taken["lang"],
        folders=(*from_environment, *(Path(p) for p in taken["laws"])),
        named=tuple(taken["laws"]),
        plain=taken["plain"],
        no_color=taken["no_color"],
    )


def _many(metavar: str, help_: str) -> dict[str, Any]:
    return {"multiple": True, "metavar": metavar, "help": help_}


def _readings(texts: Iterable[str]) -> dict[str, str]:
    chosen: dict[str, str] = {}
    for text in texts:
        name, value = _pair(text)
        if chosen.setdefault(name, value) != value:
            help_ = "choose one, or ask twice"
            raise InvalidInput([Diagnostic("LG0721", f"the reading `{name}` is chosen in two ways", help=help_)])
    return chosen


def _pair(text: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip() or not value.strip():
        help_ = 'write the reading and its value, e.g. `--reading "effect test=every such use"`'
        raise InvalidInput([Diagnostic("LG0721", f"`{text}` does not choose a reading", help=help_)])
    return name.strip(), value.strip()


_FOR = "For people or programs."
_PREFIX = "shared_"  # keeps the options apart from a command's own arguments, one of which may be called `law`

_OPTIONS: tuple[tuple[str, str, dict[str, Any]], ...] = (
    ("law", "law", _many("LAW", "A law's id; repeat it, or read two together as L+M.")),
    ("date", "on", {"type": DAY, "metavar": "DATE", "help": "The day to judge on; today when left out."}),
    ("text", "text_of", {"type": DAY, "metavar": "DATE", "help": "The text known on that day."}),
    ("given", "given", _many("FACT=VALUE", "Fix a fact; repeat it.")),
    ("readings", "reading", _many("NAME=VALUE", "Choose a disputed reading.")),
    ("", "laws", _many("DIR", "A further folder of law; also LAGRUM_LAWS.")),
    ("no table", "format", {"type": click.Choice(["text", "json"]), "default": "text", "help": _FOR}),
    ("table", "format", {"type": click.Choice(["text", "json", *TABLES]), "default": "text", "help": _FOR}),
    ("", "lang", {"type": click.Choice(["en", "sv"]), "default": "en", "help": "The language of the answer."}),
    ("", "plain", {"is_flag": True, "help": "One statement a line, no columns, no colour."}),
    ("", "no_color", {"is_flag": True, "help": "No colour."}),
)
