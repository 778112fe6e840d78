"""A pin is read only if it is one, and names one state of the data under one rule."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as some

from trustboard import METHOD_VERSION
from trustboard.load import data_root, load_city
from trustboard.pins import pin_of, read_pin


def test_the_pin_of_a_city_names_it() -> None:
    city = load_city("riverbend", data=data_root())
    pin = read_pin(pin_of(city))
    assert pin is not None
    assert pin.names(city)
    assert pin.is_of_this_rule
    assert pin_of(city) == f"{city.data_hash[:12]}-{METHOD_VERSION}"


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ab1648bb421c",
        "ab1648bb421c-",
        "ab1648bb421-1.0",
        "ab1648bb421cf-1.0",
        "AB1648BB421C-1.0",
        "ab1648bb421c-1",
        "ab1648bb421c-1.0.0.0",
        "ab1648bb421c-1.0\n",
        "ab1648bb421c-1.0 ",
        "ab1648bb421c-١.٠",
        "../../../etc-1.0",
        "ab1648bb421c-1.0<script>",
        "ab1648bb421c-99999.0",
    ],
)
def test_what_is_no_pin_is_none(text: str) -> None:
    assert read_pin(text) is None


@given(some.text(max_size=40))
def test_any_text_is_a_pin_of_that_very_form_or_none(text: str) -> None:
    pin = read_pin(text)
    assert pin is None or f"{pin.data}-{pin.method}" == text


@given(some.text("0123456789abcdef", min_size=12, max_size=12), some.integers(0, 999))
def test_a_pin_of_another_rule_is_read_and_told_apart(data: str, rule: int) -> None:
    pin = read_pin(f"{data}-{rule}.9")
    assert pin is not None
    assert pin.is_of_this_rule == (f"{rule}.9" == METHOD_VERSION)
