"""Adding and reviewing articles, run by Streamlit itself without a browser."""

from __future__ import annotations

import json
import shutil
from datetime import UTC, date, datetime
from hashlib import sha256
from time import perf_counter
from typing import TYPE_CHECKING

import pytest
from streamlit.testing.v1 import AppTest

from components.page import reviewing, served
from components.page.highlights import Highlight, What, pieces
from components.page.words import plain
from components.pipeline import build_world
from components.text.articles import read_article
from components.text.review import find, reject, reopen, same
from components.text.sidecar import write_article
from tests.pages import sound, words

if TYPE_CHECKING:
    from pathlib import Path

    from components.model.article import Article

SEEDS = served.SEEDS
OWNERS = "2024-08-22-reuters-cairo-truce-talks"
WIRE = """Talks resume as crossing stays shut

RAFAH (Wire) - Israeli and Egyptian officials met in Cairo on Thursday to discuss the \
Philadelphi Corridor, two Egyptian security sources said \N{SLEEPING SYMBOL}.

The Rafah crossing was closed on Wednesday, Egypt said. Israeli troops withdrew from the \
Netzarim Corridor in May.
"""
FRENCH = """Les négociations reprennent au Caire

Les délégations se sont réunies jeudi dans la capitale égyptienne pour discuter d'une trêve, ont \
déclaré deux sources de sécurité. Les discussions doivent se poursuivre vendredi avec une \
délégation du Qatar, mais aucun accord n'a été trouvé jusqu'à présent.
"""
ATTACK = "<script>window.hurt=1</script><img src=x onerror='window.hurt=1'>"


@pytest.fixture
def folder(tmp_path: Path, monkeypatch) -> Path:
    """Return the folder that the app takes for the articles' one: a copy of the owner's article."""
    for path in SEEDS.glob(f"{OWNERS}.*"):
        shutil.copyfile(path, tmp_path / path.name)
    monkeypatch.setattr("components.page.served.SEEDS", tmp_path)
    return tmp_path


@pytest.fixture
def launch(repository: Path, folder: Path):  # noqa: ARG001  nothing may be written elsewhere
    """Return a function that opens the app, with a query in its URL."""

    def launched(**query: str) -> AppTest:
        page = AppTest.from_file(str(repository / "app.py"), default_timeout=120)
        page.query_params.update(query)
        return sound(page.run())

    return launched


def press(page: AppTest, key: str) -> AppTest:
    """Press a button and return the page as it is then."""
    return sound(page.button(key=key).click().run())


def paste(page: AppTest, text: str, published: date | None = date(2024, 8, 22)) -> AppTest:
    """Paste an article, state what is known of it, and ask for it to be read."""
    page.text_area(key="pasted_text").set_value(text).run()
    page.text_input(key="add_pasted_publisher").set_value("Wire")
    page.date_input(key="add_pasted_published").set_value(published)
    return press(page, "read_it")


def on_disk(folder: Path, name: str) -> Article:
    """Return an article as it is on disk."""
    article, faults = read_article(folder / f"{name}.json")
    assert article is not None, faults
    return article


def added(folder: Path) -> Article:
    """Return the one article beside the owner's."""
    (name,) = (path.stem for path in folder.glob("*.json") if path.stem != OWNERS)
    return on_disk(folder, name)


@pytest.fixture
def reviewed(launch, folder: Path):
    """Return the page at the review of a pasted article, with a reviewer's name."""
    page = press(paste(launch(page="add"), WIRE), "save_new")
    assert added(folder).drafts
    return sound(page.text_input(key="reviewer").set_value("Ada Example").run())


def test_a_pasted_article_asks_for_its_date_and_keeps_what_was_typed(launch, folder) -> None:
    page = paste(launch(page="add"), WIRE, published=None)
    assert page.date_input(key="add_pasted_published").value is None
    assert "Still needed: the day of publication" in words(page)
    assert page.text_area(key="pasted_text").value == WIRE
    assert page.text_input(key="add_pasted_headline").value == "Talks resume as crossing stays shut"
    assert [path.stem for path in folder.glob("*.json")] == [OWNERS]


def test_nothing_is_written_before_it_is_saved(launch, folder) -> None:
    page = paste(launch(page="add"), WIRE)
    assert "Nothing is saved yet" in words(page)
    assert [path.stem for path in folder.glob("*.json")] == [OWNERS]
    press(page, "save_new")
    article = added(folder)
    assert article.text == WIRE
    assert article.headline == "Talks resume as crossing stays shut"
    assert not article.events


