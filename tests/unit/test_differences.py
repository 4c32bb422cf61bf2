"""What differs between two days: from the land on file, and from small worlds made up for it."""

from __future__ import annotations

from datetime import date

import pytest
from shapely.geometry import LineString, box

from components.brief.differences import differences
from components.brief.positions import dated
from components.model.event import Basis, Kind, Mode
from components.model.layer import Control
from components.model.period import Period
from components.model.position import Ground, Party, Statement, Subject
from components.pipeline import build_world
from tests.worlds import SOURCE, event, footprint, layer, names, row, table, world

JAN, FEB, MAR = (date(2024, month, 15) for month in (1, 2, 3))
SMALL, LARGE = box(34.40, 31.44, 34.42, 31.46), box(34.40, 31.44, 34.50, 31.46)


@pytest.fixture(scope="module")
def owners(repository):
    return build_world(repository / "seeds", repository / "geodata")


def change_of(found, name):
    (change,) = (one for one in found.land if one.layer.id == name)
    return change


def statement(day, stance, *, party="Hamas", ground="strip", published=None, **changes):
    """Return what one event, told on its own day or later, states."""
    taken = date.fromisoformat(day)
    fields = {
        "event": f"made-up:{day}:{party}:{ground}:{stance}",
        "party": Party(party.lower(), names(party)),
        "ground": Ground(ground, ground, None, names(ground)),
        "subject": Subject.TROOPS,
        "kind": Kind.DEPLOYMENT,
        "mode": Mode.DEMANDED,
        "stance": stance,
        "one": stance,
        "many": stance,
        "title": stance,
        "when": day,
        "days": Period.of(taken, taken),
        "published": date.fromisoformat(published or day),
        "publisher": "A paper",
        "article": "made-up",
        "basis": Basis.STATED,
    }
    return Statement(**fields | changes)


def test_philadelphi_grew_by_more_than_its_shapes_are_off(owners) -> None:
    found = differences(owners, date(2024, 5, 1), date(2024, 8, 23))
    change = change_of(found, "philadelphi_corridor")
    then, now, gained, lost = change.measured
    assert (then.drawn_km2, now.drawn_km2) == pytest.approx((1.27, 11.37), abs=0.01)
    assert gained.drawn_km2 == pytest.approx(10.10, abs=0.01)
    assert 3 < gained.least_km2 < gained.drawn_km2 < gained.most_km2 < 17
    assert gained.certain
    assert lost.none
    assert [one.source.publisher for one in change.now.footprints] == ["Bellingcat"]


def test_a_difference_smaller_than_the_shapes_are_off_is_not_certain(owners) -> None:
    found = differences(owners, date(2024, 8, 23), date(2025, 1, 10))
    _, _, gained, lost = change_of(found, "philadelphi_corridor").measured
    assert gained.drawn_km2 == pytest.approx(0.63, abs=0.01)
    assert not gained.certain
    assert not lost.certain


@pytest.mark.parametrize(
    ("day", "lack"),
    [(date(2024, 5, 1), "a line only, no outline"), (date(2025, 2, 20), "no outline")],
)
def test_a_day_without_an_outline_has_no_area_and_says_why(owners, day, lack) -> None:
    change = change_of(differences(owners, day, date(2024, 8, 23)), "netzarim_corridor")
    assert change.then.lack == lack
    assert change.then.area is change.gained is change.lost is change.measured is None
    assert change.now.area.drawn_km2 == pytest.approx(26.3, abs=0.05)
    assert change.then.footprints


def test_the_total_is_of_the_corridors_that_have_an_area_on_both_days(owners) -> None:
    known = differences(owners, date(2024, 7, 15), date(2025, 1, 10))
    assert [one.id for one in known.total.of] == ["netzarim_corridor", "philadelphi_corridor"]
    parts = [one.measured for one in known.land if one.measured]
    for total, *figures in zip(
        (known.total.then, known.total.now, known.total.gained, known.total.lost),
        *parts,
        strict=True,
    ):
        assert total.drawn_km2 == pytest.approx(sum(one.drawn_km2 for one in figures))
        assert total.least_km2 == pytest.approx(sum(one.least_km2 for one in figures))
        assert total.most_km2 == pytest.approx(sum(one.most_km2 for one in figures))
    partly = differences(owners, date(2024, 5, 1), date(2025, 1, 10))
    assert [one.id for one in partly.total.left_out] == ["netzarim_corridor"]
    assert differences(world(), JAN, FEB).total is None


def test_the_same_footprint_on_both_days_is_no_difference_within_its_accuracy() -> None:
    found = differences(world(layers=(layer(footprint(shape=SMALL)),)), JAN, FEB)
    (change,) = found.land
    assert change.same
    assert change.gained.most_km2 == change.lost.most_km2 == 0


def test_another_footprint_with_the_same_outline_may_differ_within_its_accuracy() -> None:
    strip = layer(footprint(last=JAN, shape=SMALL), footprint(first=FEB, shape=SMALL))
    (change,) = differences(world(layers=(strip,)), JAN, FEB).land
    assert not change.same
    assert change.gained.none
    assert change.gained.most_km2 > 0


