"""Answers wait less for each other than Streamlit lets them."""

from __future__ import annotations

import asyncio
from importlib import import_module
from pathlib import Path

import pytest
from streamlit.runtime import runtime

from trustboard.serving.application import starting
from trustboard.serving.copies import Copies
from trustboard.serving.drawing_ahead import SWITCH
from trustboard.serving.sooner import NAME, SECONDS, send_sooner


def test_answers_wait_for_each_other_as_long_as_we_say(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(runtime, NAME, 0.005)
    assert send_sooner()
    assert getattr(runtime, NAME) == SECONDS


def test_streamlits_loop_still_reads_that_number_each_time() -> None:
    loop = runtime.Runtime._loop_coroutine
    assert NAME in loop.__code__.co_names, "find out how this release paces its messages"


def test_a_streamlit_that_waits_less_by_itself_is_left_alone(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(runtime, NAME, SECONDS / 2)
    assert send_sooner()
    assert getattr(runtime, NAME) == SECONDS / 2


def test_a_streamlit_without_that_number_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(runtime, NAME)
    assert not send_sooner()
    assert not hasattr(runtime, NAME)


def test_a_server_that_has_started_lets_answers_wait_less(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(runtime, NAME, 0.005)
    for other in ("give_back_early", "dress_once", "settle"):  # they are of the whole process
        monkeypatch.setattr(import_module(starting.__module__), other, lambda: None)
    monkeypatch.setenv(SWITCH, "no")

    async def start() -> None:
        async with starting({}, Copies(tmp_path))(None):
            assert getattr(runtime, NAME) == SECONDS

    asyncio.run(start())
