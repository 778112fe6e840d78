"""The one client: polite to publishers, and suspicious of whatever comes back."""

from __future__ import annotations

import threading
import time
from collections import defaultdict
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType

import httpcore
import httpx

import trustboard
from trustboard.sources.contract import Progress, RawResponse
from trustboard.sources.refusals import (
    FetchRefusedError,
    ForbiddenAddressError,
    ForbiddenRedirectError,
)
from trustboard.sources.wire.body import TRY_LATER, Expect, cut_off, take_in
from trustboard.sources.wire.limits import Limits, Patience
from trustboard.sources.wire.network import CheckedBackend, CheckedTransport, Watch
from trustboard.sources.wire.raw import copy_of, write_sidecar
from trustboard.sources.wire.status import (
    AGAIN,
    Again,
    busy,
    conditions,
    refuse_status,
    unreachable,
)

USER_AGENT = f"TrustBoard/{trustboard.__version__} (checks public promises against public data)"
MOVED = frozenset({301, 302, 303, 307, 308})
MOST_REDIRECTS = 5
USUAL_PORTS = {"http": 80, "https": 443}

#: One turn per host for the whole process, however many clients are open.
_turns: defaultdict[str, threading.Lock] = defaultdict(threading.Lock)


@dataclass(frozen=True, slots=True)
class Ask:
    """One request and where its answer goes."""

    url: str
    hosts: frozenset[str]
    target: Path  # `….gz`; the sidecar is written beside it
    expect: Expect
    secret: Mapping[str, str] = field(default_factory=dict)  # only for the first host, never kept
    earlier: RawResponse | None = None

    def __str__(self) -> str:
        return self.url if len(self.url) <= 300 else f"{self.url[:300]}…"


