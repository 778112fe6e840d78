"""How to take away what the data say on one question of a promise."""

from __future__ import annotations

from urllib.parse import urlencode

from trustboard.citydata import CityData
from trustboard.commitments import Commitment
from trustboard.exports import verdict_citation
from trustboard.exports.verdict_table import has_table, verdict_path
from trustboard.pins import pin_of
from trustboard.ui.check_yourself import reproduce_command
from trustboard.ui.copying import (
    cited_texts,
    copied_text,
    copy_citation,
    link_to,
    save_chart,
    take_row,
)
from trustboard.ui.escape import text
from trustboard.ui.files import verdict_address
from trustboard.ui.site import home
from trustboard.verdicts.model import AssessedTest


def take_verdict(
    city: CityData, commitment: Commitment, test: AssessedTest, *, anchor: str, drawn: bool
) -> str:
    """Give, as HTML, a verdict's table, citation and data, and the command that computes it again.

    `anchor` is where the question stands on the promise's page; `drawn` if a chart is there. The
    rows behind it are offered under "Check this yourself".
    """
    asked = {"commitment": commitment.id, "pin": pin_of(city)}
    link = f"{home()}/{verdict_path(city, commitment.id, anchor=anchor)}"
    cited = verdict_citation(commitment, test, city, link)
    texts = [
        *cited_texts(cited, link=link),
        copied_text(
            "line", "Compute it again in a terminal", reproduce_command(city, commitment.id)
        ),
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
    saved = f' data-figure="{verdict_figure_name(city, test)}" data-title="{text(title)}"'
    return take_row(links, texts, label=test.test.question, summary="Cite, reproduce", saved=saved)


def verdict_figure_name(city: CityData, test: AssessedTest) -> str:
    """Name the file of a saved picture: city, promise, question."""
    return f"{city.slug}-{test.commitment_id}-{test.test.id}"
