"""The land as committed: published figures, RFC 7946, dates, names, and that it can be rebuilt."""

import json
import re
import shutil
from collections import Counter
from collections.abc import Iterator
from itertools import combinations, pairwise
from pathlib import Path
from typing import Any

import pytest
import shapely
from pyproj import Geod, Transformer
from shapely.geometry import LineString, Point, shape
from shapely.geometry.base import BaseGeometry

from components.geo.gazetteer import folded
from components.model.period import Period
from geodata import build

GEODATA = Path(__file__).parents[2] / "geodata"
FILES = sorted(GEODATA.glob("*.geojson"))
LAYERS = ("netzarim_corridor", "philadelphi_corridor", "egypt_gaza_border", "crossings", "gaza")
ELLIPSOID = Geod(ellps="WGS84")
TO_METRES = Transformer.from_crs("EPSG:4326", "EPSG:32636", always_xy=True)

TRIPOINT = (34.267499, 31.220129)
SEA_END = (34.218409, 31.323981)
BUREIJ_RADIUS_M = 800

Record = dict[str, Any]


def collection(layer: str) -> Record:
    """Return a layer file as JSON."""
    found: Record = json.loads((GEODATA / f"{layer}.geojson").read_text(encoding="utf-8"))
    return found


def features(layer: str) -> dict[str, Record]:
    """Return a layer's features by id."""
    return {feature["id"]: feature for feature in collection(layer)["features"]}


def outline(layer: str, feature: str) -> BaseGeometry:
    """Return a feature's shape, WGS 84 lon lat."""
    return shape(features(layer)[feature]["geometry"])


def every_feature() -> Iterator[tuple[str, Record]]:
    """Yield the features of all files, each with its name for a message."""
    for file in FILES:
        for feature in collection(file.stem)["features"]:
            yield f"{file.name}, {feature['id']}", feature


def footprints() -> Iterator[tuple[str, Record]]:
    """Yield the footprints of the layers."""
    for layer in LAYERS:
        for feature in collection(layer)["features"]:
            yield feature["id"], feature["properties"]


def length_km(line: BaseGeometry) -> float:
    return float(ELLIPSOID.geometry_length(line)) / 1000


def area_km2(area: BaseGeometry) -> float:
    return float(ELLIPSOID.geometry_area_perimeter(shapely.orient_polygons(area))[0]) / 1e6


def metres(lonlat: BaseGeometry) -> BaseGeometry:
    return shapely.transform(lonlat, TO_METRES.transform, interleaved=False)


def metres_apart(one: tuple[float, float], other: tuple[float, float]) -> float:
    return float(ELLIPSOID.inv(*one, *other)[2])


def period(first: str | None, last: str | None) -> Period:
    return Period.from_edtf(f"{first or '..'}/{last or '..'}")


# --- Figures: What was measured before anything was built, and what was published


def test_border_with_egypt() -> None:
    border = outline("egypt_gaza_border", "egypt_gaza_border:always")
    assert length_km(border) == pytest.approx(12.69, abs=0.05)
    sea, inland = border.coords[0], border.coords[-1]
    assert metres_apart(sea, SEA_END) < 50
    assert metres_apart(inland, TRIPOINT) < 50


def test_line_with_israel() -> None:
    line = outline("basemap", "israel_gaza_line")
    assert length_km(line) == pytest.approx(59.28, abs=0.3)
    assert metres_apart(line.coords[-1], TRIPOINT) < 50


def test_gazas_area() -> None:
    gaza = outline("gaza", "gaza:always")
    assert area_km2(gaza) == pytest.approx(363.9, abs=1)
    assert len(shapely.get_rings(gaza)) == 1
    assert area_km2(outline("basemap", "land:GAZ")) == pytest.approx(area_km2(gaza), abs=0.01)


def test_netzarim_axis() -> None:
    axes = {name: record["axis"] for name, record in footprints() if "netzarim" in name}
    for state in ("2024-03-06", "2024-04-25", "2024-05-17", "2024-07", "2024-12-02"):
        axis = LineString(axes[f"netzarim_corridor:{state}"])
        assert 6.5 <= length_km(axis) <= 6.8


def test_netzarim_areas() -> None:
    assert area_km2(outline("netzarim_corridor", "netzarim_corridor:2024-07")) == pytest.approx(
        26.3, abs=0.3
    )
    late = area_km2(outline("netzarim_corridor", "netzarim_corridor:2024-12-02"))
    assert 40 <= late <= 56
    assert late == pytest.approx(46.6, abs=0.5)
    part = outline("netzarim_corridor", "netzarim_corridor:2025-01-27")
    assert area_km2(part) < late / 2


