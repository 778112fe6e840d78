"""The checks on mapped rows: what is dropped, kept aside, or only flagged (docs/data-quality.md).

Each check marks rows; none removes one. `trustboard.load` does that, once, so that every row is
accounted for. What each kind of problem means stands in `trustboard.problem_kinds`.
"""

from __future__ import annotations

from collections.abc import Set
from dataclasses import dataclass, field

import pandas as pd

from trustboard.city import TableSpec
from trustboard.errors import DataProblem
from trustboard.lookup import is_among
from trustboard.problem_kinds import KINDS, problem

#: The date that says when a row of each table happened.
DATED_BY = {"complaints": "filed_on", "outcomes": "decided_on", "outreach": "held_on"}
#: So many times the usual number of filings on one date looks like entering old cases at once.
BACKFILL_TIMES, BACKFILL_LEAST = 5, 10
#: Above this share of rows kept aside, verdicts that depend on the table are not given.
MOST_ASIDE = 0.01


@dataclass(slots=True)
class Checking:
    """A table under check: its rows and, for each, whether it stays."""

    name: str
    spec: TableSpec
    raw: pd.DataFrame
    frame: pd.DataFrame
    aside: pd.Series
    dropped: pd.Series = field(init=False)
    repeated: pd.Series = field(init=False)
    problems: list[DataProblem] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.dropped = pd.Series(False, index=self.frame.index)
        self.repeated = pd.Series(False, index=self.frame.index)

    @property
    def stays(self) -> pd.Series:
        """Say which rows are still counted."""
        return ~(self.aside | self.dropped)

    def each(
        self, check: str, rows: pd.Series, *, found: str, column: str | None = None, **fill: object
    ) -> None:
        """List a problem for every marked row that is still counted, and act on it.

        `{}` in `found` becomes the published cell of `column`.
        """
        rows = rows & self.stays
        if not rows.any():
            return
        cells = self._published(column)[rows] if column else self.frame.loc[rows, "line"]
        self.problems += [
            problem(
                check,
                file=self._file,
                line=int(line),
                column=column,
                found=found.format(cell),
                fill=fill,
            )
            for line, cell in zip(self.frame.loc[rows, "line"], cells, strict=True)
        ]
        if KINDS[check].action == "quarantined":
            self.aside |= rows
        elif KINDS[check].action == "dropped":
            self.dropped |= rows

    def together(
        self, check: str, rows: pd.Series, *, found: str, column: str | None = None, **fill: object
    ) -> None:
        """Flag all marked rows that are still counted in one line; `{}` becomes their number."""
        count = int((rows & self.stays).sum())
        if count:
            said = found.format(f"{count:,}")
            self.note(check, column=column, found=said, rows=count, **fill)

    def note(
        self, check: str, *, found: str, column: str | None = None, rows: int = 0, **fill: object
    ) -> None:
        """Flag something about the table as a whole, or about so many rows of it together."""
        one = problem(check, file=self._file, column=column, found=found, fill=fill, rows=rows)
        self.problems.append(one)

    @property
    def _file(self) -> str:
        return f"published/{self.spec.file}"

    def _published(self, column: str) -> pd.Series:
        name = f"{column}_as_published"
        cells = self.frame[name if name in self.frame else column]
        return cells.astype("str").str.slice(0, 60)


def check_table(table: Checking, *, places: Set[str], complaint_ids: pd.Series | None) -> None:
    """Run every check that concerns this table; `complaint_ids` are those of the complaints."""
    drop_identical(table)
    check_keys(table)
    check_data_date(table)
    if table.name == "complaints":
        flag_conflicting_dates(table)
        check_closing_dates(table)
        flag_backfill(table)
        flag_shared_incidents(table)
    if table.name == "outcomes" and complaint_ids is not None:
        lost = pd.Series(~is_among(table.frame["complaint_id"], complaint_ids), table.frame.index)
        found = "{} rows belong to a complaint that is not in the complaints file"
        table.together("unmatched_id", lost, column="complaint_id", found=found)
    if table.name not in {"places", "figures"}:
        check_places(table, places)
    if len(table.aside) and table.aside.mean() > MOST_ASIDE:
        table.note("too_many_aside", found=f"{table.aside.mean():.1%} of rows kept aside")


def drop_identical(table: Checking) -> None:
    """Drop a row that repeats one with the same publisher row id; count other repeats as possible.

    Without a row id, or when all but the row id repeats, nothing proves a duplicate: two officers
    can meet the same finding. Such rows are kept and counted.
    """
    row_id = table.spec.row_id
    if row_id is not None:
        found = "the same row a second time"
        table.each("identical_row", table.raw.duplicated(keep="first"), found=found)
    key = table.spec.column("complaint_id") or table.spec.column("event_id")
    if key is None:
        return
    own_id = None if key.column == row_id else row_id
    content = table.raw.drop(columns=[own_id] if own_id else [])
    table.repeated = content.duplicated(keep="first") & table.stays
    found = "{} rows repeat another in everything but a row id"
    table.together("possible_duplicate", table.repeated, found=found)
    if own_id is not None:
        ids = table.raw[own_id].where(table.stays)
        clash = ids.duplicated(keep=False) & ids.notna() & (ids != "")
        table.together(
            "row_id_clash", clash, column=own_id, found="{} rows share a row id but differ"
        )


