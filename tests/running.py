"""An application behind our own server, in a thread of the tests."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import uvicorn
from starlette.types import ASGIApp

from trustboard.serving import server


@contextmanager
def running(app: ASGIApp, **settings: Any) -> Iterator[int]:
    """Serve an application with the bounds of our server, or other `settings`; give the port."""
    config = uvicorn.Config(app, port=0, lifespan="off", **{**server.bounds(), **settings})
    served = uvicorn.Server(config)
    thread = threading.Thread(target=served.run, daemon=True)
    thread.start()
    while not served.started:
        assert thread.is_alive()
        time.sleep(0.01)
    try:
        yield served.servers[0].sockets[0].getsockname()[1]
    finally:
        served.should_exit = True
        thread.join(timeout=20)
