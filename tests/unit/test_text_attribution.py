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
