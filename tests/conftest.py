"""Being here puts this folder on the path, so that every test can import `factories`."""

from __future__ import annotations

import os
import tempfile

# Snapshots that somebody fetched on this machine must not leak into tests about absent files.
os.environ["TRUSTBOARD_HOME"] = tempfile.mkdtemp(prefix="trustboard-tests-")
for name in ("TRUSTBOARD_DATA", "TRUSTBOARD_PUBLISHED"):
    os.environ.pop(name, None)
