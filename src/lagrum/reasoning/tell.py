"""An assessment in words: the statements that the terminal, its plain twin and a notebook all print."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html import escape

from lagrum.model.rulings import Ruling
from lagrum.reasoning.assessment import Assessment, BecauseNorm, Duty, Missing, Tier, Unless
from lagrum.reasoning.bench import ruling_of

WIDTH = 80
LABEL = 11
PLACE_AT = 60
LINES = 23  # of a screen of 24, one is left for the command to type next


@dataclass(frozen=True, slots=True)
class Statement:
    """One thing said: under which heading, in what words, with which citation."""

    label: str
    text: str
    place: str = ""


def headline(a: Assessment) -> str:
    """The ruling, with those still possible where it is undetermined."""
    return _ruling(a.possible)


def title(a: Assessment) -> str:
    """Which law, on which date, and of which day's text where that is another."""
    known = f", text of {a.text_of}" if a.text_of != a.on else ""
    return f"{a.law.id}, on {a.on}{known}"


def statements(a: Assessment) -> list[Statement]:
    """All that an assessment says, the reason first, then the doubt, then the rest."""
    return [statement for group in _groups(a) for statement in group]


def fitting(a: Assessment) -> list[Statement]:
    """The statements that stand on one screen: the longest groups are cut first, the reason later than others, and what
    would settle an open case never wholly: its first question is what a person does next."""
    groups = _groups(a)
    room = [len(group) for group in groups]
    least = [min(len(group), 2 if group[0].label == "Settles" else 1) for group in groups]
    while True:
        told = [statement for group, few in zip(groups, room, strict=True) for statement in _short(group, few)]
        if len(_lines(a, told)) <= LINES:
            return told
        weights = [few / (3 if group[0].label == "Because" else 1) for group, few in zip(groups, room, strict=True)]
        longest = max(range(len(room)), key=lambda i: (room[i] > least[i], weights[i]), default=None)
        if longest is None or room[longest] == least[longest]:
            return told
        room[longest] -= 1


def _groups(a: Assessment) -> list[list[Statement]]:
    before = (_provenance, _because, _norms, _settles, _presumes, _unless)
    makers = (*before, _tiers, _breaches, _penalties, _duties, _leans_on, _not_read)
    return [group for make in makers if (group := list(make(a)))]


def footer(a: Assessment) -> str:
    """What every answer repeats: how far its law was reviewed, what else governs, and its number."""
    reviews = dict.fromkeys(i.review for i in (*a.law.instruments, *a.law.attached) if i.review)
    said = [_sentence(review) for review in reviews]
    if a.also_governed_by:
        others = ", ".join(dict.fromkeys(other.text for other in a.also_governed_by))
        said.append(f"Also governed by {others}, not encoded.")
    if a.method != "exact":
        said.append("Estimated from a sample where an exact answer is out of reach.")
    if not a.proved:
        said.append("The reason may not be the shortest.")
    return " ".join([*said, f"id {a.id[:8]}"])


def as_text(a: Assessment) -> str:
    """The answer as a terminal shows it."""
    return "\n".join(_lines(a, fitting(a)))


def _lines(a: Assessment, told: Sequence[Statement]) -> list[str]:
    lines = textwrap.wrap(f"{_capitals(headline(a))}  {a.case.name}", WIDTH, subsequent_indent="  ") + [title(a)]
    last = ""
    for each in told:
        lines += _row("" if each.label == last else each.label, each.text, each.place)
        last = each.label
    return lines + textwrap.wrap(footer(a), WIDTH)


def as_html(a: Assessment) -> str:
    """A small table for notebooks; the same statements, no colours of its own."""
    head = f"<caption>{escape(_capitals(headline(a)))}: {escape(a.case.name)} ({escape(title(a))})</caption>"
    rows = "".join(
        f'<tr><th scope="row">{escape(s.label)}</th><td>{escape(s.text)}</td><td>{escape(s.place)}</td></tr>'
        for s in statements(a)
    )
    return f'<table class="lagrum">{head}<tbody>{rows}</tbody></table><p>{escape(footer(a))}</p>'


# --- the groups ----------------------------------------------------------------------------------------------