def test_an_accepted_draft_is_an_event_of_the_world(reviewed, folder) -> None:
    before = added(folder)
    page = press(reviewed, "do_accept")
    article = added(folder)
    assert [event.id for event in article.events] == [reviewing_first(before)]
    assert article.log[-1].who == "Ada Example"
    assert article.log[-1].act == "accepted"
    world = build_world(folder, served.GEODATA)
    assert world.event(article.events[0].id) == article.events[0]
    page.session_state["room"] = "Events"
    assert "18 of 18 events" in words(press(page, "to_map"))


def reviewing_first(article: Article) -> str:
    """Return the id of the draft that the text tells first."""
    order = sorted(article.drafts, key=lambda one: (one.event.evidence[0].start, one.event.id))
    return order[0].event.id


def test_without_a_name_nothing_can_be_decided(launch, folder) -> None:
    page = press(paste(launch(page="add"), WIRE), "save_new")
    assert page.button(key="do_accept").disabled
    assert page.button(key="do_reject").disabled
    assert page.button(key="edit").disabled
    assert "Say above who you are" in words(page)
    assert not any(change.act != "read" for change in added(folder).log)


def test_a_rejected_draft_is_no_event_and_can_be_opened_again(reviewed, folder) -> None:
    first = reviewing_first(added(folder))
    page = press(reviewed, "do_reject")
    article = added(folder)
    assert not article.events
    assert [one.event.id for one in article.drafts if one.state == "rejected"] == [first]
    page = press(page, f"pick_{first}")
    assert "rejected by Ada Example on" in words(page)
    press(page, "do_reopen")
    assert all(one.state == "open" for one in added(folder).drafts)


def test_next_and_previous_go_round_the_drafts(reviewed, folder) -> None:
    order = list(reviewing.states(added(folder)))
    assert len(order) > 1
    page = press(reviewed, "go_next")
    assert page.session_state["current"] == order[1]
    page = press(page, "go_previous")
    assert page.session_state["current"] == order[0]


def test_dates_that_make_no_sense_are_told_and_stay_as_typed(reviewed, folder) -> None:
    page = press(reviewed, "edit")
    page = sound(page.text_input(key="edit0_edtf").set_value("last Thursday").run())
    assert "is not an EDTF date" in words(page).replace("&#39;", "'")
    before = added(folder)
    page = press(page, "save")
    assert added(folder) == before
    assert page.text_input(key="edit0_edtf").value == "last Thursday"
    page.text_area(key="edit0_title").set_value("Officials meet in Cairo")
    page = sound(page.text_input(key="edit0_edtf").set_value("2024-08-22?").run())
    assert "Thu 22 Aug 2024 (uncertain)" in words(page)
    press(page, "save")
    edited = find(added(folder), reviewing_first(added(folder)))
    assert edited is not None
    assert (edited.title, edited.period.edtf) == ("Officials meet in Cairo", "2024-08-22?")
    assert added(folder).log[-1].act == "edited"


def test_words_selected_in_the_text_become_the_evidence(reviewed, folder) -> None:
    page = press(reviewed, "edit")
    start = WIRE.index("Israeli and Egyptian")
    stop = WIRE.index(".", WIRE.index("\N{SLEEPING SYMBOL}")) + 1
    page.session_state["selection"] = (start - 1, stop)  # with a space too many
    page = sound(page.run())
    page = press(page, "evidence_only_0")
    press(page, "save")
    (first, *_) = sorted(one.event.evidence[0].start for one in added(folder).drafts)
    assert first == start
    assert added(folder).drafts[0].event.evidence[0].quote == WIRE[start:stop]


def test_a_split_draft_is_two(reviewed, folder) -> None:
    count = len(added(folder).drafts)
    page = press(reviewed, "split")
    page.selectbox(key="edit1_kind").set_value("appeal")
    page.text_area(key="edit1_title").set_value("Officials appeal")
    press(page, "save")
    article = added(folder)
    assert len(article.drafts) == count + 1
    assert "Officials appeal" in {one.event.title for one in article.drafts}


