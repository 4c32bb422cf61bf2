"""The Folium side of the map: a base map that never changes, and the state sent to it."""

from __future__ import annotations

import json
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import folium
from branca.element import MacroElement
from folium.elements import JSCSSMixin
from folium.template import Template

from components.draw.style import LAYERS, browser_style
from components.model.table import day_number

if TYPE_CHECKING:
    from collections.abc import Mapping

    from components.draw.record import Json
    from components.model.period import Period

ATTRIBUTION = "© OpenStreetMap contributors, ODbL · GeoNames, CC BY 4.0"

# Loaded one after the other; each adds to the namespace that the first one makes.
_SCRIPTS = (
    "dom.js",
    "layout.js",
    "scene.js",
    "chronicle.js",
    "marks.js",
    "basemap.js",
    "footprints.js",
    "anchors.js",
    "callouts.js",
    "edge.js",
    "recorded.js",
    "slider.js",
    "presenter.js",
    "present.js",
    "corridors.js",
)
STYLE_SHEETS = ("corridors", "present")
_BROWSER = Path(__file__).parent / "browser"
LAND_FILES = ("basemap", "places", *(name for name in LAYERS if name not in {"places", "events"}))
OPENING_LONLAT = ((34.20, 31.205), (34.58, 31.60))
_LIMITS_LONLAT = ((24.0, 24.0), (42.0, 37.0))


@dataclass(frozen=True)
class Assets:
    """Addresses of what the browser fetches, as the map's frame sees them.

    Attributes
    ----------
    leaflet, browser, geodata : str
        Folders holding `leaflet.js`, our `browser/` files, and the GeoJSON files.
    version : str
        Of the files' content; a new one makes the browser fetch them again.
    plugin : str or None
        Address of `read_plugin`'s one script, in place of a request for each file in `browser`.
    land : mapping or None
        What the files of `geodata` hold, by their names without an ending: the map asks for
        nothing then, and whoever holds it holds Leaflet, the plugin and the style sheets, too.
    """

    leaflet: str
    browser: str
    geodata: str
    version: str
    plugin: str | None = None
    land: Mapping[str, Json] | None = None

    def url(self, folder: str, name: str) -> str:
        """Return the address of one file."""
        return f"{folder}/{name}?v={self.version}"


class _BaseMap(folium.Map):
    """A Folium map that asks for Leaflet at our own address and for nothing else."""

    def __init__(self, assets: Assets) -> None:
        (west, south), (east, north) = _LIMITS_LONLAT
        super().__init__(
            location=[31.4, 34.385],
            zoom_start=11,
            tiles=None,
            control_scale=False,
            zoom_control="bottomright",
            max_bounds=True,
            min_lat=south,
            max_lat=north,
            min_lon=west,
            max_lon=east,
            zoom_snap=0.25,
            zoom_delta=0.5,
            max_bounds_viscosity=1.0,
            # Our side keeps the centre when the frame changes its size.
            track_resize=False,
        )
        self.options |= {"min_zoom": 6, "max_zoom": 16}
        self.default_js = [("leaflet", assets.url(assets.leaflet, "leaflet.js"))]
        self.default_css = [("leaflet_css", assets.url(assets.leaflet, "leaflet.css"))]
        if assets.land is not None:
            self.default_js = self.default_css = []


