"""The entries of a feed of verdicts: what the log says, and what is said now beyond it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final, TypeAlias

from trustboard.citydata import CityData
from trustboard.exports.promises import outcome_word
from trustboard.verdicts import AssessedCommitment, AssessedTest
from trustboard.verdicts.history import START, Entry
from trustboard.verdicts.labels import Spelled, spelled
from trustboard.wording.verdicts import REASON_WORDS, VERDICT_WORDS

#: A feed must name a day; this one is before any data.
NO_DAY: Final = "1970-01-01"
#: What the feed says of itself.
BEGINS: Final = (
    "What is said on each test of each promise. What the log of verdicts does not have yet stands "
    "here as it is now, dated by the last day of its data; the log then says when and why it "
    "changed. It grows with “trustboard verdicts {city} --record”."
)
BROKEN: Final = (
    "The log of verdicts does not hold together, so nothing of it is told here: what is said on "
    "each test stands as it is now, dated by the last day of its data."
)
#: A test of a promise: the ids of both.
_Test: TypeAlias = tuple[str, str]


@dataclass(frozen=True, slots=True)
class News:
    """One entry of a feed; `moment` is in UTC as in ISO 8601, `key` never changes."""

    key: str
    title: str
    moment: str
    summary: str
    link: str


def of_verdicts(
    city: CityData, entries: Sequence[Entry], found: Sequence[AssessedCommitment], *, site: str
) -> list[News]:
    """Give an entry per line of the log, and one per test of which something else is said now.

    An entry is known by what is said and by the line of the same test before it. So one that stood
    here before it was recorded keeps its name when it is, and no reader is shown it twice.
    """
    titles = {one.id: one.title for one in city.commitments}
    last: dict[_Test, Entry] = {}
    news = []
    for line in entries:
        test = (line.commitment, line.test)
        said = (line.outcome, line.reason, line.part_way)
        news.append(
            News(
                key=_key(city, test, said, last.get(test)),
                title=f"{titles.get(line.commitment, line.commitment)}: {_word(line)}",
                moment=f"{line.as_of}T00:00:00Z",
                summary=f"{city.city.name}, test {line.test}. Why this entry: {line.label}. "
                f"Data to {line.as_of}, sha256 {line.data_hash}, method {line.method_version}.",
                link=_link(city, line.commitment, site),
            )
        )
        last[test] = line
    now = [(one, test) for one in found for test in one.tests]
    return [*_beyond(city, now, last, site=site), *reversed(news)]


def _beyond(
    city: CityData,
    now: Sequence[tuple[AssessedCommitment, AssessedTest]],
    last: dict[_Test, Entry],
    *,
    site: str,
) -> list[News]:
    """Tell what is said now on each test of which the log says nothing, or something else."""
    news = []
    for one, test in now:
        which, said = (one.commitment.id, test.test.id), spelled(test.outcome)
        line = last.get(which)
        if line is not None and said == (line.outcome, line.reason, line.part_way):
            continue
        day = NO_DAY if test.as_of == date.min else test.as_of.isoformat()
        news.append(
            News(
                key=_key(city, which, said, line),
                title=f"{one.commitment.title}: {outcome_word(test.outcome)}",
                moment=f"{day}T00:00:00Z",
                summary=f"{city.city.name}, test {test.test.id}. As it is now; not in the log of "
                f"verdicts yet. Data to {day}, sha256 {one.data_hash}, method "
                f"{test.method_version}.",
                link=_link(city, one.commitment.id, site),
            )
        )
    return news


def _key(city: CityData, test: _Test, said: Spelled, before: Entry | None) -> str:
    after = START if before is None else before.hash
    return f"{city.slug} verdict {' '.join(test)} {' '.join(map(str, said))} after {after}"


def _link(city: CityData, commitment: str, site: str) -> str:
    return f"{site}/commitments?city={city.slug}&commitment={commitment}"


def _word(one: Entry) -> str:
    """Say what a line of the log says, in the words of the pages."""
    states = {state.name: word for state, word in VERDICT_WORDS.items()}
    reasons = {reason.name: word for reason, word in REASON_WORDS.items()}
    if one.outcome == "CANNOT_TELL":
        return f"Cannot tell: {reasons.get(one.reason, one.reason)}"
    if one.part_way:
        return "Not kept, but part of the way"
    return states.get(one.outcome, "Figures agree" if one.outcome == "AGREES" else one.outcome)
