"""What the practitioner waits for: a tap until the form can be used, and an answer until its findings stand, with no network, on a
processor made four times slower.

The browser, the worker and the encrypted store are real, and the service is stopped. Script is what runs for the tap and, in the next
frame, for its findings; the wait is from the tap to the second frame drawn after it. What runs once the answers pause (what to ask next,
how far each section is) is told apart. The long family has five children and a hundred visits, and everything that can be pressed is
answered before an answer is timed. The dozen is twelve children, to whom a thirteenth is added and taken away again.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import Locator, Page, expect, sync_playwright

from tests.bench.long_family import LongFamily, a_long_family
from tests.bench.report import percentile, table
from tests.browser.begun import ready
from tests.browser.service import NOW, Place, Service, furnish, member
from tests.browser.tablet import Tablet
from tests.browser.test_main_job_offline import tell_of_the_sofa
from visitapp.domain.moments import instant
from visitapp.flow import people
from visitapp.web.tablet import kept_files

ROOT = Path(__file__).parents[2]
SLOWER = 4
OPENINGS = 15
ANSWERS = 60
DOZEN = 12
BLOCKS = 20

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
    const [frames, timers] = [window.requestAnimationFrame, window.setTimeout];
    const script = { now: 0, later: 0 };
    const timed = (what, run) => (...given) => { const from = performance.now(); run(...given); script[what] += performance.now() - from; };
    window.requestAnimationFrame = (run) => frames.call(window, timed("now", run));
    window.setTimeout = (run, ...rest) => timers.call(window, timed("later", run), ...rest);
    const began = performance.now();
    timed("now", () => input.click())();
    frames(() => frames(() => {
      const drawn = performance.now() - began;
      timers(() => {
        [window.requestAnimationFrame, window.setTimeout] = [frames, timers];
        done([drawn, script.now, script.later]);
      }, AFTER);
    }));
  })
"""
AFTER = 400
"""Milliseconds by which everything that waits for a pause in the answers has run."""
FILL = """
  async () => {
    const tried = new Set();
    const open = () => [...document.querySelectorAll('#form .app-question:not(.app-rows, .app-question--answered)')]
      .filter((one) => !tried.has(one.dataset.path) && !one.closest('[hidden], .app-question:has(> [data-private])'));
    for (let those = open(); those.length; those = open()) {
      for (const one of those) {
        tried.add(one.dataset.path);
        one.querySelector(':scope > [data-part=value] :is([type=radio], [type=checkbox])')?.click();
        one.querySelector(':scope > [data-part=known] input')?.click();
      }
      await new Promise((done) => setTimeout(done, 50));
    }
    return document.querySelectorAll('.app-question--answered').length;
  }
"""
"""Answers every question that can be answered by a press, with the first answer offered."""


def shell_files() -> list[Path]:
    """Every script and style that the worker keeps on the tablet."""
    return [ROOT / one.url.lstrip("/") for one in kept_files(ROOT)]


@dataclass(frozen=True)
class Visited:
    """A slow tablet with three families on it: one of four children and two adults, one with a long past, and one of twelve children."""

    page: Page
    place: Place
    long: LongFamily
    dozen: tuple[str, ...]
    words: str
    folder: Path


@contextmanager
def slow_tablet() -> Iterator[Visited]:
    """A tablet with its families taken offline, the service stopped, and the processor slowed."""
    expect.set_options(timeout=120_000)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        service = Service(Path(folder) / "service")
        service.start()
        place = furnish(service)
        for given, born_on in (("Ines", "2019-06-02"), ("Tomas", "2021-08-30")):
            member(service, place.practitioner, place.household, "child", given, born_on=born_on)
        long = a_long_family(service.wired, place.practitioner)
        people.plan_visit(service.wired, place.practitioner, long.household, what="Visit", on_date=NOW[:10])
        dozen = a_dozen(service, place)
        service.clock = instant(datetime.now(UTC))
        tablet = Tablet(playwright, Path(folder) / "profile", now=None)
        try:
            words = ready(tablet, service, place)
            tablet.page.set_default_timeout(120_000)
            session = tablet.context.new_cdp_session(tablet.page)
            session.send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
            yield Visited(tablet.page, place, long, dozen, words, Path(folder))
        finally:
            tablet.kill()
            service.close()


def a_dozen(service: Service, place: Place) -> tuple[str, ...]:
    """Twelve children of one mother, about a year apart, the last a baby; their ids."""
    w, me = service.wired, place.practitioner
    home = people.form_household(w, me, name="Dozen", address="12 Mill Row", postcode="EM1 4AB", area="eastmoor")
    people.name_practitioner(w, me, home, account=me)
    member(service, me, home, "mother", "Martha", born_on="1985-03-04")
    born = [f"{2015 + number}-0{1 + 6 * (number % 2)}-11" for number in range(DOZEN)]
    return tuple(member(service, me, home, "child", f"Child {number}", born_on=on) for number, on in enumerate(born, 1))


