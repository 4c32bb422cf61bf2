"""Who wants, claims or does what, where and since when: from real articles and made-up ones."""

from __future__ import annotations

from datetime import date

import pytest
from shapely.geometry import LineString, box

from components.brief.parties import PartyList
from components.brief.positions import Reader, dated, positions_on, taken
from components.geo.gazetteer import Gazetteer
from components.model.event import Actor, Attribution, Basis, Kind, Mode, Role, Scope
from components.model.place import Names
from components.model.position import Party, Subject
from components.pipeline import build_world
from tests import worlds

ISRAEL = Party("israel", Names("Israel", "a", "h"), ("Israeli military",))
HAMAS = Party("hamas", Names("Hamas", "a", "h"))
SOURCES = Party("unnamed_sources", Names("Unnamed sources", "a", "h"), ("*sources",))
PARTIES = PartyList((ISRAEL, HAMAS, SOURCES))
LINE = worlds.footprint(layer="border", shape=LineString([(34.2, 31.3), (34.27, 31.22)]))
STRIP = worlds.footprint(
    layer="strip", shape=LineString([(34.2, 31.3), (34.27, 31.22)]).buffer(0.01)
)
FAR = worlds.footprint(layer="far", shape=box(34.4, 31.4, 34.45, 31.46))
BORDER = worlds.layer(LINE, name="Border", kind="border")
ALONG = worlds.layer(STRIP, name="Strip")
AWAY = worlds.layer(FAR, name="Far")
GATES = worlds.layer(name="Crossings", kind="crossings")
GATE = worlds.place("Gate", kind="crossing")
TOWN = worlds.place("Town")
GAZETTEER = Gazetteer.of((BORDER, ALONG, AWAY, GATES), (GATE, TOWN))
READER = Reader(
    PARTIES,
    (BORDER, ALONG, AWAY, GATES),
    lambda mention: GAZETTEER.find(mention.name, mention.at),
)


@pytest.fixture(scope="module")
def owners(repository):
    return build_world(repository / "seeds", repository / "geodata")


def told(
    day,
    kind,
    mode,
    actor,
    role,
    place="Strip",
    *,
    publisher="A paper",
    others=(),
    beside=(),
    **changes,
):
    """Return the statements of one made-up event that an article of `day` tells."""
    one = worlds.event(
        changes.pop("edtf", f"{day}?"),
        kind=kind,
        mode=mode,
        actors=tuple(Actor(*pair) for pair in ((actor, role), *others) if pair[0]),
        places=changes.pop("places", (worlds.mention(place),)),
        **changes,
    )
    article = worlds.article(
        publisher=publisher, published=date.fromisoformat(day), events=(one, *beside)
    )
    return list(READER.statements(one, article))


def keeps(day, **changes):
    return told(day, Kind.DEPLOYMENT, Mode.DEMANDED, "Israel", "demands", **changes)


def leaves(day, **changes):
    return told(day, Kind.WITHDRAWAL, Mode.PLANNED, "Israeli military", "moves", **changes)


def on(day, *statements, hindsight=False):
    found = [one for several in statements for one in several]
    return positions_on(dated(found), date.fromisoformat(day), hindsight=hindsight)


def test_the_owners_article_says_on_22_august_what_the_facts_say(owners) -> None:
    found = positions_on(owners.statements, date(2024, 8, 22))
    said = {
        (
            one.latest.ground.names.en,
            one.latest.party.names.en,
            one.latest.one,
            str(one.latest.mode),
        )
        for one in found
    }
    assert said == {
        ("Netzarim Corridor", "Israel", "wants to keep troops", "demanded"),
        ("Philadelphi Corridor", "Israel", "wants to keep troops", "demanded"),
        ("Philadelphi Corridor", "Egypt", "wants Israel out", "demanded"),
        ("Philadelphi Corridor", "Hamas", "wants Israel out", "demanded"),
        ("Philadelphi Corridor", "Israel", "claims that arms came through", "claimed"),
        ("Philadelphi Corridor", "Egypt", "claims that routes are shut", "claimed"),
        ("Philadelphi Corridor", "United States", "seeks compromises", "happened"),
        ("Philadelphi Corridor", "Egypt", "seeks compromises", "happened"),
        ("Egypt-Gaza border", "Hamas", "wants Israel out", "demanded"),
    }
    assert len(found) == len(said)
    assert all(one.publishers == ("Reuters",) for one in found)


def test_the_owners_article_keeps_the_advance_of_may_under_the_demand(owners) -> None:
    (troops,) = [
        one
        for one in positions_on(owners.statements, date(2024, 8, 22))
        if one.latest.ground.id == "philadelphi_corridor"
        and one.latest.party.id == "israel"
        and one.latest.subject is Subject.TROOPS
    ]
    (advance,) = troops.older
    assert advance.latest.one == "moved troops in"
    assert advance.since_words == "May 2024, day not stated"
    assert troops.since_words == "since Thu 22 Aug 2024 (uncertain)"


def test_every_position_leads_to_a_sentence(owners) -> None:
    for one in owners.statements:
        event = owners.event(one.event)
        assert event is not None
        assert event.evidence[0].quote