def test_drafts_of_one_article_are_united(reviewed, folder) -> None:
    article = added(folder)
    first, second = list(reviewing.states(article))[:2]
    reviewed.selectbox(key=f"other_{first}").set_value(second).run()
    page = press(reviewed, "unite")
    article = added(folder)
    united = find(article, second)
    assert find(article, first) is None
    assert united is not None
    assert len(united.evidence) == 2
    number = next(at for at, one in enumerate(article.log) if one.draft == first and one.other)
    press(page, f"unmerge_{number}")
    assert find(added(folder), first) is not None


def test_a_second_window_is_told_and_loses_nothing(reviewed, folder) -> None:
    article = added(folder)
    first, second = list(reviewing.states(article))[:2]
    other_window = reject(article, second, "Somebody Else", datetime(2024, 9, 1, tzinfo=UTC))
    # What the first window shows is older than what is now on disk.
    reviewed.session_state["current"] = first
    write_article(folder, other_window)
    page = press(reviewed, "do_accept")
    shown = words(page)
    assert "Not saved yet" in shown
    assert "rejected by Somebody Else" in shown
    assert not added(folder).events
    page = press(page, "do_held")
    article = added(folder)
    assert [event.id for event in article.events] == [first]
    assert [one.event.id for one in article.drafts if one.state == "rejected"] == [second]
    assert "Not saved yet" not in words(page)


def test_what_was_typed_survives_a_conflict(reviewed, folder) -> None:
    article = added(folder)
    first, second = list(reviewing.states(article))[:2]
    page = press(reviewed, "edit")
    page.text_area(key="edit0_title").set_value("Typed with care").run()
    write_article(
        folder, reject(article, second, "Somebody Else", datetime(2024, 9, 1, tzinfo=UTC))
    )
    page = press(page, "save")
    assert "Not saved yet" in words(page)
    assert page.text_area(key="edit0_title").value == "Typed with care"
    press(page, "do_held")
    edited = find(added(folder), first)
    assert edited is not None
    assert edited.title == "Typed with care"


def test_reading_again_changes_no_decision(reviewed, folder) -> None:
    page = press(reviewed, "do_accept")
    page = press(page, "do_reject")
    before = added(folder)
    press(page, "read_again")
    after = added(folder)
    assert after.events == before.events
    assert [one.state for one in after.drafts] == [one.state for one in before.drafts]


@pytest.mark.parametrize("text", ["", "   \n ", "\x00\x01\x02" * 50])
def test_a_text_that_is_none_is_refused(launch, folder, text) -> None:
    page = paste(launch(page="add"), text)
    assert "notice" in words(page)
    assert not [button for button in page.button if button.key == "save_new"]
    assert [path.stem for path in folder.glob("*.json")] == [OWNERS]


def test_a_text_that_is_not_english_is_refused_and_kept(launch) -> None:
    page = paste(launch(page="add"), FRENCH)
    assert "What you typed is still here" in words(page)
    assert "English" in words(page)
    assert not [button for button in page.button if button.key == "save_new"]
    assert page.text_area(key="pasted_text").value == FRENCH


def test_a_day_that_the_text_contradicts_is_told_with_days_that_fit(launch) -> None:
    text = (SEEDS / f"{OWNERS}.txt").read_text().replace("Mediators", "Some mediators")
    page = paste(launch(page="add"), text, published=date(2024, 3, 1))
    assert "Does the day fit?" in words(page)
    (fits, *_) = (button for button in page.button if (button.key or "").startswith("fit_"))
    page = sound(fits.click().run())
    assert page.date_input(key="add_pasted_published").value != date(2024, 3, 1)


def test_an_article_that_is_there_already_is_told(launch) -> None:
    page = launch(page="add")
    text = (SEEDS / f"{OWNERS}.txt").read_text()
    page = sound(page.text_area(key="pasted_text").set_value(text).run())
    assert "This text is already there" in words(page)
    page = press(page, "open_there")
    assert page.query_params["article"] == OWNERS


def test_a_folder_tells_each_file(launch, tmp_path_factory) -> None:
    inbox = tmp_path_factory.mktemp("inbox")
    (inbox / "new.txt").write_text(WIRE)
    (inbox / "old.txt").write_bytes((SEEDS / f"{OWNERS}.txt").read_bytes())
    (inbox / "broken.pdf").write_bytes(b"%PDF-1.4 nothing")
    (inbox / "picture.png").write_bytes(b"")
    page = launch(page="add")
    page.segmented_control(key="way").set_value("Folder").run()
    page = sound(page.text_input(key="folder_path").set_value(str(inbox)).run())
    shown = words(page)
    assert "new.txt</td><td>to be added" in shown
    assert "old.txt</td><td>already there" in shown
    assert "broken.pdf</td><td>cannot be read" in shown
    assert "picture.png" not in shown


