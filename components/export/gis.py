"""A briefing as files of geographic programs: GeoJSON, GeoPackage, GeoParquet; and back."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from contextlib import closing
from dataclasses import asdict
from datetime import UTC
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

import pyarrow as pa
import pyogrio
import shapely
from pyarrow import parquet
from shapely.geometry import mapping, shape

from components.draw.style import LAYERS
from components.draw.style import Mark as Way
from components.export.gis_style import event_rules, land_rules, qml, sld
from components.export.records import (
    EventRow,
    FootprintRow,
    Records,
    SceneRow,
    about_of,
    columns,
    records_of,
    row_of,
    tidy,
    values,
    word_of,
)
from components.geo.geodesic import DEGREES
from components.model.briefing import slug
from components.text.sidecar import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

    from components.export.takeaway import Takeaway, Told

Row = TypeVar("Row", bound=FootprintRow | EventRow | SceneRow)
Shaped: TypeAlias = "FootprintRow | EventRow"

_FOOTPRINT, _EVENT = "footprint", "event"
_KINDS: dict[str, type[FootprintRow | EventRow]] = {
    _FOOTPRINT: FootprintRow,
    _EVENT: EventRow,
}


# GeoJSON ------------------------------------------------------------------------------------------


def write_geojson(of: Takeaway, folder: Path, _geodata: Path, told: Told) -> list[Path]:
    """Write one collection (RFC 7946: WGS 84, lon lat) of all footprints and events.

    What the file says of itself, and the scenes, are its members `about` and `scenes`.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    told("GeoJSON", 0.0)
    records = records_of(of)
    told("GeoJSON", 0.5)
    path = folder / f"{of.stem}.geojson"
    write_whole(path, geojson(records).encode())
    told("GeoJSON", 1.0)
    return [path]


def geojson(records: Records) -> str:
    """Return records as GeoJSON, a line a feature."""
    head: dict[str, Any] = {"type": "FeatureCollection", "name": records.about.briefing}
    shapes = _all_shapes(records)
    if shapes:
        head["bbox"] = shapely.total_bounds(shapes).tolist()
    head["about"] = asdict(records.about)
    head["scenes"] = [_plain(one) for one in records.scenes]
    features = (
        *(_feature(_FOOTPRINT, one.id, one) for one in records.footprints),
        *(_feature(_EVENT, f"{one.id}@{one.place_id}", one) for one in records.events),
    )
    lines = ",\n".join(map(_json, features))
    return f'{_json(head)[:-1]},"features":[\n{lines}\n]}}\n'


def _all_shapes(records: Records) -> list[BaseGeometry]:
    rows: list[Shaped] = [*records.footprints, *records.events]
    return [one.shape for one in rows if one.shape is not None]


def _json(value: Mapping[str, Any]) -> str:
    return json.dumps(value, ensure_ascii=False, allow_nan=False, separators=(",", ":"))


def _plain(row: Row) -> dict[str, Any]:
    """Return a row's columns as JSON has them; what is empty is null."""
    return {
        name: value if isinstance(value, bool | int | float) else word_of(value) or None
        for name, value in values(row).items()
    }


def _feature(kind: str, id_: str, row: FootprintRow | EventRow) -> dict[str, Any]:
    return {
        "type": "Feature",
        "id": id_,
        "geometry": None if row.shape is None else mapping(row.shape),
        "properties": {"record": kind} | _plain(row),
    }


def read_geojson(path: Path) -> Records:
    """Read what `write_geojson` wrote.

    Raises
    ------
    OSError
        When it cannot be read.
    ValueError, TypeError, KeyError
        When it is none of ours.
    """
    found = json.loads(path.read_text(encoding="utf-8"))
    rows: dict[str, list[Any]] = defaultdict(list)
    for one in found["features"]:
        kind = one["properties"]["record"]
        outline = shape(one["geometry"]) if one["geometry"] else None
        rows[kind].append(row_of(_KINDS[kind], one["properties"], outline))
    return Records(
        about_of(found["about"]),
        tuple(row_of(SceneRow, one) for one in found["scenes"]),
        tuple(rows[_FOOTPRINT]),
        tuple(rows[_EVENT]),
    )


# Tables -------------------------------------------------------------------------------------------

