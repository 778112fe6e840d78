"""The rows that indicators count: complaints, allegations and held events, with their groups."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from trustboard import terms

if TYPE_CHECKING:
    from trustboard.citydata import CityData
    from trustboard.indicator import Unit


class NotPublishedError(Exception):
    """What an indicator needs is not in the published rows; the message says what, in words."""

    def __init__(self, why: str, *, missing: tuple[str, ...] = ()) -> None:
        super().__init__(why)
        self.why = why
        self.missing = missing


def complaint_rows(city: CityData, unit: Unit = "complaint") -> pd.DataFrame:
    """Give one row per complaint, or per allegation, by filing day (`on`) and group.

    All other columns of `CityData.cases` ride along; `repeated` marks possible duplicates.
    """
    if unit == "allegation" and not city.has("outcomes"):
        raise NotPublishedError("allegations are not published one by one", missing=("outcomes",))
    frame = city.allegations if unit == "allegation" else city.cases
    rows = frame.rename(columns={"place_id": "place", "district_id": "district"})
    rows["on"] = rows["filed_on"]
    if "finding" not in rows:
        rows["finding"] = pd.Series(pd.NA, index=rows.index, dtype="str")
    return _located(rows, city)


def event_rows(city: CityData) -> pd.DataFrame:
    """Give one row per outreach event that was held, by day, place, district and kind."""
    events = city.frame("outreach")
    if events is None:
        raise NotPublishedError("outreach events are not published", missing=("outreach",))
    kinds = events["event_kind"]
    held = events["event_status"].eq("held") & ~kinds.isin(list(terms.NOT_OUTREACH))
    rows = events[held].rename(columns={"place_id": "place", "district_id": "district"})
    rows["on"] = rows["held_on"]
    rows["precision"] = "day"
    if "date_precision" in rows:
        rows["precision"] = rows["date_precision"].fillna("day")
    rows = _located(rows, city)
    if "citywide" in rows:
        everywhere = rows["citywide"].astype("boolean").fillna(False) & rows["place"].isna()
        rows.loc[everywhere, ["place", "district"]] = terms.CITYWIDE
    return rows


def _located(rows: pd.DataFrame, city: CityData) -> pd.DataFrame:
    """Fill the district from the place; where districts are the places, either from the other."""
    for column in ("place", "district"):
        if column not in rows:
            rows[column] = pd.Series(pd.NA, index=rows.index, dtype="str")
    if city.city.places.level == "district":
        rows["place"] = rows["place"].fillna(rows["district"])
        rows["district"] = rows["district"].fillna(rows["place"])
        return rows
    if "district_id" in city.places:
        of_place = rows["place"].map(city.places["district_id"].dropna()).astype("str")
        rows["district"] = rows["district"].fillna(of_place)
    outside = rows["place"].eq(terms.OUTSIDE) & rows["district"].isna()
    rows.loc[outside, "district"] = terms.OUTSIDE
    return rows
