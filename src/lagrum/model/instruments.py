"""Instruments, vocabularies and packs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from lagrum.model.cases import Case
from lagrum.model.citations import Citation
from lagrum.model.conditions import Condition
from lagrum.model.facts import Fact
from lagrum.model.norms import Norm
from lagrum.model.places import Place


@dataclass(frozen=True, slots=True)
class Impossible:
    """What cannot be, said once in a vocabulary so that no analysis wonders about it."""

    reason: str
    when: Condition
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Vocabulary:
    id: str
    title: str
    facts: tuple[Fact, ...]
    impossible: tuple[Impossible, ...]
    file: str = ""


@dataclass(frozen=True, slots=True)
class Reading:
    """A provision that can honestly be read in several ways. `values` pairs each way with its explanation."""

    name: str
    question: str
    values: tuple[tuple[str, str], ...]
    default: str
    citation: Citation | None = None
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """`without prejudice to`: other law that also governs, and is not encoded here. `since` and `until` where an
    amendment put it in or took it out."""

    text: str
    citation: Citation | None = None
    when: Condition | None = None
    place: Place | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Lineage:
    """`modelled on`: where an instrument took its shape from, and who says so."""

    instrument: str
    source: str = ""
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """How a provision is read. `since` and `until` where an amendment put the note in or took it out."""

    citation: Citation
    text: str
    place: Place | None = None
    since: date | None = None
    until: date | None = None


@dataclass(frozen=True, slots=True)
class Attachment:
    """`attaches to`: the duties (keys) of another instrument that this one's permits fulfil where it speaks."""

    instrument: str
    citation: Citation
    norms: tuple[str, ...]
    place: Place | None = None


@dataclass(frozen=True, slots=True)
class Instrument:
    """One legal text in one version, or a position. `in_force` None: a proposal or position, read as if it applied.
    `cases` are the worked cases inside its files. `amended_by` names the acts whose amendments the text holds,
    `amended` is when the newest of them was published."""

    id: str
    title: str
    citation: str
    source: str
    jurisdiction: str
    kind: str
    published: date | None
    in_force: date | None
    until: date | None
    uses: tuple[str, ...]
    tiers: tuple[str, ...]
    review: str
    norms: tuple[Norm, ...]
    readings: tuple[Reading, ...] = ()
    elsewhere: tuple[Elsewhere, ...] = ()
    lineage: tuple[Lineage, ...] = ()
    notes: tuple[Note, ...] = ()
    dates: tuple[tuple[str, date], ...] = ()
    files: tuple[str, ...] = ()
    place: Place | None = None
    amended_by: tuple[str, ...] = ()
    amended: date | None = None
    attaches: tuple[Attachment, ...] = ()
    cases: tuple[Case, ...] = ()


@dataclass(frozen=True, slots=True)
class Version:
    """The text of an instrument with all amendments known on a day: `known` is when the newest of them was published,
    None for the text as it was made. `hash` is of all files that the text rests on."""

    known: date | None
    instrument: Instrument
    hash: str = ""


@dataclass(frozen=True)
class Pack:
    """Everything read from a folder of law, by id. `hashes` gives a SHA-256 for each instrument: of its own files,
    those of the acts that amend it, and the vocabularies it uses. `instruments` holds the newest text of each,
    `versions` all its texts, the oldest first."""

    vocabularies: Mapping[str, Vocabulary]
    instruments: Mapping[str, Instrument]
    facts: Mapping[str, Fact] = field(default_factory=dict)  # of all vocabularies
    hashes: Mapping[str, str] = field(default_factory=dict)
    versions: Mapping[str, tuple[Version, ...]] = field(default_factory=dict)

    def version(self, instrument: str, known: date | None = None) -> Version | None:
        """The text of an instrument as it was known on a day (the newest for None); None where there is none."""
        found = [v for v in self.versions.get(instrument, ()) if known is None or v.known is None or v.known <= known]
        return found[-1] if found else None
