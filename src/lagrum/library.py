"""The law at hand: finds the folders, reads them, and gives out laws by id with every disputed reading chosen."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from lagrum.language import load_pack
from lagrum.model.diagnostics import Diagnostic, InvalidInput, Severity
from lagrum.model.instruments import Instrument, Pack, Vocabulary
from lagrum.model.law import Law
from lagrum.spelling import did_you_mean


def built_in_laws() -> Path:
    """The folder of law that comes with lagrum: inside the installed package, or beside `src/` in a checkout."""
    inside = Path(__file__).parent / "laws"
    return inside if inside.is_dir() else Path(__file__).parent.parent.parent / "laws"


@dataclass(frozen=True)
class Library:
    """Everything read from the folders of law. `diagnostics` says what was wrong with them; `sources` holds the
    texts of the files by name."""

    folders: tuple[Path, ...]
    pack: Pack
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]

    def law(self, law_id: str, readings: Mapping[str, str] | None = None) -> Law:
        """The law with that id; `a+b` reads two instruments together. See `laws`."""
        return self.laws([law_id], readings)[0]

    def laws(self, law_ids: Sequence[str], readings: Mapping[str, str] | None = None) -> tuple[Law, ...]:
        """Laws by id. `readings` maps `name` or `instrument:name` to the chosen value; the others keep their default.

        Raises `InvalidInput` for an unknown id, reading or value, and where a file that one of the laws rests on has
        errors: a law with a rule missing would answer wrongly.
        """
        parts = [[self._instrument(part) for part in law_id.split("+")] for law_id in law_ids]
        instruments = {i.id: i for group in parts for i in group}
        errors = self.errors_of(instruments.values())
        if errors:
            raise InvalidInput(errors, dict(self.sources))
        chosen = self._readings(instruments.values(), readings or {})
        return tuple(self._law(law_id, group, chosen) for law_id, group in zip(law_ids, parts, strict=True))

    def every(self) -> tuple[Law, ...]:
        """Each instrument as a law of its own, by id, also those with errors: for lists, not for judging."""
        found = sorted(self.pack.instruments.values(), key=lambda i: i.id)
        chosen = self._readings(found, {})
        return tuple(self._law(i.id, [i], chosen) for i in found)

    def errors_of(self, instruments: Iterable[Instrument]) -> tuple[Diagnostic, ...]:
        """The errors in the files that the instruments rest on: their own and their vocabularies'."""
        files: set[str] = set()
        for instrument in instruments:
            used: list[Vocabulary] = [v for v in self.pack.vocabularies.values() if v.id in instrument.uses]
            files.update(instrument.files, (v.file for v in used))
        return tuple(
            d
            for d in self.diagnostics
            if d.severity is Severity.ERROR and d.place is not None and d.place.file in files
        )

    def _law(self, law_id: str, instruments: Sequence[Instrument], chosen: Mapping[str, str]) -> Law:
        mine = {f"{i.id}:{r.name}" for i in instruments for r in i.readings}
        used = dict.fromkeys(name for i in instruments for name in i.uses)
        hashes = [self.pack.hashes.get(i.id, "") for i in instruments]
        return Law(
            id=law_id,
            instruments=tuple(instruments),
            vocabularies=tuple(self.pack.vocabularies[name] for name in used if name in self.pack.vocabularies),
            readings={name: value for name, value in chosen.items() if name in mine},
            hash=hashes[0] if len(hashes) == 1 else hashlib.sha256("+".join(hashes).encode()).hexdigest(),
        )

    def _instrument(self, name: str) -> Instrument:
        found = self.pack.instruments.get(name.strip())
        if found is None:
            help_ = did_you_mean(name, self.pack.instruments) or "`lagrum laws` lists the laws there are"
            raise InvalidInput([Diagnostic("LG0720", f"there is no law `{name}`", help=help_)])
        return found

    def _readings(self, instruments: Iterable[Instrument], asked: Mapping[str, str]) -> dict[str, str]:
        known = {f"{i.id}:{r.name}": r for i in instruments for r in i.readings}
        chosen = {key: reading.default for key, reading in known.items()}
        for name, value in asked.items():
            keys = [key for key in known if name in (key, key.split(":", 1)[1])]
            if not keys:
                names = [key.split(":", 1)[1] for key in known]
                help_ = did_you_mean(name, [*names, *known]) or _listed("readings here", names)
                raise InvalidInput([Diagnostic("LG0721", f"there is no reading `{name}` in this law", help=help_)])
            for key in keys:
                values = [v for v, _ in known[key].values]
                if value not in values:
                    message = f"`{value}` is not a value of the reading `{name}`"
                    help_ = did_you_mean(value, values) or _listed("its values", values)
                    raise InvalidInput(
                        [Diagnostic("LG0722", message, known[key].place, help=help_)], dict(self.sources)
                    )
                chosen[key] = value
        return chosen


def _listed(what: str, names: Iterable[str]) -> str:
    some = ", ".join(f"`{name}`" for name in dict.fromkeys(names))
    return f"{what}: {some}" if some else f"{what}: none"


def open_library(extra: Sequence[Path] = (), built_in: bool = True) -> Library:
    """Read the built-in law and the extra folders. Raises `InvalidInput` for a folder that is not there."""
    missing = [folder for folder in extra if not folder.is_dir()]
    if missing:
        raise InvalidInput(
            Diagnostic("LG0726", f"there is no folder `{folder}`", help="`--laws` and `LAGRUM_LAWS` name folders")
            for folder in missing
        )
    folders = tuple(dict.fromkeys([*([built_in_laws()] if built_in else []), *extra]))
    loaded = load_pack(folders)
    return Library(folders, loaded.pack, tuple(loaded.diagnostics), loaded.sources)
