"""A briefing as slides: native shapes to scale, every sentence in the notes, nothing else."""

from __future__ import annotations

import math
import re
import shutil
import subprocess
import zipfile
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from xml.etree import ElementTree as ET

import pytest
import shapely
from pptx import Presentation
from pptx.enum.shapes import MSO_SHAPE, MSO_SHAPE_TYPE
from pptx.oxml.ns import qn
from pptx.util import Inches

from components.brief.scenes import read_scenes
from components.draw.style import LAYERS, PALE_WORDS, THEME_WORDS
from components.export import slides
from components.export.composing import plate_of
from components.export.plate import Bar, Card, Crossing, Fill, Label, Mark, Plate, Shape
from components.export.slide_map import EMU_PER_INCH, Frame, draw_map
from components.export.slide_words import (
    clean,
    cut,
    from_the_right,
    height_in,
    lines_of,
    width_em,
)
from components.export.slides import MAP_IN, caption_runs, write_slides
from components.export.takeaway import Takeaway
from components.geo.geodesic import length_km
from components.model.briefing import Caption
from components.model.event import Mode, Theme
from components.pipeline import build_world, staged

ROOT = Path(__file__).parents[2]
GEODATA = ROOT / "geodata"
MADE = datetime(2026, 11, 29, 6, 10, tzinfo=UTC)
FRAME = Frame(1, 1, 1 / 96)


@pytest.fixture(scope="module")
def of():
    world = build_world(ROOT / "seeds", GEODATA)
    briefing = next(one for one in read_scenes(ROOT / "seeds")[0] if one.id == "cairo-truce-talks")
    return Takeaway(world, briefing, staged(world, briefing), MADE)


@pytest.fixture(scope="module")
def told():
    return []


@pytest.fixture(scope="module")
def path(of, told, tmp_path_factory):
    folder = tmp_path_factory.mktemp("slides")
    (path,) = write_slides(of, folder, GEODATA, lambda *words: told.append(words))
    return path


@pytest.fixture(scope="module")
def deck(path):
    return Presentation(str(path))


def every(shapes):
    for one in shapes:
        yield one
        if one.shape_type == MSO_SHAPE_TYPE.GROUP:
            yield from every(one.shapes)


def by_name(slide, name):
    return next(one for one in every(slide.shapes) if one.name == name)


def words_of(slide):
    return "\n".join(one.text_frame.text for one in every(slide.shapes) if one.has_text_frame)


def mark(mode=Mode.HAPPENED, **changes):
    fields = {
        "event": "one",
        "title": "Talks",
        "theme": Theme.WAR,
        "mode": mode,
        "ink": "#006a55",
        "centre": (50.0, 50.0),
        "size_px": 16,
        "opacity": 1,
        "draft": False,
        "chosen": False,
    }
    return Mark(**fields | changes)


def made_up(*marks, shapes=(), **changes):
    card = Card("Rafah", (), marks, (20, 20, 100, 60), 13, "#20262c", ())
    fields = {
        "width_px": 480,
        "height_px": 288,
        "sea": "#dbe7ee",
        "card": "#ffffff",
        "ink": "#20262c",
        "quiet": "#4a535b",
        "shapes": shapes,
        "crossings": (),
        "labels": (),
        "cards": (card,) if marks else (),
        "bar": Bar("10 km", 50),
        "away": (),
    }
    return Plate(**fields | changes)


def drawn(plate):
    deck = Presentation()
    slide = deck.slides.add_slide(deck.slide_layouts[6])
    draw_map(slide.shapes, plate, FRAME, "A map")
    return slide


def band(**changes):
    fields = {
        "name": "A corridor",
        "layer": "netzarim_corridor",
        "rings": (((10.0, 10.0), (90.0, 10.0), (90.0, 40.0), (10.0, 40.0), (10.0, 10.0)),),
        "closed": True,
        "ink": "#7a1fa8",
        "paper": "#7a1fa8",
        "opacity": 0.28,
        "fill": Fill.SOLID,
        "width_px": 2,
        "dashed": False,
    }
    return Shape(**fields | changes)


def test_there_is_a_slide_a_scene_and_a_last_one_with_the_sources(of, deck):
    titles = [slide.shapes.title.text_frame.text for slide in deck.slides]
    assert titles == [*(one.title for one in of.briefing.scenes), "Sources, and how sure we are"]


