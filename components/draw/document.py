"""One page that stands on its own: the map, its data, and what is said of it, in one text of HTML.

It opens from a file with the network off. Its policy allows the browser no request and no script
but those that are in it, told by their sha256: what an article or a briefing says is data, in a
block that no browser runs, and is put on the page as text.
"""

from __future__ import annotations

import json
import re
from base64 import b64encode
from dataclasses import dataclass
from hashlib import sha256
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING, cast

from components.draw.columns import columns
from components.draw.drawing import drawing
from components.draw.evidence import evidence
from components.draw.map import (
    ATTRIBUTION,
    LAND_FILES,
    STYLE_SHEETS,
    Assets,
    base_map,
    read_plugin,
    script_json,
)
from components.draw.presenting import presentation
from components.draw.record import TITLED, record
from components.draw.style import BASE, GROUNDS, LAYERS, THEMES
from components.model.link import opening_view
from components.model.period import Period

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from branca.element import Figure

    from components.draw.record import Json
    from components.model.briefing import Briefing, Staged
    from components.model.world import World

_BROWSER = Path(__file__).parent / "browser"
# A degree has 111 km: 1 m, which is less than any stated accuracy.
_DECIMALS = 5
_SURE = (
    (
        "Every event of an article was read by a person and is tied to the sentence that states "
        "it. A claim is shown as a claim, a plan as a plan."
    ),
    (
        "Positions are read from those events by rules, and their short words are made from kind "
        "and mode. The sentence is what counts."
    ),
    (
        "Borders, coast and places come from open data. The corridors' outlines do not: nobody "
        "has published them. They are drawn from press reports that we did not check at the "
        "source. Shapes marked schematic are schematic."
    ),
    "The map shows the land as it was on the last day of the window, as far as reports say.",
)
_PAGE = """<!DOCTYPE html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="{policy}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
<title>{title}</title>
{styles}
</head>
<body>
<noscript><p>This page draws its map with JavaScript, which is turned off.</p></noscript>
<header class="top"></header>
<main>
<div class="ground">{map}</div>
<div class="time"></div>
<aside class="side" aria-label="Panel"></aside>
</main>
<script type="application/json" id="data">{data}</script>
{scripts}
</body>
</html>
"""


@dataclass(frozen=True)
class Parts:
    """What the page is put together from, as it is on disk.

    Attributes
    ----------
    leaflet : str
        Leaflet's script.
    leaflet_css : str
        Its style sheet; the pictures that it names are left out.
    plugin, script : str
        All scripts of the map, and that of the page around it.
    style : str
        The style sheets of both.
    land : mapping
        GeoJSON of the base map, the places and each layer, by name (WGS 84 degrees).
    """

    leaflet: str
    leaflet_css: str
    plugin: str
    script: str
    style: str
    land: Mapping[str, Json]


def read_parts(leaflet: Path, geodata: Path) -> Parts:
    """Read Leaflet from its folder, our own files, and the land.

    Raises
    ------
    OSError
        When one of them cannot be read.
    """
    ours = (f"{name}.css" for name in (*STYLE_SHEETS, "document"))
    return Parts(
        leaflet=(leaflet / "leaflet.js").read_text(encoding="utf-8"),
        leaflet_css=(leaflet / "leaflet.css").read_text(encoding="utf-8"),
        plugin=read_plugin(),
        script=(_BROWSER / "document.js").read_text(encoding="utf-8"),
        style="\n".join((_BROWSER / name).read_text(encoding="utf-8") for name in ours),
        land={
            name: json.loads((geodata / f"{name}.geojson").read_text(encoding="utf-8"))
            for name in LAND_FILES
        },
    )


