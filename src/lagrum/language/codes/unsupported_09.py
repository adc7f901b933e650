"""LG09xx: what the language has and this version cannot yet use."""

from __future__ import annotations

from lagrum.language.codes.record import Code

UNSUPPORTED = (
    Code(
        "LG0901",
        "not supported yet",
        "A sentence or a key is part of the language, but this version of lagrum cannot use it.",
        "Law that is silently left out would make an answer wrong; so it is refused.",
        "see the message for the word in question",
        "leave it out for now, and say in a `note` what was left out",
    ),
)
