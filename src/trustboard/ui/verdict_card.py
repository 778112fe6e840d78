"""A promise with the verdict of each of its tests; never one overall mark."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from trustboard.commitments import Commitment
from trustboard.ui.escape import link, text
from trustboard.ui.glyphs import glyph
from trustboard.verdict_states import CannotTell, Reason, Verdict, VerdictState
from trustboard.verdicts.model import AssessedCommitment, AssessedTest
from trustboard.wording import date_text, meaning, verdict_word


def who_line(commitment: Commitment) -> str:
    """Say who made a promise, when and where, with its source."""
    said = commitment.said_by
    when = date_text(commitment.said_on, commitment.said_on_precision)
    source = link(commitment.source.publisher, commitment.source.url)
    return (
        f'<p class="tb-who">{text(said.name)}, {text(said.office)} · {text(when)} · '
        f"{text(commitment.where)} · {source}</p>"
    )


def verdict_line(outcome: Any, *, headline: str = "", sentence: str = "", found: str = "") -> str:
    """Show one outcome: shape, word, and the sentence with its numbers."""
    unknown = " tb-unknown" if isinstance(outcome, CannotTell) else ""
    word = headline or outcome_word(outcome)
    lines = [f'<p class="tb-word">{text(word)}</p>']
    lines += [f"<p>{text(one)}</p>" for one in (sentence, found) if one]
    return f'<div class="tb-verdict{unknown}">{glyph(outcome)}<div>{"".join(lines)}</div></div>'


def outcome_word(outcome: Any) -> str:
    """Give the few words for any outcome of a test."""
    if isinstance(outcome, (CannotTell, Verdict)):
        return verdict_word(outcome)
    return "The two figures agree"


def promise_card(assessed: AssessedCommitment) -> str:
    """Show one commitment in a list: title, who said it, and one line per test."""
    commitment: Commitment = assessed.commitment
    lines = [_test_line(test, several=len(assessed.tests) > 1) for test in assessed.tests]
    if assessed.not_measurable is not None:
        why = assessed.not_measurable
        lines.append(verdict_line(why, sentence=why.found))
    return (
        f"<h3>{text(commitment.title)}</h3>{who_line(commitment)}"
        f"<p>{text(commitment.statement)}</p>{''.join(lines)}"
    )


def _test_line(test: AssessedTest, *, several: bool) -> str:
    sentence = test.outcome.found if isinstance(test.outcome, CannotTell) else test.sentence
    question = f'<p class="tb-asked">{text(test.test.question)}</p>' if several else ""
    return question + verdict_line(test.outcome, headline=test.headline, sentence=sentence)


def key_to_shapes() -> str:
    """Show every shape with its word, in the order of the alphabet: none is above another."""
    entries: list[Any] = [Verdict(state) for state in VerdictState]
    entries.append(Verdict(VerdictState.NOT_KEPT, part_way=True))
    entries.append(CannotTell(Reason.NOT_PUBLISHED, "not published", "publication"))
    words = [(outcome_word(e) if isinstance(e, Verdict) else "Cannot tell", e) for e in entries]
    items = "".join(
        f"<li>{glyph(entry)}<span>{text(word)}</span></li>" for word, entry in sorted_by_word(words)
    )
    return f'<ul class="tb-key">{items}</ul>'


def sorted_by_word(words: Sequence[tuple[str, Any]]) -> list[tuple[str, Any]]:
    """Sort by the printed word alone; outcomes themselves have no order."""
    return sorted(words, key=lambda pair: pair[0])


def meanings_of() -> list[tuple[str, str]]:
    """List every verdict and every reason with its meaning, for the methods page."""
    outcomes: list[Any] = [Verdict(state) for state in VerdictState]
    outcomes.append(Verdict(VerdictState.NOT_KEPT, part_way=True))
    outcomes += [CannotTell(reason, "-", "-") for reason in Reason]
    return [(verdict_word(one), meaning(one)) for one in outcomes]
