"""A pydeck scatter plot; pydeck_probe.js watches what it draws."""

import pandas as pd
import pydeck as pdk
import streamlit as st
from common import HEIGHT, LATLON, ZOOM, chosen, read_events

st.set_page_config(layout="wide")
shown, first, last = chosen()
events, _ = read_events()
points = pd.DataFrame({name: events[name][shown].round(5) for name in ("lon", "lat")})
lat, lon = LATLON
st.pydeck_chart(
    pdk.Deck(
        map_provider=None,
        # The zoom levels of deck.gl are of tiles twice as wide as Leaflet's.
        initial_view_state=pdk.ViewState(longitude=lon, latitude=lat, zoom=ZOOM - 1),
        layers=[
            pdk.Layer(
                "ScatterplotLayer",
                points,
                id="events",
                get_position="[lon, lat]",
                get_radius=0,
                radius_min_pixels=3,
                get_fill_color=[51, 136, 255],
            ),
            # Out of sight; how many points it has says which set is drawn. The day is there since
            # nothing would be drawn anew when the same events are in two windows.
            pdk.Layer(
                "ScatterplotLayer",
                [{"first": first}] * (1 + last % 100),
                id="mark",
                get_position="[0, 0]",
                get_radius=0,
            ),
        ],
    ),
    height=HEIGHT,
    key="map",
)
