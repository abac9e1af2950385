"""Undo, what was changed, and discarding, in a real browser that is really killed."""

import re
from datetime import datetime, timedelta

from playwright.sync_api import Locator, Page, expect

from tests.browser import profile
from tests.browser.begun import ready, unlock
from tests.browser.service import NAMES, NOW, PASSWORD, Place, Service
from tests.browser.tablet import PHONE, TEN_INCH, Tablet, saved
from tests.browser.test_main_job_offline import baby_of, choose, open_offline, question

PLANTED = ("cormorant", "ptarmigan", "fieldfare")
"""Words typed into answers and then taken away again."""


def begin(page: Page) -> str:
    """A visit of the one family; its address."""
    page.get_by_role("link", name="Wrenfield").click()
    page.get_by_role("button", name="Start: Home visit").click()
    page.locator("#finish").wait_for()
    return str(page.evaluate("location.hash"))


def parents_view(page: Page) -> Locator:
    return question(page.locator("#form"), "parents_view").locator("textarea")


def changes(page: Page) -> Locator:
    return page.locator("#screen ol > li")


def see_changes(page: Page) -> Locator:
    page.get_by_role("link", name="What was changed").click()
    expect(page.get_by_role("heading", name="What was changed")).to_be_visible()
    return changes(page)


def test_a_killed_tablet_has_the_draft_and_a_history_that_leads_to_it(tablet: Tablet, service: Service, place: Place) -> None:
    words = ready(tablet, service, place)
    page = tablet.page
    where = begin(page)
    choose(baby_of(page, place), "seen", "awake")
    choose(baby_of(page, place), "seen", "asleep")
    text = "A cormorant in the bath, Kelly said"
    stays = [""]
    for letters in (17, len(text)):
        already = len(stays[-1])
        parents_view(page).press_sequentially(text[already:letters], delay=60)  # as fast as fingers are
        tablet.kill()  # in the middle of a word: nothing is waited for
        page = open_offline(tablet, service, words, where)
        stays.append(parents_view(page).input_value())
        assert text.startswith(stays[-1])
        assert len(stays[-1]) > already
        expect(see_changes(page).first).to_contain_text(f"to “{stays[-1]}”")
        expect(changes(page).filter(has_text="Maristela").first).to_contain_text("From “Yes, awake” to “Yes, asleep”")
        page.get_by_role("link", name="Back to the visit").click()

    for before, after in ((stays[2], f"“{stays[1]}”"), (stays[1], "nothing")):
        page.locator("#undo").click()
        expect(page.locator("#undone")).to_contain_text(f"Taken back: What do the parents say?, from “{before}” to {after}.")
    expect(parents_view(page)).to_have_value("")
    page.locator("#undo").dblclick()  # the second press falls on a page that is going
    expect(page.locator("#undone")).to_contain_text("Maristela: Was this child seen today?, from “Yes, asleep” to “Yes, awake”")
    expect(question(baby_of(page, place), "seen").locator("input[value=awake]")).to_be_checked()
    expect(page.locator("#undo")).to_be_focused()
    tablet.looks_right()
    page.locator("#undo").click()
    expect(question(baby_of(page, place), "seen").locator("input:checked")).to_have_count(0)
    expect(page.locator("#undo")).to_be_hidden()
    tablet.kill()
    assert profile.found(tablet.profile, (*NAMES, *PLANTED)) == set()


def test_one_answer_or_everything_is_brought_back_and_a_row_keeps_its_id(tablet: Tablet, service: Service, place: Place) -> None:
    words = ready(tablet, service, place)
    page = tablet.page
    begin(page)
    baby = baby_of(page, place)
    choose(baby, "seen", "awake")
    choose(baby, "which_sleep", "last_night")
    choose(baby, "surface", "sofa", known="told")
    row = baby.locator("[data-question=nights] article").first.get_attribute("data-id")
    choose(baby, "surface", "own_cot")
    asked = question(page.locator("#form"), "abuse_asked")
    asked.get_by_role("button", name="For you alone").click()
    asked.locator("input[value=disclosed]").check()
    baby.locator("[data-question=nights] article").get_by_role("button", name="Remove").first.click()
    saved(page)

    see_changes(page)
    for size in (TEN_INCH, PHONE):
        page.set_viewport_size({"width": size[0], "height": size[1]})
        tablet.looks_right()
    expect(page.get_by_text("disclosed", exact=False).filter(visible=True)).to_have_count(0)
    private = page.get_by_text("For you alone: open this only when nobody else can see")
    private.click()
    expect(page.locator(".app-alone .app-change, .app-alone strong").first).to_be_visible()
    tablet.looks_right()
    page.get_by_role("heading", name="What was changed").click()
    expect(page.locator(".app-alone strong").first).to_be_hidden()

    page.get_by_role("button", name="Bring this answer back").first.click()  # the sleep that was removed
    expect(page.locator("#said")).to_have_text("The earlier answer is back.")
    page.get_by_role("button", name=re.compile("Bring this answer back ?: “A sofa”")).first.click()
    expect(page.locator("#said")).to_have_text("The earlier answer is back.")
    page.get_by_role("button", name="Lock").click()
    unlock(page, words)
    expect(page.get_by_role("heading", name="What was changed")).to_be_visible()  # the place is kept
    page.get_by_role("link", name="Back to the visit").click()
    night = baby.locator("[data-question=nights] article").first
    expect(night).to_have_attribute("data-id", str(row))
    expect(question(night, "surface").locator("input[value=sofa]")).to_be_checked()

    see_changes(page)
    page.get_by_role("button", name="See everything as it was").last.click()
    sheet = page.get_by_role("dialog")
    expect(sheet).to_contain_text("Maristela")
    tablet.looks_right()
    sheet.get_by_role("button", name="Bring back everything as it was then").click()
    expect(page.locator("#said")).to_contain_text("Everything is back as it was")
    page.get_by_role("link", name="Back to the visit").click()
    expect(page.locator(".app-question--answered")).to_have_count(0)
    page.locator("#undo").click()
    expect(page.locator("#undone")).to_contain_text("more")
    expect(baby.locator("[data-question=nights] article").first).to_have_attribute("data-id", str(row))
    expect(page.locator("#undone")).not_to_contain_text("isclosed")
    tablet.looks_right()


