"""The visitors of the benchmarks behave as pages do, and count right."""

from __future__ import annotations

import asyncio
import random
import sys
from itertools import cycle

import load_client as client
import pytest
from streamlit.proto.BackMsg_pb2 import BackMsg
from streamlit.proto.ForwardMsg_pb2 import ForwardMsg


def kept(name: str) -> ForwardMsg:
    found = ForwardMsg(hash=name)
    found.delta.new_element.html.body = "x" * 20_000
    found.metadata.cacheable = True
    return found


class Socket:
    """A server that answers every run with the same messages."""

    def __init__(self, *answers: ForwardMsg) -> None:
        self.asked: list[BackMsg] = []
        self._answers, self._waiting = answers, []

    async def send(self, payload: bytes) -> None:
        self.asked.append(BackMsg.FromString(payload))
        self._waiting = list(self._answers)

    async def recv(self) -> bytes:
        return bytes(self._waiting.pop(0).SerializeToString())


def finished(how: int = ForwardMsg.FINISHED_SUCCESSFULLY) -> ForwardMsg:
    return ForwardMsg(script_finished=how)


def test_a_run_ends_with_its_last_message_and_counts_what_came() -> None:
    socket = Socket(kept("a"), finished(ForwardMsg.FINISHED_EARLY_FOR_RERUN), finished())
    visitor = client.Visitor(socket, "complaints", "http://x")
    run = asyncio.run(visitor.run("city=a"))
    assert run.messages == 3
    assert run.size > 20_000
    assert run.ms > 0


def test_a_visitor_names_the_large_messages_it_has_and_forgets_old_ones() -> None:
    socket = Socket(kept("a"), finished())
    visitor = client.Visitor(socket, "complaints", "http://x")

    async def visit() -> None:
        await visitor.run("one")
        await visitor.run("two")
        socket._answers = (finished(),)
        await visitor.run("three")
        await visitor.run("four")

    asyncio.run(visit())
    told = [list(one.rerun_script.cached_message_hashes) for one in socket.asked]
    assert told == [[], ["a"], ["a"], ["a"]]
    asyncio.run(visitor.run("five"))
    assert list(socket.asked[-1].rerun_script.cached_message_hashes) == []


def test_a_visitor_asks_by_name_first_and_by_the_number_of_its_page_afterwards() -> None:
    opened = ForwardMsg()
    opened.new_session.page_script_hash = "page-7"
    socket = Socket(opened, finished())
    visitor = client.Visitor(socket, "complaints", "http://x")
    asyncio.run(visitor.run("city=a"))
    asyncio.run(visitor.run("city=b"))
    first, second = (one.rerun_script for one in socket.asked)
    assert (first.page_name, first.page_script_hash) == ("complaints", "")
    assert (second.page_name, second.page_script_hash) == ("", "page-7")
    assert (first.query_string, second.query_string) == ("city=a", "city=b")


def failing(kind: str) -> ForwardMsg:
    found = ForwardMsg()
    if kind == "exception":
        found.delta.new_element.exception.message = "broken"
    elif kind == "page_not_found":
        found.page_not_found.page_name = "x"
    else:
        found.script_finished = ForwardMsg.FINISHED_WITH_COMPILE_ERROR
    return found


@pytest.mark.parametrize("kind", ["exception", "page_not_found", "compile"])
def test_a_page_that_shows_an_error_does_not_pass_for_a_quick_one(kind: str) -> None:
    visitor = client.Visitor(Socket(failing(kind), finished()), "", "http://x")
    with pytest.raises(RuntimeError):
        asyncio.run(visitor.run(""))


def test_percentiles_lie_between_neighbors() -> None:
    assert client.percentile([], 0.95) == 0.0
    assert client.percentile([7.0], 0.5) == 7.0
    assert client.percentile([4, 1, 3, 2], 0.5) == 2.5
    assert client.percentile(list(range(101)), 0.95) == 95


def test_everybody_waits_for_the_last_one_also_if_it_fails_to_come() -> None:
    async def come() -> bool:
        ready = client.Ready(3)
        for _ in range(2):
            ready.one_more()
        early = asyncio.create_task(ready.all())
        await asyncio.sleep(0)
        assert not early.done()
        ready.one_more()
        await asyncio.wait_for(early, timeout=1)
        return True

    assert asyncio.run(come())


def test_errors_are_counted_and_nobody_waits_for_ever() -> None:
    plan = client.Plan("http://127.0.0.1:9", sessions=3, clicks=1)
    seen = client.load(plan)
    assert len(seen.errors) == 3
    assert seen.summary()["clicks"] == 0


def test_clicks_end_by_number_or_by_time() -> None:
    visitor = client.Visitor(Socket(finished()), "", "http://x")
    seen = client.Seen()
    dice = random.Random(1)  # noqa: S311 - pauses, not secrets
    plan = client.Plan("http://x", clicks=4)
    asyncio.run(client._click(plan, visitor, cycle(["a", "b"]), seen, dice))
    assert len(seen.clicks) == 4
    timed = client.Plan("http://x", seconds=0.02)
    asyncio.run(client._click(timed, visitor, cycle(["a"]), seen, dice))
    assert len(seen.clicks) > 4


def test_only_this_machine_may_be_put_under_load(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sys, "argv", ["load_client.py", "--url", "https://a.example"])
    with pytest.raises(SystemExit):
        client.main()
