"""Scenes of a briefing in the page, run by Streamlit itself without a browser."""

from __future__ import annotations

import json
import os
import shutil
from dataclasses import replace
from datetime import date
from typing import TYPE_CHECKING

import pytest
from filelock import FileLock
from streamlit.testing.v1 import AppTest

from components.brief import scenes as files
from components.brief.scenes import FOLDER, read_briefing, read_scenes, write_act
from components.model.link import view_of, words_of
from components.page import served
from components.page.takeaways import Making, write_takeaway
from components.pipeline import build_world
from tests.pages import press, sound, words

if TYPE_CHECKING:
    from pathlib import Path

SEEDS = served.SEEDS
FIRST = "cairo-truce-talks"
WORLD = build_world(SEEDS, served.GEODATA)
ATTACK = "<script>window.hurt=1</script> [x](javascript:hurt) =1+1"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    """Return the folder that the app takes for the articles' one: a copy of the repository's."""
    shutil.copytree(SEEDS, tmp_path, dirs_exist_ok=True)
    monkeypatch.setattr("components.page.served.SEEDS", tmp_path)
    return tmp_path


@pytest.fixture
def launch(repository: Path, folder: Path):  # noqa: ARG001  nothing may be written elsewhere
    """Return a function that opens the page with the tab of scenes."""

    def launched(**query: str) -> AppTest:
        page = AppTest.from_file(str(repository / "app.py"), default_timeout=120)
        page.query_params.update(query)
        page.session_state["room"] = "Scenes"
        page.session_state["briefing_words"] = True
        return sound(page.run())

    return launched


def on_disk(folder: Path, name: str = FIRST):
    """Return a briefing as its file has it."""
    briefing, faults = read_briefing(folder / FOLDER / f"{name}.json")
    assert not faults
    return briefing


def titles(folder: Path, name: str = FIRST) -> list[str]:
    return [one.title for one in on_disk(folder, name).scenes]


def listed(page: AppTest) -> list[str]:
    """Return the titles in the list, in its order."""
    return [
        one.label.partition("\u2002")[2].partition("  \n")[0].replace("\\", "")
        for one in page.button
        if (one.key or "").startswith("pick_")
    ]


def query(page: AppTest) -> dict[str, str]:
    """Return the query of the page's URL."""
    return {
        name: one[0] if isinstance(one, list) else one for name, one in page.query_params.items()
    }


def open_scene(page: AppTest, scene: str) -> AppTest:
    return sound(page.button(key=f"pick_{FIRST}_{scene}").click().run())


def test_the_tab_lists_the_scenes_in_order_with_their_days(launch, folder) -> None:
    page = launch()
    assert listed(page) == titles(folder)
    assert page.button(key=f"pick_{FIRST}_netzarim-is-cut").label == (
        "2\u2002Netzarim is cut  \n:small[6 Mar 2024]"
    )
    assert "Gaza truce talks: the corridors, 22 August 2024" in words(page)
    assert not query(page)


def test_a_kept_view_stands_at_the_end_and_is_open(launch, folder) -> None:
    page = launch(layer="philadelphi_corridor", to="2024-06-01", camera="34.25,31.28,12.5")
    press(page, "keep_view")
    scene = on_disk(folder).scenes[-1]
    assert (scene.title, scene.id) == ("Philadelphi Corridor", "philadelphi-corridor")
    assert (scene.view["to"], scene.view["camera"]) == ("2024-06-01", "34.25,31.28,12.5")
    assert listed(page)[-1] == "Philadelphi Corridor"
    assert query(page) == {"briefing": FIRST, "scene": "philadelphi-corridor"}
    assert page.button(key=f"instead_{FIRST}_{scene.id}").disabled


def test_a_kept_view_is_called_after_its_event_or_its_day(launch, folder) -> None:
    event = next(one for one in WORLD.events if one.kind == "arms")
    press(launch(event=event.id), "keep_view")
    press(launch(to="2024-08-22"), "keep_view")
    assert titles(folder)[-2:] == [event.title, "View of 22 Aug 2024"]


