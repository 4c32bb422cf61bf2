"""Whatever words come in: slides open, hold them as words, and nothing of them as markup."""

from __future__ import annotations

import io
import tempfile
import zipfile
from datetime import UTC, date, datetime
from pathlib import Path
from unittest.mock import patch
from xml.etree import ElementTree as ET
from xml.sax.saxutils import escape

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE_TYPE

from components.export import slides
from components.export.plate import Bar, Card, Crossing, Fill, Label, Mark, Plate, Shape
from components.export.slide_words import clean, cut, lines_of
from components.export.takeaway import Takeaway
from components.model.article import Evidence
from components.model.briefing import Briefing, KeptView
from components.model.event import Mode, Theme
from components.pipeline import staged
from tests import worlds

TRAPS = (
    "</a:t><script>alert(1)</script>",
    "_x0041_ _x001B_",
    "=cmd|' /C calc'!A0",
    "\x00\x01\x0b\x0c\x1f\x7f\x85",
    "\ud800 \udfff \ufffe\uffff",
    "\u202eevil\u202c",
    "x" * 3000,
    "https://example.org/ javascript:alert(1)",
    "]]> &amp; &#0; <!DOCTYPE a>",
    "\u0631\u0641\u062d \u05e2\u05d6\u05d4",
    "",
)
hostile = st.one_of(
    st.sampled_from(TRAPS),
    st.text(st.characters(codec=None), max_size=80),
    st.lists(st.sampled_from(TRAPS), max_size=3).map("".join),
)


def every(shapes):
    for one in shapes:
        yield one
        if one.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every(one.shapes)


def plate(words):
    mark = Mark("e", words, Theme.WAR, Mode.CLAIMED, "#006a55", (50, 50), 16, 1, True, False)  # noqa: FBT003
    ring = ((10.0, 10.0), (90.0, 10.0), (90.0, 40.0), (10.0, 10.0))
    shape = Shape(
        name=words,
        layer="gaza",
        rings=(ring,),
        closed=True,
        ink="#5f5a4f",
        paper="#fffdf6",
        opacity=1,
        fill=Fill.SOLID,
        width_px=1,
        dashed=False,
    )
    return Plate(
        width_px=744,
        height_px=451,
        sea="#dbe7ee",
        card="#ffffff",
        ink="#20262c",
        quiet="#4a535b",
        shapes=(shape,),
        crossings=(Crossing(words, words, (100, 100), 16),),
        labels=(Label(words, "town", (200, 200, 60, 14), 12, "#20262c"),),
        cards=(Card(words, (words, words), (mark,), (20, 20, 120, 60), 13, "#20262c", ()),),
        bar=Bar("10 km", 50),
        away=(words,) * 6,
    )


@given(words=hostile, other=hostile)
@settings(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_no_words_become_markup_and_the_file_opens(words, other):
    event = worlds.event(
        title=words,
        date_words=other,
        date_reason=words,
        evidence=(Evidence("made-up", 0, len(other), other),),
    )
    unplaced = worlds.event(title=other)
    article = worlds.article(headline=words, publisher=other)
    world = worlds.world(placed=(event,), unplaced=(unplaced,), articles=(article,))
    view = {"from": "2024-08-22", "to": "2024-08-22", "event": event.id}
    scenes = (KeptView("one", words, other, view), KeptView("two", other, words, view))
    briefing = Briefing("b", words, other, words, date(2024, 8, 22), scenes)
    of = Takeaway(world, briefing, staged(world, briefing), datetime(2026, 11, 29, tzinfo=UTC))
    with (
        tempfile.TemporaryDirectory() as folder,
        patch.object(slides, "plate_of", lambda *_, **__: plate(words)),
    ):
        (path,) = slides.write_slides(of, Path(folder), Path(), lambda *_: None)
        content = path.read_bytes()
    with zipfile.ZipFile(io.BytesIO(content)) as packed:
        for name in packed.namelist():
            root = ET.fromstring(packed.read(name))
            tags = {one.tag.rsplit("}", 1)[-1] for one in root.iter()}
            assert not tags & {"script", "hlinkClick", "hlinkHover"}
            assert not [one for one in root.iter() if one.get("TargetMode") == "External"]
    deck = Presentation(io.BytesIO(content))
    assert len(deck.slides) >= 3
    for slide in deck.slides:
        assert slide.shapes.title.text_frame.text
        for one in slide.shapes:
            assert one.left >= 0
            assert one.top >= 0
            assert one.left + one.width <= deck.slide_width
            assert one.top + one.height <= deck.slide_height
    labels = [one.text_frame.text for one in every(deck.slides[0].shapes) if one.has_text_frame]
    assert clean(words) in labels
    notes = deck.slides[0].notes_slide.notes_text_frame.text
    assert clean(event.title) in notes


@given(hostile)
def test_clean_words_are_words_of_xml_and_stay_as_they_are(words):
    once = clean(words)
    assert clean(once) == once
    once.encode()
    assert (ET.fromstring(f"<a>{escape(once)}</a>").text or "") == once


@given(hostile, st.floats(6, 40), st.floats(1.0, 12), st.integers(1, 9))
def test_what_is_cut_fits_its_lines(words, size_pt, width_in, most):
    assert lines_of(cut(words, size_pt, width_in, most), size_pt, width_in) <= most
