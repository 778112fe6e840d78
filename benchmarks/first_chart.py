"""How long until a slow phone can read something, and until the first chart is drawn, cold?

Chromium is slowed down over its own protocol: 1.6 Mbit/s, 150 ms to the server and back, a
processor at a quarter of its speed. Each visit begins with an empty cache. Messages over the socket
are slowed down with everything else.
"""

from __future__ import annotations

import re
import shutil
import time
import urllib.request
from dataclasses import dataclass
from statistics import median
from typing import Final

from playwright.sync_api import Browser, sync_playwright
from scenarios import Finding
from servers import Server

SLOW_LINE: Final = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 1.6e6 / 8,
    "uploadThroughput": 0.75e6 / 8,
}
SLOWER_PROCESSOR: Final = 4
PHONE: Final = {"width": 390, "height": 844}
CHART: Final = ".js-plotly-plot .main-svg"
#: The chart that stands in our page before any script has run, and a mark of its data.
STILL_CHART: Final = "svg.fv-chart :is(rect, path, circle)"
PATIENCE_MS: Final = 240_000


@dataclass(frozen=True, slots=True)
class Arrival:
    """Seconds until the headline could be read and until charts were drawn; bytes until then.

    `still` is the chart in the page itself, 0 where there is none; `chart` the one Plotly draws.
    """

    readable: float
    still: float
    chart: float
    megabytes: float


def first_charts(stock: Server, ours: Server, *, address: str, rounds: int) -> list[Finding]:
    """Compare our page at `address` with an untuned page with one chart, in turn."""
    pairs = []
    with sync_playwright() as playwright:
        installed = shutil.which("chromium") or shutil.which("chromium-browser")
        browser = playwright.chromium.launch(executable_path=installed, args=["--no-sandbox"])
        wait_until_packed(ours)
        for server, path in ((stock, "/"), (ours, address)):
            arrive(browser, server.url + path, slow=False)
        for _ in range(rounds):
            mine = arrive(browser, ours.url + address, still=True)
            pairs.append((arrive(browser, stock.url + "/"), mine))
        browser.close()
    base, now = (median(pair[side].megabytes for pair in pairs) for side in (0, 1))
    return [
        Finding("first chart that Plotly draws, cold, slow phone ÷ an untuned page with one chart",
                median(b.chart / a.chart for a, b in pairs), 0.35,
                note=f"{now:.1f} MB instead of {base:.1f} MB"),
        Finding("first chart of all, drawn by the server in the page itself ÷ the same",
                median(b.still / a.chart for a, b in pairs), 0.35,
                note="the same numbers, before any script"),
        Finding("first words that can be read ÷ the untuned page’s",
                median(b.readable / a.readable for a, b in pairs)),
    ]  # fmt: skip


def wait_until_packed(server: Server, *, seconds: float = 300.0) -> None:
    """Wait until the copies of the scripts are made: that happens once for each Streamlit."""
    with urllib.request.urlopen(f"{server.url}/method") as page:  # noqa: S310 - a server of ours
        scripts = re.findall(r'modulepreload" crossorigin href="\.(/[^"]+)"', page.read().decode())
    end = time.monotonic() + seconds
    ask = urllib.request.Request(  # noqa: S310
        server.url + scripts[-1], headers={"Accept-Encoding": "br"}, method="HEAD"
    )
    while time.monotonic() < end:
        with urllib.request.urlopen(ask) as answer:  # noqa: S310
            if "br11" in answer.headers.get("ETag", ""):
                return
        time.sleep(1)
    raise RuntimeError("the copies of Streamlit's scripts were not made in time")


def arrive(browser: Browser, url: str, *, slow: bool = True, still: bool = False) -> Arrival:
    """Open a page in a new context with an empty cache; `still` says that it holds a chart."""
    context = browser.new_context(viewport=PHONE)  # type: ignore[arg-type]
    page = context.new_page()
    protocol = context.new_cdp_session(page)
    received: list[float] = []
    protocol.on("Network.loadingFinished", lambda e: received.append(e["encodedDataLength"]))
    protocol.send("Network.enable")
    if slow:
        protocol.send("Network.emulateNetworkConditions", SLOW_LINE)
        protocol.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER_PROCESSOR})
    began = time.perf_counter()
    page.goto(url, wait_until="commit", timeout=PATIENCE_MS)
    page.wait_for_selector("h1", timeout=PATIENCE_MS)
    readable = time.perf_counter() - began
    if still:
        page.wait_for_selector(STILL_CHART, timeout=PATIENCE_MS)
    stood = time.perf_counter() - began if still else 0.0
    page.wait_for_selector(CHART, timeout=PATIENCE_MS, state="attached")
    chart = time.perf_counter() - began
    context.close()
    return Arrival(readable, stood, chart, sum(received) / 1e6)
