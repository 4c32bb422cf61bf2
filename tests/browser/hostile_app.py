"""The app with an article and places that try to become markup, for test_hostile.py."""

import json
import runpy
import sys
import tempfile
from hashlib import sha256
from pathlib import Path

import streamlit as st

REPOSITORY = Path(__file__).parents[2]
sys.path.insert(0, str(REPOSITORY))

from components.page import served  # noqa: E402  the repository is found first

ATTACK = (
    "<script>parent.hurt=window.hurt=1</script><img src=x onerror='parent.hurt=window.hurt=1'>"
    "</script>{{ 'x' }}{% raw %}${hurt=1}`\u202e\u2028![p](http://example.org/p.png)[l](javascript:hurt=1)"
)


@st.cache_resource
def write_seeds() -> Path:
    """Write a folder with one article whose every text is an attack."""
    folder = Path(tempfile.mkdtemp())
    text = f"Talks in Cairo on Thursday, {ATTACK} said."
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
    article = {
        "headline": ATTACK, "publisher": ATTACK, "dateline": ATTACK, "byline": ATTACK,
        "url": None, "published": "2024-08-22", "published_reason": ATTACK,
        "sha256": sha256(text.encode()).hexdigest(), "events": [event],
    }  # fmt: skip
    (folder / "attack.json").write_text(json.dumps(article))
    (folder / f"{'x' * 20}.json").write_text(ATTACK)
    return folder


served.SEEDS = write_seeds()
runpy.run_path(str(REPOSITORY / "app.py"))
