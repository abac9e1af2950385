"""What a browser, a new version and a borrowed computer can do to a visit that is being written: each is said, and nothing is lost."""

import contextlib
import re
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from shutil import copytree, ignore_patterns

import pytest
from playwright.sync_api import Error, Page, expect

from tests.browser.begun import set_unlock, sign_in, take_offline, unlock
from tests.browser.service import Place, Service
from tests.browser.tablet import Tablet, saved
from tests.browser.test_main_job_offline import choose, finish, open_offline, question
from tests.browser.test_undo import begin, parents_view
from visitapp.formlang import load_catalogue
from visitapp.web import build
from visitapp.web import tablet as pages
from visitapp.wiring import FORMS

UPDATE = "() => navigator.serviceWorker.getRegistration('/tablet/').then((one) => one.update().then(() => true, () => false))"
WORKERS = """() => navigator.serviceWorker.getRegistration('/tablet/')
  .then(({ installing, waiting, active }) => [installing, waiting, active].map((one) => one !== null))"""
CACHES = "() => caches.keys().then((names) => names.length)"


def ready_online(tablet: Tablet, service: Service, place: Place) -> str:
    page = tablet.open(f"{service.origin}/tablet/")
    sign_in(page, place)
    words = set_unlock(page)
    take_offline(page)
    return words


def until(page: Page, so: Callable[[], bool]) -> None:
    for _ in range(150):
        with contextlib.suppress(Error):  # it is being loaded again
            if so():
                return
        page.wait_for_timeout(100)
    assert so()


def deploy(monkeypatch: pytest.MonkeyPatch) -> None:
    """The service now serves a new version of the tablet's files."""
    before = pages.version_of
    monkeypatch.setattr(pages, "version_of", lambda kept, worker: f"{before(kept, worker)}-next")