class Client:
    """Ask publishers, one request at a time per host."""

    def __init__(
        self,
        *,
        allow_private: bool = False,
        limits: Limits | None = None,
        patience: Patience | None = None,
        sleep: Callable[[float], object] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        backend: Callable[[Watch], httpcore.NetworkBackend] | None = None,
    ) -> None:
        self.allow_private = allow_private
        self.limits, self.patience, self.now = limits or Limits(), patience or Patience(), now
        self._sleep, self._watch = sleep, Watch()
        connect = backend or (lambda w: CheckedBackend(w, allow_private=allow_private))
        self._http = httpx.Client(
            transport=CheckedTransport(connect(self._watch)),
            headers={"User-Agent": USER_AGENT, "Accept-Encoding": "gzip"},
            timeout=httpx.Timeout(self.patience.silence, connect=self.patience.connect),
            follow_redirects=False,
            trust_env=False,
        )

    def __enter__(self) -> Client:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        at: TracebackType | None,
    ) -> None:
        self._http.close()

    def get(self, ask: Ask, *, progress: Progress) -> RawResponse:
        """Fetch one answer, keep it, and say what it is.

        Raises a subclass of `FetchRefusedError`; nothing is left at `ask.target` then.
        """
        start = self._checked(ask.url, ask=ask, refusal=ForbiddenAddressError)
        for tried in range(1, self.patience.tries + 1):
            self._watch.start(str(ask), seconds=self.patience.answer)
            url = start
            for _ in range(MOST_REDIRECTS + 1):
                with _turns[_host(url)]:
                    outcome = self._hop(url, ask, first=start, progress=progress)
                    if isinstance(outcome, Again):
                        self._wait(outcome, tried=tried, progress=progress)
                if isinstance(outcome, RawResponse):
                    return outcome
                if isinstance(outcome, Again):
                    break
                url = outcome
            else:
                came = f"more than {MOST_REDIRECTS} redirects in a row"
                raise ForbiddenRedirectError(asked=str(ask), came=came, fix=TRY_LATER)
        raise AssertionError("the last wait raises")

    def _wait(self, again: Again, *, tried: int, progress: Progress) -> None:
        wait = self.patience.first_wait * 2 ** (tried - 1) if again.wait is None else again.wait
        if tried == self.patience.tries or wait > self.patience.longest_wait:
            raise again.final
        progress.say(f"{again.final.came}; waiting {wait:.0f} seconds")
        self._sleep(wait)

    def _hop(
        self, url: httpx.URL, ask: Ask, *, first: httpx.URL, progress: Progress
    ) -> RawResponse | httpx.URL | Again:
        """Ask once: an answer, an address to ask instead, or a reason to ask again."""
        headers = {**conditions(ask.earlier), **(ask.secret if _host(url) == _host(first) else {})}
        try:
            with self._http.stream("GET", url, headers=headers) as response:
                if response.status_code in MOVED:
                    return self._next(url, response, ask)
                if response.status_code in AGAIN:
                    return busy(response, asked=str(ask), now=self.now())
                return self._answer(response, ask, progress=progress)
        except (httpcore.TimeoutException, httpcore.NetworkError) as error:
            return Again(unreachable(error, asked=str(ask)))
        except httpcore.ProtocolError:
            return Again(cut_off(str(ask)))
        except httpx.RemoteProtocolError as error:  # a redirect that is no address at all
            came = f"a redirect to nowhere ({error})"
            raise ForbiddenRedirectError(asked=str(ask), came=came, fix=TRY_LATER) from error

    def _answer(self, response: httpx.Response, ask: Ask, *, progress: Progress) -> RawResponse:
        at, headers = self.now(), dict(response.headers)
        if response.status_code == 304 and ask.earlier:
            answer = copy_of(ask.earlier, to=ask.target, headers=headers, at=at)
        else:
            refuse_status(response, asked=str(ask))
            partial = ask.target.with_name(ask.target.name + ".part")
            try:
                kept = take_in(
                    response,
                    asked=str(ask),
                    target=partial,
                    expect=ask.expect,
                    limits=self.limits,
                    progress=progress,
                )
                partial.replace(ask.target)
            finally:
                partial.unlink(missing_ok=True)
            answer = RawResponse(
                file=ask.target,
                sidecar=ask.target.with_suffix(".json"),
                url=ask.url,
                status=response.status_code,
                headers=headers,
                at=at,
                sha256=kept.sha256,
                size=kept.size,
            )
        write_sidecar(answer)
        return answer

    def _next(self, url: httpx.URL, response: httpx.Response, ask: Ask) -> httpx.URL:
        """Check where a redirect leads."""
        location = response.headers.get("location", "")
        try:
            following = url.join(location)
        except (httpx.InvalidURL, ValueError):
            following = httpx.URL("")
        if url.scheme == "https" and following.scheme == "http":
            raise ForbiddenRedirectError(
                asked=str(ask), came="a redirect from https to http", fix=TRY_LATER
            )
        return self._checked(following, ask=ask, refusal=ForbiddenRedirectError, of=location)

    def _checked(
        self, address: str | httpx.URL, *, ask: Ask, refusal: type[FetchRefusedError], of: str = ""
    ) -> httpx.URL:
        """Refuse everything but http and https to a declared host."""
        try:
            url = httpx.URL(address)
        except httpx.InvalidURL:
            url = httpx.URL("")
        what = f"a redirect to {of[:200]!r}" if of else "an address that may not be asked"
        if url.scheme not in USUAL_PORTS or url.userinfo:
            fix = "Only http and https are asked, without a name and password in the address."
            raise refusal(asked=str(ask), came=what, fix=fix)
        if _host(url) not in ask.hosts:
            known = ", ".join(sorted(ask.hosts)) or "none"
            fix = (
                f"{_host(url)} is not a host that city.yml declares here ({known}). If the "
                "publisher moved there, add it under `also_from`."
            )
            raise refusal(asked=str(ask), came=what, fix=fix)
        return url


def _host(url: httpx.URL) -> str:
    host = url.raw_host.decode("ascii").lower()
    usual = url.port in (None, USUAL_PORTS.get(url.scheme))
    return host if usual else f"{host}:{url.port}"
