"""Nothing flows backwards: who may import whom, as one table without a list of exceptions."""

from __future__ import annotations

import ast
from fnmatch import fnmatch
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
SOURCE = ROOT / "src" / "trustboard"

#: Part of the house → its modules. Every module belongs to exactly one part.
PARTS = {
    "package": ("__init__",),
    "clock": ("clock",),  # the day of the visit, for letters
    "words": ("terms", "tidy", "verdict_states", "listing"),
    "errors": ("errors", "problem_kinds"),
    "harmless": (
        "harmless",
        "harmless_cells",
        "unseen",
    ),  # words of others, fit for HTML, spreadsheets
    "statistics": ("statistics", "statistics.*"),
    # the base of all that is written in YAML, and how names in it are found
    "described": ("described", "patterns", "formats", "naming"),
    "sources": ("sources", "sources.*"),
    "descriptions": ("city", "commitments"),
    "definitions": ("definitions", "definitions.*", "months"),
    "city": ("citydata", "cases", "lookup", "tallies"),
    "pins": ("pins",),  # one version of the numbers, as it stands in an address
    "reading": (
        "load",
        "opening",
        "boundaries",
        "reading",
        "seen_text",
        "csv_rows",
        "plain_csv",
        "mapping",
        "cells",
        "checks",
        "crosschecks",
        "tables",
        "settling",
        "corrections",
        "commitments_file",
        "yaml_file",
    ),
    "indicators": ("indicators", "indicators.*"),
    "measuring": (
        "indicator",
        "query",
        "breaks",
        "measure",
        "no_rows",
        "counting",
        "cubes",
        "groups",
        "numbers",
        "periods",
        "provenance",
        "residents",
        "rows",
        "selecting",
        "selection",
        "stretches",
        "against_city",
        "beside",
        "own_words",
        "whereabouts",
        "written_days",
    ),
    "view": ("view", "view.*"),  # what a reader has chosen to see
    "rule": ("rule",),
    "wording": ("wording", "wording.*"),
    "assessments": ("verdicts.model",),  # the shape of an answer, as `tidy` is of a table
    "verdicts": ("verdicts", "verdicts.*"),
    "simulation": ("simulation", "simulation.*"),
    "method": ("method", "method.*"),  # the words and numbers of the method page
    "store": (  # which snapshots are on this machine
        "snapshots",
        "snapshots.dating",
        "snapshots.growing",
        "snapshots.home",
        "snapshots.lock",
        "snapshots.manifest",
        "snapshots.safe_files",
        "snapshots.store",
    ),
    "history": ("snapshots.differences", "snapshots.ledger"),
    "fetching": ("snapshots.*",),  # all that is not listed by name
    "silence": ("silence", "records_request"),
    "changes": ("changes", "changes.*"),  # what differs between snapshots, fit to be shown
    "quality": ("quality", "quality.*"),  # what is wrong with the data, as tidy tables
    "drafting": ("new_city", "new_city.*"),
    "figures": ("theme", "figures", "figures.*"),
    "exports": ("exports", "exports.*"),  # what is taken away: files, citations, rows
    "prepared": ("prepared", "prepared.*"),  # cities read once and kept on the disk
    "judging": ("judging", "judging.*"),  # verdicts, where the rows may be brought in
    "outbox": ("outbox",),  # answers on their way from a page's run to the browser
    "ahead": ("ahead",),  # what readers are likely to ask for next
    "shelves": ("shelves",),  # where things lie that were worked out once
    "shared": ("shared",),  # what is worked out once for everybody in one process
    "first_view": ("first_view", "first_view.*"),  # a page as plain HTML, before any script
    "api": ("api", "api.*"),
    "serving": ("serving", "serving.*"),  # pages and API as one application
    "ui": ("ui", "ui.*"),
    "cli": ("cli", "cli.*"),
}

