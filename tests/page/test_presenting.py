"""What the page tells its map of a briefing, so that presenting begins at once."""

from __future__ import annotations

import json
import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from components.page import served


@pytest.fixture
def launch(repository: Path):
    """Return a function that runs the page with something in its session."""

    def launched(**state: object) -> AppTest:
        page = AppTest.from_file(str(repository / "app.py"), default_timeout=60)
        for name, value in state.items():
            page.session_state[name] = value
        return page.run()

    return launched


def arguments(page: AppTest) -> dict:
    """Return what streamlit-folium is given for the map."""
    return json.loads(page.get("component_instance")[0].proto.json_args)


def told(page: AppTest) -> dict:
    """Return what the map is told to show."""
    (state,) = re.findall(
        r"window\.corridors\.show\((\{.*\})\)", str(arguments(page)["feature_group"])
    )
    return json.loads(state.replace("\\\\", "\\"))


def test_the_map_is_told_of_the_first_briefing_and_of_no_command(launch) -> None:
    page = launch()
    assert not page.exception
    state = told(page)
    assert state["present"] == {"move": 0, "scene": 0}
    name = state["briefing"].rsplit("/", 1)[-1]
    written = json.loads(Path(served._KNOWN_FILES.name, name).read_text("utf-8"))  # noqa: SLF001
    assert len(written["scenes"]) == 8
    assert written["scenes"][0]["sheet"]["title"] == "The war begins"


def test_a_command_reaches_the_map_and_leaves_its_frame_as_it_is(launch) -> None:
    page = launch()
    script = arguments(page)["script"]
    page.session_state.present_move, page.session_state.present_scene = 2, 3
    page.run()
    assert told(page)["present"] == {"move": 2, "scene": 3}
    assert arguments(page)["script"] == script


def test_a_briefing_that_is_gone_is_the_first_there_is(launch) -> None:
    assert told(launch(briefing="gone"))["briefing"] == told(launch())["briefing"]
