"""Small pieces of HTML; whatever comes from data or from an address is escaped here."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Final
from urllib.parse import urlencode

from trustboard.harmless import linked, source_link, text

__all__ = ["elsewhere", "listed", "paragraph", "table", "text", "to_page", "with_links"]

#: Longer tables are cut here, and said to be: the whole one is on the page and in its download.
LONGEST: Final = 24


def paragraph(words: object, kind: str = "") -> str:
    """Write one paragraph of plain words; nothing where there are none."""
    named = f' class="{kind}"' if kind else ""
    return f"<p{named}>{text(words)}</p>" if str(words) else ""


def to_page(page: str, label: object, **parameters: str) -> str:
    """Link to a page of the dashboard, seen from any other."""
    query = f"?{urlencode(parameters)}" if parameters else ""
    return f'<a href="./{text(page + query)}">{text(label)}</a>'


def elsewhere(label: object, url: object) -> str:
    """Link to a source, or give the bare label where the address is not plain http or https."""
    return source_link(label, url, beside=False)


def with_links(words: object) -> str:
    """Make text safe and turn the web addresses in it into links."""
    return linked(words, link=lambda address: elsewhere(address, address))


def listed(items: Iterable[str], kind: str = "") -> str:
    """Write a list of finished pieces."""
    named = f' class="{kind}"' if kind else ""
    return f"<ul{named}>{''.join(f'<li>{one}</li>' for one in items)}</ul>"


def table(heads: Sequence[str], rows: Sequence[Sequence[str]], *, caption: str) -> str:
    """Write a table of plain words; the first cell of a row names the row."""
    head = "".join(f'<th scope="col">{text(name)}</th>' for name in heads)
    body = "".join(
        f'<tr><th scope="row">{text(row[0])}</th>'
        + "".join(f"<td>{text(cell)}</td>" for cell in row[1:])
        + "</tr>"
        for row in rows[:LONGEST]
    )
    left = len(rows) - LONGEST
    more = paragraph(f"{left:,} further rows are on the full page.", "fv-soft") if left > 0 else ""
    return (
        f'<div class="fv-wide" role="region" tabindex="0" aria-label="{text(caption)}"><table>'
        f"<caption>{text(caption)}</caption><thead><tr>{head}</tr></thead>"
        f"<tbody>{body}</tbody></table></div>{more}"
    )
