"""The log of verdicts: plain lines, only ever added to, each carrying the hash of the one before.

An entry is written when what is said about a test changes. A changed, removed or reordered line
breaks the chain; that is reported and never repaired.
"""

from __future__ import annotations

import hashlib
import json
import math
from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import date
from pathlib import Path
from typing import Any, Final

from pydantic import TypeAdapter, ValidationError

from trustboard import __version__
from trustboard.citydata import CityData
from trustboard.commitments import AnyTest
from trustboard.statistics import Interval
from trustboard.verdicts.labels import Earlier, change_label, spelled
from trustboard.verdicts.model import AssessedCommitment, AssessedTest

FILE: Final = "history.jsonl"
#: What stands in place of a hash before the first line.
START: Final = "0" * 64
_TESTS: Final[TypeAdapter[AnyTest]] = TypeAdapter(AnyTest)


@dataclass(frozen=True, slots=True)
class Entry:
    """One line of the log: what was said about one test, on which data, by which rule."""

    commitment: str
    test: str
    as_of: str
    outcome: str  # a state, AGREES or CANNOT_TELL
    reason: str  # for CANNOT_TELL
    part_way: bool
    estimate: str
    lower: str
    upper: str
    data_hash: str
    definition: dict[str, Any]  # the test as it was written then
    method_version: str
    code_version: str
    label: str  # first, behaviour, data revised, rule changed
    previous: str
    hash: str


def read(path: Path) -> tuple[Entry, ...]:
    """Read a log; no file means an empty one. ValueError if a line is not an entry."""
    if not path.is_file():
        return ()
    entries = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1):
        try:
            entries.append(Entry(**json.loads(line)))
        except (ValueError, TypeError) as error:
            raise ValueError(f"{path.name} line {number} is not an entry of the log") from error
    return tuple(entries)


def verify(path: Path, *, head: str | None = None) -> list[str]:
    """List what is wrong with a log, as sentences; an empty list means that the chain holds.

    A log cut off at its end still holds together, so its length and last hash are compared with
    the note kept beside it (`history.head`), and with `head` where a last hash is known from
    elsewhere, such as a committed copy.
    """
    try:
        entries = read(path)
    except ValueError as error:
        return [f"{error}."]
    problems, before = [], START
    for number, entry in enumerate(entries, start=1):
        if entry.previous != before:
            problems.append(f"{path.name} line {number} does not follow the line before it.")
        if entry.hash != _hash(asdict(entry)):
            problems.append(f"{path.name} line {number} was changed after it was written.")
        before = entry.hash
    known = {START, *(entry.hash for entry in entries)}
    noted = _noted_head(path)
    if noted is None and entries:
        problems.append(f"{path.with_suffix('.head').name} is missing beside {path.name}.")
    if any(one is not None and one not in known for one in (noted, head)):
        problems.append(f"{path.name} was cut off: an entry known from before is gone.")
    return problems


def _noted_head(path: Path) -> str | None:
    """Give the last hash noted beside the log, or None where there is no note."""
    beside = path.with_suffix(".head")
    return beside.read_text(encoding="utf-8").strip() if beside.is_file() else None


def _note_head(path: Path, last: str) -> None:
    """Note the last hash beside the log, replacing the note in one step."""
    fresh = path.with_suffix(".head.new")
    fresh.write_text(f"{last}\n", encoding="utf-8")
    fresh.replace(path.with_suffix(".head"))


def record(
    found: Sequence[AssessedCommitment],
    city: CityData,
    path: Path,
    *,
    old_city: CityData | None = None,
) -> tuple[Entry, ...]:
    """Add a line for each test of which something else is said than in its last line.

    Gives the lines added. `old_city` is the city as loaded from the data of the last lines, where
    that copy was kept: it lets a change be told to come from the rule or from the data. ValueError
    if the log does not hold together; it is then left as it is.
    """
    problems = verify(path)
    if problems:
        raise ValueError(" ".join(problems))
    entries = list(read(path))
    last = {(one.commitment, one.test): one for one in entries}
    added = []
    for commitment in found:
        for test in commitment.tests:
            earlier = last.get((test.commitment_id, test.test.id))
            values = _values(test, data_hash=commitment.data_hash)
            if earlier is not None and _same(values, earlier):
                continue
            values["label"] = _label(commitment, test, earlier, city, old_city)
            values["previous"] = entries[-1].hash if entries else START
            entry = Entry(**values, hash=_hash(values))
            entries.append(entry)
            added.append(entry)
    if added:
        with path.open("a", encoding="utf-8", newline="\n") as log:
            log.writelines(_line(asdict(one)) + "\n" for one in added)
        _note_head(path, added[-1].hash)
    return tuple(added)


def _label(
    commitment: AssessedCommitment,
    test: AssessedTest,
    earlier: Entry | None,
    city: CityData,
    old_city: CityData | None,
) -> str:
    if earlier is None:
        return "first"
    return change_label(
        commitment.commitment,
        test.test,
        earlier=Earlier(
            outcome=(earlier.outcome, earlier.reason, earlier.part_way),
            as_of=date.fromisoformat(earlier.as_of),
            test=_old_test(earlier),
            same_method=earlier.method_version == test.method_version,
        ),
        city=city,
        old_city=old_city,
    )


def _old_test(earlier: Entry) -> AnyTest | None:
    """Read the test as it was written then; None if it no longer fits the models."""
    try:
        return _TESTS.validate_python(earlier.definition)
    except ValidationError:
        return None


def _values(test: AssessedTest, *, data_hash: str) -> dict[str, Any]:
    state, reason, part_way = spelled(test.outcome)
    estimate = test.estimate or Interval(math.nan, math.nan, math.nan)
    return {
        "commitment": test.commitment_id,
        "test": test.test.id,
        "as_of": test.as_of.isoformat(),
        "outcome": state,
        "reason": reason,
        "part_way": part_way,
        "estimate": f"{estimate.estimate:.6g}",
        "lower": f"{estimate.lower:.6g}",
        "upper": f"{estimate.upper:.6g}",
        "data_hash": data_hash,
        "definition": test.test.model_dump(mode="json", by_alias=True, exclude_defaults=True)
        | {"kind": test.test.kind},
        "method_version": test.method_version,
        "code_version": __version__,
    }


def _same(values: dict[str, Any], earlier: Entry) -> bool:
    """Say whether a new line would say nothing new; another version of the code alone is not."""
    return all(values[name] == getattr(earlier, name) for name in values if name != "code_version")


def _line(values: dict[str, Any]) -> str:
    return json.dumps(values, ensure_ascii=False, sort_keys=True)


def _hash(values: dict[str, Any]) -> str:
    content = {name: value for name, value in values.items() if name != "hash"}
    return hashlib.sha256(_line(content).encode()).hexdigest()
