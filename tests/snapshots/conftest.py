"""A town for each test, and no snapshots of the person who runs the tests."""

from __future__ import annotations

from pathlib import Path

import pytest
from town import Town, build_town


@pytest.fixture
def town(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Town:
    made = build_town(tmp_path)
    monkeypatch.setenv("TRUSTBOARD_HOME", str(made.home))
    return made
