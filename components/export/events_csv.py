"""The events of a briefing as a table for spreadsheets (RFC 4180), with what it says of itself."""

from __future__ import annotations

import csv
import io
import json
import unicodedata
from dataclasses import asdict, replace
from typing import TYPE_CHECKING

import shapely

from components.export.records import (
    EventRow,
    columns,
    records_of,
    row_of,
    values,
    word_of,
)
from components.text.sidecar import write_whole

if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

    from components.export.records import Records
    from components.export.takeaway import Takeaway, Told

# What a spreadsheet takes for the beginning of a formula, and what marks that it is none.
_BEGINNINGS = frozenset("=+-@\uff1d\uff0b\uff0d\uff20")
_BREAKS = frozenset("\t\r\n")
_GUARD = "'"
_PLACE = ("lon_deg", "lat_deg")
# For a row that is passed on alone: the days of the scenes that show it, and what all rows share.
_VIEWS = "views"
_REPEATED = ("briefing", "classification", "made", "schematic", "attribution")
_DATATYPES = {
    "str": "string",
    "int": "integer",
    "float": "double",
    "bool": "boolean",
    "date": "date",
}


def write_csv(of: Takeaway, folder: Path, _geodata: Path, told: Told) -> list[Path]:
    """Write a row an event and site, and beside it what the table says of itself.

    UTF-8 with the mark at its start that spreadsheets need. A text that a spreadsheet could take
    for a formula has an apostrophe before it, and so has one that begins with an apostrophe.
    Only points have a shape here: `lon_deg`, `lat_deg`, WGS 84. The second file is metadata as
    the W3C's "CSV on the Web" has it.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    told("Events (CSV)", 0.0)
    records = records_of(of)
    told("Events (CSV)", 0.5)
    path = folder / f"{of.stem}.csv"
    beside = folder / f"{path.name}-metadata.json"
    write_whole(path, csv_of(records).encode("utf-8-sig"))
    write_whole(beside, _metadata(records, path.name).encode())
    told("Events (CSV)", 1.0)
    return [path, beside]


def guarded(text: str) -> str:
    """Return a text as no spreadsheet takes it for a formula; `bare` takes exactly that off."""
    if text.startswith(_GUARD):
        return _GUARD + text
    # Some programs pass over what cannot be seen before they look for a formula.
    seen = next((one for one in text if _seen(one)), "")
    return _GUARD + text if text[:1] in _BREAKS or seen in _BEGINNINGS else text


def _seen(one: str) -> bool:
    return not one.isspace() and unicodedata.category(one) not in {"Cc", "Cf"}


def bare(cell: str) -> str:
    """Return the text of a cell without the apostrophe that `guarded` put before it."""
    return cell.removeprefix(_GUARD)


def csv_of(records: Records) -> str:
    """Return the events of records as CSV with a line of names."""
    file = io.StringIO(newline="")
    table = csv.writer(file, lineterminator="\r\n")
    table.writerow([*columns(EventRow), *_PLACE, _VIEWS, *_REPEATED])
    told = zip(records.scenes, records.about.views, strict=False)
    views = {str(scene.number): view for scene, view in told}
    repeated = [guarded(getattr(records.about, name)) for name in _REPEATED]
    for row in records.events:
        cells = [
            guarded(value) if isinstance(value, str) else word_of(value)
            for value in values(row).values()
        ]
        point = row.shape if isinstance(row.shape, shapely.Point) else None
        place = ["", ""] if point is None else [word_of(point.x), word_of(point.y)]
        seen = " ".join(views[one] for one in row.scenes.split(", ") if one in views)
        table.writerow([*cells, *place, guarded(seen), *repeated])
    return file.getvalue()


def read_csv(path: Path) -> tuple[EventRow, ...]:
    """Read the events that `write_csv` wrote, as `in_csv` has them.

    Raises
    ------
    OSError
        When it cannot be read.
    ValueError, KeyError
        When it is none of ours.
    """
    types = columns(EventRow)
    found = []
    # A quotation may be of any length.
    csv.field_size_limit(2**31 - 1)
    with path.open(encoding="utf-8-sig", newline="") as file:
        for cells in csv.DictReader(file, strict=True):
            texts = {
                name: bare(cells[name]) if type_ == "str" else cells[name]
                for name, type_ in types.items()
            }
            lon, lat = (cells[name] for name in _PLACE)
            found.append(
                row_of(EventRow, texts, shapely.Point(float(lon), float(lat)) if lon else None)
            )
    return tuple(found)


def in_csv(events: Iterable[EventRow]) -> tuple[EventRow, ...]:
    """Return events with what of their shapes a table of cells holds: points."""
    return tuple(
        one if isinstance(one.shape, shapely.Point) else replace(one, shape=None) for one in events
    )


def _metadata(records: Records, name: str) -> str:
    types = columns(EventRow) | dict.fromkeys(_PLACE, "float")
    types |= dict.fromkeys((_VIEWS, *_REPEATED), "str")
    told = {
        "@context": "http://www.w3.org/ns/csvw",
        "url": name,
        "dc:title": records.about.briefing,
        "dc:creator": records.about.author,
        "dc:date": records.about.day,
        "dialect": {"encoding": "utf-8", "header": True, "lineTerminators": ["\r\n"]},
        "tableSchema": {
            "columns": [
                {"name": column, "titles": column, "datatype": _DATATYPES[type_]}
                for column, type_ in types.items()
            ]
        },
        "notes": [
            {
                "about": asdict(records.about),
                "scenes": [
                    {name: word_of(value) for name, value in values(one).items()}
                    for one in records.scenes
                ],
                "cells": (
                    "A text that a spreadsheet could take for a formula, or that begins with an "
                    "apostrophe, has one apostrophe before it. Points only: lon_deg and lat_deg, "
                    "WGS 84. An event on a line or an area has its place by name."
                ),
            }
        ],
    }
    return json.dumps(told, ensure_ascii=False, indent=2) + "\n"
