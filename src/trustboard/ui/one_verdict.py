"""The chart of one verdict by itself: on a page of its own, or in a frame on somebody else's."""

from __future__ import annotations

import streamlit as st

from trustboard.citydata import CityData
from trustboard.commitments import Commitment
from trustboard.ui import data
from trustboard.ui.commitment import anchor_of, draw_test, show_test
from trustboard.ui.escape import text
from trustboard.ui.frame import absent_files, embedded, headline, html
from trustboard.ui.framed import foot_html
from trustboard.ui.replay import replayed
from trustboard.ui.take_verdict import verdict_foot
from trustboard.ui.verdict_card import verdict_line, who_line
from trustboard.verdicts.model import AssessedTest
from trustboard.view import only


def show_one_verdict(city: CityData) -> None:
    """Show the verdict that the address names by `commitment` and `test`, whole or in a frame."""
    promise, question = (only(st.query_params.get_all(one)) for one in ("commitment", "test"))
    found = _named(city, promise, question)
    if found is None:
        headline(
            "There is no such verdict", "No other is shown in its place.", kicker=city.city.name
        )
        return
    commitment, test = found
    if embedded():
        key = (commitment.id, test.test.id)
        replayed("framed verdict", city, *key, draw=lambda: _framed(city, commitment, test))
        return
    headline(
        commitment.title, f"“{commitment.quote or commitment.statement}”", kicker=city.city.name
    )
    html(who_line(commitment))
    absent_files(city)
    show_test(city, commitment, test)


def _named(city: CityData, promise: str, question: str) -> tuple[Commitment, AssessedTest] | None:
    for one in data.assessed(city.slug, city.data_hash):
        for test in one.tests:
            if (one.commitment.id, test.test.id) == (promise, question):
                return one.commitment, test
    return None


def _framed(city: CityData, commitment: Commitment, test: AssessedTest) -> None:
    """Show the question, the verdict, its chart and its source, and nothing around them."""
    html(
        f"<h1>{text(test.test.question)}</h1>",
        who_line(commitment),
        verdict_line(
            test.outcome, headline=test.headline, sentence=test.sentence, found=test.literal
        ),
    )
    draw_test(city, commitment, test)
    html(foot_html(verdict_foot(city, test, anchor=anchor_of(test))))
