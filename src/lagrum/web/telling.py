"""The answers on which a case turns, in the language of the page."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from markupsafe import Markup, escape

from lagrum.model.facts import Fact
from lagrum.web.spoken import in_english, said
from lagrum.web.view import View

Facts = Mapping[str, Fact]
Said = Mapping[str, str | tuple[str, ...]]


def told_facts(view: View, facts: Facts, texts: Iterable[str], case: Said | None = None) -> list[Markup]:
    """Statements such as `timing is later`, which each begin with the name of a fact: in English as they are, in
    another language as the question with the answer of the `case`."""
    return [_told(view, facts, text, case or {}) for text in texts]


def _told(view: View, facts: Facts, text: str, case: Said) -> Markup:
    if view.lang == "en":
        return escape(text)
    bare = text.removeprefix("not ")
    names = [name for name in facts if bare == name or bare.startswith(f"{name} ")]
    fact = facts[max(names, key=len)] if names else None
    if fact is None or fact.name not in case or not view.phrases.translated(fact):
        return in_english(view, text)
    return Markup("{} <strong>{}</strong>").format(view.phrases.question(fact), said(view, fact, case[fact.name]))
