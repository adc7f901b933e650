"""The sentences of reports on a page: what is English stays marked, citations lead to their pages."""

from __future__ import annotations

from markupsafe import Markup, escape

from lagrum.model.facts import Fact
from lagrum.report.document import CODE, STRONG, runs
from lagrum.web.address import address_of
from lagrum.web.view import View

_TERMS = "terms"  # no language: so every term comes out marked


def spoken(view: View, sentence: str, law: str = "", *, strong_is_law: bool = False) -> Markup:
    """A marked sentence as HTML. With `law`, each term that is a citation leads to its place in that law;
    `strong_is_law` where what is stressed are words of the law."""
    told = []
    for run in runs(sentence, _TERMS):
        text: Markup = escape(run.text)
        if run.style in (STRONG, CODE):
            text = Markup(f"<{run.style}>{text}</{run.style}>")
            text = in_english(view, text) if strong_is_law and run.style == STRONG else text
        elif run.lang:
            text = cited(view, law, run.text) if law else in_english(view, text)
        told.append(text)
    return Markup("").join(told)


def cited(view: View, law: str, citation: str) -> Markup:
    """A citation that leads to its place; words that are none, as words of the law."""
    try:
        address = address_of(law, citation)
    except ValueError:
        return in_english(view, citation)
    return Markup('<a href="{}">{}</a>').format(address, citation)


def in_english(view: View, words: object) -> Markup:
    """Words that are English in any language of the page."""
    text = escape(words)
    return text if view.lang == "en" else Markup('<span lang="en">{}</span>').format(text)


def said(view: View, fact: Fact, answer: str | tuple[str, ...]) -> str:
    """The answer of a whole case to one question, in the language of the page."""
    names = (answer,) if isinstance(answer, str) else answer
    index = {each.name: number for number, each in enumerate(fact.answers)}
    told = [view.phrases.answer(fact, index[name]) if name in index else name for name in names]
    return "; ".join(told) or view.words.say("none")
