"""Where snapshots are kept on this machine."""

from __future__ import annotations

import os
from pathlib import Path

#: The names of cities and of snapshots are used as names of folders; nothing else may be.
NAME = r"[a-z0-9][a-z0-9-]{0,60}"


def snapshot_home(named: Path | None = None) -> Path:
    """Give the folder that holds one folder of snapshots per city.

    The one that is named, else `TRUSTBOARD_HOME`, else where this system keeps a program's data.
    The folder need not exist yet.
    """
    chosen = named or os.environ.get("TRUSTBOARD_HOME")
    if chosen:
        return Path(chosen).expanduser().absolute()
    from platformdirs import user_data_dir

    return Path(user_data_dir("trustboard", appauthor=False))