def test_the_day_before_it_was_published_nothing_is_known_without_hindsight(owners) -> None:
    day = date(2024, 8, 21)
    assert positions_on(owners.statements, day) == ()
    (advance,) = positions_on(owners.statements, day, hindsight=True)
    assert advance.latest.one == "moved troops in"


def test_a_later_position_supersedes_and_the_older_one_stays_under_it() -> None:
    (now,) = on("2024-10-01", keeps("2024-08-22"), leaves("2024-09-10"))
    assert now.latest.one == "plans to withdraw"
    assert [one.latest.one for one in now.older] == ["wants to keep troops"]
    (before,) = on("2024-09-09", keeps("2024-08-22"), leaves("2024-09-10"))
    assert before.latest.one == "wants to keep troops"
    assert not before.older


def test_what_was_wanted_again_after_all_is_not_lost() -> None:
    (now,) = on("2025-01-01", keeps("2024-08-22"), leaves("2024-09-10"), keeps("2024-12-12"))
    assert now.latest.one == "wants to keep troops"
    assert now.since_words == "since Thu 12 Dec 2024 (uncertain)"
    assert [one.latest.one for one in now.older] == ["plans to withdraw", "wants to keep troops"]


def test_the_same_position_told_twice_is_one_since_the_first_time() -> None:
    (now,) = on("2025-01-01", keeps("2024-08-22"), keeps("2024-12-12", publisher="Another"))
    assert len(now.told) == 2
    assert now.since_words == "since Thu 22 Aug 2024 (uncertain)"
    assert now.latest.when == "Thu 12 Dec 2024 (uncertain)"
    assert now.publishers == ("Another", "A paper")


def test_where_sources_of_one_day_disagree_both_stand() -> None:
    both = on("2024-10-01", keeps("2024-09-10"), leaves("2024-09-10", publisher="Another"))
    assert {one.latest.one for one in both} == {"wants to keep troops", "plans to withdraw"}
    assert not any(one.older for one in both)


def test_where_the_days_are_too_vague_to_say_which_was_later_both_stand() -> None:
    month = told(
        "2024-06-20", Kind.ADVANCE, Mode.HAPPENED, "Israeli military", "moves", edtf="2024-05"
    )
    day = told(
        "2024-06-20", Kind.WITHDRAWAL, Mode.HAPPENED, "Israeli military", "moves", edtf="2024-05-20"
    )
    assert len(on("2024-06-30", month, day)) == 2


def test_a_demand_on_others_is_not_contradicted_by_what_one_does_with_ones_own_troops() -> None:
    demand = told(
        "2024-08-22", Kind.WITHDRAWAL, Mode.DEMANDED, "Hamas", "demands",
        others=[("Israel", "target")],
    )  # fmt: skip
    deed = told("2024-10-05", Kind.DEPLOYMENT, Mode.HAPPENED, "Hamas", "moves")
    assert {one.latest.one for one in on("2024-10-06", demand, deed)} == {
        "wants Israel out",
        "sent troops",
    }


def test_having_troops_somewhere_takes_back_no_wish_to_have_them_there() -> None:
    moved = ("2024-10-05", Kind.ADVANCE, Mode.HAPPENED, "Israeli military", "moves")
    both = on("2024-10-06", keeps("2024-08-22"), told(*moved))
    assert {one.latest.one for one in both} == {"wants to keep troops", "moved troops in"}
    (left,) = on("2024-10-06", keeps("2024-08-22"), leaves("2024-10-05"))
    assert [one.latest.one for one in left.older] == ["wants to keep troops"]


def test_of_one_day_the_sentence_that_names_the_ground_and_tells_a_fact_is_opened(owners) -> None:
    for party in ("egypt", "united_states"):
        (one,) = (
            one
            for one in positions_on(owners.statements, date(2024, 8, 22))
            if one.latest.party.id == party and one.latest.one == "seeks compromises"
        )
        sentence = owners.event(one.latest.event).evidence[0].quote
        assert sentence.startswith("Egyptian and U.S. officials had met to seek compromises")
        assert one.since == one.latest


def test_a_claim_of_another_day_tells_both_days() -> None:
    (claim,) = told(
        "2024-11-13", Kind.OPENING, Mode.CLAIMED, "Israel", "claims", "Gate", edtf="2024-11-12"
    )
    assert claim.when == "Wed 13 Nov 2024, of Tue 12 Nov 2024"


def test_what_is_published_later_counts_with_hindsight_only() -> None:
    late = told(
        "2024-08-22", Kind.ADVANCE, Mode.HAPPENED, "Israeli military", "moves", edtf="2024-05-10"
    )
    assert on("2024-08-21", late) == ()
    assert len(on("2024-05-10", late, hindsight=True)) == 1
    assert on("2024-05-09", late, hindsight=True) == ()


def test_a_plan_is_a_position_from_the_day_it_is_told_and_says_for_when() -> None:
    (plan,) = on("2024-09-10", leaves("2024-09-10", edtf="2024-12"))
    assert plan.since_words == "since Tue 10 Sep 2024, for December 2024, day not stated"
    assert plan.latest.due.first == date(2024, 12, 1)


