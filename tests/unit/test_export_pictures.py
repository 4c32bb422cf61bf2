"""Pictures and pages of a briefing: sizes, fonts, real text, and everything a scene has to say."""

from __future__ import annotations

import io
import re
import warnings
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import matplotlib as mpl
import numpy as np
import pytest
from matplotlib.backends.backend_agg import FigureCanvasAgg
from matplotlib.patches import PathPatch
from matplotlib.text import Text
from PIL import Image
from pypdf import PdfReader

from components.brief.scenes import read_scenes
from components.export import handout, picture
from components.export.composing import plate_of
from components.export.handout import PAPERS_PT, write_handouts
from components.export.lettering import LEFT_TO_RIGHT, width_px
from components.export.painting import LegendBlock, legend_rows
from components.export.picture import write_pictures
from components.export.takeaway import Takeaway, file_name
from components.model.briefing import KeptView, Legend
from components.model.event import Mode, Theme
from components.model.layer import Method
from components.pipeline import build_world, staged

ROOT = Path(__file__).parents[2]
GEODATA = ROOT / "geodata"
MADE = datetime(2026, 11, 29, 6, 10, tzinfo=UTC)
HOSTILE = (
    "$x^2$ <script>alert(1)</script> \x00\x1b \u202e\u2066 \ud800 \\frac{1}{2} 中 " + "w" * 400
)


def quiet(*_):
    pass


@pytest.fixture(scope="module")
def of():
    world = build_world(ROOT / "seeds", GEODATA)
    briefing = next(one for one in read_scenes(ROOT / "seeds")[0] if one.id == "cairo-truce-talks")
    arabic = KeptView("ar", "محادثات", "", dict(briefing.scenes[7].view) | {"lang": "ar"})
    hebrew = KeptView("he", "שיחות", "", dict(briefing.scenes[7].view) | {"lang": "he"})
    whole = replace(briefing, scenes=(*briefing.scenes, arabic, hebrew))
    return Takeaway(world, whole, staged(world, whole), MADE)


def hostile(of):
    """Return a takeaway of two scenes with titles, notes and sentences that mean no good."""
    first = of.staged[5]
    caption = replace(first.sheet.caption[0], words=HOSTILE * 9, how=HOSTILE, source=HOSTILE)
    sheet = replace(
        first.sheet,
        title=HOSTILE,
        note=HOSTILE * 9,
        caption=(caption,) * 4,
        sources=(HOSTILE,) * 9,
        missing=(HOSTILE,),
    )
    briefing = replace(of.briefing, title=HOSTILE, author=HOSTILE, classification=HOSTILE)
    return replace(of, briefing=briefing, staged=(replace(first, sheet=sheet),) * 2)


@pytest.fixture(scope="module")
def pages(of, tmp_path_factory):
    folder = tmp_path_factory.mktemp("pages")
    some = replace(of, staged=of.staged[5:])
    paths = write_handouts(some, folder, GEODATA, quiet)
    return {path.stem.rsplit("_")[-1]: path for path in paths}


def test_a_picture_has_exactly_so_many_pixels_and_a_name_that_says_what(of, tmp_path):
    told = []
    one = replace(of, staged=of.staged[1:2])
    sizes = ((1920, 1080), (3840, 2160))
    paths = write_pictures(one, tmp_path, GEODATA, lambda *words: told.append(words), sizes=sizes)
    assert [path.name for path in paths] == [
        f"{of.stem}_scene-02_netzarim-is-cut_{size}.png" for size in ("1920x1080", "3840x2160")
    ]
    for path, size in zip(paths, sizes, strict=True):
        with Image.open(path) as image:
            assert image.size == size
            assert image.format == "PNG"
            assert np.asarray(image.convert("RGBA"))[..., 3].min() == 255
    shares = [share for _, share in told]
    assert shares == sorted(shares)
    assert shares[-1] == 1


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Netzarim is cut", "netzarim-is-cut"),
        ("Où en est-on ? Été 2024", "ou-en-est-on-ete-2024"),
        ("22 / 2024", "22-2024"),
        ("محادثات القاهرة 22 / 2024", ""),
        ("שיחות קהיר, Cairo", ""),
        ("", ""),
    ],
)
def test_a_title_whose_letters_would_be_lost_names_no_file(title, name):
    assert file_name(title) == name


