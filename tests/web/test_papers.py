"""The chronology for a conference on the screen: made for a period, kept, audited, and never with what was recorded apart."""

from tests.letter.reading import pages
from tests.web import place
from tests.web.conftest import Enter
from visitapp.domain.findings import Finding
from visitapp.wiring import Wired

PATH = f"/families/{place.FAMILY}/papers"
SINCE = {"first_on-day": "1", "first_on-month": "1", "first_on-year": "2024"}


def test_a_chronology_is_made_kept_and_opened_as_it_was_made(enter: Enter, wired: Wired) -> None:
    row = {"id": "r-1", "person": "p-2", "answers": {"abuse_said": {"value": "Afraid of the uncle"}}}
    place.visit(wired, answers={"adults": {"rows": [row]}}, outcome="completed")
    place.visit(wired, "v-2", on="2026-11-18", form="not_let_in", kind="visit_not_completed", outcome="no_answer")
    made = enter("midwife").post(PATH, data=SINCE)
    assert made.status_code == 302
    id = made.location.rpartition("=")[2]
    assert f"{PATH}/{id}.pdf" in enter("lead").get(made.location).get_data(as_text=True)
    file = enter("lead").get(f"{PATH}/{id}.pdf")
    assert file.mimetype == "application/pdf"
    read = "".join(pages(file.data))
    for words in ("Chronology: Isla Ashdown", "Ada Okoro", "18 Nov 2026", "is the named practitioner", "Visit not completed"):
        assert words in read
    assert "uncle" not in read
    with wired.engine.read() as tx:
        lines = tx.all("SELECT actor, kind, detail FROM journal WHERE kind IN ('read.export', 'read.paper') ORDER BY seq")
    assert [tuple(line.values()) for line in lines] == [("midwife", "read.export", id), ("lead", "read.paper", id)]
    assert enter("west").get(f"{PATH}/{id}.pdf").status_code == 404
    assert enter("lead").get(f"/families/{place.QUIET}/papers/{id}.pdf").status_code == 404


def test_a_period_that_is_none_is_said_at_its_field(enter: Enter) -> None:
    for typed, message in (
        ({}, "Enter the day from which"),
        (SINCE | {"last_on-day": "1", "last_on-month": "1", "last_on-year": "2023"}, "must not be after the last"),
        (SINCE | {"last_on-day": "1", "last_on-month": "1", "last_on-year": "2027"}, "not here yet"),
        (SINCE | {"first_on-day": "<b>"}, "Write the date as numbers"),
    ):
        answer = enter("hv").post(PATH, data=typed)
        assert answer.status_code == 422
        assert message in answer.get_data(as_text=True)
    assert enter("west").post(PATH, data=SINCE).status_code == 404


def test_every_sheet_says_whose_it_is_and_when_it_was_read_and_what_was_not_found_is_said(enter: Enter, wired: Wired) -> None:
    rule = next(iter(wired.catalogue.form("home_visit", 1).findings))
    absent = Finding(rule.code, rule.area, "", "", "absent", "advise", 1, ())
    place.visit(wired, findings=((absent, ""),))
    sheet = "As it stood 22 November 2026 at 10:40, read by Worker Lead. OFFICIAL-SENSITIVE"
    lead, pages = enter("lead"), {}
    for address, reference in (
        (f"/families/{place.FAMILY}", "Family F-F-1. "),
        (f"/visits/{place.VISIT}", "Family F-F-1. "),
        ("/today", ""),
    ):
        pages[address] = lead.get(address).get_data(as_text=True)
        assert f'<div class="va-printed-head"><p>{reference}{sheet}' in pages[address], address
    said = pages[f"/visits/{place.VISIT}"].split("<strong>Not found:</strong>")[1].split("</li>")[0].strip()
    assert len(said) > 10
    assert "{" not in said
