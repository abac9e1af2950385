"""At the door: the card with the numbers and what to do, with no network; and whose block it is that is being answered, for twins."""

import re

from playwright.sync_api import Page, expect

from tests.browser.begun import ready
from tests.browser.service import PASSWORD, Place, Service, member
from tests.browser.tablet import PHONE, Tablet
from tests.browser.test_main_job_offline import choose, question, tell_of_the_sofa
from visitapp.flow import people, plans, risks

PLAN = "refuse entry, then ask the police for a welfare check"


def with_a_plan_and_a_supervisor(service: Service, place: Place) -> None:
    w = service.wired
    with w.engine.read() as tx:
        [team] = tx.all("SELECT team FROM account_now WHERE account = :me", me=place.practitioner)
    people.add_account(
        w, people.SYSTEM, username="june.abara", name="June Abara", role="supervisor", team=team["team"], password=PASSWORD,
        phone="07700 900777",
    )  # fmt: skip
    plans.agree(
        w, place.practitioner, place.household, source="child_protection", agreed_on="2026-11-01", agreed_by="Kelly",
        trigger_kind="refused_entry", trigger_words="they refuse entry",
        actions=[{"what": "ask the police for a welfare check", "owner": "Amina Yusuf", "hours": 2}],
    )  # fmt: skip
    risks.record(
        w, place.practitioner, place.household, kind="dog", words="A large dog, loose in the yard.", known="seen", source="Amina Yusuf",
        from_on="2026-11-01",
    )  # fmt: skip


def card(page: Page) -> None:
    expect(page.get_by_role("heading", name="At the door")).to_be_visible()
    expect(page.get_by_text("Are you safe? Leave first, then phone.")).to_be_visible()


def test_the_card_at_the_door_is_one_tap_away_and_says_what_to_do_with_no_network(tablet: Tablet, service: Service, place: Place) -> None:
    with_a_plan_and_a_supervisor(service, place)
    tablet.size = PHONE
    ready(tablet, service, place)
    page = tablet.page
    page.get_by_role("link", name="Wrenfield").click()
    page.get_by_role("button", name="At the door").click()
    card(page)
    numbers = page.locator(".app-call__number:visible")
    assert [one.get_attribute("href") for one in numbers.all()] == ["tel:999", "tel:07700900777"]
    expect(page.get_by_text("A second worker: Supervisor, June Abara")).to_be_in_viewport()
    in_view = page.locator("body").inner_text()
    assert PLAN not in in_view, "the plan stands shut"
    assert not re.search(r"\b(level|score|danger|finding|sofa|Wrenfield)\b", in_view, re.IGNORECASE), in_view
    tablet.looks_right()
    page.get_by_text("What was agreed for this family", exact=True).click()
    expect(page.get_by_text(PLAN)).to_be_visible()
    page.get_by_text("Other numbers that are answered now").click()
    expect(page.get_by_role("link", name="01632 960101")).to_be_visible()  # the nights' number: it is night
    tablet.looks_right()

    page.get_by_role("button", name="Ask for a second worker").click()
    expect(page.get_by_text("It is not sent yet: it goes with the next connection. If you need somebody now, phone.")).to_be_visible()
    page.get_by_text("Before you knock: 1 thing to know").click()
    expect(page.get_by_text("A large dog, loose in the yard.")).to_be_visible()
    tablet.looks_right()

    page.get_by_role("button", name="Start: Visit not completed").click()
    choose(page.locator("#form"), "outcome", "refused_at_door")
    page.get_by_role("dialog", name="A call to make").get_by_role("link", name="Door", exact=True).click()  # what the plan says comes first
    card(page)
    expect(page.get_by_role("dialog")).to_have_count(0)
    expect(page.get_by_role("button", name="Start: Visit not completed")).to_have_count(0)  # it is begun: there is no second one
    page.get_by_role("button", name="Carry on: Visit not completed").click()
    expect(question(page.locator("#form"), "outcome").locator("input[value=refused_at_door]")).to_be_checked()

    service.start()
    with page.expect_response(lambda answer: answer.url.endswith("/openings")):
        tablet.context.set_offline(False)
        page.evaluate("dispatchEvent(new Event('online'))")  # once axe has run, the browser may have said so before
    assert len(service.rows("SELECT seq FROM journal WHERE kind = 'read.offline'")) == 3  # the family's page, and the card twice
    [asked] = service.rows("SELECT asked_from, asked_by FROM second_worker")
    assert asked == {"asked_from": "door", "asked_by": place.practitioner}
    page.locator("#door").click()
    expect(page.get_by_text("Your supervisor was told and owes an answer.")).to_be_visible()


def test_the_card_says_when_it_has_no_number_and_dialling_writes_nothing_down(tablet: Tablet, service: Service, place: Place) -> None:
    tablet.size = PHONE
    ready(tablet, service, place)
    page = tablet.page
    page.get_by_role("link", name="Wrenfield").click()
    page.get_by_role("button", name="Start: Home visit").click()
    tell_of_the_sofa(page, place)
    tablet.looks_right()
    page.keyboard.press("Escape")
    page.locator("#door").click()
    card(page)
    expect(page.get_by_text("No number of a supervisor who can send a second worker is on this tablet.")).to_be_visible()
    expect(page.get_by_text("No agreed plan for this family is on this tablet.")).to_be_visible()
    assert "referral" not in page.content()
    tablet.looks_right()
    page.get_by_role("link", name="999").evaluate("(link) => { link.onclick = (event) => event.preventDefault(); link.click(); }")
    page.get_by_role("button", name="Carry on: Home visit").click()
    assert page.evaluate("document.querySelectorAll('.app-call__made').length") == 0
    expect(page.get_by_role("button", name="Call now")).to_be_visible()  # dialling is no call written down


HEADS = """
  (article) => {
    const head = article.querySelector('.app-row__head');
    const [hidden, seen] = [[], []];
    for (const one of article.querySelectorAll('.app-question')) {
      if (!one.getClientRects().length || one.matches('.app-rows')) continue;
      one.scrollIntoView({ block: 'center' });
      const at = head.querySelector('[data-title]').getBoundingClientRect();
      const shown = [at.top + 2, at.bottom - 2].every((y) => head.contains(document.elementFromPoint(at.left + 4, y)));
      (shown ? seen : hidden).push(one.dataset.path);
    }
    return [seen.length, hidden];
  }
"""
"""How many questions of a child's block can be answered with the child's line in view, and those that cannot."""


def test_whose_answers_they_are_stays_in_view_for_twins_and_their_brother(tablet: Tablet, service: Service, place: Place) -> None:
    twin = member(
        service, place.practitioner, place.household, "child", "Tamsin", born_on="2026-09-20", nhs_number="9990000034", birth_order=1
    )
    tablet.size = PHONE
    ready(tablet, service, place)
    page = tablet.page
    page.get_by_role("link", name="Wrenfield").click()
    page.get_by_role("button", name="Start: Home visit").click()
    page.locator("#finish").wait_for()
    lines = {
        place.older: "Oswin Wrenfield, 2 years, born 15 January 2024, first of 3",
        place.baby: "Maristela Wrenfield, 9 weeks, born 20 September 2026, third of 3, twin of Tamsin",
        twin: "Tamsin Wrenfield, 9 weeks, born 20 September 2026, second of 3, twin of Maristela",
    }
    for child, line in lines.items():
        blocks = page.locator(f'#form article[data-person="{child}"]')
        for block in blocks.all():
            expect(block.locator("[data-title]").first).to_have_text(line)
            seen, hidden = block.evaluate(HEADS)
            assert hidden == []
        assert seen
    tablet.looks_right()