@pytest.mark.parametrize("number", range(8))
def test_each_scene_opens_with_its_whole_view_by_click_and_by_link(launch, folder, number) -> None:
    scene = on_disk(folder).scenes[number]
    clicked = open_scene(launch(), scene.id)
    linked = launch(briefing=FIRST, scene=scene.id)
    for page in (clicked, linked):
        assert query(page) == {"briefing": FIRST, "scene": scene.id}
        assert page.slider(key="days").value == tuple(
            date.fromisoformat(scene.view[hand]) for hand in ("from", "to")
        )
        assert page.session_state["open_event"] == scene.view.get("event")
        assert page.session_state["open_layer"] == scene.view.get("layer")
        assert page.text_area(key=f"note_{FIRST}_{scene.id}").value == scene.note
    assert clicked.session_state["camera_move"] == 1


def test_a_changed_view_leaves_the_scene_in_the_url_and_comes_back_to_it(launch) -> None:
    page = launch(briefing=FIRST, scene="netzarim-is-cut")
    page.slider(key="days").set_range(date(2023, 10, 7), date(2024, 5, 1)).run()
    assert query(page)["briefing"] == FIRST
    assert query(page)["to"] == "2024-05-01"
    assert query(page)["layer"] == "netzarim_corridor"
    assert "scene" not in query(page)
    again = launch(**query(page))
    assert again.slider(key="days").value == (date(2023, 10, 7), date(2024, 5, 1))
    page.slider(key="days").set_range(date(2023, 10, 7), date(2024, 3, 6)).run()
    assert query(page) == {"briefing": FIRST, "scene": "netzarim-is-cut"}


def test_what_a_link_says_of_the_view_goes_before_what_its_scene_says(launch) -> None:
    page = launch(briefing=FIRST, scene="netzarim-is-cut", to="2024-05-01", lang="ar")
    assert page.slider(key="days").value == (date(2023, 10, 7), date(2024, 5, 1))
    assert page.session_state["open_layer"] == "netzarim_corridor"
    assert (query(page)["lang"], query(page)["to"]) == ("ar", "2024-05-01")


@pytest.mark.parametrize(
    ("given", "told"),
    [
        ({"briefing": "nobody"}, "briefing=nobody: no briefing has this id"),
        ({"briefing": FIRST, "scene": "x" * 9_000}, "no scene of the briefing has this id"),
        ({"scene": "netzarim-is-cut"}, "its briefing is not named"),
        ({"briefing": "../../etc/passwd", "scene": ATTACK}, "no briefing has this id"),
    ],
)
def test_a_link_to_what_is_not_there_gives_the_page_and_a_notice(launch, given, told) -> None:
    page = launch(**given)
    assert told in words(page)
    assert "<script>" not in words(page)
    assert "scene" not in query(page)


def test_a_scene_is_renamed_and_its_note_and_seconds_are_kept(launch, folder) -> None:
    page = launch(briefing=FIRST, scene="netzarim-is-cut")
    name = f"{FIRST}_netzarim-is-cut"
    sound(page.text_input(key=f"title_{name}").set_value("  Netzarim,  cut ").run())
    sound(page.text_area(key=f"note_{name}").set_value("Two\nlines").run())
    sound(page.number_input(key=f"seconds_{name}").set_value(45).run())
    scene = on_disk(folder).scene("netzarim-is-cut")
    assert (scene.title, scene.note, scene.seconds) == ("Netzarim, cut", "Two\nlines", 45)
    assert page.text_input(key=f"title_{name}").value == "Netzarim, cut"
    assert query(page)["scene"] == "netzarim-is-cut"
    sound(page.text_input(key=f"title_{name}").set_value("   ").run())
    assert "A scene needs a title." in words(page)
    assert on_disk(folder).scene("netzarim-is-cut").title == "Netzarim, cut"


def test_scenes_are_put_in_order_doubled_and_deleted(launch, folder) -> None:
    before = titles(folder)
    page = open_scene(launch(), "netzarim-is-cut")
    assert not page.button(key=f"up_{FIRST}_netzarim-is-cut").disabled
    press(page, "up_")
    assert titles(folder)[:2] == ["Netzarim is cut", "The war begins"]
    assert page.button(key=f"up_{FIRST}_netzarim-is-cut").disabled
    press(page, "down_")
    assert titles(folder) == before
    press(page, "duplicate_")
    assert [one.id for one in on_disk(folder).scenes][1:3] == [
        "netzarim-is-cut", "netzarim-is-cut-2",
    ]  # fmt: skip
    assert page.session_state["scene"] == "netzarim-is-cut-2"
    press(page, "delete_")
    assert titles(folder) == before
    assert page.session_state["scene"] is None


