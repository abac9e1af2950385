"""A tablet: Chromium in a process of its own with a profile that outlives it, driven over its debugging port, so that a test can kill it
in the middle of a word and open the same profile again."""

import os
import signal
import subprocess
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Any

from playwright.sync_api import BrowserContext, Page, Playwright, expect

from tests.browser.chromium import find_chromium

AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text()
RUN_AXE = (
    "axe.run(document, {resultTypes: ['violations']}).then(r => JSON.stringify(r.violations.map(v => [v.id, v.nodes.map(n => n.html)])))"
)
LOOKED_AT: set[tuple[str, tuple[int, int]]] = set()
PLAIN = (
    "--disable-background-networking", "--disable-component-update", "--disable-extensions",
    "--disable-component-extensions-with-background-pages",
    "--disable-features=PreloadTopChromeWebUI,WebUIOmniboxPopup,InitialWebUI",
)  # fmt: skip
"""Nothing of the browser's own beside the page: it is a quarter of what a start costs."""
TEN_INCH = (800, 1280)
PHONE = (360, 740)


@dataclass
class Tablet:
    """`open` starts the browser on the profile; `kill` ends it as a dying battery does."""

    playwright: Playwright
    profile: Path
    now: str | None
    """Where its clock stands; None for the real time, which a measure needs."""
    size: tuple[int, int] = TEN_INCH
    process: subprocess.Popen[bytes] | None = None
    page: Page = field(init=False)
    faults: list[str] = field(default_factory=list)

    def open(self, address: str) -> Page:
        """A cold start: a new process, the old profile."""
        port_file = self.profile / "DevToolsActivePort"
        port_file.unlink(missing_ok=True)
        width, height = self.size
        command = [
            str(find_chromium()), "--headless=new", "--no-sandbox", "--disable-gpu", "--no-first-run", "--remote-debugging-port=0",
            "--password-store=basic", f"--user-data-dir={self.profile}", f"--window-size={width},{height}", *PLAIN, "about:blank",
        ]  # fmt: skip
        self.process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, start_new_session=True)
        self.browser = self.playwright.chromium.connect_over_cdp(_listening(self.process))
        self.page = self.context.pages[0] if self.context.pages else self.context.new_page()
        self.page.set_viewport_size({"width": width, "height": height})
        if self.now:
            self.page.clock.install(time=datetime.fromisoformat(self.now.replace("Z", "+00:00")))
        self.page.on("pageerror", lambda fault: self.faults.append(str(fault)))
        self.page.goto(address)
        return self.page

    @property
    def context(self) -> BrowserContext:
        return self.browser.contexts[0]

    def kill(self) -> None:
        """At once, with every helper process: nothing of it gets to tidy up."""
        if self.process:
            os.killpg(self.process.pid, signal.SIGKILL)
            self.process.wait()
            assert self.process.stderr is not None
            self.process.stderr.close()
            self.process = None

    def shut(self) -> None:
        """As somebody shuts it who is done: everything is on the disk."""
        if self.process:
            self.browser.new_browser_cdp_session().send("Browser.close")
            self.process.wait(timeout=30)
            self.kill()

    def violations(self) -> Any:
        """What axe finds wrong with the screen as it stands. Run beside the page's own policy, which rightly refuses foreign scripts."""
        session = self.context.new_cdp_session(self.page)
        session.send("Runtime.evaluate", {"expression": AXE})
        said = session.send("Runtime.evaluate", {"expression": RUN_AXE, "awaitPromise": True, "returnByValue": True})
        session.detach()
        return said["result"].get("value", said)

    def looks_right(self, once: str = "") -> None:
        """Nothing axe can find, nothing wider than the screen, no name in the address or the title. A screen that every test passes in the
        same state is looked at `once` for each size, under that name."""
        self.page.locator("#screen h1").wait_for()
        if once and (once, self.size) in LOOKED_AT:
            return
        LOOKED_AT.add((once, self.size))
        found = self.violations()
        assert found == "[]", found
        assert self.page.evaluate("document.documentElement.scrollWidth <= innerWidth")
        assert self.page.title() == "Visits – visitapp"
        assert self.faults == []


def saved(page: Page, at: str = "") -> None:
    """Waits until the bar says that all that was typed is on the disk."""
    expect(page.locator("#state:not([aria-busy])")).to_contain_text(f"Saved at {at}")


def _listening(process: subprocess.Popen[bytes]) -> str:
    """The address Chromium says that it listens on."""
    assert process.stderr is not None
    for line in process.stderr:
        if b"DevTools listening on " in line:
            return line.split()[-1].decode()
    raise RuntimeError("Chromium ended before it listened")
