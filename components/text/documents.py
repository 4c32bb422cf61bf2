"""The text of a document that somebody gives: plain text, HTML, PDF or Word."""

from __future__ import annotations

import codecs
import logging
import re
import zipfile
from contextlib import contextmanager
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePath
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from pypdf import PageObject

LARGEST = 10_000_000  # bytes
LONGEST = 300_000  # characters: an article is no book

_LARGEST_UNPACKED = 100_000_000  # bytes; a small file can hold gigabytes of nothing
_LARGEST_PAGE = 1_000_000  # characters that a page shows, its menus and comments among them
_MOST_PAGES = 300
_CONTROLS_OF_TEXT = 0.002  # share of control characters that plain text may have

_TEXT_ENDINGS = {"", ".txt", ".md", ".text"}
_HTML_ENDINGS = {".html", ".htm", ".xhtml"}
_HTML = re.compile(
    rb"(?is)\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b"
)
_CHARSET = re.compile(rb"(?i)<meta[^>]{0,200}?charset\s*=\s*[\"']?\s*([a-z0-9_\-]+)")
_CONTROL = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_HALF = re.compile(r"[\ud800-\udfff]")
_PAGE_NUMBER = re.compile(r"(?i)\s*(?:page\s+)?\d{1,3}(?:\s*(?:/|of)\s*\d{1,3})?\s*$")
_GAP = re.compile(r"\S {4,}\S")
_BROKEN_WORD = re.compile(r"(?<=[a-z])[-\u00ad\u2010]$")
_SENTENCE_END = re.compile(r"[.!?:][\"')\]\u201d\u2019]*$")


@dataclass(frozen=True)
class Document:
    """What a document says.

    Attributes
    ----------
    text : str
        Of plain text every character, line ends and all; of the others the main text, an empty
        line between paragraphs.
    format : str
        "text", "HTML", "PDF" or "Word".
    title : str or None
        As the document itself gives it.
    """

    text: str
    format: str
    title: str | None = None


class Unreadable(ValueError):  # noqa: N818 - it says what is wrong, as all do
    """A document that no text can be had from; says why, and what to do."""

    def __init__(self, where: str, why: str) -> None:
        super().__init__(f"{where}: {why}")


def read_document(name: str, content: bytes) -> Document:
    """Return the text of a document; what it is, its first bytes tell before its name.

    Raises
    ------
    Unreadable
        When it is empty, too large, broken, locked, of no known kind, or holds no text.
    """
    if not content.strip():
        held = f"{len(content)} bytes of white space" if content else "0 bytes"
        raise Unreadable(name, f"the file is empty ({held}). Give one that holds an article.")
    if len(content) > LARGEST:
        raise Unreadable(
            name,
            f"{len(content) / 1e6:.1f} MB, but at most {LARGEST // 1_000_000} MB can be "
            "read. Save the article alone, without pictures.",
        )
    document = _reader(name, content)(name, content)
    check_text(document.text, name)
    return document


def check_text(text: str, where: str) -> None:
    """Check that a text can be an article.

    Parameters
    ----------
    where : str
        What the message calls it.

    Raises
    ------
    Unreadable
        When it is empty, binary or too long.
    """
    if not text.strip():
        raise Unreadable(where, "there is no text in it. Give one that holds an article.")
    if not text.isascii() and (halves := _HALF.search(text)):
        raise Unreadable(
            where,
            f"character {halves.start()} is half of a surrogate pair (0x{ord(halves[0]):04X}), "
            "which no file can hold. Take it out.",
        )
    controls = _CONTROL.findall(text)
    if "\0" in controls or len(controls) > max(3, _CONTROLS_OF_TEXT * len(text)):
        at = text.index(controls[0])
        raise Unreadable(
            where,
            f"character {at} is the control character 0x{ord(controls[0]):02X}, one of "
            f"{len(controls)}: this is no text. Give a text, HTML, PDF or Word (.docx) file.",
        )
    if len(text) > LONGEST:
        raise Unreadable(
            where,
            f"{len(text):,} characters, but an article has at most {LONGEST:,}. Cut it "
            "into its articles.",
        )


