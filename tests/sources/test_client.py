"""The client is polite to publishers and refuses what cannot be data."""

from __future__ import annotations

import gzip
import itertools
import json
import threading
import time
import tracemalloc
import zlib
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import httpcore
import pytest
from local_publisher import Asked, Publisher, Reply
from trying import NOON, Naps, Watched

import trustboard
from trustboard.sources import Fetched
from trustboard.sources.refusals import (
    BusyPublisherError,
    DamagedAnswerError,
    EmptyAnswerError,
    FetchRefusedError,
    ForbiddenAddressError,
    ForbiddenRedirectError,
    NotDataError,
    RefusedByPublisherError,
    TooLargeError,
    TooSlowError,
    UnreachableError,
)
from trustboard.sources.wire.client import Client
from trustboard.sources.wire.limits import Patience
from trustboard.sources.wire.network import CheckedBackend, is_public

ROWS = b"id,finding\n1,Sustained\n2,Unfounded\n"
CSV = Reply(ROWS, kind="text/csv")
Fetching = Callable[..., Fetched]


def _fetch(fetching: Fetching, publisher: Publisher, **more: Any) -> Fetched:
    return fetching("rows.csv", kind="file", url=f"{publisher.site}/rows.csv", **more)


def test_every_answer_is_kept_as_it_came_beside_what_was_asked(
    fetching: Fetching, publisher: Publisher
) -> None:
    publisher.says(Reply(ROWS, kind="text/csv", headers={"ETag": '"7"', "Set-Cookie": "a=b"}))
    fetched = _fetch(fetching, publisher)
    (raw,) = fetched.raw
    assert fetched.table_file.read_bytes() == ROWS
    assert (fetched.rows, fetched.columns) == (2, ("id", "finding"))
    assert gzip.decompress(raw.file.read_bytes()) == ROWS
    sidecar = json.loads(raw.sidecar.read_text())
    assert sidecar["url"] == f"{publisher.site}/rows.csv"
    assert sidecar["status"] == 200
    assert sidecar["headers"]["etag"] == '"7"'
    assert "set-cookie" not in sidecar["headers"]
    assert sidecar["at"] == NOON.isoformat()
    assert sidecar["sha256"] == raw.sha256
    assert raw.size == len(ROWS)


def test_the_client_names_the_project_and_its_version(
    fetching: Fetching, publisher: Publisher
) -> None:
    publisher.says(CSV)
    _fetch(fetching, publisher)
    said = publisher.asked[0].headers["user-agent"]
    assert said.startswith(f"TrustBoard/{trustboard.__version__} ")


def test_an_answer_that_did_not_change_is_not_sent_again(
    fetching: Fetching, publisher: Publisher, tmp_path: Path
) -> None:
    stamp = "Wed, 01 May 2024 08:00:00 GMT"
    tags = {"ETag": '"7"', "Last-Modified": stamp}
    publisher.says(Reply(ROWS, kind="text/csv", headers=tags), Reply(status=304, headers=tags))
    before = _fetch(fetching, publisher)
    after = _fetch(fetching, publisher, into=tmp_path / "second", earlier=tmp_path / "new")
    assert publisher.asked[1].headers["if-none-match"] == '"7"'
    assert publisher.asked[1].headers["if-modified-since"] == stamp
    assert (before.not_modified, after.not_modified) == (False, True)
    assert after.table_file.read_bytes() == ROWS
    assert after.raw[0].status == 304
    assert gzip.decompress(after.raw[0].file.read_bytes()) == ROWS


def test_a_kept_answer_that_was_damaged_is_asked_for_in_full(
    fetching: Fetching, publisher: Publisher, tmp_path: Path
) -> None:
    publisher.says(Reply(ROWS, kind="text/csv", headers={"ETag": '"7"'}))
    raw = _fetch(fetching, publisher).raw[0]
    raw.file.write_bytes(raw.file.read_bytes()[:-9])
    _fetch(fetching, publisher, into=tmp_path / "second", earlier=tmp_path / "new")
    assert "if-none-match" not in publisher.asked[1].headers


def test_the_same_body_without_a_tag_counts_as_not_modified(
    fetching: Fetching, publisher: Publisher, tmp_path: Path
) -> None:
    publisher.says(CSV)
    _fetch(fetching, publisher)
    again = _fetch(fetching, publisher, into=tmp_path / "second", earlier=tmp_path / "new")
    assert again.not_modified


