"""What the reader makes of sentences: told or not, when, where, who says so, and once."""

import json
from datetime import date
from pathlib import Path

import pytest

from components.model.event import Basis, Event, Kind, Mode, Role, Scope
from components.text.reader import read
from components.text.reading import PlaceNames, Reading

SEED = Path(__file__).parents[2] / "seeds" / "2024-08-22-reuters-cairo-truce-talks"
THURSDAY = date(2024, 8, 22)
NAMES = PlaceNames(
    curated=frozenset(
        {
            "Netzarim Corridor",
            "Philadelphi Corridor",
            "Rafah crossing",
            "border between Egypt and Gaza",
            "Khan Younis",
            "Gaza",
            "Gaza City",
        }
    ),
    world=frozenset({"cairo", "doha", "egypt", "israel", "qatar", "united states", "sderot"}),
    demonyms={
        "Egyptian": "Egypt",
        "Israeli": "Israel",
        "Palestinian": "Palestine",
        "Qatari": "Qatar",
    },
)


def reading(text: str) -> Reading:
    return read(text, published=THURSDAY, article="a", publisher="Wire", names=NAMES)


def events(text: str) -> list[Event]:
    return [found.event for found in reading(text).events]


def only(text: str) -> Event:
    (event,) = events(text)
    return event


def pins(event: Event) -> list[tuple[str, Basis]]:
    return [(one.name, one.basis) for one in event.places if one.role is Role.EVENT]


def test_the_owners_article_has_its_seventeen_events() -> None:
    text = SEED.with_suffix(".txt").read_bytes().decode()
    gold = json.loads(SEED.with_suffix(".json").read_bytes())["events"]
    found = events(text)
    assert len(found) == len(gold) == 17
    wanted = {(one["kind"], one["mode"], one["edtf"]) for one in gold}
    assert {(one.kind, one.mode, one.period.edtf) for one in found} == wanted


@pytest.mark.parametrize(
    ("text", "mode", "edtf"),
    [
        ("Israeli tanks advanced in Khan Younis on Monday.", Mode.HAPPENED, "2024-08-19"),
        (
            "Israeli tanks advanced in Khan Younis overnight.",
            Mode.HAPPENED,
            "2024-08-21/2024-08-22",
        ),
        ("Israeli tanks have advanced in Khan Younis.", Mode.HAPPENED, "../2024-08-22"),
        ("Hamas wants Israel to withdraw from Gaza.", Mode.DEMANDED, "2024-08-22?"),
        ("Qatari officials will visit Cairo on Friday.", Mode.PLANNED, "2024-08-23"),
        ("Israel will keep the Rafah crossing closed on Monday.", Mode.PLANNED, "2024-08-26"),
        ("Qatari officials will visit Cairo.", Mode.PLANNED, "2024-08-22/.."),
        ("Egypt says it has closed the Rafah crossing.", Mode.CLAIMED, "../2024-08-22"),
        ("Israel denied on Monday that it had struck Gaza City.", Mode.DENIED, "2024-08-19"),
        ("Egypt said on Monday it had closed the Rafah crossing.", Mode.CLAIMED, "../2024-08-22"),
        ("The Rafah crossing has been closed since May.", Mode.ONGOING, "2024-05/.."),
    ],
)
def test_mode_and_days(text: str, mode: Mode, edtf: str) -> None:
    event = only(text)
    assert (event.mode, event.period.edtf) == (mode, edtf)


@pytest.mark.parametrize(
    "text",
    [
        "They met no one, and no trucks crossed.",
        "Israel would withdraw from Gaza under the proposal.",
        "If the talks succeed, Israeli forces will leave Gaza.",
        "Israeli forces did not withdraw from Gaza.",
        "The deal would require Israel to withdraw from the Netzarim Corridor.",
        "Israel rejected demands to withdraw troops from the Philadelphi Corridor.",
        "Mediators seek a ceasefire and the release of hostages.",
    ],
)
def test_goals_conditions_negations_and_rejections_are_passed_over(text: str) -> None:
    assert events(text) == []


def test_what_is_passed_over_has_a_reason() -> None:
    (passed,) = reading("If they agree, Israeli forces would withdraw from Gaza.").passed_over
    assert passed.reason