def test_the_slides_are_wide(deck):
    assert deck.slide_width == Inches(13.333)
    assert deck.slide_height == Inches(7.5)


def test_each_slide_says_day_window_number_heading_sources_and_attribution(of, deck):
    for one, slide in zip(of.staged, deck.slides, strict=False):
        words = words_of(slide)
        sheet = one.sheet
        for told in (sheet.day, sheet.window, f"Scene {sheet.number} of {sheet.count}"):
            assert told in words
        for told in (*of.heading, *of.small_print(sheet)):
            assert told in words


def test_the_caption_is_the_sentence_in_quotation_marks_with_its_source(of, deck):
    sheet, slide = of.staged[0].sheet, deck.slides[0]
    words = by_name(slide, "Caption").text_frame.text
    assert f"\u201c{sheet.caption[0].words}\u201d" in words
    assert sheet.caption[0].source in words


def test_the_legend_names_what_is_drawn_and_nothing_else(of, deck):
    for one, slide in zip(of.staged, deck.slides, strict=False):
        words = by_name(slide, "Legend")
        told = {each.text_frame.text for each in every(words.shapes) if each.has_text_frame} - {""}
        legend, plate = one.sheet.legend, looked_up(one, of)
        marks = [mark for card in plate.cards for mark in card.marks]
        assert {each for each in told if each in set(Mode)} == {mark.mode.value for mark in marks}
        themes = {THEME_WORDS[mark.theme] for mark in marks}
        assert {each for each in told if each in THEME_WORDS.values()} == themes
        assert (PALE_WORDS in told) == any(mark.opacity < 1 for mark in marks)
        states = {f"Crossing, {each.status}" for each in plate.crossings}
        assert {each for each in told if each.startswith("Crossing")} == states
        for layer, name, _ in legend.layers:
            assert layer == "crossings" or any(name in each for each in told)


def test_the_notes_hold_every_sentence_with_source_and_offsets(of, deck):
    for one, slide in zip(of.staged, deck.slides, strict=False):
        notes = slide.notes_slide.notes_text_frame.text
        assert one.sheet.note in notes
        for outcome in (*one.scene.placed, *one.scene.unplaced):
            event = outcome.event
            assert event.title in notes
            assert event.when in notes
            for each in event.evidence:
                assert " ".join(each.quote.split()) in notes
                assert f"characters {each.start} to {each.stop}" in notes
        for outcome in one.scene.unplaced:
            assert outcome.reason in notes


@pytest.mark.parametrize(
    ("count", "told"),
    [
        (4, ""),
        (5, "and 1 more line, in full in the notes"),
        (7, "and 3 more lines, in full in the notes"),
    ],
)
def test_what_is_not_on_the_map_is_counted_on_the_slide_and_in_full_in_its_notes(
    of, count, told, tmp_path, monkeypatch
):
    away = tuple(f"Site {number}" for number in range(1, count + 1))
    full = replace(looked_up(of.staged[0], of), away=away)
    monkeypatch.setattr(slides, "plate_of", lambda *_, **_options: full)
    (path,) = write_slides(replace(of, staged=of.staged[:1]), tmp_path, GEODATA, lambda *_: None)
    slide = Presentation(str(path)).slides[0]
    lines = by_name(slide, "Not on this map").text_frame.text.split("\n")
    assert lines == ["Not on this map", *away[:4], *([told] if count > 4 else [])]
    notes = slide.notes_slide.notes_text_frame.text
    assert "\n".join(("Not on the map of this slide:", *away)) in notes


def test_the_last_slide_says_where_shapes_are_from_and_how_sure_they_are(of, deck):
    words = words_of(deck.slides[len(of.staged)])
    shapes = [shape for one in of.staged for shape in one.sheet.shapes]
    for told in (*of.staged[0].sheet.sources, *shapes, "\u00b1", "Schematic: ", of.made_words):
        assert told in words


def test_no_picture_and_no_link_is_in_the_file(path, deck):
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        assert not [one for one in names if re.search(r"\.(png|jpe?g|gif|emf|wmf|bin)$", one)]
        assert not [one for one in names if b'TargetMode="External"' in packed.read(one)]
        assert not [one for one in names if b"hlinkClick" in packed.read(one)]
    kinds = {one.shape_type for slide in deck.slides for one in every(slide.shapes)}
    assert MSO_SHAPE_TYPE.PICTURE not in kinds
    assert MSO_SHAPE_TYPE.FREEFORM in kinds


