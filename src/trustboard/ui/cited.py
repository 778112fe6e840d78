"""What others said or did about a promise: evidence, the official's reply, challenges."""

from __future__ import annotations

from trustboard.commitments import Challenge, Citation, Commitment, Evidence, Reply
from trustboard.ui.chart_block import ask
from trustboard.ui.escape import link, text
from trustboard.ui.frame import html
from trustboard.wording import date_text


def evidence_list(evidence: tuple[Evidence, ...]) -> str:
    """List what was found, each with its date, its source and how sure it is."""
    items = []
    for one in sorted(evidence, key=lambda e: (e.on is None, e.on)):
        when = date_text(one.on, one.precision)
        counted = "" if one.counts else " · context only, not counted"
        items.append(
            f"<li>{text(one.what)} <br><span class='tb-soft'>{text(when)} · "
            f'<span class="tb-tag">{text(one.status)}</span>{counted} · '
            f"{cite(one.source)}</span></li>"
        )
    return f'<h3>What was found</h3><ul class="tb-evidence">{"".join(items)}</ul>'


def cite(source: Citation) -> str:
    """Name a source as a link, with any doubt about it."""
    said = link(f"{source.publisher}" + (f", {source.title}" if source.title else ""), source.url)
    doubt = "" if source.certainty == "read" else f" ({source.certainty.replace('_', ' ')})"
    return said + text(doubt)


def answers(commitment: Commitment) -> None:
    """Show what the official replied, and what was objected."""
    if commitment.reply is not None:
        ask("What did the official answer?")
        html(_reply(commitment.reply))
    if commitment.challenges:
        ask("What was objected?")
        html(*(_challenge(one) for one in commitment.challenges))


def _reply(reply: Reply) -> str:
    return (
        f'<p>{text(reply.text)}</p><p class="tb-who">{text(date_text(reply.on))} · '
        f"{cite(reply.source)}</p>"
    )


def _challenge(challenge: Challenge) -> str:
    said = f"<p>{text(challenge.text)}</p>"
    who = f"{challenge.by}, {date_text(challenge.on)}"
    came = challenge.resolution or "Not resolved yet."
    came = f"<p><strong>What came of it:</strong> {text(came)}</p>"
    return f'{said}<p class="tb-who">{text(who)}</p>{came}'
