"""The other process: `python -m trustboard.judging EDITION [COMMITMENT [TEST]]` (see `apart`)."""

from __future__ import annotations

import pickle
import sys
from pathlib import Path

from trustboard.judging.checking import check_tests, file_of_rows
from trustboard.prepared import open_folder
from trustboard.verdicts import assess, assess_all


def main(folder: str, commitment: str = "", test: str = "") -> int:
    """Write what is found to the output; 1 where the edition cannot be opened."""
    city = open_folder(Path(folder))
    if city is None:
        return 1
    found: object = assess_all(city)
    if commitment:
        wanted = next(one for one in city.commitments if one.id == commitment)
        judged = assess(wanted, city)
        one = next((one for one in judged.tests if one.test.id == test), None)
        found = check_tests(judged, city) if one is None else file_of_rows(one, city)
    sys.stdout.buffer.write(pickle.dumps(found))
    return 0


if __name__ == "__main__":
    raise SystemExit(main(*sys.argv[1:]))
