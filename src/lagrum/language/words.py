"""Conditions put back into words: one canonical line for each."""

from __future__ import annotations

from lagrum.language import syntax
from lagrum.language.stretches import plain


def words_of_day(day: syntax.Day) -> str:
    return day.value if isinstance(day.value, str) else day.value.isoformat()


def words_of_cite(cite: syntax.Cite) -> str:
    """A citation as written: `eu-ai-act Art. 5(1)(d) "label"`."""
    front = f"{cite.instrument} " if cite.instrument else ""
    return f"{front}{cite.citation}" + (f' "{cite.label}"' if cite.label else "")


def words_of_single(node: syntax.Single) -> str:
    """A single condition in one canonical line, without the citation in brackets."""
    match node:
        case syntax.Bare():
            return f"not {node.name.text}" if node.negated else node.name.text
        case syntax.Is():
            return f"{node.name.text} is {'not ' if node.negated else ''}{node.value.text}"
        case syntax.In():
            return f"{node.name.text} in {', '.join(value.text for value in node.values)}"
        case syntax.Has():
            mode = f"{node.mode} " if node.mode else ""
            return f"{node.name.text} has {mode}{', '.join(value.text for value in node.values)}"
        case syntax.Compare():
            unit = f" {node.unit}" if node.unit else ""
            return f"{node.name.text} {node.operator} {plain(node.value)}{unit}"
        case syntax.When():
            return f"{node.name.text} {node.operator} {words_of_day(node.day)}"
        case syntax.CiteTest():
            return f"{words_of_cite(node.cite)} {node.verb}"


def words_of_condition(node: syntax.Condition) -> str:
    """A condition on one line; a group as its head and its items in round brackets."""
    if not isinstance(node, syntax.Group):
        return words_of_single(node)
    head = f"at least {node.count} of" if node.head == "at least" else f"{node.head} of"
    return f"{head} ({'; '.join(words_of_condition(item) for item in node.items)})"
