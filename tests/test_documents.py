"""Documentation that cannot lie: what it names exists, what it shows works."""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml
from typer.main import get_command
from typer.testing import CliRunner

from trustboard.cli import app
from trustboard.cli.schemas import generated
from trustboard.indicator import catalogue
from trustboard.problem_kinds import KINDS
from trustboard.quality import COLUMNS
from trustboard.terms import FINDINGS
from trustboard.tidy import STATES
from trustboard.yaml_file import YamlFile, read_yaml

ROOT = Path(__file__).resolve().parents[1]
PAGES = [ROOT / "README.md", ROOT / "CHANGELOG.md", *sorted((ROOT / "docs").rglob("*.md"))]


def _read(name: str) -> str:
    return (ROOT / name).read_text(encoding="utf-8")


def _blocks(page: str, language: str) -> list[str]:
    return re.findall(rf"^```{language}\n(.*?)^```", _read(page), re.MULTILINE | re.DOTALL)


def _commands() -> dict[str, Any]:
    found: dict[str, Any] = get_command(app).commands  # type: ignore[attr-defined]
    return found


def test_the_readme_gives_both_commands_and_a_picture_before_anything_else() -> None:
    top = "\n".join(_read("README.md").splitlines()[:30])
    for wanted in ("make run", "make test", "docs/images/home.png", "http://localhost:8501"):
        assert wanted in top
    assert (ROOT / "docs" / "images" / "home.png").is_file()


def test_every_link_in_the_documents_leads_to_a_file() -> None:
    for page in PAGES:
        for target in re.findall(r"\]\(([^)#\s]+)[^)]*\)", page.read_text(encoding="utf-8")):
            if "://" not in target and not target.startswith("mailto:"):
                assert (page.parent / target).exists(), f"{page.name} links to {target}"


