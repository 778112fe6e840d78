"""One place: who lives there, where it lies, and how it compares with the rest of the city."""

from __future__ import annotations

from functools import partial

import pandas as pd
import streamlit as st

from trustboard.against_city import AgainstCity, against_city
from trustboard.citydata import CityData
from trustboard.figures import figure_of, funnel
from trustboard.query import Query
from trustboard.tidy import CannotMeasure, Measured
from trustboard.ui import data
from trustboard.ui.address import pick, show_notes
from trustboard.ui.chart_block import ask, chart, show_measured, source_and_limits, table_expander
from trustboard.ui.escape import markdown, text
from trustboard.ui.events import show_events
from trustboard.ui.frame import absent_files, headline, html
from trustboard.ui.html_table import html_table
from trustboard.ui.marks import promise_marks
from trustboard.ui.missing import why_missing
from trustboard.ui.pages import COMMITMENTS
from trustboard.ui.place_map import draw_map, map_places
from trustboard.ui.replay import replayed
from trustboard.ui.take_away import figure_name, take_away
from trustboard.wording import amount, whole
from trustboard.wording.places import place_answer


def show_neighborhood(city: CityData) -> None:
    """Let a visitor pick a place and show its profile."""
    places = city.places
    word = city.city.places.singular
    if places.empty:
        headline(f"No {word} is published", city.city.about, kicker=city.city.name)
        absent_files(city)
        return
    names = {str(one): str(places.loc[one, "name"]) for one in places.index}
    names = dict(sorted(names.items(), key=lambda pair: _natural(pair[1])))
    chosen = pick("place", word.capitalize(), names, default=next(iter(names)))
    show_notes()
    headline(names[chosen], _about(city, chosen), kicker=f"{city.city.name} · {word}")
    absent_files(city)
    key = (chosen, city.outlines)
    replayed("place", city, *key, draw=lambda: _profile(city, chosen, names[chosen]))
    _promises(city, chosen, names[chosen])


def _profile(city: CityData, place: str, name: str) -> None:
    _where(city, place)
    _against_rest(city, place, name)
    for indicator in ("complaints-received", "outreach-events"):
        _over_time(city, indicator, place, name)
    show_events(city, place=place, name=name)


def _promises(city: CityData, place: str, name: str) -> None:
    """Link to the promises that name this place."""
    named = [one for one in city.commitments if place in one.places]
    if not named:
        return
    ask(f"What was promised about {name}?")
    for one in named:
        html(f"<p>{text(one.statement)}</p>")
        with st.container(key=f"evidence_{one.id}"):
            st.page_link(
                COMMITMENTS,
                label=markdown(f"Evidence: {one.title}"),
                query_params={"city": city.slug, "commitment": one.id},
            )


def _natural(name: str) -> tuple[str, int]:
    """Sort names by their words, then by the number at their end."""
    head, _, tail = name.rpartition(" ")
    return (head, int(tail)) if tail.isdigit() else (name, 0)


def _about(city: CityData, place: str) -> str:
    row = city.places.loc[place]
    parts = []
    people = row.get("population")
    if people is not None and pd.notna(people):
        year = row.get("population_year")
        when = f" ({year})" if year is not None and pd.notna(year) else ""
        parts.append(f"{whole(people)} residents{when}")
    district = row.get("district_id")
    if district is not None and pd.notna(district) and str(district) != place:
        parts.append(_district(str(district)))
    said = ", ".join(parts)
    doubt = row.get("rates_ok")
    if doubt is not None and pd.notna(doubt) and not bool(doubt):
        said += ". The number of residents is unreliable here, so only counts are shown, no rates"
    return f"{said[:1].upper()}{said[1:]}." if said else "Residents are not published."


def _district(district: str) -> str:
    """Write a district's id out: "police district 3", "Foundry Point district"."""
    if district[:1].isdigit():
        return f"police district {district}"
    return f"{district.replace('-', ' ').replace('_', ' ').title()} district"


