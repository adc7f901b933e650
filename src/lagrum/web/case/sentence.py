"""The first sentence of a case: what a law makes of it, in words that can be quoted."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from markupsafe import Markup, escape

from lagrum.model.law import Law
from lagrum.model.rulings import Ruling
from lagrum.reasoning.assessment import Assessment
from lagrum.web.case.sitting import Sitting
from lagrum.web.spoken import in_english
from lagrum.web.view import View

MOST = 3  # provisions that a sentence names
N_ = str  # marks a sentence that is translated where it is used


QUICK = {
    Ruling.FORBIDDEN: N_("%(law)s forbids this use on %(day)s."),
    Ruling.EXCEPTED: N_("%(law)s would forbid this use on %(day)s, but an exception lifts that."),
    Ruling.REGULATED: N_("%(law)s does not forbid this use on %(day)s; duties or classes attach to it."),
    Ruling.UNREGULATED: N_(
        "%(law)s governs such uses on %(day)s, but no prohibition, duty or class of it attaches to this one."
    ),
    Ruling.OUTSIDE: N_("%(law)s does not reach this use on %(day)s."),
}
FULL = {
    Ruling.FORBIDDEN: N_("%(law)s forbids this use on %(day)s: %(places)s."),
    Ruling.EXCEPTED: N_("%(places)s of %(law)s would forbid this use on %(day)s, but %(others)s lifts that."),
    Ruling.REGULATED: N_("%(law)s does not forbid this use on %(day)s, but binds it: %(places)s."),
    Ruling.OUTSIDE: N_("%(law)s does not reach this use on %(day)s: %(places)s."),
}


def law_name(law: Law) -> str:
    """How a law is named in a sentence."""
    return " + ".join(f"{each.citation} ({each.title})" for each in law.instruments)


def sentence(sitting: Sitting, assessment: Assessment | None) -> Markup:
    """What the law makes of the case; with the provisions that decide where the reasons are there."""
    view = sitting.view
    assert sitting.ruled is not None
    words = {"law": in_english(view, law_name(sitting.law)), "day": view.day(sitting.on)}
    ruling = sitting.ruled.ruling
    if ruling is Ruling.UNDETERMINED:
        return _open(sitting, assessment, words)
    if assessment is None or ruling not in FULL:
        return Markup(view.gettext(QUICK[ruling])) % words
    does = {"forbids", "is lifted", "requires", "classifies", "takes out", "does not reach"}
    norms = [n for n in assessment.because_norms if n.does in does]
    if any(n.does == "is not in force" for n in assessment.because_norms):
        return Markup(view.gettext("%(law)s is not in force on %(day)s.")) % words
    if ruling is Ruling.OUTSIDE:
        norms = [n for n in norms if n.sure] or norms
    others = [n for n in assessment.because_norms if n.does == "lifts" and n.sure] or [
        n for n in assessment.because_norms if n.does == "lifts"
    ]
    if not norms:
        return Markup(view.gettext(QUICK[ruling])) % words
    words |= {
        "places": places(sitting, [(n.instrument, n.citation) for n in norms]),
        "others": places(sitting, [(n.instrument, n.citation) for n in others]),
    }
    return Markup(view.gettext(FULL[ruling])) % words


def _open(sitting: Sitting, assessment: Assessment | None, words: dict[str, Markup | str]) -> Markup:
    view = sitting.view
    assert sitting.ruled is not None
    words["rulings"] = listed(view, [view.words.say(each) for each in sitting.ruled.possible], view.words.say("or"))
    if assessment is None or not assessment.missing:
        return Markup(view.gettext("Under %(law)s it is open on %(day)s what this use is: %(rulings)s.")) % words
    number = len(assessment.missing)
    words["facts"] = view.ngettext("%(num)s missing fact", "%(num)s missing facts", number)
    told = view.gettext("Under %(law)s it is open on %(day)s what this use is: %(rulings)s. That hangs on %(facts)s.")
    return Markup(told) % words


def places(sitting: Sitting, at: Iterable[tuple[str, str]]) -> Markup:
    """Provisions with the way to each; of many the first few and how many more there are."""
    found = list(dict.fromkeys(at))
    linked = [link(sitting, instrument, citation) for instrument, citation in found[:MOST]]
    more = len(found) - MOST
    if more > 0:
        linked.append(escape(sitting.view.ngettext("%(num)s more", "%(num)s more", more)))
    return listed(sitting.view, linked)


def link(sitting: Sitting, instrument: str, citation: str) -> Markup:
    """A citation that leads to its provision as it stood on the day."""
    to = sitting.place(instrument, citation)
    return Markup('<a href="{}">{}</a>').format(to, citation) if to else in_english(sitting.view, citation)


def listed(view: View, words: Sequence[str | Markup], last: str = "") -> Markup:
    """`a, b and c`."""
    between = last or view.gettext("and")
    *first, end = [escape(word) for word in words] or [Markup("")]
    return Markup("{} {} {}").format(Markup(", ").join(first), between, end) if first else Markup(end)
