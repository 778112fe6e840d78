"""A question as it stands in an address: the same words for pages, downloads and programs."""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache
from typing import Final
from urllib.parse import urlencode

from trustboard.citydata import CityData
from trustboard.pins import pin_of
from trustboard.query import FILTERS, Query
from trustboard.written_days import written

#: The page that shows one measured table by itself.
CHART_PAGE: Final = "chart"

Pair = tuple[str, str]
Pairs = list[Pair]


def query_pairs(query: Query) -> Pairs:
    """Write a question as the parameters that the API reads; nothing for what is left open."""
    pairs = [("by", one) for one in query.by]
    if query.from_ is not None:
        pairs.append(("from", written(query.from_)))
    if query.to is not None:
        pairs.append(("to", written(query.to, last=True)))
    for column, ids in query.filters:
        for one in ids:
            pairs.append((column, one) if column in FILTERS else ("where", f"{column}={one}"))
    if query.unit != "complaint":
        pairs.append(("unit", query.unit))
    if query.rest:
        pairs.append(("rest", query.rest))
    return pairs


@lru_cache(maxsize=256)  # every link of a block asks the same
def query_text(query: Query) -> str:
    """Write a question as the query of an address, encoded; empty where everything is asked."""
    return pairs_text(query_pairs(query))


def pairs_text(pairs: Iterable[Pair]) -> str:
    """Encode parameters for the query of an address."""
    return "&".join(_pair_text(*pair) for pair in pairs)


@lru_cache(maxsize=4096)  # the addresses of a page differ in few of their parameters
def _pair_text(name: str, value: str) -> str:
    return urlencode([(name, value)])


def view_path(
    city: CityData, indicator: str, query: Query, *, pinned: bool = True, form: Iterable[Pair] = ()
) -> str:
    """Give the address of the page with exactly this table, as seen from the site's root.

    `pinned` keeps it to these data and this rule; without, it shows the newest. `form` names what
    is drawn of the table, where that is not the chart that follows from the question.
    """
    shown = pairs_text([("city", city.slug), ("indicator", indicator)])
    pin = pairs_text([("pin", pin_of(city))] if pinned else [])
    parts = (shown, query_text(query), pairs_text(form), pin)
    return f"{CHART_PAGE}?{'&'.join(filter(None, parts))}"