_ARROW = {
    "str": pa.string(),
    "int": pa.int64(),
    "float": pa.float64(),
    "bool": pa.bool_(),
    "date": pa.date32(),
}


def _table(kind: type[Row], rows: Sequence[FootprintRow | EventRow | SceneRow]) -> pa.Table:
    """Return rows as columns without their shapes; an empty text is null."""
    return pa.table(
        {
            name: pa.array([_cell(getattr(row, name)) for row in rows], _ARROW[type_])
            for name, type_ in columns(kind).items()
        }
    )


def _cell(value: object) -> object:
    return None if value == "" else value


def _shapes(rows: Iterable[Shaped], *, multi: bool = False) -> pa.Array:
    """Return shapes as WKB; with `multi`, each as one of many parts, as a typed table has it."""
    found = [one.shape for one in rows]
    if multi:
        found = [
            _MULTI[one.geom_type]([one]) if one is not None and one.geom_type in _MULTI else one
            for one in found
        ]
    return pa.array(
        [None if one is None else shapely.to_wkb(one, byte_order=1) for one in found], pa.binary()
    )


_MULTI: dict[str, Any] = {"LineString": shapely.multilinestrings, "Polygon": shapely.multipolygons}


def _rows(kind: type[Row], table: pa.Table, shapes: str = "") -> list[Row]:
    """Return the rows that a table holds."""
    rows = table.to_pylist()
    return [
        row_of(kind, one, tidy(shapely.from_wkb(one[shapes])) if one.get(shapes) else None)
        for one in rows
    ]


# GeoParquet ---------------------------------------------------------------------------------------


def write_geoparquet(of: Takeaway, folder: Path, _geodata: Path, told: Told) -> list[Path]:
    """Write one table of all footprints and events (GeoParquet 1.1, WGS 84, lon lat).

    The column `record` says which a row is. What the file says of itself, and the scenes, stand
    under `corridors` in its metadata.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    told("GeoParquet", 0.0)
    records = records_of(of)
    told("GeoParquet", 0.5)
    sink = pa.BufferOutputStream()
    parquet.write_table(geoparquet(records), sink, compression="zstd")
    path = folder / f"{of.stem}.parquet"
    write_whole(path, sink.getvalue().to_pybytes())
    told("GeoParquet", 1.0)
    return [path]


def geoparquet(records: Records) -> pa.Table:
    """Return records as one table with the metadata of GeoParquet."""
    tables = [
        _table(kind, rows)
        .add_column(0, "record", pa.array([name] * len(rows), pa.string()))
        .append_column("geometry", _shapes(rows))
        for name, kind, rows in (
            (_FOOTPRINT, FootprintRow, records.footprints),
            (_EVENT, EventRow, records.events),
        )
    ]
    whole = pa.concat_tables(tables, promote_options="default")
    whole = whole.select([*(one for one in whole.column_names if one != "geometry"), "geometry"])
    shapes = _all_shapes(records)
    column: dict[str, Any] = {
        "encoding": "WKB",
        "geometry_types": sorted({one.geom_type for one in shapes}),
        "orientation": "counterclockwise",
    }
    if shapes:
        column["bbox"] = shapely.total_bounds(shapes).tolist()
    # Without a `crs` it is WGS 84 with longitude first.
    geo = {"version": "1.1.0", "primary_column": "geometry", "columns": {"geometry": column}}
    own = {"about": asdict(records.about), "scenes": [_plain(one) for one in records.scenes]}
    return whole.replace_schema_metadata({"geo": json.dumps(geo), "corridors": _json(own)})


def read_geoparquet(path: Path) -> Records:
    """Read what `write_geoparquet` wrote.

    Raises
    ------
    OSError
        When it cannot be read.
    ValueError, KeyError
        When it is none of ours.
    """
    table = parquet.read_table(path)
    own = json.loads(table.schema.metadata[b"corridors"])
    kinds = table["record"].to_pylist()

    def of_kind(name: str) -> pa.Table:
        return table.filter(pa.array([one == name for one in kinds], pa.bool_()))

    return Records(
        about_of(own["about"]),
        tuple(row_of(SceneRow, one) for one in own["scenes"]),
        tuple(_rows(FootprintRow, of_kind(_FOOTPRINT), "geometry")),
        tuple(_rows(EventRow, of_kind(_EVENT), "geometry")),
    )


# GeoPackage ---------------------------------------------------------------------------------------

_GEOM = "geom"
_EVENTS, _UNPLACED, _SCENES, _ABOUT, _STYLES = (
    "events",
    "events_not_placed",
    "scenes",
    "about",
    "layer_styles",
)
_TYPES = {
    "points": "Point",
    "many_points": "MultiPoint",
    "lines": "MultiLineString",
    "areas": "MultiPolygon",
    "mixed": "GeometryCollection",
}
_GROUPS = {
    "Point": "points",
    "MultiPoint": "many_points",
    "LineString": "lines",
    "MultiLineString": "lines",
    "Polygon": "areas",
    "MultiPolygon": "areas",
}
_STYLES_SQL = """
CREATE TABLE "layer_styles" (
    "id" INTEGER PRIMARY KEY AUTOINCREMENT NOT NULL,
    "f_table_catalog" TEXT(256), "f_table_schema" TEXT(256), "f_table_name" TEXT(256),
    "f_geometry_column" TEXT(256), "styleName" TEXT(30), "styleQML" TEXT, "styleSLD" TEXT,
    "useAsDefault" BOOLEAN, "description" TEXT, "owner" TEXT(30), "ui" TEXT(30),
    "update_time" DATETIME DEFAULT (strftime('%Y-%m-%dT%H:%M:%fZ','now'))
)
"""


def write_geopackage(of: Takeaway, folder: Path, _geodata: Path, told: Told) -> list[Path]:
    """Write a table a layer and geometry, with styles that QGIS finds by itself.

    Beside the layers: `events` (points), `events_lines`, `events_areas`, `events_not_placed`,
    `scenes`, and `about`, what the file says of itself. A table's description says whose land
    and which day it is.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    told("GeoPackage", 0.0)
    records = records_of(of)
    told("GeoPackage", 0.3)
    path = folder / f"{of.stem}.gpkg"
    unfinished = folder / f".{path.stem}.unfinished.gpkg"
    unfinished.unlink(missing_ok=True)
    try:
        _write_tables(records, unfinished)
        told("GeoPackage", 0.8)
        moment = of.made.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%S.000Z")
        _write_styles(records, unfinished, moment)
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    told("GeoPackage", 1.0)
    return [path]


