"""Names of actors are neutral: a country for its officials, forces for its tanks."""

import pytest

from components.text.actors import Peoples, who_are, who_is
from components.text.grammar import parsed

PEOPLES = Peoples.of(
    {"Egyptian": "Egypt", "Israeli": "Israel", "Qatari": "Qatar", "French": "France"}
)


@pytest.mark.parametrize(
    ("sentence", "names"),
    [
        ("Egyptian officials left.", ["Egypt"]),
        ("U.S. and Israeli delegations met.", ["United States", "Israel"]),
        ("Negotiators from Israel and Qatar met.", ["Israel", "Qatar"]),
        ("Israeli tanks advanced.", ["Israeli military"]),
        ("Israel's army advanced.", ["Israeli military"]),
        ("Hamas gunmen attacked.", ["Hamas gunmen"]),
        ("Hamas left.", ["Hamas"]),
        ("U.S. Secretary of State Antony Blinken arrived.", ["Antony Blinken (United States)"]),
        ("France's foreign minister arrived.", ["Foreign minister (France)"]),
        ("Washington agreed.", ["United States"]),
        ("The proposals failed.", []),
        ("They left.", []),
    ],
)
def test_who_a_noun_speaks_of(sentence: str, names: list[str]) -> None:
    subject = next(token for token in parsed(sentence) if token.dep_.startswith("nsubj"))
    assert [who.name for who in who_are(subject, PEOPLES)] == names


def test_a_country_by_its_demonym_and_by_its_name_is_one() -> None:
    subjects = [
        token
        for sentence in ("Egypt left.", "Egyptian mediators left.")
        for token in parsed(sentence)
        if token.dep_ == "nsubj"
    ]
    assert len({who_is(token, PEOPLES) for token in subjects}) == 1
