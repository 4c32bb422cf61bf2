"""Whatever file is given: its text, or a message that says what is wrong and what to do."""

import pytest

from components.text.documents import LONGEST, Unreadable, check_text, read_document
from tests.reading_files import pdf, word, zipped

ARTICLE = (
    "Mediators meet in Cairo",
    (
        "CAIRO (Reuters) - Delegations started a new round of meetings in Cairo on Thursday aimed "
        "at resolving differences over a truce proposal, two Egyptian security sources said."
    ),
    "Egyptian officials had met to seek compromises over plans for security on the border.",
    "(Reporting by Jane Doe; Editing by John Roe)",
)
PAGE = """<!DOCTYPE html><html><head><title>Mediators meet in Cairo - Example</title>
<meta property="og:title" content="Mediators meet in Cairo">
<style>p { color: red }</style><script>alert("from the head")</script></head>
<body><nav><a href="/">Home</a> <a href="/world">World</a></nav>
<article><h1>Mediators meet in Cairo</h1>
<p>CAIRO (Reuters) - Delegations started a new round of <b>meetings</b> in
<a href="/cairo">Cairo</a> on Thursday, sources&nbsp;said.</p>
<script>alert("from the article")</script><noscript>Switch JavaScript on</noscript>
<p onclick="alert(1)">Egyptian &amp; U.S. officials had met to seek compromises over plans.</p>
<p>They wrote &lt;/script&gt;&lt;script&gt;alert(2)&lt;/script&gt; and \u202egnihton\u202c.</p>
</article><footer>All rights reserved. Cookie settings</footer></body></html>"""


def why(name: str, content: bytes) -> str:
    """Return the message with which a document is refused."""
    with pytest.raises(Unreadable) as refused:
        read_document(name, content)
    return str(refused.value)


class TestPlainText:
    """Characters as they are."""

    @pytest.mark.parametrize("name", ["a.txt", "a.md", "a.TXT", "pasted"])
    def test_every_character_is_kept(self, name):
        text = " Caf\u00e9\r\n\r\nIt\u2019s\u00a0\u201cdone\u201d \u2013 \U0001f600\t\u202eabc\r\n"
        assert read_document(name, text.encode()).text == text

    @pytest.mark.parametrize("encoding", ["utf-8-sig", "utf-16"])
    def test_a_byte_order_mark_is_no_text(self, encoding):
        document = read_document("a.txt", "Talks \u2013 Cairo".encode(encoding))
        assert (document.text, document.format) == ("Talks \u2013 Cairo", "text")

    def test_it_may_hold_neither_a_date_nor_a_place(self):
        assert read_document("a.txt", b"They talked.").text == "They talked."


class TestPage:
    """HTML."""

    def test_it_is_the_headline_and_the_paragraphs(self):
        document = read_document("a.html", PAGE.encode())
        headline, first, second, third = document.text.split("\n\n")
        assert document.title == headline == "Mediators meet in Cairo"
        assert first.startswith("CAIRO (Reuters) - Delegations started a new round of meetings in")
        assert second == "Egyptian & U.S. officials had met to seek compromises over plans."
        assert third.startswith("They wrote </script><script>alert(2)</script> and ")

    def test_nothing_of_scripts_styles_and_menus_is_in_it(self):
        text = read_document("a.html", PAGE.encode()).text
        for words in ("from the head", "from the article", "color", "Home", "JavaScript", "Cookie"):
            assert words not in text

    def test_it_is_known_under_another_ending_too(self):
        assert read_document("a.txt", PAGE.encode()) == read_document("a.html", PAGE.encode())

    def test_its_own_encoding_counts(self):
        page = PAGE.replace("<head>", '<head><meta charset="iso-8859-1">').replace("done", "")
        page = page.replace("Egyptian", "Caf\u00e9").replace("\u202egnihton\u202c", "\u201cx\u201d")
        text = read_document("a.html", page.encode("cp1252")).text
        assert "Caf\u00e9 & U.S." in text
        assert "\u201cx\u201d" in text

    def test_one_without_any_frame_is_read(self):
        assert read_document("a.htm", b"<p>They met in Cairo.</p>").text == "They met in Cairo."

    @pytest.mark.parametrize(
        ("page", "message"),
        [
            ("<html><script>alert(1)</script></html>", "a.html: the page holds no text. Copy "),
            ("<p>talks</p>" * 250_000, "shows 1,250,000 characters, but an article's page at most"),
            ('<meta charset="klingon"><p>talks', "says that it is in klingon, which is not known."),
            ('<meta charset="ascii"><p>caf\u00e9', "byte 28 is 0xC3, which is not ASCII."),
        ],
    )
    def test_a_bad_one_is_told(self, page, message):
        assert message in why("a.html", page.encode())


