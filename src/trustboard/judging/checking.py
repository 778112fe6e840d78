"""What a reader needs to check one test: how many rows, other readings, what prints it again."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import BinaryIO, Final

from trustboard.citydata import CityData
from trustboard.commitments import ChangeTest, ThresholdTest
from trustboard.verdicts import AssessedCommitment, AssessedTest
from trustboard.verdicts.reproduce import reproduce
from trustboard.verdicts.rows_behind import as_csv, fingerprint, rows_behind
from trustboard.verdicts.sensitivity import Sensitivity, sensitivity

#: Longer files are not handed out; `trustboard reproduce --rows` writes them.
MOST_ROWS: Final = 200_000


@dataclass(frozen=True, slots=True)
class Checked:
    """One test, ready to be checked.

    `rows` is how many published rows it rests on and `sha256` the hash of them as CSV; `printed`
    is what `trustboard reproduce` prints; `readings` is None where it gives no verdict to compare.
    """

    rows: int
    sha256: str
    printed: str
    readings: Sensitivity | None


def check_tests(found: AssessedCommitment, city: CityData) -> Mapping[str, Checked]:
    """Make every test of a commitment ready to be checked, by the test's id."""
    return {test.test.id: _checked(found, test, city) for test in found.tests}


def file_of_rows(test: AssessedTest, city: CityData, *, to: BinaryIO) -> int:
    """Write the rows behind one test as CSV: the file whose hash `Checked` gives.

    Gives how many there are; where they are more than `MOST_ROWS`, nothing is written.
    """
    rows = rows_behind(test, city)
    if len(rows) <= MOST_ROWS:
        to.write(as_csv(rows))
    return len(rows)


def _checked(found: AssessedCommitment, test: AssessedTest, city: CityData) -> Checked:
    rows = rows_behind(test, city)
    alone = replace(found, tests=(test,))
    return Checked(
        rows=len(rows),
        sha256=fingerprint(rows),
        printed=reproduce(found.commitment, alone, city),
        readings=_other_readings(found, test, city),
    )


def _other_readings(
    found: AssessedCommitment, test: AssessedTest, city: CityData
) -> Sensitivity | None:
    wanted = test.test
    if not isinstance(wanted, ChangeTest | ThresholdTest):
        return None
    return sensitivity(found.commitment, wanted, city)
