"""One ASGI application: Streamlit's pages, the API beside them, the guard around both."""

from __future__ import annotations

import gc
import re
from collections.abc import AsyncIterator, Callable, Mapping
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path
from typing import Any, Final, TypeAlias

import streamlit as st
from starlette.middleware import Middleware

from trustboard import api
from trustboard.serving.copies import Copies
from trustboard.serving.door import Door
from trustboard.serving.drawing_ahead import drawing_ahead
from trustboard.serving.first_page import first_pages
from trustboard.serving.guard import Guard
from trustboard.serving.memory import give_back_early
from trustboard.serving.no_such_page import NoSuchPage
from trustboard.serving.same_each_run import dress_once
from trustboard.serving.scripts import script_routes
from trustboard.serving.sooner import send_sooner
from trustboard.serving.static_files import (
    Listed,
    PackedFiles,
    copies_here,
    listed_files,
    pack_in_background,
)

Lifespan: TypeAlias = Callable[[object], AbstractAsyncContextManager[None]]
_PAGE: Final = re.compile(r"(\d+)_(\w+)\.py")
_UNLISTED: Final = re.compile(r"([a-z]\w*)\.py")


def parts(script: str | Path) -> dict[str, Any]:
    """Give what `st.App(script, **parts(script))` needs besides the script.

    `streamlit run` recognizes an application only where a file says `st.App(` itself, so the entry
    file does, and takes the rest from here.
    """
    listed = addresses(script)
    others = unlisted(script)
    files = listed_files(Path(script).resolve().parent / "static")
    copies = copies_here()
    return {
        "routes": [*api.routes(pages=listed), *script_routes(), *first_pages([*listed, *others])],
        "middleware": [
            Middleware(Guard),
            Middleware(Door),
            Middleware(NoSuchPage, pages=listed, unlisted=others),
            Middleware(PackedFiles, files=files, copies=copies),
        ],
        "lifespan": starting(files, copies),
    }


def application(script: str | Path) -> st.App:
    """Give the whole application, for any ASGI server. `script` is Streamlit's entry file."""
    return st.App(Path(script).resolve(), **parts(script))


def starting(files: Mapping[str, Listed], copies: Copies) -> Lifespan:
    """Give what happens when a server starts: packing begins, and start-up is left behind.

    As long as it runs, what is likely to be asked for next is drawn ahead.
    """

    @asynccontextmanager
    async def lifespan(_app: object) -> AsyncIterator[None]:
        give_back_early()
        dress_once()
        send_sooner()
        pack_in_background(files, copies)
        settle()
        async with drawing_ahead():
            yield

    return lifespan


def settle() -> None:
    """Put what start-up has made out of the collector's sight: it lives as long as the process.

    Collections after that look only at what visits have made.
    """
    gc.collect()
    gc.freeze()


def addresses(script: str | Path) -> list[str]:
    """List the addresses of the numbered pages beside the entry file, "" for the first."""
    files = (Path(script).resolve().parent / "pages").glob("*.py")
    found = sorted((int(m[1]), m[2]) for file in files if (m := _PAGE.fullmatch(file.name)))
    return ["", *(name for _, name in found[1:])]


def unlisted(script: str | Path) -> list[str]:
    """List the addresses of pages that no navigation and no sitemap lists: those not numbered."""
    files = (Path(script).resolve().parent / "pages").glob("*.py")
    return sorted(m[1] for file in files if (m := _UNLISTED.fullmatch(file.name)))
