"""One promise at a time, with everything a reader needs to check it."""

from __future__ import annotations

import streamlit as st

from trustboard.citydata import CityData
from trustboard.commitments import Challenge, Citation, Commitment, Evidence, Reply
from trustboard.figures.frame import statement
from trustboard.figures.verdict import verdict_figure
from trustboard.tidy import Measured
from trustboard.ui import data
from trustboard.ui.address import pick, show_notes
from trustboard.ui.chart_block import ask, chart, source_and_limits, table_expander
from trustboard.ui.check_yourself import check_yourself
from trustboard.ui.escape import link, text
from trustboard.ui.frame import absent_files, headline, html
from trustboard.ui.html_table import measured_table
from trustboard.ui.missing import publications, show_publications
from trustboard.ui.printed import show_printed
from trustboard.ui.verdict_card import verdict_line, who_line
from trustboard.verdict_states import CannotTell
from trustboard.verdicts.model import AssessedCommitment, AssessedTest
from trustboard.wording import date_text


def show_commitment(city: CityData) -> None:
    """Let a visitor pick a promise and show it whole."""
    promises = sorted(data.assessed(city.slug, city.data_hash), key=lambda a: a.commitment.said_on)
    if not promises:
        headline("No promise has been entered yet", city.city.about, kicker=city.city.name)
        absent_files(city)
        return
    names = {
        one.commitment.id: f"{one.commitment.title} ({one.commitment.said_on.year})"
        for one in promises
    }
    chosen = pick("commitment", "Promise", names, default=next(iter(names)))
    show_notes()
    absent_files(city)
    show_one(city, next(one for one in promises if one.commitment.id == chosen))


def show_one(city: CityData, assessed: AssessedCommitment) -> None:
    """Show one promise: statement, each test, what is missing, reply and challenges."""
    commitment = assessed.commitment
    words = commitment.quote or commitment.statement
    html(
        f'<p class="tb-kicker">{text(city.city.name)} · {text(commitment.topic.capitalize())}</p>',
        f"<h1>{text(commitment.title)}</h1>",
        f'<p class="tb-quote">{text(f"“{words}”" if commitment.quote else words)}</p>',
        who_line(commitment),
        _further(commitment),
    )
    if assessed.not_measurable is not None:
        _not_measurable(assessed.not_measurable)
    for test in assessed.tests:
        show_test(city, commitment, test)
    _documents(city, commitment)
    _answers(commitment)
    if commitment.ask:
        ask("A question to put to the official", commitment.ask)


def show_test(city: CityData, commitment: Commitment, test: AssessedTest) -> None:
    """Show one test as a block: question, verdict, chart, table, evidence, limits."""
    ask(test.test.question)
    html(
        verdict_line(
            test.outcome, headline=test.headline, sentence=test.sentence, found=test.literal
        ),
        f'<p class="tb-soft">{text(test.held_back)}</p>' if test.held_back else "",
    )
    mark = statement(commitment.said_on, precision=commitment.said_on_precision, words="Promise")
    figure = verdict_figure(test, statements=(mark,))
    series = test.series
    if figure is not None and series is not None:
        html(f'<p class="tb-unit">{text(series.title)}, by {text(_split(series))}</p>')
        chart(figure, alt=f"{test.test.question} {test.headline}. {test.sentence}")
    show_printed(city, test, mark)
    if series is not None and not series.table.empty:
        table_expander(measured_table(series))
    if test.evidence:
        html(evidence_list(test.evidence))
    check_yourself(test)
    source_and_limits(test.sources, ())
    if test.caveats:
        with st.expander("What to keep in mind"):
            html("<ul>", *(f"<li>{text(one)}</li>" for one in test.caveats), "</ul>")


def _split(series: Measured) -> str:
    """Say what a series is split by, and what its lines and shades are where it has panels."""
    groups = [one.replace("_", " ") for one in series.groups]
    said = " and ".join([series.period, *groups])
    return f"{said} (line: the promise; shaded: what is judged)" if groups else said


def evidence_list(evidence: tuple[Evidence, ...]) -> str:
    """List what was found, each with its date, its source and how sure it is."""
    items = []
    for one in sorted(evidence, key=lambda e: (e.on is None, e.on)):
        when = date_text(one.on, one.precision)
        counted = "" if one.counts else " · context only, not counted"
        items.append(
            f"<li>{text(one.what)} <br><span class='tb-soft'>{text(when)} · "
            f'<span class="tb-tag">{text(one.status)}</span>{counted} · '
            f"{_cite(one.source)}</span></li>"
        )
    return f'<h3>What was found</h3><ul class="tb-evidence">{"".join(items)}</ul>'


def _cite(source: Citation) -> str:
    said = link(f"{source.publisher}" + (f", {source.title}" if source.title else ""), source.url)
    doubt = "" if source.certainty == "read" else f" ({source.certainty.replace('_', ' ')})"
    return said + text(doubt)


def _further(commitment: Commitment) -> str:
    if not commitment.also:
        return ""
    return f'<p class="tb-who">Also: {"; ".join(_cite(one) for one in commitment.also)}</p>'


def _not_measurable(why: CannotTell) -> None:
    ask("Can this be tested?")
    html(verdict_line(why, sentence=why.found, found=f"It would need: {why.would_resolve}"))


def _documents(city: CityData, commitment: Commitment) -> None:
    named = set(commitment.publications)
    for test in commitment.tests:
        named |= set(getattr(test, "publications", ()))
    found = [one for one in publications(city, named) if one.status != "read"]
    if found:
        ask("Which documents should hold the answer?")
        show_publications(found)


def _answers(commitment: Commitment) -> None:
    if commitment.reply is not None:
        ask("What did the official answer?")
        html(_reply(commitment.reply))
    if commitment.challenges:
        ask("What was objected?")
        html(*(_challenge(one) for one in commitment.challenges))


def _reply(reply: Reply) -> str:
    return (
        f'<p>{text(reply.text)}</p><p class="tb-who">{text(date_text(reply.on))} · '
        f"{_cite(reply.source)}</p>"
    )


def _challenge(challenge: Challenge) -> str:
    said = f"<p>{text(challenge.text)}</p>"
    who = f"{challenge.by}, {date_text(challenge.on)}"
    came = challenge.resolution or "Not resolved yet."
    came = f"<p><strong>What came of it:</strong> {text(came)}</p>"
    return f'{said}<p class="tb-who">{text(who)}</p>{came}'
