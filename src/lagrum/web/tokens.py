"""Tokens of forms: a page hands one out, and takes a form only with one of its own browser's.

The browser holds a random name in a cookie that no script can read; the token is that name signed by the server. A
foreign page has neither.
"""

from __future__ import annotations

import hashlib
import hmac
import secrets

from starlette.requests import Request

COOKIE = "form"
FIELD = "token"
HEADER = "x-form-token"


def browser_of(request: Request) -> str:
    """The random name of this browser: its cookie's, or a new one that the answer then sets."""
    if not hasattr(request.state, "browser"):
        request.state.browser = request.cookies.get(COOKIE) or secrets.token_urlsafe(18)
    return str(request.state.browser)


def token_for(secret: bytes, browser: str) -> str:
    """The token that a form of this browser carries."""
    return hmac.new(secret, b"form " + browser.encode(), hashlib.sha256).hexdigest()


def fits(secret: bytes, request: Request, token: str) -> bool:
    """Whether the token is this browser's."""
    browser = request.cookies.get(COOKIE)
    return browser is not None and hmac.compare_digest(token_for(secret, browser).encode(), token.encode())
