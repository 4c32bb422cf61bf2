"""Files as people give them: PDF, Word and ZIP, made in memory."""

from io import BytesIO
from zipfile import ZIP_DEFLATED, ZipFile

from docx import Document
from fpdf import FPDF


def pdf(*pages: tuple[str, ...], password: str | None = None) -> bytes:
    """Return a PDF with paragraphs on its pages, wrapped as a printer would."""
    document = FPDF()
    for paragraphs in pages:
        document.add_page()
        document.set_font("helvetica", size=11)
        for paragraph in paragraphs:
            document.multi_cell(0, 6, paragraph, align="L")
            document.ln(4)
    if password:
        document.set_encryption(owner_password=f"owner's {password}", user_password=password)
    return bytes(document.output())


def word(*paragraphs: str, cells: tuple[str, ...] = ()) -> bytes:
    """Return a .docx of paragraphs, with a table of one row after them."""
    document = Document()
    for paragraph in paragraphs:
        document.add_paragraph(paragraph)
    if cells:
        table = document.add_table(1, len(cells))
        for cell, words in zip(table.rows[0].cells, cells, strict=True):
            cell.text = words
    file = BytesIO()
    document.save(file)
    return file.getvalue()


def zipped(name: str, content: bytes) -> bytes:
    """Return a ZIP file that holds one file."""
    file = BytesIO()
    with ZipFile(file, "w", ZIP_DEFLATED) as package:
        package.writestr(name, content)
    return file.getvalue()
