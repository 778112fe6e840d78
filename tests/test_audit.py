"""The audit claims nothing that it could not ask about."""

from __future__ import annotations

import importlib.util
from email.message import Message
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[1]
WANTED = {"one": "1.0", "two": "2.0"}


@pytest.fixture
def audit(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> ModuleType:
    spec = importlib.util.spec_from_file_location("audit", ROOT / "tools" / "audit.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    for name in tool.LISTS:
        (tmp_path / name).write_text("# words\none==1.0\nTwo==2.0\n-e .\n")
    monkeypatch.setattr(tool, "ROOT", tmp_path)
    monkeypatch.setattr(tool, "install", lambda: True)
    monkeypatch.setattr(tool, "license_flaws", lambda _names: [])
    return tool


def report(*flaws: str, skipped: tuple[str, ...] = ()) -> dict[str, Any]:
    each = [{"name": name, "version": version, "vulns": []} for name, version in WANTED.items()]
    for one in flaws:
        each[0]["vulns"].append({"id": one, "fix_versions": ["1.1"]})  # type: ignore[attr-defined]
    told = [one for one in each if one["name"] not in skipped]
    return {"dependencies": told + [{"name": name, "skip_reason": "?"} for name in skipped]}


@pytest.mark.parametrize(
    ("answers", "code"),
    [
        ({"pypi": report()}, 0),
        ({"pypi": report("CVE-1")}, 1),
        ({"pypi": {}, "osv": {}}, 2),
        ({"pypi": report(skipped=("one", "two")), "osv": {}}, 2),
        ({"pypi": report(skipped=("two",)), "osv": report()}, 0),
        ({"pypi": report(skipped=("two",)), "osv": report("CVE-2")}, 1),
        ({"pypi": {"dependencies": []}, "osv": report(skipped=("one",))}, 2),
    ],
)
def test_only_an_answer_about_every_package_is_a_clean_one(
    audit: ModuleType,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
    answers: dict[str, Any],
    code: int,
) -> None:
    monkeypatch.setattr(audit, "ask", lambda _listed, service: answers[service])
    assert audit.main() == code
    said = capsys.readouterr()
    assert ("NOT AUDITED" in said.err) is (code == 2)
    assert ("CVE" in said.out) is (code == 1)


def test_an_answer_about_another_version_is_no_answer(audit: ModuleType) -> None:
    told = {"dependencies": [{"name": "one", "version": "0.9", "vulns": []}]}
    assert audit.judge(told, WANTED) == ([], ["one", "two"])


def test_an_auditor_that_cannot_be_installed_is_no_clean_audit(
    audit: ModuleType, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(audit, "install", lambda: False)
    assert audit.main() == 2


@pytest.mark.parametrize(
    ("header", "words", "fits"),
    [
        ("License-Expression", "Apache-2.0 OR BSD-3-Clause", True),
        ("Classifier", "License :: OSI Approved :: MIT License", True),
        ("License", "GPL-3.0-or-later", False),
        ("License-Expression", "AGPL-3.0-only", False),
        ("License", "", False),
    ],
)
def test_a_license_fits_only_if_it_is_named_and_known(
    monkeypatch: pytest.MonkeyPatch, header: str, words: str, fits: bool
) -> None:
    spec = importlib.util.spec_from_file_location("audit", ROOT / "tools" / "audit.py")
    assert spec is not None and spec.loader is not None
    tool = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(tool)
    told = Message()
    told[header] = words
    monkeypatch.setattr(tool, "metadata", lambda _name: told)
    assert (tool.license_flaws(["one"]) == []) is fits
