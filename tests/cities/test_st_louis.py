"""Facts about St. Louis that must hold, read from the repository's own files only."""

from __future__ import annotations

import re
from pathlib import Path

import pandas as pd
import pytest

from trustboard.city import City
from trustboard.commitments import (
    AgreementTest,
    ChangeTest,
    Commitment,
    CommitmentsFile,
    CoverageTest,
    DeliveryTest,
    FigureChangeTest,
    ThresholdTest,
)
from trustboard.load import load_city
from trustboard.terms import EVENT_KINDS, EVENT_STATUS, EVIDENCE, PLACE_KINDS
from trustboard.yaml_file import YamlFile, read_yaml

FOLDER = Path(__file__).parents[2] / "data" / "st-louis"
OUTREACH_INDICATORS = {
    "outreach-events",
    "places-reached",
    "months-without-event",
    "outreach-where-complaints",
}
COMPLAINT_INDICATORS = {
    "complaints-received",
    "complaints-per-10000",
    "findings",
    "sustained-within-12-months",
    "still-open",
    "closed-within-180-days",
    "discipline-after-sustained",
}


def _table(name: str) -> pd.DataFrame:
    return pd.read_csv(FOLDER / "published" / f"{name}.csv", dtype=str, keep_default_na=False)


def _yaml(name: str) -> object:
    found = read_yaml(FOLDER / name, name=name)
    assert isinstance(found, YamlFile), found
    return found.values


@pytest.fixture(scope="module")
def city() -> City:
    return City.model_validate(_yaml("city.yml"))


@pytest.fixture(scope="module")
def commitments() -> tuple[Commitment, ...]:
    return CommitmentsFile.model_validate(_yaml("commitments.yml")).commitments


@pytest.fixture(scope="module")
def figures() -> pd.DataFrame:
    frame = _table("figures").set_index("figure_id")
    assert frame.index.is_unique
    return frame


def test_the_city_is_read_without_a_problem_and_keeps_every_row() -> None:
    found = load_city("st-louis", data=FOLDER.parent)
    assert [one.sentence() for one in found.problems] == []
    kept = {name: table.accounting.kept for name, table in found.tables.items()}
    assert kept == {"places": 88, "outreach": 39, "figures": 173 + 120 + 24}
    assert len(found.commitments) == 25


def test_there_are_79_neighborhoods_and_9_parks() -> None:
    kinds = _table("places")["place_kind"].value_counts()
    assert kinds.to_dict() == {"neighborhood": 79, "park": 9}
    assert set(kinds.index) <= set(PLACE_KINDS)


def test_places_are_numbered_1_to_88_as_the_city_numbers_them() -> None:
    assert _table("places")["place_id"].tolist() == [str(n) for n in range(1, 89)]


def test_every_neighborhood_has_a_tile_of_its_own_and_no_park_has_one() -> None:
    places = _table("places")
    parks = places["place_kind"] == "park"
    assert (places.loc[parks, ["tile_row", "tile_col"]] == "").all(axis=None)
    tiles = places.loc[~parks, ["tile_row", "tile_col"]].astype(int)
    assert not tiles.duplicated().any()
    assert tiles.min().tolist() == [1, 1]
    assert tiles.max().tolist() == [15, 9]


@pytest.mark.parametrize("district", ["1", "2", "3", "4", "5", "6"])
def test_the_tiles_of_a_police_district_hang_together(district: str) -> None:
    places = _table("places")
    places = places[(places["district_id"] == district) & (places["tile_row"] != "")]
    tiles = set(zip(places["tile_row"].astype(int), places["tile_col"].astype(int), strict=True))
    reached = {min(tiles)}
    while more := {
        (row, col)
        for row, col in tiles - reached
        if any(abs(row - r) <= 1 and abs(col - c) <= 1 for r, c in reached)
    }:
        reached |= more
    assert reached == tiles


def test_rates_are_refused_exactly_where_residents_cannot_be_estimated() -> None:
    places = _table("places").query("place_kind == 'neighborhood'")
    refused = set(places.loc[places["rates_ok"] == "no", "name"])
    assert refused == {
        "Near North Riverfront",
        "Kosciusko",
        "Mark Twain I-70 Industrial",
        "North Riverfront",
    }
    assert (places["population"].astype(int) > 0).all()


def test_seven_neighborhoods_are_named_as_split_between_districts() -> None:
    places = _table("places")
    split = places.loc[places["note"].str.startswith("Split between"), "place_id"]
    assert split.tolist() == ["7", "16", "55", "56", "64", "66", "67"]


def test_of_39_events_32_were_held_3_had_no_police_and_4_were_only_announced() -> None:
    events = _table("outreach")
    assert events["event_id"].tolist() == [f"E{n:02d}" for n in range(1, 40)]
    counts = events["event_status"].value_counts().to_dict()
    assert counts == {"held": 32, "absent": 3, "announced": 4}


