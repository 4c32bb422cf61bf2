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

Writer: TypeAlias = Callable[..., list[Path]]


@dataclass(frozen=True)
class Format:
    """One way to leave a briefing behind.

    Attributes
    ----------
    words : str
        What people call it.
    mime : str
        Of one file.
    writer : str
        `module:function` in this room. It is imported when it is asked for: some take a second.
    several : bool
        Whether it is several files; else it is one, `{stem}.{key}`.
    """

    words: str
    mime: str
    writer: str
    several: bool = False

    def write(
        self, of: Takeaway, folder: Path, geodata: Path, told: Told, **options: bool
    ) -> list[Path]:
        """Write its files into a folder that is there, and return their paths."""
        module, _, name = self.writer.partition(":")
        write: Writer = getattr(import_module(f"components.export.{module}"), name)
        return write(of, folder, geodata, told, **options)


FORMATS = {
    "pptx": Format(
        "PowerPoint",
        "application/vnd.openxmlformats-officedocument.presentationml.presentation",
        "slides:write_slides",
    ),
    "pdf": Format("PDF, A4 and Letter", "application/pdf", "handout:write_handouts", several=True),
    "png": Format("Pictures (PNG)", "image/png", "picture:write_pictures", several=True),
    "html": Format("One web page", "text/html", "document:write_document"),
    "gpkg": Format("GeoPackage", "application/geopackage+sqlite3", "gis:write_geopackage"),
    "kml": Format("KML", "application/vnd.google-earth.kml+xml", "kml:write_kml"),
    "geojson": Format("GeoJSON", "application/geo+json", "gis:write_geojson"),
    "csv": Format("Events (CSV)", "text/csv", "events_csv:write_csv", several=True),
    "parquet": Format("GeoParquet", "application/vnd.apache.parquet", "gis:write_geoparquet"),
}


def write_formats(  # noqa: PLR0913 (what, where to, and how)
    of: Takeaway,
    folder: Path,
    geodata: Path,
    keys: Iterable[str],
    told: Told,
    *,
    transparent: bool = False,
) -> list[Path]:
    """Write files of several formats and return their paths, in that order.

    Parameters
    ----------
    folder : Path
        Made when it is not there.
    geodata : Path
        Folder of the layers, the places and the base map (GeoJSON, WGS 84).
    transparent : bool
        Whether pictures leave out the page and the sea.

    Raises
    ------
    OSError
        When the folder cannot be written to.
    """
    folder.mkdir(parents=True, exist_ok=True)
    written: list[Path] = []
    for key in keys:
        options = {"transparent": True} if transparent and key == "png" else {}
        written += FORMATS[key].write(of, folder, geodata, told, **options)
    return written
