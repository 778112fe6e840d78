"""The same question asked of TrustBoard, of Datasette and of a page written in an evening.

All three get the same published rows, allegations joined with their complaints. The question is
what a reporter asks with a filter: how many of one category. Datasette is installed into an
environment of its own, thrown away afterwards; nothing else needs it.
"""

from __future__ import annotations

import csv
import sqlite3
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from statistics import median
from typing import TYPE_CHECKING, Final
from urllib.parse import quote, urlencode

import pandas as pd
from load_client import Plan, load
from scenarios import HEAVIEST, Finding, checked, click_ms
from servers import Server, free_port, started

if TYPE_CHECKING:
    from trustboard.citydata import CityData

#: Columns of the published file: the day of a complaint, the kind of an allegation.
DAY: Final = "complaint_date"
CATEGORY: Final = "allegation_category"
ASKED: Final = 5


@contextmanager
def datasette(rows: Path, folder: Path) -> Iterator[Server]:
    """Serve a file of rows with Datasette, as its own documentation begins."""
    home = folder / "datasette"
    subprocess.run([sys.executable, "-m", "venv", str(home)], check=True)
    python = home / "bin" / "python"
    install = [str(python), "-m", "pip", "install", "--quiet", "datasette"]
    subprocess.run(install, check=True, timeout=600)
    database = folder / "rows.db"
    into_sqlite(rows, database)
    port = free_port()
    command = [str(python), "-m", "datasette", str(database), "--port", str(port)]
    command += [
        "--setting",
        "facet_time_limit_ms",
        "20000",
        "--setting",
        "sql_time_limit_ms",
        "20000",
    ]
    with started(command, port=port, folder=folder, health="/-/versions.json", more={}) as server:
        yield server


def into_sqlite(rows: Path, database: Path) -> int:
    """Put a CSV file into one table, as text; give the number of rows."""
    with rows.open(encoding="utf-8", newline="") as file, sqlite3.connect(database) as to:
        reader = csv.reader(file)
        names = next(reader)
        columns = ", ".join(f'"{name}" TEXT' for name in names)
        to.execute(f"CREATE TABLE rows ({columns})")
        marks = ", ".join("?" for _ in names)
        done = to.executemany(f"INSERT INTO rows VALUES ({marks})", reader)  # noqa: S608 - names of columns
    return done.rowcount


def asked_ms(url: str) -> float:
    """Ask for an address and give the milliseconds until its last byte."""
    began = time.perf_counter()
    with urllib.request.urlopen(url, timeout=120) as answer:  # noqa: S310 - a server of ours
        answer.read()
    return (time.perf_counter() - began) * 1e3


def facets(server: Server, category: str, values: Sequence[str]) -> list[str]:
    """Give addresses of Datasette that keep one category and count the rows of each."""
    base = f"{server.url}/rows/rows.json?_size=0&_facet=final_finding&_facet={quote(category)}&"
    return [base + urlencode({f"{category}__exact": value}) for value in values]


@dataclass(frozen=True, slots=True)
class Question:
    """One file of rows, and the choices of one column that are asked for in turn."""

    rows: Path
    kinds: tuple[str, ...]  # as TrustBoard's address names them
    words: tuple[str, ...]  # as the file does

    def naive(self) -> dict[str, str]:
        """Give what the naive page needs to know of the file."""
        return {"ROWS": str(self.rows), "DAY": DAY, "CATEGORY": CATEGORY}


def question_of(city: str, published: Path, folder: Path) -> Question | None:
    """Join a city's complaints and allegations as all three will read them; None without them."""
    from trustboard import shared

    files = [published / city / f"{name}.csv.gz" for name in ("complaints", "accused")]
    if not all(file.is_file() for file in files):
        return None
    complaints, accused = (pd.read_csv(file, dtype=str) for file in files)
    rows = folder / "rows.csv"
    accused.merge(complaints, on="cr_id", how="left").to_csv(rows, index=False)
    by_name = {name.casefold(): one for one, name in shared.offered(opened(city)).category.items()}
    counted = accused[CATEGORY].value_counts()
    known = [word for word in counted.index if str(word).casefold() in by_name][:ASKED]
    return Question(rows, tuple(by_name[word.casefold()] for word in known), tuple(known))


def opened(city: str) -> CityData:
    """Open the city as the server does."""
    from trustboard import shared

    return shared.opened(city).city


def compare(
    ours: Server, naive: Server, other: Server, *, city: str, asked: Question, rounds: int
) -> list[Finding]:
    """Compare the time from a filter to its numbers, and the memory held after that.

    TrustBoard answers with seven charts with their ranges, the naive page with four charts,
    Datasette with the count and one facet as JSON.
    """
    queries = tuple(f"city={city}&category={one}" for one in asked.kinds)
    mine = Plan(ours.url, HEAVIEST, queries, clicks=len(queries))
    words = tuple(urlencode({"category": one}) for one in asked.words)
    theirs = Plan(naive.url, "", words, clicks=len(words))
    checked(load(mine))
    checked(load(theirs))
    against: dict[str, list[float]] = {"a naive Streamlit page": [], "Datasette, one facet": []}
    for _ in range(rounds):
        here = click_ms(mine)
        told = median(asked_ms(url) for url in facets(other, CATEGORY, asked.words))
        against["a naive Streamlit page"].append(here / click_ms(theirs))
        against["Datasette, one facet"].append(here / told)
    held = {"a naive Streamlit page": naive, "Datasette, one facet": other}
    return [
        *(Finding(f"filter to numbers ÷ {name}", median(told)) for name, told in against.items()),
        *(
            Finding(
                f"memory ÷ {name.partition(',')[0]}",
                ours.memory() / server.memory(),
                note=f"{ours.memory():.0f} MB and {server.memory():.0f} MB",
            )
            for name, server in held.items()
        ),
    ]
