"""What a server is told when it starts."""

from __future__ import annotations

import secrets
from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class Settings:
    """How to serve. Without `team` it is one person's own machine and nobody signs in; with it everybody does.

    `hosts` are the names under which the server may be asked (others are refused, so that no foreign page can reach it
    by a name of its own); `https` says that people reach it by TLS, so that cookies are kept to that. `secret` signs
    forms; another one at each start only makes open forms stale. Registers to screen are kept in `uploads` for a while.
    `body` and `upload` are bytes.
    """

    database: str
    uploads: Path
    folders: tuple[Path, ...] = ()
    team: bool = False
    hosts: tuple[str, ...] = ("127.0.0.1", "localhost", "[::1]")
    https: bool = False
    secret: bytes = field(default_factory=lambda: secrets.token_bytes(32), repr=False)
    body: int = 1024 * 1024
    upload: int = 100 * 1024 * 1024
    requests_a_minute: int = 6000
    tries_a_minute: int = 10  # of signing in
    seconds: int = 600  # of a long analysis
