"""Cases that come with the laws and are ready to open, each for a ruling that may surprise."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lagrum.library import built_in_laws
from lagrum.web.case.sentence import N_


@dataclass(frozen=True, slots=True)
class Ready:
    """A case to open: its name, its file, the law that it is held against, and what it is about."""

    name: str
    file: str
    law: str
    about: str


_CASES = "eu/ai-act/cases"
READY = (
    Ready(
        "suspect",
        f"{_CASES}/2024/live/01-suspect.yaml",
        "eu-ai-act",
        N_("Police look live for the suspect of an armed robbery"),
    ),
    Ready(
        "victim", f"{_CASES}/2024/live/07-robbed.yaml", "eu-ai-act", N_("Police look live for the victim of a robbery")
    ),
    Ready(
        "customers",
        f"{_CASES}/2024/feelings/04-customers.yaml",
        "eu-ai-act",
        N_("A shop reads its customers’ feelings"),
    ),
    Ready(
        "border",
        f"{_CASES}/deployments/us-cbp-mobile-fortify.yaml",
        "eu-ai-act-2021-proposal",
        N_("US border officers look people up by face; little else is known"),
    ),
)


@cache
def text_of(ready: Ready) -> str:
    """The case file."""
    path: Path = built_in_laws() / ready.file
    return path.read_text(encoding="utf-8")
