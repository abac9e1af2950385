"""The tablet beside a static page: the same questions for the same family, copied out of the form as plain HTML with the same style and no
script at all, opened and pressed in the same browser in the same run. What the form does more than such a page (keep, find, show and hide)
is what the difference buys. The static page is laid out whole, as a page written by hand would be, and once more with what the tablet's
style does to lay out only what is in view.

Both are opened by their address until the second frame in which something can be pressed. The tablet is locked when it is opened: it is
timed to the screen that asks for the words, and from the words to the form, less what turning the words into a key takes, which is slow on
purpose and told apart. An answer is timed from the press to the second frame after it, its question in view on both. A keystroke is
kept when the bar says so. The heap is what is used after a collection. The openings come first, because a page opened anew has met no
mouse: a browser that knows where one is looks what is under it after each answer, and a tablet has none.
"""

from collections.abc import Iterator

from playwright.sync_api import Locator, Page

from tests.bench.report import percentile, table
from tests.bench.tablet import FILL, SLOWER, Visited, slow_tablet
from tests.browser.test_main_job_offline import baby_of, question, tell_of_the_sofa

TIMES = 12
KEYS = 120
WATCH = """
  window.drawnAt = {};
  const drawn = (what) => requestAnimationFrame(() => requestAnimationFrame(() => (window.drawnAt[what] ??= performance.now())));
  const look = () => ['#words', '#finish', '#static'].filter((one) => !window.drawnAt[one] && document.querySelector(one)).forEach(drawn);
  document.addEventListener('DOMContentLoaded', () => {
    look();
    new MutationObserver(look).observe(document.body, { childList: true, subtree: true });
  });
"""
UNTIL = """
  async (what) => {
    while (!window.drawnAt[what]) await new Promise((later) => setTimeout(later, 20));
    return window.drawnAt[what];
  }
"""
STATIC = """
  (whole) => {
    const copy = document.querySelector('#form').cloneNode(true);
    copy.querySelectorAll('template').forEach((one) => one.remove());
    const rules = [...document.styleSheets].flatMap((sheet) => [...sheet.cssRules].map((rule) => rule.cssText));
    const style = whole ? rules.join(' ').replace(/content-visibility: auto;/g, '') : rules.join(' ');
    return `<!DOCTYPE html><html lang="en" class="app"><meta charset="utf-8"><title>The same questions</title>` +
      `<style>${style}</style><main class="app-main" id="static">${copy.outerHTML}</main></html>`;
  }
"""
PRESS = """
  (input) => new Promise((done) => {
    const began = performance.now();
    input.click();
    requestAnimationFrame(() => requestAnimationFrame(() => done(performance.now() - began)));
  })
"""
KEPT = """
  (field) => new Promise((done) => {
    const state = document.querySelector('#state');
    const began = performance.now();
    new MutationObserver((_, watcher) => {
      if (state.hasAttribute('aria-busy')) return;
      watcher.disconnect();
      done(performance.now() - began);
    }).observe(state, { attributes: true });
    field.value += 'a';
    field.dispatchEvent(new InputEvent('input', { bubbles: true }));
  })
"""
KEY = """
  async () => {
    const began = performance.now();
    const base = await crypto.subtle.importKey('raw', new TextEncoder().encode('four words as long'), 'PBKDF2', false, ['deriveKey']);
    const how = { name: 'PBKDF2', hash: 'SHA-256', salt: new Uint8Array(16), iterations: 600000 };
    await crypto.subtle.deriveKey(how, base, { name: 'AES-GCM', length: 256 }, false, ['decrypt']);
    return performance.now() - began;
  }
"""


