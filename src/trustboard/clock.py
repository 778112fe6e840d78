"""The day of the visit, for the few things that are dated by it: a letter, and nothing counted."""

from __future__ import annotations

from datetime import UTC, date, datetime


def today() -> date:
    """Give the day it is where this machine stands."""
    return datetime.now(UTC).astimezone().date()
