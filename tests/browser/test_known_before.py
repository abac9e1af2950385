"""What was known before, on the page: confirmed in one tap, never an answer by itself, and how an answer is known asked once a row."""

import json

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser import trial
from tests.browser.begun import ready
from tests.browser.service import Place, Service
from tests.browser.tablet import PHONE, Tablet
from tests.browser.test_main_job_offline import choose, question

SMALL = """() => [...document.querySelectorAll('button, summary, [data-region], .app-options label, .app-chips label')]
  .map((one) => [one.textContent, one.getBoundingClientRect()])
  .filter(([, { width, height }]) => width && (width < 44 || height < 44))
  .map(([words]) => words)"""


@pytest.fixture
def page(tablet: Tablet, service: Service, place: Place, monkeypatch: pytest.MonkeyPatch) -> Page:
    """The trial form, begun with no network for a family of which something was established."""
    tablet.size = PHONE
    trial.give_trial_form(service)
    trial.carry(monkeypatch, {"established": trial.of(place)})
    ready(tablet, service, place)
    tablet.page.get_by_role("link", name="Wrenfield").click()
    tablet.page.get_by_text("Start something else").click()
    tablet.page.get_by_role("button", name="Start: Trial visit").click()
    return tablet.page


def child(page: Page, person: str) -> Locator:
    """The first block about the child."""
    return page.locator(f'article[data-person="{person}"]').first


def still(inside: Locator, id: str) -> Locator:
    return question(inside, id).get_by_role("button", name="Still so")


def answers(service: Service, tablet: Tablet) -> dict[str, object]:
    """Finished and sent: what the service keeps of it."""
    page = tablet.page
    page.get_by_role("button", name="Check and finish").click()
    page.get_by_role("button", name="Finish and seal").click()
    expect(page.get_by_role("heading", name="Waiting and sent")).to_be_visible()
    service.start()
    tablet.context.set_offline(False)
    expect(page.locator("[data-sent]")).to_contain_text("The receipt matches.")
    [kept] = service.rows("SELECT body FROM submission WHERE form = 'trial'")
    found: dict[str, object] = json.loads(kept["body"])["answers"]
    return found


def test_of_a_choice_only_the_answers_that_last_can_be_confirmed(
    tablet: Tablet, service: Service, place: Place, monkeypatch: pytest.MonkeyPatch
) -> None:
    trial.give_trial_form(service)
    before = trial.of(place)
    trial.carry(monkeypatch, {"established": before | {"": before[""] | {"home.heating": trial.known("none", "seen")}}})
    ready(tablet, service, place)
    tablet.page.get_by_role("link", name="Wrenfield").click()
    tablet.page.get_by_text("Start something else").click()
    tablet.page.get_by_role("button", name="Start: Trial visit").click()
    heating = question(tablet.page.locator("#section-home"), "heating")
    expect(heating).to_contain_text("Last: Nothing. Seen by Amina Yusuf, 4 March 2026")
    expect(heating.get_by_role("button", name="Still so")).to_have_count(0)
    expect(heating.get_by_label("A gas boiler")).to_be_visible()


def test_what_was_known_is_confirmed_changed_and_taken_back_and_is_never_an_answer_by_itself(
    page: Page, tablet: Tablet, service: Service, place: Place
) -> None:
    home, older, baby = page.locator("#section-home"), child(page, place.older), child(page, place.baby)
    heating = question(home, "heating")
    expect(heating).to_contain_text("A prepayment meter")
    expect(heating).to_contain_text("Told to Amina Yusuf, 4 March 2026")
    expect(heating.locator("input[value=meter]")).to_be_hidden()
    expect(question(home, "rooms_seen")).to_contain_text("Last: 6 rooms.")
    tablet.looks_right()

    together = home.get_by_role("button", name="All still so")
    together.click()
    expect(together).to_have_attribute("aria-pressed", "true")
    expect(still(home, "pets_where")).to_have_attribute("aria-pressed", "true")  # it came up with the answer before it
    tablet.looks_right()
    together.click()  # and back
    expect(question(home, "pets_where")).to_be_hidden()
    expect(page.locator(".app-sections__item", has_text="The home")).to_contain_text("0 of 4")

    still(home, "heating").click()
    question(home, "pets").get_by_role("button", name="Change").click()
    question(home, "pets").locator("input[value=false]").check()
    choose(older, "seen", "awake")
    choose(baby, "seen", "asleep")
    older.get_by_role("button", name="All still so").focus()
    page.keyboard.press("Enter")
    question(older, "birth_weight").get_by_role("button", name="Clear").click()
    expect(still(older, "birth_weight")).to_be_focused()
    expect(question(baby, "feeding").get_by_role("button", name="Still so")).to_have_count(0)  # what it was is not offered today
    expect(question(older, "sleep_place")).to_contain_text("Last: On a sofa. Told to Amina Yusuf, 4 March 2026")
    tablet.looks_right()
    assert page.evaluate(SMALL) == []

    said = answers(service, tablet)
    assert said["heating"] == {"value": "meter", "known": "told", "since": trial.EARLIER}
    assert said["pets"] == {"value": False}
    rows = {row["person"]: row["answers"] for row in said["children"]["rows"]}  # type: ignore[index]
    assert rows[place.older] == {"seen": {"value": "awake"}, "feeding": {"value": "both", "known": "told", "since": trial.EARLIER}}
    assert rows[place.baby] == {"seen": {"value": "asleep"}}


