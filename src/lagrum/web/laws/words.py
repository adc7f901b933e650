"""What the pages of the law call rules, and the sentence with which the page of a provision begins."""

from __future__ import annotations

from datetime import date

from markupsafe import Markup

from lagrum.model.citations import Citation
from lagrum.model.instruments import Instrument
from lagrum.model.norms import Norm, NormKind
from lagrum.report.citing import official, swedish
from lagrum.web.language import N_
from lagrum.web.spoken import in_english
from lagrum.web.view import View

RULES = {
    NormKind.FORBID: N_("prohibition"),
    NormKind.PERMIT: N_("permission"),
    NormKind.REQUIRE: N_("duty"),
    NormKind.CLASSIFY: N_("class"),
    NormKind.EXCEPT: N_("exception"),
    NormKind.EXCLUDE: N_("exclusion"),
    NormKind.DEFINE: N_("definition"),
    NormKind.SCOPE: N_("scope"),
    NormKind.PRESUME: N_("presumption"),
    NormKind.PENALTY: N_("penalty"),
}
_SAYS = {
    NormKind.FORBID: N_("%(place)s forbids: %(label)s."),
    NormKind.PERMIT: N_("%(place)s permits: %(label)s."),
    NormKind.REQUIRE: N_("%(place)s demands: %(label)s."),
    NormKind.CLASSIFY: N_("%(place)s makes a class of: %(label)s."),
    NormKind.EXCEPT: N_("%(place)s is an exception: %(label)s."),
    NormKind.EXCLUDE: N_("%(place)s takes out: %(label)s."),
    NormKind.DEFINE: N_("%(place)s says what “%(label)s” means."),
    NormKind.SCOPE: N_("%(place)s says what is reached: %(label)s."),
    NormKind.PRESUME: N_("%(place)s presumes: %(label)s."),
    NormKind.PENALTY: N_("%(place)s sets a penalty: %(label)s."),
}
STYLES = {
    "short": N_("Short"),
    "official": N_("Official"),
    "swedish": N_("In Swedish"),
    "oscola": N_("OSCOLA"),
    "version": N_("With the version"),
    "lagrum": N_("This encoding"),
}


def rule_word(view: View, kind: NormKind) -> str:
    """`prohibition`, `förbud`."""
    return view.gettext(RULES[kind])


def named(view: View, instrument: Instrument, citation: Citation) -> str:
    """The place as it is written out in the language of the page."""
    told = swedish(instrument, citation) if view.lang == "sv" else ""
    told = told or official(instrument, citation)
    return told[0].upper() + told[1:]


def sentence(view: View, instrument: Instrument, norm: Norm) -> Markup:
    """What a rule does, with the place where it does it: the words by which a page can be quoted."""
    label = in_english(view, norm.name or norm.label or norm.kind.value)
    place = named(view, instrument, norm.citation)
    return Markup(view.gettext(_SAYS[norm.kind])) % {"place": place, "label": label}


def standing(view: View, since: date | None, until: date | None, stands: bool) -> str:
    """From when to when a rule applies, on the day of the page."""
    if stands and until:
        words = {"since": view.day(since) if since else "", "until": view.day(until)}
        if since is None:
            return view.gettext("In force until %(until)s.", until=words["until"])
        return view.gettext("In force since %(since)s, until %(until)s.", **words)
    if stands:
        return view.gettext("In force since %(since)s.", since=view.day(since)) if since else ""
    if since is not None and since > view.on:
        return view.gettext("Not in force yet: from %(since)s.", since=view.day(since))
    if until is not None and until <= view.on:
        return view.gettext("No longer in force: it ended on %(until)s.", until=view.day(until))
    return view.gettext("Not in force on %(day)s.", day=view.day(view.on))