def _provenance(a: Assessment) -> Iterator[Statement]:
    if a.without_assumptions is not None:
        firmly = _ruling(a.without_assumptions)
        presumed = [f"{p.presumes} ({p.citation})" for p in a.presumptions if p.stands]
        rest = ["the rest is as usual"] if a.case.assume.get("rest") == "usual" else []
        what = "; ".join([*rest, *(f"presumed: {each}" for each in presumed)])
        yield Statement("Assumed", f"{what or 'what the law presumes'}; without that the ruling is {firmly}")
    weak = [basis for basis in a.rests_on if basis == "indicated"]
    if weak:
        facts = ", ".join(b.text for b in a.because_facts if b.basis == "indicated")
        yield Statement("Rests on", f"what is only indicated: {facts}")


def _because(a: Assessment) -> Iterator[Statement]:
    for fact in a.because_facts:
        known = f" ({fact.basis}{f' by {fact.by}' if fact.by else ''})" if fact.basis != "stated" else ""
        yield Statement("Because", fact.text + known, fact.citation)


def _norms(a: Assessment) -> Iterator[Statement]:
    """What the norms make of the facts; of a case without facts there is nothing that it would follow from."""
    for said in _effects(a):
        yield said if a.because_facts else Statement(said.label, said.text.removeprefix("so "), said.place)


def _effects(a: Assessment) -> Iterator[Statement]:
    lifts: dict[str, list[str]] = {}
    for norm in a.because_norms:
        if norm.does == "lifts":
            for target in norm.of:
                lifts.setdefault(target, []).append(norm.citation)
    forbidding = [n for n in a.because_norms if n.does in ("forbids", "is lifted")]
    for citation in dict.fromkeys(n.citation for n in forbidding):
        does = {n.does: n.sure for n in forbidding if n.citation == citation}
        ways = _or(lifts.get(citation, []))
        if does.get("forbids"):
            yield Statement("Because", f"so {citation} forbids it")
        elif does.get("is lifted"):
            yield Statement("Because", f"so {citation} would forbid it, but {ways} lifts that")
        elif "is lifted" in does:
            yield Statement("Because", f"so {citation} may forbid it, unless {ways} applies")
        else:
            yield Statement("Because", f"so {citation} may forbid it")
    yield from _other_norms(a.because_norms)


def _other_norms(norms: Sequence[BecauseNorm]) -> Iterator[Statement]:
    for norm in norms:
        may = not norm.sure
        match norm.does:
            case "takes out":
                taken = "may take" if may else "takes"
                what = "this law" if norm.of == ("all",) else _or(norm.of, "and")
                yield Statement("Because", f"so {norm.citation} {taken} it out of {what}")
            case "does not reach":
                yield Statement("Because", f"so {norm.citation} {'may' if may else 'does'} not reach it")
            case "is not in force":
                yield Statement("Because", f"{norm.instrument} is not in force", ", ".join(norm.of))
            case "requires":
                yield Statement("Because", f"so {norm.citation} {'may require' if may else 'requires'} {norm.label}")
            case "classifies":
                yield Statement("Because", f"so {norm.citation} {'may class' if may else 'classes'} it: {norm.label}")
            case _:
                pass


def _settles(a: Assessment) -> Iterator[Statement]:
    for each in a.missing:
        yield Statement("Settles", f"{each.fact}?{_answers(each)}", each.citation)


def _answers(each: Missing) -> str:
    by_ruling: dict[Ruling, list[str]] = {}
    for answer, ruling in each.settles.items():
        by_ruling.setdefault(ruling, []).append(answer)
    told = [f"{' or '.join(answers)} -> {ruling}" for ruling, answers in by_ruling.items()]
    return "  " + "; ".join(told) if told else "  settles nothing alone"


def _unless(a: Assessment) -> Iterator[Statement]:
    alike: dict[tuple[str, tuple[Ruling, ...], str], list[Unless]] = {}
    for each in a.unless:
        start, _ = _split(each)
        alike.setdefault((start, each.possible, each.controlled_by), []).append(each)
    for (start, possible, controlled_by), group in alike.items():
        holder = f" ({controlled_by}'s choice)" if controlled_by not in ("", "nobody") else ""
        rulings = _or([ruling.value for ruling in possible])
        yield Statement(
            "Unless", f"{start}{_or([_split(u)[1] for u in group])} -> {rulings}{holder}", group[0].citation
        )


def _split(each: Unless) -> tuple[str, str]:
    """The words before the answer, which changes of one fact share, and the answer; several changes share none."""
    if len(each.changes) == 1:
        change = each.changes[0]
        for verb in (" has none of ", " has ", " is "):
            start = change.fact + verb
            if change.instead.startswith(start):
                return start, change.instead.removeprefix(start)
    return "", " and ".join(change.instead for change in each.changes)


