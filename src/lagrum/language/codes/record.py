"""The record of one diagnostic code."""

from __future__ import annotations

from dataclasses import dataclass

from lagrum.model.diagnostics import Severity


@dataclass(frozen=True, slots=True)
class Code:
    """A diagnostic code and its page: what is wrong, why it matters, an example of it, and how to mend it."""

    code: str
    title: str
    what: str
    why: str
    example: str
    instead: str
    severity: Severity = Severity.ERROR
