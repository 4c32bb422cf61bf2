"""Who says so, in sentences as news agencies write them."""

from pathlib import Path

import pytest

from components.model.event import Scope
from components.text.attribution import denies, find_attributions, scope_of
from components.text.grammar import parsed

OWNERS_ARTICLE = Path("seeds/2024-08-22-reuters-cairo-truce-talks.txt")


def said(text: str) -> list[tuple[str, str, str]]:
    """Return source, cue and content of all that a text attributes."""
    return [
        (one.source.of(text) if one.source else "", one.cue.of(text), one.content.of(text))
        for one in find_attributions(parsed(text))
    ]


def names(text: str) -> list[str]:
    return [one.name for one in find_attributions(parsed(text))]


def test_the_owners_article():
    text = OWNERS_ARTICLE.read_text(encoding="utf-8")
    doc = parsed(text)
    found = find_attributions(doc)
    assert [(one.source.of(text), one.cue.of(text), one.name) for one in found if one.source] == [
        ("two Egyptian security sources", "said", "two Egyptian security sources"),
        ("the sources", "said", "two Egyptian security sources"),
        ("they", "added", "two Egyptian security sources"),
        ("Israel", "says", "Israel"),
        ("Egypt", "says", "Egypt"),
        ("Israeli tallies", "according to", "Israeli tallies"),
        ("Palestinian health authorities", "according to", "Palestinian health authorities"),
    ]
    assert found[0].content.of(text).startswith("U.S. and Israeli delegations started")
    assert found[0].content.of(text).endswith("between Israel and Hamas in Gaza")
    assert [scope_of(one, doc) for one in found] == [Scope.EVENT] * 5 + [Scope.FIGURE, Scope.EVENT]


@pytest.mark.parametrize(
    ("text", "source", "cue", "content"),
    [
        ("Israel says troops left Rafah.", "Israel", "says", "troops left Rafah"),
        ("Troops left Rafah, residents said.", "residents", "said", "Troops left Rafah"),
        (
            "According to the United Nations, no trucks entered Gaza on Tuesday.",
            "the United Nations",
            "According to",
            "no trucks entered Gaza on Tuesday",
        ),
        (
            "Gallant told reporters that the operation would continue.",
            "Gallant",
            "told",
            "that the operation would continue",
        ),
        (
            '"The talks are over," said Majed al-Ansari, a spokesman for the ministry.',
            "Majed al-Ansari, a spokesman for the ministry",
            "said",
            '"The talks are over,"',
        ),
        (
            "A senior official, who asked not to be named, said the group would answer on Friday.",
            "A senior official, who asked not to be named",
            "said",
            "the group would answer on Friday",
        ),
        (
            "The crossing, Egyptian television reported, remains closed.",
            "Egyptian television",
            "reported",
            "The crossing, Egyptian television reported, remains closed",
        ),
        (
            "Haniyeh was quoted as saying that the talks had collapsed.",
            "Haniyeh",
            "saying",
            "that the talks had collapsed",
        ),
        (
            "The strike was reported by the news agency WAFA.",
            "the news agency WAFA",
            "was reported",
            "The strike",
        ),
        (
            "At least 39,000 people have been killed by the ministry's count.",
            "the ministry's count",
            "by",
            "At least 39,000 people have been killed",
        ),
        (
            "Israel accused Hamas of using the crossing to smuggle weapons.",
            "Israel",
            "accused",
            "Hamas of using the crossing to smuggle weapons",
        ),
        (
            "The army issued a statement saying that it had closed the road.",
            "The army",
            "saying",
            "that it had closed the road",
        ),
        (
            "Three killed in strike on Rafah: medics",
            "medics",
            ":",
            "Three killed in strike on Rafah",
        ),
        (
            "Claims by Israel that tunnels were found could not be checked.",
            "Israel",
            "Claims",
            "that tunnels were found",
        ),
        ("It was reported that the talks failed.", "", "was reported", "that the talks failed"),
    ],
)
def test_source_cue_and_content(text, source, cue, content):
    assert said(text) == [(source, cue, content)]


