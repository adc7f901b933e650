"""Writing cases down: any case, and every witness, as a case file that reads back as the same case."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping

from lagrum.language.casefile import parse_given
from lagrum.model.cases import Case, Complete, Expectation, Given
from lagrum.model.diagnostics import InvalidInput
from lagrum.model.facts import Fact, Question, questions_of, size_of

_PLAIN = re.compile(r"[A-Za-z§][A-Za-z0-9§ ./()'\-]*(?<![ ])")
_ESCAPES = {'"': '\\"', "\\": "\\\\", "\n": "\\n", "\t": "\\t", "\r": "\\r"}


def write_case(case: Case | Complete, facts: Mapping[str, Fact], name: str = "a case") -> str:
    """A case file (YAML) for a case, or for a complete assignment, which is then called `name`.

    `read_case` gives the same case back, but for places. Raises `KeyError` for a fact that is not in `facts`.
    """
    if not isinstance(case, Case):
        case = Case(name, {fact: _complete(facts[fact], answer) for fact, answer in case.items()})
    lines = ["lagrum: 1", f"case: {scalar(case.name)}"]
    if case.laws:
        lines.append(f"law: {_list(case.laws)}")
    if case.dates:
        days = [day.isoformat() for day in case.dates]
        lines.append(f"on: {days[0]}" if len(days) == 1 else f"on: [{', '.join(days)}]")
    given = [(scalar(name), value) for name, each in case.facts.items() if (value := _given(each, facts[name]))]
    lines.append("facts:" if given else "facts: {}")
    lines += [f"  {name}: {value}" for name, value in given]
    if case.assume:
        lines.append(f"assume: {{{', '.join(f'{key}: {scalar(value)}' for key, value in case.assume.items())}}}")
    if case.readings:
        lines += ["readings:", *(f"  {scalar(key)}: {scalar(value)}" for key, value in case.readings.items())]
    if case.expect is not None:
        lines += _expect(case.expect)
    lines += [f"{key}: {scalar(text)}" for key, text in (("source", case.source), ("intent", case.intent)) if text]
    return "\n".join(lines) + "\n"


def scalar(text: str) -> str:
    """A text as YAML: bare where nothing in it could be read as a sign, else in double quotes."""
    if _PLAIN.fullmatch(text):
        return text
    return f'"{"".join(map(_escaped, text))}"'


def _escaped(letter: str) -> str:
    if letter in _ESCAPES:
        return _ESCAPES[letter]
    if letter.isprintable() or letter == " ":
        return letter
    code = ord(letter)
    return f"\\x{code:02x}" if code < 0x100 else f"\\u{code:04x}" if code < 0x10000 else f"\\U{code:08x}"


def _list(texts: Iterable[str]) -> str:
    return f"[{', '.join(map(scalar, texts))}]"


def _complete(fact: Fact, answer: int | frozenset[int]) -> Given:
    if isinstance(answer, int):
        return Given(fact.name, ((Question(fact.name), frozenset({answer})),), "")
    return Given(fact.name, tuple((q, frozenset({int(q.member in answer)})) for q in questions_of(fact)), "")


def _given(given: Given, fact: Fact) -> str:
    value = value_of(given, fact)
    if not value or (given.basis == "stated" and not given.by and given.on is None):
        return value
    parts = [f"value: {value}", f"basis: {given.basis}"]
    parts += [f"by: {scalar(given.by)}"] if given.by else []
    parts += [f"on: {given.on.isoformat()}"] if given.on else []
    return f"{{{', '.join(parts)}}}"


def value_of(given: Given, fact: Fact) -> str:
    """What a case file says of a fact, without how that is known: in the case's own words where these say just what is
    given, else from the answers left open; empty where nothing is known."""
    value = _from_words(given.text.removeprefix(fact.name).strip(), fact.several)
    try:
        if value and parse_given(f"{fact.name}={value}", {fact.name: fact}).open == given.open:
            return value
    except InvalidInput:
        pass
    return _from_answers(dict(given.open), fact)


def _from_words(words: str, several: bool) -> str:
    if several:
        if words.startswith("is exactly "):
            return f"{{exactly: {_members(words.removeprefix('is exactly '))}}}"
        if words.startswith("has none of "):
            return f"{{not: {_members(words.removeprefix('has none of '))}}}"
        yes, _, no = words.removeprefix("has ").partition(" and none of ")
        if no:
            return f"{{including: {_members(yes)}, not: {_members(no)}}}"
        return f"{{including: {_members(yes)}}}" if ", " in yes else scalar(yes)
    for front, form in (("is one of ", "[{}]"), ("is none of ", "{{not: [{}]}}")):
        if words.startswith(front):
            return form.format(", ".join(map(scalar, words.removeprefix(front).split(", "))))
    return scalar(words.removeprefix("is "))


def _members(names: str) -> str:
    several = names.split(", ")
    return scalar(several[0]) if len(several) == 1 else _list(several)


def _from_answers(opened: Mapping[Question, frozenset[int]], fact: Fact) -> str:
    if not fact.several:
        left = [fact.answers[i].name for i in sorted(next(iter(opened.values()), frozenset()))]
        if len(left) == len(fact.answers) or not left:
            return ""
        return scalar(left[0]) if len(left) == 1 else _list(left)
    settled = {q.member: answers for q, answers in opened.items() if len(answers) < size_of(fact)}
    yes = [answer.name for i, answer in enumerate(fact.answers) if settled.get(i) == frozenset({1})]
    no = [answer.name for i, answer in enumerate(fact.answers) if settled.get(i) == frozenset({0})]
    if len(yes) + len(no) == len(fact.answers):
        return f"{{exactly: {_list(yes) if yes else 'none'}}}"
    parts = [f"including: {_list(yes)}"] if yes else []
    parts += [f"not: {_list(no)}"] if no else []
    return f"{{{', '.join(parts)}}}" if parts else ""


def _expect(expect: Expectation) -> list[str]:
    lines = [f"  ruling: {expect.ruling}"] if expect.ruling is not None else []
    lines += [f"  possible: {_list(expect.possible)}"] if expect.possible is not None else []
    lines += [f"  because: {_list(expect.because)}"] if expect.because else []
    lines += [f"  not because: {_list(expect.not_because)}"] if expect.not_because else []
    lines += [f"  tiers: {_list(expect.tiers)}"] if expect.tiers is not None else []
    return ["expect:", *lines] if lines else ["expect: {}"]
