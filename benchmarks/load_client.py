"""Visitors without a browser: they speak Streamlit's protocol as a page does.

    python benchmarks/load_client.py --url http://127.0.0.1:8501 --page complaints \\
        --query city=riverbend --sessions 50 --clicks 10 --think 5

Each visitor opens a socket, runs the page once, then clicks: a run with another address (what a
filter, a link or the back button does) or with the same. As a browser does, a visitor keeps large
messages and names them, so that the server may refer to them instead of sending them again.
Messages that can be neither kept nor the end of a run are counted and not read: a thousand visitors
must not measure the client.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import time
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import cycle
from statistics import fmean, median
from urllib.parse import urlsplit

from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg
from websockets.asyncio.client import ClientConnection, connect

#: A page forgets a message that was in none of so many runs.
KEPT_RUNS = 2
#: Streamlit keeps messages from 10 kB on; ends of runs and references are far below a tenth of it.
LARGE, SMALL = 9_000, 1_000
#: What stands in the name of the widget that opens the filters.
PANEL = "filter_panel"


@dataclass(slots=True)
class Run:
    """One run of a page: milliseconds until its last byte, messages, bytes."""

    ms: float
    messages: int
    size: int


@dataclass
class Seen:
    """What all visitors saw together."""

    first: list[Run] = field(default_factory=list)
    clicks: list[Run] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    seconds: float = 0.0

    def summary(self) -> dict[str, float]:
        """Give the numbers that are compared: medians and 95th percentiles in milliseconds."""
        told = [one.ms for one in self.clicks]
        return {
            "visitors": len(self.first),
            "clicks": len(told),
            "errors": len(self.errors),
            "first_ms": round(median(one.ms for one in self.first), 2) if self.first else 0.0,
            "click_ms": round(median(told), 2) if told else 0.0,
            "click_ms_p95": round(percentile(told, 0.95), 2),
            "clicks_per_second": round(len(told) / self.seconds, 2) if self.seconds else 0.0,
            "messages": round(fmean(one.messages for one in self.clicks), 1) if told else 0.0,
            "bytes": round(fmean(one.size for one in self.clicks)) if told else 0.0,
        }


def percentile(values: Sequence[float], part: float) -> float:
    """Give the value below which `part` of all values lie, between neighbors in proportion."""
    if not values:
        return 0.0
    ordered = sorted(values)
    position = (len(ordered) - 1) * part
    low = int(position)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (position - low)


@dataclass
class Visitor:
    """One open page."""

    socket: ClientConnection
    page: str
    url: str
    panel: bool = False  # whether it opens the filters, once it has seen them
    patience: float = 120.0
    _opened: str = ""
    _hash: str = ""
    _number: int = 0
    _kept: dict[str, int] = field(default_factory=dict)

    def asking(self, query: str) -> bytes:
        """Write the message that asks for one run."""
        message = BackMsg()
        run = message.rerun_script
        run.query_string = query
        run.page_script_hash = self._hash
        run.page_name = "" if self._hash else self.page
        run.context_info.timezone, run.context_info.locale = "UTC", "en-US"
        run.context_info.url = f"{self.url}/{self.page}"
        if self._opened:
            run.widget_states.widgets.add(id=self._opened, bool_value=True)
        recent = (name for name, last in self._kept.items() if self._number - last < KEPT_RUNS)
        run.cached_message_hashes.extend(recent)
        return bytes(message.SerializeToString())

    async def run(self, query: str) -> Run:
        """Ask for a run and wait for its end. Raises RuntimeError if the page shows an error."""
        payload = self.asking(query)
        self._number += 1
        messages = size = 0
        began = time.perf_counter()
        await self.socket.send(payload)
        async with asyncio.timeout(self.patience):
            while True:
                raw = await self.socket.recv()
                messages, size = messages + 1, size + len(raw)
                if self._number > 1 and SMALL < len(raw) < LARGE:
                    continue
                if self._read(bytes(raw)):
                    return Run((time.perf_counter() - began) * 1e3, messages, size)

    def _read(self, raw: bytes) -> bool:
        """Read a message; say whether it is the last of a run."""
        message = ForwardMsg.FromString(raw)
        kind = message.WhichOneof("type")
        if kind == "script_finished":
            if message.script_finished == ForwardMsg.FINISHED_WITH_COMPILE_ERROR:
                raise RuntimeError("the page cannot be compiled")
            return message.script_finished != ForwardMsg.FINISHED_EARLY_FOR_RERUN
        if kind == "ref_hash":
            self._kept[message.ref_hash] = self._number
        elif kind == "new_session":
            self._hash = message.new_session.page_script_hash or self._hash
        elif kind == "navigation":
            self._hash = message.navigation.page_script_hash or self._hash
        elif kind == "page_not_found":
            raise RuntimeError("there is no such page")
        elif kind == "delta":
            if self.panel and PANEL in message.delta.add_block.id:
                self._opened = message.delta.add_block.id
            if message.delta.new_element.WhichOneof("type") == "exception":
                raise RuntimeError(message.delta.new_element.exception.message[:200])
            if message.metadata.cacheable and message.hash:
                self._kept[message.hash] = self._number
        return False


@dataclass(frozen=True, slots=True)
class Plan:
    """What visitors do. `queries` are taken in turn, each visitor beginning at another one."""

    url: str
    page: str = ""
    queries: tuple[str, ...] = ("",)
    sessions: int = 1
    clicks: int = 10
    think: float = 0.0
    ramp: float = 0.0
    warm: int = 1
    seconds: float = 0.0  # instead of a number of clicks
    panel: bool = False  # with the filters open, from the second run on


async def visit(plan: Plan) -> Seen:
    """Let all visitors come, wait until every page is open, then let them click."""
    seen, ready = Seen(), Ready(plan.sessions)
    visits = [
        asyncio.create_task(_one(plan, number, seen, ready)) for number in range(plan.sessions)
    ]
    await ready.all()
    began = time.perf_counter()
    await asyncio.gather(*visits)
    seen.seconds = time.perf_counter() - began
    return seen


class Ready:
    """Tells everybody when the last one has come or has failed to."""

    def __init__(self, number: int) -> None:
        self._missing, self._event = number, asyncio.Event()

    def one_more(self) -> None:
        """Note that one has come."""
        self._missing -= 1
        if self._missing <= 0:
            self._event.set()

    async def all(self) -> None:
        """Wait for the last one."""
        await self._event.wait()


async def _one(plan: Plan, number: int, seen: Seen, ready: Ready) -> None:
    dice = random.Random(number)  # noqa: S311 - pauses, not secrets
    begin = number % len(plan.queries)
    queries = cycle(plan.queries[begin:] + plan.queries[:begin])
    come = False
    try:
        await asyncio.sleep(plan.ramp * number / plan.sessions)
        async with connect(
            _socket_address(plan.url), subprotocols=["streamlit"], max_size=None,
            compression=None, proxy=None, open_timeout=120, ping_interval=None,
        ) as socket:  # fmt: skip
            visitor = Visitor(socket, plan.page, plan.url, panel=plan.panel)
            seen.first.append(await visitor.run(next(queries)))
            for _ in range(plan.warm):
                await visitor.run(next(queries))
            come = True
            ready.one_more()
            await ready.all()
            await _click(plan, visitor, queries, seen, dice)
    except Exception as problem:
        seen.errors.append(f"{type(problem).__name__}: {problem}"[:200])
    finally:
        if not come:
            ready.one_more()


async def _click(
    plan: Plan, visitor: Visitor, queries: cycle[str], seen: Seen, dice: random.Random
) -> None:
    await asyncio.sleep(dice.uniform(0, plan.think))
    end = time.perf_counter() + plan.seconds
    done = 0
    while time.perf_counter() < end if plan.seconds else done < plan.clicks:
        seen.clicks.append(await visitor.run(next(queries)))
        done += 1
        if plan.think:
            await asyncio.sleep(plan.think * dice.uniform(0.5, 1.5))


def _socket_address(url: str) -> str:
    parts = urlsplit(url)
    kind = "wss" if parts.scheme == "https" else "ws"
    return f"{kind}://{parts.netloc}{parts.path.rstrip('/')}/_stcore/stream"


def load(plan: Plan) -> Seen:
    """Run a plan from code that is not asynchronous."""
    try:
        import uvloop
    except ImportError:  # Windows
        return asyncio.run(visit(plan))
    return uvloop.run(visit(plan))


def main() -> None:
    """Read the command line, run one plan and print what was seen as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--url", default="http://127.0.0.1:8501")
    parser.add_argument("--page", default="")
    parser.add_argument("--query", action="append", default=[], help="may be given several times")
    parser.add_argument("--sessions", type=int, default=1)
    parser.add_argument("--clicks", type=int, default=10)
    parser.add_argument("--think", type=float, default=0.0)
    parser.add_argument("--ramp", type=float, default=0.0)
    parser.add_argument("--seconds", type=float, default=0.0)
    asked = parser.parse_args()
    if urlsplit(asked.url).hostname not in ("127.0.0.1", "localhost", "::1"):
        parser.error("only a server on this machine may be put under load")
    plan = Plan(
        url=asked.url,
        page=asked.page,
        queries=tuple(asked.query) or ("",),
        sessions=asked.sessions,
        clicks=asked.clicks,
        think=asked.think,
        ramp=asked.ramp,
        seconds=asked.seconds,
    )
    seen = load(plan)
    told = {"plan": asdict(plan), **seen.summary(), "first_errors": seen.errors[:3]}
    print(json.dumps(told, indent=1))


if __name__ == "__main__":
    main()
