"""Verbs and nouns become kinds by what stands around them."""

import pytest

from components.model.event import Kind
from components.text.grammar import parsed
from components.text.kinds import Predication, predication_of


def told(sentence: str) -> list[Predication]:
    return [
        found for word in parsed(sentence) if isinstance(found := predication_of(word), Predication)
    ]


def kinds(sentence: str) -> set[Kind]:
    return {one.kind for one in told(sentence)}


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Israeli tanks pushed deeper into the town on Monday.", Kind.ADVANCE),
        ("Israeli forces withdrew from the town.", Kind.WITHDRAWAL),
        ("The army pulled its troops out of the corridor.", Kind.WITHDRAWAL),
        ("Egypt deployed more troops along its border.", Kind.DEPLOYMENT),
        ("Israel keeps troops in the corridor.", Kind.DEPLOYMENT),
        ("Israel closed the crossing on Friday.", Kind.CLOSURE),
        ("Israel kept the crossing closed on Friday.", Kind.CLOSURE),
        ("The crossing was reopened on Sunday.", Kind.OPENING),
        ("The group smuggled weapons into Gaza.", Kind.ARMS),
        ("The navy seized a boat carrying rifles.", Kind.ARMS),
        ("Negotiators met in Doha.", Kind.TALKS),
        ("Officials held a new round of talks in Cairo.", Kind.TALKS),
        ("Egypt handed a new proposal to Hamas.", Kind.PROPOSAL),
        ("Qatar has been a mediator for years.", Kind.MEDIATION),
        ("The foreign minister will visit Cairo.", Kind.VISIT),
        ("A delegation plans to travel to Cairo on Friday.", Kind.VISIT),
        ("A delegation will travel to Cairo to discuss a truce.", Kind.TALKS),
        ("Tanks reached the outskirts of the city.", Kind.ADVANCE),
        ("Troops took control of the crossing.", Kind.ADVANCE),
        ("A teenager was shot dead on Sunday.", Kind.CASUALTIES),
        ("A man was fatally shot on Sunday.", Kind.CASUALTIES),
        ("Soldiers shot a man on Sunday.", Kind.ATTACK),
        ("The president urged Israel to wait.", Kind.APPEAL),
        ("Warplanes struck a tower in the city.", Kind.ATTACK),
        ("Militants fired rockets at Sderot.", Kind.ATTACK),
        ("Gunmen led an incursion into Israel.", Kind.ATTACK),
        ("Twelve people were killed on Friday.", Kind.CASUALTIES),
        ("The war began on October 7.", Kind.WAR),
    ],
)
def test_a_predicate_with_its_arguments_has_a_kind(sentence: str, kind: Kind) -> None:
    assert kinds(sentence) == {kind}


@pytest.mark.parametrize(
    "sentence",
    [
        "The minister pushed for a deal.",
        "The proposal met a demand of the other side.",
        "Parliament opened a debate and closed its session.",
        "Workers staged a hunger strike.",
        "The talks were about the future.",
        "Children returned to school.",
        "Prices hit the poor.",
        "The sides reached an agreement.",
        "Families on foot went to the city.",
    ],
)
def test_the_same_words_with_other_arguments_have_none(sentence: str) -> None:
    assert kinds(sentence) == set()


def test_a_noun_that_is_only_spoken_of_says_why_it_is_passed_over() -> None:
    (reason,) = [
        found
        for word in parsed("They disagree over a withdrawal.")
        if isinstance(found := predication_of(word), str)
    ]
    assert "withdrawal" in reason


def test_subjects_are_shared_by_joined_and_dependent_verbs() -> None:
    (one,) = told("A Qatari delegation was due to visit Cairo.")
    assert [token.text for token in one.arguments.agents] == ["delegation"]
    first, second = told("Troops advanced in the north and withdrew from the south.")
    assert [token.text for token in second.arguments.agents] == ["Troops"]
    assert first.kind is Kind.ADVANCE
    assert second.kind is Kind.WITHDRAWAL
