"""The app with an article and places that try to become markup, for test_hostile.py."""

import json
import runpy
import sys
import tempfile
from datetime import date
from hashlib import sha256
from pathlib import Path

import streamlit as st
from geopandas import GeoDataFrame
from shapely.geometry import Point

REPOSITORY = Path(__file__).parents[2]
sys.path.insert(0, str(REPOSITORY))

from components.page import served  # noqa: E402  the repository is found first

ATTACK = (
    "<script>parent.hurt=window.hurt=1</script><img src=x onerror='parent.hurt=window.hurt=1'>"
    "</script>{{ 'x' }}{% raw %}${hurt=1}`\u202e\u2028![p](http://example.org/p.png)[l](javascript:hurt=1)"
)


DAY = date(2024, 8, 20)


@st.cache_resource
def write_seeds() -> Path:
    """Write a folder with one article whose every text is an attack."""
    folder = Path(tempfile.mkdtemp())
    text = f"Talks in Cairo on Thursday on the Philadelphi Corridor, {ATTACK} said."
    (folder / "attack.txt").write_bytes(text.encode())
    whole = {"start": 0, "stop": len(text), "quote": text}
    event = {
        "number": 1, "kind": "talks", "mode": "happened", "title": ATTACK,
        "actors": [{"name": ATTACK, "role": "participant"}],
        "places": [{"name": "Cairo", "role": "event", "basis": "stated"}],
        "edtf": "2024-08-22", "date_words": "Thursday", "date_reason": ATTACK,
        "attributions": [{"source": ATTACK, "cue": "said", "scope": "event"}],
        "quantities": [], "evidence": [whole],
    }  # fmt: skip
    demand = event | {
        "number": 2, "kind": "withdrawal", "mode": "demanded", "edtf": "2024-08-22?",
        "actors": [{"name": ATTACK, "role": "demands"}, {"name": f"2 {ATTACK}", "role": "target"}],
        "places": [{"name": "Philadelphi Corridor", "role": "event", "basis": "stated"}],
        "date_words": None,
    }  # fmt: skip
    article = {
        "headline": ATTACK, "publisher": ATTACK, "dateline": ATTACK, "byline": ATTACK,
        "url": None, "published": "2024-08-22", "published_reason": ATTACK,
        "sha256": sha256(text.encode()).hexdigest(), "events": [event, demand],
    }  # fmt: skip
    (folder / "attack.json").write_text(json.dumps(article))
    (folder / f"{'x' * 20}.json").write_text(ATTACK)
    row = dict.fromkeys(("id", "title", "source", "publisher", "quote"), ATTACK) | {
        "kind": "attack", "mode": "claimed", "radius_m": 100.0, "published": DAY,
        "first": DAY, "last": DAY, "geometry": Point(34.31, 31.40),
    }  # fmt: skip
    rows = GeoDataFrame([row], geometry="geometry", crs="EPSG:4326")
    rows.to_parquet(folder / "attacks.parquet", index=False)
    rows.assign(id="", title=ATTACK).to_parquet(folder / "broken.parquet", index=False)
    return folder


served.SEEDS = write_seeds()
runpy.run_path(str(REPOSITORY / "app.py"))
