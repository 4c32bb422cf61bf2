"""Law 7: inside is 0 m and nothing else is; degrees to metres to degrees comes back."""

import pytest
from hypothesis import given
from hypothesis import strategies as st
from shapely.geometry import Point, box

from components.geo.geodesic import distance_m, in_degrees, in_metres

LON = st.floats(31.0, 36.0)
LAT = st.floats(28.0, 34.0)
POINTS = st.builds(Point, LON, LAT)


@st.composite
def boxes(draw):
    """Return boxes of a few metres to a hundred kilometres."""
    west, south = draw(LON), draw(LAT)
    return box(west, south, west + draw(st.floats(1e-4, 1.0)), south + draw(st.floats(1e-4, 1.0)))


@given(POINTS, boxes())
def test_inside_is_zero_metres_and_nothing_else_is(point, shape) -> None:
    assert (distance_m(point, shape) == 0) == shape.covers(point)


@given(POINTS, POINTS)
def test_distance_is_symmetric(one, other) -> None:
    assert distance_m(one, other) == pytest.approx(distance_m(other, one), abs=1e-3)


@given(boxes())
def test_degrees_to_metres_to_degrees_comes_back(shape) -> None:
    assert in_degrees(in_metres(shape)).equals_exact(shape, tolerance=1e-8)
