"""A visit is typed faster than anybody types on a tablet, and the browser is killed at a random moment, again and again on one profile."""

import contextlib
import os
import signal
import threading
import time
from random import Random

from playwright.sync_api import Error, Locator, Page

from tests.browser.begun import set_unlock, sign_in, take_offline, unlock
from tests.browser.service import Place, Service
from tests.browser.tablet import Tablet
from tests.browser.test_main_job_offline import question

WORDS = "Nan was there, the cot stood by the bed; Dan said it's \u201cfine\u201d. "
PACE = 0.2
"""Seconds from key to key: sixty words a minute. No disk keeps up with any pace, so where a busy machine takes longer than this only to
pass on a key, the kill shows nothing and is made again."""
BUSY = 4
"""At most one kill in so many may be made again."""
LONGEST = 600
"""Characters; then the answer begins anew."""


def type_and_kill(tablet: Tablet, service: Service, place: Place, times: int, seed: int) -> list[int]:
    """How many characters were missing after each kill. A fault of another kind fails where it happens."""
    random, missing, there, again = Random(seed), [], "", 0
    page = tablet.open(f"{service.origin}/tablet/")
    sign_in(page, place)
    words = set_unlock(page)
    take_offline(page)
    service.stop()
    page.get_by_role("link", name="Wrenfield").first.click()
    page.get_by_role("button", name="Start: Home visit").click()
    while len(missing) < times:
        typed, in_time = _until_killed(tablet, _field(page, len(there) < LONGEST), there if len(there) < LONGEST else "", random)
        page = _open_again(tablet, service, words)
        there = _field(page).input_value()
        assert typed.startswith(there), f"seed {seed}: {there[-20:]!r} was never typed, {typed[-20:]!r} was"
        if in_time:
            missing.append(len(typed) - len(there))
        again += not in_time
        assert again <= max(2, times // BUSY), "this machine is too busy to show anything"
    return missing


def _field(page: Page, keep: bool = True) -> Locator:
    answer = question(page.locator("#form"), "parents_view").locator("textarea")
    if not keep:
        answer.fill("")
        page.wait_for_timeout(1_000)  # the empty answer is on the disk
    return answer


def _open_again(tablet: Tablet, service: Service, words: str) -> Page:
    """The browser is gone already; the same address in a new one."""
    where = "#" + tablet.page.url.partition("#")[2]
    tablet.kill()
    page = tablet.open(f"{service.origin}/tablet/{where}")
    unlock(page, words)
    _field(page).wait_for()
    return page


def _until_killed(tablet: Tablet, answer: Locator, there: str, random: Random) -> tuple[str, bool]:
    """Types on until the browser dies: all that was typed until then, the character being typed among it; and whether each of the last keys
    was passed on before the next was due."""
    page, process = tablet.page, tablet.process
    assert process is not None
    answer.focus()
    page.keyboard.press("Control+End")
    pressed: list[float] = []
    passed: list[float] = []
    died: list[float] = []

    def die() -> None:
        died.append(time.monotonic())
        os.killpg(process.pid, signal.SIGKILL)

    timer = threading.Timer(random.uniform(0.03, 1.5), die)
    at = random.randrange(len(WORDS))
    timer.start()
    with contextlib.suppress(Error):  # the page is gone
        while True:
            pressed.append(time.monotonic())
            page.keyboard.type(WORDS[(at + len(pressed) - 1) % len(WORDS)])
            passed.append(time.monotonic() - pressed[-1])
            page.wait_for_timeout(max(0.0, pressed[-1] + PACE - time.monotonic()) * 1000)
    timer.join()
    before = sum(moment < died[0] for moment in pressed)
    typed = there + "".join(WORDS[(at + number) % len(WORDS)] for number in range(before))
    return typed, max(passed[-3:], default=0.0) < PACE
