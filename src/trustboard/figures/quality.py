"""Faults of data drawn: how many of each kind, and how a share of rows develops over the years.

Takes the tables of `trustboard.quality.model.COLUMNS`; draws nothing that is not in them.
"""

from __future__ import annotations

from collections.abc import Callable
from types import MappingProxyType
from typing import Final

import pandas as pd
import plotly.graph_objects as go

from trustboard import theme
from trustboard.figures.by_group import bars_by_group
from trustboard.figures.frame import label_text
from trustboard.figures.over_time import lines_over_time, small_multiples
from trustboard.tidy import NUMBERS, Measured
from trustboard.wording.numbers import whole
from trustboard.wording.periods import date_text, span
from trustboard.wording.quality_words import check_word, field_word

#: More panels or bars than this are no longer read; the table has them all.
MOST_PANELS: Final = 12
MOST_BARS: Final = 14
#: A share that never reaches this is told by its count: drawn over years it is only noise.
NOTICEABLE: Final = 0.01
FEWEST: Final = 10
_ROW: Final = 40  # pixels per row of printed and counted totals
_UNKNOWN: Final = ("blank", "said_unknown", "on_no_list")


def quality_figure(part: str, table: pd.DataFrame) -> go.Figure | None:
    """Draw one part's table, or give None where there is nothing that a chart would show."""
    draw = _FIGURES.get(part)
    return None if draw is None or table.empty else draw(table)


def _reasons(table: pd.DataFrame) -> go.Figure | None:
    """Draw the rows of each reason, whatever the table or the column they stand in."""
    rows = table.groupby("check", sort=False)["rows"].sum().sort_values(ascending=False)
    labels = [check_word(str(check)) for check in rows.index]
    return bars_by_group(_measured(labels, rows, unit="rows"))


def _repeats(table: pd.DataFrame) -> go.Figure | None:
    """Draw the rows of each table both ways: with its possible duplicates and without them."""
    chosen = table[table["possible"] > 0]
    if chosen.empty:
        return None
    labels, values = [], []
    for one in chosen.itertuples():
        name = str(one.table).capitalize()
        labels += [f"{name}, with them", f"{name}, without"]
        values += [one.kept, one.without]
    return bars_by_group(_measured(labels, pd.Series(values), unit="rows"))


def _blanks(table: pd.DataFrame) -> go.Figure | None:
    """Draw a panel per field that is noticeably blank in some year, the worst of all first."""
    yearly = _yearly(table, of="rows")
    worst = yearly.groupby(["table", "field"], sort=False)["share"].max()
    chosen = worst[worst >= NOTICEABLE].sort_values(ascending=False).head(MOST_PANELS)
    if chosen.empty or yearly.dropna(subset="share")["period"].nunique() < 2:
        return None
    named = yearly.set_index(["table", "field"])
    parts = [
        named.loc[[key]].assign(what=f"{field_word(str(key[1]))} ({key[0]})")
        for key in chosen.index
    ]
    joined = pd.concat(parts)
    shown = _over_years(joined["what"], joined, n="blank", of="rows")
    return small_multiples(shown, columns=min(2, len(parts)))


def _unmatched(table: pd.DataFrame) -> go.Figure | None:
    """Draw shares by year where one is noticeable, else how many there are of each kind."""
    yearly = _yearly(table, of="of")
    worst = yearly.groupby("check")["share"].max()
    chosen = yearly[yearly["check"].isin(worst.index[worst >= NOTICEABLE])]
    if chosen.empty:
        total = table[table["period"] == "all"]
        return _reasons(total) if total["rows"].any() else None
    names = chosen["check"].map(check_word)
    return _fine(lines_over_time(_over_years(names, chosen, n="rows", of="of")), chosen["share"])


def _places(table: pd.DataFrame) -> go.Figure | None:
    """Draw, per table, the share of rows whose place is not known."""
    chosen = table[table["state"].isin(_UNKNOWN) & table["period"].map(span).notna()]
    keys = ["table", "period"]
    rows = chosen.groupby(keys, sort=False).agg({"rows": "sum", "of": "first"}).reset_index()
    rows = _yearly(rows.assign(share=rows["rows"] / rows["of"]), of="of")
    known = rows["share"].dropna()
    if len(known) < 2 or known.max() < NOTICEABLE:
        return None
    names = rows["table"].str.capitalize()
    return _fine(lines_over_time(_over_years(names, rows, n="rows", of="of")), rows["share"])


def _yearly(table: pd.DataFrame, *, of: str) -> pd.DataFrame:
    """Keep the years; a share of fewer than ten rows is left out of the line, not of the table."""
    rows = table[table["period"].map(span).notna()]
    return rows.assign(share=rows["share"].where(rows[of] >= FEWEST))


def _fine(figure: go.Figure, shares: pd.Series) -> go.Figure:
    """Write small shares with a decimal, so that no two marks of the axis read the same."""
    if shares.max() < 0.05:
        figure.update_yaxes(tickformat=".1%")
    return figure


