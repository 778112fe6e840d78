"""How long have the complaints that are still open been waiting?"""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, Final

import numpy as np
import pandas as pd

from trustboard.counting import count_columns, doubts
from trustboard.indicator import Indicator, Unit
from trustboard.no_rows import why_none
from trustboard.provenance import measured
from trustboard.rows import NotPublishedError, complaint_rows
from trustboard.selecting import select

if TYPE_CHECKING:
    from trustboard.citydata import CityData
    from trustboard.query import Query
    from trustboard.tidy import Measured

#: Age band -> how it is printed. The last day of each band is in `_LAST_DAYS`.
BANDS: Final = MappingProxyType(
    {
        "0-90": "Up to 90 days",
        "91-180": "91 to 180 days",
        "181-365": "181 to 365 days",
        "366-730": "1 to 2 years",
        "over-730": "Over 2 years",
    }
)
_LAST_DAYS: Final = (90, 180, 365, 730)


def _rows(city: CityData, unit: Unit) -> pd.DataFrame:
    rows = complaint_rows(city, unit)
    if len(rows) and not rows["is_open"].notna().any():
        raise NotPublishedError(
            "whether a complaint is still open is not published", missing=("complaints.status",)
        )
    rows = rows[rows["is_open"].fillna(False).astype(bool)]
    coverage = city.tables["complaints"].spec.coverage
    data_date = pd.Timestamp(coverage.to if coverage else city.as_of)
    days = (data_date - rows["on"]).dt.days
    band = np.array(list(BANDS))[
        np.searchsorted(_LAST_DAYS, days.to_numpy(dtype="float64")).clip(0, 4)
    ]
    return rows.assign(age=pd.Series(band, index=rows.index, dtype="str"), counted=days.notna())


def _measure(city: CityData, query: Query) -> Measured:
    chosen = select(city, INDICATOR, query)
    table = count_columns(chosen, parts="age")
    outside = np.asarray(table["state"], dtype=object) == "not_published"
    table |= {name: np.where(outside, np.nan, table[name]) for name in ("n", "exposure")}
    nothing = np.full(len(outside), np.nan)
    table |= {"value": table["n"], "lower": nothing, "upper": nothing}
    undated = chosen.how_many(~chosen.flags("counted"))
    caveats = [f"Open, filed on an unknown day: {undated:,} more."]
    return measured(
        city,
        INDICATOR,
        query,
        table=table,
        groups=chosen.groups,
        period=chosen.calendar.kind,
        kind="count",
        caveats=(*(caveats if undated else ()), *doubts(chosen, query)),
        names={"age": dict(BANDS)},
        no_rows=why_none(city, INDICATOR, query, chosen),
    )


INDICATOR = Indicator(
    id="open-case-age",
    title="Age of open complaints",
    question="How long have the open complaints been waiting?",
    topic="outcomes",
    kind="custom",
    unit="open complaints",
    denominator="all open complaints of the same group",
    table="complaints",
    needs=("complaints", "complaints.filed_on"),
    by=("age", "place", "district", "category", "filed_by"),
    method=(
        "Complaints that were open at the date of the data, by days since they were filed. A "
        "plain count at one date: no range applies."
    ),
    caveats=("Old cases may wait for a court or another agency; the rows do not say why.",),
    missing_sentence="complaints are not published one by one",
    rows=_rows,
    custom=_measure,
    parts="age",
    part_ids=tuple(BANDS),
    periods=("all",),
    needs_open_cases=True,
)
