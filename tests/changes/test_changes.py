"""What a publisher changed, told from snapshots against rows counted by hand."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pandas as pd
import pytest
from starlette.applications import Starlette
from streamlit.testing.v1 import AppTest

from asking import asking
from changes.conftest import PRIVATE, publish, row
from snapshots.town import NAME, START, Town
from trustboard.api import routes
from trustboard.changes import (
    WHAT,
    changed_rows,
    changes_of,
    editions_of,
    published_fields,
    shown_of,
    state_of,
)
from trustboard.city import Column, TableSpec
from trustboard.citydata import CityData
from trustboard.exports.fields import shareable
from trustboard.load import load_city
from trustboard.pins import pin_of
from trustboard.snapshots.store import Snapshot
from trustboard.wording.changes import changes_said

ROOT = Path(__file__).resolve().parents[2]


def shown(city: CityData, town: Town) -> Snapshot:
    found = shown_of(city, town.store)
    assert found is not None
    return found


def test_the_last_refresh_is_told_by_table(town: Town, city: CityData) -> None:
    found = changes_of(city, town.store)
    complaints = next(one for one in found.tables if one.table == "complaints")
    # 1 came back and 102, 103, 104 are new
    assert (complaints.before, complaints.after) == (100, 104)
    assert (complaints.added, complaints.removed, complaints.changed) == (4, 0, 0)
    assert complaints.gone == 1  # c0 never came back
    assert (found.at, found.before) == (START + timedelta(days=3), START + timedelta(days=2))


def test_what_changed_is_told_field_by_field(town: Town) -> None:
    third = load_city(NAME, data=town.data, published=town.store.all()[2].published)
    found = changes_of(third, town.store)
    complaints = next(one for one in found.tables if one.table == "complaints")
    assert (complaints.added, complaints.removed, complaints.changed) == (0, 2, 2)
    moves = {(m.column, m.old, m.new): m.rows for m in complaints.moves.itertuples()}
    assert moves == {("district", "1", "2"): 2, ("filed", "2019-09-05", "2019-09-06"): 1}
    assert complaints.further == 0


def test_a_page_that_began_with_older_data_is_told_of_the_older_change(town: Town) -> None:
    second = load_city(NAME, data=town.data, published=town.store.all()[1].published)
    found = changes_of(second, town.store)
    assert found.at == START + timedelta(days=1)
    assert sum(one.added for one in found.tables) == 4  # two complaints, two findings
    assert len(found.editions) == 4


def test_rows_that_disappeared_are_kept_with_the_days_around_them(
    town: Town, city: CityData
) -> None:
    rows = changed_rows(city, shown(city, town), table="complaints", what="removed")
    assert rows.columns.to_list() == ["id", "filed", "district", "by", "first_seen", "last_seen"]
    [gone] = rows.to_dict("records")
    assert gone["id"] == "c0"
    assert gone["first_seen"] == pd.Timestamp(START)
    assert gone["last_seen"] == pd.Timestamp(START + timedelta(days=1))
    findings = changed_rows(city, shown(city, town), table="outcomes", what="removed")
    assert findings[["id", "finding"]].to_numpy().tolist() == [["c0", "no"]]


@pytest.mark.parametrize("what", WHAT)
def test_no_row_that_is_shown_holds_a_name_or_a_story(
    town: Town, city: CityData, what: str
) -> None:
    publish(town, range(1, 105), changed={5: (*row(5, district="2")[:4], "Another Name", "x")})
    town.refresh()
    city = load_city(NAME, data=town.data)
    rows = changed_rows(city, shown(city, town), table="complaints", what=what)
    text = rows.to_csv()
    assert not any(one in text for one in (*PRIVATE, "Another Name", "story"))
    if what == "changed":
        cells = rows[["key", "column", "old", "new"]].to_numpy().tolist()
        assert ["c5", "district", "1", "2"] in cells
        assert {cell[1] for cell in cells} == {"district", "filed"}


def test_every_snapshot_is_listed_with_its_size_its_hash_and_why_it_was_held_back(
    town: Town,
) -> None:
    publish(town, range(1, 60))  # far fewer rows than before
    assert town.refresh().end == "held_back"
    newest, *others = editions_of(town.store)
    assert newest.state == "held back" and newest.reasons
    assert [one.state for one in others] == ["in use", "earlier", "earlier", "earlier"]
    assert others[-1].added is None and others[0].added == 8
    assert len({one.sha256 for one in (newest, *others)}) == 5
    assert all(one.size > 1000 and one.rows > 0 for one in others)


def test_a_snapshot_that_is_not_used_does_not_become_what_is_shown(
    town: Town, city: CityData
) -> None:
    before, state = shown(city, town).id, state_of(town.store)
    publish(town, range(1, 60))
    town.refresh()
    assert shown(city, town).id == before
    assert state_of(town.store) != state


def test_files_that_no_refresh_fetched_have_nothing_to_be_compared_with(town: Town) -> None:
    own = town.data / NAME / "published"
    own.mkdir()
    publish(town, range(3, 9))
    for name, text in town.publisher.texts.items():
        (own / name).write_text(text, encoding="utf-8")
    found = changes_of(load_city(NAME, data=town.data), town.store)
    assert found.at is None and found.tables == () and len(found.editions) == 4


def test_rows_to_take_away_say_when_they_were_first_seen(city: CityData) -> None:
    rows = shareable(city, "complaints").set_index("complaint_id")["first_seen"]
    assert rows["c104"] == pd.Timestamp(START + timedelta(days=3)).tz_localize(None)
    assert rows["c1"] == rows["c50"] == pd.Timestamp(START).tz_localize(None)


def test_a_column_that_is_cut_out_of_text_is_not_shown() -> None:
    def spec(**columns: object) -> TableSpec:
        source = {"publisher": "P", "title": "T", "url": "https://example.org", "licence": "L",
                  "retrieved": "2024-01-01"}  # fmt: skip
        return TableSpec.model_validate(
            {"file": "x.csv", "unit": "row", "source": source, "columns": columns}
        )

    cut = {"column": "address", "replace": [{"pattern": "^.* ", "with": ""}]}
    glued = {"join": ["street", "number"]}
    found = published_fields(
        "complaints", spec(complaint_id="id", place_id=cut, district_id=glued, filed_by="by")
    )
    assert found == ["id", "by"]
    word = Column.model_validate({"column": "kind", "replace": [{"pattern": " .*", "with": ""}]})
    assert published_fields("complaints", spec(complaint_id="id", category=word.model_dump(
        by_alias=True, exclude_unset=True))) == ["id", "kind"]  # fmt: skip


def test_the_changes_come_as_json_and_their_rows_as_csv(town: Town) -> None:
    ask = asking(Starlette(routes=routes()))
    told = ask(f"/api/v1/{NAME}/changes").json()
    complaints = next(one for one in told["tables"] if one["table"] == "complaints")
    assert (complaints["added"], complaints["disappeared_at_any_time"]) == (4, 1)
    assert [one["state"] for one in told["snapshots"]].count("in use") == 1
    assert [one["id"] for one in told["rows"]] == ["c0"]
    new = ask(f"/api/v1/{NAME}/changes?table=complaints&what=added&format=csv")
    assert [line.split(",")[0] for line in new.text.splitlines()] == [
        "id", "c1", "c102", "c103", "c104",
    ]  # fmt: skip
    assert new.headers["content-type"].startswith("text/csv")
    tag = new.headers["etag"]
    again = ask(f"/api/v1/{NAME}/changes?what=added", headers={"If-None-Match": tag})
    assert again.status_code == 304
    publish(town, range(1, 60))
    assert town.refresh().end == "held_back"  # the list of snapshots is now another one
    later = ask(f"/api/v1/{NAME}/changes?what=added", headers={"If-None-Match": tag})
    assert later.status_code == 200


@pytest.mark.usefixtures("town")
def test_the_sources_page_shows_what_changed_and_what_disappeared(
    city: CityData,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(ROOT)
    app = AppTest.from_file(str(ROOT / "app.py"), default_timeout=60)
    app.query_params["city"] = NAME
    app.run()
    app.switch_page("pages/7_data_quality.py").run()
    assert "2 rows disappeared." in _words(app)
    app.switch_page("pages/6_sources.py").run()
    assert not app.exception
    html = _words(app)
    assert "the publisher added 8 rows, removed 0 rows and changed 0 rows" in html
    assert "Published once and no more: 1 of complaints and 1 of outcomes." in html
    assert f"api/v1/{NAME}/changes?table=complaints&amp;what=removed&amp;format=csv" in html
    assert html.count("/changes?") == html.count(f'&amp;pin={pin_of(city)}"')
    assert html.count("was in use") == 3
    assert not any(one in html for one in (*PRIVATE, "He said"))


def _words(app: AppTest) -> str:
    return " ".join(str(getattr(one.proto, "body", "")) for one in app.get("html"))


def test_of_two_snapshots_of_one_day_the_times_are_told() -> None:
    counts = {"added": 1, "removed": 0, "changed": 0}
    later = START + timedelta(minutes=5)
    assert f"{START:%H:%M:%S} and {later:%H:%M:%S} UTC" in changes_said(
        at=later, before=START, **counts
    )
    next_day = START + timedelta(days=1)
    assert "UTC" not in changes_said(at=next_day, before=START, **counts)
