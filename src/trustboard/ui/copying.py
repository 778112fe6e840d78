"""The pieces of a "Take it away" row: links, and texts that are copied with one click.

What a script does with them is in `serving/take_away.js`; without the script every text can still
be selected with one click.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import lru_cache

from trustboard.exports import Citation
from trustboard.ui.escape import text


def take_row(
    links: Sequence[str],
    texts: Sequence[str],
    *,
    label: str,
    summary: str,
    picture: tuple[str, str] | None = None,
) -> str:
    """Build a row: what one click does, and texts that are shown when asked for.

    `label` says for screen readers what is taken away; `picture` is the name of the file that the
    chart above is saved as, by which the script finds it, and the title over it. Links and texts
    are HTML.
    """
    saved = ""
    if picture is not None:
        name, title = map(text, picture)
        saved = f' data-figure="{name}" data-title="{title}"'
    items = "".join(f"<li>{one}</li>" for one in links)
    return (
        f'<div class="tb-take" role="group" aria-label="{text(f"Take away: {label}")}"{saved}>'
        f'<p class="tb-take-name">Take it away</p><ul>{items}</ul>'
        f"<details><summary>{text(summary)}</summary>{''.join(texts)}</details></div>"
    )


def copy_citation() -> str:
    """Build the button that copies the row's citation."""
    return button("copy", "Copy citation", part="citation")


def save_chart() -> list[str]:
    """Build the buttons that save the chart above the row."""
    return [
        button("png", "PNG", "Save the chart as PNG"),
        button("svg", "SVG", "Save the chart as SVG"),
    ]


def cited_texts(cited: Citation, *, link: str) -> list[str]:
    """Build the texts of a citation: plain, as BibTeX, and its link."""
    return [
        copied_text("citation", "Citation", cited.plain),
        copied_text("bibtex", "BibTeX", cited.bibtex.strip()),
        copied_text("link", "Link to this view", link),
    ]


def copied_text(part: str, label: str, words: str, *, hint: str = "") -> str:
    """Build a text with a button that copies it; `part` names it within the row."""
    head = _copied_head(part, label, hint)
    return f'{head}<pre data-part="{part}" tabindex="0">{text(words)}</pre></div>'


@lru_cache(maxsize=256)  # the same above every text of a kind
def _copied_head(part: str, label: str, hint: str) -> str:
    said = f" <span>{text(hint)}</span>" if hint else ""
    return (
        f'<div class="tb-take-part"><p><strong>{text(label)}</strong>'
        f"{button('copy', 'Copy', f'Copy: {label}', part=part)}{said}</p>"
    )


def link_to(address: str, label: str) -> str:
    """Build a link within the site; the address is not yet escaped."""
    return f'<a href="{text(address)}">{text(label)}</a>'


def file_line(address: str, label: str) -> str:
    """Build a line that hands out one file."""
    return f'<p class="tb-file">{link_to(address, label)}</p>'


@lru_cache(maxsize=64)  # there are few, and every block has the same ones
def button(what: str, label: str, said: str = "", *, part: str = "") -> str:
    """Build a button for the script; `said` is read out in place of a label that is too short."""
    named = f' aria-label="{text(said)}"' if said else ""
    of = f' data-of="{part}"' if part else ""
    return f'<button type="button" data-take="{what}"{of}{named}>{text(label)}</button>'
