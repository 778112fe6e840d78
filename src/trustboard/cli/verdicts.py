"""`trustboard verdicts`: one row per commitment, with the outcome of each of its tests."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Final

from trustboard.cli.history import record as add_to_history
from trustboard.cli.opening import day, open_city
from trustboard.cli.printing import say, say_json, table, visible

if TYPE_CHECKING:
    from trustboard.citydata import CityData
    from trustboard.verdicts import AssessedCommitment

HEAD: Final = ("commitment", "said on", "said by", "outcome")


def report(
    slug: str,
    *,
    as_of: str | None,
    record: bool,
    data: Path | None,
    published: Path | None,
    as_json: bool,
) -> int:
    """Print every commitment's outcomes; 1 if a commitment could not be used, else 0."""
    from trustboard.exports.promises import verdicts_of
    from trustboard.verdicts import assess_all

    limit = day(as_of, last=True)
    city = open_city(slug, data=data, published=published)
    assessed = assess_all(city, as_of=limit)
    if record:
        add_to_history(city, assessed, data=data)
    if as_json:
        say_json(verdicts_of(assessed))
    else:
        _print(assessed, limit=limit)
    return _say_unusable(city)


def _print(assessed: Sequence[AssessedCommitment], *, limit: date | None) -> None:
    from trustboard.exports.promises import said_on

    rows = [
        (
            one.commitment.id,
            said_on(one.commitment),
            one.commitment.said_by.office,
            "; ".join(outcomes(one)),
        )
        for one in assessed
    ]
    if not rows:
        known = "is on record" if limit is None else f"was on record by {limit}"
        say(f"No commitment of this city {known}.")
        return
    for line in table(HEAD, rows):
        say(line)


def _say_unusable(city: CityData) -> int:
    bad = [p for p in city.problems if p.file == "commitments.yml" and p.action == "not_read"]
    for problem in bad:
        say(f"not used: {visible(problem.sentence())}", error=True)
    return 1 if bad else 0


def outcomes(one: AssessedCommitment) -> list[str]:
    """Say each test's outcome in a few words, and why there is none where there is none."""
    from trustboard.exports.promises import outcome_word

    several = len(one.tests) > 1
    told = [
        f"{test.test.id}: {outcome_word(test.outcome)}" if several else outcome_word(test.outcome)
        for test in one.tests
    ]
    return told + ([outcome_word(one.not_measurable)] if one.not_measurable else [])
