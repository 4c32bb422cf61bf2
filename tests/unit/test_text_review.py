"""Each act of a reviewer, what it refuses, and what a second reading leaves alone."""

import json
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest

from components.model.article import Article
from components.model.draft import Act, Draft, State
from components.model.event import Actor, Attribution, Event, Kind, Mode, Quantity, Scope
from components.model.period import Period
from components.text.reading import Found
from components.text.review import (
    accept,
    apart,
    edit,
    find,
    identity,
    merge,
    read_again,
    reject,
    reopen,
    same,
    split,
    unmerge,
)
from tests.worlds import article, draft, told

WHEN = datetime(2024, 8, 23, 9, 30, tzinfo=UTC)
LATER = WHEN + timedelta(days=1)
TEXT = "Talks began on Thursday. 12 people were killed, Ann said. 15 were killed, Bob said."
EMPTY = article("a", TEXT)
TALKS = told(EMPTY, "Talks began on Thursday.")
TWELVE = told(
    EMPTY,
    "12 people were killed, Ann said.",
    Kind.ATTACK,
    quantities=(Quantity(12, "people killed", None, "12 people"),),
    attributions=(Attribution("Ann", "Ann said", Scope.EVENT),),
)
FIFTEEN = told(
    EMPTY,
    "15 were killed, Bob said.",
    Kind.ATTACK,
    quantities=(Quantity(15, "people killed", None, "15"),),
    attributions=(Attribution("Bob", "Bob said", Scope.EVENT),),
)
OTHER = "b:0-5:talks"
THREE = replace(EMPTY, drafts=tuple(draft(one) for one in (TALKS, TWELVE, FIFTEEN)))
HALF = told(EMPTY, "Talks began")


def found(*events: Event) -> tuple[Found, ...]:
    """Return events as the reader hands them over."""
    return tuple(Found(event, "It says so.") for event in events)


def states(of: Article) -> dict[str, str]:
    """Return where each event and draft stands, by kind and first words."""
    accepted = {one.evidence[0].quote[:5]: "accepted" for one in of.events}
    return accepted | {one.event.evidence[0].quote[:5]: str(one.state) for one in of.drafts}


def test_an_accepted_draft_is_an_event_and_the_log_knows_who_and_when() -> None:
    now = accept(THREE, TALKS.id, "Ann", WHEN)
    assert states(now) == {"Talks": "accepted", "12 pe": "open", "15 we": "open"}
    (change,) = now.log
    assert (change.act, change.who, change.when, change.draft) == (
        Act.ACCEPTED,
        "Ann",
        WHEN,
        TALKS.id,
    )
    assert json.loads(change.before or "")["state"] == "open"
    assert "state" not in json.loads(change.after or "")
    assert THREE.log == ()


def test_a_rejected_draft_stays_on_record() -> None:
    now = reject(THREE, TALKS.id, " ", WHEN)
    assert states(now)["Talks"] == "rejected"
    assert now.log[0].who == "not named"


def test_times_are_kept_in_utc() -> None:
    here = WHEN.astimezone(timezone(timedelta(hours=3)))
    assert accept(THREE, TALKS.id, "Ann", here).log[0].when.tzinfo is UTC
    with pytest.raises(ValueError, match=r"has no time zone\. Give a time in UTC\."):
        accept(THREE, TALKS.id, "Ann", WHEN.replace(tzinfo=None))


@pytest.mark.parametrize("decide", [accept, reject])
def test_what_is_decided_waits_again_when_it_is_reopened(decide) -> None:
    now = reopen(decide(THREE, TALKS.id, "Ann", WHEN), TALKS.id, "Bob", LATER)
    assert set(now.drafts) == set(THREE.drafts)
    assert now.events == ()
    assert [one.act for one in now.log][1:] == [Act.REOPENED]


def test_an_event_that_was_put_in_by_hand_can_be_reopened() -> None:
    now = reopen(replace(EMPTY, events=(TALKS,)), TALKS.id, "Ann", WHEN)
    assert now.drafts[0].rule == "Put in by hand; no reader proposed it."


