"""The pages, one module each."""

from __future__ import annotations

from importlib import import_module

from fastapi import APIRouter

PAGES = ("start", "ask_around", "ask", "jobs", "loopholes", "balance", "screen_results", "screen", "account")


def routers() -> list[APIRouter]:
    """The routes of every page."""
    return [import_module(f"lagrum.web.pages.{name}").router for name in PAGES]
