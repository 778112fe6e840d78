"""What is measured: each scenario compares two things in turn, in one run, and gives ratios."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from statistics import median
from typing import Any, Final

from load_client import Plan, Seen, load, percentile
from servers import Server

#: The heaviest page. Throughput, the crowd and memory change between `ASKED_BEFORE` choices there
#: that were all asked for just before, so that finished pages are sent again; the long run asks for
#: each of them thousands of times. What a choice costs that nobody made before, `filter_clicks.py`
#: measures.
HEAVIEST: Final = "outcomes"
ASKED_BEFORE: Final = 24
PAGES: Final = (
    "",
    "commitments",
    "complaints",
    "outcomes",
    "outreach",
    "neighborhoods",
    "sources",
    "method",
)
SMALLEST_SHARE: Final = 0.03
#: City → the first year of its rows, so that no choice of years is empty.
SINCE: Final = {"synthetic": 2014, "riverbend": 2019}


@dataclass(frozen=True, slots=True)
class Finding:
    """One measured ratio beside its budget; `met` is None where there is no budget."""

    what: str
    value: float
    budget: float | None = None
    at_least: bool = False
    unit: str = ""
    note: str = ""

    @property
    def met(self) -> bool | None:
        """Say whether the budget was kept."""
        if self.budget is None:
            return None
        return self.value >= self.budget if self.at_least else self.value <= self.budget


def filters(city: str, *, number: int, seed: int = 0) -> list[str]:
    """Give `number` different choices of category and years, none of which is another's."""
    kinds = ("use_of_force", "courtesy", "stops_and_searches", "neglect_of_duty", "")
    found = []
    for position in range(number):
        first = SINCE[city] + (position + seed) % 5
        last = first + 1 + (position // 5) % 4
        month = 1 + (position * 7 + seed) % 12
        kind = kinds[(position + seed) % len(kinds)]
        chosen = f"city={city}&from={first}-{month:02d}&to={last}"
        found.append(chosen + (f"&category={kind}" if kind else ""))
    return found


def reruns(
    stock: Server, ours: Server, *, city: str, pages: Sequence[str], rounds: int, clicks: int
) -> list[Finding]:
    """How much does a click cost without any change, compared with an empty stock app?"""
    plans = {page: Plan(ours.url, page, (f"city={city}",), clicks=clicks, warm=2) for page in pages}
    for plan in plans.values():
        checked(load(replace(plan, clicks=1)))
    ours.at_rest()
    ratios: dict[str, list[float]] = {page: [] for page in pages}
    for _ in range(rounds):
        base = click_ms(Plan(stock.url, clicks=clicks))
        for page, plan in plans.items():
            ratios[page].append(click_ms(plan) / base)
    return [
        Finding(f"{page.capitalize() or 'Home'}, {city}", median(found), 0.25)
        for page, found in ratios.items()
    ]


def throughput(ours: Server, *, city: str, rounds: int, clicks: int) -> list[Finding]:
    """Do a hundred impatient sessions together get as many answers a second as one alone?"""
    queries = tuple(filters(city, number=ASKED_BEFORE))
    checked(load(Plan(ours.url, HEAVIEST, queries, clicks=len(queries))))
    ratios = []
    for _ in range(rounds):
        one = checked(load(Plan(ours.url, HEAVIEST, queries, clicks=clicks)))
        many = checked(
            load(
                Plan(
                    ours.url, HEAVIEST, queries, sessions=100, clicks=max(clicks // 20, 3), ramp=2.0
                )
            )
        )
        ratios.append(_rate(many) / _rate(one))
    return [
        Finding(
            f"{city}: answers per second, 100 impatient sessions ÷ one",
            median(ratios),
            0.8,
            at_least=True,
        )
    ]


def many_visitors(
    empty: Server, ours: Server, *, city: str, visitors: int, clicks: int
) -> list[Finding]:
    """Does a crowd that clicks every five seconds wait longer than before an empty tuned page?"""
    queries = tuple(filters(city, number=ASKED_BEFORE))
    checked(load(Plan(ours.url, HEAVIEST, queries, clicks=len(queries))))
    plans = [
        Plan(
            server.url,
            page,
            asked,
            sessions=visitors,
            clicks=clicks,
            think=5.0,
            ramp=visitors / 25,
            warm=0,
        )
        for server, page, asked in ((empty, "", ("",)), (ours, HEAVIEST, queries))
    ]
    base, mine = (load(plan) for plan in plans)
    waits = [percentile([one.ms for one in seen.clicks], 0.95) for seen in (base, mine)]
    what = f"{city}: {visitors:,} visitors, a click each 5 s"
    return [
        Finding(f"{what}: 95th percentile ÷ that of an empty tuned page", waits[1] / waits[0], 2.0),
        Finding(
            f"{what}: errors", len(mine.errors), 0, note=f"{len(base.errors)} for the empty page"
        ),
    ]


def memory(ours: Server, *, city: str, sessions: int) -> list[Finding]:
    """How much does the serving process hold, and how much more for each open page?"""
    queries = tuple(filters(city, number=ASKED_BEFORE))
    checked(load(Plan(ours.url, HEAVIEST, queries, clicks=len(queries))))
    ours.at_rest()
    before = ours.memory()
    held: list[float] = []
    plan = Plan(
        ours.url, HEAVIEST, queries, sessions=sessions, clicks=2, think=4.0, ramp=sessions / 25
    )
    during(plan, lambda: held.append(ours.memory()))
    return [
        Finding(f"{city}: memory with one visitor", before, 350, unit="MB"),
        Finding(
            f"{city}: memory for each of {sessions} open pages more",
            (max(held) - before) / sessions,
            0.5,
            unit="MB",
        ),
    ]


def soak(ours: Server, *, city: str, minutes: float) -> list[Finding]:
    """Is memory flat and is there no error while fifty sessions click for a long time?"""
    queries = tuple(filters(city, number=ASKED_BEFORE))
    held: list[float] = []
    plan = Plan(ours.url, HEAVIEST, queries, sessions=50, think=5.0, ramp=5.0, seconds=minutes * 60)
    seen = during(plan, lambda: held.append(ours.memory()))
    second, last = (held[len(held) * part // 3 : len(held) * (part + 1) // 3] for part in (1, 2))
    change = abs(median(last) / median(second) - 1) if second and last else float("nan")
    what = f"{city}: 50 clicking sessions for {minutes:g} minutes, {len(seen.clicks):,} clicks"
    return [
        Finding(f"{what}: errors", len(seen.errors), 0),
        Finding(f"{what}: memory, last third against the second", change, SMALLEST_SHARE,
                note=f"{median(second):.0f} MB, then {median(last):.0f} MB"),
    ]  # fmt: skip


def during(plan: Plan, look: Callable[[], Any], *, every: float = 0.5) -> Seen:
    """Run a plan in a thread and look at the server until it ends."""
    import threading

    seen: list[Seen] = []
    thread = threading.Thread(target=lambda: seen.append(load(plan)))
    thread.start()
    while thread.is_alive():
        look()
        thread.join(timeout=every)
    return seen[0]


def click_ms(plan: Plan) -> float:
    """Give the median milliseconds of a click."""
    return median(one.ms for one in checked(load(plan)).clicks)


def checked(seen: Seen) -> Seen:
    """Stop the run at the first error: a page that fails must not pass for a quick one."""
    if seen.errors or not seen.clicks:
        raise SystemExit(f"A page failed: {seen.errors[:3] or 'nobody clicked'}")
    return seen


def _rate(seen: Seen) -> float:
    return len(seen.clicks) / seen.seconds
