"""Folium's Timeline, which has a slider of its own."""

import streamlit as st
from branca.element import MacroElement
from common import (
    DAY_MS,
    HEIGHT,
    WINDOW,
    base_map,
    cumulative,
    from_here,
    last_asked,
    read_events,
)  # fmt: skip
from folium.plugins import Timeline, TimelineSlider
from folium.template import Template
from folium.utilities import JsCode
from streamlit_folium import st_folium

st.set_page_config(layout="wide")


class Marks(MacroElement):
    """Makes a key worth one day, opens the asked day, tells the probe of each set drawn."""

    _template = Template("""
        {% macro script(this, kwargs) %}
        {{ this.timeline.get_name() }}.on("change", () => {
            const day = {{ this.timeline.get_name() }}.time / {{ this.day_ms }};
            queueMicrotask(() => window.shown(window.markOf(day)));
        });
        {{ this.slider.get_name() }}._timeSlider.step = {{ this.day_ms }};
        {{ this.slider.get_name() }}.setTime({{ this.opening_ms }});
        {% endmacro %}
    """)
    day_ms = DAY_MS
    opening_ms = last_asked() * DAY_MS

    def __init__(self, timeline: Timeline, slider: TimelineSlider) -> None:
        super().__init__()
        self.timeline, self.slider = timeline, slider


TimelineSlider.default_js = Timeline.default_js = from_here(
    "leaflet.timeline/dist/leaflet.timeline.js", "moment/min/moment.min.js"
)
events, features = read_events()
end = int(events["last"].max())
stays = end if cumulative() else WINDOW - 1
data = [
    {
        "type": "Feature",
        "properties": {
            "start": feature["properties"]["first"] * DAY_MS,
            "end": min(feature["properties"]["last"] + stays, end) * DAY_MS,
        },
        "geometry": feature["geometry"],
    }
    for feature in features.tolist()
]
dot = "{radius: 3, stroke: false, fill: true, fillOpacity: 0.8}"
timeline = Timeline(
    {"type": "FeatureCollection", "features": data},
    point_to_layer=JsCode(f"(feature, latlng) => L.circleMarker(latlng, {dot})"),
)
slider = TimelineSlider(auto_play=False, show_ticks=False, enable_playback=False)
drawn = base_map()
timeline.add_to(drawn)
slider.add_timelines(timeline).add_to(drawn)
Marks(timeline, slider).add_to(drawn)
st_folium(drawn, key="map", height=HEIGHT, use_container_width=True, returned_objects=[])
