"""Read `commitments.yml` entry by entry: a bad one is reported, the others still show."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from pydantic import ValidationError

from trustboard.commitments import Commitment
from trustboard.definitions import flaws
from trustboard.definitions.flaws import Known
from trustboard.errors import DataProblem
from trustboard.problem_kinds import problem
from trustboard.yaml_file import Location, YamlFile, as_problems, read_yaml


def read_commitments(
    path: Path, *, known: Known
) -> tuple[tuple[Commitment, ...], list[DataProblem]]:
    """Give the commitments that can be used and what is wrong with the others.

    A test that is badly defined is left out; its commitment still shows with its other tests, and
    without any only if it says why it cannot be measured. No file means that a city has no
    commitments written down yet; that is not an error.
    """
    if not path.is_file():
        return (), []
    file = read_yaml(path, name="commitments.yml")
    if isinstance(file, DataProblem):
        return (), [file]
    values = file.values if isinstance(file.values, dict) else {}
    entries = values.get("commitments", [] if not file.values else None)
    if entries is not None and not isinstance(entries, list):
        entries = None
    if entries is None:
        fix = "Write `commitments:` and begin each commitment with a dash."
        return (), [_wrong(file, ("commitments",), found="no list", expected="a list", fix=fix)]
    good: dict[str, Commitment] = {}
    problems: list[DataProblem] = []
    for number, entry in enumerate(entries):
        one, wrong = _read_one(file, number, entry, known=known)
        problems += wrong
        if one is not None and one.id in good:
            found, at = f"the id {one.id!r} a second time", ("commitments", number, "id")
            fix = "Rename one of them."
            problems.append(_wrong(file, at, found=found, expected="an id of its own", fix=fix))
        elif one is not None:
            good[one.id] = one
    return tuple(good.values()), problems


def _read_one(
    file: YamlFile, number: int, entry: Any, *, known: Known
) -> tuple[Commitment | None, list[DataProblem]]:
    at: Location = ("commitments", number)
    try:
        one = Commitment.model_validate(entry)
    except ValidationError as error:
        return None, as_problems(error, file, at=at)
    found = flaws(one, known)
    problems = []
    for test_id, flaw in found:
        where = [test.id for test in one.tests].index(test_id) if test_id else None
        inside: Location = () if where is None else ("tests", where)
        path = (*at, *inside, *flaw.path.split("."))
        expected = "a test that can be computed" if test_id else "what city.yml describes"
        problems.append(_wrong(file, path, found=flaw.message, expected=expected, fix=flaw.fix))
    bad = {test_id for test_id, _ in found if test_id}
    kept = tuple(test for test in one.tests if test.id not in bad)
    if not kept and one.not_measurable is None:
        return None, problems
    return one.model_copy(update={"tests": kept}), problems


def _wrong(file: YamlFile, at: Location, *, found: str, expected: str, fix: str) -> DataProblem:
    return problem(
        "definition",
        file=file.name,
        line=file.line_of(at),
        column=".".join(str(step) for step in at),
        found=found,
        fill={"expected": expected, "fix": fix},
    )
