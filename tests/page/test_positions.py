"""The table of positions, run by Streamlit itself without a browser."""

from __future__ import annotations

import shutil
from datetime import date

import pytest
from streamlit.testing.v1 import AppTest

from components.brief.phrases import KINDS
from components.brief.positions import positions_on
from components.model.event import Kind
from components.page.served import GEODATA, SEEDS
from components.pipeline import build_world
from tests.pages import words

WORLD = build_world(SEEDS, GEODATA)
TO = "2024-08-22"


@pytest.fixture
def launch(repository):
    """Return a function that runs the page, with a query in its URL if one is given."""

    def launched(**query: str) -> AppTest:
        page = AppTest.from_file(str(repository / "app.py"), default_timeout=60)
        page.query_params.update(query)
        return page.run()

    return launched


@pytest.fixture
def test_articles(repository, tmp_path, monkeypatch):
    """Put the owner's article and the twelve that are marked by hand into a folder of the app's."""
    shutil.copytree(SEEDS, tmp_path, dirs_exist_ok=True)
    for kind in ("txt", "json"):
        for path in (repository / "tests" / "reading").glob(f"*.{kind}"):
            shutil.copy(path, tmp_path)
    monkeypatch.setattr("components.page.served.SEEDS", tmp_path)
    return tmp_path


def cells(page: AppTest, when: str = "now") -> list[str]:
    """Return the labels of the table's positions."""
    found = [one for one in page.button if (one.key or "").startswith(f"position_{when}_")]
    return [one.label.replace("\\", "") for one in found]


def test_the_table_holds_every_position_of_the_day(launch) -> None:
    page = launch(below="positions", to=TO)
    assert not page.exception
    assert "Positions as known on Thu 22 Aug 2024" in words(page)
    found = positions_on(WORLD.statements, date.fromisoformat(TO))
    assert len(cells(page)) == len(found) == 9
    for position in found:
        assert sum(position.latest.one in label for label in cells(page)) >= 1
    assert all("Reuters" in label for label in cells(page))
    assert sum("Before: moved troops in" in label for label in cells(page, "older")) == 1
    assert "No position on record: Qatar, Palestinian Authority" in words(page)


def test_a_click_on_a_position_opens_its_sentence(launch) -> None:
    page = launch(below="positions", to=TO)
    (arms,) = (one.event for one in WORLD.statements if one.kind is Kind.ARMS)
    (button,) = (one for one in page.button if "arms came through" in (one.label or ""))
    button.click().run()
    assert page.query_params["event"] == arms
    assert "<mark>Israel says Hamas has used the area to bring arms into Gaza.</mark>" in words(
        page
    )
    assert len(cells(page)) == 9


def test_hindsight_is_off_at_the_start_and_says_so(launch) -> None:
    page = launch(below="positions", to="2024-08-21")
    assert not page.toggle(key="hindsight").value
    assert "<b>Without hindsight</b>: only what had been published by this day counts" in words(
        page
    )
    assert cells(page) == []
    assert "1 later told event of these days is left out" in words(page)
    page.toggle(key="hindsight").set_value(True).run()
    assert "<b>With hindsight</b>" in words(page)
    assert page.query_params["hindsight"] == "1"
    (label,) = cells(page)
    assert "moved troops in" in label


def test_asking_for_the_table_puts_positions_on_the_map(launch) -> None:
    page = launch()
    assert not page.toggle(key="positions").value
    page.get("button_group")[0]
    page.session_state["below"] = "positions"
    page.run()
    assert "Positions as known on" in words(page)


def test_the_table_follows_the_slider(launch) -> None:
    page = launch(below="positions", to=TO)
    page.slider(key="days").set_range(date(2023, 10, 7), date(2024, 1, 1)).run()
    assert "Positions as known on Mon 1 Jan 2024" in words(page)
    assert cells(page) == []


def test_with_more_articles_crossings_and_strangers_have_their_place(launch, test_articles) -> None:
    page = launch(below="positions", to="2026-02-05")
    assert not page.exception
    shown = words(page)
    for ground in ("Rafah crossing", "Kissufim crossing", "Netzarim Corridor"):
        assert f'">{ground}</b>' in shown
    assert '<b class="party">Indonesia</b>' in shown
    assert "on no list of parties" in shown
    assert any("that day has passed" in label for label in cells(page))
    assert any("Levant Wire, Reuters" in label for label in cells(page))
    silent, elsewhere = (one for one in page.expander if one.label[0].isdigit())
    assert silent.label.startswith("4 events there state no position")
    assert len(silent.button) == 4
    assert elsewhere.label.startswith(f"{len(elsewhere.button)} further demands, plans, claims")
    shown = {one.key.partition("_")[2] for one in (*silent.button, *elsewhere.button)}
    world = build_world(test_articles, GEODATA)
    stated = {one.event for one in world.statements}
    # Talks without a mediator, visits, attacks and the war are no positions anywhere.
    last = date(2026, 2, 5)
    assert {
        one.id
        for one in world.events
        if one.kind in KINDS and one.id not in stated and one.period.first <= last
    } == {one.key.partition("_")[2] for one in elsewhere.button}
    assert shown.isdisjoint(stated)


def test_names_of_grounds_and_parties_follow_the_language(launch) -> None:
    shown = words(launch(below="positions", to=TO, lang="he"))
    assert "מסדרון נצרים" in shown
    assert '<b class="party">חמאס</b>' in shown
