"""What a chart says of periods that are drawn but are not whole, or not final yet."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from types import MappingProxyType
from typing import Final

import pandas as pd

from trustboard.listing import together
from trustboard.tidy import Measured, lines_of
from trustboard.wording.periods import date_text, period_name, span

#: State of a row → what is said of its periods.
_SAID: Final = MappingProxyType(
    {
        "partial": "the source covers only part of {}",
        "cut": "only part of {} was chosen",
        "unsettled": "late rows may still change {}",
        "immature": "not every case of {} is old enough to be judged",
    }
)


def unsettled_words(measured: Measured, *, mark: str) -> str:
    """Say which drawn periods are not whole or not final, and why: what `mark` stands for.

    Empty where every drawn period is whole and settled.
    """
    lines = [line for line in lines_of(measured) if pd.notna(line["value"])]
    said = []
    for state, words in _SAID.items():
        periods = dict.fromkeys(str(line["period"]) for line in lines if line["state"] == state)
        if when := _stretches(periods):
            said.append(words.format(together(when)))
    return f"{mark}: {'; '.join(said)}." if said else ""


def _stretches(periods: Iterable[str]) -> list[str]:
    """Name periods, those that follow each other by where the first begins and the last ends."""
    dated = sorted((ends, one) for one in periods if (ends := span(one)) is not None)
    found: list[tuple[pd.Timestamp, pd.Timestamp, list[str]]] = []
    for (start, end), one in dated:
        if found and found[-1][1] == start:
            found[-1] = (found[-1][0], end, [*found[-1][2], one])
        else:
            found.append((start, end, [one]))
    return [_named(start, end, names) for start, end, names in found]


def _named(start: pd.Timestamp, end: pd.Timestamp, names: Sequence[str]) -> str:
    if len(names) == 1:
        return period_name(names[0])
    finest = "year" if names[0].isdigit() else "month"
    return f"{date_text(start, finest)} to {date_text(end - pd.Timedelta(days=1), finest)}"