def test_hostile_text_is_only_text(launch, folder) -> None:
    text = WIRE.replace("two Egyptian", f"{ATTACK} two Egyptian").replace(
        "Talks", f"{ATTACK} Talks"
    )
    page = paste(launch(page="add"), text)
    page.text_input(key="add_pasted_publisher").set_value(ATTACK)
    page = press(press(page, "read_it"), "save_new")
    page = sound(page.text_input(key="reviewer").set_value(ATTACK).run())
    page = press(page, "do_accept")
    assert "<script>" not in words(page)
    assert "<img src=x" not in words(page)
    assert added(folder).log[-1].who == ATTACK
    press(page, "to_articles")
    assert "<script>" not in words(page)


def test_the_map_is_as_it_was_after_a_visit_to_the_articles(launch) -> None:
    page = launch(**{"from": "2024-05-01", "to": "2024-06-01", "layers": "places", "lang": "he"})
    query = dict(page.query_params)
    page.toggle(key="theme_war").set_value(False).run()
    page = press(page, "to_articles")
    assert page.query_params["page"] == "articles"
    page = press(page, f"open_{OWNERS}")
    page = press(page, "to_map")
    assert dict(page.query_params) == query | {"events": "diplomacy,forces,smuggling"}
    assert page.slider(key="days").value == (date(2024, 5, 1), date(2024, 6, 1))
    assert not page.toggle(key="layer_gaza").value
    assert not page.toggle(key="theme_war").value


def test_a_link_leads_to_an_article_and_from_there_to_its_map(launch) -> None:
    page = launch(page="articles", article=OWNERS, to="2024-06-01")
    assert "Mediators meet in Cairo" in words(page)
    page = press(page, "to_map")
    assert dict(page.query_params) == {"to": "2024-06-01"}


@pytest.mark.parametrize("query", [{"page": "x" * 999}, {"page": "articles", "article": ATTACK}])
def test_a_broken_link_gives_a_page(launch, query) -> None:
    assert "<script>" not in words(launch(**query))


def test_drafts_are_on_the_map_behind_a_switch(reviewed) -> None:
    page = press(reviewed, "to_map")
    assert "drafts" not in page.query_params
    assert not page.toggle(key="drafts").value
    page.session_state["room"] = "Events"
    page = sound(page.toggle(key="drafts").set_value(True).run())
    assert page.query_params["drafts"] == "1"
    drafts = [button for button in page.button if "**Draft**" in button.label]
    assert drafts
    page = sound(drafts[0].click().run())
    assert "nobody has accepted it yet" in words(page)
    page = press(page, "review")
    assert page.query_params["page"] == "articles"


@pytest.fixture
def told_twice(folder: Path) -> tuple[str, str]:
    """Return two events of two articles, one said to be the other, with other figures."""
    record = json.loads((folder / f"{OWNERS}.json").read_text())
    text = (folder / f"{OWNERS}.txt").read_text().replace("40,000", "41,500")
    (folder / "other.txt").write_text(text)
    written = json.dumps(record | {"sha256": sha256(text.encode()).hexdigest(), "publisher": "AP"})
    written = written.replace("40,000", "41,500").replace("40000", "41500")
    (folder / "other.json").write_text(written)
    (one,) = (event for event in on_disk(folder, OWNERS).events if event.kind == "casualties")
    return one.id, one.id.replace(OWNERS, "other")


def test_two_articles_are_asked_about_and_then_say_so_together(launch, folder, told_twice) -> None:
    one, other = told_twice
    page = launch(page="articles")
    assert "Same event?" in words(page)
    page = launch(page="articles", article="other")
    page = sound(page.text_input(key="reviewer").set_value("Ada Example").run())
    asked = [button for button in page.button if (button.key or "").startswith("Same event_")]
    assert asked
    written = write_article(
        folder,
        same(on_disk(folder, "other"), other, one, "Ada Example", datetime(2024, 9, 1, tzinfo=UTC)),
    )
    assert find(written, other).same_as == one
    shown = words(launch(event=one))
    assert "Two publishers say so" in shown
    assert "40,000" in shown
    assert "41,500" in shown


