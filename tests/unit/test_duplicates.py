"""One event in two articles: united by a reviewer's word, or proposed with the reason."""

from dataclasses import replace
from datetime import UTC, datetime
from itertools import permutations
from pathlib import Path

import pytest

from components.geo.duplicates import likenesses, united
from components.model.event import Actor, Basis, Kind, Mode, Quantity
from components.model.period import Period
from components.model.world import Likeness, PlacedEvent, Site, UnplacedEvent, World
from components.pipeline import _read_world, build_world, find_place_names
from components.text.review import accept, apart, edit, merge, reject, same
from components.text.sidecar import write_article
from tests.worlds import article, draft, mention, place, told, world

A, B, C = (article(name, publisher=name.upper()) for name in "abc")
CAIRO = Site(mention("Cairo"), place("Cairo"))
ISRAEL, MILITARY = Actor("Israel", "participant"), Actor("Israeli military", "moves")


def chained(*links: tuple[str, str | None]):
    """Return articles with an event each, and what each is said to be the same as."""
    return [
        replace(
            one := article(name, publisher=name.upper()),
            events=(told(one, "Talks", same_as=other and f"{other}:0-5:talks"),),
        )
        for name, other in links
    ]


def names(events) -> list[tuple[str, list[str]]]:
    """Return the articles of events, and of what is united with each."""
    return [
        (one.evidence[0].article, [other.evidence[0].article for other in one.also])
        for one in events
    ]


@pytest.mark.parametrize(
    ("links", "wanted"),
    [
        ([("a", None), ("b", None)], [("a", []), ("b", [])]),
        ([("a", None), ("b", "a")], [("a", ["b"])]),
        ([("a", "b"), ("b", None)], [("b", ["a"])]),
        ([("a", "b"), ("b", "c"), ("c", None)], [("c", ["a", "b"])]),
        ([("a", "b"), ("b", "a")], [("a", ["b"])]),
        ([("a", "b"), ("b", "c"), ("c", "b")], [("b", ["a", "c"])]),
        ([("a", "a")], [("a", [])]),
    ],
)
def test_those_that_are_the_same_are_one_whatever_the_chain(links, wanted) -> None:
    for order in permutations(chained(*links)):
        events, faults = united(order)
        assert names(events) == wanted
        assert not faults


def test_an_event_that_is_the_same_as_none_stands_alone_and_is_told() -> None:
    events, (fault,) = united(chained(("a", "gone"), ("b", "a")))
    assert names(events) == [("a", ["b"])]
    assert str(fault) == (
        "a.json, event 1: same_as 'gone:0-5:talks' is no event or draft, so this one stands"
        " alone. Correct the id, or take same_as out."
    )
    assert fault.rejected_events == 0


def test_an_event_that_is_the_same_as_a_draft_waits_for_it_without_a_fault() -> None:
    waiting = replace(B, drafts=(draft(told(B, "Talks")),))
    events, faults = united([*chained(("a", "b")), waiting])
    assert names(events) == [("a", [])]
    assert not faults


def test_each_keeps_what_its_own_article_says() -> None:
    figures = [Quantity(value, "people killed", None, str(value)) for value in (12, 15)]
    first = told(A, "Talks", quantities=(figures[0],))
    second = told(B, "Talks", quantities=(figures[1],), same_as=first.id)
    articles = (replace(A, events=(first,)), replace(B, events=(second,)))
    (one,), _ = united(articles)
    assert replace(one, also=()) == first
    assert one.also == (second,)
    known = world((one,), articles=articles)
    assert known.publishers(one) == ("A", "B")
    assert known.event(second.id) == known.event(first.id) == one
    assert known.event("c:0-5:talks") is None


def test_one_publisher_that_says_it_twice_is_one() -> None:
    first = told(A, "Talks")
    again = replace(B, publisher="A", events=(told(B, "Talks", same_as=first.id),))
    articles = (replace(A, events=(first,)), again)
    (one,), _ = united(articles)
    assert world((one,), articles=articles).publishers(one) == ("A",)


def at_cairo(of, kind=Kind.TALKS, **changes) -> PlacedEvent:
    """Return an event of an article in Cairo."""
    return PlacedEvent(told(of, "Talks", kind, **changes), (CAIRO,))


def test_what_two_articles_have_in_common_is_proposed_with_the_reason() -> None:
    found = likenesses([at_cairo(A, actors=(ISRAEL,)), at_cairo(B, actors=(MILITARY,))], ())
    assert list(found) == [
        Likeness(
            "a:0-5:talks",
            "b:0-5:talks",
            "Both are talks at Cairo, Thu 22 Aug 2024; both name Israel.",
        )
    ]


