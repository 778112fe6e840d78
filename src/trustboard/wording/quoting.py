"""One row of a measured table in words: its value, its range, what was counted of how many."""

from __future__ import annotations

import re

import pandas as pd

from trustboard.tidy import Measured, Row
from trustboard.wording.numbers import interval, rate, unit_of, value_text, whole


def quoted(measured: Measured, row: Row) -> str:
    """Write one row: the value, its range, and the numerator and denominator behind it."""
    if measured.kind == "count":
        return figure(measured, row, unit=True)
    if measured.kind == "months":
        return _months(row)
    said = figure(measured, row, unit=measured.kind == "rate")
    from_what = behind(measured, row)
    return f"{said}: {from_what}" if from_what else said


def _months(row: Row) -> str:
    """Write months without an event beside the number that chance alone would leave."""
    said = f"{whole(row['value'])} of {whole(row['exposure'])} months"
    expected = row.get("expected")
    if expected is None or pd.isna(expected):
        return said
    left = "none" if expected < 0.05 else f"about {rate(expected)}"
    return f"{said} (chance alone would leave {left})"


def figure(measured: Measured, row: Row, *, unit: bool = False) -> str:
    """Write one value with its range."""
    value = value_text(measured.kind, row["value"]) + (f" {_unit(measured, row)}" if unit else "")
    limits = "" if measured.kind == "count" else interval(measured.kind, row["lower"], row["upper"])
    return f"{value} ({limits})" if limits else value


def _unit(measured: Measured, row: Row) -> str:
    """Write the unit, of one thing in the singular: "1 complaint"."""
    return unit_of(row["value"], measured.unit) if measured.kind == "count" else measured.unit


def behind(measured: Measured, row: Row) -> str:
    """Write numerator and denominator: "114 of 812 complaints decided"."""
    if measured.kind in {"share", "coverage"} and pd.notna(row["exposure"]):
        return f"{whole(row['n'])} of {whole(row['exposure'])} {of_what(measured)}".strip()
    if measured.kind == "rate" and pd.notna(row["n"]) and pd.notna(row["exposure"]):
        return f"{whole(row['n'])} in {whole(row['exposure'])} resident-years"
    if measured.kind == "days" and pd.notna(row["n"]) and pd.notna(row["exposure"]):
        return f"{whole(row['n'])} of {whole(row['exposure'])} had been closed"
    return ""


def of_what(measured: Measured) -> str:
    """Name the whole that a share is of: "complaints decided"."""
    return re.split(r"[:,;(]", measured.denominator)[0].strip().removeprefix("all ")
