"""What the file is beside what it says: fit for an archive, a tree that a screen reader walks, and whole."""

from dataclasses import replace
from io import BytesIO

import pikepdf
import pytest
from pikepdf import pdfa

from tests.letter import samples
from tests.letter.checked import by_qpdf
from tests.letter.reading import of_section, one_line
from tests.letter.test_signing import CHECK
from visitapp.domain.documents import KINDS
from visitapp.letter import glyphs
from visitapp.letter.blocks import LetterContent, Section, Table
from visitapp.letter.content import compose
from visitapp.letter.family_plan import ChildsPlan, FamilyPlan, draw
from visitapp.letter.render import render

SCRIPTS = "Siân Ŵyn, Łukasz Żółć, سلام فاطمہ, שלום, 李 and 🧑"


class Read:
    """The tree of a file, walked as a screen reader does."""

    def __init__(self, pdf: bytes) -> None:
        self.pdf = pikepdf.open(BytesIO(pdf))
        self.said: list[tuple[str, str]] = []
        self.pieces = [_pieces(page) for page in self.pdf.pages]
        self.numbers = {page.objgen: number for number, page in enumerate(self.pdf.pages)}
        self._walk(self.pdf.Root.StructTreeRoot.K, None)

    def _walk(self, element, _page) -> str:
        words, page = [], element.get("/Pg")
        place = len(self.said)
        self.said.append((str(element.S), ""))
        for kid in element.K:
            if isinstance(kid, int):
                words.append(self.pieces[self.numbers[page.objgen]].pop(kid))
            elif kid.get("/Type") == "/MCR":
                words.append(self.pieces[self.numbers[kid.Pg.objgen]].pop(kid.MCID))
            else:
                assert kid.P.objgen == element.objgen
                self._walk(kid, page)
        self.said[place] = (str(element.S)[1:], str(element.get("/ActualText", "")) or one_line("".join(words)))
        return ""

    def of(self, kind: str) -> list[str]:
        return [words for one, words in self.said if one == kind]


def _pieces(page: pikepdf.Page) -> dict[int, str]:
    """Number of each marked piece of a page -> the text in it, read with the font's own table; nothing is drawn outside a mark."""
    tables = {name: _table(font) for name, font in page.Resources.Font.items()}
    found: dict[int, str] = {}
    inside, table, depth = None, {}, 0
    for operands, operator in pikepdf.parse_content_stream(page):
        match str(operator):
            case "BDC":
                assert depth == 0
                inside, depth = operands[1].get("/MCID"), 1
                if inside is not None:
                    found[int(inside)] = ""
            case "EMC":
                inside, depth = None, 0
            case "Tf":
                table = tables[str(operands[0])]
            case "Tj":
                assert depth == 1
                if inside is not None:
                    found[int(inside)] += "".join(table[byte] for byte in bytes(operands[0]))
            case "re" | "l" | "f" | "S" | "B":
                assert depth == 1, "a rule or background outside an artifact"
    return found


def _table(font: pikepdf.Object) -> dict[int, str]:
    lines = font.ToUnicode.read_bytes().decode().split("\n")
    pairs = (line[1:-1].split("> <") for line in lines if "> <" in line and line.startswith("<"))
    return {int(code, 16): bytes.fromhex(letters).decode("utf-16-be") for code, letters in pairs if len(letters) >= 4}


@pytest.mark.parametrize("kind", KINDS)
def test_every_kind_of_document_is_fit_for_an_archive(kind):
    drawn = render(compose(samples.large(), kind=kind)).bytes
    pdf = pikepdf.open(BytesIO(drawn))
    assert (by_qpdf(drawn), by_qpdf(drawn[:-900])) == ([], ["qpdf --check ends with 3"])
    assert pdfa.check(pdf, "2b").findings == []


@pytest.mark.parametrize("words", [SCRIPTS, "<b> & ]]> \x07 \u202e", "w" * 300])
def test_any_text_leaves_the_file_fit_for_an_archive(words):
    pdf = pikepdf.open(BytesIO(drawn := render(compose(samples.hostile(words))).bytes))
    assert by_qpdf(drawn) == []
    assert pdfa.check(pdf, "2b").findings == []