def test_each_act_can_be_undone_one_after_the_other(launch, folder) -> None:
    start = on_disk(folder)
    page = open_scene(launch(), "the-war-begins")
    press(page, "down_")
    press(page, "delete_")
    assert len(on_disk(folder).scenes) == 7
    press(page, "undo_scene_")
    assert "Undone: deleted “The war begins”." in words(page)
    assert page.session_state["scene"] == "the-war-begins"
    press(page, "undo_scene_")
    assert on_disk(folder) == start
    assert listed(page) == [one.title for one in start.scenes]
    assert not [one for one in page.button if (one.key or "").startswith("undo_scene_")]


def test_a_renamed_scene_has_its_old_title_in_the_field_after_undo(launch, folder) -> None:
    page = open_scene(launch(), "the-war-begins")
    title = f"title_{FIRST}_the-war-begins"
    sound(page.text_input(key=title).set_value("Otherwise").run())
    press(page, "undo_scene_")
    assert titles(folder)[0] == "The war begins"
    assert page.text_input(key=title).value == "The war begins"


def test_what_was_changed_elsewhere_is_not_undone_and_told(launch, folder) -> None:
    page = open_scene(launch(), "the-war-begins")
    press(page, "delete_")
    write_act(folder, FIRST, lambda now: replace(now, author="Somebody else"))
    sound(page.run())
    press(page, "undo_scene_")
    assert "changed elsewhere meanwhile; nothing was undone" in words(page)
    assert on_disk(folder).author == "Somebody else"
    assert len(on_disk(folder).scenes) == 7


def test_two_people_at_one_briefing_lose_nothing(launch, folder) -> None:
    one, two = launch(), launch(to="2024-08-01")
    press(one, "keep_view")
    press(two, "keep_view")
    sound(one.run())
    assert titles(folder)[-2:] == ["View of 23 Aug 2024", "View of 1 Aug 2024"]
    assert listed(one) == titles(folder)


def test_another_view_takes_the_place_of_a_kept_one(launch, folder) -> None:
    page = launch(briefing=FIRST, scene="the-war-begins")
    assert page.button(key=f"instead_{FIRST}_the-war-begins").disabled
    page.slider(key="days").set_range(date(2023, 10, 7), date(2023, 11, 1)).run()
    press(page, "instead_")
    scene = on_disk(folder).scenes[0]
    assert (scene.id, scene.title, scene.view["to"]) == (
        "the-war-begins", "The war begins", "2023-11-01",
    )  # fmt: skip
    assert query(page) == {"briefing": FIRST, "scene": "the-war-begins"}


def test_a_view_that_another_tab_gave_a_scene_is_not_replaced_unseen(launch, folder) -> None:
    page = open_scene(launch(), "the-war-begins")
    page.slider(key="days").set_range(date(2023, 10, 7), date(2023, 11, 1)).run()
    write_act(folder, FIRST, lambda now: now.changed(replace(now.scenes[0], view={"to": "2024"})))
    press(page, "instead_")
    assert "given another view elsewhere meanwhile" in words(page)
    assert on_disk(folder).scenes[0].view == {"to": "2024"}
    press(page, "instead_")
    assert on_disk(folder).scenes[0].view["to"] == "2023-11-01"


def test_what_is_being_typed_is_not_overwritten_by_what_the_file_holds_already(launch) -> None:
    page = open_scene(launch(), "the-war-begins")
    sound(page.run())
    note = page.text_area(key=f"note_{FIRST}_the-war-begins")
    assert note.value
    # With this set the browser puts the value over what is in the field.
    assert not note.proto.set_value