def test_files_of_an_arabic_briefing_are_named_by_their_ids(of, tmp_path):
    briefing = replace(of.briefing, title="محادثات القاهرة 22 / 2024")
    arabic = replace(of, briefing=briefing, staged=of.staged[8:])
    assert arabic.stem == "cairo-truce-talks_of-2024-08-22_made-2026-11-29"
    paths = write_pictures(arabic, tmp_path, GEODATA, quiet, sizes=((960, 540),))
    numbers = [(one.sheet.number, one.id) for one in of.staged[8:]]
    assert [path.name for path in paths] == [
        f"{arabic.stem}_scene-{number:02d}_{name}_960x540.png" for number, name in numbers
    ]


def test_a_larger_picture_is_the_same_picture(of, tmp_path):
    one = replace(of, staged=of.staged[:1])
    sizes = ((1920, 1080), (3840, 2160))
    small, large = (
        Image.open(path).convert("L")
        for path in write_pictures(one, tmp_path, GEODATA, quiet, sizes=sizes)
    )
    apart = np.abs(
        np.asarray(small.resize((480, 270)), float) - np.asarray(large.resize((480, 270)), float)
    )
    assert apart.mean() < 3


def test_a_transparent_picture_has_neither_page_nor_sea_and_reads_on_white(of, tmp_path):
    one = replace(of, staged=of.staged[:1])
    size = ((1920, 1080),)
    (plain,) = write_pictures(one, tmp_path, GEODATA, quiet, sizes=size)
    (clear,) = write_pictures(one, tmp_path, GEODATA, quiet, sizes=size, transparent=True)
    assert clear.stem.endswith("_transparent")
    image = Image.open(clear).convert("RGBA")
    assert image.getpixel((5, 5))[3] == 0
    # The north-west corner of the map is sea.
    assert image.getpixel((60, 140))[3] == 0
    assert Image.open(plain).convert("RGBA").getpixel((60, 140)) == (0xDB, 0xE7, 0xEE, 255)
    white = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image).convert("L")
    title = np.asarray(white)[45:110, 40:500]
    assert title.min() < 60
    assert np.asarray(image)[300, 900, 3] == 255  # land stays


_DRAWN = {}


def drawn(of, one, draw):
    """Return what a scene's drawing put on the sheet, and the words of it."""
    key = (of.briefing.title, one.id, draw.__name__)
    if key not in _DRAWN:
        made = []
        sheet = draw.Sheet

        def kept(figure, *size):
            made.append(sheet(figure, *size))
            return made[-1]

        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(draw, "Sheet", kept)
            if draw is picture:
                picture.picture(of, one, GEODATA, (1920, 1080))
            else:
                handout.page_of(of, one, GEODATA, PAPERS_PT["a4"])
        texts = [text for text in made[0].figure.findobj(Text) if text.get_text()]
        _DRAWN[key] = made[0], texts
    return _DRAWN[key]


def boxes_of(made, texts):
    renderer = FigureCanvasAgg(made.figure).get_renderer()
    by = made.width / made.figure.bbox.width
    for text in texts:
        if text.get_path_effects():
            continue
        bounds = text.get_window_extent(renderer)
        yield text.get_text(), bounds.x0 * by, made.height - bounds.y1 * by, bounds.x1 * by