@pytest.mark.parametrize(
    ("said", "waited"),
    [("7", 7.0), ((NOON + timedelta(seconds=9)).strftime("%a, %d %b %Y %H:%M:%S GMT"), 9.0)],
)
def test_a_busy_publisher_is_given_the_time_it_asks_for(
    fetching: Fetching,
    publisher: Publisher,
    naps: Naps,
    watched: Watched,
    said: str,
    waited: float,
) -> None:
    publisher.says(Reply(b"slow down", 429, {"Retry-After": said}, "text/plain"), CSV)
    assert _fetch(fetching, publisher).rows == 2
    assert naps.slept == [waited]
    assert "waiting" in watched.said[0]


def test_a_publisher_that_asks_for_an_hour_is_left_alone(
    fetching: Fetching, publisher: Publisher, naps: Naps
) -> None:
    publisher.says(Reply(b"", 429, {"Retry-After": "3600"}))
    with pytest.raises(BusyPublisherError, match="3600 seconds"):
        _fetch(fetching, publisher)
    assert naps.slept == []
    assert len(publisher.asked) == 1


@pytest.mark.parametrize("status", [500, 502, 503, 504])
def test_a_server_error_is_tried_again_with_growing_waits_and_an_end(
    fetching: Fetching, publisher: Publisher, naps: Naps, status: int
) -> None:
    publisher.says(Reply(b'{"message": "out of order"}', status))
    with pytest.raises(BusyPublisherError, match=f"status {status}, 'out of order'"):
        _fetch(fetching, publisher)
    assert naps.slept == [1.0, 2.0]
    assert len(publisher.asked) == 3


def test_a_refusal_is_not_tried_again_and_says_what_the_publisher_said(
    fetching: Fetching, publisher: Publisher, tmp_path: Path
) -> None:
    publisher.says(Reply(b'{"message": "No such column: findng"}', 400))
    with pytest.raises(RefusedByPublisherError) as refused:
        _fetch(fetching, publisher)
    assert "No such column: findng" in refused.value.sentence()
    assert f"{publisher.site}/rows.csv" in refused.value.asked
    assert refused.value.fix
    assert len(publisher.asked) == 1
    assert not (tmp_path / "new" / "rows.csv").exists()


def test_a_publisher_that_says_nothing_is_given_up_after_every_try(
    fetching: Fetching, publisher: Publisher, naps: Naps, hasty: Client
) -> None:
    def silent(_: Asked) -> Reply:
        time.sleep(0.6)
        return CSV

    publisher.answering = silent
    with pytest.raises(UnreachableError, match="no answer in time"):
        _fetch(fetching, publisher, client=hasty)
    assert len(naps.slept) == 2


def test_a_publisher_that_is_not_there_is_said_to_be_so(fetching: Fetching) -> None:
    with pytest.raises(UnreachableError, match="no connection"):
        fetching("rows.csv", kind="file", url="http://127.0.0.1:9/rows.csv")


def _drip() -> Iterator[bytes]:
    for _ in range(200):
        yield b"1,2\n"
        time.sleep(0.1)


def test_a_body_that_drips_is_given_up_when_its_time_is_over(
    fetching: Fetching, publisher: Publisher, hasty: Client
) -> None:
    publisher.says(Reply(_drip(), kind="text/csv"))
    started = time.monotonic()
    with pytest.raises(TooSlowError, match="1 seconds"):
        _fetch(fetching, publisher, client=hasty)
    assert time.monotonic() - started < 10


