"""Reading a letter back as a receiver's computer does: only from its bytes."""

import re
import unicodedata
from io import BytesIO

from bidi import get_display
from pypdf import PdfReader

from visitapp.letter.blocks import Chart, LetterContent, Note, Paragraph, Section, Table


def pages(pdf: bytes) -> list[str]:
    return [one_line(page.extract_text()) for page in PdfReader(BytesIO(pdf)).pages]


def one_line(text: str) -> str:
    return re.sub(r"\s+", " ", text).strip()


def squeezed(text: str) -> str:
    """Without any white space: where a line or a page ends says nothing about what was written."""
    return re.sub(r"\s+", "", text)


def unshaped(line: str) -> str:
    """A line of drawn right-to-left text as it was typed: in reading order, joined shapes back to plain letters."""
    return unicodedata.normalize("NFKC", str(get_display(line)))


def texts(content: LetterContent) -> list[str]:
    """Every piece of text in a letter's content."""
    found = [content.title]
    for section in (*content.page_one, *content.body, content.last):
        found.extend(of_section(section))
    return found


def of_section(section: Section) -> list[str]:
    found = [section.title]
    for block in section.blocks:
        if isinstance(block, Table):
            found.extend([*block.columns, *(cell for row in block.rows for cell in row)])
        elif isinstance(block, Paragraph):
            found.extend([block.label, block.text])
        elif isinstance(block, Chart):
            found.extend([block.title, *(part for day, least, most in block.points for part in (day, _number(least, most)))])
        elif isinstance(block, Note):
            found.extend([block.title, *block.text.split("\n")])
        else:
            found.append(block.text)
    return [text for text in found if text]


def _number(least: int, most: int) -> str:
    return f"{least} to {most}" if most > least else str(least)
