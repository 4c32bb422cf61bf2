"""Layer files: what is read, and how a broken record is told."""

import json
import shutil
from datetime import date
from pathlib import Path

import pytest

from components.geo.layers import read_land
from components.page.served import GEODATA


@pytest.fixture
def land(tmp_path: Path):
    """Return a function that reads a copy of the land after a change to one file's content."""

    def changed(name: str, change) -> tuple:
        folder = tmp_path / "geodata"
        shutil.copytree(GEODATA, folder)
        content = json.loads((folder / name).read_text())
        change(content)
        (folder / name).write_text(json.dumps(content))
        read = read_land(folder)
        return read, [str(fault) for fault in read.faults]

    return changed


def properties(number: int, **changes):
    """Return a change of one feature's properties."""
    return lambda content: content["features"][number]["properties"].update(changes)


def test_the_land_of_the_project_has_no_fault() -> None:
    land = read_land(GEODATA)
    assert land.faults == ()
    assert [layer.id for layer in land.layers] == [
        "netzarim_corridor", "philadelphi_corridor", "egypt_gaza_border", "crossings", "gaza",
    ]  # fmt: skip


def test_a_corridor_is_as_it_was_on_the_day() -> None:
    netzarim, philadelphi, *_ = read_land(GEODATA).layers
    (summer,) = netzarim.on(date(2024, 8, 22))
    assert summer.measures.area_km2 == pytest.approx(26.3, abs=0.1)
    assert netzarim.on(date(2023, 10, 20)) == ()
    (vacated,) = netzarim.on(date(2025, 2, 20))
    assert vacated.shape is None
    (may,) = philadelphi.on(date(2024, 5, 15))
    holders = {held.holder for held in may.control_on(date(2024, 5, 15))}
    assert holders == {
        "Egypt, on its own side of the border", "Gaza side: not known here", "Israel",
    }  # fmt: skip


def test_how_a_shape_came_to_be_is_that_of_the_day() -> None:
    netzarim, philadelphi, *_ = read_land(GEODATA).layers
    assert philadelphi.method_on(date(2024, 7, 1)) == "derived"
    assert philadelphi.method_on(date(2024, 8, 22)) == "schematic"
    assert netzarim.method_on(date(2025, 2, 20)) is None


def test_days_the_wrong_way_round_are_told_with_what_to_do(land) -> None:
    change = properties(2, valid_from="2024-05-01", valid_to="2024-01-02")
    read, faults = land("netzarim_corridor.geojson", change)
    (fault,) = faults
    assert fault == (
        "geodata/netzarim_corridor.geojson, feature 3: valid_to 2024-01-02 is before valid_from "
        "2024-05-01. Swap them, or use null if it still stands."
    )
    assert len(read.layers[0].footprints) == 10


def test_all_faults_of_a_file_are_told_at_once(land) -> None:
    def change(content) -> None:
        properties(0, method="guessed", accuracy_m=-1)(content)
        properties(1, valid_from="spring")(content)
        del content["features"][3]["properties"]["source"]

    read, faults = land("netzarim_corridor.geojson", change)
    assert len(faults) == 4
    assert len(read.layers[0].footprints) == 8
    assert len(read.layers) == 5


def test_two_footprints_of_one_source_on_one_day_are_told(land) -> None:
    def change(content) -> None:
        again = json.loads(json.dumps(content["features"][0]))
        again["id"] += ":again"
        content["features"].append(again)

    read, faults = land("netzarim_corridor.geojson", change)
    assert any("share days by the same source" in fault for fault in faults)
    assert len(read.layers[0].footprints) == 11


def test_an_id_used_twice_is_told(land) -> None:
    _, faults = land(
        "crossings.geojson", lambda content: content["features"].append(content["features"][0])
    )
    assert any("is used twice" in fault for fault in faults)


def test_metres_instead_of_degrees_are_told(land) -> None:
    def change(content) -> None:
        content["features"][0]["geometry"] = {"type": "Point", "coordinates": [634000, 3480000]}

    _, faults = land("crossings.geojson", change)
    assert "are not WGS 84 degrees" in faults[0]


def test_a_missing_file_leaves_the_others(tmp_path) -> None:
    read = read_land(tmp_path)
    assert read.layers == ()
    assert len(read.faults) == 6
    assert all("geodata.build" in fault.message for fault in read.faults)
