"""Write requirements.txt and requirements-dev.txt from what is installed and tried out.

Run it after changing `dependencies` in pyproject.toml and after the whole suite has passed:
`.venv/bin/python tools/pin_requirements.py`. Every package that ours need, directly or through
another, gets the version that is installed here; nothing else does.
"""

from __future__ import annotations

import tomllib
from collections.abc import Iterable
from importlib.metadata import distribution
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
DEVELOPMENT = (
    "axe-playwright-python",
    "fonttools",
    "hypothesis",
    "mypy",
    "playwright",
    "pytest",
    "ruff",
    "schemathesis",
)
HEAD = "# {what} Written by tools/pin_requirements.py; the reasons are in docs/dependencies.md.\n"


def closure(wanted: Iterable[str]) -> dict[str, str]:
    """Find the installed version of each named package and of all that those need, by name."""
    versions: dict[str, str] = {}
    seen: set[tuple[str, frozenset[str]]] = set()
    waiting = [Requirement(line) for line in wanted]
    while waiting:
        requirement = waiting.pop()
        extras = frozenset(requirement.extras)
        key = (canonicalize_name(requirement.name), extras)
        if key in seen:
            continue
        seen.add(key)
        package = distribution(requirement.name)
        versions[key[0]] = package.version
        waiting += [r for r in map(Requirement, package.requires or []) if _applies(r, extras)]
    return versions


def _applies(requirement: Requirement, extras: frozenset[str]) -> bool:
    if requirement.marker is None:
        return True
    return any(requirement.marker.evaluate({"extra": extra}) for extra in extras or {""})


def declared() -> list[str]:
    """Give the dependencies that pyproject.toml declares."""
    with (ROOT / "pyproject.toml").open("rb") as file:
        found: list[str] = tomllib.load(file)["project"]["dependencies"]
    return found


def main() -> None:
    """Write both files."""
    runtime = closure(declared())
    development = {n: v for n, v in closure(DEVELOPMENT).items() if n not in runtime}
    lines = [HEAD.format(what="What the dashboard and the command line run on.")]
    lines += [f"{name}=={version}\n" for name, version in sorted(runtime.items())]
    (ROOT / "requirements.txt").write_text("".join([*lines, "-e .\n"]), encoding="utf-8")
    lines = [HEAD.format(what="What the tests need besides.")]
    lines += [f"{name}=={version}\n" for name, version in sorted(development.items())]
    (ROOT / "requirements-dev.txt").write_text("".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
