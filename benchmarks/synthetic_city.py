"""Write an invented city of any size, to measure how fast TrustBoard is with many rows.

    python benchmarks/synthetic_city.py FOLDER --complaints 2000000 --seed 1

writes `FOLDER/synthetic/` with descriptions and published files, for `TRUSTBOARD_DATA=FOLDER`. The
same numbers give the same files. Some rows are wrong on purpose, as published rows are: impossible
dates, unreadable words, rows printed twice, places not named. All of it is invented and says so.
"""

from __future__ import annotations

import argparse
import shutil
from pathlib import Path
from typing import Final

import numpy as np
import pyarrow as pa
import pyarrow.csv as arrow_csv

DESCRIPTIONS: Final = Path(__file__).resolve().parent / "synthetic"
PLACES, DISTRICTS = 80, 9
FIRST_DAY, LAST_DAY = np.datetime64("2014-01-01"), np.datetime64("2023-12-31")
DAYS: Final = int((LAST_DAY - FIRST_DAY).astype(int)) + 1
CATEGORIES: Final = (
    "Force",
    "Discourtesy",
    "Search",
    "Duty",
    "Property",
    "Unequal treatment",
    "Language",
    "Other rule",
)
FILED_BY: Final = ("Resident", "Employee", "Unsigned", "")
FINDINGS: Final = ("Founded", "Not proven", "Within rules", "Did not happen", "Withdrawn")
CONSEQUENCES: Final = ("Suspended", "Written warning", "Retraining", "No action")
EVENT_KINDS: Final = ("Meeting", "School visit", "Walk")
UNDER_REVIEW, ILLEGIBLE = len(FINDINGS), len(FINDINGS) + 1
#: Of so many rows one is wrong in each of the ways below.
ONE_IN: Final = 500