def test_a_discarded_visit_can_be_brought_back_for_thirty_days(tablet: Tablet, service: Service, place: Place) -> None:
    tablet.size = PHONE
    words = ready(tablet, service, place)
    page = tablet.page
    first = begin(page)
    parents_view(page).fill("A ptarmigan on the stairs")
    parents_view(page).fill("A fieldfare on the stairs")
    page.get_by_role("button", name="Discard this visit").click()
    tablet.looks_right()
    page.get_by_role("button", name="Keep it").click()
    page.get_by_role("button", name="Discard this visit").click()
    page.get_by_role("dialog").get_by_role("button", name="Discard this visit").click()
    expect(page.get_by_role("button", name="Carry on")).to_have_count(0)
    page.get_by_role("button", name="Start: Home visit").click()  # a new one at once
    expect(parents_view(page)).to_have_value("")
    parents_view(page).fill("A whinchat")
    saved(page)
    second = page.evaluate("location.hash")
    assert first != second
    tablet.kill()
    assert profile.found(tablet.profile, (*NAMES, *PLANTED, "whinchat")) == set()

    page = open_offline(tablet, service, words, "#/waiting")
    gone = page.locator("[data-discarded]")
    expect(gone).to_contain_text("It can be brought back until 23 December 2026, and goes for good after that.")
    tablet.looks_right()
    gone.get_by_role("button", name="Bring this visit back").click()
    expect(gone).to_have_count(0)
    page.goto(f"{service.origin}/tablet/{first}")
    expect(parents_view(page)).to_have_value("A fieldfare on the stairs")
    expect(see_changes(page).first).to_contain_text("From nothing to “A fieldfare on the stairs”")
    page.goto(f"{service.origin}/tablet/{second}")
    expect(parents_view(page)).to_have_value("A whinchat")
    expect(see_changes(page)).to_have_count(2)  # its own, and that it was begun

    page.goto(f"{service.origin}/tablet/{first}")
    page.get_by_role("button", name="Discard this visit").click()
    page.get_by_role("dialog").get_by_role("button", name="Discard this visit").click()
    expect(page.get_by_role("button", name="Carry on")).to_have_count(1)
    service.start()
    tablet.context.set_offline(False)
    for number in (1, 32, 33):
        page = signed_in_later(tablet, service, place, days=number)
        unlock(page, words)
        page.get_by_role("link", name="Waiting and sent").click()
        expect(page.get_by_role("heading", name="Waiting and sent")).to_be_visible()
        here = 0 if number == 33 else 1  # on day 32 the service has not told yet how late it is
        expect(page.locator("[data-discarded]")).to_have_count(here)
        page.goto(f"{service.origin}/tablet/#/today")
        page.get_by_role("button", name="Take them again").click()
        expect(page.get_by_text("Your families are on this tablet.")).to_be_visible()
    page.goto(f"{service.origin}/tablet/{first}")
    expect(page.get_by_text("This visit is not open on this tablet.")).to_be_visible()
    page.goto(f"{service.origin}/tablet/{second}")
    expect(see_changes(page)).to_have_count(2)


def signed_in_later(tablet: Tablet, service: Service, place: Place, days: int) -> Page:
    """When that many days have passed for everybody, and the sign-in with them."""
    at = datetime.fromisoformat(NOW) + timedelta(days=days)
    service.clock = at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
    page = tablet.page
    page.clock.set_system_time(at)
    page.goto(f"{service.origin}/sign-in?next=/tablet/")
    page.locator("input[name=username]").fill(place.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    return page
