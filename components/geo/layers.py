"""Layers read from GeoJSON: one feature a footprint, each with its days and its source."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import date
from typing import TYPE_CHECKING, Any, TypeAlias

import shapely
from jsonschema import Draft202012Validator
from shapely.errors import ShapelyError
from shapely.geometry import box

from components.geo.geodesic import area_km2, length_km
from components.model.layer import Control, Footprint, Layer, Measures, Method, Source
from components.model.period import Period
from components.model.place import Names, Place
from components.model.world import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from pathlib import Path

    from shapely.geometry.base import BaseGeometry

LAYER_FILES = (
    "netzarim_corridor.geojson",
    "philadelphi_corridor.geojson",
    "egypt_gaza_border.geojson",
    "crossings.geojson",
    "gaza.geojson",
)

Schema: TypeAlias = dict[str, Any]

_TEXT: Schema = {"type": "string", "minLength": 1}
_TEXT_OR_NONE: Schema = {"type": ["string", "null"]}
_TEXTS: Schema = {"type": "array", "items": _TEXT}
_METRES: Schema = {"type": "number", "minimum": 0}
_NAMES: Schema = {
    "type": "object",
    "required": ["en", "ar", "he"],
    "properties": {"en": _TEXT, "ar": _TEXT, "he": _TEXT},
}
_SOURCE: Schema = {
    "source": _TEXT,
    "source_date": _TEXT_OR_NONE,
    "source_checked": {"type": "boolean"},
}
_CONTROL = {"holder": _TEXT, "from": _TEXT_OR_NONE, "to": _TEXT_OR_NONE, "words": _TEXT} | _SOURCE
_FOOTPRINT = {
    "label": _TEXT,
    "valid_from": _TEXT_OR_NONE,
    "valid_to": _TEXT_OR_NONE,
    "control": {
        "type": "array",
        "items": {"type": "object", "required": [*_CONTROL], "properties": _CONTROL},
    },
    "accuracy_m": _METRES,
    "method": {"enum": [*Method]},
    "published_value": _TEXT_OR_NONE,
    "note": _TEXT_OR_NONE,
} | _SOURCE


def _feature(required: Schema, optional: Schema) -> Draft202012Validator:
    """Return the validator of a feature with these properties."""
    properties = {
        "type": "object",
        "required": [*required],
        "properties": required | optional,
    }
    return Draft202012Validator(
        {
            "type": "object",
            "required": ["id", "geometry", "properties"],
            "properties": {
                "id": _TEXT,
                "geometry": {"type": ["object", "null"]},
                "properties": properties,
            },
        }
    )


_FOOTPRINT_FEATURE = _feature(
    _FOOTPRINT,
    {
        "place": _TEXT_OR_NONE,
        "names": {"anyOf": [_NAMES, {"type": "null"}]},
        "width_m": {"anyOf": [_METRES, {"type": "null"}]},
        "status": {"enum": ["open", "closed", "limited", "unknown", None]},
        "status_words": _TEXT_OR_NONE,
    },
)
_PLACE_FEATURE = _feature(
    {
        "names": _NAMES,
        "aliases": _TEXTS,
        "kind": _TEXT,
        "radius_m": _METRES,
        "accuracy_m": _METRES,
        "source": _TEXT,
    },
    {"layer": _TEXT_OR_NONE},
)
_COLLECTION = Draft202012Validator(
    {
        "type": "object",
        "required": ["id", "kind", "names", "aliases", "about", "features"],
        "properties": {
            "id": _TEXT,
            "kind": _TEXT,
            "names": _NAMES,
            "aliases": _TEXTS,
            "about": {"type": "string"},
            "features": {"type": "array"},
        },
    }
)


@dataclass(frozen=True)
class Land:
    """The layers and places of a folder, and what was wrong with their files."""

    layers: tuple[Layer, ...]
    places: tuple[Place, ...]
    faults: tuple[Fault, ...]


def read_land(folder: Path) -> Land:
    """Read every layer and the gazetteer; a broken record is left out and told.

    Parameters
    ----------
    folder : Path
        Holds the files of `LAYER_FILES` and `places.geojson`: RFC 7946 GeoJSON, WGS 84
        degrees, lon lat. What each layer is taken from stands in its `SOURCES.md`.
    """
    faults: list[Fault] = []
    layers = []
    for name in LAYER_FILES:
        collection = read_collection(folder / name, faults)
        if collection is not None:
            layers.append(_layer(f"{folder.name}/{name}", collection, faults))
    places = read_collection(folder / "places.geojson", faults) or {"features": []}
    return Land(
        tuple(layers),
        tuple(_places(f"{folder.name}/places.geojson", places, faults)),
        tuple(faults),
    )


def read_collection(path: Path, faults: list[Fault]) -> dict[str, Any] | None:
    """Read one GeoJSON file; None, and a fault, when it is not a collection of ours."""
    try:
        collection = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        message = f"cannot be read as JSON ({error}). Restore it with python -m geodata.build."
        faults.append(Fault(f"{path.parent.name}/{path.name}", message))
        return None
    problems = list(_problems(_COLLECTION, collection))
    faults += [Fault(f"{path.parent.name}/{path.name}", problem) for problem in problems]
    return None if problems else collection


def _problems(validator: Draft202012Validator, record: object) -> Iterator[str]:
    """Say what a record has that its schema does not allow, one sentence a fault."""
    for error in validator.iter_errors(record):
        where = ".".join(str(part) for part in error.absolute_path) or "the record"
        yield f"{where}: {error.message[:200]}. Correct it, or take the record out."


def _layer(name: str, collection: dict[str, Any], faults: list[Fault]) -> Layer:
    """Build a layer of the footprints of a file that have no fault."""
    footprints: list[Footprint] = []
    for number, feature in enumerate(collection["features"], start=1):
        where = f"{name}, feature {number}"
        problems = list(_problems(_FOOTPRINT_FEATURE, feature))
        if not problems:
            try:
                footprint = _footprint(collection["id"], feature)
                problems = list(_clashes(footprint, footprints))
                if not problems:
                    footprints.append(footprint)
            except (ValueError, TypeError, ShapelyError) as error:
                problems = [str(error)]
        faults += [Fault(where, problem) for problem in problems]
    return Layer(
        id=collection["id"],
        kind=collection["kind"],
        names=_names(collection["names"]),
        aliases=tuple(collection["aliases"]),
        about=collection["about"],
        footprints=tuple(sorted(footprints, key=lambda one: (one.period.first, one.id))),
    )


def _footprint(layer: str, feature: dict[str, Any]) -> Footprint:
    """Build a footprint of a feature whose structure has been checked."""
    record = feature["properties"]
    outline = _shape(feature["geometry"])
    axis = record.get("axis") and {"type": "LineString", "coordinates": record["axis"]}
    return Footprint(
        id=feature["id"],
        layer=layer,
        place=record.get("place"),
        names=_names(record["names"]) if record.get("names") else None,
        label=record["label"],
        period=_period("valid_from", record["valid_from"], "valid_to", record["valid_to"]),
        shape=outline,
        control=tuple(
            Control(
                control["holder"],
                _period("control from", control["from"], "control to", control["to"]),
                control["words"],
                _source(control),
            )
            for control in record["control"]
        ),
        accuracy_m=record["accuracy_m"],
        method=Method(record["method"]),
        width_m=record.get("width_m"),
        published_value=record["published_value"],
        source=_source(record),
        note=record["note"],
        status=record.get("status"),
        status_words=record.get("status_words"),
        measures=_measures(outline, _shape(axis)),
    )


def _period(first_name: str, first: str | None, last_name: str, last: str | None) -> Period:
    """Return the days from an EDTF start to an EDTF end; None is an open end."""
    start = Period.from_edtf(first).first if first else date.min
    stop = Period.from_edtf(last).last if last else date.max
    if stop < start:
        message = (
            f"{last_name} {last} is before {first_name} {first}. "
            "Swap them, or use null if it still stands."
        )
        raise ValueError(message)
    return Period(start, stop, f"{first or '..'}/{last or '..'}")


def _shape(geometry: dict[str, Any] | None) -> BaseGeometry | None:
    """Return a valid lon lat shape; None when there is no geometry."""
    if geometry is None:
        return None
    outline = shapely.from_geojson(json.dumps(geometry))
    if outline.is_empty:
        message = "the geometry is empty. Draw it, or use null and say why in the note."
        raise ValueError(message)
    if not box(-180, -90, 180, 90).covers(box(*outline.bounds)):
        message = f"bounds {outline.bounds} are not WGS 84 degrees. Give lon lat in degrees."
        raise ValueError(message)
    if not outline.is_valid:
        message = "the shape crosses itself or has an open ring. Repair it with make_valid."
        raise ValueError(message)
    return outline


def _measures(outline: BaseGeometry | None, axis: BaseGeometry | None) -> Measures:
    """Measure a footprint: the length of its axis or line, the area of its polygon."""
    lines = [one for one in (axis, outline) if one is not None and one.geom_type.endswith("String")]
    areas = [one for one in (outline,) if one is not None and one.geom_type.endswith("Polygon")]
    return Measures(
        length_km=length_km(lines[0]) if lines else None,
        area_km2=area_km2(areas[0]) if areas else None,
    )


def _source(record: dict[str, Any]) -> Source:
    return Source(record["source"], record["source_date"], record["source_checked"])


def _names(names: dict[str, str]) -> Names:
    return Names(names["en"], names["ar"], names["he"])


def _clashes(footprint: Footprint, others: Iterable[Footprint]) -> Iterator[str]:
    """Name the footprints with the same id, or on the same day by the same source."""
    claim = (footprint.place, footprint.source.publisher)
    for other in others:
        if footprint.id == other.id:
            yield f"id {footprint.id!r} is used twice. Give each footprint its own."
        elif claim == (other.place, other.source.publisher) and footprint.period.meets(
            other.period
        ):
            yield (
                f"{footprint.id} ({footprint.period.edtf}) and {other.id} ({other.period.edtf}) "
                f"share days by the same source, {footprint.source.publisher}. End one before "
                "the other begins."
            )


def _places(name: str, collection: dict[str, Any], faults: list[Fault]) -> Iterator[Place]:
    """Build the gazetteer's places that have no fault."""
    for number, feature in enumerate(collection["features"], start=1):
        problems = list(_problems(_PLACE_FEATURE, feature))
        if not problems:
            record = feature["properties"]
            try:
                yield Place(
                    id=feature["id"],
                    names=_names(record["names"]),
                    aliases=tuple(record["aliases"]),
                    kind=record["kind"],
                    shape=_shape(feature["geometry"]),
                    radius_m=record["radius_m"],
                    accuracy_m=record["accuracy_m"],
                    layer=record.get("layer"),
                    source=record["source"],
                )
            except (ValueError, TypeError, ShapelyError) as error:
                problems = [str(error)]
        faults += [Fault(f"{name}, feature {number}", problem) for problem in problems]
