"""A visit that is sealed is added to, with no network, and stays as it was."""

from playwright.sync_api import Page, Playwright, expect

from tests.browser import profile
from tests.browser.begun import ready
from tests.browser.service import NAMES, PASSWORD, Place, Service
from tests.browser.tablet import PHONE, Tablet, saved
from tests.browser.test_main_job_offline import choose, open_offline, question
from visitapp.flow import people, reviewing

WORDS = "The dormouse cage stood by the cot \U0001f642 <b>"


def sealed(page: Page) -> None:
    page.get_by_role("link", name="Wrenfield").click()
    page.get_by_role("button", name="Start: Visit not completed").click()
    choose(page.locator("#form"), "outcome", "cancelled_by_service")
    page.get_by_role("button", name="Check and finish").click()
    page.get_by_role("button", name="Finish and seal").click()
    expect(page.locator("[data-waiting]")).to_have_count(1)


def at_the_desk(desk: Tablet, service: Service, place: Place, path: str) -> Page:
    page = desk.open(f"{service.origin}{path}")
    page.locator("input[name=username]").fill(place.username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    return page


def test_what_was_left_out_is_added_offline_and_stands_beside_the_visit(
    playwright: Playwright, tablet: Tablet, service: Service, place: Place, tmp_path_factory
) -> None:
    tablet.size = PHONE
    words = ready(tablet, service, place)
    page = tablet.page
    sealed(page)
    first = page.locator("[data-waiting]").get_attribute("data-waiting")
    page.locator("[data-waiting]").get_by_role("button", name="Add to this visit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Addition to the visit of 23 November 2026")
    expect(page.get_by_text("It stays as it was sealed")).to_be_visible()
    tablet.looks_right()
    question(page.locator("#form"), "words").locator("textarea").fill(WORDS)
    saved(page)
    where = page.evaluate("location.hash")
    tablet.kill()
    assert profile.found(tablet.profile, (*NAMES, "dormouse")) == set()

    page = open_offline(tablet, service, words, "#/waiting")
    page.locator("[data-waiting]").get_by_role("button", name="Add to this visit").click()  # one for each visit: it is carried on
    expect(page).to_have_url(f"{service.origin}/tablet/{where}")
    expect(question(page.locator("#form"), "words").locator("textarea")).to_have_value(WORDS)
    choose(page.locator("#form"), "why", "left_out")
    choose(page.locator("#form"), "danger", "none")
    page.get_by_role("button", name="Check and finish").click()
    page.get_by_role("button", name="Finish and seal").click()
    expect(page.locator("[data-waiting]")).to_have_count(2)
    second = page.locator("[data-waiting]").filter(has_text="Addition to the visit")
    expect(second.get_by_role("button", name="Add to this visit")).to_have_count(0)
    tablet.looks_right()

    service.start()
    tablet.context.set_offline(False)
    page.get_by_role("button", name="Send now").click()
    expect(page.locator("[data-sent]")).to_have_count(2)
    tablet.looks_right()
    tablet.kill()
    service.work()

    desk = Tablet(playwright, tmp_path_factory.mktemp("desk"), tablet.now)
    try:
        page = at_the_desk(desk, service, place, f"/sign-in?next=/visits/{first}")
        expect(page.get_by_role("heading", name="Added later")).to_be_visible()
        expect(page.locator(".va-added")).to_contain_text(WORDS)
        assert desk.violations() == "[]"
        page.locator(".va-added a").first.click()
        expect(page.get_by_text("It adds to the visit of 23 November 2026")).to_be_visible()
    finally:
        desk.kill()


def test_an_earlier_visit_is_added_to_from_the_familys_page_and_what_is_asked_about_it_is_heard_of(
    tablet: Tablet, service: Service, place: Place
) -> None:
    tablet.size = PHONE
    ready(tablet, service, place)
    page = tablet.page
    page.get_by_role("link", name="Wrenfield").click()
    page.get_by_text("4 March 2024: Home visit").click()
    page.get_by_role("button", name="Add to this visit").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Addition to the visit of 4 March 2024")
    tablet.looks_right()

    service.start()
    tablet.context.set_offline(False)
    w, page = service.wired, tablet.page
    page.goto(f"{service.origin}/tablet/#/today")
    expect(page.get_by_role("heading", name="Your families")).to_be_visible()
    [visit] = service.rows("SELECT id FROM submission")
    team = service.rows("SELECT team FROM account_now WHERE username = 'amina.yusuf'")[0]["team"]
    lead = people.add_account(w, people.SYSTEM, username="lead", name="Ruth Lovell", role="supervisor", team=team, password=PASSWORD)
    reviewing.keep(w, lead, visit["id"], (), question="Whose cage was it?")
    page.clock.fast_forward(130_000)
    news = page.locator("#news").get_by_role("link", name="A colleague asks you something")
    expect(news).to_be_visible()
    assert news.evaluate("one => one.getBoundingClientRect().height") >= 44
    expect(page.locator("#screen").get_by_role("link", name="A colleague asks you something")).to_be_visible()
    tablet.looks_right()
    news.click()
    expect(page.locator("#news")).to_be_empty()
    page.get_by_text("1 question").click()
    expect(page.get_by_text("Whose cage was it?")).to_be_visible()
    [asked] = service.rows("SELECT id FROM review_question")
    reviewing.answer(w, lead, asked["id"], "A neighbour’s: told by phone.")
    page.clock.fast_forward(130_000)
    page.locator("#news").get_by_role("button", name="Show it").click()
    page.get_by_text("4 March 2024: read").click()
    expect(page.get_by_text("Answered: A neighbour’s")).to_be_visible()
