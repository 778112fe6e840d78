"""How often is the verdict rule right? Measured on invented series, with the rule itself.

Each series is judged by the same comparison and the same rule as a real commitment; nothing is
approximated. The method and what to expect: docs/methods.md sections 4 and 6.
"""

from __future__ import annotations

from trustboard.simulation.results import Flips, Frequency, OperatingCharacteristics, from_json
from trustboard.simulation.run import SEED, SERIES, simulate
from trustboard.simulation.scenarios import Scenario, scenarios
from trustboard.simulation.text import as_text

__all__ = [
    "SEED",
    "SERIES",
    "Flips",
    "Frequency",
    "OperatingCharacteristics",
    "Scenario",
    "as_text",
    "from_json",
    "scenarios",
    "simulate",
]