def test_all_that_a_scene_says_is_on_its_picture(of):
    for one in of.staged[4:8]:
        _, texts = drawn(of, one, picture)
        said = re.sub(r"\s+", " ", " ".join(text.get_text() for text in texts))
        sheet = one.sheet
        assert sheet.title in said
        assert sheet.day in said
        assert f"scene {sheet.number} of {sheet.count}" in said
        assert of.briefing.author in said
        for line in of.small_print(sheet):
            # The longest may be cut, and says so.
            assert line in said or (line[:100] in said and "... (cut)" in said)
        if sheet.caption and sheet.caption[0].quoted:
            assert f"“{sheet.caption[0].words}”" in said
            assert sheet.caption[0].source in said
        for layer, name, _ in sheet.legend.layers:
            assert layer == "crossings" or name in said
        assert re.search(r"\d+ (km|m)\b", said)


@pytest.mark.parametrize("draw", [picture, handout])
def test_a_long_title_cuts_neither_classification_nor_author_nor_day(of, draw):
    briefing = replace(of.briefing, title="Corridors and borders " * 30, classification="SECRET")
    long = replace(of, briefing=briefing)
    _, texts = drawn(long, long.staged[5], draw)
    heading = " · ".join(("SECRET", *of.heading[-2:], "Corridors and"))
    assert any(text.get_text().startswith(heading) for text in texts)


@pytest.mark.parametrize("draw", [picture, handout])
def test_a_legend_explains_the_marks_on_the_map_and_no_others(of, draw, monkeypatch):
    seen = []
    monkeypatch.setattr(draw, "LegendBlock", lambda legend, *_: seen.append(legend) or NO_LEGEND)
    # All events of the talks in August are in Cairo, beyond the map.
    for one in (of.staged[4], of.staged[5]):
        _, plate = drawn_plate(of, one, draw, monkeypatch)
        marks = [mark for card in plate.cards for mark in card.marks]
        assert set(seen[-1].marks) == {(mark.theme, mark.mode) for mark in marks}
        assert seen[-1].pale == any(mark.opacity < 1 for mark in marks)
        assert seen[-1].layers == one.sheet.legend.layers
        assert bool(marks) == (one is of.staged[5])


NO_LEGEND = LegendBlock(Legend((), (), ()), 540, 20, 400)


def drawn_plate(of, one, draw, monkeypatch):
    plates = []

    def kept(*about, **options):
        plates.append(plate_of(*about, **options))
        return plates[-1]

    monkeypatch.setattr(draw, "plate_of", kept)
    if draw is picture:
        return picture.picture(of, one, GEODATA, (1920, 1080)), plates[-1]
    return handout.page_of(of, one, GEODATA, PAPERS_PT["a4"]), plates[-1]


def test_no_letters_of_a_picture_are_too_small(of):
    for one in of.staged:
        made, texts = drawn(of, one, picture)
        small = set(of.small_print(one.sheet))
        for text in texts:
            px = text.get_fontsize() * 100 / 72
            words = text.get_text().removesuffix("... (cut)")
            floor = 20 if not any(words in line for line in small) else 14
            assert px >= floor - 0.01, text.get_text()
        assert max(text.get_fontsize() * 100 / 72 for text in texts) == pytest.approx(48)
        assert made.width == 1920


@pytest.mark.parametrize("draw", [picture, handout])
def test_words_stay_on_the_sheet(of, draw):
    bad = hostile(of)
    for whose, one in (*((of, each) for each in of.staged), (bad, bad.staged[0])):
        made, texts = drawn(whose, one, draw)
        for words, left, top, right in boxes_of(made, texts):
            assert left >= -1, words
            assert right <= made.width + 1, words
            assert 0 <= top <= made.height - 5, words


