"""The numbers, the formula, the gates and the rows of a verdict, for a reader who checks it."""

from __future__ import annotations

import streamlit as st

from trustboard import __version__
from trustboard.citydata import CityData
from trustboard.exports.verdict_table import verdict_line
from trustboard.judging import MOST_ROWS, Checked
from trustboard.ui import data
from trustboard.ui.copying import file_line
from trustboard.ui.escape import text
from trustboard.ui.files import rows_address
from trustboard.ui.frame import html
from trustboard.ui.html_table import html_table
from trustboard.ui.replay import replayed
from trustboard.verdicts.model import AssessedTest, Number
from trustboard.wording import date_text, reason_word, whole


def check_yourself(city: CityData, test: AssessedTest) -> None:
    """Show, closed until asked for, how an outcome was worked out and how to do it again."""
    key = (test.commitment_id, test.test.id)
    replayed("check", city, *key, draw=lambda: _check(city, test))


def _check(city: CityData, test: AssessedTest) -> None:
    behind = data.checked(city.slug, city.data_hash, test.commitment_id, test.test.id)
    with st.expander("Check this yourself"):
        html(_workings(city, test, behind))
        _again(city, test, behind.printed)


def _workings(city: CityData, test: AssessedTest, behind: Checked) -> str:
    """Give, as HTML, when the test was written, how it was worked out and what it rests on."""
    parts = [f'<div class="tb">{_written(test)}{_formula(test)}</div>']
    if test.numbers:
        rows = [[name, number_text(value)] for name, value in test.numbers.items()]
        caption = "Every number used"
        parts.append(html_table(["Number", "Value"], rows, caption=caption, numeric=[1]))
    if test.gates:
        parts.append(_gates(test))
    parts.append(f'<div class="tb">{_fingerprints(city, test, behind)}</div>')
    parts.append(_file_of_rows(city, test, behind))
    return "".join(parts)


def _file_of_rows(city: CityData, test: AssessedTest, behind: Checked) -> str:
    """Hand out the rows behind an outcome; say how to get them where there are too many."""
    if not behind.rows:
        return ""
    if behind.rows > MOST_ROWS:
        line = f"{verdict_line(city, test.commitment_id)} --rows rows.csv"
        return f"<p>To get the rows behind it, in a terminal: <code>{text(line)}</code></p>"
    address = rows_address(city, test.commitment_id, test.test.id)
    return file_line(address, f"Download the rows behind it ({whole(behind.rows)}, CSV)")


def compute_again(city: CityData, commitment: str) -> None:
    """Show the command that prints all about a commitment without tests, and what it prints."""
    printed = data.reproduced(city.slug, city.data_hash, commitment)
    _command(city, commitment, printed=printed)


def _again(city: CityData, test: AssessedTest, printed: str) -> None:
    part = ", among the other questions of this promise"
    _command(city, test.commitment_id, printed=printed, part=part)


def _command(city: CityData, commitment: str, *, printed: str, part: str = "") -> None:
    """Show the command that computes an outcome again, and what it prints."""
    html(
        "<p><strong>Compute it again.</strong> On any machine with the same data, this command "
        f"prints what stands below{part}.</p>"
    )
    st.code(verdict_line(city, commitment), language=None)
    st.code(printed, language=None, wrap_lines=True)


def _written(test: AssessedTest) -> str:
    said = [f"Data as of {date_text(test.as_of)}."]
    on = test.test.written_on
    if on is not None:
        said.append(f"The test was written down on {date_text(on)}.")
        if on >= max((window.to for window in test.windows), default=test.as_of):
            said.append("By then the data were there: that is weaker than a test fixed beforehand.")
    if test.provisional:
        said.append("Not final: the deadline is still to come, or none was given.")
    return f"<p>{text(' '.join(said))}</p>"


def _formula(test: AssessedTest) -> str:
    if not test.formula:
        return ""
    result, _, further = test.formula.partition("; ")
    rest = f'<br><span class="tb-soft">{text(further)}</span>' if further else ""
    return f'<p><strong>Calculation</strong></p><p class="tb-formula">{text(result)}{rest}</p>'


def _fingerprints(city: CityData, test: AssessedTest, behind: Checked) -> str:
    facts = [
        ("Rows behind it", f"{whole(behind.rows)}; sha256 {behind.sha256}"),
        ("All data of the city", f"sha256 {city.data_hash}"),
        ("Rule", f"method {test.method_version}"),
        ("Program", f"trustboard {__version__}"),
    ]
    items = "".join(f"<dt>{text(name)}</dt><dd>{text(value)}</dd>" for name, value in facts)
    return f'<dl class="tb-facts tb-prints">{items}</dl>'


def _gates(test: AssessedTest) -> str:
    rows = [
        [reason_word(gate.name), "passed" if gate.passed else "not passed", gate.found]
        for gate in test.gates
    ]
    caption = "What was ruled out before any verdict, in this order"
    return html_table(
        ["Could it be …", "Gate", "What was found"], rows, caption=caption, long_text=True
    )


def number_text(value: Number) -> str:
    """Write any number of a formula with enough digits to recompute it."""
    if isinstance(value, float):
        return f"{value:,.4g}" if abs(value) < 1000 else f"{value:,.1f}"
    return f"{value:,}" if isinstance(value, int) else value
