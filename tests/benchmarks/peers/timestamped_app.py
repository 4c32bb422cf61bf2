"""Folium's TimestampedGeoJson, which has a slider of its own.

It knows no spans: a vague event is shown by its first day only. Its window has 28 days: it takes
more for a month of the calendar, and would show up to 33.
"""

import streamlit as st
from branca.element import MacroElement
from common import (
    DAY_MS,
    HEIGHT,
    base_map,
    cumulative,
    from_here,
    last_asked,
    read_events,
)  # fmt: skip
from folium.plugins import TimestampedGeoJson
from folium.template import Template
from streamlit_folium import st_folium

st.set_page_config(layout="wide")
DOT = {"radius": 3, "stroke": False, "fill": True, "fillOpacity": 0.8}


class Marks(MacroElement):
    """Opens the asked day and tells the probe of each set that is drawn."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        {{ this._parent.get_name() }}.timeDimension.on("timeload", ({time}) =>
            queueMicrotask(() => window.shown(window.markOf(time / {{ this.day_ms }}))));
        {{ this._parent.get_name() }}.timeDimension.setCurrentTime({{ this.opening_ms }});
        {% endmacro %}
    """)
    day_ms = DAY_MS
    opening_ms = last_asked() * DAY_MS


TimestampedGeoJson.default_js = from_here(
    "iso8601-js-period/iso8601.js",
    "leaflet-timedimension/dist/leaflet.timedimension.min.js",
    "moment/min/moment.min.js",
)
TimestampedGeoJson.default_css = from_here(
    "leaflet-timedimension/dist/leaflet.timedimension.control.css"
)
features = [
    {
        "type": "Feature",
        "properties": {
            "times": [feature["properties"]["first"] * DAY_MS],
            "icon": "circle",
            "iconstyle": DOT,
        },
        "geometry": feature["geometry"],
    }
    for feature in read_events()[1].tolist()
]
drawn = base_map()
TimestampedGeoJson(
    {"type": "FeatureCollection", "features": features},
    auto_play=False,
    speed_slider=False,
    duration=None if cumulative() else "P27D",
).add_to(drawn)
Marks().add_to(drawn)
st_folium(drawn, key="map", height=HEIGHT, use_container_width=True, returned_objects=[])
