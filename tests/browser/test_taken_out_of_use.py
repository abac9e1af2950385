"""A tablet that was revoked at the desk, and one that has not met the service for too long: both open nothing, both lose nothing."""

from playwright.sync_api import Page, expect

from tests.browser import profile
from tests.browser.begun import ready, unlock
from tests.browser.service import NAMES, PASSWORD, Place, Service
from tests.browser.tablet import Tablet, saved
from tests.browser.test_main_job_offline import choose, question
from visitapp.flow import devices, people

WORDS = "Nan was there"


def work(page: Page) -> None:
    """A visit that was not completed, sealed; and a home visit that is not finished, which stays open."""
    page.get_by_role("link", name="Wrenfield").click()
    page.get_by_role("button", name="Start: Visit not completed").click()
    choose(page.locator("#form"), "outcome", "cancelled_by_service")
    page.get_by_role("button", name="Check and finish").click()
    page.get_by_role("button", name="Finish and seal").click()
    expect(page.locator("[data-waiting]")).to_have_count(1)
    page.get_by_role("link", name="Your families").click()
    page.get_by_role("link", name="Wrenfield").click()
    page.get_by_role("button", name="Start: Home visit").click()
    question(page.locator("#form"), "parents_view").locator("textarea").fill(WORDS)
    saved(page)


def online(tablet: Tablet, service: Service) -> None:
    service.start()
    tablet.context.set_offline(False)
    tablet.page.evaluate("dispatchEvent(new Event('online'))")


def cut(tablet: Tablet, service: Service) -> None:
    tablet.context.set_offline(True)
    service.stop()


def refused(tablet: Tablet, words: str, why: str) -> None:
    """The right words open nothing, and nobody is named."""
    page = tablet.page
    page.locator("#words").fill(words)
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_role("alert")).to_contain_text(why)
    expect(page.locator("#words")).to_have_value("")
    assert not any(name in page.content() for name in (*NAMES, WORDS))
    assert page.locator("#lock, #door").evaluate_all("(buttons) => buttons.every((one) => one.hidden)")


def sign_in_here(tablet: Tablet, service: Service, place: Place) -> None:
    page = tablet.page
    page.get_by_role("link", name="Sign in").first.click()
    page.locator("input[name=username]").fill(place.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.locator("#words").wait_for()


def kept(service: Service) -> int:
    """How many visits the service has, the one of 2024 among them."""
    return len(service.rows("SELECT id FROM submission"))


def test_a_revoked_tablet_opens_nothing_and_loses_nothing(tablet: Tablet, service: Service, place: Place) -> None:
    words = ready(tablet, service, place)
    page = tablet.page
    work(page)
    [device] = service.rows("SELECT id FROM device")
    devices.revoke(service.wired, people.SYSTEM, device["id"])
    online(tablet, service)
    expect(page.get_by_role("heading", name="Unlock")).to_be_visible()  # the visit that stood open is locked at once
    expect(page.get_by_role("alert")).to_contain_text("This tablet was taken out of use")
    tablet.looks_right()
    refused(tablet, words, "taken out of use")
    assert kept(service) == 1, "its credential delivers no more"

    cut(tablet, service)
    tablet.kill()
    page = tablet.open(f"{service.origin}/tablet/#/family/{place.household}")
    tablet.context.set_offline(True)
    expect(page.get_by_role("alert")).to_contain_text("taken out of use")  # it knows it without a network too
    expect(page.get_by_text("Visits that cannot be sent from here")).to_be_visible()  # what is sealed can still be carried to the desk
    refused(tablet, words, "taken out of use")

    service.start()
    tablet.context.set_offline(False)
    with page.expect_response(lambda answer: answer.url.endswith("/submissions") and answer.status == 201):
        sign_in_here(tablet, service, place)
    assert kept(service) == 2, "sealed visits are delivered in the name of whoever signs in"
    page.get_by_text("I cannot unlock, or I am new on this tablet").click()
    page.get_by_role("button", name="Set words with my sign-in").click()
    page.locator("#typed").fill(page.locator("#offered").inner_text())
    page.get_by_role("button", name="Set as my unlock").click()
    expect(page.locator(".nhsuk-error-message")).to_contain_text("This tablet was taken out of use")
    tablet.looks_right()

    devices.restore(service.wired, people.SYSTEM, device["id"])
    page.goto(f"{service.origin}/tablet/?#/waiting")
    unlock(page, words)
    page.get_by_role("link", name="Wrenfield").click()
    expect(question(page.locator("#form"), "parents_view").locator("textarea")).to_have_value(WORDS)
    tablet.kill()
    assert profile.found(tablet.profile, NAMES) == set()


def test_after_a_week_without_the_service_nothing_opens_until_it_is_met(tablet: Tablet, service: Service, place: Place) -> None:
    words = ready(tablet, service, place)
    work(tablet.page)
    tablet.page.get_by_role("link", name="Wrenfield").click()
    expect(tablet.page.get_by_role("button", name="Carry on: Home visit")).to_be_visible()  # what was typed is on the disk
    why = "has not met the service for 7 days"
    for day in ("2026-12-01T09:00:00.000Z", "2026-11-24T09:00:00.000Z"):  # and then the clock is set back
        tablet.kill()
        tablet.now = day
        page = tablet.open(f"{service.origin}/tablet/#/waiting")
        tablet.context.set_offline(True)
        refused(tablet, words, why)
    tablet.looks_right()

    service.clock = "2026-12-01T09:10:00.000Z"
    with page.expect_response(lambda answer: answer.url.endswith("/submissions") and answer.status == 201):
        online(tablet, service)
    assert kept(service) == 2, "what is sealed goes out all the same"
    unlock(page, words)
    page.get_by_role("link", name="Wrenfield").first.click()
    expect(question(page.locator("#form"), "parents_view").locator("textarea")).to_have_value(WORDS)
