"""Ready to leave? What the screen says is looked at in the browser itself: what is kept, what is free, the clock, the words."""

import pytest
from playwright.sync_api import Page, expect

from tests.browser.begun import set_unlock, sign_in, take_offline
from tests.browser.service import Place, Quiet, Service
from tests.browser.tablet import PHONE, Tablet

KEEPS = "() => { navigator.storage.persisted = async () => %s; navigator.storage.persist = async () => %s; }"


GONE = """async (wanted) => {
  const cache = await caches.open((await caches.keys()).find((name) => name.startsWith('visitapp-tablet-')));
  const address = (await cache.keys()).map((one) => new URL(one.url).pathname).filter((one) => one.includes(wanted)).sort().at(-1);
  return cache.delete(address);
}"""


def service_says(monkeypatch: pytest.MonkeyPatch, date: str) -> None:
    """The time that the service's answers carry."""
    monkeypatch.setattr(Quiet, "date_time_string", lambda *_: date)


def state(page: Page, check: str, said: str) -> None:
    expect(page.locator(f'[data-check="{check}"]')).to_have_attribute("data-state", said)


def open_ready(page: Page) -> None:
    page.get_by_role("link", name="Visits", exact=True).click()
    page.get_by_role("link", name="Ready to leave?").click()
    expect(page.locator("#ready")).to_contain_text("Looked at")


def test_before_leaving_base_the_screen_tells_the_truth_with_and_without_a_connection(
    tablet: Tablet, service: Service, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    service_says(monkeypatch, "Mon, 23 Nov 2026 22:10:00 GMT")
    page = tablet.open(f"{service.origin}/tablet/")
    sign_in(page, place)
    words = set_unlock(page)
    page.evaluate(KEEPS % ("window.kept ?? false", "window.kept = window.willing ?? false"))
    page.get_by_role("link", name="Ready to leave?").click()
    state(page, "caseload", "look")
    state(page, "unlock", "unknown")
    tablet.looks_right()
    page.get_by_role("link", name="Your families").first.click()
    take_offline(page)

    open_ready(page)
    for check in ("caseload", "forms", "page", "space", "clock", "recovery", "waiting"):
        state(page, check, "fine")
    state(page, "receipt", "unknown")
    expect(page.locator("#ready")).to_contain_text("1 thing wants a look, 2 things were not checked")
    tablet.looks_right()

    page.get_by_role("button", name="Ask the browser to keep it").click()
    expect(page.locator('[data-check="storage"]')).to_contain_text("It was asked just now, and did not.")
    page.evaluate("window.willing = true")
    page.get_by_role("button", name="Ask the browser to keep it").click()
    state(page, "storage", "fine")
    page.get_by_text("Try your four words").click()
    page.locator("#again").fill("not these four words")
    page.get_by_role("button", name="Try them").click()
    expect(page.get_by_text("These words do not open your work on this tablet. Check")).to_be_visible()
    state(page, "unlock", "look")
    tablet.looks_right()
    page.locator("#again").fill(words.upper())
    page.get_by_role("button", name="Try them").click()
    expect(page.get_by_text("These words open this tablet.")).to_be_visible()
    state(page, "unlock", "fine")
    expect(page.locator("#ready")).to_contain_text("Nothing wants a look, but 1 thing was not checked")

    assert page.evaluate(GONE, "/home_visit/")
    service_says(monkeypatch, "Mon, 30 Nov 2026 22:10:00 GMT")
    page.get_by_role("button", name="Look again").click()
    expect(page.locator('[data-check="clock"]')).to_contain_text("7 days behind the service's clock just now")
    expect(page.locator('[data-check="forms"]')).to_contain_text("Does not open without a connection: Home visit.")
    state(page, "page", "fine")
    assert page.evaluate(GONE, "/static/css/tablet.css")
    page.get_by_role("button", name="Look again").click()
    state(page, "page", "look")
    expect(page.locator("#ready")).to_contain_text("3 things want a look")
    tablet.looks_right()

    tablet.context.set_offline(True)
    service.stop()
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    page.evaluate("() => { navigator.storage.estimate = async () => ({ quota: 90e6, usage: 30e6 }); }")
    page.get_by_role("button", name="Look again").click()
    expect(page.locator("#ready")).to_contain_text("without a connection to the service")
    expect(page.locator('[data-check="space"]')).to_contain_text("60 MB are free.")
    state(page, "space", "look")
    for check, said in (("clock", "when they last met"), ("receipt", "No visit of yours")):
        expect(page.locator(f'[data-check="{check}"]')).to_contain_text(said)
    tablet.looks_right()
    small = """() => [...document.querySelectorAll('#screen button, #screen summary, #screen a')]
      .filter((one) => one.getClientRects().length && one.getBoundingClientRect().height < 44).map((one) => one.textContent)"""
    assert page.evaluate(small) == []