def test_the_readme_leads_to_every_document_and_the_list_of_decisions_to_every_decision() -> None:
    linked = set(re.findall(r"\]\(docs/([\w-]+\.md)", _read("README.md")))
    assert linked == {path.name for path in (ROOT / "docs").glob("*.md")}
    listed = re.findall(
        r"^(\d+)\. \[.+\]\((\d{4})-", _read("docs/decisions/README.md"), re.MULTILINE
    )
    kept = sorted((ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert [int(number) for number, _ in listed] == list(range(1, len(kept) + 1))
    assert [number for _, number in listed] == [path.name[:4] for path in kept]


def test_every_file_named_in_the_documents_exists() -> None:
    named = re.compile(r"`((?:src|data|docs|tools|tests|pages|\.ci)/[\w./-]+)`")
    for page in PAGES:
        for name in named.findall(page.read_text(encoding="utf-8")):
            assert (ROOT / name).exists(), f"{page.name} names {name}"


def test_every_command_and_every_option_is_documented() -> None:
    manual = _read("docs/command-line.md")
    commands = _commands()
    assert {"check", "measure", "verdicts", "indicators", "serve", "schemas"} <= set(commands)
    for name, command in commands.items():
        assert f"## trustboard {name}" in manual
        section = manual.split(f"## trustboard {name}")[1].split("\n## ")[0]
        options = {flag for one in command.params for flag in one.opts if flag.startswith("--")}
        missing = [flag for flag in sorted(options) if f"`{flag}" not in section]
        assert not missing, f"{name}: {missing}"


def test_every_command_line_shown_in_the_documents_names_a_command_and_options_that_exist() -> None:
    commands = _commands()
    shown = re.compile(r"^\s*(?:\$ )?(?:\.venv/bin/)?trustboard ([^\n`]*)$", re.MULTILINE)
    for page in PAGES:
        for line in shown.findall(page.read_text(encoding="utf-8")):
            name, *words = line.split()
            if name == "--help":
                continue
            assert name in commands, f"{page.name}: trustboard {line}"
            known = {flag for one in commands[name].params for flag in one.opts} | {"--help"}
            used = {word.split("=")[0] for word in words if word.startswith("--")}
            assert used <= known, f"{page.name}: trustboard {line}"


def test_every_state_of_a_number_is_explained_to_journalists() -> None:
    listed = re.findall(r"^\| `(\w+)` \|", _read("docs/journalists.md"), re.MULTILINE)
    assert [name for name in STATES if name not in listed] == []


def test_every_indicator_is_listed_for_journalists_with_its_question() -> None:
    rows = [f"| `{one.id}` | {one.question} |" for one in catalogue().values()]
    missing = [row for row in rows if row not in _read("docs/journalists.md")]
    assert not missing, "put these into docs/journalists.md:\n" + "\n".join(missing)


def test_every_kind_of_problem_is_explained_in_the_words_of_the_code() -> None:
    rows = [f"| `{n}` | {k.when} | {k.action.replace('_', ' ')} |" for n, k in KINDS.items()]
    missing = [row for row in rows if row not in _read("docs/data-quality.md")]
    assert not missing, "put these into docs/data-quality.md:\n" + "\n".join(missing)


def test_every_column_about_the_faults_of_data_is_explained_in_the_words_of_the_code() -> None:
    rows = [f"| `{t}` | `{c}` | {w} |" for t, cs in COLUMNS.items() for c, w in cs.items()]
    missing = [row for row in rows if row not in _read("docs/data-quality.md")]
    assert not missing, "put these into docs/data-quality.md:\n" + "\n".join(missing)


def test_the_city_that_the_guide_writes_opens_without_a_problem(tmp_path: Path) -> None:
    published = tmp_path / "springfield" / "published"
    published.mkdir(parents=True)
    city, commitments = _blocks("docs/add-a-city.md", "yaml")
    (published / "complaints.csv").write_text(_blocks("docs/add-a-city.md", "csv")[0])
    (tmp_path / "springfield" / "city.yml").write_text(city)
    (tmp_path / "springfield" / "commitments.yml").write_text(commitments)
    result = CliRunner().invoke(app, ["check", "springfield", "--data", str(tmp_path), "--json"])
    told = json.loads(result.output)
    assert told["problems"] == []
    assert told["tables"]["complaints"]["kept"] == 3
    assert result.exit_code == 0
    counted = ["measure", "springfield", "complaints-received", "--by", "place", "--json"]
    result = CliRunner().invoke(app, [*counted, "--data", str(tmp_path)])
    values = {row["place"]: row["value"] for row in json.loads(result.output)}
    assert (values["4"], values["11"], values["unknown"]) == (1, 1, 1)
    assert sum(values.values()) == 3
    result = CliRunner().invoke(app, ["verdicts", "springfield", "--data", str(tmp_path)])
    assert result.exit_code == 0
    assert "Cannot tell: not measurable as it was said" in result.output


@pytest.mark.parametrize("name", ["city", "commitments", "corrections"])
def test_the_checked_in_schema_is_the_one_the_models_give(name: str) -> None:
    file = f"{name}.schema.json"
    assert _read(f"data/schemas/{file}") == generated()[file], "run: trustboard schemas"


def _as_json(path: Path) -> Any:
    """Read a description as the product does, with its dates as the text that an editor sees."""
    file = read_yaml(path, name=path.name)
    assert isinstance(file, YamlFile)
    return json.loads(json.dumps(file.values, default=lambda one: date.isoformat(one)))


def _descriptions() -> list[Path]:
    names = ("city.yml", "commitments.yml", "corrections.yml")
    return sorted(path for name in names for path in (ROOT / "data").glob(f"*/{name}"))


@pytest.mark.parametrize("path", _descriptions(), ids=lambda p: f"{p.parent.name}/{p.name}")
def test_every_description_that_is_shipped_fits_its_schema(path: Path) -> None:
    schema = json.loads(_read(f"data/schemas/{path.stem}.schema.json"))
    jsonschema.Draft202012Validator.check_schema(schema)
    jsonschema.validate(_as_json(path), schema)


def test_the_schema_refuses_a_key_that_does_not_exist() -> None:
    schema = json.loads(_read("data/schemas/commitments.schema.json"))
    with pytest.raises(jsonschema.ValidationError):
        jsonschema.validate({"commitments": [], "verdicts": []}, schema)


def test_the_correction_in_the_guide_is_one_that_can_be_read(tmp_path: Path) -> None:
    schema = json.loads(_read("data/schemas/corrections.schema.json"))
    [example] = _blocks("docs/data-quality.md", "yaml")
    (tmp_path / "corrections.yml").write_text(example)
    jsonschema.validate(_as_json(tmp_path / "corrections.yml"), schema)


def test_the_row_that_the_readme_follows_is_in_the_file_on_the_line_it_gives() -> None:
    readme = _read("README.md")
    line, file, row = re.findall(r"Line (\d+) of `([^`]+)`:\s+`([^`]+)`", readme)[0]
    lines = (ROOT / file).read_text(encoding="utf-8-sig").splitlines()
    assert lines[int(line) - 1] == row


def test_the_changelog_keeps_its_form() -> None:
    headings = re.findall(r"^## (.+)$", _read("CHANGELOG.md"), re.MULTILINE)
    assert headings[0] == "[Unreleased]"
    parts = set(re.findall(r"^### (.+)$", _read("CHANGELOG.md"), re.MULTILINE))
    assert parts <= {"Added", "Changed", "Deprecated", "Removed", "Fixed", "Security"}
    assert parts
    for version in _read("CHANGELOG.md").split("\n## ")[1:]:
        headings = re.findall(r"^### (.+)$", version, re.MULTILINE)
        entries = re.findall(r"^- (.+)$", version, re.MULTILINE)
        assert len(set(headings)) == len(headings)
        assert len(set(entries)) == len(entries)


def test_no_document_claims_a_cause() -> None:
    causal = re.compile(r"\b(due to|thanks to|caused by|had no effect)\b", re.IGNORECASE)
    quoted = re.compile(r"Never[^\n]*(worked|due to)")  # the rule itself names the words
    for page in PAGES:
        for line in page.read_text(encoding="utf-8").splitlines():
            assert quoted.search(line) or not causal.search(line), f"{page.name}: {line}"


def test_the_workflow_in_the_documents_is_one_and_calls_a_command_with_options_it_has() -> None:
    (block,) = _blocks("docs/snapshots.md", "yaml")
    workflow = yaml.load(block, Loader=yaml.BaseLoader)  # noqa: S506 - which makes only text
    assert workflow["on"]["schedule"][0]["cron"].count(" ") == 4
    steps = workflow["jobs"]["refresh"]["steps"]
    (line,) = [step["run"] for step in steps if "trustboard" in step.get("run", "")]
    words = line.split()
    command = _commands()[words[1]]
    options = {flag for one in command.params for flag in one.opts}
    assert {word for word in words if word.startswith("--")} <= options
    kept = [step for step in steps if "save" in step.get("uses", "")]
    assert [step["if"] for step in kept] == ["always()"]
    assert (ROOT / "requirements.txt").is_file()


def test_the_order_of_findings_is_told_as_it_is_applied() -> None:
    words = {name: name.replace("_", " ") for name in FINDINGS}
    words |= {"pending": "pending|no finding yet", "no_finding": "without a finding|no finding[.;]"}
    pages = ("docs/methods.md", "docs/decisions/0007-most-serious-finding.md")
    told = [_read(page).partition("first of these that any")[2] for page in pages]
    told.append(catalogue()["findings"].method.partition("A complaint with several")[2])
    for said in told:
        found = [re.search(words[name], " ".join(said.split())) for name in FINDINGS]
        places = [one.start() for one in found if one is not None]
        assert places == sorted(places) and len(places) == len(FINDINGS)
        assert places[-1] < 300
