"""The laws that get a column, and how each is told: its place, whether it is in force, how sure its encoding is."""

from __future__ import annotations

import re
from datetime import date
from pathlib import PurePosixPath

from lagrum.analysis.spread.result import Certainty, Column, Lineage, Standing
from lagrum.model.instruments import Instrument, Pack
from lagrum.model.law import Law

_DIGEST = re.compile(r"\bdigest\b", re.IGNORECASE)
_DOUBT = re.compile(
    r"\b(uncertain|unclear|unconfirmed|not (?:\w+ )?(?:seen|found|confirmed|sure)|memory|fairly sure|"
    r"(?:low|medium) confidence|reckoned)\b",
    re.IGNORECASE,
)


def laws_to_spread(pack: Pack) -> tuple[str, ...]:
    """The instruments that get a column where none are named, folder by folder: all but positions, acts that amend
    others, and those that hold no rule."""
    amending = {act for instrument in pack.instruments.values() for act in instrument.amended_by}
    chosen = [
        i for i in pack.instruments.values() if i.kind != "position" and i.id not in amending and len(i.norms) > 0
    ]
    return tuple(i.id for i in sorted(chosen, key=lambda i: (i.files[:1], i.id)))


def column_of(law: Law, on: date, taken: date) -> Column:
    """The column of a law that is asked for `on` a day and read on the day `taken`."""
    first = law.instruments[0]
    standing, moves = _standing(law, on)
    reviews = list(dict.fromkeys(i.review for i in law.instruments))
    return Column(
        law=law.id,
        title=" + ".join(i.title for i in law.instruments),
        jurisdiction=" + ".join(dict.fromkeys(i.jurisdiction for i in law.instruments)),
        group=_group(first),
        kind=" + ".join(dict.fromkeys(i.kind for i in law.instruments)),
        on=taken.isoformat(),
        standing=standing,
        moves=moves.isoformat() if moves else "",
        certainty=certainty_of(reviews),
        review="; ".join(reviews),
    )


def certainty_of(reviews: list[str]) -> Certainty:
    """What the `review` lines say an encoding rests on; the least certain counts."""
    if any(_DOUBT.search(review) for review in reviews):
        return Certainty.UNCERTAIN
    return Certainty.DIGEST if any(_DIGEST.search(review) for review in reviews) else Certainty.TEXT


def lineage_of(law: Law) -> tuple[Lineage, ...]:
    """What the law says it was modelled on."""
    return tuple(
        Lineage(instrument.id, edge.instrument, edge.source)
        for instrument in law.instruments
        for edge in instrument.lineage
    )


def _standing(law: Law, on: date) -> tuple[Standing, date | None]:
    """Whether the law is in force, and if not when that changes or has changed; a law that was never in force and
    cannot be told to come is a bill."""
    ended = [i.until for i in law.instruments if i.until is not None and i.until <= on]
    if ended:
        return Standing.ENDED, min(ended)
    if any(i.in_force is None for i in law.instruments):
        return Standing.BILL, None
    begins = max(i.in_force for i in law.instruments if i.in_force is not None)
    return (Standing.NOT_YET, begins) if begins > on else (Standing.IN_FORCE, None)


def _group(instrument: Instrument) -> str:
    folders = PurePosixPath(instrument.files[0]).parts[:-1] if instrument.files else ()
    return folders[0] if folders else instrument.jurisdiction
