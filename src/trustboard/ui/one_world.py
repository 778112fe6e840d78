"""How often the rule calls a promise kept, by what is true: one kind of invented months, one chart.

It stands on the method page, on a page of its own, and in a frame on somebody else's.
"""

from __future__ import annotations

from typing import Final

import streamlit as st

from trustboard import METHOD_VERSION
from trustboard.citydata import CityData
from trustboard.exports.rightness import INVENTED, right_table
from trustboard.figures import share_by_truth
from trustboard.ui.chart_block import chart
from trustboard.ui.escape import shorten, text
from trustboard.ui.frame import embedded, headline, html
from trustboard.ui.framed import foot_html
from trustboard.ui.replay import replayed
from trustboard.ui.take_method import method_foot, method_name, take_method
from trustboard.verdict_states import Verdict, VerdictState
from trustboard.view import only
from trustboard.wording import share, verdict_word

#: Kind of months in the simulation → what a reader needs to know of it.
WORLDS: Final = {
    "alike": "Where months are independent of each other",
    "persistent": "Where each month resembles the one before and scatters more than chance",
}
#: The change that the invented official of the simulation promised.
_PROMISED: Final = -0.20
_KEPT: Final = VerdictState.KEPT


def show_one_world(city: CityData) -> None:
    """Show the chart that the address names by `method`, whole or as a frame shows it."""
    months = only(st.query_params.get_all("method"))
    kicker = f"Method {METHOD_VERSION}"
    if months not in WORLDS:
        headline("There is no such chart", "No other is shown in its place.", kicker=kicker)
        asked = f"The address asked for “{shorten(months, longest=40)}”. " if months else ""
        known = " or ".join(f"<code>method={one}</code>" for one in WORLDS)
        html(f'<p class="tb-note" role="status">{text(asked)}There is {known}.</p>')
    elif embedded():
        replayed("framed method", city, months, draw=lambda: _framed(city, months))
    else:
        headline(WORLDS[months], INVENTED, kicker=kicker)
        replayed("method", city, months, draw=lambda: show_world(city, months))


def show_world(city: CityData, months: str) -> None:
    """Show the chart of one kind of months, and how to take it away."""
    html(f'<p class="tb-unit">How often {text(_promise())}, in %</p>')
    drawn = _draw(months)
    html(take_method(city, months, said=_KEPT.value, title=_title(months), drawn=drawn))


def _framed(city: CityData, months: str) -> None:
    html(f"<h1>{text(_title(months))}</h1>")
    _draw(months)
    html(foot_html(method_foot(city)))


def _promise() -> str:
    kept = verdict_word(Verdict(_KEPT))
    return f"a promise of {share(-_PROMISED)} fewer complaints is called “{kept}”"


def _title(months: str) -> str:
    return f"{WORLDS[months]}: how often {_promise()}, in %"


def _draw(months: str) -> int:
    """Draw one kind of months; give the height in pixels."""
    chosen = {"months": months, "reading": "deadline", "said": _KEPT.value}
    rows = right_table(chosen).rename(columns={"share": "value"})
    unchanged = rows[rows["true_change"] == 0]["value"]
    alt = (
        f"{WORLDS[months]}: how often {_promise()}. When nothing changed: "
        f"{share(unchanged.min())} to {share(unchanged.max())}. The tables of the method page have "
        "every number."
    )
    figure = share_by_truth(rows, promised=_PROMISED, said=verdict_word(Verdict(_KEPT)))
    chart(figure, alt=alt, name=method_name(months))
    return int(figure.layout.height)
