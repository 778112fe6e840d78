"""Ask for verdicts: of a city with few rows here, of one with very many in another process."""

from __future__ import annotations

from collections.abc import Mapping
from typing import BinaryIO, Final

from trustboard.citydata import CityData
from trustboard.judging.apart import from_apart, rows_apart
from trustboard.judging.checking import Checked, check_tests, file_of_rows
from trustboard.verdicts import AssessedCommitment, AssessedTest, assess_all

#: From so many published rows on another process brings them in.
MANY: Final = 500_000


def judged(city: CityData) -> tuple[AssessedCommitment, ...]:
    """Assess every commitment of a city."""
    if _many_rows(city) and city.kept_in is not None:
        found: tuple[AssessedCommitment, ...] | None = from_apart(city.kept_in)
        if found is not None:
            return found
    return assess_all(city)


def checked(found: AssessedCommitment, city: CityData) -> Mapping[str, Checked]:
    """Make every test of an assessed commitment ready to be checked, by the test's id."""
    if _many_rows(city) and city.kept_in is not None:
        ready: Mapping[str, Checked] | None = from_apart(city.kept_in, found.commitment.id)
        if ready is not None:
            return ready
    return check_tests(found, city)


def rows_file(test: AssessedTest, city: CityData, *, to: BinaryIO) -> int:
    """Write the published rows behind one test into an empty file of the system, as CSV.

    Gives how many there are; where they are more than `MOST_ROWS`, the file stays empty.
    """
    if _many_rows(city) and city.kept_in is not None:
        rows = rows_apart(city.kept_in, test.commitment_id, test.test.id, to=to)
        if rows is not None:
            return rows
    return file_of_rows(test, city, to=to)


def _many_rows(city: CityData) -> bool:
    return sum(table.accounting.kept for table in city.tables.values()) >= MANY