def test_events_use_only_known_terms_and_an_announced_event_is_never_called_more() -> None:
    events = _table("outreach")
    assert set(events["event_kind"]) <= set(EVENT_KINDS)
    assert set(events["event_status"]) <= set(EVENT_STATUS)
    assert set(events["evidence"]) <= set(EVIDENCE)
    assert ((events["event_status"] == "announced") == (events["evidence"] == "announced")).all()


def test_verified_events_name_more_than_one_publisher() -> None:
    events = _table("outreach").query("evidence == 'verified'")
    assert events["event_id"].tolist() == ["E17", "E33"]
    assert events["publisher"].str.contains(";").all()


def test_event_places_are_on_the_list_and_their_districts_agree_with_it() -> None:
    events = _table("outreach")
    district = _table("places").set_index("place_id")["district_id"]
    placed = events[~events["place_id"].isin(["", "outside"])]
    assert (placed["place_id"].map(district) == placed["district_id"]).all()


def test_event_dates_are_days_and_say_how_precise_they_are() -> None:
    events = _table("outreach")
    days = pd.to_datetime(events["held_on"], format="%Y-%m-%d")
    assert (days[events["date_precision"] != "day"].dt.day == 1).all()
    assert events["date_precision"].value_counts().to_dict() == {"day": 31, "month": 7, "year": 1}


def test_all_173_printed_figures_are_there(figures: pd.DataFrame) -> None:
    printed = [name for name in figures.index if name.startswith("F")]
    assert printed == [f"F{n:03d}" for n in range(1, 174)]


def test_figures_that_are_not_one_number_keep_their_wording_only(figures: pd.DataFrame) -> None:
    for name, wording in {"F014": "23-2", "F012": "2016-05-09", "F156": "25-40"}.items():
        assert figures.loc[name, ["value", "value_as_published"]].tolist() == ["", wording]
    assert (figures["value_as_published"] != "").all()


def test_figure_periods_are_days_in_order_or_left_open(figures: pd.DataFrame) -> None:
    start, end = (
        pd.to_datetime(figures[name].replace("", None), format="%Y-%m-%d")
        for name in ("period_from", "period_to")
    )
    assert (start.isna() == end.isna()).all()
    assert (start <= end)[start.notna()].all()


def test_a_series_has_one_figure_per_period_in_one_unit_for_one_place(
    figures: pd.DataFrame,
) -> None:
    chained = figures[figures["series"] != ""]
    assert not chained.duplicated(["series", "period_from"]).any()
    assert (chained.groupby("series")[["unit", "place"]].nunique() == 1).all(axis=None)
    assert (chained["value"] != "").all()


def test_vehicle_stops_by_group_add_up_to_the_total_of_each_year(figures: pd.DataFrame) -> None:
    stops = figures[figures["series"].str.startswith("vehicle-stops")]
    table = stops.assign(value=stops["value"].astype(int)).pivot(
        index="period", columns="series", values="value"
    )
    assert table.shape == (18, 7)
    total = table.pop("vehicle-stops")
    assert (table.sum(axis=1) == total).all()


def test_a_year_without_a_row_is_not_written_down_as_zero(figures: pd.DataFrame) -> None:
    shootings = figures[figures["series"] == "fatal-shootings-washington-post"]
    assert "2023" not in set(shootings["period"])
    assert shootings.loc[["F091", "F092", "F093", "F094"], "value"].astype(int).sum() == 18


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("K002", 138 + 95),  # Downtown + Downtown West, January to September 2018
        ("K003", 146 + 117),
        ("K005", 227 + 98),  # Dutchtown + Gravois Park
        ("K006", 257 + 78),
        ("K011", 971),  # inside the rectangle, January to September 2017
        ("K013", 992),
        ("K014", 6529 - 1348 - 60),  # outside the rectangle, without the crimes of no region
        ("K015", 5579 - 1111 - 76),
        ("K021", round(100 * 1111 / 5579, 2)),
        ("K024", round(100 * (1111 / 1348 - 1), 2)),
    ],
)
def test_computed_figures_follow_from_the_counts(
    figures: pd.DataFrame, name: str, value: float
) -> None:
    row = figures.loc[name]
    assert float(row["value"]) == value
    assert row["certainty"] == "computed"
    assert row["note"]


def test_every_event_and_figure_has_an_address(figures: pd.DataFrame) -> None:
    for urls in (_table("outreach")["url"], figures["url"]):
        assert urls.str.fullmatch(r"https?://[^\s;]+").all()


def test_every_published_column_that_is_mapped_exists(city: City) -> None:
    for name, spec in city.tables.items():
        there = set(_table(name).columns)
        assert {spec.column(ours).column for ours in spec.columns} <= there  # type: ignore[union-attr]


def test_no_complaints_or_outcomes_are_claimed_and_events_are_never_called_complete(
    city: City,
) -> None:
    assert set(city.tables) == {"places", "outreach", "figures"}
    coverage = city.tables["outreach"].coverage
    assert coverage is not None
    assert coverage.complete is False
    assert coverage.missing


