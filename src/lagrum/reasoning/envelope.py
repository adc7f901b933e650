"""The fields that every JSON answer carries: what was asked, of which texts, and how far the answer can be trusted."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from lagrum import __version__
from lagrum.model.cases import Given
from lagrum.model.law import Law

SCHEMA_VERSION = 1


def envelope(
    kind: str,
    laws: Sequence[Law],
    *,
    on: date | None = None,
    text_of: date | None = None,
    given: Iterable[Given] = (),
    assumptions: Mapping[str, str] | None = None,
    judgements: Iterable[str] = (),
    method: str = "exact",
    inputs: Mapping[str, object] | None = None,
) -> dict[str, object]:
    """The common fields of an answer of one `kind` (`assess`, `loopholes` …); the answer's own fields go behind them.

    `judgements` names the facts that the answer leans on and somebody must weigh. `inputs` holds whatever else decides
    the answer (options of the command); it goes into `id`, the hash of all inputs, and not into the answer itself.
    """
    facts = [given_to_dict(each) for each in given]
    known = text_of or on
    answer: dict[str, object] = {
        "schema": f"lagrum/{kind}/{SCHEMA_VERSION}",
        "lagrum": __version__,
        "on": on.isoformat() if on else None,
        "text_of": known.isoformat() if known else None,
        "laws": [law_to_dict(law) for law in laws],
        "given": facts,
        "assumptions": dict(assumptions or {}),
        "readings": {name: value for law in laws for name, value in law.readings.items()},
        "review": {i.id: i.review for law in laws for i in (*law.instruments, *law.attached)},
        "judgements": list(judgements),
        "method": method,
    }
    told = json.dumps([answer, inputs or {}], sort_keys=True, ensure_ascii=False, default=str)
    return answer | {"id": hashlib.sha256(told.encode()).hexdigest()[:16]}


def law_to_dict(law: Law) -> dict[str, object]:
    """A law and the texts it was read from. `version` is the day on which the latest of them, or of the acts that amend
    them, was published."""
    published = [day for i in law.instruments for day in (i.published, i.amended) if day]
    return {
        "id": law.id,
        "version": max(published).isoformat() if published else None,
        "hash": law.hash,
        "instruments": [i.id for i in law.instruments],
        "attached": [i.id for i in law.attached],
        "amending": list(dict.fromkeys(act for i in law.instruments for act in i.amended_by)),
    }


def given_to_dict(given: Given) -> dict[str, object]:
    """A given fact in the case's own words, with how it is known."""
    return {
        "fact": given.fact,
        "value": given.text,
        "basis": given.basis,
        "by": given.by,
        "on": given.on.isoformat() if given.on else None,
    }