def test_a_place_that_is_spoken_of_gets_no_pin() -> None:
    event = only("Officials met in Cairo over plans for the Rafah crossing.")
    assert pins(event) == [("Cairo", Basis.STATED)]
    appeal = only("The president of Egypt urged Israel to open the Rafah crossing.")
    assert pins(appeal) == []


def test_a_definite_noun_points_back_to_the_place() -> None:
    _, second = events(
        "Israeli troops advanced in the Philadelphi Corridor in May. Egypt says Hamas has used the"
        " area to bring arms into Gaza."
    )
    assert pins(second) == [("Philadelphi Corridor", Basis.STATED)]
    assert [one.name for one in second.places if one.role is Role.DESTINATION] == ["Gaza"]


def test_talks_go_on_where_they_began() -> None:
    _, second = events(
        "U.S. officials began a round of talks in Cairo on Thursday. A Qatari delegation is due to"
        " join the talks on Friday."
    )
    assert pins(second) == [("Cairo", Basis.INFERRED)]
    assert second.period.edtf == "2024-08-23"


def test_a_second_mention_is_evidence_and_no_second_event() -> None:
    event = only(
        "U.S. and Israeli officials held talks in Cairo on Thursday. The talks in Cairo ended late"
        " on Thursday."
    )
    assert len(event.evidence) == 2


def test_the_same_deed_elsewhere_is_another_event() -> None:
    found = events(
        "Israeli tanks advanced in Khan Younis on Monday. Israeli tanks advanced in Gaza City on"
        " Monday."
    )
    assert [pins(one)[0][0] for one in found] == ["Khan Younis", "Gaza City"]


def test_each_count_that_somebody_answers_for_is_a_claim_of_its_own() -> None:
    found = events(
        "Israeli warplanes struck a tower in Gaza City on Monday. Palestinian medics said 14 people"
        " were killed in the strike. The Israeli military said five fighters were killed."
    )
    assert [(one.kind, one.mode) for one in found] == [
        (Kind.ATTACK, Mode.HAPPENED),
        (Kind.CASUALTIES, Mode.CLAIMED),
        (Kind.CASUALTIES, Mode.CLAIMED),
    ]
    assert [one.quantities[0].value for one in found[1:]] == [14, 5]
    assert {one.period.edtf for one in found} == {"2024-08-19"}
    assert all(pins(one)[0] == ("Gaza City", Basis.INFERRED) for one in found[1:])


def test_figures_of_an_attack_belong_to_it() -> None:
    event = only(
        "Gunmen led an incursion into Israel on Monday, killing around 1,200 people and abducting"
        " about 250 hostages, according to Israeli tallies."
    )
    assert event.kind is Kind.ATTACK
    assert [one.value for one in event.quantities] == [1200, 250]
    assert [one.scope for one in event.attributions] == [Scope.EVENT, Scope.FIGURE]


def test_what_follows_goes_on_with_the_attack() -> None:
    event = only(
        "An Israeli airstrike in Khan Younis killed 12 people on Monday, medics said. Twenty others"
        " were wounded."
    )
    assert [one.value for one in event.quantities] == [12, 20]
    assert len(event.evidence) == 2


def test_two_events_of_a_kind_in_one_sentence_have_two_ids() -> None:
    found = events(
        "On Monday, Israeli troops stormed Khan Younis, and drones bombed tents in Gaza City."
    )
    assert len({one.id for one in found}) == len(found) == 2


def test_headline_dateline_and_byline_tell_no_event() -> None:
    text = (
        "Israel withdraws from Gaza\n\n"
        "CAIRO (Wire) - Egypt closed the Rafah crossing on Monday.\n\n"
        "(Reporting by Paris Hilton in Doha; Editing by Jordan Smith)\n"
    )
    event = only(text)
    assert event.kind is Kind.CLOSURE
    assert event.evidence[0].quote == "Egypt closed the Rafah crossing on Monday."


def test_the_publisher_answers_for_what_nobody_says() -> None:
    (said,) = only("Israeli tanks advanced in Khan Younis on Monday.").attributions
    assert (said.source, said.cue, said.scope) == ("Wire, in its own words", None, Scope.EVENT)


def test_curly_quotes_and_hard_spaces_stay_as_written() -> None:
    text = "Israel\u2019s army struck Khan\u00a0Younis on Monday, killing 12\u00a0people."
    event = only(text)
    assert event.quantities[0].words == "12\u00a0people"
    assert pins(event) == [("Khan\u00a0Younis", Basis.STATED)]


