"""One copy of the API for all tests here."""

from __future__ import annotations

import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware

from asking import Ask, asking
from trustboard import api
from trustboard.serving.guard import Guard


@pytest.fixture(scope="session")
def ask() -> Ask:
    """Send one request to the API."""
    return asking(Starlette(routes=api.routes(pages=("", "complaints"))))


@pytest.fixture(scope="session")
def ask_guarded() -> Ask:
    """Send one request as it arrives in service: past the guard first."""
    return asking(Starlette(routes=api.routes(), middleware=[Middleware(Guard)]))