def test_netzarim_lies_in_gaza_and_spares_bureij() -> None:
    gaza = metres(outline("gaza", "gaza:always")).buffer(5)  # the ends of the axis are given to 5 m
    bureij = metres(outline("places", "bureij")).buffer(BUREIJ_RADIUS_M)
    for name, feature in features("netzarim_corridor").items():
        if feature["geometry"]:
            state = metres(shape(feature["geometry"]))
            assert gaza.contains(state), name
            assert not state.intersects(bureij), name


def test_netzarim_has_its_states() -> None:
    states = features("netzarim_corridor")
    assert len(states) >= 8
    assert {name for name, state in states.items() if state["geometry"] is None} == {
        "netzarim_corridor:2025-02-09",
        "netzarim_corridor:2025-10-10",
    }


def test_philadelphi_strip() -> None:
    strip = outline("philadelphi_corridor", "philadelphi_corridor:2024-05-29")
    assert area_km2(strip) == pytest.approx(1.27, abs=0.05)
    gaza = outline("gaza", "gaza:always")
    border = metres(outline("egypt_gaza_border", "egypt_gaza_border:always"))
    assert metres(strip).difference(metres(gaza)).area < 1000  # m²: rounding along 12.7 km
    inner = metres(strip).boundary.difference(border.buffer(99))
    assert inner.length > 12_000
    assert metres(gaza).contains(inner.difference(metres(gaza).boundary.buffer(2)))


def test_philadelphi_widened() -> None:
    late = outline("philadelphi_corridor", "philadelphi_corridor:2024-12")
    assert area_km2(late) == pytest.approx(12, abs=0.1)


def test_may_2024_has_three_states_of_philadelphi() -> None:
    may = Period.from_edtf("2024-05")
    holders = {
        name: [control["holder"] for control in record["control"]]
        for name, record in footprints()
        if name.startswith("philadelphi")
        and period(record["valid_from"], record["valid_to"]).meets(may)
    }
    assert holders == {
        "philadelphi_corridor:2005-09": [
            "Egypt, on its own side of the border",
            "Gaza side: not known here",
        ],
        "philadelphi_corridor:2024-05-07": [
            "Egypt, on its own side of the border",
            "Gaza side: not known here",
            "Israel",
        ],
        "philadelphi_corridor:2024-05-29": ["Egypt, on its own side of the border", "Israel"],
    }


def test_crossings_are_on_their_lines() -> None:
    lines = {
        "egypt_gaza_border": outline("egypt_gaza_border", "egypt_gaza_border:always"),
        "israel_gaza_line": outline("basemap", "israel_gaza_line"),
    }
    places = set()
    for name, feature in features("crossings").items():
        record = feature["properties"]
        apart = metres(shape(feature["geometry"])).distance(metres(lines[record["crosses"]]))
        assert apart <= record["accuracy_m"], name
        places.add(record["place"])
    assert len(places) == 7


# --- Time: Law 4, and that no day falls between two states


def test_one_footprint_a_source_and_day() -> None:
    by_thing: dict[tuple[str, str | None], list[tuple[str, Period]]] = {}
    for name, record in footprints():
        thing = (name.split(":")[0], record.get("place"))
        span = period(record["valid_from"], record["valid_to"])
        by_thing.setdefault(thing, []).append((name, span))
    for states in by_thing.values():
        for (one, days), (other, other_days) in combinations(states, 2):
            assert not days.meets(other_days), (one, other)


def test_states_follow_each_other_without_a_gap() -> None:
    for layer in ("netzarim_corridor", "philadelphi_corridor"):
        spans = sorted(
            period(one["properties"]["valid_from"], one["properties"]["valid_to"])
            for one in features(layer).values()
        )
        for one, following in pairwise(spans):
            assert (following.first - one.last).days == 1, (layer, one, following)
        assert spans[-1].stands


def test_control_meets_its_footprint() -> None:
    for name, record in footprints():
        days = period(record["valid_from"], record["valid_to"])
        for control in record["control"]:
            assert period(control["from"], control["to"]).meets(days), (name, control)


def test_ids_say_the_first_day() -> None:
    for name, record in footprints():
        last = name.rsplit(":", 1)[1]
        assert last == (record["valid_from"] or last)
        assert record["valid_from"] or last in {"always", "before"}


# --- Files: RFC 7946, ids, properties, names, size


def test_there_are_seven() -> None:
    assert {file.stem for file in FILES} == {*LAYERS, "places", "basemap"}
    sizes = {file.name: file.stat().st_size for file in GEODATA.iterdir() if file.is_file()}
    # The names of the world are read by the reader of articles; no browser fetches them.
    assert sizes.pop("world.parquet") < 6_000_000
    assert sum(sizes.values()) < 1_500_000


