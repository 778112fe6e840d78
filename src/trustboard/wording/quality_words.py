"""The names of checks, fields, actions and delays, as a reader would call them."""

from __future__ import annotations

from types import MappingProxyType
from typing import Final

from trustboard.wording.numbers import share, whole

#: Check → what was found, as the label of a bar and the first cell of a row.
CHECK_WORDS: Final = MappingProxyType(
    {
        "malformed_row": "Too many or too few cells",
        "unknown_word": "A word nobody has mapped",
        "unreadable_date": "A date that cannot be read",
        "impossible_date": "A date too early to be true",
        "after_data_date": "Dated after the data",
        "closed_after_data_date": "Closed after the data",
        "closed_before_filed": "Closed before it was filed",
        "decided_before_filed": "Decided before it was filed",
        "conflicting_filing_date": "Two filing dates for one complaint",
        "before_coverage": "Dated before the coverage",
        "unreadable_yes_no": "Neither yes nor no",
        "repeated_key": "An id that stands twice",
        "missing_key": "No id",
        "outcome_without_complaint": "Outcomes without a complaint",
        "complaint_without_outcome": "Complaints without an outcome",
        "finding_without_closing_date": "Decided, but no closing date",
        "closed_without_finding": "Closed, but no finding",
    }
)
#: Field → how a reader would call it, where its own name does not say it.
FIELD_WORDS: Final = MappingProxyType(
    {
        "filed_on": "Filing date",
        "closed_on": "Closing date",
        "incident_on": "Incident date",
        "incident_id": "Incident number",
        "filed_by": "Who filed it",
        "decided_on": "Date of the finding",
        "held_on": "Date",
        "date_precision": "How exact the date is",
        "event_kind": "Kind of event",
        "event_status": "Held or cancelled",
        "citywide": "Citywide or not",
        "url": "Link to the source",
    }
)
#: What was done → how it is said.
ACTION_WORDS: Final = MappingProxyType(
    {
        "quarantined": "set aside, in no number",
        "dropped": "dropped: same publisher row id",
        "set_missing": "kept, with this cell treated as missing",
        "flagged": "kept; readers are told",
        "not_read": "not read",
    }
)
#: What is known of a place → how it is said.
PLACE_WORDS: Final = MappingProxyType(
    {
        "known": "On the list of places",
        "outside": "Outside the city",
        "blank": "Left blank",
        "said_unknown": "A word that means “unknown”",
        "on_no_list": "On no list of places",
    }
)
#: Delay → how it is said.
DELAY_WORDS: Final = MappingProxyType(
    {
        "incident_to_filing": "From the incident to the complaint",
        "filing_to_decision": "From the complaint to the first finding",
        "filing_to_first_seen": "From the complaint to its first appearance here",
    }
)


def check_word(check: str) -> str:
    """Name what a check found."""
    return CHECK_WORDS.get(check, check.replace("_", " ").capitalize())


def field_word(field: str) -> str:
    """Name a field as a reader would: `closed_on` is "Closing date", `place_id` is "Place"."""
    return FIELD_WORDS.get(field, field.removesuffix("_id").replace("_", " ").capitalize())


def share_of(part: float, of: float) -> str:
    """Write a share that may be tiny without calling it zero."""
    value = part / of
    return "less than 0.1%" if 0 < value < 0.001 else share(value)


def counted(number: float, what: str) -> str:
    """Write a number with its noun: "1 row", "2 rows"."""
    return f"{whole(number)} {what}{'' if number == 1 else 's'}"


def rows_word(number: int) -> str:
    """Give "row" or "rows"."""
    return "row" if number == 1 else "rows"