@pytest.mark.parametrize(
    "text",
    [
        "The number of trucks is said to be growing.",
        "Israel agreed to send negotiators.",
        "The army did not say whether troops had left.",
        "The ministry declined to say where the talks were held.",
        "Five trucks were added to the convoy.",
        "Soldiers reported to their base.",
        "Insurance claims were paid.",
        "Hamas rejected the proposal.",
        "Israel denied entry to the trucks.",
        "Hamas insists that Israel leave the corridor.",
        "Egypt wants Israel to withdraw.",
        "Dozens reported killed near the road as counts differ",
    ],
)
def test_words_that_put_nothing_on_record(text):
    assert said(text) == []


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Gaza's health ministry said 41 people died. The ministry said children were among them.",
         "Gaza's health ministry"),
        ("Three security sources said troops left. One of the sources said tanks stayed.",
         "Three security sources"),
        ("Defence Minister Yoav Gallant said troops left. He added that tanks stayed.",
         "Defence Minister Yoav Gallant"),
        ("Chris Cox said troops left. Cox said tanks stayed.", "Chris Cox"),
        ("The Israeli army said troops left. It said tanks stayed.", "Israeli army"),
        ("Egypt's foreign minister called on Israel to leave. It must go at once, he said.",
         "Egypt's foreign minister"),
        ("Medics said ten people were killed. The rest were wounded, they added.", "Medics"),
    ],
)  # fmt: skip
def test_the_name_that_words_point_back_to(text, name):
    assert names(text)[-1] == name


TROOPS_FIRED = (
    "Troops fired on a crowd, the army said, hours after a rocket that came from the north hit a "
    "town."
)
LONG = (
    "Negotiators spent most of the week on the wording of a clause that would let families walk "
    "back along the coastal road, and on which of the two armies would hold the checkpoints"
)


@pytest.mark.parametrize(
    "source",
    [
        "a Western diplomat familiar with the discussions",
        "a diplomat with direct knowledge of the talks",
        "one person briefed on the matter",
        "two people close to the negotiations",
        "one of the people involved in the talks",
        "drivers at the scene and an Egyptian official",
        "medics at Al-Awda Hospital",
    ],
)
@pytest.mark.parametrize("cue", ["said.", "told Reuters.", "told Reuters on Sunday."])
def test_what_a_source_knows_belongs_to_it(source, cue):
    text = f"{LONG}, {source} {cue}"
    assert said(text) == [(source, cue.split()[0].rstrip("."), LONG)]
    assert names(text) == [source]


def test_a_source_that_is_not_named_is_whole_and_its_name_without_the_clause():
    text = "The road was closed, an official who asked not to be named told Reuters."
    assert said(text) == [
        ("an official who asked not to be named", "told", "The road was closed"),
    ]
    assert names(text) == ["an official"]


@pytest.mark.parametrize(
    ("text", "source"),
    [
        ("Ten people died, according to medics at Nasser Hospital.", "medics at Nasser Hospital"),
        ("Ten people died, said medics at Al-Awda Hospital in Nuseirat on Monday.",
         "medics at Al-Awda Hospital in Nuseirat"),
        ("Ten people died, according to officials from the Red Crescent on Monday.",
         "officials from the Red Crescent"),
        ("According to two people familiar with the plan, the road will open.",
         "two people familiar with the plan"),
    ],
)  # fmt: skip
def test_a_place_or_body_behind_a_source_belongs_to_it(text, source):
    assert [one[0] for one in said(text)] == [source] == names(text)
    assert source not in said(text)[0][2]


@pytest.mark.parametrize(
    ("text", "source", "content"),
    [
        ("Residents reported shelling east of Jabalia.", "Residents", "shelling east of Jabalia"),
        ("Medics reported five deaths.", "Medics", "five deaths"),
        ("Residents reported intensified shelling.", "Residents", "intensified shelling"),
        (
            "Residents reported gunfire near the border and an explosion in the south.",
            "Residents",
            "gunfire near the border and an explosion in the south",
        ),
    ],
)
def test_an_event_that_is_reported(text, source, content):
    assert said(text) == [(source, "reported", content)]


