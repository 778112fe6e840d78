"""A pin names one version of the numbers: the hash of the data and the version of the rule.

`ab1648bb421c-1.0` stands in an address, a citation or a command: the first twelve digits of the
hash of the published data, and the method by which they were counted and judged.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from trustboard import METHOD_VERSION
from trustboard.citydata import CityData

#: Twelve digits: two versions of one city's data meet in them once in 280 million million.
DIGITS: Final = 12
#: How a pin is written, as programs read it.
PATTERN: Final = rf"^[0-9a-f]{{{DIGITS}}}-[0-9]{{1,3}}(\.[0-9]{{1,3}}){{1,2}}$"
_PIN: Final = re.compile(PATTERN, re.ASCII)


@dataclass(frozen=True, slots=True)
class Pin:
    """The data and the rule that some numbers are pinned to."""

    data: str
    method: str

    @property
    def is_of_this_rule(self) -> bool:
        """Say whether numbers are still made by the rule of the pin."""
        return self.method == METHOD_VERSION

    def names(self, city: CityData) -> bool:
        """Say whether a city is in the state that the pin names."""
        return city.data_hash.startswith(self.data)


def pin_of(city: CityData) -> str:
    """Write the pin of a city as it is, under the rule of this program."""
    return f"{city.data_hash[:DIGITS]}-{METHOD_VERSION}"


def read_pin(text: str) -> Pin | None:
    """Read a pin; None for whatever is none."""
    if not _PIN.match(text) or text.endswith("\n"):
        return None
    data, _, method = text.partition("-")
    return Pin(data, method)
