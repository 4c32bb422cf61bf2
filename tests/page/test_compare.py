"""Two days compared, run by Streamlit itself without a browser."""

from __future__ import annotations

import re
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from components.brief.differences import differences
from components.geo.extent import Area
from components.model.link import opening_view
from components.model.period import Period
from components.model.view import View
from components.page.comparing import area_words, at_most, earlier_view
from components.page.served import GEODATA, SEEDS
from components.pipeline import build_world

WORLD = build_world(SEEDS, GEODATA)
THEN, NOW = date(2024, 5, 1), date(2024, 8, 23)


@pytest.fixture
def launch(repository):
    """Return a function that runs the page with two days compared, one tab of it open."""

    def launched(tab: str = "Land", **query: str) -> AppTest:
        page = AppTest.from_file(str(repository / "app.py"), default_timeout=60)
        page.query_params.update({"below": "compare"} | query)
        page.session_state["compared"] = tab
        return page.run()

    return launched


def words(page: AppTest) -> str:
    """Return the text of all HTML of the page, one space between words."""
    bodies = "\n".join(element.proto.body for element in page.get("html"))
    return " ".join(re.sub(r"<[^>]*>", " ", bodies).split())


def maps(page: AppTest) -> list[str]:
    """Return the keys of the maps on the page."""
    return [one.proto.id for one in page.get("component_instance")]


def test_it_says_what_grew_with_its_range_and_its_source(launch) -> None:
    page = launch(compare=str(THEN))
    assert not page.exception
    said = words(page)
    assert "Wed 1 May 2024 and Fri 23 Aug 2024" in said
    assert "11.4 km² (6.1 to 16)" in said
    assert "10.1 km² (3.7 to 16)" in said
    assert "Bellingcat" in said
    assert "a line only, no outline Road paved" in said
    assert "cannot be told: no area on Wed 1 May 2024" in said


def test_a_difference_within_the_accuracy_is_said_to_be_one(launch) -> None:
    said = words(launch(compare="2024-08-23", to="2025-01-10"))
    assert "0.63 km² (0 to 11) smaller than the accuracy of the shapes allows to tell" in said


def test_the_earlier_day_is_the_windows_first_until_another_is_typed(launch) -> None:
    page = launch()
    assert page.date_input(key="typed_then").value == date(2023, 10, 7)
    page.date_input(key="typed_then").set_value(THEN).run()
    assert page.query_params["compare"] == str(THEN)
    assert "Wed 1 May 2024 and Fri 23 Aug 2024" in words(page)
    page.button(key="forget_then").click().run()
    assert "compare" not in page.query_params
    assert page.date_input(key="typed_then").value == date(2023, 10, 7)


def test_the_earlier_day_is_never_after_the_later_one(launch) -> None:
    page = launch(compare="2025-01-10")
    assert not page.exception
    assert page.date_input(key="typed_then").value == NOW
    assert page.date_input(key="typed_then").max == NOW
    assert "This is one day, so nothing differs" in words(page)
    assert "No change is reported" in words(page)


def test_control_and_crossings_are_told_with_their_sources(launch) -> None:
    said = words(launch("Control and crossings", compare=str(THEN)))
    assert "Philadelphi Corridor Egypt-Gaza border" in said
    assert "Israel , since Wed 29 May 2024: Israel declares operational control" in said
    assert "Times of Israel via TASS, date not on file, original not opened" in said
    assert "closed , Tue 7 May 2024 to Sun 1 Feb 2026: Closed since Israeli forces seized" in said
    assert "crossings are in the same state on both days" in said


def test_an_event_between_opens_and_the_days_stay(launch) -> None:
    page = launch("Events between", compare="2024-04-20", **{"from": "2024-08-22"})
    begun = differences(WORLD, date(2024, 4, 20), NOW).between.begun
    first = next(one for one in begun if one.period.last < date(2024, 8, 22))
    page.button(key=f"between_{first.id}").click().run()
    assert not page.exception
    assert page.query_params["event"] == first.id
    assert page.query_params["compare"] == "2024-04-20"
    assert page.slider(key="days").value == (date(2024, 8, 22), NOW)


def test_every_event_between_is_listed_or_counted(launch) -> None:
    page = launch("Events between", compare=str(THEN))
    between = differences(WORLD, THEN, NOW).between
    listed = {one.key for one in page.button if (one.key or "").startswith("between_")}
    events = (*between.begun, *between.perhaps, *between.went_on)
    assert listed == {f"between_{one.id}" for one in events}
    assert f"{len(between.begun)} begin after the earlier day" in words(page)


def test_a_changed_position_opens_the_event_that_states_it(launch) -> None:
    page = launch("Positions", compare=str(THEN))
    (one, *_) = (one for one in page.button if (one.key or "").startswith("stance_"))
    one.click().run()
    assert not page.exception
    assert page.query_params["event"] in {statement.event for statement in WORLD.statements}


def test_it_says_whether_positions_rest_on_later_articles(launch) -> None:
    assert "Without hindsight" in words(launch())
    assert "With hindsight" in words(launch(hindsight="1"))


def test_there_is_a_second_map_only_while_two_days_are_compared(launch) -> None:
    page = launch()
    assert len(maps(page)) == 2
    page.session_state["below"] = None
    page.run()
    assert len(maps(page)) == 1


def test_the_earlier_map_shows_the_same_window_moved_to_end_on_its_day() -> None:
    view = View(Period.of(date(2024, 8, 1), NOW), compare=THEN)
    assert earlier_view(view).window == Period.of(date(2024, 4, 9), THEN)
    usual = opening_view(WORLD)
    assert earlier_view(usual).window.last == usual.window.first


@pytest.mark.parametrize(
    ("area", "said"),
    [
        (Area(26.28, 12.03, 39.3), "26.3 km² (12 to 39)"),
        (Area(1.2698, 0.0005, 2.54), "1.27 km² (0 to 2.5)"),
        (Area(0.6278, 0, 10.93), "0.63 km² (0 to 11)"),
        (Area(365.2, 350.4, 380.1), "365 km² (350 to 380)"),
        (Area(9.996, 9.94, 10.04), "10.0 km² (9.9 to 10)"),
    ],
)
def test_an_area_is_written_no_more_exactly_than_it_is(area, said) -> None:
    assert area_words(area) == said


def test_what_may_be_there_though_nothing_is_drawn_is_told() -> None:
    assert at_most(Area(0, 0, 0.0825)) == "at most 0.08 km²"
    assert not at_most(Area(0, 0, 0.001))
