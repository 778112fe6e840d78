"""What each indicator counts, and what the words mean."""

from __future__ import annotations

import streamlit as st

from trustboard import terms
from trustboard.indicator import catalogue
from trustboard.tidy import STATES
from trustboard.ui.chart_block import ask
from trustboard.ui.escape import text
from trustboard.ui.frame import html

_GLOSSARY = {
    "Findings": terms.FINDINGS,
    "Discipline": terms.DISCIPLINE,
    "Who filed a complaint": terms.FILED_BY,
    "Events": terms.EVENT_STATUS,
    "How sure an event is": terms.EVIDENCE,
    "Kinds of event": terms.EVENT_KINDS,
    "Marks on numbers": STATES,
}


def show_indicators() -> None:
    """List every indicator with its question and its method."""
    found = catalogue().values()
    ask("How is each number counted?", f"There are {len(found)} indicators.")
    for one in found:
        with st.expander(one.title):
            needs = ", ".join(need.replace(".", ": ").replace("_", " ") for need in one.needs)
            html(
                f"<p><strong>{text(one.question)}</strong></p><p>{text(one.method)}</p>",
                *(f"<p>{text(caveat)}</p>" for caveat in one.caveats),
                f'<p class="tb-soft">Needs: {text(needs)}.</p>',
            )


def show_glossary() -> None:
    """Show what the canonical words mean."""
    ask("What do the words mean?")
    for title, words in _GLOSSARY.items():
        items = "".join(
            f"<dt>{text(word.replace('_', ' ').capitalize())}</dt><dd>{text(meaning)}</dd>"
            for word, meaning in words.items()
        )
        with st.expander(title):
            html(f'<dl class="tb-facts">{items}</dl>')