def test_no_words_beside_the_map_cover_each_other(of):
    bad = hostile(of)
    for whose, one in (*((of, each) for each in of.staged), (bad, bad.staged[0])):
        for draw, edge in ((picture, 1330), (handout, 0)):
            made, texts = drawn(whose, one, draw)
            renderer = FigureCanvasAgg(made.figure).get_renderer()
            by = made.width / made.figure.bbox.width
            found = []
            for text in texts:
                bounds = text.get_window_extent(renderer)
                baseline = made.height - text.get_transform().transform(text.get_position())[1] * by
                size = text.get_fontsize() / 72 * made.figure.dpi * by
                x = bounds.x0 * by
                # On the map what covers what is a matter of the plate.
                if (draw is picture and x > edge) or (draw is handout and baseline > 520):
                    found.append((x, bounds.x1 * by, baseline, size, text.get_text()))
            for at, (left, right, base, size, words) in enumerate(found):
                for other_left, other_right, other_base, other_size, other in found[at + 1 :]:
                    across = min(right, other_right) - max(left, other_left) > 0.5 * size
                    if across:
                        apart = abs(base - other_base)
                        assert apart > min(size, other_size) * 0.9, (words, other)


def test_no_text_is_read_as_markup(of):
    for draw in (picture, handout):
        bad = hostile(of)
        _, texts = drawn(bad, bad.staged[0], draw)
        assert all(not text.get_parse_math() for text in texts)
        assert any("$x^2$" in text.get_text() for text in texts)
        assert all(text.get_text().isprintable() for text in texts)


def test_a_hostile_briefing_is_drawn_and_named_like_any_other(of, tmp_path):
    bad = hostile(of)
    with warnings.catch_warnings():
        warnings.simplefilter("error")
        pictures = write_pictures(bad, tmp_path, GEODATA, quiet, sizes=((1920, 1080),))
        pages = write_handouts(bad, tmp_path, GEODATA, quiet)
    for path in (*pictures, *pages):
        assert path.parent == tmp_path
        assert re.fullmatch(r"[\w.-]+", path.name)
    reader = PdfReader(pages[0])
    assert "/JS" not in str(reader.trailer["/Root"])
    assert "(cut)" in reader.pages[0].extract_text()


def test_a_handout_has_a_page_a_scene_and_its_sources_at_the_end(of, pages):
    assert list(pages) == ["a4", "letter"]
    for paper, path in pages.items():
        reader = PdfReader(path)
        scenes = len(of.staged[5:])
        assert len(reader.pages) > scenes
        for page in reader.pages:
            assert (page.mediabox.width, page.mediabox.height) == pytest.approx(
                PAPERS_PT[paper], abs=0.5
            )
        for one, page in zip(of.staged[5:8], reader.pages, strict=False):
            said = " ".join(page.extract_text().split())
            assert one.sheet.title in said
            assert one.sheet.day in said
            for caption in one.sheet.caption[:1]:
                assert caption.words in said
            assert " ".join(one.sheet.note.split()) in said
            assert "© OpenStreetMap contributors" in said
            assert of.made_words in said
        after = [" ".join(page.extract_text().split()) for page in reader.pages[scenes:]]
        assert all("Sources, and how sure we are" in page for page in after)
        last = " ".join(after)
        for standing in of.staged[6].sheet.standings:
            assert standing.words in last
            assert standing.source in last
            assert all(quote in last for quote in standing.quotes)
        for words in ("Articles", "How sure we are", "Shapes", "Missing", of.articles[0]):
            assert words in last


def test_fonts_of_a_handout_are_embedded_as_truetype(pages):
    for path in pages.values():
        fonts = {}
        for page in PdfReader(path).pages:
            for name, font in page["/Resources"]["/Font"].items():
                fonts[name] = font.get_object()
        assert fonts
        for font in fonts.values():
            inner = font["/DescendantFonts"][0].get_object() if "/DescendantFonts" in font else font
            assert inner["/Subtype"] in {"/CIDFontType2", "/TrueType"}
            assert "/FontFile2" in inner["/FontDescriptor"].get_object()


def test_a_handout_says_whose_it_is_and_what(of, pages):
    for path in pages.values():
        about = PdfReader(path).metadata
        assert about.title == of.briefing.title
        assert about.author == of.briefing.author
        assert about.creation_date == of.made


