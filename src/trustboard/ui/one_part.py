"""The charts of one fault of a city's data by themselves: on their own page, or in a frame."""

from __future__ import annotations

import streamlit as st

from trustboard.citydata import CityData
from trustboard.quality import Part
from trustboard.ui import data
from trustboard.ui.frame import absent_files, embedded, headline, html
from trustboard.ui.framed import foot_html
from trustboard.ui.quality import draw_part, show_part
from trustboard.ui.replay import replayed
from trustboard.ui.take_quality import quality_foot
from trustboard.view import only


def show_one_part(city: CityData) -> None:
    """Show what the address names by `quality`, whole or as a frame shows it."""
    parts = data.quality(city.slug, city.data_hash).parts
    part = parts.get(only(st.query_params.get_all("quality")))
    if part is None:
        headline("There is no such chart", "No other is shown in its place.", kicker=city.city.name)
    elif embedded():
        replayed("framed quality", city, part.id, draw=lambda: _framed(city, part))
    else:
        said = "One of the faults of the data that are counted and handed out."
        headline("What is wrong with the data", said, kicker=city.city.name)
        absent_files(city)
        show_part(city, part)


def _framed(city: CityData, part: Part) -> None:
    """Show the question, its answer, its charts and their source, and nothing around them."""
    draw_part(part, city, framed=True)
    html(foot_html(quality_foot(part, city)))
