"""What did reports and articles print, over time?"""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

import pandas as pd

from trustboard.indicator import Indicator
from trustboard.provenance import measured
from trustboard.query import check_value

if TYPE_CHECKING:
    from trustboard.citydata import CityData
    from trustboard.query import Query
    from trustboard.tidy import Measured

_EXTRA: Final = (
    "figure_id",
    "topic",
    "measure",
    "value_as_published",
    "unit",
    "period_from",
    "period_to",
    "place_as_printed",
    "publisher",
    "title",
    "url",
    "published_on",
    "certainty",
    "note",
)


def _measure(city: CityData, query: Query) -> Measured:
    figures = _figures(city)
    for column, ids in query.filters:
        known = sorted(set(figures[column].dropna()))
        check_value(INDICATOR, column, ids=ids, known=known)
        figures = figures[figures[column].isin(ids)]
    if query.from_:
        figures = figures[figures["period_to"] >= pd.Timestamp(query.from_)]
    if query.to:
        figures = figures[figures["period_from"] <= pd.Timestamp(query.to)]
    order = ["series", "period_from", "period", "publisher", "figure_id"]
    figures = figures.sort_values(order, na_position="last", ignore_index=True)
    units = list(dict.fromkeys(figures["unit"].dropna()))
    return measured(
        city,
        INDICATOR,
        query,
        table=figures,
        groups=("series",),
        period="all",
        kind="figure",
        extra=_EXTRA,
        unit=units[0] if len(units) == 1 else "",
        caveats=_conflicts(figures),
        sources=_cited(figures) if query.filters else (),
        names={"series": _names(figures)},
    )


def _figures(city: CityData) -> pd.DataFrame:
    """Give all printed figures; one in no series stands alone under its own id."""
    frame = city.tables["figures"].frame
    figures = frame.rename(columns={"place": "place_as_printed"})
    for column in ("series", "period", *_EXTRA):
        if column not in figures:
            figures[column] = pd.NaT if column.startswith("period_") else pd.Series(dtype="str")
    figures["series"] = figures["series"].fillna(figures["figure_id"])
    figures["period"] = figures["period"].fillna("not stated")
    return figures.assign(
        lower=float("nan"), upper=float("nan"), n=float("nan"), exposure=float("nan"), state="ok"
    )


def _names(figures: pd.DataFrame) -> dict[str, str]:
    """Print a series by what its figures measure."""
    words = figures["measure"].fillna(figures["series"])
    return dict(zip(figures["series"], words, strict=True))


def _conflicts(figures: pd.DataFrame) -> list[str]:
    """Name the periods for which sources print different numbers, without choosing one."""
    said = []
    same = [figures["series"], figures["period"], figures["place_as_printed"].fillna("")]
    for (_, period, _), group in figures.groupby(same, sort=False):
        if group["value"].nunique() > 1:
            printed = group["value_as_published"].fillna(group["value"].map("{:g}".format))
            pairs = zip(printed, group["publisher"].fillna("source not named"), strict=True)
            numbers = "; ".join(f"{value} ({publisher})" for value, publisher in pairs)
            said.append(
                f"Sources differ for {period}: {numbers}. All are shown; none is preferred."
            )
    return said


def _cited(figures: pd.DataFrame) -> list[str]:
    lines = figures[["publisher", "title"]].drop_duplicates().fillna("")
    pairs = zip(lines["publisher"], lines["title"], strict=True)
    return [", ".join(word for word in pair if word) for pair in pairs]


INDICATOR = Indicator(
    id="published-figure",
    title="Published figures",
    question="What do reports and articles say?",
    topic="figures",
    kind="custom",
    unit="as published",
    denominator="",
    table="figures",
    needs=("figures",),
    by=("series", "figure_id", "topic"),
    method=(
        "Numbers exactly as they were printed, each with its source. Nothing is added up, "
        "corrected or given a range; where sources differ, all are shown side by side."
    ),
    caveats=("How a printed figure was counted is often not stated.",),
    missing_sentence="no published figures have been collected",
    custom=_measure,
    periods=("all",),
)
