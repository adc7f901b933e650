"""A small folder of law for tests of the meaning side: one vocabulary, and a law whose body each test writes."""

from __future__ import annotations

from pathlib import Path

from lagrum.language.pack import Loaded, load_pack
from lagrum.model.diagnostics import Diagnostic
from lagrum.model.instruments import Instrument

VOCABULARY = """# Base

```law
fact timing "When?"
  one of
    real-time "now"
    later
    never
  usual real-time

fact purpose "What for?"
  some of
    law enforcement
    research
    art
  usual none

fact necessary "Is it necessary?"
  yes/no

fact sentence length "How long?"
  number years
    cuts at least 3, at least 4, more than 10
  usual at least 4

fact placed "When was it placed?"
  date
    cuts from 2026-08-02, from 2027-12-02
  usual before 2026-08-02

values science of purpose = research, art

values not now of timing = later, never
```
""".replace("not now", "afterwards")

HEAD = """# Law

```law
instrument ID
  title "T"
  citation "C"
  source http://example.org
  jurisdiction EU
  kind regulation
  in force 2024-08-01
  uses base
  tiers prohibited, high-risk
  review none
```

## Body

```law
"""


def law(body: str, name: str = "test-law", head: str = HEAD) -> str:
    """A law file with that body."""
    return f"{head.replace('ID', name, 1)}{body}\n```\n"


def write(folder: Path, files: dict[str, str]) -> Path:
    """Files by name below a folder, with the vocabulary unless `files` has its own."""
    for name, text in ({"vocabulary/base.md": VOCABULARY} | files).items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def load(folder: Path, body: str = "", facts: str = "", head: str = HEAD) -> Loaded:
    """One law with that body, and a vocabulary with further sentences."""
    vocabulary = VOCABULARY + (f"\n```law\n{facts}\n```\n" if facts else "")
    return load_pack([write(folder, {"vocabulary/base.md": vocabulary, "x/law.md": law(body, head=head)})], cache=False)


def sound(folder: Path, body: str) -> Instrument:
    """The law with that body, which must have no error."""
    loaded = load(folder, body)
    assert [d.message for d in loaded.diagnostics] == []
    return loaded.pack.instruments["test-law"]


def underlined(loaded: Loaded, diagnostic: Diagnostic) -> str:
    """The text from the place of a diagnostic to the end of its line."""
    place = diagnostic.place
    assert place is not None
    return loaded.sources[place.file].splitlines()[place.line - 1][place.column - 1 :]
