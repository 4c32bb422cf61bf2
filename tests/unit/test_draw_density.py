"""The density strip: exact days as ticks, vague ones over their whole period."""

import re
from datetime import date
from itertools import pairwise
from xml.etree import ElementTree as ET

import pytest

from components.draw.density import density_strip
from components.model.event import Event
from components.model.period import Period
from tests.worlds import event

SPAN = Period.of(date(2024, 1, 1), date(2024, 12, 31))
WIDTH = 10_000


def strip(*events: Event, span: Period = SPAN, recorded: tuple[int, ...] = ()) -> ET.Element:
    return ET.fromstring(density_strip(events, span, recorded)[0])


def bars(root: ET.Element) -> list[tuple[float, float]]:
    """Return left edge and width of each vague date."""
    found = root.findall("{*}rect[@class='vague']")
    return [(float(bar.get("x", "")), float(bar.get("width", ""))) for bar in found]


def ticks(root: ET.Element) -> list[tuple[float, float, float]]:
    """Return left edge, width and height of each exact day."""
    (path,) = root.findall("{*}path[@class='exact']")
    found = re.findall(r"M(\S+) 26v-(\S+?)h(\S+?)V26z", path.get("d", ""))
    return [(float(left), float(width), float(height)) for left, height, width in found]


def test_it_says_in_words_what_it_shows() -> None:
    root = strip(event("2024-05-07"), event("2024-05"))
    assert root.get("role") == "img"
    assert root.get("width") == "100%"
    assert root.get("preserveAspectRatio") == "none"
    assert root.get("aria-label") == (
        "Events from 1 Jan 2024 to 31 Dec 2024: 1 on exact days, 1 on vague dates."
    )


def test_a_vague_date_lies_over_its_whole_period() -> None:
    ((left, width),) = bars(strip(event("2024-02")))
    assert left == pytest.approx(31 / 366 * WIDTH, abs=0.1)
    assert width == pytest.approx(29 / 366 * WIDTH, abs=0.1)


@pytest.mark.parametrize("edtf", ["../2024-08-22", "2023-10-07/..", "2023/2025", "2024-12-31?"])
def test_what_leaves_the_span_is_cut_off(edtf: str) -> None:
    ((left, width),) = bars(strip(event(edtf)))
    assert left >= 0
    assert left + width <= WIDTH + 0.1


def test_days_that_do_not_meet_the_span_are_left_out() -> None:
    root = strip(event("2023-10-07"), event("2025"))
    assert not ticks(root)
    assert not bars(root)


def test_events_of_one_day_pile_up_recorded_ones_among_them() -> None:
    root = strip(event("2024-05-07"), event("2024-05-07"), event("2024-06-07"))
    heights = [height for *_, height in ticks(root)]
    assert len(heights) == 2
    assert heights[0] > heights[1]
    recorded = [0] * 366
    recorded[(date(2024, 6, 7) - SPAN.first).days] = 5
    heights = [height for *_, height in ticks(
        strip(event("2024-05-07"), event("2024-06-07"), recorded=tuple(recorded)))]  # fmt: skip
    assert heights[0] < heights[1]


def test_recorded_events_are_counted_and_what_is_left_out_is_said() -> None:
    label = strip(recorded=(2, 0, 3)).get("aria-label")
    assert label == (
        "Events from 1 Jan 2024 to 31 Dec 2024: 5 on exact days, 0 on vague dates."
        " Recorded events on vague dates are not in this picture."
    )


def test_the_last_day_is_inside() -> None:
    ((left, width, _),) = ticks(strip(event("2024-12-31")))
    assert left + width == pytest.approx(WIDTH, abs=1)


def test_ticks_stand_in_the_order_of_days() -> None:
    found = ticks(strip(*(event(f"2024-05-{n:02}") for n in range(1, 5))))
    assert all(a[0] < b[0] for a, b in pairwise(found))


def test_a_span_of_one_day_and_no_events_still_draw() -> None:
    day = Period.of(date(2024, 5, 7), date(2024, 5, 7))
    assert not ticks(strip(span=day))