def _reader(name: str, content: bytes) -> Callable[[str, bytes], Document]:
    """Return what reads a document of that name and those first bytes."""
    ending = PurePath(name).suffix.lower()
    if b"%PDF-" in content[:1024]:
        return _pdf
    if content.startswith(b"PK\x03\x04"):
        return _word
    if content.startswith(b"\xd0\xcf\x11\xe0"):
        raise Unreadable(
            name, "an old Word file (.doc), or one with a password. Save it as .docx without one."
        )
    if content.startswith(b"{\\rtf"):
        raise Unreadable(name, "a rich text file (RTF). Save it as .docx or as plain text.")
    if ending == ".pdf":
        raise Unreadable(name, "does not begin with %PDF-, so it is no PDF. Save it again.")
    if ending == ".docx":
        raise Unreadable(name, "is no .docx, which is a ZIP file. Save it again.")
    if _HTML.match(content[:4096]) or (ending in _HTML_ENDINGS and b"<" in content):
        return _html
    if ending in _TEXT_ENDINGS | _HTML_ENDINGS:
        return _plain
    raise Unreadable(
        name, f"files that end in {ending} are not known. Give .txt, .md, .html, .pdf or .docx."
    )


def _plain(name: str, content: bytes) -> Document:
    """Return every character of a plain text."""
    return Document(_decoded(name, content, "utf-8"), "text")


def _decoded(name: str, content: bytes, encoding: str) -> str:
    """Return bytes as characters, or say where they are none. A byte order mark goes first."""
    if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        encoding = "utf-16"
    elif content.startswith(codecs.BOM_UTF8):
        encoding = "utf-8"
    try:
        return content.decode(encoding).removeprefix("\N{ZERO WIDTH NO-BREAK SPACE}")
    except LookupError:
        why = f"says that it is in {encoding}, which is not known"
    except UnicodeDecodeError as error:
        why = f"byte {error.start} is 0x{content[error.start]:02X}, which is not {encoding.upper()}"
        if b"\0" in content and encoding != "utf-16":
            why = f"byte {content.index(0)} is 0x00, so this is no text"
    raise Unreadable(name, f"{why}. Save it as UTF-8, or give an HTML, PDF or Word (.docx) file.")


def _html(name: str, content: bytes) -> Document:
    """Return the headline and the paragraphs of a page, without what stands around them."""
    import trafilatura  # noqa: PLC0415 - half a second, which only those who give a page pay

    declared = _CHARSET.search(content[:4096])
    encoding = declared[1].decode().lower() if declared else "utf-8"
    encoding = "cp1252" if encoding == "iso-8859-1" else encoding  # as browsers take it
    page = _CONTROL.sub("", _decoded(name, content, encoding))
    if "<body" not in page:  # without one, nothing outside the main text would be found
        page = f"<html><body>{page}</body></html>"
    tree = trafilatura.load_html(page)
    if tree is None:
        raise Unreadable(name, "the page cannot be read as HTML. Copy the article's text.")
    shown = sum(
        len((element.text or "") if element.tag not in {"script", "style"} else "")
        + len(element.tail or "")
        for element in tree.iter()
    )
    if shown > _LARGEST_PAGE:
        raise Unreadable(
            name,
            f"the page shows {shown:,} characters, but an article's page at most "
            f"{_LARGEST_PAGE:,}. Copy the article's text and paste it.",
        )
    settings = trafilatura.settings.use_config()
    settings["DEFAULT"]["min_extracted_size"] = "20"  # a short article is one, too
    found = trafilatura.bare_extraction(
        tree, include_comments=False, with_metadata=True, config=settings
    )
    known = found.as_dict() if isinstance(found, trafilatura.settings.Document) else {}
    body = known.get("text") or trafilatura.html2txt(page)
    title = known.get("title") or None
    paragraphs = [line.strip() for line in body.splitlines() if line.strip()]
    if title and title not in " ".join(paragraphs[:3]):
        paragraphs.insert(0, title)
    if not paragraphs:
        raise Unreadable(name, "the page holds no text. Copy the article's text and paste it.")
    return Document("\n\n".join(paragraphs), "HTML", title)


def _pdf(name: str, content: bytes) -> Document:
    """Return the text layer of a PDF, its lines joined into paragraphs."""
    with _telling_what_broke(name, "PDF"):
        title, pages = _pages(name, content)
    lines = [line for page in pages for line in page.splitlines()]
    text = _sound("\n\n".join(_joined(lines)))
    if not text:
        raise Unreadable(
            name,
            f"none of the PDF's pages ({len(pages)}) has a text layer: they are pictures. Have "
            "their text recognised (OCR), or paste the article's text.",
        )
    return Document(text, "PDF", title)