WALKED = (
    "Israel built the Netzarim Corridor in 2023. Families walked to Khan Younis and Gaza City. "
)
SHUT = "Egypt shut the Rafah crossing in May. Officials met in Doha on Monday. "


@pytest.mark.parametrize(
    ("before", "text", "place"),
    [
        (WALKED, "Israeli troops pulled out of the corridor on Monday.", "Netzarim Corridor"),
        (WALKED, "Troops will leave the rest of the corridor by Friday.", "Netzarim Corridor"),
        (WALKED, "Hamas wants Israel to leave all of the corridor.", "Netzarim Corridor"),
        (WALKED, "Troops left the corridor, which they took in May.", "Netzarim Corridor"),
        (SHUT, "Monitors were deployed at the crossing on Tuesday.", "Rafah crossing"),
        (SHUT, "Israeli troops took control of its Gaza side on Tuesday.", "Rafah crossing"),
        ("", "Israel shut all crossings into Gaza on Sunday.", "Gaza"),
        ("Prices rose in Gaza. ", "Israel shut all crossings into the enclave on Sunday.", "Gaza"),
    ],
)
def test_a_bare_corridor_or_crossing_is_the_one_named_before(
    before: str, text: str, place: str
) -> None:
    assert pins(events(before + text)[-1]) == [(place, Basis.INFERRED)]


@pytest.mark.parametrize(
    "text",
    [
        "Israeli troops left part of the corridor on Monday.",
        "Egypt shut the Rafah crossing in May. Israel reopened the crossings on Sunday.",
    ],
)
def test_a_bare_corridor_that_nothing_names_is_no_place(text: str) -> None:
    assert pins(events(text)[-1]) == []


@pytest.mark.parametrize(
    ("text", "pinned"),
    [
        ("Egypt closed the Rafah crossing with Israel on Monday.", "Rafah crossing"),
        ("Egypt has closed the border with Gaza.", "the border with Gaza"),
    ],
)
def test_what_lies_across_a_crossing_is_no_place(text: str, pinned: str) -> None:
    assert pins(only(text)) == [(pinned, Basis.STATED)]


@pytest.mark.parametrize(
    ("text", "kind", "mode", "place", "figures"),
    [
        (
            "Six were killed and ten wounded by gunfire at Rafah crossing on Monday, medics said.",
            Kind.CASUALTIES,
            Mode.CLAIMED,
            "Rafah crossing",
            [6],
        ),
        (
            "Six people were killed and ten wounded by gunfire near the Rafah crossing on Monday.",
            Kind.ATTACK,
            Mode.HAPPENED,
            "Rafah crossing",
            [6],
        ),
        (
            "Three men were killed in a strike on Khan Younis on Monday, medics said.",
            Kind.CASUALTIES,
            Mode.CLAIMED,
            "Khan Younis",
            [3],
        ),
        (
            "Two were killed by Israeli fire near the Netzarim Corridor on Monday, medics said.",
            Kind.CASUALTIES,
            Mode.CLAIMED,
            "Netzarim Corridor",
            [2],
        ),
        (
            "Two boys were shot dead in Khan Younis on Monday, the health ministry said.",
            Kind.CASUALTIES,
            Mode.CLAIMED,
            "Khan Younis",
            [2],
        ),
        (
            "A strike in Khan Younis killed two people on Monday, medics said.",
            Kind.ATTACK,
            Mode.HAPPENED,
            "Khan Younis",
            [2],
        ),
    ],
)
def test_the_dead_and_what_killed_them_are_one_event(
    text: str, kind: Kind, mode: Mode, place: str, figures: list[int]
) -> None:
    event = only(text)
    assert (event.kind, event.mode, event.period.edtf) == (kind, mode, "2024-08-19")
    assert pins(event) == [(place, Basis.STATED)]
    assert [one.value for one in event.quantities][: len(figures)] == figures


def test_the_hurt_told_beside_the_dead_are_one_count() -> None:
    event = only(
        "Three people were killed and five others were wounded in a strike on Khan Younis on"
        " Monday, medics said."
    )
    assert (event.kind, event.period.edtf) == (Kind.CASUALTIES, "2024-08-19")
    assert [one.value for one in event.quantities] == [3, 5]


