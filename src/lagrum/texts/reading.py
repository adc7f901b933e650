"""From files to acts: which files belong together, and whether an act is whole."""

from __future__ import annotations

import hashlib
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from pathlib import Path

from lagrum.texts.act import Act, Source
from lagrum.texts.eurlex import read_eurlex
from lagrum.texts.formex import ROOTS, Part, read_formex
from lagrum.texts.identity import Number, is_celex
from lagrum.texts.markup import decoded, looks_like_html, read_html, read_xml
from lagrum.texts.outline import Unit, provisions
from lagrum.texts.problems import refuse

LARGEST = 32 * 1024 * 1024  # bytes of one file, and of all files in an archive; the longest acts have ten million
MOST_MEMBERS = 2000
_SUFFIXES = (".xml", ".html", ".htm", ".xhtml", ".zip")


@dataclass(frozen=True, slots=True)
class _File:
    name: str
    data: bytes

    @property
    def source(self) -> Source:
        return Source(self.name, hashlib.sha256(self.data).hexdigest())


def read_acts(paths: Sequence[Path]) -> tuple[Act, ...]:
    """The acts in the files, folders and archives given. Formex files of one act and language are put together; each
    HTML page is an act. Raises `InvalidInput` for a file that cannot be read, an act that is not whole, and an act
    that comes twice."""
    parts: list[tuple[Part, Source]] = []
    acts: list[Act] = []
    for file in _files(paths):
        text = decoded(file.data, file.name)
        if looks_like_html(text):
            page = read_eurlex(read_html(text, file.name), file.name)
            acts.append(_act(page.celex, page.eli, page.title, page.language, "eurlex-html", [file.source], page.units))
        else:
            if not text.lstrip().startswith("<"):
                raise refuse("LG0711", f"`{file.name}` is neither Formex XML nor an HTML page")
            root = read_xml(text, file.name)
            if root.tag not in ROOTS:
                raise refuse("LG0711", f"`{file.name}` is XML, but not Formex: it begins with `{root.tag[:40]}`")
            parts.append((read_formex(root, file.name), file.source))
    acts += _formex_acts(parts)
    if not acts:
        raise refuse("LG0716", "there is no act among the files")
    for i, act in enumerate(acts):
        if any((act.celex, act.language) == (other.celex, other.language) for other in acts[:i]):
            message = f"`{act.celex}` in `{act.language}` comes twice among the files"
            raise refuse("LG0716", message, "import one of them")
    return tuple(acts)


# --- files ---------------------------------------------------------------------------------------------------


def _files(paths: Sequence[Path]) -> Iterator[_File]:
    for path in paths:
        if path.is_dir():
            inside = sorted(p for p in path.iterdir() if p.suffix.lower() in _SUFFIXES and p.is_file())
            if not inside:
                raise refuse("LG0711", f"the folder `{path}` holds no XML, HTML or ZIP file")
            yield from _files(inside)
        elif not path.is_file():
            raise refuse("LG0726", f"there is no file `{path}`", "name files or folders that are there")
        else:
            with path.open("rb") as stream:
                data = stream.read(LARGEST + 1)
            _check_size(len(data), path.name)
            yield from tuple(_members(data, path.name)) if data[:4] == b"PK\x03\x04" else (_File(path.name, data),)


def _check_size(size: int, name: str) -> None:
    if size > LARGEST:
        message = f"`{name}` is larger than {LARGEST // 1024 // 1024} MB, more than any act has"
        raise refuse("LG0711", message)
    if size == 0:
        raise refuse("LG0711", f"`{name}` is empty", "load the file again")


def _members(data: bytes, name: str) -> Iterator[_File]:
    """The XML and HTML files of an archive, read in memory and never more than the limit together."""
    left = LARGEST
    try:
        with zipfile.ZipFile(BytesIO(data)) as archive:
            members = [m for m in archive.infolist() if m.filename.lower().endswith(_SUFFIXES[:-1])]
            if not members or len(members) > MOST_MEMBERS:
                raise refuse("LG0711", f"the archive `{name}` holds {len(members)} XML or HTML files")
            for member in sorted(members, key=lambda m: m.filename):
                with archive.open(member) as stream:
                    content = stream.read(left + 1)
                left -= len(content)
                _check_size(LARGEST + 1 if left < 0 else len(content), name)
                yield _File(member.filename.rsplit("/", 1)[-1], content)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError):
        message = f"the archive `{name}` is damaged, or packed in a way that is not read"
        raise refuse("LG0713", message, "load it again, or unpack it and name the files") from None


# --- acts ----------------------------------------------------------------------------------------------------


def _formex_acts(parts: Iterable[tuple[Part, Source]]) -> Iterator[Act]:
    groups: dict[tuple[str, str, str], list[tuple[Part, Source]]] = {}
    for part, source in parts:
        if part.kind != "other":
            groups.setdefault((part.year, part.serial, part.language), []).append((part, source))
    for group in groups.values():
        yield _formex_act(group)


def _formex_act(group: Sequence[tuple[Part, Source]]) -> Act:
    mains = [part for part, _ in group if part.kind == "act"]
    names = {part.name for part, _ in group}
    if len(mains) != 1:
        what = "none of them is the act itself" if not mains else f"{len(mains)} of them are acts"
        message = f"the files of one act must hold it once, and {what}: {_some(sorted(names))}"
        raise refuse("LG0716", message, "give the file of the act with those of its annexes")
    missing = sorted({name for part, _ in group for name in part.listed} - names)
    if missing:
        help_ = "give all files of the act, or leave out the one that ends in `.doc.fmx.xml`"
        raise refuse("LG0716", f"the list of files names some that are not here: {_some(missing)}", help_)
    main = mains[0]
    listed = [part for part, _ in group if part.kind == "list"]
    number: Number | None = next((part.number for part in (*listed, main) if part.number), None)
    celex = main.celex or (number.celex if number else "")
    if not is_celex(celex):
        message = f"`{main.name}` does not say what kind of act it is in a language that is known here"
        raise refuse("LG0715", message, "give the file that ends in `.doc.fmx.xml` with it")
    eli = next((part.eli for part in listed if part.eli), main.eli)
    order = {"act": 0, "annex": 1, "list": 2}
    ordered = sorted(group, key=lambda each: (order[each[0].kind], each[0].name))
    units = [unit for part, _ in ordered for unit in part.units]
    return _act(celex, eli, main.title, main.language, "formex", [source for _, source in ordered], units)


def _some(names: Sequence[str]) -> str:
    shown = ", ".join(f"`{name}`" for name in names[:3])
    return shown if len(names) <= 3 else f"{shown} and {len(names) - 3} more"


def _act(
    celex: str, eli: str, title: str, language: str, format_: str, sources: Sequence[Source], units: Sequence[Unit]
) -> Act:
    name = sources[0].name
    if not is_celex(celex):
        raise refuse("LG0715", f"`{name}` does not say which act it is: it has neither CELEX number nor ELI address")
    if len(language) != 2 or not (language.isascii() and language.isalpha()):
        raise refuse("LG0715", f"`{name}` does not say which language it is in")
    lines, spans = provisions(units)
    if not any(citation.startswith("Art.") for citation in spans):
        raise refuse("LG0711", f"`{name}` has no articles")
    return Act(celex, eli, title, language, format_, tuple(sources), lines, spans)
