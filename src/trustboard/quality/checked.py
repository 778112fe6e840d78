"""Every check that is made, what it found here, and what is done about it; and corrections."""

from __future__ import annotations

import pandas as pd

from trustboard.citydata import CityData
from trustboard.errors import Action
from trustboard.problem_kinds import KINDS
from trustboard.quality.dating import some_columns
from trustboard.quality.model import Part, tidy
from trustboard.quality.problems import alike
from trustboard.wording.quality import dates_said
from trustboard.wording.quality_counting import checks_said, corrections_said

#: The checks of dates, in the order of a list.
DATES = (
    "unreadable_date",
    "impossible_date",
    "after_data_date",
    "closed_after_data_date",
    "closed_before_filed",
    "decided_before_filed",
    "conflicting_filing_date",
    "before_coverage",
)


def dates(city: CityData, found: pd.DataFrame) -> Part:
    """Count the dates that cannot be true, by table, column and fault; `found` as of `as_frame`."""
    found = found[found["check"].isin(DATES)].fillna({"column": ""})
    keys = ["table", "column", "check", "action"]
    counted = found.groupby(keys, sort=False)["rows"].sum().reset_index()
    order = {name: place for place, name in enumerate(DATES)}
    counted = counted.sort_values("check", key=lambda names: names.map(order), kind="stable")
    told = tidy("dates", counted.to_dict("records"))
    return Part(
        id="dates",
        question="Which dates cannot be true?",
        said=dates_said(told, here=_timed(city)),
        table=told,
        can_tell=_timed(city),
        action="Depends on the fault: see the table. A date that is not known never becomes "
        "another one.",
        limits=(
            "A wrong date that could be true, such as a day typed wrongly by one, cannot be seen.",
        ),
    )


def _timed(city: CityData) -> bool:
    return any(name in city.tables for name in ("complaints", "outcomes", "outreach"))


#: What is done about findings that are no problem of a row, and so no kind of problem.
_BEYOND: tuple[tuple[str, str, str], ...] = (
    (
        "several_allegations",
        "Complaints with several allegations or officers.",
        "kept; a complaint counts once: sustained if any of its allegations is, else pending if "
        "any still is, else with the most serious finding of any of them",
    ),
    (
        "place_not_known",
        "Rows whose place is not known.",
        "kept in the city; shown as unknown; never shared out",
    ),
    (
        "counting_changed",
        "A law, form or code list that changed.",
        "a break: nothing is compared across it",
    ),
    (
        "recent_allegations",
        "Allegations are added to a complaint after it was filed.",
        "recent numbers of allegations are never compared",
    ),
)


def checks(city: CityData) -> Part:
    """List every check with what it found; those that found nothing too."""
    found = alike(city.problems)
    rows: list[dict[str, object]] = []
    for name, kind in KINDS.items():
        mine = [one for one in found if one.check == name]
        actions = sorted({one.action for one in mine}) or [kind.action]
        rows.append(
            {
                "check": name,
                "looks_for": kind.when,
                "times": sum(one.times for one in mine),
                "rows": sum(one.rows for one in mine),
                "action": ", ".join(map(_spoken, actions)),
            }
        )
    counted = _beyond(city)
    rows += [
        {"check": name, "looks_for": when, "times": counted[name], "rows": counted[name],
         "action": action}
        for name, when, action in _BEYOND
    ]  # fmt: skip
    told = tidy("checks", rows).astype({"times": "Int64", "rows": "Int64"})
    return Part(
        id="checks",
        question="What is checked, and what is done about it?",
        said=checks_said(told),
        table=told,
        action="Nothing is mended silently: published files are never changed.",
        limits=("A check finds what breaks a rule. It cannot find what is wrong and plausible.",),
    )


def _spoken(action: Action) -> str:
    return action.replace("_", " ")


def _beyond(city: CityData) -> dict[str, int | None]:
    """Count what the list beyond the kinds of problem speaks of; None where nobody can count."""
    outcomes = some_columns(city, "outcomes", "complaint_id")
    several = None
    if outcomes is not None:
        several = int((outcomes["complaint_id"].value_counts() > 1).sum())
    nowhere = [
        int(frame["place_id"].isna().sum())
        for name in ("complaints", "outreach")
        if (frame := some_columns(city, name, "place_id")) is not None and "place_id" in frame
    ]
    return {
        "several_allegations": several,
        "place_not_known": sum(nowhere) if nowhere else None,
        "counting_changed": sum(len(one.spec.breaks) for one in city.tables.values()),
        "recent_allegations": None,
    }


def corrections(city: CityData) -> Part:
    """List the corrections of published data, the newest first, and whether each still applies."""
    rows: list[dict[str, object]] = [
        {
            "on": pd.Timestamp(one.on),
            "table": one.table,
            "column": one.column,
            "was": one.was,
            "now": one.now,
            "reason": one.reason,
            "source": one.source,
            "state": one.state,
        }
        for one in sorted(city.corrections, key=lambda one: one.on, reverse=True)
    ]
    told = tidy("corrections", rows)
    return Part(
        id="corrections",
        question="What was corrected?",
        said=corrections_said(told),
        table=told,
        action="A correction names the cell, the reason and the page that shows it. It stops by "
        "itself once the publisher has mended the file.",
    )
