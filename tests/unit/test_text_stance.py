"""How predicates are put."""

from pathlib import Path

import pytest

from components.text.attribution import find_attributions
from components.text.grammar import parsed
from components.text.reading import Stance
from components.text.stance import is_party, stance_of, stance_with_reason

OWNERS_ARTICLE = Path("seeds/2024-08-22-reuters-cairo-truce-talks.txt")


def stance(text: str, word: str, after: str = "") -> Stance:
    """Return the stance of the first `word` that follows `after`."""
    doc = parsed(text)
    start = text.index(word, text.index(after))
    span = doc.char_span(start, start + len(word))
    assert span is not None
    return stance_of(span.root, doc, find_attributions(doc))


@pytest.mark.parametrize(
    ("word", "after", "expected"),
    [
        ("started", "", Stance.HAPPENED),
        ("met", "officials had", Stance.HAPPENED),
        ("withdrawal", "following", Stance.DEMANDED),
        ("providing", "", Stance.HYPOTHETICAL),
        ("presented", "", Stance.PLANNED),
        ("join", "", Stance.PLANNED),
        ("negotiations", "stop-start", Stance.ONGOING),
        ("ceasefire", "to secure", Stance.HYPOTHETICAL),
        ("keep", "", Stance.DEMANDED),
        ("deal", "obstacles", Stance.HYPOTHETICAL),
        ("withdraw", "Hamas want", Stance.DEMANDED),
        ("advanced", "", Stance.HAPPENED),
        ("used", "", Stance.CLAIMED),
        ("shut", "", Stance.CLAIMED),
        ("trip", "", Stance.HAPPENED),
        ("breakthrough", "", Stance.NEGATED),
        ("war", "The war began", Stance.ONGOING),
        ("led", "gunmen", Stance.HAPPENED),
        ("killed", "", Stance.CLAIMED),
        ("pushed", "", Stance.HAPPENED),
        ("pressed", "", Stance.HAPPENED),
        ("completing", "", Stance.HYPOTHETICAL),
    ],
)
def test_the_owners_article(word, after, expected):
    assert stance(OWNERS_ARTICLE.read_text(encoding="utf-8"), word, after) is expected


@pytest.mark.parametrize(
    ("text", "word", "expected"),
    [
        ("Israel did not withdraw from Netzarim.", "withdraw", Stance.NEGATED),
        ("Qatar has mediated for months.", "mediated", Stance.ONGOING),
        ("Qatar has mediated for free.", "mediated", Stance.HAPPENED),
        ("Qatar mediated for months.", "mediated", Stance.HAPPENED),
        ("The pier has been closed since a storm hit it.", "closed", Stance.ONGOING),
        ("No trucks entered through Rafah.", "entered", Stance.NEGATED),
        ("Israel refused to reopen the crossing.", "reopen", Stance.NEGATED),
        ("They met without reaching an agreement.", "reaching", Stance.NEGATED),
        ("Hamas denied that it had attacked the convoy.", "attacked", Stance.DENIED),
        ("Israel rejected reports that its troops had left.", "left", Stance.DENIED),
        ("Israel will reopen the crossing on Sunday.", "reopen", Stance.PLANNED),
        ("Israel agreed to send negotiators.", "send", Stance.PLANNED),
        ("Blinken is to meet Sisi on Tuesday.", "meet", Stance.PLANNED),
        ("Talks are due to resume in Cairo.", "Talks", Stance.PLANNED),
        ("The planned withdrawal was delayed.", "withdrawal", Stance.PLANNED),
        ("Israel will keep the crossing closed.", "closed", Stance.PLANNED),
        ("Israel said it would reopen the crossing on Sunday.", "reopen", Stance.PLANNED),
        ("Rafah crossing to open this week, Egypt says", "open", Stance.PLANNED),
        ("Hamas demands that Israel withdraw.", "withdraw", Stance.DEMANDED),
        ("Hamas insists that Israel leave the corridor.", "leave", Stance.DEMANDED),
        ("Qatar called for an immediate ceasefire.", "ceasefire", Stance.DEMANDED),
        ("Egypt urged Israel to reopen the crossing.", "urged", Stance.HAPPENED),
        ("Egypt urged Israel to reopen the crossing.", "reopen", Stance.DEMANDED),
        ("The proposal would require Israel to withdraw.", "withdraw", Stance.HYPOTHETICAL),
        ("The proposal would see Israel withdraw.", "withdraw", Stance.HYPOTHETICAL),
        ("If Israel withdraws, Hamas would answer.", "withdraws", Stance.HYPOTHETICAL),
        ("Israel threatened to expand its offensive.", "expand", Stance.HYPOTHETICAL),
        ("The cabinet will discuss plans for an advance.", "advance", Stance.HYPOTHETICAL),
        ("The Rafah crossing has been closed since May.", "closed", Stance.ONGOING),
        ("The crossing remains closed.", "closed", Stance.ONGOING),
        ("Israeli forces are advancing in Khan Younis.", "advancing", Stance.ONGOING),
        ("The army began withdrawing on Sunday.", "withdrawing", Stance.HAPPENED),
        ("Troops withdrew after months of fighting.", "withdrew", Stance.HAPPENED),
    ],
)  # fmt: skip
def test_how_it_is_put(text, word, expected):
    assert stance(text, word) is expected


@pytest.mark.parametrize(
    ("speaker", "expected"),
    [
        ("Israel", Stance.CLAIMED),
        ("The Israeli military", Stance.CLAIMED),
        ("Hamas", Stance.CLAIMED),
        ("A senior Hamas official", Stance.CLAIMED),
        ("Egypt", Stance.CLAIMED),
        ("Gaza's health ministry", Stance.CLAIMED),
        ("Two Israeli security sources", Stance.HAPPENED),
        ("Two Egyptian security sources", Stance.HAPPENED),
        ("Palestinian medics", Stance.HAPPENED),
        ("Residents of Rafah", Stance.HAPPENED),
        ("The United Nations", Stance.HAPPENED),
        ("Qatar", Stance.HAPPENED),
    ],
)
def test_whose_word_is_a_claim(speaker, expected):
    assert stance(f"{speaker} said tanks had left the road.", "left") is expected


def test_a_count_is_the_counters_whoever_counts():
    assert stance("Medics said ten people were killed in Rafah.", "killed") is Stance.CLAIMED
    assert stance("Strikes killed ten people in Rafah, medics said.", "killed") is Stance.HAPPENED


@pytest.mark.parametrize("one", ["Israel", "Hamas", "Egypt"])
@pytest.mark.parametrize("form", ["{}", "{} officials", "{}'s spokesman", "a {} official"])
def test_parties_are_treated_alike(one, form):
    assert is_party(form.format(one))
    assert not is_party(form.format(one) + " sources")


def test_the_reason_names_the_words():
    text = "Hamas denied that it had attacked the convoy."
    doc = parsed(text)
    reason = stance_with_reason(doc[5], doc, find_attributions(doc))
    assert reason == (Stance.DENIED, "Denied by Hamas.")