def test_what_could_not_be_written_is_told_and_stays_typed(launch, folder, monkeypatch) -> None:
    monkeypatch.setattr(files, "_LOCK_SECONDS", 0.1)
    page = open_scene(launch(), "the-war-begins")
    note = f"note_{FIRST}_the-war-begins"
    with FileLock(folder / FOLDER / ".scenes.lock"):
        sound(page.text_area(key=note).set_value("Mind the figures").run())
        assert "Not saved." in words(page)
        assert page.text_area(key=note).value == "Mind the figures"
        sound(page.run())
        assert page.text_area(key=note).value == "Mind the figures"
    assert on_disk(folder).scenes[0].note != "Mind the figures"
    press(page, "again_")
    assert on_disk(folder).scenes[0].note == "Mind the figures"
    assert "Not saved" not in words(page)
    assert not [one for one in page.button if (one.key or "").startswith("again_")]


def test_a_briefing_says_what_was_typed_of_it(launch, folder) -> None:
    page = launch()
    for field, value in (("title", ATTACK), ("classification", "Open"), ("author", "A. Nother")):
        sound(page.text_input(key=f"briefing_{field}_{FIRST}").set_value(value).run())
    sound(page.date_input(key=f"briefing_day_{FIRST}").set_value(date(2024, 9, 1)).run())
    now = on_disk(folder)
    assert (now.title, now.classification, now.author) == (ATTACK, "Open", "A. Nother")
    assert now.day == date(2024, 9, 1)
    assert "<bdi>Open</bdi> · <bdi>A. Nother</bdi> · <bdi>1 Sep 2024</bdi>" in words(page)
    assert "<script>" not in words(page)
    assert page.download_button(key="save_briefing").label == "Save as a file"


def test_a_new_briefing_is_begun_and_the_picker_goes_between_them(launch, folder) -> None:
    page = launch()
    assert not page.selectbox
    sound(page.text_input(key="new_briefing").set_value("Rafah, in short").run())
    press(page, "begin_briefing")
    assert on_disk(folder, "rafah-in-short").scenes == ()
    assert "No scene yet." in words(page)
    assert page.selectbox(key="briefing_choice").value == "rafah-in-short"
    press(page, "keep_view")
    assert titles(folder, "rafah-in-short") == ["View of 23 Aug 2024"]
    sound(page.selectbox(key="briefing_choice").set_value(FIRST).run())
    assert listed(page) == titles(folder)
    assert query(page) == {"briefing": FIRST}


def test_without_any_briefing_a_kept_view_begins_one(launch, folder) -> None:
    shutil.rmtree(folder / FOLDER)
    page = launch()
    assert page.button(key="present").disabled
    press(page, "keep_view")
    assert titles(folder, "briefing") == ["View of 23 Aug 2024"]
    assert query(page) == {"briefing": "briefing", "scene": "view-of-23-aug-2024"}


def hand_in(page: AppTest, name: str, content: bytes) -> AppTest:
    (uploader,) = page.file_uploader
    return sound(uploader.set_value((name, content, "application/json")).run())


def test_a_file_that_is_handed_in_becomes_a_briefing_of_its_own(launch, folder) -> None:
    page = launch()
    hand_in(page, "any name (1).json", (folder / FOLDER / f"{FIRST}.json").read_bytes())
    briefings, faults = read_scenes(folder)
    assert not faults
    name = "any-name"
    assert {one.id for one in briefings} == {FIRST, name}
    assert on_disk(folder, name).scenes == on_disk(folder).scenes
    assert page.session_state["briefing"] == name
    assert "8 scenes" in words(page)


def test_a_file_that_is_here_already_is_chosen_and_not_written_twice(launch, folder) -> None:
    page = launch()
    hand_in(page, f"{FIRST} (2).json", (folder / FOLDER / f"{FIRST}.json").read_bytes())
    assert "which was here already" in words(page)
    assert [one.id for one in read_scenes(folder)[0]] == [FIRST]
    assert page.session_state["briefing"] == FIRST


def test_a_note_that_was_changed_elsewhere_is_not_overwritten_unseen(launch, folder) -> None:
    page = open_scene(launch(), "the-war-begins")
    key = f"note_{FIRST}_the-war-begins"
    other = open_scene(launch(), "the-war-begins")
    sound(other.text_area(key=key).set_value("From the other tab").run())
    sound(page.text_area(key=key).set_value("From this tab").run())
    assert on_disk(folder).scenes[0].note == "From the other tab"
    assert "changed elsewhere meanwhile, to “From the other tab”" in words(page)
    assert page.text_area(key=key).value == "From this tab"
    press(page, f"again_{key}")
    assert on_disk(folder).scenes[0].note == "From this tab"