def measure() -> str:
    with slow_tablet() as visited:
        rows = [
            *_rows("four children", list(tap_to_form(visited.page, "Wrenfield")), list(answers(of_four_children(visited)))),
            *_rows("five children, 100 visits", list(tap_to_form(visited.page, "Long")), list(answers(of_the_long_family(visited)))),
            *_rows("twelve children", list(tap_to_form(visited.page, "Dozen")), list(answers(of_the_dozen(visited)))),
            *_blocks("twelve children: a child's block added", list(blocks(visited.page, CHILDREN))),
            *_blocks("twelve children: a sleep added", list(blocks(visited.page, sleeps(visited.dozen[-1])))),
        ]
    method = (
        f"Chromium with no network and the processor {SLOWER} times slower; the home-visit form; {OPENINGS} openings and {ANSWERS} answers "
        f"that change findings for each family; {BLOCKS} blocks of each kind added."
    )
    return table("The tablet", method, ["what", "p50", "p99", "aim"], rows)


def _rows(family: str, openings: list[float], told: list[tuple[float, float, float]]) -> list[list[str]]:
    drawn, script, later = zip(*told, strict=True)
    return [
        [f"{family}: tap to usable form, first time", _ms(openings[0]), "", ""],
        [f"{family}: tap to usable form, after that", _ms(percentile(openings[1:], 0.5)), _ms(percentile(openings[1:], 0.99)), ""],
        [f"{family}: answer to findings, script", _ms(percentile(script, 0.5)), _ms(percentile(script, 0.99)), "under 16 ms"],
        [f"{family}: answer to findings drawn", _ms(percentile(drawn, 0.5)), _ms(percentile(drawn, 0.99)), ""],
        [f"{family}: after a pause, script", _ms(percentile(later, 0.5)), _ms(percentile(later, 0.99)), ""],
    ]


def _blocks(what: str, told: list[tuple[float, float, float]]) -> list[list[str]]:
    drawn, script, later = zip(*told, strict=True)
    return [
        [f"{what}, script", _ms(percentile(script, 0.5)), _ms(percentile(script, 0.99)), "under 50 ms"],
        [f"{what}, drawn", _ms(percentile(drawn, 0.5)), _ms(percentile(drawn, 0.99)), ""],
        [f"{what}, then judged and counted, script", _ms(percentile(later, 0.5)), _ms(percentile(later, 0.99)), ""],
    ]


def tap_to_form(page: Page, family: str) -> Iterator[float]:
    for _ in range(OPENINGS):
        _open(page, family)
        yield _begin(page).evaluate(TAP_TO_FORM)


def _open(page: Page, family: str) -> None:
    page.goto(page.url.partition("#")[0] + "#/today")
    page.get_by_role("link", name=family).first.click()


def _begin(page: Page) -> Locator:
    """What opens the home visit on a family's page: it is begun, or carried on."""
    button = page.get_by_role("button", name="Start: Home visit").or_(page.get_by_role("link", name="Carry on: Home visit")).first
    button.wait_for()
    return button


def of_four_children(visited: Visited) -> tuple[Page, Locator]:
    page, place = visited.page, visited.place
    _open(page, "Wrenfield")
    _begin(page).click()
    tell_of_the_sofa(page, place)
    page.keyboard.press("Escape")
    return page, page.locator(f'article[data-person="{place.baby}"] [data-question=surface]').first


def of_the_long_family(visited: Visited) -> tuple[Page, Locator]:
    page = visited.page
    _open(page, "Long")
    _begin(page).click()
    page.locator("#finish").wait_for()
    page.evaluate(FILL)
    page.keyboard.press("Escape")
    return page, page.locator(f'article[data-person="{visited.long.children[2]}"] [data-question=surface]').first


def of_the_dozen(visited: Visited) -> tuple[Page, Locator]:
    page = visited.page
    _open(page, "Dozen")
    _begin(page).click()
    page.locator("#finish").wait_for()
    child = page.locator(f'article[data-person="{visited.dozen[-1]}"]')
    child.locator('[data-question=seen] input[value="awake"]').first.check()
    child.locator('[data-question=which_sleep] input[value="last_night"]').first.check()
    return page, child.locator("[data-question=surface]").first


CHILDREN = '[data-question="children"]'


def sleeps(child: str) -> str:
    return f'article[data-person="{child}"] [data-question="nights"]'


def blocks(page: Page, question: str) -> Iterator[tuple[float, float, float]]:
    """Adds a block for somebody or something that is not listed, and takes it away again."""
    rows = page.locator(question).first
    for _ in range(BLOCKS):
        drawn, script, later = rows.locator(":scope > [data-add-row] button").last.evaluate(ANSWER.replace("AFTER", str(AFTER)))
        yield drawn, script, later
        rows.locator(":scope > [data-rows] > article").last.get_by_role("button", name="Remove", exact=True).click()


def answers(at: tuple[Page, Locator]) -> Iterator[tuple[float, float, float]]:
    """Milliseconds until the findings are drawn; of script until they stand; of script after a pause."""
    page, surface = at
    inputs = [surface.locator(f'input[value="{code}"]').element_handle() for code in ("own_cot", "sofa")]
    for one in (*inputs, *inputs):
        one.evaluate(ANSWER.replace("AFTER", str(AFTER)))
        page.keyboard.press("Escape")  # a call may have come up
    for number in range(ANSWERS):
        drawn, script, later = inputs[number % 2].evaluate(ANSWER.replace("AFTER", str(AFTER)))
        yield drawn, script, later


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.1f} ms"
