"""The second half of the main job: what the visit found is proposed, completed by the practitioner, sent as a letter by mail over TLS, read
and answered by social care, and read by the supervisor as one chronology. Real browser, real mail server, no step taken by hand."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from email import message_from_bytes, policy
from io import BytesIO
from pathlib import Path
from urllib.parse import quote

import pytest
from playwright.sync_api import Page, Playwright, expect
from pypdf import PdfReader

from tests.browser.chromium import find_chromium
from tests.browser.service import NOW, PASSWORD, Place, Service, earlier_visit
from tests.browser.tablet import AXE, RUN_AXE
from tests.deliver.mail_server import PASSWORD as MAIL_PASSWORD
from tests.deliver.mail_server import USER, Mailbox, make_certificates, serving
from visitapp.deliver.smtp import SmtpTransport
from visitapp.flow import people
from visitapp.flow.stuck import what_is_stuck

THREE_DAYS_LATER = "2026-11-27T09:00:00.000Z"


@pytest.fixture
def mailbox(service: Service, tmp_path: Path) -> Iterator[Mailbox]:
    """The service's letters go out through a mail server with TLS and a password."""
    certificates = make_certificates(tmp_path)
    with serving(Mailbox(), certificates) as box:
        address = f"smtp://{quote(USER, safe='')}:{quote(MAIL_PASSWORD, safe='')}@127.0.0.1:{box.port}"
        transport = SmtpTransport(address, certificates.client_context(), clock=lambda: service.clock)
        service.wired = replace(service.wired, transports=(transport,))
        yield box


