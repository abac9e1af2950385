"""Several practitioners on one tablet, words that are forgotten, storage that gives an error, a shell that was tampered with on the way."""

from dataclasses import replace

from flask import Response, request
from playwright.sync_api import Page, expect

from tests.browser.begun import ready, set_unlock, sign_in, take_offline, unlock
from tests.browser.service import PASSWORD, Place, Service
from tests.browser.tablet import Tablet, saved
from tests.browser.test_main_job_offline import question
from visitapp.flow import people


def begin(page: Page) -> None:
    page.get_by_role("link", name="Wrenfield").click()
    page.get_by_role("button", name="Start: Home visit").click()
    question(page.locator("#form"), "parents_view").locator("textarea").fill("Nan was there")
    saved(page)


def sign_in_again(tablet: Tablet, service: Service, place: Place) -> None:
    tablet.context.clear_cookies()
    tablet.page.goto(f"{service.origin}/sign-in?next=/tablet/")
    tablet.page.locator("input[name=username]").fill(place.username)
    tablet.page.locator("input[name=password]").fill(PASSWORD)
    tablet.page.get_by_role("button", name="Sign in").click()
    tablet.page.get_by_text("I cannot unlock, or I am new on this tablet").click()
    tablet.page.get_by_role("button", name="Set words with my sign-in").click()


def test_another_practitioner_on_the_same_tablet_sees_nothing_of_the_first(tablet: Tablet, service: Service, place: Place) -> None:
    team = people.add_team(service.wired, people.SYSTEM, name="Team West", area="westfen", phone="01632 960002")
    joan = {"username": "joan.bell", "name": "Joan Bell", "role": "midwife", "phone": "07700 900124"}
    people.add_account(service.wired, people.SYSTEM, team=team, password=PASSWORD, **joan)
    first_words = ready(tablet, service, place)
    page = tablet.page
    begin(page)
    page.get_by_role("button", name="Lock").click()
    service.start()
    tablet.context.set_offline(False)

    sign_in_again(tablet, service, replace(place, username="joan.bell"))
    second_words = set_unlock(page)
    take_offline(page)
    expect(page.get_by_text("Wrenfield")).to_have_count(0)
    page.get_by_role("link", name="Waiting and sent").click()
    expect(page.get_by_text("Nan was there")).to_have_count(0)
    expect(page.get_by_text("None.")).to_have_count(3)

    page.get_by_role("button", name="Lock").click()
    unlock(page, first_words)
    expect(page.get_by_role("link", name="Wrenfield")).to_be_visible()  # under "not finished"
    assert first_words != second_words


def test_forgotten_words_cost_a_connection_and_not_the_work(tablet: Tablet, service: Service, place: Place) -> None:
    old = ready(tablet, service, place)
    page = tablet.page
    begin(page)
    page.get_by_role("button", name="Lock").click()
    page.get_by_text("I cannot unlock, or I am new on this tablet").click()
    page.get_by_role("button", name="Set words with my sign-in").click()
    expect(page.get_by_text("There is no connection to the service.")).to_be_visible()

    service.start()
    tablet.context.set_offline(False)
    sign_in_again(tablet, service, place)
    set_unlock(page)
    page.goto(f"{service.origin}/tablet/#/waiting")
    expect(page.get_by_text("Saved on this tablet")).to_be_visible()
    page.get_by_role("button", name="Lock").click()
    page.locator("#words").fill(old)
    page.get_by_role("button", name="Unlock").click()
    expect(page.get_by_text("These words do not open this tablet.")).to_be_visible()
    tablet.looks_right()


def test_an_answer_that_cannot_be_stored_is_a_red_bar_until_it_is(tablet: Tablet, service: Service, place: Place) -> None:
    ready(tablet, service, place)
    page = tablet.page
    begin(page)
    page.evaluate("() => { window.put = IDBObjectStore.prototype.put; IDBObjectStore.prototype.put = () => { throw new Error('full'); }; }")
    question(page.locator("#form"), "parents_view").locator("textarea").fill("Nan was there, and the dog")
    expect(page.get_by_role("alert")).to_contain_text("The last change is not saved")
    tablet.looks_right()
    where = page.url
    for way in (page.get_by_role("link", name="Wrenfield"), page.get_by_role("button", name="Lock")):
        way.click()  # neither another visit nor somebody else comes in the place of what only this screen holds
        expect(page.get_by_role("heading", name="Home visit")).to_be_visible()
        expect(page.get_by_role("alert")).to_contain_text("The last change is not saved")
        expect(page).to_have_url(where)
    page.evaluate("() => { IDBObjectStore.prototype.put = window.put; }")
    page.get_by_role("button", name="Try again").click()
    expect(page.get_by_role("alert")).to_have_count(0)
    saved(page)


BUSY_DISK = """() => new Promise((held) => {
  const opening = indexedDB.open('visitapp');
  opening.onsuccess = () => {
    const records = opening.result.transaction('records', 'readwrite').objectStore('records');
    const again = () => { window.busy ? (records.count().onsuccess = again) : opening.result.close(); };
    window.busy = true;
    again();
    held();
  };
})"""
"""What another program leaves that keeps the disk to itself for a while."""


def test_the_bar_does_not_say_saved_while_the_disk_is_busy(tablet: Tablet, service: Service, place: Place) -> None:
    ready(tablet, service, place)
    page = tablet.page
    begin(page)
    answer = question(page.locator("#form"), "parents_view").locator("textarea")
    page.evaluate(BUSY_DISK)
    answer.press_sequentially("Nan")
    expect(page.locator("#state")).to_have_text("Saving")
    tablet.looks_right()
    page.evaluate("() => { window.busy = false; }")
    saved(page)


ANOTHER_WINDOW = """() => new Promise((done) => {
  const opening = indexedDB.open('visitapp');
  opening.onsuccess = () => {
    const tx = opening.result.transaction('records', 'readwrite');
    tx.objectStore('records').openCursor().onsuccess = ({ target: { result } }) => {
      if (!result) return;
      if (result.value.store === 'draft') result.update({ ...result.value, revision: result.value.revision + 1 });
      result.continue();
    };
    tx.oncomplete = () => (opening.result.close(), done());
  };
})"""
"""What another window leaves: a draft of a later revision."""


def test_a_visit_that_another_window_changed_does_not_keep_the_tablet_open(tablet: Tablet, service: Service, place: Place) -> None:
    ready(tablet, service, place)
    page = tablet.page
    begin(page)
    page.evaluate(ANOTHER_WINDOW)
    question(page.locator("#form"), "parents_view").locator("textarea").fill("Nan was there, and the dog")
    expect(page.get_by_role("alert")).to_contain_text("changed in another window")
    page.get_by_role("button", name="Lock").click()
    expect(page.locator("#words")).to_be_visible()


def test_a_shell_that_is_not_what_the_service_serves_is_never_kept(tablet: Tablet, service: Service, place: Place) -> None:
    """A wifi's sign-in page answers 200 to everything; one such answer, and the whole installation is undone."""

    @service.app.after_request
    def portal(response: Response) -> Response:
        if request.path != "/tablet/manifest.webmanifest":
            return response
        return Response("<html>Welcome to free wifi</html>")

    page = tablet.open(f"{service.origin}/tablet/")
    expect(page.get_by_role("alert")).to_contain_text("could not keep the page")
    assert page.evaluate("caches.keys()") == []
    assert page.evaluate("navigator.serviceWorker.getRegistration('/tablet/').then((one) => Boolean(one?.active))") is False
    sign_in(page, place)
    tablet.looks_right()