def test_the_readers_reason_outlives_edits() -> None:
    now = edit(accept(THREE, TALKS.id, "Ann", WHEN), TALKS.id, HALF, "Ann", WHEN)
    assert reopen(now, HALF.id, "Ann", WHEN).drafts[-1].rule == THREE.drafts[0].rule


@pytest.mark.parametrize("accepted", [False, True])
def test_an_edited_event_stays_what_it_was_under_the_id_of_its_evidence(accepted) -> None:
    before = accept(THREE, TALKS.id, "Ann", WHEN) if accepted else THREE
    changed = replace(HALF, id="whatever", kind=Kind.VISIT, title="A visit")
    now = edit(before, TALKS.id, changed, "Ann", WHEN)
    assert find(now, TALKS.id) is None
    assert find(now, "a:0-11:visit") == replace(changed, id="a:0-11:visit")
    assert identity(changed) == "a:0-11:visit"
    assert len(now.events) == accepted
    assert now.log[-1].other == "a:0-11:visit"


def test_an_edit_that_keeps_the_id_names_no_other() -> None:
    now = edit(THREE, TALKS.id, replace(TALKS, title="Talks"), "Ann", WHEN)
    assert now.log[-1].other is None
    assert now.drafts[0].event.title == "Talks"


def test_an_accepted_event_may_not_contradict_itself_a_draft_may() -> None:
    over = replace(TALKS, mode=Mode.PLANNED, period=Period.from_edtf("2024-08-01"))
    now = edit(THREE, TALKS.id, over, "Ann", WHEN)
    with pytest.raises(ValueError, match="is planned, but 2024-08-01 is over before publication"):
        accept(now, TALKS.id, "Ann", WHEN)
    with pytest.raises(ValueError, match="is planned, but 2024-08-01 is over before publication"):
        edit(accept(THREE, TALKS.id, "Ann", WHEN), TALKS.id, over, "Ann", WHEN)


def test_a_split_event_is_its_parts_in_its_place() -> None:
    parts = (replace(HALF, title="Talks"), replace(TALKS, kind=Kind.VISIT))
    now = split(THREE, TALKS.id, parts, "Ann", WHEN)
    assert [one.event.id for one in now.drafts] == [
        "a:0-11:talks",
        "a:0-24:visit",
        TWELVE.id,
        FIFTEEN.id,
    ]
    assert [(one.act, one.other) for one in now.log] == [
        (Act.SPLIT, "a:0-11:talks"),
        (Act.SPLIT, "a:0-24:visit"),
    ]


def test_merged_figures_stand_side_by_side_each_with_its_source() -> None:
    now = merge(THREE, FIFTEEN.id, TWELVE.id, "Ann", WHEN)
    one = find(now, TWELVE.id)
    assert one
    assert [figure.value for figure in one.quantities] == [12, 15]
    assert [said.source for said in one.attributions] == ["Ann", "Bob"]
    assert one.evidence == (*TWELVE.evidence, *FIFTEEN.evidence)
    assert one.title == TWELVE.title
    assert find(now, FIFTEEN.id) is None


def test_merging_adds_nothing_twice() -> None:
    more = replace(FIFTEEN, evidence=(*FIFTEEN.evidence, *TWELVE.evidence))
    one = find(
        merge(edit(THREE, FIFTEEN.id, more, "", WHEN), FIFTEEN.id, TWELVE.id, "", WHEN), TWELVE.id
    )
    assert one
    assert len(one.evidence) == 2


@pytest.mark.parametrize("accepted", [0, 1, 2])
def test_a_merge_can_be_taken_back(accepted) -> None:
    before = THREE
    for one in (TWELVE, FIFTEEN)[:accepted]:
        before = accept(before, one.id, "Ann", WHEN)
    now = unmerge(merge(before, FIFTEEN.id, TWELVE.id, "Ann", WHEN), FIFTEEN.id, "Bob", LATER)
    assert set(now.drafts) == set(before.drafts)
    assert set(now.events) == set(before.events)


