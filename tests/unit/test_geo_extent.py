"""How large a footprint is and may be: known figures, and shapes that can be reckoned by hand."""

from __future__ import annotations

import pytest
from shapely.geometry import LineString, box

from components.geo.extent import NOTHING, Area, extent_of
from components.geo.geodesic import in_degrees
from components.geo.layers import read_land
from tests.worlds import footprint

# Round figures in UTM metres, somewhere in Gaza; its lengths are 0.04 % off there.
WEST, SOUTH = 620_000, 3_470_000


def rectangle(west=0, south=0, east=1000, north=1000):
    """Return a rectangle of so many metres, in degrees."""
    return in_degrees(box(WEST + west, SOUTH + south, WEST + east, SOUTH + north))


def extent(shape, accuracy_m=100.0, gaza=None):
    found = extent_of([footprint(shape=shape, accuracy_m=accuracy_m)], gaza)
    assert found
    return found


@pytest.fixture(scope="module")
def land(repository):
    layers = {layer.id: layer for layer in read_land(repository / "geodata").layers}
    (gaza,) = layers["gaza"].footprints
    return gaza.shape, {
        one.id: one
        for name in layers
        if name.endswith("corridor")
        for one in layers[name].footprints
    }


@pytest.mark.parametrize(
    ("name", "km2"),
    [
        ("philadelphi_corridor:2005-09", 1.27),
        ("philadelphi_corridor:2024-12", 12.0),
        ("netzarim_corridor:2024-07", 26.3),
        ("netzarim_corridor:2024-12-02", 46.6),
    ],
)
def test_areas_are_those_that_are_known(land, name, km2) -> None:
    gaza, footprints = land
    area = extent_of([footprints[name]], gaza).area
    assert area.drawn_km2 == pytest.approx(km2, rel=0.005)
    assert area.drawn_km2 == pytest.approx(footprints[name].measures.area_km2)
    assert area.least_km2 < area.drawn_km2 < area.most_km2


def test_a_strip_as_narrow_as_it_is_uncertain_may_be_nothing_or_twice_as_wide(land) -> None:
    gaza, footprints = land
    area = extent_of([footprints["philadelphi_corridor:2005-09"]], gaza).area
    # Only its inner edge is in doubt; the other one is the border.
    assert area.least_km2 == pytest.approx(0, abs=0.005)
    assert area.most_km2 == pytest.approx(2 * area.drawn_km2, rel=0.01)
    assert not area.certain


def test_every_edge_is_in_doubt_where_none_is_the_lands() -> None:
    area = extent(rectangle()).area
    assert area.drawn_km2 == pytest.approx(1, rel=0.002)
    assert area.least_km2 == pytest.approx(0.8**2, rel=0.002)
    assert area.most_km2 == pytest.approx(1 + 4 * 0.1 + 3.1416 * 0.1**2, rel=0.002)


def test_the_edge_along_the_land_stays_and_nothing_reaches_beyond_it() -> None:
    gaza = rectangle(east=2000, north=2000)
    area = extent(rectangle(east=1000, north=2000), gaza=gaza).area
    assert area.least_km2 == pytest.approx(2 * 0.9, rel=0.002)
    assert area.most_km2 == pytest.approx(2 * 1.1, rel=0.002)


@pytest.mark.parametrize("shape", [None, LineString([(34.4, 31.4), (34.5, 31.5)])])
def test_a_line_or_no_shape_has_no_area_rather_than_none(shape) -> None:
    assert extent_of([footprint(shape=shape)], None) is None
    assert extent_of([], None) is None


def test_where_sources_differ_the_least_is_what_all_of_them_have() -> None:
    one, other = rectangle(), rectangle(west=500, east=1500)
    area = extent_of([footprint(shape=shape, accuracy_m=50.0) for shape in (one, other)], None).area
    assert area.drawn_km2 == pytest.approx(1.5, rel=0.002)
    assert area.least_km2 == pytest.approx(0.4 * 0.9, rel=0.002)
    assert area.most_km2 == pytest.approx(1.5 + 5 * 0.05 + 3.1416 * 0.05**2, rel=0.002)


def test_what_a_shape_gains_is_certain_only_beyond_both_accuracies() -> None:
    before = extent(rectangle())
    clearly, hardly = extent(rectangle(east=2000)), extent(rectangle(east=1150))
    gained = clearly.beyond(before)
    assert gained.drawn_km2 == pytest.approx(1, rel=0.002)
    # From 100 m beyond the old edge to 100 m short of the new ones, on three sides.
    assert gained.least_km2 == pytest.approx(0.8 * 0.8, rel=0.002)
    assert gained.certain
    assert hardly.beyond(before).drawn_km2 == pytest.approx(0.15, rel=0.002)
    assert not hardly.beyond(before).certain
    assert before.beyond(clearly).none
    assert not before.beyond(clearly).certain


def test_two_certain_areas_make_a_certain_sum() -> None:
    assert NOTHING + Area(2, 1, 4) + Area(1, 0, 2) == Area(3, 1, 6)
    assert not NOTHING.certain
    assert NOTHING.none
