"""At 400 % a screen of 1280 by 1024 is one of 320 by 256: everything can still be read and done, in one column, and what stands fixed
leaves room for what is read."""

from playwright.sync_api import Page, expect

from tests.browser.begun import ready
from tests.browser.service import Place, Service
from tests.browser.tablet import Tablet, saved
from tests.browser.test_main_job_offline import choose, question, tell_of_the_sofa

SIZE = (320, 256)
SEEN = """() => {
  if (document.activeElement === document.body) return true; // the last was passed
  const one = document.activeElement.getBoundingClientRect();
  const middle = (from, to, most) => (Math.max(from, 0) + Math.min(to, most)) / 2;
  const [x, y] = [middle(one.left, one.right, document.documentElement.clientWidth), middle(one.top, one.bottom, innerHeight)];
  const there = document.elementFromPoint(x, y);
  return there !== null && (document.activeElement.contains(there) || there.contains(document.activeElement));
}"""
"""Whether the middle of what can be seen of the focus is under nothing that stands fixed (WCAG 2.2, 2.4.11)."""
FREE = """() => {
  let free = 0;
  for (let y = 2; y < innerHeight; y += 4) {
    let one = document.elementFromPoint(innerWidth / 2, y);
    while (one && !["fixed", "sticky"].includes(getComputedStyle(one).position)) one = one.parentElement;
    if (!one || one.tagName === "DIALOG") free += 4;
  }
  return free / innerHeight;
}"""
"""How much of the height is left by what stands fixed."""


WIDER = """() => [document.documentElement, ...document.querySelectorAll("dialog[open]")]
  .filter((one) => one.scrollWidth > one.clientWidth).map((one) => one.outerHTML.slice(0, 100))"""


def fits(tablet: Tablet) -> None:
    tablet.looks_right()
    assert tablet.page.evaluate(WIDER) == [], "a second direction to scroll in"


def tab_through(page: Page, times: int) -> None:
    for _ in range(times):
        page.keyboard.press("Tab")
        assert page.evaluate(SEEN), page.evaluate("document.activeElement.outerHTML.slice(0, 200)")


def test_everything_can_be_read_and_done_at_four_hundred_per_cent(tablet: Tablet, service: Service, place: Place) -> None:
    tablet.size = SIZE
    ready(tablet, service, place)
    page = tablet.page
    tab_through(page, 6)
    page.get_by_role("link", name="Wrenfield").click()
    fits(tablet)
    tab_through(page, 12)
    page.get_by_role("button", name="Start: Home visit").click()
    page.locator("#finish").wait_for()
    fits(tablet)
    page.evaluate("scrollTo(0, 900)")
    assert page.evaluate(FREE) >= 0.5
    tab_through(page, 40)
    question(page.locator("#form"), "parents_view").locator("textarea").fill("Nan helps")
    saved(page)
    choose(page.locator("#form"), "outcome", "completed")
    tell_of_the_sofa(page, place)
    expect(page.get_by_role("dialog", name="A call to make")).to_be_visible()
    fits(tablet)
    tab_through(page, 8)
    page.keyboard.press("Escape")
    page.get_by_role("button", name="Check and finish").click()
    fits(tablet)
    tab_through(page, 6)
