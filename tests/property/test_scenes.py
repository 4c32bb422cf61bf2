"""Law 9 for briefings; acts on scenes lose nothing; law 10 for links to scenes."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from components.brief.scenes import briefing_of, content_of
from components.model.briefing import LONGEST_SECONDS, Briefing, KeptView
from components.model.link import PLACES, words_of
from components.page.choices import asked_by, is_as_kept, query_with
from tests.property.test_link import EVENT, NAMES, PIECES, WORLD, views

# Any text but halves of surrogate pairs, which no file can hold.
TEXTS = st.text(st.characters(exclude_categories=["Cs"]), max_size=40)
WORDS = TEXTS.filter(str.strip)
PRINTABLE = TEXTS.filter(str.isprintable)
# Blank is kept as nothing.
NOTES = TEXTS.map(lambda text: text if text.strip() else "")
KEPT = st.builds(
    KeptView,
    id=WORDS,
    title=WORDS,
    note=NOTES,
    view=st.dictionaries(PRINTABLE, PRINTABLE, max_size=6),
    seconds=st.integers(1, LONGEST_SECONDS),
)
BRIEFINGS = st.builds(
    Briefing,
    id=st.just("name"),
    title=WORDS,
    classification=NOTES,
    author=NOTES,
    day=st.dates(),
    scenes=st.lists(KEPT, max_size=5, unique_by=lambda one: one.id).map(tuple),
)
JSON = st.recursive(
    st.none() | st.booleans() | st.floats() | st.integers() | st.text(max_size=8),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=8), inner, max_size=3)
    ),
    max_leaves=8,
)
ACTS = st.sampled_from(["keep", "double", "move", "delete", "rename"])


@given(BRIEFINGS)
def test_what_is_written_and_read_again_is_equal(briefing: Briefing) -> None:
    again, faults = briefing_of(content_of(briefing), "name")
    assert again == briefing
    assert faults == ()
    assert content_of(again) == content_of(briefing)


@given(st.binary())
def test_any_bytes_give_faults_and_never_an_exception(content: bytes) -> None:
    found, faults = briefing_of(content, "name")
    assert (found is None) == bool(faults)


@given(BRIEFINGS, st.data())
def test_a_file_with_anything_in_any_place_gives_a_briefing_or_faults(
    briefing: Briefing, data: st.DataObject
) -> None:
    record = json.loads(content_of(briefing))
    owner = data.draw(st.sampled_from([record, *record["scenes"]]))
    owner[data.draw(st.sampled_from(sorted(owner)) | st.text(max_size=8))] = data.draw(JSON)
    found, faults = briefing_of(json.dumps(record).encode(), "name")
    assert (found is None) == bool(faults)
    assert all(len(str(fault)) < 600 for fault in faults)
    if found:
        assert briefing_of(content_of(found), "name") == (found, ())


@given(BRIEFINGS, st.data())
def test_a_scene_that_is_moved_there_and_back_stands_where_it_stood(
    briefing: Briefing, data: st.DataObject
) -> None:
    for place, scene in enumerate(briefing.scenes):
        to = data.draw(st.integers(0, len(briefing.scenes) - 1))
        there = briefing.moved(scene.id, to - place)
        assert there.scenes.index(scene) == to
        assert there.moved(scene.id, place - to) == briefing


@given(BRIEFINGS, st.lists(st.tuples(ACTS, st.integers(0, 9), WORDS), max_size=12))
def test_acts_keep_ids_unique_and_every_scene_that_nobody_deleted(
    briefing: Briefing, acts: list[tuple[str, int, str]]
) -> None:
    kept = {one.id for one in briefing.scenes}
    for act, number, words in acts:
        before = {one.id: one for one in briefing.scenes}
        chosen = [*before][number % len(before)] if before else "none"
        if act == "keep":
            briefing = briefing.with_scene(words, {})
        elif act == "double":
            briefing = briefing.doubled(chosen)
        elif act == "move":
            briefing = briefing.moved(chosen, number - 5)
        elif act == "delete":
            briefing, kept = briefing.without(chosen), kept - {chosen}
        elif chosen in before:
            briefing = briefing.changed(replace(before[chosen], title=words))
        ids = [one.id for one in briefing.scenes]
        assert len(ids) == len({*ids})
        assert kept <= {*ids}
        untouched = {*before} - {chosen}
        assert all(briefing.scene(one) == before[one] for one in untouched)
    assert briefing_of(content_of(briefing), "name")[0] == briefing


def kept(view, scene: str = "one") -> Briefing:
    scenes = (KeptView(scene, "One", "", words_of(view)),)
    return Briefing("talks", "Talks", "", "", date(2024, 8, 22), scenes)


@given(views())
def test_a_kept_view_comes_back_from_the_link_of_its_scene(view) -> None:
    briefing = kept(view)
    query = query_with(view, WORLD, briefing, briefing.scenes[0])
    assert query == {"briefing": "talks", "scene": "one"}
    asked, notices = asked_by(query, WORLD, [briefing])
    assert (asked.view, asked.briefing, asked.scene) == (view, briefing, briefing.scenes[0])
    assert notices == ()


@given(views(), views())
def test_another_view_than_the_kept_one_comes_back_from_its_own_url(there, here) -> None:
    briefing = kept(there)
    scene = briefing.scenes[0]
    query = query_with(here, WORLD, briefing, scene)
    asked, notices = asked_by(query, WORLD, [briefing])
    assert notices == ()
    assert asked.briefing == briefing
    assert is_as_kept(here, scene, WORLD) == ("scene" in query)
    if "scene" not in query:
        assert asked.view == here


@given(
    st.dictionaries(
        st.sampled_from(["briefing", "scene", *NAMES]) | st.text(),
        st.sampled_from(["talks", "one", "../talks", "two"]) | PIECES | st.text(),
    ),
    BRIEFINGS,
)
def test_every_url_however_broken_gives_a_view_of_the_record(query, hostile: Briefing) -> None:
    known = [kept(asked_by({"layer": "corridor"}, WORLD, ())[0].view), replace(hostile, id="two")]
    asked, notices = asked_by(query, WORLD, known)
    assert WORLD.record_span.has(asked.view.window.first)
    assert WORLD.record_span.has(asked.view.window.last)
    assert asked.view.layers <= {"corridor", PLACES}
    assert asked.view.event in {None, *(one.id for one in WORLD.events)}
    assert not (asked.view.event and asked.view.layer)
    assert all(len(notice) < 300 for notice in notices)
    for name, found in (("briefing", asked.briefing), ("scene", asked.scene)):
        told = [notice for notice in notices if notice.startswith(f"{name}=")]
        assert len(told) == (name in query and found is None)


def test_an_event_of_the_link_goes_before_the_layer_of_its_scene() -> None:
    briefing = kept(asked_by({"layer": "corridor"}, WORLD, ())[0].view)
    query = {"briefing": "talks", "scene": "one", "event": EVENT.id}
    asked, notices = asked_by(query, WORLD, [briefing])
    assert (asked.view.event, asked.view.layer, notices) == (EVENT.id, None, ())
