"""Broken land files are told and left out; reading them never raises."""

import json
import tempfile
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st

from components.geo.layers import LAYER_FILES, read_land

JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4)
    ),
    max_leaves=12,
)
NUMBERS = st.floats(-200, 200) | st.none() | st.just("x")
GEOMETRY = (
    JSON
    | st.builds(
        lambda kind, coordinates: {"type": kind, "coordinates": coordinates},
        st.sampled_from(["Point", "LineString", "Polygon", "MultiPolygon", "Nothing"]),
        st.recursive(NUMBERS, lambda inner: st.lists(inner, max_size=4)),
    )
)  # fmt: skip
GOOD = {
    "label": "A strip", "valid_from": "2024-05", "valid_to": None, "control": [], "accuracy_m": 1,
    "method": "derived", "published_value": None, "source": "Somebody", "source_date": None,
    "source_checked": False, "note": None,
}  # fmt: skip


@st.composite
def features(draw):
    """Return features of which some parts are sound."""
    record = dict(GOOD)
    for key in draw(st.sets(st.sampled_from(sorted(GOOD)), max_size=2)):
        record[key] = draw(JSON)
    if draw(st.booleans()):
        record["axis"] = draw(JSON)
    return {"id": draw(st.text(max_size=4)), "geometry": draw(GEOMETRY), "properties": record}


@st.composite
def collections(draw):
    """Return collections with good and broken features."""
    name = {"en": "Corridor", "ar": "م", "he": "מ"}
    return {
        "id": "corridor", "kind": "corridor", "names": name, "aliases": [], "about": "",
        "features": draw(st.lists(features() | JSON, max_size=3)),
    }  # fmt: skip


@settings(max_examples=300)
@given(st.one_of(collections(), JSON))
def test_any_file_is_read_or_told(content) -> None:
    with tempfile.TemporaryDirectory() as folder:
        for name in (*LAYER_FILES, "places.geojson"):
            Path(folder, name).write_text(json.dumps(content), encoding="utf-8")
        land = read_land(Path(folder))
    records = content["features"] if isinstance(content, dict) and "features" in content else []
    for layer in land.layers:
        assert len(layer.footprints) <= len(records)
        if len(layer.footprints) < len(records):
            assert land.faults
    if not land.layers:
        assert land.faults
