"""The numbers, the formula and the gates of a verdict, so that a reader can check it by hand."""

from __future__ import annotations

import streamlit as st

from trustboard.ui.escape import text
from trustboard.ui.html_table import html_table
from trustboard.verdicts.model import AssessedTest, Number
from trustboard.wording import date_text, reason_word, share


def check_yourself(test: AssessedTest) -> None:
    """Show, closed until asked for, how an outcome was worked out."""
    parts = [_written(test)]
    if test.formula:
        parts.append(f"<p><strong>Calculation.</strong> {text(test.formula)}</p>")
    if test.smallest_detectable is not None:
        smallest = share(abs(test.smallest_detectable))
        parts.append(
            f"<p><strong>Smallest change this test could have seen:</strong> {text(smallest)}.</p>"
        )
    with st.expander("Check this yourself"):
        st.html(f'<div class="tb">{"".join(parts)}</div>')
        if test.numbers:
            rows = [[name, number_text(value)] for name, value in test.numbers.items()]
            st.html(html_table(["Number", "Value"], rows, caption="Every number used", numeric=[1]))
        if test.gates:
            st.html(_gates(test))


def _written(test: AssessedTest) -> str:
    on = test.test.written_on
    written = "" if on is None else f" The test was written down on {date_text(on)}."
    data = f"Data as of {date_text(test.as_of)}; method {test.method_version}.{written}"
    later = (
        " Not final: the deadline is still to come, or none was given." if test.provisional else ""
    )
    return f"<p>{text(data + later)}</p>"


def _gates(test: AssessedTest) -> str:
    rows = [
        [reason_word(gate.name), "passed" if gate.passed else "not passed", gate.found]
        for gate in test.gates
    ]
    caption = "What was ruled out before any verdict, in this order"
    return html_table(
        ["Could it be …", "", "What was found"], rows, caption=caption, long_text=True
    )


def number_text(value: Number) -> str:
    """Write any number of a formula with enough digits to recompute it."""
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else value
