"""The browser's file of the event table, read back as the browser reads it."""

import gzip
import json
from datetime import date

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from components.draw.columns import columns
from components.model.event import Kind
from components.model.period import Period
from tests.worlds import row, table

EQUATOR_M = 40_075_016.7
DAY = Period.of(date(2024, 5, 7), date(2024, 5, 7))
SPANS = st.builds(Period.of, st.dates(), st.dates())
ROWS = st.lists(
    st.builds(
        lambda period, kind, lon_deg, lat_deg, radius_m: row(
            period, kind=str(kind), lon_deg=lon_deg, lat_deg=lat_deg, radius_m=radius_m
        ),
        SPANS,
        st.sampled_from(Kind),
        st.floats(30, 40),
        st.floats(27, 35),
        st.floats(0.01, 2e7),
    ),
    max_size=10,
)


def decoded(file: bytes) -> tuple[dict, dict[str, np.ndarray]]:
    """Return the header and the columns of a file, by nothing but its description."""
    content = gzip.decompress(file)
    assert content[:4] == b"CORR"
    start = 8 + int.from_bytes(content[4:8], "little")
    assert start % 8 == 0
    header = json.loads(content[8:start])
    count = header["rows"]
    types = {"xy": ("<f4", 2 * count), "first": ("<i4", count), "last": ("<i4", count)}
    types["accuracy"] = ("u1", count)
    assert all(offset % 8 == 0 for offset in header["columns"].values())
    return header, {
        name: np.frombuffer(content, kind, length, header["columns"][name])
        for name, (kind, length) in types.items()
    }


def lonlat_of(header: dict, xy: np.ndarray) -> np.ndarray:
    """Return the degrees of mercator points, by the inverse formula."""
    x, y = (xy.reshape(-1, 2) + np.array(header["origin"])).T
    lat = np.degrees(2 * np.arctan(np.exp((0.5 - y) * 2 * np.pi)) - np.pi / 2)
    return np.column_stack([x * 360 - 180, lat])


@given(ROWS)
def test_what_goes_in_comes_out(rows) -> None:
    known = table(*rows)
    header, found = decoded(columns(known))
    assert header["rows"] == len(rows)
    assert found["first"].tolist() == known.first.tolist()
    assert found["last"].tolist() == known.last.tolist()
    apart_m = np.abs(lonlat_of(header, found["xy"]) - known.lonlat_deg) * EQUATOR_M / 360
    assert np.all(apart_m < 1)
    for accuracy, radius_m in zip(found["accuracy"].tolist(), known.radius_m.tolist(), strict=True):
        assert 2 ** (accuracy / 2) >= radius_m
        assert accuracy == 0 or 2 ** ((accuracy - 1) / 2) < radius_m
    assert [(run["start"], run["stop"]) for run in header["runs"]] == [
        (run.start, run.stop) for run in known.runs()
    ]


@pytest.mark.parametrize(
    ("lon_deg", "lat_deg", "x", "y"),
    [
        (0.0, 0.0, 0.5, 0.5),
        (-180.0, 85.0511287798, 0.0, 0.0),
        (180.0, -90.0, 1.0, 1.0),
        # PROJ puts it at 3831616.87 east, 3691329.15 north in EPSG:3857.
        (34.42, 31.45, 0.5 + 3831616.87 / EQUATOR_M, 0.5 - 3691329.15 / EQUATOR_M),
    ],
)
def test_points_are_web_mercator_in_widths_of_the_world(lon_deg, lat_deg, x, y) -> None:
    header, found = decoded(columns(table(row(lon_deg=lon_deg, lat_deg=lat_deg))))
    assert found["xy"].tolist() == [0, 0]
    assert header["origin"] == pytest.approx([x, y], abs=1e-7)


def test_points_at_the_ends_of_the_world_are_at_most_a_metre_and_a_half_off() -> None:
    corners = [(-180.0, -80.0), (180.0, 80.0), (180.0, -80.0), (179.0, 79.0)]
    known = table(*(row(lon_deg=lon_deg, lat_deg=lat_deg) for lon_deg, lat_deg in corners))
    header, found = decoded(columns(known))
    apart_m = np.abs(lonlat_of(header, found["xy"]) - known.lonlat_deg) * EQUATOR_M / 360
    assert np.all(apart_m < 1.5)


@pytest.mark.parametrize(
    ("radius_m", "accuracy"), [(0.5, 0), (1, 0), (1.01, 1), (2, 2), (500, 18), (512, 18), (513, 19)]
)
def test_accuracy_is_the_next_half_power_of_two(radius_m, accuracy) -> None:
    assert decoded(columns(table(row(radius_m=radius_m))))[1]["accuracy"].tolist() == [accuracy]


def test_the_header_tells_the_runs_and_open_ends_are_those_of_the_model() -> None:
    header, found = decoded(
        columns(
            table(
                row(DAY, kind="war", mode="claimed"),
                row(Period.of(date.min, date.max), kind="attack", mode="claimed"),
            )
        )
    )
    assert header["runs"] == [
        {"theme": "war", "mode": "claimed", "exact": True, "start": 0, "stop": 1},
        {"theme": "war", "mode": "claimed", "exact": False, "start": 1, "stop": 2},
    ]
    assert found["first"].tolist() == [19850, -719162]
    assert found["last"].tolist() == [19850, 2932896]


def test_the_same_table_gives_the_same_bytes() -> None:
    rows = [row(DAY, lon_deg=34.0), row(DAY, lon_deg=35.0)]
    assert columns(table(*rows)) == columns(table(*reversed(rows)))
    assert columns(table(*rows))[4:8] == bytes(4), "the gzip header holds a time"


def test_an_empty_table_is_a_file_too() -> None:
    header, _ = decoded(columns(table()))
    assert (header["rows"], header["runs"]) == (0, [])
