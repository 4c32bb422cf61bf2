"""A leafmap map with one GeoJSON."""

import streamlit as st
from common import CANVAS, HEIGHT, LATLON, ZOOM, Mark, chosen, collection, dots
from leafmap.foliumap import Map

st.set_page_config(layout="wide")
shown, first, last = chosen()
drawn = Map(
    location=LATLON,
    zoom_start=ZOOM,
    tiles=None,
    prefer_canvas=CANVAS,
    fullscreen_control=False,
)
if shown.any():  # leafmap cannot draw a GeoJSON without features
    drawn.add_geojson(collection(shown), info_mode=None, zoom_to_layer=False, **dots())
Mark(first, last).add_to(drawn)
drawn.to_streamlit(height=HEIGHT, add_layer_control=False)
