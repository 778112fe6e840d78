"""What must hold for the repository as a whole: its size, its documents, its installation."""

from __future__ import annotations

import ast
import gzip
import hashlib
import importlib.util
import re
import stat
import subprocess
import tomllib
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parents[1]
SHARED = ROOT.parent / "shared" / "data"
LONGEST_MODULE = 300
NOT_OURS = {
    ".git",
    ".venv",
    "__pycache__",
    ".pytest_cache",
    ".mypy_cache",
    ".ruff_cache",
    ".hypothesis",
}
BOUNDARIES = (".geojson", ".shp", ".kml", ".kmz", ".gpkg", ".topojson")


def _files() -> list[Path]:
    """List what belongs to the repository: committed, or new and not ignored."""
    command = ["git", "ls-files", "--cached", "--others", "--exclude-standard", "-z"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=False, text=True)
    if listed.returncode == 0 and listed.stdout:
        return [path for name in listed.stdout.split("\0") if (path := ROOT / name).is_file()]
    walked = (path for path in ROOT.rglob("*") if path.is_file())  # unpacked without git
    return [path for path in walked if not NOT_OURS & set(path.relative_to(ROOT).parts)]


def _python() -> list[Path]:
    return [path for path in _files() if path.suffix == ".py"]


def _texts() -> Iterator[tuple[Path, str]]:
    for path in _files():
        try:
            yield path, path.read_text(encoding="utf-8")
        except UnicodeDecodeError:
            continue


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _declared() -> list[Requirement]:
    return [
        Requirement(one)
        for one in tomllib.loads(_read("pyproject.toml"))["project"]["dependencies"]
    ]


def _pins(name: str) -> dict[str, str]:
    lines = [line for line in _read(name).splitlines() if line and not line.startswith(("#", "-e"))]
    return dict(line.split("==") for line in lines)


def test_no_module_is_a_drawer_for_odds_and_ends() -> None:
    assert not [p for p in _python() if p.stem in {"utils", "helpers", "misc", "common"}]


def test_every_module_can_be_read_in_one_sitting() -> None:
    own = [path for path in _python() if "tests" not in path.relative_to(ROOT).parts]
    long = {
        path.relative_to(ROOT).as_posix(): lines
        for path in own
        if (lines := len(path.read_text(encoding="utf-8").splitlines())) >= LONGEST_MODULE
    }
    assert own
    assert not long


def test_no_code_asks_which_city_it_is_working_on() -> None:
    cities = {path.parent.name for path in (ROOT / "data").glob("*/city.yml")}
    assert {"st-louis", "riverbend"} <= cities
    for path in [*(ROOT / "src").rglob("*.py"), *(ROOT / "pages").glob("*.py"), ROOT / "app.py"]:
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Compare):
                words = {n.value for n in ast.walk(node) if isinstance(n, ast.Constant)}
                assert not words & cities, f"{path.name} line {node.lineno} compares a city's name"


def test_no_file_names_a_place_on_somebody_s_machine() -> None:
    # Assembled here so that this file does not name one itself.
    homes = "|".join("/" + name + "/" for name in ("home", "Users", "root", "work", "opt", "mnt"))
    found = re.compile(rf"(?<![\w.)}}*:/-])({homes})\w")
    bad = [f"{p.relative_to(ROOT)}: {m[0]}" for p, text in _texts() for m in found.finditer(text)]
    assert not bad


def test_no_boundary_file_is_shipped() -> None:
    assert not [path for path in _files() if path.name.removesuffix(".gz").endswith(BOUNDARIES)]


def _content_hash(path: Path) -> str:
    raw = path.read_bytes()
    if path.suffix == ".gz":
        raw = gzip.decompress(raw)
    return hashlib.sha256(raw.replace(b"\r\n", b"\n").strip()).hexdigest()


def test_the_hash_sees_a_copy_that_was_packed_or_saved_anew(tmp_path: Path) -> None:
    (tmp_path / "a.csv").write_bytes(b"id,x\r\n1,2\r\n")
    (tmp_path / "b.csv.gz").write_bytes(gzip.compress(b"id,x\n1,2\n\n"))
    assert _content_hash(tmp_path / "a.csv") == _content_hash(tmp_path / "b.csv.gz")


@pytest.mark.skipif(not SHARED.is_dir(), reason="the publishers' files are not beside the project")
def test_no_file_is_a_copy_of_a_publisher_s_file() -> None:
    theirs = {_content_hash(path): path.name for path in SHARED.rglob("*") if path.is_file()}
    ours = {path.name: theirs.get(_content_hash(path)) for path in _files()}
    assert not {name: copy for name, copy in ours.items() if copy}


def test_every_dependency_is_listed_with_a_reason() -> None:
    manual = _read("docs/dependencies.md")
    for requirement in _declared():
        row = re.search(rf"^\| `{re.escape(requirement.name)}` \| (.+?) \|", manual, re.MULTILINE)
        assert row, requirement.name
        assert len(row[1].split()) >= 5, requirement.name
    for name in _pinning_tool().DEVELOPMENT:
        assert f"| `{name}` |" in manual


def _pinning_tool() -> ModuleType:
    spec = importlib.util.spec_from_file_location("pins", ROOT / "tools" / "pin_requirements.py")
    assert spec is not None
    assert spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    return tool


def test_what_is_installed_is_exactly_what_was_declared_and_all_that_it_needs() -> None:
    pins, tool = _pins("requirements.txt"), _pinning_tool()
    for requirement in _declared():
        assert pins[canonicalize_name(requirement.name)] in requirement.specifier
    needed = tool.closure(tool.declared())
    assert set(needed) <= set(pins)
    developing = _pins("requirements-dev.txt")
    assert set(tool.closure(tool.DEVELOPMENT)) <= set(pins) | set(developing)
    assert not set(pins) & set(developing)


def test_the_list_of_packages_names_versions_only_and_ends_with_the_project_itself() -> None:
    lines = [line for line in _read("requirements.txt").splitlines() if not line.startswith("#")]
    assert lines[-1] == "-e ."
    for line in [*lines[:-1], *_read("requirements-dev.txt").splitlines()[1:]]:
        assert re.fullmatch(r"[a-z0-9-]+==[\w.]+", line)


def test_the_integration_script_can_be_started_and_calls_the_tests() -> None:
    script = ROOT / ".ci" / "run"
    assert script.stat().st_mode & stat.S_IXUSR
    assert "make test" in script.read_text(encoding="utf-8")
