"""Whatever is asked, the answer is an answer or a reason; never an error, never a path."""

from __future__ import annotations

import asyncio
import logging
from pathlib import Path
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from starlette.requests import Request
from starlette.responses import Response

from asking import Ask, needed
from trustboard.api import cities
from trustboard.api.asked import MEASURE
from trustboard.api.gate import Gate
from trustboard.api.openapi import described
from trustboard.api.problems import ProblemError
from trustboard.indicator import catalogue
from trustboard.load import city_slugs, data_root

V1 = "/api/v1"
FOUND = f"{V1}/riverbend/measures/findings"


@pytest.mark.parametrize("path", ["/api/nothing", "/api/v1", "/api/v2/cities", "/api/v1/"])
def test_beside_its_addresses_the_api_says_in_its_own_way_that_nothing_is_there(
    ask: Ask, path: str
) -> None:
    found = ask(path)
    assert found.status_code == 404
    assert found.headers["content-type"] == "application/problem+json"
    assert found.headers["access-control-allow-origin"] == "*"
    assert "/api" in found.json()["detail"]


def test_with_a_slash_too_many_the_page_of_the_api_is_found(ask: Ask) -> None:
    found = ask("/api/")
    assert (found.status_code, found.headers["location"]) == (301, "../api")


@pytest.mark.parametrize(
    ("path", "status", "parameter"),
    [
        ("/nowhere", 404, "city"),
        ("/..%2F..%2Fetc", 404, None),
        ("/riverbend/measures/luck", 404, "indicator"),
        ("/riverbend/nothing", 404, None),
        ("/riverbend/measures/findings?colour=red", 400, "colour"),
        ("/riverbend/measures/findings?by=moon", 400, "by"),
        ("/riverbend/measures/findings?by=year&by=month", 400, "by"),
        ("/riverbend/measures/findings?by=place,place", 400, "by"),
        ("/riverbend/measures/findings?from=yesterday", 400, "from"),
        ("/riverbend/measures/findings?to=2021-02-30", 400, "to"),
        ("/riverbend/measures/findings?from=0001", 400, "from"),
        ("/riverbend/measures/findings?from=2022&to=2020", 404, "from"),
        ("/riverbend/measures/findings?unit=officer", 400, "unit"),
        ("/riverbend/measures/still-open?unit=allegation", 400, "unit"),
        ("/riverbend/measures/findings?place=atlantis", 404, "place"),
        ("/riverbend/measures/outreach-events?where=event_kind=party", 404, "where"),
        ("/riverbend/measures/findings?where=mood", 400, "where"),
        ("/riverbend/measures/outreach-events?category=x", 400, "category"),
        ("/riverbend/measures/findings?format=xml", 400, "format"),
        ("/riverbend/measures/findings?limit=0", 400, "limit"),
        ("/riverbend/measures/findings?limit=10001", 400, "limit"),
        ("/riverbend/measures/findings?offset=-1", 400, "offset"),
        ("/riverbend/measures/findings?limit=5&limit=6", 400, "limit"),
        ("/riverbend/measures/findings?place=", 400, "place"),
        (f"/riverbend/measures/findings?place={'x' * 81}", 400, "place"),
        (f"/riverbend/measures/findings?{21 * 'place=hill&'}limit=1", 400, "place"),
        ("/riverbend/verdicts?format=csv", 400, "format"),
        ("/cities?page=2", 400, "page"),
        ("/riverbend/verdicts/rows", 400, "commitment"),
        ("/riverbend/verdicts/rows?commitment=calmer-streets", 400, "test"),
        ("/riverbend/verdicts/rows?commitment=luck&test=luck", 404, "commitment"),
        ("/riverbend/verdicts/rows?commitment=calmer-streets&test=luck", 404, "test"),
        ("/riverbend/verdicts/rows?commitment=a&test=b&limit=5", 400, "limit"),
        ("/riverbend/quality/rows", 400, "table"),
        ("/riverbend/quality/rows?table=rumours", 400, "table"),
        ("/philadelphia/quality/rows?table=outreach", 404, "table"),
        ("/riverbend/records-request?holder=Nobody", 404, "holder"),
        ("/riverbend/records-request?holder=", 400, "holder"),
        (f"/riverbend/records-request?holder={'x' * 501}", 400, "holder"),
        ("/riverbend/records-request?on=2020-01-01", 400, "on"),
        ("/riverbend/records-request?pin=yesterday", 400, "pin"),
    ],
)
def test_a_wrong_request_names_what_is_wrong(
    ask: Ask, path: str, status: int, parameter: str | None
) -> None:
    found = ask(V1 + path)
    assert found.status_code == status
    assert found.headers["content-type"] == "application/problem+json"
    problem = found.json()
    assert problem["status"] == status
    assert problem["detail"]
    assert problem.get("parameter") == parameter


