"""What stands between the pages and the network: sizes, hosts, origins, rates, headers. Pure ASGI, so that streams
stream.

Whoever can make a browser send a request cannot make it lie about where it comes from: `Sec-Fetch-Site` and `Origin`
are checked for everything that is not only read. Forms carry a token besides (see `tokens`).
"""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, MutableMapping
from typing import Any
from urllib.parse import urlsplit

from limits import RateLimitItemPerMinute
from limits.storage import MemoryStorage
from limits.strategies import MovingWindowRateLimiter
from starlette.datastructures import Headers, MutableHeaders

from lagrum.web.problems import problem_response
from lagrum.web.settings import Settings

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

SAFE = ("GET", "HEAD", "OPTIONS")
POLICY = "; ".join(
    (
        "default-src 'none'",
        "style-src 'self'",
        "script-src 'self'",
        "img-src 'self' data:",
        "connect-src 'self'",
        "form-action 'self'",
        "base-uri 'none'",
        "frame-ancestors 'none'",
    )
)
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "referrer-policy": "same-origin",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=(), browsing-topics=()",
}
LONGEST_ADDRESS = 8 * 1024  # bytes


class Refused(Exception):
    """A request that is not let in: its status and a sentence that says why."""

    def __init__(self, status: int, detail: str) -> None:
        super().__init__(detail)
        self.status, self.detail = status, detail


class TooLarge(Exception):
    """More was sent than is taken."""


class Guard:
    """Lets in what may come in, and sends each answer with the headers that browsers go by."""

    def __init__(self, app: App, settings: Settings) -> None:
        self.app, self.settings = app, settings
        self.hosts = frozenset(settings.hosts)
        self.limiter = MovingWindowRateLimiter(MemoryStorage())
        self.rate = RateLimitItemPerMinute(settings.requests_a_minute)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != "http":
            await self.app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        started = False

        async def sending(message: MutableMapping[str, Any]) -> None:
            nonlocal started
            if message["type"] == "http.response.start":
                started = True
                self._mark(MutableHeaders(scope=message), scope["path"])
            await send(message)

        try:
            self._check(scope, headers)
            await self.app(scope, self._bounded(scope, headers, receive), sending)
        except (Refused, TooLarge) as error:
            if started:
                raise
            status, detail = (error.status, error.detail) if isinstance(error, Refused) else (413, str(error))
            await problem_response(scope, status, detail)(scope, receive, sending)

    def _check(self, scope: Scope, headers: Headers) -> None:
        host = headers.get("host", "")
        if host.rpartition(":")[0] not in self.hosts and host not in self.hosts:
            raise Refused(421, "this server does not go by that name; `lagrum serve --host-name` adds one")
        if len(scope["raw_path"] or b"") + len(scope["query_string"]) > LONGEST_ADDRESS:
            raise Refused(414, "the address is too long")
        if scope["method"] not in SAFE and not _same_origin(headers, host):
            raise Refused(403, "the request comes from another site")
        client = scope["client"][0] if scope["client"] else ""
        if not self.limiter.hit(self.rate, client):
            raise Refused(429, "too many requests; wait a minute")

    def _bounded(self, scope: Scope, headers: Headers, receive: Receive) -> Receive:
        upload = headers.get("content-type", "").startswith("multipart/form-data")
        most = self.settings.upload if upload else self.settings.body
        length = headers.get("content-length", "0")
        said = int(length) if length.isdecimal() else most + 1
        message = f"more than {most:,} bytes were sent"
        if said > most:
            raise Refused(413, message)
        taken = 0

        async def receiving() -> MutableMapping[str, Any]:
            nonlocal taken
            event = await receive()
            taken += len(event.get("body", b""))
            if taken > most:
                raise TooLarge(message)
            return event

        return receiving

    def _mark(self, headers: MutableHeaders, path: str) -> None:
        for name, value in HEADERS.items():
            headers.setdefault(name, value)
        if self.settings.https:
            headers.setdefault("strict-transport-security", "max-age=31536000")
        if not path.startswith("/static/"):
            headers.setdefault("cache-control", "no-store" if "set-cookie" in headers else "private, no-cache")


def _same_origin(headers: Headers, host: str) -> bool:
    """Whether a browser says that its own page of ours sent this. Programs that are no browser say nothing."""
    site = headers.get("sec-fetch-site")
    if site is not None and site not in ("same-origin", "none"):
        return False
    origin = headers.get("origin")
    return origin is None or urlsplit(origin).netloc == host


class Tries:
    """How often somebody may try something in a minute, each by a name of their own."""

    def __init__(self, a_minute: int) -> None:
        self._limiter, self._rate = MovingWindowRateLimiter(MemoryStorage()), RateLimitItemPerMinute(a_minute)

    def again(self, *who: str) -> bool:
        """Whether one more try is let through; it counts."""
        return self._limiter.hit(self._rate, *who)

    def wait(self, *who: str) -> int:
        """Seconds until the next try."""
        reset = self._limiter.get_window_stats(self._rate, *who).reset_time
        return max(1, round(reset - time.time()))
