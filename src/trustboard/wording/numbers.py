"""How numbers are written: thousands with commas, shares in percent, ranges with both ends."""

from __future__ import annotations

import math
from typing import Final

NOT_KNOWN: Final = "not known"
_MINUS: Final = "−"
#: Per cent that are left over where a formula gives none or all.
_NOTHING: Final = 1e-7


def _known(value: object) -> float | None:
    """Give a number, or None for anything missing."""
    try:
        number = float(value)  # type: ignore[arg-type]
    except (TypeError, ValueError):
        return None
    return None if math.isnan(number) else number


def _signed(number: float, decimals: int) -> str:
    written = f"{abs(number):,.{decimals}f}"
    return f"{_MINUS}{written}" if number < 0 and float(written.replace(",", "")) else written


def whole(value: object) -> str:
    """Write a count: 1,234."""
    number = _known(value)
    return NOT_KNOWN if number is None else _signed(number, 0)


def share(value: object) -> str:
    """Write a share (0 to 1) in percent; below 10% with one decimal.

    Some are never written as none, nor nearly all as all.
    """
    number = _known(value)
    if number is None:
        return NOT_KNOWN
    percent = number * 100
    if _NOTHING < percent < 0.05:
        return "under 0.1%"
    if 99.95 <= percent < 100 - _NOTHING:
        return "over 99.9%"
    small = 0 < abs(percent) < 9.95 and abs(percent - round(percent)) >= 0.05
    return f"{_signed(percent, 1 if small or 99.5 <= percent < 99.95 else 0)}%"


def rate(value: object) -> str:
    """Write a rate or a ratio with as many decimals as its size deserves."""
    number = _known(value)
    if number is None:
        return NOT_KNOWN
    size = abs(number)
    return _signed(number, 0 if size >= 100 else 1 if size >= 1 or size == 0 else 2)


def days(value: object) -> str:
    """Write a duration in whole days; a limit that was not reached is said in words."""
    number = _known(value)
    if number is None:
        return NOT_KNOWN
    if math.isinf(number):
        return "not reached yet"
    return f"{_signed(number, 0)} day{'' if round(number) == 1 else 's'}"


def amount(value: object) -> str:
    """Write a published figure as it is: whole numbers whole, others with what they carry."""
    number = _known(value)
    if number is None:
        return NOT_KNOWN
    if number == round(number):
        return whole(number)
    return _signed(number, 2).rstrip("0").rstrip(".")


_WRITERS: Final = {"count": whole, "rate": rate, "share": share, "coverage": share, "days": days}


def unit_of(value: object, unit: str) -> str:
    """Write the unit of a number of things, of one in the singular: "complaints", "complaint"."""
    is_a_word = unit.replace("-", "").isalpha()
    return unit.removesuffix("s") if _known(value) == 1 and is_a_word else unit


def value_text(kind: str, value: object) -> str:
    """Write one value of a measured table of this kind."""
    return _WRITERS.get(kind, amount)(value)


def interval(kind: str, lower: object, upper: object) -> str:
    """Write a 95% interval as "17% to 39%"; empty where there is none."""
    low, high = _known(lower), _known(upper)
    if low is None or high is None:
        return ""
    if math.isinf(high):
        return f"{value_text(kind, low)} or more"
    return f"{value_text(kind, low)} to {value_text(kind, high)}"
