"""Laws of two days compared: one day twice is the same, and swapping days swaps what differs."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import box

from components.brief.differences import differences
from components.geo.extent import extent_of
from components.pipeline import build_world
from tests.worlds import footprint

REPOSITORY = Path(__file__).parents[2]
WORLD = build_world(REPOSITORY / "seeds", REPOSITORY / "geodata")
DAYS = st.dates(date(2023, 10, 1), date(2025, 12, 31)) | st.dates(
    WORLD.record_span.first, WORLD.record_span.last
)
GAZA = box(34.2, 31.2, 34.6, 31.6)
# A cut through an edge of 20 km lies on the plane's straight line, not on the Earth's.
ROUNDING_KM2 = 0.01


@st.composite
def extents(draw):
    """Return the land of one or two footprints that may reach beyond Gaza, or be nearly nothing."""
    shapes = []
    for _ in range(draw(st.integers(1, 2))):
        west, south = draw(st.floats(34.1, 34.6)), draw(st.floats(31.1, 31.6))
        wide, high = draw(st.floats(1e-4, 0.2)), draw(st.floats(1e-4, 0.2))
        shapes.append(box(west, south, west + wide, south + high))
    found = extent_of(
        [footprint(shape=shape, accuracy_m=draw(st.floats(0, 2000))) for shape in shapes],
        draw(st.sampled_from([GAZA, None])),
    )
    assert found
    return found


@given(extents(), extents())
def test_what_is_drawn_lies_between_the_least_and_the_most(then, now) -> None:
    for area in (then.area, now.area, now.beyond(then), then.beyond(now)):
        assert 0 <= area.least_km2 <= area.drawn_km2 <= area.most_km2


@given(extents(), extents())
def test_what_was_gained_less_what_was_lost_is_the_difference_of_the_areas(then, now) -> None:
    gained, lost = now.beyond(then), then.beyond(now)
    assert gained.drawn_km2 - lost.drawn_km2 == pytest.approx(
        now.area.drawn_km2 - then.area.drawn_km2, abs=ROUNDING_KM2
    )
    assert gained.most_km2 <= now.area.most_km2 + ROUNDING_KM2


@given(extents())
def test_nothing_lies_for_certain_beyond_itself(extent) -> None:
    assert extent.beyond(extent).none
    assert not extent.beyond(extent).certain


@given(DAYS, st.booleans())
def test_one_day_twice_is_the_same(day, hindsight) -> None:
    found = differences(WORLD, day, day, hindsight=hindsight)
    assert all(one.same for one in found.land)
    assert not (found.control)
    assert not (found.crossings)
    assert not (found.positions)
    assert found.between.begun == found.between.perhaps == found.between.went_on == ()


@given(DAYS, DAYS, st.booleans())
def test_swapping_the_days_swaps_what_differs(then, now, hindsight) -> None:
    there = differences(WORLD, then, now, hindsight=hindsight)
    back = differences(WORLD, now, then, hindsight=hindsight)
    for one, other in zip(there.land, back.land, strict=True):
        assert (one.then, one.now) == (other.now, other.then)
        assert (one.gained, one.lost) == (other.lost, other.gained)
    assert {
        (one.grounds, frozenset(one.held.before), frozenset(one.held.after))
        for one in there.control
    } == {
        (one.grounds, frozenset(one.held.after), frozenset(one.held.before)) for one in back.control
    }
    assert sorted((one.names.en, one.then, one.now) for one in there.crossings) == sorted(
        (one.names.en, one.now, one.then) for one in back.crossings
    )
    assert there.between == back.between
    assert changes(there, "before") == changes(back, "after")
    assert changes(there, "after") == changes(back, "before")
    assert there.crossings_alike == back.crossings_alike
    assert there.positions_alike == back.positions_alike


def changes(found, side) -> set[str]:
    """Return the ids of positions on one side of the changes."""
    return {one.id for change in found.positions for one in getattr(change.stances, side)}
