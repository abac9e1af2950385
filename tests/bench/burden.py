"""What a visit costs the practitioner, counted by a scripted thumb in a real browser: presses, typed answers, and the time they stand for.

Two seconds to read and press, and twenty for a typed sentence, are local judgement: they stand for a practised hand with a baby on the
other arm. The counts are exact; tests/browser/test_burden.py holds them.
"""

from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.sync_api import expect, sync_playwright

from tests.bench.report import table
from tests.browser import filling
from tests.browser.begun import ready
from tests.browser.filling import Thumb
from tests.browser.service import NOW, Service, furnish
from tests.browser.tablet import Tablet
from tests.browser.test_burden import MOST_TAPS, MOST_TYPED

A_TAP = 2
A_SENTENCE = 20
"""Seconds (local judgement)."""
MOST_SECONDS = 360
MOST_AT_THE_DOOR = 30
"""Issue 3: seconds for a visit with no concern, and for one that was not completed."""


def seconds(thumb: Thumb) -> int:
    return (len(thumb.taps) + len(thumb.finishing)) * A_TAP + len(thumb.typed) * A_SENTENCE


def measure() -> str:
    expect.set_options(timeout=60_000)
    with TemporaryDirectory() as folder, sync_playwright() as playwright:
        service = Service(Path(folder) / "service")
        service.start()
        place = furnish(service)
        filling.family_without_a_past(service, place)
        tablet = Tablet(playwright, Path(folder) / "profile", NOW)
        try:
            ready(tablet, service, place)
            home, door = (service.wired.catalogue.current(name) for name in ("home_visit", "not_let_in"))
            first = filling.visit(tablet, home)
            filling.send(tablet, service)
            second = filling.visit(tablet, home)
            filling.send(tablet, service)
            at_the_door = filling.visit(tablet, door)
        finally:
            tablet.kill()
            service.close()
    aim = f"at most {MOST_TAPS} taps, {MOST_TYPED} typed, {MOST_SECONDS} s"
    rows = [
        _row("home visit, no concern, nothing known before", first, ""),
        _row("home visit, no concern, the second", second, aim),
        _row("visit not completed", at_the_door, f"at most {MOST_AT_THE_DOOR} s"),
    ]
    method = (
        "The ordinary visit of each form, to two children and two adults: taps that fill it in, and those that check and seal it; "
        f"{A_TAP} s to read and press, {A_SENTENCE} s for a typed answer (local judgement)."
    )
    return table("What a visit costs", method, ["visit", "taps", "to finish", "typed", "estimated", "aim"], rows)


def _row(what: str, thumb: Thumb, aim: str) -> list[str]:
    return [what, str(len(thumb.taps)), str(len(thumb.finishing)), str(len(thumb.typed)), f"{seconds(thumb)} s", aim]
