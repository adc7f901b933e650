"""The lock file of an instrument: from which official words its rules were encoded, as hashes.

`NAME.provisions.json` stands beside `NAME.md`. Hashes are no text, so it may be committed where the text may not.
When the words at a citation change, the rules that rest on it are named, and somebody looks at them again.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from lagrum.model.citations import Citation
from lagrum.model.conditions import AllOf, AnyOf, AtLeast, Condition, NoneOf
from lagrum.model.diagnostics import Diagnostic, InvalidInput, Severity
from lagrum.model.instruments import Instrument
from lagrum.model.norms import Norm
from lagrum.texts.act import Act, Provision
from lagrum.texts.store import write_whole

VERSION = 1
_HASH = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Lock:
    """What is pinned: the act and language, and for each citation the SHA-256 of its official words."""

    instrument: str
    celex: str
    language: str
    provisions: Mapping[str, str]

    def state(self, citation: Citation, provision: Provision) -> State:
        """How the words now at a citation stand to those that were pinned."""
        pinned = self.provisions.get(str(citation))
        if pinned is None or self.language != provision.act.language:
            return State.NOT_PINNED
        return State.SAME if pinned == provision.sha256 else State.CHANGED


class State(StrEnum):
    """Whether official words are those that a rule was encoded from."""

    SAME = "same"
    CHANGED = "changed"
    NOT_PINNED = "not pinned"


def lock_beside(law_file: Path) -> Path:
    """Where the lock of the instrument in a law file stands or would stand."""
    return law_file.with_suffix(".provisions.json")


def rests_on(norm: Norm) -> tuple[Citation, ...]:
    """The citations whose words a norm was encoded from: its own, and those its conditions name."""
    found = {norm.citation: None}
    for condition in (norm.when, norm.unless, norm.met_when, *(start.when for start in norm.starts)):
        if condition is not None:
            found.update(dict.fromkeys(_cited(condition)))
    return tuple(found)


def _cited(condition: Condition) -> Iterator[Citation]:
    match condition:
        case AllOf() | AnyOf() | NoneOf() | AtLeast():
            if condition.citation is not None:
                yield condition.citation
            for item in condition.items:
                yield from _cited(item)
        case _:
            if condition.line.citation is not None:
                yield condition.line.citation


def pin(instrument: Instrument, act: Act) -> tuple[Lock, tuple[Citation, ...]]:
    """The lock for an instrument as the act's words are now, and the citations the act does not have."""
    pinned: dict[str, str] = {}
    missing: dict[Citation, None] = {}
    for citation in dict.fromkeys(c for norm in instrument.norms for c in rests_on(norm)):
        provision = act.provision(citation)
        if provision is None:
            missing[citation] = None
        else:
            pinned[str(citation)] = provision.sha256
    return Lock(instrument.id, act.celex, act.language, pinned), tuple(missing)


def write_lock(lock: Lock, path: Path) -> None:
    """Write a lock file, all or nothing. Raises `OSError`."""
    told = {
        "lagrum_provisions": VERSION,
        "instrument": lock.instrument,
        "celex": lock.celex,
        "language": lock.language,
        "provisions": dict(sorted(lock.provisions.items())),
    }
    write_whole(path, json.dumps(told, indent=2, ensure_ascii=False) + "\n")


def read_lock(path: Path, instrument: str) -> Lock | None:
    """The lock of an instrument; None where there is none. Raises `InvalidInput` for a damaged one."""
    if not path.is_file():
        return None
    try:
        told = json.loads(path.read_text(encoding="utf-8"))
        if told["lagrum_provisions"] != VERSION or told["instrument"] != instrument:
            raise ValueError("another's")
        provisions = {str(name): _checked(value) for name, value in told["provisions"].items()}
        return Lock(instrument, str(told["celex"]), str(told["language"]), provisions)
    except (OSError, ValueError, KeyError, TypeError, AttributeError, RecursionError):
        message = f"the lock file `{path}` cannot be read as that of `{instrument}`"
        help_ = f"remove it; `lagrum text pin {instrument}` writes it anew, once the rules were held against the text"
        raise InvalidInput([Diagnostic("LG0719", message, help=help_)]) from None


def _checked(value: object) -> str:
    if not isinstance(value, str) or not _HASH.fullmatch(value):
        raise ValueError("no hash")
    return value


def changed(instrument: Instrument, lock: Lock, act: Act) -> tuple[Diagnostic, ...]:
    """A warning for each norm that rests on words which the act no longer has as they were pinned."""
    found = []
    for norm in instrument.norms:
        moved = [citation for citation in rests_on(norm) if _moved(citation, lock, act)]
        if moved:
            words = ", ".join(f"`{citation}`" for citation in moved)
            message = f"the rule at `{norm.citation}` rests on official words that changed: {words}"
            help_ = f"hold it against `{act.celex}`, mend it if need be, then `lagrum text pin {instrument.id}`"
            found.append(Diagnostic("LG0710", message, norm.place, help_, severity=Severity.WARNING))
    return tuple(found)


def _moved(citation: Citation, lock: Lock, act: Act) -> bool:
    pinned = lock.provisions.get(str(citation))
    if pinned is None:
        return False
    provision = act.provision(citation)
    return provision is None or provision.sha256 != pinned
