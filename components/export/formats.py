"""All that a briefing can be left behind as, and how each of it is made."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from collections.abc import Iterable

    from components.export.takeaway import Takeaway, Told

Writer: TypeAlias = Callable[["Takeaway", Path, Path, "Told"], list[Path]]


@dataclass(frozen=True)
class Format:
    """One way to leave a briefing behind.

    Attributes
    ----------
    words : str
        What people call it.
    writer : str
        `module:function` in this room. It is imported when it is asked for: some take a second.
    """

    words: str
    writer: str

    def write(self, of: Takeaway, folder: Path, geodata: Path, told: Told) -> list[Path]:
        """Write its files into a folder that is there, and return their paths."""
        module, _, name = self.writer.partition(":")
        write: Writer = getattr(import_module(f"components.export.{module}"), name)
        return write(of, folder, geodata, told)


FORMATS = {
    "pptx": Format("PowerPoint", "slides:write_slides"),
    "pdf": Format("PDF, A4 and Letter", "handout:write_handouts"),
    "png": Format("Pictures (PNG)", "picture:write_pictures"),
    "html": Format("One web page", "document:write_document"),
    "gpkg": Format("GeoPackage", "gis:write_geopackage"),
    "kml": Format("KML", "kml:write_kml"),
    "geojson": Format("GeoJSON", "gis:write_geojson"),
    "csv": Format("Events (CSV)", "events_csv:write_csv"),
    "parquet": Format("GeoParquet", "gis:write_geoparquet"),
}


def write_formats(
    of: Takeaway, folder: Path, geodata: Path, keys: Iterable[str], told: Told
) -> list[Path]:
    """Write files of several formats and return their paths, in that order.

    Parameters
    ----------
    folder : Path
        Made when it is not there.
    geodata : Path
        Folder of the layers, the places and the base map (GeoJSON, WGS 84).

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    return [path for key in keys for path in FORMATS[key].write(of, folder, geodata, told)]
