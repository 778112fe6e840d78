"""The printed figures that a test compares: as dots over time and as a list with sources."""

from __future__ import annotations

from trustboard.citydata import CityData
from trustboard.figures import Statement
from trustboard.figures.verdict import printed_change_figure
from trustboard.query import Query
from trustboard.tidy import Measured
from trustboard.ui import data
from trustboard.ui.chart_block import chart
from trustboard.ui.escape import text
from trustboard.ui.frame import html
from trustboard.ui.missing import show_figures
from trustboard.verdicts.model import AssessedTest


def show_printed(city: CityData, test: AssessedTest, mark: Statement, *, name: str = "") -> int:
    """Show the figures a test names, if it compares printed figures and the city has them.

    Gives the height in pixels of the chart that was drawn of them, 0 without one; `name` is that of
    a saved picture's file.
    """
    lists = ("before", "after", "claim", "against")
    wanted = [one for name in lists for one in getattr(test.test, name, ())]
    frame = city.frame("figures")
    if not wanted or frame is None:
        return 0
    rows = frame[frame["figure_id"].isin(wanted)]
    if rows.empty:
        return 0
    query = Query(filters=(("figure_id", tuple(rows["figure_id"])),))
    found = data.measured(city.slug, city.data_hash, "published-figure", query)
    drawn = 0
    if test.test.kind == "figure_change" and isinstance(found, Measured):
        unit = found.unit or "figures"
        html(f'<p class="tb-unit">{text(unit[:1].upper() + unit[1:])}, as printed</p>')
        figure = printed_change_figure(found, test, statements=(mark,))
        chart(figure, alt=f"{test.test.question} {test.sentence}", name=name)
        drawn = int(figure.layout["height"])
    show_figures(rows, caption="The printed figures compared")
    return drawn
