"""`figures.csv`: numbers printed in the invented city's reports; two contradict each other."""

from __future__ import annotations

from typing import Final

from generator.cases import Case
from generator.rows import PublishedFile, Row

COLUMNS: Final = (
    "figure", "topic", "measure", "series", "value", "unit", "period", "from", "to", "place",
    "publisher", "title", "link", "published", "certainty", "note",
)  # fmt: skip
OFFICE: Final = "Riverbend Complaints Office"
AUDITOR: Final = "Riverbend City Auditor"
POLICE: Final = "Riverbend Police"
SURVEY: Final = "Riverbend Statistics Desk"

#: The one year whose printed total is not the total of the rows, and how far it is off.
YEAR_IN_CONFLICT: Final = 2019
TOO_HIGH_BY: Final = 1.06
YEARS: Final = range(2019, 2024)

STOPS: Final = {2019: 41870, 2020: 39214, 2021: 40466, 2022: 40132, 2023: 33508}
OFFICERS: Final = {2019: 402, 2020: 398, 2021: 391, 2022: 388, 2023: 394}
CONTENT: Final = {2019: "38", 2020: "about 40 to 45", 2021: "41", 2022: "43", 2023: "42"}


def figures_file(cases: list[Case]) -> PublishedFile:
    """Write out every printed figure; complaint totals follow from the rows but for one year."""
    totals = {year: received_in(cases, year=year) for year in YEARS}
    rows = [printed_total(year, total) for year, total in totals.items()]
    rows += [counted_again(year, totals[year]) for year in (YEAR_IN_CONFLICT, YEAR_IN_CONFLICT + 1)]
    for name, what, unit, values in (
        ("stops", "Recorded traffic stops", "stops", STOPS),
        ("officers", "Sworn officers at the end of the year", "officers", OFFICERS),
    ):
        rows += [
            figure(f"{name}-{year}", year, what, str(value), unit, publisher=POLICE)
            for year, value in values.items()
        ]
    rows += [survey(year, value) for year, value in CONTENT.items()]
    rows.append(survey(2024, "still being tabulated"))
    return PublishedFile("figures.csv", COLUMNS, rows)


def received_in(cases: list[Case], *, year: int) -> int:
    """Count the complaints that the office's rows show as received in a year, each once."""
    unusable = {
        "filed_after_data_date", "unreadable_filing_date", "unknown_category_code",
        "too_few_columns", "too_many_columns", "impossible_early_filing_date",
    }  # fmt: skip
    return sum(
        case.filed.year == year and case.repeats is None and not unusable & set(case.kinds)
        for case in cases
    )


def figure(
    name: str, year: int, measure: str, value: str, unit: str, *, publisher: str, series: str = ""
) -> Row:
    """Write out one figure about a whole year, printed in the April after it."""
    topic = {OFFICE: "complaints", AUDITOR: "complaints", SURVEY: "trust"}.get(publisher, "police")
    return Row(
        {
            "figure": name,
            "topic": topic,
            "measure": measure,
            "series": series or name.rsplit("-", 1)[0],
            "value": value,
            "unit": unit,
            "period": str(year),
            "from": f"{year}-01-01",
            "to": f"{year}-12-31",
            "place": "Riverbend",
            "publisher": publisher,
            "title": f"Yearly report {year}",
            "link": f"https://riverbend.example/reports/{year}/{name}",
            "published": f"{year + 1}-04-15" if year < 2024 else "2024-12-20",
            "certainty": "read",
            "note": "",
        }
    )


def printed_total(year: int, total: int) -> Row:
    """Write out the yearly report's number of complaints; one year's is too high."""
    wrong = year == YEAR_IN_CONFLICT
    value = round(total * TOO_HIGH_BY) if wrong else total
    row = figure(
        f"complaints-{year}", year, "Complaints received", str(value), "complaints",
        publisher=OFFICE,
    )  # fmt: skip
    row.kinds = ["total_differs_from_rows"] if wrong else []
    return row


def counted_again(year: int, total: int) -> Row:
    """Write out the auditor's own count of the same complaints."""
    return figure(
        f"audited-complaints-{year}", year, "Complaints counted by the auditor", str(total),
        "complaints", publisher=AUDITOR,
    )  # fmt: skip


def survey(year: int, value: str) -> Row:
    """Write out the share of complainants who were content with how they were treated."""
    row = figure(
        f"content-{year}", year, "Complainants content with how they were treated", value,
        "percent", publisher=SURVEY,
    )  # fmt: skip
    row.kinds = [] if value.isdigit() else ["number_with_text"]
    return row
