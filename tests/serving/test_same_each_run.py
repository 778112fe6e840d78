"""What is worked out once is what Streamlit would have worked out each time."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from streamlit import config
from streamlit.proto.NewSession_pb2 import CustomThemeConfig
from streamlit.runtime import app_session

from trustboard.serving.same_each_run import NAME, Once, dress_once

SECTIONS = ["theme", *(f"theme.{one.value}" for one in config.CustomThemeCategories)]


@pytest.fixture
def _as_it_was() -> Iterator[None]:
    before = getattr(app_session, NAME)
    yield
    setattr(app_session, NAME, before)


def dress(fill: object, section: str) -> bytes:
    message = CustomThemeConfig()
    fill(message, section)  # type: ignore[operator]
    return message.SerializeToString(deterministic=True)


@pytest.mark.usefixtures("_as_it_was")
def test_the_dress_of_a_page_is_the_one_streamlit_gives_it() -> None:
    drawn = getattr(app_session, NAME)
    assert dress_once()
    once = getattr(app_session, NAME)
    assert once is not drawn
    for section in SECTIONS * 2:  # worked out, then remembered
        assert dress(once, section) == dress(drawn, section)
    assert dress(once, "theme"), "the settings of this project say how a page looks"


def test_each_part_is_worked_out_once_until_the_settings_are_read_again() -> None:
    asked: list[str] = []

    def fill(message: CustomThemeConfig, section: str) -> None:
        asked.append(section)
        message.primary_color = f"#{len(asked):06}"

    once = Once(fill)
    assert dress(once, "theme") == dress(once, "theme") != dress(once, "theme.dark")
    assert asked == ["theme", "theme.dark"]
    config.get_config_options(force_reparse=True)
    assert dress(once, "theme") == CustomThemeConfig(primary_color="#000003").SerializeToString()


@pytest.mark.usefixtures("_as_it_was")
def test_a_streamlit_without_that_function_is_left_alone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(app_session, NAME)
    assert not dress_once()
    assert not hasattr(app_session, NAME)
    monkeypatch.undo()
