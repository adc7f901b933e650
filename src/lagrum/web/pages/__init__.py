"""The pages, one module each."""

from __future__ import annotations

from importlib import import_module

from fastapi import APIRouter

PAGES = (
    "start",
    "ask_around",
    "ask",
    "jobs",
    "loopholes",
    "balance",
    "world",
    "vague",
    "audit",
    "law",
    "search",
    "compare",
    "changes",
    "screen_results",
    "screen",
    "account",
    "case_keep",
    "case",
    "case_facts",
    "case_more",
    "case_print",
    "register",
    "register_system",
    "register_edit",
    "register_history",
)


def routers() -> list[APIRouter]:
    """The routes of every page."""
    return [import_module(f"lagrum.web.pages.{name}").router for name in PAGES]
