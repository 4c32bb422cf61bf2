"""A briefing as one HTML file that opens with the network off."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from xstatic.pkg import leaflet

from components.draw.document import document, read_parts

if TYPE_CHECKING:
    from components.export.takeaway import Takeaway, Told


def write_document(of: Takeaway, folder: Path, geodata: Path, told: Told) -> list[Path]:
    """Write the interactive map of a briefing as one HTML file; return its path.

    Parameters
    ----------
    folder : Path
        Where the file goes; it is there already.
    geodata : Path
        Folder of the layers, the places and the base map (GeoJSON, WGS 84).

    Raises
    ------
    OSError
        When a layer cannot be read, or the folder not be written to.
    """
    told("One HTML file", 0.0)
    parts = read_parts(Path(leaflet.BASE_DIR), geodata)
    told("One HTML file", 0.4)
    page = document(
        of.world,
        of.briefing,
        of.staged,
        parts,
        made=of.made_words,
        print_lines={one.id: of.small_print(one.sheet) for one in of.staged},
    )
    path = folder / f"{of.stem}.html"
    path.write_text(page, encoding="utf-8", newline="\n")
    told("One HTML file", 1.0)
    return [path]