def _group(row: FootprintRow | EventRow) -> str:
    return _GROUPS.get(row.shape.geom_type, "mixed") if row.shape is not None else ""


_USUAL = {Way.LINE: "lines", Way.CROSSING: "points"}


def _land(records: Records) -> dict[tuple[str, str, str], list[FootprintRow]]:
    """Return footprints by table, layer and geometry.

    Those of a layer's usual geometry are under its own name, with those that have no outline.
    """
    tables: dict[tuple[str, str, str], list[FootprintRow]] = defaultdict(list)
    names: dict[str, str] = {}
    for one in records.footprints:
        name = names.get(one.layer)
        if name is None:
            name = one.layer if one.layer in LAYERS else f"layer_{slug(one.layer)}"
            name = name.replace("-", "_")
            while name in names.values():
                name += "_"
            names[one.layer] = name
        usual = _USUAL.get(LAYERS[one.layer].mark, "areas") if one.layer in LAYERS else "areas"
        group = _group(one) or usual
        table = name if group == usual else f"{name}_{group}"
        tables[table, one.layer, group].append(one)
    return dict(sorted(tables.items()))


def _events(records: Records) -> dict[tuple[str, str], list[EventRow]]:
    """Return events by table and geometry, "" for those without one."""
    tables: dict[tuple[str, str], list[EventRow]] = {(_EVENTS, "points"): []}
    for one in records.events:
        group = _group(one)
        table = _EVENTS if group == "points" else f"{_EVENTS}_{group}" if group else _UNPLACED
        tables.setdefault((table, group), []).append(one)
    return tables


