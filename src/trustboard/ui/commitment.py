"""One promise at a time, with everything a reader needs to check it."""

from __future__ import annotations

import streamlit as st

from trustboard.citydata import CityData
from trustboard.commitments import Commitment
from trustboard.figures import Sketch, unsettled_key
from trustboard.figures.frame import statement
from trustboard.figures.verdict import verdict_figure
from trustboard.tidy import Measured
from trustboard.ui import data
from trustboard.ui.address import pick, show_notes
from trustboard.ui.chart_block import (
    TABLE,
    ask,
    chart,
    folded,
    headed,
    marks_explained,
    source_lines,
)
from trustboard.ui.check_yourself import check_yourself, compute_again
from trustboard.ui.cited import answers, cite, evidence_list
from trustboard.ui.escape import text
from trustboard.ui.firmness import how_firm, waiting
from trustboard.ui.frame import absent_files, headline, html
from trustboard.ui.html_table import measured_table
from trustboard.ui.missing import publications, show_publications
from trustboard.ui.pages import METHOD, href
from trustboard.ui.place_finder import verdicts_take_no_filters
from trustboard.ui.printed import show_printed
from trustboard.ui.replay import replayed
from trustboard.ui.said_before import log_version, said_before
from trustboard.ui.take_verdict import take_verdict, verdict_figure_name
from trustboard.ui.verdict_card import short_line, verdict_line, who_line
from trustboard.verdict_states import CannotTell
from trustboard.verdicts.model import AssessedCommitment, AssessedTest
from trustboard.verdicts.sentences import never_folded


def show_commitment(city: CityData) -> None:
    """Let a visitor pick a promise and show it whole; at first the one the list began with.

    Home opens with the same one (`trustboard.ui.promises`).
    """
    listed = data.assessed(city.slug, city.data_hash)
    promises = sorted(listed, key=lambda a: a.commitment.said_on)
    if not promises:
        headline("No promise has been entered yet", city.city.about, kicker=city.city.name)
        absent_files(city)
        return
    names = {
        one.commitment.id: f"{one.commitment.title} ({one.commitment.said_on.year})"
        for one in promises
    }
    chosen = pick("commitment", "Promise", names, default=listed[0].commitment.id)
    show_notes()
    verdicts_take_no_filters(city)
    absent_files(city)
    show_one(city, next(one for one in promises if one.commitment.id == chosen))


def show_one(city: CityData, assessed: AssessedCommitment) -> None:
    """Show one promise: statement, each test, what is missing, reply and challenges."""
    commitment = assessed.commitment
    replayed("promise", city, commitment.id, draw=lambda: _said(city, assessed))
    if assessed.not_measurable is not None:
        _not_measurable(city, commitment, assessed.not_measurable)
    for test in assessed.tests:
        show_test(city, commitment, test)
    key = (commitment.id, log_version(city))
    replayed("promise ends", city, *key, draw=lambda: _around(city, commitment))


def _said(city: CityData, assessed: AssessedCommitment) -> None:
    """Show the words of a promise, who said them, and its questions."""
    commitment = assessed.commitment
    words = commitment.quote or commitment.statement
    html(
        f'<p class="tb-kicker">{text(city.city.name)} · {text(commitment.topic.capitalize())}</p>',
        f"<h1>{text(commitment.title)}</h1>",
        f'<p class="tb-quote">{text(f"“{words}”" if commitment.quote else words)}</p>',
        who_line(commitment),
        _further(commitment),
        _contents(assessed),
    )


def _around(city: CityData, commitment: Commitment) -> None:
    """Show what belongs to a promise and to none of its tests alone."""
    _documents(city, commitment)
    answers(commitment)
    said_before(city, commitment)
    if commitment.ask:
        ask("A question to put to the official", commitment.ask)


def _contents(assessed: AssessedCommitment) -> str:
    """List the tests of a promise that was split into several, with what is said of each."""
    if len(assessed.tests) < 2:
        return ""
    lines = [
        short_line(
            one.outcome, word=one.headline, said=one.test.question, address=f"#{anchor_of(one)}"
        )
        for one in assessed.tests
    ]
    return (
        f'<div class="tb-contents"><h2>{len(lines)} questions, each answered by itself</h2>'
        f'<ul class="tb-lines">{"".join(lines)}</ul></div>'
    )