class TestPdf:
    """PDF with a text layer."""

    def test_its_lines_become_paragraphs_again(self):
        document = read_document("a.pdf", pdf(ARTICLE))
        assert (document.text, document.format) == ("\n\n".join(ARTICLE), "PDF")

    def test_a_paragraph_goes_on_over_the_page_and_page_numbers_go(self):
        words = "The delegations met in Cairo to talk about the border and about who would guard"
        document = read_document("a.pdf", pdf((words, "1"), ("2 of 2", "the crossing.")))
        assert document.text in {f"{words} the crossing.", f"{words}\n\nthe crossing."}

    def test_a_word_that_was_broken_is_whole_again(self):
        lines = (
            "They met in Cairo to talk about the with-\ndrawal from the corridor on Thursday.",
        )
        assert "the withdrawal from" in read_document("a.pdf", pdf(lines)).text

    def test_its_first_bytes_count(self):
        assert read_document("a.txt", pdf(ARTICLE)).format == "PDF"

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (
                pdf(()),
                "none of the PDF's pages (1) has a text layer: they are pictures. Have their",
            ),
            (
                pdf(ARTICLE, password=ARTICLE[0]),
                "the PDF is locked with a password. Save a copy without one.",
            ),
            (pdf(ARTICLE)[:900], "the PDF is broken ("),
            (b"%PDF-1.7\n" + bytes(range(256)), "the PDF is broken ("),
            (pdf(*[("x",)] * 301), "301 pages, but at most 300 can be read. Save the article's"),
            (b"hello", "does not begin with %PDF-, so it is no PDF. Save it again."),
        ],
        ids=["pictures", "locked", "cut off", "garbage", "book", "no PDF"],
    )
    def test_a_bad_one_is_told(self, content, message):
        assert f"a.pdf: {message}" in why("a.pdf", content)


class TestWord:
    """Word (.docx)."""

    def test_it_is_its_paragraphs_and_cells(self):
        document = read_document("a.docx", word(*ARTICLE, "", cells=("Cairo", "Doha")))
        assert document.text == "\n\n".join([*ARTICLE, "Cairo", "Doha"])
        assert document.format == "Word"

    @pytest.mark.parametrize(
        ("content", "message"),
        [
            (word(), "there is no text in it. Give one that holds an article."),
            (word(*ARTICLE)[:5000], "the Word file is broken (File is not a zip file). Save it"),
            (zipped("word/document.xml", b"<"), "the Word file is broken ("),
            (zipped("word/document.xml", b"0" * 101_000_000), "101 MB when unpacked, but at most"),
            (zipped("a.csv", b"1"), "a ZIP file, but no Word file (.docx). Give the article"),
            (b"hello", "is no .docx, which is a ZIP file. Save it again."),
            (
                b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
                "an old Word file (.doc), or one with a password.",
            ),
        ],
        ids=["empty", "cut off", "no package", "bomb", "another ZIP", "no ZIP", "old"],
    )
    def test_a_bad_one_is_told(self, content, message):
        assert f"a.docx: {message}" in why("a.docx", content)


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        ("a.txt", b"", "a.txt: the file is empty (0 bytes). Give one that holds an article."),
        ("a.txt", b" \r\n", "a.txt: the file is empty (3 bytes of white space). Give one"),
        ("a.txt", "\u00a0\u2003".encode(), "a.txt: there is no text in it. Give one"),
        ("a.txt", b"a" * 20_000_000, "a.txt: 20.0 MB, but at most 10 MB can be read. Save"),
        (
            "a.txt",
            b"a " * 150_001,
            "a.txt: 300,002 characters, but an article has at most 300,000.",
        ),
        ("a.txt", b"caf\xe9", "a.txt: byte 3 is 0xE9, which is not UTF-8. Save it as UTF-8"),
        ("a.txt", b"\xef\xbb\xbfcaf\xe9", "a.txt: byte 6 is 0xE9, which is not UTF-8."),
        ("a.txt", b"\xff\xfea\x00b", "a.txt: byte 4 is 0x62, which is not UTF-16."),
        ("a.txt", b"MZ\x90\x00\x03" * 9, "a.txt: byte 3 is 0x00, so this is no text. Save"),
        ("a.txt", b"abc\0def", "a.txt: character 3 is the control character 0x00, one of 1: this"),
        (
            "a.txt",
            b"\x01\x02\x03\x04 text",
            "a.txt: character 0 is the control character 0x01, one",
        ),
        ("a.rtf", b"{\\rtf1 hello}", "a.rtf: a rich text file (RTF). Save it as .docx or as plain"),
        ("a.odt", b"hello", "a.odt: files that end in .odt are not known. Give .txt, .md, .html"),
    ],
)
def test_a_bad_file_is_told(name, content, message):
    assert why(name, content).startswith(message)


def test_a_pasted_text_is_checked_alike():
    check_text("x" * LONGEST, "the text")
    with pytest.raises(Unreadable, match="the text: character 1 is half of a surrogate pair"):
        check_text("a\ud800b", "the text")