def test_a_day_on_which_nothing_stood_is_on_record_as_such() -> None:
    strip = layer(footprint(first=FEB, shape=SMALL))
    (change,) = differences(world(layers=(strip,)), JAN, FEB).land
    assert change.then.lack == "nothing is on record"
    assert change.gained is None


def test_control_that_changed_is_told_by_each_source_and_once_for_grounds_that_share_it() -> None:
    def held(first, last, holder, words="holds it"):
        return Control(holder, Period.of(first, last), words, SOURCE)

    egypt = held(date.min, date.max, "Egypt, on its own side")
    control = (egypt, held(date.min, JAN, "Nobody"), held(FEB, date.max, "Israel"))
    strip = layer(footprint(shape=SMALL, control=control))
    line = layer(
        footprint(shape=LineString([(34, 31), (34, 32)]), control=control),
        name="Line",
        kind="border",
    )
    (change,) = differences(world(layers=(strip, line)), JAN, FEB).control
    assert [one.en for one in change.grounds] == ["Corridor", "Line"]
    assert [one.holder for one in change.held.before] == ["Nobody"]
    assert [(one.holder, one.source) for one in change.held.after] == [("Israel", SOURCE)]
    assert change.held.still == (egypt,)
    assert not differences(world(layers=(strip, line)), FEB, MAR).control


def test_crossings_whose_state_changed_are_told_and_the_others_counted() -> None:
    def state(place, first, last, status):
        names_of = names(place)
        return footprint(first, last, place=place, names=names_of, status=status, status_words="so")

    gates = layer(
        state("shut", date.min, JAN, "open"),
        state("shut", FEB, date.max, "closed"),
        state("alike", date.min, JAN, "open"),
        state("alike", FEB, date.max, "open"),
        state("new", FEB, date.max, "limited"),
        name="Crossings",
        kind="crossings",
    )
    found = differences(world(layers=(gates,)), JAN, FEB)
    states = {
        one.names.en: ([gate.status for gate in one.then], [gate.status for gate in one.now])
        for one in found.crossings
    }
    assert states == {"shut": (["open"], ["closed"]), "new": ([], ["limited"])}
    assert found.crossings_alike == 1


@pytest.mark.parametrize(
    ("edtf", "mode", "where"),
    [
        ("2024-01-15", Mode.HAPPENED, None),
        ("2024-01-16", Mode.HAPPENED, "begun"),
        ("2024-02-15", Mode.HAPPENED, "begun"),
        ("2024-02-16", Mode.HAPPENED, None),
        ("2024-02", Mode.HAPPENED, "begun"),
        ("2024-01", Mode.HAPPENED, "perhaps"),
        ("../2024-01-14", Mode.HAPPENED, None),
        ("../2024-02-01", Mode.HAPPENED, "perhaps"),
        ("../2024-03-01", Mode.HAPPENED, "perhaps"),
        ("../2024-02-01", Mode.ONGOING, "perhaps"),
        ("2024-01-01/2024-02-01", Mode.ONGOING, "went_on"),
        ("2024-01-20/..", Mode.ONGOING, "begun"),
    ],
)
def test_events_between_begin_after_the_one_day_and_not_after_the_other(edtf, mode, where) -> None:
    one = event(edtf, mode=mode)
    between = differences(world((one,)), JAN, FEB).between
    places = {name: getattr(between, name) for name in ("begun", "perhaps", "went_on")}
    assert places == dict.fromkeys(places, ()) | ({where: (one,)} if where else {})


def test_recorded_events_between_are_counted() -> None:
    rows = [
        row(Period.from_edtf(edtf))
        for edtf in ("2024-01-16", "2024-02-15", "2024-02-16", "2024-01-15", "../2024-02-01")
    ]
    between = differences(world(table=table(*rows)), JAN, FEB).between
    assert (between.recorded, between.recorded_perhaps) == (2, 1)


def test_positions_that_are_new_changed_or_gone() -> None:
    told = dated(
        [
            statement("2024-01-10", "stays"),
            statement("2024-02-10", "leaves"),
            statement("2024-02-11", "stays", party="Egypt"),
            statement("2024-01-11", "stays", ground="line"),
        ]
    )
    found = differences(world(statements=told), JAN, FEB)
    stances = {
        one.about.party.id: (
            [position.latest.stance for position in one.stances.before],
            [position.latest.stance for position in one.stances.after],
        )
        for one in found.positions
    }
    assert stances == {"hamas": (["stays"], ["leaves"]), "egypt": ([], ["stays"])}
    assert found.positions_alike == 1
    assert all(
        position.latest.publisher == "A paper"
        for one in found.positions
        for position in (*one.stances.before, *one.stances.after)
    )


def test_without_hindsight_a_position_is_new_when_it_is_published() -> None:
    told = dated([statement("2024-01-10", "stays", published="2024-02-01")])
    assert len(differences(world(statements=told), JAN, FEB).positions) == 1
    late = differences(world(statements=told), JAN, FEB, hindsight=True)
    assert not late.positions
    assert late.positions_alike == 1


def test_one_day_twice_has_no_differences(owners) -> None:
    found = differences(owners, date(2024, 8, 23), date(2024, 8, 23))
    assert all(one.same for one in found.land)
    assert not (found.control)
    assert not (found.crossings)
    assert not (found.positions)
    assert not (found.between.begun)
    assert not (found.between.perhaps)
    assert not (found.between.went_on)
