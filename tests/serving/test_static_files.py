"""Files go out packed and are kept by browsers; nothing that was not listed goes out at all."""

from __future__ import annotations

import gzip
from pathlib import Path

import brotli
import pytest
from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.requests import Request
from starlette.responses import PlainTextResponse
from starlette.routing import Route

from asking import Ask, asking
from trustboard.serving import build
from trustboard.serving.copies import SMALLEST, Copies, cache_home, make_all
from trustboard.serving.first_page import FONTS
from trustboard.serving.static_files import ELEMENTS, PackedFiles, listed_files

ROOT = Path(__file__).resolve().parents[2]
SCRIPT = Path(__file__).read_bytes()  # any text will do that is long and not all alike


@pytest.fixture
def own(tmp_path: Path) -> Path:
    """Our own folder of files, beside one that is nobody's business."""
    (tmp_path / "static").mkdir()
    (tmp_path / "static" / "chart.js").write_bytes(SCRIPT)
    (tmp_path / "static" / "tiny.js").write_bytes(b"1")
    (tmp_path / "static" / "notes.py").write_text("secret")
    (tmp_path / "secret.js").write_text("secret")
    return tmp_path / "static"


def site(own: Path, copies: Copies) -> Ask:
    async def beyond(request: Request) -> PlainTextResponse:
        return PlainTextResponse(f"beyond {request.method}")

    routes = [Route("/{path:path}", beyond, methods=["GET", "HEAD", "POST"])]
    middleware = [Middleware(PackedFiles, files=listed_files(own), copies=copies)]
    return asking(Starlette(routes=routes, middleware=middleware))


@pytest.fixture
def copies(own: Path, tmp_path: Path) -> Copies:
    made = Copies(tmp_path / "cache")
    make_all(made, [listed_files(own)["/app/static/chart.js"]], first=[])
    return made


@pytest.mark.parametrize("form", ["br", "gzip", "identity"])
def test_the_same_file_comes_in_the_form_that_was_asked_for(
    own: Path, copies: Copies, form: str
) -> None:
    found = site(own, copies)("/app/static/chart.js", headers={"Accept-Encoding": form})
    assert found.content == SCRIPT, "unpacked by the client as its headers say"
    assert found.headers.get("content-encoding", "identity") == form
    assert found.headers["vary"] == "Accept-Encoding"
    assert found.headers["content-type"].startswith("text/javascript")
    assert (int(found.headers["content-length"]) < len(SCRIPT)) is (form != "identity")


def test_a_head_request_tells_the_length_and_sends_nothing(own: Path, copies: Copies) -> None:
    ask = site(own, copies)
    headers = {"Accept-Encoding": "br"}
    whole = ask("/app/static/chart.js", headers=headers)
    head = ask("/app/static/chart.js", method="HEAD", headers=headers)
    assert head.content == b""
    assert head.headers == whole.headers


def test_a_browser_that_has_the_file_is_told_so_in_any_form(own: Path, copies: Copies) -> None:
    ask = site(own, copies)
    tags = [
        ask("/app/static/chart.js", headers={"Accept-Encoding": form}).headers["etag"]
        for form in ("br", "gzip", "identity")
    ]
    assert len(set(tags)) == 3
    for tag in (*tags, f'W/{tags[0]}, "x"', "*"):
        found = ask("/app/static/chart.js", headers={"If-None-Match": tag})
        assert (found.status_code, found.content) == (304, b"")
        assert found.headers["cache-control"] == "public, max-age=86400"
    assert ask("/app/static/chart.js", headers={"If-None-Match": '"x"'}).status_code == 200


def test_built_files_are_kept_for_ever_and_the_page_is_not_among_them(own: Path) -> None:
    listed = listed_files(own)
    built = {path: one for path, one in listed.items() if path.startswith("/static/")}
    assert len(built) > 100
    whole = [one for one in built.values() if one.smaller is None]
    assert {one.keep for one in whole} == {"public, max-age=31536000, immutable"}
    assert not [path for path in listed if path.endswith((".html", ".py")) or "secret" in path]


@pytest.mark.parametrize(
    "path",
    [
        "/app/static/../secret.js",
        "/app/static/%2e%2e/secret.js",
        "/app/static//chart.js",
        "/app/static/notes.py",
        "/app/static/chart.js/",
        "/static/js/../../index.html",
        "/app/static/C:/chart.js",
    ],
)
def test_only_listed_paths_are_answered_here(own: Path, copies: Copies, path: str) -> None:
    assert site(own, copies)(path).text == "beyond GET"


def test_parts_of_a_file_and_other_methods_are_left_to_the_application(
    own: Path, copies: Copies
) -> None:
    ask = site(own, copies)
    assert ask("/app/static/chart.js", headers={"Range": "bytes=0-9"}).text == "beyond GET"
    assert ask("/app/static/chart.js", method="POST").text == "beyond POST"


def test_without_copies_files_go_out_as_they_are(own: Path, tmp_path: Path) -> None:
    ask = site(own, Copies(tmp_path / "none"))
    found = ask("/app/static/chart.js", headers={"Accept-Encoding": "br"})
    assert (found.content, "content-encoding" in found.headers) == (SCRIPT, False)


def test_a_folder_that_cannot_be_written_is_no_fault(own: Path, tmp_path: Path) -> None:
    (tmp_path / "a_file").write_text("")
    copies = Copies(tmp_path / "a_file" / "below")
    make_all(copies, [listed_files(own)["/app/static/chart.js"]], first=[])
    found = site(own, copies)("/app/static/chart.js", headers={"Accept-Encoding": "br"})
    assert found.headers["content-encoding"] == "br"
    assert found.content == SCRIPT


def test_the_smallest_copy_is_taken_as_soon_as_it_is_there(own: Path, copies: Copies) -> None:
    chart = listed_files(own)["/app/static/chart.js"]
    quick = copies.get(chart.digest, "br")
    make_all(copies, [], first=[chart])
    best = copies.get(chart.digest, "br")
    assert quick is not None and best is not None
    assert best[1].endswith(f"br{SMALLEST}") and len(best[0]) <= len(quick[0])
    assert brotli.decompress(best[0]) == SCRIPT


@pytest.mark.usefixtures("copies")
def test_copies_are_whole_files_named_by_their_content(own: Path, tmp_path: Path) -> None:
    names = sorted(one.name for one in (tmp_path / "cache").iterdir())
    digest = listed_files(own)["/app/static/chart.js"].digest
    assert names == [f"{digest}.br5", f"{digest}.gzip"]
    assert gzip.decompress((tmp_path / "cache" / names[1]).read_bytes()) == SCRIPT


def test_the_place_of_copies_can_be_named(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("TRUSTBOARD_CACHE", str(tmp_path))
    assert cache_home() == tmp_path
    monkeypatch.delenv("TRUSTBOARD_CACHE")
    assert cache_home().name == "trustboard"


def test_the_build_tells_which_scripts_an_element_needs() -> None:
    of_charts = build.scripts_of("PlotlyChart")
    assert of_charts[0].startswith("PlotlyChart.")
    assert not set(of_charts) & set(build.of_every_page())
    assert all((build.folder() / "static/js" / one).is_file() for one in of_charts)
    assert build.scripts_of("NoSuchElement") == ()
    assert all(build.scripts_of(one) for one in ELEMENTS), "an element has another name now"
    assert all((build.folder() / one).is_file() for one in build.wanted_first(ELEMENTS))


def test_the_fonts_that_pages_preload_are_here() -> None:
    listed = listed_files(ROOT / "static")
    assert all(f"/app/static/fonts/{one}.woff2" in listed for one in FONTS)
