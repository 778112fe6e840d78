"""The server behind `trustboard serve`: uvicorn, with bounds on what a connection may cost."""

from __future__ import annotations

import logging
import sys
from pathlib import Path
from typing import Any, Final

import uvicorn

from trustboard.serving.patience import Patient
from trustboard.serving.sockets import Sockets

#: Connections at a time, those of open pages included; the next ones are told to come back.
MOST_CONNECTIONS: Final = 4_000
#: Bytes of one message from a page. The largest real one names a few choices.
LONGEST_MESSAGE: Final = 1_000_000
#: Files that stay open besides connections: data, fonts, libraries.
_OTHER_FILES: Final = 200


def serve(script: Path, *, port: int, address: str) -> None:
    """Serve the application that an entry file holds, until the process is told to end."""
    sys.path.insert(0, str(script.parent))
    # Streamlit turns the log of every visit on again; who reads what is nobody's business.
    logging.getLogger("uvicorn.access").disabled = True
    uvicorn.run(f"{script.stem}:app", port=port, host=address, **bounds())


def bounds() -> dict[str, Any]:
    """Give uvicorn's settings besides the address.

    Messages are not packed one by one, as Streamlit does not: it would cost the server more than
    the line. Whoever goes away without a word is let go of after a minute.
    """
    return {
        "http": Patient,
        "ws": Sockets,
        "ws_max_size": LONGEST_MESSAGE,
        "ws_per_message_deflate": False,
        "ws_ping_interval": 30.0,
        "ws_ping_timeout": 30.0,
        "limit_concurrency": _connections(),
        "timeout_graceful_shutdown": 5,
        "server_header": False,
        "access_log": False,
        "log_config": None,
    }


def _connections() -> int:
    """Give how many connections there may be: each needs a file, and a system lends only so many.

    The limit of this process is raised as far as the system lets it.
    """
    try:
        import resource
    except ImportError:  # Windows has no such limit
        return MOST_CONNECTIONS
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = MOST_CONNECTIONS + _OTHER_FILES
    allowed = wanted if hard == resource.RLIM_INFINITY else min(wanted, hard)
    if soft != resource.RLIM_INFINITY and soft < allowed:
        resource.setrlimit(resource.RLIMIT_NOFILE, (allowed, hard))
    return max(allowed - _OTHER_FILES, 50)
