"""Begun on the tablet, finished at the desk: two browsers of one practitioner, and a service between them that can read nothing of it."""

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Locator, Page, Playwright, expect

from tests.browser import profile
from tests.browser.begun import ready, set_unlock, sign_in, take_offline
from tests.browser.service import NAMES, NOW, Place, Service
from tests.browser.tablet import PHONE, Tablet, saved
from tests.browser.test_main_job_offline import baby_of, choose, finish, tell_of_the_sofa
from tests.browser.test_photographs import agree, take
from tests.browser.test_undo import begin, parents_view, see_changes
from tests.flow.pictures import jpeg

PLANTED = ("cormorant", "ptarmigan", "fieldfare")
THERE = "saved to the service at"


@pytest.fixture
def desk(playwright: Playwright, tmp_path: Path) -> Iterator[Tablet]:
    one = Tablet(playwright, tmp_path / "desk", NOW, (1280, 900))
    yield one
    one.kill()


def at_the_desk(desk: Tablet, service: Service, place: Place) -> str:
    """The practitioner signs in at a desk computer and sets four words for it."""
    page = desk.open(f"{service.origin}/tablet/")
    sign_in(page, place)
    expect(page.get_by_label("What this device is called")).to_have_value("Desk computer")
    page.get_by_label("What this device is called").fill("Desk <2> in the clinic")
    desk.looks_right()
    words = set_unlock(page)
    page.get_by_role("link", name="Ready to leave?").wait_for()
    return words


def online(tablet: Tablet, service: Service) -> None:
    service.start()
    tablet.context.set_offline(False)


def pause(page: Page) -> None:
    """Ten seconds without an answer."""
    page.clock.fast_forward(11_000)


def on_the_service(page: Page) -> None:
    """After the pause in typing the bar says that the newest state is there."""
    pause(page)
    expect(page.locator("#state")).to_contain_text(THERE)


def write(page: Page, words: str) -> None:
    """What is typed is on the disk, and not on the service yet."""
    parents_view(page).fill(words)
    expect(page.locator("#state")).not_to_contain_text(THERE)
    saved(page)


def away(page: Page) -> Locator:
    return page.locator("[data-elsewhere]")


def look_again(page: Page) -> None:
    """As when somebody comes back to the window: the service is asked."""
    page.evaluate("document.dispatchEvent(new Event('visibilitychange'))")


def open_here(page: Page, words: str) -> None:
    away(page).get_by_role("button", name="Open here").click()
    page.locator("#their-words").fill(words)
    page.get_by_role("dialog").get_by_role("button", name="Open").click()


def heads(service: Service) -> list[dict[str, Any]]:
    """What of a draft is kept, and from which device."""
    return service.rows(
        "SELECT r.content, r.parents, d.label FROM draft_revision r JOIN device d ON d.id = r.device WHERE r.content IS NOT NULL"
    )


def until(page: Page, so: Callable[[], bool]) -> None:
    for _ in range(100):
        if so():
            return
        page.wait_for_timeout(100)
    assert so()


def kept_bytes(service: Service) -> bytes:
    service.stop()
    everything = b"".join(file.read_bytes() for file in service.folder.rglob("*") if file.is_file())
    service.start()
    return everything


def no_word_of_it(service: Service, words: tuple[str, ...]) -> None:
    everything = kept_bytes(service)
    assert [word for word in words if any(word.encode(code) in everything for code in ("utf-8", "utf-16-le"))] == []


