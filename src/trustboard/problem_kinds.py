"""Every kind of problem that published data or a description can have: one entry each.

An entry says when it occurs, what was expected, how to fix it, and what happens to the row. The
data-quality page and `docs/data-quality.md` list them from here, so the words exist once.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Final

from trustboard.errors import Action, DataProblem


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of problem. `expected` and `fix` may hold `{fields}` that the finder fills in."""

    when: str
    expected: str
    fix: str
    action: Action


KINDS: Final = MappingProxyType(
    {
        # --- the file -------------------------------------------------------------------------
        "absent_file": Kind(
            "A table is described but its file is not on this machine.",
            "the file as published",
            "Download it from {url} or point --published at its folder.",
            "not_read",
        ),
        "unreadable_file": Kind(
            "A file as a whole cannot be read.", "{expected}", "{fix}", "not_read"
        ),
        "encoding": Kind(
            "A text file is not UTF-8.",
            "UTF-8",
            "If accents look wrong, name the right `encoding` for this table in city.yml.",
            "flagged",
        ),
        "unseen_sign": Kind(
            "A text holds signs that nobody sees, such as one that turns its direction round. They "
            "are taken out where it is read.",
            "signs that can be seen",
            "Nothing has to be done here; tell the publisher, if words look wrong.",
            "flagged",
        ),
        "malformed_row": Kind(
            "A row has more or fewer cells than the header.",
            "{width} cells, as in the header",
            "Look for a comma or a quotation mark too many or too few on this line.",
            "quarantined",
        ),
        # --- the description ------------------------------------------------------------------
        "definition": Kind(
            "A description does not fit the schema or the file.", "{expected}", "{fix}", "not_read"
        ),
        "likely_name": Kind(
            "No document names a column, and a likely one in the file was taken.",
            "a column whose name somebody has checked (tried in this order: {names})",
            "Look whether that is the {name}. If it is, write `column: {column}` in the place of "
            "`called` in city.yml.",
            "flagged",
        ),
        "yaml": Kind(
            "A description is not YAML.",
            "a YAML file in UTF-8",
            "Mend the line; an editor with the JSON Schema in data/schemas shows where.",
            "not_read",
        ),
        "obsolete_correction": Kind(
            "A correction no longer meets the error it was written for.",
            "{expected}, the error this corrects",
            "The publisher may have fixed it: check, then remove this correction.",
            "flagged",
        ),
        # --- one cell -------------------------------------------------------------------------
        "unknown_word": Kind(
            "A word that the city's description does not know.",
            "one of the words this city's description lists",
            "Add it under words.{name} in city.yml.",
            "quarantined",
        ),
        "unreadable_date": Kind(
            "A date that cannot be read. It must not turn a closed case into an open one.",
            "a date written as {formats}",
            "Add the format under `date` for this column in city.yml, or ask the publisher.",
            "quarantined",
        ),
        "impossible_date": Kind(
            "A date too early to be true, such as 1900-01-01.",
            "a date after 1950",
            "Ask the publisher; the row is kept without this date.",
            "set_missing",
        ),
        "unreadable_number": Kind(
            "A cell that should be a number is not.",
            "a number",
            "List words among the numbers under `missing` in city.yml.",
            "set_missing",
        ),
        "unreadable_yes_no": Kind(
            "A cell that should be yes or no is not.",
            "yes or no",
            "Write yes or no.",
            "quarantined",
        ),
        "unreadable_cell": Kind(
            "A broken cell that the description names, such as #VALUE!.",
            "a readable cell",
            "Nothing to do here: the cell is broken in the publisher's file.",
            "set_missing",
        ),
        "repeated_key": Kind(
            "A place or a printed figure has the id of an earlier row.",
            "a {name} of its own",
            "Remove one of the two rows, or give one of them another id.",
            "quarantined",
        ),
        "missing_key": Kind(
            "A row without the id that everything hangs on.",
            "a {name}",
            "Ask the publisher for the row's id.",
            "quarantined",
        ),
        "unknown_place": Kind(
            "A place that is on no list. It is never shared out among the others.",
            "a place of this city, or a word that means unknown",
            "Add it under words.place_id or places.also in city.yml; counted as 'unknown place'.",
            "set_missing",
        ),
        # --- rows against each other ----------------------------------------------------------
        "identical_row": Kind(
            "The same row twice, with the same row id of the publisher.",
            "each row once",
            "Nothing to do: it is counted once.",
            "dropped",
        ),
        "possible_duplicate": Kind(
            "Rows that repeat another in everything but a row id. Two officers can meet the same "
            "finding, so nothing proves a duplicate.",
            "a row id of the publisher's own that tells them apart",
            "Kept, and counted as possible duplicates; allegation figures are given both ways.",
            "flagged",
        ),
        "row_id_clash": Kind(
            "Different rows with one row id.",
            "a row id of its own for each row",
            "Ask the publisher; all are kept.",
            "flagged",
        ),
        "conflicting_filing_date": Kind(
            "One complaint with several filing dates.",
            "one filing date per complaint",
            "The earliest counts; more than 30 days apart, it is left out of durations.",
            "flagged",
        ),
        "closed_before_filed": Kind(
            "A closing date before the filing date.",
            "a date on or after filing",
            "Ask the publisher; it is counted, and left out of durations.",
            "flagged",
        ),
        "decided_before_filed": Kind(
            "A finding or discipline dated before its complaint was filed.",
            "a date on or after filing",
            "Ask the publisher; it is counted, and left out of durations.",
            "flagged",
        ),
        "shared_incident": Kind(
            "Several complaints about one incident; reviewers may merge them later.",
            "one complaint per incident, or several that stay apart",
            "Kept: each is a complaint of its own.",
            "flagged",
        ),
        "finding_without_closing_date": Kind(
            "A decided complaint without the day it was closed.",
            "a closing date for every decided complaint",
            "Ask the publisher; counted, and left out of durations.",
            "flagged",
        ),
        "closed_without_finding": Kind(
            "A closed complaint without a finding.",
            "a finding for every closed complaint",
            "Ask the publisher; shown as 'closed, finding unknown'.",
            "flagged",
        ),
        "unmatched_id": Kind(
            "Outcomes whose complaint is not in the complaints file.",
            "a complaint for each outcome",
            "Kept here; in no figure, because filing date and place are unknown.",
            "flagged",
        ),
        # --- rows against the calendar --------------------------------------------------------
        "after_data_date": Kind(
            "A row dated after the data: it cannot have happened yet.",
            "a date up to {to}",
            "Ask the publisher, or correct `coverage.to` in city.yml.",
            "quarantined",
        ),
        "closed_after_data_date": Kind(
            "A closing date after the data date.",
            "a date up to {to}",
            "Ask the publisher; treated as closed on an unknown day.",
            "set_missing",
        ),
        "before_coverage": Kind(
            "Rows dated before the declared coverage.",
            "dates from {from_}",
            "They are kept but lie outside every count over time.",
            "flagged",
        ),
        "backfill": Kind(
            "At least five times the usual filings on one date: old cases entered at once.",
            "filings spread over days",
            "Ask whether old cases were entered at once; the month is shown with this note.",
            "flagged",
        ),
        # --- the table as a whole -------------------------------------------------------------
        "too_many_aside": Kind(
            "More than 1% of a table's rows had to be kept aside.",
            "at most 1%",
            "Mend the description or ask the publisher; verdicts that need this table say "
            "'incomplete'.",
            "flagged",
        ),
        "publisher_total": Kind(
            "The total a publisher prints differs from its rows by more than 2%.",
            "rows that add up to the printed total",
            "Ask the publisher; verdicts that need this table say 'incomplete'.",
            "flagged",
        ),
    }
)


def problem(
    check: str,
    *,
    file: str,
    found: str,
    line: int | None = None,
    column: str | None = None,
    action: Action | None = None,
    fill: Mapping[str, object] | None = None,
    rows: int | None = None,
) -> DataProblem:
    """Make one problem of a kind; `action` replaces the kind's own where a column's schema says so.

    `rows` is the number of rows it is about: without it one for a line, none for a whole file.
    Raises `KeyError` for a kind that is not listed above or a field that is not filled in.
    """
    kind, fields = KINDS[check], fill or {}
    return DataProblem(
        file=file,
        line=line,
        column=column,
        found=found,
        expected=kind.expected.format(**fields),
        fix=kind.fix.format(**fields),
        action=action or kind.action,
        check=check,
        rows=int(line is not None) if rows is None else rows,
    )