def test_what_was_typed_into_a_scene_that_is_gone_is_told(launch, folder) -> None:
    page = open_scene(launch(), "the-war-begins")
    write_act(folder, FIRST, lambda now: now.without("the-war-begins"))
    key = f"note_{FIRST}_the-war-begins"
    sound(page.text_area(key=key).set_value("Half an hour of <work>").run())
    assert "it was deleted elsewhere" in words(page)
    assert 'You typed: <q dir="auto">Half an hour of &lt;work&gt;</q>' in words(page)


def test_names_that_are_no_text_are_told_and_hide_nothing(launch, folder) -> None:
    for name in (b"briefings/\xff\xfe.json", b"\xff.txt"):
        (folder / os.fsdecode(name)).write_bytes(b"{}")
    page = launch()
    assert len(listed(page)) == 8
    assert "has a name that is not UTF-8. Rename it." in words(page)


def test_everything_wrong_with_a_file_is_told_at_once(launch, folder) -> None:
    page = launch()
    hand_in(page, "bad.json", b'{"title": "", "day": "soon", "scenes": 3, "<b>more</b>": 1}')
    told = words(page)
    assert "Not opened." in told
    assert all(part in told for part in ("title", "day", "scenes", "author", "classification"))
    assert "<b>more</b>" not in told
    assert [one.id for one in read_scenes(folder)[0]] == [FIRST]


def test_a_broken_briefing_is_told_and_hides_no_other(launch, folder) -> None:
    (folder / FOLDER / "broken.json").write_text('{"title": "<b>x</b>"}')
    page = launch()
    assert "Briefings that cannot be read" in words(page)
    assert "briefings/broken.json" in words(page)
    assert len(listed(page)) == 8


def test_a_scene_that_names_what_is_gone_opens_and_says_so(launch, folder) -> None:
    path = folder / FOLDER / f"{FIRST}.json"
    record = json.loads(path.read_text())
    record["scenes"][0]["view"] |= {
        "layers": "gaza,moon", "event": "nobody:0-1:talks", "<b>form</b>": "2024-08-01",
    }  # fmt: skip
    path.write_text(json.dumps(record))
    page = launch()
    label = page.button(key=f"pick_{FIRST}_the-war-begins").label
    assert label.endswith(":small[7 Oct 2023 · 3 gone]")
    open_scene(page, "the-war-begins")
    assert "This scene names what is gone" in words(page)
    assert "not known here: moon" in words(page)
    assert "&lt;b&gt;form&lt;/b&gt;: nothing of a view is called so" in words(page)
    assert "nobody:0-1:talks: no event has this id" in words(page)
    assert page.slider(key="days").value == (date(2023, 10, 7), date(2023, 10, 7))
    assert query(page) == {"briefing": FIRST, "scene": "the-war-begins"}


def test_presenting_begins_at_the_open_scene(launch) -> None:
    page = launch()
    press(page, "present")
    assert (page.session_state["present_move"], page.session_state["present_scene"]) == (1, 0)
    open_scene(page, "netzarim-is-cut")
    press(page, "present")
    assert (page.session_state["present_move"], page.session_state["present_scene"]) == (2, 1)


def test_hostile_titles_are_words_in_the_list(launch, folder) -> None:
    write_act(folder, FIRST, lambda now: now.with_scene(ATTACK, words_of(view_of({}, WORLD)[0])))
    page = launch()
    assert listed(page)[-1] == ATTACK
    assert "[x](" not in next(one.label for one in page.button if "window" in one.label)
    press(page, "keep_view")


def test_there_is_a_button_for_each_format_and_one_for_all(launch) -> None:
    page = launch()
    page.session_state["take_away"] = True
    sound(page.run())
    keys = [one.key for one in page.download_button if one.key.startswith("take_")]
    assert [key.removeprefix("take_") for key in keys] == [
        "pptx", "pdf", "png", "html", "gpkg", "kml", "geojson", "csv", "parquet", "all",
    ]  # fmt: skip


