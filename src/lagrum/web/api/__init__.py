"""The HTTP API, below `/api/v1`: the calls of `service` as JSON, described by OpenAPI."""

from __future__ import annotations

from fastapi import APIRouter

from lagrum.web.api import analyses, cases, described, jobs, laws, register, sessions


def routers() -> list[APIRouter]:
    """All routes of the API."""
    return [part.router for part in (described, laws, cases, analyses, jobs, register, sessions)]
