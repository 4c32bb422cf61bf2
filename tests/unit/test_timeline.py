"""The timeline: who stands in which row, what its bands and marks tell, and what is left out."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from components.brief.parties import PartyList
from components.draw.chart import DAY_MS, FRAMES
from components.draw.rows import by_corridor, by_party
from components.draw.states import bands, tints
from components.draw.style import THEMES, Ground, glyph
from components.draw.timeline import Timeline, timeline
from components.model.event import Actor, Basis, Kind, Mode, Role, Theme
from components.model.layer import Control, Method
from components.model.period import Period
from components.model.place import Language, Names
from components.model.position import Ground as Spoken
from components.model.position import Party, Statement, Subject
from components.model.table import day_number
from components.model.view import View
from components.model.world import How, Link, PlacedEvent, Site, UnplacedEvent
from components.pipeline import scene
from tests.worlds import (
    SOURCE,
    article,
    event,
    footprint,
    layer,
    mention,
    names,
    place,
    row,
    table,
    world,
)

SPAN = Period.of(date(2024, 1, 1), date(2024, 12, 31))
WINDOW = Period.of(date(2024, 5, 1), date(2024, 8, 22))
GATE = place("Gate", kind="crossing")
BORDER = layer(footprint(layer="border"), name="Border", kind="border")
CORRIDOR = layer(footprint())
GATES = layer(
    footprint(layer="crossings", place="gate", names=names("Gate"), status="open"),
    name="Crossings",
    kind="crossings",
)
LAND = (CORRIDOR, BORDER, GATES)
ISRAEL = Party("israel", Names("Israel", "إسرائيل", "ישראל"), ("israeli *",))
EGYPT = Party("egypt", Names("Egypt", "مصر", "מצרים"))
ALL_LAYERS = frozenset(one.id for one in LAND)


def link(of, to: str, how: How = How.NAMED, role: Role = Role.EVENT, **changes) -> Link:
    fields = {"footprint": None, "distance_m": None, "basis": Basis.STATED} | changes
    return Link(event=of.id, layer=to, how=how, role=role, **fields)


def statement(of, ground: str) -> Statement:
    return Statement(
        event=of.id,
        party=ISRAEL,
        ground=Spoken(ground, ground, None, names(ground)),
        subject=Subject.TROOPS,
        kind=of.kind,
        mode=of.mode,
        stance="stays",
        one="stays",
        many="stay",
        title=of.title,
        when=of.when,
        days=of.period,
        published=date(2024, 8, 22),
        publisher="A paper",
        article="made-up",
        basis=Basis.STATED,
    )


def grounds(known) -> dict[str, list[str]]:
    """Return which events stand in which row."""
    groups = by_corridor(known.outcomes, known, ALL_LAYERS)
    return {one.id: [event.id for event in one.events] for one in groups if one.events}


def drawn(known, find=None, *, span: Period = SPAN, **choices) -> Timeline:
    view = View(**{"window": WINDOW, "layers": ALL_LAYERS} | choices)
    return timeline(scene(known, view), known, span, Ground.LIGHT, find)


def told(of: Timeline, name: str = "events") -> list[dict]:
    return of.rows["datasets"][name]


class TestCorridors:
    """Which rows an event stands in, when they are corridors."""

    def test_an_event_stands_in_every_corridor_where_it_takes_place(self) -> None:
        one = event()
        known = world((one,), layers=LAND, links=(link(one, "corridor"), link(one, "border")))
        assert grounds(known) == {"corridor": [one.id], "border": [one.id]}

    def test_where_it_takes_place_comes_before_what_it_is_about(self) -> None:
        one = event()
        topic = link(one, "border", role=Role.TOPIC)
        known = world((one,), layers=LAND, links=(link(one, "corridor"), topic))
        assert grounds(known) == {"corridor": [one.id]}
        assert grounds(replace(known, links=(topic,))) == {"border": [one.id]}

    def test_it_stands_where_its_positions_stand(self) -> None:
        one = event()
        known = world((one,), layers=LAND, links=(link(one, "border"),))
        known = replace(known, statements=(statement(one, "corridor"),))
        assert grounds(known) == {"corridor": [one.id]}

    def test_what_lies_inside_a_corridor_stands_there_when_it_names_none(self) -> None:
        one = event()
        known = world((one,), layers=LAND, links=(link(one, "corridor", How.INSIDE),))
        assert grounds(known) == {"corridor": [one.id]}

    @pytest.mark.parametrize("changes", [{"how": How.NEAR}, {"basis": Basis.GUESSED}])
    def test_what_is_only_near_or_guessed_is_elsewhere(self, changes) -> None:
        one = event()
        known = world((one,), layers=LAND, links=(link(one, "corridor", **changes),))
        assert grounds(known) == {"": [one.id]}

    def test_an_event_at_a_crossing_stands_in_that_crossings_row(self) -> None:
        one = event()
        known = world(layers=LAND, places=(GATE,), events=(one,))
        known = replace(known, placed=(PlacedEvent(one, (Site(mention("Gate"), GATE),)),))
        assert grounds(known) == {"gate": [one.id]}

    def test_an_event_inside_a_crossing_stands_in_that_crossings_row(self) -> None:
        one = event()
        inside = link(one, "crossings", How.INSIDE, footprint=GATES.footprints[0].id)
        known = world((one,), layers=LAND, places=(GATE,), links=(inside,))
        assert grounds(known) == {"gate": [one.id]}

    def test_a_draft_stands_where_it_was_placed(self) -> None:
        one = event()
        drafts = (PlacedEvent(one, (Site(mention("Corridor"), CORRIDOR),)),)
        known = replace(world(layers=LAND), drafts=drafts)
        shown = drawn(known, drafts=True)
        assert [found["row"] for found in told(shown)] == ["Corridor"]

    def test_an_event_without_a_place_is_not_lost(self) -> None:
        one = event()
        assert [found["row"] for found in told(drawn(world(unplaced=(one,))))] == ["Elsewhere"]


class TestParties:
    """Which rows an event stands in, when they are parties."""

    find = staticmethod(PartyList((ISRAEL, EGYPT)).find)

    def rows(self, *events) -> list[tuple[str, list[str]]]:
        known = replace(world(events), parties=(ISRAEL, EGYPT))
        groups = by_party(known.outcomes, known, self.find)
        return [(one.names.en, [event.id for event in one.events]) for one in groups if one.events]

    def test_listed_ones_come_in_the_lists_order_then_others_by_name_then_nobody(self) -> None:
        several = event(
            actors=tuple(Actor(name, "participant") for name in ("Zed", "Egypt", "Abe", "Israel"))
        )
        nobody = event()
        assert [name for name, _ in self.rows(nobody, several)] == [
            "Israel", "Egypt", "Abe", "Zed", "Nobody named",
        ]  # fmt: skip

    def test_two_names_of_one_party_are_one_row(self) -> None:
        one = event(actors=(Actor("Israel", "moves"), Actor("Israeli military", "moves")))
        assert self.rows(one) == [("Israel", [one.id])]

    def test_whom_something_is_asked_of_does_not_do_it(self) -> None:
        one = event(actors=(Actor("Egypt", "urges"), Actor("Israel", "target")))
        assert self.rows(one) == [("Egypt", [one.id])]

    @pytest.mark.parametrize("mode", [Mode.CLAIMED, Mode.DENIED])
    def test_who_is_only_claimed_to_have_done_it_does_not_do_it(self, mode) -> None:
        actors = (Actor("Egypt", "claims"), Actor("Israel", "said to act"))
        one = event(mode=mode, actors=actors)
        assert self.rows(one) == [("Egypt", [one.id])]

    def test_who_acts_as_another_article_tells_it_has_it_too(self) -> None:
        other = event(actors=(Actor("Egypt", "moves"),))
        one = event(actors=(Actor("Israel", "moves"),), also=(other,))
        assert [name for name, _ in self.rows(one)] == ["Israel", "Egypt"]


class TestBands:
    """What a corridor, the border or a crossing was like, as bands."""

    def held(self, *spans: tuple[str, str]) -> list[list[tuple[str, str]]]:
        """Return holders and days of each lane."""
        controls = tuple(
            Control(holder, Period.from_edtf(edtf), "It says so.", SOURCE) for holder, edtf in spans
        )
        found = bands([footprint(control=controls)], SPAN, dict.fromkeys("ABC", 0.5))
        return [[(band.words, band.days.edtf) for band in lane] for lane in found]

    def test_one_holder_told_twice_is_one_band(self) -> None:
        found = self.held(("A", "2024-01-05/2024-03-31"), ("A", "2024-04-01/.."))
        assert found == [[("Held by: A", "2024-01-05/2024-12-31")]]

    def test_a_time_without_a_holder_parts_its_bands(self) -> None:
        found = self.held(("A", "2024-01-05/2024-03-31"), ("A", "2024-04-02/2024-04-03"))
        assert len(found[0]) == 2

    def test_two_holders_at_once_lie_under_one_another(self) -> None:
        assert self.held(("A", "2024-02/2024-03"), ("B", "2024-03/2024-04")) == [
            [("Held by: A", "2024-02-01/2024-03-31")],
            [("Held by: B", "2024-03-01/2024-04-30")],
        ]

    def test_what_lies_outside_the_span_is_left_out(self) -> None:
        assert self.held(("A", "2023"), ("B", "2024-02")) == [
            [("Held by: B", "2024-02-01/2024-02-29")]
        ]

    def test_a_holder_is_as_dark_in_every_row(self) -> None:
        always = Period.of(date.min, date.max)
        controls = [Control(name, always, "", SOURCE) for name in "ABCDEF"]
        found = tints([layer(footprint(control=(one,))) for one in controls])
        assert list(found) == [*"ABCDEF"]
        assert found["A"] > found["B"] > found["C"] > 0
        assert min(found.values()) > 0

    def test_a_band_is_as_high_as_the_corridor_was_wide(self) -> None:
        days = [date(2024, month, 1) for month in (1, 4, 7, 10, 12)]
        narrow = footprint(days[0], days[1], width_m=2000, method=Method.SURVEYED)
        wide = footprint(days[1], days[2], width_m=4000, method=Method.SCHEMATIC)
        unknown = footprint(days[2], days[3])
        gone = footprint(days[3], days[4], shape=None)
        lanes = bands([narrow, wide, unknown, gone], SPAN, {})
        found = {band.words: band for lane in lanes for band in lane}
        assert list(found) == ["2 km wide", "width not known", "4 km wide", "no outline"]
        assert found["2 km wide"].share == pytest.approx(found["4 km wide"].share / 2)
        assert [one for one in found if not found[one].sure] == ["4 km wide", "no outline"]
        assert [one for one in found if not found[one].tint] == ["width not known", "no outline"]

    def test_a_line_has_no_band_for_its_width(self) -> None:
        assert bands([footprint()], SPAN, {}) == ()

    @pytest.mark.parametrize("status", ["open", "limited", "closed", "unknown"])
    def test_a_crossing_tells_its_state_in_words_and_by_a_sign(self, status) -> None:
        one = footprint(status=status, status_words="As told", label="As told")
        ((band,),) = bands([one], SPAN, {})
        assert band.status == status
        assert band.words == status
        assert band.more == f"{status}: As told"
        assert band.sure == (status != "unknown")

    def test_the_more_open_a_crossing_the_darker(self) -> None:
        states = [bands([footprint(status=one)], SPAN, {})[0][0].tint for one in
                  ("open", "limited", "closed")]  # fmt: skip
        assert states == sorted(states, reverse=True)
        assert len({*states}) == 3

    def test_every_band_tells_its_source(self) -> None:
        days = Period.of(date.min, date.max)
        one = footprint(
            width_m=9.0, status="open", control=(Control("A", days, "They hold it.", SOURCE),)
        )
        found = [band.told for lane in bands([one], SPAN, {"A": 0.4}) for band in lane]
        assert len(found) == 3
        assert all("Somebody, 2024, original not opened" in words for words in found)

    def test_the_states_of_a_layer_that_is_off_are_not_drawn_but_named(self) -> None:
        known = world(layers=LAND, places=(GATE,))
        on, off = drawn(known), drawn(known, layers=ALL_LAYERS - {"crossings"})
        assert [band["title"] for band in told(on, "bands")] == ["Gate: open"]
        assert told(off, "bands") == []
        assert (on.stateless, off.stateless) == ((), ("Crossings",))


class TestMarks:
    """How one event is drawn."""

    def test_an_exact_day_is_its_whole_day_and_not_in_a_frame(self) -> None:
        (found,) = told(drawn(world((event("2024-05-07"),))))
        assert found["exact"]
        assert found["x"] == day_number(date(2024, 5, 7)) * DAY_MS
        assert found["x2"] - found["x"] == DAY_MS

    @pytest.mark.parametrize("edtf", ["2024-05", "2024-05-07?", "2024-05-07/2024-05-09"])
    def test_a_vague_date_is_a_bar_over_all_its_days(self, edtf) -> None:
        one = event(edtf)
        (found,) = told(drawn(world((one,))))
        assert not found["exact"]
        assert found["x"] == day_number(one.period.first) * DAY_MS
        assert found["x2"] == (day_number(one.period.last) + 1) * DAY_MS

    @pytest.mark.parametrize(
        ("edtf", "signs", "note"),
        [
            ("../2024-05-07", ("←?", ""), "Its start is not stated."),
            ("2024-05-07/..", ("", "→?"), "Its end is not stated or has not come."),
            ("2023-11/2024-02", ("←", ""), "It begins before the slider's first day."),
            ("2024-11/2025-02", ("", "→"), "It ends after the slider's last day."),
        ],
    )
    def test_an_open_or_cut_end_runs_to_the_edge_and_says_so(self, edtf, signs, note) -> None:
        (found,) = told(drawn(world((event(edtf),))))
        assert (found["before"], found["after"]) == signs
        assert note in found["when"]
        edges = (day_number(SPAN.first) * DAY_MS, (day_number(SPAN.last) + 1) * DAY_MS)
        assert (found["x"] == edges[0], found["x2"] == edges[1]) == tuple(map(bool, signs))

    def test_modes_differ_in_print_without_colour(self) -> None:
        looks = {(one.fill, one.dash, one.stroke_px) for one in FRAMES.values()}
        assert len(looks) == len(Mode)
        shapes = {glyph(Theme.WAR, mode).replace("theme-war", "") for mode in Mode}
        assert len(shapes) == len(Mode)
        facts = {mode for mode, frame in FRAMES.items() if frame.fill}
        assert facts == {Mode.HAPPENED, Mode.ONGOING}

    def test_the_chart_draws_them_as_the_table_says(self) -> None:
        spec = drawn(world((event(),))).rows
        params = {one["name"]: one.get("value") for one in spec["params"]}
        assert params["frames"]["planned"] == {"fill": 0, "dash": [1, 0], "stroke_px": 1.8}
        assert set(params["glyphs"]) == {f"{theme}-{mode}" for theme in Theme for mode in Mode}
        assert params["themes"]["war"] == THEMES[Theme.WAR].light
        bars = next(one for one in spec["layer"] if one["name"] == "bars")["mark"]
        assert bars["fillOpacity"] == {"expr": "frames[datum.mode].fill"}
        assert bars["strokeDash"] == {"expr": "frames[datum.mode].dash"}
        assert bars["strokeWidth"] == {"expr": "frames[datum.mode].stroke_px"}

    def test_it_says_in_words_what_is_no_fact(self) -> None:
        events = [event(mode=mode, title="They go") for mode in Mode]
        assert [one["caption"] for one in told(drawn(world(tuple(events))))] == [
            "They go", "ongoing: They go", "planned: They go", "demanded: They go",
            "claimed: They go", "denied: They go",
        ]  # fmt: skip

    def test_it_tells_who_says_so_and_who_published_it(self) -> None:
        papers = (article(), article("other", publisher="Another paper"))
        other = event(evidence=(replace(event().evidence[0], article="other"),))
        known = replace(world((event(also=(other,)),)), articles=papers)
        (found,) = told(drawn(known))
        assert found["says"] == "Somebody"
        assert found["publisher"] == "A paper; Another paper"

    def test_a_draft_is_called_one_and_stands_only_behind_its_switch(self) -> None:
        known = replace(world(), drafts=(UnplacedEvent(event(title="They go"), "", None),))
        (found,) = told(drawn(known, drafts=True))
        assert (found["draft"], found["caption"]) == (True, "Draft: They go")
        assert told(drawn(known)) == []
        assert (drawn(known).drafts_left, drawn(known, drafts=True).drafts_left) == (1, 0)

    def test_a_theme_that_is_off_is_counted_and_not_drawn(self) -> None:
        known = world((event(), event(kind=Kind.ATTACK)))
        found = drawn(known, themes=frozenset({Theme.WAR}))
        assert [one["theme"] for one in told(found)] == ["war"]
        assert (found.events, found.turned_off) == (1, 1)

    def test_an_event_outside_the_window_is_drawn_all_the_same(self) -> None:
        assert drawn(world((event("2024-01-02"),))).events == 1

    def test_one_that_lies_outside_the_slider_is_counted(self) -> None:
        found = drawn(world((event("2020"),)))
        assert (found.events, found.outside, told(found)) == (0, 1, [])


class TestWindow:
    """What follows the slider."""

    def test_only_data_changes_with_the_window_and_the_selection(self) -> None:
        one = event("2024-05-07")
        known = world((one,), layers=LAND, places=(GATE,))
        before = drawn(known)
        after = drawn(known, window=Period.of(date(2024, 2, 1), date(2024, 2, 9)), event=one.id)
        for name in ("days", "rows"):
            first, second = (getattr(one_time, name) for one_time in (before, after))
            assert [*first["datasets"]] == [*second["datasets"]]
            assert first | {"datasets": None} == second | {"datasets": None}
        assert told(before) == told(after)
        assert told(before, "selected") == []
        assert [found["event"] for found in told(after, "selected")] == [one.id]
        assert told(before, "window") != told(after, "window")

    def test_it_is_shaded_to_the_end_of_its_last_day_which_is_said(self) -> None:
        (found,) = told(drawn(world()), "window")
        assert found == {
            "x": day_number(WINDOW.first) * DAY_MS,
            "x2": (day_number(WINDOW.last) + 1) * DAY_MS,
            "last": (day_number(WINDOW.last) + 0.5) * DAY_MS,
            "words": "Thu 22 Aug 2024",
        }

    def test_a_cumulative_window_begins_with_the_slider(self) -> None:
        (found,) = told(drawn(world(), cumulative=True), "window")
        assert found["x"] == day_number(SPAN.first) * DAY_MS

    def test_the_axis_is_the_span_of_the_slider(self) -> None:
        for spec in (drawn(world()).days, drawn(world()).rows):
            line = next(one for one in spec["layer"] if one["name"] == "last_day")
            first, last = line["encoding"]["x"]["scale"]["domain"]
            assert (first["year"], first["month"], first["date"]) == (2024, 1, 1)
            assert (last["year"], last["month"], last["date"], last["hours"]) == (2024, 12, 31, 23)
            assert first["utc"]
            assert last["utc"]


class TestRows:
    """Names, order and height of rows."""

    def test_their_names_are_in_the_visitors_language(self) -> None:
        known = world((event(actors=(Actor("Israel", "moves"),)),))
        known = replace(known, parties=(ISRAEL,))
        find = PartyList((ISRAEL,)).find
        for language, name in ((Language.ARABIC, "إسرائيل"), (Language.HEBREW, "ישראל")):
            found = drawn(known, find, language=language)
            assert [one["name"] for one in told(found, "names")] == [name]
            text = next(one for one in found.rows["layer"] if one["name"] == "names")
            assert (text["mark"]["dir"], text["mark"]["align"]) == ("rtl", "right")

    def test_a_click_on_a_crossings_name_opens_that_crossing(self) -> None:
        (found,) = told(drawn(world(layers=LAND, places=(GATE,))), "names")
        assert (found["name"], found["layer"], found["place"]) == ("Gate", "crossings", "gate")
        assert found["told"] == "", "it has states, and no events to count"

    def test_they_lie_under_one_another_and_the_chart_holds_them(self) -> None:
        events = tuple(event("2024-05-07") for _ in range(9))
        found = drawn(world(events, layers=LAND, places=(GATE,)))
        middles = [one["middle"] for one in told(found)]
        assert len({*middles}) == 9
        assert max(middles) < found.rows["height"]
        tops = [one["y"] for one in told(found, "names")]
        assert tops == sorted(tops)
        assert tops[-1] < min(middles)

    def test_the_charts_say_what_they_are(self) -> None:
        known = world((event(),), layers=LAND, places=(GATE,))
        words = drawn(known).rows["description"]
        assert words.startswith(
            "Timeline by corridor, from Mon 1 Jan 2024 to Tue 31 Dec 2024. Rows: Gate; Elsewhere."
        )
        assert "Events: 1." in words


class TestRecorded:
    """Recorded events, of which there may be a million."""

    def rows(self, *edtfs: str, kind: str = "attack"):
        return [row(Period.from_edtf(edtf), kind=kind) for edtf in edtfs]

    def test_they_are_counted_by_days_and_not_drawn_one_by_one(self) -> None:
        known = replace(
            world(), table=table(*self.rows("2024-05-07", "2024-05-07", "2024-06-07", "2024-07"))
        )
        found = drawn(known)
        assert told(found) == []
        assert [one["told"] for one in told(found, "counts")] == [
            "2 recorded in 2 days", "1 recorded in 2 days",
        ]  # fmt: skip
        (name,) = told(found, "names")
        assert name["told"] == "3 on exact days, up to 2 in 2 days; 1 on vague dates, not drawn"

    def test_those_whose_theme_is_off_are_not_counted(self) -> None:
        known = replace(
            world(),
            table=table(*self.rows("2024-05-07"), *self.rows("2024-05-07", kind="talks")),
        )
        (found,) = told(drawn(known, themes=frozenset({Theme.WAR})), "counts")
        assert found["told"] == "1 recorded in 2 days"

    def test_without_a_table_there_is_no_strip(self) -> None:
        assert told(drawn(world((event(),))), "counts") == []
        assert [one["name"] for one in told(drawn(world((event(),))), "names")] == ["Elsewhere"]

    def test_a_table_of_which_nothing_is_on_leaves_the_strip_empty(self) -> None:
        known = replace(world(), table=table(*self.rows("2024-05-07")))
        assert told(drawn(known, themes=frozenset()), "counts") == []
