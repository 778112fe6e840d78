"""Every worked example, whatever file it comes from, through one dispatcher.

The project's own small set always runs. The larger shared set runs where it is present, or where
the environment variable TRUSTBOARD_REFERENCE names a file of the same form.
"""

from __future__ import annotations

import json
import math
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
import pytest
import scipy.stats
from statsmodels.duration.survfunc import SurvfuncRight

from trustboard import rule
from trustboard import statistics as st

OWN = Path(__file__).with_name("reference_small.json")
REPOSITORY = Path(__file__).resolve().parents[2]
SHARED = Path(
    os.environ.get("TRUSTBOARD_REFERENCE")
    or REPOSITORY.parent / "shared" / "reference" / "statistics.json"
)

Values = dict[str, Any]


# What each shape of inputs is put through. Each returns values under the names examples use.


def rates(inputs: Values) -> Values:
    options = {key: inputs[key] for key in ("per", "alpha") if key in inputs}
    interval = st.rate(inputs["count"], inputs["exposure"], **options)
    return {"rate": interval.estimate, **limits(interval)}


def proportions(inputs: Values) -> Values:
    interval = st.proportion(inputs["count"], inputs["nobs"], alpha=inputs.get("alpha", 0.05))
    return {"proportion": interval.estimate, "estimate": interval.estimate, **limits(interval)}


def two_rates(inputs: Values) -> Values:
    names = ("count1", "exposure1", "count2", "exposure2")
    test = st.rate_ratio(*(inputs[name] for name in names), alpha=inputs.get("alpha", 0.05))
    return {"ratio": test.ratio, "p": test.p, **limits(test)}


def funnel_of_areas(inputs: Values) -> Values:
    table = st.funnel(inputs["observed"], inputs["expected"])
    values = {
        "classification": table["classification"].tolist(),
        "tau2_DL": table.attrs["tau2"],
        "Q": table.attrs["q"],
    }
    if "limit_at_expected" in inputs:
        row = table.iloc[inputs["expected"].index(inputs["limit_at_expected"])]
        values["limits_99_8_ratio"] = [row["lower_99_8"], row["upper_99_8"]]
    return values


def many_tests(inputs: Values) -> Values:
    p, q = np.array(inputs["p"]), inputs["q"]
    adjusted = scipy.stats.false_discovery_control(p)
    return {
        "bh_rejected": int((adjusted <= q).sum()),
        "bh_adjusted": adjusted.tolist(),
        "bonferroni_rejected": int((p <= q / len(p)).sum()),
    }


def closing_times(inputs: Values) -> Values:
    time, closed = inputs["time"], inputs["event" if "event" in inputs else "status"]
    curve = st.kaplan_meier(time, closed)
    values = {
        "n": len(time),
        "events": int(np.sum(closed)),
        "times": curve.table["time"].tolist(),
        "S": curve.table["survival"].tolist(),
        "se": curve.table["se"].tolist(),
        "median": curve.median,
        "median_ci_loglog": [curve.median_lower, curve.median_upper],
        "median_ci_log": list(log_limits_of_the_median(time, closed)),
    }
    if "at" in inputs:
        points = curve.at(inputs["at"])
        values |= {name: points[name].tolist() for name in ("se", "lower", "upper")}
        values["S"] = points["survival"].tolist()
    return values