def _pages(name: str, content: bytes) -> tuple[str | None, list[str]]:
    """Return a PDF's title and the text of its pages."""
    from pypdf import PdfReader  # noqa: PLC0415 - as above

    # What it would log of a broken PDF, the message to the reader says.
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)
    reader = PdfReader(BytesIO(content))
    # Without the optional library for ciphers, even the empty password cannot be tried.
    if reader.is_encrypted:
        try:
            opened = bool(reader.decrypt(""))
        except Exception:  # noqa: BLE001 - whatever keeps it locked
            opened = False
        if not opened:
            raise Unreadable(name, "the PDF is locked with a password. Save a copy without one.")
    if len(reader.pages) > _MOST_PAGES:
        raise Unreadable(
            name,
            f"{len(reader.pages)} pages, but at most {_MOST_PAGES} can be read. Save the article's "
            "pages alone.",
        )
    title = _sound(str(reader.metadata.title or "")) if reader.metadata else ""
    return title or None, [_as_printed(page) for page in reader.pages]


def _as_printed(page: PageObject) -> str:
    """Return a page's lines, with empty ones between paragraphs unless it has columns.

    Columns side by side are read in the order in which the file has them, one after the other.
    """
    printed = page.extract_text(extraction_mode="layout")
    lines = [line.strip() for line in printed.splitlines() if line.strip()]
    columns = sum(bool(_GAP.search(line)) for line in lines)
    if not lines or columns > len(lines) / 5:
        return page.extract_text()
    return printed


def _joined(lines: list[str]) -> list[str]:
    """Return the paragraphs that lines of a page were broken from.

    A paragraph ends with an empty line, unless those are between all lines, or with a sentence
    that leaves room for the next word.
    """
    lines = [" ".join(line.split()) for line in lines if not _PAGE_NUMBER.match(line)]
    width = max(map(len, lines), default=0)
    double_spaced = lines.count("") > len(lines) * 0.45
    paragraphs: list[str] = []
    open_ = False
    for line in lines:
        if not line:
            open_ = open_ and double_spaced
            continue
        if not open_:
            paragraphs.append(line)
        elif _BROKEN_WORD.search(paragraphs[-1]) and line[0].islower():
            paragraphs[-1] = paragraphs[-1][:-1] + line
        else:
            paragraphs[-1] += f" {line}"
        room = width - len(line)
        open_ = room < width / 10 or (not _SENTENCE_END.search(line) and room < width / 2)
    return paragraphs


def _word(name: str, content: bytes) -> Document:
    """Return the paragraphs of a Word file, and the cells of its tables."""
    with _telling_what_broke(name, "Word file"):
        title, paragraphs = _paragraphs(name, content)
    text = _sound("\n\n".join(words for words in map(str.strip, paragraphs) if words))
    return Document(text, "Word", title)


def _paragraphs(name: str, content: bytes) -> tuple[str | None, list[str]]:
    """Return a Word file's title and its paragraphs."""
    import docx  # noqa: PLC0415 - as above
    from docx.table import Table  # noqa: PLC0415

    with zipfile.ZipFile(BytesIO(content)) as package:
        unpacked = sum(file.file_size for file in package.infolist())
        if unpacked > _LARGEST_UNPACKED:
            raise Unreadable(
                name,
                f"{unpacked / 1e6:,.0f} MB when unpacked, but at most "
                f"{_LARGEST_UNPACKED // 1_000_000} MB are read. Save the article's text alone.",
            )
        if "word/document.xml" not in package.namelist():
            raise Unreadable(name, "a ZIP file, but no Word file (.docx). Give the article itself.")
    document = docx.Document(BytesIO(content))
    paragraphs: list[str] = []
    for block in document.iter_inner_content():
        if isinstance(block, Table):
            paragraphs += [cell.text for row in block.rows for cell in row.cells]
        else:
            paragraphs.append(block.text)
    return _sound(document.core_properties.title) or None, paragraphs


@contextmanager
def _telling_what_broke(name: str, what: str) -> Iterator[None]:
    """Turn whatever a library raises over a broken document into `Unreadable`."""
    try:
        yield
    except Unreadable:
        raise
    except Exception as error:
        told = " ".join(str(error).split())[:200] or type(error).__name__
        why = f"the {what} is broken ({told}). Save it again, or paste the article's text."
        raise Unreadable(name, why) from error


def _sound(text: str) -> str:
    """Return a text without control characters and halves of surrogate pairs."""
    return _CONTROL.sub("", text.encode(errors="ignore").decode()).strip()
