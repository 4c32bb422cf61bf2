"""A Folium map built anew on every step, with one GeoJSON."""

import folium
import streamlit as st
from common import HEIGHT, Mark, base_map, chosen, collection, dots
from streamlit_folium import st_folium

st.set_page_config(layout="wide")
shown, first, last = chosen()
drawn = base_map()
folium.GeoJson(collection(shown), **dots()).add_to(drawn)
Mark(first, last).add_to(drawn)
st_folium(drawn, key="map", height=HEIGHT, use_container_width=True, returned_objects=[])