def test_begun_on_the_tablet_and_finished_at_the_desk(tablet: Tablet, desk: Tablet, service: Service, place: Place) -> None:
    words = ready(tablet, service, place)
    page = tablet.page
    where = begin(page)
    tell_of_the_sofa(page, place)
    page.keyboard.press("Escape")
    write(page, "A cormorant on the stairs")
    online(tablet, service)
    on_the_service(page)
    tablet.looks_right()
    write(page, "A ptarmigan on the stairs")
    on_the_service(page)
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    tablet.looks_right()
    assert page.locator(".app-bar").bounding_box()["height"] <= 60  # type: ignore[index]  # it covers nothing that sticks below it
    no_word_of_it(service, PLANTED)
    [row] = heads(service)
    assert not [word for word in (*NAMES, *PLANTED, place.household, place.baby, "home_visit", "sofa") if word.encode() in row["content"]]

    at_the_desk(desk, service, place)
    page = desk.page
    expect(away(page)).to_contain_text("A visit that is not finished, from Desk computer")
    expect(away(page)).to_contain_text("Saved to the service at 22:1")
    desk.looks_right()
    open_here(page, "calm river stone lamp")
    expect(page.get_by_text("These words do not open it.")).to_be_visible()
    desk.looks_right()
    page.locator("#their-words").fill(words)
    page.get_by_role("dialog").get_by_role("button", name="Open").click()
    expect(page.get_by_text("The family of this visit is not on this device. Take your families first")).to_be_visible()
    page.get_by_role("dialog").get_by_role("button", name="Not now").click()
    expect(page.get_by_text("Wrenfield")).to_have_count(0)
    take_offline(page)
    desk.looks_right()
    away(page).get_by_role("button", name="Open here").click()  # the words are known until it is locked
    expect(parents_view(page)).to_have_value("A ptarmigan on the stairs")
    assert page.evaluate("location.hash") == where
    on_the_service(page)  # it is there as it stands: nothing was changed here
    desk.looks_right()
    assert len(heads(service)) == 1
    expect(see_changes(page).first).to_contain_text("ptarmigan")
    page.get_by_role("link", name="Back to the visit").click()
    choose(baby_of(page, place), "seen", "asleep")
    page.keyboard.press("Escape")
    write(page, "A fieldfare on the stairs")
    page.get_by_role("link", name="Wrenfield").click()  # leaving sends it at once
    expect(page.get_by_role("button", name="Carry on")).to_be_visible()

    tablet_page = tablet.page
    expect(tablet_page.locator("#carried")).to_have_text("")
    until(page, lambda: [row["label"] for row in heads(service)] == ["Desk <2> in the clinic"])
    look_again(tablet_page)
    expect(tablet_page.locator("#carried")).to_contain_text(
        "This visit went on on Desk <2> in the clinic, saved to the service from there at 22:1"
    )
    expect(tablet_page.locator("#state")).not_to_contain_text(THERE)
    tablet.looks_right()

    page.get_by_role("link", name="Carry on").or_(page.get_by_role("button", name="Carry on")).click()
    finish(page)
    expect(page.locator("[data-sent]")).to_have_count(1)
    [visit] = service.rows("SELECT body FROM submission WHERE author = :me ORDER BY seq DESC LIMIT 1", me=place.practitioner)
    assert b"fieldfare" in visit["body"]

    look_again(tablet_page)
    expect(tablet_page.locator("#carried")).to_contain_text("This visit was finished on Desk <2> in the clinic at 22:1")
    expect(parents_view(tablet_page)).to_have_value("A ptarmigan on the stairs")  # its own copy is left alone
    tablet.looks_right()
    write(tablet_page, "A cormorant again")
    pause(tablet_page)
    expect(tablet_page.locator("#carried")).to_contain_text("You changed something here that did not go there.")
    tablet_page.goto(f"{service.origin}/tablet/#/waiting")
    expect(tablet_page.locator("#screen")).to_contain_text("This visit was finished on Desk <2> in the clinic at 22:1")
    tablet.looks_right()
    tablet_page.go_back()
    tablet_page.locator("#carried").get_by_role("button", name="Discard this visit").click()
    tablet_page.get_by_role("dialog").get_by_role("button", name="Discard this visit").click()
    expect(tablet_page.get_by_role("button", name="Carry on")).to_have_count(0)
    for one in (tablet, desk):
        one.kill()
        assert profile.found(one.profile, (*NAMES, *PLANTED)) == set()


def test_changed_on_both_both_are_shown_and_a_person_chooses(tablet: Tablet, desk: Tablet, service: Service, place: Place) -> None:
    words = ready(tablet, service, place)
    page = tablet.page
    begin(page)
    write(page, "A cormorant")
    online(tablet, service)
    on_the_service(page)
    desk_words = at_the_desk(desk, service, place)
    take_offline(desk.page)
    open_here(desk.page, words)
    expect(parents_view(desk.page)).to_have_value("A cormorant")

    tablet.context.set_offline(True)
    write(page, "A ptarmigan")
    asked = page.locator('[data-question="abuse_asked"]').first
    asked.get_by_role("button", name="For you alone").click()
    asked.locator("input[value=disclosed]").check()
    saved(page)
    write(desk.page, "A fieldfare")
    on_the_service(desk.page)
    tablet.context.set_offline(False)
    note = page.locator("#carried")
    expect(note).to_contain_text("This visit was also changed on Desk <2> in the clinic")
    parents_view(page).press_sequentially(" by the door", delay=20)  # typing goes on
    saved(page)
    expect(parents_view(page)).to_have_value("A ptarmigan by the door")
    on_the_service(page)  # its own branch is there too
    assert len(heads(service)) == 2
    page.set_viewport_size({"width": PHONE[0], "height": PHONE[1]})
    tablet.looks_right()

    note.get_by_role("link", name="See both and choose").click()
    page.locator("#their-words").fill(words)
    tablet.looks_right()
    page.get_by_role("button", name="Open").click()
    expect(page.get_by_text("These words do not open it.")).to_be_visible()
    page.locator("#their-words").fill(desk_words)
    page.get_by_role("button", name="Open").click()
    shown = page.locator("#both")
    expect(shown).to_contain_text("Here: “A ptarmigan by the door”")
    expect(shown).to_contain_text("On Desk <2> in the clinic: “A fieldfare”")
    expect(page.locator("#screen")).to_contain_text("On Desk <2> in the clinic it was changed last at 22:1")
    expect(shown.get_by_text("disclosed").filter(visible=True)).to_have_count(0)
    expect(shown.get_by_text("For you alone: open this only when nobody else can see")).to_be_visible()
    tablet.looks_right()
    shown.get_by_role("button", name="Take what Desk <2> in the clinic has").click()
    expect(parents_view(page)).to_have_value("A fieldfare")
    on_the_service(page)
    [head] = heads(service)
    assert len(head["parents"].split()) >= 2
    expect(note).to_have_text("")
    expect(see_changes(page).first).to_contain_text("as it was on Desk <2> in the clinic")
    page.get_by_role("button", name="Bring this answer back").first.click()
    page.get_by_role("link", name="Back to the visit").click()
    expect(parents_view(page)).to_have_value("A ptarmigan by the door")
    on_the_service(page)

    write(desk.page, "A fieldfare, again")
    pause(desk.page)
    expect(desk.page.locator("#carried")).to_contain_text("was also changed on")
    desk.page.get_by_role("button", name="Check and finish").click()  # and it is said before it is sealed
    expect(desk.page.get_by_role("dialog")).to_contain_text("Finishing seals what is here: what was written there is not in it.")
    desk.looks_right()
    desk.page.get_by_role("button", name="Back to the visit").click()
    desk.page.get_by_role("link", name="See both and choose").click()  # the tablet's words are known here
    expect(desk.page.locator("#both")).to_contain_text("Here: “A fieldfare, again”")
    desk.looks_right()
    desk.page.get_by_role("button", name="Keep what is here").click()
    expect(parents_view(desk.page)).to_have_value("A fieldfare, again")
    on_the_service(desk.page)
    assert len(heads(service)) == 1
    desk.page.get_by_role("button", name="Undo").click()
    expect(parents_view(desk.page)).to_have_value("A ptarmigan by the door")
    no_word_of_it(service, PLANTED)


