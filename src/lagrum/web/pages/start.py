"""The start: what this is for, and one thing that it found."""

from __future__ import annotations

from fastapi import APIRouter
from starlette.responses import HTMLResponse

from lagrum.web.view import Viewed

router = APIRouter(include_in_schema=False)


@router.get("/")
def start(view: Viewed) -> HTMLResponse:
    """Two doors, a finding, and what is loaded."""
    return view.render("start.html", laws=len(view.desk.library.pack.instruments))
