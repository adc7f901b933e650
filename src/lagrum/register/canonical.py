"""One spelling for each JSON value, so that what is hashed can be hashed again."""

from __future__ import annotations

import hashlib
import json
from datetime import UTC, datetime


def canonical(value: object) -> str:
    """The value as JSON with sorted keys and no blanks. Raises `ValueError` for numbers that JSON has no sign for."""
    return json.dumps(value, sort_keys=True, ensure_ascii=False, separators=(",", ":"), allow_nan=False)


def digest(text: str | bytes) -> str:
    """SHA-256 in hexadecimal."""
    return hashlib.sha256(text.encode() if isinstance(text, str) else text).hexdigest()


def stamp(moment: datetime) -> str:
    """A moment as it is written down: in UTC, to the microsecond."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