def test_the_familys_page_is_fit_for_an_archive_and_tagged():
    read = Read(draw(FamilyPlan("2026-11-22", children=(ChildsPlan("Ava", "Her own cot"),))))
    assert pdfa.check(read.pdf, "2b").findings == []
    assert read.of("H1") == ["Sleep plan for Ava"]


@pytest.mark.parametrize("make", [samples.ordinary, samples.large, samples.minimal])
def test_a_screen_reader_hears_headings_tables_and_every_word_in_the_order_of_the_content(make):
    content = compose(make())
    read = Read(render(content).bytes)
    sections = [section for section in (*content.page_one, *content.body, content.last) if section.title]
    assert read.of("H1") == [one_line(content.title)]
    assert read.of("H2") == [section.title for section in sections]
    assert bool(read.pdf.Root.MarkInfo.Marked)
    assert bool(read.pdf.Root.ViewerPreferences.DisplayDocTitle)
    heard = " ".join(words for _, words in read.said)
    place = 0
    for section in (*content.page_one, *content.body, content.last):
        for text in of_section(section):
            for line in text.split("\n"):
                place = heard.find(one_line(line), place)
                assert place >= 0, line


def test_a_table_has_rows_of_cells_and_head_cells_that_say_what_they_head():
    read = Read(render(compose(samples.large())).bytes)
    kinds = [kind for kind, _ in read.said]
    assert kinds.count("TH") >= 10
    assert kinds.count("TR") > kinds.count("Table") > 1
    scopes = {str(element.A.Scope) for element in read.pdf.objects if _is(element, "/TH")}
    assert scopes == {"/Column"}


def _is(element, kind: str) -> bool:
    return isinstance(element, pikepdf.Dictionary) and element.get("/Type") == "/StructElem" and element.get("/S") == kind


def test_what_is_a_picture_is_said_in_words():
    read = Read(render(compose(samples.large()), CHECK).bytes)
    told = sorted(str(element.Alt) for element in read.pdf.objects if _is(element, "/Figure"))
    assert told == [
        "State of the home, more is worse. 2 June 2026: 3; 11 August 2026: 5; 6 October 2026: 6 to 9; 22 November 2026: 8 to 11",
        f"The same address and code as a QR code: {CHECK.link}",
    ]


def test_the_same_content_and_code_give_the_same_bytes():
    one, two = (render(compose(samples.large()), CHECK).bytes for _ in range(2))
    assert one == two


def test_what_is_drawn_backwards_is_read_out_as_it_was_written():
    read = Read(render(compose(samples.hostile(SCRIPTS))).bytes)
    assert any(glyphs.spelled(SCRIPTS) in words for words in read.of("P"))


def test_a_head_row_said_again_on_the_next_page_is_read_out_once():
    rows = tuple((f"day {n}", "x") for n in range(90))
    content = LetterContent("R", "T", "M", "en-GB", (), (Section("Days", (Table(("Day", "What"), (0.5, 0.5), rows),)),), Section("End", ()))
    read = Read(render(content).bytes)
    assert len(read.pdf.pages) > 2
    assert read.of("TH") == ["", ""]
    assert read.of("P").count("Day") == 1
    assert sum(words.startswith("day ") for words in read.of("P")) == 90


def test_text_that_runs_over_a_page_is_one_paragraph():
    words = " ".join(f"word{n}" for n in range(1_500))
    assert f"{words}." in [
        words.removeprefix("x") for words in Read(render(compose(replace(samples.ordinary(), parents_view=f"{words}."))).bytes).of("P")
    ]


def test_a_joined_shape_is_read_as_the_letter_it_is():
    drawn = render(compose(samples.hostile("محمد"))).bytes
    pdf = pikepdf.open(BytesIO(drawn))
    table = {letters for font in pdf.pages[0].Resources.Font.values() for letters in _table(font).values()}
    assert {"م", "ح", "د"} <= table
    assert not any("\ufe70" <= letters <= "\ufefc" for letters in table)
