"""Could one fact stand in the data twice?"""

from __future__ import annotations

import pandas as pd

from trustboard.citydata import CityData
from trustboard.quality.dating import share
from trustboard.quality.model import Part, tidy
from trustboard.wording.quality import duplicates_said


def duplicates(city: CityData, found: pd.DataFrame) -> Part:
    """Count, per table, what was dropped as proven and what only might be a duplicate.

    `found` are the problems as `trustboard.quality.problems.as_frame` gives them.
    """
    clashes = found[found["check"] == "row_id_clash"].groupby("table")["rows"].sum()
    rows = []
    for name, table in city.tables.items():
        account = table.accounting
        possible, kept = account.possible_duplicates, account.kept
        rows.append(
            {
                "table": name,
                "read": account.read,
                "dropped": account.dropped,
                "possible": possible,
                "clashing": int(clashes.get(name, 0)),
                "kept": kept,
                "without": kept - possible,
                "share": share(possible, kept),
            }
        )
    told = tidy("duplicates", rows)
    return Part(
        id="duplicates",
        question="Could a row stand there twice?",
        said=duplicates_said(told),
        table=told,
        action="A repeat with the publisher’s own row id is dropped. Without one nothing proves a "
        "duplicate: the row is kept, and allegation figures are given both ways.",
        limits=(
            "Two officers can meet the same finding in one complaint, so rows that look alike "
            "can be two facts.",
            "Figures that count complaints are the same with and without possible duplicates.",
        ),
    )
