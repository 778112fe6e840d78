"""What does it cost to change the filters of the heaviest page: by clicks, and by an address?"""

from __future__ import annotations

import json
import random
import urllib.request
from collections.abc import Iterator
from statistics import median
from typing import Any, Final

from load_client import Plan, load
from scenarios import HEAVIEST, Finding, checked, click_ms, filters
from servers import Server

from trustboard.view import View
from trustboard.view.address import address

#: What a reader chooses one after the other in the open panel, and seconds of reading in between.
CHAIN: Final = ("category", "finding", "filed_by")
READING: Final = 5.0
BUDGET: Final = 0.25


def filter_changes(
    stock: Server, ours: Server, *, city: str, rounds: int, clicks: int
) -> list[Finding]:
    """How much does a change of filters cost, compared with a click on an empty stock page?

    Clicks are what readers do on a page: choose a neighborhood, or one filter after another in the
    open panel. An address changes several at once, as a link in an article does.
    """
    checked(load(Plan(ours.url, HEAVIEST, (f"city={city}",), clicks=1)))
    ours.at_rest()
    place = _neighborhoods(stock, ours, city=city, rounds=rounds, clicks=clicks)
    chain = _one_after_another(stock, ours, city=city, rounds=rounds)
    again, new = _addresses(stock, ours, city=city, rounds=rounds, clicks=clicks)
    opened = _opened(stock, ours, city=city, rounds=rounds)
    what, pause = f"{HEAVIEST.capitalize()}, {city}", f"a choice each {READING:g} s"
    return [
        Finding(f"{what}: filters asked for before", again, BUDGET),
        Finding(f"{what}: a neighborhood that nobody chose before", place, BUDGET),
        Finding(f"{what}: one filter after another, {pause}, none made before", chain, BUDGET),
        Finding(f"{what}: an address with several filters that nobody came near", new),
        Finding(f"{what}: the same, opened anew ÷ an empty stock page opened anew", opened),
    ]


def _neighborhoods(stock: Server, ours: Server, *, city: str, rounds: int, clicks: int) -> float:
    """Choose neighborhoods that nobody chose, on a page that somebody looks at for long enough."""
    places, ratios = groups_of(ours, city, "place"), []
    for turn in range(rounds):
        base = click_ms(Plan(stock.url, clicks=clicks))
        chosen = tuple(f"city={city}&place={place}" for place in places[turn::rounds])
        ratios.append(click_ms(Plan(ours.url, HEAVIEST, chosen, clicks=len(chosen))) / base)
    return median(ratios)


def _one_after_another(stock: Server, ours: Server, *, city: str, rounds: int) -> float:
    """Choose filters in the open panel, each a few seconds after the one before.

    Between the choices that one reader adds to each other nobody else comes, and none of the
    choices that come second or third was made before. The empty page is clicked after the same
    pauses: a processor that has rested is slower at first.
    """
    ratios = []
    for chain in _chains(ours, city, number=rounds * 2):
        base = click_ms(Plan(stock.url, clicks=len(chain), think=READING))
        queries = tuple(address(view, city=city) for view in (View(), View(), *chain))
        plan = Plan(ours.url, HEAVIEST, queries, clicks=len(chain), think=READING, panel=True)
        ratios += [one.ms / base for one in checked(load(plan)).clicks]
    return median(ratios)


def _chains(ours: Server, city: str, *, number: int) -> Iterator[list[View]]:
    """Give rows of views that each add one choice to the one before, in an order by chance."""
    dice = random.Random(5)  # noqa: S311 - choices, not secrets
    offered = {group: groups_of(ours, city, group) for group in CHAIN}
    made: set[View] = set()
    while number:
        chosen: dict[str, Any] = {}
        chain = []
        for group in dice.sample(CHAIN, k=len(CHAIN)):
            chosen[group] = (dice.choice(offered[group]),)
            chain.append(View(**chosen))
        if made.isdisjoint(chain[1:]):
            made.update(chain)
            number -= 1
            yield chain


def _addresses(
    stock: Server, ours: Server, *, city: str, rounds: int, clicks: int
) -> tuple[float, float]:
    """Change several filters at once by other addresses; then ask for the same again."""
    new, again = [], []
    for turn in range(rounds):
        ours.at_rest()
        base = click_ms(Plan(stock.url, clicks=clicks))
        queries = tuple(filters(city, number=clicks + 2, seed=turn * 131))
        plan = Plan(ours.url, HEAVIEST, queries, clicks=clicks)
        new.append(click_ms(plan) / base)
        again.append(click_ms(plan) / base)
    return median(again), median(new)


def _opened(stock: Server, ours: Server, *, city: str, rounds: int) -> float:
    """Come for the first time, by a link with several filters that nobody came near."""
    ratios = []
    for turn in range(rounds):
        ours.at_rest()
        fresh = filters(city, number=8, seed=17 + turn * 137)
        base = median(_first_ms(stock.url, "", "") for _ in fresh)
        ratios.append(median(_first_ms(ours.url, HEAVIEST, one) for one in fresh) / base)
    return median(ratios)


def _first_ms(url: str, page: str, query: str) -> float:
    return checked(load(Plan(url, page, (query,), clicks=1))).first[0].ms


def groups_of(ours: Server, city: str, group: str) -> list[str]:
    """List the ids that a reader can choose of a group: those complaints have, by the API."""
    asked = (
        f"{ours.url}/api/v1/{city}/measures/complaints-received?by={group}&format=json&limit=500"
    )
    with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310 - our own server
        rows = json.load(answer)["rows"]
    return sorted({row[group] for row in rows} - {"", "unknown"})
