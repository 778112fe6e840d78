"""`trustboard measure`: the tidy table behind a chart."""

from __future__ import annotations

import csv
import io
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from trustboard.cli.opening import day, open_city
from trustboard.cli.printing import say, say_json, visible
from trustboard.errors import CannotRunError

if TYPE_CHECKING:
    from trustboard.query import Query
    from trustboard.tidy import CannotMeasure, Measured


def report(
    slug: str,
    indicator: str,
    *,
    by: Sequence[str],
    days: tuple[str | None, str | None],
    filters: Mapping[str, Sequence[str]],
    where: Sequence[str],
    unit: str,
    rest: str | None,
    pin: str | None,
    data: Path | None,
    published: Path | None,
    as_json: bool,
) -> int:
    """Print one measured table; 1 if the published data cannot tell, else 0."""
    from trustboard.exports import with_standing
    from trustboard.measure import measure
    from trustboard.query import QueryError
    from trustboard.tidy import CannotMeasure

    query = _query(by=by, days=days, filters={**filters, **_pairs(where)}, unit=unit, rest=rest)
    city = open_city(slug, data=data, published=published, pin=pin)
    try:
        answer = measure(city, indicator, query)
    except QueryError as error:
        raise CannotRunError(str(error)) from error
    if isinstance(answer, CannotMeasure):
        _say_cannot(answer, as_json=as_json)
        return 1
    answer = with_standing(answer, city, query)
    if as_json:
        say_json(tidy_rows(answer))
    else:
        say(_as_csv(answer))
    return 0


def _query(
    *,
    by: Sequence[str],
    days: tuple[str | None, str | None],
    filters: Mapping[str, Sequence[str]],
    unit: str,
    rest: str | None,
) -> Query:
    from trustboard.query import Query

    if rest not in (None, "beside", "only"):
        raise CannotRunError(f"--rest is beside or only, not {rest[:40]!r}.")
    if unit not in ("complaint", "allegation"):
        raise CannotRunError(f"--unit is complaint or allegation, not {unit[:40]!r}.")
    return Query(
        by=tuple(name for group in by for name in group.split(",")),
        from_=day(days[0]),
        to=day(days[1], last=True),
        filters=tuple((name, tuple(values)) for name, values in filters.items()),
        unit="allegation" if unit == "allegation" else "complaint",
        rest="" if rest is None else "beside" if rest == "beside" else "only",
    )


def _pairs(where: Sequence[str]) -> dict[str, list[str]]:
    """Read GROUP=VALUE."""
    found: dict[str, list[str]] = {}
    for pair in where:
        group, equals, value = pair.partition("=")
        if not (group and equals and value):
            raise CannotRunError(f"--where takes GROUP=VALUE, not {pair[:80]!r}.")
        found.setdefault(group, []).append(value)
    return found


def _say_cannot(answer: CannotMeasure, *, as_json: bool) -> None:
    if not as_json:
        say(f"cannot tell: {visible(answer.why)}")
        return
    say_json(
        {
            "cannot_tell": answer.why,
            "indicator": answer.indicator,
            "missing": list(answer.missing),
            "would_resolve": answer.would_resolve,
            "publications": list(answer.publications),
        }
    )


def tidy_rows(answer: Measured) -> list[dict[str, Any]]:
    """Give a measured table as plain values, whole numbers without a decimal point."""
    from trustboard.exports import columns

    records = answer.table[columns(answer)].to_dict("records")
    return [{name: _plain(value) for name, value in record.items()} for record in records]


def _plain(value: Any) -> Any:
    import pandas as pd

    if value is None or value is pd.NA or value != value:
        return None
    if isinstance(value, str):
        return value
    number = float(value)
    return int(number) if number.is_integer() else number


def _as_csv(answer: Measured) -> str:
    from trustboard.exports import columns

    text = io.StringIO()
    writer = csv.writer(text, lineterminator="\n")
    writer.writerow(columns(answer))
    for record in tidy_rows(answer):
        writer.writerow(["" if one is None else visible(one) for one in record.values()])
    return text.getvalue().rstrip("\n")
