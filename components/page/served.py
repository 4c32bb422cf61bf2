"""What the page serves to the map's frame, and the world it reads: nothing is from the network."""

from __future__ import annotations

import gc
import json
import os
from contextlib import suppress
from dataclasses import dataclass
from hashlib import sha256
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

import streamlit as st
from streamlit.components.v1 import declare_component
from xstatic.pkg import leaflet

from components import draw
from components.brief.parties import FILE as PARTIES
from components.brief.scenes import FOLDER as BRIEFINGS
from components.brief.scenes import read_scenes
from components.draw.columns import columns
from components.draw.map import Assets, read_plugin
from components.draw.record import record
from components.model.world import shown_name
from components.pipeline import build_world, recorded_near
from components.text.articles import read_articles

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import date

    import numpy as np
    from numpy.typing import NDArray

    from components.model.briefing import Briefing
    from components.model.layer import Footprint, Layer
    from components.model.world import Fault, World
    from components.text.articles import Library

GEODATA = Path(__file__).parents[2] / "geodata"
SEEDS = Path(os.environ.get("CORRIDORS_ARTICLES") or Path(__file__).parents[2] / "seeds")
_BROWSER_FILES = Path(draw.__file__).parent / "browser"
# They tie the map to the page around it.
_TIES = tuple(
    Path(__file__).parent / "browser" / name
    for name in ("follow.js", "hover.js", "pair.js", "stage.js")
)

# What is known, in the form in which the browser fetches it; gone when the server stops.
_KNOWN_FILES = TemporaryDirectory(prefix="corridors-")

# A component's folder is served under its module's name; the map's frame is a neighbour.
_LEAFLET = declare_component("leaflet", path=leaflet.BASE_DIR)
_BROWSER = declare_component("browser", path=str(_BROWSER_FILES))
_GEODATA = declare_component("geodata", path=str(GEODATA))
_KNOWN = declare_component("known", path=_KNOWN_FILES.name)


@dataclass(frozen=True)
class Known:
    """The world, and the addresses of what the browser fetches of it.

    Attributes
    ----------
    record, events : str
        Addresses of the record and of the event table; no `events` when the table is empty.
    """

    world: World
    assets: Assets
    record: str
    events: str | None


def write_folder() -> str | None:
    """Make the folder of articles where there is none; return why it cannot be had, or None."""
    try:
        SEEDS.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        return (
            f"The articles' folder {SEEDS} cannot be used ({error.strerror}). Name another folder "
            "in CORRIDORS_ARTICLES and start again."
        )
    return None


def library() -> Library:
    """Return the articles as they are on disk now, without the world around them."""
    return _library(str(SEEDS), read_stamp())


@st.cache_resource(max_entries=1, show_spinner=False)
def _library(folder: str, stamp: tuple[tuple[str, int], ...]) -> Library:  # noqa: ARG001
    return read_articles(Path(folder))


def briefings() -> tuple[tuple[Briefing, ...], tuple[Fault, ...]]:
    """Return the briefings as they are on disk now, and what is wrong with any of them."""
    return _briefings(str(SEEDS), read_briefings_stamp())


@st.cache_resource(max_entries=1, show_spinner=False)
def _briefings(
    folder: str,
    stamp: tuple[tuple[str, int], ...],  # noqa: ARG001
) -> tuple[tuple[Briefing, ...], tuple[Fault, ...]]:
    return read_scenes(Path(folder))


def read_briefings_stamp() -> tuple[tuple[str, int], ...]:
    """Return the names of the briefings with the time each was last changed."""
    return stamped(sorted((SEEDS / BRIEFINGS).glob("[!.]*.json")))


def known() -> Known:
    """Return what is known as of now; it is read again when a file has changed."""
    return read_known(read_stamp())


@st.cache_resource(max_entries=1, show_spinner="Reading the articles and the land")
def read_known(stamp: tuple[tuple[str, int], ...]) -> Known:  # noqa: ARG001
    """Read it; the only thing that is cached, for as long as `stamp` is the same."""
    world = build_world(SEEDS, GEODATA)
    # Streamlit collects garbage after every run. What is here to stay need not be looked through
    # each time: that would take ten times as long as the run of a slider's step.
    _near_rows.clear()
    gc.unfreeze()
    gc.collect()
    gc.freeze()
    told = json.dumps(record(world), ensure_ascii=False, separators=(",", ":"))
    return Known(
        world,
        read_assets(),
        write_served("record", ".json", told.encode()),
        # Streamlit would compress what is not yet compressed, at each request.
        write_served("events", ".bin.gz", columns(world.table)) if len(world.table) else None,
    )


def near_rows(world: World, layer: Layer, day: date) -> NDArray[np.bool_]:
    """Return for each recorded event whether it lies inside a layer of `day` or within 5 km.

    A million points take a second or two, so it is reckoned once for all visitors and days.
    """
    footprints = layer.on(day)
    return _near_rows(id(world), tuple(one.id for one in footprints), world, footprints)


@st.cache_resource(max_entries=16, show_spinner="Measuring distances")
def _near_rows(
    world_id: int,  # noqa: ARG001
    footprint_ids: tuple[str, ...],  # noqa: ARG001
    _world: World,
    _footprints: tuple[Footprint, ...],
) -> NDArray[np.bool_]:
    return recorded_near(_world, _footprints)


def read_stamp() -> tuple[tuple[str, int], ...]:
    """Return the names of articles, tables and layers with the time each was last changed."""
    # Hidden ones are locks and files that are being written: they come and go.
    kinds = ("txt", "json", "parquet")
    paths = sorted(
        (
            *(path for kind in kinds for path in SEEDS.glob(f"[!.]*.{kind}")),
            *GEODATA.glob("*.geojson"),
            *GEODATA.glob(PARTIES),
        )
    )
    return stamped(paths)


def stamped(paths: Iterable[Path]) -> tuple[tuple[str, int], ...]:
    """Return the name and the time of the last change of each file that is still there."""
    found: list[tuple[str, int]] = []
    for path in paths:
        with suppress(FileNotFoundError):  # moved or deleted since the folder was listed
            # A name that is no text, as an old archive may hold, is still one to tell apart.
            found.append((shown_name(path.name), path.stat().st_mtime_ns))
    return tuple(found)


def read_assets() -> Assets:
    """Return the folders' addresses and a version that changes with any of their files."""
    digest = sha256()
    for path in (*sorted(_BROWSER_FILES.glob("*.*")), *sorted(GEODATA.glob("*.geojson"))):
        digest.update(path.read_bytes())
    ties = [path.read_text(encoding="utf-8") for path in _TIES]
    return Assets(
        leaflet=f"../{_LEAFLET.name}",
        browser=f"../{_BROWSER.name}",
        geodata=f"../{_GEODATA.name}",
        version=digest.hexdigest()[:12],
        plugin=write_served("plugin", ".js", "\n".join((read_plugin(), *ties)).encode()),
    )


def write_served(name: str, ending: str, content: bytes) -> str:
    """Write a file whose name says its content, so that it may be kept by browsers."""
    file = f"{name}-{sha256(content).hexdigest()[:16]}{ending}"
    path = Path(_KNOWN_FILES.name) / file
    if not path.exists():
        path.write_bytes(content)
    return f"../{_KNOWN.name}/{file}"
