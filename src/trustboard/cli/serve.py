"""`trustboard serve`: start the dashboard."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Final

from trustboard.cli.printing import say, say_json
from trustboard.errors import CannotRunError

#: How a server ends that was told to: by itself, by Ctrl-C, by SIGTERM.
_CLEAN: Final = (0, -2, 130, -15, 143)


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
    command = _command(page, port=port, address=address)
    environment = _environment(data=data, published=published)
    try:
        return 0 if _until_it_ends(command, page.parent, environment) in _CLEAN else 1
    except KeyboardInterrupt:
        return 0


def _until_it_ends(command: list[str], folder: Path, environment: dict[str, str]) -> int:
    """Start the server and wait for its end; whoever ends this process ends the server too."""
    child = subprocess.Popen(command, cwd=folder, env=environment)  # noqa: S603 - our own server
    before = signal.signal(signal.SIGTERM, lambda *_: child.terminate())
    try:
        return child.wait()
    finally:
        signal.signal(signal.SIGTERM, before)


def _command(page: Path, *, port: int, address: str) -> list[str]:
    """Start our own server; `streamlit run` knows no end of waiting and pays more for a click."""
    options = ["--port", str(port), "--address", address]
    return [sys.executable, "-m", "trustboard.serving", str(page), *options]


def _environment(*, data: Path | None, published: Path | None) -> dict[str, str]:
    """Tell the dashboard about folders named on the command line, and to say little."""
    named = {"TRUSTBOARD_DATA": data, "TRUSTBOARD_PUBLISHED": published}
    folders = {key: str(dir_.resolve()) for key, dir_ in named.items() if dir_}
    return {"STREAMLIT_LOGGER_LEVEL": "warning", **os.environ, **folders}


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
