"""Whatever texts say, they are drawn as they are written, in their room, or told to be cut."""

from __future__ import annotations

import io
from pathlib import Path

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.backends.backend_pdf import FigureCanvasPdf
from matplotlib.figure import Figure
from matplotlib.text import Text
from shapely.geometry import box

from components.export.composing import plate_of
from components.export.lettering import CUT, readable, width_px, wrapped
from components.export.painting import Sheet, draw_caption, draw_list, small_lines
from components.export.room import Anchor, Room, overlap
from components.model.briefing import Caption, KeptView
from components.model.place import Names
from components.pipeline import scene, staged
from tests import worlds

GEODATA = Path(__file__).parents[2] / "geodata"
# Surrogates, controls, letters of any script, marks of direction, markup, mathematics.
TEXTS = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from("$\\{}^_%<>&\"'\x00\x1b\u202e\u2066\u200f\ud800\U0001f600שםحم"),
    ),
    max_size=200,
)
FEW = settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])


def sheet(*, pdf=False):
    figure = Figure(figsize=(6, 4), dpi=100)
    (FigureCanvasPdf if pdf else FigureCanvasAgg)(figure)
    return Sheet(figure, 600, 400)


@given(TEXTS)
@settings(deadline=None)
def test_readable_words_hold_nothing_that_cannot_be_drawn(words):
    plain = readable(words)
    assert plain.replace("\u200e", "").isprintable()
    assert plain == readable(plain)
    assert not set(plain) & set("\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\u200f")


@given(TEXTS, st.floats(30, 900), st.floats(7, 48), st.booleans())
@settings(deadline=None)
def test_wrapped_words_are_all_there_and_fit(words, room, size, bold):
    lines = wrapped(words, room, size, bold=bold)

    def bare(text):
        return text.replace(" ", "").replace("\u200e", "")

    assert bare("".join(lines)) == bare(readable(words))
    for line in lines:
        assert width_px(line, size, bold=bold) <= room or len(line.strip("\u200e")) <= 1


@given(st.lists(TEXTS, max_size=6), st.integers(1, 12))
@settings(deadline=None)
def test_small_print_keeps_a_line_of_each_and_says_what_is_cut(items, most):
    whole = small_lines(items, 500, 14, 10_000)
    kept = small_lines(items, 500, 14, most)
    said = [one for one in items if readable(one)]
    assert len(kept) <= max(most, len(said))
    if len(kept) < len(whole):
        assert any(CUT in line for line in kept)


@given(TEXTS, TEXTS, TEXTS, st.floats(40, 380), st.booleans())
@FEW
def test_any_caption_is_drawn_in_its_room(words, how, source, most, pdf):
    paper = sheet(pdf=pdf)
    captions = [Caption(words, quoted=True, how=how, source=source)] * 2
    end = draw_caption(paper, captions, (20, 10), 400, most, 20, 12)
    # A line of each part stays, however little room there is.
    assert end <= 10 + max(most, 5 * 20 * 1.28) + 20 * 1.28 + 0.01
    texts = paper.figure.findobj(Text)
    assert all(not one.get_parse_math() for one in texts)
    content = io.BytesIO()
    paper.figure.savefig(content, format="pdf" if pdf else "png")
    assert content.getvalue()


@given(st.lists(TEXTS, min_size=1, max_size=9), st.floats(60, 300))
@FEW
def test_any_list_counts_what_it_leaves_out(items, most):
    paper = sheet()
    end = draw_list(paper, "Heading", items, (20, 10), 300, most, 14)
    assert end <= 10 + max(most, 2 * 14 * 1.28) + 0.6
    paper.figure.savefig(io.BytesIO(), format="png")


@given(
    st.lists(
        st.tuples(st.floats(0, 1000), st.floats(0, 700), st.floats(20, 400), st.floats(20, 200)),
        max_size=14,
    ),
    st.floats(0, 360),
)
@FEW
def test_cards_never_cover_each_other_what_is_blocked_or_the_edge(wanted, bearing):
    room = Room(1000, 700, 1.5)
    corridor = box(300, 100, 420, 600)
    room.block(corridor)
    stood = []
    for x, y, w, h in wanted:
        spot = room.place([Anchor(x, y, bearing)], w, h)
        if spot is None:
            continue
        left, top, wide, high = spot.box
        assert left >= 0
        assert top >= 0
        assert left + wide <= 1000
        assert top + high <= 700
        assert not box(left, top, left + wide, top + high).intersects(corridor)
        assert not any(overlap(spot.box, other) for other in stood)
        stood.append(spot.box)


@given(TEXTS, TEXTS)
@FEW
def test_a_plate_of_any_names_is_composed(name, title):
    event = worlds.event(title=title)
    world = worlds.world((event,))
    place = world.placed[0].sites[0].target
    object.__setattr__(place, "names", Names(name, name, name))
    briefing = worlds_briefing()
    (one,) = staged(world, briefing)
    plate = plate_of(one, world, GEODATA, width_px=800, height_px=500)
    on_cards = [mark.event for card in plate.cards for mark in card.marks]
    assert (on_cards == [event.id]) != any(": 1 event" in line for line in plate.away)
    assert one.scene == scene(world, one.view)


def worlds_briefing():
    from datetime import date  # noqa: PLC0415

    from components.model.briefing import Briefing  # noqa: PLC0415

    view = {"from": "2024-08-01", "to": "2024-08-31", "camera": "33.0,32.0,10"}
    return Briefing("b", "B", "", "", date(2024, 8, 22), (KeptView("s", "S", "", view),))