def test_ids_are_there_once() -> None:
    ids = Counter((name.split(",")[0], feature["id"]) for name, feature in every_feature())
    assert [one for one, times in ids.items() if times > 1] == []


def test_collections_say_what_they_are() -> None:
    for file in FILES:
        record = collection(file.stem)
        assert record["type"] == "FeatureCollection"
        assert record["id"] == file.stem
        assert record["attribution"] == build.ATTRIBUTION
        assert record["about"].endswith(".")
        assert record["kind"]
        assert isinstance(record["aliases"], list)
        assert file.read_bytes().endswith(b"]}\n")


def test_shapes_follow_rfc_7946() -> None:
    for name, feature in every_feature():
        assert feature["type"] == "Feature", name
        assert isinstance(feature["id"], str), name
        if feature["geometry"] is None:
            continue
        geometry = shape(feature["geometry"])
        assert geometry.is_valid, name
        assert not geometry.is_empty, name
        west, south, east, north = geometry.bounds
        assert -180 <= west <= east <= 180, name
        assert -90 <= south <= north <= 90, name
        assert geometry.equals_exact(shapely.orient_polygons(geometry), 0), name
        for polygon in _rings(feature["geometry"]):
            for ring in polygon:
                assert ring[0] == ring[-1], name
                assert len(ring) >= 4, name


def test_coordinates_have_six_decimals() -> None:
    for file in FILES:
        assert not re.search(r"\d\.\d{7}", file.read_text(encoding="utf-8")), file.name


def test_footprints_say_how_sure_we_are() -> None:
    for name, record in footprints():
        assert {
            "label", "valid_from", "valid_to", "control", "accuracy_m", "method",
            "published_value", "source", "source_date", "source_checked", "note", "axis",
            "width_m",
        } <= record.keys(), name  # fmt: skip
        assert record["method"] in {"surveyed", "derived", "schematic"}, name
        assert record["source"], name
        if record["method"] == "schematic" and not name.endswith(("2025-02-09", "2025-10-10")):
            assert record["accuracy_m"] >= 400, name
        for control in record["control"]:
            assert control.keys() == {
                "holder", "from", "to", "words", "source", "source_date", "source_checked",
            }, name  # fmt: skip
            assert not control["source_checked"], name


def test_a_missing_shape_is_explained() -> None:
    for name, feature in every_feature():
        if feature["geometry"] is None:
            assert feature["properties"]["note"], name


def test_names_are_in_three_scripts() -> None:
    named = [
        *((name, one["properties"].get("names")) for name, one in every_feature()),
        *((file.name, collection(file.stem)["names"]) for file in FILES),
    ]
    arabic = re.compile(r"[\u0621-\u0652 ()\d]+")  # without the letters of Urdu and Persian
    hebrew = re.compile(r"[\u05d0-\u05ea '()\-\d]+")
    for name, names in named:
        if names is not None:
            assert re.fullmatch(r"[A-Z][A-Za-z' ()\-\d]+|(al|az|an)-[A-Za-z' -]+", names["en"])
            assert arabic.fullmatch(names["ar"]), name
            assert hebrew.fullmatch(names["he"]), name


def test_every_crossing_and_place_has_names() -> None:
    for layer in ("crossings", "places"):
        assert all(one["properties"]["names"] for one in features(layer).values())


# --- Places: The gazetteer


def test_a_name_means_one_place() -> None:
    names = Counter(
        folded(name)
        for one in features("places").values()
        for name in {*one["properties"]["aliases"], one["properties"]["names"]["en"]}
    )
    assert [name for name, times in names.items() if times > 1] == []


def test_a_layers_name_is_no_other_place() -> None:
    layers = [collection(layer) for layer in LAYERS]
    taken = {folded(name) for one in layers for name in (one["names"]["en"], *one["aliases"])}
    for name, one in features("places").items():
        if one["properties"]["layer"] is None:
            own = {one["properties"]["names"]["en"], *one["properties"]["aliases"]}
            assert not taken & {folded(alias) for alias in own}, name


def test_places_lie_in_their_country() -> None:
    gaza, israel, egypt = (
        outline("gaza", "gaza:always"), outline("places", "israel"), outline("places", "egypt")
    )  # fmt: skip
    for inside, ids in {
        gaza: ("gaza_city", "rafah_gaza", "khan_younis", "bureij", "zeitoun", "maghazi",
               "az_zahra", "shati", "al_mawasi", "tel_al_sultan", "shujaiya"),
        israel: ("sderot", "nahal_oz", "nir_oz", "reim", "kissufim", "kerem_shalom_kibbutz",
                 "zikim", "beersheba", "tel_aviv", "eilat"),
        egypt: ("rafah_egypt", "el_arish", "cairo", "sheikh_zuweid", "sinai"),
    }.items():  # fmt: skip
        for name in ids:
            assert inside.contains(outline("places", name)), name