def test_taking_a_merge_back_keeps_what_was_done_since() -> None:
    now = merge(THREE, FIFTEEN.id, TWELVE.id, "Ann", WHEN)
    now = edit(now, TWELVE.id, replace(find(now, TWELVE.id), title="An attack"), "Ann", WHEN)
    now = unmerge(now, FIFTEEN.id, "Ann", WHEN)
    assert find(now, FIFTEEN.id) == FIFTEEN
    assert find(now, TWELVE.id).title == "An attack"


def test_the_same_event_of_another_article_is_named_until_they_are_told_apart() -> None:
    now = same(THREE, TALKS.id, OTHER, "Ann", WHEN)
    assert find(now, TALKS.id).same_as == OTHER
    now = apart(now, TALKS.id, OTHER, "Bob", LATER)
    assert find(now, TALKS.id) == TALKS
    assert [(one.act, one.other) for one in now.log] == [(Act.MERGED, OTHER), (Act.APART, OTHER)]


def test_two_that_were_never_united_can_be_told_apart() -> None:
    now = apart(same(THREE, TALKS.id, OTHER, "", WHEN), TALKS.id, "c:0-5:talks", "", WHEN)
    assert find(now, TALKS.id).same_as == OTHER


REJECTED = reject(THREE, TALKS.id, "Ann", WHEN)
TAKEN = accept(THREE, TALKS.id, "Ann", WHEN)
NO_ACTOR = replace(TALKS, actors=(Actor("Ann", "hero"),))


