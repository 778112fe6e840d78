"""Measure everything and write `docs/benchmarks.md`. `make bench` runs it.

Findings are kept in a JSON file after each part, so that a long run that is stopped loses one part
and later runs of single parts can be put into the same document.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections.abc import Callable, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import asdict, dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, Final

import scenarios
import servers
from filter_clicks import filter_changes
from first_load import first_loads
from report import document
from scenarios import Finding
from synthetic_city import write_city

ROOT: Final = Path(__file__).resolve().parents[1]
SHIPPED: Final = "riverbend"
TITLES: Final = {
    "reruns": "A click without a change, an empty stock page = 1",
    "large": "The same for the large invented city",
    "filters": "A click that changes filters, an empty stock page = 1",
    "throughput": "Many at once",
    "visitors": "A crowd",
    "memory": "Memory",
    "soak": "A long time",
    "first_chart": "The first visit",
    "first_load": "The first opening of cities",
    "side_by_side": "Beside other ways to ask the same rows",
}


@dataclass(frozen=True)
class Sizes:
    """How much of everything: quick by default, all of it with `--full`."""

    rounds: int
    clicks: int
    complaints: int
    visitors: int
    soak_minutes: float


QUICK: Final = Sizes(rounds=3, clicks=15, complaints=200_000, visitors=100, soak_minutes=1.0)
FULL: Final = Sizes(rounds=7, clicks=30, complaints=2_000_000, visitors=1_000, soak_minutes=30.0)


class Bench:
    """One run: the folder it works in, the sizes, and where published rows are."""

    def __init__(
        self,
        folder: Path,
        sizes: Sizes,
        *,
        data: Path | None = None,
        home: Path | None = None,
        city: str = "synthetic",
    ) -> None:
        self.folder, self.sizes = folder, sizes
        self._data, self.city = data, city
        named = os.environ.get("TRUSTBOARD_PUBLISHED", "")
        self.published = Path(named) if named else ROOT.parent / "shared" / "data"
        place = str(home or folder / "home")
        self.home = {"TRUSTBOARD_HOME": place, "TRUSTBOARD_CACHE": place}

    def large(self) -> dict[str, str]:
        """Give the settings of a server for the invented large city, written when first needed."""
        if self.city != "synthetic":
            return self.home
        data = self._data or self.folder / "data"
        if not (data / "synthetic" / "published").is_dir():
            write_city(data, complaints=self.sizes.complaints)
        return {**self.home, "TRUSTBOARD_DATA": str(data)}

    def reruns(self) -> list[Finding]:
        """Every page of the shipped invented city."""
        return self._reruns(SHIPPED, self.home)

    def large_reruns(self) -> list[Finding]:
        """Every page of the large city."""
        return self._reruns(self.city, self.large())

    def _reruns(self, city: str, settings: Mapping[str, str]) -> list[Finding]:
        with servers.stock("empty", self.folder) as stock, servers.ours(**settings) as ours:
            return scenarios.reruns(
                stock, ours, city=city, pages=scenarios.PAGES,
                rounds=self.sizes.rounds, clicks=self.sizes.clicks,
            )  # fmt: skip

    def filters(self) -> list[Finding]:
        """Changed filters on the heaviest page of the large city."""
        with servers.stock("empty", self.folder) as stock, servers.ours(**self.large()) as ours:
            return filter_changes(
                stock, ours, city=self.city, rounds=self.sizes.rounds, clicks=self.sizes.clicks
            )

    def throughput(self) -> list[Finding]:
        """One session against a hundred."""
        with servers.ours(**self.large()) as ours:
            return scenarios.throughput(
                ours, city=self.city, rounds=self.sizes.rounds, clicks=self.sizes.clicks * 6
            )

    def visitors(self) -> list[Finding]:
        """A crowd that clicks every five seconds."""
        with servers.tuned_empty(self.folder) as empty, servers.ours(**self.large()) as ours:
            return scenarios.many_visitors(
                empty, ours, city=self.city, visitors=self.sizes.visitors, clicks=6
            )

    def memory(self) -> list[Finding]:
        """The serving process alone and with open pages."""
        with servers.ours(**self.large()) as ours:
            return scenarios.memory(ours, city=self.city, sessions=min(self.sizes.visitors, 300))

    def soak(self) -> list[Finding]:
        """Fifty sessions for a long time."""
        with servers.ours(**self.large()) as ours:
            return scenarios.soak(ours, city=self.city, minutes=self.sizes.soak_minutes)

    def first_chart(self) -> list[Finding]:
        """A slow phone."""
        from first_chart import first_charts

        with servers.stock("one_chart", self.folder) as stock, servers.ours(**self.home) as ours:
            address = f"/complaints?city={SHIPPED}"
            return first_charts(stock, ours, address=address, rounds=max(self.sizes.rounds // 2, 1))

    def first_load(self) -> list[Finding]:
        """Philadelphia and Chicago, where their rows are here."""
        cities = [one for one in ("philadelphia", "chicago") if (self.published / one).is_dir()]
        if not cities:
            return []
        rounds = max(self.sizes.rounds // 2, 2)
        return first_loads(
            cities, published=self.published, home=Path(self.home["TRUSTBOARD_HOME"]), rounds=rounds
        )

    def side_by_side(self) -> list[Finding]:
        """Chicago's complaints, where they are here."""
        import side_by_side as beside

        settings = {**self.home, "TRUSTBOARD_PUBLISHED": str(self.published)}
        os.environ.update(settings)
        asked = beside.question_of("chicago", self.published, self.folder)
        if asked is None:
            return []
        with ExitStack() as stack:
            ours = stack.enter_context(servers.ours(**settings))
            naive = stack.enter_context(servers.stock("naive", self.folder, **asked.naive()))
            other = stack.enter_context(beside.datasette(asked.rows, self.folder))
            rounds = self.sizes.rounds
            return beside.compare(ours, naive, other, city="chicago", asked=asked, rounds=rounds)

    def parts(self) -> dict[str, Callable[[], list[Finding]]]:
        """Name what can be measured, in the order of the document."""
        found = {name: getattr(self, name) for name in TITLES if name != "large"}
        return {name: found.get(name, self.large_reruns) for name in TITLES}