def test_locked_it_still_goes_up_new_words_open_what_follows_and_discarded_elsewhere_it_can_go_on(
    tablet: Tablet, desk: Tablet, service: Service, place: Place
) -> None:
    ready(tablet, service, place)
    page = tablet.page
    begin(page)
    write(page, "A cormorant")
    online(tablet, service)
    page.get_by_role("button", name="Lock").click()
    until(page, lambda: len(heads(service)) == 1)
    page.get_by_text("I cannot unlock, or I am new on this tablet").click()
    page.get_by_role("button", name="Set words with my sign-in").click()
    expect(page.get_by_label("What this device is called")).to_have_count(0)  # it has a name
    words = set_unlock(page)
    on_the_service(page)
    at_the_desk(desk, service, place)
    take_offline(desk.page)
    cookies = desk.context.cookies()
    desk.context.clear_cookies()
    away(desk.page).get_by_role("button", name="Open here").click()
    expect(away(desk.page)).to_contain_text("Sign in first: the service gives it to you alone. Then open it here.")
    desk.looks_right()
    desk.context.add_cookies(cookies)  # type: ignore[arg-type]
    open_here(desk.page, words)
    expect(parents_view(desk.page)).to_have_value("A cormorant")

    desk.page.get_by_role("button", name="Discard this visit").click()
    desk.page.get_by_role("dialog").get_by_role("button", name="Discard this visit").click()
    desk.page.get_by_role("button", name="Start: Home visit").wait_for()
    look_again(desk.page)
    until(page, lambda: service.rows("SELECT ended_how FROM draft")[0]["ended_how"] == "discarded")
    look_again(page)
    note = page.locator("#carried")
    expect(note).to_contain_text("This visit was discarded on Desk <2> in the clinic")
    expect(page.locator("#state")).not_to_contain_text(THERE)
    tablet.looks_right()
    note.get_by_role("button", name="Go on with it here").click()
    expect(note).to_have_text("")
    expect(page.locator("#state")).to_contain_text(THERE)
    assert service.rows("SELECT ended_how FROM draft") == [{"ended_how": None}]


def test_a_photograph_stays_on_the_device_that_took_it_and_the_desk_says_so(
    tablet: Tablet, desk: Tablet, service: Service, place: Place, tmp_path: Path
) -> None:
    words = ready(tablet, service, place)
    page = tablet.page
    begin(page)
    agree(page)
    picture = tmp_path / "kitchen.jpg"
    picture.write_bytes(jpeg())
    take(page, picture)
    write(page, "A cormorant on the stairs")
    online(tablet, service)
    on_the_service(page)
    at_the_desk(desk, service, place)
    page = desk.page
    take_offline(page)
    open_here(page, words)
    expect(parents_view(page)).to_have_value("A cormorant on the stairs")
    page.locator("#photographs summary").click()
    expect(page.locator("#photographs")).to_contain_text("This photograph is not on this device")
    page.get_by_role("button", name="Check and finish").click()
    expect(page.get_by_role("dialog")).to_contain_text("To send it, finish it on the device that took it.")
    desk.looks_right()
