"""Sentences, with the dateline and the byline apart."""

import pytest

from components.text.grammar import parsed
from components.text.sentences import find_byline, find_dateline, find_sentences


def sentences(text: str) -> list[str]:
    """Return the sentences of a text, without the white space after them."""
    return [span.of(text).strip() for span in find_sentences(parsed(text))]


def test_the_article_has_fourteen_and_its_dateline(repository):
    text = (repository / "seeds" / "2024-08-22-reuters-cairo-truce-talks.txt").read_text("utf-8")
    found = sentences(text)
    assert len(found) == 15
    assert found[0] == "Mediators meet in Cairo in effort to resolve gaps on Gaza truce proposal"
    assert found[1] == "CAIRO (Reuters) -"
    assert found[7].endswith("where Israeli troops advanced in May.")
    assert found[8:10] == [
        "Israel says Hamas has used the area to bring arms into Gaza.",
        "Egypt says it has shut off smuggling routes.",
    ]
    assert found[-1].startswith("(Reporting by")


@pytest.mark.parametrize(
    "text",
    [
        "He met Gen. Abbas Kamel and Lt. Col. Daniel Hagari in Cairo.",
        "The war began on Oct. 7 in Israel.",
        "The U.S. Secretary of State spoke with George W. Bush and J. Smith.",
        "U.N. aid came on Sept. 3 at 5 p.m. local time.",
        "It was No. 5 on the list.",
        '"We will go," he said.',
        "The talks (which began in May) went on; nobody left: it was late.",
        "\u201cIsrael must leave,\u201d Hamas said in a statement.",
        "He said \u2013 and this was new \u2013 that the crossing was open.",
    ],
)
def test_one_sentence_stays_whole(text):
    assert sentences(text) == [text]


@pytest.mark.parametrize(
    "expected",
    [
        ["They left.", "Israel stayed."],
        ['"We are ready," he said.', '"We will go."', "Nobody did."],
        ["Why did they go?", "Nobody knows."],
        ["He lives in the U.S.", "He left Egypt in May."],
        ["Talks failed (again).", "Egypt goes on."],
    ],
)
def test_sentences_are_told_apart(expected):
    assert sentences(" ".join(expected)) == expected


def test_lines_and_bullets_are_sentences_of_their_own():
    text = "Talks in Cairo\nThe key points\n\n\u2022 Israel stays\n\u2022 Hamas says no\n- Egypt\n"
    assert sentences(text) == [
        "Talks in Cairo",
        "The key points",
        "\u2022 Israel stays",
        "\u2022 Hamas says no",
        "- Egypt",
    ]


def test_a_wrapped_line_goes_on():
    text = (
        "The delegations met in Cairo on Thursday for talks with the U.S.\r\n"
        "Secretary of State, who came from the region, about the border and\r\n"
        "the crossing.  They will meet again.\r\nNobody knows where they will meet.\r\n"
    )
    assert [" ".join(one.split()) for one in sentences(text)] == [
        (
            "The delegations met in Cairo on Thursday for talks with the U.S. Secretary of State, "
            "who came from the region, about the border and the crossing."
        ),
        "They will meet again.",
        "Nobody knows where they will meet.",
    ]


def test_a_headline_without_an_empty_line_after_it_stands_alone():
    text = (
        "Mediators meet in Cairo in effort to resolve gaps\nCAIRO (Reuters) - They met on Thursday."
    )
    assert sentences(text)[0] == "Mediators meet in Cairo in effort to resolve gaps"


@pytest.mark.parametrize(
    ("line", "dateline"),
    [
        ("CAIRO (Reuters) - ", "CAIRO"),
        ("CAIRO, Aug 22 (Reuters) - ", "CAIRO, Aug 22"),
        ("GAZA/JERUSALEM, Aug 22 (Reuters) -", "GAZA/JERUSALEM, Aug 22"),
        ("CAIRO, Aug. 22 (AFP) \u2014 ", "CAIRO, Aug. 22"),
        ("Jerusalem (AFP) \u2013 ", "Jerusalem"),
        ("Gaza City, Palestinian Territories (AFP) \u2013 ", "Gaza City, Palestinian Territories"),
        ("CAIRO \u2014 ", "CAIRO"),
        ("CAIRO: ", "CAIRO"),
        ("DOHA/CAIRO (AP) -- ", "DOHA/CAIRO"),
        ("RAFAH CROSSING, Egypt (AP) \u2014 ", "RAFAH CROSSING, Egypt"),
        ("DEIR al-BALAH, Gaza Strip (AP) \u2014", "DEIR al-BALAH, Gaza Strip"),
        ("WASHINGTON, D.C. \u2014 ", "WASHINGTON, D.C."),
        ("UNITED NATIONS (AP) _ ", "UNITED NATIONS"),
        ("RAMALLAH, Friday, August 23, 2024 (WAFA) - ", "RAMALLAH, Friday, August 23, 2024"),
        ("Gaza City \u2013 ", "Gaza City"),
    ],
)
def test_a_dateline_is_apart(line, dateline):
    sentence = "Israeli forces moved into the west of the town on Thursday, residents said."
    text = f"A headline\n\n{line}{sentence}"
    found = find_dateline(parsed(text))
    assert found is not None
    assert found.of(text) == dateline
    assert sentences(text) == ["A headline", line.strip(), sentence]


@pytest.mark.parametrize(
    "text",
    [
        "NATO (North Atlantic Treaty Organization) said on Thursday that it was ready.",
        "UNRWA, the main agency - and the largest - said on Thursday that it was ready.",
        "Hamas - which rules Gaza - said on Thursday that it was ready for talks in Cairo.",
        "WATCH: The delegations arrive.",
        "ISRAEL ADVANCES - HAMAS REPLIES",
        "They met in CAIRO (Reuters) - and left.",
        "",
    ],
)
def test_other_lines_have_no_dateline(text):
    assert find_dateline(parsed(text)) is None


@pytest.mark.parametrize(
    ("text", "byline"),
    [
        (
            "Talks.\n\n(Reporting by A; Editing by B)",
            "Reporting by A; Editing by B",
        ),
        ("They met.\n(Additional reporting by A. Doe)\n", "Additional reporting by A. Doe"),
        ("They met.\nReporting by A. Doe in Cairo", "Reporting by A. Doe in Cairo"),
        ("Talks\n\nBy Jane Doe and John Roe\n\nThey met.", "By Jane Doe and John Roe"),
        ("Talks\nBy JANE DOE, Associated Press\nThey met.", "By JANE DOE, Associated Press"),
        (
            "They met.\n\n___\n\nAP writer Jane Doe in Cairo contributed to this report.",
            "AP writer Jane Doe in Cairo contributed to this report.",
        ),
    ],
)
def test_a_byline_is_apart(text, byline):
    found = find_byline(parsed(text))
    assert found is not None
    assert found.of(text) == byline


@pytest.mark.parametrize(
    "text", ["By Friday Israel will leave.", "By the sea they met.", "They met by Jaffa Gate.", ""]
)
def test_other_lines_have_no_byline(text):
    assert find_byline(parsed(text)) is None


@pytest.mark.parametrize(
    ("text", "count"), [("", 0), (" \n", 1), ("...", 1), ("They met.\n\n***", 2)]
)
def test_a_text_without_words_is_no_trouble(text, count):
    assert len(sentences(text)) == count
