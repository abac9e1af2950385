"""What the practitioner waits for: a tap until the form can be used, and an answer until its findings stand, with no network, on a
processor made four times slower.

The browser, the worker and the encrypted store are real, and the service is stopped. Script is what runs for the tap and, in the next
frame, for its findings; the wait is from the tap to the second frame drawn after it.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Page, sync_playwright

from tests.bench.report import percentile, table
from tests.browser.service import Place, Service, furnish
from tests.browser.tablet import Tablet
from tests.browser.test_main_job_offline import ready, tell_of_the_sofa
from visitapp.domain.moments import instant
from visitapp.web.tablet import kept_files

ROOT = Path(__file__).parents[2]
SLOWER = 4
OPENINGS = 15
ANSWERS = 60

TAP_TO_FORM = """
  (button) => new Promise((done) => {
    const began = performance.now();
    const drawn = () => requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
    const watcher = new MutationObserver(() => { if (document.querySelector('#finish')) { watcher.disconnect(); drawn(); } });
    watcher.observe(document.body, { childList: true, subtree: true });
    button.click();
  })
"""
ANSWER = """
  (input) => new Promise((done) => {
    let frame = 0;
    requestAnimationFrame(() => (frame = performance.now())); // before the page's own work of that frame
    const began = performance.now();
    input.click();
    const clicked = performance.now();
    requestAnimationFrame(() => { // after it
      const script = clicked - began + performance.now() - frame;
      requestAnimationFrame(() => done([performance.now() - began, script]));
    });
  })
"""


def shell_files() -> list[Path]:
    """Every script and style that the worker keeps on the tablet."""
    return [ROOT / one.url.lstrip("/") for one in kept_files(ROOT)]


@contextmanager
def slow_tablet() -> Iterator[tuple[Page, Place]]:
    """A tablet with its families taken offline, the service stopped, and the processor slowed."""
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        service = Service(Path(folder) / "service")
        service.start()
        place = furnish(service)
        service.clock = instant(datetime.now(UTC))
        tablet = Tablet(playwright, Path(folder) / "profile", now=None)
        try:
            ready(tablet, service, place)
            session = tablet.context.new_cdp_session(tablet.page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            yield tablet.page, place
        finally:
            tablet.kill()
            service.close()


def measure() -> str:
    with slow_tablet() as (page, place):
        openings = list(tap_to_form(page))
        answers = list(answer_to_findings(page, place))
    waits, scripts = [wait for wait, _ in answers], [script for _, script in answers]
    rows = [
        ["tap to usable form, first time", _ms(openings[0]), "", ""],
        ["tap to usable form, after that", _ms(percentile(openings[1:], 0.5)), _ms(percentile(openings[1:], 0.99)), ""],
        ["answer to findings, script", _ms(percentile(scripts, 0.5)), _ms(percentile(scripts, 0.99)), "under 16 ms"],
        ["answer to findings drawn", _ms(percentile(waits, 0.5)), _ms(percentile(waits, 0.99)), ""],
    ]
    method = (
        f"Chromium with no network and the processor {SLOWER} times slower; the home-visit form for two children and two adults; "
        f"{OPENINGS} openings, {ANSWERS} answers that change findings."
    )
    return table("The tablet", method, ["what", "p50", "p99", "aim"], rows)


def tap_to_form(page: Page) -> Iterator[float]:
    for _ in range(OPENINGS):
        page.get_by_role("link", name="Wrenfield").click()
        button = page.get_by_role("button", name="Start: Home visit").or_(page.get_by_role("link", name="Home visit")).first
        button.wait_for()
        yield button.evaluate(TAP_TO_FORM)
        page.goto(page.url.partition("#")[0] + "#/today")
        page.get_by_role("link", name="Wrenfield").wait_for()


def answer_to_findings(page: Page, place: Place) -> Iterator[tuple[float, float]]:
    """Milliseconds until the findings are drawn, and of script until they stand."""
    page.get_by_role("link", name="Wrenfield").click()
    page.get_by_role("button", name="Start: Home visit").or_(page.get_by_role("link", name="Home visit")).first.click()
    tell_of_the_sofa(page, place)
    page.keyboard.press("Escape")
    surface = page.locator(f'article[data-person="{place.baby}"] [data-question=surface]').first
    inputs = [surface.locator(f'input[value="{code}"]').first for code in ("own_cot", "sofa")]
    for number in range(ANSWERS):
        wait, script = inputs[number % 2].evaluate(ANSWER)
        yield wait, script


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.1f} ms"
