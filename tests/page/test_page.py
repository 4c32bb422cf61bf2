"""The page's logic, run by Streamlit itself without a browser."""

from __future__ import annotations

import json
import shutil
from datetime import date
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from components.model.link import opening_view
from components.page.served import GEODATA, SEEDS
from components.pipeline import build_world
from tests.pages import words

if TYPE_CHECKING:
    from pathlib import Path

WORLD = build_world(SEEDS, GEODATA)
ARTICLE = WORLD.articles[0]


@pytest.fixture
def launch(repository: Path):
    """Return a function that runs the page, with a query in its URL if one is given.

    The list of events and the typed days are open: what is closed is not run.
    """

    def launched(**query: str) -> AppTest:
        page = AppTest.from_file(str(repository / "app.py"), default_timeout=60)
        page.query_params.update(query)
        page.session_state["room"] = "Events"
        page.session_state["typed"] = True
        return page.run()

    return launched


def event_of(kind: str, edtf: str) -> str:
    """Return the id of the one event of the owner's article with a kind and a date."""
    (found,) = [one.id for one in WORLD.events if one.kind == kind and one.period.edtf == edtf]
    return found


def test_it_opens_on_all_seventeen_events(launch) -> None:
    page = launch()
    assert not page.exception
    assert page.slider(key="days").value == (date(2023, 10, 7), date(2024, 8, 23))
    assert "17 of 17 events" in words(page)
    assert all(toggle.value for toggle in page.toggle if toggle.key.startswith("layer_"))
    assert not page.toggle(key="tiles").value
    assert not page.query_params


def test_moving_the_slider_changes_the_scene_and_the_url(launch) -> None:
    page = launch()
    page.slider(key="days").set_range(date(2024, 5, 1), date(2024, 5, 31)).run()
    assert page.query_params["from"] == "2024-05-01"
    assert page.query_params["to"] == "2024-05-31"
    shown = [one for one in WORLD.events if one.period.meets(opening_view(WORLD).window)]
    assert len(shown) == 17
    expected = sum(
        one.period.first <= date(2024, 5, 31) and one.period.last >= date(2024, 5, 1)
        for one in WORLD.events
    )
    assert f"{expected} of 17 events" in words(page)


def test_typed_days_move_the_slider(launch) -> None:
    page = launch()
    page.date_input(key="typed_last").set_value(date(2024, 1, 15)).run()
    assert page.slider(key="days").value == (date(2023, 10, 7), date(2024, 1, 15))


def test_the_slider_reaches_back_to_1979_when_asked(launch) -> None:
    page = launch()
    page.toggle(key="whole_record").set_value(True).run()
    page.slider(key="days").set_range(date(1979, 6, 1), date(2005, 9, 1)).run()
    assert not page.exception
    assert page.slider(key="days").value == (date(1979, 6, 1), date(2005, 9, 1))
    page.toggle(key="whole_record").set_value(False).run()
    assert page.slider(key="days").value[0] >= date(2023, 10, 7)


def test_toggles_are_kept_in_the_url_and_survive_the_slider(launch) -> None:
    page = launch()
    page.toggle(key="layer_netzarim_corridor").set_value(False).run()
    assert "netzarim_corridor" not in page.query_params["layers"]
    page.slider(key="days").set_range(date(2024, 1, 1), date(2024, 6, 1)).run()
    assert not page.toggle(key="layer_netzarim_corridor").value


def test_turned_off_events_are_counted(launch) -> None:
    page = launch()
    page.toggle(key="theme_diplomacy").set_value(False).run()
    hidden = sum(one.kind.theme == "diplomacy" for one in WORLD.events)
    assert f"Turned off: {hidden}" in words(page)


def test_opening_an_event_that_is_turned_off_turns_it_on(launch) -> None:
    page = launch()
    page.toggle(key="theme_smuggling").set_value(False).run()
    page.button(key=f"list_{event_of('arms', '../2024-08-22')}").click().run()
    assert page.toggle(key="theme_smuggling").value


def test_an_event_opens_with_its_sentence_marked_in_the_article(launch) -> None:
    event = event_of("arms", "../2024-08-22")
    page = launch()
    page.button(key=f"list_{event}").click().run()
    shown = words(page)
    assert "<mark>Israel says Hamas has used the area to bring arms into Gaza.</mark>" in shown
    assert "claimed" in shown
    assert page.query_params["event"] == event
    page.button(key="close").click().run()
    assert "<mark>" not in words(page)


@pytest.mark.parametrize("event", WORLD.events, ids=lambda event: event.id.partition(":")[2])
def test_every_event_opens_with_its_own_sentences(launch, event) -> None:
    page = launch(event=event.id)
    assert not page.exception
    assert words(page).count("<mark>") == len(event.evidence)


@pytest.mark.parametrize("layer", [layer.id for layer in WORLD.layers])
def test_every_layer_opens(launch, layer) -> None:
    assert not launch(layer=layer).exception


def test_an_event_outside_the_window_moves_the_window_to_it(launch) -> None:
    page = launch()
    page.slider(key="days").set_range(date(2023, 11, 1), date(2023, 11, 30)).run()
    page.button(key=f"list_{event_of('advance', '2024-05')}").click().run()
    assert page.slider(key="days").value == (date(2024, 5, 2), date(2024, 5, 31))


def test_next_and_previous_step_through_events(launch) -> None:
    page = launch(event=event_of("attack", "2023-10-07"))
    page.button(key="next_event").click().run()
    second = page.query_params["event"]
    page.button(key="previous_event").click().run()
    assert page.query_params["event"] == event_of("attack", "2023-10-07")
    assert second != event_of("attack", "2023-10-07")


