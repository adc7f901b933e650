"""Templates: Jinja with everything escaped, nothing undefined, and the words of the language."""

from __future__ import annotations

import re
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

if TYPE_CHECKING:
    from lagrum.service.jobs import Job
    from lagrum.web.view import View

FOLDER = Path(__file__).parent / "templates"
PAGES = (
    ("/ask", "Ask"),
    ("/case", "Case"),
    ("/law", "Laws"),
    ("/loopholes", "Loopholes"),
    ("/compare", "Compare"),
    ("/balance", "Balance"),
    ("/world", "World"),
    ("/screen", "Screen"),
    ("/register", "Register"),
)


@cache
def environment(lang: str) -> Environment:
    """The templates of one language."""
    from lagrum.web.language import translations

    made = Environment(
        loader=FileSystemLoader(FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=["jinja2.ext.i18n", "jinja2.ext.do"],
    )
    made.install_gettext_translations(translations(lang), newstyle=True)  # type: ignore[attr-defined]
    made.globals["PAGES"] = PAGES
    made.globals["progress_of"] = _progress_of
    made.filters["ticks"] = _ticks
    return made


def render(name: str, view: View, context: dict[str, Any]) -> str:
    """A template filled in."""
    return environment(view.lang).get_template(name).render(view=view, **context)


def _progress_of(view: View, job: Job) -> str:
    from lagrum.web.work import progress_of

    return progress_of(view, job)


def _ticks(text: str) -> Markup:
    """A sentence with what stands in backticks as code.

    >>> _ticks("there is no law `<x>`")
    Markup('there is no law <code>&lt;x&gt;</code>')
    """
    return Markup(re.sub(r"`([^`]+)`", r"<code>\1</code>", str(escape(text))))
