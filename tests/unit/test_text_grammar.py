"""The parser's ground: a genuine model, offsets that hold, and no text too awkward."""

import shutil

import pytest

from components.text.grammar import LONGEST, MODEL, TooLong, parsed, plain_text, read_english


@pytest.fixture
def copied_model(tmp_path):
    """Return a copy of the language model's folder."""
    return shutil.copytree(MODEL, tmp_path / "english")


class TestModel:
    """The model's files."""

    def test_a_faithful_copy_is_taken(self, copied_model):
        assert read_english(copied_model)("They met.")[0].tag_ == "PRP"

    def test_a_changed_file_is_found(self, copied_model):
        changed = next(copied_model.glob("*/parser/model"))
        content = bytearray(changed.read_bytes())
        content[-1] ^= 1
        changed.write_bytes(content)
        with pytest.raises(RuntimeError, match=r"parser/model: sha256 is \w{64}, expected \w{64}"):
            read_english(copied_model)

    def test_a_missing_file_is_found(self, copied_model):
        next(copied_model.glob("*/vocab/strings.json")).unlink()
        with pytest.raises(RuntimeError, match=r"vocab/strings.json: sha256 is no such file"):
            read_english(copied_model)

    def test_every_file_that_is_loaded_is_pinned(self, repository):
        pinned = (repository / "components" / "text" / "english.sha256").read_text().splitlines()
        names = {line.split(maxsplit=1)[1] for line in pinned}
        folder = next(MODEL.glob("en_core_web_sm*-*"))
        loaded = {str(path.relative_to(MODEL)) for path in folder.rglob("*") if path.is_file()}
        prose = {name for name in loaded if name.endswith((".md", "LICENSE", "LICENSES_SOURCES"))}
        assert loaded - prose <= names


class TestOffsets:
    """Where words stand."""

    @pytest.mark.parametrize(
        "text",
        [
            "",
            "\n\n\n",
            "They met.\r\n\r\nThey left.\rThey came.\u2028\u2029\x85\x0b\x0cEnd",
            "\u201cSo\u201d \u2013 he\u2019s\u00a0here\u2026 \u00ab5\u2009km\u00bb",
            "\U0001f600\u200d\U0001f469 e\u0301 \u202ecba\u202c \u2066x\u2069 \ufeff\0\x1b[31m",
            "  Indented\n   too \n",
        ],
    )
    def test_the_document_is_as_long_as_the_text(self, text):
        doc = parsed(text)
        assert len(doc.text) == len(text) == len(plain_text(text))
        assert "".join(token.text_with_ws for token in doc) == doc.text

    def test_words_stand_where_the_text_has_them(self):
        text = (
            "\u201cIsrael\u2019s troops left\u201d \u2014 Egypt\u00a0said.\r\nHamas\u200f stayed."
        )
        words = {token.text: token.idx for token in parsed(text)}
        for word in ("Israel", "troops", "Egypt", "said", "Hamas", "stayed"):
            assert text[words[word] :].startswith(word)


class TestSize:
    """Long texts and long paragraphs."""

    def test_a_book_is_refused(self):
        with pytest.raises(TooLong, match="has 300,001 characters, but an article has at most 300"):
            parsed("a" * (LONGEST + 1))

    @pytest.mark.parametrize(
        "awkward", ["(", '"', "a.", "x", "http://a.b/", "A. ", "\u202e\u0301", "By A, "]
    )
    def test_a_paragraph_without_end_is_cut(self, awkward):
        text = (awkward * 6_000)[:6_000]
        doc = parsed(text)
        assert len(doc.text) == len(text)
        assert max(sentence.end_char - sentence.start_char for sentence in doc.sents) <= 5_000
        assert max(map(len, doc)) <= 200


def test_a_dash_between_words_parts_them():
    doc = parsed("Troops left the town on Monday\u2014officials said.")
    said = next(token for token in doc if token.text == "said")
    assert [child.text for child in said.children if child.dep_ == "nsubj"] == ["officials"]
    assert (
        plain_text("CAIRO (AP) \u2014 A truce\u2014so they say")
        == "CAIRO (AP) - A truce\u2014so they say"
    )