def test_the_file_is_sound(path):
    with zipfile.ZipFile(path) as packed:
        names = packed.namelist()
        assert len(names) == len({one.lower() for one in names})
        for name in names:
            root = ET.fromstring(packed.read(name))
            if not re.fullmatch(r"ppt/(slides|notesSlides)/[^/]*\.xml", name):
                continue
            ids = [one.get("id") for one in root.iter(qn("p:cNvPr"))]
            assert len(ids) == len(set(ids))
            for group in root.iter(qn("p:grpSp")):
                inside = [edges(one) for one in group if one.find(qn("p:spPr")) is not None]
                inside += [edges(one) for one in group if one.tag == qn("p:grpSp")]
                around = (
                    min(one[0] for one in inside),
                    min(one[1] for one in inside),
                    max(one[2] for one in inside),
                    max(one[3] for one in inside),
                )
                # Left and width are rounded apart, each to a whole unit: 914,400 are an inch.
                assert edges(group) == pytest.approx(around, abs=2)
                assert edges(group, "ch") == pytest.approx(around, abs=2)


def edges(element, begin=""):
    properties = element.find(qn("p:grpSpPr"))
    if properties is None:
        properties = element.find(qn("p:spPr"))
    frame = properties.find(qn("a:xfrm"))
    offset = frame.find(qn("a:chOff" if begin else "a:off"))
    extent = frame.find(qn("a:chExt" if begin else "a:ext"))
    x, y = int(offset.get("x")), int(offset.get("y"))
    return x, y, x + int(extent.get("cx")), y + int(extent.get("cy"))


def test_nothing_leaves_a_slide_and_its_parts_do_not_overlap(deck):
    for slide in deck.slides:
        boxes = [
            (one.left, one.top, one.left + one.width, one.top + one.height, one.name)
            for one in slide.shapes
        ]
        for left, top, right, bottom, name in boxes:
            assert left >= 0, name
            assert top >= 0, name
            assert right <= deck.slide_width, name
            assert bottom <= deck.slide_height, name
        for at, one in enumerate(boxes):
            for other in boxes[at + 1 :]:
                apart = (
                    one[2] <= other[0]
                    or other[2] <= one[0]
                    or one[3] <= other[1]
                    or other[3] <= one[1]
                )
                assert apart, (one[4], other[4])


def test_type_is_large_enough(deck):
    for slide in deck.slides:
        sizes = {}
        for one in slide.shapes:
            if one.has_text_frame:
                sizes[one.name] = [
                    run.font.size.pt for each in one.text_frame.paragraphs for run in each.runs
                ]
        assert min(min(each) for each in sizes.values() if each) >= 9
        assert min(sizes[slide.shapes.title.name]) >= 30
        assert max(sizes.get("Caption", [14])) >= 14


def test_the_map_can_be_told_to_those_who_do_not_see_it(deck):
    for slide in list(deck.slides)[:8]:
        about = by_name(slide, "Map").element.xpath("./p:nvGrpSpPr/p:cNvPr/@descr")[0]
        assert about.startswith("Map of the land on ")


def test_the_groups_of_the_map_can_be_moved_alone(deck):
    names = [one.name for one in by_name(deck.slides[5], "Map").shapes]
    assert names[:2] == ["Base map", "Corridors, borders and crossings"]
    assert {"Events", "Labels"} <= set(names)


def test_progress_is_told(of, path, told):
    assert path.exists()
    assert [share for _, share in told] == sorted(share for _, share in told)
    assert told[-1][1] == 1
    assert len(told) == len(of.staged) + 1


def test_the_same_takeaway_gives_the_same_bytes(of, path, tmp_path):
    short = replace(of, staged=of.staged[:1])
    first, second = tmp_path / "a", tmp_path / "b"
    for folder in (first, second):
        folder.mkdir()
    (one,) = write_slides(short, first, GEODATA, lambda *_: None)
    (other,) = write_slides(short, second, GEODATA, lambda *_: None)
    assert one.read_bytes() == other.read_bytes()
    assert one.name == path.name == f"{of.stem}.pptx"


