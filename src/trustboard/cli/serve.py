"""`trustboard serve`: start the dashboard."""

from __future__ import annotations

import os
import socket
import subprocess
import sys
from pathlib import Path

from trustboard.cli.printing import say, say_json
from trustboard.errors import CannotRunError


def run(
    *, port: int, address: str, data: Path | None, published: Path | None, as_json: bool
) -> int:
    """Serve the dashboard until it is stopped; 0 for a clean end, 1 for any other."""
    page = _entry()
    _check_free(port, address)
    shown = "localhost" if address == "0.0.0.0" else address  # noqa: S104 - asked for by name
    url = f"http://{shown}:{port}"
    if as_json:
        say_json({"url": url})
    else:
        say(f"TrustBoard: open {url} in a browser; Ctrl-C ends it")
    sys.stdout.flush()
    try:
        ended = subprocess.run(  # noqa: S603 - our own page under the Python that runs this
            _command(page, port=port, address=address),
            cwd=page.parent,
            env=_environment(data=data, published=published),
        )
    except KeyboardInterrupt:
        return 0
    return 0 if ended.returncode in (0, -2, 130) else 1


def _command(page: Path, *, port: int, address: str) -> list[str]:
    """Start the server below Streamlit directly: a click then costs a tenth of what it would.

    Messages are not packed one by one, as Streamlit does not: it would cost the server more than
    the line. Whoever goes away without a word is let go of after a minute.
    """
    options = {
        "--host": address,
        "--port": str(port),
        "--log-level": "warning",
        "--ws-per-message-deflate": "false",
        "--ws-ping-interval": "30",
        "--ws-ping-timeout": "30",
        "--timeout-graceful-shutdown": "5",
    }
    given = [part for name, value in options.items() for part in (name, value)]
    return [sys.executable, "-m", "uvicorn", f"{page.stem}:app", "--no-access-log", *given]


def _environment(*, data: Path | None, published: Path | None) -> dict[str, str]:
    """Tell the dashboard about folders named on the command line."""
    named = {"TRUSTBOARD_DATA": data, "TRUSTBOARD_PUBLISHED": published}
    return {**os.environ, **{key: str(dir_.resolve()) for key, dir_ in named.items() if dir_}}


def _entry() -> Path:
    """Find the dashboard's page: beside the source, else in the folder one stands in."""
    for folder in (Path(__file__).resolve().parents[3], Path.cwd()):
        if (folder / "app.py").is_file() and (folder / "pages").is_dir():
            return folder / "app.py"
    raise CannotRunError("The dashboard is not here; run this inside a copy of the repository.")


def _check_free(port: int, address: str) -> None:
    """Refuse a port that something else holds, before Streamlit's long start."""
    try:
        found = socket.getaddrinfo(address, port, type=socket.SOCK_STREAM)
    except socket.gaierror as error:
        raise CannotRunError(f"{address!r} is no address of this machine.") from error
    for family, kind, protocol, _, where in found:
        with socket.socket(family, kind, protocol) as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(where)
            except OSError as error:
                if family == socket.AF_INET6:  # many machines have no IPv6; IPv4 decides
                    continue
                raise CannotRunError(
                    f"Port {port} on {address} cannot be used ({error.strerror}). "
                    f"Choose another: trustboard serve --port {port + 1}, "
                    f"or make run PORT={port + 1}."
                ) from error
