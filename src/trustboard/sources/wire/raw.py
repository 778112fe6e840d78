"""Keep answers beside what was asked: a compressed body and a sidecar for each."""

from __future__ import annotations

import gzip
import hashlib
import json
import shutil
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

from trustboard.sources.contract import RawResponse

#: Never kept: what a server wants a browser to remember.
NOT_KEPT = frozenset({"set-cookie", "set-cookie2", "authorization", "x-app-token"})


def key_of(url: str) -> str:
    """Give the short name under which the answer to a request is kept."""
    return hashlib.sha256(url.encode()).hexdigest()[:16]


def write_sidecar(answer: RawResponse) -> None:
    """Write what is known of an answer; only then does the answer count as kept."""
    headers = {k: v for k, v in answer.headers.items() if k.lower() not in NOT_KEPT}
    values: dict[str, Any] = {
        "url": answer.url,
        "status": answer.status,
        "headers": headers,
        "at": answer.at.isoformat(),
        "sha256": answer.sha256,
        "size": answer.size,
        "not_modified": answer.not_modified,
        "body": answer.file.name,
    }
    partial = answer.sidecar.with_suffix(".part")
    partial.write_text(json.dumps(values, indent=1, sort_keys=True) + "\n", encoding="utf-8")
    partial.replace(answer.sidecar)


def read_sidecar(sidecar: Path) -> RawResponse | None:
    """Read one back; None if it or its body is missing or damaged."""
    try:
        values = json.loads(sidecar.read_text(encoding="utf-8"))
        answer = RawResponse(
            file=sidecar.with_name(Path(values["body"]).name),
            sidecar=sidecar,
            url=str(values["url"]),
            status=int(values["status"]),
            headers=dict(values["headers"]),
            at=datetime.fromisoformat(values["at"]),
            sha256=str(values["sha256"]),
            size=int(values["size"]),
            not_modified=bool(values["not_modified"]),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None
    return answer if _is_whole(answer) else None


def _is_whole(answer: RawResponse) -> bool:
    digest = hashlib.sha256()
    try:
        with gzip.open(answer.file) as body:
            while piece := body.read(1 << 18):
                digest.update(piece)
    except (OSError, EOFError):
        return False
    return digest.hexdigest() == answer.sha256


def copy_of(
    earlier: RawResponse, *, to: Path, headers: dict[str, str], at: datetime
) -> RawResponse:
    """Take over the body of an earlier answer that the publisher says is still the newest."""
    partial = to.with_name(to.name + ".part")
    shutil.copyfile(earlier.file, partial)
    partial.replace(to)
    return replace(
        earlier,
        file=to,
        sidecar=to.with_suffix(".json"),
        status=304,
        headers={**earlier.headers, **headers},
        at=at,
        not_modified=True,
    )
