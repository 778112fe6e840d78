"""A map of a city's places to see where one lies, with a list that says the same in words."""

from __future__ import annotations

from collections.abc import Sequence

import pandas as pd
import plotly.graph_objects as go

from trustboard.citydata import CityData
from trustboard.figures import boundary_map, outlined, tile_map
from trustboard.ui.map_key import steps_of
from trustboard.wording import whole


def map_places(city: CityData, counts: pd.DataFrame | None) -> pd.DataFrame:
    """Give what a map needs: one row per place, shaded by a count where there is one.

    `counts` has `place` and `n`. Steps are fifths of the largest count; zero is the lightest.
    """
    places = city.places
    frame = pd.DataFrame(
        {
            "place": places.index.astype("str"),
            "name": places["name"].astype("str").to_numpy(),
            "tile_row": places.get("tile_row", pd.Series(index=places.index, dtype="float64")),
            "tile_col": places.get("tile_col", pd.Series(index=places.index, dtype="float64")),
        }
    ).reset_index(drop=True)
    frame["short"] = [
        _short(one, name) for one, name in zip(frame["place"], frame["name"], strict=True)
    ]
    known = {} if counts is None else dict(zip(counts["place"], counts["n"], strict=True))
    frame["n"] = frame["place"].map(known).astype("float64")
    frame["step"] = steps_of(frame["n"])
    frame["words"] = [_words(*one) for one in zip(frame["name"], frame["n"], strict=True)]
    return frame


def _short(place: str, name: str) -> str:
    """Give at most three characters: a number or code as it is, else the initials."""
    if len(place) <= 3:
        return place
    initials = "".join(word[0] for word in name.split() if word[:1].isalpha())
    return initials[:3].upper() if len(initials) > 1 else name[:3]


def _words(name: str, n: float) -> str:
    return name if pd.isna(n) else f"{name}: {whole(n)}"


def draw_map(city: CityData, places: pd.DataFrame, *, chosen: Sequence[str]) -> go.Figure | None:
    """Draw the map the city describes: boundaries where they are here, else squares.

    None where it describes neither.
    """
    described = city.city.places.map
    if described is None:
        return None
    if city.boundaries is not None and described.id_property:
        return boundary_map(
            city.boundaries, places, id_property=described.id_property, chosen=chosen
        )
    tiles = _with_tiles(places)
    return None if tiles.empty else tile_map(tiles, chosen=chosen)


def places_drawn(city: CityData, places: pd.DataFrame) -> frozenset[str]:
    """Give the ids of the places that `draw_map` draws; none where it draws nothing."""
    described = city.city.places.map
    if described is None:
        return frozenset()
    if city.boundaries is not None and described.id_property:
        return outlined(city.boundaries, id_property=described.id_property)
    return frozenset(_with_tiles(places)["place"])


def _with_tiles(places: pd.DataFrame) -> pd.DataFrame:
    return places[places["tile_row"].notna() & places["tile_col"].notna()]
