"""The scorer itself: what it counts as right, and that it counts what is wrong."""

import json
from copy import deepcopy
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from components.model.period import Period
from tests.reading_scores import NARRATION, Marked, Score, matches, pins_of_proposals, score, traps

OWNER = "seeds/2024-08-22-reuters-cairo-truce-talks"

ADVANCE = Marked(
    kind="advance",
    mode="happened",
    period=Period.from_edtf("2024-05"),
    places=frozenset({"philadelphi"}),
    topics=frozenset(),
    sources=frozenset({NARRATION}),
    evidence=((10, 50),),
)
PROPOSAL = replace(
    ADVANCE, kind="proposal", places=frozenset({"cairo"}), topics=frozenset({"philadelphi"})
)


@pytest.fixture(scope="module")
def owner(repository: Path) -> tuple[str, list[dict[str, Any]]]:
    """Return the owner's article and the records of its events."""
    path = repository / OWNER
    record = json.loads(path.with_suffix(".json").read_text(encoding="utf-8"))
    return path.with_suffix(".txt").read_bytes().decode(), record["events"]


def test_what_was_marked_scores_full_against_itself(owner) -> None:
    gold = [Marked.of(record) for record in owner[1]]
    assert score(gold, gold) == Score(17, 17, 17, 17, 17, 17, 17, 17, 0)


def test_nothing_found_scores_nothing(owner) -> None:
    gold = [Marked.of(record) for record in owner[1]]
    counts = score([], gold)
    assert (counts.matched, counts.recall, counts.f1) == (0, 0, 0)


def test_an_event_needs_its_kind_and_its_words() -> None:
    assert score([replace(ADVANCE, kind="attack")], [ADVANCE]).matched == 0
    assert score([replace(ADVANCE, evidence=((50, 60),))], [ADVANCE]).matched == 0
    assert score([replace(ADVANCE, evidence=((49, 60),))], [ADVANCE]).matched == 1


def test_a_near_kind_counts_only_where_asked_for() -> None:
    found = [replace(ADVANCE, kind="deployment")]
    assert score(found, [ADVANCE]).matched == 0
    assert score(found, [ADVANCE], near=True).matched == 1
    assert score([replace(ADVANCE, kind="talks")], [ADVANCE], near=True).matched == 0


def test_each_event_is_matched_once_and_with_the_one_it_agrees_with() -> None:
    other = replace(ADVANCE, period=Period.from_edtf("2024-08-22"), places=frozenset({"gaza"}))
    assert score([ADVANCE, ADVANCE], [ADVANCE]).precision == 0.5
    assert matches([other, ADVANCE], [ADVANCE, other]) == [(0, 1), (1, 0)]


def test_as_many_as_possible_are_matched() -> None:
    """One found event is just like a marked one; that pair would leave two others alone."""
    nothing_right = {
        "mode": "claimed",
        "period": Period.from_edtf("2023"),
        "places": frozenset({"rafah"}),
        "sources": frozenset({"egypt"}),
    }
    wide = replace(ADVANCE, evidence=((10, 50), (60, 90)))
    poor = replace(ADVANCE, **nothing_right)
    apart = replace(ADVANCE, **nothing_right, evidence=((60, 90),))
    assert matches([wide, poor], [ADVANCE, apart]) == [(0, 1), (1, 0)]


@pytest.mark.parametrize(
    ("change", "wrong"),
    [
        ({"period": Period.from_edtf("2024-05-07")}, "dates"),
        ({"period": Period.from_edtf("2024-05?")}, "dates"),
        ({"period": Period.from_edtf("2023-05")}, "dates_meet"),
        ({"places": frozenset({"philadelphi", "gaza"})}, "places"),
        ({"places": frozenset()}, "places"),
        ({"mode": "claimed"}, "modes"),
        ({"sources": frozenset({"israel"})}, "sources"),
    ],
)
def test_a_wrong_field_is_counted_and_costs_no_match(change, wrong: str) -> None:
    counts = score([replace(ADVANCE, **change)], [ADVANCE])
    assert counts.matched == 1
    assert getattr(counts, wrong) == 0


def test_one_date_written_in_two_ways_is_one_date() -> None:
    written_out = replace(ADVANCE, period=Period.from_edtf("2024-05-01/2024-05-31"))
    assert score([written_out], [ADVANCE]).dates == 1


def test_a_mark_where_something_was_only_proposed_is_counted() -> None:
    pulled_back = replace(ADVANCE, kind="withdrawal")
    assert pins_of_proposals([pulled_back], [PROPOSAL]) == [(pulled_back, "philadelphi")]
    assert pins_of_proposals([pulled_back], []) == [(pulled_back, "philadelphi")]
    assert not pins_of_proposals([PROPOSAL], [PROPOSAL])
    assert not pins_of_proposals([replace(pulled_back, places=frozenset())], [PROPOSAL])


def test_a_mark_where_something_happened_is_no_proposals() -> None:
    assert not pins_of_proposals([replace(ADVANCE, kind="attack")], [ADVANCE, PROPOSAL])


def test_records_are_compared_by_what_they_mean(owner) -> None:
    record = deepcopy(owner[1][10])
    said, place = record["attributions"][0], record["places"][0]
    said["source"], place["name"] = "the Egypt", "The Border between Egypt and Gaza"
    assert Marked.of(record) == Marked.of(owner[1][10])
    place["basis"] = "guessed"
    assert not Marked.of(record).places
    record["attribution"] = record.pop("attributions")[0]
    assert Marked.of(record).sources == {"egypt"}
    record["attribution"] = None
    assert Marked.of(record).sources == {NARRATION}


def test_a_sound_reading_falls_into_no_trap(owner) -> None:
    text, records = owner
    gold = [Marked.of(record) for record in records]
    assert not traps(text, {"events": records, "places": []}, gold)


@pytest.mark.parametrize(
    ("name", "words", "change"),
    [
        ("truce proposal", "U.S. and Israeli delegations", {"kind": "proposal"}),
        ("withdrawal", "Egyptian and U.S. officials", {"kind": "withdrawal"}),
        ("release", "Egypt along with", {"kind": "talks"}),
        ("deal", "Israeli demands to keep", {"kind": "talks"}),
        ("dateline", "CAIRO", {"kind": "talks"}),
        ("byline", "(Reporting by", {"kind": "visit"}),
        ("second mention", "The meetings in Cairo", {"kind": "talks"}),
    ],
)
def test_an_event_that_is_none_is_named_as_the_trap_it_is(owner, name, words, change) -> None:
    text, records = owner
    start = text.index(words)
    stop = text.find("\n", start) if "\n" in text[start:] else len(text)
    stray = records[0] | {"mode": "happened", "evidence": [{"start": start, "stop": stop}]} | change
    gold = [Marked.of(record) for record in records]
    reading = {"events": [*records, stray], "places": []}
    assert traps(text, reading, gold) == [name]


@pytest.mark.parametrize(
    ("name", "words"),
    [("byline", "Oatis"), ("Egyptian", "Egyptian"), ("Israel says", "Israel says")],
)
def test_a_place_that_is_none_is_named_as_the_trap_it_is(owner, name, words) -> None:
    text, records = owner
    start = text.index(words)
    place = {"start": start, "stop": start + 6, "use": "literal"}
    gold = [Marked.of(record) for record in records]
    assert traps(text, {"events": records, "places": [place]}, gold) == [name]
    place["use"] = "associative"
    assert not traps(text, {"events": records, "places": [place]}, gold)
