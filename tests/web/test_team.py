"""The team in figures: on the screen, in lists, and as files that run nothing, for a supervisor of that team and nobody else."""

import csv
import io

import pytest
from openpyxl import load_workbook

from tests.web import place
from tests.web.conftest import Enter
from visitapp.store import households
from visitapp.web.spreadsheets import Sheet, csv_of, xlsx_of
from visitapp.wiring import Wired

HOSTILE = ["=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", "  =1", "＝1", "<b>", "🧸" * 40, "‮שלום", "x" * 40_000, "\x0b\x00\ud800"]


@pytest.fixture
def furnished(wired: Wired, enter: Enter) -> Enter:
    """The usual place, with a visit made, one not completed, and a family whose name would run."""
    place.visit(wired, outcome="completed")
    place.visit(wired, place.NOT_LET_IN, form="not_let_in", kind="visit_not_completed", outcome="no_answer", on="2026-11-10")
    with wired.engine.write() as tx:
        households.form(tx, id="f-9", name='=HYPERLINK("http://x.example")', **place.STAMP)
        households.name_practitioner(tx, household="f-9", account="hv", capacity="named", from_on="2025-01-10", **place.STAMP)
    return enter


def test_every_figure_leads_to_its_families(furnished: Enter) -> None:
    lead = furnished("lead")
    page = lead.get("/team").text
    for words in (
        "Team East",
        "Visits not completed",
        "Mandated contacts to be made",
        "Where neglect was found",
        "Time to reply",
        "not asked",
    ):
        assert words in page, words
    alone = lead.get("/team?part=places&days=30").text
    assert "How it is known where each child slept" in alone
    assert "Families by level of need" not in alone
    made = lead.get("/team/families?part=visits&figure=no_answer&days=90").text
    assert "Ashdown and Okoro" in made
    assert "Birchall" not in made
    assert "<strong>1</strong> visit in 1 family" in made
    unknown = lead.get("/team/families?part=contacts&figure=closed_elsewhere.all&days=30").text
    assert "last day of its time: six to eight weeks, Isla, born 20 September 2026" in unknown  # the family came five days later
    assert lead.get("/team/families?part=visits&figure=not_brought").text.count("There are no families behind this figure") == 1


def test_doors_that_stayed_shut_are_no_assessment_of_a_home(wired: Wired, enter: Enter) -> None:
    place.visit(wired, place.NOT_LET_IN, form="not_let_in", kind="visit_not_completed", outcome="no_answer", on="2026-11-10")
    lead = enter("lead")
    for path in ("/families", f"/families/{place.FAMILY}"):
        assert "no visit was completed, so it could be higher" in lead.get(path).text, path
    assert "No visit was completed: nothing can be said." in lead.get(f"/families/{place.FAMILY}").text
    least = lead.get("/families").text.split("At least ")[1][0]
    behind = lead.get(f"/team/families?part=caseload&figure=higher.{least}").text
    assert "Ashdown and Okoro" in behind
    assert "could be 4; no visit was completed" in behind


ABSENT = (
    "/team?days=7", "/team?part=none", "/team?days=x", "/team/families", "/team/families?part=visits&figure=none", "/team/figures.pdf",
    "/team/families.csv?part=x",
)  # fmt: skip
PATHS = ("/team", "/team/families?part=visits&figure=made", "/team/figures.csv", "/team/figures.xlsx", "/team/each-family.csv")


def test_what_there_is_not_is_not_found_and_the_rest_is_a_supervisors_alone(furnished: Enter) -> None:
    assert {path: furnished("lead").get(path).status_code for path in ABSENT} == dict.fromkeys(ABSENT, 404)
    for account in ("hv", "duty", "admin"):
        assert {path: furnished(account).get(path).status_code for path in PATHS} == dict.fromkeys(PATHS, 403)


