"""Laws 1 and 2 for any text: offsets hold, sentences partition it, and nothing raises.

And the time to read a text grows with its length, not with its square.
"""

from time import process_time

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from components.text.documents import Unreadable, read_document
from components.text.grammar import parsed, read_english
from components.text.language import not_english
from components.text.sentences import find_byline, find_dateline, find_sentences
from tests.reading_files import pdf, word

# What turns direction, combines, ends lines, opens markup, or begins what the rules look for.
AWKWARD = (
    "\r\n\v\f\u2028\u0085\ufeff\u200f\u202e\u2066 \u05e9\u05dc\u0645e\u0301\U0001f600\0"
    "<&\"'()-_.,:\u2014\u2022"
)
PIECES = st.sampled_from(
    [
        "CAIRO (Reuters) - ",
        "GAZA/JERUSALEM, Aug. 22 (AFP) \u2014 ",
        "By Jane Doe and John Roe\n",
        "(Reporting by Jane Doe; Editing by John Roe)",
        "U.S. Secretary of State Antony Blinken met Gen. Kamel on Oct. 7. ",
        "\u201cWe will go,\u201d he said.\r\n",
        "</script><script>alert(1)</script>",
        "\u2022 ",
        "1. ",
        "\n\n",
    ]
)
CHARACTERS = st.characters(codec="utf-8") | st.sampled_from(AWKWARD)
TEXTS = st.lists(PIECES | st.text(CHARACTERS, max_size=40), max_size=8).map("".join)


@settings(max_examples=150)
@given(TEXTS)
@example("\r")
@example("\u00a0\n.")
def test_offsets_hold_and_sentences_partition_any_text(text):
    doc = parsed(text)
    assert len(doc.text) == len(text)
    sentences = find_sentences(doc)
    assert "".join(sentence.of(text) for sentence in sentences) == text
    assert all(sentence.start < sentence.stop for sentence in sentences)
    for span in (find_dateline(doc), find_byline(doc)):
        assert span is None or span.of(text).strip()


@given(TEXTS)
def test_whether_any_text_is_english_can_be_asked(text):
    reason = not_english(text)
    assert reason is None or reason.startswith("The text ")


@given(TEXTS)
def test_a_plain_text_comes_back_or_is_refused(text):
    try:
        found = read_document("a.txt", text.encode()).text
    except Unreadable:
        return
    assert found in {text, text.removeprefix("\ufeff")} or "<" in text


@settings(max_examples=50)
@given(TEXTS, st.sampled_from(["<p>{}</p>", "<html><body><h1>x</h1>{}", "<script>{}</script>"]))
def test_a_page_never_raises_anything_else(text, frame):
    try:
        found = read_document("a.html", frame.format(text).encode()).text
    except Unreadable:
        return
    assert found.strip()
    assert "\0" not in found


@settings(max_examples=50)
@given(
    st.binary(max_size=200), st.integers(0, 3_000), st.sampled_from(["a.pdf", "a.docx", "a.txt"])
)
def test_a_damaged_file_never_raises_anything_else(damage, at, name):
    sound = {
        "a.pdf": lambda: pdf(("They met in Cairo.",)),
        "a.docx": lambda: word("They met in Cairo."),
        "a.txt": lambda: b"They met in Cairo." * 99,
    }[name]()
    try:
        found = read_document(name, sound[:at] + damage + sound[at + len(damage) :]).text
    except Unreadable:
        return
    assert found.strip()


@pytest.mark.parametrize(
    "unit",
    [
        "Israeli troops left the town on Thursday, residents said. They came back on Friday.\n\n",
        "Israeli troops left the town on Thursday, residents said. ",
        "CAIRO (AP) - A\n",
        "(",
        '"',
        "x",
        "\n",
        "A. ",
    ],
    ids=[
        "paragraphs",
        "sentences",
        "datelines",
        "brackets",
        "quotes",
        "letters",
        "ends",
        "initials",
    ],
)
def test_ten_times_the_text_takes_at_most_twelve_times_the_time(unit):
    read_english()

    def seconds(text: str, times: int) -> float:
        start = process_time()
        for _ in range(times):
            doc = parsed(text)
            find_sentences(doc)
            find_dateline(doc)
            find_byline(doc)
        return process_time() - start

    short = unit * (1_500 // len(unit))
    # Both sides take as long, so that a machine that does other work slows both; the best of some.
    assert any(seconds(short * 10, 1) <= 1.2 * seconds(short, 10) for _ in range(5))
