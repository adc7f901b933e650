"""What `lagrum assess --versus` and `--lawful` print."""

from __future__ import annotations

from collections.abc import Sequence

from lagrum.cli.output import Output
from lagrum.model.rulings import Ruling
from lagrum.reasoning.bench import ruling_of
from lagrum.reasoning.lawful import Lawful, Way
from lagrum.reasoning.versus import Dispute, Turning, Versus

FEW = 10  # ways and duties that are listed in full on a terminal


def tell_versus(v: Versus, out: Output) -> None:
    """Two versions of a case: what each comes to, and which of the disputes matter."""
    facts = [("ruling", _told(v.possible_a)), ("versus", _told(v.possible_b)), ("case", v.a.name), ("other", v.b.name)]
    out.headline(_told(v.possible_a), f"versus {_told(v.possible_b)}", facts)
    out.line(f"{v.law.id}, on {v.on}: {v.a.name}, versus {v.b.name}")
    for heading, matters in (("Matters", True), ("Perhaps", None), ("Does not", False)):
        for dispute in v.disputes:
            if dispute.matters is matters:
                out.row(heading, _dispute(dispute), dispute.citation)
    for name, turnings in ((v.a.name, v.from_a), (v.b.name, v.from_b)):
        for turning in turnings:
            out.row("Turns", f"{name}: {_turning(turning)}")
    out.row("Undecided", f"while nothing in dispute is decided: {_told(v.undecided)}")
    if not v.disputes:
        out.line("The two say the same.")
    if not v.complete:
        out.line("There are too many disputes to look at every mixture: larger sets may turn the ruling too.")


def tell_lawful(found: Lawful, out: Output) -> None:
    """The smallest changes after which nothing is forbidden, and what then stays to be done."""
    facts = [("ruling", _told(found.possible)), ("case", found.case.name)]
    out.headline(_told(found.possible), found.case.name, facts)
    out.line(f"{found.law.id}, on {found.on}")
    few = len(found.ways) if out.plain else FEW
    for way in found.ways[:few]:
        words = " and ".join(step.instead for step in way.steps) or "nothing has to change"
        out.row("Way", f"{words} -> {_told(way.possible)}", way.steps[0].citation if way.steps else "")
    if len(found.ways) > few:
        out.row("Way", f"{len(found.ways) - few} more (--format json lists all)")
    if not found.ways:
        sets = "No set of up to three changes" if found.complete else "No set of changes that was tried"
        out.line(f"{sets} in the operator's hands leaves nothing forbidden.")
    if found.ways:
        _duties(found.ways[0], out)
    for fact in found.beyond:
        answer = fact.answer or f"{fact.fact}?"
        holder = f" ({fact.controlled_by})" if fact.controlled_by not in ("", "nobody") else ""
        out.row("Beyond", f"{answer}{holder}", fact.citation)
    if found.beyond:
        out.line("What is beyond is not in the operator's hands, and the prohibition hangs on it.")
    if found.ways and not found.complete:
        out.line("Not every set of changes was tried: there may be other ways.")


def _duties(way: Way, out: Output) -> None:
    """What stays to be fulfilled after the first way."""
    duties = way.duties if out.plain else way.duties[:FEW]
    for duty in duties:
        who = f"{', '.join(duty.who)}: " if duty.who else ""
        when = f", from {duty.since}" if duty.applies == "later" else ", perhaps" if not duty.sure else ""
        out.row("Then", f"{who}{duty.what or 'a duty'}{when}{', met' if duty.met == 'yes' else ''}", duty.citation)
    if len(way.duties) > len(duties):
        out.row("Then", f"{len(way.duties) - len(duties)} more duties (--format json lists all)")


def _dispute(dispute: Dispute) -> str:
    read = "" if dispute.read else " (this law does not ask)"
    if "not said" in (dispute.a, dispute.b):
        return f"{dispute.fact}: {dispute.a}, versus {dispute.b}{read}"
    return f"{dispute.a}, versus {dispute.b}{read}"


def _turning(turning: Turning) -> str:
    return f"{' and '.join(turning.facts)} otherwise -> {_told(turning.possible)}"


def _told(possible: Sequence[Ruling]) -> str:
    ruling = ruling_of(possible)
    if ruling is not Ruling.UNDETERMINED:
        return ruling.value
    *first, last = [each.value for each in possible]
    return f"undetermined ({', '.join(first)} or {last})"
