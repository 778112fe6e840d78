"""Which published columns a description means, and whether a file has them."""

from __future__ import annotations

from collections.abc import Collection, Iterator

from trustboard.city import Column, TableSpec
from trustboard.errors import DataProblem
from trustboard.naming import find_name
from trustboard.problem_kinds import problem
from trustboard.tables import columns_of, must_be_mapped


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


def misfits(spec: TableSpec, published: Collection[str], *, table: str) -> Iterator[DataProblem]:
    """List the columns that a description needs and the file does not have, and the reverse."""
    known, at = columns_of(table), f"tables.{table}.columns"
    for name in must_be_mapped(table):
        if name not in spec.columns:
            yield _undefined(at, f"no column {name}", f"a mapping for {name}", f"Add {name} there.")
    for name in spec.columns:
        column = spec.column(name)
        if name not in known or column is None:
            found = f"{name!r} is not a column of {table}"
            fix = "Correct the name on the left."
            yield _undefined(f"{at}.{name}", found, f"one of {', '.join(sorted(known))}", fix)
        else:
            yield from _absent(column, published, at=f"{at}.{name}")
    if spec.row_id is not None and spec.row_id not in published:
        found = f"the file has no column {spec.row_id!r}"
        yield _undefined(f"tables.{table}.row_id", found, _there(published), "Correct row_id.")


def _absent(column: Column, published: Collection[str], *, at: str) -> Iterator[DataProblem]:
    """List the published columns that one of ours is made from and the file does not have."""
    if column.called:
        names = ", ".join(map(repr, column.called))
        found = f"the file has no column that is called like one of {names}"
        fix = "Find it among these and write it there as `column`, in the place of `called`."
        yield _undefined(at, found, _there(published), fix)
    for one in (column.column, *column.first_of, *column.join):
        if one is not None and one not in published:
            fix = "The publisher may have renamed it: correct the name on the right."
            yield _undefined(at, f"the file has no column {one!r}", _there(published), fix)


def _there(published: Collection[str]) -> str:
    return f"one of {', '.join(map(str, published))[:400]}"


def _undefined(where: str, found: str, expected: str, fix: str) -> DataProblem:
    fill = {"expected": expected, "fix": fix}
    return problem("definition", file="city.yml", column=where, found=found, fill=fill)