def _tiers(a: Assessment) -> Iterator[Statement]:
    seen: dict[tuple[str, str, str], list[Tier]] = {}
    for tier in a.tiers:
        seen.setdefault((tier.tier, tier.applies, str(tier.since or "")), []).append(tier)
    for (name, applies, since), tiers in seen.items():
        unsure = ", perhaps" if applies == "unknown" or not tiers[0].sure else ""
        yield Statement("Tiers", f"{name}{unsure}{f', from {since}' if since else ''}", tiers[0].citation)


def _presumes(a: Assessment) -> Iterator[Statement]:
    for each in a.presumptions:
        if not each.stands and each.possible != a.possible:
            yield Statement("Presumes", f"{each.presumes}; if that stands -> {_ruling(each.possible)}", each.citation)


def _penalties(a: Assessment) -> Iterator[Statement]:
    for fine in a.penalties:
        perhaps = "" if fine.sure else "perhaps, for a breach, "
        when = f", if {_or(fine.when, 'and')}" if fine.when else ""
        yield Statement("Penalties", f"{_or(fine.of, 'and')}: {perhaps}{fine.text}{when}", fine.citation)


def _breaches(a: Assessment) -> Iterator[Statement]:
    for duty in a.breaches:
        yield Statement("Breaches", duty.what or "a duty", duty.citation)


def _duties(a: Assessment) -> Iterator[Statement]:
    for duty in a.duties:
        if duty not in a.breaches:
            yield Statement("Duties", _duty(duty), duty.citation)


def _duty(duty: Duty) -> str:
    who = f"{', '.join(duty.who)}: " if duty.who else ""
    when = f", from {duty.since}" if duty.applies == "later" else ", perhaps" if not duty.sure else ""
    return f"{who}{duty.what or 'a duty'}{when}{', met' if duty.met == 'yes' else ''}"


def _leans_on(a: Assessment) -> Iterator[Statement]:
    for each in a.leans_on:
        judge = f"{_article(each.decided_by)} judges it" if each.decided_by else "somebody must judge it"
        made = f", {each.basis} by {each.by}" if each.by else "" if each.answer else ", open"
        yield Statement("Leans on", f"{each.fact} ({judge}{made})", each.citation)
    for reading in a.other_readings:
        name = reading.reading.split(":", 1)[1]
        text = f"reading `{name}` as {reading.chosen}; as {reading.instead} -> {_ruling(reading.possible)}"
        yield Statement("Leans on", text, reading.citation)


def _not_read(a: Assessment) -> Iterator[Statement]:
    if a.unread:
        yield Statement("Not read", "by this law: " + ", ".join(each.fact for each in a.unread))


# --- words ---------------------------------------------------------------------------------------------------


def _short(group: list[Statement], few: int) -> list[Statement]:
    """At most a few statements of a group, the last of them saying how many more there are."""
    if len(group) <= few:
        return group
    return [*group[: few - 1], Statement(group[0].label, f"{len(group) - few + 1} more (--format json lists all)")]


def _ruling(possible: Sequence[Ruling]) -> str:
    ruling = ruling_of(possible)
    if ruling is not Ruling.UNDETERMINED:
        return ruling.value
    return f"undetermined ({_or([each.value for each in possible])})"


def _capitals(text: str) -> str:
    first, *rest = text.split(" ", 1)
    return " ".join([first.upper(), *rest])


def _or(words: Sequence[str], last: str = "or") -> str:
    words = list(dict.fromkeys(words))
    return f" {last} ".join(filter(None, [", ".join(words[:-1]), *words[-1:]]))


def _article(word: str) -> str:
    if word in ("anyone", "nobody"):
        return word
    return f"{'the' if word in ('legislator', 'operator') else 'an' if word[0] in 'aeiou' else 'a'} {word}"


def _sentence(text: str) -> str:
    return f"{text[:1].upper()}{text[1:].rstrip('.')}."


def _row(label: str, text: str, place: str) -> list[str]:
    """A statement beside its label, its citation on the right of its last line."""
    start = min(PLACE_AT, WIDTH - len(place))
    lines = textwrap.wrap(
        text,
        start - 1 if place else WIDTH,
        initial_indent=f"{label:<{LABEL}}",
        subsequent_indent=" " * (LABEL + 2),
        drop_whitespace=True,
    )
    if place:
        lines[-1] = f"{lines[-1]:<{start}}{place}"
    return lines
