"""Every screen of a supervisor as it is drawn: nothing axe can find, nothing wider than the screen, and everything that is pressed large
enough for a finger, at a desk and at the width of a small phone. One service, one browser: a new screen is a line in `SCREENS`."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, Playwright

from tests.browser.service import Place, Service, earlier_visit
from tests.browser.tablet import AXE, PHONE, RUN_AXE
from tests.browser.test_main_job_answered import colleagues, desk, drunk_on_the_sofa
from visitapp.flow import helping, joins, people, plans, record_requests, together

DESK = (1280, 900)

SCREENS = (
    "/today", "/today?show=overdue", "/today/{household}",
    "/mine", "/find", "/told", "/families", "/referrals", "/quarantine", "/status", "/returned", "/cover", "/families/new",
    "/families/{household}", "/families/{household}/looked", "/families/{household}?show=not_completed",
    "/families/{household}/course?tables=open", "/families/{household}/compare",
    "/families/{household}/people", "/families/{household}/siblings",
    "/families/{household}/arrangements", "/team", "/team?days=365", "/team?part=caseload", "/team/families?part=visits&figure=made",
    "/families/{household}/move", "/families/{household}/moved", "/families/{household}/second-home",
    "/families/{household}/twice", "/families/{household}/join/ask", "/joins", "/joins/{asked}", "/families/{household}/phone",
    "/handovers", "/families/{household}/handover", "/families/{household}/loss",
    "/families/{household}/join", "/families/{household}/split", "/visits/{visit}/error",
    "/staff", "/families/{household}/risks", "/families/{household}/risks/new", "/families/{household}/second-worker",
    "/families/{household}/record/plan", "/families/{household}/papers", "/families/{household}/copies/new",
    "/copies/{copy}", "/copies/{copy}/check",
    "/visits/{visit}", "/referrals/{referral}",
    "/reviews", "/reviews/{visit}", "/reviews/findings", "/families/{household}/record/decision", "/reflections",
)  # fmt: skip
"""Addresses of what a supervisor opens. In braces: what `furnished` made."""

ROOM = 44
"""Pixels that a finger needs (design, section 4; WCAG 2.2, 2.5.5). A link in the middle of a sentence is as tall as its line."""
TOO_SMALL = """(room) => [...document.querySelectorAll("main a, main button, main select, main textarea, main summary, main input, nav a")]
  .filter((one) => one.checkVisibility() && !one.closest(".nhsuk-skip-link") && !["hidden", "radio", "checkbox"].includes(one.type))
  .filter((one) => {
    const said = (node) => node.textContent.replace(/[\\s,.;:–]+/g, "");
    const inline = getComputedStyle(one).display === "inline" && said(one.parentElement) !== said(one);
    const box = one.getBoundingClientRect();
    return !inline && box.width > 1 && box.height > 1 && box.height < room - 0.5;
  })
  .map((one) => `${Math.round(one.getBoundingClientRect().height)} px: ${one.outerHTML.slice(0, 120)}`)"""
WIDER = """() => document.documentElement.scrollWidth <= innerWidth ? [] : [...document.querySelectorAll("main *")]
  .filter((one) => one.getBoundingClientRect().right > innerWidth + 1 && !one.closest(".va-scroll")).slice(0, 3)
  .map((one) => one.outerHTML.slice(0, 160)).concat(`${document.documentElement.scrollWidth} px wide`)"""


@pytest.fixture
def furnished(service: Service, place: Place) -> dict[str, str]:
    """A family with something of everything, and the ids that stand in addresses."""
    w, me, home = service.wired, place.practitioner, place.household
    colleagues(service, place)
    visit = drunk_on_the_sofa(service, place)
    earlier_visit(service, me, home, on="2026-11-20", answers={"outcome": {"value": "completed"}})
    service.work()
    action = {"what": "Call the police for a welfare check", "owner": "Duty social worker", "hours": 4}
    plan = plans.agree(
        w, me, home, source="child_protection", agreed_on="2026-11-01", agreed_by="Both parents and the core group",
        trigger_kind="refused_entry", trigger_words="they refuse entry", actions=[action],
    )  # fmt: skip
    plans.say_met(w, me, plan, on_date="2026-11-21", why="Nobody was let in, and the baby was heard.")
    agency = together.involve(w, me, home, kind="gp", name="Mill Row surgery", contact="01632 960500", from_on="2026-11-01")
    together.tell_agency(w, me, agency, how="told", on_date="2026-11-20", words="Of the sofa")
    together.meet(w, me, home, on_date="2026-11-19", attended="Kelly, Amina Yusuf, Mill Row surgery", agencies=2)
    helping.need(w, me, home, what="cot", words="A travel cot", needed_on="2026-11-20", tonight=False, person=place.baby)
    referral = service.rows("SELECT id FROM referral ORDER BY seq")[0]
    asked = {"person": place.adults[0], "received_on": "2026-11-20", "identity": "Known to me", "said": ""}
    copy = record_requests.ask(w, me, home, **asked)
    return {"household": home, "visit": visit, "referral": referral["id"], "copy": copy, "asked": asked_by_another_team(service, place)}


def asked_by_another_team(service: Service, place: Place) -> str:
    """Westfen asks whether the practitioner's team has a record of the same family."""
    w, them = service.wired, people.add_team(service.wired, people.SYSTEM, name="Team West", area="westfen", phone="01632 960002")
    west = people.add_account(
        w, people.SYSTEM, username="west", name="Jo Marsh", role="health_visitor", team=them, password="four words are enough"
    )
    family = people.form_household(w, west, name="Wrenfield", address="7 Fen Lane", postcode="WF1 1AA", area="westfen")
    people.name_practitioner(w, west, family, account=west)
    [row] = service.rows("SELECT team FROM account_now WHERE account = :id", id=place.practitioner)
    return joins.ask(w, west, family, to_team=row["team"], words="Her mother says that you visit them too.", goes_on="us")


@pytest.fixture
def supervisor(playwright: Playwright, service: Service, furnished: dict[str, str]) -> Iterator[Page]:
    with desk(playwright, service, "ruth.lead") as page:
        page.add_init_script(AXE)  # beside the page's own policy, which rightly refuses foreign scripts; once for both widths
        yield page


def test_every_screen_of_a_supervisor_is_right_at_both_widths(supervisor: Page, service: Service, furnished: dict[str, str]) -> None:
    faults = [fault for screen in SCREENS for fault in looked_at(supervisor, service.origin, screen.format(**furnished))]
    assert faults == [], "\n".join(faults)


def looked_at(page: Page, origin: str, address: str) -> Iterator[str]:
    """What is wrong with one screen, in words that say where."""
    answer = page.goto(f"{origin}{address}")
    if answer is None or answer.status != 200:
        yield f"{address}: {answer and answer.status}"
        return
    for width, height in (DESK, PHONE):
        page.set_viewport_size({"width": width, "height": height})
        at = f"{address} at {width}"
        yield from (f"{at} is too wide: {one}" for one in page.evaluate(WIDER))
        yield from (f"{at} is too small for a finger, {one}" for one in page.evaluate(TOO_SMALL, ROOM))
        if (found := page.evaluate(RUN_AXE)) != "[]":
            yield f"{at}: {found}"