def test_how_an_answer_is_known_is_asked_once_a_row_and_can_be_changed(page: Page, place: Place, tablet: Tablet, service: Service) -> None:
    older, baby = child(page, place.older), child(page, place.baby)
    choose(older, "mood", "quiet", known="told")
    choose(older, "sleep_place", "cot")
    taken = question(older, "sleep_place").get_by_text("As for the answer before.")
    expect(taken).to_be_visible()
    choose(older, "marks", "face")  # one way only: it is that one
    choose(baby, "mood", "bright")  # another child: asked again
    tablet.looks_right()
    question(older, "sleep_place").locator(":scope > [data-part=known] input[value=seen]").check()
    expect(taken).to_be_hidden()

    rows = {row["person"]: row["answers"] for row in answers(service, tablet)["children"]["rows"]}  # type: ignore[index]
    assert rows[place.older]["sleep_place"] == {"value": "cot", "known": "seen"}
    assert rows[place.older]["marks"] == {"value": ["face"], "known": "seen"}
    assert rows[place.baby]["mood"] == {"value": "bright"}


def test_the_adults_of_a_list_are_confirmed_together_and_what_is_private_opens_once(page: Page, place: Place, tablet: Tablet) -> None:
    adults = page.locator("#section-adults")
    together = adults.get_by_role("button", name="All still so")
    expect(adults.locator(".app-before__list")).to_have_text("Kelly: Does this adult smoke? NoDan: Does this adult smoke? No")
    together.click()
    for adult in place.adults:
        expect(still(child(page, adult), "smokes")).to_have_attribute("aria-pressed", "true")
    safe = adults.locator("[data-question=safe] > [data-part=value]")
    adults.get_by_role("button", name="For you alone").first.click()
    expect(safe.last).to_be_visible()
    safe.last.locator("input[value=told]").check()
    expect(safe.first).to_be_visible()
    tablet.looks_right()
    question(page.locator("#section-home"), "outcome").locator("input").first.check()
    expect(safe.first).to_be_hidden()
    expect(safe.last).to_be_hidden()


def test_a_blank_block_is_no_row_until_something_is_answered_in_it(page: Page, place: Place, tablet: Tablet, service: Service) -> None:
    older, baby = child(page, place.older), child(page, place.baby)
    expect(question(older, "put_down")).to_be_hidden()  # not asked of a child of this age, in a block that is no row yet
    choose(baby, "put_down", "back")
    choose(baby, "shared", "true")
    choose(baby, "who", "mother")
    question(baby, "sharers").get_by_role("button", name="Add another: who shared").click()
    page.get_by_role("button", name="Check and finish").click()
    sheet = page.get_by_role("dialog", name="Check and finish")
    expect(sheet.get_by_role("listitem").filter(has_text="Maristela, Sleep 1: Who shared it: Who shared 1, Who shared 2")).to_be_visible()
    expect(sheet.get_by_text("Oswin: Each sleep")).to_have_count(0)  # nobody asked about one: it is not called whole
    tablet.looks_right()
    page.keyboard.press("Escape")
    rows = {row["person"]: row["answers"] for row in answers(service, tablet)["children"]["rows"]}  # type: ignore[index]
    [sleep] = rows[place.baby]["sleeps"]["rows"]
    assert rows[place.baby]["sleeps"]["complete"] is True
    assert sleep["answers"]["put_down"] == {"value": "back"}
    assert [row["answers"] for row in sleep["answers"]["sharers"]["rows"]] == [{"who": {"value": "mother"}}, {}]
    assert "sleeps" not in rows[place.older]


def test_that_these_are_all_the_children_is_said_once(page: Page, place: Place) -> None:
    children, naps = question(page.locator("#section-children"), "children"), question(page.locator("#section-again"), "naps")
    children.get_by_label("That is every child").check()
    expect(naps.get_by_label("That is every child")).to_be_checked()
    children.get_by_label("That is every child").uncheck()
    naps.get_by_role("button", name="Add a child who is not listed").click()  # now they are not the same children
    children.get_by_label("That is every child").check()
    expect(naps.get_by_label("That is every child")).not_to_be_checked()


def test_a_region_is_pressed_on_the_body_or_in_the_list_and_both_say_the_same(page: Page, place: Place, tablet: Tablet) -> None:
    marks = question(child(page, place.older), "marks")
    chosen = marks.locator(".app-body__region--chosen")
    marks.locator("[data-region=face]").click()
    expect(marks.get_by_label("Face")).to_be_checked()
    marks.get_by_label("Left arm").focus()
    page.keyboard.press("Space")
    expect(chosen).to_have_count(3)  # the face, and the arm from the front and from the back
    tablet.looks_right()
    expect(page.locator("#notes")).to_have_text("1 note")
    marks.locator("[data-region=face]").click()
    expect(marks.get_by_label("Face")).not_to_be_checked()
    marks.get_by_label("No mark").check()
    expect(chosen).to_have_count(0)
    assert page.evaluate(SMALL) == []