def test_arabic_is_shaped_and_set_from_right_to_left(of):
    """Joined letters take less room than letters by themselves, and stay one word in its order."""
    apart = sum(width_px(one, 40) for one in "محور")
    assert width_px("محور", 40) < apart
    _, texts = drawn(of, of.staged[8], handout)
    said = [text.get_text() for text in texts]
    assert "محور نتساريم" in said
    title = next(text for text in texts if text.get_text() == "محادثات")
    assert title.get_horizontalalignment() == "right"


def test_an_english_sentence_with_a_foreign_name_is_drawn_from_left_to_right(of):
    made, texts = drawn(of, of.staged[9], picture)
    renderer = FigureCanvasAgg(made.figure).get_renderer()
    wants = next(text for text in texts if text.get_text() == ": wants to keep troops")
    name = min(
        (
            text
            for text in texts
            if text.get_text() == "ישראל" and text.get_position()[1] == wants.get_position()[1]
        ),
        key=lambda text: abs(text.get_position()[0] - wants.get_position()[0]),
    )
    end = name.get_window_extent(renderer).x1
    assert 0 <= wants.get_window_extent(renderer).x0 - end < 8
    assert all(LEFT_TO_RIGHT not in text.get_text() for text in texts)


def test_a_page_tells_the_corridors_apart_in_grey(of):
    """Colour is never alone: hatching, marks and names hold when printed grey."""
    inks = {"#7a1fa8", "#b03a00", "#20262c", "#0b5cad", "#7a0c28", "#756300", "#006a55"}
    for ink in inks:
        red, green, blue = (int(ink[at : at + 2], 16) for at in (1, 3, 5))
        grey = 0.299 * red + 0.587 * green + 0.114 * blue
        assert grey < 110  # dark on the light ground, which is over 200
    made, _ = drawn(of, of.staged[5], handout)
    fills = [one.get_facecolor() for one in made.figure.findobj(PathPatch) if one.get_fill()]
    greys = [0.299 * red + 0.587 * green + 0.114 * blue for red, green, blue, _ in fills]
    sea, land = greys[0], min(greys[1:4])
    assert sea - land > 0.04
    rows = legend_rows(of.staged[5].sheet.legend)
    assert len({row.words for row in rows}) == len(rows)


def test_a_legend_names_only_what_the_scene_shows_and_gets_shorter_before_it_runs_over():
    marks = tuple((theme, mode) for theme in Theme for mode in Mode)
    legend = Legend((("gaza", "Gaza Strip", Method.DERIVED),), ("open", "closed"), marks)
    rows = legend_rows(legend)
    assert len(rows) == 1 + 2 + len(marks)
    whole = LegendBlock(legend, 540, 20, 9999)
    short = LegendBlock(legend, 540, 20, 400)
    assert len(whole.lines) == len(rows)
    assert short.height < whole.height / 2
    assert len(short.lines) == 1 + 2 + len(Theme) + len(Mode)
    empty = LegendBlock(Legend((), (), ()), 540, 20, 400)
    assert (empty.height, empty.lines) == (0, [])


def test_drawing_changes_no_setting_of_matplotlib(of, tmp_path):
    before = dict(mpl.rcParams)
    one = replace(of, staged=of.staged[:1])
    write_handouts(one, tmp_path, GEODATA, quiet)
    write_pictures(one, tmp_path, GEODATA, quiet, sizes=((960, 540),))
    assert dict(mpl.rcParams) == before


def test_the_same_takeaway_gives_the_same_files(of, tmp_path):
    one = replace(of, staged=of.staged[:1])
    made = []
    for name in ("first", "second"):
        folder = tmp_path / name
        folder.mkdir()
        paths = [
            *write_handouts(one, folder, GEODATA, quiet),
            *write_pictures(one, folder, GEODATA, quiet, sizes=((960, 540),)),
        ]
        made.append([io.BytesIO(path.read_bytes()).getvalue() for path in paths])
    pdfs = [re.sub(rb"[A-Z]{6}\+", b"", content) for content in (made[0][0], made[1][0])]
    assert len(pdfs[0]) == len(pdfs[1])
    assert made[0][-1] == made[1][-1]