def test_the_dead_of_two_places_are_two_events() -> None:
    found = events(
        "Three people were killed in Gaza City on Monday and five were wounded in Khan Younis on"
        " Tuesday, medics said."
    )
    assert [(pins(one)[0][0], one.period.edtf) for one in found] == [
        ("Gaza City", "2024-08-19"),
        ("Khan Younis", "2024-08-20"),
    ]


def test_a_count_with_no_place_is_where_its_source_is() -> None:
    event = only("Doctors in Khan Younis said on Tuesday 85 people had been killed.")
    assert pins(event) == [("Khan Younis", Basis.INFERRED)]
    stated = only("Doctors in Khan Younis said 85 people had been killed in Gaza City on Tuesday.")
    assert pins(stated) == [("Gaza City", Basis.STATED)]


def test_a_fronted_place_is_that_of_an_appeal() -> None:
    event = only("In Cairo, Qatar's foreign minister urged Israel on Tuesday to leave Gaza.")
    assert pins(event) == [("Cairo", Basis.STATED)]


def test_a_clause_inside_an_appeal_tells_of_an_event_of_its_own() -> None:
    appeal, closure = events(
        "Egypt urged Israel to reopen the Rafah crossing with Gaza, which has been closed since"
        " mid-January."
    )
    assert (appeal.kind, pins(appeal)) == (Kind.APPEAL, [])
    assert (closure.kind, closure.mode, closure.period.edtf) == (
        Kind.CLOSURE,
        Mode.ONGOING,
        "2024-01/..",
    )
    assert pins(closure) == [("Rafah crossing", Basis.STATED)]


@pytest.mark.parametrize(
    ("text", "edtf"),
    [
        ("Egypt and Qatar have mediated since last year.", "2023/.."),
        ("Qatar has mediated for months.", "../2024-08-22"),
        ("Israeli tanks have held the Netzarim Corridor for weeks.", "../2024-08-22"),
        ("Israel has kept the Rafah crossing closed since May.", "2024-05/.."),
    ],
)
def test_what_has_gone_on_for_long_still_does(text: str, edtf: str) -> None:
    event = only(text)
    assert (event.mode, event.period.edtf) == (Mode.ONGOING, edtf)


def test_a_closure_goes_on_since_another_event() -> None:
    closure, advance = events(
        "The Rafah crossing has been closed since Israeli troops took control of its Gaza side in"
        " May."
    )
    assert (closure.mode, closure.period.edtf) == (Mode.ONGOING, "2024-05/..")
    assert pins(advance) == [("Rafah crossing", Basis.INFERRED)]


def test_what_a_meeting_follows_has_its_own_day() -> None:
    talks, attack = events(
        "The meeting in Cairo on Monday followed a strike in Khan Younis two days earlier that"
        " killed five people."
    )
    assert (talks.kind, talks.period.edtf, pins(talks)[0][0]) == (Kind.TALKS, "2024-08-19", "Cairo")
    assert (attack.kind, attack.period.edtf) == (Kind.ATTACK, "2024-08-17")
    assert pins(attack) == [("Khan Younis", Basis.STATED)]


@pytest.mark.parametrize(
    ("text", "left", "reached"),
    [
        (
            "Israeli troops left Khan Younis on Monday, retreating to the Philadelphi Corridor.",
            ["Khan Younis"],
            ["Philadelphi Corridor"],
        ),
        ("Israeli troops withdrew to the Netzarim Corridor on Monday.", [], ["Netzarim Corridor"]),
        (
            "Israeli troops pulled back to the Netzarim Corridor on Monday.",
            ["Netzarim Corridor"],
            [],
        ),
        (
            "Israeli troops pulled back from Gaza City to the Netzarim Corridor on Monday.",
            ["Gaza City"],
            ["Netzarim Corridor"],
        ),
    ],
)
def test_where_those_go_who_withdraw(text: str, left: list[str], reached: list[str]) -> None:
    event = only(text)
    assert [name for name, _ in pins(event)] == left
    assert [one.name for one in event.places if one.role is Role.DESTINATION] == reached


def test_joined_verbs_with_a_day_each_are_two_events() -> None:
    found = events(
        "Israeli forces moved into Khan Younis on Sunday and took control of the Rafah crossing on"
        " Monday."
    )
    assert [one.period.edtf for one in found] == ["2024-08-18", "2024-08-19"]


def test_officials_of_nobody_are_of_no_country() -> None:
    assert [one.name for one in only("Officials met in Cairo on Monday.").actors] == ["Officials"]