def test_pictures_are_made_transparent_where_that_is_chosen(launch, monkeypatch) -> None:
    asked: dict[tuple[str, ...], bool] = {}

    def noted(_write, _making, keys, *_of, transparent, **_options) -> bytes:
        asked[keys] = transparent
        return b""

    monkeypatch.setattr("components.page.takeaways.partial", noted)
    page = launch()
    page.session_state["take_away"] = True
    sound(page.run())
    assert asked["png",] is False
    page.toggle(key="take_transparent").set_value(True)
    sound(page.run())
    assert asked["png",] is True
    assert set(asked.values()) == {True}
    for is_open in (False, True):
        page.session_state["take_away"] = is_open
        sound(page.run())
    assert page.toggle(key="take_transparent").value is True


def test_what_is_ready_and_not_transparent_is_not_handed_over_for_it(monkeypatch) -> None:
    made = []

    def written(of, folder, geodata, keys, told, *, transparent):  # noqa: ARG001
        made.append(transparent)
        path = folder / "a.png"
        path.write_text(f"{transparent}")
        return [path]

    monkeypatch.setattr("components.page.takeaways.write_formats", written)
    monkeypatch.setattr("components.page.takeaways._LONGEST_S", -1)
    briefing, _ = read_briefing(SEEDS / FOLDER / f"{FIRST}.json")
    making = Making("Pictures")
    for transparent in (False, True):
        making.ask()
        content = write_takeaway(
            making, ("png",), WORLD, briefing, zipped=False, transparent=transparent
        )
        assert content == f"{transparent}".encode()
    assert made == [False, True]


def test_one_format_that_fails_is_told_and_does_not_lose_the_others(monkeypatch) -> None:
    def failing(of, folder, geodata, keys, told, **_options):  # noqa: ARG001
        told("Half", 0.5)
        if keys == ["kml"]:
            message = "no <b>ink</b>"
            raise ValueError(message)
        path = folder / f"{of.stem}.{keys[0]}"
        path.write_text("made")
        return [path]

    monkeypatch.setattr("components.page.takeaways.write_formats", failing)
    briefing, _ = read_briefing(SEEDS / FOLDER / f"{FIRST}.json")
    making = Making("Everything")
    making.ask()
    assert making.is_under_way
    zipped = write_takeaway(making, ("geojson", "kml", "csv"), WORLD, briefing, zipped=True)
    assert zipped.startswith(b"PK")
    assert making.faults == ("KML: no <b>ink</b>",)
    assert not making.is_under_way
    with pytest.raises(RuntimeError, match="Nothing was made"):
        write_takeaway(making, ("kml",), WORLD, briefing, zipped=False)
    assert making.faults == ("KML: no <b>ink</b>",)


def test_a_file_that_nobody_fetches_is_told_after_a_while(monkeypatch) -> None:
    now = [100.0]
    monkeypatch.setattr("components.page.takeaways.time.monotonic", lambda: now[0])
    making = Making("KML")
    making.ask()
    assert making.is_under_way
    now[0] += 60
    assert not making.is_under_way
    assert "Press again" in making.faults[0]


def test_what_was_ready_too_late_for_the_browser_is_handed_over_at_the_next_click(
    monkeypatch,
) -> None:
    now, made = [100.0], []
    monkeypatch.setattr("components.page.takeaways.time.monotonic", lambda: now[0])

    def slow(of, folder, geodata, keys, told, **_options):  # noqa: ARG001
        now[0] += 200
        made.append(keys)
        path = folder / "a.kml"
        path.write_text(f"made {len(made)}")
        return [path]

    monkeypatch.setattr("components.page.takeaways.write_formats", slow)
    briefing, _ = read_briefing(SEEDS / FOLDER / f"{FIRST}.json")
    making = Making("KML")
    for expected, told in ((b"made 1", "press again"), (b"made 1", "made before"), (b"made 2", "")):
        making.ask()
        assert write_takeaway(making, ("kml",), WORLD, briefing, zipped=False) == expected
        assert told in making.done
        assert not making.is_under_way
