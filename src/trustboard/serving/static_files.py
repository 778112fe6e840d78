"""Streamlit's files and our own, sent packed and kept by browsers.

Streamlit sends its scripts as they are: several megabytes for a page with one chart. Here they go
out as brotli or gzip, made once, and two of them without what no page of ours shows. Only paths
that were listed at the start are answered; every other request is passed on.
"""

from __future__ import annotations

import threading
from collections.abc import Mapping
from dataclasses import dataclass, replace
from mimetypes import guess_type
from pathlib import Path
from typing import Final

from starlette.concurrency import run_in_threadpool
from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send

from trustboard.serving import build
from trustboard.serving.copies import LEAST, Copies, cache_home, digest_of, make_all
from trustboard.serving.encodings import PLAIN, chosen
from trustboard.serving.smaller import smaller_files

#: The elements that the first view of a page needs, by the names of Streamlit's build.
ELEMENTS: Final = ("Html", "Selectbox", "PageLink", "PlotlyChart")
#: Kinds of file that become smaller; fonts and pictures are packed already.
_PACKED: Final = frozenset({".js", ".css", ".json", ".svg", ".txt", ".map"})
_SENT: Final = _PACKED | {".woff2", ".png", ".gif", ".ico", ".wasm"}
#: Streamlit names its built files by their content; ours keep their names when they change.
_FOR_EVER: Final = "public, max-age=31536000, immutable"
_FOR_A_DAY: Final = "public, max-age=86400"
#: Smaller files have the names of whole ones: a later TrustBoard may send another under that name.
_ASK_EACH_TIME: Final = "public, no-cache"


@dataclass(frozen=True, slots=True)
class Listed:
    """One file that may be sent: where it lies, its hash, its kind, how long it may be kept.

    `smaller` is sent in its place where there is such a thing; the hash is that of what is sent.
    """

    file: Path
    digest: str
    media: str
    keep: str
    smaller: bytes | None = None

    @property
    def packs(self) -> bool:
        """Say whether packed copies of it are made."""
        return self.file.suffix in _PACKED and self.file.stat().st_size >= LEAST

    def read(self) -> bytes:
        """Give what is sent."""
        return self.file.read_bytes() if self.smaller is None else self.smaller


def listed_files(own: Path) -> dict[str, Listed]:
    """List what may be sent, by path: Streamlit's built files and those of our `static` folder."""
    built = build.folder() / "static"
    found = {f"/static/{name}": _listed(file, _FOR_EVER) for name, file in _below(built)}
    for name, content in smaller_files(own).items():
        whole = found[f"/static/{name}"]
        found[f"/static/{name}"] = replace(
            whole, digest=digest_of(content), keep=_ASK_EACH_TIME, smaller=content
        )
    ours = {f"/app/static/{name}": _listed(file, _FOR_A_DAY) for name, file in _below(own)}
    return found | ours


def _below(folder: Path) -> list[tuple[str, Path]]:
    files = sorted(one for one in folder.rglob("*") if one.suffix in _SENT and one.is_file())
    return [(file.relative_to(folder).as_posix(), file) for file in files]


def _listed(file: Path, keep: str) -> Listed:
    media = {".js": "text/javascript", ".woff2": "font/woff2"}.get(file.suffix)
    media = media or guess_type(file.name)[0] or "application/octet-stream"
    return Listed(file, digest_of(file.read_bytes()), media, keep)


class PackedFiles:
    """Answers requests for listed files; everything else goes on to the application."""

    def __init__(self, app: ASGIApp, *, files: Mapping[str, Listed], copies: Copies) -> None:
        self._app, self._files, self._copies = app, files, copies

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Send a packed copy where the request is for one of our files and asks for all of it."""
        wanted = None
        if scope["type"] == "http" and scope["method"] in ("GET", "HEAD"):
            wanted = self._files.get(scope["path"])
        headers = Headers(scope=scope) if wanted is not None else None
        if wanted is None or headers is None or "range" in headers:
            await self._app(scope, receive, send)
            return
        response = await run_in_threadpool(self._response, wanted, headers, scope["method"])
        await response(scope, receive, send)

    def _response(self, wanted: Listed, headers: Headers, method: str) -> Response:
        form = chosen(headers.get("accept-encoding", ""))
        copy = self._copies.get(wanted.digest, form) if form != PLAIN else None
        tag = f'"{copy[1] if copy is not None else wanted.digest}"'
        sent = {"ETag": tag, "Cache-Control": wanted.keep, "Vary": "Accept-Encoding"}
        if _has_already(headers.get("if-none-match", ""), wanted.digest):
            return Response(status_code=304, headers=sent)
        if copy is not None:
            sent["Content-Encoding"] = form
        content = copy[0] if copy is not None else wanted.read()
        if method == "HEAD":
            sent["Content-Length"], content = str(len(content)), b""
        return Response(content, media_type=wanted.media, headers=sent)


def _has_already(header: str, digest: str) -> bool:
    """Say whether a browser holds this content, in whichever form."""
    tags = [one.strip().removeprefix("W/").strip('"') for one in header[:2_000].split(",")]
    return "*" in tags or any(tag.partition(".")[0] == digest for tag in tags)


def pack_in_background(files: Mapping[str, Listed], copies: Copies) -> threading.Thread:
    """Begin to make the copies that are missing; until then files go out as they are."""
    wanted = [files[path] for name in build.wanted_first(ELEMENTS) if (path := f"/{name}") in files]
    others = [one for one in files.values() if one.packs and one not in wanted]
    thread = threading.Thread(
        target=make_all, args=(copies, [*wanted, *others]), kwargs={"first": wanted}, daemon=True
    )
    thread.start()
    return thread


def copies_here() -> Copies:
    """Give the copies of this machine, in a folder of their own for each Streamlit."""
    return Copies(cache_home() / f"streamlit-{build.release()}")