@pytest.mark.parametrize(("label", "act"), [("Same event", "merged"), ("Keep apart", "kept apart")])
def test_a_pair_that_is_decided_is_asked_no_more(launch, folder, told_twice, label, act) -> None:
    assert told_twice
    page = launch(page="articles", article="other")
    page = sound(page.text_input(key="reviewer").set_value("Ada Example").run())
    (asked, *_) = [one.key for one in page.button if (one.key or "").startswith(f"{label}_")]
    page = press(page, asked)
    assert asked not in {button.key for button in page.button}
    logs = [change.act for name in (OWNERS, "other") for change in on_disk(folder, name).log]
    assert logs == [act]


def test_a_folder_that_cannot_be_had_is_told(repository, tmp_path, monkeypatch) -> None:
    (tmp_path / "file").write_text("")
    monkeypatch.setattr("components.page.served.SEEDS", tmp_path / "file")
    page = AppTest.from_file(str(repository / "app.py"), default_timeout=60).run()
    assert not page.exception
    assert "CORRIDORS_ARTICLES" in page.error[0].value
    monkeypatch.setattr("components.page.served.SEEDS", tmp_path / "new" / "folder")
    assert not page.run().exception
    assert (tmp_path / "new" / "folder").is_dir()


def test_the_pieces_put_together_are_the_text() -> None:
    text = "ab\N{SLEEPING SYMBOL}cdef"
    marks = (Highlight(0, 4, What.PLACE, "outer"), Highlight(2, 3, What.DATE, "inner"))
    told = pieces(text, marks, [(1, 6)], [(5, 6)])
    assert "".join(str(one["text"]) for one in told) == text
    assert [one["start"] for one in told] == [0, 1, 2, 3, 4, 5, 6]
    assert [one["label"] for one in told] == ["where", "", "when", "", "", "", ""]
    assert [one["current"] for one in told] == [False] * 5 + [True, False]


def test_a_draft_is_the_same_as_an_accepted_event_and_not_the_other_way_round(
    launch, folder, told_twice
) -> None:
    one, other = told_twice
    write_article(folder, reopen(on_disk(folder, "other"), other, "Ada", datetime.now(UTC)))
    page = launch(page="articles", article=OWNERS)
    page = sound(page.text_input(key="reviewer").set_value("Ada Example").run())
    (asked,) = {
        key for key in (b.key or "" for b in page.button) if key.startswith("Same") and one in key
    }
    press(page, asked)
    told = find(on_disk(folder, "other"), other)
    assert told is not None
    assert told.same_as == one
    assert not on_disk(folder, OWNERS).log
    assert not build_world(folder, served.GEODATA).faults


def test_a_decision_that_is_held_is_never_lost(reviewed, folder) -> None:
    article = added(folder)
    first, second = list(reviewing.states(article))[:2]
    # Nothing was chosen: the first draft is open because it is the first that waits.
    assert reviewed.session_state["current"] is None
    when = datetime(2024, 9, 1, tzinfo=UTC)
    write_article(folder, reject(article, first, "Somebody Else", when))
    page = press(reviewed, "do_accept")
    # The page stays where it was, and a key that is pressed again does nothing.
    assert page.session_state["current"] == first
    assert page.button(key="do_held")
    page = press(page, f"pick_{second}")
    assert page.button(key="do_accept").disabled
    assert page.button(key="edit").disabled
    # A third window, so that the decision is held a second time; then a look elsewhere.
    page = press(page, "to_articles")
    assert "Not saved yet" in words(page)
    page = press(page, f"open_{OWNERS}")
    write_article(folder, reopen(added(folder), first, "Somebody Else", when))
    page = press(page, "do_held")
    if "Not saved yet" in words(page):
        page = press(page, "do_held")
    assert [event.id for event in added(folder).events] == [first]
    assert "Not saved yet" not in words(page)


def test_a_decision_that_is_held_can_be_left(reviewed, folder) -> None:
    article = added(folder)
    first, second = list(reviewing.states(article))[:2]
    write_article(folder, reject(article, second, "Somebody Else", datetime.now(UTC)))
    page = press(press(reviewed, "do_accept"), "drop_held")
    assert not added(folder).events
    assert page.session_state["current"] == first
    press(page, "do_accept")
    assert [event.id for event in added(folder).events] == [first]