#: Part → the parts it may import besides itself. Anything else flows backwards.
MAY_IMPORT = {
    "package": "",
    "clock": "",
    "words": "",
    "errors": "",
    "harmless": "",
    "statistics": "",
    "described": "",
    "sources": "errors described package",
    "descriptions": "described sources",  # what `fetch:` may declare is said beside each type
    "city": "words errors descriptions",
    "pins": "city package",
    "reading": "words errors described descriptions city store definitions harmless",
    "definitions": "words descriptions measuring wording",  # checked against the catalogue
    "indicators": "words descriptions city measuring statistics",
    "measuring": "words errors described descriptions city statistics indicators",
    "view": "words city measuring wording",
    "rule": "words statistics",
    "wording": "words",
    "assessments": "words descriptions statistics package",
    "verdicts": "words errors definitions descriptions city measuring statistics rule wording "
    "assessments harmless package",
    "simulation": "words errors statistics rule wording assessments package",
    "method": "words descriptions rule wording assessments verdicts simulation",
    "store": "errors descriptions city",
    "history": "",
    "fetching": "words errors sources descriptions city reading store history package",
    "silence": "descriptions city wording",
    "changes": "errors descriptions city store history exports",
    "quality": "words errors city reading measuring statistics wording",
    "drafting": "words errors sources reading",
    "figures": "words wording statistics assessments harmless",
    "exports": "words pins city descriptions measuring statistics wording assessments verdicts "
    "method quality harmless package",
    "prepared": "words errors descriptions city reading measuring quality store package",
    "judging": "city descriptions measuring verdicts assessments prepared",
    "outbox": "",
    "ahead": "",
    "shelves": "",
    "shared": "changes pins words errors descriptions city reading measuring verdicts quality "
    "prepared judging view shelves package",
    "first_view": "words descriptions city measuring wording assessments method figures view "
    "shelves shared harmless package",
    "api": "clock changes pins words errors city measuring wording verdicts store silence quality "
    "exports judging shelves shared harmless package",
    "serving": "package errors descriptions reading verdicts figures shared outbox ahead "
    "first_view view api",
    "ui": "clock harmless words errors descriptions city pins reading measuring wording verdicts "
    "changes "
    "assessments figures statistics method package store silence quality exports shelves shared "
    "judging view api outbox ahead",
    "cli": "clock words pins errors descriptions city reading measuring wording verdicts "
    "assessments simulation fetching sources store history silence quality drafting package "
    "exports prepared",
    "pages": "words city measuring view wording verdicts assessments figures method ui serving",
}

#: Somebody else's package → the only parts that may import it.
ONLY_IN = {
    "streamlit": "ui pages serving",
    "starlette": "api serving",
    "uvicorn": "serving",
    "plotly": "figures ui",  # ui only hands figures on, see below
    "pandera": "reading",
    "yaml": "reading",
    "openpyxl": "reading exports",
    "pyarrow": "city reading prepared serving",
    "charset_normalizer": "reading",
    "typer": "cli",
    "scipy": "statistics",
    "statsmodels": "statistics",
    "inequality": "statistics",
    "pydantic": "described sources descriptions reading fetching cli verdicts",
    # One part reaches out of the machine; `serve` only asks whether a port is free.
    "httpx": "sources",
    "httpcore": "sources",
    "socket": "sources fetching cli",
    "platformdirs": "store serving",  # data that are kept; copies that can be made again
    "brotli": "serving",
    "requests": "",
    "urllib.request": "",
    "http.client": "",
    "geopandas": "",
    "matplotlib": "",
    "sklearn": "",
}


def _files() -> list[Path]:
    entries = [path for path in [ROOT / "app.py"] if path.is_file()]
    return sorted(SOURCE.rglob("*.py")) + entries + sorted((ROOT / "pages").glob("*.py"))


def _module(path: Path) -> str:
    if not path.is_relative_to(SOURCE):
        return ""
    name = ".".join(path.relative_to(SOURCE).with_suffix("").parts)
    return name.removesuffix(".__init__")