def log_limits_of_the_median(time: list[float], closed: list[int]) -> tuple[float, float]:
    """Not limits the product shows; one example also publishes them for comparison."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return SurvfuncRight(np.array(time), np.array(closed)).quantile_ci(0.5, method="log")


def ways_of_ending(inputs: Values) -> Values:
    table = st.cumulative_incidence(inputs["time"], inputs["status"], inputs["at"])
    values = {}
    for number, rows in table.groupby("outcome"):
        values[f"cif{number}"] = rows["incidence"].tolist()
        values[f"se{number}"] = rows["se"].tolist()
    return values


def survival_groups(inputs: Values) -> Values:
    return {name: closing_times(group) for name, group in inputs.items()}


def monthly_series(inputs: Values) -> Values:
    not_series = {"month", "time", "law", "trend", "exposure"}
    return {
        name: changed(
            st.before_after(
                counts,
                period=inputs["law"],
                month=inputs["month"],
                exposure=inputs.get("exposure"),
                trend=inputs.get("trend", "time" in inputs),
            )
        )
        for name, counts in inputs.items()
        if name not in not_series
    }


def changed(result: st.BeforeAfter) -> Values:
    return {
        "rate_ratio": result.ratio,
        "ci95_t": [result.lower_if_independent, result.upper_if_independent],
        "ci95_t_ar_inflated": [result.lower, result.upper],
        "ci95": [result.lower, result.upper],
        "dispersion_raw": result.dispersion_raw,
        "dispersion_used": result.dispersion,
        "df_resid": result.df,
        "resid_lag1_autocorr": result.lag1,
    }


def outreach(inputs: Values) -> Values:
    values: Values = {}
    if "x" in inputs:
        rho = st.spearman(inputs["x"], inputs["y"])
        tau = scipy.stats.kendalltau(inputs["x"], inputs["y"], method="exact")
        values |= {
            "spearman": rho.estimate,
            "spearman_ci_bonett_wright": [rho.lower, rho.upper],
            "kendall_tau": tau.statistic,
            "kendall_p_exact": tau.pvalue,
        }
    if "gini" in inputs:
        values["gini"] = [st.gini(counts) for counts in inputs["gini"]]
    if "events_in_year" in inputs:
        values["expected_empty_months"] = st.expected_empty_months(inputs["events_in_year"])
    return values


def verdict(inputs: Values, thresholds: Values) -> Values:
    counts, months = inputs["monthly_counts"], thresholds.get("baseline_months", 24)
    before, after = sum(counts[:months]), sum(counts[months:])
    values: Values = {"baseline_total": before, "current_total": after}
    if inputs.get("missing_share", 0) > thresholds.get("max_missing_share", 0.1):
        return values | {"state": "INCOMPLETE"}
    if min(before, after) < thresholds.get("min_events", 10):
        return values | {"state": "TOO_FEW"}
    comparison = st.before_after(
        counts,
        period=[int(number >= months) for number in range(len(counts))],
        month=[number % 12 + 1 for number in range(len(counts))],
    )
    judge = rule.state_at_deadline if inputs["deadline_passed"] else rule.state_before_deadline
    result = judge(
        comparison,
        direction=inputs["direction"],
        target_ratio=inputs["target_ratio"],
        margin=thresholds.get("delta_relative", 0.1),
    )
    return values | changed(comparison) | {"state": result.state.name}


def clean_rows(example: Values) -> Values:
    """Dirty rows to complaints: the steps the product's own loader takes, in plain pandas."""
    inputs = example["inputs"]
    rows = pd.DataFrame(inputs["rows"], columns=inputs["columns"])
    rows[["filed", "closed"]] = rows[["filed", "closed"]].apply(pd.to_datetime)
    until = pd.Timestamp(inputs["data_date"])
    repeated = rows.duplicated()
    rows = rows[~repeated]
    future = rows["filed"] > until
    kept = rows[~future].copy()
    order = ["sustained", "not_sustained", "withdrawn"]
    kept["seriousness"] = kept["finding"].map({name: rank for rank, name in enumerate(order)})
    complaints = kept.sort_values(["complaint", "seriousness"]).groupby("complaint").first()
    backwards = complaints["closed"] < complaints["filed"]
    durations = complaints[~backwards].copy()
    durations["days"] = (durations["closed"].fillna(until) - durations["filed"]).dt.days
    durations["outcome"] = (durations["seriousness"] + 1).where(durations["closed"].notna(), 0)
    return {
        "complaints": complaints,
        "allegations": len(kept),
        "repeated": int(repeated.sum()),
        "future": rows.loc[future, "complaint"].tolist(),
        "backwards": complaints.index[backwards].tolist(),
        "durations": durations,
    }


def dirty_rows(example: Values) -> Values:
    clean = clean_rows(example)
    cases = clean["durations"]
    closed = cases["outcome"] > 0
    curve = st.kaplan_meier(cases["days"], closed)
    values = {
        "complaints_counted": len(clean["complaints"]),
        "allegations_counted": clean["allegations"],
        "exact_duplicate_rows_dropped": clean["repeated"],
        "future_filed_rejected": clean["future"],
        "closed_before_filed_excluded_from_durations": clean["backwards"],
        "durations_used": len(cases),
        "closed": int(closed.sum()),
        "open_censored": int((~closed).sum()),
        "naive_mean_days_closed_only": cases.loc[closed, "days"].mean(),
        "km_median_days": curve.median,
        "km_median_ci_loglog": [curve.median_lower, curve.median_upper],
    }
    for name in example["expected"]:
        day = name.removesuffix("_se").rpartition("_")[2]
        if name.startswith("S_"):
            values[name] = curve.at(int(day))["survival"].item()
        elif name.startswith("sustained_cif_"):
            ended = st.cumulative_incidence(cases["days"], cases["outcome"], [int(day)])
            column = "se" if name.endswith("_se") else "incidence"
            values[name] = ended.set_index("outcome").loc[1, column]
    return values


# The dispatcher: section, then the names an input must have. The first shape that fits is used,
# except where an example combines several shapes in one.

