"""What is wrong with the data, question by question; and what is done about it."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Final

from trustboard.citydata import CityData
from trustboard.figures.quality import delay_figure, quality_figure
from trustboard.quality import Part
from trustboard.ui import data
from trustboard.ui.chart_block import TABLE, chart, folded, headed, source_lines
from trustboard.ui.escape import text
from trustboard.ui.frame import headline, html
from trustboard.ui.pages import SOURCES, href
from trustboard.ui.problems import show_problems
from trustboard.ui.quality_tables import quality_table
from trustboard.ui.replay import replayed
from trustboard.ui.set_aside import show_set_aside
from trustboard.ui.take_quality import quality_figure_name, take_picture, take_quality
from trustboard.wording.quality_brief import in_brief
from trustboard.wording.quality_words import DELAY_WORDS, counted

#: Part → what its chart shows.
_UNITS: Final = {
    "set-aside": "Rows set aside, by reason",
    "duplicates": "Rows kept, with the possible duplicates and without them",
    "blanks": "Share of rows in which the field is not known, by year of filing or event; years "
    "with fewer than 10 rows are not drawn",
    "dates": "Rows with a date at fault, by fault",
    "unmatched": "Complaints and outcomes without a counterpart",
    "places": "Share of rows whose place is not known, by year; years with fewer than 10 rows are "
    "not drawn",
    "backfills": "Complaints filed on one date",
    "totals": "Totals of one period: as printed, and as rows",
}
#: Parts whose table is short and is the answer: it stands open.
_OPEN: Final = ("breaks", "corrections")
_UNTIL: Final = "Days until half, and nine in ten, of the complaints filed in a year"
#: Pixels of the heading of one chart among several.
_HEADING: Final = 100


def show_quality(city: CityData) -> None:
    """Show the whole page."""
    headline(
        "What is wrong with the data",
        "No published file is without faults. This page counts them, says what is done about each, "
        "and hands them out.",
        kicker=city.city.name,
    )
    where = text(href(SOURCES, city=city.slug))
    html(
        f"<p>Where the files come from, what is missing altogether and what changed since the last "
        f'edition stands on <a href="{where}">Sources</a>.</p>'
    )
    _disappeared(city)
    parts = list(data.quality(city.slug, city.data_hash).parts.values())
    if not city.tables:  # every other question asks for rows
        parts = [one for one in parts if one.id in ("checks", "corrections")]
    _contents(parts)
    for part in parts:
        show_part(city, part)
        if part.id == "set-aside":
            show_set_aside(city)
        elif part.id == "checks":
            show_problems(city)


def show_part(city: CityData, part: Part) -> None:
    """Show one question whole: answer, chart, table, what is done."""
    replayed("quality", city, part.id, draw=partial(_block, part, city))


def _disappeared(city: CityData) -> None:
    """Say loudly that rows were published once and are no more, if any were."""
    found, _ = data.changes(city.slug, city.data_hash)
    gone = sum(one.gone for one in found.tables)
    if gone:
        where = text(f"{href(SOURCES, city=city.slug)}#changes")
        html(
            f'<p class="tb-note" role="note"><strong>{text(counted(gone, "row"))} disappeared.'
            f"</strong> They were published once and are published no more. They are kept here: "
            f'<a href="{where}">what changed</a>.</p>'
        )


def _contents(parts: Sequence[Part]) -> None:
    lines = []
    for one in parts:
        said = text(in_brief(one.id, one.table, can_tell=one.can_tell))
        address = f'<a href="#{text(one.id)}">{text(one.question)}</a>'
        lines.append(f'<li>{address} <span class="tb-soft">{said}</span></li>')
    html(f'<div class="tb-contents"><h2>In brief</h2><ul>{"".join(lines)}</ul></div>')


def _block(part: Part, city: CityData) -> None:
    drawn = draw_part(part, city)
    if part.table.empty:
        html(source_lines(part.sources))
        return
    html(
        _table(part),
        take_quality(part, city, drawn=drawn, unit=_UNITS.get(part.id, "")),
        f'<p class="tb-done"><strong>What is done:</strong> {text(part.action)}</p>',
        source_lines(part.sources, part.limits),
    )


def draw_part(part: Part, city: CityData, *, framed: bool = False) -> int:
    """Show a question with its answer and its charts; `framed`, as the heading of a frame.

    Gives the height of the charts in pixels; 0 where there is none.
    """
    figure = None if part.id == "delays" else quality_figure(part.id, part.table)
    unit = "" if figure is None else f'<p class="tb-unit">{text(_UNITS[part.id])}</p>'
    if framed:
        head = f'<h1>{text(part.question)}</h1><p class="tb-answer">{text(part.said)}</p>'
    else:
        head = headed(part.question, part.said, anchor=part.id)
    html(head, unit)
    if part.id == "delays":
        return _delays(part, city, framed=framed)
    if figure is None:
        return 0
    chart(figure, alt=f"{part.question} {part.said}", name=quality_figure_name(part, city))
    return int(figure.layout.height)


def _delays(part: Part, city: CityData, *, framed: bool) -> int:
    """Show each delay with a chart of its own, which is saved under its own name."""
    height = 0
    for delay, rows in part.table.groupby("delay", sort=False):
        figure = delay_figure(rows)
        if figure is None:
            continue
        words = DELAY_WORDS[str(delay)]
        html(f"<h3>{text(words)}</h3>", f'<p class="tb-unit">{_UNTIL}</p>')
        alt = f"{words}, by year of filing. The table below has every number."
        chart(figure, alt=alt, name=quality_figure_name(part, city, of=str(delay)))
        if not framed:
            html(take_picture(part, city, of=str(delay), title=f"{words}: {_UNTIL.lower()}"))
        height += int(figure.layout.height) + _HEADING
    return height


def _table(part: Part) -> str:
    made = quality_table(part.id, part.table, caption=part.question)
    if part.id in _OPEN:
        return made
    drawn = part.id in _UNITS or part.id == "delays"
    return folded(TABLE if drawn else "Every check", made)
