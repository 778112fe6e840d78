"""Find a published column by a name that may be written otherwise than somebody expects."""

from __future__ import annotations

import re
from collections.abc import Iterable


def find_name(wanted: str, there: Iterable[str]) -> str | None:
    """Give the published name that is `wanted`, or the only one that differs in its writing alone.

    Case, spaces and signs are how portals differ when they write one label: `Case Number`,
    `case_number` and `CASENUMBER` are one name. Where several fit, none is taken.
    """
    names = list(there)
    if wanted in names:
        return wanted
    alike = [name for name in names if _bare(name) == _bare(wanted)]
    return alike[0] if len(alike) == 1 else None


def _bare(name: str) -> str:
    return re.sub(r"[\W_]+", "", name).casefold()