def test_a_refusal_lists_what_would_be_allowed(ask: Ask) -> None:
    assert ask(f"{V1}/nowhere").json()["allowed"] == city_slugs(data_root())
    assert ask(f"{FOUND}?unit=officer").json()["allowed"] == ["complaint", "allegation"]
    assert "year" in ask(f"{FOUND}?by=moon").json()["allowed"]
    assert "heron-flats" in ask(f"{FOUND}?place=atlantis").json()["allowed"]


@pytest.mark.parametrize("method", ["POST", "PUT", "PATCH", "DELETE"])
def test_nothing_can_be_changed(ask: Ask, method: str) -> None:
    found = ask(FOUND, method=method)
    assert found.status_code == 405
    assert found.headers["allow"] == "GET, HEAD, OPTIONS"
    assert found.headers["content-type"] == "application/problem+json"


def test_a_body_is_refused(ask: Ask) -> None:
    found = ask(FOUND, content=b"{}")
    assert (found.status_code, found.json()["parameter"]) == (400, "body")


def test_a_table_too_long_for_one_visitor_is_refused_before_it_is_made(ask: Ask) -> None:
    found = ask(f"{V1}/riverbend/measures/findings?by=month,place,district,category,filed_by")
    assert (found.status_code, found.json()["parameter"]) == (403, "by")
    slow = ask(f"{V1}/riverbend/measures/days-to-close?by=month,place,category")
    assert (slow.status_code, slow.json()["parameter"]) == (403, "by")
    wide = ask(f"{V1}/riverbend/measures/complaints-received?by=month,place,category&limit=1")
    assert wide.status_code == 200


def test_a_city_that_cannot_be_opened_takes_no_other_down_and_shows_no_path(
    ask: Ask, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "city.yml").write_text("name: [")
    monkeypatch.setenv("TRUSTBOARD_DATA", str(tmp_path))
    assert ask(f"{V1}/cities").json()["cities"] == [{"city": "broken", "cannot_be_opened": True}]
    found = ask(f"{V1}/broken/verdicts")
    assert found.status_code == 503
    assert str(tmp_path) not in found.text
    assert "yml" not in found.text


