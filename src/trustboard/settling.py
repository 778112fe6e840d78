"""Settle which published column is meant where a description could only name likely ones."""

from __future__ import annotations

from collections.abc import Collection

from trustboard.city import Column, TableSpec
from trustboard.errors import DataProblem
from trustboard.naming import find_name
from trustboard.problem_kinds import problem


def settled(spec: TableSpec, published: Collection[str]) -> TableSpec:
    """Put the published column in the place of each `called`: of its names the first there is.

    A column of which no name is there stays as it is described.
    """
    found = {name: _settled(spec.column(name), published) for name in spec.columns}
    taken = {name: column for name, column in found.items() if column is not None}
    return spec.model_copy(update={"columns": {**spec.columns, **taken}}) if taken else spec


def _settled(column: Column | None, published: Collection[str]) -> Column | None:
    for name in () if column is None else column.called:
        there = find_name(name, published)
        if there is not None and column is not None:
            return column.model_copy(update={"column": there, "called": ()})
    return None


def assumptions(described: TableSpec, taken: TableSpec, *, table: str) -> list[DataProblem]:
    """List each column that was taken because its name is likely, for everybody to see."""
    listed = []
    for name in described.columns:
        before, after = described.column(name), taken.column(name)
        if before is None or after is None or not before.called or after.column is None:
            continue
        at, names = f"tables.{table}.columns.{name}", ", ".join(before.called)
        found = f"{after.column!r} taken for {name}, as a likely name"
        fill = {"names": names, "name": name, "column": after.column}
        listed.append(problem("likely_name", file="city.yml", column=at, found=found, fill=fill))
    return listed
