"""No words of a briefing or an article become markup or script in the one page."""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import replace
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from hypothesis import given, settings
from hypothesis import strategies as st
from xstatic.pkg import leaflet

from components.draw.document import Parts, document, read_parts
from components.model.briefing import Briefing
from tests.worlds import article, footprint, layer, told, world

HOSTILE = st.one_of(
    st.text(max_size=40),
    st.sampled_from(
        [
            "</script><script>x()</script>",
            "</title><img src=x onerror=x()>",
            "<!--<script>",
            "]]>{{7*7}}{% raw %}",
            "\u2028\u2029\x00\ud800",
            '" onload="x()',
            "{title}{data}",
        ]
    ),
    st.text(st.characters(), max_size=40),
)


class Elements(HTMLParser):
    """Counts elements and keeps the data block and the title."""

    def __init__(self) -> None:
        super().__init__()
        self.found: Counter[str] = Counter()
        self.inside = ""
        self.data = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.found[tag] += 1
        self.inside = "data" if ("id", "data") in attrs else tag

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "data":
            self.data += data


@lru_cache(maxsize=1)
def parts() -> Parts:
    root = Path(__file__).parents[2]
    read = read_parts(Path(leaflet.BASE_DIR), root / "geodata")
    empty = {name: {"type": "FeatureCollection", "features": []} for name in read.land}
    return replace(read, leaflet="", plugin="", script="", land=empty)


def page(words: str) -> Elements:
    of = article(headline=words, publisher=words)
    one = told(of, "Talks began.", title=words, date_reason=words)
    known = world(
        (one,), articles=(of,), layers=(replace(layer(footprint(label=words)), about=words),)
    )
    briefing = Briefing("b", words, words, words, known.events_span.last)
    text = document(known, briefing, (), parts(), made=words, print_lines={"scene": (words,)})
    text.encode()
    parser = Elements()
    parser.feed(text)
    parser.close()
    return parser


@settings(max_examples=40, deadline=None)
@given(HOSTILE)
def test_words_change_no_element_and_come_back_whole(words: str) -> None:
    usual, hostile = page("Plain."), page(words)
    assert hostile.found == usual.found
    data = json.loads(hostile.data)
    assert data["presentation"]["title"] == words
    (event,) = data["evidence"]["events"].values()
    assert event["title"] == words
    assert data["print"] == {"scene": [words]}