Shape = tuple[set[str], Callable[[Values], Values]]
SHAPES: dict[int, list[Shape]] = {
    1: [({"count", "exposure"}, rates), ({"count", "nobs"}, proportions)],
    2: [
        ({"count1", "exposure1", "count2", "exposure2"}, two_rates),
        ({"observed", "expected"}, funnel_of_areas),
        ({"p", "q"}, many_tests),
    ],
    3: [({"time", "status", "at"}, ways_of_ending), ({"time"}, closing_times)],
    4: [({"month", "law"}, monthly_series)],
    5: [({"x", "y"}, outreach), ({"gini"}, outreach), ({"events_in_year"}, outreach)],
}


def compute(example: Values, inputs: Values) -> Values:
    """Put one set of inputs through every calculation its shape asks for."""
    if example["section"] == 6:
        return verdict(inputs, example.get("rule", {}))
    if example["section"] == 7:
        return dirty_rows(example)
    if example["section"] == 3 and all(isinstance(group, dict) for group in inputs.values()):
        return survival_groups(inputs)
    fitting = [run for names, run in SHAPES[example["section"]] if names <= inputs.keys()]
    if example["section"] == 3:
        fitting = fitting[:1]
    assert fitting, f"no calculation takes the inputs {sorted(inputs)}"
    values: Values = {}
    for run in fitting:
        values |= run(inputs)
    return values


def limits(interval: st.Interval | st.RatioTest) -> Values:
    return {"lower": interval.lower, "upper": interval.upper}


def differences(found: Any, expected: Any, tolerance: Values, path: str = "") -> list[str]:
    """List where the found values differ from the expected ones; every expected one is needed."""
    if isinstance(expected, Mapping):
        lost = [f"{path}.{key}: not computed" for key in expected if key not in found]
        shared = [key for key in expected if key in found]
        return lost + [
            line
            for key in shared
            for line in differences(found[key], expected[key], tolerance, f"{path}.{key}")
        ]
    if isinstance(expected, list):
        if len(found) != len(expected):
            return [f"{path}: {len(found)} values, expected {len(expected)}"]
        pairs = enumerate(zip(found, expected, strict=True))
        return [
            line for i, (f, e) in pairs for line in differences(f, e, tolerance, f"{path}[{i}]")
        ]
    return [] if agrees(found, expected, tolerance, path) else [f"{path}: {found} not {expected}"]


def agrees(found: Any, expected: Any, tolerance: Values, path: str) -> bool:
    if expected is None:  # a limit not reached, or a value not defined
        return not math.isfinite(found)
    if expected == "inf":
        return found == math.inf
    if isinstance(expected, str):
        return bool(found == expected)
    if (
        "days" in tolerance
        and ("median" in path or "days" in path)
        and float(expected).is_integer()
    ):
        return abs(found - expected) <= tolerance["days"]
    near, relative = tolerance.get("abs", 0.0), tolerance.get("rel", 0.0)
    return math.isclose(found, expected, rel_tol=relative, abs_tol=near or 1e-12)


def load(path: Path) -> list[Values]:
    return json.loads(path.read_text(encoding="utf-8"))["examples"]


def every_example() -> list[Any]:
    cases = [pytest.param(example, id=f"own-{example['id']}") for example in load(OWN)]
    if SHARED.is_file():
        return cases + [pytest.param(e, id=f"shared-{e['id']}") for e in load(SHARED)]
    why = f"the shared reference file {SHARED.name} is not here; set TRUSTBOARD_REFERENCE to it"
    return [*cases, pytest.param({}, id="shared", marks=pytest.mark.skip(reason=why))]


@pytest.mark.parametrize("example", every_example())
def test_a_worked_example_is_reproduced(example: Values) -> None:
    inputs, expected = example["inputs"], example["expected"]
    if not isinstance(inputs, list):
        inputs, expected = [inputs], [expected]
    found = [compute(example, one) for one in inputs]
    assert differences(found, expected, example.get("tolerance", {}), example["id"]) == []


@pytest.mark.parametrize("example", every_example())
def test_an_example_agrees_with_the_approximation_it_also_quotes(example: Values) -> None:
    also = example.get("also")
    if also is None:
        return
    interval = st.rate(**example["inputs"])
    relative = also["tolerance_rel"]
    assert interval.lower == pytest.approx(also["phe_byar_lower"], rel=relative)
    assert interval.upper == pytest.approx(also["phe_byar_upper"], rel=relative)


def test_a_wrong_value_in_an_example_is_noticed() -> None:
    example = json.loads(json.dumps(load(OWN)[0]))
    example["expected"][0]["upper"] *= 1.001
    found = compute(example, example["inputs"][0])
    assert differences(found, example["expected"][0], example["tolerance"]) != []


def test_a_value_nobody_computes_is_noticed() -> None:
    assert differences({"rate": 1.0}, {"rate": 1.0, "surprise": 2.0}, {"abs": 1e-9}) == [
        ".surprise: not computed"
    ]
