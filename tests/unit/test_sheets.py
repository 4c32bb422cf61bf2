"""A scene of a briefing says what it shows, by whose word, and what it does not show."""

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from components.brief.scenes import read_scenes
from components.brief.sheets import sheet_of
from components.model.briefing import Briefing, KeptView
from components.model.event import Mode, Theme
from components.model.link import opening_view, words_of
from components.model.period import Period
from components.model.view import Below
from components.pipeline import build_world, staged
from tests.worlds import row, table


@pytest.fixture(scope="module")
def world(repository: Path):
    return build_world(repository / "seeds", repository / "geodata")


@pytest.fixture(scope="module")
def first(repository: Path):
    (briefing,), faults = read_scenes(repository / "seeds")
    assert not faults
    return briefing


def kept(view, **changes):
    words = words_of(view) | changes
    return Briefing("one", "One", "", "", date(2024, 8, 22), (KeptView("a", "A", "", words),))


def test_the_first_briefing_has_six_to_eight_scenes_and_misses_nothing(world, first) -> None:
    scenes = staged(world, first)
    assert 6 <= len(scenes) <= 8
    assert [one.sheet.number for one in scenes] == [*range(1, len(scenes) + 1)]
    assert not any(one.sheet.missing for one in scenes)
    assert all(one.sheet.title and one.sheet.note for one in scenes)


def test_every_sentence_of_the_first_briefing_is_in_the_article(world, first) -> None:
    text = " ".join(world.articles[0].text.split())
    quotes = [
        caption.words
        for one in staged(world, first)
        for caption in one.sheet.caption
        if caption.quoted
    ]
    assert len(quotes) >= 5
    assert all(quote in text for quote in quotes)


def test_a_scene_that_names_what_is_gone_opens_all_the_same_and_says_so(world) -> None:
    view = opening_view(world)
    (one,) = staged(
        world,
        kept(view, event="gone:1-2:talks", layers="gaza,wall", **{"from": "1700-01-01"}),
    )
    assert [words.partition(":")[0].partition("=")[0] for words in one.sheet.missing] == [
        "from",
        "not known here",
        "event",
    ]
    assert one.view.layers == {"gaza"}
    assert one.view.event is None


def test_a_kept_view_is_the_same_view_again(world) -> None:
    view = replace(
        opening_view(world),
        window=Period.of(date(2024, 5, 1), date(2024, 8, 22)),
        layers=frozenset(),
        themes=frozenset({Theme.WAR}),
        positions=True,
        cumulative=True,
    )
    (one,) = staged(world, kept(view))
    assert one.view == view
    assert one.sheet.missing == ()


def test_the_caption_gives_sentence_mode_source_and_day(world) -> None:
    event = next(one for one in world.events if one.mode is Mode.CLAIMED)
    (one,) = staged(world, kept(replace(opening_view(world), event=event.id)))
    caption = one.sheet.caption[0]
    assert caption.words == " ".join(event.evidence[0].quote.split())
    assert caption.how.startswith("claimed; according to ")
    assert caption.source == "Reuters, 22 Aug 2024"


def test_an_open_layer_has_a_caption_that_is_no_quotation(world) -> None:
    view = replace(
        opening_view(world),
        window=Period.of(date(2024, 7, 1), date(2024, 8, 22)),
        layer="netzarim_corridor",
    )
    (one,) = staged(world, kept(view))
    (caption,) = one.sheet.caption
    assert (caption.words, caption.quoted) == ("Widened to about 4 km", False)
    assert "schematic shape" in caption.how
    assert "ISW" in caption.source


def test_the_legend_explains_what_is_drawn_and_nothing_else(world) -> None:
    day = date(2024, 8, 22)
    view = replace(
        opening_view(world),
        window=Period.of(day, day),
        layers=frozenset({"gaza", "crossings"}),
        themes=frozenset({Theme.SMUGGLING}),
    )
    (one,) = staged(world, kept(view))
    legend = one.sheet.legend
    assert {name for name, _, _ in legend.layers} == {"gaza", "crossings"}
    assert {theme for theme, _ in legend.marks} == {Theme.SMUGGLING}
    assert one.sheet.schematic_line == ""