def test_a_new_version_waits_until_no_visit_is_open(
    tablet: Tablet, service: Service, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ready_online(tablet, service, place)
    page = tablet.page
    begin(page)
    parents_view(page).fill("Nan was there")
    saved(page)
    page.evaluate("() => { window.still = true; }")
    deploy(monkeypatch)
    assert page.evaluate(UPDATE)
    until(page, lambda: page.evaluate(WORKERS) == [False, True, True])
    parents_view(page).fill("Nan was there, and the dog")
    saved(page)
    assert page.evaluate("window.still"), "the page was changed under an open visit"
    assert page.evaluate(CACHES) == 2
    page.get_by_role("button", name="Lock").click()
    taken_over = "() => caches.keys().then((names) => names.length === 1)"
    for _ in range(5):  # the lock screen lets the new version take over, once the page before is really gone
        page.reload()
        page.locator("#words").wait_for()
        page.wait_for_timeout(2_000)
        if page.evaluate(taken_over):
            break
    until(page, lambda: page.evaluate(WORKERS) == [False, False, True])
    assert page.evaluate(taken_over)
    unlock(page, words)
    expect(parents_view(page)).to_have_value("Nan was there, and the dog")


def test_a_new_version_that_arrives_in_half_is_none(
    tablet: Tablet, service: Service, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    words = ready_online(tablet, service, place)
    page = tablet.page
    begin(page)
    parents_view(page).fill("Nan was there")
    saved(page)
    deploy(monkeypatch)
    promised = pages._kept
    monkeypatch.setattr(
        pages, "_kept", lambda url, response: pages.Kept(url, "0" * 64) if url.endswith("/bundle") else promised(url, response)
    )  # what comes for a form's rules is not what was promised, as from a wifi's sign-in page
    page.evaluate(UPDATE)
    until(page, lambda: page.evaluate(WORKERS) == [False, False, True])
    assert page.evaluate(CACHES) == 1
    where = page.evaluate("location.hash")
    service.stop()
    tablet.kill()
    page = open_offline(tablet, service, words, where)  # all of the old version is still here
    expect(parents_view(page)).to_have_value("Nan was there")
    tablet.looks_right()


def test_a_form_published_meanwhile_is_for_the_next_visit(tablet: Tablet, service: Service, place: Place, tmp_path: Path) -> None:
    ready_online(tablet, service, place)
    page = tablet.page
    begin(page)
    parents_view(page).fill("Nan was there")
    saved(page)
    where = page.evaluate("location.hash")
    newest = max(int(path.stem.rpartition("-")[2]) for path in FORMS.glob("home_visit-*.yaml"))
    folder = tmp_path / "forms"
    copytree(FORMS, folder, ignore=ignore_patterns("stories"))
    text = (FORMS / f"home_visit-{newest}.yaml").read_text().replace(f"\nversion: {newest}\n", f"\nversion: {newest + 1}\n", 1)
    (folder / f"home_visit-{newest + 1}.yaml").write_text(text.replace("\ntitle: Home visit\n", "\ntitle: Visit at home\n", 1))
    service.stop()
    service.wired = replace(service.wired, catalogue=load_catalogue(folder))
    service.app = build(service.wired)
    service.start()

    page.goto(f"{service.origin}/tablet/#/today")
    page.get_by_role("button", name="Take them again").click()
    expect(page.get_by_text("Your families are on this tablet.")).to_be_visible()
    page.get_by_role("link", name="Wrenfield").click()
    page.get_by_role("button", name="Carry on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Home visit")
    expect(parents_view(page)).to_have_value("Nan was there")
    assert page.evaluate("location.hash") == where
    choose(page.locator("#form"), "outcome", "completed")
    finish(page)
    expect(page.locator("[data-sent]")).to_have_count(1)
    service.work()
    [row] = service.rows("SELECT form_version FROM submission WHERE occurred_on > '2026-01-01'")
    assert row["form_version"] == newest
    assert service.rows("SELECT seq FROM quarantine") == []
    page.goto(f"{service.origin}/tablet/#/family/{place.household}")
    page.get_by_role("button", name="Start: Visit at home").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Visit at home")


def test_in_a_private_window_it_says_what_the_browser_does_not_promise_and_still_sends(
    tablet: Tablet, service: Service, place: Place
) -> None:
    tablet.open(f"{service.origin}/sign-in")
    private = tablet.browser.new_context()
    page = private.new_page()
    page.goto(f"{service.origin}/tablet/")
    sign_in(page, place)
    set_unlock(page)
    take_offline(page)
    expect(page.get_by_text("The browser has not promised to keep what is here")).to_be_visible()
    private.set_offline(True)
    page.get_by_role("link", name="Wrenfield").click()
    page.get_by_role("button", name="Start: Visit not completed").click()
    choose(page.locator("#form"), "outcome", "cancelled_by_service")
    page.get_by_role("button", name="Check and finish").click()
    page.get_by_role("button", name="Finish and seal").click()
    expect(page.locator("[data-waiting]")).to_have_count(1)
    private.set_offline(False)
    expect(page.locator("[data-sent]")).to_have_count(1)
    private.close()


def test_storage_that_the_browser_closes_is_said_and_what_was_saved_is_there(tablet: Tablet, service: Service, place: Place) -> None:
    words = ready_online(tablet, service, place)
    page = tablet.page
    page.add_init_script(
        "const open = IDBFactory.prototype.open;"
        "IDBFactory.prototype.open = function (...of) {"
        "  const asked = open.apply(this, of); asked.addEventListener('success', () => (window.storage = asked.result)); return asked; };"
    )
    page.reload()
    unlock(page, words)
    begin(page)
    parents_view(page).fill("Nan was there")
    saved(page)
    page.evaluate("() => { window.storage.close(); window.storage.dispatchEvent(new Event('close')); }")
    expect(page.get_by_role("alert")).to_contain_text("The browser closed this tablet's storage")
    tablet.looks_right()
    parents_view(page).fill("Nan was there, and the dog")
    expect(page.get_by_role("alert")).to_contain_text(re.compile("not saved|closed this tablet"))
    expect(page.locator("#state")).not_to_contain_text("Saved")
    page.goto(page.url.replace("/tablet/", "/tablet/?again"))
    unlock(page, words)
    expect(question(page.locator("#form"), "parents_view").locator("textarea")).to_have_value("Nan was there")
