"""The files that pages are dressed with: one style sheet, small scripts; each under the hash of its content."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from fastapi import APIRouter, HTTPException
from starlette.responses import Response

FOLDER = Path(__file__).parent / "static"
KINDS = {".css": "text/css", ".js": "text/javascript", ".svg": "image/svg+xml"}
router = APIRouter(include_in_schema=False)


@dataclass(frozen=True, slots=True)
class File:
    """One file as it is sent."""

    content: bytes
    kind: str

    @property
    def hash(self) -> str:
        return hashlib.sha256(self.content).hexdigest()[:12]


@cache
def files() -> dict[str, File]:
    """All files by name; the style sheets are one, in the order of their names."""
    sheets = b"\n".join(path.read_bytes() for path in sorted((FOLDER / "css").glob("*.css")))
    found = {"lagrum.css": File(sheets, KINDS[".css"])}
    for path in sorted([*(FOLDER / "js").glob("*.js"), *FOLDER.glob("*.svg")]):
        found[path.name] = File(path.read_bytes(), KINDS[path.suffix])
    return found


def address(name: str) -> str:
    """Where a file is; another content has another address. `KeyError` for one that there is not."""
    return f"/static/{files()[name].hash}/{name}"


@router.get("/static/{digest}/{name}")
def static(digest: str, name: str) -> Response:
    """A file, for as long as its content is this."""
    found = files().get(name)
    if found is None or found.hash != digest:
        raise HTTPException(404)
    headers = {"cache-control": "public, max-age=31536000, immutable"}
    return Response(found.content, media_type=found.kind, headers=headers)


@router.get("/favicon.ico")
def favicon() -> Response:
    """The sign of the paragraph."""
    return Response(files()["icon.svg"].content, media_type=KINDS[".svg"], headers={"cache-control": "max-age=86400"})
