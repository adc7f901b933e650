"""What tests of the long analyses share: a server of one's own without a browser, and waiting for an answer."""

from __future__ import annotations

import re

import httpx2
from playwright.sync_api import Page, expect
from starlette.testclient import TestClient

LAW, AGAINST, ON = "eu-ai-act-2021-proposal", "ban-biometric-surveillance-2021", "2026-11-22"
_JOB = re.compile(r'data-job="([0-9a-f]+)"')


def settled(client: TestClient, path: str) -> httpx2.Response:
    """The page when its analysis is done: what it waits for is listened to, as a browser does."""
    for _ in range(5):
        answer = client.get(path)
        job = _JOB.search(answer.text)
        if job is None:
            return answer
        assert "event: end" in client.get(f"/jobs/{job[1]}/events").text
    raise AssertionError(f"{path} does not come to an answer")


def token_of(text: str) -> str:
    found = re.search(r'name="token" value="([0-9a-f]+)"', text)
    assert found is not None
    return found[1]


def answered(page: Page, path: str) -> None:
    """Open the page and wait until its answer is there, which it fetches by itself."""
    page.goto(path)
    expect(page.locator("[data-job]")).to_have_count(0, timeout=90_000)
