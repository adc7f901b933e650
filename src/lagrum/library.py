"""The law at hand: finds the folders, reads them, and gives out laws by id with every disputed reading chosen."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Container, Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path

from lagrum.language import load_pack
from lagrum.language.files import read_text
from lagrum.language.translations import Translated, load_translations
from lagrum.model.cases import Case
from lagrum.model.diagnostics import Diagnostic, InvalidInput, Severity
from lagrum.model.instruments import Instrument, Pack, Vocabulary
from lagrum.model.law import Law
from lagrum.model.places import Place
from lagrum.spelling import did_you_mean

_UNREAD = ("LG0702", "LG0703", "LG0704")
"""Codes of files of which nothing could be read."""


def built_in_laws() -> Path:
    """The folder of law that comes with lagrum: inside the installed package, or beside `src/` in a checkout."""
    inside = Path(__file__).parent / "laws"
    return inside if inside.is_dir() else Path(__file__).parent.parent.parent / "laws"


@dataclass(frozen=True)
class Library:
    """Everything read from the folders of law. `diagnostics` says what was wrong with them, `left_out` which
    instruments are therefore not in the pack; `sources` holds the texts of the files by path."""

    folders: tuple[Path, ...]
    pack: Pack
    diagnostics: tuple[Diagnostic, ...]
    sources: Mapping[str, str]
    left_out: tuple[str, ...] = ()
    _made: dict[object, Law] = field(default_factory=dict, compare=False, repr=False)

    def law(self, law_id: str, readings: Mapping[str, str] | None = None, text_of: date | None = None) -> Law:
        """The law with that id; `a+b` reads two instruments together. See `laws`."""
        return self.laws([law_id], readings, text_of)[0]

    def laws(
        self,
        law_ids: Sequence[str],
        readings: Mapping[str, str] | None = None,
        text_of: date | None = None,
        attached: bool = True,
    ) -> tuple[Law, ...]:
        """Laws by id. `readings` maps `name` or `instrument:name` to the chosen value; the others keep their default.
        `text_of` takes the texts known on that day, before later acts amended them; None the newest. Laws that attach
        to one of them are taken in with it, unless `attached` is false.

        Raises `InvalidInput` for an unknown id, reading or value, and where a file that one of the laws rests on has
        errors: a law with a rule missing would answer wrongly.
        """
        parts = [[self._instrument(part, text_of) for part in law_id.split("+")] for law_id in law_ids]
        instruments = {i.id: i for group in parts for i in group}
        errors = self.errors_of(instruments.values())
        if errors:
            raise InvalidInput(errors, dict(self.sources))
        using = [self._using(group, text_of) if attached else () for group in parts]
        chosen = self._readings([*instruments.values(), *(each for group in using for each in group)], readings or {})
        triples = zip(law_ids, parts, using, strict=True)
        return tuple(self._law(law_id, group, others, chosen) for law_id, group, others in triples)

    def _using(self, instruments: Sequence[Instrument], text_of: date | None) -> tuple[Instrument, ...]:
        """The laws that attach to a provision of the instruments and are no part of them, by id."""
        ids = {i.id for i in instruments}
        versions = [self.pack.version(each, text_of) for each in sorted(self.pack.instruments) if each not in ids]
        return tuple(
            v.instrument
            for v in versions
            if v is not None
            and any(attachment.instrument in ids for attachment in v.instrument.attaches)
            and (text_of is None or v.instrument.published is None or v.instrument.published <= text_of)
        )

    def read_case(self, file: Path) -> tuple[Case | None, tuple[Diagnostic, ...], str]:
        """A case file, read with the vocabularies of the laws it names (all there are, where it names none), what is
        wrong with it, and its text. None where it cannot be used."""
        from lagrum.language import read_case  # only here: it reads YAML

        text, problems = read_text(file)
        if text is None:
            return None, problems, ""
        case, diagnostics = read_case(text, str(file), self.pack.facts)
        return case, tuple(diagnostics), text

    def translated(self, lang: str) -> Translated:
        """The questions of all vocabularies in another language, and what is wrong with or missing from them."""
        files = ((vocabulary, Path(self.path_of(vocabulary.file))) for vocabulary in self.pack.vocabularies.values())
        read = load_translations(files, lang)
        return replace(read, diagnostics=tuple(_located(d, self.folders) for d in read.diagnostics))

    def path_of(self, name: str) -> str:
        """The path of a file that the model names relative to its folder of law."""
        return _path_of(name, self.folders)

    def real(self, place: Place | None) -> Place | None:
        """A place of the model with the path of its file."""
        return replace(place, file=self.path_of(place.file)) if place else None

    def located(self, error: InvalidInput) -> InvalidInput:
        """The error with the files of the law by their paths, and with their texts. Places in other files stay."""
        found = (_located(d, self.folders, error.sources) for d in error.diagnostics)
        return InvalidInput(found, {**self.sources, **error.sources})

    def every(self) -> tuple[Law, ...]:
        """Each instrument as a law of its own, by id, also those with errors: for lists, not for judging."""
        found = sorted(self.pack.instruments.values(), key=lambda i: i.id)
        chosen = self._readings(found, {})
        return tuple(self._law(i.id, [i], (), chosen) for i in found)

    def errors_of(self, instruments: Iterable[Instrument]) -> tuple[Diagnostic, ...]:
        """The errors in the files that the instruments rest on: their own and their vocabularies'."""
        files: set[str] = set()
        for instrument in instruments:
            used: list[Vocabulary] = [v for v in self.pack.vocabularies.values() if v.id in instrument.uses]
            files.update(self.path_of(name) for name in (*instrument.files, *(v.file for v in used)))
        return tuple(
            d
            for d in self.diagnostics
            if d.severity is Severity.ERROR and d.place is not None and d.place.file in files
        )

    def _law(
        self, law_id: str, instruments: Sequence[Instrument], attached: Sequence[Instrument], chosen: Mapping[str, str]
    ) -> Law:
        """The law; asked for again it is the same object, since what is built for a law is kept with it."""
        everything = (*instruments, *attached)
        mine = {f"{i.id}:{r.name}" for i in everything for r in i.readings}
        readings = {name: value for name, value in chosen.items() if name in mine}
        key = law_id, len(instruments), tuple(map(id, everything)), tuple(sorted(readings.items()))
        if key not in self._made:
            self._made[key] = self._make(law_id, instruments, attached, readings)
        return self._made[key]

    def _make(
        self, law_id: str, instruments: Sequence[Instrument], attached: Sequence[Instrument], readings: dict[str, str]
    ) -> Law:
        everything = (*instruments, *attached)
        used = dict.fromkeys(name for i in everything for name in i.uses)
        hashes = [self._hash(i) for i in everything]
        return Law(
            id=law_id,
            instruments=tuple(instruments),
            vocabularies=tuple(self.pack.vocabularies[name] for name in used if name in self.pack.vocabularies),
            readings=readings,
            attached=tuple(attached),
            hash=hashes[0] if len(hashes) == 1 else hashlib.sha256("+".join(hashes).encode()).hexdigest(),
        )

    def _hash(self, instrument: Instrument) -> str:
        versions = self.pack.versions.get(instrument.id, ())
        return next((v.hash for v in versions if v.instrument is instrument), self.pack.hashes.get(instrument.id, ""))

    def _instrument(self, name: str, text_of: date | None) -> Instrument:
        found = self.pack.instruments.get(name.strip())
        if found is not None and text_of is not None:
            version = self.pack.version(found.id, text_of)
            if version is None:
                message = f"the text of `{found.id}` of {text_of} cannot be read: it cites what only a later act put in"
                raise InvalidInput([Diagnostic("LG0733", message, help="choose a later `--text-of`, or leave it out")])
            return version.instrument
        if found is None:
            errors = self._why_left_out(name.strip())
            if errors:
                raise InvalidInput(errors, dict(self.sources))
            known = "`lagrum laws` lists the laws there are, `--laws DIR` reads more"
            help_ = did_you_mean(name, self.pack.instruments) or known
            unread = [d for d in self.diagnostics if d.code in _UNREAD]  # it may stand in one of these
            message = f"there is no law `{name}`"
            raise InvalidInput([Diagnostic("LG0720", message, help=help_), *unread], dict(self.sources))
        return found

    def _why_left_out(self, name: str) -> tuple[Diagnostic, ...]:
        """The errors for which an instrument that some file declares is not in the pack: those in its own folder, or,
        where there are none, all there are, since it may rest on another. Empty where no file declares it."""
        if name not in self.left_out:
            return ()
        declared = re.compile(rf"^instrument[ \t]+{re.escape(name)}[ \t]*$", re.MULTILINE)
        folders = {Path(file).parent for file, text in self.sources.items() if declared.search(text)}
        errors = [d for d in self.diagnostics if d.severity is Severity.ERROR]
        near = [d for d in errors if d.place is not None and Path(d.place.file).parent in folders]
        return tuple(near or errors)

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
                        [Diagnostic("LG0722", message, self.real(known[key].place), help=help_)], dict(self.sources)
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
    return Library(
        folders,
        loaded.pack,
        tuple(_located(d, folders) for d in loaded.diagnostics),
        {_path_of(name, folders): text for name, text in loaded.sources.items()},
        loaded.left_out,
    )


def _path_of(name: str, folders: Sequence[Path]) -> str:
    """Where a file lies that `load_pack` names relative to its folder; a second file of one name has its folder's in
    front."""
    inside = [(folder, name) for folder in folders]
    named = [(f, name.removeprefix(f"{f.name}/")) for f in folders if name.startswith(f"{f.name}/")]
    return next((str(folder / rest) for folder, rest in inside + named if (folder / rest).exists()), name)


def _located(diagnostic: Diagnostic, folders: Sequence[Path], known: Container[str] = ()) -> Diagnostic:
    """The diagnostic with paths that a person can open; files that are `known` have them."""

    def real(place: Place) -> Place:
        return place if place.file in known else replace(place, file=_path_of(place.file, folders))

    return replace(
        diagnostic,
        place=real(diagnostic.place) if diagnostic.place else None,
        related=tuple(replace(r, place=real(r.place)) for r in diagnostic.related),
    )
