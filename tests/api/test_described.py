"""The OpenAPI document tells the truth: schemathesis puts what it allows and forbids to the API."""

from __future__ import annotations

import json
import re
import tomllib
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any, Final

import pytest
import schemathesis
from hypothesis import given
from hypothesis import strategies as st
from schemathesis.config import SchemathesisConfig
from schemathesis.engine import events, from_schema
from starlette.applications import Starlette
from starlette.datastructures import QueryParams
from starlette.middleware import Middleware

from asking import Ask, needed
from trustboard import api
from trustboard.api import asked
from trustboard.api.application import addresses
from trustboard.api.naming import ROOT
from trustboard.api.openapi import described
from trustboard.api.parameters import DATE
from trustboard.api.problems import ProblemError
from trustboard.indicator import catalogue
from trustboard.serving.guard import LONGEST_QUERY, Guard

#: Made-up requests for each address besides those at the edges of what is allowed.
EXAMPLES = 3
#: What `schemathesis run` goes by, from the top folder.
CONFIG: Final = Path(__file__).resolve().parents[2] / "schemathesis.toml"


def held_against(app: Starlette) -> schemathesis.openapi.OpenApiSchema:
    """Read the document as the documented command does, from the API in this process."""
    config = SchemathesisConfig.from_path(CONFIG)
    return schemathesis.openapi.from_asgi(f"{ROOT}/openapi.json", app, config=config)


def distinct(paths: dict[str, Any]) -> set[str]:
    """Choose one address of each kind: many indicators take exactly the same parameters."""
    kinds: dict[str, str] = {}
    for path, told in paths.items():
        kind, asked_for = told["get"]["operationId"].partition("-")[0], told["get"]["parameters"]
        kinds.setdefault(f"{kind} {json.dumps(asked_for, sort_keys=True)}", path)
    return set(kinds.values())


def judged(examples: int) -> tuple[Counter[int], list[str]]:
    """Let schemathesis try the API with all its checks; count the answers, list what is wrong."""
    app = Starlette(routes=api.routes(), middleware=[Middleware(Guard)])
    schema = held_against(app)
    schema.config.generation.update(max_examples=examples, deterministic=True, database="none")
    answers: Counter[int] = Counter()
    wrong: list[str] = []
    paths = distinct(schema.raw_schema["paths"])
    one_of_each = schema.include(lambda context: context.operation.path in paths)
    for event in from_schema(one_of_each).execute():
        if isinstance(event, events.NonFatalError | events.FatalError):
            wrong.append(repr(event))
        if isinstance(event, events.ScenarioFinished):
            told = event.recorder.interactions.values()
            answers.update(one.response.status_code for one in told if one.response)
            checks = [check for each in event.recorder.checks.values() for check in each]
            failures = [one.failure_info for one in checks if one.failure_info]
            wrong += [f"{one.failure.message}\n{one.code_sample}" for one in failures]
    return answers, wrong


def test_schemathesis_finds_no_fault_with_all_its_checks() -> None:
    answers, wrong = judged(EXAMPLES)
    assert not wrong, wrong[0]
    assert sum(answers.values()) > 2000
    assert min(answers[status] for status in (200, 400, 404, 405)) > 50


def test_schemathesis_would_notice_a_word_that_is_allowed_and_refused(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(parameter: str, detail: str, *, allowed: Any = ()) -> ProblemError:
        return ProblemError(400, detail, parameter=parameter, allowed=allowed)

    monkeypatch.setattr("trustboard.api.wanted.nothing", refuse)
    # A made-up pin is of no data here, and would be refused before any word is looked at.
    unpinned = tuple(name for name in asked.MEASURE if name != "pin")
    monkeypatch.setattr("trustboard.api.asked.MEASURE", unpinned)
    app = Starlette(routes=api.routes())
    schema = held_against(app)
    schema.config.generation.update(max_examples=5, deterministic=True, database="none")
    one = schema.include(operation_id="measure-findings")
    found = [e for e in from_schema(one).execute() if isinstance(e, events.ScenarioFinished)]
    checks = [c for e in found for each in e.recorder.checks.values() for c in each]
    assert {c.name for c in checks if c.failure_info} == {"positive_data_acceptance"}


def test_only_what_the_document_declares_counts_as_a_refusal() -> None:
    config = tomllib.loads(CONFIG.read_text(encoding="utf-8"))
    counted = config["checks"]["negative_data_rejection"]["expected-statuses"]
    paths = described(server="", cities=["riverbend"])["paths"]
    declared = {status for told in paths.values() for status in told["get"]["responses"]}
    assert {str(status) for status in counted} == declared - {"200", "304"}


@pytest.mark.parametrize("path", ["/cities", "/{city}/measures/findings", "/{city}/changes"])
def test_an_address_that_is_too_long_is_refused_as_described(path: str) -> None:
    schema = held_against(Starlette(routes=api.routes(), middleware=[Middleware(Guard)]))
    long = {"place": "x" * LONGEST_QUERY}
    case = schema[path]["GET"].Case(path_parameters={"city": "riverbend"}, query=long)
    answer = case.call()
    assert (answer.status_code, answer.json()["parameter"]) == (414, "query")
    case.validate_response(answer)  # its status, its media type and its form are declared


def test_every_address_of_the_api_is_described_and_every_description_is_answered(ask: Ask) -> None:
    found = ask(f"{ROOT}/openapi.json").json()
    assert found["openapi"] == "3.1.0"
    measure = "/{city}/measures/{indicator}"
    measures = [measure, f"{measure}/rows", f"{measure}/citation"]
    each = [path.format(city="{city}", indicator=i) for path in measures for i in catalogue()]
    assert set(found["paths"]) == {*addresses(), *each} - {*measures}
    for path, operations in found["paths"].items():
        asked_for = operations["get"]["parameters"]
        limited = {"$ref": "#/components/parameters/limit"} in asked_for
        query = "limit=5" if limited else needed(asked_for)
        answer = ask(f"{ROOT}{path.format(city='riverbend')}?{query}")
        media = answer.headers["content-type"].split(";")[0]
        assert media in operations["get"]["responses"]["200"]["content"]
    assert json.dumps(found).count("operationId") == len(found["paths"])


def test_each_indicator_is_described_with_its_own_splits_and_filters() -> None:
    paths = described(server="", cities=["riverbend"])["paths"]
    told = paths["/{city}/measures/outreach-events"]["get"]["parameters"]
    named = {one["name"]: one["schema"] for one in told if "name" in one}
    assert set(named) == {"by", "place", "district", "where", "unit"}
    assert "event_kind" in named["by"]["items"]["enum"]
    assert named["unit"]["enum"] == ["complaint"]


@given(day=st.dates(date(1890, 1, 1), date(2110, 1, 1)), length=st.sampled_from([4, 7, 10]))
def test_the_pattern_of_dates_allows_what_can_be_read(day: date, length: int) -> None:
    text = day.isoformat()[:length]
    assert bool(re.fullmatch(DATE, text)) == readable(text)


@given(text=st.from_regex(r"[12][089]\d\d-\d\d-\d\d", fullmatch=True))
def test_the_pattern_of_dates_refuses_days_that_no_calendar_has(text: str) -> None:
    assert bool(re.fullmatch(DATE, text)) == readable(text)


def readable(text: str) -> bool:
    try:
        return asked.day(QueryParams({"from": text}), "from") is not None
    except ProblemError:
        return False
