"""In a real browser: what is no receipt of this visit lets nothing go, and neither does who signs in, signs out, or stays away too long."""

import json
from collections.abc import Callable

from flask import Response, request
from playwright.sync_api import Page, expect

from tests.browser.begun import set_unlock, sign_in, take_offline, unlock
from tests.browser.service import PASSWORD, Place, Service
from tests.browser.tablet import Tablet
from tests.browser.test_main_job_offline import choose
from visitapp.flow import people

COUNT = """() => new Promise((done) => {
  const opening = indexedDB.open('visitapp');
  opening.onsuccess = () => {
    const counting = opening.result.transaction('sealed').objectStore('sealed').count();
    counting.onsuccess = () => (opening.result.close(), done(counting.result));
  };
})"""


def other_hash(answer: Response) -> Response:
    said = json.loads(answer.get_data())
    return Response(json.dumps(said | {"sha256": "0" * 64}), answer.status_code, mimetype="application/json")


NOT_RECEIPTS: dict[str, Callable[[Response], Response]] = {
    "Something answered, but not the service.": lambda answer: Response("<html>Welcome to free wifi</html>"),
    "The answer did not match what was sent": other_hash,
    "Something answered": lambda answer: Response(answer.get_data()[:-30], 201, mimetype="application/json"),
    "The service had a fault.": lambda answer: Response("<html>Bad gateway</html>", 502),
}
"""What comes instead of a receipt that the service gave, and what the screen then says."""


def seal_one(page: Page) -> None:
    page.get_by_role("link", name="Wrenfield").first.click()
    page.get_by_role("button", name="Start: Visit not completed").click()
    choose(page.locator("#form"), "outcome", "cancelled_by_service")
    page.get_by_role("button", name="Check and finish").click()
    page.get_by_role("button", name="Finish and seal").click()
    expect(page.locator("[data-waiting]")).to_have_count(1)


def here(tablet: Tablet) -> int:
    """How many sealed visits the tablet has, asked past its own code."""
    return int(tablet.page.evaluate(COUNT))


def test_a_visit_stays_until_its_own_receipt_whoever_comes_and_goes(tablet: Tablet, service: Service, place: Place) -> None:
    [team] = service.rows("SELECT team FROM account WHERE username = 'amina.yusuf'")
    joan = {"username": "joan.bell", "name": "Joan Bell", "role": "midwife", "phone": "07700 900124"}
    people.add_account(service.wired, people.SYSTEM, team=team["team"], password=PASSWORD, **joan)
    between: list[Callable[[Response], Response]] = []

    @service.app.after_request
    def comes_through(answer: Response) -> Response:
        return between[0](answer) if between and request.path == "/tablet/api/submissions" else answer

    page = tablet.open(f"{service.origin}/tablet/")
    sign_in(page, place)
    words = set_unlock(page)
    take_offline(page)
    service.stop()
    seal_one(page)
    between[:] = [lambda answer: Response("<html>Welcome to free wifi</html>")]
    service.start()
    for said, instead in NOT_RECEIPTS.items():
        between[:] = [instead]
        page.get_by_role("button", name="Send now").click()
        expect(page.locator("[data-waiting]")).to_contain_text(said)
        assert here(tablet) == 1
    assert len(service.rows("SELECT id FROM submission")) == 2, "the service has it, and the tablet does not know"
    waiting = page.locator("[data-waiting]").get_attribute("data-waiting")
    held = service.rows("SELECT id, household, sealed FROM tablet_unsent")
    assert held == [{"id": waiting, "household": place.household, "sealed": 1}], "and the tablet says what it holds"

    between[:] = [lambda answer: Response("<html>Welcome to free wifi</html>")]
    page.goto(f"{service.origin}/families")
    page.get_by_role("button", name="Sign out").click()
    page.locator("input[name=username]").fill("joan.bell")
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    service.clock = "2026-11-24T23:10:00.000Z"  # and her session ends by itself
    page.goto(f"{service.origin}/tablet/")
    expect(page.locator("#state")).to_contain_text("1 waiting to be sent")
    assert here(tablet) == 1
    unlock(page, words)
    between.clear()
    page.goto(f"{service.origin}/tablet/?#/waiting")
    expect(page.locator("#state")).to_contain_text("Everything is sent")
    assert here(tablet) == 0
    assert len(service.rows("SELECT id FROM submission")) == 2