def _where(city: CityData, place: str) -> None:
    """Show the map, shaded by complaints where they are published, and the same as a table."""
    found = data.measured(city.slug, city.data_hash, "complaints-received", Query(by=("place",)))
    counts = found.table[["place", "n"]] if isinstance(found, Measured) else None
    drawn = map_places(city, counts)
    figure = draw_map(city, drawn, chosen=place)
    name = str(city.places.loc[place, "name"])
    shaded = "Darker means more complaints in all; places with more residents have more."
    ask(
        f"Where is {name}?",
        "It has the heavy frame. " + (shaded if counts is not None else "Nothing is shaded: "
        "complaints by place are not published."),
    )  # fmt: skip
    if figure is None:
        html("<p>No map of these places can be drawn here; the table lists them.</p>")
    else:
        chart(
            figure, alt=f"Map of {city.city.name} with {name} marked. The table lists all places."
        )
    rows = [
        [row["name"], row["short"], whole(row["n"]) if pd.notna(row["n"]) else "–"]
        for _, row in drawn.iterrows()
    ]
    heads = [city.city.places.singular.capitalize(), "On the map", "Complaints"]
    caption = f"Every {city.city.places.singular} on the map"
    table_expander(html_table(heads, rows, caption=caption, numeric=[2]), label="The map in words")
    if city.city.places.population_note:
        html(f'<p class="tb-soft">{text(city.city.places.population_note)}</p>')


def _against_rest(city: CityData, place: str, name: str) -> None:
    query = Query(by=("place",))
    found = data.measured(city.slug, city.data_hash, "complaints-per-10000", query)
    question = f"Are complaints in {name} more frequent than in the rest of {city.city.name}?"
    if isinstance(found, CannotMeasure):
        ask(question)
        why_missing(city, found)
        return
    compared = against_city(found, comparable=_comparable(city))
    said = place_answer(compared.row(place), name=name, places=len(compared.table))
    ask(question, said)
    if not compared.table.empty:
        unit = "Each dot is a place. Between the lines lies what is expected of places here"
        html(f'<p class="tb-unit">{text(unit)}</p>')
        saved = figure_name(city, found.indicator, query)
        chart(funnel(compared.table, chosen=place), alt=said, name=saved)
    table_expander(_funnel_table(compared))
    html(take_away(city, found.indicator, query, drawn=not compared.table.empty))
    source_and_limits(found.sources, (*found.caveats, *_limits(compared)), measured=found)


def _comparable(city: CityData) -> frozenset[str]:
    """Name the places with enough residents, reliably counted, to be given a rate."""
    places = city.places
    population = places.get("population", pd.Series(index=places.index, dtype="float64"))
    reliable = places.get("rates_ok", pd.Series(True, index=places.index))
    reliable = reliable.astype("boolean").fillna(True)
    return frozenset(places.index[reliable & (population.fillna(0) >= 1000)])


def _limits(compared: AgainstCity) -> tuple[str, ...]:
    said = ["Residents are not the only people that police meet in a place."]
    if compared.overdispersed:
        said.append("Places differ by more than chance; the limits were widened to allow for it.")
    return tuple(said)


def _funnel_table(compared: AgainstCity) -> str:
    rows = [
        [row["name"], whole(row["observed"]), amount(round(row["expected"], 1)), row["standing"]]
        for _, row in compared.table.iterrows()
    ]
    heads = ["Place", "Complaints", "Expected", "Against chance"]
    caption = "In the city’s own order; “within” means that chance alone could explain it"
    return html_table(heads, rows, caption=caption, numeric=[1, 2])


def _over_time(city: CityData, indicator: str, place: str, name: str) -> None:
    query = Query(by=("year",), filters=(("place", (place,)),))
    found = data.measured(city.slug, city.data_hash, indicator, query)
    topic = "complaints" if indicator == "complaints-received" else "outreach events"
    question = f"How many {topic} in {name}?"
    if isinstance(found, CannotMeasure):
        ask(question)
        why_missing(city, found)
        return
    draw = partial(figure_of, statements=promise_marks(city, indicator))
    take, saved = take_away(city, indicator, query), figure_name(city, indicator, query)
    show_measured(found, draw=draw, question=question, take=take, name=saved)
