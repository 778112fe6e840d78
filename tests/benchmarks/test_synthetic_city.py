"""The invented city for measuring opens like any other, whatever its size."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

from trustboard.load import load_city
from trustboard.measure import Query, measure
from trustboard.tidy import Measured

ROOT = Path(__file__).resolve().parents[2]


def _write(folder: Path, *, complaints: int = 3000, seed: int = 1) -> Path:
    command = [sys.executable, str(ROOT / "benchmarks" / "synthetic_city.py"), str(folder)]
    command += ["--complaints", str(complaints), "--seed", str(seed)]
    subprocess.run(command, check=True, capture_output=True)
    return folder


@pytest.fixture(scope="module")
def cities(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return _write(tmp_path_factory.mktemp("cities"))


def _hashes(folder: Path) -> dict[str, str]:
    files = sorted(path for path in folder.rglob("*") if path.is_file())
    return {path.name: hashlib.sha256(path.read_bytes()).hexdigest() for path in files}


def test_check_accepts_it_and_accounts_for_every_row(cities: Path) -> None:
    command = [sys.executable, "-m", "trustboard.cli", "check", "synthetic", "--json"]
    environment = {**os.environ, "TRUSTBOARD_DATA": str(cities), "PYTHONPATH": str(ROOT / "src")}
    done = subprocess.run(command, capture_output=True, text=True, env=environment, check=False)
    assert done.returncode == 1, done.stderr  # it found what is wrong on purpose, and nothing broke
    assert json.loads(done.stdout)["tables"].keys() == {
        "places",
        "complaints",
        "outcomes",
        "outreach",
    }
    city = load_city("synthetic", data=cities)
    accounts = {name: table.accounting for name, table in city.tables.items()}
    assert all(account.balances() for account in accounts.values())
    assert accounts["complaints"].kept == 3000
    assert accounts["complaints"].dropped == 6
    assert accounts["outcomes"].quarantined > 0
    assert accounts["outcomes"].read > 1.2 * 3000
    assert not [one for one in city.problems if one.action == "not_read"]


def test_it_says_that_it_is_invented_and_can_be_measured(cities: Path) -> None:
    city = load_city("synthetic", data=cities)
    assert city.city.fictional
    assert len(city.places) == 80
    assert city.places["district_id"].nunique() == 9
    for indicator in ("complaints-per-10000", "days-to-close", "sustained-within-12-months"):
        found = measure(city, indicator, Query(by=("year",)))
        assert isinstance(found, Measured)
        assert found.table["value"].notna().any()


def test_the_same_seed_gives_the_same_files_and_another_gives_others(
    cities: Path, tmp_path: Path
) -> None:
    again, other = _write(tmp_path / "again"), _write(tmp_path / "other", seed=2)
    assert _hashes(again) == _hashes(cities)
    assert _hashes(other)["complaints.csv"] != _hashes(cities)["complaints.csv"]
