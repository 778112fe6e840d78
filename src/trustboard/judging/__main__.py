"""The other process: `python -m trustboard.judging EDITION [COMMITMENT [TEST]]` (see `apart`)."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from trustboard.citydata import CityData
from trustboard.judging.apart import COUNT
from trustboard.judging.checking import check_tests, file_of_rows
from trustboard.prepared import open_folder
from trustboard.verdicts import AssessedCommitment, assess, assess_all


def main(folder: str, commitment: str = "", test: str = "") -> int:
    """Write what is found to the output; 1 where the edition cannot be opened."""
    city = open_folder(Path(folder))
    if city is None:
        return 1
    if test:
        _write_rows(_judged(city, commitment), city, test=test)
    else:
        found = check_tests(_judged(city, commitment), city) if commitment else assess_all(city)
        sys.stdout.buffer.write(pickle.dumps(found))
    return 0


def _judged(city: CityData, commitment: str) -> AssessedCommitment:
    return assess(next(one for one in city.commitments if one.id == commitment), city)


def _write_rows(judged: AssessedCommitment, city: CityData, *, test: str) -> None:
    """Write the rows behind a test, then how many there are."""
    one = next(one for one in judged.tests if one.test.id == test)
    rows = file_of_rows(one, city, to=sys.stdout.buffer)
    sys.stdout.buffer.write(rows.to_bytes(COUNT, "big"))


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
