"""A visit from the words to the seal without a pointer: everything that can be pressed is reached with Tab, in view, and large enough
for a thumb. No step looks for an element: it presses Tab until the focus is where it wants to be."""

from playwright.sync_api import Page, expect

from tests.browser.begun import ready
from tests.browser.service import Place, Service
from tests.browser.tablet import PHONE, Tablet

MOST = 400
"""Presses of Tab after which something counts as out of reach."""
FOCUSED = """() => {
  const one = document.activeElement;
  const named = one.labels?.[0] ?? one;
  return {
    name: (one.getAttribute("aria-label") ?? named.textContent).replace(/\\s+/g, " ").trim(),
    kind: one.type ?? one.tagName,
    question: one.closest("[data-question]")?.dataset.question ?? "",
    answered: one.closest(".app-question")?.classList.contains("app-question--answered"),
  };
}"""
SMALL = """() => [...document.querySelectorAll("a[href], button, summary, select, textarea, input")]
  .filter((one) => one.checkVisibility({ visibilityProperty: true }) && !one.closest("p, li"))
  .filter((one) => [one, ...(one.labels ?? [])].map((part) => part.getBoundingClientRect())
    .every(({ width, height }) => width && (width < 43.5 || height < 43.5)))
  .map((one) => one.outerHTML.slice(0, 120))"""
"""What is smaller than 44 px and no link within a sentence (WCAG 2.2, 2.5.8)."""
UNREACHED = """() => {
  window.passed ??= new Set();
  const groups = (one) => one.type === "radio" ? `${one.name}` : one;
  const screen = [...document.querySelectorAll("dialog[open]")].pop() ?? document;
  const all = [...screen.querySelectorAll("a[href], button:not([disabled]), summary, select, textarea, input")]
    .filter((one) => one.checkVisibility({ visibilityProperty: true }) && one.tabIndex >= 0);
  return [...new Set(all.map(groups))].filter((one) => !window.passed.has(one)).map((one) => one.outerHTML?.slice(0, 120) ?? one);
}"""
PASS = """() => { const one = document.activeElement; (window.passed ??= new Set()).add(one.type === "radio" ? one.name : one); }"""


def tab_to(page: Page, name: str) -> None:
    """Presses Tab until what is named has the focus."""
    passed = []
    for _ in range(MOST):
        page.keyboard.press("Tab")
        passed.append(page.evaluate(FOCUSED)["name"])
        if passed[-1].startswith(name):
            return
    raise AssertionError(f"{name} was not reached; passed were {[one[:40] for one in passed[-20:]]}")


def press(page: Page, name: str, key: str = "Enter") -> None:
    tab_to(page, name)
    page.keyboard.press(key)


def large_enough(page: Page) -> None:
    assert page.evaluate(SMALL) == []


def every_one_is_reached(page: Page) -> None:
    """Once round the screen: each thing that can be pressed had the focus."""
    page.evaluate("() => { window.passed = new Set(); document.activeElement.blur(); }")
    for _ in range(MOST):
        page.keyboard.press("Tab")
        page.evaluate(PASS)
        if not page.evaluate(UNREACHED):
            return
    assert page.evaluate(UNREACHED) == []


def test_a_visit_not_completed_is_sealed_with_the_keyboard_alone(tablet: Tablet, service: Service, place: Place) -> None:
    tablet.size = PHONE
    ready(tablet, service, place)
    page = tablet.page
    every_one_is_reached(page)
    large_enough(page)
    press(page, "Wrenfield")
    page.locator("#door").wait_for()
    every_one_is_reached(page)
    large_enough(page)
    press(page, "Start: Visit not completed")
    page.locator("#finish").wait_for()
    large_enough(page)
    fill(page)
    page.keyboard.press("Enter")
    page.get_by_role("button", name="Finish and seal").wait_for()
    every_one_is_reached(page)
    large_enough(page)
    press(page, "Finish and seal")
    if page.evaluate(FOCUSED)["kind"] == "textarea":  # it could be serious, and not everything was asked
        page.keyboard.type("Nobody came to the door")
        press(page, "Use the first reason for all")
        press(page, "Finish and seal")
    expect(page.get_by_role("heading", name="Waiting and sent")).to_be_visible()
    every_one_is_reached(page)
    large_enough(page)


def fill(page: Page) -> None:
    """The first answer of each question in its turn, until the button that ends the form. A sheet that comes up is shut with Escape, and
    the focus is then where it was."""
    for _ in range(MOST):
        if page.locator("dialog[open]").count():
            large_enough(page)
            page.keyboard.press("Escape")
            assert page.evaluate(FOCUSED)["question"], "the focus is lost behind a sheet"
        page.keyboard.press("Tab")
        now = page.evaluate(FOCUSED)
        if now["name"] == "Check and finish":
            return
        if now["kind"] in ("radio", "checkbox") and not now["answered"]:
            page.keyboard.press("Space")
    raise AssertionError("The end of the form was not reached.")
