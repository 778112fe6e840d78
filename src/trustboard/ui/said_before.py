"""What was said about a promise before, from the city's append-only log of verdicts."""

from __future__ import annotations

from pathlib import Path
from types import MappingProxyType
from typing import Final

from trustboard.citydata import CityData
from trustboard.commitments import Commitment
from trustboard.shelves import Lately
from trustboard.ui.chart_block import ask
from trustboard.ui.escape import text
from trustboard.ui.frame import html
from trustboard.ui.html_table import html_table
from trustboard.verdict_states import Reason, Verdict, VerdictState
from trustboard.verdicts.history import FILE, Entry, read, verify
from trustboard.wording import reason_word, verdict_word

_WHY: Final = MappingProxyType(
    {
        "first": "first entry",
        "behaviour": "new months were counted",
        "data revised": "the data were revised",
        "rule changed": "our rule changed",
    }
)


_VERSIONS: Final[Lately[str]] = Lately(most=256)


def log_version(city: CityData) -> str:
    """Name the state of the log on the disk; another one soon after each entry."""
    file = city.folder / FILE
    return _VERSIONS.get(file, lambda: _version(file))


def _version(file: Path) -> str:
    try:
        told = file.stat()
    except OSError:
        return "none"
    return f"{told.st_mtime_ns} {told.st_size}"


def said_before(city: CityData, commitment: Commitment) -> None:
    """Show earlier entries of the log about a promise; a log that was tampered with says so."""
    path = city.folder / FILE
    problems = verify(path)
    if problems:
        ask("What was said before?")
        items = "".join(f"<li>{text(one)}</li>" for one in problems)
        html(
            '<div class="tb-note" role="alert"><p><strong>The log of earlier verdicts was changed '
            "after it was written, so nothing from it is shown.</strong> It is left as it is.</p>"
            f"<ul>{items}</ul></div>"
        )
        return
    entries = [one for one in read(path) if one.commitment == commitment.id]
    if not entries:
        return
    ask("What was said before?", _sentence(entries))
    questions = {test.id: test.question for test in commitment.tests}
    rows = [
        [
            one.as_of,
            questions.get(one.test, one.test),
            entry_word(one),
            _WHY.get(one.label, one.label),
            f"method {one.method_version}, data {one.data_hash[:8]}",
        ]
        for one in reversed(entries)
    ]
    heads = ["Data as of", "Question", "Said", "Why it is listed", "Rule and data"]
    html(html_table(heads, rows, caption="Every change, newest first", long_text=True))


def _sentence(entries: list[Entry]) -> str:
    changes = sum(one.label != "first" for one in entries)
    since = entries[0].as_of
    if not changes:
        return f"Nothing else since the first entry, with data as of {since}."
    return f"It changed {changes} time{'s' * (changes > 1)} since the first entry of {since}."


def entry_word(entry: Entry) -> str:
    """Say an entry's outcome in the words of today; an outcome of an older rule as it stands."""
    try:
        if entry.reason:
            return f"Cannot tell: {reason_word(Reason(entry.reason))}"
        if entry.outcome == "AGREES":
            return "The sources agree"
        return verdict_word(Verdict(VerdictState(entry.outcome), part_way=entry.part_way))
    except ValueError:
        return f"{entry.outcome} {entry.reason}".strip()