def document(  # noqa: PLR0913 (a briefing, what it is made from, and two sorts of words)
    world: World,
    briefing: Briefing,
    staged: tuple[Staged, ...],
    parts: Parts,
    *,
    made: str,
    print_lines: Mapping[str, tuple[str, ...]],
) -> str:
    """Return the page as text that any UTF-8 file can hold.

    Parameters
    ----------
    staged : tuple of Staged
        The scenes of `briefing`, as `components.pipeline.staged` looked them up.
    made : str
        When it was made, in words.
    print_lines : mapping of str to tuple of str
        What has to stand under each scene, by the scene's id.
    """
    scripts = [
        parts.leaflet,
        "L_NO_TOUCH = false;\nL_DISABLE_3D = false;",
        f"{parts.plugin}\n{parts.script}",
    ]
    windows = [one.view.window for one in staged]
    first = min([world.events_span.first, *(one.first for one in windows)])
    last = max([world.events_span.last, *(one.last for one in windows)])
    opening = opening_view(world)
    window = windows[0] if windows else opening.window
    nowhere = Assets("", "", "", "", land=_rounded(parts.land))
    base = base_map(nowhere, slider=(Period.of(first, last), window))
    # Folium names its elements by chance; the same briefing shall give the same file.
    root = cast("Figure", base.get_root())
    for number, element in enumerate((base, *base._children.values())):  # noqa: SLF001
        element._id = f"m{number}"  # noqa: SLF001
    root.render()
    scripts.append(f"{root.script.render()}\nCorridors.Document.begin(window.corridors);")
    styles = [
        re.sub(r"url\([^)]*\)", "none", parts.leaflet_css),
        _inks(),
        parts.style,
    ]
    small = 0 < len(world.table) <= TITLED
    data: dict[str, Json] = {
        "record": record(world),
        "evidence": evidence(world),
        "presentation": presentation(briefing, staged),
        "opening": drawing(opening),
        "chronicle": b64encode(columns(world.table)).decode() if small else None,
        "made": made,
        "print": {name: [*lines] for name, lines in print_lines.items()},
        "about": _about(world, briefing, made, small=small),
    }
    styles, scripts = ([_plain(one) for one in some] for some in (styles, scripts))
    return _PAGE.format(
        policy=_policy(scripts, styles),
        title=escape(_plain(briefing.title)),
        styles="\n".join(f"<style>{one}</style>" for one in styles),
        map=root.html.render().strip(),
        data=script_json(data),
        scripts="\n".join(f"<script>{one}</script>" for one in scripts),
    )


def _policy(scripts: Iterable[str], styles: Iterable[str]) -> str:
    """Return what the browser may do: run and use what is here, and ask for nothing."""

    def told(some: Iterable[str]) -> str:
        digests = (b64encode(sha256(one.encode()).digest()).decode() for one in some)
        return " ".join(f"'sha256-{one}'" for one in digests)

    return (
        f"default-src 'none'; script-src {told(scripts)}; style-src {told(styles)}; "
        "img-src data:; base-uri 'none'; form-action 'none'"
    )


def _plain(words: str) -> str:
    """Return text as a browser reads it again: what UTF-8 or HTML cannot hold is replaced."""
    words = words.replace("\r\n", "\n").replace("\r", "\n")
    words = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]", "\N{REPLACEMENT CHARACTER}", words)
    return words.encode("utf-8", "replace").decode()


def _inks() -> str:
    """Return the table of style as variables of the page, for a light and for a dark system."""
    inks = (
        GROUNDS
        | BASE
        | {f"theme-{theme}": ink for theme, ink in THEMES.items()}
        | {f"layer-{name}": style.ink for name, style in LAYERS.items()}
    )
    light = "".join(f"--{name}:{ink.light};" for name, ink in inks.items())
    dark = "".join(f"--{name}:{ink.dark};" for name, ink in inks.items())
    return f":root{{{light}}}\n@media (prefers-color-scheme: dark){{:root{{{dark}}}}}"


def _rounded(value: Json | Mapping[str, Json]) -> dict[str, Json]:
    """Return GeoJSON with its coordinates to the metre."""
    return cast("dict[str, Json]", _to_metre(cast("Json", value)))


def _to_metre(value: Json) -> Json:
    if isinstance(value, float):
        return round(value, _DECIMALS)
    if isinstance(value, list):
        return [_to_metre(one) for one in value]
    if isinstance(value, dict):
        return {name: _to_metre(one) for name, one in value.items()}
    return value


def _about(world: World, briefing: Briefing, made: str, *, small: bool) -> list[Json]:
    """Return what the file says of itself: headings, each with its lines."""
    rows = len(world.table)
    recorded = (
        f"{rows:,} recorded events are in this file, shown as they were recorded."
        if small
        else f"{rows:,} recorded events are on file and not in this page: at most {TITLED:,} fit. "
        "Counts of a scene may include them."
    )
    heading = (briefing.classification, briefing.author, f"{made}.")
    parts: list[tuple[str, list[str]]] = [
        (
            "This file",
            [
                briefing.title,
                *filter(None, heading),
                "It is one page. It asks for nothing from any network, and keeps nothing.",
                "Online map tiles are not in it.",
                *([recorded] if rows else []),
            ],
        ),
        (
            "From",
            [
                f"{one.headline}. {one.publisher}, {one.published}. {len(one.events)} events. "
                f"Date: {one.published_reason}"
                for one in world.articles
            ],
        ),
        ("Left out", [str(fault) for fault in world.faults]),
        ("How sure we are", [*_SURE]),
        ("Sources of the land", [ATTRIBUTION]),
    ]
    return [[title, [*lines]] for title, lines in parts if lines]