def check_keys(table: Checking) -> None:
    """Keep aside a place or figure whose id stands in an earlier row: only one can be meant."""
    key = {"places": "place_id", "figures": "figure_id"}.get(table.name)
    if key is not None:
        ids = table.frame[key].where(table.stays)
        again = ids.duplicated(keep="first") & ids.notna()
        table.each("repeated_key", again, column=key, found="{!r} a second time", name=key)


def check_data_date(table: Checking) -> None:
    """Keep aside rows dated after the data; flag rows dated before the coverage begins."""
    column, coverage = DATED_BY.get(table.name), table.spec.coverage
    if column is None or coverage is None or column not in table.frame:
        return
    late = table.frame[column] > pd.Timestamp(coverage.to)
    if table.name == "outreach":  # what is only announced may lie ahead
        late &= table.frame["event_status"].isin(["held", "absent"])
    found = "{}, which is after the data date"
    table.each("after_data_date", late, column=column, found=found, to=coverage.to)
    early = table.frame[column] < pd.Timestamp(coverage.from_)
    found = "{} rows are dated before the coverage begins"
    table.together("before_coverage", early, column=column, found=found, from_=coverage.from_)


def flag_conflicting_dates(table: Checking) -> None:
    """Flag one complaint id with several filing dates: the earliest counts."""
    kept = table.frame.loc[table.stays, ["complaint_id", "filed_on"]].dropna()
    again = kept[kept["complaint_id"].duplicated(keep=False)]  # most ids stand there once
    dates = again.groupby("complaint_id")["filed_on"].nunique()
    clash = table.frame["complaint_id"].isin(dates.index[dates > 1])
    found = "{}, but the same complaint has another filing date"
    table.each("conflicting_filing_date", clash, column="filed_on", found=found)


def check_closing_dates(table: Checking) -> None:
    """Flag a closing date before filing; take one after the data date as not known."""
    if "closed_on" not in table.frame:
        return
    wrong = table.frame["closed_on"] < table.frame["filed_on"]
    found = "closed {}, before it was filed"
    table.each("closed_before_filed", wrong, column="closed_on", found=found)
    if table.spec.coverage is not None:
        to = table.spec.coverage.to
        future = table.frame["closed_on"] > pd.Timestamp(to)
        found = "closed {}, after the data date"
        table.each("closed_after_data_date", future, column="closed_on", found=found, to=to)
        table.frame["closed_on"] = table.frame["closed_on"].mask(future)


def flag_backfill(table: Checking) -> None:
    """Flag a date with at least five times the usual filings: old cases entered at once."""
    days, usual = backfill_days(table.frame.loc[table.stays, "filed_on"])
    for day, count in days.items():
        found = f"{count} complaints filed on {day:%Y-%m-%d}, usually {usual:g} a day"
        table.note("backfill", column="filed_on", found=found, rows=int(count))


def backfill_days(filed: pd.Series) -> tuple[pd.Series, float]:
    """Give the filings on each flagged date, in order, and the usual number on a date with any.

    The usual number is the median, so that the flagged dates themselves hardly move it; it is
    missing where nothing was filed.
    """
    per_day = filed.value_counts()
    usual = float(per_day.median())
    flagged = per_day[(per_day >= BACKFILL_TIMES * usual) & (per_day >= BACKFILL_LEAST)]
    return flagged.sort_index(), usual


def flag_shared_incidents(table: Checking) -> None:
    """Flag several complaints about one incident, where the publisher gives incidents an id."""
    if "incident_id" in table.frame:
        kept = table.frame[table.stays].drop_duplicates("complaint_id")
        shared = kept["incident_id"].duplicated(keep=False) & kept["incident_id"].notna()
        rows = shared.reindex(table.frame.index, fill_value=False)
        found = "{} complaints share an incident with another"
        table.together("shared_incident", rows, column="incident_id", found=found)


def check_places(table: Checking, known: Set[str]) -> None:
    """Treat a place that is on no list as unknown, and say so; never share it out."""
    if not known or "place_id" not in table.frame:
        return
    place = table.frame["place_id"]
    lost = place.notna() & ~place.isin(known)
    found = "{!r} is on no list of places"
    table.each("unknown_place", lost, column="place_id", found=found)
    table.frame["place_id"] = place.mask(lost)
