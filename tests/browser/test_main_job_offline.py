"""The main job on a real browser with the network really cut: the service is stopped, not only unreachable for one page."""

import hashlib
import json

from playwright.sync_api import Locator, Page, expect

from tests.browser import profile
from tests.browser.begun import ready, sign_in, unlock
from tests.browser.service import NAMES, PASSWORD, Place, Service
from tests.browser.tablet import PHONE, Tablet, saved
from visitapp.flow import people, reviewing


def question(inside: Locator, id: str) -> Locator:
    return inside.locator(f'[data-question="{id}"]').first


def choose(inside: Locator, id: str, code: str, known: str | None = None) -> None:
    one = question(inside, id)
    one.locator(f':scope > [data-part=value] input[value="{code}"]').check()
    if known:
        one.locator(f':scope > [data-part=known] input[value="{known}"]').check()


def open_offline(tablet: Tablet, service: Service, words: str, where: str = "") -> Page:
    """A new browser process on the same profile, with no service to ask."""
    page = tablet.open(f"{service.origin}/tablet/{where}")
    tablet.context.set_offline(True)
    tablet.looks_right(once="locked, without a connection")
    unlock(page, words)
    return page


def baby_of(page: Page, place: Place) -> Locator:
    return page.locator(f'article[data-person="{place.baby}"]')


def tell_of_the_sofa(page: Page, place: Place) -> None:
    """The baby slept last night on a sofa beside her father, who had drunk."""
    baby = baby_of(page, place)
    choose(baby, "seen", "awake")
    choose(baby, "which_sleep", "last_night")
    choose(baby, "surface", "sofa", known="told")
    choose(baby, "shared", "true", known="told")
    choose(baby, "who", "partner")
    choose(baby, "taken", "alcohol")  # and at once the sheet comes up


def make_the_call(page: Page) -> None:
    sheet = page.get_by_role("dialog", name="A call to make")
    expect(sheet.get_by_text("If you are not safe, leave first, then phone.")).to_be_visible()
    first = sheet.locator(".app-call__entry--next")
    expect(first).to_contain_text("01632 960101")  # it is night: the number for nights comes first
    first.get_by_role("button", name="Could not get through").click()
    sheet.locator(".app-call__entry--next").get_by_role("button", name="I spoke to someone").click()
    sheet.locator("#spoke-to").fill("Sam at the desk")
    sheet.locator("#they-said").fill("Stay until somebody comes")
    sheet.get_by_role("button", name="Keep this").click()
    expect(sheet).to_contain_text("You spoke to Sam at the desk")
    assert "danger" not in sheet.inner_text().lower()


def hold_to_return(page: Page) -> None:
    """Keyboard and finger alike: here the key is held until the picture goes."""
    page.get_by_role("button", name="Hold to return").focus()
    page.keyboard.down("Enter")
    expect(page.locator("dialog.app-cover")).to_have_count(0)
    page.keyboard.up("Enter")


def what_is_private_stays_shut(page: Page) -> None:
    """Neither the question about safety nor its answer stands where somebody else in the room would read it."""
    asked = question(page.locator("#form"), "abuse_asked")
    disclosed = asked.locator("input[value=disclosed]")
    expect(asked.locator("[data-part=value]")).to_be_hidden()
    asked.get_by_role("button", name="For you alone").click()
    disclosed.check()
    question(page.locator("#form"), "met").locator("input").first.check()
    expect(disclosed).to_be_hidden()
    expect(disclosed).to_be_checked()


def finish(page: Page) -> None:
    page.get_by_role("button", name="Check and finish").click()
    page.get_by_role("button", name="There may be more").click()
    page.get_by_role("button", name="Finish and seal").click()
    expect(page.locator("#reason-0")).to_be_focused()  # it could be serious, and not everything was asked
    page.locator("#reason-0").fill("The baby had to be fed")
    page.get_by_role("button", name="Use the first reason for all").click()
    page.get_by_role("button", name="Finish and seal").dblclick()
    expect(page.get_by_role("heading", name="Waiting and sent")).to_be_visible()