@contextmanager
def desk(playwright: Playwright, service: Service, username: str) -> Iterator[Page]:
    """Somebody at a desk with a browser of their own, signed in."""
    browser = playwright.chromium.launch(executable_path=str(find_chromium()), args=["--no-sandbox", "--disable-gpu"])
    page = browser.new_page()
    page.goto(f"{service.origin}/sign-in")
    page.locator("input[name=username]").fill(username)
    page.locator("input[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url(lambda address: not address.endswith("/sign-in"))
    yield page
    browser.close()


def looks_right(page: Page) -> None:
    """Nothing axe can find. Run beside the page's own policy, which rightly refuses foreign scripts."""
    session = page.context.new_cdp_session(page)
    session.send("Runtime.evaluate", {"expression": AXE})
    said = session.send("Runtime.evaluate", {"expression": RUN_AXE, "awaitPromise": True, "returnByValue": True})
    assert said["result"].get("value") == "[]", said
    session.detach()


def colleagues(service: Service, place: Place) -> None:
    """The supervisor of the practitioner's team, and somebody at the front door that receives for the area."""
    w = service.wired
    [row] = service.rows("SELECT team FROM account_now WHERE account = :id", id=place.practitioner)
    [front] = service.rows("SELECT DISTINCT id FROM receiving_team")
    people.add_account(w, people.SYSTEM, username="ruth.lead", name="Ruth Adeyemi", role="supervisor", team=row["team"], password=PASSWORD)
    people.add_account(
        w, people.SYSTEM, username="desk", name="Priya Nair", role="social_care", receiving_team=front["id"], password=PASSWORD
    )  # fmt: skip


def drunk_on_the_sofa(service: Service, place: Place) -> str:
    """A visit of tonight: the baby slept on a sofa beside her father, who had drunk."""
    sharer = {"who": {"value": "partner"}, "taken": {"value": ["alcohol"], "known": "told"}}
    night = {
        "which_sleep": {"value": "last_night"},
        "surface": {"value": "sofa", "known": "told"},
        "shared": {"value": True, "known": "told"},
        "sharers": {"rows": [{"id": "s1", "person": None, "answers": sharer}], "complete": True},
    }
    nights = {"rows": [{"id": "n1", "person": None, "answers": night}], "complete": True}
    baby = {"id": "c1", "person": place.baby, "answers": {"seen": {"value": "awake"}, "nights": nights}}
    return earlier_visit(
        service, place.practitioner, place.household, on=NOW[:10], answers={"children": {"rows": [baby], "complete": False}}
    )


def complete_and_send(page: Page, service: Service) -> None:
    page.goto(f"{service.origin}/referrals")
    looks_right(page)
    page.get_by_role("link", name="Wrenfield").first.click()
    expect(page.get_by_text("Maristela slept on a sofa or armchair").first).to_be_visible()
    looks_right(page)
    page.get_by_role("button", name="Send the referral").click()
    expect(page.get_by_role("alert")).to_contain_text("Say what you are asking for.")  # what only a person can say is asked for
    looks_right(page)
    page.locator("#asked_for").fill("He failed to come")
    page.locator("#asked_for").blur()
    expect(page.get_by_text("A reader may take this as a judgement: “failed”")).to_be_visible()
    page.locator("#asked_for").fill("A joint visit tonight & an assessment; <the father> is alone with her until 2 a.m. 👶 مرحبا")
    page.locator("input[name=parents_told][value=yes]").check()
    page.locator("#parents_said").fill("Kelly said: “I’d rather you asked than not.”")
    page.locator("#where_child_is").fill("Maristela is at home with Kelly.")
    page.locator("#meanwhile").fill("Kelly's mother stays the night and has taken nothing.")
    page.get_by_role("button", name="Send the referral").click()
    expect(page.get_by_role("heading", name="What the practitioner wrote")).to_be_visible()
    looks_right(page)


def the_letter_arrived(mailbox: Mailbox) -> None:
    [received] = mailbox.received
    assert mailbox.encrypted == [True]
    mail = message_from_bytes(received, policy=policy.default)
    assert not any(name in f"{mail['subject']} {mail.get_body().get_content()}" for name in ("Wrenfield", "Maristela", "Kelly"))
    [pdf, _bundle] = [part.get_content() for part in mail.iter_attachments()]
    one = " ".join(PdfReader(BytesIO(pdf)).pages[0].extract_text().split())
    for words in ("Maristela Wrenfield", "A joint visit tonight & an assessment; <the father>", "Amina Yusuf", "07700 900123", "sofa"):
        assert words in one, (words, one)


def answer(page: Page, service: Service) -> None:
    page.goto(f"{service.origin}/referrals")
    looks_right(page)
    page.get_by_role("link", name="Wrenfield").first.click()
    looks_right(page)
    with page.expect_response(lambda response: response.url.endswith("letter.pdf")) as letter:
        page.evaluate("fetch(document.querySelector('a[href$=\"letter.pdf\"]').href)")
    assert letter.value.status == 200
    page.get_by_role("button", name="Acknowledge").click()
    page.locator("input[name=outcome][value=enquiry_s47]").check()
    page.locator("#reason").fill("The facts suggest likely significant harm.")
    page.locator("#next_step").fill("Strategy discussion at 11:00 today.")
    page.get_by_role("button", name="Record the decision").click()
    expect(page.get_by_text("Strategy discussion at 11:00 today.").first).to_be_visible()
    looks_right(page)


def test_what_a_visit_found_is_sent_answered_and_read_as_one_story(
    playwright: Playwright, service: Service, place: Place, mailbox: Mailbox
) -> None:
    colleagues(service, place)
    drunk_on_the_sofa(service, place)
    service.work()
    with desk(playwright, service, place.username) as page:
        complete_and_send(page, service)
    service.work()
    the_letter_arrived(mailbox)

    service.clock = THREE_DAYS_LATER
    assert [one.owner for one in what_is_stuck(service.wired) if one.what == "overdue_acknowledge"] == [place.practitioner]
    with desk(playwright, service, "ruth.lead") as page:
        page.goto(f"{service.origin}/referrals")
        expect(page.locator("main")).to_contain_text("Overdue")
        looks_right(page)
    with desk(playwright, service, "desk") as page:
        answer(page, service)
    with desk(playwright, service, "ruth.lead") as page:
        page.goto(f"{service.origin}/families/{place.household}")
        story = page.locator("main")
        for words in (
            "Maristela slept on a sofa",
            "Oswin slept on a sofa",
            "Strategy discussion at 11:00 today.",
            "child protection enquiry",
        ):
            expect(story).to_contain_text(words)
        looks_right(page)