@pytest.mark.parametrize(
    ("mode", "edtf", "first", "last"),
    [
        (Mode.DEMANDED, "2024-08-22?", date(2024, 8, 22), date(2024, 8, 22)),
        (Mode.CLAIMED, "../2024-08-22", date(2024, 8, 22), date(2024, 8, 22)),
        (Mode.CLAIMED, "2015", date(2024, 8, 22), date(2024, 8, 22)),
        (Mode.PLANNED, "2024-08-23", date(2024, 8, 22), date(2024, 8, 22)),
        (Mode.HAPPENED, "2024-05", date(2024, 5, 1), date(2024, 5, 31)),
        (Mode.HAPPENED, "../2024-08-21", date(2024, 8, 21), date(2024, 8, 21)),
        (Mode.ONGOING, "2024-05/..", date(2024, 5, 1), date(2024, 8, 22)),
        (Mode.DEMANDED, "../..", date(2024, 8, 22), date(2024, 8, 22)),
    ],
)
def test_when_a_position_was_taken(mode, edtf, first, last) -> None:
    found = taken(worlds.event(edtf, mode=mode), date(2024, 8, 22))
    assert (found.first, found.last) == (first, last)


def test_talks_are_a_position_only_of_whom_the_article_calls_a_mediator() -> None:
    topic = (worlds.mention("Strip", Role.TOPIC),)
    mediates = worlds.event(actors=(Actor("Egypt", "mediator"),))
    talks = {"places": topic, "edtf": "2024-08-22"}
    assert told("2024-08-22", Kind.TALKS, Mode.HAPPENED, "Egypt", "participant", **talks) == []
    (one,) = told(
        "2024-08-22", Kind.TALKS, Mode.HAPPENED, "Egypt", "participant",
        others=[("Israel", "participant")], beside=(mediates,), **talks,
    )  # fmt: skip
    assert (one.party.names.en, one.one) == ("Egypt", "seeks compromises")


def test_what_is_done_somewhere_is_not_done_on_what_it_is_only_about() -> None:
    places = (worlds.mention("Town"), worlds.mention("Strip", Role.TOPIC))
    assert not told("2024-10-05", Kind.DEPLOYMENT, Mode.HAPPENED, "Hamas", "moves", places=places)


def test_an_appeal_is_about_its_topic() -> None:
    (one,) = told(
        "2024-10-05", Kind.APPEAL, Mode.HAPPENED, "Hamas", "urges",
        places=(worlds.mention("Gate", Role.TOPIC),), others=[("Israel", "target")],
    )  # fmt: skip
    assert (one.ground.id, one.ground.layer, one.ground.place) == ("gate", "crossings", "gate")
    assert one.one == "appealed to Israel"


def test_the_border_by_context_is_the_corridor_along_it_when_the_article_names_one() -> None:
    inferred = (worlds.mention("Border", Role.EVENT, Basis.INFERRED),)
    names_strip = worlds.event(places=(worlds.mention("Strip"), worlds.mention("Far")))
    claim = ("2024-08-22", Kind.CLOSURE, Mode.CLAIMED, "Hamas", "claims")
    (with_strip,) = told(*claim, places=inferred, beside=(names_strip,))
    (without,) = told(*claim, places=inferred)
    (stated,) = told(*claim, places=(worlds.mention("Border"),), beside=(names_strip,))
    assert (with_strip.ground.id, with_strip.basis) == ("strip", Basis.INFERRED)
    assert (without.ground.id, without.basis) == ("border", Basis.INFERRED)
    assert (stated.ground.id, stated.basis) == ("border", Basis.STATED)


def test_a_place_that_is_only_likely_gives_no_position() -> None:
    guessed = (worlds.mention("Strip", Role.EVENT, Basis.GUESSED),)
    assert keeps("2024-08-22", places=guessed) == []


def test_where_nobody_acts_it_is_the_position_of_who_says_so() -> None:
    (one,) = told(
        "2024-08-22", Kind.OPENING, Mode.HAPPENED, "", "", "Gate", edtf="2024-08-21",
        attributions=(Attribution("three border sources", "said", Scope.EVENT),),
    )  # fmt: skip
    assert (one.party, one.one, one.said) == (SOURCES, "reports an opening", True)


def test_an_actor_on_no_list_is_shown_by_name() -> None:
    (one,) = told("2024-08-22", Kind.WITHDRAWAL, Mode.DEMANDED, "Ruritania", "demands")
    assert one.party.names.en == "Ruritania"
    assert not one.party.listed


def test_proposals_are_told_apart_since_nobody_can_say_that_they_are_alike() -> None:
    offers = [
        told(day, Kind.PROPOSAL, Mode.HAPPENED, "Hamas", "proposes", edtf=day, title=title)
        for day, title in (("2024-08-22", "One thing"), ("2024-09-22", "Another"))
    ]
    (now,) = on("2024-10-01", *offers)
    assert now.latest.title == "Another"
    assert [one.latest.title for one in now.older] == ["One thing"]