def measure() -> str:
    with slow_tablet() as visited:
        page = visited.page
        _fill(visited)
        still = {whole: visited.folder / f"static-{whole}.html" for whole in (True, False)}
        for whole, file in still.items():
            file.write_text(page.evaluate(STATIC, whole), encoding="utf-8")
        questions = page.locator("#form .app-question:visible").count()
        key = percentile([page.evaluate(KEY) for _ in range(TIMES)], 0.5)
        opened = list(_opened(visited, key))
        kept = [question(page.locator("#form"), "parents_view").locator("textarea").evaluate(KEPT) for _ in range(KEYS)]
        told = list(_pressed(_surface(page, visited)))
        heap = _heap(page)
        static_opened, static_told = _static(visited, f"file://{still[True]}")
        in_view, _ = _static(visited, f"file://{still[False]}")
    rows = [
        _beside("open until it can be used", opened, static_opened),
        _beside("the same, the static page laid out in view only", opened, in_view),
        _beside("an answer until it is drawn", told, static_told),
        ["the key out of four words", _ms(key), "", "", ""],
        ["a keystroke until it is on the disk, p50", _ms(percentile(kept, 0.5)), "", "", ""],
        ["a keystroke until it is on the disk, p99", _ms(percentile(kept, 0.99)), "", "", "under 50 ms"],
        ["heap", f"{heap / 1e6:.1f} MB", "", "", ""],
    ]
    method = (
        f"Home visit, four children and two adults, {questions} questions in view; the processor {SLOWER} times slower; medians of "
        f"{TIMES} openings, {2 * TIMES} answers and {KEYS} keystrokes."
    )
    return table("The tablet beside a static page", method, ["what", "tablet", "static page", "ratio", "aim"], rows)


def _beside(what: str, ours: list[float], static: list[float]) -> list[str]:
    one, other = percentile(ours, 0.5), percentile(static, 0.5)
    return [what, _ms(one), _ms(other), f"{one / other:.2f}", "within 1.5 times"]


def _fill(visited: Visited) -> None:
    page = visited.page
    page.get_by_role("link", name="Wrenfield").first.click()
    page.get_by_role("button", name="Start: Home visit").click()
    tell_of_the_sofa(page, visited.place)
    page.keyboard.press("Escape")
    page.evaluate(FILL)
    page.keyboard.press("Escape")


def _surface(page: Page, visited: Visited) -> Locator:
    return baby_of(page, visited.place).locator("[data-question=surface]").first


def _pressed(surface: Locator) -> Iterator[float]:
    surface.evaluate("(question) => question.scrollIntoView({ block: 'center' })")
    for _ in range(TIMES):
        for code in ("own_cot", "sofa"):
            yield surface.locator(f'input[value="{code}"]').evaluate(PRESS)
            surface.page.keyboard.press("Escape")  # a call may have come up


def _opened(visited: Visited, key: float) -> Iterator[float]:
    page, where = visited.page, visited.page.url
    page.add_init_script(WATCH)
    for _ in range(TIMES):
        page.goto("about:blank")
        page.goto(where)
        asked = page.evaluate(UNTIL, "#words")
        page.locator("#words").fill(visited.words)
        began = page.evaluate("() => { const at = performance.now(); document.querySelector('#words').form.requestSubmit(); return at; }")
        drawn = page.evaluate(UNTIL, "#finish")
        yield asked + drawn - began - key


def _static(visited: Visited, address: str) -> tuple[list[float], list[float]]:
    page = visited.page.context.new_page()
    page.context.new_cdp_session(page).send("Emulation.setCPUThrottlingRate", {"rate": SLOWER})
    page.add_init_script(WATCH)
    opened = []
    for _ in range(TIMES):
        page.goto("about:blank")
        page.goto(address)
        opened.append(page.evaluate(UNTIL, "#static"))
    told = list(_pressed(_surface(page, visited)))
    page.close()
    return opened, told


def _heap(page: Page) -> float:
    session = page.context.new_cdp_session(page)
    session.send("HeapProfiler.collectGarbage")
    used: float = session.send("Runtime.getHeapUsage")["usedSize"]
    return used


def _ms(milliseconds: float) -> str:
    return f"{milliseconds:.0f} ms"