def test_each_of_the_documents_that_should_hold_complaints_is_named_as_not_read(city: City) -> None:
    holding = {p.id: p.status for p in city.publications if "complaints" in p.topics}
    for name in (
        "cob-annual-2016",
        "cob-annual-2017",
        "cob-annual-2018",
        "cob-quadrennial-2016-2019",
        "cob-quarterly-2020-2023",
        "dco-misconduct-allegations",
    ):
        assert holding[name] == "exists_not_read"


def test_publications_have_ids_of_their_own_and_say_who_names_them(city: City) -> None:
    ids = [p.id for p in city.publications]
    assert len(ids) == len(set(ids))
    assert all(p.found_through or p.url for p in city.publications)


def test_there_are_25_commitments_and_the_founding_one_is_first(
    commitments: tuple[Commitment, ...],
) -> None:
    assert len({c.id for c in commitments}) == 25
    assert commitments[0].said_on.isoformat() == "2018-02-28"
    assert "Webster University" in commitments[0].where
    rest = [c.said_on for c in commitments[1:] if c.said_on_precision == "day"]
    assert rest == sorted(rest)


def test_every_commitment_carries_a_question_to_ask(commitments: tuple[Commitment, ...]) -> None:
    assert [c.id for c in commitments if not re.search(r"[?.]$", c.ask)] == []


def test_every_test_says_what_it_cannot_show_and_when_it_was_written(
    commitments: tuple[Commitment, ...],
) -> None:
    for commitment in commitments:
        for test in commitment.tests:
            assert test.question.endswith("?"), (commitment.id, test.id)
            assert test.cannot_show, (commitment.id, test.id)
            assert test.written_on is not None
            assert test.written_on > commitment.said_on


def test_every_id_used_by_a_commitment_exists(
    commitments: tuple[Commitment, ...], city: City, figures: pd.DataFrame
) -> None:
    publications = {p.id for p in city.publications}
    places = set(_table("places")["place_id"])
    for commitment in commitments:
        assert set(commitment.places) <= places
        used = set(commitment.publications)
        for test in commitment.tests:
            if isinstance(test, DeliveryTest):
                used |= set(test.publications)
            elif isinstance(test, FigureChangeTest):
                named = [*test.before, *test.after]
                assert (figures.loc[named, "value"] != "").all()
            elif isinstance(test, AgreementTest):
                named = [*test.claim, *test.against]
                assert (figures.loc[named, "value"] != "").all()
        assert used <= publications


def test_figures_that_are_compared_share_unit_and_months(
    commitments: tuple[Commitment, ...], figures: pd.DataFrame
) -> None:
    for commitment in commitments:
        for test in commitment.tests:
            if isinstance(test, FigureChangeTest):
                pair = figures.loc[[*test.before, *test.after]]
                assert pair[["unit", "place"]].nunique().tolist() == [1, 1]
                months = pair["period_from"].str[5:] + pair["period_to"].str[5:]
                assert months.nunique() == 1
            elif isinstance(test, AgreementTest):
                units = set(figures.loc[[*test.claim, *test.against], "unit"])
                assert len(units) == 1 or units == {"shootings", "people"}


def test_no_test_counts_the_convenience_sample_of_events(
    commitments: tuple[Commitment, ...],
) -> None:
    for commitment in commitments:
        for test in commitment.tests:
            assert not isinstance(test, CoverageTest)
            if isinstance(test, DeliveryTest):
                assert test.indicator is None
                assert test.whole_period_published is False
            elif isinstance(test, ChangeTest | ThresholdTest):
                assert test.indicator not in OUTREACH_INDICATORS
                assert test.indicator in COMPLAINT_INDICATORS


def test_enough_evidence_is_listed_only_where_the_sources_show_it(
    commitments: tuple[Commitment, ...],
) -> None:
    delivered = {
        (commitment.id, test.id)
        for commitment in commitments
        for test in commitment.tests
        if isinstance(test, DeliveryTest)
        and sum(e.counts and e.status != "announced" for e in test.evidence) >= test.count
    }
    assert delivered == {
        ("subpoena-power", "power-enacted"),
        ("outside-review", "review-delivered"),
    }


def test_evidence_that_counts_is_not_older_than_the_statement(
    commitments: tuple[Commitment, ...],
) -> None:
    for commitment in commitments:
        for test in commitment.tests:
            if isinstance(test, DeliveryTest):
                for item in test.evidence:
                    if item.counts:
                        assert item.on is not None
                        assert item.on >= commitment.said_on


def test_the_words_of_cause_and_blame_do_not_appear_in_what_we_wrote() -> None:
    barred = re.compile(r"\b(worked to|caused|due to|thanks to|failed|improved|no effect)\b", re.I)
    for name in ("city.yml", "commitments.yml", "published/README.md"):
        assert barred.findall((FOLDER / name).read_text(encoding="utf-8")) == []
