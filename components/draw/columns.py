"""The event table as the browser reads it: one compressed file of typed arrays."""

from __future__ import annotations

import gzip
import json
from dataclasses import asdict
from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from components.model.table import EventTable

_MAGIC = b"CORR"
_ALIGNED = 8
_LONGEST = 10**12  # no offset has more digits
_MERCATOR_END_DEG = 85.0511287798
_LEVEL = 1  # coordinates hardly shrink: level 6 takes 1.7 times as long and saves 2 percent


def columns(table: EventTable) -> bytes:
    """Return the table in gzip; the same table gives the same bytes.

    Unzipped, it is `CORR`, the header's length as a uint32, the header as JSON, and the columns,
    little-endian, each from a multiple of 8 bytes on. The header tells the number of rows, the
    runs they are sorted into, and at which byte each column starts:

    - `xy`, float32, two a row: spherical web mercator in widths of the world, x from 180 degrees
      west, y down from the north, less the header's `origin`;
    - `first` and `last`, int32: days since 1970-01-01;
    - `accuracy`, uint8: the smallest a with 2 ** (a / 2) >= radius_m.
    """
    lon_deg, lat_deg = table.lonlat_deg.T
    sine = np.sin(np.radians(np.clip(lat_deg, -_MERCATOR_END_DEG, _MERCATOR_END_DEG)))
    xy = np.column_stack([(lon_deg + 180) / 360, 0.5 - np.arctanh(sine) / (2 * np.pi)])
    # Small numbers keep a float32 exact to centimetres around Gaza.
    origin = xy.mean(axis=0) if len(table) else np.zeros(2)
    accuracies = 2 ** (np.arange(256) / 2)
    parts = {
        "xy": (xy - origin).astype("<f4").tobytes(),
        "first": table.first.astype("<i4").tobytes(),
        "last": table.last.astype("<i4").tobytes(),
        "accuracy": np.searchsorted(accuracies, table.radius_m).astype(np.uint8).tobytes(),
    }
    blocks = [part.ljust(len(part) + -len(part) % _ALIGNED, b"\0") for part in parts.values()]
    header = {
        "rows": len(table),
        "origin": origin.tolist(),
        "runs": [asdict(run) for run in table.runs()],
    }
    # The offsets count from the start of the file, so the header gets room before they are known.
    room = len(json.dumps(header | {"columns": dict.fromkeys(parts, _LONGEST)}))
    room += -room % _ALIGNED
    ends = accumulate((len(block) for block in blocks), initial=len(_MAGIC) + 4 + room)
    written = json.dumps(header | {"columns": dict(zip(parts, ends, strict=False))})
    start = _MAGIC + room.to_bytes(4, "little") + written.ljust(room).encode()
    return gzip.compress(start + b"".join(blocks), _LEVEL, mtime=0)