def _part(module: str) -> str:
    named = [part for part, patterns in PARTS.items() if module in patterns]
    found = named or [
        part
        for part, patterns in PARTS.items()
        if any(fnmatch(module, pattern) for pattern in patterns)
    ]
    assert len(found) == 1, f"{module} belongs to {found or 'no part'}; place it in PARTS"
    return found[0]


def _imported(path: Path) -> set[str]:
    """Name every module that a file imports, also inside functions and for types only."""
    here = ["trustboard", *path.relative_to(SOURCE).parts[:-1]] if _module(path) else []
    names: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            names |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            base = here[: len(here) - node.level + 1] if node.level else []
            origin = ".".join([*base, node.module] if node.module else base)
            names |= {origin} | {f"{origin}.{alias.name}" for alias in node.names}
    return names


def _own_modules() -> set[str]:
    return {_module(path) for path in SOURCE.rglob("*.py")}


def _imported_parts(path: Path) -> set[str]:
    """Name the parts of the house that a file imports; a name within a module is that module."""
    own, parts = _own_modules(), set()
    for name in _imported(path):
        if name == "trustboard":
            continue
        if name.startswith("trustboard."):
            inner = name.removeprefix("trustboard.")
            if inner in own:
                parts.add(_part(inner))
            elif "." not in inner:
                parts.add("package")  # such as trustboard.__version__
    return parts


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_module_imports_only_what_lies_before_it_on_the_line(path: Path) -> None:
    module = _module(path)
    part = _part(module) if module else "pages"
    backwards = _imported_parts(path) - {part, *MAY_IMPORT[part].split()}
    assert not backwards, f"{part} may not import {sorted(backwards)}"


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_package_of_others_is_used_in_one_place(path: Path) -> None:
    module = _module(path)
    part = _part(module) if module else "pages"
    for name in _imported(path):
        for package, allowed in ONLY_IN.items():
            if name == package or name.startswith(f"{package}."):
                assert part in allowed.split(), f"{package} belongs to {allowed or 'nobody'}"


def _calls(path: Path, package: str) -> list[str]:
    """Name what a file calls of a package imported under a name of its own."""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.Import | ast.ImportFrom)]
    aliases = {
        alias.asname or alias.name
        for node in imports
        for alias in node.names
        if alias.name.startswith(package) or (getattr(node, "module", "") or "").startswith(package)
    }
    calls = [node.func for node in ast.walk(tree) if isinstance(node, ast.Call)]
    return [
        ast.unparse(call)
        for call in calls
        if any(isinstance(part, ast.Name) and part.id in aliases for part in ast.walk(call))
    ]


@pytest.mark.parametrize("path", _files(), ids=lambda path: path.relative_to(ROOT).as_posix())
def test_only_figures_draw(path: Path) -> None:
    if _part(_module(path) or "ui") != "figures":
        assert _calls(path, "plotly") == []


def test_the_table_names_every_part_and_nobody_imports_the_command_line_or_a_page() -> None:
    assert set(MAY_IMPORT) == {*PARTS, "pages"}
    named = {part for allowed in MAY_IMPORT.values() for part in allowed.split()}
    assert named <= set(PARTS)
    assert "cli" not in named


def test_an_import_that_flows_backwards_is_seen_even_inside_a_function(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    package = tmp_path / "trustboard"
    (package / "statistics").mkdir(parents=True)
    (package / "ui").mkdir()
    (package / "ui" / "__init__.py").write_text("")
    bad = package / "statistics" / "__init__.py"
    bad.write_text("def f():\n    from ..ui import page\n    import streamlit as st\n")
    monkeypatch.setitem(globals(), "SOURCE", package)
    assert _imported_parts(bad) == {"ui"}
    assert "streamlit" in _imported(bad)
    drawing = package / "ui" / "draw.py"
    drawing.write_text("import plotly.graph_objects as go\n\n\ndef f():\n    return go.Bar()\n")
    assert _calls(drawing, "plotly") == ["go.Bar"]
