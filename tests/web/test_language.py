"""English and Swedish throughout: nothing is left untranslated, nothing is translated that is not there."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.pofile import read_po

import lagrum.web
from lagrum.web.templating import PAGES

WEB = Path(lagrum.web.__file__).parent
METHODS = [("**.py", "python"), ("templates/**.html", "jinja2")]
NAMES: dict[str, dict[str, object]] = {"templates/**.html": {"trimmed": "true", "extensions": "jinja2.ext.do"}}
KEYWORDS = {"_": None, "gettext": None, "ngettext": (1, 2), "N_": None}
PLACE = re.compile(r"%\(\w+\)s")


def _said() -> set[str]:
    """Every message of the templates and the code."""
    found = extract_from_dir(WEB, METHODS, NAMES, keywords=KEYWORDS)
    messages = {entry[2][0] if isinstance(entry[2], tuple) else entry[2] for entry in found}
    return messages | {name for _, name in PAGES}


def _catalogues() -> list[tuple[str, Catalog]]:
    found: list[tuple[str, Catalog]] = []
    for path in sorted((WEB / "locale" / "sv").glob("*.po")):
        with path.open("rb") as file:
            found.append((path.name, read_po(file, locale="sv", abort_invalid=True)))
    return found


def _messages() -> list[tuple[str, Message]]:
    return [(name, message) for name, catalogue in _catalogues() for message in catalogue if message.id]


def _key(message: Message) -> str:
    return str(message.id[0] if isinstance(message.id, list | tuple) else message.id)


def test_every_sentence_has_its_swedish() -> None:
    translated = {_key(message) for _, message in _messages() if message.string and all(_strings(message))}
    assert not sorted(_said() - translated)


def test_no_swedish_is_left_over() -> None:
    said = _said()
    assert not [(name, _key(message)) for name, message in _messages() if _key(message) not in said]


def _strings(message: Message) -> list[str]:
    string = message.string or ""
    return [string] if isinstance(string, str) else [str(each) for each in string]


@pytest.mark.parametrize(("name", "message"), _messages(), ids=lambda each: str(each)[:40])
def test_the_same_words_are_filled_in(name: str, message: Message) -> None:
    ids = [message.id] if isinstance(message.id, str) else list(message.id)
    wanted = set(PLACE.findall(ids[-1]))
    for string in _strings(message):
        assert set(PLACE.findall(string)) <= wanted | {"%(num)s"}, f"{name}: {string}"
    assert set(PLACE.findall(_strings(message)[-1])) == wanted, f"{name}: {_strings(message)[-1]}"


def test_the_same_sentence_is_translated_the_same_everywhere() -> None:
    seen: dict[str, tuple[str, list[str]]] = {}
    for name, message in _messages():
        before = seen.setdefault(_key(message), (name, _strings(message)))
        assert before[1] == _strings(message), f"`{_key(message)}` differs in {before[0]} and {name}"