@pytest.mark.parametrize(
    ("act", "message"),
    [
        (lambda: accept(THREE, "a:1-2:talks", "", WHEN), "has no event or draft a:1-2:talks"),
        (lambda: accept(REJECTED, TALKS.id, "", WHEN), "is rejected. Reopen it first."),
        (lambda: accept(TAKEN, TALKS.id, "", WHEN), "is accepted already. Reopen it first."),
        (lambda: reject(REJECTED, TALKS.id, "", WHEN), "is rejected. Reopen it first."),
        (lambda: reopen(THREE, TALKS.id, "", WHEN), "is open already. Accept, reject or edit it."),
        (lambda: edit(REJECTED, TALKS.id, HALF, "", WHEN), "is rejected. Reopen it first."),
        (lambda: edit(THREE, TALKS.id, TWELVE, "", WHEN), "is there already: an event is known"),
        (lambda: edit(THREE, TALKS.id, NO_ACTOR, "", WHEN), "role 'hero' is not known. Use one"),
        (
            lambda: edit(THREE, TALKS.id, replace(TALKS, evidence=()), "", WHEN),
            "evidence is empty. Give at least one.",
        ),
        (lambda: split(THREE, TALKS.id, (HALF,), "", WHEN), "Give at least two events."),
        (lambda: split(THREE, TALKS.id, (HALF, HALF), "", WHEN), "is there already: an event is"),
        (lambda: merge(THREE, TALKS.id, TALKS.id, "", WHEN), "cannot be merged with itself."),
        (lambda: merge(TAKEN, TALKS.id, TWELVE.id, "", WHEN), "Accept that one first, or merge"),
        (lambda: merge(REJECTED, TWELVE.id, TALKS.id, "", WHEN), "is rejected. Reopen it first."),
        (lambda: unmerge(THREE, TALKS.id, "", WHEN), "was not merged into another event."),
        (lambda: same(THREE, TALKS.id, TWELVE.id, "", WHEN), "is of the same article. Merge the"),
        (lambda: apart(THREE, TALKS.id, TWELVE.id, "", WHEN), "is of the same article. Merge the"),
    ],
    ids=(
        [
            "accept-unknown",
            "accept-rejected",
            "accept-accepted",
            "reject-rejected",
            "reopen-open",
            "edit-rejected",
            "edit-taken",
            "edit-role",
            "edit-evidence",
            "split-one",
            "split-twice",
            "merge-itself",
            "merge-into-draft",
            "merge-into-rejected",
            "unmerge-never",
            "same-article",
            "apart-article",
        ]
    ),
)
def test_what_cannot_be_done_is_told(act, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        act()


def test_the_first_reading_proposes_all_that_it_finds() -> None:
    now = read_again(EMPTY, found(TALKS, TWELVE), WHEN)
    assert states(now) == {"Talks": "open", "12 pe": "open"}
    assert {one.who for one in now.log} == {"the reader"}


def test_a_second_reading_changes_nothing_that_was_decided() -> None:
    now = accept(THREE, TALKS.id, "Ann", WHEN)
    now = reject(now, TWELVE.id, "Ann", WHEN)
    changed = replace(TALKS, title="Other words"), replace(TWELVE, title="Other words"), FIFTEEN
    assert read_again(now, found(*changed), LATER) == now
    # Not even when the reader finds none of it any more.
    assert states(read_again(now, (), LATER)) == states(now) | {"15 we": "vanished"}


def test_an_untouched_draft_follows_the_reading() -> None:
    now = read_again(THREE, found(replace(TALKS, title="Other words"), TWELVE), LATER)
    assert find(now, TALKS.id).title == "Other words"
    assert states(now)["15 we"] == "vanished"
    assert states(read_again(now, found(FIFTEEN), LATER))["15 we"] == "open"


def test_what_became_of_a_draft_is_not_proposed_under_its_old_id() -> None:
    now = edit(THREE, TALKS.id, HALF, "Ann", WHEN)
    now = merge(now, FIFTEEN.id, TWELVE.id, "Ann", WHEN)
    again = read_again(now, found(TALKS, HALF, TWELVE, FIFTEEN), LATER)
    assert again == now
    # Nor does what became of it vanish, since a person made it.
    assert states(read_again(now, (), LATER))["Talks"] == "open"


def test_a_reopened_draft_stays_open_though_the_reader_no_longer_finds_it() -> None:
    now = reopen(reject(THREE, TALKS.id, "Ann", WHEN), TALKS.id, "Ann", WHEN)
    assert states(read_again(now, (), LATER))["Talks"] == "open"


def test_events_put_in_by_hand_are_not_proposed_under_another_span() -> None:
    by_hand = replace(EMPTY, events=(TALKS,))
    assert read_again(by_hand, found(HALF), WHEN) == by_hand
    # Nor after somebody has looked at one of them.
    edited = edit(by_hand, TALKS.id, replace(TALKS, title="Talks"), "Ann", WHEN)
    assert read_again(edited, found(HALF), WHEN) == edited
    # Another kind, or other words, is another event.
    assert len(read_again(by_hand, found(replace(HALF, kind=Kind.VISIT)), WHEN).drafts) == 1
    assert len(read_again(by_hand, found(TWELVE), WHEN).drafts) == 1


def test_two_found_under_one_id_are_one_draft_with_the_figures_of_both() -> None:
    other = replace(TWELVE, quantities=(Quantity(12, "people wounded", None, "12 people"),))
    (one,) = read_again(EMPTY, found(TWELVE, other), WHEN).drafts
    assert [figure.unit for figure in one.event.quantities] == ["people killed", "people wounded"]


def test_a_record_that_could_not_be_written_is_left_out_and_told_once() -> None:
    now = read_again(EMPTY, found(NO_ACTOR, TWELVE), WHEN)
    assert [one.event for one in now.drafts] == [TWELVE]
    assert [(one.draft, one.after) for one in now.log if one.after is None] == [(TALKS.id, None)]
    assert read_again(now, found(NO_ACTOR, TWELVE), LATER) == now


def test_a_vanished_draft_can_still_be_accepted() -> None:
    now = read_again(THREE, (), LATER)
    assert accept(now, TALKS.id, "Ann", LATER).events == (TALKS,)
    assert Draft(TALKS, THREE.drafts[0].rule, State.VANISHED) in now.drafts
