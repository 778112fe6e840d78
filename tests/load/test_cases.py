"""Folding allegations into complaints, worked by hand."""

import json
from pathlib import Path

import pytest

from trustboard.statistics import cumulative_incidence, kaplan_meier

REFERENCE = Path(__file__).parents[3] / "shared/reference/statistics.json"


def test_the_finding_of_a_complaint_is_its_most_serious(open_city):
    city = open_city(
        complaints="".join(f"C{n},2023-01-10,2023-02-01,,force\n" for n in range(1, 5)),
        outcomes="C1,unfounded\nC1,sustained\nC2,not_sustained\nC2,pending\nC3,exonerated\n",
    )
    findings = city.cases.set_index("complaint_id")["finding"]
    assert findings[["C1", "C2", "C3"]].tolist() == ["sustained", "pending", "exonerated"]
    assert findings.isna()["C4"]
    assert city.cases["allegations"].tolist() == [2, 2, 1, 0]


def test_discipline_is_that_of_the_sustained_allegation(open_city):
    city = open_city(
        complaints="C1,2023-01-10,2023-02-01,,force\n",
        outcomes=b"id,finding,discipline\nC1,sustained,reprimand\nC1,unfounded,separation\n",
        describe={
            "outcomes": {
                "columns": {"complaint_id": "id", "finding": "finding", "discipline": "discipline"}
            }
        },
    )
    assert city.cases["discipline"].tolist() == ["reprimand"]


def test_without_closing_dates_a_case_is_open_while_a_finding_is_pending(open_city):
    columns = {"complaint_id": "id", "filed_on": "filed"}
    city = open_city(
        complaints="C1,2023-01-10,,,x\nC2,2023-01-10,,,x\nC3,2023-01-10,,,x\n",
        outcomes="C1,pending\nC1,sustained\nC2,unfounded\n",
        describe={"complaints": {"columns": columns}},
    )
    assert city.cases["is_open"].tolist()[:2] == [True, False]
    assert city.cases["is_open"].isna().tolist() == [False, False, True]
    assert city.cases["days"].isna().all()


def test_days_run_to_the_data_date_while_a_case_is_open(open_city):
    city = open_city(complaints="C1,2024-06-01,,,x\nC2,2024-06-01,2024-06-11,,x\n")
    assert city.cases["days"].tolist() == [29, 10]
    assert city.cases["observed"].tolist() == [False, True]


@pytest.mark.skipif(not REFERENCE.is_file(), reason="the shared worked examples are not here")
def test_the_worked_dirty_rows_come_out_of_the_loader_as_the_reference_says(open_city):
    example = next(
        e for e in json.loads(REFERENCE.read_text("utf-8"))["examples"] if e["id"] == "E12"
    )
    expected = example["expected"]
    lines = [",".join("" if c is None else c for c in row) for row in example["inputs"]["rows"]]
    text = ("\n".join([",".join(example["inputs"]["columns"]), *lines]) + "\n").encode()
    complaint = {"complaint_id": "complaint", "filed_on": "filed", "closed_on": "closed"}
    outcome = {"complaint_id": "complaint", "finding": "finding"}
    city = open_city(
        complaints=text,
        outcomes=text,
        describe={
            "complaints": {"columns": complaint, "row_id": "allegation"},
            "outcomes": {"columns": outcome, "row_id": "allegation"},
        },
        city={"words": {"finding": {"withdrawn": "no_finding"}}},
    )
    cases, usable = city.cases, city.cases[city.cases["duration_ok"]]
    assert len(cases) == expected["complaints_counted"]
    assert len(city.allegations) == expected["allegations_counted"]
    assert city.tables["outcomes"].accounting.dropped == expected["exact_duplicate_rows_dropped"]
    assert city.tables["complaints"].quarantine["complaint"].tolist() == ["C13"]
    excluded = cases.loc[~cases["duration_ok"], "complaint_id"].tolist()
    assert excluded == expected["closed_before_filed_excluded_from_durations"]
    assert len(usable) == expected["durations_used"]
    curve = kaplan_meier(usable["days"], usable["observed"])
    assert curve.median == expected["km_median_days"]
    assert [curve.median_lower, curve.median_upper] == expected["km_median_ci_loglog"]
    outcome_code = usable["finding"].map({"sustained": 1, "not_sustained": 2, "no_finding": 3})
    incidence = cumulative_incidence(
        usable["days"], outcome_code.where(usable["observed"], 0).astype(int), at=[180, 365]
    )
    sustained = incidence[incidence["outcome"] == 1].set_index("time")["incidence"]
    assert sustained[180] == pytest.approx(expected["sustained_cif_180"], abs=1e-8)
    assert sustained[365] == pytest.approx(expected["sustained_cif_365"], abs=1e-8)
