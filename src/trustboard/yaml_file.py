"""Read a YAML file so that an error can name its line."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml
from pydantic import ValidationError
from pydantic_core import ErrorDetails

from trustboard.errors import DataProblem
from trustboard.problem_kinds import problem
from trustboard.unseen import without_unseen

Location = tuple[str | int, ...]
#: No description written by people comes near these; one that does would only exhaust the memory.
LARGEST_FILE = 5_000_000
MOST_VALUES = 200_000
_STRING = "tag:yaml.org,2002:str"
_MERGE = "tag:yaml.org,2002:merge"


class _Loader(yaml.SafeLoader):  # type: ignore[misc]
    """YAML as people read it: `on`, `no` and `0900` are words; only true and false are booleans."""

    yaml_implicit_resolvers = {  # noqa: RUF012 - PyYAML's own way to declare resolvers
        first: [(tag, rule) for tag, rule in rules if tag.rsplit(":", 1)[-1] not in {"bool", "int"}]
        for first, rules in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:bool", re.compile(r"^(?:true|True|false|False)$"), list("tTfF")
)
_Loader.add_implicit_resolver(
    "tag:yaml.org,2002:int", re.compile(r"^[-+]?(?:0|[1-9][0-9]*)$"), list("-+0123456789")
)


@dataclass(frozen=True, slots=True)
class YamlFile:
    """The values of a YAML file and the line on which each begins."""

    name: str
    values: Any
    lines: dict[Location, int]

    def line_of(self, location: Sequence[str | int]) -> int | None:
        """Give the line of a location, or of the nearest part around it that the file has.

        Steps that the file does not have (pydantic inserts the tag of a union) are passed over.
        """
        here: Location = ()
        for step in location:
            if (*here, step) in self.lines:
                here = (*here, step)
        return self.lines.get(here)


def read_yaml(path: Path, *, name: str) -> YamlFile | DataProblem:
    """Read one YAML file; a file that is not YAML becomes a problem with its line.

    Signs that nobody sees (`unseen`) are in no value and no key.
    """
    try:
        node = yaml.compose(_text(path), Loader=_Loader)
        lines: dict[Location, int] = {}
        if node is not None:
            _count(node, counted={}, inside=set())
            _note_lines(node, (), lines)
        return YamlFile(name, _construct(node), lines)
    except RecursionError:
        return problem("yaml", file=name, found="values nested too deeply")
    except (yaml.YAMLError, UnicodeDecodeError, OSError, ValueError) as error:
        mark = getattr(error, "problem_mark", None)
        found = getattr(error, "problem", None) or str(error) or type(error).__name__
        line = None if mark is None else mark.line + 1
        return problem("yaml", file=name, line=line, found=str(found))


def _text(path: Path) -> str:
    with path.open("rb") as file:
        raw = file.read(LARGEST_FILE + 1)
    if len(raw) > LARGEST_FILE:
        raise ValueError(f"more than {LARGEST_FILE:,} bytes")
    return raw.decode("utf-8-sig")


def _count(node: yaml.Node, *, counted: dict[int, int], inside: set[int]) -> int:
    """Count the values below a node as often as they are repeated by `*name`.

    Raises `MarkedYAMLError` for a value that contains itself and for one that unfolds to more
    values than a description can have.
    """
    here = id(node)
    if here in counted:
        return counted[here]
    if here in inside:
        raise _wrong("a value that contains itself", node)
    inside.add(here)
    parts: list[yaml.Node] = []
    if isinstance(node, yaml.MappingNode):
        parts = [part for pair in node.value for part in pair]
    elif isinstance(node, yaml.SequenceNode):
        parts = node.value
    total = 1 + sum(_count(part, counted=counted, inside=inside) for part in parts)
    if total > MOST_VALUES:
        raise _wrong(f"a value that unfolds to more than {MOST_VALUES:,}", node)
    inside.discard(here)
    counted[here] = total
    return total


def _wrong(found: str, node: yaml.Node) -> yaml.MarkedYAMLError:
    return yaml.MarkedYAMLError(problem=found, problem_mark=node.start_mark)


def as_problems(error: ValidationError, file: YamlFile, *, at: Location = ()) -> list[DataProblem]:
    """Turn what pydantic found wrong into problems with file, line and the field's path."""
    problems = []
    errors = error.errors(include_url=False)
    for one in errors:
        if _is_the_other_form(one, errors):
            continue
        location = (*at, *one["loc"])
        found = one["msg"].removeprefix("Value error, ")
        if not isinstance(one["input"], dict | list):
            found += f" (found {str(one['input'])[:80]!r})"
        problems.append(
            problem(
                "definition",
                file=file.name,
                line=file.line_of(location),
                column=".".join(str(step) for step in location),
                found=found,
                fill={
                    "expected": "what the schema in data/schemas describes",
                    "fix": "Mend this entry; the rest of the file is unaffected.",
                },
            )
        )
    return problems


def _is_the_other_form(one: ErrorDetails, errors: Sequence[ErrorDetails]) -> bool:
    """Say whether an error only tells that a mapping is no word, where either may be written."""
    if one["type"] != "string_type" or not isinstance(one["input"], dict):
        return False
    around = one["loc"][:-1]
    return any(e is not one and e["loc"][: len(around)] == around for e in errors)


def _note_lines(node: yaml.Node, at: Location, lines: dict[Location, int]) -> None:
    lines[at] = node.start_mark.line + 1
    if isinstance(node, yaml.ScalarNode):
        node.value = without_unseen(node.value)
    if isinstance(node, yaml.MappingNode):
        seen = set()
        for key, value in node.value:
            if not isinstance(key, yaml.ScalarNode):
                raise _wrong("a key that is not a single word", key)
            key.value = without_unseen(key.value)
            if key.value in seen:
                raise _wrong(f"the key {key.value!r} stands twice", key)
            seen.add(key.value)
            if key.tag != _MERGE:
                key.tag = _STRING  # a key is a name, even when it is written 15
            _note_lines(value, (*at, key.value), lines)
            lines[(*at, key.value)] = key.start_mark.line + 1
    elif isinstance(node, yaml.SequenceNode):
        for number, value in enumerate(node.value):
            _note_lines(value, (*at, number), lines)


def _construct(node: yaml.Node | None) -> Any:
    loader = _Loader("")
    try:
        return None if node is None else loader.construct_document(node)
    except (AttributeError, LookupError, TypeError) as error:  # `!!int ""` and the like
        raise ValueError("a value that does not fit the type written before it") from error
    finally:
        loader.dispose()
