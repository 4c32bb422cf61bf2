"""Corridors: run with `streamlit run app.py`."""

import streamlit as st

st.set_page_config(page_title="Corridors", layout="wide", initial_sidebar_state="auto")

from components.page.page import show  # noqa: E402  the page's settings come first

show()