def test_a_visit_recorded_with_no_network_is_kept_sent_and_judged(tablet: Tablet, service: Service, place: Place) -> None:
    words = ready(tablet, service, place)
    tablet.kill()

    page = open_offline(tablet, service, words)
    page.get_by_role("link", name="Wrenfield").click()
    expect(page.get_by_text("Oswin Wrenfield")).to_be_visible()
    page.get_by_text("4 March 2024: Home visit").click()
    expect(page.get_by_text("Oswin slept on a sofa or armchair with somebody else.")).to_be_visible()
    tablet.looks_right()

    page.get_by_role("button", name="Start: Home visit").click()
    choose(page.locator("#form"), "outcome", "completed")
    question(page.locator("#form"), "parents_view").locator("textarea").press_sequentially("Dan's mother Nan, said Kelly")
    saved(page, "22:1")
    tablet.looks_right()
    where = page.evaluate("location.hash")
    tablet.kill()

    page = open_offline(tablet, service, words, where)
    expect(question(page.locator("#form"), "parents_view").locator("textarea")).to_have_value("Dan's mother Nan, said Kelly")
    expect(question(page.locator("#form"), "outcome").locator("input[value=completed]")).to_be_checked()

    tell_of_the_sofa(page, place)
    tablet.looks_right()
    make_the_call(page)
    tablet.looks_right()
    page.keyboard.press("Escape")
    expect(page.locator("#notes")).to_contain_text("note")
    page.locator("#notes").click()
    expect(page.get_by_role("dialog", name="Notes")).to_contain_text("Maristela slept on a sofa or armchair")
    tablet.looks_right()
    page.keyboard.press("Escape")

    page.get_by_role("button", name="Cover").click()
    tablet.looks_right()
    hold_to_return(page)
    page.get_by_role("button", name="Check and finish").click()
    tablet.looks_right()
    page.keyboard.press("Escape")
    finish(page)
    expect(page.locator("[data-waiting]")).to_have_count(1)
    tablet.looks_right()
    assert len(service.rows("SELECT id FROM submission")) == 1  # the earlier visit only: nothing has left the tablet

    service.start()
    tablet.context.set_offline(False)
    expect(page.locator("[data-sent]")).to_contain_text("The receipt matches.")
    service.work()
    expect(page.locator("[data-sent]")).to_contain_text("Sign in to see what came back")  # the tablet's own credential delivers and no more
    sign_in(page, place, "Sign in to see what came back")
    unlock(page, words)
    page.get_by_role("link", name="Waiting and sent").first.click()
    page.get_by_role("link", name="See what came back").click()
    expect(page.get_by_role("heading", name="What came back")).to_be_visible()
    tablet.looks_right()
    the_service_has_it(service, place)
    page.goto(f"{service.origin}/tablet/#/family/{place.household}")
    expect(page.locator("ul.app-earlier", has_text="23 November 2026: Home visit")).to_be_visible()  # taken again by itself
    page.get_by_text("What was sent and answered").click()
    expect(page.get_by_role("link", name="Proposed: waiting for the practitioner").first).to_be_visible()
    tablet.looks_right()
    a_question_back_is_answered(tablet, service, place)
    tablet.kill()
    assert profile.found(tablet.profile, (*NAMES, ASKED)) == set()


ASKED = "Hollyhock"


