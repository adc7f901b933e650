"""Facts in another language: what is shown when somebody is asked. Names, case files and rules stay as they are."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from lagrum.model.places import Place


@dataclass(frozen=True, slots=True)
class Translation:
    """The question of a fact, its answers by name, its unit and help; empty where not translated."""

    fact: str
    question: str
    answers: Mapping[str, str]
    unit: str = ""
    help: str = ""
    place: Place | None = None
