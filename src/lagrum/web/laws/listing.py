"""The laws that there are, in groups by where they come from, and chosen by what they are."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from functools import cached_property

from lagrum.model.instruments import Instrument
from lagrum.web.choosing import is_draft
from lagrum.web.language import N_
from lagrum.web.view import View

_REGIONS = {
    "eu": N_("European Union"),
    "council-of-europe": N_("Elsewhere in Europe"),
    "uk": N_("Elsewhere in Europe"),
    "us": N_("United States"),
    "br": N_("Americas"),
    "cn": N_("Asia and the Pacific"),
    "kr": N_("Asia and the Pacific"),
    "vn": N_("Asia and the Pacific"),
    "nz": N_("Asia and the Pacific"),
    "letters": N_("Positions"),
}
_MORE = N_("Other laws")
BASES = {
    "text": N_("the text itself"),
    "digest": N_("a digest"),
    "other": N_("something else"),
}
KINDS = {
    "regulation": N_("regulation"),
    "statute": N_("statute"),
    "ordinance": N_("ordinance"),
    "proposal": N_("proposal"),
    "code": N_("code"),
    "position": N_("position"),
    "standard": N_("standard"),
}
STANDINGS = {"now": N_("in force"), "not": N_("not in force")}


@dataclass(frozen=True)
class Listing:
    """The list as the address wants it."""

    view: View

    @cached_property
    def every(self) -> list[Instrument]:
        found = (i for i in self.view.desk.library.pack.instruments.values() if not is_draft(i))
        return sorted(found, key=lambda i: (i.jurisdiction, str(i.published or i.in_force or ""), i.title))

    @cached_property
    def chosen(self) -> list[Instrument]:
        """Those that all filters of the address let through."""
        asked = {name: self.view.query.get(name, "") for name in ("kind", "region", "basis", "standing")}
        return [i for i in self.every if all(not value or value == self._of(i, name) for name, value in asked.items())]

    @property
    def groups(self) -> list[tuple[str, list[Instrument]]]:
        """The chosen by region, in the order of `_REGIONS`; what nobody placed comes last."""
        order = list(dict.fromkeys([*_REGIONS.values(), _MORE]))
        found = {name: [i for i in self.chosen if region_of(i) == name] for name in order}
        return [(name, some) for name, some in found.items() if some]

    @property
    def regions(self) -> list[str]:
        return list(dict.fromkeys(name for name in [*_REGIONS.values(), _MORE] if name in map(region_of, self.every)))

    @property
    def kinds(self) -> list[str]:
        return sorted({i.kind for i in self.every}, key=lambda kind: [*KINDS, kind].index(kind))

    def _of(self, instrument: Instrument, name: str) -> str:
        match name:
            case "kind":
                return instrument.kind
            case "region":
                return region_of(instrument)
            case "basis":
                return basis_of(instrument)
            case _:
                return "now" if in_force(self.view, instrument) else "not"


def region_of(instrument: Instrument) -> str:
    """Where it comes from, by its folder."""
    folder = instrument.files[0].partition("/")[0] if instrument.files else ""
    return _REGIONS.get(folder, _MORE)


def basis_of(instrument: Instrument) -> str:
    """From what it was encoded: `text`, `digest` or `other`, as its review begins."""
    review = instrument.review
    if review.startswith("from digest"):
        return "digest"
    return "text" if review.startswith(("encoded from the", "from an English transcription")) else "other"


def in_force(view: View, instrument: Instrument) -> bool:
    """Whether it is law on the day that the page speaks of."""
    begun = instrument.in_force is not None and instrument.in_force <= view.on
    return begun and (instrument.until is None or view.on < instrument.until)


def kind_of(view: View, kind: str) -> str:
    """The word for a kind of instrument; a kind that nobody foresaw as the law file has it."""
    return view.gettext(KINDS[kind]) if kind in KINDS else kind


def rows(found: Iterable[Instrument]) -> list[tuple[str, ...]]:
    """The lines of the table, under `HEADS`."""
    return [
        (
            i.id,
            i.title,
            i.citation,
            i.jurisdiction,
            i.kind,
            str(i.published or ""),
            str(i.in_force or ""),
            str(i.until or ""),
            str(len(i.norms)),
            i.review,
        )
        for i in found
    ]


HEADS = ("id", "title", "citation", "jurisdiction", "kind", "published", "in force", "until", "rules", "review")