def test_the_address_that_the_browser_goes_back_to_is_shown(launch) -> None:
    page = press(launch(to="2024-06-01"), "to_articles")
    page = press(page, f"open_{OWNERS}")
    for query in ({"page": "articles"}, {}, {"page": "articles", "article": OWNERS}):
        page.query_params.clear()
        page.query_params.update({"to": "2024-06-01"} | query)
        page = sound(page.run())
        assert dict(page.query_params) == {"to": "2024-06-01"} | query
        assert page.session_state["desk"] == query.get("page", "map")
        assert page.session_state["article"] == query.get("article")
    page = press(page, "to_map")
    assert page.slider(key="days").value[1] == date(2024, 6, 1)


def test_what_was_typed_is_there_when_the_article_is_opened_again(reviewed, folder) -> None:
    name = added(folder).id
    page = press(reviewed, "edit")
    page.text_area(key="edit0_title").set_value("Typed with care").run()
    page = press(press(page, "to_map"), "to_articles")
    # Another article is edited meanwhile.
    page = press(press(page, f"open_{OWNERS}"), "edit")
    page.text_area(key="edit0_title").set_value("Another").run()
    page = press(press(page, "to_articles"), f"open_{name}")
    assert "What you typed is still here" in words(page)
    assert page.text_area(key="edit0_title").value == "Typed with care"
    press(page, "save")
    assert "Typed with care" in {one.event.title for one in added(folder).drafts}
    page = press(press(page, "to_articles"), f"open_{OWNERS}")
    assert page.text_area(key="edit0_title").value == "Another"


def test_days_set_by_hand_take_the_readers_reason_with_them(reviewed, folder) -> None:
    first = reviewing_first(added(folder))
    before = find(added(folder), first)
    assert before is not None
    assert before.date_words
    page = press(reviewed, "edit")
    page = sound(page.text_input(key="edit0_edtf").set_value("2024-05").run())
    assert page.text_input(key="edit0_date_reason").value == "Set by Ada Example."
    page = sound(page.text_input(key="edit0_edtf").set_value(before.period.edtf).run())
    assert page.text_input(key="edit0_date_reason").value == before.date_reason
    assert page.text_input(key="edit0_date_words").value == before.date_words
    page = sound(page.text_input(key="edit0_edtf").set_value("2024-05").run())
    press(page, "save")
    event = find(added(folder), first)
    assert event is not None
    assert (event.date_words, event.date_reason) == (None, "Set by Ada Example.")


def test_a_reason_that_was_typed_stays(reviewed, folder) -> None:
    page = press(reviewed, "edit")
    page.text_input(key="edit0_date_reason").set_value("The editor says so.").run()
    page = sound(page.text_input(key="edit0_edtf").set_value("2024-05").run())
    press(page, "save")
    event = find(added(folder), reviewing_first(added(folder)))
    assert event is not None
    assert event.date_reason == "The editor says so."


@pytest.mark.parametrize(
    ("name", "basis"), [("Cairo", "stated"), ("a village nearby", "inferred"), ("", "inferred")]
)
def test_a_point_is_stated_only_where_the_text_has_its_name(
    reviewed, folder, monkeypatch, name, basis
) -> None:
    page = press(press(reviewed, "edit"), "more_0_places")
    row = page.session_state["edit0_places"][-1]
    keys = {one: reviewing.cell(0, "places", row, one) for one in ("name", "basis")}
    page.text_input(key=keys["name"]).set_value(name).run()
    # What the small map reports cannot be pressed without a browser.
    state = {key: page.session_state[key] for key in (*keys.values(), "article")}
    state |= {"small": {"last_clicked": {"lng": 34.38749, "lat": 31.40352}}, "reach": 2000}
    monkeypatch.setattr("components.page.reviewing.st.session_state", Attributes(state))
    reviewing.hear_place(0, row, "small", "reach")
    assert state[keys["basis"]] == basis
    assert state[reviewing.cell(0, "places", row, "at")] == "34.38749,31.40352,2000"
    assert folder.is_dir()


class Attributes(dict[str, object]):
    """A session state without a session."""

    __getattr__ = dict.__getitem__

    def __init__(self, state: dict[str, object]) -> None:
        """Write into the dictionary that was given."""
        super().__init__(state)
        self.state = state

    def __setitem__(self, key: str, value: object) -> None:
        """Write into both."""
        self.state[key] = value
        super().__setitem__(key, value)


