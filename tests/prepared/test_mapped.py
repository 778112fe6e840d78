"""Rows that were added up lie on the disk as in memory: mapped, never copied, never written to."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from pandas.testing import assert_frame_equal

from trustboard.errors import CannotRunError
from trustboard.prepared.cubes import _View, let_go_of_sums
from trustboard.prepared.mapped import Mapped, write_mapped


def _rows(length: int) -> pd.DataFrame:
    number = np.arange(length)
    return pd.DataFrame(
        {
            "on": (number % 120 - 1).astype("int16"),
            "place": pd.Categorical(np.where(number % 3, "hill", "unknown")),
            "counted": number % 2 == 0,
            "days": np.where(number % 5, number.astype("float64"), np.nan),
            "weight": number.astype("int32"),
        }
    )


def _kept(frame: pd.DataFrame, folder: Path) -> Mapped:
    told = write_mapped(frame, folder / "cube.arrow")
    return Mapped(folder / told["file"], rows=told["rows"])


def _in_memory(values: object) -> bool:
    """Say whether an array, or one that it is a view of, has memory of its own."""
    while isinstance(values, np.ndarray):
        if values.flags.owndata:
            return True
        values = values.base
    return False


@pytest.mark.parametrize("length", [0, 1, 200_000])
def test_what_was_written_is_what_is_mapped(length: int, tmp_path: Path) -> None:
    rows = _rows(length)
    mapped = _kept(rows, tmp_path)
    assert mapped.rows == length
    # Without a single row nobody can tell what kind of words there would be.
    assert_frame_equal(mapped.frame, rows, check_dtype=length > 0, check_categorical=length > 0)


def test_no_column_of_numbers_or_flags_is_copied_and_none_can_be_written_to(tmp_path: Path) -> None:
    frame = _kept(_rows(200_000), tmp_path).frame
    for name in ("on", "counted", "days", "weight"):
        values = frame[name].to_numpy()
        assert not _in_memory(values), name
        assert not values.flags.writeable, name
    assert not frame["place"].cat.codes.to_numpy().flags.owndata


def test_rows_stay_readable_after_their_file_was_cleared_away(tmp_path: Path) -> None:
    mapped = _kept(_rows(200_000), tmp_path)
    total = int(mapped.frame["weight"].sum())
    (tmp_path / "cube.arrow").unlink()
    assert int(mapped.frame["weight"].sum()) == total


@pytest.mark.parametrize("content", [None, b"", b"ARROW1 and then nothing"])
def test_a_file_that_is_gone_or_damaged_says_what_to_do(
    content: bytes | None, tmp_path: Path
) -> None:
    mapped = _kept(_rows(5), tmp_path)
    (tmp_path / "cube.arrow").unlink()
    if content is not None:
        (tmp_path / "cube.arrow").write_bytes(content)
    with pytest.raises(
        CannotRunError, match=r"cube\.arrow cannot be read any more\. Open the city"
    ):
        _ = mapped.frame


def test_rows_that_are_let_go_of_are_mapped_again_when_somebody_asks(tmp_path: Path) -> None:
    file = tmp_path / "cube.arrow"
    view = _View(tmp_path, {"groups": [], **write_mapped(_rows(200_000), file)})
    shown = _rows(200_000)
    assert_frame_equal(view.source.frame, shown)
    held = view.day
    assert _maps(file)
    let_go_of_sums()
    assert held[0] == -1  # whoever works with them keeps them as long
    del held
    assert not _maps(file)
    assert_frame_equal(view.source.frame, shown)


def _maps(file: Path) -> bool:
    """Say whether this process has a file mapped into its memory (where the system tells)."""
    maps = Path("/proc/self/maps")
    if not maps.is_file():
        pytest.skip("this system does not tell what is mapped")
    return str(file) in maps.read_text(encoding="utf-8")