def a_question_back_is_answered(tablet: Tablet, service: Service, place: Place) -> None:
    """A supervisor asks about the visit; its author reads that on the tablet, and answers there."""
    w, page = service.wired, tablet.page
    [team] = service.rows("SELECT team FROM account_now WHERE account = :id", id=place.practitioner)
    [visit] = service.rows("SELECT id FROM submission WHERE occurred_on = '2026-11-23'")
    lead = people.add_account(w, people.SYSTEM, username="lead", name="Ruth", role="supervisor", team=team["team"], password=PASSWORD)
    reviewing.keep(w, lead, visit["id"], [], question=f"{ASKED} <b>")
    page.goto(f"{service.origin}/tablet/#/today")
    page.get_by_role("button", name="Take them again").click()
    page.get_by_role("link", name="A colleague asks you something").click()
    expect(page.get_by_role("heading", name="What colleagues said")).to_be_visible()
    expect(page.get_by_text(ASKED)).to_be_hidden()  # one tap away: whoever is near may see the screen
    page.get_by_text("1 question").click()
    tablet.looks_right()
    page.get_by_label("Your answer").fill(f"Only {ASKED}")
    page.get_by_role("button", name="Send this answer").click()
    expect(page.get_by_text(f"Answered: Only {ASKED}")).to_be_visible()
    assert [row["words"] for row in service.rows("SELECT words FROM review_answer")] == [f"Only {ASKED}"]


def the_service_has_it(service: Service, place: Place) -> None:
    [kept] = service.rows("SELECT id, body, sha256, envelope FROM submission WHERE occurred_on = '2026-11-23'")
    body = json.loads(kept["body"])
    assert hashlib.sha256(kept["body"]).hexdigest() == kept["sha256"] == json.loads(kept["envelope"])["sha256"]
    assert [call["reached"] for call in body["calls"]] == [False, True]
    [child] = [row for row in body["answers"]["children"]["rows"] if row["person"] == place.baby]
    [night] = child["answers"]["nights"]["rows"]
    assert night["answers"]["surface"] == {"value": "sofa", "known": "told"}
    judged = service.rows("SELECT kind, matches_tablet, at_least, urgency FROM assessment WHERE submission = :id", id=kept["id"])
    assert [one["matches_tablet"] for one in judged if one["kind"] == "as_shown"] == [1]
    assert [(one["at_least"], one["urgency"]) for one in judged if one["kind"] == "today"] == [(4, "tonight")]


def test_the_search_finds_names_in_a_profile_that_is_not_encrypted(tablet: Tablet, service: Service) -> None:
    """The control: without it, finding nothing would prove nothing."""
    page = tablet.open(f"{service.origin}/tablet/manifest.webmanifest")
    store = """() => new Promise((done) => {
      const opening = indexedDB.open('plain', 1);
      opening.onupgradeneeded = () => opening.result.createObjectStore('people', { autoIncrement: true });
      opening.onsuccess = () => {
        const tx = opening.result.transaction('people', 'readwrite', { durability: 'strict' });
        for (let i = 0; i < 200; i++) tx.objectStore('people').add({ name: 'Maristela Wrenfield', filler: 'x'.repeat(500) });
        tx.oncomplete = done;
      };
    })"""
    page.evaluate(store)
    tablet.kill()
    assert {"Wrenfield", "Maristela"} <= profile.found(tablet.profile, NAMES)


def test_the_form_fits_a_phone_and_nothing_to_press_is_small(tablet: Tablet, service: Service, place: Place) -> None:
    tablet.size = PHONE
    words = ready(tablet, service, place)
    page = tablet.page
    page.get_by_role("link", name="Wrenfield").click()
    page.get_by_role("button", name="Start: Home visit").click()
    tell_of_the_sofa(page, place)
    tablet.looks_right()
    page.keyboard.press("Escape")
    tablet.looks_right()
    small = """() => [...document.querySelectorAll('button, summary, .app-options label, .app-chips label, .app-phone, .app-bar a')]
      .filter((one) => one.getClientRects().length && one.getBoundingClientRect().height < 44)
      .map((one) => one.textContent)"""
    assert page.evaluate(small) == []
    what_is_private_stays_shut(page)
    page.get_by_role("button", name="Lock").click()
    expect(page.locator("#words")).to_be_visible()
    tablet.looks_right()
    unlock(page, words)
    expect(page.get_by_role("heading", name="Home visit")).to_be_visible()  # the place is kept
