"""Tables as files that a spreadsheet opens: CSV, and a workbook. A text that somebody typed must never run as a formula when the file is
opened, whatever it begins with: in CSV it is written with an apostrophe before it, in a workbook it stays as it is in a cell that is text.
"""

import csv
import io
import re
from collections.abc import Sequence
from dataclasses import dataclass

Value = str | int | None

RUNS = frozenset("=+-@\t\r\n＝＋－＠")
"""What a formula begins with, and what some programs take for it (OWASP, CSV injection)."""
LONGEST_CELL = 32_767
"""Characters of a cell in a workbook; the rest of a text would be refused with the cell."""
_NOT_IN_XML = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff\ufffe\uffff]")


@dataclass(frozen=True)
class Sheet:
    """`name` is the tab's, at most 31 characters."""

    name: str
    head: tuple[str, ...]
    rows: Sequence[Sequence[Value]]


def csv_of(sheet: Sheet) -> bytes:
    """UTF-8 with the mark that Excel needs to take it for that, and lines as RFC 4180 ends them."""
    out = io.StringIO()
    write = csv.writer(out, lineterminator="\r\n").writerow
    for row in (sheet.head, *sheet.rows):
        write([_harmless(value) if isinstance(value, str) else value for value in row])
    return b"\xef\xbb\xbf" + out.getvalue().encode("utf-8", "replace")


def xlsx_of(sheets: Sequence[Sheet]) -> bytes:
    """A workbook with a tab for each sheet: headings stay in view, numbers are numbers."""
    import xlsxwriter  # heavy, and only who takes a file away needs it

    out = io.BytesIO()
    with xlsxwriter.Workbook(out, {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}) as book:
        head = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "bottom": 1})
        text = book.add_format({"text_wrap": True, "valign": "top", "quote_prefix": True})
        number = book.add_format({"valign": "top"})
        for sheet in sheets:
            page = book.add_worksheet(sheet.name)
            page.freeze_panes(1, 1)
            page.set_landscape()
            page.repeat_rows(0)
            for place, words in enumerate(sheet.head):
                page.write_string(0, place, words, head)
                page.set_column(place, place, _width(sheet, place))
            for line, row in enumerate(sheet.rows, start=1):
                for place, value in enumerate(row):
                    if isinstance(value, str):
                        page.write_string(line, place, _fits(value), text)
                    elif value is not None:
                        page.write_number(line, place, value, number)
    return out.getvalue()


def _harmless(text: str) -> str:
    """The text, with an apostrophe before it where it could run. Spaces before a sign do not save anybody: programs cut them off."""
    return f"'{text}" if text[:1] in RUNS or text.lstrip()[:1] in RUNS else text


def _fits(text: str) -> str:
    return _NOT_IN_XML.sub("�", text)[:LONGEST_CELL]


def _width(sheet: Sheet, place: int) -> int:
    longest = max((len(str(row[place])) for row in sheet.rows if row[place] is not None), default=0)
    return min(60, max(10, longest + 2, len(sheet.head[place]) // 2 + 2))
