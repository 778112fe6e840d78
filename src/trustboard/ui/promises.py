"""Home: every promise of a city with the verdict of each test."""

from __future__ import annotations

import streamlit as st

from trustboard.citydata import CityData
from trustboard.ui import data
from trustboard.ui.chart_block import ask
from trustboard.ui.escape import markdown, text
from trustboard.ui.frame import html
from trustboard.ui.pages import COMMITMENTS
from trustboard.ui.verdict_card import key_to_shapes, promise_card
from trustboard.verdict_states import CannotTell
from trustboard.verdicts.model import AssessedCommitment


def show_promises(city: CityData) -> None:
    """List every promise, oldest first, each with its verdicts and a link to its evidence."""
    promises = sorted(data.assessed(city.slug, city.data_hash), key=lambda a: a.commitment.said_on)
    ask("What did they promise, and what do the data say?", _summary(city, promises))
    if not promises:
        html(
            f"<p>No public promise has been entered for {text(city.city.name)} yet. One is added "
            "only with the exact source in which it can be read.</p>"
        )
        return
    with st.expander("What the shapes mean"):
        html(key_to_shapes())
    for one in promises:
        html(f'<div class="tb-promise">{promise_card(one)}</div>')
        with st.container(key=f"evidence_{one.commitment.id}"):
            st.page_link(
                COMMITMENTS,
                label=markdown(f"Evidence: {one.commitment.title}"),
                query_params={"city": city.slug, "commitment": one.commitment.id},
            )


def _summary(city: CityData, promises: list[AssessedCommitment]) -> str:
    """Say how many promises and tests there are, and in how many tests nobody can tell."""
    tests = [test for one in promises for test in one.tests]
    unknown = sum(isinstance(test.outcome, CannotTell) for test in tests)
    unknown += sum(one.not_measurable is not None for one in promises)
    asked = len(tests) + sum(one.not_measurable is not None for one in promises)
    if not promises:
        return ""
    return (
        f"{len(promises)} public promise{'s' * (len(promises) > 1)} made in {city.city.name}, "
        f"broken into {asked} questions. Published data answer {asked - unknown} of them; for "
        f"{unknown} nobody can tell from what is published."
    )
