"""The rulings, and the states a single norm can be in."""

from __future__ import annotations

from enum import StrEnum


class Ruling(StrEnum):
    """What a law says of a case. In the order in which they are looked for; `undetermined` is for partial cases."""

    OUTSIDE = "outside"
    FORBIDDEN = "forbidden"
    EXCEPTED = "excepted"
    REGULATED = "regulated"
    UNREGULATED = "unregulated"
    UNDETERMINED = "undetermined"


SETTLED = (Ruling.OUTSIDE, Ruling.FORBIDDEN, Ruling.EXCEPTED, Ruling.REGULATED, Ruling.UNREGULATED)


class Status(StrEnum):
    """How a norm stands to a case: `defeated` by an exception, `excluded` by an exclusion or scope."""

    APPLIES = "applies"
    DEFEATED = "defeated"
    EXCLUDED = "excluded"
    DOES_NOT_APPLY = "does not apply"
    DEPENDS = "depends"