def main() -> None:
    """Read the command line and write the city."""
    parser = argparse.ArgumentParser(description="Write an invented city of any size.")
    parser.add_argument("folder", type=Path, help="the folder that will hold synthetic/")
    parser.add_argument("--complaints", type=int, default=2_000_000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    print(write_city(asked.folder, complaints=asked.complaints, seed=asked.seed))


def write_city(folder: Path, *, complaints: int, seed: int = 1) -> Path:
    """Write the city below `folder` and give its own folder."""
    city = folder / "synthetic"
    published = city / "published"
    published.mkdir(parents=True, exist_ok=True)
    for name in ("city.yml", "commitments.yml"):
        shutil.copyfile(DESCRIPTIONS / name, city / name)
    chance = np.random.default_rng(seed)
    rows = complaint_rows(chance, complaints)
    tables = {
        "places": place_rows(chance),
        "outcomes": outcome_rows(chance, rows),
        "outreach": event_rows(chance, min(20_000, max(200, complaints // 100))),
        "complaints": with_a_few_twice(rows),
    }
    for name, table in tables.items():
        plain = arrow_csv.WriteOptions(quoting_style="none")
        arrow_csv.write_csv(table, published / f"{name}.csv", plain)
    return city


def place_rows(chance: np.random.Generator) -> pa.Table:
    """Give places in districts, each with its residents."""
    number = np.arange(1, PLACES + 1)
    return pa.table(
        {
            "id": _numbered("place-", number, 2),
            "name": _numbered("Place ", number, 2),
            "kind": pa.array(["neighborhood"] * PLACES),
            "district": _numbered("", number % DISTRICTS + 1, 1),
            "residents": pa.array(chance.integers(900, 30_000, PLACES)),
            "year": pa.array(["2020"] * PLACES),
        }
    )


def complaint_rows(chance: np.random.Generator, size: int) -> pa.Table:
    """Give complaints by day of filing; the later a complaint was filed, the more are open."""
    filed = np.sort(_filing_days(chance, size))
    took = chance.gamma(1.6, 120.0, size).astype(int)
    closed = filed + took
    is_closed = closed < DAYS
    received = _days(filed)
    received[chance.integers(ONE_IN, size=size) == 0] = np.datetime64("1900-01-01")
    return pa.table(
        {
            "case_no": _numbered("S-", np.arange(1, size + 1), 8),
            "received": _text(received),
            "closed": _text(np.where(is_closed, _days(closed), np.datetime64("NaT"))),
            "neighborhood": _places(chance, size),
            "about": _chosen(chance, CATEGORIES, size, (20, 24, 12, 15, 8, 6, 5, 10)),
            "filed_by": _chosen(chance, FILED_BY, size, (80, 12, 5, 3)),
            "state": _words(("Open", "Closed"), is_closed.astype(int)),
        }
    )


def outcome_rows(chance: np.random.Generator, complaints: pa.Table) -> pa.Table:
    """Give about 1.3 allegations per complaint; those of open complaints are under review."""
    times = 1 + (chance.random(len(complaints)) < 0.23) + (chance.random(len(complaints)) < 0.07)
    of = np.repeat(np.arange(len(complaints)), times)
    size = len(of)
    closed = complaints["closed"].combine_chunks().take(pa.array(of))
    is_open = closed.is_null().to_numpy(zero_copy_only=False)
    finding = chance.choice(len(FINDINGS), size=size, p=(0.14, 0.34, 0.16, 0.18, 0.18))
    what = chance.choice(len(CONSEQUENCES), size=size, p=(0.3, 0.3, 0.2, 0.2))
    founded = (finding == 0) & ~is_open
    finding = np.where(is_open, UNDER_REVIEW, finding)
    finding[chance.integers(ONE_IN, size=size) == 0] = ILLEGIBLE
    return pa.table(
        {
            "row_no": _numbered("", np.arange(1, size + 1), 8),
            "case_no": complaints["case_no"].combine_chunks().take(pa.array(of)),
            "about": _chosen(chance, CATEGORIES, size, (20, 24, 12, 15, 8, 6, 5, 10)),
            "finding": _words((*FINDINGS, "Under review", "Illegible"), finding),
            "consequence": _words(("", *CONSEQUENCES), np.where(founded, what + 1, 0)),
            "decided": closed,
        }
    )


def event_rows(chance: np.random.Generator, size: int) -> pa.Table:
    """Give outreach events; one in twenty was called off."""
    return pa.table(
        {
            "event_no": _numbered("E-", np.arange(1, size + 1), 6),
            "date": _text(_days(np.sort(chance.integers(0, DAYS, size)))),
            "kind": _chosen(chance, EVENT_KINDS, size, (5, 3, 2)),
            "status": _chosen(chance, ("Took place", "Called off"), size, (95, 5)),
            "neighborhood": _places(chance, size),
        }
    )


def with_a_few_twice(complaints: pa.Table) -> pa.Table:
    """Print some rows a second time at the end, as publishers do."""
    return pa.concat_tables(
        [complaints, complaints.take(pa.array(range(0, len(complaints), ONE_IN)))]
    )


def _filing_days(chance: np.random.Generator, size: int) -> np.ndarray:
    """Draw filing days: more in summer, a tenth fewer from the middle of the ten years on."""
    day = np.arange(DAYS)
    weight = (1 + 0.25 * np.sin(2 * np.pi * (day % 365) / 365)) * np.where(day > DAYS / 2, 0.9, 1.0)
    return chance.choice(DAYS, size=size, p=weight / weight.sum())


def _places(chance: np.random.Generator, size: int) -> pa.Array:
    """Draw places, some with far more rows than others; one in fifty is not named."""
    ids = [f"place-{number:02d}" for number in range(1, PLACES + 1)]
    return _chosen(chance, (*ids, ""), size, (*np.geomspace(1, 12, PLACES), PLACES / 12))


def _chosen(
    chance: np.random.Generator, words: tuple[str, ...], size: int, weights: tuple[float, ...]
) -> pa.Array:
    share = np.array(weights, dtype=float)
    return _words(words, chance.choice(len(words), size=size, p=share / share.sum()))


def _words(words: tuple[str, ...], codes: np.ndarray) -> pa.Array:
    return pa.array(words).take(pa.array(codes))


def _numbered(start: str, numbers: np.ndarray, digits: int) -> pa.Array:
    return pa.array(np.char.add(start, np.char.zfill(numbers.astype(str), digits)))


def _days(numbers: np.ndarray) -> np.ndarray:
    return FIRST_DAY + numbers.astype("timedelta64[D]")


def _text(days: np.ndarray) -> pa.Array:
    return pa.array(days.astype("datetime64[D]")).cast(pa.string())


if __name__ == "__main__":
    main()
