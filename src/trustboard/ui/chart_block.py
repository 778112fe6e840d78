"""One question as a heading, its answer, the chart, the table behind it, sources and limits.

What stands above the chart is one message to the browser, and what stands below it another: each
message costs every visitor, with every click.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Final

import plotly.graph_objects as go
import streamlit as st

from trustboard import theme
from trustboard.citydata import CityData
from trustboard.figures import Sketch, can_draw, sketch_of, unsettled_key
from trustboard.indicator import catalogue
from trustboard.query import Query, QueryError
from trustboard.tidy import CannotMeasure, Measured
from trustboard.ui import data
from trustboard.ui.escape import text, with_links
from trustboard.ui.frame import html
from trustboard.ui.framed import counting_changed, unit_line
from trustboard.ui.html_table import measured_table
from trustboard.ui.limits import MOST_TOLD, to_tell
from trustboard.ui.marks import promise_marks
from trustboard.ui.missing import why_missing
from trustboard.ui.refused import refused
from trustboard.ui.replay import replayed
from trustboard.ui.row_links import NO_LINKS, Linked, row_links
from trustboard.ui.take_away import figure_name, take_away
from trustboard.wording import answer

TABLE: Final = "Table behind the chart"
_NO_CHART: Final = "No chart fits this choice; the table has what there is."

Draw = Callable[[Measured], go.Figure | Sketch]


def chart_block(
    city: CityData,
    indicator: str,
    *,
    query: Query,
    question: str = "",
    repeat: bool = False,
    notes: Sequence[str] = (),
) -> Measured | None:
    """Show one indicator as a whole block; where it cannot be measured, say so and why.

    Which chart it gets follows from the question; the dates of promises about it are marked.
    Returns the measured table, or None where there is none. `repeat` leaves out the limits and the
    method, where the block before has just given them. `notes` say where the block does not follow
    what was chosen.
    """
    try:
        found = data.measured(city.slug, city.data_hash, indicator, query)
    except QueryError as refusal:
        ask(question or catalogue()[indicator].question)
        html(refused(city, query, refusal))
        return None
    if isinstance(found, CannotMeasure):
        ask(question or found.question)
        why_missing(city, found)
        return None

    marks = promise_marks(city, indicator)
    care = () if repeat else to_tell(found.caveats)

    def block() -> None:
        show_measured(
            found,
            draw=partial(sketch_of, statements=marks),
            question=question,
            repeat=repeat,
            take=take_away(city, indicator, query, drawn=can_draw(found)),
            name=figure_name(city, indicator, query),
            notes=notes,
            care=care,
            linked=row_links(city, found, query),
        )

    key = (repr(query), repr(marks), question, str(repeat), repr(care), *notes)
    replayed(indicator, city, *key, draw=block)
    return found


def show_measured(
    measured: Measured,
    *,
    draw: Draw,
    question: str = "",
    said: str = "",
    repeat: bool = False,
    take: str = "",
    name: str = "",
    notes: Sequence[str] = (),
    care: Sequence[str] | None = None,
    linked: Linked = NO_LINKS,
) -> None:
    """Show a measured table as a block; `said` replaces the computed answer, `repeat` as above.

    `linked` are the numbers of the table that lead to their rows. `care` are the limits told beside
    the chart, without it the first ones. `take` is the HTML that says how to take the table away,
    `name` that of a saved picture's file.
    """
    said, drawn = said or answer(measured), can_draw(measured)
    html(
        headed(question or measured.question, said),
        *(f'<p class="tb-narrow">{text(note)}</p>' for note in notes),
        f'<p class="tb-unit">{text(unit_line(measured))}</p>',
        "" if drawn else f'<p class="tb-soft">{_NO_CHART}</p>',
    )
    if drawn:
        chart(draw(measured), alt=f"{measured.title}. {said}", name=name)
    html(
        marks_explained(unsettled_key(measured), figure=name),
        folded(TABLE, measured_table(measured, linked)),
        take,
        source_lines(measured.sources)
        if repeat
        else source_lines(measured.sources, measured.caveats, measured=measured, care=care),
    )


def chart(figure: go.Figure | Sketch, *, alt: str, name: str = "") -> None:
    """Show a figure with its description for screen readers; with a `name`, it can be saved."""
    config = theme.chart_config(name)
    if isinstance(figure, Sketch):
        figure = figure.finished()
    st.plotly_chart(figure, theme=None, config=config, alt=alt[:600])


def marks_explained(words: str, *, figure: str = "") -> str:
    """Build what stands right below a chart and explains its marks, as HTML; nothing for no words.

    The saved picture of the chart (`figure` names it) says the same.
    """
    named = f' data-figure="{text(figure)}"' if figure else ""
    return f'<p class="tb-unit tb-key"{named}>{text(words)}</p>' if words else ""


def ask(question: str, said: str = "", *, anchor: str = "") -> None:
    """Show a question as a heading, and its answer in a sentence; `anchor` can be linked to."""
    html(headed(question, said, anchor=anchor))


def headed(question: str, said: str = "", *, anchor: str = "") -> str:
    """Build a question as a heading with its answer, as HTML."""
    sentence = f'<p class="tb-answer">{text(said)}</p>' if said else ""
    named = f' id="{text(anchor)}"' if anchor else ""
    return f'<div class="tb-question"><h2{named}>{text(question)}</h2>{sentence}</div>'


def folded(label: str, inner: str) -> str:
    """Build a piece that is closed until asked for; `inner` is HTML.

    One that was opened stays open when the page is drawn anew (`serving/take_away.js`).
    """
    name = text(label)
    return f'<details class="tb-fold"><summary>{name}</summary>{inner}</details>'


def source_lines(
    sources: Sequence[str],
    caveats: Sequence[str] = (),
    *,
    measured: Measured | None = None,
    care: Sequence[str] | None = None,
) -> str:
    """Build the source line, what the numbers cannot show, and how they were made, as HTML.

    Of the `caveats`, those in `care` are told at once (without it, the first ones); where that is
    not all of them, the whole list stands with the method.
    """
    told = caveats[:MOST_TOLD] if care is None else care
    parts = []
    if sources:
        parts.append(f"<p><strong>Source:</strong> {with_links('; '.join(sources))}.</p>")
    if measured is not None and measured.denominator and measured.kind in {"rate", "share"}:
        parts.append(f"<p><strong>Out of:</strong> {text(measured.denominator)}.</p>")
    if measured is not None and measured.breaks:
        changed = text(counting_changed(measured))
        parts.append(f"<p><strong>Counting changed.</strong> {changed}</p>")
    if told:
        parts.append(f"<p><strong>Read with care</strong></p>{_bullets(told, 'tb-caveats')}")
    shown = f'<div class="tb-source">{"".join(parts)}</div>' if parts else ""
    if measured is not None and measured.method:
        whole = _bullets(caveats) if set(caveats) - set(told) else ""
        label = "How this is counted" + (", and every limit" if whole else "")
        shown += folded(label, f"<p>{text(measured.method)}</p>{whole}")
    return shown


def _bullets(lines: Sequence[str], kind: str = "") -> str:
    style = f' class="{kind}"' if kind else ""
    return f"<ul{style}>{''.join(f'<li>{text(one)}</li>' for one in lines)}</ul>"