def test_a_number_that_is_put_is_a_figure():
    doc = parsed("The Israeli military put the number at about 30. It put the town at risk.")
    (one,) = find_attributions(doc)
    spans = (one.source, one.cue, one.content)
    assert [span.of(doc.text) for span in spans] == ["The Israeli military", "put", "about 30"]
    assert scope_of(one, doc) is Scope.FIGURE


@pytest.mark.parametrize(
    "text",
    [
        "COGAT, the Israeli agency that coordinates aid, said trucks were inspected.",
        "Trucks were inspected, COGAT, the Israeli agency that coordinates aid, said.",
        "Trucks were inspected, COGAT, the Israeli agency that coordinates aid, reported.",
    ],
)
def test_a_name_goes_before_what_is_said_about_it(text):
    ((source, _, content),) = said(text)
    assert source == "COGAT, the Israeli agency that coordinates aid"
    assert content.casefold() == "trucks were inspected"
    assert names(text) == ["COGAT"]


def test_what_goes_on_while_it_happens_is_said_too():
    text = "Troops fired shots, the army said, while a convoy passed."
    assert said(text)[0][2] == text.rstrip(".")


def test_a_verb_behind_an_apposition_that_looks_like_a_participle():
    text = "Egypt, a mediator with Qatar and the United States, denied it had agreed to a zone."
    source = "Egypt, a mediator with Qatar and the United States"
    assert said(text) == [(source, "denied", "it had agreed to a zone")]


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("Israel held talks with Hamas. The group said it would answer.", "Hamas"),
        ("Hezbollah met Hamas officials. The militant group said it would answer.", "Hamas"),
        ("Hamas was there. The group of doctors said it was late.", "group of doctors"),
        ("Hamas was there. The aid group said it was late.", "aid group"),
        ("The Israeli military shut the road. The army said it was unsafe.", "Israeli military"),
        ("The Egyptian army met the Israeli army. The army said it was late.", "army"),
    ],
)
def test_the_group_and_the_army(text, name):
    assert names(text) == [name]


@pytest.mark.parametrize(
    ("text", "content"),
    [
        (
            "Troops have shut the crossing, the ministry said on Sunday, after weeks of dispute.",
            "Troops have shut the crossing",
        ),
        (
            TROOPS_FIRED,
            "Troops fired on a crowd",
        ),
        (
            "It was not clear who would come, the source added, saying the road was shut.",
            "It was not clear who would come",
        ),
    ],
)
def test_what_comes_after_the_cue_is_not_said(text, content):
    assert said(text)[0][2] == content


def test_the_speaker_of_a_quotation_is_who_says_we():
    text = '"We believe that a deal is close," Hamas official Sami Abu Zuhri told Reuters.'
    assert names(text) == ["Hamas official Sami Abu Zuhri"] * 2


def test_a_quotation_of_several_sentences_is_one_content():
    text = 'Farouk said: "The road is open. Trucks may pass." Nobody came.'
    assert said(text) == [("Farouk", "said", '"The road is open. Trucks may pass."')]


def test_a_denial_is_told_from_a_confirmation():
    doc = parsed("Hamas denied that it had left. Israel confirmed that it had left.")
    assert [denies(one, doc) for one in find_attributions(doc)] == [True, False]


def test_figures_beside_a_main_clause_are_vouched_for_alone():
    doc = parsed(
        "The siege began when gunmen attacked, killing 12 people, according to the ministry. "
        "Twelve people were killed, according to the ministry. "
        "Troops closed the road, according to the ministry."
    )
    scopes = [scope_of(one, doc) for one in find_attributions(doc)]
    assert scopes == [Scope.FIGURE, Scope.EVENT, Scope.EVENT]