def test_title_author_and_time_are_the_briefings(of, deck):
    core = deck.core_properties
    assert core.title == of.briefing.title
    assert core.author == of.briefing.author
    assert core.created.replace(tzinfo=UTC) == core.modified.replace(tzinfo=UTC) == MADE


def test_the_file_says_that_corridors_made_it_and_how_many_slides_it_has(path, deck):
    with zipfile.ZipFile(path) as packed:
        root = ET.fromstring(packed.read("docProps/app.xml"))
    told = {one.tag.rpartition("}")[2]: one.text for one in root}
    assert told == {"Application": "Corridors", "Slides": str(len(deck.slides))}


def test_the_file_is_small(path):
    assert path.stat().st_size < 600_000


def test_lengths_on_the_slide_agree_with_the_scale_bar(of, deck):
    measured = 0
    for one, slide in zip(of.staged, deck.slides, strict=False):
        border = next(
            each for each in one.scene.footprints if each.layer == "egypt_gaza_border"
        ).shape
        plate = looked_up(one, of)
        names = {each.name for each in plate.shapes if each.layer == "egypt_gaza_border"}
        ours = by_name(slide, "Corridors, borders and crossings")
        shown = [each for each in ours.shapes if each.name in names]
        if len(shown) != 1 or at_the_edge(shown[0]):
            continue
        bar = next(each for each in every(slide.shapes) if each.name.startswith("Scale bar, "))
        number, unit = bar.name.removeprefix("Scale bar, ").split()
        km = float(number.replace(",", "")) / (1 if unit == "km" else 1000)
        west, south, east, north = shapely.bounds(border)
        across = length_km(shapely.LineString([(west, south), (east, south)]))
        along = length_km(shapely.LineString([(west, south), (west, north)]))
        assert shown[0].width / bar.width * km == pytest.approx(across, rel=0.02)
        assert shown[0].height / bar.width * km == pytest.approx(along, rel=0.02)
        measured += 1
    assert measured


def looked_up(one, of):
    width_px, height_px = (round(each * 96) for each in MAP_IN[2:])
    return plate_of(one, of.world, GEODATA, width_px=width_px, height_px=height_px)


def at_the_edge(shape):
    left, top, width, height = (one * EMU_PER_INCH for one in MAP_IN)
    slack = 20_000
    return (
        shape.left <= left + slack
        or shape.top <= top + slack
        or shape.left + shape.width >= left + width - slack
        or shape.top + shape.height >= top + height - slack
    )


def test_a_ring_lies_where_the_plate_has_it_to_the_emu():
    third = 100 / 3
    rings = (((10.0, 10.0), (third, 10.0), (third, 40.0), (10.0, 10.0)),)
    shape = by_name(drawn(made_up(shapes=(band(rings=rings),))), "A corridor")
    assert shape.left == round(EMU_PER_INCH * (1 + 10 / 96))
    assert shape.width == pytest.approx(EMU_PER_INCH * (third - 10) / 96, abs=1)
    assert shape.height == pytest.approx(EMU_PER_INCH * 30 / 96, abs=1)


def test_a_hole_is_a_contour_of_the_same_shape():
    hole = ((30.0, 20.0), (50.0, 20.0), (50.0, 30.0), (30.0, 20.0))
    shape = by_name(drawn(made_up(shapes=(band(rings=(*band().rings, hole)),))), "A corridor")
    paths = list(shape.element.iter(qn("a:path")))
    assert len(paths) == 1
    assert len(list(paths[0].iter(qn("a:moveTo")))) == 2
    assert len(list(paths[0].iter(qn("a:close")))) == 2


def test_a_schematic_shape_is_hatched_and_dashed():
    shape = by_name(drawn(made_up(shapes=(band(fill=Fill.HATCHED, dashed=True),))), "A corridor")
    assert shape.element.spPr.find(qn("a:pattFill")) is not None
    assert shape.element.spPr.find(f"{qn('a:ln')}/{qn('a:prstDash')}").get("val") == "dash"


def test_shapes_have_no_shadow_of_the_theme(deck):
    for slide in deck.slides:
        assert not list(slide.element.iter(qn("p:style")))


