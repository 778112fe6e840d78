"""How to take away what the data say on one question of a promise."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from trustboard.citydata import CityData
from trustboard.commitments import Commitment
from trustboard.exports import verdict_citation
from trustboard.exports.verdict_table import has_table, verdict_line, verdict_path
from trustboard.pins import pin_of
from trustboard.ui.copying import (
    cited_texts,
    copied_text,
    copy_citation,
    link_to,
    save_chart,
    take_row,
)
from trustboard.ui.embedding import chart_link, embed_text
from trustboard.ui.escape import text
from trustboard.ui.files import verdict_address
from trustboard.ui.framed import counting_changed, foot_of, heights
from trustboard.ui.pages import COMMITMENTS, href
from trustboard.ui.site import home
from trustboard.verdicts.model import AssessedTest
from trustboard.verdicts.sentences import never_folded

#: Pixels of what is beside the words: the shape of a verdict, what the marks mean, the gaps.
_SHAPE: Final = 150
#: Pixels of a printed figure with its source, on a phone.
_PRINTED_ROW: Final = 172


def take_verdict(
    city: CityData, commitment: Commitment, test: AssessedTest, *, anchor: str, drawn: int
) -> str:
    """Give, as HTML, a verdict's table, citation and data, and the command that computes it again.

    `anchor` is where the question stands on the promise's page; `drawn` the height in pixels of its
    chart, 0 without one. The rows behind it are offered under "Check this yourself".
    """
    asked = {"commitment": commitment.id, "pin": pin_of(city)}
    link = f"{home()}/{verdict_path(city, commitment.id, anchor=anchor)}"
    cited = verdict_citation(commitment, test, city, link)
    texts = [
        *cited_texts(cited, link=link),
        *([_embed(city, commitment, test, drawn=drawn, anchor=anchor)] if drawn else []),
        copied_text("line", "Compute it again in a terminal", verdict_line(city, commitment.id)),
    ]
    api = f"api/v1/{city.slug}/verdicts"
    named = (commitment.id, test.test.id)
    files = [("CSV", "csv"), ("Excel", "xlsx")] if has_table(test) else []
    links = [
        *(link_to(verdict_address(city, *named, form=form), word) for word, form in files),
        *(save_chart() if drawn else ()),
        copy_citation(),
        link_to(f"{api}?{urlencode(asked)}", "JSON"),
        link_to(f"{api}?{urlencode({**asked, 'format': 'jsonld'})}", "schema.org"),
    ]
    title = f"{commitment.title}: {test.test.question} {test.headline}"
    picture = (verdict_figure_name(city, test), title)
    summary = "Cite, embed, reproduce" if drawn else "Cite, reproduce"
    return take_row(links, texts, label=test.test.question, summary=summary, picture=picture)


def verdict_foot(city: CityData, test: AssessedTest, *, anchor: str) -> list[str]:
    """Say, as HTML, what a verdict's chart must not be read without, and whose numbers it has."""
    back = f"{href(COMMITMENTS, city=city.slug, commitment=test.commitment_id)}#{anchor}"
    filters = () if test.series is None else test.series.filters  # they stand above the chart
    others = tuple(one for one in test.caveats if one not in filters)
    limits = never_folded(test.caveats) or others
    lines = foot_of(city, sources=test.sources, limits=limits, back=back)
    if test.series is None or not test.series.breaks:
        return lines
    changed = text(counting_changed(test.series))
    return [f"<strong>Counting changed.</strong> {changed}", *lines]


def _embed(
    city: CityData, commitment: Commitment, test: AssessedTest, *, drawn: int, anchor: str
) -> str:
    link = chart_link(city, commitment=test.commitment_id, test=test.test.id)
    said = (test.headline, test.sentence, test.literal)
    unit = test.series.title if test.series is not None else ""
    who = f"{commitment.said_by.name}, {commitment.said_by.office} · {commitment.where}"
    if test.series is None:  # printed figures are listed below their chart, some lines each
        drawn += _PRINTED_ROW * len(
            getattr(test.test, "before", ()) + getattr(test.test, "after", ())
        )
    tall = heights(
        city,
        title=test.test.question,
        body=[one for one in (who, *said, unit) if one],
        small=verdict_foot(city, test, anchor=anchor),
        drawn=drawn + _SHAPE,
    )
    return embed_text(link, title=test.test.question, heights=tall)


def verdict_figure_name(city: CityData, test: AssessedTest) -> str:
    """Name the file of a saved picture: city, promise, question."""
    return f"{city.slug}-{test.commitment_id}-{test.test.id}"