def test_files_say_what_the_screen_says_and_each_is_a_read_of_its_families(furnished: Enter, wired: Wired) -> None:
    lead = furnished("lead")
    listed = lead.get("/team/families.csv?part=visits&figure=no_answer&days=90")
    assert listed.headers["Content-Disposition"] == 'attachment; filename="team-list-2026-11-22.csv"'
    assert rows_of(listed.data)[1] == ["Ashdown and Okoro", "Worker Hv", "2026-11-10", "nobody answered", "1"]
    assert noted(wired) == ["f-1"]
    whole = load_workbook(io.BytesIO(lead.get("/team/figures.xlsx").data))
    assert whole.sheetnames == ["About", "Figures", "Families"]
    names = [row[0].value for row in whole["Families"].iter_rows(min_row=2)]
    assert names == ['=HYPERLINK("http://x.example")', "Ashdown and Okoro", "Birchall"]
    assert all(cell.data_type != "f" for sheet in whole for row in sheet.iter_rows() for cell in row)
    assert noted(wired) == ["f-1", "f-1", "f-2", "f-9"]
    made = next(
        row for row in rows_of(lead.get("/team/figures.csv").data) if row[1:4] == ["Visits made and not completed", "Made", "Visits"]
    )
    assert made[4:] == ["1", "2", "1"]
    each = rows_of(lead.get("/team/each-family.csv?days=30").data)
    assert [row[0] for row in each[1:]] == ['\'=HYPERLINK("http://x.example")', "Ashdown and Okoro", "Birchall"]


def noted(wired: Wired) -> list[str]:
    with wired.engine.read() as tx:
        return sorted(
            row["household"] for row in tx.all("SELECT household FROM journal WHERE kind = 'read.team_export' AND actor = 'lead'")
        )


def rows_of(content: bytes) -> list[list[str]]:
    return list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))


def test_nothing_that_was_typed_runs_in_a_file() -> None:
    sheet = Sheet("Any", ("=HEAD()", "Number"), [(text, -3) for text in HOSTILE])
    written = rows_of(csv_of(sheet))
    assert [row[0][:1] for row in written[:9]] == ["'"] * 9
    assert [row[0] for row in written[9:11]] == ["<b>", "🧸" * 40]
    assert {row[1] for row in written[1:]} == {"-3"}  # a number is a number
    page = load_workbook(io.BytesIO(xlsx_of([sheet])))["Any"]
    cells = [page.cell(row, 1) for row in range(1, len(HOSTILE) + 2)]
    assert {cell.data_type for cell in cells} == {"s"}
    assert all(cell.quotePrefix for cell in cells[1:])  # nor when somebody edits it
    assert [cell.value for cell in cells[1:5]] == HOSTILE[:4]
    assert len(str(cells[12].value)) == 32_767


def test_every_text_meets_what_people_paste(furnished: Enter, wired: Wired) -> None:
    lead = furnished("lead")
    with wired.engine.write() as tx:
        for number, text in enumerate(HOSTILE[:-1]):  # a page has no control characters: forms refuse them
            households.form(tx, id=f"h-{number}", name=text, **place.STAMP)
            households.name_practitioner(tx, household=f"h-{number}", account="hv", capacity="named", from_on="2025-01-10", **place.STAMP)
            households.plan_visit(tx, id=f"plan-{number}", household=f"h-{number}", what=text, on_date="2026-11-20", **place.STAMP)
    assert lead.get("/team").status_code == 200
    listed = lead.get("/team/families?part=visits&figure=nothing_recorded").text
    assert "&lt;b&gt;" in listed
    assert "<b>" not in listed
    cells = [row[3] for row in rows_of(lead.get("/team/families.csv?part=visits&figure=nothing_recorded").data)[1:]]
    assert len(cells) == len(HOSTILE) - 1
    assert not [cell for cell in cells if cell.lstrip()[:1] in "=+-@＝" and cell.strip()]
    book = load_workbook(io.BytesIO(lead.get("/team/families.xlsx?part=visits&figure=nothing_recorded").data))
    assert {cell.data_type for row in book["Families"].iter_rows(max_col=4) for cell in row} == {"s"}


def test_parts_of_few_are_no_percentage(furnished: Enter, wired: Wired) -> None:
    lead = furnished("lead")
    assert "of 2<" in lead.get("/team").text
    assert "%)" not in lead.get("/team").text
    for number in range(30):
        place.visit(wired, f"more-{number}", on="2026-11-18")
    assert "of 32 (97 %)" in lead.get("/team").text
