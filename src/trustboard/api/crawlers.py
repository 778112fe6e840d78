"""What search engines are told: where they may look, and which pages there are."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as Xml

from starlette.requests import Request
from starlette.responses import Response

from trustboard import shared
from trustboard.api.naming import ROOT, home
from trustboard.api.running import Answer
from trustboard.exports.addressing import CHART_PAGE

_NAMESPACE: Final = "http://www.sitemaps.org/schemas/sitemap/0.9"
_DAY: Final = {"Cache-Control": "public, max-age=86400"}


def robots(request: Request) -> Response:
    """Answer `/robots.txt`: pages may be read; what is made on demand is not for crawlers."""
    lines = [
        "User-agent: *",
        "Allow: /",
        f"Disallow: {ROOT}/*/measures/",
        f"Disallow: {ROOT}/*/verdicts/rows",
        f"Disallow: {ROOT}/*/quality/rows",
        f"Disallow: {ROOT}/*/records-request",
        f"Disallow: {ROOT}/*/package",
        f"Disallow: /{CHART_PAGE}",
        "Disallow: /_stcore/",
        "",
        f"Sitemap: {home(request)}/sitemap.xml",
    ]
    return Response("\n".join(lines) + "\n", headers=_DAY, media_type="text/plain")


def sitemap(pages: Sequence[str]) -> Answer:
    """Make the answer to `/sitemap.xml` for pages at these addresses ("" is the first page)."""

    def answer(request: Request) -> Response:
        root = Xml.Element("urlset", xmlns=_NAMESPACE)
        for path in _paths(pages):
            Xml.SubElement(Xml.SubElement(root, "url"), "loc").text = home(request) + path
        body = Xml.tostring(root, encoding="utf-8", xml_declaration=True)
        return Response(body, headers=_DAY, media_type="application/xml")

    return answer


def _paths(pages: Sequence[str]) -> list[str]:
    found = [f"/{page}?city={slug}" for slug in shared.slugs() for page in pages]
    return [*found, "/api"]
