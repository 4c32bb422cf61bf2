"""Folders that the page serves to the map's frame: nothing comes from the network."""

from __future__ import annotations

from hashlib import sha256
from pathlib import Path

from streamlit.components.v1 import declare_component
from xstatic.pkg import leaflet

from components import draw
from components.draw.map import Assets

GEODATA = Path(__file__).parents[2] / "geodata"
SEEDS = Path(__file__).parents[2] / "seeds"
_BROWSER_FILES = Path(draw.__file__).parent / "browser"

# A component's folder is served under its module's name; the map's frame is a neighbour.
_LEAFLET = declare_component("leaflet", path=leaflet.BASE_DIR)
_BROWSER = declare_component("browser", path=str(_BROWSER_FILES))
_GEODATA = declare_component("geodata", path=str(GEODATA))


def read_stamp() -> tuple[tuple[str, int], ...]:
    """Return the names of articles and layers with the time each was last changed."""
    paths = sorted((*SEEDS.glob("*.*"), *GEODATA.glob("*.geojson")))
    return tuple((path.name, path.stat().st_mtime_ns) for path in paths)


def read_assets() -> Assets:
    """Return the folders' addresses and a version that changes with any of their files."""
    digest = sha256()
    for folder in (_BROWSER_FILES, GEODATA):
        for path in sorted(folder.glob("*.*")):
            digest.update(path.read_bytes())
    return Assets(
        leaflet=f"../{_LEAFLET.name}",
        browser=f"../{_BROWSER.name}",
        geodata=f"../{_GEODATA.name}",
        version=digest.hexdigest()[:12],
    )