@pytest.mark.parametrize(
    ("mode", "shape", "filled", "dashed"),
    [
        (Mode.HAPPENED, MSO_SHAPE.OVAL, True, False),
        (Mode.PLANNED, MSO_SHAPE.OVAL, False, False),
        (Mode.DEMANDED, MSO_SHAPE.DIAMOND, False, False),
        (Mode.CLAIMED, MSO_SHAPE.OVAL, False, True),
        (Mode.DENIED, MSO_SHAPE.FLOWCHART_SUMMING_JUNCTION, False, False),
    ],
)
def test_the_shape_of_a_mark_says_how_the_article_puts_it(mode, shape, filled, dashed):
    one = by_name(drawn(made_up(mark(mode))), f"Talks, {mode}")
    assert one.auto_shape_type == shape
    assert (one.element.spPr.find(qn("a:solidFill")) is not None) is filled
    assert (one.element.spPr.find(f"{qn('a:ln')}/{qn('a:prstDash')}") is not None) is dashed


def test_what_goes_on_is_a_dot_in_a_ring():
    group = by_name(drawn(made_up(mark(Mode.ONGOING))), "Talks, ongoing")
    ring, dot = group.shapes
    assert ring.element.spPr.find(qn("a:solidFill")) is None
    assert dot.element.spPr.find(qn("a:solidFill")) is not None
    assert ring.left < dot.left < dot.left + dot.width < ring.left + ring.width


def test_what_is_vague_can_be_seen_through():
    one = by_name(drawn(made_up(mark(opacity=0.42))), "Talks, happened")
    assert [each.get("val") for each in one.element.iter(qn("a:alpha"))] == ["42000"]


def test_a_draft_has_a_broken_frame_and_the_open_event_a_whole_one():
    draft = by_name(drawn(made_up(mark(draft=True))), "Frame: nobody has accepted it")
    chosen = by_name(drawn(made_up(mark(chosen=True))), "Frame: the event that is told")
    assert draft.element.spPr.find(f"{qn('a:ln')}/{qn('a:prstDash')}") is not None
    assert chosen.element.spPr.find(f"{qn('a:ln')}/{qn('a:prstDash')}") is None


@pytest.mark.parametrize(
    ("status", "parts"), [("open", 0), ("limited", 2), ("closed", 2), ("unknown", 0)]
)
def test_a_crossing_is_marked_by_its_state(status, parts):
    crossing = Crossing("Rafah", status, (100, 100), 16)
    one = by_name(drawn(made_up(crossings=(crossing,))), f"Rafah, {status}")
    assert len(getattr(one, "shapes", ())) == parts


def test_arabic_and_hebrew_run_from_the_right():
    labels = tuple(
        Label(words, "town", (100, 100, 60, 16), 12, "#20262c", dot=(95, 108))
        for words in ("رفح", "עזה", "Gaza")
    )
    slide = drawn(made_up(labels=labels))
    turned = [by_name(slide, one.words).element.xpath(".//a:pPr/@rtl") == ["1"] for one in labels]
    assert turned == [True, True, False]
    assert from_the_right("12 رفح")


def caption(times):
    return Caption(
        words="Troops moved on. " * times,
        quoted=True,
        how="happened",
        source="Somebody, 22 Aug 2024",
    )


def test_a_long_sentence_is_cut_after_a_word_and_the_caption_says_so():
    runs = caption_runs((caption(60),), 4.5, 2.5)
    assert re.search(r"(Troops|moved|on\.)\u2026\u201d$", runs[0].words)
    assert runs[0].size_pt == 14
    assert runs[-1].words == "Cut here; in full in the notes."
    assert runs[1].words == "Happened. Somebody, 22 Aug 2024"
    # No line is left empty.
    assert 2.5 - height_in(runs, 4.5) < 2 * 14 * 1.2 / 72


def test_a_sentence_is_set_smaller_before_it_is_cut():
    sizes = [caption_runs((caption(times),), 4.5, 2.5)[0].size_pt for times in (4, 14, 16, 20)]
    assert sizes == [20, 18, 16, 14]
    runs = caption_runs((caption(20),), 4.5, 2.5)
    assert runs[0].words == f"\u201c{caption(20).words}\u201d"


