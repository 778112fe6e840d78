"""Does outreach go where complaints come from?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trustboard import groups as grouping
from trustboard.cubes import tally_of
from trustboard.indicator import Indicator
from trustboard.indicators.complaints_received import INDICATOR as COMPLAINTS
from trustboard.indicators.outreach_events import INDICATOR as EVENTS
from trustboard.periods import Calendar, calendar
from trustboard.provenance import measured
from trustboard.query import check_value
from trustboard.rows import NotPublishedError
from trustboard.statistics import fewest_with_half, proportion, show_proportion, spearman
from trustboard.tallies import Tally, how_many, per_word

if TYPE_CHECKING:
    from trustboard.citydata import CityData
    from trustboard.query import Query
    from trustboard.tidy import Measured

#: With fewer areas than this, ranks say nothing (docs/methods.md section 5).
_FEWEST_AREAS: Final = 12
MEASURES: Final = {
    "areas": "Areas that hold half of the complaints",
    "complaints": "Complaints in those areas",
    "events": "Events in those areas",
    "residents": "Residents of those areas",
    "rank_agreement": "Agreement of ranks, events with complaints (-1 to 1)",
}


def _measure(city: CityData, query: Query) -> Measured:
    periods, areas = _calendar(city, query), grouping.areas_of(city)
    wanted = query.kept("measure") or tuple(MEASURES)
    check_value(INDICATOR, "measure", ids=wanted, known=list(MEASURES))
    complaints, events = (
        tally_of(city, one, "complaint", columns=["place"], periods=periods)
        for one in (COMPLAINTS, EVENTS)
    )
    grouping.require(complaints, ["place"], table="complaints")
    grouping.require(events, ["place"], table="outreach")
    people = city.places.get("population", pd.Series(dtype="float64")).reindex(areas)
    found, named = [], []
    for row, period in enumerate(periods.table.itertuples()):
        per_area = [_per_area(tally, periods, row, areas) for tally in (complaints, events)]
        half = fewest_with_half(per_area[0])
        lines: dict[str, dict[str, object]] = {one: {} for one in MEASURES}
        if period.state != "not_published":
            lines = _compare(*per_area, people=people, half=half)
        for one, numbers in ((name, lines[name]) for name in MEASURES if name in wanted):
            state = period.state if period.state == "not_published" else None
            state = state or numbers.pop("doubt", "") or period.state
            found.append({"period": period.period, "measure": one, **numbers, "state": state})
        names = grouping.names_of(city, "place", half)
        named.append(f"Half of the complaints ({period.period}): {', '.join(names.values())}.")
    table = pd.DataFrame(found, columns=_COLUMNS)
    return measured(
        city,
        INDICATOR,
        query,
        table=table,
        groups=("measure",),
        period=periods.kind,
        kind="share",
        caveats=(*named, *_unplaced(complaints, events, periods, areas)),
        names={"measure": MEASURES},
    )


_COLUMNS: Final = ["period", "measure", "value", "lower", "upper", "n", "exposure", "state"]


def _calendar(city: CityData, query: Query) -> Calendar:
    """Lay out the time that both tables cover."""
    spans = [city.tables[name].spec.coverage for name in ("complaints", "outreach")]
    known = [span for span in spans if span is not None]
    first, last = max(s.from_ for s in known), min(s.to for s in known)
    if first > last:
        raise NotPublishedError("complaints and events are not published for the same time")
    months = max(s.settles_after_months for s in known)
    both = known[0].model_copy(update={"from_": first, "to": last, "settles_after_months": months})
    return calendar(query, kind=query.period(INDICATOR), coverage=both, only_covered=True)


def _per_area(tally: Tally, periods: Calendar, row: int, areas: list[str]) -> pd.Series:
    counts = per_word(tally.frame[_places(tally, periods) == row], "place")
    return pd.Series(counts, dtype="int64").reindex(areas, fill_value=0)


def _places(tally: Tally, periods: Calendar) -> NDArray[np.int64]:
    """Say in which period each row lies; -1 for none or an unknown day."""
    places: NDArray[np.int64] = periods.place_rows(tally.days)[tally.day]
    return places


def _compare(
    complaints: pd.Series, events: pd.Series, *, people: pd.Series, half: list[str]
) -> dict[str, dict[str, object]]:
    """Work out each measure of one period; shares are of what could be placed in an area."""
    lines: dict[str, dict[str, object]] = {"areas": _share(len(half), len(complaints))}
    lines["complaints"] = _share(complaints[half].sum(), complaints.sum())
    n, total = float(events[half].sum()), float(events.sum())
    found = proportion(n, total)
    lines["events"] = _share(n, total) | {"lower": found.lower, "upper": found.upper}
    if not complaints.sum() or not show_proportion(n, total, found):
        lines["events"] |= {**_NOTHING, "doubt": "too_few"}
    lines["residents"] = _share(people[half].sum(skipna=False), people.sum(skipna=False))
    ranks = spearman(events, complaints)
    lines["rank_agreement"] = {
        "value": ranks.estimate,
        "lower": ranks.lower,
        "upper": ranks.upper,
        "n": float(len(complaints)),
    }
    if len(complaints) < _FEWEST_AREAS or np.isnan(ranks.estimate):
        lines["rank_agreement"] |= {**_NOTHING, "doubt": "too_few"}
    if not complaints.sum():
        for one in ("areas", "complaints", "residents"):
            lines[one] |= {"value": np.nan, "doubt": "too_few"}
    return lines


_NOTHING: Final = {"value": np.nan, "lower": np.nan, "upper": np.nan}


def _share(n: float, of: float) -> dict[str, object]:
    return {"value": float(n) / float(of) if of else np.nan, "n": float(n), "exposure": float(of)}


def _unplaced(complaints: Tally, events: Tally, periods: Calendar, areas: list[str]) -> list[str]:
    """Say how many complaints and events are in no area."""
    counts = []
    for tally in (complaints, events):
        inside = tally.frame[_places(tally, periods) >= 0]
        counts.append(how_many(inside[~inside["place"].isin(areas)]))
    return [f"{counts[0]:,} complaints and {counts[1]:,} events are in no area and are left out."]


INDICATOR = Indicator(
    id="outreach-where-complaints",
    title="Outreach where complaints come from",
    question="Does outreach go where complaints come from?",
    topic="outreach",
    kind="custom",
    unit="share",
    denominator="all areas, or all complaints, events or residents that are in one",
    table="outreach",
    needs=(
        "outreach",
        "outreach.held_on",
        "outreach.place_id",
        "complaints",
        "complaints.filed_on",
        "places",
    ),
    by=(),
    lines=("measure",),
    line_rows=(("complaints", COMPLAINTS.id), ("events", EVENTS.id)),
    method=(
        "The fewest areas that together hold half of the complaints; the share of events held "
        "there (Wilson's range) beside the share of residents who live there. Second: Spearman's "
        "rank correlation of the two counts (Bonett-Wright range), from 12 areas on. Counts, never "
        "rates: dividing both by residents makes them agree by itself."
    ),
    caveats=(
        "That two things are found in the same places does not say that one led to the other.",
    ),
    missing_sentence="complaints and outreach events with their places are not both published",
    custom=_measure,
    periods=("all", "year"),
)
