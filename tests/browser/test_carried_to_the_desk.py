"""A tablet that cannot send: its visit goes to the desk in a file that nobody can read on the way, is judged once, and the tablet lets go
of it when it is back."""

import json
import re
from pathlib import Path

from playwright.sync_api import Page, Playwright, expect

from tests.browser.begun import ready
from tests.browser.service import NAMES, PASSWORD, Place, Service
from tests.browser.tablet import PHONE, Tablet
from tests.browser.test_main_job_offline import choose, finish, make_the_call, open_offline, question, tell_of_the_sofa

BRING_IN = "Bring in visits from a tablet that cannot send"


def sealed_visit(page: Page, place: Place) -> None:
    page.get_by_role("link", name="Wrenfield").click()
    page.get_by_role("button", name="Start: Home visit").click()
    choose(page.locator("#form"), "outcome", "completed")
    question(page.locator("#form"), "parents_view").locator("textarea").fill("Nan helps at night")
    tell_of_the_sofa(page, place)
    make_the_call(page)
    page.keyboard.press("Escape")
    finish(page)


def saved(page: Page, button: str, into: Path) -> Path:
    with page.expect_download() as downloading:
        page.get_by_role("button", name=button).click()
    assert downloading.value.suggested_filename.startswith("visitapp-waiting-2026-11-23")
    assert downloading.value.suggested_filename.endswith(".json")
    downloading.value.save_as(into)
    return into


def at_the_desk(desk: Tablet, service: Service, place: Place) -> Page:
    page = desk.open(f"{service.origin}/bring-in")
    page.locator("input[name=username]").fill(place.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    expect(page.get_by_role("heading", name=BRING_IN)).to_be_visible()
    return page


def bring(desk: Tablet, file: Path, outcomes: list[str]) -> None:
    desk.page.locator("#file").set_input_files(file)
    desk.page.get_by_role("button", name="Bring in").click()
    expect(desk.page.locator("[data-outcome]")).to_have_count(len(outcomes))
    assert [one.get_attribute("data-outcome") for one in desk.page.locator("[data-outcome]").all()] == outcomes
    fits(desk)


def fits(desk: Tablet) -> None:
    assert desk.violations() == "[]"
    assert desk.page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_a_visit_carried_in_a_file_is_judged_once_and_the_tablet_lets_go_when_it_is_back(
    playwright: Playwright, tablet: Tablet, service: Service, place: Place, tmp_path: Path
) -> None:
    words = ready(tablet, service, place)
    page = tablet.page
    sealed_visit(page, place)
    expect(page.locator("[data-waiting]")).to_contain_text("and for as long as it takes")
    waiting = page.locator("[data-waiting]").get_attribute("data-waiting")
    file = saved(page, "Save an encrypted copy", tmp_path / "copy.json")
    expect(page.get_by_text("one visit in it. Look there whether it has arrived. What waited still waits here.")).to_be_visible()
    page.get_by_text("What an encrypted copy is for").click()
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("[data-waiting]")).to_contain_text(re.compile(r"Tried \d+ times"))
    expect(page.get_by_text("Carry it by cable or memory stick")).to_be_visible()  # drawn again, and still as it was left
    expect(page.get_by_text("one visit in it. Look there whether it has arrived. What waited still waits here.")).to_be_visible()
    tablet.looks_right()
    page.get_by_role("button", name="Lock").click()
    page.get_by_text("Visits that cannot be sent from here").click()
    tablet.looks_right()
    assert saved(page, "Save an encrypted copy", tmp_path / "locked.json").read_bytes() == file.read_bytes()
    tablet.kill()
    nobody_can_read(file)

    service.start()
    desk = Tablet(playwright, tmp_path / "desk", None, PHONE)
    at_the_desk(desk, service, place)
    fits(desk)
    cut = tmp_path / "cut.json"
    cut.write_bytes(file.read_bytes()[:-100])
    bring(desk, cut, ["envelope_unreadable"])
    expect(desk.page.get_by_text("The file is not whole.")).to_be_visible()
    edited = tmp_path / "edited.json"
    edited.write_text(file.read_text().replace("2026-11-23", "2026-11-22"))
    bring(desk, edited, ["seal_unreadable"])
    assert len(service.rows("SELECT id FROM submission")) == 1  # the earlier visit only
    bring(desk, file, ["kept"])
    bring(desk, file, ["here_already"])
    service.work()
    desk.page.get_by_role("link", name="Open visit 1").click()
    expect(desk.page.get_by_text("Nan helps at night")).to_be_visible()
    desk.kill()
    judged = service.rows("SELECT kind, at_least, matches_tablet FROM assessment WHERE submission = :id ORDER BY seq", id=waiting)
    assert [(one["kind"], one["matches_tablet"]) for one in judged if one["kind"] == "as_shown"] == [("as_shown", 1)]
    assert [one["at_least"] for one in judged if one["kind"] == "today"] == [4]

    service.stop()
    page = open_offline(tablet, service, words, "#/waiting")
    expect(page.locator(f'[data-waiting="{waiting}"]')).to_have_count(1)  # to save a copy took nothing away
    service.start()
    tablet.context.set_offline(False)
    page.get_by_role("button", name="Send now").click()
    expect(page.locator(f'[data-sent="{waiting}"]')).to_contain_text("The receipt matches.")
    expect(page.locator("[data-waiting]")).to_have_count(0)
    service.work()
    assert len(service.rows("SELECT id FROM submission WHERE id = :id", id=waiting)) == 1
    assert service.rows("SELECT kind, at_least, matches_tablet FROM assessment WHERE submission = :id ORDER BY seq", id=waiting) == judged
    assert service.rows("SELECT id FROM quarantine") == []


def nobody_can_read(file: Path) -> None:
    """What was written is not in it, nor a name; and what is in it is what would have been sent."""
    text = file.read_text()
    assert not [word for word in (*NAMES, "Nan helps at night", "Amina") if word in text]
    said = json.loads(text)
    assert set(said) == {"v", "visits"}
    assert [set(one) for one in said["visits"]] == [{"envelope", "epk", "iv", "sealed"}]