def anchor_of(test: AssessedTest) -> str:
    """Name the place of a test on its promise's page."""
    return f"test-{test.test.id}"


def show_test(city: CityData, commitment: Commitment, test: AssessedTest) -> None:
    """Show one test as a block: question, verdict, chart, table, evidence, limits."""
    key = (commitment.id, test.test.id)
    replayed("test", city, *key, draw=lambda: _judged(city, commitment, test))
    check_yourself(city, test)
    replayed("test ends", city, *key, draw=lambda: _limits(test))


def _judged(city: CityData, commitment: Commitment, test: AssessedTest) -> None:
    html(
        headed(test.test.question, anchor=anchor_of(test)),
        verdict_line(
            test.outcome, headline=test.headline, sentence=test.sentence, found=test.literal
        ),
        waiting(test),
        f'<p class="tb-how"><a href="{text(href(METHOD, city=city.slug))}">'
        "How verdicts are made</a></p>",
    )
    drawn, series = draw_test(city, commitment, test), test.series
    behind = series is not None and not series.table.empty
    html(
        folded(TABLE, measured_table(series)) if behind and series is not None else "",
        take_verdict(city, commitment, test, anchor=anchor_of(test), drawn=drawn),
        evidence_list(test.evidence) if test.evidence else "",
    )
    how_firm(city, test)


def draw_test(city: CityData, commitment: Commitment, test: AssessedTest) -> int:
    """Show the chart of a test, and the printed figures it compares.

    Gives the height of the chart in pixels; 0 where there is none.
    """
    mark = statement(commitment.said_on, precision=commitment.said_on_precision, words="Promise")
    figure, series = verdict_figure(test, statements=(mark,)), test.series
    saved = verdict_figure_name(city, test)
    if figure is None or series is None:
        return show_printed(city, test, mark, name=saved)
    _draw(city, test, figure, series)
    show_printed(city, test, mark)
    return int(figure.layout["height"])


def _draw(city: CityData, test: AssessedTest, figure: Sketch, series: Measured) -> None:
    """Show the chart of a test with what it shows and what its marks mean."""
    chosen = f" ({'; '.join(series.filters)})" if series.filters else ""
    html(f'<p class="tb-unit">{text(f"{series.title}{chosen}, by {_split(series)}")}</p>')
    saved = verdict_figure_name(city, test)
    chart(figure, alt=f"{test.test.question} {test.headline}. {test.sentence}", name=saved)
    bars = any(trace["type"] == "bar" for trace in figure.traces)
    if key := unsettled_key(series, bars=bars):
        html(marks_explained(key, figure=saved))


def _limits(test: AssessedTest) -> None:
    """Show what the numbers cannot show; what holds of all complaints is never folded away."""
    always = never_folded(test.caveats)
    limits = "".join(f"<li>{text(one)}</li>" for one in test.caveats if one not in always)
    html(
        "".join(f'<p class="tb-soft">{text(one)}</p>' for one in always),
        folded("What to keep in mind", f"<ul>{limits}</ul>") if limits else "",
        source_lines(test.sources),
    )


def _split(series: Measured) -> str:
    """Say what a series is split by, and what its lines and shades are where it has panels."""
    groups = [one.replace("_", " ") for one in series.groups]
    said = " and ".join([series.period, *groups])
    return f"{said} (line: the promise; shaded: what is judged)" if groups else said


def _further(commitment: Commitment) -> str:
    if not commitment.also:
        return ""
    return f'<p class="tb-who">Also: {"; ".join(cite(one) for one in commitment.also)}</p>'


def _not_measurable(city: CityData, commitment: Commitment, why: CannotTell) -> None:
    html(
        headed("Can this be tested?"),
        verdict_line(why, sentence=why.found, found=f"It would need: {why.would_resolve}"),
    )
    if not commitment.tests:
        with st.expander("Check this yourself"):
            compute_again(city, commitment.id)


def _documents(city: CityData, commitment: Commitment) -> None:
    named = set(commitment.publications)
    for test in commitment.tests:
        named |= set(getattr(test, "publications", ()))
    found = [one for one in publications(city, named) if one.status != "read"]
    if found:
        ask("Which documents should hold the answer?")
        show_publications(found)
