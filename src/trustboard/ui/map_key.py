"""What the shades of a map stand for: each class in numbers, and the places that are in it."""

from __future__ import annotations

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from typing import Final

import pandas as pd

from trustboard import theme
from trustboard.tidy import Row, plain_rows
from trustboard.ui.escape import text
from trustboard.wording import whole

_CLASSES: Final = len(theme.STEPS)


def steps_of(counts: pd.Series[float]) -> pd.Series[float]:
    """Give the class of each count, from 0 to 4: fifths of the largest one; missing stays missing.

    Where all are zero, all are of the lightest class.
    """
    top = counts.max()
    return (counts * _CLASSES // (top if top > 0 else 1.0)).clip(upper=_CLASSES - 1.0)


def map_key(
    places: pd.DataFrame, *, drawn: Collection[str], unit: str, about: str, figure: str = ""
) -> str:
    """Say, as HTML, what each shade stands for and which places have it, those without one last.

    `places` is as for a map, with `n`; `drawn` are the ids of all that the map shows. `unit` is
    what was counted, `about` a sentence on which of it; the saved picture that `figure` names says
    the same. Every place has the name that stands on the map, so that nothing is told by lightness
    alone.
    """
    shown = [row for row in plain_rows(places) if row["place"] in drawn]
    items = [
        _item(
            f'style="background:{theme.STEPS[step]}"',
            whole(low) if low == high else f"{whole(low)} to {whole(high)}",
            [str(row["short"]) for row in shown if row["step"] == step],
        )
        for step, low, high in _classes(places["n"].max())
    ]
    unknown = [str(row["short"]) for row in shown if pd.isna(row["n"])]
    unknown += sorted(set(drawn).difference(places["place"]))
    if unknown:
        items.append(_item('class="tb-no-number"', "no number known", unknown))
    head = f"{unit[:1].upper()}{unit[1:]} for each shade, and the places that have it. {about}"
    named = f' data-figure="{text(figure)}"' if figure else ""
    return (
        f'<p class="tb-unit">{text(head)}</p>'
        f'<ul class="tb-shades"{named} aria-label="Shades of the map">{"".join(items)}</ul>'
    )


def off_the_map(rows: Sequence[Row], *, drawn: Collection[str], names: Mapping[str, str]) -> str:
    """Say what was counted of places that are not on the map; empty where there is nothing.

    `rows` have `place` and `n`; `names` is how each place is printed.
    """
    left = [row for row in rows if row["place"] not in drawn and row["n"] > 0]
    if not left:
        return ""
    said = [f"{names.get(str(row['place']), row['place'])} {whole(row['n'])}" for row in left]
    return f"Not on the map are {whole(math.fsum(row['n'] for row in left))}: {'; '.join(said)}."


def _classes(top: float) -> Iterator[tuple[int, int, int]]:
    """Give each class that a count can have: its step, its lowest and its highest count."""
    if not top > 0:
        yield from [] if pd.isna(top) else [(0, 0, 0)]
        return
    ends = [-(-step * int(top) // _CLASSES) for step in range(_CLASSES)]
    for step, (low, after) in enumerate(zip(ends, [*ends[1:], int(top) + 1], strict=True)):
        if low < after:
            yield step, low, after - 1


def _item(look: str, words: str, names: Sequence[str]) -> str:
    """Write one class: a piece of its shade, its numbers, the places in it."""
    listed = text(", ".join(names)) if names else "no place"
    return f'<li><i {look} aria-hidden="true"></i><span><b>{text(words)}</b>: {listed}</span></li>'