def test_a_point_is_told_in_words(reviewed, folder) -> None:
    page = press(press(reviewed, "edit"), "more_0_places")
    row = page.session_state["edit0_places"][-1]
    page.text_input(key=reviewing.cell(0, "places", row, "name")).set_value("a village nearby")
    page.session_state[reviewing.cell(0, "places", row, "at")] = "34.38749,31.40352,2000"
    page = press(sound(page.run()), "save")
    assert "(the point 34.38749, 31.40352, within 2 km)" in words(page)
    event = find(added(folder), reviewing_first(added(folder)))
    assert event is not None
    assert event.places[-1].basis == "inferred"


def test_messages_hold_titles_and_no_ids(reviewed, folder) -> None:
    article = added(folder)
    page = press(reviewed, "split")  # both parts have the same evidence and kind
    page = press(page, "save")
    title = page.text_area(key="edit0_title").value
    assert f"\N{LEFT DOUBLE QUOTATION MARK}{title}\N{RIGHT DOUBLE QUOTATION MARK} is told" in words(
        page
    )
    assert f"{article.id}:" not in words(page)
    first = reviewing_first(article)
    assert title in plain(f"{first} is rejected. Reopen it first.", article)
    assert first not in plain(f"{first} is rejected. Reopen it first.", article)
    assert (
        plain("seeds/a-b.json, url must be text, or null.")
        == "the record, url must be text, or be empty."
    )


@pytest.mark.parametrize("url", ["example.org/news", "javascript:alert(1)", "https://a b"])
def test_an_address_that_is_none_is_told_before_anything_is_saved(launch, url) -> None:
    page = launch(page="add")
    page.text_area(key="pasted_text").set_value(WIRE).run()
    page.text_input(key="add_pasted_url").set_value(url)
    page = paste(page, WIRE)
    assert "begins with https:// or http://" in words(page)
    assert not [button for button in page.button if button.key == "save_new"]
    page = sound(page.text_input(key="add_pasted_url").set_value("https://example.org/1").run())
    assert page.button(key="save_new")


def test_an_event_is_opened_again_that_another_is_the_same_as(launch, folder, told_twice) -> None:
    one, other = told_twice
    when = datetime.now(UTC)
    write_article(folder, same(on_disk(folder, "other"), other, one, "Ada", when))
    write_article(folder, reopen(on_disk(folder, OWNERS), one, "Ada", when))
    page = press(launch(page="articles", article="other"), f"pick_{other}")
    assert "That one is a draft: both wait to be united." in words(page)
    assert "same_as" not in words(page)
    assert "same_as" not in words(press(page, "to_map"))


def test_likely_events_are_offered_first(reviewed, folder) -> None:
    article = added(folder)
    first = find(article, reviewing_first(article))
    assert first is not None
    offered = reviewed.selectbox(key=f"other_{first.id}").options
    kinds = {
        title: event.kind
        for name in (article.id, OWNERS)
        for event in (
            *on_disk(folder, name).events,
            *(d.event for d in on_disk(folder, name).drafts),
        )
        for title in (event.title,)
    }
    alike = [kinds[one.split(": ", 1)[1]] == first.kind for one in offered]
    assert alike == sorted(alike, reverse=True)
    assert True in alike
    assert False in alike


def test_ten_thousand_pieces_are_told_at_once() -> None:
    many = 10_000
    text = "abc " * many
    spans = [(4 * one, 4 * one + 3) for one in range(many)]
    begin = perf_counter()
    told = pieces(text, [Highlight(*span, What.DATE, "") for span in spans], spans, spans[5:6])
    assert perf_counter() - begin < 2, "quadratic: it would take half a minute"
    assert sum(bool(one["evidence"]) for one in told) == many
    assert [one["start"] for one in told if one["current"]] == [20]


def test_evidence_that_overlaps_or_ends_with_the_text_is_marked_to_its_end() -> None:
    told = pieces("abcdef", (), [(0, 4), (2, 6), (2, 6), (5, 99)], [(3, 3)])
    assert all(one["evidence"] for one in told)
    assert not any(one["current"] for one in told)


def test_a_source_that_takes_part_has_both_labels() -> None:
    marks = (Highlight(0, 5, What.ACTOR, "Egypt"), Highlight(0, 5, What.CLAIM, "says so: Egypt"))
    assert [one["label"] for one in pieces("Egypt said.", marks, [], [])] == ["who says", ""]
