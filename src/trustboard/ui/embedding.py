"""The frame that shows one chart in a page of somebody else."""

from __future__ import annotations

from typing import Final
from urllib.parse import urlencode

from trustboard.citydata import CityData
from trustboard.ui.copying import copied_text
from trustboard.ui.escape import text
from trustboard.ui.framed import NARROW, WIDE
from trustboard.ui.pages import CHART, address_of, kept_pin
from trustboard.ui.site import home

#: What a phone's page leaves beside a frame, in pixels.
_AROUND: Final = 60


def embed_text(link: str, *, title: str, heights: tuple[int, int]) -> str:
    """Build, as HTML, the frame of a chart with the button that copies it."""
    snippet = embed_snippet(link, title=title, heights=heights)
    hint = f"It grows on a phone. If your site takes out styles, make it {heights[1]} high there."
    return copied_text("embed", "Embed the chart", snippet, hint=hint)


def chart_link(city: CityData, **asked: str) -> str:
    """Give the full address of a chart by itself that is no measured table: of a verdict, a fault.

    It shows the newest, unless the visit holds to a pin.
    """
    return f"{home()}/{address_of(CHART)}?{urlencode({'city': city.slug, **asked, **kept_pin()})}"


def embed_snippet(link: str, *, title: str, heights: tuple[int, int]) -> str:
    """Write the frame that shows a chart in another page; `title` is what a screen reader says.

    `heights` are those it needs in a column of text and on a phone. It grows as the reader's screen
    gets narrower; where a site takes styles out, the first of them holds everywhere.
    """
    wide, narrow = heights
    steep = round((narrow - wide) / (WIDE - NARROW), 2)
    from_ = NARROW + _AROUND
    grown = f"clamp({wide}px,calc({narrow}px - (100vw - {from_}px)*{steep}),{narrow}px)"
    return (
        f'<iframe src="{text(f"{link}&embed=true")}" title="{text(title)}" width="100%" '
        f'height="{wide}" style="border:0;height:{grown}" loading="lazy"></iframe>'
    )
