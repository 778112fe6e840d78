"""A promise with the verdict of each of its tests; never one overall mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trustboard.commitments import Commitment
from trustboard.ui.escape import link, text
from trustboard.ui.glyphs import glyph
from trustboard.verdict_states import CannotTell, Reason, Verdict, VerdictState
from trustboard.wording import date_text, verdict_word


def who_line(commitment: Commitment, *, cited: bool = True, with_office: bool = True) -> str:
    """Say who made a promise, when and where; with its source where it is `cited`."""
    said = commitment.said_by
    when = date_text(commitment.said_on, commitment.said_on_precision)
    who = f"{said.name}, {said.office}" if with_office else said.name
    parts = [text(who), text(when), text(commitment.where)]
    if cited:
        parts.append(link(commitment.source.publisher, commitment.source.url))
    return f'<p class="tb-who">{" · ".join(parts)}</p>'


def verdict_line(outcome: Any, *, headline: str = "", sentence: str = "", found: str = "") -> str:
    """Show one outcome: shape, word, and the sentence with its numbers."""
    unknown = " tb-unknown" if isinstance(outcome, CannotTell) else ""
    word = headline or outcome_word(outcome)
    lines = [f'<p class="tb-word">{text(word)}</p>']
    lines += [f"<p>{text(one)}</p>" for one in (sentence, found) if one]
    return f'<div class="tb-verdict{unknown}">{glyph(outcome)}<div>{"".join(lines)}</div></div>'


def short_line(outcome: Any, *, word: str, said: str, address: str = "") -> str:
    """Show one outcome in a list: shape, word, and the question (or the reason) behind it.

    `address` makes the question a link; it is escaped here.
    """
    unknown = " tb-unknown" if isinstance(outcome, CannotTell) else ""
    asked = f'<a href="{text(address)}">{text(said)}</a>' if address else text(said)
    spoken = f'<span class="tb-short">{text(word)}.</span> {asked}'
    return f'<li class="tb-line{unknown}">{glyph(outcome)}<p>{spoken}</p></li>'


def outcome_word(outcome: Any) -> str:
    """Give the few words for any outcome of a test."""
    if isinstance(outcome, (CannotTell, Verdict)):
        return verdict_word(outcome)
    return "The two figures agree"


def key_to_shapes() -> str:
    """Show every shape with its word, in the order of the alphabet: none is above another."""
    unknown = CannotTell(Reason.NOT_PUBLISHED, "not published", "publication")
    words = [(verdict_word(one), one) for one in _verdicts()]
    items = "".join(
        f"<li>{glyph(entry)}<span>{text(word)}</span></li>"
        for word, entry in sorted_by_word([*words, ("Cannot tell", unknown)])
    )
    return f'<ul class="tb-key">{items}</ul>'


def shapes_by_word() -> dict[str, str]:
    """Give the shape of every verdict by its word, for tables that name it."""
    return {verdict_word(one): glyph(one) for one in _verdicts()}


def sorted_by_word(words: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Sort by the printed word alone; outcomes themselves have no order."""
    return sorted(words, key=lambda pair: pair[0])


def _verdicts() -> list[Verdict]:
    every = [Verdict(state) for state in VerdictState]
    return [*every, Verdict(VerdictState.NOT_KEPT, part_way=True)]