def test_an_unknown_start_does_not_reach_back_to_all_that_was_before() -> None:
    early = at_cairo(A, period=Period.from_edtf("../2024-08-22"))
    late, soon = (
        at_cairo(B, period=Period.from_edtf(f"../2024-{day}")) for day in ("12-01", "08-25")
    )
    assert not list(likenesses([early, late], ()))
    assert list(likenesses([early, soon], ()))


def test_an_event_that_names_nobody_may_be_any() -> None:
    (one,) = likenesses([at_cairo(A, actors=(ISRAEL,)), at_cairo(B)], ())
    assert one.reason.endswith("; one of them does not say who acts.")


HAMAS = Actor("Hamas", "participant")
RAFAH = (Site(mention("Rafah"), place("Rafah")),)
LATER = Period.from_edtf("2024-08-23")


@pytest.mark.parametrize(
    "other",
    [
        at_cairo(A, actors=(ISRAEL,)),
        at_cairo(B, kind=Kind.VISIT, actors=(ISRAEL,)),
        at_cairo(B, actors=(HAMAS,)),
        at_cairo(B, actors=(Actor("the military", "moves"),)),
        at_cairo(B, actors=(ISRAEL,), period=LATER),
        at_cairo(B, actors=(ISRAEL,), mode=Mode.DEMANDED),
        replace(at_cairo(B, actors=(ISRAEL,)), sites=RAFAH),
        UnplacedEvent(told(B, "Talks", actors=(ISRAEL,)), "no place", None),
    ],
    ids=["article", "kind", "actor", "common-word", "days", "demand", "place", "no-place"],
)
def test_what_differs_in_one_respect_is_not_proposed(other) -> None:
    assert not list(likenesses([at_cairo(A, actors=(MILITARY,)), other], ()))


def test_what_is_likely_there_is_proposed_too() -> None:
    likely = UnplacedEvent(told(B, "Talks"), "only likely", CAIRO.target)
    assert len(list(likenesses([at_cairo(A), likely], ()))) == 1


def test_two_that_a_reviewer_told_apart_are_not_proposed_again() -> None:
    apart = [frozenset({"b:0-5:talks", "a:0-5:talks"})]
    assert not list(likenesses([at_cairo(A), at_cairo(B)], apart))
    found = list(likenesses([at_cairo(A), at_cairo(B), at_cairo(C)], apart))
    assert {(one.first[0], one.second[0]) for one in found} == {("a", "c"), ("b", "c")}


def test_what_is_united_with_one_is_told_apart_with_it() -> None:
    (one,), _ = united(chained(("a", None), ("c", "a")))
    apart = [frozenset({"c:0-5:talks", "b:0-5:talks"})]
    assert not list(likenesses([PlacedEvent(one, (CAIRO,)), at_cairo(B)], apart))


def test_two_shared_places_are_one_proposal() -> None:
    both = (CAIRO, *RAFAH)
    pair = [replace(at_cairo(one), sites=both) for one in (A, B)]
    assert len(list(likenesses(pair, ()))) == 1


# From here on, two articles in a folder, with the land of the repository.

WHEN = datetime(2024, 8, 23, tzinfo=UTC)
SAYS = "Israel and Egypt held talks in Cairo."


def telling(name: str, **changes):
    """Return an article with a draft of talks in Cairo."""
    of = article(name, SAYS + f" {name}", publisher=name.upper())
    talks = told(
        of,
        SAYS,
        **{"places": (mention("Cairo"),), "actors": (Actor("Egypt", "mediator"),)} | changes,
    )
    return replace(of, drafts=(draft(talks),))


def known_of(folder: Path, repository: Path, *articles) -> World:
    """Return the world of some articles."""
    for one in articles:
        (folder / f"{one.id}.txt").write_bytes(one.text.encode())
        write_article(folder, one)
    return build_world(folder, repository / "geodata")


def test_open_drafts_are_known_apart_from_the_events(tmp_path: Path, repository: Path) -> None:
    first, second = telling("a"), telling("b", places=())
    third = reject(telling("c"), "c:0-37:talks", "Ann", WHEN)
    known = known_of(tmp_path, repository, first, second, third)
    assert known.events == known.outcomes == ()
    assert [(type(one), one.event.id) for one in known.drafts] == [
        (PlacedEvent, "a:0-37:talks"),
        (UnplacedEvent, "b:0-37:talks"),
    ]


