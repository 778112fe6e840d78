"""The published result of the simulation, as it comes with the package."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Final

from trustboard.simulation.results import OperatingCharacteristics, from_json

FILE: Final = "operating_characteristics.json"


@cache
def published() -> OperatingCharacteristics:
    """How often is the rule right, by the run that was published with this version?

    FileNotFoundError if the package was installed without its data.
    """
    return from_json(files("trustboard.method").joinpath(FILE).read_text(encoding="utf-8"))
