"""`trustboard reproduce`: everything needed to compute a verdict again."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from trustboard.cli.opening import day, open_city
from trustboard.cli.printing import say, say_json
from trustboard.errors import CannotRunError

if TYPE_CHECKING:
    import pandas as pd

    from trustboard.citydata import CityData
    from trustboard.commitments import Commitment


def report(
    slug: str,
    commitment: str,
    *,
    rows: Path | None,
    as_of: str | None,
    pin: str | None,
    data: Path | None,
    published: Path | None,
    as_json: bool,
) -> int:
    """Print one commitment's verdict with all that it rests on; write its rows if asked."""
    from trustboard.verdicts import assess
    from trustboard.verdicts.reproduce import reproduce
    from trustboard.verdicts.rows_behind import as_csv, rows_behind

    limit = day(as_of, last=True)
    city = open_city(slug, data=data, published=published, pin=pin)
    wanted = _find(city, commitment)
    found = assess(wanted, city, as_of=limit)
    text = reproduce(wanted, found, city, as_of=limit)
    behind = [rows_behind(test, city, as_of=limit) for test in found.tests]
    if rows is not None:
        named = [
            frame.assign(test=t.test.id)[["test", *frame.columns]]
            for frame, t in zip(behind, found.tests, strict=True)
        ]
        rows.write_bytes(as_csv(_stacked(named)))
        say(f"Rows written to {rows.name}.", error=True)
    if as_json:
        say_json({"city": slug, "commitment": commitment, "text": text})
    else:
        sys.stdout.write(text)
    return 0


def _find(city: CityData, commitment: str) -> Commitment:
    for one in city.commitments:
        if one.id == commitment:
            return one
    known = ", ".join(one.id for one in city.commitments) or "none"
    raise CannotRunError(f"{city.slug} has no commitment {commitment[:60]!r}. Known: {known}.")


def _stacked(frames: list[pd.DataFrame]) -> pd.DataFrame:
    import pandas as pd

    return pd.concat(frames, ignore_index=True) if frames else pd.DataFrame()
