"""The app with the twelve articles of tests/reading, whose events lie close together."""

import runpy
import shutil
import sys
import tempfile
from pathlib import Path

import streamlit as st

REPOSITORY = Path(__file__).parents[2]
sys.path.insert(0, str(REPOSITORY))

from components.page import served  # noqa: E402  the repository is found first


@st.cache_resource
def seeds() -> Path:
    """Copy the folder once for all visitors, since the app may write into it."""
    return Path(shutil.copytree(REPOSITORY / "tests/reading", Path(tempfile.mkdtemp()) / "seeds"))


served.SEEDS = seeds()
runpy.run_path(str(REPOSITORY / "app.py"))
