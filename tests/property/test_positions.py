"""Positions: superseding does not depend on the order, nor on what was published later."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import groupby

from hypothesis import given
from hypothesis import strategies as st

from components.brief.positions import dated, positions_on
from components.model.event import Basis, Kind, Mode
from components.model.period import Period
from components.model.position import Ground, Party, Statement, Subject
from tests.worlds import names

DAYS = st.dates(date(2024, 1, 1), date(2024, 2, 15))
GROUNDS = [Ground(name, name, None, names(name)) for name in ("strip", "line")]
PARTIES = [Party(name, names(name)) for name in ("one", "other")]


@st.composite
def statements(draw):
    """Return what an article may tell: taken on some days, published on the last or later."""
    first = draw(DAYS)
    last = first + timedelta(draw(st.integers(0, 10)))
    number = draw(st.integers(0, 10**9))
    stance = draw(st.sampled_from(["stay", "leave", "both"]))
    return Statement(
        event=f"made-up:{number}-{number + 1}:deployment",
        party=draw(st.sampled_from(PARTIES)),
        ground=draw(st.sampled_from(GROUNDS)),
        subject=draw(st.sampled_from([Subject.TROOPS, Subject.ARMS])),
        kind=Kind.DEPLOYMENT,
        mode=draw(st.sampled_from(Mode)),
        stance=stance,
        one=stance,
        many=stance,
        title=f"Event {number}",
        when=str(first),
        days=Period.of(first, last),
        published=last + timedelta(draw(st.integers(0, 20))),
        publisher=draw(st.sampled_from(["A paper", "Another"])),
        article="made-up",
        basis=Basis.STATED,
    )


MANY = st.lists(statements(), max_size=14, unique_by=lambda one: one.event)


def said(positions) -> list[str]:
    return [one.event for position in positions for one in position.told]


@given(MANY, DAYS, st.booleans(), st.randoms())
def test_superseding_is_the_same_in_whatever_order_they_come(many, day, hindsight, dice) -> None:
    mixed = [*many]
    dice.shuffle(mixed)
    known = [*dated(mixed)]
    dice.shuffle(known)
    assert positions_on(known, day, hindsight=hindsight) == positions_on(
        dated(many), day, hindsight=hindsight
    )


@given(MANY, DAYS)
def test_nothing_published_after_the_day_counts_without_hindsight(many, day) -> None:
    published = [one for one in many if one.published <= day]

    def words(some):
        return [
            (position.id, position.told[0].event, [one.id for one in position.older])
            for position in positions_on(dated(some), day)
        ]

    assert words(many) == words(published)


@given(MANY, DAYS, st.booleans())
def test_every_statement_that_is_known_is_told_once_or_stands_under_a_later_one(
    many, day, hindsight
) -> None:
    found = positions_on(dated(many), day, hindsight=hindsight)
    standing = said(found)
    older = {event for position in found for event in said(position.older)}
    known = {one.event for one in many if one.known_from(hindsight=hindsight) <= day}
    assert len(standing) == len(set(standing))
    assert older.isdisjoint(standing)
    assert older | set(standing) == known


@given(MANY, DAYS, st.booleans())
def test_what_stands_is_contradicted_by_nothing_that_is_certainly_later(
    many, day, hindsight
) -> None:
    found = positions_on(dated(many), day, hindsight=hindsight)
    for _, group in groupby(
        found, key=lambda one: (one.latest.ground.id, one.latest.party.id, one.latest.subject)
    ):
        told = [one for position in group for one in position.told]
        assert not any(one.contradicts(other) for one in told for other in told)


@given(MANY, DAYS, st.booleans())
def test_what_is_older_ended_before_what_it_stands_under_began(many, day, hindsight) -> None:
    for position in positions_on(dated(many), day, hindsight=hindsight):
        latest = max(one.days.first for one in position.told)
        assert all(older.since.days.last < latest for older in position.older)
