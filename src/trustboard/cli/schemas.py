"""`trustboard schemas`: JSON Schemas generated from the models, so that editors can help."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from trustboard.cli.printing import say, say_json


def generated() -> dict[str, str]:
    """Give each schema file's name and its text."""
    from pydantic import BaseModel

    from trustboard.city import City
    from trustboard.commitments import CommitmentsFile
    from trustboard.corrections import CorrectionsFile

    models: dict[str, type[BaseModel]] = {
        "city": City,
        "commitments": CommitmentsFile,
        "corrections": CorrectionsFile,
    }
    return {
        f"{name}.schema.json": _as_text(f"{name}.yml", model.model_json_schema(by_alias=True))
        for name, model in models.items()
    }


def _as_text(title: str, schema: dict[str, Any]) -> str:
    dialect = "https://json-schema.org/draft/2020-12/schema"
    named = {"$schema": dialect, **schema, "title": title}
    return json.dumps(named, indent=2, ensure_ascii=False) + "\n"


def report(*, only_check: bool, data: Path | None, as_json: bool) -> int:
    """Write the schemas, or say which are out of date; 1 if --check finds one, else 0."""
    from trustboard.load import data_root

    folder = (data_root() if data is None else data) / "schemas"
    files = generated()
    stale = [name for name, text in files.items() if _read(folder / name) != text]
    if not only_check:
        folder.mkdir(parents=True, exist_ok=True)
        for name in stale:
            (folder / name).write_text(files[name], encoding="utf-8")
    if as_json:
        say_json({"schemas": list(files), "stale" if only_check else "written": stale})
    else:
        done = "out of date" if only_check else "written"
        for name in files:
            say(f"{name}: {done if name in stale else 'current'}")
    return 1 if only_check and stale else 0


def _read(path: Path) -> str | None:
    return path.read_text(encoding="utf-8") if path.is_file() else None
