"""The sentence that compares one place with the rest of its city."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from typing import Any, Final

from trustboard.listing import together
from trustboard.tidy import Measured, Row, lines_of
from trustboard.wording.numbers import interval, rate, share, value_text, whole

#: Words come after numbers.
_NO_NUMBER: Final = 10**9
_WHERE: Final = ("areas", "events", "residents")
#: The measures without which nothing is said of where outreach goes.
WHERE: Final = frozenset(_WHERE)


def all_places(word: str, words: str, *, listed: bool) -> tuple[str, str]:
    """Say what a page about every place shows: title and standfirst."""
    said = f"Choose a {word} to read all about it, or read how they differ."
    if not listed:
        said = (
            f"No list of {words} is published that tells how many people live where; these are the "
            "ones that rows name. Choose one to compare its shares with the rest. Rates cannot be."
        )
    return f"Every {word}", said


def place_answer(row: Mapping[str, Any] | None, *, name: str, places: int, unit: str) -> str:
    """Say how one place compares; only beyond chance is it called higher or lower.

    `unit` is what was counted.
    """
    if row is None:
        return no_rate_answer([name])
    counted = (
        f"It had {whole(row['observed'])} {unit}, {rate(row['ratio'])} times the "
        f"{whole(row['expected'])} expected at the rate of the rest."
    )
    if row["standing"] == "within":
        return f"{name}: Not clearly. {counted} That is within the range expected of places here."
    word = "more" if row["standing"] == "higher" else "fewer"
    return (
        f"{name}: {word} than the range expected among {places} places. {counted} "
        "This cannot show why."
    )


def within_answer(rows: Sequence[tuple[str, Mapping[str, Any]]], *, unit: str) -> str:
    """Say of several places together, each with its name, that chance alone could explain them.

    `unit` is what was counted.
    """
    counted = [
        f"{name} had {whole(row['observed'])}, {rate(row['ratio'])} times the "
        f"{whole(row['expected'])} expected"
        for name, row in rows
    ]
    return (
        f"Not clearly. Of {unit}, {'; '.join(counted)} at the rate of the rest. "
        "Each is within the range expected of places here."
    )


def no_rate_answer(names: Sequence[str]) -> str:
    """Say of some places together that their rates cannot be told."""
    each = "each has" if len(names) > 1 else "it has"
    return (
        f"Cannot tell for {together(names)}: {each} too few residents, or an unreliable number of "
        "them, so no rate can be given."
    )


def places_answer(standings: Sequence[str]) -> str:
    """Say how many places lie outside what chance allows, naming none of them."""
    if not standings:
        return "Cannot tell: no two places have a reliable number of residents."
    higher, lower = standings.count("higher"), standings.count("lower")
    outside = f"{higher} above and {lower} below" if higher + lower else "none outside"
    return (
        f"Of {len(standings)} places, {outside} the range expected of places in this city. "
        "This cannot show why."
    )


def beside_answer(rows: Mapping[str, Row], *, kind: str, unit: str) -> str:
    """Say one number for each of several places and the rest, each with its range.

    `rows` maps a printed name to its `value`, `lower`, `upper`, `n`, `exposure` and `state`.
    """
    said = [f"{name} {beside_cell(row, kind=kind)}" for name, row in rows.items()]
    return f"{unit}: {'; '.join(said)}."


def beside_cell(row: Row, *, kind: str) -> str:
    """Write one place's number with its range, or its raw count where it is too small."""
    if row["state"] == "too_few":
        of = f" of {whole(row['exposure'])}" if kind == "share" else " counted"
        return f"too few to tell ({whole(row['n'])}{of})"
    if row["state"] in ("not_published", "immature"):
        return "cannot tell yet" if row["state"] == "immature" else "not published"
    limits = interval(kind, row["lower"], row["upper"])
    return f"{value_text(kind, row['value'])} ({limits})"


def times_answer(tests: Mapping[str, Any], *, what: str, rest: str) -> str:
    """Say how many times the rate of the rest each place's own is, each with its range.

    It calls none higher or lower: whether places differ by more than chance is for the funnel.
    """
    said = [
        f"{name} {rate(test.ratio)} times ({rate(test.lower)} to {rate(test.upper)})"
        for name, test in tests.items()
    ]
    return f"{what}, against {rest}: {', '.join(said)}."


def where_answer(measured: Measured) -> str:
    """Say whether outreach goes where complaints come from, shares first, then ranks."""
    return where_said(lines_of(measured))


def where_said(lines: Sequence[Row]) -> str:
    """Say the same from the rows of one period, one for each measure."""
    rows = {row["measure"]: row for row in lines}
    areas, events, residents = (rows[one] for one in _WHERE)
    limits = interval("share", events["lower"], events["upper"])
    said = (
        f"The {whole(areas['n'])} of {whole(areas['exposure'])} areas that together hold half of "
        f"the complaints had {share(events['value'])} ({limits}) of the events; "
        f"{share(residents['value'])} of residents live there."
    )
    ranks = rows.get("rank_agreement")
    if ranks is None or ranks["state"] != "ok":
        return said
    ends = f"{rate(ranks['lower'])} to {rate(ranks['upper'])}"
    return f"{said} Ranks agree by {rate(ranks['value'])} ({ends}), where 1 is full agreement."


def by_name(name: str) -> tuple[tuple[int, str], ...]:
    """Sort names of places by their words, and by the size of the numbers in them."""
    parts = re.findall(r"[0-9]+|[^0-9]+", name)
    return tuple((int(one), "") if one.isdecimal() else (_NO_NUMBER, one) for one in parts)