def test_as_many_whole_sentences_stand_in_a_caption_as_find_room():
    runs = caption_runs((caption(4),) * 5, 4.5, 2.5)
    assert [one.words for one in runs].count(runs[0].words) == 3
    assert runs[-1].words == "3 of 5 sentences that state it; all in full in the notes."
    assert height_in(runs, 4.5) <= 2.5


def test_a_bold_title_is_cut_to_what_bold_letters_need():
    title = (
        "Mediators meet in Cairo in effort to resolve gaps on Gaza truce proposal and border "
        "security plans"
    )
    # As wide as Liberation Sans Bold, which is as wide as Arial Bold, has it.
    truth_em = 46.84
    assert truth_em <= width_em(title, bold=True) < 1.1 * truth_em
    words = cut(title, 30, 12.53, 1, bold=True)
    assert words == "Mediators meet in Cairo in effort to resolve gaps on Gaza\u2026"
    assert lines_of(title, 30, 12.53, bold=True) == 2


def test_words_are_cut_to_their_lines():
    assert cut("short", 12, 4, 1) == "short"
    assert lines_of("x" * 1000, 12, 4) > 5
    assert lines_of(cut("x" * 1000, 12, 4, 3), 12, 4) <= 3


def test_what_xml_cannot_hold_or_would_be_read_otherwise_is_made_plain():
    assert clean("a\x00b\x1bc\nd\ud800e\ufffff") == "a b c d\ufffde\ufffdf"
    assert clean("_x0041_") == "_\u2060x0041_"
    assert clean("a\u202eb") == "ab"


def converted(path, folder):
    for tool in ("soffice", "pdftoppm"):
        if shutil.which(tool) is None:
            pytest.skip(f"{tool} is not installed: the slides cannot be looked at as pictures")
    profile = f"-env:UserInstallation=file://{folder}/profile"
    command = ["soffice", profile, "--headless", "--convert-to", "pdf", "--outdir", str(folder)]
    subprocess.run([*command, str(path)], check=True, capture_output=True, timeout=240)
    pdf = folder / f"{path.stem}.pdf"
    subprocess.run(["pdftoppm", "-r", "96", str(pdf), str(folder / "s")], check=True, timeout=120)
    return sorted(folder.glob("s-*.ppm"))


def test_the_picture_has_the_colours_of_the_plate_where_the_plate_has_its_shapes(
    of, path, tmp_path
):
    from PIL import Image  # noqa: PLC0415 (only where there is something to look at)

    pictures = converted(path, tmp_path)
    assert len(pictures) >= len(of.staged) + 1
    found = 0
    for one, file in zip(of.staged, pictures, strict=False):
        plate = looked_up(one, of)
        with Image.open(file) as picture:
            pixels = picture.convert("RGB")
            per_px = MAP_IN[2] * 96 / plate.width_px
            # What is drawn over a corridor: cards, names, crossings, and the border along it.
            over = shapely.union_all(
                [
                    shapely.box(x, y, x + w, y + h)
                    for x, y, w, h in (each.box for each in (*plate.cards, *plate.labels))
                ]
                + [shapely.Point(each.centre).buffer(each.size_px) for each in plate.crossings]
                + [
                    shapely.LineString(ring)
                    for shape in plate.shapes
                    if shape.layer == "egypt_gaza_border"
                    for ring in shape.rings
                ]
            )
            for shape in plate.shapes:
                if shape.layer not in {"netzarim_corridor", "philadelphi_corridor"}:
                    continue
                ink = tuple(bytes.fromhex(LAYERS[shape.layer].ink.light[1:]))
                points = [point for ring in shape.rings for point in ring]
                free = [
                    (x, y)
                    for x, y in points
                    if 8 < x < plate.width_px - 8
                    and 8 < y < plate.height_px - 8
                    and not shapely.contains_xy(over.buffer(4), x, y)
                ]
                hits = 0
                for x, y in free:
                    at = (MAP_IN[0] * 96 + x * per_px, MAP_IN[1] * 96 + y * per_px)
                    around = pixels.crop(
                        (at[0] - 6, at[1] - 6, at[0] + 7, at[1] + 7)
                    ).get_flattened_data()
                    hits += any(math.dist(each, ink) < 90 for each in around)
                if free:
                    assert hits / len(free) > 0.8, (one.id, shape.name)
                    found += 1
    assert found
