"""What pages send to the browser holds hostile words only where they are read as words."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from typing import Any

import pytest
from google.protobuf.json_format import MessageToDict
from streamlit.testing.v1 import AppTest

from hostile import write_hostile_city
from trustboard.unseen import UNSEEN

ROOT = Path(__file__).parents[2]
PAGES = sorted(path.name for path in (ROOT / "pages").glob("[0-9]*_*.py"))
#: Where Streamlit shows words as they are: values and options of choices, code, and what is read
#: aloud. Everything else is taken for Markdown, HTML or a figure.
PLAIN = re.compile(
    r"^(selectbox|multiselect)\.(options|rawValue|rawValues|value|placeholder)"
    r"|^code\.codeText|\.alt$|\.queryString$"
)
#: What Markdown, our HTML and plotly's would make something of, if it is not escaped.
MARKDOWN = re.compile(
    r"(?<!\\)(\[md9\]|\*\*bold9|:red\[|\$latex9|`code9|<b>html9|<img|:material/del)"
)
FIGURE = re.compile(r"<(?!br|/?b>|/?i>|/?span|/?extra)[a-z/!]|<b>html9")
#: Only these are read as templates by plotly.
TEMPLATE = re.compile(r"(hover|text)template$")
TAGS = {
    *("div", "p", "span", "a", "h1", "h2", "h3", "h4", "ul", "ol", "li", "dl", "dt", "dd"),
    *("table", "caption", "thead", "tbody", "tfoot", "tr", "th", "td", "strong", "em", "small"),
    *("svg", "path", "g", "rect", "circle", "line", "polygon", "text", "title", "use", "abbr"),
    *("nav", "section", "header", "footer", "blockquote", "cite", "time", "code", "pre", "br"),
    *("details", "summary", "figure", "figcaption", "hr", "sup", "sub", "b", "i", "style", "q"),
    *("article", "aside", "main", "mark", "s", "u", "ins", "del", "wbr", "label", "colgroup"),
    *("button", "textarea", "template", "input"),
    *("col", "defs", "clippath", "desc", "ellipse", "polyline", "tspan", "symbol", "hgroup"),
}


class Tags(HTMLParser):
    """Collects what the words of a page have become that they must not."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.wrong: list[str] = []
        self._open: list[str] = []
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open.append(tag)
        if tag == "img" and dict(attrs).get("class") == "tb-glyph":  # a shape of our own
            return
        told = [f"{name}={value}" for name, value in attrs]
        goes = [value or "" for name, value in attrs if name in ("href", "src", "action")]
        if tag not in TAGS or any(name.startswith("on") for name, _ in attrs):
            self.wrong.append(f"<{tag} {told}>")
        if any(
            one.strip().lower().startswith(("javascript:", "data:", "vbscript:")) for one in goes
        ):
            self.wrong.append(f"<{tag} {told}>")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            self._open.remove(tag)

    def handle_data(self, data: str) -> None:
        if data.strip() in ("html9", "link9", "script9"):
            self.wrong.append(f"{self._open[-1:]}: {data}")


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return write_hostile_city(tmp_path_factory.mktemp("data")).parent


def run(page: str, **address: str) -> AppTest:
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    for name, value in {"city": "hostile", **address}.items():
        app.query_params[name] = value
    app.run()
    return app if page == PAGES[0] else app.switch_page(f"pages/{page}").run()


def nodes(node: Any) -> Iterator[Any]:
    yield node
    for child in getattr(node, "children", {}).values():
        yield from nodes(child)


def texts(value: Any, at: str) -> Iterator[tuple[str, str]]:
    if isinstance(value, dict):
        for name, one in value.items():
            yield from texts(one, f"{at}.{name}")
    elif isinstance(value, list):
        for one in value:
            yield from texts(one, at)
    elif isinstance(value, str):
        yield at, value


def wrong_in(at: str, words: str) -> list[str]:
    """Say what is wrong with one text that is sent to a page."""
    if at.startswith("html."):
        return Tags(words).wrong
    if at == "plotly_chart.spec":
        each = list(texts(json.loads(words), ""))
        filled = [one for name, one in each if TEMPLATE.search(name) and "%{x} {{7" in one]
        return [*filled, *(found for _, one in each for found in FIGURE.findall(one))]
    return [] if PLAIN.search(at) else MARKDOWN.findall(words)


def hidden_in(at: str, words: str) -> list[str]:
    """Name the signs in one text that nobody would see."""
    each = (
        [one for _, one in texts(json.loads(words), "")] if at == "plotly_chart.spec" else [words]
    )
    return UNSEEN.findall("".join(each))


@pytest.mark.parametrize(
    ("page", "address"),
    [
        *((page, {}) for page in PAGES),
        ("1_commitments.py", {"commitment": "more-contact"}),
        ("1_commitments.py", {"commitment": "open-books"}),
        ("5_neighborhoods.py", {"place": "clocktower"}),
    ],
)
def test_no_hostile_word_is_sent_where_it_would_become_something_else(
    hostile: Path, monkeypatch: pytest.MonkeyPatch, page: str, address: dict[str, str]
) -> None:
    monkeypatch.setenv("TRUSTBOARD_DATA", str(hostile))
    monkeypatch.chdir(ROOT)
    app = run(page, **address)
    assert not app.exception
    sent = 0
    for node in nodes(app._tree):
        proto = getattr(node, "proto", None)
        if proto is None:
            continue
        for at, words in texts(MessageToDict(proto), str(getattr(node, "type", "block"))):
            sent += "html9" in words
            assert not hidden_in(at, words), (at, words[:300])
            assert not wrong_in(at, words), (at, wrong_in(at, words)[0], words[:300])
    assert sent


def test_the_test_would_notice() -> None:
    assert wrong_in("html.body", "<p>a<img src=x onerror=alert(9)></p>")
    assert wrong_in("html.body", '<a href="javascript:alert(9)">x</a>')
    assert wrong_in("html.body", "<p><b>html9</b></p>")
    assert wrong_in("block.expandable.label", "Sources: [md9](https://evil.example/)")
    assert wrong_in("plotly_chart.spec", json.dumps({"text": 'x <a href="y">link9</a>'}))
    assert not wrong_in("block.expandable.label", "Sources: \\[md9\\](x) \\<b\\>html9")
    assert not wrong_in("html.body", "<p>&lt;b&gt;html9&lt;/b&gt;</p>")
