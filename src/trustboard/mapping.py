"""Turn published text into canonical columns, and list every cell that did not fit.

Every distinct text of a column is converted once and then spread over the rows, so that a table of
any length costs little more than its variety.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from trustboard.cells import Fault, Words, convert, fold_case, stands_for_itself
from trustboard.city import Column, TableSpec
from trustboard.errors import Action, DataProblem
from trustboard.problem_kinds import problem
from trustboard.settling import misfits
from trustboard.tables import columns_of


@dataclass(slots=True)
class Mapped:
    """The canonical columns of a table, which rows must be kept aside, and why."""

    frame: pd.DataFrame
    aside: pd.Series  # bool per row
    problems: list[DataProblem] = field(default_factory=list)


class UnmappableError(Exception):
    """The description names a published column that the file lacks, or omits one of ours."""

    def __init__(self, problems: list[DataProblem]) -> None:
        super().__init__(problems[0].sentence())
        self.problems = problems


def map_table(
    raw: pd.DataFrame,
    *,
    lines: Sequence[int],
    table: str,
    spec: TableSpec,
    words: Mapping[str, Words],
) -> Mapped:
    """Build the canonical frame of one table from its published text.

    `raw` has text cells only ("" when empty); `words` is the city's vocabulary by canonical column.
    Raises `UnmappableError` when columns are missing.
    """
    problems = list(misfits(spec, raw.columns, table=table))
    if problems:
        raise UnmappableError(problems)
    frame = pd.DataFrame({"line": pd.array(lines, dtype="int64")}, index=raw.index)
    mapped = Mapped(frame, pd.Series(False, index=raw.index))
    for name, meta in columns_of(table).items():
        column = spec.column(name)
        if column is not None:
            vocabulary = {**words.get(name, {}), **column.words}
            folded = {fold_case(word): term for word, term in vocabulary.items()}
            _add_column(mapped, raw, name=name, meta=meta, column=column, words=folded, spec=spec)
    return mapped


def _add_column(
    mapped: Mapped,
    raw: pd.DataFrame,
    *,
    name: str,
    meta: dict[str, Any],
    column: Column,
    words: Words,
    spec: TableSpec,
) -> None:
    """Convert one column and note its faults."""
    text = _origin(raw, column)
    codes, distinct = pd.factorize(text)
    values, faults = _converted(distinct, name=name, kind=meta["kind"], column=column, words=words)
    mapped.frame[name] = values.take(codes)
    if words or meta["kind"] in {"date", "term"} or column.replace or column.divide_by:
        mapped.frame[f"{name}_as_published"] = text
    at = _Place(f"published/{spec.file}", _published_name(column, name), name)
    for number, rows in _rows_of(codes, faults).items():
        fault = faults[number]
        _note(mapped, fault, rows, at=at, action=fault.action(meta["on_fault"]))
    if meta.get("required"):
        empty = np.flatnonzero(mapped.frame[name].isna() & ~mapped.aside)
        _note(mapped, Fault("missing_key", "nothing"), empty, at=at, action="quarantined")


def _converted(
    distinct: pd.Index, *, name: str, kind: str, column: Column, words: Words
) -> tuple[Any, dict[int, Fault]]:
    """Convert every distinct text of a column; give the values, and the faults by position."""
    plain = stands_for_itself(distinct, name=name, kind=kind, column=column, words=words)
    looked_at = zip(np.flatnonzero(~plain).tolist(), distinct[~plain].tolist(), strict=True)
    results = {
        number: convert(one, name=name, kind=kind, column=column, words=words)
        for number, one in looked_at
    }
    faults = {number: one for number, one in results.items() if isinstance(one, Fault)}
    good = [None if isinstance(one, Fault) else one for one in results.values()]
    if not plain.any():
        return _typed(good, kind), faults
    values = pd.Series(distinct, dtype="str")
    values.iloc[list(results)] = pd.Series(good, dtype="str").array
    return values.array, faults


def _rows_of(codes: NDArray[np.int64], faults: dict[int, Fault]) -> dict[int, NDArray[np.int64]]:
    """Give the rows, in order, in which each faulty text stands."""
    if not faults:
        return {}
    rows = np.flatnonzero(np.isin(codes, list(faults)))
    rows = rows[np.argsort(codes[rows], kind="stable")]
    ends = np.searchsorted(codes[rows], list(faults), side="right")
    return dict(zip(faults, np.split(rows, ends)[: len(faults)], strict=True))


@dataclass(frozen=True, slots=True)
class _Place:
    """Where a fault stands: the file, the column as published, and our name for it."""

    file: str
    column: str
    name: str


def _note(
    mapped: Mapped, fault: Fault, rows: NDArray[np.int64], *, at: _Place, action: Action
) -> None:
    """List a fault for every row it stands in, and keep those rows aside if that is the action."""
    if action == "quarantined":
        mapped.aside.iloc[rows] = True
    mapped.problems += [
        problem(
            fault.check,
            file=at.file,
            line=int(line),
            column=at.column,
            found=fault.found,
            action=action,
            fill={"name": at.name, **fault.fill},
        )
        for line in mapped.frame["line"].iloc[rows]
    ]


def _typed(values: list[Any], kind: str) -> Any:
    """Give the converted distinct values as an array of the column's type."""
    if kind == "date":
        return pd.array(pd.to_datetime(pd.Series(values, dtype=object)).astype("datetime64[s]"))
    if kind == "number":
        return pd.Series(values, dtype="float64").to_numpy()
    if kind == "yes_no":
        return pd.array(values, dtype="boolean")
    return pd.array(pd.Series(values, dtype="str"))


def _origin(raw: pd.DataFrame, column: Column) -> pd.Series:
    """Pick the published text that a column is made from."""
    if column.column is not None:
        return raw[column.column]
    if column.constant is not None:
        return pd.Series(column.constant, index=raw.index, dtype="str")
    if column.join:
        return raw[list(column.join)].agg(column.glue.join, axis=1)
    chosen = raw[column.first_of[0]]
    for more in column.first_of[1:]:
        chosen = chosen.where(chosen.str.strip() != "", raw[more])
    return chosen


def _published_name(column: Column, name: str) -> str:
    """Name the column as the file does, for messages."""
    return column.column or "/".join(column.first_of or column.join) or name