def test_an_error_of_ours_is_noted_down_and_says_nothing_of_itself(
    ask: Ask, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def broken(*_: object, **__: object) -> bytes:
        raise RuntimeError("/secret/path")

    monkeypatch.setattr(cities.replies, "as_json", broken)
    with caplog.at_level(logging.ERROR):
        found = ask("/robots.txt")
        assert found.status_code == 200
        found = ask(f"{V1}/indicators")
    assert found.status_code == 500
    assert "secret" not in found.text
    assert "/secret/path" in caplog.text


def test_when_too_many_wait_the_next_is_told_to_come_back() -> None:
    gate = Gate(at_once=1, waiting=1)

    def slow(_: Request) -> Response:
        import time

        time.sleep(0.05)
        return Response()

    async def rush() -> list[object]:
        request = Request({"type": "http", "headers": []})
        runs = (gate.run(slow, request) for _ in range(4))
        return list(await asyncio.gather(*runs, return_exceptions=True))

    found = asyncio.run(rush())
    refused = [one for one in found if isinstance(one, ProblemError)]
    assert len(refused) == 2
    assert {one.status for one in refused} == {503}
    assert refused[0].headers["Retry-After"]


HOSTILE = (
    "year month place 2020 2021-13 9999999999 -1 0 yes csv jsonld heron-flats unknown outside "
    "citywide sustained finding=sustained complaints calmer-streets ../../etc/passwd %00 <script> "
    "=1+1 __class__ nan inf '--"
)
MEASURES = ["/{city}/measures/{indicator}", "/{city}/measures/{indicator}/rows"]
WORDS = st.one_of(st.text(max_size=30), st.sampled_from(HOSTILE.split()))
OTHERS = ("commitment", "test", "table", "holder")
NAMES = st.one_of(st.sampled_from((*MEASURE, *OTHERS)), st.text(max_size=12))
PATHS = st.sampled_from(
    [*described(server="", cities=())["paths"], *2 * MEASURES, "/{city}/{indicator}"]
)
CITIES = st.one_of(st.sampled_from(["riverbend", "st-louis", "philadelphia"]), st.text(max_size=20))
INDICATORS = st.one_of(st.sampled_from(sorted(catalogue())), st.text(max_size=20))


@settings(max_examples=400, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    path=PATHS,
    city=CITIES,
    indicator=INDICATORS,
    pairs=st.lists(st.tuples(NAMES, WORDS), max_size=4),
)
def test_no_request_at_all_ends_in_an_error(
    ask_guarded: Ask, path: str, city: str, indicator: str, pairs: list[tuple[str, str]]
) -> None:
    filled = path.replace("{city}", quote(city, safe="")).replace(
        "{indicator}", quote(indicator, safe="")
    )
    found = ask_guarded(f"{V1}{filled}?{urlencode(pairs, errors='surrogatepass')}")
    assert found.status_code in (200, 400, 403, 404)
    if found.status_code != 200:
        assert found.headers["content-type"] == "application/problem+json"
        assert found.json()["detail"]
        assert str(data_root()) not in found.text


@settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    indicator=st.sampled_from(sorted(catalogue())),
    by=st.lists(st.sampled_from(["year", "quarter", "place", "district", "category"]), max_size=2),
    days=st.lists(st.sampled_from(["1900", "2019-02", "2020", "2023-12-31", "2099"]), max_size=2),
    unit=st.sampled_from(["complaint", "allegation"]),
    form=st.sampled_from(["json", "csv"]),
    rows=st.sampled_from(["", "/rows"]),
)
def test_every_sensible_combination_is_answered_or_refused_with_a_name(
    ask: Ask, indicator: str, by: list[str], days: list[str], unit: str, form: str, rows: str
) -> None:
    pairs = [("by", one) for one in by] + list(zip(("from", "to"), days, strict=False))
    pairs += [("unit", unit), ("format", form), ("limit", "5")]
    found = ask(f"{V1}/riverbend/measures/{indicator}{rows}?{urlencode(pairs)}")
    assert found.status_code in (200, 400, 403, 404)
    if found.status_code != 200:
        assert found.json()["parameter"] in ("by", "from", "unit", "format")


@settings(max_examples=100, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    tag=st.text(st.characters(codec="latin-1", exclude_categories=["Cc"]), max_size=40),
    host=st.text(st.characters(codec="ascii", exclude_categories=["Cc"]), max_size=40),
)
def test_no_header_at_all_ends_in_an_error(ask_guarded: Ask, tag: str, host: str) -> None:
    headers = {"If-None-Match": tag.encode("latin-1"), "Host": host.encode()}
    assert ask_guarded(f"{V1}/indicators", headers=headers).status_code in (200, 304)
    assert ask_guarded("/sitemap.xml", headers={"Host": host.encode()}).status_code == 200


def single_valued() -> list[tuple[str, str]]:
    """Name every address of the API with each parameter that takes one value, as described.

    Of the questions, whose addresses are read by the same lines, one stands for all.
    """
    found = described(server="", cities=["riverbend"])
    common, each = found["components"]["parameters"], []
    for path, operations in found["paths"].items():
        if "/measures/" in path and "/measures/findings" not in path:
            continue
        told = [one if "name" in one else common[one["$ref"].rsplit("/", 1)[1]]
                for one in operations["get"]["parameters"]]  # fmt: skip
        asked = [one for one in told if one["in"] == "query"]
        single = [one["name"] for one in asked if one["schema"].get("type") != "array"]
        each += [(f"{path.format(city='riverbend')}?{needed(told)}", name) for name in single]
    return each


@pytest.mark.parametrize(("address", "name"), single_valued())
def test_a_parameter_that_takes_one_value_is_refused_by_name_when_it_comes_twice(
    ask: Ask, address: str, name: str
) -> None:
    rest = "&".join(
        one for one in address.partition("?")[2].split("&") if one.split("=")[0] != name
    )
    found = ask(f"{V1}{address.partition('?')[0]}?{rest}&{name}=2020&{name}=2021")
    assert (found.status_code, found.json()["parameter"]) == (400, name)
    assert "once" in found.json()["detail"]