def test_a_draft_and_an_event_are_proposed_until_a_reviewer_has_spoken(
    tmp_path: Path, repository: Path
) -> None:
    first = accept(telling("a"), "a:0-37:talks", "Ann", WHEN)
    one, other = "a:0-37:talks", "b:0-37:talks"
    known = known_of(tmp_path, repository, first, telling("b"))
    assert [(like.first, like.second) for like in known.same] == [(one, other)]
    assert known.same[0].reason == "Both are talks at Cairo, Thu 22 Aug 2024; both name Egypt."
    for folder, second, merged in (
        ("apart", apart(telling("b"), other, one, "Ann", WHEN), False),
        ("same", accept(same(telling("b"), other, one, "", WHEN), other, "Ann", WHEN), True),
    ):
        (tmp_path / folder).mkdir()
        known = known_of(tmp_path / folder, repository, first, second)
        assert not known.same
        assert not known.faults
        assert [len(event.also) for event in known.events] == [int(merged)]
        assert known.publishers(known.events[0]) == ("A", "B")[: 1 + merged]


def test_a_draft_that_is_said_to_be_the_same_is_not_proposed_again(
    tmp_path: Path, repository: Path
) -> None:
    second = same(telling("b"), "b:0-37:talks", "a:0-37:talks", "Ann", WHEN)
    known = known_of(tmp_path, repository, telling("a"), second)
    assert len(known.drafts) == 2
    assert not known.same


@pytest.mark.parametrize("merged", [False, True])
def test_a_tie_holds_when_an_id_changes(tmp_path: Path, repository: Path, merged) -> None:
    first, old = telling("a"), "a:0-37:talks"
    if merged:
        other = told(first, "talks in Cairo", places=(mention("Cairo"),))
        first = merge(
            replace(first, drafts=(*first.drafts, draft(other))), old, other.id, "Ann", WHEN
        )
    else:
        first = edit(
            first, old, told(first, "talks in Cairo", places=(mention("Cairo"),)), "Ann", WHEN
        )
    new = first.drafts[0].event.id
    assert new == "a:22-36:talks"
    first = accept(first, new, "Ann", WHEN)
    second = accept(
        same(telling("b"), "b:0-37:talks", old, "Ann", WHEN), "b:0-37:talks", "Ann", WHEN
    )
    third = apart(telling("c"), "c:0-37:talks", old, "Ann", WHEN)
    known = known_of(tmp_path, repository, first, second, third)
    assert not known.faults
    assert names(known.events) == [("a", ["b"])]
    assert not known.same


def test_what_was_told_apart_and_then_united_is_united(tmp_path: Path, repository: Path) -> None:
    first = accept(telling("a"), "a:0-37:talks", "Ann", WHEN)
    second = apart(telling("b"), "b:0-37:talks", "a:0-37:talks", "Ann", WHEN)
    second = same(second, "b:0-37:talks", "a:0-37:talks", "Ann", WHEN)
    second = apart(second, "b:0-37:talks", "c:0-37:talks", "Ann", WHEN)
    known = known_of(tmp_path, repository, first, accept(second, "b:0-37:talks", "", WHEN))
    assert len(known.events) == 1


@pytest.mark.parametrize(
    ("at", "lonlat"), [("34.42,31.45,500", (34.42, 31.45)), ("geonames:379252", (32.53, 15.55))]
)
def test_a_place_that_was_chosen_is_where_the_event_stands(
    tmp_path: Path, repository: Path, at: str, lonlat: tuple[float, float]
) -> None:
    known = known_of(tmp_path, repository, telling("a", places=(replace(mention("Cairo"), at=at),)))
    (site,) = known.drafts[0].sites
    assert site.target.shape.x == pytest.approx(lonlat[0], abs=0.05)
    assert site.target.shape.y == pytest.approx(lonlat[1], abs=0.05)


def test_the_names_of_the_world_are_read_only_when_an_article_needs_them(
    tmp_path: Path, repository: Path
) -> None:
    _read_world.cache_clear()
    inferred = [mention(name, basis=Basis.INFERRED) for name in ("the region", "Nairobi")]
    known_of(tmp_path, repository, telling("a"), telling("b", places=(inferred[0],)))
    assert _read_world.cache_info().currsize == 0
    known = known_of(tmp_path, repository, telling("c", places=(inferred[1],)))
    assert _read_world.cache_info().currsize == 1
    assert [isinstance(one, PlacedEvent) for one in known.drafts] == [True, False, True]


def test_places_to_choose_from_are_this_projects_own_first(repository: Path) -> None:
    found = find_place_names("rafa", repository / "geodata")
    assert [one.id for one in found[:2]] == ["egypt_gaza_border", "rafah_gaza"]
    assert len({one.id for one in found}) == len(found) <= 20
    khartoum, *_ = find_place_names("Khartoum", repository / "geodata")
    assert khartoum.names.en == "Khartoum, Sudan"
    for nothing in ("", " ", "xyzzy"):
        assert find_place_names(nothing, repository / "geodata") == ()