def test_headers_that_drip_are_given_up_as_well(naps: Naps) -> None:
    class Dripping(httpcore.MockStream):
        def read(self, *_: Any, **__: Any) -> bytes:
            time.sleep(0.02)
            return b"X"

    class Backend(httpcore.MockBackend):
        def connect_tcp(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
            return Dripping([])

    patience = Patience(answer=0.2)
    client = Client(
        patience=patience,
        sleep=naps,
        backend=lambda watch: CheckedBackend(
            watch, allow_private=False, resolve=lambda *_: ["8.8.8.8"], inner=Backend([])
        ),
    )
    with client, pytest.raises(TooSlowError):
        _ask(client, "http://example.org/")


def _ask(client: Client, url: str, *, hosts: frozenset[str] | None = None) -> object:
    from trustboard.sources.contract import Quiet
    from trustboard.sources.wire.client import Ask

    hosts = hosts if hosts is not None else frozenset({"example.org"})
    ask = Ask(url=url, hosts=hosts, target=Path("never.gz"), expect="file")
    return client.get(ask, progress=Quiet())


def test_a_body_that_announces_two_gigabytes_is_refused_before_it_is_read(
    fetching: Fetching, publisher: Publisher, watched: Watched
) -> None:
    publisher.says(Reply(b"id\n", kind="text/csv", claims=2_000_000_000))
    with pytest.raises(TooLargeError, match="2,000,000,000 announced"):
        _fetch(fetching, publisher)
    assert watched.bytes == 0


def test_a_body_that_streams_two_gigabytes_is_refused_early_and_without_memory(
    fetching: Fetching, publisher: Publisher, watched: Watched, tmp_path: Path
) -> None:
    line = b"1,2\n" * 25_000
    publisher.says(Reply(itertools.repeat(line, 20_000), kind="text/csv"))
    tracemalloc.start()
    with pytest.raises(TooLargeError, match="more than 3,000,000 bytes"):
        _fetch(fetching, publisher)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert watched.bytes < 4_000_000
    assert most < 6_000_000
    assert not list(tmp_path.rglob("*.gz")) + list(tmp_path.rglob("*.part"))


def test_a_small_answer_that_unpacks_to_two_gigabytes_is_refused_without_memory(
    fetching: Fetching, publisher: Publisher
) -> None:
    packer = zlib.compressobj(9, wbits=31)
    bomb = b"".join(packer.compress(b"0" * 1_000_000) for _ in range(60)) + packer.flush()
    publisher.says(Reply(bomb, headers={"Content-Encoding": "gzip"}, kind="text/csv"))
    tracemalloc.start()
    with pytest.raises(TooLargeError, match="more than 5,000,000 bytes"):
        _fetch(fetching, publisher)
    _, most = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert most < 6_000_000


def test_a_compressed_answer_is_unpacked_also_in_several_members(
    fetching: Fetching, publisher: Publisher
) -> None:
    body = gzip.compress(ROWS[:11]) + gzip.compress(ROWS[11:])
    publisher.says(Reply(body, headers={"Content-Encoding": "gzip"}, kind="text/csv"))
    fetched = _fetch(fetching, publisher)
    assert publisher.asked[0].headers["accept-encoding"] == "gzip"
    assert fetched.table_file.read_bytes() == ROWS
    assert gzip.decompress(fetched.raw[0].file.read_bytes()) == ROWS


@pytest.mark.parametrize(
    "reply",
    [
        Reply(ROWS, kind="text/csv", claims=len(ROWS) + 5),
        Reply(gzip.compress(ROWS)[:-4], headers={"Content-Encoding": "gzip"}, kind="text/csv"),
    ],
    ids=["shorter than announced", "compressed stream without its end"],
)
def test_a_body_that_is_cut_off_is_refused(
    fetching: Fetching, publisher: Publisher, reply: Reply
) -> None:
    publisher.says(reply)
    with pytest.raises(DamagedAnswerError, match="cut off"):
        _fetch(fetching, publisher)


def test_a_compressed_body_that_is_damaged_is_refused(
    fetching: Fetching, publisher: Publisher
) -> None:
    publisher.says(Reply(b"no gzip", headers={"Content-Encoding": "gzip"}, kind="text/csv"))
    with pytest.raises(DamagedAnswerError, match="damaged"):
        _fetch(fetching, publisher)


def test_a_compression_that_was_not_offered_is_refused(
    fetching: Fetching, publisher: Publisher
) -> None:
    publisher.says(Reply(b"??", headers={"Content-Encoding": "br"}, kind="text/csv"))
    with pytest.raises(NotDataError, match="'br'"):
        _fetch(fetching, publisher)


@pytest.mark.parametrize(
    ("body", "kind"),
    [
        (b"<!DOCTYPE html><title>Down for maintenance</title>", "text/csv"),
        (b"\xef\xbb\xbf \n<html><body>busy</body></html>", "application/octet-stream"),
        (b"We are sorry.", "text/html; charset=utf-8"),
    ],
)
def test_a_web_page_with_status_200_is_not_data(
    fetching: Fetching, publisher: Publisher, body: bytes, kind: str
) -> None:
    publisher.says(Reply(body, kind=kind))
    with pytest.raises(NotDataError, match="a web page instead of data"):
        _fetch(fetching, publisher)


def test_a_message_in_json_with_status_200_is_not_a_table(
    fetching: Fetching, publisher: Publisher
) -> None:
    publisher.says(Reply(b'{"error": "try tomorrow"}', kind="text/csv"))
    with pytest.raises(RefusedByPublisherError, match="try tomorrow"):
        _fetch(fetching, publisher)


@pytest.mark.parametrize("reply", [Reply(b"", kind="text/csv"), Reply(status=204)])
def test_an_answer_without_a_byte_is_refused(
    fetching: Fetching, publisher: Publisher, reply: Reply
) -> None:
    publisher.says(reply)
    with pytest.raises(EmptyAnswerError):
        _fetch(fetching, publisher)


def test_a_table_without_rows_is_refused_unless_declared(
    fetching: Fetching, publisher: Publisher, tmp_path: Path
) -> None:
    publisher.says(Reply(b"id,finding\n", kind="text/csv"))
    with pytest.raises(EmptyAnswerError, match="may_be_empty"):
        _fetch(fetching, publisher)
    assert not (tmp_path / "new" / "rows.csv").exists()
    assert _fetch(fetching, publisher, may_be_empty=True).rows == 0


def _redirecting(target: str) -> Callable[[Asked], Reply]:
    moved = Reply(status=302, headers={"Location": target})
    return lambda asked: moved if asked.path == "/rows.csv" else CSV


def test_a_redirect_on_the_same_host_is_followed(fetching: Fetching, publisher: Publisher) -> None:
    publisher.answering = _redirecting("/files/today.csv")
    assert _fetch(fetching, publisher).rows == 2
    assert publisher.paths() == ["/rows.csv", "/files/today.csv"]


def test_a_redirect_to_another_host_is_refused_unless_that_host_is_declared(
    fetching: Fetching, publisher: Publisher, elsewhere: Publisher
) -> None:
    publisher.answering = _redirecting(f"{elsewhere.site}/today.csv")
    elsewhere.says(CSV)
    with pytest.raises(ForbiddenRedirectError, match="also_from"):
        _fetch(fetching, publisher)
    assert elsewhere.asked == []
    assert _fetch(fetching, publisher, also_from=[elsewhere.host]).rows == 2


@pytest.mark.parametrize(
    "target",
    [
        "file:///etc/passwd",
        "ftp://127.0.0.1/rows.csv",
        "http://169.254.169.254/latest/meta-data/",
        "http://user:password@127.0.0.1/",
        "gopher:",
        "http://[::1",
    ],
)
def test_a_redirect_out_of_the_declared_web_is_refused(
    fetching: Fetching, publisher: Publisher, target: str
) -> None:
    publisher.answering = _redirecting(target)
    with pytest.raises(ForbiddenRedirectError):
        _fetch(fetching, publisher)


def test_redirects_in_a_circle_come_to_an_end(fetching: Fetching, publisher: Publisher) -> None:
    publisher.says(Reply(status=301, headers={"Location": "/rows.csv"}))
    with pytest.raises(ForbiddenRedirectError, match="more than 5 redirects"):
        _fetch(fetching, publisher)
    assert len(publisher.asked) == 6


def test_an_app_token_is_neither_kept_nor_carried_to_another_host(
    fetching: Fetching,
    publisher: Publisher,
    elsewhere: Publisher,
    monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    monkeypatch.setenv("SOCRATA_APP_TOKEN", "s3cret-token")
    count = Reply(b'[{"count": "2"}]')
    moved = Reply(status=302, headers={"Location": f"{elsewhere.site}/rows.csv"})
    publisher.answering = lambda asked: count if asked.path.endswith("json") else moved
    elsewhere.says(CSV)
    fetched = fetching(
        "rows.csv",
        kind="socrata",
        domain=publisher.site,
        dataset="abcd-1234",
        also_from=[elsewhere.host],
    )
    assert fetched.rows == 2
    assert publisher.asked[0].headers["x-app-token"] == "s3cret-token"
    assert "x-app-token" not in elsewhere.asked[0].headers
    kept = [path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()]
    assert not any(b"s3cret" in content for content in kept)


@pytest.mark.parametrize(
    "address",
    [
        "127.0.0.1",
        "10.1.2.3",
        "192.168.0.1",
        "172.16.9.9",
        "169.254.169.254",
        "100.64.0.1",
        "0.0.0.0",  # noqa: S104
        "224.0.0.1",
        "::1",
        "fe80::1%eth0",
        "fc00::1",
        "::ffff:127.0.0.1",
        "64:ff9b::a00:1",
        "64:ff9b:1::7f00:1",  # translation inside a network
        "2002:7f00:1::",
        "2001:0:7f00:1::",
        "::127.0.0.1",
        "::ffff:0:127.0.0.1",
        "::8.8.8.8",
        "fec0::1",
        "192.0.0.8",
        "192.88.99.1",
        "198.18.0.1",
        "240.0.0.1",
        "255.255.255.255",
    ],
)
def test_addresses_that_are_not_on_the_open_internet_are_known(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("address", ["8.8.8.8", "2606:4700::1111", "64:ff9b::808:808"])
def test_addresses_on_the_open_internet_are_known(address: str) -> None:
    assert is_public(address)


def test_a_name_that_leads_to_a_private_address_is_refused(
    fetching: Fetching, publisher: Publisher
) -> None:
    publisher.says(CSV)
    with Client() as strict, pytest.raises(ForbiddenAddressError, match="TRUSTBOARD_ALLOW_PRIVATE"):
        _fetch(fetching, publisher, client=strict)
    assert publisher.asked == []


def test_one_private_address_among_public_ones_is_enough_to_refuse() -> None:
    client = Client(
        backend=lambda watch: CheckedBackend(
            watch, allow_private=False, resolve=lambda *_: ["8.8.8.8", "10.0.0.1"]
        )
    )
    with client, pytest.raises(ForbiddenAddressError, match=r"10\.0\.0\.1"):
        _ask(client, "http://example.org/")


def test_the_connection_goes_to_the_address_that_was_checked() -> None:
    connected: list[str] = []
    looked_up: list[str] = []

    class Backend(httpcore.MockBackend):
        def connect_tcp(self, host: str, *_: Any, **__: Any) -> httpcore.NetworkStream:
            connected.append(host)
            return httpcore.MockStream([b"HTTP/1.1 404 Not Found\r\nContent-Length: 0\r\n\r\n"])

    def resolve(host: str, _: int) -> list[str]:
        looked_up.append(host)
        return ["8.8.8.8"] if len(looked_up) == 1 else ["127.0.0.1"]

    client = Client(
        backend=lambda watch: CheckedBackend(
            watch, allow_private=False, resolve=resolve, inner=Backend([])
        )
    )
    with client, pytest.raises(RefusedByPublisherError):
        _ask(client, "http://example.org/")
    assert (looked_up, connected) == (["example.org"], ["8.8.8.8"])


@pytest.mark.parametrize(
    "url",
    ["http://example.net/", "ftp://example.org/", "file:///etc/passwd", "http://a@example.org/"],
)
def test_an_address_that_is_not_declared_is_never_asked(url: str) -> None:
    with Client() as client, pytest.raises(ForbiddenAddressError):
        _ask(client, url)


@pytest.mark.parametrize(
    "host", ["2130706433", "0x7f.1", "0177.0.0.1", "127.1", "localhost", "[::1]"]
)
def test_another_way_to_write_this_machine_s_address_helps_nobody(
    host: str, publisher: Publisher
) -> None:
    port = publisher.host.partition(":")[2]
    url = f"http://{host}:{port}/rows.csv"
    publisher.says(CSV)
    with Client() as client, pytest.raises((ForbiddenAddressError, UnreachableError)):
        _ask(client, url, hosts=frozenset({f"{host}:{port}"}))
    assert publisher.asked == []


def test_one_request_at_a_time_reaches_a_host_however_many_threads_ask(
    fetching: Fetching, publisher: Publisher, tmp_path: Path
) -> None:
    def slowly(_: Asked) -> Reply:
        time.sleep(0.03)
        return CSV

    publisher.answering = slowly
    threads = [
        threading.Thread(target=lambda i=i: _fetch(fetching, publisher, into=tmp_path / str(i)))
        for i in range(5)
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(publisher.asked) == 5
    assert publisher.most_at_once == 1


def test_every_refusal_says_what_was_asked_what_came_and_what_to_do() -> None:
    def below(kind: type[FetchRefusedError]) -> list[type[FetchRefusedError]]:
        return [kind, *(deeper for sub in kind.__subclasses__() for deeper in below(sub))]

    kinds = below(FetchRefusedError)
    assert len(kinds) > 10
    for kind in kinds:
        said = kind(asked="http://a.org/", came="a page", fix="Ask.").sentence()
        assert said == "Asked http://a.org/: a page. Ask."
        assert kind.__doc__
