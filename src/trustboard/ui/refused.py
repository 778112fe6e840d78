"""Why a block cannot be shown for what was chosen, in the words of the page."""

from __future__ import annotations

from trustboard.citydata import CityData
from trustboard.groups import names_of
from trustboard.listing import together
from trustboard.query import NoSuchValueError, Query, QueryError
from trustboard.ui.escape import text


def refused(city: CityData, query: Query, refusal: QueryError) -> str:
    """Say, as HTML, why a question cannot be asked, by printed names.

    The message of a refusal is for the API and the command line: it names ids.
    """
    why = "This question cannot be asked that way."
    if isinstance(refusal, NoSuchValueError):
        why = _none_has(city, refusal.group, query, known=refusal.known)
    return f'<p class="tb-note">Not for this choice. {text(why)}</p>'


def _none_has(city: CityData, group: str, query: Query, *, known: tuple[str, ...]) -> str:
    lacking = [one for one in query.kept(group) if one not in known]
    names = names_of(city, group, lacking).values()
    words = {"place": city.city.places.singular, "filed_by": "group of filers"}
    word = words.get(group, group.replace("_", " "))
    named = together([f"“{name}”" for name in names], word="or")
    return f"Nothing that is counted here has the {word} {named}."