def test_the_legend_explains_pale_marks_where_a_scene_has_some(world) -> None:
    def seen(day, theme):
        window = Period.of(day, day)
        view = replace(opening_view(world), window=window, themes=frozenset({theme}))
        (one,) = staged(world, kept(view))
        return one.scene

    def legend(scene):
        return sheet_of(world, scene, KeptView("a", "A", "", {}), number=1, count=1).legend

    vague = seen(date(2024, 5, 31), Theme.FORCES)
    assert not all(one.event.period.exact for one in vague.placed)
    assert legend(vague).pale
    talks = seen(date(2024, 8, 22), Theme.DIPLOMACY)
    assert talks.placed
    assert all(one.event.period.exact for one in talks.placed)
    assert legend(talks).pale
    (likely,) = (one for one in talks.unplaced if one.likely)
    only = legend(replace(talks, placed=(), unplaced=(likely,)))
    assert only.marks == ((likely.event.kind.theme, likely.event.mode),)
    assert not legend(replace(talks, unplaced=())).pale


def test_positions_are_told_with_their_sentence_and_whose_word_it_is(world) -> None:
    day = date(2024, 8, 22)
    view = replace(opening_view(world), window=Period.of(day, day), positions=True)
    (one,) = staged(world, kept(view))
    text = " ".join(world.articles[0].text.split())
    wants = [it for it in one.sheet.standings if not it.held]
    assert len(wants) == len(one.scene.positions)
    assert all(it.quotes and all(quote in text for quote in it.quotes) for it in wants)
    (border,) = (it for it in wants if it.ground == "Egypt-Gaza border")
    assert border.words == "Hamas wants Israel out"
    assert border.by == "Reuters, 22 Aug 2024 (according to two Egyptian security sources)"
    assert border.by in one.sheet.standing_line
    assert any(it.held and it.words == "Held by Israel" and it.source for it in one.sheet.standings)
    # Those of a layer that is turned off are not on the map either.
    off = replace(view, layers=view.layers - {"philadelphi_corridor"})
    (one,) = staged(world, kept(off))
    assert {it.ground for it in one.sheet.standings if not it.held} == {
        "Egypt-Gaza border",
        "Netzarim Corridor",
    }
    (one,) = staged(world, kept(replace(view, positions=False)))
    assert one.sheet.standings == ()
    assert one.sheet.standing_line == ""


def test_an_article_that_only_a_position_is_from_is_named(world) -> None:
    day = date(2024, 8, 30)
    view = replace(
        opening_view(world), window=Period.of(day, day), positions=True, themes=frozenset()
    )
    (one,) = staged(world, kept(view))
    assert not (*one.scene.placed, *one.scene.unplaced)
    assert [line.split(":")[0] for line in one.sheet.sources] == ["Reuters, 22 Aug 2024"]
    (one,) = staged(world, kept(replace(view, positions=False)))
    assert one.sheet.sources == ()


def test_a_scene_of_which_no_layer_is_left_shows_none(world) -> None:
    (one,) = staged(world, kept(opening_view(world), layers="wall,moat", events="weather"))
    assert not (*one.scene.footprints, *one.scene.placed)
    assert [*one.sheet.missing] == [
        "layers=wall,moat: none of these is known here",
        "events=weather: none of these is known here",
    ]


def test_recorded_events_have_their_marks_in_the_legend(world) -> None:
    rows = table(row(kind="attack", mode="claimed"), row(kind="talks", mode="denied"))
    known = replace(world, table=rows)
    day = date(2024, 8, 22)
    view = replace(
        opening_view(known),
        window=Period.of(day, day),
        cumulative=True,
        themes=frozenset({Theme.WAR}),
    )
    (one,) = staged(known, kept(view))
    assert len(one.scene.recorded) == 1
    assert (Theme.WAR, Mode.CLAIMED) in one.sheet.legend.marks
    assert (Theme.DIPLOMACY, Mode.DENIED) not in one.sheet.legend.marks


def test_a_scene_that_compares_two_days_says_so_where_one_is_shown(world) -> None:
    view = replace(
        opening_view(world),
        window=Period.of(date(2024, 8, 1), date(2024, 8, 22)),
        compare=date(2024, 5, 1),
        below=Below.COMPARE,
    )
    (one,) = staged(world, kept(view))
    assert "compared with 1 May 2024" in one.sheet.compared
    (one,) = staged(world, kept(replace(view, below=Below.NOTHING)))
    assert one.sheet.compared == ""


def test_schematic_shapes_are_named(world) -> None:
    view = replace(opening_view(world), window=Period.of(date(2024, 8, 1), date(2024, 8, 22)))
    (one,) = staged(world, kept(view))
    assert one.sheet.schematic == ("Netzarim Corridor", "Philadelphi Corridor")
    assert "nobody has published their true outline" in one.sheet.schematic_line


def test_the_counts_of_a_scene_add_up_to_all_events(world, first) -> None:
    for one in staged(world, first):
        assert sum(int(words.split()[0]) for words in one.sheet.counts) == len(world.events)
