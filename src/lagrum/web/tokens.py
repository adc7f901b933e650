"""Tokens of forms: a page hands one out, and takes a form only with one of its own browser's.

The browser holds a random name in a cookie that no script can read; the token is that name signed by the server. A
foreign page has neither. Each answer masks the token with other random bytes: pages are compressed, and what stood the
same in each of them could be guessed from their lengths by a page that makes the browser ask for them again and again.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from starlette.requests import Request

COOKIE = "form"
FIELD = "token"
HEADER = "x-form-token"
SIZE = 16  # bytes of the token itself


def browser_of(request: Request) -> str:
    """The random name of this browser: its cookie's, or a new one that the answer then sets."""
    if not hasattr(request.state, "browser"):
        request.state.browser = request.cookies.get(COOKIE) or secrets.token_urlsafe(18)
    return str(request.state.browser)


def token_for(secret: bytes, browser: str) -> str:
    """A token that a form of this browser carries: another one each time, and all of them fit."""
    mask = secrets.token_bytes(SIZE)
    return (mask + _mixed(mask, _signed(secret, browser))).hex()


def fits(secret: bytes, request: Request, token: str) -> bool:
    """Whether the token is this browser's."""
    browser = request.cookies.get(COOKIE)
    if browser is None:
        return False
    try:
        masked = bytes.fromhex(token)
    except ValueError:
        return False
    found = _mixed(masked[:SIZE], masked[SIZE:])
    return len(masked) == 2 * SIZE and hmac.compare_digest(_signed(secret, browser), found)


def _signed(secret: bytes, browser: str) -> bytes:
    return hmac.new(secret, b"form " + browser.encode(), hashlib.sha256).digest()[:SIZE]


def _mixed(mask: bytes, other: bytes) -> bytes:
    return bytes(a ^ b for a, b in zip(mask, other, strict=False))
