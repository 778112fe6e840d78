"""The sentence that compares one place with the rest of its city."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from trustboard.tidy import Measured
from trustboard.wording.numbers import interval, rate, share, whole


def place_answer(row: Mapping[str, Any] | None, *, name: str, places: int) -> str:
    """Say how one place compares; only beyond chance is it called higher or lower."""
    if row is None:
        return (
            f"Cannot tell: {name} has too few residents, or their number is unreliable, so that no "
            "rate can be given."
        )
    counted = (
        f"{name} had {whole(row['observed'])} complaints; at the rate of the rest of the city "
        f"{whole(row['expected'])} would be expected ({rate(row['ratio'])} times as many)."
    )
    if row["standing"] == "within":
        return f"Not clearly: within the range expected of places in this city. {counted}"
    word = "more" if row["standing"] == "higher" else "fewer"
    return (
        f"There were {word} than the range expected among {places} places. {counted} "
        "This cannot show why."
    )


def where_answer(measured: Measured) -> str:
    """Say whether outreach goes where complaints come from, shares first, then ranks."""
    rows = measured.table.set_index("measure")
    areas, events, residents = (rows.loc[one] for one in ("areas", "events", "residents"))
    limits = interval("share", events["lower"], events["upper"])
    said = (
        f"The {whole(areas['n'])} of {whole(areas['exposure'])} areas that together hold half of "
        f"the complaints had {share(events['value'])} ({limits}) of the events; "
        f"{share(residents['value'])} of residents live there."
    )
    if "rank_agreement" not in rows.index or rows.loc["rank_agreement", "state"] != "ok":
        return said
    ranks = rows.loc["rank_agreement"]
    ends = f"{rate(ranks['lower'])} to {rate(ranks['upper'])}"
    return f"{said} Ranks agree by {rate(ranks['value'])} ({ends}), where 1 is full agreement."
