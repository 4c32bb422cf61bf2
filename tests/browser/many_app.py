"""The app with a table of recorded events beside the owner's article; how many, by environment."""

import os
import runpy
import sys
import tempfile
from pathlib import Path

import streamlit as st

REPOSITORY = Path(__file__).parents[2]
sys.path.insert(0, str(REPOSITORY))

from components.page import served  # noqa: E402  the repository is found first
from tests.benchmarks.events import generate, write_seeds  # noqa: E402

COUNT = int(os.environ.get("CORRIDORS_RECORDED", "7000"))


@st.cache_resource
def seeds() -> Path:
    """Write the folder once for all visitors."""
    folder = Path(tempfile.mkdtemp()) / "seeds"
    write_seeds(generate(COUNT, REPOSITORY), folder, REPOSITORY)
    return folder


served.SEEDS = seeds()
runpy.run_path(str(REPOSITORY / "app.py"))
