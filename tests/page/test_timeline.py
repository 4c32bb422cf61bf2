"""The timeline under the map, run by Streamlit itself without a browser."""

from __future__ import annotations

import json
from datetime import date, timedelta

import pytest
from pyarrow import ipc
from streamlit.testing.v1 import AppTest

from components.page.served import GEODATA, SEEDS
from components.pipeline import build_world

WORLD = build_world(SEEDS, GEODATA)
EPOCH = date(1970, 1, 1)
NETZARIM = next(one for one in WORLD.events if one.kind == "deployment")


@pytest.fixture
def launch(repository):
    """Return a function that runs the page with the timeline open."""

    def launched(**query: str) -> AppTest:
        page = AppTest.from_file(str(repository / "app.py"), default_timeout=60)
        page.query_params.update({"below": "timeline"} | query)
        return page.run()

    return launched


def charts(page: AppTest) -> list:
    """Return what the browser is sent for the days and for the rows."""
    return [element.proto for element in page.get("vega_lite_chart")]


def data(page: AppTest, name: str) -> list[dict]:
    """Return one of the data sets of the rows."""
    _, rows = charts(page)
    (found,) = [one.data.data for one in rows.datasets if one.name == name]
    return ipc.open_stream(found).read_all().to_pylist()


def words(page: AppTest) -> str:
    return "\n".join(element.proto.body for element in page.get("html"))


def names(page: AppTest) -> list[str]:
    return [one["name"] for one in data(page, "names")]


def test_it_opens_with_a_row_for_each_corridor_and_crossing_and_all_events(launch) -> None:
    page = launch()
    assert not page.exception
    assert names(page)[:4] == [
        "Netzarim Corridor", "Philadelphi Corridor", "Egypt-Gaza border", "Rafah crossing",
    ]  # fmt: skip
    assert names(page)[-1] == "Elsewhere"
    assert {one["event"] for one in data(page, "events")} == {one.id for one in WORLD.events}
    assert "17 events of articles" in words(page)


def test_it_is_not_there_until_it_is_asked_for(launch) -> None:
    assert not charts(launch(below=""))


def test_its_rows_become_parties_and_the_url_keeps_that(launch) -> None:
    page = launch()
    page.segmented_control(key="rows").set_value("By party").run()
    assert not page.exception
    assert names(page)[:5] == ["Israel", "Hamas", "Egypt", "United States", "Qatar"]
    listed = [party.names.en for party in WORLD.parties]
    others = [name for name in names(page) if name not in listed]
    assert others == sorted(others, key=str.casefold)
    assert page.query_params["rows"] == "party"
    assert names(launch(rows="party")) == names(page)


def test_only_the_window_changes_with_the_slider(launch) -> None:
    page = launch()
    before, events = [chart.spec for chart in charts(page)], data(page, "events")
    page.slider(key="days").set_range(date(2024, 5, 1), date(2024, 5, 31)).run()
    assert [one["words"] for one in data(page, "window")] == ["Fri 31 May 2024"]
    assert [chart.spec for chart in charts(page)] == before
    assert data(page, "events") == events


def test_it_reaches_as_far_as_the_slider(launch) -> None:
    page = launch(**{"from": "1979-01-01"})
    slider = page.slider(key="days")
    days = [EPOCH + timedelta(microseconds=end) for end in (slider.min, slider.max)]
    assert days[0] == date(1979, 1, 1)
    for chart in charts(page):
        line = next(one for one in json.loads(chart.spec)["layer"] if one["name"] == "last_day")
        domain = line["encoding"]["x"]["scale"]["domain"]
        ends = [date(one["year"], one["month"], one["date"]) for one in domain]
        assert ends == days


def test_the_open_event_is_selected_in_all_its_rows(launch) -> None:
    page = launch(event=NETZARIM.id)
    rows = [one["row"] for one in data(page, "selected")]
    assert rows == ["Netzarim Corridor", "Philadelphi Corridor"]
    assert not data(launch(), "selected")


def test_turned_off_events_are_counted(launch) -> None:
    page = launch(events="war")
    shown = [one for one in WORLD.events if one.kind.theme == "war"]
    assert len({one["event"] for one in data(page, "events")}) == len(shown)
    assert f"Turned off: {17 - len(shown)}." in words(page)


def test_layers_that_are_off_are_named(launch) -> None:
    page = launch(layers="crossings")
    assert "States not shown, as their layer is off: Netzarim Corridor" in words(page)
    assert {one["layer"] for one in data(page, "bands")} == {"crossings"}


def test_names_are_in_the_visitors_language(launch) -> None:
    assert names(launch(lang="ar"))[0] == "محور نتساريم"