def main() -> int:
    """Measure what is asked for; 0 whether budgets were kept or not, since the document says so."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--full", action="store_true", help="everything at the size of its budget")
    parser.add_argument("--only", action="append", choices=list(TITLES), help="may be repeated")
    parser.add_argument("--soak-minutes", type=float)
    parser.add_argument("--visitors", type=int)
    parser.add_argument("--data", type=Path, help="a folder that holds synthetic/ already")
    parser.add_argument("--note", action="append", default=[], help="a sentence for the document")
    parser.add_argument("--city", choices=list(scenarios.SINCE), default="synthetic")
    parser.add_argument("--home", type=Path, help="a folder for what is prepared once and kept")
    parser.add_argument("--kept", type=Path, default=ROOT / ".bench.json")
    asked = parser.parse_args()
    sizes = FULL if asked.full else QUICK
    for name in ("soak_minutes", "visitors"):
        if getattr(asked, name) is not None:
            sizes = replace(sizes, **{name: getattr(asked, name)})
    with tempfile.TemporaryDirectory(prefix="trustboard-bench-") as folder:
        bench = Bench(Path(folder), sizes, data=asked.data, home=asked.home, city=asked.city)
        for name, measure in bench.parts().items():
            if asked.only and name not in asked.only:
                continue
            print(f"TrustBoard: measuring {name}", file=sys.stderr, flush=True)
            keep(asked.kept, name, measure(), sizes=sizes)
    text = written(asked.kept, notes=asked.note)
    (ROOT / "docs" / "benchmarks.md").write_text(text, encoding="utf-8")
    return 0


def keep(file: Path, name: str, found: list[Finding], *, sizes: Sizes) -> None:
    """Put the findings of one part into the file, with the sizes and the day they are of."""
    known = json.loads(file.read_text("utf-8")) if file.is_file() else {}
    for one in found:
        print(f"  {one.what}: {one.value:.3g}", file=sys.stderr, flush=True)
    on = datetime.now(UTC).date().isoformat()
    wanted = os.getloadavg()[0] / (os.cpu_count() or 1)
    known[name] = {
        "on": on,
        "wanted": round(wanted, 1),
        "sizes": asdict(sizes),
        "found": [asdict(one) for one in found],
    }
    file.write_text(json.dumps(known, indent=1), encoding="utf-8")


def written(file: Path, *, notes: Sequence[str] = ()) -> str:
    """Write the document from all findings that were kept."""
    known = json.loads(file.read_text("utf-8"))
    parts = {
        TITLES[name]: [Finding(**one) for one in known[name]["found"]]
        for name in TITLES
        if name in known
    }
    setting = [
        f"{TITLES[name]}: {part['on']}, "
        f"{part['sizes']['rounds']} rounds of {part['sizes']['clicks']} clicks; "
        f"{part['wanted']} programs wanted each processor."
        for name, part in known.items()
        if name in TITLES
    ]
    setting = [*_smaller([known[name]["sizes"] for name in TITLES if name in known]), *setting]
    return document(parts, setting=setting, notes=notes)


def _smaller(sizes: Sequence[Mapping[str, Any]]) -> list[str]:
    """Say how many parts ran with less than all rounds and clicks; nothing if none did."""
    less = sum((one["rounds"], one["clicks"]) != (FULL.rounds, FULL.clicks) for one in sizes)
    if not less:
        return []
    which = "No part" if less == len(sizes) else f"{len(sizes) - less} of {len(sizes)} parts"
    return [
        f"{which} ran with the {FULL.rounds} rounds of {FULL.clicks} clicks of `make bench "
        "FULL=1`; complaints, visitors and minutes are those named beside the numbers."
    ]


if __name__ == "__main__":
    raise SystemExit(main())
