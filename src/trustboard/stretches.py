"""Which rows are meant: a slice where they lie together, else the place of each.

A slice of a column is a view of it and costs the same at any length; to gather rows one by one
costs time for each. Rows that were added up beforehand lie in an order that makes slices likely
(`trustboard.cubes`); nothing but time depends on it.
"""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

#: Places of rows. A slice names its first row and the one after its last.
At: TypeAlias = slice | NDArray[np.intp]


def found(mask: NDArray[np.bool_]) -> At:
    """Give the places at which a mask is true."""
    count = int(np.count_nonzero(mask))
    first = int(mask.argmax()) if count else 0
    together = slice(first, first + count)
    return together if mask[together].all() else np.flatnonzero(mask)


def among(at: At, inner: At) -> At:
    """Give places among some rows as places among all rows."""
    if isinstance(at, slice) and isinstance(inner, slice):
        return slice(at.start + inner.start, at.start + inner.stop)
    places: NDArray[np.intp] = inner + at.start if isinstance(at, slice) else at[inner]
    return places


def length(at: At) -> int:
    """Count the rows that are meant."""
    return at.stop - at.start if isinstance(at, slice) else len(at)
