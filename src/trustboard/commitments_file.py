"""Read `commitments.yml` entry by entry: a bad one is reported, the others still show."""

from __future__ import annotations

from pathlib import Path

from pydantic import ValidationError

from trustboard.city import City
from trustboard.commitments import Commitment
from trustboard.errors import DataProblem
from trustboard.problem_kinds import problem
from trustboard.yaml_file import YamlFile, as_problems, read_yaml


def read_commitments(
    path: Path, *, city: City, figure_ids: frozenset[str] | None, place_ids: frozenset[str]
) -> tuple[tuple[Commitment, ...], list[DataProblem]]:
    """Give the commitments that can be used and what is wrong with the others.

    No file means that a city has no commitments written down yet; that is not an error.
    """
    if not path.is_file():
        return (), []
    file = read_yaml(path, name="commitments.yml")
    if isinstance(file, DataProblem):
        return (), [file]
    entries = (
        (file.values or {}).get("commitments") if isinstance(file.values or {}, dict) else None
    )
    if not isinstance(entries or [], list):
        fix = "Begin each commitment with a dash."
        return (), [_wrong(file, ("commitments",), found="no list", expected="a list", fix=fix)]
    good, problems, seen = [], [], set()
    for number, entry in enumerate(entries or []):
        try:
            one = Commitment.model_validate(entry)
        except ValidationError as error:
            problems += as_problems(error, file, at=("commitments", number))
            continue
        if one.id in seen:
            at, found = ("commitments", number, "id"), f"the id {one.id!r} a second time"
            fix = "Rename one of them."
            problems.append(_wrong(file, at, found=found, expected="an id of its own", fix=fix))
            continue
        seen.add(one.id)
        good.append(one)
    return tuple(good), problems


def _wrong(
    file: YamlFile, at: tuple[str | int, ...], *, found: str, expected: str, fix: str
) -> DataProblem:
    path = ".".join(str(step) for step in at)
    line = file.line_of(at)
    return problem(
        "definition",
        file=file.name,
        line=line,
        column=path,
        found=found,
        fill={"expected": expected, "fix": fix},
    )
