"""The base of everything that is written down in YAML."""

from __future__ import annotations

from datetime import date
from typing import Final, Self

from pydantic import BaseModel, ConfigDict, model_validator

#: No promise, row or report lies outside these; a date that does is a typing error.
EARLIEST: Final = date(1900, 1, 1)
LATEST: Final = date(2199, 12, 31)


class Described(BaseModel):
    """A part of a description: unknown keys are errors, values never change after reading."""

    model_config = ConfigDict(
        extra="forbid",
        frozen=True,
        populate_by_name=True,
        coerce_numbers_to_str=True,
        allow_inf_nan=False,
    )

    @model_validator(mode="after")
    def _has_dates_that_can_be(self) -> Self:
        for name, value in self:
            if isinstance(value, date) and not EARLIEST <= value <= LATEST:
                at = f"{name.rstrip('_')} is {value}"
                raise ValueError(f"{at}, not between {EARLIEST.year} and {LATEST.year}")
        return self
