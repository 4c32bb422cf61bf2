"""What the peers share: events, the slider, a base map without a network, and the probe's mark.

All draw plain dots of one colour, without popups; on a canvas unless told otherwise, which is one
argument away from Folium's usual SVG and much faster.
"""

import os
from datetime import date, timedelta
from pathlib import Path

import folium
import numpy as np
import streamlit as st
from branca.element import MacroElement
from folium.template import Template
from streamlit.components.v1 import declare_component

FOLDER = Path(os.environ["BENCHMARK_FOLDER"])
ASSETS = f"/component/{declare_component('assets', path=os.environ['BENCHMARK_ASSETS']).name}"
CANVAS = os.environ["BENCHMARK_RENDERER"] == "canvas"
EPOCH = date(1970, 1, 1)
DAY_MS = 86_400_000
WINDOW = 30
LATLON, ZOOM, HEIGHT = (31.4, 34.385), 11, 800
DOT = {"radius": 3, "stroke": False, "fill": True, "fill_opacity": 0.8}


def from_here(*names: str) -> list[tuple[str, str]]:
    """Return files of npm packages as Folium lists a map's scripts and styles."""
    return [(name, f"{ASSETS}/{name}") for name in names]


folium.Map.default_js = from_here("leaflet/dist/leaflet.js", "jquery/dist/jquery.min.js")
folium.Map.default_css = from_here("leaflet/dist/leaflet.css")


@st.cache_resource
def read_events():
    """Return the columns of the events, and them as GeoJSON features with their days."""
    events = dict(np.load(FOLDER / "events.npz"))
    rows = zip(*(events[name].tolist() for name in ("lon", "lat", "first", "last")), strict=True)
    features = [
        {
            "type": "Feature",
            "properties": {"first": first, "last": last},
            "geometry": {"type": "Point", "coordinates": [round(lon, 5), round(lat, 5)]},
        }
        for lon, lat, first, last in rows
    ]
    return events, np.array(features, dtype=object)


def last_asked() -> int:
    """Return the day that the address asks for as the window's last."""
    return (date.fromisoformat(st.query_params["to"]) - EPOCH).days


def cumulative() -> bool:
    """Return whether the address asks for everything up to the window's last day."""
    return st.query_params.get("show") == "cumulative"


def chosen():
    """Show the slider; return which events its window shows, and its first and last day."""
    events, _ = read_events()
    ends = [EPOCH + timedelta(int(day)) for day in (events["first"].min(), events["last"].max())]
    last = EPOCH + timedelta(last_asked())
    opening = (max(last - timedelta(WINDOW - 1), ends[0]), min(last, ends[1]))
    days = st.slider("Window of days", *ends, opening, key="days")
    first, last = ((day - EPOCH).days for day in days)
    shown = events["first"] <= last
    return (shown if cumulative() else shown & (events["last"] >= first)), first, last


def collection(shown) -> dict:
    """Return the events as one GeoJSON."""
    return {"type": "FeatureCollection", "features": read_events()[1][shown].tolist()}


def base_map() -> folium.Map:
    """Return an empty map of Gaza."""
    return folium.Map(LATLON, zoom_start=ZOOM, tiles=None, prefer_canvas=CANVAS)


def dots() -> dict:
    """Return how a GeoJSON layer of Folium shall draw its points."""
    return {"marker": folium.CircleMarker(**DOT)}


class Mark(MacroElement):
    """Tells the probe which set was drawn, when the script that draws it has ended.

    The first day makes the script another one when the same events are in two windows, which would
    not be drawn again.
    """

    _template = Template("""
        {% macro script(this, kwargs) %}
        // From {{ this.first }}
        queueMicrotask(() => window.shown(window.markOf({{ this.last }})));
        {% endmacro %}
    """)

    def __init__(self, first: int, last: int) -> None:
        super().__init__()
        self._name = "Mark"
        self.first, self.last = first, last
