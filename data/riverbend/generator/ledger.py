"""The ledger: what was planted, where, and what a careful reader does with it."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from generator.rows import PublishedFile, account, planted

#: quarantined: kept aside, in no number · dropped: counted once already · set_missing: one cell is
#: unknown, the row counts · kept_flagged: the row counts, readers are told · possible_duplicate:
#: counts, and is also counted as possibly repeated · kept: nothing is wrong with the row.
EXPECTED: Final = {
    "identical_row_same_id": "dropped",
    "identical_but_for_row_id": "possible_duplicate",
    "conflicting_filing_date_near": "kept_flagged",
    "conflicting_filing_date_far": "kept_flagged",
    "filed_after_data_date": "quarantined",
    "impossible_early_filing_date": "set_missing",
    "impossible_early_incident_date": "set_missing",
    "unreadable_filing_date": "quarantined",
    "unreadable_incident_date": "set_missing",
    "unreadable_decision_date": "quarantined",
    "unreadable_event_date": "quarantined",
    "closed_before_filed": "kept_flagged",
    "decided_before_filed": "kept_flagged",
    "finding_without_closing_date": "kept_flagged",
    "closing_date_without_finding": "kept_flagged",
    "neighborhood_missing": "set_missing",
    "located_at_station": "set_missing",
    "unknown_place_name": "set_missing",
    "unknown_category_code": "quarantined",
    "unknown_finding_word": "quarantined",
    "unknown_event_kind": "quarantined",
    "held_after_data_date": "quarantined",
    "backfill_day": "kept_flagged",
    "outcome_without_complaint": "kept_flagged",
    "several_complaints_of_one_incident": "kept_flagged",
    "too_few_columns": "quarantined",
    "too_many_columns": "quarantined",
    "number_with_text": "set_missing",
    "total_differs_from_rows": "kept_flagged",
    "looks_like_a_formula": "kept",
    "looks_like_markup": "kept",
    "very_long_text": "kept",
    "several_lines_in_one_cell": "kept",
}


def ledger(files: Sequence[PublishedFile]) -> dict[str, Any]:
    """Give the whole ledger: per file the account of its rows, and per kind the lines planted.

    Lines count from 1 as a text editor does, the header included. A row with an identical twin is
    listed once (the second one); rows of a conflict of dates are listed by the later date.
    """
    return {
        "about": "Invented city: faults planted on purpose, and what a careful reader does.",
        "files": {file.name: account(file, expected=EXPECTED) for file in files},
        "kinds": [
            {
                "kind": kind,
                "file": file.name,
                "expected": EXPECTED[kind],
                "count": len(lines),
                "lines": lines,
            }
            for file in files
            for kind, lines in sorted(planted(file).items())
        ],
    }
