"""How to take the numbers of a block away: as a file, or from a terminal."""

from __future__ import annotations

from urllib.parse import urlencode

from trustboard.citydata import CityData
from trustboard.exports import reproduce_line
from trustboard.query import Query
from trustboard.ui.escape import text

#: Filters that the interface takes under their own name; others go through `where`.
_NAMED = frozenset({"place", "district", "category", "filed_by"})


def take_away(city: CityData, indicator: str, query: Query) -> str:
    """Give, as HTML, the link to exactly this table as CSV and the command that prints it."""
    return (
        f'<p class="tb-soft">Take it away: <a href="{text(csv_address(city, indicator, query))}">'
        "this table as CSV</a>, with its source. In a terminal: "
        f"<code>{text(reproduce_line(city, indicator, query))}</code></p>"
    )


def csv_address(city: CityData, indicator: str, query: Query) -> str:
    """Give the address of a table as CSV, as seen from any page."""
    pairs = [("by", one) for one in query.by]
    if query.from_ is not None:
        pairs.append(("from", query.from_.isoformat()))
    if query.to is not None:
        pairs.append(("to", query.to.isoformat()))
    for column, ids in query.filters:
        for one in ids:
            pairs.append((column, one) if column in _NAMED else ("where", f"{column}={one}"))
    if query.unit != "complaint":
        pairs.append(("unit", query.unit))
    pairs += [("format", "csv"), ("limit", "10000")]
    return f"api/v1/{city.slug}/measures/{indicator}?{urlencode(pairs)}"