def test_a_place_says_how_sure_we_are() -> None:
    for name, one in features("places").items():
        record = one["properties"]
        assert record["source"], name
        assert record["accuracy_m"] > 0, name
        assert record["rank"] in {1, 2, 3, 4}, name
        point = bool(one["geometry"]) and one["geometry"]["type"] == "Point"
        assert (record["radius_m"] > 0) == point, name


def test_layers_it_names_exist() -> None:
    named = {one["properties"]["layer"] for one in features("places").values()} - {None}
    assert named == {"gaza"}


def test_every_crossing_is_a_place() -> None:
    crossings = {one["properties"]["place"] for one in features("crossings").values()}
    assert crossings <= features("places").keys()


# --- Basemap: Land that fits together


def test_lands_do_not_overlap() -> None:
    lands = _lands()
    for (one, land), (other, neighbour) in combinations(lands.items(), 2):
        assert area_km2(land & neighbour) < 0.01, (one, other)


def test_no_crack_of_sea_between_lands() -> None:
    together = shapely.union_all([*_lands().values()])
    holes = [ring for part in together.geoms for ring in part.interiors]
    cracks = [hole.bounds for hole in holes if area_km2(shapely.Polygon(hole)) < 1]
    assert cracks == []


def test_detail_has_no_seam() -> None:
    edge = shapely.box(33.9, 30.9, 34.8, 31.8).exterior
    for name, land in _lands().items():
        assert land.boundary.intersection(edge.buffer(1e-7)).length < 1e-4, name


def test_cairo_and_its_neighbours_stand_on_land() -> None:
    together = shapely.union_all([*_lands().values()])
    for name in ("cairo", "jerusalem", "tel_aviv", "amman", "beirut", "el_arish", "damascus"):
        assert together.contains(outline("places", name)), name
    assert not together.contains(Point(33.0, 32.5))


def test_no_border_is_drawn_twice() -> None:
    basemap = features("basemap")
    borders = [
        shape(one["geometry"])
        for one in basemap.values()
        if one["properties"]["class"] in {"country_border", "israel_gaza_line"}
    ] + [outline("egypt_gaza_border", "egypt_gaza_border:always")]
    for one, other in combinations(borders, 2):
        assert length_km(one & other) < 0.01


# --- Build: The script that made the files


def test_eve() -> None:
    assert [build.states.eve(day) for day in ("2024-03-01", "2024-01", "2011")] == [
        "2024-02-29", "2023-12", "2010",
    ]  # fmt: skip


def test_difference_names_file_feature_and_value(monkeypatch: pytest.MonkeyPatch) -> None:
    made = collection("egypt_gaza_border")
    assert build.check({"egypt_gaza_border.geojson": made}) == []
    monkeypatch.setitem(made["features"][0]["properties"], "accuracy_m", 51)
    (fault,) = build.check({"egypt_gaza_border.geojson": made})
    assert fault.startswith("geodata/egypt_gaza_border.geojson: features[egypt_gaza_border:alw")
    assert "accuracy_m: committed 50, rebuilt 51" in fault


def test_last_digit_may_differ() -> None:
    assert list(build.differences([34.218409], [34.218410])) == []
    assert list(build.differences([34.218409], [34.218429])) != []


def test_other_data_is_refused(tmp_path: Path) -> None:
    package = tmp_path / build.LAND_PACKAGE
    package.mkdir(parents=True)
    (package / "map.geo.json").write_text("{}")
    with pytest.raises(ValueError, match=r"Install version 0\.6\.0"):
        build.read_land(tmp_path)


@pytest.mark.slow
def test_committed_files_can_be_rebuilt(capsys: pytest.CaptureFixture[str]) -> None:
    if shutil.which("npm") is None:
        pytest.skip("npm is not installed, and the land comes from an npm package")
    code = build.main(["--check"])
    assert code == 0, capsys.readouterr().err


def _lands() -> dict[str, BaseGeometry]:
    return {
        name: shape(one["geometry"])
        for name, one in features("basemap").items()
        if one["properties"]["class"] == "land"
    }


def _rings(geometry: Record) -> list[Any]:
    polygons = {"Polygon": [geometry["coordinates"]], "MultiPolygon": geometry["coordinates"]}
    return polygons.get(geometry["type"], [])
