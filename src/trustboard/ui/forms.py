"""A table drawn in another form than the chart that follows from its question: a map, a funnel.

The form and the places marked in it stand in the address of the chart's own page, so that a
citation, a link and a frame show the drawing they were taken from.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Final

from trustboard.citydata import CityData
from trustboard.exports import view_path
from trustboard.exports.addressing import Pair
from trustboard.indicator import catalogue
from trustboard.query import Query
from trustboard.tidy import CannotMeasure
from trustboard.ui import data
from trustboard.ui.embedding import embed_text
from trustboard.ui.escape import text
from trustboard.ui.framed import foot, foot_of, heights
from trustboard.ui.pages import kept_pin
from trustboard.ui.site import home

#: Names of the parameters of an address.
FORM: Final = "as"
MARKED: Final = "mark"
FUNNEL: Final = "funnel"
MAP: Final = "map"
#: Form → the indicator of all places that it draws.
DRAWN: Final[Mapping[str, str]] = {FUNNEL: "complaints-per-10000", MAP: "complaints-received"}


@dataclass(frozen=True, slots=True)
class Form:
    """What is drawn: which form, the places marked, and the words around it, not yet escaped.

    `key` is the HTML right below the drawing, `height` that of the drawing in pixels. `limits` are
    those of the drawing, besides those of its numbers; `sources` those of one without numbers.
    """

    name: str
    marked: Sequence[str]
    question: str
    said: str
    unit: str
    key: str
    height: int
    limits: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()

    @property
    def indicator(self) -> str:
        """Name the indicator that is drawn."""
        return DRAWN[self.name]

    @property
    def head(self) -> str:
        """Give, as HTML, what stands above the drawing in a frame."""
        unit = f'<p class="tb-unit">{text(self.unit)}</p>' if self.unit else ""
        return f'<h1>{text(self.question)}</h1><p class="tb-answer">{text(self.said)}</p>{unit}'


def pairs_of(form: Form | None) -> list[Pair]:
    """Give what names a form in an address; nothing for the usual chart."""
    if form is None:
        return []
    return [(FORM, form.name), *((MARKED, one) for one in form.marked)]


def form_path(city: CityData, query: Query, form: Form, *, pinned: bool) -> str:
    """Give the address of the page with exactly this drawing, as seen from the site's root."""
    return view_path(city, form.indicator, query, pinned=pinned, form=pairs_of(form))


def form_foot(city: CityData, query: Query, form: Form) -> list[str]:
    """Say, as HTML, what a framed drawing must not be read without, and whose numbers it has."""
    found = data.measured(city.slug, city.data_hash, form.indicator, query)
    if isinstance(found, CannotMeasure):
        back = form_path(city, query, form, pinned=bool(kept_pin()))
        return foot_of(city, sources=form.sources, limits=form.limits, back=back)
    lines = foot(city, catalogue()[form.indicator], query, found, form=pairs_of(form))
    return [*map(text, form.limits), *lines]


def form_embed(city: CityData, query: Query, form: Form) -> str:
    """Build, as HTML, the frame that shows a drawing on another page, as a text to be copied."""
    path = form_path(city, query, form, pinned=bool(kept_pin()))
    key = form.key.replace("</li>", "</li>\n").replace("</p>", "</p>\n").splitlines()
    tall = heights(
        city,
        title=form.question,
        body=(form.said, form.unit),
        small=[*key, *form_foot(city, query, form)],
        drawn=form.height,
    )
    return embed_text(f"{home()}/{path}", title=form.question, heights=tall)
