"""Which declared changes of counting concern a question: by indicator, and by the words it uses."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from trustboard.city import Break
    from trustboard.citydata import Table
    from trustboard.query import Query


def breaks_of(
    table: Table, *, tables: Sequence[Table], indicator: str, query: Query
) -> Iterator[Break]:
    """Give the breaks of a table that concern a question, whenever they were.

    A break that names `words` changed only what things are called: it concerns a question that is
    split or filtered by one of these words and reads it from this table, one of the `tables` that
    the answer rests on.
    """
    asked = {*query.groups, *(group for group, _ in query.filters)}
    read = {word for word in asked if _giving(word, tables, query) is table}
    for one in table.spec.breaks:
        concerned = not one.affects or indicator in one.affects
        if concerned and (not one.words or read.intersection(one.words)):
            yield one


def _giving(word: str, tables: Sequence[Table], query: Query) -> Table | None:
    """Give the table a word is read from; an allegation's own comes before its complaint's."""
    giving = [table for table in tables if word in table.spec.columns]
    own = [table for table in giving if table.name == "outcomes"]
    preferred = own if own and query.unit == "allegation" else giving
    return preferred[0] if preferred else None
