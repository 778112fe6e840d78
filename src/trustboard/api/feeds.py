"""Atom feeds of a city: what is said differently now, and which data came in."""

from __future__ import annotations

import re
import uuid
from collections.abc import Sequence
from typing import Final
from xml.etree import ElementTree as Xml

from starlette.requests import Request
from starlette.responses import Response

from trustboard import shared
from trustboard.api import asked, replies
from trustboard.api.naming import address, city_of, home
from trustboard.api.news import BEGINS, BROKEN, NO_DAY, News, of_verdicts
from trustboard.api.promises import entries_of
from trustboard.citydata import CityData
from trustboard.exports import data_to
from trustboard.snapshots.home import snapshot_home
from trustboard.snapshots.store import Store

MEDIA: Final = "application/atom+xml; charset=utf-8"
#: A feed holds the newest entries only.
MOST: Final = 100
_NAMESPACE: Final = "http://www.w3.org/2005/Atom"
#: What XML 1.0 cannot hold.
_NOT_XML: Final = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def verdict_feed(request: Request) -> Response:
    """Answer `/{city}/feeds/verdicts.atom`: the log of verdicts, and what it does not have yet."""
    asked.known_only(request.query_params, ())
    opened = city_of(request)
    entries, problems, version = entries_of(opened)
    had = replies.already_there(request, version)
    if had is not None:
        return had
    news = of_verdicts(opened.city, entries, shared.assessed(opened), site=home(request))
    about = (BROKEN if problems else BEGINS).format(city=opened.city.slug)
    return _send(request, opened.city, news, kind="verdicts", edition=version, about=about)


def data_feed(request: Request) -> Response:
    """Answer `/{city}/feeds/data.atom`: each entry is one retrieval of published data."""
    asked.known_only(request.query_params, ())
    opened = city_of(request)
    snapshots = Store(snapshot_home(), opened.city.slug).all()
    version = f"{opened.edition}-{len(snapshots)}"
    had = replies.already_there(request, version)
    if had is not None:
        return had
    city, link = opened.city, f"{home(request)}/sources?city={opened.city.slug}"
    news = [
        News(
            key=f"{city.slug} snapshot {one.id}",
            title=f"{city.city.name}: data fetched"
            + ("" if one.manifest.status == "good" else ", held back"),
            moment=one.manifest.time.strftime("%Y-%m-%dT%H:%M:%SZ"),
            summary="; ".join(f"{n}: {t.rows:,} rows" for n, t in one.manifest.tables.items()),
            link=link,
        )
        for one in snapshots
    ]
    for table in city.tables.values():
        source = table.spec.source
        news.append(
            News(
                key=f"{city.slug} {table.name} {table.sha256}",
                title=f"{city.city.name}: {table.name}, retrieved {source.retrieved}",
                moment=f"{source.retrieved}T00:00:00Z",
                summary=f"{source.publisher}, {source.title}. {table.accounting.kept:,} of "
                f"{table.accounting.read:,} rows kept. sha256 {table.sha256}.",
                link=link,
            )
        )
    return _send(request, city, news, kind="data", edition=version)


def _send(
    request: Request,
    city: CityData,
    news: Sequence[News],
    *,
    kind: str,
    edition: str,
    about: str = "",
) -> Response:
    invented = " (invented data)" if city.city.fictional else ""
    title = {"verdicts": "changes of verdicts", "data": "updates of data"}[kind]
    newest = sorted(news, key=lambda one: one.moment, reverse=True)[:MOST]
    feed = Xml.Element("feed", xmlns=_NAMESPACE)
    here = address(request, city.slug, "feeds", f"{kind}.atom")
    _text(feed, "id", _id(f"{city.slug} feed of {kind}"))
    _text(feed, "title", f"TrustBoard, {city.city.name}{invented}: {title}")
    if about:
        _text(feed, "subtitle", about)
    _text(feed, "updated", newest[0].moment if newest else f"{data_to(city) or NO_DAY}T00:00:00Z")
    Xml.SubElement(feed, "link", rel="self", href=here)
    Xml.SubElement(feed, "link", rel="alternate", href=f"{home(request)}/?city={city.slug}")
    _text(Xml.SubElement(feed, "author"), "name", "TrustBoard")
    for one in newest:
        entry = Xml.SubElement(feed, "entry")
        _text(entry, "id", _id(one.key))
        _text(entry, "title", one.title)
        _text(entry, "updated", one.moment)
        Xml.SubElement(entry, "link", rel="alternate", href=_NOT_XML.sub("", one.link))
        _text(entry, "summary", one.summary)
    body = Xml.tostring(feed, encoding="utf-8", xml_declaration=True)
    return replies.send(body, edition=edition, media=MEDIA)


def _text(parent: Xml.Element, tag: str, words: str) -> None:
    Xml.SubElement(parent, tag).text = _NOT_XML.sub("", words)


def _id(key: str) -> str:
    """Name something for ever, wherever this is served."""
    return f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, f'trustboard {key}')}"
