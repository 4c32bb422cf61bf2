"""A Folium map that stays, with one GeoJSON in the feature group that changes."""

import folium
import streamlit as st
from common import HEIGHT, Mark, base_map, chosen, collection, dots
from streamlit_folium import st_folium

st.set_page_config(layout="wide")
shown, first, last = chosen()
group = folium.FeatureGroup("events")
folium.GeoJson(collection(shown), **dots()).add_to(group)
Mark(first, last).add_to(group)
st_folium(
    base_map(),
    key="map",
    height=HEIGHT,
    use_container_width=True,
    returned_objects=[],
    feature_group_to_add=group,
)
