"""`lagrum new`: templates for a case and for a law, which `lagrum check` accepts as they are."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path

import click

from lagrum.cli import status
from lagrum.cli.files import write_new
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.model.conditions import singles
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.model.facts import Fact, FactKind
from lagrum.model.law import Law
from lagrum.spelling import did_you_mean

_ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


@click.command(
    cls=Command,
    examples=["lagrum new case station.yaml --law eu-ai-act-2021-proposal", "lagrum new law my-law"],
)
@click.argument("kind", type=click.Choice(["case", "law"]))
@click.argument("name")
@click.option("--uses", metavar="VOCABULARY", help="The vocabulary of a new law; the first there is when left out.")
@shared_options(law=True)
def command(kind: str, name: str, uses: str | None, options: Options) -> int:
    """Start a case or a law from a template."""
    if kind == "case":
        path = _path(name, ".yaml")
        laws = options.chosen_laws()
        if not laws:
            help_ = "name it with `--law`; `lagrum laws` lists the laws there are"
            raise InvalidInput([Diagnostic("LG0732", "a case needs a law to take its facts from", help=help_)])
        write_new(path, _case(path.stem, laws))
        following = f"lagrum check {path}"
    else:
        path = _path(name, ".md")
        if not _ID.fullmatch(path.stem):
            help_ = "use small letters, digits and hyphens, e.g. `my-law`"
            raise InvalidInput([Diagnostic("LG0728", f"`{path.stem}` cannot be a law's id", help=help_)])
        write_new(path, _law(path.stem, *_example(uses, options)))
        following = f"lagrum check {path}"
    options.out.line(f"wrote {path}")
    options.out.hint(following)
    return status.CLEAN


def _path(name: str, suffix: str) -> Path:
    path = Path(name)
    if not path.name or not name.isprintable():
        raise InvalidInput([Diagnostic("LG0728", f"`{name}` cannot name a file", help="use letters and digits")])
    return path if path.suffix == suffix else path.with_name(path.name + suffix)


def _case(stem: str, laws: tuple[Law, ...]) -> str:
    """A case in which everything is unknown: the facts the laws read, each with its question and its answers."""
    facts = {name: fact for law in laws for name, fact in law.facts.items()}
    read = _read_by(laws)
    lines = [
        "lagrum: 1",
        f"case: {_quoted(stem.replace('-', ' ').replace('_', ' '))}",
        f"law: [{', '.join(_quoted(law.id) for law in laws)}]",
        f"on: {date.today().isoformat()}",
        "",
        "# Answer what you know; what stays `unknown` may be left out.",
        "# `not a` means any answer but that, `[a, b]` one of these.",
        "facts:",
    ]
    for fact in facts.values():
        if fact.name in read:
            lines += [f"  # {line}" for line in _about(fact)]
            lines.append(f"  {_quoted(fact.name)}: unknown")
    if lines[-1] == "facts:":
        lines[-1] = "facts: {}"
    return "\n".join([*lines, ""])


def _read_by(laws: tuple[Law, ...]) -> set[str]:
    """The facts that some rule of the laws asks for."""
    found: set[str] = set()
    for law in laws:
        for norm in law.norms.values():
            for condition in (norm.when, norm.unless, norm.met_when, *(s.when for s in norm.starts)):
                found |= {name for name in (getattr(s, "fact", None) for s in singles(condition)) if name}
    return found


def _about(fact: Fact) -> list[str]:
    """The question, the answers, and who judges it where somebody must."""
    lines = [fact.question]
    if fact.judgement:
        who = fact.decided_by.value if fact.decided_by else "somebody"
        lines.append(f"somebody must judge this: {who}")
    match fact.kind:
        case FactKind.YES_NO:
            lines.append("yes, no")
        case FactKind.ONE_OF:
            lines.append("one of: " + ", ".join(a.name for a in fact.answers))
        case FactKind.SOME_OF:
            lines.append("some of: " + ", ".join(a.name for a in fact.answers))
        case FactKind.NUMBER:
            lines.append(f"a number of {fact.unit}; what matters: " + ", ".join(a.name for a in fact.answers))
        case FactKind.DATE:
            lines.append("a date; what matters: " + ", ".join(a.name for a in fact.answers))
    return lines


def _quoted(text: str) -> str:
    """The text as YAML: bare where it is letters only, else in double quotes."""
    return text if re.fullmatch(r"[A-Za-z][A-Za-z /-]*", text) else json.dumps(text, ensure_ascii=False)


def _example(uses: str | None, options: Options) -> tuple[str, list[str]]:
    """A vocabulary and conditions on one or two of its facts, to show how a rule and its exception read."""
    vocabularies = options.library.pack.vocabularies
    if uses is not None and uses not in vocabularies:
        help_ = did_you_mean(uses, vocabularies) or "`--laws DIR` adds a folder of law"
        raise InvalidInput([Diagnostic("LG0728", f"there is no vocabulary `{uses}`", help=help_)])
    for name in [uses] if uses else sorted(vocabularies):
        conditions = [line for fact in vocabularies[name].facts if (line := _condition(fact))]
        if conditions:
            return name, conditions[:2]
    help_ = "write a file with a `fact` sentence first; `--laws DIR` adds a folder of law"
    raise InvalidInput([Diagnostic("LG0728", "there is no vocabulary that a law could use", help=help_)])


def _condition(fact: Fact) -> str:
    """A simple condition on the fact; empty for numbers and dates."""
    match fact.kind:
        case FactKind.YES_NO:
            return fact.name
        case FactKind.ONE_OF:
            return f"{fact.name} is {fact.answers[0].name}"
        case FactKind.SOME_OF:
            return f"{fact.name} has {fact.answers[0].name}"
        case FactKind.NUMBER | FactKind.DATE:
            return ""


def _law(law_id: str, vocabulary: str, conditions: list[str]) -> str:
    title = law_id.replace("-", " ").capitalize()
    rule = f"""# {title}

What this text is, in our own words. Everything outside the blocks marked `law` is for people.

```law
instrument {law_id}
  title         "{title}"
  citation      "{title}"
  source        where the official text stands
  jurisdiction  XX
  kind          statute
  in force      {date.today().isoformat()}
  uses          {vocabulary}
  review        a template; nothing is encoded yet
```

## Art. 1: what is forbidden

```law
forbid Art. 1 "what this provision forbids, in a few words"
  when {conditions[0]}
```
"""
    exception = f"""
## Art. 2: what is excepted

```law
except Art. 2 "what this provision lifts, in a few words" to Art. 1
  when {conditions[-1]}
```
"""
    return rule + exception if len(conditions) > 1 else rule