def test_a_deep_link_restores_the_view(launch) -> None:
    event = event_of("advance", "2024-05")
    query = {
        "from": "2024-05-01", "to": "2024-06-01", "event": event, "lang": "ar",
        "layers": "philadelphi_corridor,places", "show": "cumulative", "camera": "34.25,31.28,12.5",
    }  # fmt: skip
    page = launch(**query)
    assert not page.exception
    assert page.slider(key="days").value == (date(2024, 5, 1), date(2024, 6, 1))
    assert page.toggle(key="layer_philadelphi_corridor").value
    assert not page.toggle(key="layer_netzarim_corridor").value
    assert "Israeli troops advanced in May" in words(page)
    assert "operational control of the whole (Wed 29 May 2024 to July 2024)" in words(page)
    assert dict(page.query_params) == query


@pytest.mark.parametrize(
    "query",
    [
        {"from": "2024-08-22", "to": "2024-05-01"},
        {"event": "nobody:0-1:talks"},
        {"from": "May", "to": "soon"},
        {"camera": "nan,nan,nan"},
        {"layers": "<script>alert(1)</script>"},
        {"event": "x" * 10_000},
        {"lang": "'; DROP TABLE"},
    ],
)
def test_a_broken_link_gives_the_page_and_a_notice(launch, query) -> None:
    page = launch(**query)
    assert not page.exception
    assert "made no sense" in words(page)
    assert "<script>" not in words(page)
    page.button(key="dismiss").click().run()
    assert "made no sense" not in words(page)


def test_corridor_facts_are_those_of_the_day(launch) -> None:
    page = launch(layer="netzarim_corridor", to="2024-08-22")
    shown = words(page)
    assert "As of 22 Aug 2024" in shown
    assert "schematic" in shown
    assert "Events tied to it: 1" in shown
    page.slider(key="days").set_range(date(2023, 10, 7), date(2023, 10, 20)).run()
    assert "No footprint is known for this day" in words(page)


def test_a_broken_article_is_told_and_the_good_one_stays(launch, tmp_path, monkeypatch) -> None:
    shutil.copytree(SEEDS, tmp_path, dirs_exist_ok=True)
    (tmp_path / "broken.txt").write_text("Talks began.")
    (tmp_path / "broken.json").write_text('{"events": [{}, {}], "headline": "<b>bold</b>"}')
    monkeypatch.setattr("components.page.served.SEEDS", tmp_path)
    page = launch()
    assert not page.exception
    assert "17 of 17 events" in words(page)
    assert "2 events left out" in words(page)
    assert "broken.json" in words(page)
    assert "<b>bold" not in words(page)


def test_files_that_change_while_the_page_is_open_are_read_again(
    launch, tmp_path, monkeypatch
) -> None:
    page = launch(event=event_of("advance", "2024-05"), **{"from": "2023-10-07"})
    monkeypatch.setattr("components.page.served.SEEDS", tmp_path)
    page.run()
    assert not page.exception
    assert "0 of 0 events" in words(page)
    assert "<mark>" not in words(page)


def test_an_inferred_topic_is_not_said_to_be_named(launch) -> None:
    (talks,) = (
        one.id for one in WORLD.events if one.kind == "talks" and one.mode == "happened"
        and one.period.exact
    )  # fmt: skip
    shown = words(launch(event=talks))
    assert "Egypt-Gaza border</b>: follows from the context, as its topic" in shown


def test_gazas_facts_list_the_events_of_the_whole_area(launch) -> None:
    assert "Events tied to it: 3" in words(launch(layer="gaza"))


def test_one_theme_holds_the_people_killed_on_every_side() -> None:
    figures = {one.kind.theme for one in WORLD.events if one.quantities}
    assert len(figures) == 1


def test_a_layer_that_is_lost_and_found_while_the_page_is_open(
    launch, tmp_path, monkeypatch
) -> None:
    page = launch(layer="crossings")
    shutil.copytree(GEODATA, tmp_path / "geodata")
    (tmp_path / "geodata" / "crossings.geojson").unlink()
    monkeypatch.setattr("components.page.served.GEODATA", tmp_path / "geodata")
    page.run()
    assert not page.exception
    assert "1 fault" in words(page)
    shutil.copy(GEODATA / "crossings.geojson", tmp_path / "geodata")
    page.run()
    assert not page.exception


def test_two_names_of_one_place_are_one_site_in_the_panel(launch, tmp_path, monkeypatch) -> None:
    shutil.copytree(SEEDS, tmp_path, dirs_exist_ok=True)
    (sidecar,) = tmp_path.glob("*.json")
    record = json.loads(sidecar.read_text())
    gaza = {"role": "event", "basis": "stated"}
    record["events"][15]["places"] = [
        gaza | {"name": "Gaza"}, gaza | {"name": "the coastal territory"},
    ]  # fmt: skip
    sidecar.write_text(json.dumps(record))
    monkeypatch.setattr("components.page.served.SEEDS", tmp_path)
    page = launch(event=event_of("advance", "2024-08-22"))
    assert not page.exception
    assert words(page).count("<b>Gaza Strip</b>: shown beside it") == 1


def test_the_map_is_told_what_the_scene_shows(launch) -> None:
    (map_frame,) = launch().get("component_instance")
    assert ARTICLE.publisher
    assert "window.corridors.show" in map_frame.proto.json_args
