"""Find ids among many others, in time that does not grow with every one of them."""

from __future__ import annotations

import numpy as np
import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
from numpy.typing import NDArray


def is_among(ids: pd.Series | pd.Index, known: pd.Series | pd.Index) -> NDArray[np.bool_]:
    """Say of each id whether it is one of the known ones; a missing id never is.

    What `Series.isin` says, which goes through the known ones one by one.
    """
    wanted = pa.array(known, type=pa.large_string(), from_pandas=True)
    found = pc.is_in(pa.array(ids, type=pa.large_string(), from_pandas=True), value_set=wanted)
    missing: NDArray[np.bool_] = np.asarray(pd.isna(ids))
    among: NDArray[np.bool_] = np.asarray(found) & ~missing
    return among


def positions(ids: pd.Series | pd.Index, known: pd.Series | pd.Index) -> NDArray[np.int64]:
    """Give where each id stands in `known`, which names each id once; -1 where it does not."""
    found = pc.index_in(
        pa.array(ids, type=pa.large_string(), from_pandas=True),
        value_set=pa.array(known, type=pa.large_string(), from_pandas=True),
    )
    places: NDArray[np.int64] = pc.fill_null(found, -1).to_numpy(zero_copy_only=False)
    return places.astype("int64")
