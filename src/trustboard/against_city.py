"""Each place against the rest of its city, with the limits that chance alone would give."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

import pandas as pd

from trustboard.statistics import funnel
from trustboard.tidy import Measured

Standing = Literal["higher", "lower", "within"]
LIMITS: Final = ("lower_95", "upper_95", "lower_99_8", "upper_99_8")
#: Said wherever limits were widened.
WIDENED: Final = "Places differ by more than chance; the limits were widened to allow for it."
_UNUSABLE: Final = ("not_published",)


@dataclass(frozen=True, slots=True)
class AgainstCity:
    """How every place compares with the rest of the city.

    `table` has one row per comparable place: `place`, `name`, `observed`, `expected` (from the rate
    of the rest of the city), `ratio`, its limits `lower_95`, `upper_95`, `lower_99_8` and
    `upper_99_8`, and `standing`. `left_out` names the places without a reliable number of
    residents.
    """

    table: pd.DataFrame
    left_out: tuple[str, ...]
    overdispersed: bool

    def row(self, place: str) -> Mapping[str, object] | None:
        """Give one place's row, or None where it cannot be compared."""
        found = self.table[self.table["place"] == place]
        return None if found.empty else found.iloc[0].to_dict()


def against_city(measured: Measured, *, comparable: frozenset[str]) -> AgainstCity:
    """Compare each place with the rest of the city, itself left out.

    Takes a rate by place over one period, with `n` and `exposure`; `comparable` names the places
    whose number of residents is reliable. A place is called higher or lower only outside limits
    that 2 in 1,000 places would leave by chance, widened where places differ more than chance
    allows (Spiegelhalter 2005, docs/methods.md section 2).
    """
    table = measured.table
    usable = table["place"].isin(comparable) & (table["exposure"] > 0) & table["n"].notna()
    usable &= ~table["state"].isin(_UNUSABLE)
    rows = table[usable].reset_index(drop=True)
    names = {one: measured.label("place", one) for one in table["place"]}
    left_out = tuple(names[one] for one in table.loc[~usable, "place"] if one in comparable)
    if len(rows) < 2:
        return AgainstCity(_empty(), left_out, overdispersed=False)
    rest_rate = (rows["n"].sum() - rows["n"]) / (rows["exposure"].sum() - rows["exposure"])
    expected = rest_rate * rows["exposure"]
    limits = funnel(rows["n"], expected)
    compared = pd.DataFrame(
        {
            "place": rows["place"],
            "name": rows["place"].map(names),
            "observed": rows["n"],
            "expected": expected,
            "ratio": rows["n"] / expected.where(expected > 0),
            **{name: limits[name] for name in LIMITS},
        }
    )
    compared["standing"] = [
        _standing(ratio, low, high)
        for ratio, low, high in zip(
            compared["ratio"], compared["lower_99_8"], compared["upper_99_8"], strict=True
        )
    ]
    return AgainstCity(compared, left_out, overdispersed=bool(limits.attrs["overdispersed"]))


def _standing(ratio: float, lower: float, upper: float) -> Standing:
    if ratio > upper:
        return "higher"
    return "lower" if ratio < lower else "within"


def _empty() -> pd.DataFrame:
    columns = ["place", "name", "observed", "expected", "ratio", *LIMITS, "standing"]
    return pd.DataFrame(columns=columns)
