"""The density strip: exact days as ticks, vague ones over their whole period, the window shaded."""

from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from components.draw.density import density_strip
from components.model.event import Event
from components.model.period import Period
from tests.worlds import event

SPAN = Period.of(date(2024, 1, 1), date(2024, 12, 31))
WINDOW = Period.of(date(2024, 5, 1), date(2024, 5, 31))
WIDTH = 10_000


def strip(*events: Event, span: Period = SPAN, window: Period = WINDOW) -> ET.Element:
    return ET.fromstring(density_strip(events, span, window))


def bars(root: ET.Element, name: str) -> list[tuple[float, float]]:
    found = root.findall(f"{{*}}rect[@class='{name}']")
    return [(float(bar.get("x", "")), float(bar.get("width", ""))) for bar in found]


def test_it_says_in_words_what_it_shows() -> None:
    root = strip(event("2024-05-07"), event("2024-05"))
    assert root.get("role") == "img"
    assert root.get("width") == "100%"
    assert root.get("preserveAspectRatio") == "none"
    assert root.get("aria-label") == (
        "Events from 1 Jan 2024 to 31 Dec 2024: 1 on exact days, 1 on vague dates."
        " Window: 1 May 2024 to 31 May 2024."
    )


def test_a_vague_date_lies_over_its_whole_period() -> None:
    ((left, width),) = bars(strip(event("2024-02")), "vague")
    assert left == pytest.approx(31 / 366 * WIDTH, abs=0.1)
    assert width == pytest.approx(29 / 366 * WIDTH, abs=0.1)


@pytest.mark.parametrize("edtf", ["../2024-08-22", "2023-10-07/..", "2023/2025", "2024-12-31?"])
def test_what_leaves_the_span_is_cut_off(edtf: str) -> None:
    ((left, width),) = bars(strip(event(edtf)), "vague")
    assert left >= 0
    assert left + width <= WIDTH + 0.1


def test_days_that_do_not_meet_the_span_are_left_out() -> None:
    root = strip(event("2023-10-07"), event("2025"))
    assert not bars(root, "exact")
    assert not bars(root, "vague")


def test_events_of_one_day_pile_up() -> None:
    root = strip(event("2024-05-07"), event("2024-05-07"), event("2024-06-07"))
    heights = [float(bar.get("height", "")) for bar in root.findall("{*}rect[@class='exact']")]
    assert len(heights) == 2
    assert heights[0] > heights[1]


def test_the_last_day_is_inside_and_the_window_is_shaded() -> None:
    root = strip(event("2024-12-31"))
    ((left, width),) = bars(root, "exact")
    assert left + width == pytest.approx(WIDTH, abs=0.2)
    ((shade, _),) = bars(root, "window")
    assert shade == pytest.approx(121 / 366 * WIDTH, abs=0.1)


def test_a_span_of_one_day_and_no_events_still_draw() -> None:
    day = Period.of(date(2024, 5, 7), date(2024, 5, 7))
    assert bars(strip(span=day, window=day), "window") == [(0, WIDTH)]
    ticks = bars(strip(*(event(f"2024-05-{n:02}") for n in range(1, 5))), "exact")
    assert all(a[0] < b[0] for a, b in pairwise(ticks))