def delay_figure(table: pd.DataFrame) -> go.Figure | None:
    """Draw one delay by year of filing: until half, and until nine in ten, had happened."""
    yearly = table[(table["period"] != "all") & table["median"].notna()]
    if len(yearly) < 2:
        return None
    half = yearly.assign(what="Half", value=yearly["median"])
    most = yearly.assign(what="Nine in ten", value=yearly["late"])
    rows = pd.concat([half, most]).replace(float("inf"), float("nan"))
    rows = rows[rows["what"].eq("Half") | rows["value"].notna()]
    told = rows.assign(lower=float("nan"), upper=float("nan"), n=rows["rows"], exposure=rows["of"])
    return lines_over_time(_as_measured(told, kind="days", unit="days", period="year"))


def _backfills(table: pd.DataFrame) -> go.Figure | None:
    """Draw the flagged days beside a usual one."""
    days = table[table["kind"] == "one_day"].sort_values("rows", ascending=False)
    if days.empty:
        return None
    chosen = days.head(MOST_BARS - 1).sort_values("on")
    labels = ["A usual day", *(date_text(day) for day in chosen["on"])]
    values = [float(chosen["usual"].iloc[0]), *chosen["rows"].astype(float)]
    return bars_by_group(_measured(labels, pd.Series(values), unit="complaints filed"))


def _totals(table: pd.DataFrame) -> go.Figure | None:
    """Draw printed and counted totals as two marks on one line per period."""
    names = [label_text(period) for period in table["period"]]
    height = 70 + _ROW * len(table)
    figure = go.Figure(layout=theme.layout(height=height, top=34, right=30))
    places = list(range(len(table)))
    for at, row in zip(places, table.itertuples(), strict=True):
        figure.add_shape(
            type="line", x0=row.printed, x1=row.rows, y0=at, y1=at, layer="below",
            line={"color": theme.RULE, "width": 4},
        )  # fmt: skip
    sides = (("Printed by the publisher", "printed", "diamond-open"), ("Rows", "rows", "circle"))
    for position, (label, column, symbol) in enumerate(sides):
        look = theme.stroke(position)
        figure.add_scatter(
            x=table[column],
            y=places,
            mode="markers",
            marker={"color": look.color, "symbol": symbol, "size": 11, "line": {"width": 2}},
            name=label_text(label),
            hovertext=[f"{label}: {whole(value)}" for value in table[column]],
            hoverinfo="text",
        )
    top = float(table[["printed", "rows"]].max(axis=None)) or 1.0
    ticks = {"tickvals": places, "ticktext": names, "range": [len(table) - 0.5, -0.5]}
    figure.update_xaxes(theme.value_axis(range=[0, top * 1.08], tickformat=",~r"))
    figure.update_yaxes(theme.axis(**ticks, showline=True, linecolor=theme.INK))
    figure.update_layout(showlegend=True, legend={"orientation": "h", "x": 0, "y": 1.02,
                                                  "yanchor": "bottom"})  # fmt: skip
    return figure


_FIGURES: Final[MappingProxyType[str, Callable[[pd.DataFrame], go.Figure | None]]] = (
    MappingProxyType(
        {
            "set-aside": _reasons,
            "duplicates": _repeats,
            "blanks": _blanks,
            "dates": _reasons,
            "unmatched": _unmatched,
            "places": _places,
            "backfills": _backfills,
            "totals": _totals,
        }
    )
)


def _over_years(names: pd.Series, table: pd.DataFrame, *, n: str, of: str) -> Measured:
    rows = table.assign(
        what=names,
        value=table["share"],
        lower=float("nan"),
        upper=float("nan"),
        n=table[n],
        exposure=table[of],
        state="ok",
    )
    return _as_measured(rows, kind="share", unit="of rows", period="year")


def _measured(labels: list[str], values: pd.Series, *, unit: str, kind: str = "count") -> Measured:
    rows = pd.DataFrame({"period": "all", "what": labels, "value": values.to_numpy(dtype=float)})
    rows = rows.assign(lower=float("nan"), upper=float("nan"), n=rows["value"], state="ok")
    return _as_measured(rows.assign(exposure=float("nan")), kind=kind, unit=unit, period="all")


def _as_measured(rows: pd.DataFrame, *, kind: str, unit: str, period: str) -> Measured:
    """Give rows the shape that every chart takes; `what` names the group as it is printed."""
    columns = ["period", "what", *NUMBERS, "state"]
    return Measured(
        table=rows[columns].astype(dict.fromkeys(NUMBERS, "float64")).reset_index(drop=True),
        indicator="quality",
        title="",
        question="",
        kind=kind,
        unit=unit,
        by=(period,) if period != "all" else (),
        groups=("what",),
        period=period,
        names={"what": {name: name for name in rows["what"].unique()}},
    )