def _write_tables(records: Records, path: Path) -> None:
    made = records.about
    common = " ".join(
        filter(
            None,
            (
                made.classification,
                f"{made.briefing}, {made.day}.",
                f"Made {made.made}.",
                made.schematic,
                made.attribution,
            ),
        )
    )
    for (name, _, group), rows in _land(records).items():
        first = rows[0]
        what = f"{first.name_en if not first.place else 'Crossings'}: {group}."
        _write(
            path,
            name,
            _table(FootprintRow, rows),
            f"{what} {common}",
            group,
            _shapes(rows, multi=True),
        )
    for (name, group), events in _events(records).items():
        where = {"points": "at places", "": "without a place, and why"}.get(group, f"on {group}")
        shapes = _shapes(events, multi=True) if group else None
        _write(path, name, _table(EventRow, events), f"Events {where}. {common}", group, shapes)
    _write(path, _SCENES, _table(SceneRow, records.scenes), f"The scenes. {common}")
    told = {name: _joined(value) for name, value in asdict(made).items()}
    about = pa.table({"name": list(told), "text": list(told.values())})
    _write(path, _ABOUT, about, f"About this file. {common}")


def _joined(value: str | tuple[str, ...]) -> str:
    return value if isinstance(value, str) else "\n".join(value)


def _write(  # noqa: PLR0913, PLR0917 (a table and all that is said of it)
    path: Path,
    name: str,
    table: pa.Table,
    description: str,
    group: str = "",
    shapes: pa.Array | None = None,
) -> None:
    kept: dict[str, Any] = {}
    if shapes is not None:
        table = table.append_column(_GEOM, shapes)
        kept = {"geometry_name": _GEOM, "geometry_type": _TYPES[group], "crs": DEGREES}
    pyogrio.write_arrow(
        table,
        path,
        layer=name,
        driver="GPKG",
        append=path.exists(),
        dataset_options={} if path.exists() else {"VERSION": "1.3"},
        layer_options={"DESCRIPTION": description, "IDENTIFIER": name},
        **kept,
    )


def _write_styles(records: Records, path: Path, moment: str) -> None:
    """Add the styles as QGIS reads them, and set every moment to the one it was made."""
    looks = [
        (name, "points" if group == "many_points" else group, land_rules(layer, group))
        for (name, layer, group) in _land(records)
    ] + [
        (name, "points" if group == "many_points" else group, event_rules(rows, group))
        for (name, group), rows in _events(records).items()
    ]
    with closing(sqlite3.connect(path)) as base, base:
        base.execute(_STYLES_SQL)
        base.execute(
            "INSERT INTO gpkg_contents (table_name, data_type, identifier, description) "
            "VALUES (?, 'attributes', ?, 'How the tables look, for QGIS')",
            (_STYLES, _STYLES),
        )
        for name, group, rules in looks:
            if group in {"", "mixed"}:
                continue
            base.execute(
                "INSERT INTO layer_styles (f_table_catalog, f_table_schema, f_table_name,"
                " f_geometry_column, styleName, styleQML, styleSLD, useAsDefault, description,"
                " owner, update_time) VALUES ('', '', ?, ?, 'Corridors', ?, ?, 1, ?, '', ?)",
                (
                    name,
                    _GEOM,
                    qml(rules, group),
                    sld(rules, name),
                    "Hatched and dashed: schematic",
                    moment,
                ),
            )
        base.execute("UPDATE gpkg_contents SET last_change = ?", (moment,))
    with closing(sqlite3.connect(path)) as base:
        base.execute("VACUUM")


def read_geopackage(path: Path) -> Records:
    """Read what `write_geopackage` wrote.

    Raises
    ------
    pyogrio.errors.DataSourceError
        When it is no GeoPackage.
    ValueError, KeyError
        When it is none of ours.
    """
    footprints: list[FootprintRow] = []
    events: list[EventRow] = []
    tables: dict[str, pa.Table] = {}
    for name, _ in pyogrio.list_layers(path):
        meta, table = pyogrio.read_arrow(path, layer=name)
        column = meta["geometry_name"] or _GEOM
        if name in {_SCENES, _ABOUT, _STYLES}:
            tables[name] = table
        elif name == _EVENTS or name.startswith(f"{_EVENTS}_"):
            events += _rows(EventRow, table, column)
        else:
            footprints += _rows(FootprintRow, table, column)
    about = {one["name"]: one["text"] or "" for one in tables[_ABOUT].to_pylist()}
    return Records(
        about_of(about),
        tuple(_rows(SceneRow, tables[_SCENES])),
        tuple(sorted(footprints, key=lambda one: one.row)),
        tuple(sorted(events, key=lambda one: one.row)),
    )
