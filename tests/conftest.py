"""Being here puts this folder on the path, so that every test can import `factories`."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Callable, Iterator

import pytest

# Snapshots that somebody fetched on this machine must not leak into tests about absent files.
os.environ["TRUSTBOARD_HOME"] = tempfile.mkdtemp(prefix="trustboard-tests-")
# Servers of tests draw what a test asks for and nothing else, unless it wants more.
os.environ["TRUSTBOARD_DRAW_AHEAD"] = "no"
for name in ("TRUSTBOARD_DATA", "TRUSTBOARD_PUBLISHED"):
    os.environ.pop(name, None)


@pytest.fixture(scope="session", autouse=True)
def _look_at_files_each_time() -> Iterator[None]:
    """Tests change files and ask again at once."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr("trustboard.shelves.LOOK_EVERY", 0.0)
        yield


@pytest.fixture(scope="session", autouse=True)
def _plotly_checks_every_figure() -> Iterator[None]:
    """Readers do not wait for Plotly's check; here every figure passes it before it is used."""
    from trustboard.figures.sketch import Sketch

    def checking(give: Callable[[Sketch], object]) -> Callable[[Sketch], object]:
        def checked(sketch: Sketch) -> object:
            sketch.check()
            return give(sketch)

        return checked

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Sketch, "figure", checking(Sketch.figure))
        patch.setattr(Sketch, "finished", checking(Sketch.finished))
        yield
