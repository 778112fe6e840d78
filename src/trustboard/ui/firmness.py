"""How firm a verdict is: other readings of the same test, and what it could have seen at all."""

from __future__ import annotations

import streamlit as st

from trustboard.citydata import CityData
from trustboard.ui import data
from trustboard.ui.escape import text
from trustboard.ui.frame import html
from trustboard.ui.html_table import html_table
from trustboard.ui.verdict_card import outcome_word
from trustboard.verdict_states import Verdict
from trustboard.verdicts.model import AssessedTest
from trustboard.verdicts.sensitivity import OtherReading, Sensitivity
from trustboard.wording import detectable
from trustboard.wording.firmness import Measure


def how_firm(city: CityData, test: AssessedTest) -> None:
    """Show whether another reasonable reading would say the same; nothing where none was tried."""
    found = data.checked(city.slug, city.data_hash, test.commitment_id, test.test.id).readings
    said = [found.sentence] if found is not None and found.readings else []
    if test.smallest_detectable is not None:
        said.append(detectable(test.smallest_detectable, measure=_measure(test)))
    if not said:
        return
    judged = isinstance(test.outcome, Verdict)
    title = "How firm is this verdict?" if judged else "How small a change could it see?"
    html(f"<h3>{text(title)}</h3>", f"<p>{text(' '.join(said))}</p>")
    if found is not None and (found.differing or found.unanswered):
        with st.expander(_label(found)):
            st.html(_listed(found))


def waiting(test: AssessedTest) -> str:
    """Say what this quarter's numbers alone would say, where that is not what is shown."""
    if test.raw == test.outcome:
        return ""
    alone, shown = outcome_word(test.raw), outcome_word(test.outcome)
    said = f"This quarter’s numbers alone say “{alone}”; shown is “{shown}”. {test.held_back}"
    return f'<p class="tb-note">{text(said.strip())}</p>'


def _measure(test: AssessedTest) -> Measure:
    if test.estimate_is in {"difference", "share"}:
        return "difference" if test.estimate_is == "difference" else "share"
    return "share" if test.test.kind == "threshold" else "ratio"


def _label(found: Sensitivity) -> str:
    """Count what the list holds: readings that differ, readings without an answer."""
    differ, silent = len(found.differing), len(found.unanswered)
    readings = f"reading{'s' * ((differ or silent) > 1)}"
    if not differ:
        return f"{silent} {readings} without an answer"
    verb = "differ" if differ > 1 else "differs"
    return f"{differ} {readings} that {verb}" + (f", {silent} without an answer" if silent else "")


def _listed(found: Sensitivity) -> str:
    listed: list[OtherReading] = [*found.differing, *found.unanswered]
    rows = [[one.choices[:1].upper() + one.choices[1:], one.says] for one in listed]
    caption = "The same test with other choices. The verdict shown uses the choices written down."
    return html_table(["With these choices", "It would say"], rows, caption=caption, long_text=True)
