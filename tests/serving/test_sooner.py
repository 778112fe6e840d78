"""Answers wait less for each other than Streamlit lets them."""

from __future__ import annotations

import pytest
from streamlit.runtime import runtime

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