class Corridors(JSCSSMixin, MacroElement):
    """The plugin that draws on the map, reports clicks and camera, and is told what to show.

    The script runs with or without Streamlit around it: only the reporting and the page's
    theme are connected to Streamlit, if it is there.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        window.corridors = new Corridors.Map({{ this._parent.get_name() }}, {
            groups: { {%- for name, group in this.groups.items() %}
                {{ name }}: {{ group.get_name() }}, {%- endfor %}
            },
            ...{{ this.settings }},
            report: (value) => window.Streamlit?.setComponentValue(value),
        });
        window.Streamlit?.events.addEventListener(
            "streamlit:render", (event) => window.corridors.setTheme(event.detail.theme));
        {%- if not this.earlier %}
        Corridors.follow?.(window.corridors);
        {%- endif %}
        Corridors.pair?.(window.corridors, "{{ "earlier" if this.earlier else "later" }}");
        Corridors.hover?.(window.corridors);
        Corridors.stage?.(window.corridors);
        {%- if this.opening %}
        window.corridors.show({{ this.opening }});
        {%- endif %}
        {% endmacro %}
    """)

    def __init__(
        self,
        assets: Assets,
        groups: dict[str, folium.FeatureGroup],
        slider: tuple[Period, Period] | None,
        opening: dict[str, Json] | None,
        *,
        earlier: bool,
    ) -> None:
        super().__init__()  # type: ignore[no-untyped-call]
        self._name = "Corridors"
        self.groups = groups
        self.earlier = earlier
        self.default_js = [
            (f"corridors_{name.removesuffix('.js')}", assets.url(assets.browser, name))
            for name in _SCRIPTS
        ]
        if assets.plugin:
            self.default_js = [("corridors_plugin", assets.plugin)]
        self.default_css = [
            (f"{name}_css", assets.url(assets.browser, f"{name}.css")) for name in STYLE_SHEETS
        ]
        files: dict[str, Json] = {
            name: assets.url(assets.geodata, f"{name}.geojson") for name in LAND_FILES
        }
        if assets.land is not None:
            self.default_js = self.default_css = []
            files = {name: assets.land[name] for name in LAND_FILES}
        self.settings = script_json(
            {
                "files": files,
                "opening": [list(corner) for corner in OPENING_LONLAT],
                "attribution": ATTRIBUTION,
                "style": browser_style(),  # type: ignore[dict-item]
                "slider": None
                if slider is None
                else {
                    name: [day_number(period.first), day_number(period.last)]
                    for name, period in zip(("span", "window"), slider, strict=True)
                },
            }
        )
        self.opening = None if opening is None else script_json(opening)


class _State(folium.FeatureGroup):
    """What the plugin shall show now, in the shape in which streamlit-folium can carry it.

    streamlit-folium wants a layer that it can add and take away; the layer stays empty, so
    that nothing on the map is ever taken away and added again.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        var {{ this.get_name() }} = L.layerGroup();
        window.corridors.show({{ this.state }});
        {% endmacro %}
    """)

    def __init__(self, drawing: dict[str, Json]) -> None:
        super().__init__(name="state", control=False, show=False)
        self.state = script_json(drawing)


def read_plugin() -> str:
    """Return all scripts of the plugin as one, in the order in which they need each other."""
    return "\n".join((_BROWSER / name).read_text(encoding="utf-8") for name in _SCRIPTS)


def base_map(
    assets: Assets,
    *,
    slider: tuple[Period, Period] | None = None,
    opening: dict[str, Json] | None = None,
    earlier: bool = False,
) -> folium.Map:
    """Return the map; its script is the same for the same arguments.

    Parameters
    ----------
    slider : tuple of Period, optional
        The span of a slider of the map's own, and the window under its hands at the start.
    opening : dict, optional
        What it shows at the start, as `drawing` makes it, with the addresses `record` and
        `events`. Inside the page it is told by `state_group` instead.
    earlier : bool
        Whether it is the map of the earlier of two days: it does not follow the page's slider,
        and looks at what the other map looks at.
    """
    base = _BaseMap(assets)
    groups = {name: folium.FeatureGroup(name=name) for name in LAYERS}
    for group in groups.values():
        group.add_to(base)
    Corridors(assets, groups, slider, opening, earlier=earlier).add_to(base)
    return base


def state_group(drawing: dict[str, Json]) -> folium.FeatureGroup:
    """Return what `st_folium` takes as `feature_group_to_add` to show `drawing`."""
    return _State(drawing)


def script_json(value: Json) -> str:
    """Return `value` as JSON that is safe in a script that is read as a template once more.

    Beside what could end the script: branca compiles every generated script as a Jinja template
    (`{{`, `{%`, `{#`), and streamlit-folium renames what looks like `_name` and resolves
    `{{ 'name' }}`. None of it is left in a string for them to find.
    """
    text = json.dumps(value, ensure_ascii=True, allow_nan=False, separators=(",", ":"))
    for mark in "<>&'_%#":
        text = text.replace(mark, f"\\u{ord(mark):04x}")
    # JSON itself never has two braces in a row where a value begins.
    return text.replace("{{", "\\u007b\\u007b")
