"""One table being fetched: ask through the client, keep each answer, go on where it stopped."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from io import BufferedIOBase
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlencode

from trustboard.naming import find_name
from trustboard.sources.base import Fetch
from trustboard.sources.contract import Fetched, Progress, RawResponse
from trustboard.sources.refusals import (
    DamagedAnswerError,
    DeclaredWronglyError,
    EmptyAnswerError,
    FetchRefusedError,
    RefusedByPublisherError,
)
from trustboard.sources.table_file import READ_WHOLE, kind_of, write_bytes, write_rows

if TYPE_CHECKING:
    from trustboard.sources.wire.body import Expect
    from trustboard.sources.wire.client import Client

Answers = dict[str, RawResponse]


class Part:
    """The progress of one answer among several, whose size says nothing of the whole."""

    def __init__(self, inner: Progress) -> None:
        self.add, self.say = inner.add, inner.say

    def expect(self, *, rows: int | None = None, bytes: int | None = None) -> None:
        """Do nothing."""


@dataclass
class Job:
    """What a type needs to fetch its table."""

    declared: Fetch
    table_file: Path
    raw_folder: Path
    client: Client
    progress: Progress
    folder: Path | None = None
    earlier: Answers = field(default_factory=dict)
    kept: Answers = field(default_factory=dict)  # of an interrupted fetch into the same folder
    answers: list[RawResponse] = field(default_factory=list)

    @property
    def table_kind(self) -> str:
        """Give the ending of the table's file, such as `.csv`."""
        return kind_of(self.table_file)

    def get(
        self,
        address: str,
        *,
        expect: Expect,
        params: Mapping[str, str] | None = None,
        secret: Mapping[str, str] | None = None,
        anew: bool = False,
        whole: bool = False,
    ) -> RawResponse:
        """Ask for one answer, or take the one that an interrupted fetch already has.

        `secret` holds headers that are sent and never kept; `anew` asks in any case; `whole` says
        that this one answer is all there is, so that its size is that of the fetch.
        """
        from trustboard.sources.wire.client import Ask
        from trustboard.sources.wire.raw import key_of

        url = f"{address}?{urlencode(params)}" if params else address
        answer = None if anew else self.kept.get(url)
        if answer is None:
            target = self.raw_folder / f"{key_of(url)}.gz"
            ask = Ask(
                url=url,
                hosts=self.declared.hosts(),
                target=target,
                expect=expect,
                secret=secret or {},
                earlier=self.earlier.get(url),
            )
            answer = self.client.get(ask, progress=self.progress if whole else Part(self.progress))
        self.answers = [a for a in self.answers if a.file != answer.file] + [answer]
        return answer

    def get_json(self, address: str, **asked: Any) -> Any:
        """Ask for JSON; numbers stay as the publisher wrote them (text)."""
        answer = self.get(address, expect="json", **asked)
        with answer.open() as body:
            try:
                return json.load(body, parse_float=str, parse_int=str)
            except (ValueError, RecursionError) as error:
                answer.sidecar.unlink(missing_ok=True)  # not to be taken for a good one next time
                raise DamagedAnswerError(
                    asked=answer.url,
                    came=f"JSON that is cut off or damaged ({str(error)[:120]})",
                    fix="Try again later; if it stays so, tell the publisher.",
                ) from error

    def keep_pages_of(self, version: str) -> None:
        """Go on with the pages of an interrupted fetch only if they are of this same version.

        `version` is whatever tells one state of the publisher's table from the next. Pages are
        never used on another day.
        """
        state = self.raw_folder / "state.json"
        mark = json.dumps([self.declared.model_dump_json(), version, str(self.client.now().date())])
        same = state.is_file() and state.read_text(encoding="utf-8") == mark
        if same and self.kept:
            self.progress.say(f"going on where an earlier fetch stopped: {len(self.kept)} answers")
        elif not same:
            self.kept = {}
        state.write_text(mark, encoding="utf-8")

    def columns_left(self, wanted: Sequence[str], *, there: Sequence[str]) -> tuple[str, ...]:
        """Give the publisher's names of those wanted columns that it still has.

        Where some are gone since an earlier fetch, that is said and the others are fetched: the
        version is kept, and whoever compares it with the one before sees what it lost. A first
        fetch is refused with `RefusedByPublisherError`, which names the columns there are.
        """
        found = {name: find_name(name, there) for name in wanted}
        gone = ", ".join(repr(name) for name, one in found.items() if one is None)
        left = tuple(one for one in found.values() if one is not None)
        if gone and not (self.earlier and left):
            raise RefusedByPublisherError(
                asked=self.answers[-1].url,
                came=f"a table without the column {gone}",
                fix="Check `fetch` in city.yml. "
                f"Its columns: {', '.join(sorted(there))[:600] or 'none'}.",
            )
        if gone:
            self.progress.say(f"the publisher no longer has the column {gone}")
        return left

    def set_aside(self, answer: RawResponse) -> None:
        """Do not keep an answer that served only to find out what can be asked."""
        self.answers = [one for one in self.answers if one.file != answer.file]

    def finish_rows(
        self, columns: Sequence[str], rows: Iterable[Sequence[str]], *, notes: Sequence[str] = ()
    ) -> Fetched:
        """Write the table row by row and hand everything back."""
        if self.table_kind != ".csv":
            raise self.wrong_ending(".csv")
        count = write_rows(self.table_file, columns=columns, rows=rows)
        return self.finish(count, tuple(columns), notes=tuple(notes))

    def finish_bytes(self, body: BufferedIOBase, *, asked: str) -> Fetched:
        """Write the table as the publisher's own bytes and hand everything back."""
        limits = self.client.limits
        largest = limits.page if self.table_kind in READ_WHOLE else limits.unpacked
        shape = write_bytes(self.table_file, body, asked=asked, largest=largest)
        return self.finish(shape.rows, shape.columns)

    def finish(
        self, rows: int | None, columns: tuple[str, ...], *, notes: tuple[str, ...] = ()
    ) -> Fetched:
        """Hand everything back, unless nothing came where something should have."""
        asked = self.answers[0].url if self.answers else self.table_file.name
        if rows == 0 and not self.declared.may_be_empty:
            self.table_file.unlink(missing_ok=True)
            raise EmptyAnswerError(
                asked=asked,
                came="a table without a single row",
                fix="If that can be so, write `may_be_empty: true` under `fetch` in city.yml.",
            )
        self.forget(keep=self.answers)
        unchanged = bool(self.answers) and all(map(self._is_known, self.answers))
        return Fetched(self.table_file, tuple(self.answers), rows, columns, unchanged, notes)

    def _is_known(self, answer: RawResponse) -> bool:
        earlier = self.earlier.get(answer.url)
        return answer.not_modified or (earlier is not None and earlier.sha256 == answer.sha256)

    def forget(self, *, keep: Sequence[RawResponse] = ()) -> None:
        """Remove what was kept for going on, and every answer that is not among these."""
        kept = {path for answer in keep for path in (answer.file, answer.sidecar)}
        for path in self.raw_folder.iterdir():
            if path.is_file() and path not in kept:
                path.unlink()

    def wrong_ending(self, *possible: str) -> FetchRefusedError:
        """Make the refusal of a table file whose ending does not fit this type."""
        kinds = " or ".join(f"{kind}{gz}" for kind in possible for gz in ("", ".gz"))
        return DeclaredWronglyError(
            asked=f"for {self.table_file.name}",
            came=f"a table that is written as {kinds}",
            fix="Change the table's `file` in city.yml.",
        )


def as_text(value: Any) -> str:
    """Write one JSON value as the text a CSV would hold ("" for null)."""
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
