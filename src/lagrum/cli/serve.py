"""`lagrum serve`: the web application on this machine."""

from __future__ import annotations

import socket
import sys
from contextlib import closing
from dataclasses import replace

import click

from lagrum.cli import status
from lagrum.cli.help import Command
from lagrum.cli.options import Options, shared_options
from lagrum.cli.stored import opened
from lagrum.model.diagnostics import Diagnostic, InvalidInput
from lagrum.report.extra import need


@click.command(
    cls=Command,
    examples=["lagrum serve", "lagrum serve --team --database postgresql+psycopg://lagrum@localhost/lagrum"],
)
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to listen on.")
@click.option(
    "--port", type=click.IntRange(0, 65535), default=8000, show_default=True, help="The port; 0 takes a free one."
)
@click.option("--database", metavar="URL", help="Where the register is; also LAGRUM_DATABASE. SQLite when left out.")
@click.option("--team", is_flag=True, help="Everybody signs in; `lagrum register account` makes accounts.")
@click.option("--host-name", "names", multiple=True, metavar="NAME", help="A name that the server goes by; repeat it.")
@click.option("--https", is_flag=True, help="People reach it by TLS, through a proxy that ends it.")
@shared_options()
def command(
    host: str, port: int, database: str | None, team: bool, names: tuple[str, ...], https: bool, options: Options
) -> int:
    """Serve the web application and its HTTP API on this machine."""
    uvicorn = need("uvicorn", "the web application", "serve")
    from lagrum.register.place import data_folder, database_url
    from lagrum.web.app import create_app
    from lagrum.web.settings import Settings

    if host not in ("127.0.0.1", "localhost", "::1") and not team:
        help_ = "add `--team`, so that everybody signs in, or listen on 127.0.0.1"
        raise InvalidInput([Diagnostic("LG0725", f"listening on `{host}` lets anybody in", help=help_)])
    with opened(database):
        pass  # what is wrong with the database is told before anything is served
    settings = Settings(database_url(database), data_folder() / "uploads", options.folders, team=team, https=https)
    settings = replace(settings, hosts=(*settings.hosts, *names))
    config = uvicorn.Config(
        create_app(settings),
        host,
        port,
        log_level="warning",
        server_header=False,
        proxy_headers=False,
        timeout_keep_alive=15,
        limit_concurrency=256,
        h11_max_incomplete_event_size=64 * 1024,
    )
    server = uvicorn.Server(config)
    with closing(_listen(host, port)) as listening:
        shown = f"[{host}]" if ":" in host else host
        options.out.line(f"lagrum is at http://{shown}:{listening.getsockname()[1]}/  (Ctrl-C stops it)")
        sys.stdout.flush()
        server.run([listening])
    return status.CLEAN if server.started else status.TOOL_FAILED


def _listen(host: str, port: int) -> socket.socket:
    """The socket that the server answers on. Raises `InvalidInput` where it cannot be had."""
    try:
        return socket.create_server((host, port), family=socket.AF_INET6 if ":" in host else socket.AF_INET)
    except OSError as error:
        help_ = "choose another with `--port`, or `--port 0` for a free one"
        message = f"port {port} of `{host}` cannot be listened on: {error.strerror}"
        raise InvalidInput([Diagnostic("LG0725", message, help=help_)]) from None
